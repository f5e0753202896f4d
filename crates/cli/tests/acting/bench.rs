//! A store with one person's calendar, and a node that does what is due.

use crate::calendars::Reach;
use crate::writing::Network;
use std::sync::atomic::{AtomicI64, Ordering};
use steadfast_app::server::acting::{
    Action, Basis, Bounds, Eyes, Order, Outcome, Pens, Ready, Step, Then, intent, step,
};
use steadfast_app::server::sync::{Access, Machine};
use steadfast_calendar::edit::{Edit, Meeting, Party, Successor};
use steadfast_calendar::{Instant, Slot, Visibility};
use steadfast_store::seal::{Keyring, Vault};
use steadfast_store::{
    Accounts as _, Facts as _, Intent, Intents as _, Micros, NewIntent, NewSource, Org,
    Sources as _, Store, Write,
};
use steadfast_web::{Looked, Writes as _};

pub(crate) const MAYA: &str = "maya@example.org";
pub(crate) const BEN: &str = "ben@example.org";
/// 2026-03-01T12:00:00Z.
pub(crate) const START: i64 = 1_772_366_400 * 1_000_000;

/// Mondays at 10 in Berlin from 2 March 2026, of Maya with Ben.
pub(crate) fn weekly(uid: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Some//Client//EN\r\nBEGIN:VEVENT\r\nUID:{uid}\r\n\
         DTSTAMP:20260201T080000Z\r\nSEQUENCE:1\r\nSUMMARY:1:1\r\nDTSTART:20260302T090000Z\r\nDTEND:20260302T093000Z\r\n\
         RRULE:FREQ=WEEKLY;BYDAY=MO\r\nORGANIZER:mailto:{MAYA}\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{MAYA}\r\n\
         ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:{BEN}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

pub(crate) fn at(text: &str) -> Instant {
    text.parse::<jiff::Timestamp>().unwrap().into()
}

pub(crate) fn half_hour(text: &str) -> Slot {
    Slot::new(at(text), at(text).plus_minutes(30))
}

pub(crate) fn moved() -> Edit {
    Edit::Move {
        occurrence: at("2026-03-09T09:00:00Z"),
        to: half_hour("2026-03-10T13:00:00Z"),
    }
}

pub(crate) fn booked(uid: &str) -> Edit {
    let party = |address: &str| Party {
        address: address.to_owned(),
        name: String::new(),
        accepted: false,
    };
    Edit::Book(Meeting {
        uid: uid.to_owned(),
        slot: half_hour("2026-03-11T13:00:00Z"),
        weekly: None,
        title: "1:1, made good".to_owned(),
        text: String::new(),
        visibility: Visibility::Public,
        organizer: party(MAYA),
        invited: vec![party(BEN)],
        like: None,
    })
}

/// The series ends before 16 March; another on Thursdays takes its place.
pub(crate) fn onward(uid: &str) -> [Edit; 2] {
    let new = Edit::Successor(Successor {
        uid: uid.to_owned(),
        slot: half_hour("2026-03-19T10:00:00Z"),
        like: None,
    });
    let end = Edit::End {
        from: at("2026-03-16T09:00:00Z"),
    };
    [new, end]
}

/// The network, and whoever is told what it is about to do.
pub(crate) struct Net(pub(crate) Box<dyn Fn(&str) + Send + Sync>);

impl Net {
    fn network(&self) -> Network {
        Network {
            reach: Reach {
                allow_private: true,
                trust: None,
                google: None,
            },
        }
    }
}

impl Eyes for Net {
    async fn read(
        &self,
        access: &Access,
        place: &str,
        now: Instant,
    ) -> Result<Option<Vec<u8>>, Outcome> {
        let place = place.to_owned();
        self.network().read(access.clone(), place, now).await
    }
}

impl Pens for Net {
    type Ready = Looked;

    async fn look(&self, access: &Access, order: &Order) -> Result<Ready<Looked>, Outcome> {
        (self.0)("looking");
        self.network().look(access.clone(), order.clone()).await
    }

    async fn send(&self, access: &Access, order: &Order, ready: Looked) -> Outcome {
        (self.0)("sending");
        let outcome = self
            .network()
            .send(access.clone(), order.clone(), ready)
            .await;
        (self.0)("sent");
        outcome
    }
}

pub(crate) struct Bench {
    pub(crate) store: Store,
    pub(crate) org: Org,
    pub(crate) now: AtomicI64,
}

fn keyring() -> Keyring {
    Keyring::new("k", [7; 32]).unwrap()
}

impl Bench {
    /// On a store that is there already.
    pub(crate) async fn at(address: &str, now: i64) -> Self {
        Self {
            store: Store::open(address).await.unwrap(),
            org: Org::new("o1").unwrap(),
            now: AtomicI64::new(now),
        }
    }

    /// On a new one, in which Maya has connected a calendar.
    pub(crate) async fn new(address: &str, calendar: &str) -> Self {
        let bench = Self::at(address, START).await;
        let (store, org) = (&bench.store, &bench.org);
        store
            .create_organisation(org, "Example", Micros(0))
            .await
            .unwrap();
        let source = NewSource {
            source: "s".to_owned(),
            person: MAYA.to_owned(),
            about: Vec::new(),
            created: Micros(0),
        };
        store.connect(org, &source).await.unwrap();
        let access = Access {
            address: calendar.to_owned(),
            user: Some("maya".to_owned()),
            password: Some("secret".to_owned()),
        };
        let text = serde_json::to_vec(&access).unwrap();
        Vault::new(store, &keyring())
            .keep(org, "source/s", "access", &text)
            .await
            .unwrap();
        bench
    }

    /// An intent to do `edit` at `place`, where `text` is.
    pub(crate) fn intent(name: &str, place: &str, text: Option<&str>, edit: Edit) -> NewIntent {
        let says = |text: &str| steadfast_calendar::says(text.as_bytes());
        let action = Action {
            source: "s".to_owned(),
            place: place.to_owned(),
            basis: text.map_or(Basis::Nothing, |text| Basis::Says(says(text))),
            edit,
            addresses: vec![MAYA.to_owned()],
            zone: "Europe/Berlin".to_owned(),
            policy: "defend".to_owned(),
            because: "something else wants this time".to_owned(),
            uid: None,
            agreed: false,
            ends_offer: None,
            then: None,
        };
        intent(name, MAYA, &action, false, at("2026-03-01T12:00:00Z"))
    }

    /// An intent to move the series at `old`, where `text` is, for good, to one at `new`.
    pub(crate) fn both(name: &str, [new, old]: [&str; 2], text: &str, uid: &str) -> NewIntent {
        let [successor, end] = onward(uid);
        let made = Self::intent(name, new, None, successor);
        let alone: Action = serde_json::from_slice(&made.about).unwrap();
        let then = Then {
            place: old.to_owned(),
            basis: Basis::Says(steadfast_calendar::says(text.as_bytes())),
            edit: end,
            uid: None,
        };
        let action = Action {
            then: Some(Box::new(then)),
            ..alone
        };
        intent(name, MAYA, &action, false, at("2026-03-01T12:00:00Z"))
    }

    pub(crate) async fn write(&self, intents: &[NewIntent]) {
        let write = Write {
            intents,
            ..Write::default()
        };
        self.store.write(&self.org, write).await.unwrap();
    }

    pub(crate) async fn step(&self, net: &Net) -> Step {
        let now = || Micros(self.now.load(Ordering::SeqCst));
        let machine = Machine {
            now: &now,
            chance: &|| 0,
            node: "n",
            every: 1,
        };
        let bounds = Bounds { a_day: 1_000 };
        step(&self.store, &keyring(), net, machine, bounds)
            .await
            .unwrap()
    }

    pub(crate) async fn known(&self, name: &str) -> Intent {
        self.store.intent(&self.org, name).await.unwrap().unwrap()
    }
}

pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(future)
}
