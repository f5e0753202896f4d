//! What is new on a calendar at Google, and whether something takes its owner's time.

use crate::common::{BEN, MAYA, done, made, office, weekly};
use crate::writes::{Desk, answer_of, event, is_clean, moment, slot, starts};
use serde_json::{Value, json};
use steadfast_calendar::Visibility;
use steadfast_calendar::edit::{Edit, Hold, Like, Meeting, Party, Weekly};
use steadfast_connect::write::{Basis, Outcome};

fn party(address: &str) -> Party {
    Party {
        address: address.to_owned(),
        name: String::new(),
        accepted: false,
    }
}

fn booked(weekly: Option<Weekly>) -> Edit {
    Edit::Book(Meeting {
        uid: "sf0a1@google.com".to_owned(),
        slot: slot("2026-01-14T10:00:00Z"),
        weekly,
        title: "1:1 Maya / Ben".to_owned(),
        text: String::new(),
        visibility: Visibility::Private,
        organizer: party(MAYA),
        invited: vec![party(BEN)],
        like: None,
    })
}

#[test]
fn a_new_one_invites_the_other_once_and_is_taken_back() {
    for (weekly, answer) in [
        (None, "needsAction"),
        (None, "accepted"),
        (Some(Weekly { every_weeks: 2 }), "needsAction"),
    ] {
        let google = office();
        let mut maya = Desk::of(&google, MAYA);
        let mut edit = booked(weekly);
        if let Edit::Book(meeting) = &mut edit {
            meeting.invited[0].accepted = answer == "accepted";
        }
        let order = maya.order("sf0a1", Basis::Nothing, edit.clone());
        let (undo, told) = maya.finished(&order);
        assert_eq!(told, [BEN]);
        let his = event(&google, BEN, "sf0a1");
        assert_eq!(
            (starts(&his), &his["visibility"]),
            (moment("2026-01-14T10:00:00Z"), &json!("private"))
        );
        assert_eq!(answer_of(&his, MAYA)["responseStatus"], "accepted");
        assert_eq!(answer_of(&his, BEN)["responseStatus"], answer);
        // A repeat finds it there.
        assert!(matches!(
            maya.does(&order),
            Outcome::Done { already: true, .. }
        ));
        assert_eq!(maya.back("sf0a1", &edit, undo), [BEN]);
        assert_eq!(event(&google, BEN, "sf0a1")["status"], "cancelled");
        // What was taken back is not made anew under that name.
        assert!(matches!(maya.does(&order), Outcome::Changed { .. }));
        is_clean(&google, &["insert all", "delete all", "insert all"]);
    }
}

/// The same in the place of one that lies at `id`.
fn booked_like(id: &str, new: &str) -> Edit {
    let Edit::Book(mut meeting) = booked(None) else {
        panic!("a booking");
    };
    meeting.uid = format!("{new}@google.com");
    meeting.like = Some(Box::new(Like {
        place: format!("{MAYA}/{id}"),
        uid: format!("{id}@google.com"),
        occurrence: Some(moment("2026-01-13T14:00:00Z")),
        text: None,
    }));
    Edit::Book(meeting)
}

#[test]
fn a_new_one_takes_over_place_words_and_conference_of_the_one_that_it_stands_for() {
    let google = office();
    let mut maya = Desk::of(&google, MAYA);
    let conference = json!({
        "conferenceId": "abc-defg-hij", "signature": "ABC",
        "conferenceSolution": {"key": {"type": "hangoutsMeet"}},
        "entryPoints": [{"entryPointType": "video", "uri": "https://meet.google.com/abc-defg-hij"}],
    });
    let mut lost = weekly("1:1", &[MAYA, BEN]);
    let more =
        json!({"location": "The bench", "description": "We walk.", "conferenceData": conference});
    for (name, said) in more.as_object().unwrap() {
        lost[name] = said.clone();
    }
    let path = "?conferenceDataVersion=1&sendUpdates=none";
    let id = done(&google, MAYA, "POST", path, Some(&lost))["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let books = |maya: &mut Desk<'_>, new: &str, id: &str| {
        let order = maya.order(new, Basis::Nothing, booked_like(id, new));
        maya.finished(&order);
        let his = event(&google, BEN, new);
        ["location", "description", "conferenceData"].map(|name| his[name].clone())
    };
    assert_eq!(
        books(&mut maya, "sf0a1", &id),
        [json!("The bench"), json!("We walk."), conference.clone()]
    );
    // A room is another's to give.
    let room = json!({"email": "room@resource.calendar.google.com", "resource": true});
    let guests = json!({"attendees": [{"email": MAYA}, {"email": BEN}, room]});
    done(&google, MAYA, "PATCH", &format!("/{id}"), Some(&guests));
    assert_eq!(
        books(&mut maya, "sf0a2", &id),
        [Value::Null, json!("We walk."), conference]
    );
    // What is not there any more has nothing to give, and is made good all the same.
    assert_eq!(
        books(&mut maya, "sf0a3", "gone"),
        [Value::Null, Value::Null, Value::Null]
    );
    assert_eq!(google.violations(), [] as [String; 0]);
}

#[test]
fn a_held_time_is_ones_own_and_says_nothing() {
    let google = office();
    let mut maya = Desk::of(&google, MAYA);
    let edit = Edit::Hold(Hold {
        uid: "sf0b34@google.com".to_owned(),
        slot: slot("2026-01-14T10:00:00Z"),
        title: "Held".to_owned(),
    });
    let order = maya.order("sf0b34", Basis::Nothing, edit);
    let (undo, told) = maya.finished(&order);
    assert!(told.is_empty());
    let held = event(&google, MAYA, "sf0b34");
    assert_eq!(
        (&held["visibility"], held.get("attendees")),
        (&json!("private"), None)
    );
    let (_, told) = maya.done("sf0b34", &undo.unwrap());
    assert!(told.is_empty());
    assert_eq!(event(&google, MAYA, "sf0b34")["status"], "cancelled");
    assert_eq!(google.violations(), [] as [String; 0]);
}

#[test]
fn what_stands_as_free_is_busy_on_ones_own_calendar_alone_and_free_again() {
    let google = office();
    let id = made(&google, BEN, &weekly("1:1", &[BEN, MAYA]));
    let mut maya = Desk::of(&google, MAYA);
    let free = json!({"transparency": "transparent"});
    let instance = format!("{id}_20260113T140000Z");
    for path in [&id, &instance] {
        done(&google, MAYA, "PATCH", &format!("/{path}"), Some(&free));
    }
    let edit = Edit::Busy {
        from: moment("2026-01-05T08:00:00Z"),
    };
    let is = |person: &str, said: Option<&str>| {
        for path in [&id, &instance] {
            let found = event(&google, person, path);
            let found = found.get("transparency").and_then(Value::as_str);
            assert_eq!(found, said, "{person} {path}");
        }
    };
    let (undo, told) = maya.done(&id, &edit);
    assert!(told.is_empty());
    is(MAYA, Some("opaque"));
    assert!(maya.back(&id, &edit, undo).is_empty());
    is(MAYA, Some("transparent"));
    assert_eq!(event(&google, BEN, &id).get("transparency"), None);
    let all = google.changed();
    assert_eq!(all[3..], ["patch none"; 4]);
    assert_eq!(google.violations(), [] as [String; 0]);
}
