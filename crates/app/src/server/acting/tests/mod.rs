//! Intents on a real store, with a calendar server that fails as the test wants it.

mod both;
mod crashes;
mod offers;
mod plain;
mod world;

use super::*;
use crate::server::Viewer;
use crate::server::ledger::whole_stream;
use crate::server::log::noted::log_of;
use crate::server::sync::{Access, Machine};
use crate::server::testing::{viewer, with_store};
use std::sync::atomic::{AtomicI64, Ordering};
use steadfast_calendar::edit::{By, Edit, holds};
use steadfast_calendar::{Instant, Slot, Visibility};
use steadfast_store::seal::{Keyring, Vault};
use steadfast_store::{Claim, Facts, Jobs};
use steadfast_store::{
    Intent, IntentState, Intents, Micros, NewIntent, NewSource, Org, Sources, Store, Write,
};
use world::{Fault, World};

const MAYA: &str = "maya@example.org";
const MINUTE: i64 = 60 * 1_000_000;
/// 2026-03-01T12:00:00Z.
const START: i64 = 1_772_366_400 * 1_000_000;

/// Mondays at 9 from 2 March 2026.
const WEEKLY: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:weekly\r\n\
DTSTAMP:20260201T080000Z\r\nSEQUENCE:1\r\nSUMMARY:1:1\r\nDTSTART:20260302T090000Z\r\nDTEND:20260302T093000Z\r\n\
RRULE:FREQ=WEEKLY;BYDAY=MO\r\nORGANIZER:mailto:maya@example.org\r\n\
ATTENDEE;PARTSTAT=ACCEPTED:mailto:ben@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

fn at(text: &str) -> Instant {
    text.parse::<jiff::Timestamp>().unwrap().into()
}

fn moved() -> Edit {
    let to = at("2026-03-10T13:00:00Z");
    Edit::Move {
        occurrence: at("2026-03-09T09:00:00Z"),
        to: Slot::new(to, to.plus_minutes(30)),
    }
}

fn booked(uid: &str) -> Edit {
    use steadfast_calendar::edit::{Meeting, Party};
    let party = |address: &str| Party {
        address: address.to_owned(),
        name: String::new(),
        accepted: false,
    };
    let from = at("2026-03-11T13:00:00Z");
    Edit::Book(Meeting {
        uid: uid.to_owned(),
        slot: Slot::new(from, from.plus_minutes(30)),
        weekly: None,
        title: "1:1".to_owned(),
        text: String::new(),
        visibility: Visibility::Public,
        organizer: party(MAYA),
        invited: vec![party("ben@example.org")],
        like: None,
    })
}

fn action(place: &str, basis: Basis, edit: Edit) -> Action {
    Action {
        source: "s".to_owned(),
        place: place.to_owned(),
        basis,
        edit,
        addresses: vec![MAYA.to_owned()],
        zone: "Europe/Berlin".to_owned(),
        policy: "defend".to_owned(),
        because: "something else wants this time".to_owned(),
        uid: None,
        agreed: false,
        ends_offer: None,
        then: None,
    }
}

/// Whether an edit stands in a text.
fn stands(text: Option<&str>, edit: &Edit) -> bool {
    let zone = jiff::tz::TimeZone::UTC;
    let by = By {
        addresses: &[MAYA],
        zone: &zone,
        now: at("2026-03-01T12:00:00Z"),
    };
    holds(text.map(str::as_bytes), edit, &by)
}

/// A place for everything that acting needs.
struct Bench {
    store: Store,
    org: Org,
    keyring: Keyring,
    now: AtomicI64,
    world: World,
}

fn with_bench<F: Future<Output = ()>>(test: impl FnOnce(Bench) -> F) {
    with_store(|store, org| async move {
        let keyring = Keyring::new("k", [7; 32]).unwrap();
        let source = NewSource {
            source: "s".to_owned(),
            person: MAYA.to_owned(),
            about: Vec::new(),
            created: Micros(0),
        };
        store.connect(&org, &source).await.unwrap();
        let access = Access {
            address: "https://calendar.example/".to_owned(),
            user: None,
            password: None,
        };
        let text = serde_json::to_vec(&access).unwrap();
        Vault::new(&store, &keyring)
            .keep(&org, "source/s", "access", &text)
            .await
            .unwrap();
        test(Bench {
            store,
            org,
            keyring,
            now: AtomicI64::new(START),
            world: World::default(),
        })
        .await;
    });
}

impl Bench {
    fn maya(&self) -> Viewer {
        viewer(&self.org, MAYA)
    }

    fn instant(&self) -> Instant {
        Instant::from_seconds(self.now.load(Ordering::SeqCst) / 1_000_000)
    }

    fn wait(&self, micros: i64) {
        self.now.fetch_add(micros, Ordering::SeqCst);
    }

    async fn write(&self, intents: &[NewIntent]) {
        let write = Write {
            intents,
            ..Write::default()
        };
        self.store.write(&self.org, write).await.unwrap();
    }

    /// Writes an intent to do `edit` at `place`, decided on what is there now.
    async fn intend(&self, name: &str, place: &str, edit: Edit) {
        let basis = match self.world.text(place) {
            Some(text) => Basis::Says(text),
            None => Basis::Nothing,
        };
        let action = action(place, basis, edit);
        let new = intent(name, MAYA, &action, false, self.instant());
        self.write(&[new]).await;
    }

    async fn step_at(&self, ahead: i64) -> Result<Step, crate::server::ServerError> {
        let now = || Micros(self.now.load(Ordering::SeqCst) + ahead);
        let machine = Machine {
            now: &now,
            chance: &|| 0,
            node: "n",
            every: 1,
        };
        let bounds = Bounds { a_day: 1_000 };
        step(&self.store, &self.keyring, &self.world, machine, bounds).await
    }

    async fn step(&self) -> Step {
        self.step_at(0).await.unwrap()
    }

    /// Steps, and waits where it has to, until nothing is left.
    async fn until_idle(&self) {
        for _ in 0..100 {
            let stepped = self.step_at(0).await;
            let none = Claim {
                kinds: &["none"],
                node: "n",
                now: Micros(0),
                until: Micros(0),
                limit: 0,
            };
            assert!(self.store.claim(none).await.unwrap().is_empty());
            match stepped {
                Ok(Step::Idle) => match self.store.next_due(&[JOB]).await.unwrap() {
                    None => return,
                    Some(due) => {
                        self.now.fetch_max(due.0, Ordering::SeqCst);
                    }
                },
                Ok(_) => {}
                Err(error) => panic!("{error:?}"),
            }
        }
        panic!("it never ends");
    }

    async fn known(&self, name: &str) -> Intent {
        self.store.intent(&self.org, name).await.unwrap().unwrap()
    }

    /// How often the log tells of an intent.
    async fn told(&self, name: &str) -> usize {
        let facts = whole_stream(&self.store, &self.org, &log_of(MAYA))
            .await
            .unwrap();
        let named = format!("\"intent\":\"{name}\"");
        let of = |payload: &[u8]| String::from_utf8_lossy(payload).contains(&named);
        facts.iter().filter(|fact| of(&fact.payload)).count()
    }
}
