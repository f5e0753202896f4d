//! The organisation on the pages: who sees what of it, and what a change of manager does.

use crate::crawl::everything;
use crate::support::{Answer, Site, request};
use axum::body::Body;
use axum::http::{StatusCode, header};
use steadfast_app::server::people::key_of;

pub(crate) const BEN: &str = "ben@example.com";
pub(crate) const MAYA: &str = "maya@example.com";
pub(crate) const PETRA: &str = "petra@example.com";
pub(crate) const FILE: &str = "email,name,manager,from,to,aliases,kind\n\
                    petra@example.com,Petra Fischer,,,,,\n\
                    maya@example.com,Maya Lind,petra@example.com,2026-01-11,,,\n\
                    ben@example.com,Ben Okafor,maya@example.com,2026-02-12,2026-08-31,ZQalias@old.example.com,\n\
                    ben@example.com,,petra@example.com,2026-09-01,,,\n\
                    zqdelegate@example.com,Sol,maya@example.com,,,,delegate\n";

/// Sends a file to be looked at.
pub(crate) async fn look(site: &Site, cookie: &str, text: &str) -> Answer {
    let body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"people\"; filename=\"org.csv\"\r\n\r\n{text}\r\n--x--\r\n"
    );
    let request = request("POST", "/people/file", cookie)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Body::from(body))
        .unwrap();
    site.send(request).await
}

/// The state that a preview was made from.
fn state(preview: &str) -> &str {
    let (_, after) = preview.split_once("name=\"from\" value=\"").unwrap();
    after.split('"').next().unwrap()
}

/// Looks at the file, and has it taken in.
pub(crate) async fn feed(site: &Site, cookie: &str, text: &str) {
    let preview = look(site, cookie, text).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.body);
    let form = [("text", text), ("from", state(&preview.body))];
    let done = site.post("/people/file/apply", cookie, &form).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
}

pub(crate) fn weekly(title: &str, (a, b): (&str, &str), day: u32) -> String {
    format!(
        "BEGIN:VEVENT\r\nUID:{title}\r\nDTSTAMP:20260501T000000Z\r\nCREATED:20260501T000000Z\r\nDTSTART:202606{day:02}T140000Z\r\n\
         DURATION:PT30M\r\nRRULE:FREQ=WEEKLY\r\nSUMMARY:1:1 {title}\r\nORGANIZER:mailto:{a}\r\nATTENDEE:mailto:{a}\r\n\
         ATTENDEE;PARTSTAT=ACCEPTED:mailto:{b}\r\nEND:VEVENT\r\n"
    )
}

pub(crate) fn calendar(events: &[&str]) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n",
        events.concat()
    )
}

/// Days of 1:1s that have a page, by what the crawl found.
fn days<'a>(paths: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut days: Vec<String> = paths
        .filter_map(|path| path.strip_prefix("/one-on-ones/")?.split_once('/'))
        // An earlier half year has no page of a day.
        .filter(|(_, day)| !day.starts_with("until/"))
        .map(|(_, day)| {
            day.split(['/', '?', '#'])
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .collect();
    days.sort();
    days
}

#[tokio::test]
async fn after_a_change_of_manager_each_gets_what_is_theirs_and_not_one_byte_more() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let ben = site.join(&maya, BEN, "Ben").await;
    let petra = site.join(&maya, PETRA, "Petra").await;
    let with_maya = weekly("ZQwith-maya", (MAYA, BEN), 2);
    let with_petra = weekly("ZQwith-petra", (PETRA, BEN), 3);
    for (cookie, text) in [
        (&maya, calendar(&[&with_maya])),
        (&petra, calendar(&[&with_petra])),
        (&ben, calendar(&[&with_maya, &with_petra])),
    ] {
        let answer = site.upload(cookie, "a.ics", text.as_bytes()).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
    feed(&site, &maya, FILE).await;
    let (hers, new, his) = (
        everything(&site, &maya).await,
        everything(&site, &petra).await,
        everything(&site, &ben).await,
    );
    let [hers_days, new_days, his_days] = [&hers, &new, &his].map(|pages| days(pages.keys()));
    assert!(new_days.len() > 10 && hers_days.len() > 10);
    assert!(
        new_days.iter().all(|day| day.as_str() >= "2026-09-01"),
        "{new_days:?}"
    );
    assert!(
        hers_days.iter().all(|day| day.as_str() <= "2026-08-31"),
        "{hers_days:?}"
    );
    let mut both = [hers_days, new_days].concat();
    both.sort();
    assert_eq!(his_days, both, "the report sees all of it");
    for (pages, word) in [(&hers, "ZQwith-petra"), (&new, "ZQwith-maya")] {
        for (path, answer) in pages {
            assert!(!answer.body.contains(word), "{path} has {word}");
        }
    }
}

/// A line that ends does not take anything off a calendar.
#[tokio::test]
async fn what_still_stands_after_a_change_of_manager_is_told_to_the_two_and_the_change_to_all_three()
 {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let ben = site.join(&maya, BEN, "Ben").await;
    let petra = site.join(&maya, PETRA, "Petra").await;
    let with_maya = calendar(&[&weekly("ZQwith-maya", (MAYA, BEN), 2)]);
    for cookie in [&maya, &ben] {
        let answer = site.upload(cookie, "a.ics", with_maya.as_bytes()).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
    // Hers was touched lately: of an old export nothing is said that began since.
    let own = weekly("ZQown", (PETRA, "goran@example.com"), 4);
    let own = calendar(&[&own.replace("20260501T", "20261120T")]);
    site.upload(&petra, "a.ics", own.as_bytes()).await;
    feed(&site, &maya, FILE).await;
    let told = async |path: &str, cookie: &str| site.get(path, cookie).await.body;
    let (hers, his) = (
        told("/one-on-ones", &maya).await,
        told("/one-on-ones", &ben).await,
    );
    let still = ": still on both calendars, and not counted: ";
    for (page, words) in [
        (
            &hers,
            "Ben Okafor reported to you until 31 August, and reports to Petra Fischer now.",
        ),
        (
            &his,
            "you reported to Maya Lind until 31 August, and report to Petra Fischer since 1 September.",
        ),
    ] {
        let (_, week) = page.split_once("Next week").unwrap();
        let (week, _) = week.split_once("</section>").unwrap();
        let words = format!("{still}{words}");
        assert!(
            week.contains("Tue 24 November, 14:00") && week.contains(&words),
            "{words} in {page}"
        );
        let (_, path) = week.split_once("href=\"").unwrap();
        let path = path.split('"').next().unwrap();
        let cookie = if std::ptr::eq(page, &raw const hers) {
            &maya
        } else {
            &ben
        };
        let one = told(path, cookie).await;
        assert!(
            one.contains(&words) && one.contains("So do those of Tue 1 December, 14:00; "),
            "{one}"
        );
    }
    // A program is told the same.
    let reads = crate::api::token(&site, &maya, "read").await;
    let answer = crate::api::call(&site, "get", "/api/v1/one-on-ones", &reads, None).await;
    let all: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    let one = &all["one_on_ones"][0]["still"];
    assert_eq!(one["until"], "2026-08-31", "{}", answer.body);
    assert_eq!(one["on_both"], true);
    assert_eq!(one["starts"][0], "2026-11-24T14:00:00+00:00");
    // The new one is told what is missing, and of the old one nothing.
    let new = told("/one-on-ones", &petra).await;
    assert!(
        new.contains("Ben Okafor has no 1:1 with you since 1 September"),
        "{new}"
    );
    let log = async |cookie: &str| told("/log", cookie).await;
    let (hers, his, new) = (log(&maya).await, log(&ben).await, log(&petra).await);
    for (page, words) in [
        (
            &hers,
            "You wrote in the list of people: <bdi>Ben Okafor</bdi> reports to <bdi>you</bdi> from 12 February on until 31 August",
        ),
        (
            &his,
            "By the list of people <bdi>you</bdi> report to <bdi>Maya Lind</bdi> from 12 February on until 31 August; \
                <bdi>you</bdi> report to <bdi>Petra Fischer</bdi> from 1 September on.",
        ),
        (
            &new,
            "<bdi>Ben Okafor</bdi> reports to <bdi>you</bdi> from 1 September on",
        ),
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    for (page, other) in [
        (&hers, "Petra Fischer</bdi> from 1 September"),
        (&new, "12 February"),
    ] {
        assert!(!page.contains(other), "{other} in {page}");
    }
}

#[tokio::test]
async fn everybody_sees_who_reports_to_whom_today_and_only_those_concerned_the_rest() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let ben = site.join(&maya, BEN, "Ben").await;
    let goran = site.join(&maya, "goran@example.com", "Göran").await;
    feed(&site, &maya, FILE).await;
    let page = site.get("/people", &goran).await.body;
    for words in [
        "<bdi>Ben Okafor</bdi>",
        "reports to <bdi>Petra Fischer</bdi>",
        "<bdi>Maya Lind</bdi>",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let unseen = [
        BEN,
        MAYA,
        PETRA,
        "zqalias",
        "zqdelegate",
        "January",
        "February",
        "August",
        "September",
        "2026-0",
        "reports to <bdi>Maya",
    ];
    for (path, answer) in everything(&site, &goran).await {
        for word in unseen {
            assert!(
                !answer.body.contains(word),
                "{path} tells a colleague of {word}"
            );
        }
        let id = key_of(BEN);
        assert!(!answer.body.contains(&id), "{path} leads to his page");
    }
    let his = site.get("/people/me", &ben).await.body;
    for words in [
        "12 February 2026 to 31 August 2026",
        "since 1 September 2026",
        "zqalias@old.example.com",
    ] {
        assert!(his.contains(words), "{words} in {his}");
    }
    for (path, answer) in everything(&site, &ben).await {
        assert!(!answer.body.contains("zqdelegate"), "{path}");
        assert!(!answer.body.contains("11 January 2026"), "{path}");
    }
    let hers = site.get("/people/me", &maya).await.body;
    assert!(hers.contains("zqdelegate") && hers.contains("since 11 January 2026"));
    let kept = site
        .get(&format!("/people/{}", key_of(BEN)), &maya)
        .await
        .body;
    assert!(kept.contains(BEN) && kept.contains("zqalias") && kept.contains("31 August 2026"));
    for line in site.log.lock().unwrap().iter() {
        for word in ["example.com", "Okafor", key_of(BEN).as_str()] {
            assert!(!line.contains(word), "{line}");
        }
    }
}

#[tokio::test]
async fn a_file_is_looked_at_first_taken_in_once_and_the_same_again_changes_nothing() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let with_a_wrong_row = format!("{FILE}ana,Ana,,,,,\n");
    let preview = look(&site, &maya, &with_a_wrong_row).await.body;
    for words in [
        "<b>New: </b><bdi>Ben Okafor</bdi>",
        "reports to <bdi>Petra Fischer</bdi>, since 1 September 2026",
        "<b>Another address: </b>zqalias@old.example.com is <bdi>Ben Okafor</bdi>",
        "<b>Delegate: </b><bdi>Sol</bdi> may move 1:1s of <bdi>Maya Lind</bdi>",
        "<b>Line 7: </b>",
        "&quot;ana&quot; is no e-mail address",
        "Change it, without those rows",
    ] {
        assert!(preview.contains(words), "{words} in {preview}");
    }
    let page = site.get("/people", &maya).await.body;
    assert!(
        page.contains("Nobody is entered yet"),
        "nothing is done by looking"
    );
    // Somebody is added between the look and the button.
    let add = [("address", "nadia@example.com")];
    assert_eq!(
        site.post("/people", &maya, &add).await.status,
        StatusCode::SEE_OTHER
    );
    let form = [
        ("text", with_a_wrong_row.as_str()),
        ("from", state(&preview)),
    ];
    let stale = site.post("/people/file/apply", &maya, &form).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        stale
            .body
            .contains("Somebody changed the organisation meanwhile")
    );
    feed(&site, &maya, &with_a_wrong_row).await;
    let again = look(&site, &maya, FILE).await.body;
    assert!(again.contains("It changes nothing"), "{again}");
    assert!(again.contains("left as they are: 1 person"), "{again}");
    let with_semicolons = FILE.replace(',', ";");
    let again = look(&site, &maya, &with_semicolons).await.body;
    assert!(again.contains("It changes nothing"), "{again}");
    for nonsense in ["", "name,manager\nBen,Maya\n"] {
        let refused = look(&site, &maya, nonsense).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.body.contains("the column `email` is missing"),
            "{}",
            refused.body
        );
    }
}

#[tokio::test]
async fn by_hand_somebody_is_added_gets_a_new_manager_and_leaves() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let add = [
        ("address", BEN),
        ("name", "Ben Okafor"),
        ("manager", MAYA),
        ("from", ""),
    ];
    let page = site
        .post("/people", &maya, &add)
        .await
        .location()
        .to_owned();
    assert_eq!(page, format!("/people/{}", key_of(BEN)));
    let say = async |form: &[(&str, &str)]| site.post(&page, &maya, form).await;
    let without_a_day = [("do", "manager"), ("address", PETRA), ("instead", "yes")];
    let refused = say(&without_a_day).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Since when is missing"));
    let no_day = say(&[("do", "end"), ("address", MAYA), ("last", "soon")]).await;
    assert_eq!(no_day.status, StatusCode::UNPROCESSABLE_ENTITY);
    let new = [
        ("do", "manager"),
        ("address", PETRA),
        ("from", "2026-09-01"),
        ("instead", "yes"),
    ];
    assert_eq!(say(&new).await.location(), page);
    let body = site.get(&page, &maya).await.body;
    assert!(
        body.contains("until 31 August 2026") && body.contains("since 1 September 2026"),
        "{body}"
    );
    for form in [
        [("do", "also"), ("address", "b@old.example.com")],
        [("do", "delegate"), ("address", "sol@example.com")],
        [("do", "describe"), ("name", "Ben O.")],
    ] {
        assert_eq!(say(&form).await.location(), page);
    }
    let body = site.get(&page, &maya).await.body;
    for word in ["b@old.example.com", "sol@example.com", "<bdi>Ben O.</bdi>"] {
        assert!(body.contains(word), "{word} in {body}");
    }
    let leaves = say(&[("do", "leave"), ("last", "2026-11-21")]).await;
    assert_eq!(leaves.location(), "/people");
    assert_eq!(site.get(&page, &maya).await.status, StatusCode::NOT_FOUND);
    // In what was between the two he is called as he was; in the list he is no more.
    let list = site.get("/people", &maya).await.body;
    let (_, everybody) = list.split_once("id=\"everybody\"").unwrap();
    assert!(!everybody.contains("Ben O."), "{list}");
}

#[tokio::test]
async fn a_calendar_under_another_address_is_asked_about_and_then_connected() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let old = "maya@old.example.com";
    let meetings: Vec<String> = (1..=8)
        .map(|day| {
            let guest = format!("guest-{day}@example.com");
            weekly(&format!("m{day}"), (old, &guest), day)
                .replace("ATTENDEE:mailto:maya", "ATTENDEE;CN=Maya Lind:mailto:maya")
        })
        .collect();
    let meetings: Vec<&str> = meetings.iter().map(String::as_str).collect();
    let address = "https://calendar.example/old.ics";
    site.stands(address, Some(&calendar(&meetings)));
    let form = [("address", address), ("user", ""), ("password", "")];
    let asked = site.post("/calendars", &maya, &form).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    let tick = "name=\"also\" value=\"maya@old.example.com\"";
    assert!(asked.body.contains(tick), "{}", asked.body);
    assert!(
        site.get("/calendars", &maya)
            .await
            .body
            .contains("None is connected")
    );
    let yes = [
        ("address", address),
        ("user", ""),
        ("password", ""),
        ("also", old),
    ];
    let done = site.post("/calendars", &maya, &yes).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let mine = site.get("/people/me", &maya).await.body;
    assert!(mine.contains(old) && mine.contains("You said so"), "{mine}");
    // Whoever comes with that address of their own has it back.
    site.join(&maya, old, "Another Maya").await;
    let mine = site.get("/people/me", &maya).await.body;
    assert!(!mine.contains(old), "{mine}");
}
