//! What rounds find.

use crate::common::{BEN, Keeper, MAYA, at, done, made, office, weekly};
use serde_json::json;
use steadfast_connect::sync::News;
use steadfast_fakes::google::Fault;

#[test]
fn what_happens_to_a_series_is_told_as_it_happens() {
    let google = office();
    let id = made(&google, MAYA, &weekly("Talk Maya, Ben", &[MAYA, BEN]));
    let (mut maya, mut ben) = (Keeper::new(&google, MAYA), Keeper::new(&google, BEN));
    let series = "  Talk Maya\\, Ben 20260106T150000";
    for (keeper, whose) in [(&mut maya, MAYA), (&mut ben, BEN)] {
        assert_eq!(
            keeper.told(),
            [format!("{whose} whole, First"), series.to_owned()]
        );
        assert_eq!(keeper.told(), [format!("{whose} unchanged")]);
    }
    let text = ben.mirror.values().next().unwrap();
    assert!(
        text.contains("PARTSTAT=NEEDS-ACTION")
            && text.contains("ORGANIZER:mailto:maya@example.com")
    );
    assert!(
        !text.contains("salary") && !text.contains("Room 5"),
        "{text}"
    );
    // One is moved, one is called off, one is answered by Ben; one after the other, seen by both.
    google.pass(3_600);
    done(
        &google,
        MAYA,
        "PATCH",
        &format!("/{id}_20260113T140000Z?sendUpdates=all"),
        Some(&at("2026-01-14", 10)),
    );
    let moved = "  Talk Maya\\, Ben 20260114T100000 20260113T150000";
    for (keeper, whose) in [(&mut maya, MAYA), (&mut ben, BEN)] {
        assert_eq!(
            keeper.told(),
            [
                format!("{whose} changes"),
                series.to_owned(),
                moved.to_owned()
            ]
        );
    }
    done(
        &google,
        MAYA,
        "DELETE",
        &format!("/{id}_20260120T140000Z"),
        None,
    );
    let off = format!("{series} 20260120T150000");
    for (keeper, whose) in [(&mut maya, MAYA), (&mut ben, BEN)] {
        let expected = [&*format!("{whose} changes"), &off, moved, "  gone 1"];
        assert_eq!(keeper.told(), expected);
    }
    let no = json!({"attendees": [{"email": BEN, "responseStatus": "declined"}]});
    done(
        &google,
        BEN,
        "PATCH",
        &format!("/{id}_20260127T140000Z"),
        Some(&no),
    );
    maya.round();
    let declined = &maya.mirror[&(MAYA.to_owned(), format!("{id}_20260127T140000Z"))];
    assert!(
        declined.contains("PARTSTAT=DECLINED:mailto:ben@example.com"),
        "{declined}"
    );
    assert!(
        declined.contains("RECURRENCE-ID;TZID=Europe/Paris:20260127T150000"),
        "{declined}"
    );
    // All of it goes, whatever Google says of its exceptions.
    done(&google, MAYA, "DELETE", &format!("/{id}"), None);
    maya.round();
    ben.round();
    assert!(maya.mirror.is_empty() && ben.mirror.is_empty());
    assert_eq!(google.violations(), [] as [String; 0]);
}

#[test]
fn lists_are_read_to_their_last_page() {
    let google = office();
    google.page(2);
    let mut maya = Keeper::new(&google, MAYA);
    for n in 0..7 {
        made(&google, MAYA, &weekly(&format!("n{n}"), &[]));
    }
    maya.round();
    assert_eq!(maya.mirror.len(), 7);
    for n in 0..5 {
        made(&google, MAYA, &weekly(&format!("m{n}"), &[]));
    }
    assert_eq!(maya.told().len(), 6);
    assert_eq!(maya.mirror.len(), 12);
    let lists = google
        .asked()
        .iter()
        .filter(|method| *method == "calendar.events.list")
        .count();
    assert_eq!(lists, 4 + 3);
    assert_eq!(google.violations(), [] as [String; 0]);
}

#[test]
fn where_the_token_is_forgotten_everything_is_told_and_that_it_was() {
    let google = office();
    let id = made(&google, MAYA, &weekly("a", &[MAYA, BEN]));
    made(&google, MAYA, &weekly("b", &[MAYA, BEN]));
    done(
        &google,
        MAYA,
        "DELETE",
        &format!("/{id}_20260120T140000Z"),
        None,
    );
    let mut maya = Keeper::new(&google, MAYA);
    maya.round();
    done(
        &google,
        MAYA,
        "DELETE",
        &format!("/{id}_20260127T140000Z"),
        None,
    );
    google.forget(MAYA);
    let told = maya.told();
    assert_eq!(told[0], format!("{MAYA} whole, TokenLost"));
    assert_eq!(told.len(), 3);
    assert!(
        told.contains(&"  a 20260106T150000 20260120T150000 20260127T150000".to_owned()),
        "{told:?}"
    );
    assert_eq!(maya.told(), [format!("{MAYA} unchanged")]);
}

#[test]
fn one_event_that_cannot_be_read_stops_no_calendar_of_which_everything_is_told_anew() {
    let google = office();
    made(&google, MAYA, &weekly("a", &[MAYA, BEN]));
    let second = made(&google, MAYA, &weekly("b", &[MAYA, BEN]));
    let mut maya = Keeper::new(&google, MAYA);
    maya.round();
    let before = maya.mirror.clone();
    done(
        &google,
        MAYA,
        "PATCH",
        &format!("/{second}"),
        Some(&json!({"summary": "c"})),
    );
    google.forget(MAYA);
    // The answer to the token that is forgotten is no list; the one after it is.
    google.fault("/events", Fault::Torn);
    google.fault("/events", Fault::Torn);
    let told = maya.told();
    assert_eq!(google.faults_left(), 0);
    assert_eq!(told[0], format!("{MAYA} whole, TokenLost"));
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[2].starts_with("unreadable event "), "{told:?}");
    // What could not be read stands as it was known, and the rest is read.
    assert_eq!(maya.mirror.len(), 2);
    let same = maya
        .mirror
        .iter()
        .filter(|(at, text)| before.get(*at) == Some(*text));
    let titles: Vec<bool> = maya
        .mirror
        .values()
        .map(|text| text.contains("SUMMARY:c"))
        .collect();
    assert_eq!(same.count() + titles.iter().filter(|is| **is).count(), 2);
    assert_eq!(maya.told(), [format!("{MAYA} unchanged")]);
}

#[test]
fn the_calendars_of_an_account_are_told_apart() {
    let google = office();
    let team = "c_team@group.calendar.google.com";
    google.add_calendar(MAYA, team, "Team", "Europe/Paris");
    google.add_calendar(MAYA, "x@import.calendar.google.com", "Club", "Europe/Paris");
    let mut maya = Keeper::new(&google, MAYA);
    let told = maya.told();
    let expected = [
        format!("{team} whole, First"),
        format!("{MAYA} whole, First"),
        "aside Club: a subscribed calendar".to_owned(),
    ];
    assert_eq!(told, expected);
    google.remove_calendar(team);
    let round = maya.round();
    assert_eq!(round.gone, [team]);
    assert!(matches!(round.calendars[0].news, News::Unchanged));
    assert_eq!(round.calendars[0].owner.as_deref(), Some(MAYA));
}

#[test]
fn an_instance_that_stands_again_is_told_with_its_series() {
    let google = office();
    let id = made(&google, MAYA, &weekly("a", &[MAYA, BEN]));
    let mut maya = Keeper::new(&google, MAYA);
    done(
        &google,
        MAYA,
        "DELETE",
        &format!("/{id}_20260120T140000Z"),
        None,
    );
    maya.round();
    let series = || (MAYA.to_owned(), id.clone());
    assert!(maya.mirror[&series()].contains("EXDATE;TZID=Europe/Paris:20260120T150000"));
    // Put back to where it was: an exception that says what its series says.
    let events = steadfast_calendar::Reader::read(
        format!(
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:{id}@google.com\r\nDTSTART;TZID=Europe/Paris:20260106T150000\r\n\
             DTEND;TZID=Europe/Paris:20260106T153000\r\nRRULE:FREQ=WEEKLY;BYDAY=TU\r\nSUMMARY:a\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        )
        .as_bytes(),
    )
    .events;
    google.stage(MAYA, &events, true);
    maya.round();
    assert!(!maya.mirror[&series()].contains("EXDATE"));
    assert_eq!(google.violations(), [] as [String; 0]);
}
