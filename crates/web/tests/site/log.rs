//! What happened: told to whom it happened, and the server's own work to whoever set it up.

use crate::everybody::everybody;
use crate::support::{DAY, Site};
use axum::http::StatusCode;
use steadfast_app::server::accounts::organisation;
use steadfast_app::server::sync::Step;
use steadfast_store::{Claim, Jobs, Micros, NewJob};

#[tokio::test]
async fn a_calendar_that_fails_and_is_mended_is_told_step_by_step() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let source = crate::connected::connect(&site, &maya).await;
    crate::connected::falls_silent(&site);
    for day in 0..2 {
        site.wait(DAY);
        assert_eq!(site.server.round().await.unwrap(), Step::Failed, "{day}");
    }
    crate::connected::answers_again(&site);
    let mend = format!("/calendars/{source}/mend");
    site.post(&mend, &maya, &[("password", "")]).await;
    let gone = format!("/calendars/{source}/disconnect");
    site.post(&gone, &maya, &[]).await;
    let page = site.get("/log", &maya).await.body;
    let mut rest = page.as_str();
    for part in [
        "You disconnected <bdi>calendar.example</bdi>",
        "<bdi>calendar.example</bdi> answered again. What it said was known up to 22 November",
        "You had <bdi>calendar.example</bdi> tried again",
        "<bdi>calendar.example</bdi> did not answer: nothing answers at",
        "You connected <bdi>calendar.example</bdi>",
    ] {
        let (_, after) = rest
            .split_once(part)
            .unwrap_or_else(|| panic!("{part} in {page}"));
        rest = after;
    }
    assert_eq!(page.matches("did not answer").count(), 1, "once a row");
    assert!(page.contains("Times in Europe/Paris"), "{page}");
}

#[tokio::test]
async fn what_the_two_say_is_told_to_both_as_far_as_it_is_shared() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let word = format!("{}/word", all.moved);
    let log = async |cookie: &str| site.get("/log", cookie).await.body;
    site.post(&word, &all.ben, &[("say", "asked.private")])
        .await;
    assert!(log(&all.ben).await.contains("“I asked for it”"));
    assert!(!log(&all.maya).await.contains("asked for it"));
    site.post(&word, &all.ben, &[("say", "asked.shared")]).await;
    let mayas = log(&all.maya).await;
    assert!(mayas.contains("“Ben Okafor asked for it”"), "{mayas}");
    assert!(mayas.contains("You made an invitation for <bdi>ben@example.com</bdi>"));
    assert!(mayas.contains("<bdi>ben@example.com</bdi> accepted your invitation"));
    // Taken back it is as if never said for her; to its owner that is told, and not what it had been.
    site.post(&word, &all.ben, &[("say", "nothing")]).await;
    assert!(!log(&all.maya).await.contains("asked for it"));
    let bens = log(&all.ben).await;
    let took = "You took back what you had said of <a href";
    assert!(
        bens.contains(took) && !bens.contains("asked for it"),
        "{bens}"
    );
    let bens = log(&all.ben).await;
    let line = "<bdi>Maya Lind</bdi> said that you report to <bdi>them</bdi>.";
    assert!(bens.contains(line), "{bens}");
    let gorans = log(&all.goran).await;
    for name in ["Maya", "Ben", "maya@", "ben@"] {
        assert!(!gorans.contains(name), "{name} in {gorans}");
    }
}

#[tokio::test]
async fn hours_and_the_feed_of_what_is_held_are_told_to_their_owner_alone() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let hours = [
        ("do", "hours"),
        ("day", "0"),
        ("from", "08:00"),
        ("to", "14:30"),
    ];
    site.post("/people/me/hours", &all.ben, &hours).await;
    for path in ["/held", "/held", "/held/away"] {
        site.wait(1_000_000);
        site.post(path, &all.ben, &[]).await;
    }
    site.wait(1_000_000);
    site.post("/people/me/hours", &all.ben, &[("do", "nothing")])
        .await;
    let page = site.get("/log", &all.ben).await.body;
    let mut rest = page.as_str();
    for part in [
        "You say nothing of when you work any more.",
        "You took your feed of what is held away",
        "You made another address for your feed of what is held",
        "You made an address for your feed of what is held",
        "You said when you work: Monday 8:00–14:30.",
    ] {
        let (_, after) = rest
            .split_once(part)
            .unwrap_or_else(|| panic!("{part} in {page}"));
        rest = after;
    }
    let mayas = site.get("/log", &all.maya).await.body;
    assert!(!mayas.contains("when you work") && !mayas.contains("feed of what is held"));
}

#[tokio::test]
async fn work_that_was_given_up_is_tried_again_or_dropped_by_whoever_set_the_server_up() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let org = organisation(&site.store).await.unwrap().unwrap();
    let marker = "marker@example.com";
    for _ in 0..2 {
        give_up(&site, &org, marker).await;
    }
    let page = site.get("/log/jobs", &all.maya).await.body;
    assert_eq!(
        page.matches("Judging somebody’s 1:1s ahead</h2>").count(),
        2
    );
    assert!(page.contains("The last one said: busy."), "{page}");
    assert!(!page.contains(marker), "not whose");
    let first = after(&page, "/log/jobs/");
    let again = format!("/log/jobs/{first}/again");
    for cookie in [&all.ben, &all.goran] {
        assert_eq!(site.post(&again, cookie, &[]).await.status, 404);
    }
    assert_eq!(site.post(&again, &all.maya, &[]).await.status, 303);
    let page = site.get("/log/jobs", &all.maya).await.body;
    let second = after(&page, "/log/jobs/");
    assert_ne!(first, second);
    let again = format!("/log/jobs/{second}/again");
    let twice = site.post(&again, &all.maya, &[]).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(twice.body.contains("The same work is queued already"));
    let drop = format!("/log/jobs/{second}/drop");
    assert_eq!(site.post(&drop, &all.maya, &[]).await.status, 303);
    assert_eq!(site.post(&drop, &all.maya, &[]).await.status, 404);
    let page = site.get("/log/jobs", &all.maya).await.body;
    assert!(page.contains("Nothing is given up"), "{page}");
}

fn after<'a>(page: &'a str, path: &str) -> &'a str {
    let (_, after) = page.split_once(&format!("action=\"{path}")).unwrap();
    after.split('/').next().unwrap()
}

async fn give_up(site: &Site, org: &steadfast_store::Org, whose: &str) {
    let job = NewJob {
        kind: "judge".to_owned(),
        unique: Some(whose.to_owned()),
        payload: whose.as_bytes().to_vec(),
        due: Micros(1),
        max_attempts: 1,
    };
    site.store.enqueue(org, &[job]).await.unwrap();
    let claim = Claim {
        kinds: &["judge"],
        node: "n",
        now: Micros(2),
        until: Micros(3),
        limit: 1,
    };
    let job = site.store.claim(claim).await.unwrap().remove(0);
    let failed = site.store.fail(&job.lease, Micros(2), None, "busy").await;
    failed.unwrap();
}

#[tokio::test]
async fn who_may_act_for_whom_is_in_the_log_of_those_two_alone() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let goran = "goran@example.com";
    let add = [("do", "delegate"), ("address", goran)];
    assert_eq!(site.post("/people/me", &all.maya, &add).await.status, 303);
    let log = async |cookie: &str| site.get("/log", cookie).await.body;
    let named = "You said that <bdi>Goran</bdi> may move your 1:1s for you.";
    assert!(
        log(&all.maya).await.contains(named),
        "{}",
        log(&all.maya).await
    );
    let his = "<bdi>Maya</bdi> said that you may move their 1:1s for them.";
    assert!(
        log(&all.goran).await.contains(his),
        "{}",
        log(&all.goran).await
    );
    assert!(!log(&all.ben).await.contains("may move"));
    site.wait(60_000_000);
    let gone = [("do", "no-delegate"), ("address", goran)];
    assert_eq!(site.post("/people/me", &all.maya, &gone).await.status, 303);
    let no_more = "You said that <bdi>Goran</bdi> may not move your 1:1s for you any more.";
    assert!(
        log(&all.maya).await.contains(no_more),
        "{}",
        log(&all.maya).await
    );
    // By whoever keeps the list.
    let bens = format!(
        "/people/{}",
        steadfast_app::server::people::key_of("ben@example.com")
    );
    let person = [("address", "ben@example.com"), ("name", "Ben Okafor")];
    site.post("/people", &all.maya, &person).await;
    assert_eq!(site.post(&bens, &all.maya, &add).await.status, 303);
    let by_list = "By the list of people <bdi>Goran</bdi> may move your 1:1s for you.";
    assert!(
        log(&all.ben).await.contains(by_list),
        "{}",
        log(&all.ben).await
    );
}
