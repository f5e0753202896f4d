//! What somebody chooses about mail to them, and the link in a mail that switches it off.

use crate::support::Site;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use steadfast_app::server::mail::off_path;
use steadfast_store::Accounts;
use steadfast_store::seal::Keyring;

#[tokio::test]
async fn without_a_mail_server_the_pages_say_that_no_mail_is_sent() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let mail = site.get("/mail", &maya).await.body;
    assert!(mail.contains("This server sends no mail."), "{mail}");
    let calendars = site.get("/calendars", &maya).await.body;
    assert!(
        calendars.contains("This server sends no mail"),
        "{calendars}"
    );
    let privacy = site.get("/privacy", &maya).await.body;
    assert!(privacy.contains("It sends no mail."), "{privacy}");
}

#[tokio::test]
async fn what_was_chosen_stands_on_the_page_and_hours_that_are_none_are_refused() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let chosen = [
        ("on", "yes"),
        ("threat", "yes"),
        ("from", "22:30"),
        ("to", "06:00"),
    ];
    let answer = site.post("/mail", &maya, &chosen).await;
    assert_eq!(
        (answer.status, answer.location()),
        (StatusCode::SEE_OTHER, "/mail?kept=yes")
    );
    let page = site.get("/mail?kept=yes", &maya).await.body;
    for said in [
        "From now on you are told by mail of what threatens a 1:1 that you lead; from 22:30 to 06:00 it waits.",
        "value=\"22:30\"",
        "value=\"06:00\"",
        "id=\"threat\" name=\"threat\" value=\"yes\" checked",
    ] {
        assert!(page.contains(said), "{said} in {page}");
    }
    assert!(
        !page.contains("id=\"offer\" name=\"offer\" value=\"yes\" checked"),
        "{page}"
    );
    let wrong = [("on", "yes"), ("from", "late"), ("to", "06:00")];
    let answer = site.post("/mail", &maya, &wrong).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.body.contains("Write them as 19:00"),
        "{}",
        answer.body
    );
}

#[tokio::test]
async fn a_mail_program_switches_mail_off_by_the_link_and_looking_at_it_does_nothing() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let org = site.store.organisations().await.unwrap().remove(0).org;
    let account = site.store.account_by_email(&org, "maya@example.com").await;
    let keyring = Keyring::new("k", [7; 32]).unwrap();
    let path = off_path(&keyring, &account.unwrap().unwrap().account).unwrap();
    let is_on = async || {
        let page = site.get("/mail", &maya).await.body;
        page.contains("id=\"on\" name=\"on\" value=\"yes\" checked")
    };
    let looked = site.get(&path, "").await;
    assert_eq!(looked.status, StatusCode::OK);
    assert!(is_on().await, "a look does nothing");
    // A program of a mail provider comes from no page and has no cookie (RFC 8058 §3.2).
    let post = |path: &str| {
        Request::post(path)
            .header(header::HOST, "127.0.0.1:7373")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from("List-Unsubscribe=One-Click"))
            .unwrap()
    };
    let crooked = site.send(post(&format!("{path}0"))).await;
    assert_eq!(crooked.status, StatusCode::NOT_FOUND);
    assert!(is_on().await);
    for _ in 0..2 {
        let answer = site.send(post(&path)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }
    assert!(!is_on().await);
    // From elsewhere than a page of this server nothing else is changed.
    let elsewhere = Request::post("/mail")
        .header(header::HOST, "127.0.0.1:7373")
        .header(header::COOKIE, &maya)
        .header("sec-fetch-site", "cross-site")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from("on=yes&from=19:00&to=08:00"))
        .unwrap();
    let refused = site.send(elsewhere).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_webhook_that_takes_a_trial_is_gone_by_and_its_address_is_shown_to_nobody() {
    let (site, _) = Site::mailing().await;
    let maya = site.set_up().await;
    let hook = |address: &'static str| [("sort", "teams"), ("address", address)];
    let answer = site
        .post("/chat", &maya, &hook("https://hooks.example.org/gone"))
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("it answered 404"), "{}", answer.body);
    let answer = site
        .post("/chat", &maya, &hook("https://hooks.example.org/secret"))
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    for path in ["/mail", "/privacy", "/log", "/more"] {
        let page = site.get(path, &maya).await.body;
        assert!(!page.contains("hooks.example.org"), "{path}: {page}");
    }
    let page = site.get("/mail", &maya).await.body;
    assert!(page.contains("It goes to your Microsoft Teams"), "{page}");
    let answer = site.post("/chat/away", &maya, &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let page = site.get("/mail", &maya).await.body;
    assert!(page.contains("is mailed to"), "{page}");
}

#[tokio::test]
async fn a_feed_opens_by_its_address_alone_and_ends_with_it() {
    let (site, _) = Site::mailing().await;
    let maya = site.set_up().await;
    let page = site.get("/held", &maya).await.body;
    assert!(!page.contains("/held/"), "{page}");
    site.post("/held", &maya, &[]).await;
    let page = site.get("/held", &maya).await.body;
    let (_, path) = page.split_once("https://steadfast.example.org").unwrap();
    let path = path.split('<').next().unwrap();
    let feed = site.get(path, "").await;
    assert_eq!(feed.status, StatusCode::OK);
    assert_eq!(feed.header("content-type"), "text/calendar; charset=utf-8");
    assert!(
        feed.body.starts_with("BEGIN:VCALENDAR\r\n"),
        "{}",
        feed.body
    );
    site.post("/held/away", &maya, &[]).await;
    assert_eq!(site.get(path, "").await.status, StatusCode::NOT_FOUND);
}
