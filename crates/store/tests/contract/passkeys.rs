//! Passkeys.

use crate::accounts::account;
use crate::support::{laws, organisation};
use steadfast_store::{Accounts, Micros, Org, Passkey, Passkeys, Store, StoreError};

laws![
    a_passkey_is_found_by_its_credential_and_by_its_account,
    a_credential_belongs_to_one_account,
    of_two_that_move_a_passkey_on_one_succeeds,
    a_passkey_is_removed_by_its_owner_or_with_the_account,
];

fn passkey(credential: &[u8], account: &str) -> Passkey {
    Passkey {
        credential: credential.to_vec(),
        account: account.to_owned(),
        body: vec![0, 1, 255],
        created: Micros(1),
    }
}

async fn with_accounts(store: &Store) -> Org {
    let org = organisation(store, "acme").await;
    for key in ["maya", "noor"] {
        store.create_account(&org, &account(key)).await.unwrap();
    }
    org
}

async fn a_passkey_is_found_by_its_credential_and_by_its_account(store: Store) {
    let org = with_accounts(&store).await;
    let (first, second) = (passkey(&[2], "maya"), passkey(&[1; 1023], "maya"));
    store.add_passkey(&org, &first).await.unwrap();
    store.add_passkey(&org, &second).await.unwrap();
    let found = store.passkey(&org, &[2]).await.unwrap();
    assert_eq!(found.as_ref(), Some(&first));
    assert_eq!(store.passkey(&org, &[3]).await.unwrap(), None);
    assert_eq!(store.passkeys(&org, "maya").await.unwrap(), [second, first]);
    assert!(store.passkeys(&org, "noor").await.unwrap().is_empty());
}

async fn a_credential_belongs_to_one_account(store: Store) {
    let org = with_accounts(&store).await;
    store
        .add_passkey(&org, &passkey(&[1], "maya"))
        .await
        .unwrap();
    let taken = store.add_passkey(&org, &passkey(&[1], "noor")).await;
    assert!(matches!(taken, Err(StoreError::Exists(_))));
    let nobody = store.add_passkey(&org, &passkey(&[2], "nobody")).await;
    assert!(matches!(nobody, Err(StoreError::Missing(_))));
    for bad in [&[][..], &[0; 1024][..]] {
        let refused = store.add_passkey(&org, &passkey(bad, "maya")).await;
        assert!(matches!(refused, Err(StoreError::BadName { .. })));
    }
}

async fn of_two_that_move_a_passkey_on_one_succeeds(store: Store) {
    let org = with_accounts(&store).await;
    let key = passkey(&[1], "maya");
    store.add_passkey(&org, &key).await.unwrap();
    let update = |new: &'static [u8]| store.update_passkey(&org, &[1], &key.body, new);
    assert!(update(b"first").await.unwrap());
    assert!(!update(b"second").await.unwrap());
    let found = store.passkey(&org, &[1]).await.unwrap().unwrap();
    assert_eq!(found.body, b"first");
}

async fn a_passkey_is_removed_by_its_owner_or_with_the_account(store: Store) {
    let org = with_accounts(&store).await;
    for credential in [[1], [2]] {
        store
            .add_passkey(&org, &passkey(&credential, "maya"))
            .await
            .unwrap();
    }
    assert!(!store.remove_passkey(&org, "noor", &[1]).await.unwrap());
    assert!(store.remove_passkey(&org, "maya", &[1]).await.unwrap());
    store.erase_account(&org, "maya").await.unwrap();
    assert_eq!(store.passkey(&org, &[2]).await.unwrap(), None);
}
