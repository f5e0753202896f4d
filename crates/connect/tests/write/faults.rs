//! A server that fails in every way: before it takes a change, after, half way. Whatever it does, a change is made once, and
//! what is said of it is so.

use crate::common::{Hand, at, booking, moved, weekly};
use crate::scripted::{Answer, Asked, Scripted};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use steadfast_calendar::edit::{By, Edit, holds};
use steadfast_calendar::says;
use steadfast_connect::write::{Basis, Outcome, Told};

const PLACE: &str = "/cal/weekly.ics";

/// What the server does to one write.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Fault {
    /// Nothing odd.
    None,
    /// It says so and does nothing.
    Before(u16),
    /// It takes the change and answers with this.
    After(u16),
    /// It takes the change and hangs up.
    TakenAndGone,
    /// It takes the change and says nothing for longer than anybody waits.
    TakenAndSilent,
    /// It hangs up.
    Gone,
    /// It says nothing.
    Silent,
    /// It says that it took the change, and did not.
    Lies,
    /// Somebody else changes the object first.
    Overtaken,
}

const ALL: &[Fault] = &[
    Fault::None,
    Fault::Before(409),
    Fault::Before(412),
    Fault::Before(429),
    Fault::Before(500),
    Fault::Before(503),
    Fault::Before(403),
    Fault::After(500),
    Fault::After(502),
    Fault::After(412),
    Fault::TakenAndGone,
    Fault::TakenAndSilent,
    Fault::Gone,
    Fault::Silent,
    Fault::Lies,
    Fault::Overtaken,
];

#[derive(Default)]
struct State {
    /// Text and version by place.
    objects: BTreeMap<String, (String, u32)>,
    version: u32,
    faults: VecDeque<Fault>,
    /// Changes that were taken from us.
    taken: u32,
}

impl State {
    fn put(&mut self, place: &str, text: &str) {
        self.version += 1;
        self.objects
            .insert(place.to_owned(), (text.to_owned(), self.version));
    }

    fn answer(&mut self, asked: &Asked) -> Answer {
        let there = self.objects.get(&asked.path).cloned();
        match asked.method.as_str() {
            "GET" => match there {
                None => Answer::status(404),
                Some((text, version)) => {
                    Answer::Plain(200, vec![format!("ETag: \"{version}\"")], text.into_bytes())
                }
            },
            "OPTIONS" => Answer::Plain(200, vec!["DAV: 1, calendar-access".to_owned()], Vec::new()),
            _ => self.write(asked, there.as_ref()),
        }
    }

    fn write(&mut self, asked: &Asked, there: Option<&(String, u32)>) -> Answer {
        let fault = self.faults.pop_front().unwrap_or(Fault::None);
        match fault {
            Fault::Before(status) => {
                return Answer::Plain(status, vec!["Retry-After: 7".to_owned()], Vec::new());
            }
            Fault::Gone => return Answer::HangUp,
            Fault::Silent => return Answer::Silence,
            Fault::Lies => return Answer::status(204),
            Fault::Overtaken => {
                let (text, _) = there.cloned().unwrap_or_default();
                let other = text.replace("SUMMARY:1:1", "SUMMARY:renamed by somebody");
                self.put(&asked.path, if other.is_empty() { "x" } else { &other });
            }
            _ => {}
        }
        let etag = self
            .objects
            .get(&asked.path)
            .map(|(_, version)| format!("\"{version}\""));
        let fits = match (asked.header("If-Match"), asked.header("If-None-Match")) {
            (Some(wanted), None) => etag.as_deref() == Some(wanted),
            (None, Some("*")) => etag.is_none(),
            _ => panic!("a write without a condition"),
        };
        if !fits {
            return Answer::status(412);
        }
        self.taken += 1;
        if asked.method == "DELETE" {
            self.objects.remove(&asked.path);
        } else {
            self.put(&asked.path, &asked.body.clone());
        }
        match fault {
            Fault::After(status) => Answer::status(status),
            Fault::TakenAndGone => Answer::HangUp,
            Fault::TakenAndSilent => Answer::Silence,
            _ => Answer::status(204),
        }
    }
}

struct Server {
    scripted: Scripted,
    state: Arc<Mutex<State>>,
}

impl Server {
    fn start(faults: &[Fault]) -> Self {
        let state = Arc::new(Mutex::new(State {
            faults: faults.iter().copied().collect(),
            ..State::default()
        }));
        state.lock().expect("a state").put(PLACE, &weekly());
        let held = Arc::clone(&state);
        let scripted = Scripted::start(move |asked| held.lock().expect("a state").answer(asked));
        Self { scripted, state }
    }

    /// Begins anew with these faults.
    fn begin(&self, faults: &[Fault]) {
        let mut state = self.state.lock().expect("a state");
        *state = State {
            faults: faults.iter().copied().collect(),
            ..State::default()
        };
        state.put(PLACE, &weekly());
    }

    fn hand(&self) -> Hand {
        Hand::new(self.scripted.port, "maya", Duration::from_millis(150))
    }

    fn text(&self, place: &str) -> Option<String> {
        let state = self.state.lock().expect("a state");
        state.objects.get(place).map(|(text, _)| text.clone())
    }

    fn taken(&self) -> u32 {
        self.state.lock().expect("a state").taken
    }

    fn writes(&self) -> usize {
        let asked = self.scripted.asked();
        let write = |line: &&String| line.starts_with("PUT") || line.starts_with("DELETE");
        asked.iter().filter(write).count()
    }
}

fn stands(text: Option<&str>, edit: &Edit) -> bool {
    let zone = jiff::tz::TimeZone::get("Europe/Berlin").expect("a zone");
    let by = By {
        addresses: &["maya@example.org"],
        zone: &zone,
        now: at("2026-03-01T12:00:00Z"),
    };
    holds(text.map(str::as_bytes), edit, &by)
}

#[test]
fn each_fault_is_told_for_what_it_is_after_one_write() {
    let server = Server::start(&[]);
    let mut hand = server.hand();
    for (number, fault) in (1..).zip(ALL) {
        server.begin(&[*fault]);
        let edit = moved("2026-03-10T13:00:00Z");
        let outcome = hand.on(PLACE, &weekly(), edit.clone());
        let is_so = stands(server.text(PLACE).as_deref(), &edit);
        let told = match (&outcome, fault) {
            (
                Outcome::Done {
                    already: false,
                    undo: Some(_),
                    told: Told::NotByServer(_),
                    ..
                },
                Fault::None | Fault::After(_) | Fault::TakenAndGone | Fault::TakenAndSilent,
            ) => is_so,
            (Outcome::Changed { .. }, Fault::Before(409 | 412) | Fault::Overtaken) => !is_so,
            (Outcome::Later { after, .. }, Fault::Before(429 | 500 | 503)) => {
                !is_so && *after == Some(Duration::from_secs(7))
            }
            (Outcome::Refused { .. }, Fault::Before(403) | Fault::Lies) => !is_so,
            (Outcome::Unsure { .. }, Fault::Gone | Fault::Silent) => !is_so,
            _ => false,
        };
        assert!(told, "{fault:?}: {outcome:?}, and it is {is_so}");
        assert_eq!(server.writes(), number, "{fault:?}");
    }
}

/// Calls until it is told to stop, as whoever keeps the intent does.
fn until_over(hand: &mut Hand, place: &str, basis: &Basis, edit: &Edit) -> Outcome {
    for _ in 0..10 {
        let order = hand.order(place, basis.clone(), edit.clone());
        let outcome = hand.carry_out(&order);
        if !matches!(outcome, Outcome::Later { .. } | Outcome::Unsure { .. }) {
            return outcome;
        }
    }
    panic!("it never ends");
}

#[test]
fn whatever_two_faults_follow_each_other_a_change_is_made_once_or_not_at_all() {
    // Those that take no time to wait for.
    let quick = |fault: &&Fault| !matches!(fault, Fault::Silent | Fault::TakenAndSilent);
    let basis = Basis::Says(says(weekly().as_bytes()));
    let server = Server::start(&[]);
    let mut hand = server.hand();
    for first in ALL.iter().filter(quick) {
        for second in &[
            Fault::None,
            Fault::Before(503),
            Fault::After(500),
            Fault::TakenAndGone,
            Fault::Overtaken,
        ] {
            for (place, basis, edit) in [
                (PLACE, basis.clone(), moved("2026-03-10T13:00:00Z")),
                (
                    "/cal/new.ics",
                    Basis::Nothing,
                    booking("new", "2026-03-11T13:00:00Z"),
                ),
            ] {
                server.begin(&[*first, *second]);
                let outcome = until_over(&mut hand, place, &basis, &edit);
                let text = server.text(place);
                let is_so = stands(text.as_deref(), &edit);
                let said = matches!(outcome, Outcome::Done { .. });
                assert_eq!(is_so, said, "{first:?} {second:?}: {outcome:?}");
                assert_eq!(server.taken(), u32::from(is_so), "{first:?} {second:?}");
                // The node crashed before it could keep the outcome, and does it all again.
                let again = until_over(&mut hand, place, &basis, &edit);
                assert_eq!(matches!(again, Outcome::Done { already: true, .. }), said);
                if said {
                    assert_eq!(server.text(place), text, "{first:?} {second:?}");
                }
                assert!(server.taken() <= 1, "{first:?} {second:?}");
            }
        }
    }
}

#[test]
fn what_was_taken_back_by_somebody_is_not_done_again() {
    let server = Server::start(&[]);
    let edit = moved("2026-03-10T13:00:00Z");
    let mut hand = server.hand();
    let done = hand.on(PLACE, &weekly(), edit.clone());
    assert!(matches!(done, Outcome::Done { .. }));
    // Its owner puts it back by hand; then a node comes along that had crashed after sending.
    let back = weekly().replace("SEQUENCE:1", "SEQUENCE:3");
    server.state.lock().expect("a state").put(PLACE, &back);
    let again = hand.on(PLACE, &weekly(), edit);
    assert!(matches!(again, Outcome::Changed { .. }), "{again:?}");
    assert_eq!(server.taken(), 1);
}

#[test]
fn a_booking_is_taken_back_once_and_nothing_else_is_deleted() {
    let server = Server::start(&[Fault::None, Fault::TakenAndGone]);
    let mut hand = server.hand();
    let book = booking("new", "2026-03-11T13:00:00Z");
    let Outcome::Done {
        undo: Some(undo), ..
    } = hand.make("/cal/new.ics", book.clone())
    else {
        panic!("a booking");
    };
    let after = Basis::After(Box::new(book));
    let gone = until_over(&mut hand, "/cal/new.ics", &after, &undo);
    assert!(
        matches!(gone, Outcome::Done { version: None, .. }),
        "{gone:?}"
    );
    assert_eq!(server.text("/cal/new.ics"), None);
    let other = until_over(&mut hand, PLACE, &after, &undo);
    assert!(matches!(other, Outcome::Changed { .. }), "{other:?}");
}
