//! What was folded stays what it is through a backup, a restore and a rebuild, on either database and from one to the other.

use super::fold::fold_up_to;
use super::tests::{nothing_old, play, told};
use crate::server::Viewer;
use crate::server::ledger::{Kept, kept, rebuild};
use crate::server::testing::{on_postgres, viewer, with_store};
use steadfast_life::{Config, Dialect, World};
use steadfast_store::{Accounts, Facts, Micros, NewAccount, Org, Position, Store};
use steadfast_testkit::servers::Postgres;

const PROGRAM: &str = "1";
/// Weeks that are kept, and that are kept after the restore.
const KEPT: [i64; 2] = [20, 11];

/// A life of 34 weeks, whose people all have an account.
async fn lived(store: &Store, org: &Org) -> (World, Vec<Viewer>) {
    let mut config = Config::small(Dialect::Google);
    config.managers = 1;
    config.reports_per_manager = 2;
    config.weeks = 34;
    config.poll_minutes = 1_440;
    let world = World::new(4, &config);
    play(store, org, &world).await;
    let owners: Vec<Viewer> = world.owners().map(|owner| viewer(org, owner)).collect();
    for owner in &owners {
        let account = NewAccount {
            account: owner.person().to_owned(),
            person: owner.person().to_owned(),
            email: owner.person().to_owned(),
            password: None,
            role: String::new(),
            created: Micros(1),
        };
        store.create_account(org, &account).await.unwrap();
    }
    (world, owners)
}

async fn ledgers(store: &Store, world: &World, owners: &[Viewer]) -> Vec<Kept> {
    let mut all = Vec::new();
    for owner in owners {
        all.push(kept(store, owner, PROGRAM, world.now()).await.unwrap());
    }
    all
}

async fn fold(store: &Store, org: &Org, world: &World, owners: &[Viewer], weeks: i64) {
    let horizon = world.now().plus_days(-7 * weeks);
    for owner in owners {
        let done = fold_up_to(store, org, owner.person(), horizon, world.now()).await;
        assert!(done.unwrap(), "nothing is held back");
    }
}

/// Folds, backs up, restores to `to`, rebuilds there, and folds on.
async fn there_and_back(store: Store, org: Org, to: &str) {
    let (world, owners) = lived(&store, &org).await;
    let mut lived = Vec::new();
    for owner in &owners {
        lived.push(told(&store, owner, world.now()).await);
    }
    assert!(lived.iter().map(|told| told.len()).sum::<usize>() > 60);
    fold(&store, &org, &world, &owners, KEPT[0]).await;
    let before = ledgers(&store, &world, &owners).await;
    let facts = store.read_all(&org, Position(0), 1_000_000).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("all.backup");
    store.backup(&file).await.unwrap();
    let restored = Store::restore(to, &file).await.unwrap();
    assert_eq!(
        restored
            .read_all(&org, Position(0), 1_000_000)
            .await
            .unwrap(),
        facts
    );
    let rebuilt = rebuild(&restored, PROGRAM, world.now()).await.unwrap();
    let all = owners.len() as u64;
    assert_eq!(
        (rebuilt.ledgers, rebuilt.were_good, rebuilt.differ),
        (all, all, 0)
    );
    let after = ledgers(&restored, &world, &owners).await;
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before.telling(), after.telling());
        assert_eq!(
            before.report().map(|one| one.pairs.len()),
            after.report().map(|one| one.pairs.len())
        );
    }
    for weeks in KEPT {
        fold(&restored, &org, &world, &owners, weeks).await;
        for (owner, lived) in owners.iter().zip(&lived) {
            assert_eq!(told(&restored, owner, world.now()).await, *lived);
        }
    }
    for owner in &owners {
        let horizon = world.now().plus_days(-7 * KEPT[1]);
        nothing_old(&restored, &org, owner.person(), horizon).await;
    }
    restored.close().await;
}

fn on_sqlite(there: impl FnOnce(&str)) {
    let folder = tempfile::tempdir().unwrap();
    there(&format!(
        "sqlite:{}",
        folder.path().join("new.db").display()
    ));
}

#[test]
fn from_sqlite_to_sqlite() {
    on_sqlite(|to| with_store(|store, org| async move { there_and_back(store, org, to).await }));
}

#[test]
fn from_sqlite_to_postgres() {
    let to = Postgres::shared().database();
    with_store(|store, org| async move { there_and_back(store, org, &to).await });
}

#[test]
fn from_postgres_to_postgres() {
    let to = Postgres::shared().database();
    on_postgres(|store, org| async move { there_and_back(store, org, &to).await });
}

#[test]
fn from_postgres_to_sqlite() {
    on_sqlite(|to| on_postgres(|store, org| async move { there_and_back(store, org, to).await }));
}
