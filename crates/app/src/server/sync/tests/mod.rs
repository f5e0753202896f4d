//! Rounds on a real store, with sources that say what the test wants.

mod addresses;
mod by_key;
mod deeds;
mod given_back;
mod kept;
mod left;
mod life;
mod pieces;
mod rounds;
mod watch;

use super::*;
use crate::audit::{Audit, Options, pair_id};
use crate::report::Report;
use crate::server::accounts::Fresh;
use crate::server::testing::with_store;
use crate::server::{ServerError, Viewer, ledger};
use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};
use steadfast_calendar::Instant;
use steadfast_ledger::case::Who;
use steadfast_ledger::verdict::Outcome;
use steadfast_life::{Config, Dialect, World};
use steadfast_store::seal::Keyring;
use steadfast_store::{Facts, Jobs, Micros, Org, Position, Store};

const MAYA: &str = "maya@example.com";
const BEN: &str = "ben@example.com";
const HOUR: i64 = 3_600 * 1_000_000;
/// 2026-01-05T00:00:00Z, a Monday.
const START: i64 = 1_767_571_200 * 1_000_000;

/// A place for everything that a round needs.
struct Bench {
    store: Store,
    org: Org,
    keyring: Keyring,
    now: AtomicI64,
    /// What stands at each address, or what is wrong with it.
    web: Web,
}

#[derive(Default)]
struct Web(
    Mutex<HashMap<String, Result<Vec<FoundCalendar>, Trouble>>>,
    Mutex<Vec<String>>,
);

impl Calendars for Web {
    async fn ask(&self, access: &Access, cursor: Option<&str>) -> Result<Found, Trouble> {
        let known = self.0.lock().unwrap();
        let said = known.get(&access.address).cloned().unwrap();
        let calendars = said?;
        let gone = match cursor {
            Some(before) => before
                .lines()
                .filter(|id| calendars.iter().all(|one| one.id != *id))
                .map(str::to_owned)
                .collect(),
            None => Vec::new(),
        };
        let ids: Vec<&str> = calendars.iter().map(|one| one.id.as_str()).collect();
        Ok(Found {
            cursor: ids.join("\n"),
            unreadable: self
                .1
                .lock()
                .unwrap()
                .iter()
                .map(|id| (id.clone(), "no".to_owned()))
                .collect(),
            calendars,
            gone,
            ..Found::default()
        })
    }
}

fn with_bench<F: Future<Output = ()>>(test: impl FnOnce(Bench) -> F) {
    with_store(|store, org| {
        test(Bench {
            store,
            org,
            keyring: Keyring::new("k", [7; 32]).unwrap(),
            now: AtomicI64::new(START),
            web: Web::default(),
        })
    });
}

fn access(address: &str) -> Access {
    Access {
        address: address.to_owned(),
        user: None,
        password: None,
    }
}

fn calendar(id: &str, news: News) -> FoundCalendar {
    FoundCalendar {
        id: id.to_owned(),
        name: id.to_owned(),
        owner: None,
        news,
    }
}

/// A feed that says `text`.
fn whole(text: &str) -> News {
    News::Whole {
        objects: vec![Object {
            href: String::new(),
            lines: text.as_bytes().to_vec(),
        }],
        kept: Vec::new(),
        blind: false,
    }
}

impl Bench {
    fn machine<'a>(&self, now: &'a (dyn Fn() -> Micros + Sync)) -> Machine<'a> {
        Machine {
            now,
            chance: &|| 0,
            node: "node",
            every: HOUR,
        }
    }

    fn viewer(&self, person: &str) -> Viewer {
        Viewer::signed_in(self.org.clone(), person)
    }

    fn instant(&self) -> Instant {
        instant(Micros(self.now.load(Ordering::Relaxed)))
    }

    fn stands(&self, address: &str, calendars: Vec<FoundCalendar>) {
        let mut web = self.web.0.lock().unwrap();
        web.insert(address.to_owned(), Ok(calendars));
    }

    fn breaks(&self, address: &str, stops: bool) {
        let trouble = Trouble {
            after: None,
            what: "it does not answer".to_owned(),
            hint: "wait".to_owned(),
            stops,
        };
        let mut web = self.web.0.lock().unwrap();
        web.insert(address.to_owned(), Err(trouble));
    }

    async fn connect(&self, person: &str, address: &str) -> Result<Connected, ServerError> {
        match self.try_to_connect(person, &access(address), None).await? {
            Tried::Connected(connected) => Ok(connected),
            Tried::PerhapsYours { without, .. } => Err(without),
        }
    }

    async fn try_to_connect(
        &self,
        person: &str,
        access: &Access,
        also_me: Option<&str>,
    ) -> Result<Tried, ServerError> {
        let now = Micros(self.now.load(Ordering::Relaxed));
        let mut bytes = [0; Fresh::BYTES];
        bytes
            .iter_mut()
            .zip(access.address.bytes().cycle())
            .for_each(|(to, from)| *to = from);
        let (viewer, clock) = (self.viewer(person), move || now);
        connect(
            &self.store,
            &self.keyring,
            &self.web,
            &viewer,
            self.machine(&clock),
            &Fresh::from(bytes),
            access,
            also_me,
        )
        .await
    }

    /// Moves the clock on and does every round that is due.
    async fn after(&self, micros: i64) -> Vec<Step> {
        self.now.fetch_add(micros, Ordering::Relaxed);
        let now = Micros(self.now.load(Ordering::Relaxed));
        let clock = move || now;
        let mut steps = Vec::new();
        loop {
            let machine = self.machine(&clock);
            match step(&self.store, &self.keyring, &self.web, machine).await {
                Ok(Step::Idle) => return steps,
                Ok(one) => steps.push(one),
                Err(error) => panic!("{error:?}"),
            }
        }
    }

    async fn facts(&self) -> usize {
        let all = self.store.read_all(&self.org, Position(0), 10_000);
        // What is noted for somebody's log is no part of the ledger.
        let ledger = all.await.unwrap().into_iter();
        ledger
            .filter(|fact| !fact.stream.starts_with("log/"))
            .count()
    }

    async fn status(&self, person: &str) -> Status {
        let viewer = self.viewer(person);
        statuses(&self.store, &viewer).await.unwrap().remove(0)
    }

    async fn view(&self, person: &str) -> Report {
        let viewer = self.viewer(person);
        let view = ledger::report(&self.store, &viewer, self.instant()).await;
        view.unwrap().unwrap()
    }
}

fn event(uid: &str, start: &str, rest: &str) -> String {
    format!(
        "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:{start}\r\nDURATION:PT30M\r\nSUMMARY:1:1 Maya / Ben\r\n\
         ORGANIZER:mailto:{MAYA}\r\nATTENDEE:mailto:{MAYA}\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{BEN}\r\n{rest}END:VEVENT\r\n"
    )
}

fn text(events: &[String]) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n",
        events.concat()
    )
}

/// Tuesdays at 14:00 UTC from 6 January on.
fn weekly(rest: &str) -> String {
    event(
        "u1",
        "20260106T140000Z",
        &format!("RRULE:FREQ=WEEKLY\r\n{rest}"),
    )
}

fn outcomes(report: &Report) -> Vec<Outcome> {
    let pair = report.pairs.iter().find(|p| p.id == pair_id(MAYA, BEN));
    let occurrences = pair.map_or(&[][..], |pair| &pair.occurrences);
    occurrences
        .iter()
        .map(|o| o.verdict.outcome)
        .filter(|outcome| *outcome != Outcome::Open)
        .collect()
}
