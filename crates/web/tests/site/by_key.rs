//! The key of an organisation at Google, as people are told of it; and Google, when it says that something changed.

use crate::calendars;
use crate::support::{Site, request};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use steadfast_app::server::sync::Step;

const CHANGED: &str = "/calendars/google/changed";

/// Google says so: no browser, and no cookie.
fn said(headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::builder()
        .method("POST")
        .uri(CHANGED)
        .header("host", "steadfast.example.org");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from("{\"anything\": 1}")).unwrap()
}

#[tokio::test]
async fn whoever_says_that_something_changed_is_answered_the_same() {
    let site = Site::by_key().await;
    let (id, state) = ("x-goog-channel-id", "x-goog-resource-state");
    let token = "x-goog-channel-token";
    let tries: [&[(&str, &str)]; 5] = [
        &[],
        &[(id, "c"), (token, "t"), (state, "exists")],
        &[(id, "c"), (token, "s c.00"), (state, "exists")],
        &[(id, "c"), (token, "s c.00"), (state, "sync")],
        &[(id, "\u{e9}"), (token, "\u{e9}"), (state, "\u{e9}")],
    ];
    for before in [true, false] {
        for headers in tries {
            let answer = site.send(said(headers)).await;
            assert_eq!(answer.status, StatusCode::NO_CONTENT, "{headers:?}");
            assert_eq!(answer.body, "");
        }
        if before {
            site.set_up().await;
        }
    }
    // Nobody is told anything by looking, and nobody asks for ever.
    let look = request("GET", CHANGED, "").body(Body::empty()).unwrap();
    assert_eq!(site.send(look).await.status, StatusCode::METHOD_NOT_ALLOWED);
    let mut refused = 0;
    for _ in 0..3_100 {
        let answer = site.send(said(&[(id, "c"), (token, "t")])).await;
        refused += usize::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert_eq!(refused, 110);
}

#[tokio::test]
async fn whom_the_key_opens_is_told_and_can_leave() {
    let site = Site::by_key().await;
    site.stands(
        "google-key:",
        Some(&calendars::exported("maya@example.com")),
    );
    let maya = site.set_up().await;
    let page = site.get("/calendars", &maya).await.body;
    assert!(page.contains("unless you let it"), "{page}");
    // Eve has the link to an invitation that Maya made, and is let in by her; whom Eve invites is known to Eve alone.
    let eve = site.join(&maya, "eve@example.com", "Eve").await;
    let line = [("more", "boss@example.com")];
    site.post("/one-on-ones/lines", &eve, &line).await;
    let mallory = site.join(&eve, "boss@example.com", "Boss").await;
    // Until somebody taps, nothing is read.
    while site.server.watch().await.unwrap() || site.server.round().await.unwrap() != Step::Idle {}
    let page = site.get("/calendars", &maya).await.body;
    assert!(page.contains("None is connected"), "{page}");
    let privacy = site.get("/privacy", &maya).await.body;
    assert!(privacy.contains("It does not open yours unless"));
    let refused = site.post("/calendars/by-key", &mallory, &[]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let answer = site.post("/calendars/by-key", &maya, &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let page = site.get("/calendars", &maya).await.body;
    assert!(page.contains("You let it read"), "{page}");
    while site.server.watch().await.unwrap() || site.server.round().await.unwrap() != Step::Idle {}
    let page = site.get("/calendars", &maya).await.body;
    assert!(
        page.contains("because you let it") && page.contains("Leave it"),
        "{page}"
    );
    assert!(!page.contains("Allow it again at Google"));
    assert!(
        site.get("/one-on-ones", &maya)
            .await
            .body
            .contains("Ben Okafor")
    );
    let privacy = site.get("/privacy", &maya).await.body;
    assert!(
        privacy.contains("It opens yours, because you let it"),
        "{privacy}"
    );
    let log = site.get("/log", &maya).await.body;
    assert!(
        log.contains("Your calendar was connected, as you let it"),
        "{log}"
    );
    let page = site.get("/calendars", &mallory).await.body;
    assert!(page.contains("None is connected"), "{page}");
    let privacy = site.get("/privacy", &mallory).await.body;
    assert!(privacy.contains("It does not open yours"), "{privacy}");
    // Nobody opens one with it by naming it.
    for address in ["google-key:", "google:"] {
        let form = [
            ("address", address),
            ("user", "maya@example.com"),
            ("password", ""),
        ];
        let answer = site.post("/calendars", &mallory, &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{address}");
    }
    let page = site.get("/calendars", &maya).await.body;
    let (_, after) = page.split_once("action=\"/calendars/").unwrap();
    let source = after.split('/').next().unwrap();
    let leave = format!("/calendars/{source}/disconnect");
    let others = site.post(&leave, &mallory, &[]).await;
    assert_eq!(others.status, StatusCode::NOT_FOUND);
    let answer = site.post(&leave, &maya, &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    site.wait(3_600_000_000);
    while site.server.watch().await.unwrap() {}
    let page = site.get("/calendars", &maya).await.body;
    assert!(page.contains("You left"), "{page}");
    let privacy = site.get("/privacy", &maya).await.body;
    assert!(
        privacy.contains("You left: it does not open yours"),
        "{privacy}"
    );
}

#[tokio::test]
async fn where_there_is_no_key_nothing_is_said_of_one() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    for path in ["/calendars", "/privacy"] {
        assert!(
            !site
                .get(path, &maya)
                .await
                .body
                .contains("organisation’s key")
        );
    }
}
