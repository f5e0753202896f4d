//! Mail in somebody's name on a real store: what is shown, what goes out, once, and what does not. Calendar and mail server
//! are scripts here; real ones are in the tests of the program.

mod counter;
mod ends;
mod given_up;
mod goes;
mod picks;
mod picks_for_good;
mod said;

use super::*;
use crate::audit::pair_id;
use crate::server::acting::{
    Action, Basis, Came, Eyes, Outcome, Unsaid, action_of, go_on, intent, stop,
};
use crate::server::chat::Message;
use crate::server::guard::tests::{BEN, Bench, MAYA, at, now, one_on_one, with_bench};
use crate::server::mail::{Mail, Office, Post, Posted};
use crate::server::sync::{Access, Machine};
use crate::server::testing::viewer;
use crate::server::{ServerError, Viewer};
use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};
use steadfast_calendar::edit::{By, Edit, Edited, Meeting, Party, apply};
use steadfast_calendar::{Instant, Slot, Visibility};
use steadfast_store::seal::{Keyring, Vault};
use steadfast_store::{ACT, Cap, Claim, Ended, Facts, IntentState, Intents, Jobs, Micros, Write};

const ZONE: &str = "Europe/Berlin";
const SOURCE: &str = "s-maya@example.com";

/// The calendar, as it stands; and a mail server that answers as it is told.
#[derive(Default)]
struct Outside {
    object: Mutex<Option<String>>,
    said: Mutex<VecDeque<Posted>>,
    given: Mutex<Vec<Mail>>,
}

impl Eyes for Outside {
    async fn read(&self, _: &Access, _: &str, _: Instant) -> Result<Option<Vec<u8>>, Outcome> {
        let object = self.object.lock().unwrap().clone();
        Ok(object.map(String::into_bytes))
    }
}

impl Post for Outside {
    async fn post(&self, mail: &Mail) -> Posted {
        self.given.lock().unwrap().push(mail.clone());
        let said = self.said.lock().unwrap().pop_front();
        said.unwrap_or(Posted::Taken)
    }

    async fn chat(&self, message: &Message) -> Posted {
        panic!("a chat is told nothing in anybody's name: {message:?}")
    }

    fn has_mail(&self) -> bool {
        true
    }
}

impl Outside {
    fn stands(&self, object: Option<&str>) {
        *self.object.lock().unwrap() = object.map(str::to_owned);
    }

    fn says(&self, answers: &[Posted]) {
        *self.said.lock().unwrap() = answers.iter().cloned().collect();
    }

    fn given(&self) -> Vec<Mail> {
        self.given.lock().unwrap().clone()
    }
}

/// A server with Maya's calendar, on which her 1:1 with Ben lies.
struct Desk {
    bench: Bench,
    keyring: Keyring,
    office: Office,
    outside: Outside,
    clock: AtomicI64,
}

fn with_desk<F: Future<Output = ()>>(test: impl FnOnce(Desk) -> F) {
    with_bench(|bench| async move {
        bench.mayas(&one_on_one(""), &[]).await;
        bench.joins(MAYA).await;
        let keyring = Keyring::new("k", [7; 32]).unwrap();
        let access = Access {
            address: "https://calendar.example/".to_owned(),
            user: None,
            password: None,
        };
        let text = serde_json::to_vec(&access).unwrap();
        Vault::new(&bench.store, &keyring)
            .keep(&bench.org, &format!("source/{SOURCE}"), "access", &text)
            .await
            .unwrap();
        let desk = Desk {
            bench,
            keyring,
            office: Office {
                address: "https://steadfast.example.org".to_owned(),
                domain: "example.org".to_owned(),
                from: "steadfast@example.org".to_owned(),
            },
            outside: Outside::default(),
            clock: AtomicI64::new(now().seconds() * 1_000_000),
        };
        test(desk).await;
    });
}

/// A 1:1 that was booked: its edit, and the object.
fn booked(uid: &str) -> (Edit, String) {
    let party = |address: &str, name: &str| Party {
        address: address.to_owned(),
        name: name.to_owned(),
        accepted: false,
    };
    let start = at("2026-04-02T12:00:00Z");
    let edit = Edit::Book(Meeting {
        uid: uid.to_owned(),
        slot: Slot::new(start, start.plus_minutes(30)),
        weekly: None,
        title: "1:1 Maya / Ben".to_owned(),
        text: String::new(),
        visibility: Visibility::Public,
        organizer: party(MAYA, "Maya Lind"),
        invited: vec![party(BEN, "Ben Okafor")],
        like: None,
    });
    let zone = jiff::tz::TimeZone::get(ZONE).unwrap();
    let by = By {
        addresses: &[MAYA],
        zone: &zone,
        now: now(),
    };
    let Ok(Edited::Text(text)) = apply(None, &edit, &by) else {
        panic!("{edit:?}");
    };
    (edit, String::from_utf8(text).unwrap())
}

fn deed() -> String {
    let pair = pair_id(MAYA, BEN);
    let promised = at("2026-03-31T14:00:00Z").seconds();
    format!("guard/{pair}/{promised}/book/1775131200")
}

impl Desk {
    fn maya(&self) -> Viewer {
        viewer(&self.bench.org, MAYA)
    }

    fn instant(&self) -> Instant {
        Instant::from_seconds(self.clock.load(Ordering::Relaxed) / 1_000_000)
    }

    /// Something was done to Maya's calendar, whose server told nobody; `object` is what stands there since, or stood.
    async fn did(&self, name: &str, edit: Edit, object: &str, undoes: Option<&str>) {
        let came = Came {
            untold: vec![BEN.to_owned()],
            ..Came::default()
        };
        self.did_so(name, edit, object, undoes, came).await;
    }

    /// The same, and this is what is known of who was told.
    async fn did_so(&self, name: &str, edit: Edit, object: &str, undoes: Option<&str>, came: Came) {
        let (store, org) = (&self.bench.store, &self.bench.org);
        let undone = match undoes {
            Some(name) => store.intent(org, name).await.unwrap(),
            None => None,
        };
        // What takes something back is decided on a calendar in which that stands.
        let undone = undone.and_then(|undone| action_of(&undone).ok());
        let basis = undone.map_or(Basis::Nothing, |undone| Basis::After(Box::new(undone.edit)));
        let action = Action {
            source: SOURCE.to_owned(),
            place: "/own/good.ics".to_owned(),
            basis,
            edit,
            addresses: vec![MAYA.to_owned()],
            zone: ZONE.to_owned(),
            policy: "you decided it".to_owned(),
            because: "the last one was lost".to_owned(),
            uid: None,
            agreed: false,
            ends_offer: None,
            then: None,
        };
        let mut new = intent(name, MAYA, &action, true, now());
        new.undoes = undoes.map(str::to_owned);
        let write = Write {
            intents: &[new],
            ..Write::default()
        };
        store.write(org, write).await.unwrap();
        let far = Micros(i64::MAX / 2);
        let claim = Claim {
            kinds: &[ACT],
            node: "n",
            now: far,
            until: far.plus(1),
            limit: 1,
        };
        let job = store.claim(claim).await.unwrap().remove(0);
        let (at, cap) = (
            Micros(now().seconds() * 1_000_000),
            Cap {
                most: 9,
                since: Micros(0),
            },
        );
        let gate = store.let_go(&job.lease, name, None, at, cap).await;
        gate.unwrap();
        let came = Came {
            unsaid: Unsaid::of(
                object.as_bytes(),
                &action,
                (&came.told, &came.untold),
                now(),
            ),
            ..came
        };
        assert!(came.unsaid.is_some() || came.untold.is_empty());
        let result = serde_json::to_vec(&came).unwrap();
        let ended = Ended {
            intent: name,
            state: IntentState::Done,
            at,
            result: &result,
        };
        let write = Write {
            finish: Some(&job.lease),
            ended: Some(&ended),
            ..Write::default()
        };
        store.write(org, write).await.unwrap();
    }

    /// The 1:1 is booked, and stands.
    async fn books(&self) {
        let (edit, object) = booked("good");
        self.did(&deed(), edit, &object, None).await;
        self.outside.stands(Some(&object));
    }

    async fn preview(&self, name: &str) -> Preview {
        self.try_preview(name).await.unwrap()
    }

    async fn try_preview(&self, name: &str) -> Result<Preview, ServerError> {
        let (store, sender) = (&self.bench.store, Some(self.office.from.as_str()));
        preview(store, &self.maya(), name, sender, self.instant()).await
    }

    async fn heard(&self, name: &str) -> Heard {
        self.preview(name).await.whom.remove(0).heard
    }

    async fn approve(&self, name: &str, mark: &str) -> Result<usize, ServerError> {
        let (maya, now) = (self.maya(), self.instant());
        let ahead = self.bench.ahead(&maya, now).await;
        approve(
            &self.bench.store,
            &maya,
            &ahead,
            &self.office,
            now,
            (name, mark),
        )
        .await
    }

    async fn approves(&self, name: &str) {
        let mark = self.preview(name).await.mark;
        assert_eq!(self.approve(name, &mark).await.unwrap(), 1);
    }

    /// One step, when the next is due.
    async fn step(&self) -> Step {
        self.try_step().await.unwrap()
    }

    async fn try_step(&self) -> Result<Step, ServerError> {
        let store = &self.bench.store;
        if let Some(due) = store.next_due(&[IMIP]).await.unwrap() {
            self.clock.fetch_max(due.0, Ordering::Relaxed);
        }
        let now = || Micros(self.clock.load(Ordering::Relaxed));
        let machine = Machine {
            now: &now,
            chance: &|| 0,
            node: "n",
            every: 900_000_000,
        };
        let lent = Lent {
            post: &self.outside,
            eyes: &self.outside,
            office: &self.office,
            keyring: &self.keyring,
            program: "test",
        };
        step(store, &lent, machine).await
    }
}

fn why(refused: Result<usize, ServerError>) -> String {
    match refused {
        Err(ServerError::Input(what, _)) => what,
        other => panic!("{other:?}"),
    }
}

fn dropped(heard: &Heard) -> &str {
    match heard {
        Heard::NotSent(_, NotSent::Dropped(why)) => why,
        other => panic!("{other:?}"),
    }
}

fn later() -> Posted {
    Posted::Later {
        why: "not now".to_owned(),
    }
}
