//! What the guard does to a calendar at Google, seen by everybody who is in it.

use crate::common::{BEN, Keeper, MAYA, allowed, at, done, made, office, options, weekly};
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use steadfast_calendar::edit::{Answer, Edit, EditError, Reply};
use steadfast_calendar::{Instant, Slot, says_in_pieces};
use steadfast_connect::sync::google::grant;
use steadfast_connect::write::{Basis, Order, Outcome, Told, Writer, at_google};
use steadfast_fakes::google::Google;

/// Somebody whose calendar is kept up with and written to.
pub(crate) struct Desk<'a> {
    me: &'a str,
    keeper: Keeper,
    writer: Box<dyn Writer>,
}

pub(crate) fn moment(text: &str) -> Instant {
    Instant::from(text.parse::<jiff::Timestamp>().unwrap())
}

/// Half an hour.
pub(crate) fn slot(start: &str) -> Slot {
    let start = moment(start);
    Slot::new(start, start.plus_seconds(1_800))
}

impl<'a> Desk<'a> {
    pub(crate) fn of(google: &Google, me: &'a str) -> Self {
        let account = allowed(
            google,
            me,
            &[grant::SCOPES[0], grant::SCOPES[1], grant::WRITES],
        );
        Self {
            me,
            keeper: Keeper::of(&account),
            writer: at_google(&account, &options()).unwrap(),
        }
    }

    fn place(&self, id: &str) -> String {
        format!("{}/{id}", self.me)
    }

    /// What is known of a series by what was kept of it.
    pub(crate) fn basis(&mut self, id: &str) -> Basis {
        self.keeper.round();
        let all = self.keeper.mirror.iter();
        let pieces = all.filter(|((_, href), _)| href.split('_').next() == Some(id));
        Basis::Says(says_in_pieces(pieces.map(|(_, text)| text.as_bytes())))
    }

    pub(crate) fn order(&self, id: &str, basis: Basis, edit: Edit) -> Order {
        Order {
            place: self.place(id),
            basis,
            edit,
            addresses: vec![self.me.to_owned()],
            zone: TimeZone::get("Europe/Paris").unwrap(),
            now: moment("2026-01-05T08:00:00Z"),
        }
    }

    /// Looks and sends.
    pub(crate) fn does(&mut self, order: &Order) -> Outcome {
        self.does_while(order, || {})
    }

    /// The same, with something that happens between the two.
    pub(crate) fn does_while(&mut self, order: &Order, meanwhile: impl FnOnce()) -> Outcome {
        match self.writer.look(order) {
            Ok(ready) => {
                meanwhile();
                self.writer.send(order, ready)
            }
            Err(ended) => *ended,
        }
    }

    /// The same on what is known; what takes it back, and who was told.
    pub(crate) fn done(&mut self, id: &str, edit: &Edit) -> (Option<Edit>, Vec<String>) {
        let basis = self.basis(id);
        self.finished(&self.order(id, basis, edit.clone()))
    }

    pub(crate) fn finished(&mut self, order: &Order) -> (Option<Edit>, Vec<String>) {
        match self.does(order) {
            Outcome::Done {
                undo,
                told,
                already: false,
                ..
            } => match told {
                Told::All(told) => (undo, told),
                Told::Nobody => (undo, Vec::new()),
                other @ Told::NotByServer(_) => panic!("{other:?}"),
            },
            other => panic!("{order:?}: {other:?}"),
        }
    }

    /// Takes an edit back, on what is there after it.
    pub(crate) fn back(&mut self, id: &str, edit: &Edit, undo: Option<Edit>) -> Vec<String> {
        let basis = Basis::After(Box::new(edit.clone()));
        self.finished(&self.order(id, basis, undo.unwrap())).1
    }
}

pub(crate) fn event(google: &Google, person: &str, id: &str) -> Value {
    done(google, person, "GET", &format!("/{id}"), None)
}

pub(crate) fn starts(event: &Value) -> Instant {
    moment(event["start"]["dateTime"].as_str().unwrap())
}

pub(crate) fn answer_of<'a>(event: &'a Value, who: &str) -> &'a Value {
    let guests = event["attendees"].as_array().unwrap();
    guests.iter().find(|guest| guest["email"] == who).unwrap()
}

pub(crate) fn is_clean(google: &Google, changed: &[&str]) {
    assert_eq!(google.violations(), [] as [String; 0]);
    assert_eq!(google.changed(), changed);
}

#[test]
fn one_instance_moves_for_everybody_in_it_and_goes_back() {
    let google = office();
    let id = made(&google, MAYA, &weekly("1:1", &[MAYA, BEN]));
    let mut maya = Desk::of(&google, MAYA);
    let thirteenth = moment("2026-01-13T14:00:00Z");
    let instance = format!("{id}_20260113T140000Z");
    let edit = Edit::Move {
        occurrence: thirteenth,
        to: slot("2026-01-13T16:00:00Z"),
    };
    let (undo, told) = maya.done(&id, &edit);
    assert_eq!(told, [BEN]);
    for person in [MAYA, BEN] {
        let moved = event(&google, person, &instance);
        assert_eq!(starts(&moved), moment("2026-01-13T16:00:00Z"), "{person}");
        // One step, and whoever is invited is asked again.
        assert_eq!(
            (&moved["sequence"], &moved["summary"]),
            (&json!(1), &json!("1:1"))
        );
        assert_eq!(answer_of(&moved, BEN)["responseStatus"], "needsAction");
        assert_eq!(
            starts(&event(&google, person, &id)),
            moment("2026-01-06T14:00:00Z")
        );
    }
    // Once more is nothing; on what was before, too.
    let again = maya.order(&id, Basis::Nothing, edit.clone());
    assert!(matches!(
        maya.does(&again),
        Outcome::Done { already: true, .. }
    ));
    let asked = Edit::Restore {
        occurrence: thirteenth,
        to: None,
    };
    assert_eq!(undo, Some(asked));
    assert_eq!(maya.back(&id, &edit, undo), [BEN]);
    for person in [MAYA, BEN] {
        assert_eq!(
            starts(&event(&google, person, &instance)),
            thirteenth,
            "{person}"
        );
    }
    is_clean(&google, &["insert none", "patch all", "patch all"]);
}

#[test]
fn what_was_moved_or_called_off_before_is_decided_on_as_it_is() {
    let google = office();
    let id = made(&google, MAYA, &weekly("1:1", &[MAYA, BEN]));
    let mut maya = Desk::of(&google, MAYA);
    maya.basis(&id);
    google.pass(3_600);
    let instance = |day: &str| format!("/{id}_{day}T140000Z");
    done(
        &google,
        MAYA,
        "PATCH",
        &instance("20260113"),
        Some(&at("2026-01-14", 10)),
    );
    done(&google, MAYA, "DELETE", &instance("20260120"), None);
    // Both in one round, and in one that reads everything anew.
    let known = maya.basis(&id);
    let anew = Desk::of(&google, MAYA).basis(&id);
    assert_eq!(known, anew);
    let back = Edit::Restore {
        occurrence: moment("2026-01-13T14:00:00Z"),
        to: Some(slot("2026-01-13T14:00:00Z")),
    };
    let (undo, told) = maya.done(&id, &back);
    assert_eq!(
        (
            told.len(),
            starts(&event(&google, BEN, &instance("20260113")[1..]))
        ),
        (1, moment("2026-01-13T14:00:00Z"))
    );
    maya.back(&id, &back, undo);
    assert_eq!(
        starts(&event(&google, BEN, &instance("20260113")[1..])),
        moment("2026-01-14T09:00:00Z")
    );
    // What was called off takes place again.
    let again = Edit::Restore {
        occurrence: moment("2026-01-20T14:00:00Z"),
        to: None,
    };
    let (undo, _) = maya.done(&id, &again);
    for person in [MAYA, BEN] {
        let found = event(&google, person, &instance("20260120")[1..]);
        assert_eq!(
            (&found["status"], starts(&found)),
            (&json!("confirmed"), moment("2026-01-20T14:00:00Z"))
        );
    }
    maya.back(&id, &again, undo);
    for person in [MAYA, BEN] {
        assert_eq!(
            event(&google, person, &instance("20260120")[1..])["status"],
            "cancelled"
        );
    }
    // On anything else it is decided anew.
    let before = maya.basis(&id);
    done(
        &google,
        MAYA,
        "PATCH",
        &instance("20260127"),
        Some(&at("2026-01-27", 11)),
    );
    let edit = Edit::Move {
        occurrence: moment("2026-01-13T14:00:00Z"),
        to: slot("2026-01-13T16:00:00Z"),
    };
    let order = maya.order(&id, before, edit);
    assert!(matches!(
        maya.does(&order),
        Outcome::Changed { now: Some(_) }
    ));
    assert_eq!(google.violations(), [] as [String; 0]);
}

#[test]
fn a_single_meeting_moves_and_what_others_organise_does_not() {
    let google = office();
    let mut single = weekly("Review", &[MAYA, BEN]);
    single.as_object_mut().unwrap().remove("recurrence");
    let id = made(&google, MAYA, &single);
    let mut maya = Desk::of(&google, MAYA);
    let edit = Edit::Move {
        occurrence: moment("2026-01-06T14:00:00Z"),
        to: slot("2026-01-07T09:00:00Z"),
    };
    let (undo, _) = maya.done(&id, &edit);
    assert_eq!(
        starts(&event(&google, BEN, &id)),
        moment("2026-01-07T09:00:00Z")
    );
    maya.back(&id, &edit, undo);
    assert_eq!(
        starts(&event(&google, BEN, &id)),
        moment("2026-01-06T14:00:00Z")
    );
    let mut ben = Desk::of(&google, BEN);
    let basis = ben.basis(&id);
    let order = ben.order(&id, basis, edit);
    assert_eq!(
        ben.does(&order),
        Outcome::Impossible(EditError::NotTheOrganizer)
    );
    is_clean(&google, &["insert none", "patch all", "patch all"]);
}

#[test]
fn an_answer_is_ones_own_entry_alone_and_brings_its_words() {
    let google = office();
    let briefing = made(&google, BEN, &weekly("Briefing", &[BEN, MAYA]));
    let mut maya = Desk::of(&google, MAYA);
    let answer = Edit::Answer(Answer {
        occurrence: Some(moment("2026-01-13T14:00:00Z")),
        reply: Reply::Declined,
        comment: Some("I have a 1:1 then.".to_owned()),
        instead: vec![slot("2026-01-13T16:00:00Z")],
    });
    let basis = maya.basis(&briefing);
    let order = maya.order(&briefing, basis, answer.clone());
    let Outcome::Done {
        told, undo, object, ..
    } = maya.does(&order)
    else {
        panic!();
    };
    assert_eq!(told, Told::All(vec![BEN.to_owned()]));
    // Google knows no proposals: they are made of what was read back.
    assert!(object.is_some());
    let instance = format!("{briefing}_20260113T140000Z");
    let told = event(&google, BEN, &instance);
    let mine = answer_of(&told, MAYA);
    assert_eq!(
        (&mine["responseStatus"], &mine["comment"]),
        (&json!("declined"), &json!("I have a 1:1 then."))
    );
    assert_eq!(
        answer_of(&event(&google, BEN, &briefing), MAYA)["responseStatus"],
        "needsAction"
    );
    maya.back(&briefing, &answer, undo);
    let told = event(&google, BEN, &instance);
    let mine = answer_of(&told, MAYA);
    assert_eq!(
        (&mine["responseStatus"], &mine["comment"]),
        (&json!("needsAction"), &json!(""))
    );
    is_clean(&google, &["insert none", "patch all", "patch all"]);
}

#[test]
fn whoever_allowed_reading_alone_is_told_what_to_do_and_nothing_is_changed() {
    let google = office();
    let id = made(&google, MAYA, &weekly("1:1", &[MAYA, BEN]));
    let account = allowed(&google, MAYA, &grant::SCOPES);
    let mut maya = Desk::of(&google, MAYA);
    let basis = maya.basis(&id);
    maya.writer = at_google(&account, &options()).unwrap();
    let edit = Edit::Move {
        occurrence: moment("2026-01-13T14:00:00Z"),
        to: slot("2026-01-13T16:00:00Z"),
    };
    let order = maya.order(&id, basis, edit);
    let Outcome::Refused { why } = maya.does(&order) else {
        panic!();
    };
    assert!(why.contains("let it write"), "{why}");
    let found = google.ask(
        MAYA,
        "GET",
        &format!("calendars/primary/events/{id}_20260113T140000Z"),
        None,
        None,
    );
    assert_eq!(found.0, 404);
    is_clean(&google, &["insert none", "patch all"]);
}
