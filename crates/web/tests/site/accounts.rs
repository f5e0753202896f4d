//! Coming in, and staying out.

use crate::support::{DAY, PASSWORD, SECOND, Site, request};
use axum::body::Body;
use axum::http::{StatusCode, header};

#[tokio::test]
async fn the_printed_link_sets_the_server_up_once() {
    let site = Site::new().await;
    assert_eq!(site.get("/", "").await.location(), "/sign-in");
    let nothing_yet = site.get("/sign-in", "").await;
    assert!(
        nothing_yet
            .body
            .contains("Nobody has set this server up yet")
    );
    let path = site.server.set_up_path().await.unwrap().unwrap();
    let form = site.get(&path, "").await;
    assert_eq!(form.status, StatusCode::OK);
    let typed = [
        ("organisation", "Acme"),
        ("name", "Maya"),
        ("email", "Maya@Example.com"),
        ("password", "short"),
    ];
    let short = site.post(&path, "", &typed).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        short
            .body
            .contains("The password has fewer than 10 characters")
    );
    assert!(
        short.body.contains("value=\"Maya@Example.com\""),
        "what was typed is kept"
    );
    assert!(
        !short.body.contains("value=\"short\""),
        "but never a password"
    );
    let cookie = site.set_up_at(&path).await;
    assert_eq!(site.get("/start", &cookie).await.status, StatusCode::OK);
    assert_eq!(site.get(&path, "").await.status, StatusCode::NOT_FOUND);
    assert!(site.server.set_up_path().await.unwrap().is_none());
}

#[tokio::test]
async fn a_set_up_link_is_good_for_a_day_and_a_new_one_takes_its_place() {
    let site = Site::new().await;
    let first = site.server.set_up_path().await.unwrap().unwrap();
    let second = site.server.set_up_path().await.unwrap().unwrap();
    assert_eq!(site.get(&first, "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get(&second, "").await.status, StatusCode::OK);
    site.wait(DAY);
    assert_eq!(site.get(&second, "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let site = Site::new().await;
    site.set_up().await;
    let form = [("email", "maya@example.com"), ("password", PASSWORD)];
    let plain = site.post("/sign-in", "", &form).await;
    let set = plain.header("set-cookie");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"] {
        assert!(set.contains(part), "{set}");
    }
    assert!(!set.contains("Secure"));
    let behind_a_proxy = request("POST", "/sign-in", "")
        .header("x-forwarded-proto", "https")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(crate::support::encoded(&form)))
        .unwrap();
    let encrypted = site.send(behind_a_proxy).await;
    assert!(encrypted.header("set-cookie").ends_with("; Secure"));
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_told_the_same() {
    let site = Site::new().await;
    site.set_up().await;
    let wrong = [
        ("email", "maya@example.com"),
        ("password", "not the password"),
    ];
    let unknown = [
        ("email", "nina@example.com"),
        ("password", "not the password"),
    ];
    let (wrong, unknown) = (
        site.post("/sign-in", "", &wrong).await,
        site.post("/sign-in", "", &unknown).await,
    );
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(unknown.status, wrong.status);
    assert_eq!(
        unknown.body.replace("nina@", "maya@"),
        wrong.body,
        "not a byte tells them apart"
    );
    assert!(wrong.header("set-cookie").is_empty());
}

#[tokio::test]
async fn guessing_ends_after_ten_tries_and_goes_on_after_a_while() {
    let site = Site::new().await;
    site.set_up().await;
    let guess = [
        ("email", "maya@example.com"),
        ("password", "a guess of mine"),
    ];
    let right = [("email", "maya@example.com"), ("password", PASSWORD)];
    for _ in 0..10 {
        let answer = site.post("/sign-in", "", &guess).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let answer = site.post("/sign-in", "", &right).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    site.wait(60 * SECOND);
    let answer = site.post("/sign-in", "", &right).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_invitation_is_accepted_once_and_within_a_week() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let link = site.invite(&maya, "ben@example.com").await;
    let page = site.get(&link, "").await;
    assert!(page.body.contains("Join us") && page.body.contains("ben@example.com"));
    let form = [("name", "Ben"), ("password", PASSWORD)];
    let joined = site.post(&link, "", &form).await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER);
    let ben = joined.cookie();
    assert_eq!(site.get("/start", &ben).await.status, StatusCode::OK);
    assert_eq!(
        site.post(&link, "", &form).await.status,
        StatusCode::NOT_FOUND
    );
    let late = site.invite(&maya, "ana@example.com").await;
    site.wait(7 * DAY);
    assert_eq!(site.get(&late, "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        site.post(&late, "", &form).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn whoever_joins_sees_what_was_promised_to_them_though_nobody_said_anything_else() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let calendar = crate::calendars::mayas_with_markers();
    site.upload(&maya, "a.ics", calendar.as_bytes()).await;
    let ben = site.join(&maya, "ben@example.com", "Ben").await;
    let his = site.get("/one-on-ones", &ben).await;
    assert_eq!(his.status, StatusCode::OK, "{}", his.location());
    let pair = crate::everybody::pair_with(&his.body, "Maya Lind");
    let hers = site.get("/one-on-ones", &maya).await.body;
    assert_eq!(pair, crate::everybody::pair_with(&hers, "Ben Okafor"));
    let of_two = site.get(&pair, &ben).await;
    assert_eq!(of_two.status, StatusCode::OK);
    for page in [&his.body, &of_two.body] {
        let marker = crate::calendars::OTHER_TITLE;
        assert!(!page.contains(marker) && !page.contains("Ana"), "{page}");
    }
}

#[tokio::test]
async fn people_invite_whom_they_meet_and_only_the_founder_anybody() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let ben = site.join(&maya, "ben@example.com", "Ben").await;
    let form = [("email", "ana@example.com"), ("text", "Join us")];
    let refused = site.post("/invite", &ben, &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused
            .body
            .contains("You have neither a 1:1 nor a reporting line with them")
    );
    let again = [("email", "Ben@example.com"), ("text", "Join us")];
    let refused = site.post("/invite", &maya, &again).await;
    assert!(refused.body.contains("They have an account already"));
}

#[tokio::test]
async fn signing_out_everywhere_ends_every_session_of_the_account_and_no_other() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let ben = site.join(&maya, "ben@example.com", "Ben").await;
    let form = [("email", "maya@example.com"), ("password", PASSWORD)];
    let other = site.post("/sign-in", "", &form).await.cookie();
    site.post("/sign-out", &other, &[("everywhere", "yes")])
        .await;
    for ended in [&maya, &other] {
        assert_eq!(site.get("/start", ended).await.location(), "/sign-in");
    }
    assert_eq!(site.get("/start", &ben).await.status, StatusCode::OK);
}

#[tokio::test]
async fn somebodys_second_address_is_not_invited_as_somebody_of_its_own() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let add = [
        ("address", "ben@example.com"),
        ("name", "Ben"),
        ("manager", ""),
    ];
    let page = site.post("/people", &maya, &add).await;
    let ben = page.location().to_owned();
    let also = [("do", "also"), ("address", "b.okafor@example.com")];
    let said = site.post(&ben, &maya, &also).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
    let invite = [("email", "b.okafor@example.com"), ("text", "Join us")];
    let refused = site.post("/invite", &maya, &invite).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused
            .body
            .contains("is another address of ben@example.com"),
        "{}",
        refused.body
    );
}

#[tokio::test]
async fn signing_out_ends_the_session_and_so_does_time() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let form = [("email", "MAYA@example.com"), ("password", PASSWORD)];
    let other = site.post("/sign-in", "", &form).await.cookie();
    assert_eq!(
        site.post("/sign-out", &maya, &[]).await.location(),
        "/sign-in"
    );
    assert_eq!(site.get("/start", &maya).await.location(), "/sign-in");
    assert_eq!(site.get("/start", &other).await.status, StatusCode::OK);
    site.wait(30 * DAY);
    assert_eq!(site.get("/start", &other).await.location(), "/sign-in");
}

impl Site {
    async fn set_up_at(&self, path: &str) -> String {
        let typed = [
            ("organisation", "Acme"),
            ("name", "Maya"),
            ("email", "Maya@Example.com"),
            ("password", PASSWORD),
        ];
        let answer = self.post(path, "", &typed).await;
        assert_eq!(answer.location(), "/start");
        answer.cookie()
    }
}
