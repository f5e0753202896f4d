//! `server_load [MANAGERS [REPORTS [WEEKS]]]`: what it costs to judge the pages of people whose calendars were watched for
//! a while.
//!
//! A simulated organisation lives on calendars that say what is new, as a CalDAV server does; every hour in which
//! anything changed is one round. Then everybody's ledger is judged a few times, in turns.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a program of its own"
)]

use std::collections::{BTreeMap, HashMap};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant as Moment;
use steadfast_app::server::accounts::{
    Founder, Fresh, Passwords, SignedIn, accept, invite, session, set_up,
};
use steadfast_app::server::sync::{
    Access, Calendars, Found, FoundCalendar, Machine, News, Object, Step, Trouble, connect, step,
};
use steadfast_app::server::{ServerError, ledger};
use steadfast_benches::usage::own_cpu;
use steadfast_calendar::Instant;
use steadfast_life::{Config, Dialect, World};
use steadfast_store::seal::Keyring;
use steadfast_store::{Facts, Micros, Store};

type Failed = Box<dyn std::error::Error>;

const HOUR: i64 = 3_600_000_000;
/// Judgements of each person.
const TURNS: usize = 3;

fn main() -> ExitCode {
    let named: Result<Vec<usize>, _> = std::env::args().skip(1).map(|said| said.parse()).collect();
    let Ok(named) = named else {
        eprintln!("usage: server_load [MANAGERS [REPORTS [WEEKS]]]");
        return ExitCode::from(2);
    };
    let of = |place: usize, usual: usize| named.get(place).copied().unwrap_or(usual);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let done = runtime
        .map_err(Failed::from)
        .and_then(|runtime| runtime.block_on(load(of(0, 4), of(1, 8), of(2, 52))));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Whole calendars by owner, and how often each was told.
#[derive(Default)]
struct Web(Mutex<HashMap<String, (String, usize)>>);

impl Calendars for Web {
    async fn ask(&self, access: &Access, cursor: Option<&str>) -> Result<Found, Trouble> {
        let said = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let (text, told) = said.get(&access.address).cloned().unwrap_or_default();
        let news = if cursor == Some(told.to_string().as_str()) {
            News::Unchanged
        } else {
            News::Whole {
                objects: vec![Object {
                    href: String::new(),
                    lines: text.into_bytes(),
                }],
                blind: false,
            }
        };
        Ok(Found {
            calendars: vec![FoundCalendar {
                id: String::new(),
                name: String::new(),
                owner: None,
                news,
            }],
            cursor: told.to_string(),
            ..Found::default()
        })
    }
}

/// How long each of many took, and the processor all of them.
struct Times {
    cpu: f64,
    each: Vec<f64>,
}

impl Times {
    fn begin() -> Self {
        Self {
            cpu: own_cpu(),
            each: Vec::new(),
        }
    }

    fn took(&mut self, since: Moment) {
        self.each.push(since.elapsed().as_secs_f64() * 1e3);
    }

    fn tell(mut self, what: &str) {
        let cpu = (own_cpu() - self.cpu) * 1e3 / self.each.len() as f64;
        self.each.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let place = (self.each.len() as f64 * share) as usize;
            self.each.get(place).copied().unwrap_or_default()
        };
        println!(
            "{what}: {cpu:.1} ms of processor; median {:.1} ms, p99 {:.1} ms",
            at(0.5),
            at(0.99)
        );
    }
}

/// Passwords that cost nothing: nobody signs in with one.
struct Cheap;

impl Passwords for Cheap {
    async fn seal(&self, _password: &str, _salt: [u8; 16]) -> Result<Vec<u8>, ServerError> {
        Ok(Vec::new())
    }

    async fn is(&self, _password: &str, _sealed: Option<&[u8]>) -> Result<bool, ServerError> {
        Ok(false)
    }
}

fn fresh() -> Result<Fresh, Failed> {
    let mut bytes = [0; Fresh::BYTES];
    getrandom::fill(&mut bytes)?;
    Ok(Fresh::from(bytes))
}

/// Lets somebody in: the first as the founder, the others by invitation.
async fn join(store: &Store, first: Option<&SignedIn>, address: &str) -> Result<SignedIn, Failed> {
    let password = "correct horse battery";
    let (org, token) = match first {
        None => {
            let founder = Founder {
                organisation: "O".to_owned(),
                name: "Founder".to_owned(),
                email: address.to_owned(),
                password: password.to_owned(),
            };
            set_up(store, &Cheap, Micros(0), &fresh()?, &founder).await?
        }
        Some(first) => {
            let org = first.viewer().org().clone();
            let letter = (address, "Join us");
            let link = invite(store, first, &[], Micros(0), &fresh()?, letter).await?;
            let answer = (&link, "Somebody", password);
            let token = accept(store, &Cheap, &org, Micros(0), &fresh()?, answer).await?;
            (org, token)
        }
    };
    let found = session(store, &org, Micros(0), &token).await?;
    found.ok_or_else(|| "nobody signed in".into())
}

async fn load(managers: usize, reports: usize, weeks: usize) -> Result<(), Failed> {
    let mut config = Config::small(Dialect::Google);
    config.managers = managers;
    config.reports_per_manager = reports;
    config.weeks = i64::try_from(weeks)?;
    let world = World::new(5, &config);
    let mut looks: BTreeMap<Instant, Vec<(String, Vec<u8>)>> = BTreeMap::new();
    for state in world.history() {
        looks
            .entry(state.at)
            .or_default()
            .push((state.owner, state.text));
    }
    let folder = tempfile::tempdir()?;
    let store = Store::open(&format!("sqlite:{}", folder.path().join("s.db").display())).await?;
    let keyring = Keyring::new("k", [7; 32])?;
    let (web, now) = (Web::default(), AtomicI64::new(0));
    let clock = || Micros(now.load(Ordering::Relaxed));
    let machine = Machine {
        now: &clock,
        chance: &|| 0,
        node: "bench",
        every: HOUR,
    };
    let mut connected: Vec<SignedIn> = Vec::new();
    let (cpu, mut rounds) = (own_cpu(), 0);
    for (at, changed) in looks {
        now.store(at.seconds() * 1_000_000, Ordering::Relaxed);
        for (owner, text) in changed {
            {
                let mut said = web
                    .0
                    .lock()
                    .unwrap_or_else(std::sync::PoisonError::into_inner);
                let entry = said.entry(owner.clone()).or_default();
                *entry = (String::from_utf8_lossy(&text).into_owned(), entry.1 + 1);
            }
            if connected.iter().all(|one| one.viewer().person() != owner) {
                let person = join(&store, connected.first(), &owner).await?;
                let access = Access {
                    address: owner,
                    user: None,
                    password: None,
                };
                let viewer = person.viewer();
                connect(
                    &store,
                    &keyring,
                    &web,
                    viewer,
                    machine,
                    &fresh()?,
                    &access,
                    None,
                )
                .await?;
                connected.push(person);
            }
        }
        loop {
            match step(&store, &keyring, &web, machine).await? {
                Step::Idle => break,
                _ => rounds += 1,
            }
        }
    }
    let first = connected.first().ok_or("nobody has a calendar")?;
    let facts = store.position(first.viewer().org()).await?;
    println!(
        "{} people, {weeks} weeks: {rounds} rounds, {} facts, {:.2} ms of processor a round",
        connected.len(),
        facts.0,
        (own_cpu() - cpu) * 1e3 / rounds as f64
    );
    let at = Instant::from_seconds(now.load(Ordering::Relaxed) / 1_000_000);
    let mut judged = Times::begin();
    for turn in 0..TURNS {
        // Another program judges anew.
        let program = format!("bench {turn}");
        for person in &connected {
            let began = Moment::now();
            ledger::kept(&store, person.viewer(), &program, at).await?;
            judged.took(began);
        }
    }
    judged.tell("judging a ledger, and keeping it");
    for person in &connected {
        ledger::kept(&store, person.viewer(), "bench", at).await?;
    }
    let mut kept = Times::begin();
    for _ in 0..TURNS {
        for person in &connected {
            let began = Moment::now();
            ledger::kept(&store, person.viewer(), "bench", at).await?;
            kept.took(began);
        }
    }
    kept.tell("reading one that is kept");
    Ok(())
}
