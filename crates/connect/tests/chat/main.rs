//! A message to a webhook over a real socket: what is sent, and what each answer means.

use std::net::TcpListener;
use steadfast_connect::Options;
use steadfast_connect::chat::{ChatError, check, post};
use steadfast_testkit::servers::Webhook;

fn inside() -> Options {
    Options {
        allow_private: true,
        ..Options::default()
    }
}

#[test]
fn a_message_is_posted_as_json_once() {
    let hook = Webhook::start();
    post(&hook.address, r#"{"text":"Grüße"}"#, &inside()).unwrap();
    let [said] = hook.sent().try_into().unwrap();
    assert!(
        said.starts_with("POST /services/hook-secret-4711 HTTP/1.1\r\n"),
        "{said}"
    );
    let lower = said.to_ascii_lowercase();
    assert!(lower.contains("content-type: application/json"), "{said}");
    assert!(said.ends_with(r#"{"text":"Grüße"}"#), "{said}");
}

#[test]
fn an_answer_says_whether_it_is_any_use_to_try_again_and_no_failure_holds_the_secret() {
    let hook = Webhook::start();
    hook.answers(&[
        "202 Accepted\r\nContent-Length: 0\r\n\r\n",
        "404 Not Found\r\nContent-Length: 10\r\n\r\nno_service",
        "429 Too Many Requests\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n",
        "500 Oops\r\nContent-Length: 0\r\n\r\n",
        "302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
        "200 OK\r\nContent-Length: 50\r\n\r\nWebhook message delivery failed with error: 429 ok",
        "",
    ]);
    post(&hook.address, "{}", &inside()).unwrap();
    for (status, is_refusal) in [
        (404, true),
        (429, false),
        (500, false),
        (302, false),
        (503, false),
    ] {
        let error = post(&hook.address, "{}", &inside()).unwrap_err();
        assert_eq!(
            (error.status(), error.is_refusal()),
            (Some(status), is_refusal)
        );
    }
    let error = post(&hook.address, "{}", &inside()).unwrap_err();
    assert!(matches!(error, ChatError::PerhapsTaken(_)), "{error}");
    assert!(!error.to_string().contains(Webhook::SECRET), "{error}");
    assert_eq!(hook.sent().len(), 7, "nothing is sent twice");
    // Nobody listens there any more.
    let gone = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap()
    };
    let error = post(&format!("http://{gone}/secret"), "{}", &inside()).unwrap_err();
    assert!(matches!(error, ChatError::NotSent(_)), "{error}");
    assert!(!error.is_refusal(), "{error}");
    assert!(!error.to_string().contains("secret"), "{error}");
}

#[test]
fn an_address_inside_or_without_encryption_is_not_written_to() {
    let outside = Options::default();
    for wrong in [
        "hooks.example.org/x",
        "http://hooks.example.org/x",
        "ftp://hooks.example.org/x",
        "https://maya:secret@hooks.example.org/x",
        "file:///etc/passwd",
    ] {
        let error = check(wrong, &outside).unwrap_err();
        assert!(error.is_refusal(), "{wrong}");
        assert!(!error.to_string().contains("secret"), "{error}");
    }
    check("https://hooks.example.org/x", &outside).unwrap();
    for inside in [
        "https://127.0.0.1:1/x",
        "https://169.254.169.254/x",
        "https://[::1]/x",
    ] {
        let error = post(inside, "{}", &outside).unwrap_err();
        assert!(error.is_refusal(), "{inside}: {error}");
    }
}
