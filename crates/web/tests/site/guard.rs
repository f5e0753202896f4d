//! How far the guard goes: chosen by whoever it is for, told to nobody else, stopped at once, and what it did taken back.

use crate::api::{call, json, token};
use crate::everybody::everybody;
use crate::markers::{bodies, everybody_looked};
use crate::support::{Answer, DAY, Site};
use axum::http::StatusCode;
use serde_json::Value;
use steadfast_app::server::accounts::organisation;
use steadfast_app::server::acting::{Action, Basis, intent};
use steadfast_calendar::edit::Edit;
use steadfast_calendar::{Instant, Slot};
use steadfast_store::{
    ACT, Cap, Claim, Ended, Expected, Facts, IntentState, Intents, Jobs, Micros, NewFact, Store,
    Write,
};

fn of_one(pair: &str) -> String {
    pair.replace("/one-on-ones/", "/guard/one-on-ones/")
}

/// The part of the page about one 1:1.
fn part<'a>(page: &'a str, pair: &str) -> &'a str {
    let id = pair.rsplit('/').next().unwrap();
    let (_, after) = page.split_once(&format!("id=\"g{id}\"")).unwrap();
    after.split("</article>").next().unwrap()
}

async fn policies(site: &Site, cookie: &str) -> String {
    let page = site.get("/policies", cookie).await;
    assert_eq!(page.status, StatusCode::OK);
    page.body
}

fn choosing<'a>(site: &'a Site, cookie: &'a str, path: &'a str) -> impl AsyncFn(&'a str) -> Answer {
    async move |level| site.post(path, cookie, &[("level", level)]).await
}

#[tokio::test]
async fn one_click_defends_and_neither_of_the_two_is_told_what_the_other_chose() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let path = of_one(&all.pair);
    everybody_looked(&site, &all).await;
    let (bens, gorans) = (
        bodies(&site, &all.ben).await,
        bodies(&site, &all.goran).await,
    );
    let page = policies(&site, &all.maya).await;
    let before = part(&page, &all.pair);
    assert!(
        before.contains("<b>advise</b>, as your organisation chose"),
        "{before}"
    );
    let choose = choosing(&site, &all.maya, &path);
    let answer = choose("defend").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.location().starts_with("/policies#g"));
    let page = policies(&site, &all.maya).await;
    let after = part(&page, &all.pair);
    assert!(after.contains("<b>defend</b>, as you chose"), "{after}");
    assert!(!after.contains("value=\"defend\"") && after.contains("value=\"open\""));
    // Bounds of its own, for this one alone.
    let own = [
        ("freeze", "60"),
        ("sure", "90"),
        ("book", "never"),
        ("actions", "1"),
    ];
    let bounds = format!("{path}/bounds");
    let kept = site.post(&bounds, &all.maya, &own).await;
    assert_eq!(kept.location(), path);
    let one = site.get(&path, &all.maya).await.body;
    assert!(one.contains("at most one action a day by itself"), "{one}");
    let page = policies(&site, &all.maya).await;
    assert!(page.contains("at most 6 actions a day by itself"), "{page}");
    assert!(part(&page, &all.pair).contains("bounds of its own"));
    assert_eq!(bodies(&site, &all.ben).await, bens);
    assert_eq!(bodies(&site, &all.goran).await, gorans);
    // The report chooses for the same 1:1, on his own calendar.
    let his = choosing(&site, &all.ben, &path);
    assert_eq!(his("watch").await.status, StatusCode::SEE_OTHER);
    let page = policies(&site, &all.ben).await;
    assert!(part(&page, &all.pair).contains("<b>watch</b>, as you chose"));
    let page = policies(&site, &all.maya).await;
    assert!(part(&page, &all.pair).contains("<b>defend</b>, as you chose"));
    let log = site.get("/log", &all.maya).await.body;
    for words in [
        "You chose “defend” for your 1:1 with <bdi>Ben Okafor</bdi>: it may act within the bounds.",
        "You set the bounds of the guard for your 1:1 with <bdi>Ben Okafor</bdi>: nothing may take the time of a 1:1; ",
        "at most one action a day by itself",
    ] {
        assert!(log.contains(words), "{words} in {log}");
    }
    let left = choose("open").await;
    assert_eq!(left.status, StatusCode::SEE_OTHER);
    let page = policies(&site, &all.maya).await;
    assert!(part(&page, &all.pair).contains("<b>advise</b>, as your organisation chose"));
}

#[tokio::test]
async fn the_organisations_limit_is_said_where_it_binds() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let path = of_one(&all.pair);
    let choose = choosing(&site, &all.ben, &path);
    assert_eq!(choose("defend").await.status, StatusCode::SEE_OTHER);
    let limits = [
        ("level", "advise"),
        ("freeze", "240"),
        ("sure", "95"),
        ("actions", "2"),
    ];
    let set = site.post("/guard/limits", &all.maya, &limits).await;
    assert_eq!(set.location(), "/policies#g-organisation", "{}", set.body);
    let page = policies(&site, &all.ben).await;
    let one = part(&page, &all.pair);
    for words in [
        "<b>advise</b>, as you chose",
        "You chose “defend”; your organisation allows “advise” at most.",
    ] {
        assert!(one.contains(words), "{words} in {one}");
    }
    for words in [
        "what begins within 4 hours is not moved by itself",
        "Your organisation: 4 hours at least.",
        "Your organisation: 2 at most.",
        "Your organisation: 95 % at least.",
        "people above you<span class=\"quiet small\"> (your organisation does not allow it)",
        "nobody’s guard does more than advise",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    assert!(!page.contains("value=\"defend\""), "it is not offered");
    assert!(
        !page.contains("action=\"/guard/limits\""),
        "nor are limits to be set"
    );
    let all_mine = choosing(&site, &all.ben, "/guard/level");
    let more = all_mine("defend").await;
    assert_eq!(more.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        more.body
            .contains("Your organisation allows “advise” at most."),
        "{}",
        more.body
    );
    let log = site.get("/log", &all.ben).await.body;
    assert!(log.contains("Whoever set this server up set beyond which nobody’s guard goes: nobody’s guard does more than advise"), "{log}");
}

#[tokio::test]
async fn everything_is_stopped_at_once_and_it_says_since_when() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let turn = async |path: &str, cookie: &str, what: &str| {
        let form = [("do", what), ("page", "one-on-ones")];
        site.post(path, cookie, &form).await
    };
    let stopped = turn("/guard/switch", &all.ben, "stop").await;
    assert_eq!(stopped.location(), "/one-on-ones");
    let bens = policies(&site, &all.ben).await;
    assert!(
        bens.contains("<b>Stopped for you</b>, since 22 November, "),
        "{bens}"
    );
    assert!(!policies(&site, &all.maya).await.contains("Stopped for"));
    site.wait(DAY);
    assert_eq!(
        turn("/guard/switch/all", &all.maya, "stop").await.status,
        StatusCode::SEE_OTHER
    );
    for cookie in [&all.maya, &all.ben, &all.goran] {
        let page = policies(&site, cookie).await;
        assert!(
            page.contains("<b>Stopped for everybody</b>, since 23 November, "),
            "{page}"
        );
    }
    turn("/guard/switch/all", &all.maya, "go-on").await;
    assert!(!policies(&site, &all.goran).await.contains("Stopped for"));
    assert!(policies(&site, &all.ben).await.contains("Stopped for you"));
    turn("/guard/switch", &all.ben, "go-on").await;
    assert!(!policies(&site, &all.ben).await.contains("Stopped for"));
    let log = site.get("/log", &all.ben).await.body;
    for words in [
        "You let the guard go on.",
        "Whoever set this server up let the guard go on, for everybody.",
        "Whoever set this server up stopped everything that the guard does, for everybody.",
        "You stopped everything that the guard does for you.",
    ] {
        assert!(log.contains(words), "{words} in {log}");
    }
    let log = site.get("/log", &all.maya).await.body;
    assert!(!log.contains("that the guard does for you"), "{log}");
}

#[tokio::test]
async fn a_program_chooses_and_stops_as_its_owner_does() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let writes = token(&site, &all.ben, "read+write").await;
    let reads = token(&site, &all.ben, "read").await;
    let one = format!("/api/v1{}/guard", all.pair);
    let said = async |method: &str, path: &str, token: &str, body: Option<String>| {
        let answer = call(&site, method, path, token, body).await;
        let value: Value = serde_json::from_str(&answer.body).unwrap();
        (answer.status.as_u16(), value)
    };
    let level = |level: &str| Some(json(&[("level", &format!("\"{level}\""))]));
    let (status, now) = said("post", &one, &writes, level("defend")).await;
    assert_eq!(status, 200);
    assert_eq!(
        (&now["level"], &now["whose"]),
        (&"defend".into(), &"one_on_one".into())
    );
    let (_, now) = said("get", "/api/v1/guard", &reads, None).await;
    assert_eq!(
        (&now["level"], &now["whose"]),
        (&"advise".into(), &"organisation".into())
    );
    assert_eq!(
        (&now["stopped"], &now["most"]),
        (&Value::Null, &"defend".into())
    );
    let stop = || Some(json(&[("stopped", "true")]));
    assert_eq!(
        said("post", "/api/v1/guard/switch", &reads, stop()).await.0,
        403
    );
    let (_, now) = said("post", "/api/v1/guard/switch", &writes, stop()).await;
    assert!(
        now["stopped"].as_str().unwrap().starts_with("2026-11-22T"),
        "{now}"
    );
    assert!(policies(&site, &all.ben).await.contains("Stopped for you"));
    let limits = [
        ("level", "advise"),
        ("freeze", "0"),
        ("sure", "50"),
        ("actions", "20"),
    ];
    site.post("/guard/limits", &all.maya, &limits).await;
    let (_, now) = said("get", &one, &reads, None).await;
    assert_eq!(
        (&now["level"], &now["chosen"]),
        (&"advise".into(), &"defend".into())
    );
    let (status, problem) = said("post", "/api/v1/guard", &writes, level("defend")).await;
    assert_eq!(status, 409);
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .contains("“advise” at most"),
        "{problem}"
    );
    let (status, now) = said("post", &one, &writes, level("open")).await;
    assert_eq!((status, &now["chosen"]), (200, &Value::Null));
}

#[tokio::test]
async fn what_somebody_chose_is_taken_home_by_them_alone() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let path = of_one(&all.pair);
    choosing(&site, &all.maya, &path)("defend").await;
    site.post("/guard/switch", &all.maya, &[("do", "stop")])
        .await;
    let mine = crate::export::files(&site, "maya@example.com").await;
    let page = &mine["read-me.md"];
    assert!(
        page.contains("level (for the 1:1 with ben@example.com): defend"),
        "{page}"
    );
    let kept: Value = serde_json::from_str(&mine["kept.json"]).unwrap();
    assert_eq!(kept["guard"][0]["chosen"][0], "defend");
    assert_eq!(kept["guard"][1]["what"], "stopped");
    let his = crate::export::files(&site, "ben@example.com").await;
    assert!(his["read-me.md"].contains("You chose nothing"));
    assert!(!his["kept.json"].contains("defend"));
}

/// Something that was done to Maya's calendar: a meeting of tomorrow put a day later, or that ended otherwise.
async fn done(store: &Store, name: &str, from: Instant, state: IntentState) {
    done_with(store, name, from, state, b"{}").await;
}

/// The same, and what came of it.
pub(crate) async fn done_with(
    store: &Store,
    name: &str,
    from: Instant,
    state: IntentState,
    result: &[u8],
) {
    let to = from.plus_days(1);
    let edit = Edit::Move {
        occurrence: from,
        to: Slot::new(to, to.plus_minutes(30)),
    };
    done_of(store, name, (from, "move"), edit, (state, result)).await;
}

/// The same of another edit, in the log's word.
pub(crate) async fn done_of(
    store: &Store,
    name: &str,
    (from, deed): (Instant, &str),
    edit: Edit,
    (state, result): (IntentState, &[u8]),
) {
    let org = organisation(store).await.unwrap().unwrap();
    let to = from.plus_days(1);
    let undo = Edit::Restore {
        occurrence: from,
        to: None,
    };
    let action = Action {
        source: "s".to_owned(),
        place: "/weekly.ics".to_owned(),
        basis: Basis::Says("as it was".to_owned()),
        edit,
        addresses: vec!["maya@example.com".to_owned()],
        zone: "Europe/Berlin".to_owned(),
        policy: "your own policy".to_owned(),
        because: "something else wanted that time".to_owned(),
        uid: None,
        agreed: false,
        ends_offer: None,
        then: None,
    };
    let maya = "maya@example.com";
    let new = intent(name, maya, &action, true, from);
    let write = Write {
        intents: &[new],
        ..Write::default()
    };
    store.write(&org, write).await.unwrap();
    let at = Micros(from.plus_days(-1).seconds() * 1_000_000);
    let claim = Claim {
        kinds: &[ACT],
        node: "n",
        now: Micros(at.0 + 10 * DAY),
        until: Micros(at.0 + 11 * DAY),
        limit: 1,
    };
    let job = store.claim(claim).await.unwrap().remove(0);
    let undo = serde_json::to_vec(&undo).unwrap();
    let cap = Cap {
        most: 9,
        since: Micros(0),
    };
    store
        .let_go(&job.lease, name, Some(&undo), at, cap)
        .await
        .unwrap();
    let told = format!(
        r#"{{"what":"acted","intent":"{name}","deed":"{deed}","to":{},"takes_back":false,"ended":"{}","policy":"","because":"","problem":null}}"#,
        to.seconds(),
        state.name()
    );
    let fact = NewFact {
        kind: "log.noted.v1".to_owned(),
        at,
        actor: maya.to_owned(),
        payload: told.into_bytes(),
    };
    store
        .append(&org, "log/maya@example.com", Expected::Any, &[fact], &[])
        .await
        .unwrap();
    let ended = Ended {
        intent: name,
        state,
        at,
        result,
    };
    let write = Write {
        finish: Some(&job.lease),
        ended: Some(&ended),
        ..Write::default()
    };
    store.write(&org, write).await.unwrap();
}

#[tokio::test]
async fn what_was_done_is_taken_back_from_the_log_as_long_as_that_makes_sense() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let now = steadfast_app::server::demo::now();
    done(&site.store, "tomorrow", now.plus_days(1), IntentState::Done).await;
    done(&site.store, "failed", now.plus_days(1), IntentState::Failed).await;
    done(&site.store, "past", now.plus_days(-3), IntentState::Done).await;
    let offers =
        |page: &str, name: &str| page.contains(&format!("name=\"intent\" value=\"{name}\""));
    let log = async |cookie: &str| site.get("/log", cookie).await.body;
    let page = log(&all.maya).await;
    assert!(offers(&page, "tomorrow"), "{page}");
    assert!(!offers(&page, "failed") && !offers(&page, "past"), "{page}");
    assert!(
        page.contains("It cannot be taken back here: its time has come already."),
        "{page}"
    );
    let back = async |cookie: &str, name: &str| {
        site.post("/log/take-back", cookie, &[("intent", name)])
            .await
    };
    assert_eq!(
        back(&all.ben, "tomorrow").await.status,
        StatusCode::NOT_FOUND
    );
    for (name, why) in [
        ("failed", "This was not done, as far as anybody knows."),
        ("past", "Its time has come already."),
    ] {
        let no = back(&all.maya, name).await;
        assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(no.body.contains(why), "{why} in {}", no.body);
    }
    site.post("/guard/switch", &all.maya, &[("do", "stop")])
        .await;
    let no = back(&all.maya, "tomorrow").await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no.body.contains("Everything is stopped"), "{}", no.body);
    site.post("/guard/switch", &all.maya, &[("do", "go-on")])
        .await;
    let reads = token(&site, &all.maya, "read").await;
    let entries = call(&site, "get", "/api/v1/log", &reads, None).await.body;
    let entries: Value = serde_json::from_str(&entries).unwrap();
    let one = entries.as_array().unwrap().iter();
    let mut one = one.filter(|entry| entry["deed"] == "tomorrow");
    assert_eq!(one.next().unwrap()["can_be_taken_back"], true);
    let yes = back(&all.maya, "tomorrow").await;
    assert_eq!(yes.location(), "/log?back=sent", "{}", yes.body);
    let page = site.get(yes.location(), &all.maya).await.body;
    assert!(page.contains("role=\"status\""), "{page}");
    assert!(page.contains("It is being taken back.</p>") && !offers(&page, "tomorrow"));
}
