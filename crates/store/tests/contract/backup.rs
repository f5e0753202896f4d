//! Backup, restore, and the doctor's look.

use crate::support::{
    claim, empty_postgres, empty_sqlite, fact, facts, job, laws, organisation, run,
};
use std::fs;
use std::path::{Path, PathBuf};
use steadfast_store::{
    Access, AccessLog, Accounts, ApiToken, ApiTokens, Change, Day, Effect, Expected, Facts,
    Intents, Links, Micros, NewAccount, NewFact, NewIntent, NewLink, NewSource, Org, Passkey,
    Passkeys, Position, Schedules, Secrets, Session, Sessions, Sources, Store, StoreError,
    TokenHash, Version, Views, Write,
};

laws![
    a_backup_is_restored_into_either_engine_as_it_was,
    a_backup_of_the_same_content_is_the_same_on_every_engine_and_in_every_release,
    a_backup_taken_while_others_write_is_of_one_moment,
    a_broken_backup_restores_nothing,
    a_store_that_holds_something_is_not_restored_into,
    a_store_that_was_opened_and_left_empty_can_be_restored_into,
    a_healthy_store_has_no_trouble,
];

/// A backup that was made by this release's form. It never changes; a later form gets one beside it.
const GOLDEN: &str = "tests/golden/backup-0010.bin";
/// Backups of releases before, each with its number of migrations: they are restored for ever.
const OLDER: &[&str] = &[
    "tests/golden/backup-0006.bin",
    "tests/golden/backup-0007.bin",
    "tests/golden/backup-0008.bin",
    "tests/golden/backup-0009.bin",
];

/// Something in every table.
async fn everything(store: &Store) -> Org {
    let org = organisation(store, "acme").await;
    let other = organisation(store, "Ünal").await;
    let strange = NewFact {
        payload: vec![0, 255, 39, 92],
        at: Micros(i64::MIN),
        ..fact("")
    };
    store
        .append(&org, "a", Expected::Any, &[strange, fact("2")], &[])
        .await
        .unwrap();
    store
        .append(
            &other,
            "a",
            Expected::Any,
            &facts(&["x"]),
            &[job(Some("u")), job(None)],
        )
        .await
        .unwrap();
    store.fold(&org, "a", Version(1), None).await.unwrap();
    let change = Change {
        view: "v".to_owned(),
        key: "k".to_owned(),
        body: Some(b"body".to_vec()),
    };
    store
        .commit_view(&org, "p", Position(0), Position(2), &[change])
        .await
        .unwrap();
    let lease = claim(store, 10, 20).await.unwrap().lease;
    store.plan(&org, "letter", Micros(5)).await.unwrap();
    let account = NewAccount {
        account: "maya".to_owned(),
        person: "maya".to_owned(),
        email: "maya@example.org".to_owned(),
        password: None,
        role: "manager".to_owned(),
        created: Micros(1),
    };
    store.create_account(&org, &account).await.unwrap();
    let session = Session {
        account: "maya".to_owned(),
        created: Micros(1),
        expires: Micros(9),
    };
    store
        .open_session(&org, &TokenHash::of(b"s"), &session)
        .await
        .unwrap();
    let link = NewLink {
        purpose: "invite".to_owned(),
        payload: Vec::new(),
        created: Micros(1),
        expires: Micros(9),
    };
    for token in [b"1", b"2"] {
        store
            .create_link(&org, &TokenHash::of(token), &link)
            .await
            .unwrap();
    }
    store
        .redeem(
            &org,
            &TokenHash::of(b"1"),
            "invite",
            Micros(2),
            Effect::Nothing,
        )
        .await
        .unwrap();
    let passkey = Passkey {
        credential: vec![200],
        account: "maya".to_owned(),
        body: vec![1],
        created: Micros(1),
    };
    store.add_passkey(&org, &passkey).await.unwrap();
    let look = Access {
        day: Day(1),
        actor: "admin".to_owned(),
        subject: "maya".to_owned(),
        what: "coverage".to_owned(),
    };
    store.log_access(&org, &[look]).await.unwrap();
    store.keep_data_key(&org, "maya", b"key").await.unwrap();
    store
        .keep_secret(&org, "maya", "caldav", b"sealed")
        .await
        .unwrap();
    let source = NewSource {
        source: "s".to_owned(),
        person: "maya".to_owned(),
        about: b"a calendar".to_vec(),
        created: Micros(1),
    };
    store.connect(&org, &source).await.unwrap();
    let token = ApiToken {
        id: "1".to_owned(),
        account: "maya".to_owned(),
        name: "a script".to_owned(),
        scope: "read".to_owned(),
        created: Micros(1),
        expires: Micros(9),
        used: Some(Day(0)),
    };
    let hash = TokenHash::of(b"p");
    store.keep_api_token(&org, &hash, &token).await.unwrap();
    drop(lease);
    let intent = NewIntent {
        intent: "i".to_owned(),
        person: "maya".to_owned(),
        about: b"move it".to_vec(),
        undoes: Some("before".to_owned()),
        by_hand: true,
        created: Micros(1),
    };
    let write = Write {
        intents: &[intent],
        ..Write::default()
    };
    store.write(&org, write).await.unwrap();
    store.halt(&org, None, Micros(1), "admin").await.unwrap();
    org
}

async fn backup(store: &Store, folder: &Path) -> PathBuf {
    let path = folder.join("backup");
    store.backup(&path).await.unwrap();
    assert!(!folder.join("backup.part").exists());
    path
}

async fn a_backup_is_restored_into_either_engine_as_it_was(store: Store) {
    everything(&store).await;
    let folder = tempfile::tempdir().unwrap();
    let first = backup(&store, folder.path()).await;
    let (_kept, sqlite) = empty_sqlite();
    for address in [sqlite, empty_postgres()] {
        let restored = Store::restore(&address, &first).await.unwrap();
        let second = folder.path().join("second");
        restored.backup(&second).await.unwrap();
        assert!(fs::read(&first).unwrap() == fs::read(&second).unwrap());
        assert_eq!(restored.check().await.unwrap(), []);
        // And life goes on.
        let org = Org::new("acme").unwrap();
        let after = restored
            .append(
                &org,
                "a",
                Expected::Exactly(Version(2)),
                &facts(&["3"]),
                &[],
            )
            .await
            .unwrap();
        assert_eq!(after, Version(3));
        restored.close().await;
    }
}

async fn a_backup_of_the_same_content_is_the_same_on_every_engine_and_in_every_release(
    store: Store,
) {
    everything(&store).await;
    let folder = tempfile::tempdir().unwrap();
    let path = backup(&store, folder.path()).await;
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join(GOLDEN);
    if !golden.exists() {
        fs::create_dir_all(golden.parent().unwrap()).unwrap();
        fs::copy(&path, &golden).unwrap();
        panic!("{GOLDEN} was not there and was written; look at it and commit it");
    }
    assert!(
        fs::read(&path).unwrap() == fs::read(&golden).unwrap(),
        "the backup differs from {GOLDEN}"
    );
    for known in OLDER.iter().chain([&GOLDEN]) {
        let known = Path::new(env!("CARGO_MANIFEST_DIR")).join(known);
        let (_kept, address) = empty_sqlite();
        let restored = Store::restore(&address, &known).await.unwrap();
        assert_eq!(restored.check().await.unwrap(), []);
        restored.close().await;
    }
}

async fn a_backup_taken_while_others_write_is_of_one_moment(store: Store) {
    let org = organisation(&store, "acme").await;
    let writer = {
        let (store, org) = (store.clone(), org.clone());
        tokio::spawn(async move {
            let mut at = Position(0);
            for _ in 0..60 {
                let more = facts(&["x", "y", "z"]);
                let write = Write {
                    jobs: &[job(None)],
                    ..Write::default()
                };
                store.write(&org, write).await.unwrap();
                store
                    .append(&org, "a", Expected::Any, &more, &[job(None)])
                    .await
                    .unwrap();
                let new = Position(at.0 + 3);
                store.commit_view(&org, "p", at, new, &[]).await.unwrap();
                at = new;
            }
        })
    };
    let folder = tempfile::tempdir().unwrap();
    let mut before = 0;
    for _ in 0..4 {
        let path = backup(&store, folder.path()).await;
        let (_kept, address) = empty_sqlite();
        let restored = Store::restore(&address, &path).await.unwrap();
        assert_eq!(restored.check().await.unwrap(), []);
        let position = restored.position(&org).await.unwrap().0;
        let facts = restored.read_all(&org, Position(0), 1000).await.unwrap();
        assert_eq!(facts.len() as u64, position);
        assert_eq!(position % 3, 0);
        let checkpoint = restored.checkpoint(&org, "p").await.unwrap().0;
        assert!(checkpoint == position || checkpoint + 3 == position);
        assert!(position >= before);
        before = position;
        restored.close().await;
    }
    writer.await.unwrap();
}

async fn a_broken_backup_restores_nothing(store: Store) {
    everything(&store).await;
    let folder = tempfile::tempdir().unwrap();
    let whole = fs::read(backup(&store, folder.path()).await).unwrap();
    let mut changed = whole.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    let broken = folder.path().join("broken");
    let (_kept, sqlite) = empty_sqlite();
    for address in [sqlite, empty_postgres()] {
        for bytes in [&whole[..whole.len() - 1], &whole[..middle], &changed, b""] {
            fs::write(&broken, bytes).unwrap();
            let refused = Store::restore(&address, &broken).await;
            assert!(
                matches!(refused, Err(StoreError::BadDump(_))),
                "{refused:?}"
            );
        }
        let missing = Store::restore(&address, &folder.path().join("none")).await;
        assert!(matches!(missing, Err(StoreError::File { .. })));
        // The same database still takes the whole one.
        fs::write(&broken, &whole).unwrap();
        let restored = Store::restore(&address, &broken).await.unwrap();
        restored.close().await;
    }
}

async fn a_store_that_holds_something_is_not_restored_into(store: Store) {
    everything(&store).await;
    let folder = tempfile::tempdir().unwrap();
    let path = backup(&store, folder.path()).await;
    let (_kept, sqlite) = empty_sqlite();
    for address in [sqlite, empty_postgres()] {
        let other = Store::open(&address).await.unwrap();
        organisation(&other, "here").await;
        let refused = Store::restore(&address, &path).await;
        assert!(matches!(refused, Err(StoreError::NotEmpty)));
        assert_eq!(other.organisations().await.unwrap().len(), 1);
        other.close().await;
    }
}

async fn a_store_that_was_opened_and_left_empty_can_be_restored_into(store: Store) {
    everything(&store).await;
    let folder = tempfile::tempdir().unwrap();
    let path = backup(&store, folder.path()).await;
    let (_kept, sqlite) = empty_sqlite();
    for address in [sqlite, empty_postgres()] {
        Store::open(&address).await.unwrap().close().await;
        let restored = Store::restore(&address, &path).await.unwrap();
        assert_eq!(restored.organisations().await.unwrap().len(), 2);
        restored.close().await;
    }
}

async fn a_healthy_store_has_no_trouble(store: Store) {
    assert_eq!(store.check().await.unwrap(), []);
    everything(&store).await;
    assert_eq!(store.check().await.unwrap(), []);
}

#[test]
fn a_store_of_a_newer_program_is_left_alone() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join(GOLDEN);
        let mut newer = fs::read(golden).unwrap();
        newer[19] = 250;
        let path = folder.path().join("newer");
        fs::write(&path, newer).unwrap();
        let (_kept, address) = empty_sqlite();
        let refused = Store::restore(&address, &path).await;
        assert!(matches!(
            refused,
            Err(StoreError::TooNew { found: 250, .. })
        ));
    });
}

#[test]
fn an_address_that_is_no_store_is_refused_without_repeating_it() {
    run(async {
        for address in [
            "",
            "mysql://root:secret@host/db",
            "sqlite:",
            "sqlite::memory:",
        ] {
            let refused = Store::open(address).await.unwrap_err();
            assert!(matches!(refused, StoreError::BadAddress(_)), "{refused}");
            assert!(!refused.to_string().contains("secret"));
        }
    });
}

#[test]
fn looking_makes_nothing_and_tells_how_far_the_tables_have_come() {
    let (folder, lite) = empty_sqlite();
    let postgres = empty_postgres();
    run(async {
        assert!(Store::look(&lite).await.is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        fs::write(folder.path().join("store.db"), "").unwrap();
        for address in [&lite, &postgres] {
            for was_opened in [false, true] {
                let (store, schema) = Store::look(address).await.unwrap();
                store.close().await;
                assert_eq!(schema.found == schema.known, was_opened, "{address}");
                assert_eq!(schema.found == 0, !was_opened);
                Store::open(address).await.unwrap().close().await;
            }
        }
    });
}
