//! Retention: single facts go, or say less, and what they said is gone from the database as well.

use crate::support::{empty_sqlite, fact, facts, laws, organisation, run};
use std::fs;
use std::path::Path;
use steadfast_store::{Change, Expected, Facts, Position, Store, Version, Views};

laws![facts_go_or_say_less_and_stay_where_they_are];

const ANY: Expected = Expected::Any;

async fn facts_go_or_say_less_and_stay_where_they_are(store: Store) {
    let org = organisation(&store, "acme").await;
    for (stream, says) in [
        ("a", &["1", "2", "3"][..]),
        ("b", &["other"]),
        ("a", &["4"]),
    ] {
        store
            .append(&org, stream, ANY, &facts(says), &[])
            .await
            .unwrap();
    }
    let changes = [
        (Version(1), None),
        (Version(2), Some(b"less".to_vec())),
        (Version(9), None),
    ];
    assert_eq!(store.thin(&org, "a", &changes).await.unwrap(), 2);
    let left = store.read_all(&org, Position(0), 10).await.unwrap();
    let told: Vec<(u64, u64, &[u8])> = left
        .iter()
        .map(|fact| (fact.position.0, fact.version.0, &*fact.payload))
        .collect();
    let expected: [(u64, u64, &[u8]); 4] = [
        (2, 2, b"less"),
        (3, 3, b"3"),
        (4, 1, b"other"),
        (5, 4, b"4"),
    ];
    assert_eq!(told, expected);
    assert_eq!(left[0].at, fact("").at);
    // Done again it changes nothing more, and the stream goes on where it was.
    assert_eq!(store.thin(&org, "a", &changes).await.unwrap(), 1);
    let after = store.append(&org, "a", ANY, &facts(&["5"]), &[]).await;
    assert_eq!(after.unwrap(), Version(5));
    store.forget().await.unwrap();
    assert_eq!(store.check().await.unwrap(), []);
}

#[test]
fn not_one_byte_of_what_was_deleted_is_left_in_the_files_of_sqlite() {
    let (folder, address) = empty_sqlite();
    run(async {
        let store = Store::open(&address).await.unwrap();
        let org = organisation(&store, "acme").await;
        // Small ones that share pages and large ones that fill several, so that pages are split, joined and freed.
        let says = |n: usize| format!("old-marker {n} {}", "x".repeat(n % 7 * 900));
        let many: Vec<String> = (0..400).map(says).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let documents = many.iter().map(|says| Change {
            view: "v".to_owned(),
            key: says.len().to_string(),
            body: Some(says.as_bytes().to_vec()),
        });
        for change in documents {
            store.remember(&org, &change).await.unwrap();
        }
        for some in many.chunks(23) {
            store
                .append(&org, "a", ANY, &facts(some), &[])
                .await
                .unwrap();
            store
                .append(&org, "b", ANY, &facts(&["kept"]), &[])
                .await
                .unwrap();
        }
        assert!(is_in(folder.path(), "old-marker"));
        let changes: Vec<(Version, Option<Vec<u8>>)> = (1..=400)
            .map(|version| {
                (
                    Version(version),
                    (version % 3 == 0).then(|| b"less".to_vec()),
                )
            })
            .collect();
        store.thin(&org, "a", &changes).await.unwrap();
        store.wipe(&org, "p", &["v"]).await.unwrap();
        store.forget().await.unwrap();
        assert!(!is_in(folder.path(), "old-marker"));
        assert!(is_in(folder.path(), "kept"));
        store.close().await;
    });
}

/// Whether any file of the folder has `text` in it.
fn is_in(folder: &Path, text: &str) -> bool {
    let files = fs::read_dir(folder).unwrap();
    files.into_iter().any(|file| {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        bytes
            .windows(text.len())
            .any(|window| window == text.as_bytes())
    })
}
