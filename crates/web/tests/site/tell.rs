//! Telling those in a meeting by mail what no calendar server told them: who is shown it, and that it goes by a tap alone.

use crate::crawl::everything;
use crate::everybody::{Everybody, everybody};
use crate::guard::{done_of, done_with};
use crate::support::Site;
use axum::http::StatusCode;
use steadfast_calendar::edit::{Answer, Edit, Reply};
use steadfast_calendar::{Instant, Slot};
use steadfast_store::IntentState;

/// In the meeting that was moved, and nowhere else.
const MARKER: &str = "Zanzibar";

/// Maya's 1:1 of tomorrow was moved by a day, on a calendar server that told nobody; gives the name of what was done.
async fn moved(site: &Site, all: &Everybody) -> String {
    let from = steadfast_app::server::demo::now().plus_days(1);
    let stamp = |at: Instant| at.timestamp().to_string().replace(['-', ':'], "");
    let (before, start) = (stamp(from), stamp(from.plus_days(1)));
    let text = format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:weekly\r\n\
         RECURRENCE-ID:{before}\r\nDTSTAMP:20261101T080000Z\r\nSEQUENCE:2\r\nSUMMARY:{MARKER} 1:1\r\nDTSTART:{start}\r\n\
         DURATION:PT30M\r\nORGANIZER;CN=Maya Lind:mailto:maya@example.com\r\n\
         ATTENDEE;CN=Ben Okafor:mailto:ben@example.com\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    );
    let came = serde_json::json!({
        "untold": ["ben@example.com"],
        "unsaid": {
            "at": 1,
            "method": "REQUEST",
            "from": "maya@example.com",
            "to": ["ben@example.com"],
            "text": text,
        },
    });
    let pair = all.pair.rsplit('/').next().unwrap();
    let name = format!("guard/{pair}/{}/move/weekly/1/2/3", from.seconds());
    let came = came.to_string();
    done_with(&site.store, &name, from, IntentState::Done, came.as_bytes()).await;
    name
}

/// An invitation of tomorrow was declined, of which Maya's calendar server told its organiser; gives the name of what was done.
async fn declined(site: &Site, all: &Everybody) -> String {
    let from = steadfast_app::server::demo::now().plus_days(1);
    let stamp = |at: Instant| at.timestamp().to_string().replace(['-', ':'], "");
    let best = Slot::new(from.plus_days(1), from.plus_days(1).plus_minutes(30));
    let text = format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:COUNTER\r\nBEGIN:VEVENT\r\nUID:briefing\r\n\
         DTSTAMP:20261101T080000Z\r\nSEQUENCE:2\r\nSUMMARY:{MARKER} briefing\r\nDTSTART:{}\r\nDTEND:{}\r\n\
         ORGANIZER;CN=Petra Zahn:mailto:petra@example.com\r\n\
         ATTENDEE;CN=Maya Lind;PARTSTAT=DECLINED:mailto:maya@example.com\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        stamp(best.start),
        stamp(best.end),
    );
    let slot = Slot::new(from, from.plus_minutes(30));
    let came = serde_json::json!({
        "told": ["petra@example.com"],
        "unsaid": {
            "at": 1,
            "method": "COUNTER",
            "from": "maya@example.com",
            "to": ["petra@example.com"],
            "text": text,
            "countered": slot,
        },
    });
    let pair = all.pair.rsplit('/').next().unwrap();
    let name = format!("guard/{pair}/{}/answer/briefing/1/2/0", from.seconds());
    let edit = Edit::Answer(Answer {
        occurrence: None,
        reply: Reply::Declined,
        comment: Some("I have a 1:1 then, which I keep.".to_owned()),
        instead: vec![best],
    });
    let came = came.to_string();
    let end = (IntentState::Done, came.as_bytes());
    done_of(&site.store, &name, (from, "decline"), edit, end).await;
    name
}

fn address(deed: &str) -> String {
    format!("/log/tell?deed={}", deed.replace('/', "%2F"))
}

fn mark(page: &str) -> String {
    let (_, after) = page.split_once("name=\"mark\" value=\"").unwrap();
    after.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn what_would_be_mailed_is_shown_to_whoever_did_it_and_to_nobody_else() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let deed = moved(&site, &all).await;
    let path = address(&deed);
    let log = site.get("/log", &all.maya).await.body;
    assert!(log.contains(&format!("href=\"{path}\"")), "{log}");
    let page = site.get(&path, &all.maya).await;
    assert_eq!(page.status, StatusCode::OK);
    for said in [
        "Moved: Zanzibar 1:1, now ",
        "Maya Lind moved this meeting:",
        "It was planned for ",
        "ben@example.com",
        "Nothing was mailed yet.",
        "BEGIN:VEVENT",
        "This server sends no mail.",
    ] {
        assert!(page.body.contains(said), "{said} in {}", page.body);
    }
    assert!(
        !page.body.contains("name=\"mark\""),
        "there is nobody to send it"
    );
    let send = [("deed", deed.as_str()), ("mark", "0")];
    let no = site.post("/log/tell", &all.maya, &send).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        no.body
            .contains("ask whoever runs it to give it a mail server")
    );
    for cookie in [&all.ben, &all.goran] {
        assert_eq!(site.get(&path, cookie).await.status, StatusCode::NOT_FOUND);
        let no = site.post("/log/tell", cookie, &send).await;
        assert_eq!(no.status, StatusCode::NOT_FOUND);
        for (path, answer) in everything(&site, cookie).await {
            assert!(!answer.body.contains(MARKER), "{path}");
        }
    }
    let mayas = everything(&site, &all.maya).await;
    let with: Vec<&String> = mayas
        .iter()
        .filter(|(_, answer)| answer.body.contains(MARKER))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(with, [&path], "the log itself holds no title");
}

#[tokio::test]
async fn another_time_is_proposed_beside_an_answer_that_was_told() {
    let (site, taken) = Site::mailing().await;
    let all = everybody(&site).await;
    let deed = declined(&site, &all).await;
    let path = address(&deed);
    let log = site.get("/log", &all.maya).await.body;
    let link = format!("href=\"{path}\">Propose another time by mail</a>");
    assert!(log.contains(&link), "{log}");
    assert!(!log.contains("Those in it may not know of it."), "{log}");
    let page = site.get(&path, &all.maya).await.body;
    // Long lines of a calendar are folded.
    let page = page.replace("\r\n ", "");
    for said in [
        "Your calendar server told them that. Another time is not said from calendar to calendar",
        "Declined, another time proposed: Zanzibar briefing, ",
        "Proposed instead: ",
        "(text/calendar, COUNTER)",
        ";SENT-BY=&quot;mailto:steadfast@example.org&quot;",
        "It cannot be called back",
        "attached as a file besides (invite.ics)",
        "Send it to Petra Zahn",
    ] {
        assert!(page.contains(said), "{said} in {page}");
    }
    assert!(!page.contains("your answer stays open"), "{page}");
    for cookie in [&all.ben, &all.goran] {
        assert_eq!(site.get(&path, cookie).await.status, StatusCode::NOT_FOUND);
    }
    assert!(!site.server.tell().await.unwrap(), "nothing goes by itself");
    assert!(taken.lock().unwrap().is_empty());
}

#[tokio::test]
async fn it_goes_by_a_tap_on_what_was_shown_and_what_became_of_it_is_said() {
    let (site, taken) = Site::mailing().await;
    let all = everybody(&site).await;
    crate::connected::connect(&site, &all.maya).await;
    let deed = moved(&site, &all).await;
    let path = address(&deed);
    let page = site.get(&path, &all.maya).await.body;
    assert!(page.contains("Send it to Ben Okafor"), "{page}");
    assert!(page.contains("steadfast@example.org"), "{page}");
    let (right, send) = (mark(&page), "/log/tell");
    let wrong = [("deed", deed.as_str()), ("mark", "0")];
    let no = site.post(send, &all.maya, &wrong).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        no.body.contains("It is not what you were shown any more."),
        "{}",
        no.body
    );
    let tap = [("deed", deed.as_str()), ("mark", right.as_str())];
    let yes = site.post(send, &all.maya, &tap).await;
    assert_eq!(yes.location(), format!("{path}&sent=yes"), "{}", yes.body);
    let page = site.get(yes.location(), &all.maya).await.body;
    assert!(
        page.contains("role=\"status\"") && page.contains("It is on its way."),
        "{page}"
    );
    let twice = site.post(send, &all.maya, &tap).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(site.server.tell().await.unwrap());
    // The account through which it was done is not there: it cannot be looked whether it is so still.
    let why = "It was not sent: the calendar is not connected any more.";
    for path in [path.as_str(), "/log"] {
        let page = site.get(path, &all.maya).await.body;
        assert!(page.contains(why), "{path}: {page}");
    }
    assert!(taken.lock().unwrap().is_empty());
    assert!(!site.server.tell().await.unwrap());
    let lines = site.log.lock().unwrap().join("\n");
    assert!(lines.contains("imip.dropped"), "{lines}");
    for kept in [MARKER, "ben@", "maya@"] {
        assert!(!lines.contains(kept), "{kept} in {lines}");
    }
    let mine = crate::export::files(&site, "maya@example.com").await;
    assert!(mine["kept.json"].contains("mails_in_their_name"));
    assert!(
        mine["read-me.md"].contains("dropped: to ben@example.com"),
        "{}",
        mine["read-me.md"]
    );
    let his = crate::export::files(&site, "ben@example.com").await;
    assert!(!his["read-me.md"].contains("dropped: to"));
}
