//! Stores to hold laws against, and short ways to say what goes in.

use std::future::Future;
use steadfast_store::{Accounts, Claim, Job, Jobs, Micros, NewFact, NewJob, Org, Store};
use steadfast_testkit::servers::Postgres;
use tempfile::TempDir;

/// Makes a test on each engine of every law.
macro_rules! laws {
    ($($law:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[test] fn $law() { $crate::support::on_sqlite(super::$law); })*
        }
        mod on_postgres {
            $(#[test] fn $law() { $crate::support::on_postgres(super::$law); })*
        }
    };
}
pub(crate) use laws;

pub(crate) fn on_sqlite<F: Future<Output = ()>>(law: impl FnOnce(Store) -> F) {
    let (_folder, address) = empty_sqlite();
    hold(&address, law);
}

pub(crate) fn on_postgres<F: Future<Output = ()>>(law: impl FnOnce(Store) -> F) {
    hold(&empty_postgres(), law);
}

/// The address of a SQLite store that is not there yet, as long as its folder is kept.
pub(crate) fn empty_sqlite() -> (TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let address = format!("sqlite:{}", folder.path().join("store.db").display());
    (folder, address)
}

/// The address of an empty PostgreSQL database.
pub(crate) fn empty_postgres() -> String {
    Postgres::shared().database()
}

fn hold<F: Future<Output = ()>>(address: &str, law: impl FnOnce(Store) -> F) {
    run(async {
        let store = Store::open(address).await.expect("the store opens");
        law(store.clone()).await;
        store.close().await;
    });
}

pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(future)
}

/// An organisation that is there.
pub(crate) async fn organisation(store: &Store, name: &str) -> Org {
    let org = Org::new(name).expect("a name");
    store
        .create_organisation(&org, name, Micros(0))
        .await
        .expect("a new organisation");
    org
}

/// A fact that says something.
pub(crate) fn fact(says: &str) -> NewFact {
    NewFact {
        kind: "said.v1".to_owned(),
        at: Micros(1_700_000_000_000_000),
        actor: "maya".to_owned(),
        payload: says.as_bytes().to_vec(),
    }
}

/// Facts that say something.
pub(crate) fn facts(says: &[&str]) -> Vec<NewFact> {
    says.iter().map(|says| fact(says)).collect()
}

/// A job of kind `work` that is due at 10 and may be tried three times.
pub(crate) fn job(unique: Option<&str>) -> NewJob {
    NewJob {
        kind: "work".to_owned(),
        unique: unique.map(str::to_owned),
        payload: b"do".to_vec(),
        due: Micros(10),
        max_attempts: 3,
    }
}

/// Claims one job of kind `work`.
pub(crate) async fn claim(store: &Store, now: i64, until: i64) -> Option<Job> {
    let claim = Claim {
        kinds: &["work"],
        node: "node",
        now: Micros(now),
        until: Micros(until),
        limit: 1,
    };
    store.claim(claim).await.expect("a claim").pop()
}
