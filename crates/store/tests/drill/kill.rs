//! A process appends facts, does the jobs that come of them and projects both, is killed at any moment, and started
//! again, many times. In the end everything is as if nothing had happened.

use crate::process::{Process, run, say};
use std::collections::BTreeMap;
use std::time::Duration;
use steadfast_store::{
    Accounts, Append, Change, Claim, Expected, Fact, Facts, Job, Jobs, Micros, NewFact, NewJob,
    Org, Position, Store, StoreError, Version, Views, Write,
};
use steadfast_testkit::servers::Postgres;

/// Facts per kill: on average the process gets half as far before it is killed.
const FACTS_PER_KILL: u64 = 12;

fn kills() -> u64 {
    std::env::var("STEADFAST_DRILL_KILLS").map_or(20, |said| said.parse().unwrap())
}

#[test]
fn killed_at_any_moment_a_store_on_sqlite_loses_and_repeats_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let address = |name: &str| format!("sqlite:{}", folder.path().join(name).display());
    drill(&address("disturbed"), &address("undisturbed"));
}

#[test]
fn killed_at_any_moment_a_store_on_postgres_loses_and_repeats_nothing() {
    let postgres = Postgres::shared();
    drill(&postgres.database(), &postgres.database());
}

fn drill(disturbed: &str, undisturbed: &str) {
    let kills = kills();
    let facts = kills * FACTS_PER_KILL;
    let mut chance = Chance(kills);
    let mut acknowledged = 0;
    for round in 0..kills {
        let mut process = Process::start("live", disturbed, round, facts);
        let found = process.hear_until("begin");
        assert!(
            found >= acknowledged,
            "{acknowledged} facts were acknowledged, {found} are there after kill {round}"
        );
        // So many words later, and a little: in the middle of whatever it does then.
        for _ in 0..chance.below(FACTS_PER_KILL) {
            match process.hear() {
                Some((word, number)) if word == "kept" => acknowledged = number,
                Some(_) => {}
                None => break,
            }
        }
        std::thread::sleep(Duration::from_micros(chance.below(4_000)));
        process.kill();
    }
    Process::start("live", disturbed, kills, facts).end();
    Process::start("live", undisturbed, 0, facts).end();
    let (disturbed, undisturbed) =
        run(async { (Left::of(disturbed).await, Left::of(undisturbed).await) });
    assert_eq!(undisturbed.life.len() as u64, facts);
    assert_eq!(undisturbed.work.len() as u64, facts);
    assert!(disturbed == undisturbed, "{disturbed:?}\n{undisturbed:?}");
}

/// Everything that has to be the same however often it was disturbed.
#[derive(PartialEq, Debug)]
struct Left {
    /// Facts in order.
    life: Vec<Vec<u8>>,
    /// What the jobs wrote; in which order they were done is chance.
    work: Vec<Vec<u8>>,
    /// What was projected.
    documents: BTreeMap<String, Vec<u8>>,
}

impl Left {
    async fn of(address: &str) -> Self {
        let store = Store::open(address).await.unwrap();
        let org = org();
        assert_eq!(store.check().await.unwrap(), []);
        assert_eq!(store.depth().await.unwrap(), []);
        let said = |facts: Vec<Fact>| facts.into_iter().map(|fact| fact.payload).collect();
        let life = store
            .read(&org, "life", Version(0), u32::MAX)
            .await
            .unwrap();
        let work = store
            .read(&org, "work", Version(0), u32::MAX)
            .await
            .unwrap();
        let documents = store.scan(&org, "said", "", None, u32::MAX).await.unwrap();
        store.close().await;
        let mut work: Vec<Vec<u8>> = said(work);
        work.sort();
        Self {
            life: said(life),
            work,
            documents: documents
                .into_iter()
                .map(|document| (document.key, document.body))
                .collect(),
        }
    }
}

fn org() -> Org {
    Org::new("drill").unwrap()
}

/// Lives until `size` facts are there, all their jobs are done and all is projected. `round` is the time: leases of earlier
/// rounds have ended.
pub(crate) async fn live(address: &str, round: u64, size: u64) {
    let store = Store::open(address).await.unwrap();
    let org = org();
    match store.create_organisation(&org, "Drill", Micros(0)).await {
        Ok(()) | Err(StoreError::Exists(_)) => {}
        Err(error) => panic!("{error}"),
    }
    let mut kept = store.version(&org, "life").await.unwrap().0;
    say("begin", kept);
    loop {
        if kept < size {
            kept = keep(&store, &org, kept).await;
            say("kept", kept);
        }
        let worked = work(&store, &org, round).await;
        let projected = project(&store, &org).await;
        if kept == size && !worked && !projected {
            break;
        }
    }
    store.close().await;
}

fn fact(says: String) -> NewFact {
    NewFact {
        kind: "said.v1".to_owned(),
        at: Micros(0),
        actor: "drill".to_owned(),
        payload: says.into_bytes(),
    }
}

async fn keep(store: &Store, org: &Org, before: u64) -> u64 {
    let number = before + 1;
    let job = NewJob {
        kind: "work".to_owned(),
        unique: Some(format!("job {number}")),
        payload: number.to_string().into_bytes(),
        due: Micros(0),
        // Every kill may cost an attempt.
        max_attempts: u32::MAX,
    };
    let expected = Expected::Exactly(Version(before));
    let facts = [fact(format!("fact {number}"))];
    let after = store
        .append(org, "life", expected, &facts, &[job])
        .await
        .unwrap();
    after.0
}

async fn work(store: &Store, org: &Org, round: u64) -> bool {
    let now = i64::try_from(round).unwrap() * 1000;
    let claim = Claim {
        kinds: &["work"],
        node: "drill",
        now: Micros(now),
        until: Micros(now + 1),
        limit: 3,
    };
    let jobs = store.claim(claim).await.unwrap();
    for job in &jobs {
        finish(store, org, job).await;
        say("worked", 0);
    }
    !jobs.is_empty()
}

async fn finish(store: &Store, org: &Org, job: &Job) {
    let said = String::from_utf8(job.payload.clone()).unwrap();
    let facts = [fact(format!("worked on {said}"))];
    let appends = [Append {
        stream: "work",
        expected: Expected::Any,
        facts: &facts,
    }];
    let write = Write {
        appends: &appends,
        finish: Some(&job.lease),
        ..Write::default()
    };
    store.write(org, write).await.unwrap();
}

async fn project(store: &Store, org: &Org) -> bool {
    let at = store.checkpoint(org, "says").await.unwrap();
    let facts = store.read_all(org, at, 5).await.unwrap();
    let Some(last) = facts.last() else {
        return false;
    };
    let new = Position(last.position.0);
    let count = store.document(org, "said", "count").await.unwrap();
    let count = count.map_or(0, |bytes| {
        String::from_utf8(bytes).unwrap().parse().unwrap()
    });
    let count: usize = count + facts.len();
    let mut changes = vec![Change {
        view: "said".to_owned(),
        key: "count".to_owned(),
        body: Some(count.to_string().into_bytes()),
    }];
    changes.extend(facts.iter().map(|fact| Change {
        view: "said".to_owned(),
        key: String::from_utf8(fact.payload.clone()).unwrap(),
        body: Some(fact.kind.clone().into_bytes()),
    }));
    store
        .commit_view(org, "says", at, new, &changes)
        .await
        .unwrap();
    true
}

/// Chance that is the same on every run (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    }
}
