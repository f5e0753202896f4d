//! A report asks for another time, from their own page.

use crate::calendars;
use crate::everybody::everybody;
use crate::people::feed;
use crate::support::Site;
use steadfast_app::server::accounts::organisation;
use steadfast_store::{Expected, Facts, Micros, NewFact};

/// The second of the next 1:1 that a button asks another time for.
fn button(page: &str) -> String {
    let (_, form) = page.split_once("/wish\" class=\"reply\"").unwrap();
    let (_, value) = form.split_once("name=\"promised\" value=\"").unwrap();
    value.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn who_sees_it_is_said_before_the_tap_and_both_are_told_of_it_after() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let page = site.get(&all.pair, &all.ben).await.body;
    for words in [
        "Another time?",
        "<bdi>Maya Lind</bdi> sees that you ask, and that you ask no more where you take it back, on their page, in their log and in a mail if they get any; nobody else does.",
        "Ask for another time",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    assert!(
        !site
            .get(&all.pair, &all.maya)
            .await
            .body
            .contains("Another time?")
    );
    let promised = button(&page);
    let wish = format!("{}/wish", all.pair);
    let asked = [("promised", promised.as_str()), ("wish", "yes")];
    assert_eq!(site.post(&wish, &all.ben, &asked).await.status, 303);
    let page = site.get(&all.pair, &all.ben).await.body;
    let waits = "You asked for another time on 22 November; waiting for <bdi>Maya Lind</bdi>.";
    assert!(page.contains(waits), "{page}");
    assert_ne!(button(&page), promised, "the one after");
    let mayas = site.get("/one-on-ones", &all.maya).await.body;
    for told in [
        ". <a href=\"#threats\">Another time</a><span class=\"quiet\">: your report asks for another time</span>",
        "Your report asks for another time.",
    ] {
        assert!(mayas.contains(told), "{told} in {mayas}");
    }
    // Without a card, for she only watches, it stands all the same.
    let quiet = site
        .post("/guard/level", &all.maya, &[("level", "watch")])
        .await;
    assert_eq!(quiet.status, 303, "{}", quiet.body);
    let page = site.get("/one-on-ones", &all.maya).await.body;
    let told =
        "<bdi>Ben Okafor</bdi> asks for another time for your 1:1 of Tue 24 November, 15:00: ";
    assert!(page.contains(told), "{page}");
    let log = "<bdi>Ben Okafor</bdi> asked you for another time for the 1:1 ";
    assert!(site.get("/log", &all.maya).await.body.contains(log));
    let seen = "What they move in a calendar shows here once that was looked at again.";
    assert!(site.get(&all.pair, &all.ben).await.body.contains(seen));
    let no_more = [("promised", promised.as_str()), ("wish", "no")];
    assert_eq!(site.post(&wish, &all.ben, &no_more).await.status, 303);
    // Nothing is left of it on either page.
    for cookie in [&all.ben, &all.maya] {
        let page = site.get(&all.pair, cookie).await.body;
        assert!(!page.contains("<h3>The 1:1 of"), "{page}");
    }
    let mayas = site.get("/one-on-ones", &all.maya).await.body;
    assert!(!mayas.contains("for another time"), "{mayas}");
    let gorans = site.get("/log", &all.goran).await.body;
    assert!(!gorans.contains("another time"), "{gorans}");
}

#[tokio::test]
async fn it_is_asked_from_the_page_of_that_one_as_well() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let to_come = format!("{}/2026-11-24", all.pair);
    let page = site.get(&to_come, &all.ben).await.body;
    for words in ["Another time?", "nobody else does", "Ask for another time"] {
        assert!(page.contains(words), "{words} in {page}");
    }
    // Of another one, and to whoever leads, it is not offered.
    let over = site.get(&all.moved, &all.ben).await.body;
    assert!(!over.contains("Another time?"), "{over}");
    let mayas = site.get(&to_come, &all.maya).await.body;
    assert!(!mayas.contains("Another time?"), "{mayas}");
    let promised = button(&page);
    let wish = format!("{}/wish", all.pair);
    let asked = [("promised", promised.as_str()), ("wish", "yes")];
    assert_eq!(site.post(&wish, &all.ben, &asked).await.status, 303);
    let page = site.get(&to_come, &all.ben).await.body;
    assert!(!page.contains("Another time?"), "{page}");
    assert!(
        page.contains("You asked for another time on 22 November"),
        "{page}"
    );
}

/// What is said between the two of that page, in the forms that are kept.
async fn said(site: &Site, pair: &str, all: &[(&str, String)]) {
    let org = organisation(&site.store).await.unwrap().unwrap();
    let stream = format!("between/{}", pair.rsplit('/').next().unwrap());
    let facts: Vec<NewFact> = all
        .iter()
        .map(|(by, payload)| NewFact {
            kind: "guard.between.v1".to_owned(),
            at: Micros(1_795_334_700 * 1_000_000),
            actor: format!("{by}@example.com"),
            payload: payload.clone().into_bytes(),
        })
        .collect();
    let appended = site.store.append(&org, &stream, Expected::Any, &facts, &[]);
    appended.await.unwrap();
}

#[tokio::test]
async fn what_was_picked_waits_for_nobody_and_what_can_be_no_more_is_told_to_both() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let promised: i64 = button(&site.get(&all.pair, &all.ben).await.body)
        .parse()
        .unwrap();
    let picked = promised + 18 * 3_600;
    let offer = [
        (
            "ben",
            format!(r#"{{"what":"asked","promised":{promised},"stood":{promised}}}"#),
        ),
        (
            "maya",
            format!(
                r#"{{"what":"offered","promised":{promised},"slots":[[{picked},{}]],"by_owner":true}}"#,
                picked + 1_800
            ),
        ),
        (
            "ben",
            format!(r#"{{"what":"picked","promised":{promised},"start":{picked}}}"#),
        ),
    ];
    said(&site, &all.pair, &offer).await;
    let page = site.get(&all.pair, &all.ben).await.body;
    for words in [
        "You asked for another time on 22 November.",
        "You picked Wed 25 November, 9:00. It is not seen on your calendar yet.",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    assert!(
        !page.contains("waiting for") && !page.contains("Ask no more"),
        "{page}"
    );
    let over = format!(r#"{{"what":"withdrawn","promised":{promised},"by_itself":true}}"#);
    said(&site, &all.pair, &[("maya", over)]).await;
    let rest = "Wed 25 November, 9:00–9:30, and it could not be: by then this 1:1 needed no other time or was at another one, or that time was taken. \
                It is where your calendar shows it.";
    for (cookie, who) in [
        (&all.ben, "You picked "),
        (&all.maya, "<bdi>Ben Okafor</bdi> picked "),
    ] {
        let page = site.get(&all.pair, cookie).await.body;
        assert!(page.contains(&format!("{who}{rest}")), "{page}");
        assert!(!page.contains("took back"), "{page}");
    }
    for (cookie, words) in [
        (
            &all.ben,
            "What <bdi>Maya Lind</bdi> offered you ended by itself",
        ),
        (
            &all.maya,
            "What was offered to <bdi>Ben Okafor</bdi> ended by itself",
        ),
    ] {
        let log = site.get("/log", cookie).await.body;
        assert!(log.contains(words), "{log}");
    }
}

#[tokio::test]
async fn who_sees_what_is_said_exactly_beside_what_was_offered() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let promised: i64 = button(&site.get(&all.pair, &all.ben).await.body)
        .parse()
        .unwrap();
    let (asked, offer) = (
        format!(r#"{{"what":"asked","promised":{promised},"stood":{promised}}}"#),
        format!(
            r#"{{"what":"offered","promised":{promised},"slots":[[{},{}]],"by_owner":true}}"#,
            promised + 18 * 3_600,
            promised + 18 * 3_600 + 1_800
        ),
    );
    said(&site, &all.pair, &[("ben", asked), ("maya", offer)]).await;
    let page = site.get("/one-on-ones", &all.maya).await.body;
    assert!(page.contains("Offered to <bdi>Ben Okafor</bdi>"), "{page}");
    assert!(!page.contains("Only you see this. What is done"), "{page}");
    let words = "Only you see what threatens them and the ways out. What is asked of you, offered and picked, and a reason \
                 that you give, whoever that 1:1 is with sees as well.";
    assert!(page.contains(words), "{words} in {page}");
}

#[tokio::test]
async fn leave_over_one_is_told_as_leave_with_what_it_means_and_not_as_a_threat() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let leave = "BEGIN:VEVENT\r\nUID:away\r\nDTSTAMP:20261120T080000Z\r\nDTSTART;VALUE=DATE:20261124\r\n\
                 DTEND;VALUE=DATE:20261125\r\nSUMMARY:Vacation\r\nEND:VEVENT\r\nEND:VCALENDAR";
    let calendar = calendars::mayas_with_markers().replace("END:VCALENDAR", leave);
    let taken = site
        .upload(&all.maya, "calendar.ics", calendar.as_bytes())
        .await;
    assert_eq!(taken.status, 303, "{}", taken.body);
    let page = site.get("/one-on-ones", &all.maya).await.body;
    for words in [
        ". <a href=\"#threats\">Leave</a><span class=\"quiet\">: you are away then. Nothing is lost yet; another time can be offered</span>",
        "<h2 id=\"threats\">Leave</h2>",
        "You are away then. Nothing is lost yet: left out for that leave it counts neither way, and another time before the next one can be offered.",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    assert!(!page.contains("Threatened"), "{page}");
}

#[tokio::test]
async fn that_it_cannot_be_said_is_told_before_the_tap() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let few = "fewer than five others report to <bdi>Maya Lind</bdi> today.";
    let page = site.get(&all.pair, &all.ben).await.body;
    assert!(
        page.contains("Is it only me?") && !page.contains(few),
        "nobody is listed: {page}"
    );
    for (others, is_few) in [(4, true), (5, false)] {
        let mut file = "email,name,manager\nmaya@example.com,Maya Lind,\nben@example.com,Ben Okafor,maya@example.com\n".to_owned();
        for number in 0..others {
            file += &format!("r{number}@example.com,R {number},maya@example.com\n");
        }
        feed(&site, &all.maya, &file).await;
        let page = site.get(&all.pair, &all.ben).await.body;
        assert_eq!(page.contains(few), is_few, "{others}: {page}");
        assert!(page.contains("/only-me\""), "it can be asked all the same");
    }
}

#[tokio::test]
async fn privacy_says_who_sees_that_another_time_was_asked_for() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let page = site.get("/privacy", &all.ben).await.body;
    for words in [
        "That you ask for another time, or ask no more</dt><dd>You, and whoever leads that 1:1: on their page, in their log, and in a mail or chat if they get any.",
        "Times that are offered, and what is picked of them</dt><dd>The two of you, also where none of them is wanted;",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
}
