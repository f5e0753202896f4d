//! An administrator who is in no 1:1, a skip-level manager, a former manager and a colleague: of a pair that is not theirs they get
//! not one byte, from any route, by page or by program.

use crate::api;
use crate::crawl::everything;
use crate::rows::TABLE;
use crate::rows_guard::GUARD;
use crate::rows_own::OWN;
use crate::support::{PASSWORD, Site, encoded, request};
use axum::body::Body;
use axum::http::{StatusCode, header};
use std::collections::BTreeMap;
use steadfast_app::audit::pair_id;
use steadfast_app::server::people::key_of;

const ADA: &str = "ada@example.com";
const PETRA: &str = "petra@example.com";
const MAYA: &str = "maya@example.com";
const OLGA: &str = "olga@example.com";
const BEN: &str = "ben@example.com";
const GORAN: &str = "goran@example.com";

/// Each planted in one place, with those who may be shown it.
const MARKS: &[(&str, &[&str])] = &[
    ("ZQmayaben", &[MAYA, BEN]),
    ("ZQpetramaya", &[PETRA, MAYA]),
    ("ZQolgaben", &[OLGA, BEN]),
    ("ZQmayaother", &[MAYA]),
    ("ZQbenother", &[BEN]),
    ("ZQpetraother", &[PETRA]),
    ("ZQmayaproof", &[MAYA]),
    ("ZQbenproof", &[BEN]),
    ("ZQbenprogram", &[BEN]),
];

/// Somebody's calendar: title, the two, day of June, what else it says.
fn calendar(events: &[(&str, &str, &str, u32, &str)]) -> String {
    let mut text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-TIMEZONE:UTC\r\n".to_owned();
    for (title, organizer, guest, day, more) in events {
        text += &format!(
            "BEGIN:VEVENT\r\nUID:{title}\r\nDTSTAMP:20260501T000000Z\r\nCREATED:20260501T000000Z\r\n\
             DTSTART:202606{day:02}T140000Z\r\nDURATION:PT30M\r\nRRULE:FREQ=WEEKLY{more}\r\nSUMMARY:1:1 {title}\r\n\
             DESCRIPTION:{title} inside\r\nORGANIZER:mailto:{organizer}\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{organizer}\r\n\
             ATTENDEE;PARTSTAT=ACCEPTED:mailto:{guest}\r\nEND:VEVENT\r\n"
        );
    }
    text + "END:VCALENDAR\r\n"
}

/// Everybody's cookies, by address.
async fn office(site: &Site) -> BTreeMap<&'static str, String> {
    let path = site.server.set_up_path().await.unwrap().unwrap();
    let form = [
        ("organisation", "Acme"),
        ("name", "Ada"),
        ("email", ADA),
        ("password", PASSWORD),
    ];
    let ada = site.post(&path, "", &form).await.cookie();
    let mut cookies = BTreeMap::from([(ADA, ada.clone())]);
    for (address, name) in [
        (PETRA, "Petra"),
        (MAYA, "Maya"),
        (OLGA, "Olga"),
        (BEN, "Ben"),
        (GORAN, "Göran"),
    ] {
        cookies.insert(address, site.join(&ada, address, name).await);
    }
    let add = async |address: &str, manager: &str, from: &str| {
        let form = [("address", address), ("manager", manager), ("from", from)];
        let added = site.post("/people", &ada, &form).await;
        assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    };
    add(MAYA, PETRA, "2026-01-01").await;
    add(BEN, OLGA, "2026-01-01").await;
    let new = [
        ("do", "manager"),
        ("address", MAYA),
        ("from", "2026-09-01"),
        ("instead", "yes"),
    ];
    let person = format!("/people/{}", key_of(BEN));
    assert_eq!(site.post(&person, &ada, &new).await.location(), person);
    let ended = ";UNTIL=20260831T000000Z";
    let two = ("ZQmayaben", MAYA, BEN, 2, "");
    let before = ("ZQolgaben", OLGA, BEN, 3, ended);
    let above = ("ZQpetramaya", PETRA, MAYA, 4, "");
    for (who, events) in [
        (MAYA, vec![two, above, ("ZQmayaother", MAYA, GORAN, 5, "")]),
        (
            BEN,
            vec![
                two,
                before,
                ("ZQbenother", BEN, "x@elsewhere.example", 1, ""),
            ],
        ),
        (OLGA, vec![before]),
        (
            PETRA,
            vec![above, ("ZQpetraother", PETRA, "y@elsewhere.example", 5, "")],
        ),
    ] {
        let text = calendar(&events);
        let read = site.upload(&cookies[who], "c.ics", text.as_bytes()).await;
        assert_eq!(read.status, StatusCode::SEE_OTHER, "{}", read.body);
    }
    for (who, words) in [(MAYA, "ZQmayaproof"), (BEN, "ZQbenproof")] {
        let answer = [("choice", "each"), ("words", words)];
        site.post("/proof/team", &cookies[who], &answer).await;
        assert!(
            site.get("/proof", &cookies[who]).await.body.contains(words),
            "it is there to be shown"
        );
    }
    let program = [("name", "ZQbenprogram"), ("scope", "read"), ("days", "30")];
    site.post("/programs", &cookies[BEN], &program).await;
    let programs = site.get("/programs", &cookies[BEN]).await.body;
    assert!(programs.contains("ZQbenprogram"), "{programs}");
    cookies
}

/// Asks every route as somebody, about the 1:1 of two and a day of it; every answer, by what was asked.
async fn all_routes(
    site: &Site,
    (cookie, token): (&str, &str),
    (pair, day): (&str, &str),
) -> Vec<(String, u16, String)> {
    let mut answers = Vec::new();
    for (method, pattern, form, _) in GUARD.iter().chain(OWN).chain(TABLE) {
        // It would end the session with which the rest is asked; and these change whom all is about.
        if ["/sign-out", "/people", "/people/file/apply"].contains(pattern) && *method == "post" {
            continue;
        }
        let path = pattern
            .replace("{pair}", pair)
            .replace("{day}", day)
            .replace("{token}", "0000000000000000")
            .replace("{name}", "none")
            .replace("{source}", "none")
            .replace("{question}", "team")
            .replace("{person}", &key_of(GORAN))
            .replace("{passkey}", "0000000000000000")
            .replace("{number}", "0")
            .replace("{job}", "77")
            .replace("{program}", "00");
        let answer = if path.starts_with("/api/") {
            let body = (*method == "post").then(|| api::json(form));
            api::call(site, method, &path, token, body).await
        } else {
            let body = (*method == "post").then(|| encoded(form));
            let asked = request(&method.to_uppercase(), &path, cookie)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from(body.unwrap_or_default()))
                .unwrap();
            site.send(asked).await
        };
        let status = answer.status.as_u16();
        answers.push((format!("{method} {path}"), status, answer.body));
    }
    answers
}

#[tokio::test]
async fn nobody_outside_of_a_pair_gets_a_byte_of_it_from_any_route() {
    let site = Site::new().await;
    let cookies = office(&site).await;
    let pairs = [
        ((MAYA, BEN), "2026-10-06"),
        ((OLGA, BEN), "2026-07-08"),
        ((PETRA, MAYA), "2026-10-01"),
    ];
    // The two are shown theirs, so that what is looked for is there.
    for ((a, b), day) in pairs {
        for who in [a, b] {
            let path = format!("/one-on-ones/{}/{day}", pair_id(a, b));
            let page = site.get(&path, &cookies[who]).await;
            let is_past = (a, b) == (OLGA, BEN);
            assert!(
                page.status == StatusCode::OK || is_past,
                "{who} at {path}: {}",
                page.status
            );
        }
    }
    let mut asked = 0;
    for who in [ADA, PETRA, OLGA, GORAN, MAYA, BEN] {
        let cookie = &cookies[who];
        let not_theirs = || MARKS.iter().filter(|(_, may)| !may.contains(&who));
        let check = |from: &str, body: &str| {
            for (mark, _) in not_theirs() {
                assert!(!body.contains(mark), "{who} is shown {mark} by {from}");
            }
        };
        for (path, answer) in everything(&site, cookie).await {
            check(&path, &answer.body);
        }
        let token = api::token(&site, cookie, "read+write").await;
        for ((a, b), day) in pairs {
            let id = pair_id(a, b);
            for (from, status, body) in all_routes(&site, (cookie, &token), (&id, day)).await {
                check(&from, &body);
                asked += 1;
                let is_of_pair = from.contains(&id);
                assert!(
                    !is_of_pair || [a, b].contains(&who) || (400..500).contains(&status),
                    "{who} gets {status} from {from}"
                );
            }
        }
    }
    assert!(asked > 1_000, "{asked}");
}
