//! What holds for every answer: headers, where a form may come from, how large it may be, what the log says.

use crate::everybody::everybody;
use crate::support::{PASSWORD, Site, request};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use steadfast_web::{Needs, ROUTES};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

fn concrete(path: &str) -> String {
    path.replace("{token}", "00")
        .replace("{name}", "nothing.css")
        .replace("{pair}", "0000000000000000")
        .replace("{day}", "2026-06-16")
        .replace("{person}", "0000000000000000")
        .replace("{passkey}", "0000000000000000")
        .replace("{number}", "0")
        .replace("{job}", "77")
        .replace("{program}", "00")
}

#[tokio::test]
async fn every_answer_forbids_what_it_does_not_need() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let nowhere = ["/nothing", "/one-on-ones/a/b/c", "/%00", "/../etc"];
    let routes = ROUTES
        .iter()
        .map(|route| (route.method, concrete(route.path)));
    let all = routes.chain(nowhere.map(|path| ("get", path.to_owned())));
    for (method, path) in all.chain([("delete", "/start".to_owned())]) {
        for cookie in ["", maya.as_str()] {
            let request = request(&method.to_uppercase(), &path, cookie)
                .body(Body::empty())
                .unwrap();
            let answer = site.send(request).await;
            assert_eq!(answer.header("content-security-policy"), POLICY, "{path}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
            assert!(!answer.header("x-request-id").is_empty() || path == "/%00");
            assert_ne!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
            // Neither a style nor a script of its own: the policy would refuse it.
            assert!(!answer.body.contains(" style=") && !answer.body.contains("<style"));
        }
    }
}

#[tokio::test]
async fn nothing_is_changed_from_another_site() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    for route in ROUTES.iter().filter(|route| route.method == "post") {
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.example.net"),
            ("origin", "null"),
            ("x-nothing", "at all"),
        ] {
            let request = Request::builder()
                .method("POST")
                .uri(concrete(route.path))
                .header(header::HOST, "127.0.0.1:7373")
                .header(header::COOKIE, &maya)
                .header(name, value)
                .body(Body::empty())
                .unwrap();
            let answer = site.send(request).await;
            // Programs come with a token: a cookie, wherever it comes from, opens nothing there.
            let refused = match route.needs {
                Needs::Token => StatusCode::UNAUTHORIZED,
                // So do programs of mail providers, with one in the path that this server marked.
                Needs::Link if route.path.starts_with("/mail/off/") => StatusCode::NOT_FOUND,
                // And Google's, with a word of its own for each channel: here there is none.
                _ if route.path == "/calendars/google/changed" => StatusCode::NOT_FOUND,
                _ => StatusCode::FORBIDDEN,
            };
            assert_eq!(answer.status, refused, "{} {name}: {value}", route.path);
        }
    }
    assert_eq!(
        site.get("/start", &maya).await.status,
        StatusCode::OK,
        "still signed in"
    );
}

#[tokio::test]
async fn forms_are_small_and_files_are_not_beyond_measure() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let long = "x".repeat(100_000);
    let form = [("email", "maya@example.com"), ("password", long.as_str())];
    let answer = site.post("/sign-in", "", &form).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let huge = vec![b'x'; (64 << 20) + (65 << 10)];
    let answer = site.upload(&maya, "huge.ics", &huge).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("This file is larger than 64 MB"));
    let answer = site.upload(&maya, "none.ics", b"").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = site.upload(&maya, "letter.ics", b"Dear Maya").await;
    assert!(
        answer
            .body
            .contains("This holds no calendar that can be read")
    );
}

#[tokio::test]
async fn the_log_names_nobody_and_nothing() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    site.get(&all.pair, &all.maya).await;
    site.get(&all.moved, &all.ben).await;
    site.get("/invite?to=dana%40example.com&name=Dana", &all.maya)
        .await;
    let form = [("email", "maya@example.com"), ("password", PASSWORD)];
    site.post("/sign-in", "", &form).await;
    let log = site.log.lock().unwrap().join("\n");
    assert!(
        log.contains("request.route=/one-on-ones/{pair}/{day} response.status=200 duration.ms=0")
    );
    let pair = all.pair.rsplit('/').next().unwrap();
    let token = all.invitation.rsplit('/').next().unwrap();
    for word in [
        "example.com",
        "Maya",
        "Ben",
        "Dana",
        "2026-06-16",
        "calendar.ics",
        pair,
        token,
        PASSWORD,
    ] {
        assert!(!log.contains(word), "{word}");
    }
}

#[tokio::test]
async fn pages_go_deflated_but_none_that_somebody_else_can_put_something_into() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let asked = async |method: &str, path: &str, takes: &str| {
        let request = request(method, path, &all.maya)
            .header("accept-encoding", takes)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::empty())
            .unwrap();
        let answer = site.send(request).await;
        answer.header("content-encoding").to_owned()
    };
    let page = site.get("/one-on-ones", &all.maya).await.body;
    let (_, style) = page.split_once("/assets/").unwrap();
    let style = format!("/assets/{}", style.split('"').next().unwrap());
    for path in ["/one-on-ones", "/privacy", &all.moved, "/people", &style] {
        assert_eq!(asked("GET", path, "gzip, br").await, "gzip", "{path}");
        assert_eq!(asked("GET", path, "br").await, "", "{path}");
    }
    for (method, path) in [
        ("GET", "/people?find=a"),
        ("GET", "/invite?to=a"),
        ("GET", &*all.invitation),
        ("GET", "/nothing"),
        ("POST", "/invite"),
        ("GET", "/privacy/export"),
    ] {
        assert_eq!(asked(method, path, "gzip").await, "", "{path}");
    }
}
