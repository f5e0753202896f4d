//! A store with two people's calendars, a clock that stands where a test puts it, and what each of them is shown.

use crate::calendars::{Reach, network};
use crate::google::AtGoogle;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use steadfast_app::report::Report;
use steadfast_app::server::accounts::{self, Fresh, Token};
use steadfast_app::server::guard::AsksNobody;
use steadfast_app::server::looked::{self, Kind, Look, Noted};
use steadfast_app::server::sync::{
    self, Access, Calendars, Connected, Found, Machine, Step, Tried, Trouble,
};
use steadfast_app::server::{ServerError, Viewer, ledger};
use steadfast_calendar::Instant;
use steadfast_store::seal::Keyring;
use steadfast_store::{
    Accounts, Fact, Facts, Micros, NewAccount, Org, Position, Store, StoreError,
};
use steadfast_testkit::servers::Postgres;
use steadfast_web::Ask;
use tempfile::TempDir;

/// Microseconds between two rounds.
pub(crate) const EVERY: i64 = 15 * 60 * 1_000_000;

/// The moment that is written so.
pub(crate) fn moment(text: &str) -> Instant {
    Instant::from(text.parse::<jiff::Timestamp>().unwrap())
}

pub(crate) fn micros(at: Instant) -> Micros {
    Micros(at.seconds() * 1_000_000)
}

pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(future)
}

/// Where a store is kept.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

pub(crate) const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

impl Engine {
    /// The address of something empty, as long as its folder is kept.
    pub(crate) fn empty(self) -> (TempDir, String) {
        let folder = tempfile::tempdir().unwrap();
        let address = match self {
            Self::Sqlite => format!("sqlite:{}", folder.path().join("store.db").display()),
            Self::Postgres => Postgres::shared().database(),
        };
        (folder, address)
    }
}

/// Calendars over the network, those of this machine among them.
pub(crate) struct Net(pub(crate) Ask);

impl Net {
    pub(crate) fn new() -> Self {
        Self(network(reach()))
    }
}

/// Those of this machine among them, and none at Google.
fn reach() -> Reach {
    Reach {
        allow_private: true,
        trust: None,
        google: None,
    }
}

impl Calendars for Net {
    async fn ask(&self, access: &Access, cursor: Option<&str>) -> Result<Found, Trouble> {
        (self.0)(access.clone(), cursor.map(str::to_owned)).await
    }
}

/// Everything that rounds need.
pub(crate) struct Bench {
    pub(crate) store: Store,
    pub(crate) org: Org,
    pub(crate) now: Arc<AtomicI64>,
    pub(crate) net: Net,
    /// How calendars are reached.
    pub(crate) reach: Reach,
    folder: Option<TempDir>,
}

pub(crate) fn org() -> Org {
    Org::new("o1").unwrap()
}

pub(crate) fn keyring() -> Keyring {
    Keyring::new("k", [7; 32]).unwrap()
}

/// Bytes that are another's for every seed.
fn fresh(seed: &str) -> Fresh {
    let mut bytes = [0; Fresh::BYTES];
    // A round of FNV for every byte; tests need no more of chance.
    let mut mixed: u64 = 0xcbf2_9ce4_8422_2325;
    for (index, byte) in bytes.iter_mut().enumerate() {
        for letter in seed.bytes().chain([u8::try_from(index).unwrap_or(0)]) {
            mixed = (mixed ^ u64::from(letter)).wrapping_mul(0x0100_0000_01b3);
        }
        *byte = mixed.to_be_bytes()[0];
    }
    Fresh::from(bytes)
}

/// Who gets at `address` so.
pub(crate) fn access(address: &str, user: Option<&str>) -> Access {
    Access {
        address: address.to_owned(),
        user: user.map(str::to_owned),
        password: user.map(|_| "secret".to_owned()),
    }
}

impl Bench {
    pub(crate) async fn new(engine: Engine, now: Instant) -> Self {
        let (folder, address) = engine.empty();
        let mut bench = Self::at(&address, now).await;
        bench.folder = Some(folder);
        bench
    }

    /// On a store that may be there already.
    pub(crate) async fn at(address: &str, now: Instant) -> Self {
        let store = Store::open(address).await.unwrap();
        match store
            .create_organisation(&org(), "Example", Micros(0))
            .await
        {
            Ok(()) | Err(StoreError::Exists(_)) => {}
            Err(error) => panic!("{error}"),
        }
        Self {
            store,
            org: org(),
            now: Arc::new(AtomicI64::new(micros(now).0)),
            net: Net::new(),
            reach: reach(),
            folder: None,
        }
    }

    /// The same, of a server that is registered at Google.
    pub(crate) fn at_google(mut self, google: AtGoogle) -> Self {
        self.reach.google = Some(google);
        self.net = Net(network(self.reach.clone()));
        self
    }

    pub(crate) fn instant(&self) -> Instant {
        Instant::from_seconds(self.now.load(Ordering::Relaxed) / 1_000_000)
    }

    pub(crate) fn stands(&self, now: Instant) {
        self.now.store(micros(now).0, Ordering::Relaxed);
    }

    /// What a person's browser has once they are signed in.
    pub(crate) async fn token(&self, person: &str) -> Token {
        let (store, org) = (&self.store, &self.org);
        let now = Micros(self.now.load(Ordering::Relaxed));
        let account = NewAccount {
            account: person.to_owned(),
            person: person.to_owned(),
            email: person.to_owned(),
            password: None,
            role: String::new(),
            created: now,
        };
        match store.create_account(org, &account).await {
            Ok(()) | Err(StoreError::Exists(_)) => {}
            Err(error) => panic!("{error}"),
        }
        static ENTERED: AtomicU64 = AtomicU64::new(0);
        let number = ENTERED.fetch_add(1, Ordering::Relaxed);
        let fresh = fresh(&format!("{person} {} {number}", std::process::id()));
        accounts::enter(store, org, person, now, &fresh)
            .await
            .unwrap()
    }

    /// A person who is signed in.
    pub(crate) async fn viewer(&self, person: &str) -> Viewer {
        let token = self.token(person).await;
        let now = Micros(self.now.load(Ordering::Relaxed));
        let session = accounts::session(&self.store, &self.org, now, &token).await;
        session.unwrap().unwrap().viewer().clone()
    }

    pub(crate) async fn connect(&self, person: &str, access: &Access) -> Connected {
        self.try_connect(person, access).await.unwrap()
    }

    pub(crate) async fn try_connect(
        &self,
        person: &str,
        access: &Access,
    ) -> Result<Connected, ServerError> {
        let now = || Micros(self.now.load(Ordering::Relaxed));
        let fresh = fresh(&format!("{person} {}", access.address));
        let viewer = self.viewer(person).await;
        let (keyring, machine) = (keyring(), machine(&now));
        let tried = sync::connect(
            &self.store,
            &keyring,
            &self.net,
            &viewer,
            machine,
            &fresh,
            access,
            None,
        );
        match tried.await? {
            Tried::Connected(connected) => Ok(connected),
            Tried::PerhapsYours { without, .. } => Err(without),
        }
    }

    /// One round, if one is due.
    pub(crate) async fn try_step(&self) -> Result<Step, ServerError> {
        let now = || Micros(self.now.load(Ordering::Relaxed));
        sync::step(&self.store, &keyring(), &self.net, machine(&now)).await
    }

    /// Does every round that is due by `now`.
    pub(crate) async fn rounds(&self, now: Instant) -> Vec<Step> {
        self.stands(now);
        let mut steps = Vec::new();
        loop {
            match self.try_step().await.unwrap() {
                Step::Idle => return steps,
                one => steps.push(one),
            }
        }
    }

    /// The same, and every one of them gets an answer.
    pub(crate) async fn good_rounds(&self, now: Instant) {
        for step in self.rounds(now).await {
            assert!(
                matches!(step, Step::Changed | Step::Unchanged),
                "{step:?}: {:?}",
                self.problems().await
            );
        }
    }

    async fn problems(&self) -> Vec<Option<String>> {
        use steadfast_store::Sources;
        let all = self.store.sources(&self.org, None, 100).await.unwrap();
        all.into_iter().map(|source| source.problem).collect()
    }

    /// Everybody's ledger is judged and the guard looks, once what was just read has settled.
    pub(crate) async fn judged(&self) {
        self.now.fetch_add(10_000_000, Ordering::Relaxed);
        let now = || Micros(self.now.load(Ordering::Relaxed));
        while ledger::judge_ahead(&self.store, &AsksNobody, "drill", machine(&now))
            .await
            .unwrap()
        {}
    }

    pub(crate) async fn declare(&self, manager: &str, report: &str) {
        let (viewer, reports) = (self.viewer(manager).await, [report.to_owned()]);
        ledger::declare(&self.store, &viewer, self.instant(), &reports, None)
            .await
            .unwrap();
    }

    /// What a person is shown.
    pub(crate) async fn view(&self, person: &str) -> Report {
        let viewer = self.viewer(person).await;
        let (store, now) = (&self.store, self.instant());
        let kept = ledger::kept(store, &viewer, "bench", now).await.unwrap();
        let look = Look::All(Kind::Together);
        let seen = looked::see(store, &Noted::default(), &viewer, now, &kept, look).await;
        let shown = seen.unwrap().expect("something was seen");
        shown.report().clone()
    }

    /// Everything that was kept.
    pub(crate) async fn facts(&self) -> Vec<Fact> {
        let all = self.store.read_all(&self.org, Position(0), 100_000);
        all.await.unwrap()
    }
}

pub(crate) fn machine<'a>(now: &'a (dyn Fn() -> Micros + Sync)) -> Machine<'a> {
    Machine {
        now,
        chance: &|| 0,
        node: "node",
        every: EVERY,
    }
}

/// The ledger in lines, past ones only: day and time promised, verdict, how the actor is known.
pub(crate) fn lines(report: &Report) -> Vec<String> {
    let mut lines = Vec::new();
    for pair in &report.pairs {
        for occurrence in &pair.occurrences {
            if occurrence.verdict.outcome == steadfast_ledger::verdict::Outcome::Open {
                continue;
            }
            let start = occurrence.promised.start.civil(&report.zone);
            lines.push(format!("{start} {}", occurrence.verdict));
        }
    }
    lines
}
