//! A real store for every test of a use case.

use super::Viewer;
use steadfast_store::{Accounts, Micros, Org, Store};

/// Runs `test` on an empty store with one organisation.
pub(super) fn with_store<F: Future<Output = ()>>(test: impl FnOnce(Store, Org) -> F) {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("store.db").display());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let store = Store::open(&address).await.unwrap();
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
