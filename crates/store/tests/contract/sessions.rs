//! Sessions.

use crate::accounts::account;
use crate::support::{laws, organisation};
use steadfast_store::{
    AccountChange, Accounts, Micros, Org, Session, Sessions, Store, StoreError, TokenHash,
};

laws![
    a_session_lasts_until_it_expires,
    a_session_is_of_one_organisation_and_one_token,
    a_session_needs_its_account,
    a_session_is_extended_only_while_it_lasts,
    a_changed_password_or_an_account_that_closes_or_opens_ends_all_sessions,
    a_session_counts_until_the_moment_at_which_its_account_closes,
    what_has_expired_is_swept_out,
];

async fn with_account(store: &Store) -> Org {
    let org = organisation(store, "acme").await;
    store.create_account(&org, &account("maya")).await.unwrap();
    org
}

fn session(expires: i64) -> Session {
    Session {
        account: "maya".to_owned(),
        created: Micros(1),
        expires: Micros(expires),
    }
}

async fn a_session_lasts_until_it_expires(store: Store) {
    let org = with_account(&store).await;
    let token = TokenHash::of(b"token");
    store
        .open_session(&org, &token, &session(100))
        .await
        .unwrap();
    let found = store.session(&org, &token, Micros(99)).await.unwrap();
    assert_eq!(found, Some(session(100)));
    assert_eq!(
        store.session(&org, &token, Micros(100)).await.unwrap(),
        None
    );
    assert!(store.close_session(&org, &token).await.unwrap());
    assert_eq!(store.session(&org, &token, Micros(9)).await.unwrap(), None);
}

async fn a_session_is_of_one_organisation_and_one_token(store: Store) {
    let org = with_account(&store).await;
    let other = organisation(&store, "other").await;
    let token = TokenHash::of(b"token");
    store
        .open_session(&org, &token, &session(100))
        .await
        .unwrap();
    let twice = store.open_session(&org, &token, &session(100)).await;
    assert!(matches!(twice, Err(StoreError::Exists(_))));
    assert_eq!(
        store.session(&other, &token, Micros(9)).await.unwrap(),
        None
    );
    let wrong = TokenHash::of(b"Token");
    assert_eq!(store.session(&org, &wrong, Micros(9)).await.unwrap(), None);
}

async fn a_session_needs_its_account(store: Store) {
    let org = organisation(&store, "acme").await;
    let refused = store
        .open_session(&org, &TokenHash::of(b"t"), &session(100))
        .await;
    assert!(matches!(refused, Err(StoreError::Missing(_))));
}

async fn a_session_is_extended_only_while_it_lasts(store: Store) {
    let org = with_account(&store).await;
    let token = TokenHash::of(b"token");
    store
        .open_session(&org, &token, &session(100))
        .await
        .unwrap();
    let extend = |now, until| store.extend_session(&org, &token, Micros(now), Micros(until));
    assert!(extend(99, 200).await.unwrap());
    assert!(!extend(200, 300).await.unwrap());
    let found = store.session(&org, &token, Micros(199)).await.unwrap();
    assert_eq!(found, Some(session(200)));
}

async fn a_changed_password_or_an_account_that_closes_or_opens_ends_all_sessions(store: Store) {
    let org = with_account(&store).await;
    for change in [
        AccountChange::Password(Some(vec![9])),
        AccountChange::Disabled(Some(Micros(5))),
        AccountChange::Disabled(None),
    ] {
        for token in [b"a", b"b"] {
            store
                .open_session(&org, &TokenHash::of(token), &session(100))
                .await
                .unwrap();
        }
        store.change_account(&org, "maya", &change).await.unwrap();
        assert_eq!(store.close_sessions(&org, "maya").await.unwrap(), 0);
    }
}

async fn a_session_counts_until_the_moment_at_which_its_account_closes(store: Store) {
    let org = with_account(&store).await;
    let closes = AccountChange::Disabled(Some(Micros(9)));
    store.change_account(&org, "maya", &closes).await.unwrap();
    // However it came to be.
    let token = TokenHash::of(b"c");
    store
        .open_session(&org, &token, &session(100))
        .await
        .unwrap();
    for (now, counts) in [(8, true), (9, false), (10, false)] {
        let found = store.session(&org, &token, Micros(now)).await.unwrap();
        assert_eq!(found.is_some(), counts, "{now}");
    }
    let opens = AccountChange::Disabled(None);
    store.change_account(&org, "maya", &opens).await.unwrap();
    assert_eq!(store.session(&org, &token, Micros(10)).await.unwrap(), None);
}

async fn what_has_expired_is_swept_out(store: Store) {
    let org = with_account(&store).await;
    let (old, new) = (TokenHash::of(b"old"), TokenHash::of(b"new"));
    store.open_session(&org, &old, &session(10)).await.unwrap();
    store.open_session(&org, &new, &session(11)).await.unwrap();
    assert_eq!(store.sweep(Micros(10)).await.unwrap(), 1);
    assert!(!store.close_session(&org, &old).await.unwrap());
    assert!(store.close_session(&org, &new).await.unwrap());
}
