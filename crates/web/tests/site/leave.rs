//! Leaving: said before, shown to be them, and gone after.

use crate::api;
use crate::everybody::everybody;
use crate::support::{PASSWORD, Site};
use axum::http::StatusCode;
use steadfast_app::server::people::key_of;

const BEN: &str = "ben@example.com";

/// Signs in; gives the status.
async fn signs_in(site: &Site, email: &str) -> StatusCode {
    let form = [("email", email), ("password", PASSWORD)];
    site.post("/sign-in", "", &form).await.status
}

/// Does what was asked for.
async fn work(site: &Site) {
    while site.server.leave().await.unwrap() {}
}

#[tokio::test]
async fn whoever_leaves_is_told_before_what_goes_and_comes_in_no_more() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let token = api::token(&site, &all.ben, "read").await;
    site.post("/held", &all.ben, &[]).await;
    let mayas = site.get(&all.moved, &all.maya).await.body;
    let page = site.get("/privacy/leave", &all.ben).await.body;
    for word in [
        "What goes",
        "What stays",
        "cannot be taken back",
        "Your account, with your name, your password and your passkeys: nobody comes in as you.",
        "what you shared with them about one",
        "Copies on backups",
        "/privacy/export",
    ] {
        assert!(page.contains(word), "{word} in {page}");
    }
    assert!(
        site.get("/privacy", &all.ben)
            .await
            .body
            .contains("/privacy/leave")
    );
    let wrong = [("password", "not mine at all")];
    for form in [&wrong[..], &[]] {
        let refused = site.post("/privacy/leave", &all.ben, form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("That is not your password"));
    }
    assert_eq!(site.get("/start", &all.ben).await.status, StatusCode::OK);
    let leaves = [("password", PASSWORD)];
    let left = site.post("/privacy/leave", &all.ben, &leaves).await;
    assert_eq!(
        (left.status, left.location()),
        (StatusCode::SEE_OTHER, "/sign-in")
    );
    // At once, before anything is erased.
    let sent = site.get("/start", &all.ben).await;
    assert_eq!(sent.location(), "/sign-in");
    assert_eq!(signs_in(&site, BEN).await, StatusCode::UNPROCESSABLE_ENTITY);
    let called = api::call(&site, "get", "/api/v1/me", &token, None).await;
    assert_eq!(called.status, StatusCode::UNAUTHORIZED);
    work(&site).await;
    assert_eq!(site.get(&all.moved, &all.maya).await.body, mayas);
    // Whoever is invited anew begins anew.
    let ben = site.join(&all.maya, BEN, "Ben").await;
    let start = site.get("/calendars", &ben).await.body;
    assert!(start.contains("Connect"), "{start}");
    work(&site).await;
    assert_eq!(site.get("/start", &ben).await.status, StatusCode::OK);
}

#[tokio::test]
async fn whoever_set_the_server_up_is_told_that_the_account_stays() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let page = site.get("/privacy/leave", &all.maya).await.body;
    assert!(
        page.contains("you set this server up, and nobody else could look after it"),
        "{page}"
    );
    let leaves = [("password", PASSWORD)];
    site.post("/privacy/leave", &all.maya, &leaves).await;
    work(&site).await;
    assert_eq!(
        signs_in(&site, "maya@example.com").await,
        StatusCode::SEE_OTHER
    );
    // What Ben has of his own calendar he has still.
    assert_eq!(site.get(&all.moved, &all.ben).await.status, StatusCode::OK);
}

#[tokio::test]
async fn whom_the_list_lets_go_comes_in_until_the_last_day() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    site.post("/people", &all.maya, &[("address", BEN)]).await;
    let person = format!("/people/{}", key_of(BEN));
    let page = site.get(&person, &all.maya).await.body;
    assert!(page.contains("After it they come in no more"), "{page}");
    let today = site.server_day();
    let leaves = [("do", "leave"), ("last", today.as_str())];
    let said = site.post(&person, &all.maya, &leaves).await;
    assert_eq!(said.location(), "/people");
    work(&site).await;
    assert_eq!(site.get("/start", &all.ben).await.status, StatusCode::OK);
    site.wait(crate::support::DAY);
    work(&site).await;
    assert_eq!(site.get("/start", &all.ben).await.location(), "/sign-in");
    assert_eq!(signs_in(&site, BEN).await, StatusCode::UNPROCESSABLE_ENTITY);
    let invited = [("email", BEN), ("text", "Join us")];
    let again = site.post("/invite", &all.maya, &invited).await;
    assert!(
        again.body.contains("closed when they left"),
        "{}",
        again.body
    );
    let back = [("address", BEN), ("again", "back"), ("again_of", BEN)];
    site.post("/people", &all.maya, &back).await;
    let page = site.get(&person, &all.maya).await.body;
    assert!(page.contains("Their account is closed"), "{page}");
    site.post(&person, &all.maya, &[("do", "open")]).await;
    assert_eq!(signs_in(&site, BEN).await, StatusCode::SEE_OTHER);
}
