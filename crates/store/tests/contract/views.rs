//! Views.

use crate::support::{laws, organisation};
use steadfast_store::{Change, Document, Position, Store, StoreError, Views};

laws![
    a_document_is_put_replaced_and_deleted,
    documents_and_checkpoint_move_together_or_not_at_all,
    the_last_change_of_a_document_counts,
    of_two_projectors_one_commits,
    a_scan_is_in_the_order_of_bytes_and_goes_on_where_it_stopped,
    wiping_begins_the_projection_anew,
    thousands_of_documents_go_in_one_stroke,
    organisations_share_no_documents,
    a_document_can_be_kept_outside_any_checkpoint,
];

async fn a_document_can_be_kept_outside_any_checkpoint(store: Store) {
    let org = organisation(&store, "acme").await;
    for (change, body) in [
        (put("k", "1"), Some(b"1".to_vec())),
        (put("k", "2"), Some(b"2".to_vec())),
        (delete("k"), None),
    ] {
        store.remember(&org, &change).await.unwrap();
        assert_eq!(store.document(&org, "v", "k").await.unwrap(), body);
    }
    assert_eq!(store.checkpoint(&org, "p").await.unwrap(), Position(0));
}

fn put(key: &str, body: &str) -> Change {
    Change {
        view: "v".to_owned(),
        key: key.to_owned(),
        body: Some(body.as_bytes().to_vec()),
    }
}

fn delete(key: &str) -> Change {
    Change {
        body: None,
        ..put(key, "")
    }
}

fn keys(documents: &[Document]) -> Vec<&str> {
    documents.iter().map(|found| found.key.as_str()).collect()
}

async fn a_document_is_put_replaced_and_deleted(store: Store) {
    let org = organisation(&store, "acme").await;
    let mut at = Position(0);
    for (change, body) in [
        (put("k", "1"), Some(b"1".to_vec())),
        (put("k", ""), Some(Vec::new())),
        (delete("k"), None),
        (delete("k"), None),
    ] {
        let next = Position(at.0 + 1);
        store
            .commit_view(&org, "p", at, next, &[change])
            .await
            .unwrap();
        at = next;
        assert_eq!(store.document(&org, "v", "k").await.unwrap(), body);
    }
    assert_eq!(store.checkpoint(&org, "p").await.unwrap(), Position(4));
}

async fn documents_and_checkpoint_move_together_or_not_at_all(store: Store) {
    let org = organisation(&store, "acme").await;
    assert_eq!(store.checkpoint(&org, "p").await.unwrap(), Position(0));
    store
        .commit_view(&org, "p", Position(0), Position(5), &[put("k", "1")])
        .await
        .unwrap();
    for wrong in [0, 4, 6] {
        let moved = store
            .commit_view(&org, "p", Position(wrong), Position(9), &[put("k", "2")])
            .await;
        assert!(matches!(moved, Err(StoreError::CheckpointMoved { .. })));
    }
    let never = store
        .commit_view(&org, "q", Position(1), Position(2), &[])
        .await;
    assert!(matches!(never, Err(StoreError::CheckpointMoved { .. })));
    assert_eq!(store.checkpoint(&org, "p").await.unwrap(), Position(5));
    let body = store.document(&org, "v", "k").await.unwrap();
    assert_eq!(body.as_deref(), Some(b"1".as_slice()));
}

async fn the_last_change_of_a_document_counts(store: Store) {
    let org = organisation(&store, "acme").await;
    let changes = [
        put("a", "1"),
        delete("a"),
        put("a", "2"),
        put("b", "1"),
        delete("b"),
    ];
    store
        .commit_view(&org, "p", Position(0), Position(1), &changes)
        .await
        .unwrap();
    let body = store.document(&org, "v", "a").await.unwrap();
    assert_eq!(body.as_deref(), Some(b"2".as_slice()));
    assert_eq!(store.document(&org, "v", "b").await.unwrap(), None);
}

async fn of_two_projectors_one_commits(store: Store) {
    let org = organisation(&store, "acme").await;
    let mut tasks = Vec::new();
    for projector in 0..4 {
        let (store, org) = (store.clone(), org.clone());
        tasks.push(tokio::spawn(async move {
            let change = [put("k", &projector.to_string())];
            store
                .commit_view(&org, "p", Position(0), Position(3), &change)
                .await
                .is_ok()
        }));
    }
    let mut committed = 0;
    for task in tasks {
        committed += u32::from(task.await.unwrap());
    }
    assert_eq!(committed, 1);
}

async fn a_scan_is_in_the_order_of_bytes_and_goes_on_where_it_stopped(store: Store) {
    let org = organisation(&store, "acme").await;
    let changes = ["a/2", "a/1", "A/1", "b", "a/ä", "a", "a0"].map(|key| put(key, key));
    store
        .commit_view(&org, "p", Position(0), Position(1), &changes)
        .await
        .unwrap();
    let all = store.scan(&org, "v", "", None, 10).await.unwrap();
    assert_eq!(keys(&all), ["A/1", "a", "a/1", "a/2", "a/ä", "a0", "b"]);
    let page = store.scan(&org, "v", "a/", None, 2).await.unwrap();
    assert_eq!(keys(&page), ["a/1", "a/2"]);
    let rest = store.scan(&org, "v", "a/", Some("a/2"), 2).await.unwrap();
    assert_eq!(keys(&rest), ["a/ä"]);
    assert_eq!(rest[0].body, "a/ä".as_bytes());
    assert!(store.scan(&org, "w", "", None, 9).await.unwrap().is_empty());
}

async fn wiping_begins_the_projection_anew(store: Store) {
    let org = organisation(&store, "acme").await;
    let other = Change {
        view: "kept".to_owned(),
        ..put("k", "x")
    };
    store
        .commit_view(
            &org,
            "p",
            Position(0),
            Position(7),
            &[put("a", "1"), put("b", "1")],
        )
        .await
        .unwrap();
    store
        .commit_view(&org, "q", Position(0), Position(7), &[other])
        .await
        .unwrap();
    assert_eq!(store.wipe(&org, "p", &["v"]).await.unwrap(), 2);
    assert_eq!(store.checkpoint(&org, "p").await.unwrap(), Position(0));
    assert_eq!(store.checkpoint(&org, "q").await.unwrap(), Position(7));
    assert!(store.scan(&org, "v", "", None, 9).await.unwrap().is_empty());
    assert!(store.document(&org, "kept", "k").await.unwrap().is_some());
    // And it can be projected again.
    store
        .commit_view(&org, "p", Position(0), Position(7), &[put("a", "2")])
        .await
        .unwrap();
}

async fn thousands_of_documents_go_in_one_stroke(store: Store) {
    let org = organisation(&store, "acme").await;
    let changes: Vec<Change> = (0..2500).map(|n| put(&format!("{n:05}"), "x")).collect();
    store
        .commit_view(&org, "p", Position(0), Position(1), &changes)
        .await
        .unwrap();
    let all = store.scan(&org, "v", "", None, 10_000).await.unwrap();
    assert_eq!(all.len(), 2500);
}

async fn organisations_share_no_documents(store: Store) {
    let (a, b) = (
        organisation(&store, "a").await,
        organisation(&store, "b").await,
    );
    store
        .commit_view(&a, "p", Position(0), Position(1), &[put("k", "a")])
        .await
        .unwrap();
    assert_eq!(store.document(&b, "v", "k").await.unwrap(), None);
    assert_eq!(store.checkpoint(&b, "p").await.unwrap(), Position(0));
    assert_eq!(store.wipe(&b, "p", &["v"]).await.unwrap(), 0);
    assert!(store.document(&a, "v", "k").await.unwrap().is_some());
}
