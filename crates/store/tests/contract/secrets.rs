//! Sealed secrets.

use crate::support::{laws, organisation};
use steadfast_store::seal::{Keyring, SealError, Vault};
use steadfast_store::{Org, Secrets, Store, StoreError};

laws![
    the_first_data_key_of_an_owner_counts,
    a_secret_is_kept_replaced_and_forgotten,
    a_secret_needs_its_owners_data_key,
    a_data_key_is_wrapped_anew_only_from_what_it_was,
    erasing_an_owner_erases_its_secrets,
    a_secret_is_kept_sealed_and_revealed,
    rotation_wraps_every_data_key_anew_and_loses_no_secret,
];

async fn the_first_data_key_of_an_owner_counts(store: Store) {
    let org = organisation(&store, "acme").await;
    for wrapped in [b"first", b"other"] {
        let kept = store.keep_data_key(&org, "maya", wrapped).await.unwrap();
        assert_eq!(kept, b"first");
    }
    let found = store.data_key(&org, "maya").await.unwrap();
    assert_eq!(found.as_deref(), Some(&b"first"[..]));
    assert_eq!(store.data_key(&org, "noor").await.unwrap(), None);
    let nobody = Org::new("nobody").unwrap();
    let refused = store.keep_data_key(&nobody, "maya", b"x").await;
    assert!(matches!(refused, Err(StoreError::Missing(_))));
}

async fn a_secret_is_kept_replaced_and_forgotten(store: Store) {
    let org = organisation(&store, "acme").await;
    store.keep_data_key(&org, "maya", b"key").await.unwrap();
    for sealed in [b"1", b"2"] {
        store
            .keep_secret(&org, "maya", "caldav", sealed)
            .await
            .unwrap();
        let found = store.secret(&org, "maya", "caldav").await.unwrap();
        assert_eq!(found.as_deref(), Some(&sealed[..]));
    }
    assert!(store.forget_secret(&org, "maya", "caldav").await.unwrap());
    assert!(!store.forget_secret(&org, "maya", "caldav").await.unwrap());
    assert_eq!(store.secret(&org, "maya", "caldav").await.unwrap(), None);
}

async fn a_secret_needs_its_owners_data_key(store: Store) {
    let org = organisation(&store, "acme").await;
    let refused = store.keep_secret(&org, "maya", "caldav", b"x").await;
    assert!(matches!(refused, Err(StoreError::Missing(_))));
}

async fn a_data_key_is_wrapped_anew_only_from_what_it_was(store: Store) {
    let org = organisation(&store, "acme").await;
    for owner in ["b", "a", "c"] {
        store.keep_data_key(&org, owner, b"1").await.unwrap();
    }
    assert!(store.rewrap_data_key(&org, "b", b"1", b"2").await.unwrap());
    assert!(!store.rewrap_data_key(&org, "b", b"1", b"3").await.unwrap());
    let keys = store.data_keys(&org, None, 2).await.unwrap();
    let expected = [("a", b"1"), ("b", b"2")].map(|(owner, key)| (owner.to_owned(), key.to_vec()));
    assert_eq!(keys, expected);
    assert_eq!(store.data_keys(&org, Some("b"), 2).await.unwrap().len(), 1);
}

async fn erasing_an_owner_erases_its_secrets(store: Store) {
    let org = organisation(&store, "acme").await;
    store.keep_data_key(&org, "maya", b"key").await.unwrap();
    store
        .keep_secret(&org, "maya", "caldav", b"x")
        .await
        .unwrap();
    assert!(store.erase_owner(&org, "maya").await.unwrap());
    assert!(!store.erase_owner(&org, "maya").await.unwrap());
    assert_eq!(store.secret(&org, "maya", "caldav").await.unwrap(), None);
    assert_eq!(store.data_key(&org, "maya").await.unwrap(), None);
}

async fn a_secret_is_kept_sealed_and_revealed(store: Store) {
    let org = organisation(&store, "acme").await;
    let keyring = Keyring::new("k1", [1; 32]).unwrap();
    let vault = Vault::new(&store, &keyring);
    vault
        .keep(&org, "maya", "caldav", b"hunter2")
        .await
        .unwrap();
    vault.keep(&org, "maya", "empty", b"").await.unwrap();
    let revealed = vault.reveal(&org, "maya", "caldav").await.unwrap();
    assert_eq!(revealed.unwrap().as_slice(), b"hunter2");
    let revealed = vault.reveal(&org, "maya", "empty").await.unwrap();
    assert_eq!(revealed.unwrap().as_slice(), b"");
    assert!(vault.reveal(&org, "maya", "none").await.unwrap().is_none());
    let kept = store.secret(&org, "maya", "caldav").await.unwrap().unwrap();
    assert!(!kept.windows(7).any(|window| window == b"hunter2"));
    // Moved to another name, it does not open.
    store
        .keep_secret(&org, "maya", "moved", &kept)
        .await
        .unwrap();
    let moved = vault.reveal(&org, "maya", "moved").await;
    assert!(matches!(moved, Err(SealError::NotOurs)));
}

async fn rotation_wraps_every_data_key_anew_and_loses_no_secret(store: Store) {
    let org = organisation(&store, "acme").await;
    let old = Keyring::new("k1", [1; 32]).unwrap();
    for owner in ["a", "b", "c"] {
        let vault = Vault::new(&store, &old);
        vault
            .keep(&org, owner, "s", owner.as_bytes())
            .await
            .unwrap();
    }
    let both = Keyring::new("k2", [2; 32])
        .unwrap()
        .with_old("k1", [1; 32])
        .unwrap();
    let vault = Vault::new(&store, &both);
    vault.keep(&org, "d", "s", b"d").await.unwrap();
    assert_eq!(vault.rotate(&org).await.unwrap(), 3);
    assert_eq!(vault.rotate(&org).await.unwrap(), 0);
    let new = Keyring::new("k2", [2; 32]).unwrap();
    let vault = Vault::new(&store, &new);
    for owner in ["a", "b", "c", "d"] {
        let revealed = vault.reveal(&org, owner, "s").await.unwrap().unwrap();
        assert_eq!(revealed.as_slice(), owner.as_bytes());
    }
    let gone = Vault::new(&store, &old).reveal(&org, "a", "s").await;
    assert!(matches!(gone, Err(SealError::UnknownKey(id)) if id == "k2"));
}
