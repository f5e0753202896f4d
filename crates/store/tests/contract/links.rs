//! One-time links.

use crate::accounts::account;
use crate::support::{laws, organisation};
use steadfast_store::{
    AccountChange, Accounts, Effect, Links, Micros, NewLink, Org, Sessions, Store, StoreError,
    TokenHash,
};

laws![
    a_link_is_used_once,
    of_people_who_use_a_link_at_once_one_succeeds,
    a_link_is_good_for_its_purpose_in_its_organisation_until_it_expires,
    an_invitation_makes_the_account_in_the_same_stroke,
    a_link_whose_effect_fails_stays_good,
    a_link_can_be_taken_back,
    expired_links_are_swept_out,
    used_links_are_swept_out,
    a_link_that_changed_an_account_ends_the_others_for_the_same,
];

fn token() -> TokenHash {
    TokenHash::of(b"token")
}

async fn with_link(store: &Store) -> Org {
    let org = organisation(store, "acme").await;
    let link = NewLink {
        purpose: "invite".to_owned(),
        payload: b"for maya".to_vec(),
        created: Micros(0),
        expires: Micros(100),
    };
    store.create_link(&org, &token(), &link).await.unwrap();
    org
}

fn is_spent<T>(outcome: &Result<T, StoreError>) -> bool {
    matches!(outcome, Err(StoreError::LinkSpent))
}

async fn a_link_is_used_once(store: Store) {
    let org = with_link(&store).await;
    let now = Micros(99);
    let peeked = store.peek(&org, &token(), "invite", now).await.unwrap();
    let got = store
        .redeem(&org, &token(), "invite", now, Effect::Nothing)
        .await
        .unwrap();
    assert_eq!(
        (peeked.as_slice(), got.as_slice()),
        (&b"for maya"[..], &b"for maya"[..])
    );
    let again = store
        .redeem(&org, &token(), "invite", now, Effect::Nothing)
        .await;
    assert!(is_spent(&again));
    assert!(is_spent(&store.peek(&org, &token(), "invite", now).await));
}

async fn of_people_who_use_a_link_at_once_one_succeeds(store: Store) {
    let org = with_link(&store).await;
    let mut tasks = Vec::new();
    for _ in 0..5 {
        let (store, org) = (store.clone(), org.clone());
        tasks.push(tokio::spawn(async move {
            store
                .redeem(&org, &token(), "invite", Micros(9), Effect::Nothing)
                .await
                .is_ok()
        }));
    }
    let mut used = 0;
    for task in tasks {
        used += u32::from(task.await.unwrap());
    }
    assert_eq!(used, 1);
}

async fn a_link_is_good_for_its_purpose_in_its_organisation_until_it_expires(store: Store) {
    let org = with_link(&store).await;
    let other = organisation(&store, "other").await;
    let token = token();
    let redeem =
        |org, purpose, now| store.redeem(org, &token, purpose, Micros(now), Effect::Nothing);
    assert!(is_spent(&redeem(&org, "reset", 9).await));
    assert!(is_spent(&redeem(&org, "invite", 100).await));
    assert!(is_spent(&redeem(&other, "invite", 9).await));
    redeem(&org, "invite", 99).await.unwrap();
}

async fn an_invitation_makes_the_account_in_the_same_stroke(store: Store) {
    let org = with_link(&store).await;
    let maya = account("maya");
    store
        .redeem(&org, &token(), "invite", Micros(9), Effect::Create(&maya))
        .await
        .unwrap();
    assert!(store.account(&org, "maya").await.unwrap().is_some());
    let second = account("second");
    let again = store
        .redeem(&org, &token(), "invite", Micros(9), Effect::Create(&second))
        .await;
    assert!(is_spent(&again));
    assert!(store.account(&org, "second").await.unwrap().is_none());
}

async fn a_link_whose_effect_fails_stays_good(store: Store) {
    let org = with_link(&store).await;
    let change = AccountChange::Password(Some(vec![5]));
    let effect = Effect::Change("maya", &change);
    let failed = store
        .redeem(&org, &token(), "invite", Micros(9), effect)
        .await;
    assert!(matches!(failed, Err(StoreError::Missing(_))));
    store.create_account(&org, &account("maya")).await.unwrap();
    store
        .redeem(&org, &token(), "invite", Micros(9), effect)
        .await
        .unwrap();
    let found = store.account(&org, "maya").await.unwrap().unwrap();
    assert_eq!(found.password, Some(vec![5]));
}

async fn a_link_can_be_taken_back(store: Store) {
    let org = with_link(&store).await;
    assert!(store.revoke(&org, &token()).await.unwrap());
    assert!(!store.revoke(&org, &token()).await.unwrap());
    assert!(is_spent(
        &store.peek(&org, &token(), "invite", Micros(9)).await
    ));
}

async fn expired_links_are_swept_out(store: Store) {
    let org = with_link(&store).await;
    assert_eq!(store.sweep(Micros(99)).await.unwrap(), 0);
    assert_eq!(store.sweep(Micros(100)).await.unwrap(), 1);
    assert!(!store.revoke(&org, &token()).await.unwrap());
}

async fn used_links_are_swept_out(store: Store) {
    let org = with_link(&store).await;
    let nothing = Effect::Nothing;
    let token = token();
    let used = store.redeem(&org, &token, "invite", Micros(9), nothing);
    used.await.unwrap();
    assert_eq!(store.sweep(Micros(10)).await.unwrap(), 1);
    let again = store.redeem(&org, &token, "invite", Micros(9), nothing);
    assert!(is_spent(&again.await));
}

async fn a_link_that_changed_an_account_ends_the_others_for_the_same(store: Store) {
    let org = organisation(&store, "acme").await;
    store.create_account(&org, &account("maya")).await.unwrap();
    for (number, whose) in [(b"1", b"maya"), (b"2", b"maya"), (b"3", b"noor")] {
        let link = NewLink {
            purpose: "new password".to_owned(),
            payload: whose.to_vec(),
            created: Micros(1),
            expires: Micros(100),
        };
        let token = TokenHash::of(number);
        store.create_link(&org, &token, &link).await.unwrap();
    }
    let change = AccountChange::Password(Some(vec![5]));
    let effect = Effect::Change("maya", &change);
    let first = TokenHash::of(b"1");
    let used = store.redeem(&org, &first, "new password", Micros(9), effect);
    used.await.unwrap();
    for (number, is_good) in [(b"2", false), (b"3", true)] {
        let token = TokenHash::of(number);
        let left = store.peek(&org, &token, "new password", Micros(9)).await;
        assert_eq!(left.is_ok(), is_good);
    }
}
