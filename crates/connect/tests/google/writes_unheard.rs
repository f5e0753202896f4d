//! A change at Google that meets everything that can come in the way: it is done once or not at all, and what is said of it is so.

use crate::common::{BEN, MAYA, made, office, weekly};
use crate::writes::{Desk, event, moment, slot};
use std::time::Duration;
use steadfast_calendar::edit::Edit;
use steadfast_connect::write::{Order, Outcome};
use steadfast_fakes::google::{Fault, Google};

fn edit() -> Edit {
    Edit::Move {
        occurrence: moment("2026-01-13T14:00:00Z"),
        to: slot("2026-01-13T16:00:00Z"),
    }
}

/// How often the instance was moved, on the calendar of the one who is invited; `None`: never.
fn moved(google: &Google, id: &str) -> Option<u64> {
    let path = format!("calendars/primary/events/{id}_20260113T140000Z");
    let (status, found) = google.ask(BEN, "GET", &path, None, None);
    (status == 200).then(|| found["sequence"].as_u64().unwrap())
}

/// With a fault in the way of the change: what is said then, how often it was done, and what is said when the same order comes again.
fn with(part: &str, fault: Fault, check: impl FnOnce(&Outcome, Option<u64>)) {
    let google = office();
    let id = made(&google, MAYA, &weekly("1:1", &[MAYA, BEN]));
    let mut maya = Desk::of(&google, MAYA);
    let basis = maya.basis(&id);
    let order = maya.order(&id, basis, edit());
    google.fault(part, fault);
    let outcome = maya.does(&order);
    assert_eq!(google.faults_left(), 0, "{fault:?}");
    check(&outcome, moved(&google, &id));
    ends(&google, &mut maya, &order, &id);
}

/// Whatever came of it: the same order once more leaves it done, once.
fn ends(google: &Google, maya: &mut Desk<'_>, order: &Order, id: &str) {
    let outcome = maya.does(order);
    assert!(matches!(outcome, Outcome::Done { .. }), "{outcome:?}");
    assert_eq!(moved(google, id), Some(1));
    let series = event(google, MAYA, id);
    assert_eq!(series["start"]["dateTime"], "2026-01-06T15:00:00+01:00");
    assert_eq!(google.violations(), [] as [String; 0]);
}

#[test]
fn what_was_done_is_found_done_however_it_was_answered() {
    for fault in [
        Fault::DoneThen(500, "backendError"),
        Fault::DoneThen(503, "backendError"),
        Fault::DoneUnheard,
        Fault::Doubled,
        Fault::BreaksOff,
        Fault::Garbage,
    ] {
        with("PATCH ", fault, |outcome, times| {
            let is_done = matches!(
                outcome,
                Outcome::Done {
                    already: false,
                    undo: Some(_),
                    ..
                }
            );
            assert!(
                is_done && times == Some(1),
                "{fault:?}: {outcome:?} {times:?}"
            );
        });
    }
}

#[test]
fn what_was_not_done_is_said_to_be_and_tried_again() {
    for fault in [
        Fault::Status(500, "backendError"),
        Fault::Status(429, "rateLimitExceeded"),
        Fault::Status(403, "userRateLimitExceeded"),
        Fault::Status(403, "quotaExceeded"),
    ] {
        with("PATCH ", fault, |outcome, times| {
            let is_later = matches!(outcome, Outcome::Later { .. });
            assert!(is_later && times.is_none(), "{fault:?}: {outcome:?}");
        });
    }
    with("PATCH ", Fault::After(90), |outcome, _| {
        let waits = matches!(outcome, Outcome::Later { after: Some(after), .. } if *after == Duration::from_secs(90));
        assert!(waits, "{outcome:?}");
    });
    // Nobody answers, and nobody knows.
    with("PATCH ", Fault::Closed, |outcome, times| {
        let is_unsure = matches!(outcome, Outcome::Unsure { .. });
        assert!(is_unsure && times.is_none(), "{outcome:?}");
    });
    with(
        "PATCH ",
        Fault::Status(412, "conditionNotMet"),
        |outcome, times| {
            let is_changed = matches!(outcome, Outcome::Changed { .. });
            assert!(is_changed && times.is_none(), "{outcome:?}");
        },
    );
}

#[test]
fn a_token_that_ran_out_is_got_anew_and_what_cannot_be_looked_at_is_left() {
    with(
        "PATCH ",
        Fault::Status(401, "authError"),
        |outcome, times| {
            let is_done = matches!(outcome, Outcome::Done { .. });
            assert!(is_done && times == Some(1), "{outcome:?}");
        },
    );
    for fault in [
        Fault::Status(500, "backendError"),
        Fault::After(5),
        Fault::BreaksOff,
        Fault::Garbage,
    ] {
        with("/instances", fault, |outcome, times| {
            let is_later = matches!(outcome, Outcome::Later { .. });
            assert!(is_later && times.is_none(), "{fault:?}: {outcome:?}");
        });
    }
}

/// Somebody changes the same in the moment between looking and sending.
#[test]
fn on_what_somebody_changed_meanwhile_nothing_is_written() {
    let google = office();
    let id = made(&google, MAYA, &weekly("1:1", &[MAYA, BEN]));
    let mut maya = Desk::of(&google, MAYA);
    let basis = maya.basis(&id);
    let order = maya.order(&id, basis, edit());
    let outcome = maya.does_while(&order, || {
        let other = crate::common::at("2026-01-13", 11);
        let path = format!("/{id}_20260113T140000Z");
        crate::common::done(&google, MAYA, "PATCH", &path, Some(&other));
    });
    assert!(matches!(outcome, Outcome::Changed { .. }), "{outcome:?}");
    assert_eq!(moved(&google, &id), Some(1));
    let found = event(&google, BEN, &format!("{id}_20260113T140000Z"));
    assert_eq!(found["start"]["dateTime"], "2026-01-13T11:00:00+01:00");
}
