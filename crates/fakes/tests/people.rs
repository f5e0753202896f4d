//! People who invite each other at the fake: what one does is on the others' calendars as it would be at Google.

#![expect(
    clippy::unwrap_used,
    reason = "what does not answer fails the test, with its place"
)]

use serde_json::{Value, json};
use steadfast_fakes::google::Google;

const MAYA: &str = "maya@example.com";
const BEN: &str = "ben@example.com";
const EVE: &str = "eve@example.com";

fn office() -> Google {
    let google = Google::start("2026-01-05T08:00:00Z".parse().unwrap()).unwrap();
    for person in [MAYA, BEN, EVE] {
        google.join(person, "Europe/Paris");
    }
    google
}

fn weekly(guests: &[&str]) -> Value {
    let guests: Vec<Value> = guests.iter().map(|guest| json!({"email": guest})).collect();
    json!({
        "summary": "1:1", "attendees": guests, "recurrence": ["RRULE:FREQ=WEEKLY;BYDAY=TU"],
        "start": {"dateTime": "2026-01-06T15:00:00+01:00", "timeZone": "Europe/Paris"},
        "end": {"dateTime": "2026-01-06T15:30:00+01:00", "timeZone": "Europe/Paris"},
    })
}

fn ask(google: &Google, person: &str, method: &str, path: &str, body: Option<&Value>) -> Value {
    let (status, body) = google.ask(person, method, path, None, body);
    assert!(
        matches!(status, 200 | 204),
        "{method} {path}: {status} {body}"
    );
    body
}

fn id(event: &Value) -> String {
    event["id"].as_str().unwrap().to_owned()
}

fn answer_of<'a>(event: &'a Value, who: &str) -> &'a str {
    let guests = event["attendees"].as_array().unwrap();
    let guest = guests.iter().find(|guest| guest["email"] == who).unwrap();
    guest["responseStatus"].as_str().unwrap()
}

/// Maya's weekly with Ben, to which he is invited.
fn weekly_of_two(google: &Google) -> Value {
    let path = "calendars/primary/events?sendUpdates=all";
    ask(google, MAYA, "POST", path, Some(&weekly(&[MAYA, BEN])))
}

#[test]
fn an_invitation_its_answer_and_what_is_moved_reach_whom_they_concern() {
    let google = office();
    let made = weekly_of_two(&google);
    let path = format!("calendars/primary/events/{}", id(&made));
    let bens = ask(&google, BEN, "GET", &path, None);
    assert_eq!(
        (&bens["iCalUID"], &bens["organizer"]["email"]),
        (&made["iCalUID"], &json!(MAYA))
    );
    assert_eq!(bens["organizer"].get("self"), None);
    assert_eq!(answer_of(&bens, BEN), "needsAction");
    let yes = json!({"attendees": [{"email": BEN, "responseStatus": "accepted"}]});
    ask(&google, BEN, "PATCH", &path, Some(&yes));
    assert_eq!(
        answer_of(&ask(&google, MAYA, "GET", &path, None), BEN),
        "accepted"
    );
    // One instance is moved: it is asked for again, and its SEQUENCE grows.
    google.pass(3_600);
    let moved = json!({
        "start": {"dateTime": "2026-01-14T10:00:00+01:00", "timeZone": "Europe/Paris"},
        "end": {"dateTime": "2026-01-14T10:30:00+01:00", "timeZone": "Europe/Paris"},
    });
    let instance = format!("{path}_20260113T140000Z");
    ask(
        &google,
        MAYA,
        "PATCH",
        &format!("{instance}?sendUpdates=all"),
        Some(&moved),
    );
    let bens = ask(&google, BEN, "GET", &instance, None);
    assert_eq!(bens["start"]["dateTime"], "2026-01-14T10:00:00+01:00");
    assert_eq!(
        bens["originalStartTime"]["dateTime"],
        "2026-01-13T15:00:00+01:00"
    );
    assert_eq!(
        (answer_of(&bens, BEN), &bens["sequence"]),
        ("needsAction", &json!(1))
    );
    // All of the series shares its moment and its ETag.
    let series = ask(&google, BEN, "GET", &path, None);
    assert_eq!(
        (&series["etag"], &series["updated"]),
        (&bens["etag"], &bens["updated"])
    );
    assert_eq!(answer_of(&series, BEN), "accepted");
    // Ben declines another, Maya calls a third off.
    let no = json!({"attendees": [{"email": BEN, "responseStatus": "declined"}]});
    let second = format!("{path}_20260120T140000Z");
    ask(&google, BEN, "PATCH", &second, Some(&no));
    assert_eq!(
        answer_of(&ask(&google, MAYA, "GET", &second, None), BEN),
        "declined"
    );
    let third = format!("{path}_20260127T140000Z");
    ask(&google, MAYA, "DELETE", &third, None);
    let gone = ask(&google, BEN, "GET", &third, None);
    assert_eq!(
        (&gone["status"], &gone["recurringEventId"]),
        (&json!("cancelled"), &made["id"])
    );
    assert_eq!(gone.get("summary"), None);
    // All of it goes.
    ask(&google, MAYA, "DELETE", &path, None);
    let gone = ask(&google, BEN, "GET", &path, None);
    assert_eq!(
        (&gone["status"], gone.get("recurringEventId")),
        (&json!("cancelled"), None)
    );
    assert_eq!(google.violations(), [] as [String; 0]);
}

#[test]
fn a_guest_changes_nothing_that_is_everybodys() {
    let google = office();
    let made = weekly_of_two(&google);
    let path = format!("calendars/primary/events/{}", id(&made));
    let (status, body) = google.ask(BEN, "PATCH", &path, None, Some(&json!({"summary": "mine"})));
    assert_eq!(
        (status, &body["error"]["errors"][0]["reason"]),
        (403, &json!("forbiddenForNonOrganizer"))
    );
    // Whoever takes it off their own calendar has declined it, and it does not come back.
    ask(&google, BEN, "DELETE", &path, None);
    assert_eq!(
        answer_of(&ask(&google, MAYA, "GET", &path, None), BEN),
        "declined"
    );
    ask(
        &google,
        MAYA,
        "PATCH",
        &path,
        Some(&json!({"summary": "ours"})),
    );
    assert_eq!(ask(&google, BEN, "GET", &path, None)["status"], "cancelled");
    // Nobody reads what is on somebody else's.
    assert_eq!(
        google
            .ask(BEN, "GET", &format!("calendars/{MAYA}/events"), None, None)
            .0,
        404
    );
}

#[test]
fn whoever_is_invited_to_one_instance_alone_has_that_alone() {
    let google = office();
    let made = weekly_of_two(&google);
    let instance = format!("calendars/primary/events/{}_20260113T140000Z", id(&made));
    let three = json!({"attendees": [{"email": MAYA}, {"email": BEN}, {"email": EVE}]});
    ask(&google, MAYA, "PATCH", &instance, Some(&three));
    let list = ask(&google, EVE, "GET", "calendars/primary/events", None);
    let items = list["items"].as_array().unwrap();
    assert_eq!(
        (items.len(), &items[0]["recurringEventId"]),
        (1, &made["id"])
    );
    ask(&google, MAYA, "DELETE", &instance, None);
    let list = ask(&google, EVE, "GET", "calendars/primary/events", None);
    assert_eq!(list["items"], json!([]));
}

#[test]
fn an_event_is_changed_only_as_it_was_seen() {
    let google = office();
    let made = weekly_of_two(&google);
    let path = format!("calendars/primary/events/{}", id(&made));
    let etag = made["etag"].as_str().unwrap();
    let change = |etag: &str| {
        google
            .ask(
                MAYA,
                "PATCH",
                &path,
                Some(etag),
                Some(&json!({"summary": "x"})),
            )
            .0
    };
    assert_eq!((change(etag), change(etag), change("*")), (200, 412, 200));
    assert_eq!(google.ask(MAYA, "DELETE", &path, Some(etag), None).0, 412);
    assert_eq!(
        google
            .ask(MAYA, "GET", &format!("{path}_20260113T130000Z"), None, None)
            .0,
        404
    );
    let wrong = json!({"start": {"dateTime": "2026-01-06T15:00:00+01:00"}});
    assert_eq!(
        google
            .ask(MAYA, "POST", "calendars/primary/events", None, Some(&wrong))
            .0,
        400
    );
    assert_eq!(
        google
            .ask(
                MAYA,
                "GET",
                "calendars/primary/events?singleEvents=true",
                None,
                None
            )
            .0,
        501
    );
}

#[test]
fn a_channel_tells_until_it_expires_and_may_lose_a_message() {
    let google = office();
    let watch = json!({"id": "c1", "type": "web_hook", "address": "https://steadfast.example/google", "token": "t",
        "expiration": "1767607200000"});
    let channel = ask(
        &google,
        MAYA,
        "POST",
        "calendars/primary/events/watch",
        Some(&watch),
    );
    assert_eq!(channel["expiration"], "1767607200000");
    let make = || {
        drop(ask(
            &google,
            MAYA,
            "POST",
            "calendars/primary/events",
            Some(&weekly(&[MAYA])),
        ));
    };
    let states = || {
        google
            .pushes()
            .iter()
            .map(|push| push.state)
            .collect::<Vec<_>>()
    };
    make();
    assert_eq!(states(), ["sync", "exists"]);
    google.lose_pushes(1);
    make();
    assert_eq!(states(), ["sync", "exists"]);
    make();
    assert_eq!(states(), ["sync", "exists", "exists"]);
    // At 10:00 it is over, and nobody is told that.
    google.pass(7_201);
    make();
    assert_eq!(states().len(), 3);
    let stop = json!({"id": "c1", "resourceId": channel["resourceId"]});
    assert_eq!(
        google
            .ask(MAYA, "POST", "channels/stop", None, Some(&stop))
            .0,
        404
    );
    assert_eq!(google.violations(), [] as [String; 0]);
}

#[test]
fn what_is_not_as_described_is_found() {
    let google = office();
    google.ask(
        MAYA,
        "GET",
        "calendars/primary/events?maxresults=7",
        None,
        None,
    );
    google.ask(
        MAYA,
        "POST",
        "calendars/primary/events",
        None,
        Some(&json!({"title": "x"})),
    );
    google.ask(MAYA, "GET", "settings", None, None);
    assert_eq!(google.violations().len(), 3, "{:?}", google.violations());
}
