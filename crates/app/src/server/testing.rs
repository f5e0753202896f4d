//! A real store for every test of a use case.

use super::Viewer;
use super::sync::{Access, Calendars, Found, Trouble};
use steadfast_store::{Accounts, Micros, NewAccount, Org, Store};
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

/// Nobody has a calendar that is asked.
pub(super) struct NoCalendars;

impl Calendars for NoCalendars {
    async fn ask(&self, _: &Access, _: Option<&str>) -> Result<Found, Trouble> {
        panic!("nobody is asked")
    }
}

/// Gives `person` an account: `account-of-` them.
pub(super) async fn joins(store: &Store, org: &Org, person: &str, role: &str) {
    let account = NewAccount {
        account: format!("account-of-{person}"),
        person: person.to_owned(),
        email: person.to_owned(),
        password: None,
        role: role.to_owned(),
        created: Micros(1),
    };
    store.create_account(org, &account).await.unwrap();
}

/// Somebody who is signed in.
pub(super) fn viewer(org: &Org, person: &str) -> Viewer {
    Viewer::signed_in(org.clone(), person)
}
