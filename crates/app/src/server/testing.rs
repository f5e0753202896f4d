//! A real store for every test of a use case.

use super::Viewer;
use steadfast_store::{Accounts, Micros, Org, Store};
use steadfast_testkit::servers::Postgres;

/// Runs `test` on an empty store with one organisation.
pub(super) fn with_store<F: Future<Output = ()>>(test: impl FnOnce(Store, Org) -> F) {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("store.db").display());
    with_store_at(&address, test);
}

/// The same on PostgreSQL.
pub(super) fn on_postgres<F: Future<Output = ()>>(test: impl FnOnce(Store, Org) -> F) {
    with_store_at(&Postgres::shared().database(), test);
}

fn with_store_at<F: Future<Output = ()>>(address: &str, test: impl FnOnce(Store, Org) -> F) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let store = Store::open(address).await.unwrap();
        let org = Org::new("o1").unwrap();
        store
            .create_organisation(&org, "Example", Micros(0))
            .await
            .unwrap();
        test(store.clone(), org).await;
        store.close().await;
    });
}

/// Somebody who is signed in.
pub(super) fn viewer(org: &Org, person: &str) -> Viewer {
    Viewer::signed_in(org.clone(), person)
}
