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

use std::process::ExitCode;
use std::time::Instant as Moment;
use steadfast_app::server::ledger;
use steadfast_benches::played::{Failed, play};
use steadfast_benches::usage::own_cpu;
use steadfast_life::{Config, Dialect, World};
use steadfast_store::{Facts, Store};

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

async fn load(managers: usize, reports: usize, weeks: usize) -> Result<(), Failed> {
    let mut config = Config::small(Dialect::Google);
    config.managers = managers;
    config.reports_per_manager = reports;
    config.weeks = i64::try_from(weeks)?;
    let world = World::new(5, &config);
    let folder = tempfile::tempdir()?;
    let store = Store::open(&format!("sqlite:{}", folder.path().join("s.db").display())).await?;
    let cpu = own_cpu();
    let played = play(&store, &world).await?;
    let (connected, rounds, at) = (played.people, played.rounds, played.now);
    let first = connected.first().ok_or("nobody has a calendar")?;
    let facts = store.position(first.viewer().org()).await?;
    println!(
        "{} people, {weeks} weeks: {rounds} rounds, {} facts, {:.2} ms of processor a round",
        connected.len(),
        facts.0,
        (own_cpu() - cpu) * 1e3 / rounds as f64
    );
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
