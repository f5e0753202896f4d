//! Somebody lost their password.

use crate::support::{DAY, PASSWORD, Site};
use axum::http::StatusCode;
use steadfast_app::server::accounts::{self, Fresh, organisation};
use steadfast_app::server::demo;
use steadfast_store::Micros;

const NEW: &str = "a new one of many words";

/// The path of a link as whoever runs the server makes it.
async fn link(site: &Site, number: u8) -> String {
    let org = organisation(&site.store).await.unwrap().unwrap();
    let now = Micros(demo::now().seconds() * 1_000_000);
    let fresh = Fresh::from([number; Fresh::BYTES]);
    let token = accounts::lost_password(&site.store, &org, now, &fresh, "Maya@example.com")
        .await
        .unwrap();
    format!("/new-password/{}", token.as_str())
}

async fn status_of_sign_in(site: &Site, password: &str) -> u16 {
    let form = [("email", "maya@example.com"), ("password", password)];
    site.post("/sign-in", "", &form).await.status.as_u16()
}

#[tokio::test]
async fn a_new_password_is_chosen_once_and_ends_whatever_was_signed_in() {
    let site = Site::new().await;
    let old = site.set_up().await;
    let link = link(&site, 201).await;
    assert_eq!(status_of_sign_in(&site, PASSWORD).await, 303, "still good");
    let privacy = site.get("/privacy", &old).await.body;
    let told = "A link with which your account gets another password, for whoever has it";
    assert!(privacy.contains(told), "{privacy}");
    let page = site.get(&link, "").await;
    assert!(page.body.contains("maya@example.com"), "{}", page.body);
    let short = site.post(&link, "", &[("password", "short")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.body.contains("fewer than 10 characters"));
    let chosen = site.post(&link, "", &[("password", NEW)]).await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER);
    let new = chosen.cookie();
    assert_eq!(site.get("/start", &new).await.status, StatusCode::OK);
    assert_eq!(site.get("/start", &old).await.location(), "/sign-in");
    assert_eq!(status_of_sign_in(&site, PASSWORD).await, 422);
    assert_eq!(status_of_sign_in(&site, NEW).await, 303);
    let again = site.post(&link, "", &[("password", NEW)]).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_new_password_ends_programs_tokens_and_other_links_to_choose_one() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let token = crate::api::token(&site, &maya, "read").await;
    let me = async || {
        let answer = crate::api::call(&site, "get", "/api/v1/me", &token, None).await;
        answer.status.as_u16()
    };
    assert_eq!(me().await, 200);
    let (first, second) = (link(&site, 203).await, link(&site, 204).await);
    let page = site.get(&first, "").await.body;
    assert!(
        page.contains("programs of yours lose their tokens"),
        "{page}"
    );
    site.post(&first, "", &[("password", NEW)]).await;
    assert_eq!(me().await, 401);
    let again = site.post(&second, "", &[("password", NEW)]).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn such_a_link_is_good_for_a_day_and_tried_only_so_often() {
    let site = Site::new().await;
    site.set_up().await;
    let link = link(&site, 202).await;
    for _ in 0..40 {
        site.get("/new-password/00", "").await;
    }
    let answer = site.get(&link, "").await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    site.wait(DAY - 1);
    assert_eq!(site.get(&link, "").await.status, StatusCode::OK);
    site.wait(1);
    assert_eq!(site.get(&link, "").await.status, StatusCode::NOT_FOUND);
}
