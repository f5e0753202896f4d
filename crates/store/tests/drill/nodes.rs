//! Several processes share the jobs of one store. One is killed with jobs in hand, another sleeps past its leases and
//! wakes: every job's work is written exactly once.

use crate::process::{Process, run, say};
use std::collections::BTreeSet;
use std::io::Read as _;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use steadfast_store::{
    Accounts, Append, Claim, Expected, Facts, Job, Jobs, Micros, NewFact, NewJob, Org, Store,
    StoreError, Version, Write,
};
use steadfast_testkit::servers::Postgres;

const JOBS: u64 = 500;
/// Long enough for five small writes on a busy machine, short enough to wait for.
const LEASE_MICROSECONDS: i64 = 1_000_000;
const AT_ONCE: u32 = 5;

#[test]
fn nodes_on_one_postgres_do_every_job_once_though_one_is_killed_and_one_wakes_late() {
    drill(&Postgres::shared().database());
}

#[test]
fn processes_on_one_sqlite_do_every_job_once_though_one_is_killed_and_one_wakes_late() {
    let folder = tempfile::tempdir().unwrap();
    drill(&format!(
        "sqlite:{}",
        folder.path().join("store.db").display()
    ));
}

fn drill(address: &str) {
    run(async {
        let store = Store::open(address).await.unwrap();
        store
            .create_organisation(&org(), "Drill", Micros(0))
            .await
            .unwrap();
        let job = NewJob {
            kind: "work".to_owned(),
            unique: None,
            payload: Vec::new(),
            due: Micros(0),
            max_attempts: 10,
        };
        let jobs = vec![job; usize::try_from(JOBS).unwrap()];
        store.enqueue(&org(), &jobs).await.unwrap();
        store.close().await;
    });
    let mut zombie = Process::start("told", address, 1, 0);
    assert_eq!(zombie.hear_until("holds"), u64::from(AT_ONCE));
    let mut killed = Process::start("told", address, 2, 0);
    for _ in 0..4 {
        assert_eq!(killed.hear_until("holds"), u64::from(AT_ONCE));
        killed.go_on();
    }
    killed.hear_until("holds");
    let survivors = [3, 4].map(|number| Process::start("node", address, number, 0));
    killed.kill();
    survivors.into_iter().for_each(Process::end);
    zombie.go_on();
    for _ in 0..AT_ONCE {
        assert!(zombie.hear_until("refused") > 0);
    }
    zombie.end();
    run(async {
        let store = Store::open(address).await.unwrap();
        let done = store
            .read(&org(), "done", Version(0), u32::MAX)
            .await
            .unwrap();
        let each: BTreeSet<Vec<u8>> = done.iter().map(|fact| fact.payload.clone()).collect();
        assert_eq!((done.len() as u64, each.len() as u64), (JOBS, JOBS));
        let nodes: BTreeSet<&str> = done.iter().map(|fact| fact.actor.as_str()).collect();
        assert!(nodes.contains("node 2") && nodes.len() > 1 && !nodes.contains("node 1"));
        assert_eq!(store.depth().await.unwrap(), []);
        assert_eq!(store.check().await.unwrap(), []);
        store.close().await;
    });
}

fn org() -> Org {
    Org::new("drill").unwrap()
}

#[expect(
    clippy::disallowed_methods,
    reason = "nodes share nothing but the machine's clock, and leases are told by it"
)]
fn now() -> Micros {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Micros(i64::try_from(since.as_micros()).unwrap())
}

/// Works until there are no jobs; where it is to be `told`, on no jobs in hand before it is told to go on.
pub(crate) async fn node(address: &str, number: u64, told: bool) {
    let store = Store::open(address).await.unwrap();
    let name = format!("node {number}");
    loop {
        let claim = Claim {
            kinds: &["work"],
            node: &name,
            now: now(),
            until: now().plus(LEASE_MICROSECONDS),
            limit: AT_ONCE,
        };
        let jobs = store.claim(claim).await.unwrap();
        if !jobs.is_empty() {
            say("holds", jobs.len() as u64);
            if told {
                std::io::stdin().read_exact(&mut [0]).unwrap();
            }
        }
        for job in &jobs {
            match work(&store, &name, job).await {
                Ok(_) => say("done", job.lease.job.0),
                Err(StoreError::StaleLease { job }) => say("refused", job),
                Err(error) => panic!("{error}"),
            }
        }
        if jobs.is_empty() {
            let Some(due) = store.next_due(&["work"]).await.unwrap() else {
                break;
            };
            let wait = u64::try_from(due.0 - now().0).unwrap_or(0);
            tokio::time::sleep(Duration::from_micros(wait)).await;
        }
    }
    store.close().await;
}

async fn work(store: &Store, node: &str, job: &Job) -> Result<Vec<Version>, StoreError> {
    let facts = [NewFact {
        kind: "done.v1".to_owned(),
        at: now(),
        actor: node.to_owned(),
        payload: job.lease.job.0.to_string().into_bytes(),
    }];
    let appends = [Append {
        stream: "done",
        expected: Expected::Any,
        facts: &facts,
    }];
    let write = Write {
        appends: &appends,
        finish: Some(&job.lease),
        ..Write::default()
    };
    store.write(&job.lease.org, write).await
}
