//! Sources.

use crate::support::{claim, facts, job, laws, organisation};
use steadfast_store::{
    Append, Expected, Facts, Failure, Jobs, Micros, NewSource, Org, Round, Source, Sources, Store,
    StoreError, Version, Write,
};

laws![
    a_source_is_kept_as_it_was_given,
    a_source_belongs_to_its_organisation_and_its_person,
    a_round_moves_its_source_with_its_facts_or_not_at_all,
    a_round_of_a_source_that_is_gone_writes_nothing,
    failures_are_counted_until_a_round_succeeds,
    a_stopped_source_stays_stopped_until_it_is_mended,
];

fn new(source: &str, person: &str) -> NewSource {
    NewSource {
        source: source.to_owned(),
        person: person.to_owned(),
        about: b"a calendar".to_vec(),
        created: Micros(5),
    }
}

async fn one(store: &Store, org: &Org, source: &str) -> Source {
    store.source(org, source).await.unwrap().unwrap()
}

const FAILED: Failure<'_> = Failure {
    source: "s",
    at: Micros(20),
    problem: "no answer",
    stops: false,
};

const ROUND: Round<'_> = Round {
    source: "s",
    cursor: b"up to here",
    at: Micros(30),
};

async fn a_source_is_kept_as_it_was_given(store: Store) {
    let org = organisation(&store, "acme").await;
    store.connect(&org, &new("s", "maya")).await.unwrap();
    let kept = one(&store, &org, "s").await;
    let untouched = Source {
        source: "s".to_owned(),
        person: "maya".to_owned(),
        about: b"a calendar".to_vec(),
        created: Micros(5),
        cursor: None,
        verified: None,
        tried: None,
        failures: 0,
        problem: None,
        stopped: None,
    };
    assert_eq!(kept, untouched);
    let again = store.connect(&org, &new("s", "ben")).await;
    assert!(matches!(again, Err(StoreError::Exists(_))));
    let nowhere = store
        .connect(&Org::new("nobody").unwrap(), &new("s", "maya"))
        .await;
    assert!(matches!(nowhere, Err(StoreError::Missing(_))));
    assert!(store.disconnect(&org, "s").await.unwrap());
    assert!(!store.disconnect(&org, "s").await.unwrap());
    assert_eq!(store.source(&org, "s").await.unwrap(), None);
}

async fn a_source_belongs_to_its_organisation_and_its_person(store: Store) {
    let (acme, other) = (
        organisation(&store, "acme").await,
        organisation(&store, "other").await,
    );
    for (source, person) in [("s2", "maya"), ("s1", "maya"), ("s3", "ben")] {
        store.connect(&acme, &new(source, person)).await.unwrap();
    }
    let names = |sources: Vec<Source>| -> Vec<String> {
        sources.into_iter().map(|source| source.source).collect()
    };
    assert_eq!(
        names(store.sources_of(&acme, "maya").await.unwrap()),
        ["s1", "s2"]
    );
    assert!(store.sources_of(&other, "maya").await.unwrap().is_empty());
    assert_eq!(
        names(store.sources(&acme, Some("s1"), 1).await.unwrap()),
        ["s2"]
    );
    assert_eq!(store.source(&other, "s1").await.unwrap(), None);
    assert!(!store.disconnect(&other, "s1").await.unwrap());
    assert!(!store.resume(&other, "s1", &job(None)).await.unwrap());
}

async fn a_round_moves_its_source_with_its_facts_or_not_at_all(store: Store) {
    let org = organisation(&store, "acme").await;
    store.connect(&org, &new("s", "maya")).await.unwrap();
    store.enqueue(&org, &[job(None)]).await.unwrap();
    let lost = claim(&store, 10, 20).await.unwrap();
    let held = claim(&store, 30, 40).await.unwrap();
    let seen = facts(&["seen"]);
    let appends = [Append {
        stream: "a",
        expected: Expected::Any,
        facts: &seen,
    }];
    let write = |lease| Write {
        appends: &appends,
        finish: Some(lease),
        round: Some(&ROUND),
        ..Write::default()
    };
    let refused = store.write(&org, write(&lost.lease)).await;
    assert!(matches!(refused, Err(StoreError::StaleLease { .. })));
    assert_eq!(one(&store, &org, "s").await.cursor, None);
    store.write(&org, write(&held.lease)).await.unwrap();
    let moved = one(&store, &org, "s").await;
    assert_eq!(moved.cursor.as_deref(), Some(&b"up to here"[..]));
    assert_eq!(
        (moved.verified, moved.tried),
        (Some(Micros(30)), Some(Micros(30)))
    );
    assert_eq!(store.version(&org, "a").await.unwrap(), Version(1));
}

async fn a_round_of_a_source_that_is_gone_writes_nothing(store: Store) {
    let org = organisation(&store, "acme").await;
    let seen = facts(&["seen"]);
    let appends = [Append {
        stream: "a",
        expected: Expected::Any,
        facts: &seen,
    }];
    let write = Write {
        appends: &appends,
        round: Some(&ROUND),
        ..Write::default()
    };
    let refused = store.write(&org, write).await;
    assert!(matches!(refused, Err(StoreError::Missing(_))));
    assert_eq!(store.version(&org, "a").await.unwrap(), Version(0));
}

async fn failures_are_counted_until_a_round_succeeds(store: Store) {
    let org = organisation(&store, "acme").await;
    store.connect(&org, &new("s", "maya")).await.unwrap();
    assert_eq!(store.failed(&org, FAILED).await.unwrap(), Some(1));
    assert_eq!(store.failed(&org, FAILED).await.unwrap(), Some(2));
    let failing = one(&store, &org, "s").await;
    assert_eq!(
        (failing.failures, failing.problem.as_deref()),
        (2, Some("no answer"))
    );
    assert_eq!((failing.verified, failing.tried), (None, Some(Micros(20))));
    let write = Write {
        round: Some(&ROUND),
        ..Write::default()
    };
    store.write(&org, write).await.unwrap();
    let well = one(&store, &org, "s").await;
    assert_eq!((well.failures, well.problem), (0, None));
    store.disconnect(&org, "s").await.unwrap();
    assert_eq!(store.failed(&org, FAILED).await.unwrap(), None);
}

async fn a_stopped_source_stays_stopped_until_it_is_mended(store: Store) {
    let org = organisation(&store, "acme").await;
    store.connect(&org, &new("s", "maya")).await.unwrap();
    let refused = Failure {
        stops: true,
        ..FAILED
    };
    store.failed(&org, refused).await.unwrap();
    let later = Failure {
        at: Micros(99),
        ..FAILED
    };
    store.failed(&org, later).await.unwrap();
    assert_eq!(one(&store, &org, "s").await.stopped, Some(Micros(20)));
    assert!(store.describe(&org, "s", b"anew").await.unwrap());
    assert!(!store.describe(&org, "none", b"anew").await.unwrap());
    assert!(store.resume(&org, "s", &job(Some("s"))).await.unwrap());
    let mended = one(&store, &org, "s").await;
    assert_eq!((mended.failures, mended.stopped), (0, None));
    assert_eq!(mended.about, b"anew");
    let again = claim(&store, 10, 20).await.unwrap();
    assert_eq!(again.unique.as_deref(), Some("s"));
    assert!(
        !store
            .resume(&org, "none", &job(Some("none")))
            .await
            .unwrap()
    );
    assert!(claim(&store, 10, 20).await.is_none());
}
