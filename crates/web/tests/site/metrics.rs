//! Metrics: who gets them, and that they name nobody.

use crate::everybody::everybody;
use crate::support::{Site, request};
use axum::body::Body;
use axum::extract::ConnectInfo;
use std::net::SocketAddr;

/// The status for somebody at `from` who sends those headers.
async fn asked(site: &Site, from: &str, headers: &[(&str, &str)]) -> u16 {
    let mut request = request("GET", "/metrics", "");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let from = ConnectInfo(from.parse::<SocketAddr>().unwrap());
    let request = request.extension(from).body(Body::empty()).unwrap();
    site.send(request).await.status.as_u16()
}

#[tokio::test]
async fn they_are_for_this_machine_alone_and_not_for_whom_a_proxy_speaks() {
    let site = Site::new().await;
    assert_eq!(asked(&site, "127.0.0.1:9", &[]).await, 200);
    assert_eq!(asked(&site, "[::1]:9", &[]).await, 200);
    assert_eq!(asked(&site, "192.0.2.7:9", &[]).await, 404);
    for header in ["x-forwarded-for", "forwarded", "via", "x-real-ip"] {
        let passed_on = [(header, "127.0.0.1")];
        assert_eq!(
            asked(&site, "127.0.0.1:9", &passed_on).await,
            404,
            "{header}"
        );
    }
}

#[tokio::test]
async fn with_a_token_they_are_for_whoever_has_it() {
    let site = Site::new().await;
    site.server.guard_metrics("0123456789abcdef");
    let right = [
        ("authorization", "Bearer 0123456789abcdef"),
        ("via", "a proxy"),
    ];
    assert_eq!(asked(&site, "192.0.2.7:9", &right).await, 200);
    assert_eq!(asked(&site, "127.0.0.1:9", &[]).await, 404);
    for wrong in ["Bearer 0123456789abcdeg", "Bearer ", "0123456789abcdef"] {
        let wrong = [("authorization", wrong)];
        assert_eq!(asked(&site, "127.0.0.1:9", &wrong).await, 404);
    }
}

#[tokio::test]
async fn they_count_and_name_nobody() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let source = crate::connected::connect(&site, &all.maya).await;
    site.get(&all.moved, &all.ben).await;
    site.get("/one-on-ones/maya@example.com/secret", "").await;
    site.send(request("BREW", "/coffee", "").body(Body::empty()).unwrap())
        .await;
    site.wait(2 * crate::support::DAY);
    site.server.round().await.unwrap();
    site.server.round().await.unwrap();
    site.wait(60 * crate::support::SECOND);
    let text = site.get("/metrics", "").await.body;
    for line in [
        "steadfast_sources{state=\"well\"} 1\n",
        "steadfast_sources{state=\"stopped\"} 0\n",
        "steadfast_sources_unverified_for_a_day 0\n",
        "steadfast_oldest_verification_age_seconds 60\n",
        "steadfast_jobs{kind=\"sync\",state=\"waiting\"} 1\n",
        "steadfast_rounds_total{result=\"unchanged\"} 1\n",
        "steadfast_requests_total{method=\"GET\",route=\"/one-on-ones/{pair}/{day}\",status=\"2xx\"} 1\n",
        "steadfast_requests_total{method=\"other\",route=\"(no route)\",status=\"4xx\"} 1\n",
        "steadfast_requests_seconds_total{method=\"POST\",route=\"/start\",status=\"3xx\"} 0.000\n",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    for word in [
        "maya", "ben@", "example", "Acme", "secret", "coffee", &source,
    ] {
        assert!(!text.contains(word), "{word} in {text}");
    }
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (_, value) = line.rsplit_once(' ').unwrap();
        assert!(value.parse::<f64>().is_ok(), "{line}");
    }
}
