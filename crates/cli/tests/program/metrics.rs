//! `/metrics` of a server that runs.

use crate::running::{Running, program};

#[test]
fn metrics_answer_this_machine_and_with_a_token_in_the_settings_only_whoever_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let server = Running::start(&["serve"], folder.path());
    server.get("/healthz");
    let text = server.get("/metrics");
    let counted = "steadfast_requests_total{method=\"GET\",route=\"/healthz\",status=\"2xx\"} 1\n";
    assert!(text.contains(counted), "{text}");
    let passed_on = "X-Forwarded-For: 192.0.2.7\r\n";
    let answer = server.ask("GET /metrics HTTP/1.1", passed_on, b"");
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    server.end();
    let mut command = program(&["serve", "--listen", "127.0.0.1:0"], folder.path());
    command.env("STEADFAST_METRICS_TOKEN", "0123456789abcdef");
    let server = Running::of(command);
    assert!(server.get("/metrics").starts_with("HTTP/1.1 404"));
    let token = "Authorization: Bearer 0123456789abcdef\r\n";
    let answer = server.ask("GET /metrics HTTP/1.1", token, b"");
    assert!(answer.contains("steadfast_build_info{version="), "{answer}");
    let (_, err) = server.end();
    assert!(!err.contains("0123456789abcdef"));
}
