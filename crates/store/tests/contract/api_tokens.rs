//! Tokens for programs.

use crate::accounts::account;
use crate::support::{laws, organisation};
use steadfast_store::{
    AccountChange, Accounts, ApiToken, ApiTokens, Day, Micros, Org, Sessions, Store, StoreError,
    TokenHash,
};

laws![
    a_token_is_found_until_it_expires_and_only_where_it_belongs,
    a_token_lets_nobody_in_whose_account_is_disabled_or_gone,
    a_token_is_taken_back_by_its_owner_alone,
    tokens_are_listed_newest_first_with_the_day_of_their_last_use,
    a_new_password_ends_the_tokens_of_its_account,
    expired_tokens_are_swept_out,
];

fn token(id: &str, account: &str, created: i64) -> ApiToken {
    ApiToken {
        id: id.to_owned(),
        account: account.to_owned(),
        name: "a script".to_owned(),
        scope: "read".to_owned(),
        created: Micros(created),
        expires: Micros(100),
        used: None,
    }
}

fn hash(text: &str) -> TokenHash {
    TokenHash::of(text.as_bytes())
}

async fn with_token(store: &Store) -> Org {
    let org = organisation(store, "acme").await;
    for key in ["maya", "noor"] {
        store.create_account(&org, &account(key)).await.unwrap();
    }
    let one = token("1", "maya", 1);
    store.keep_api_token(&org, &hash("a"), &one).await.unwrap();
    org
}

async fn a_token_is_found_until_it_expires_and_only_where_it_belongs(store: Store) {
    let org = with_token(&store).await;
    let other = organisation(&store, "other").await;
    let find = async |org: &Org, text: &str, now| {
        let found = store.api_token(org, &hash(text), Micros(now)).await;
        found.unwrap()
    };
    assert_eq!(find(&org, "a", 99).await, Some(token("1", "maya", 1)));
    assert_eq!(find(&org, "a", 100).await, None);
    assert_eq!(find(&org, "b", 9).await, None);
    assert_eq!(find(&other, "a", 9).await, None);
    let again = token("2", "noor", 1);
    let taken = store.keep_api_token(&org, &hash("a"), &again).await;
    assert!(matches!(taken, Err(StoreError::Exists(_))));
    let same_id = token("1", "maya", 1);
    let taken = store.keep_api_token(&org, &hash("b"), &same_id).await;
    assert!(matches!(taken, Err(StoreError::Exists(_))));
    let nobodys = token("3", "nobody", 1);
    let refused = store.keep_api_token(&org, &hash("c"), &nobodys).await;
    assert!(matches!(refused, Err(StoreError::Missing(_))));
}

async fn a_token_lets_nobody_in_whose_account_is_disabled_or_gone(store: Store) {
    let org = with_token(&store).await;
    let found = async || store.api_token(&org, &hash("a"), Micros(9)).await.unwrap();
    for (disabled, is_let_in) in [
        (Some(Micros(5)), false),
        (Some(Micros(9)), false),
        (Some(Micros(10)), true),
        (None, true),
    ] {
        let change = AccountChange::Disabled(disabled);
        store.change_account(&org, "maya", &change).await.unwrap();
        assert_eq!(found().await.is_some(), is_let_in);
    }
    assert!(store.erase_account(&org, "maya").await.unwrap());
    assert_eq!(found().await, None);
    assert!(store.api_tokens(&org, "maya").await.unwrap().is_empty());
}

async fn a_token_is_taken_back_by_its_owner_alone(store: Store) {
    let org = with_token(&store).await;
    let revoke = async |account| store.revoke_api_token(&org, account, "1").await.unwrap();
    assert!(!revoke("noor").await);
    assert!(revoke("maya").await);
    assert!(!revoke("maya").await);
    let found = store.api_token(&org, &hash("a"), Micros(9)).await.unwrap();
    assert_eq!(found, None);
}

async fn tokens_are_listed_newest_first_with_the_day_of_their_last_use(store: Store) {
    let org = with_token(&store).await;
    let second = token("2", "maya", 2);
    store
        .keep_api_token(&org, &hash("b"), &second)
        .await
        .unwrap();
    store
        .api_token_used(&org, &hash("a"), Day(7))
        .await
        .unwrap();
    let first = ApiToken {
        used: Some(Day(7)),
        ..token("1", "maya", 1)
    };
    let listed = store.api_tokens(&org, "maya").await.unwrap();
    assert_eq!(listed, [second, first]);
    assert!(store.api_tokens(&org, "noor").await.unwrap().is_empty());
}

async fn a_new_password_ends_the_tokens_of_its_account(store: Store) {
    let org = with_token(&store).await;
    let noors = token("2", "noor", 1);
    store
        .keep_api_token(&org, &hash("b"), &noors)
        .await
        .unwrap();
    let change = AccountChange::Password(Some(vec![9]));
    store.change_account(&org, "maya", &change).await.unwrap();
    for (text, is_good) in [("a", false), ("b", true)] {
        let found = store.api_token(&org, &hash(text), Micros(9)).await.unwrap();
        assert_eq!(found.is_some(), is_good);
    }
}

async fn expired_tokens_are_swept_out(store: Store) {
    let org = with_token(&store).await;
    assert_eq!(store.sweep(Micros(99)).await.unwrap(), 0);
    assert_eq!(store.sweep(Micros(100)).await.unwrap(), 1);
    assert!(store.api_tokens(&org, "maya").await.unwrap().is_empty());
}
