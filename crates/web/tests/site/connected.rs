//! Connected calendars on the pages.

use crate::calendars;
use crate::support::{DAY, SECOND, Site};
use axum::http::StatusCode;
use steadfast_app::server::sync::Step;

const ADDRESS: &str = "https://calendar.example/secret-of-maya/basic.ics";

/// Connects the calendar of whoever has that cookie; gives the source's name.
pub(crate) async fn connect(site: &Site, cookie: &str) -> String {
    site.stands(ADDRESS, Some(&calendars::exported("maya@example.com")));
    let form = [("address", ADDRESS), ("user", ""), ("password", "")];
    let answer = site.post("/calendars", cookie, &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    source(&site.get("/calendars", cookie).await.body)
}

fn source(page: &str) -> String {
    let (_, after) = page.split_once("action=\"/calendars/").unwrap();
    after.split('/').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_calendar_is_connected_and_the_pages_say_when_it_was_checked() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let empty = site.get("/calendars", &maya).await;
    assert!(empty.body.contains("None is connected"));
    connect(&site, &maya).await;
    let page = site.get("/calendars", &maya).await.body;
    assert!(page.contains("calendar.example") && page.contains("just now"));
    assert!(!page.contains("secret-of-maya"), "{page}");
    let view = site.get("/one-on-ones", &maya).await.body;
    assert!(view.contains("Ben Okafor") && view.contains("was checked"));
    site.wait(3_600 * SECOND);
    let view = site.get("/one-on-ones", &maya).await.body;
    assert!(view.contains("1 hour ago"), "{view}");
    assert_eq!(site.server.round().await.unwrap(), Step::Unchanged);
    assert_eq!(site.server.round().await.unwrap(), Step::Idle);
    let view = site.get("/one-on-ones", &maya).await.body;
    assert!(view.contains("just now"), "{view}");
    // Wherever something is told of calendars, back to the half years before.
    let pair = crate::everybody::pair_with(&view, "Ben Okafor");
    let now = site.get(&pair, &maya).await;
    let half = crate::earlier::before(&now).unwrap();
    let day = now
        .body
        .split_once(&format!("href=\"{pair}/2026-"))
        .unwrap()
        .1;
    let one = format!("{pair}/2026-{}", &day[..5]);
    for path in [&pair, &half, &one] {
        let told = site.get(path, &maya).await.body;
        assert!(told.contains("was checked"), "{path}: {told}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_calendar_is_said_where_it_is_seen_and_can_be_mended() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let source = connect(&site, &maya).await;
    site.stands(ADDRESS, None);
    site.wait(DAY);
    assert_eq!(site.server.round().await.unwrap(), Step::Failed);
    let view = site.get("/one-on-ones", &maya).await.body;
    assert!(view.contains("does not answer now"), "{view}");
    let page = site.get("/calendars", &maya).await.body;
    assert!(
        page.contains("nothing answers") && page.contains("Try now"),
        "{page}"
    );
    let mend = format!("/calendars/{source}/mend");
    let again = site.post(&mend, &maya, &[("password", "")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    site.stands(ADDRESS, Some(&calendars::exported("maya@example.com")));
    let mended = site.post(&mend, &maya, &[("password", "")]).await;
    assert_eq!(mended.status, StatusCode::SEE_OTHER);
    let page = site.get("/calendars", &maya).await.body;
    assert!(!page.contains("does not answer"), "{page}");
    let gone = format!("/calendars/{source}/disconnect");
    let gone = site.post(&gone, &maya, &[]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    let page = site.get("/calendars", &maya).await.body;
    assert!(page.contains("None is connected"), "{page}");
    assert!(
        site.get("/one-on-ones", &maya)
            .await
            .body
            .contains("Ben Okafor")
    );
}

#[tokio::test]
async fn a_secret_address_stands_in_no_log_and_on_no_page_but_the_form_it_was_typed_in() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    connect(&site, &maya).await;
    site.stands(ADDRESS, None);
    site.wait(DAY);
    site.server.round().await.unwrap();
    for line in site.log.lock().unwrap().iter() {
        assert!(
            !line.contains("secret-of-maya") && !line.contains("maya@"),
            "{line}"
        );
    }
    for path in ["/one-on-ones", "/start", "/privacy"] {
        let body = site.get(path, &maya).await.body;
        assert!(!body.contains("secret-of-maya"), "{path}");
    }
}

#[tokio::test]
async fn ledgers_are_judged_ahead_for_those_who_joined_and_then_at_rest() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    site.join(&maya, "ben@example.com", "Ben").await;
    connect(&site, &maya).await;
    let lines = [("is:ben@example.com", "report")];
    site.post("/one-on-ones/lines", &maya, &lines).await;
    let judged = async || {
        let mut times = 0;
        while site.server.judge().await.unwrap() {
            times += 1;
            assert!(times < 50, "without an end");
        }
        times
    };
    assert_eq!(judged().await, 0, "not before it has settled");
    site.wait(10 * SECOND);
    let first = judged().await;
    assert!(first >= 2, "hers, and of those she meets: {first}");
    assert_eq!(judged().await, 0);
    // A day on: only of Maya and Ben, who may look.
    site.wait(DAY);
    assert_eq!(judged().await, 2);
}

/// The calendar that [`connect`] connected does not answer any more.
pub(crate) fn falls_silent(site: &Site) {
    site.stands(ADDRESS, None);
}

/// It does again.
pub(crate) fn answers_again(site: &Site) {
    site.stands(ADDRESS, Some(&calendars::exported("maya@example.com")));
}
