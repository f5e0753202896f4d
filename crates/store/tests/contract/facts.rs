//! Facts.

use crate::support::{claim, fact, facts, job, laws, organisation};
use steadfast_store::{
    Append, Expected, Fact, Facts, Jobs, Micros, NewFact, Org, Position, Store, StoreError,
    Version, Write,
};

laws![
    what_was_appended_is_read_as_it_was,
    a_stream_counts_its_facts_from_one,
    an_append_that_expected_something_else_writes_nothing,
    an_append_that_expects_nothing_always_succeeds,
    all_facts_of_an_organisation_have_one_order,
    reading_goes_on_where_it_stopped,
    organisations_see_nothing_of_one_another,
    nothing_is_kept_for_an_organisation_that_is_not_there,
    facts_and_their_jobs_come_together_or_not_at_all,
    facts_and_the_end_of_their_job_come_together_or_not_at_all,
    thousands_of_facts_go_in_one_stroke,
    writers_at_once_leave_no_gap_and_readers_never_miss_one,
    of_writers_that_expect_the_same_one_succeeds,
    folding_puts_one_fact_in_the_place_of_many,
    folding_a_whole_stream_leaves_its_version,
    streams_are_listed_by_their_beginning,
    the_versions_of_many_streams_are_told_at_once,
    names_that_cannot_be_kept_are_refused,
];

const NEW: Expected = Expected::Exactly(Version(0));

async fn all(store: &Store, org: &Org) -> Vec<Fact> {
    store.read_all(org, Position(0), 10_000).await.unwrap()
}

fn says(facts: &[Fact]) -> Vec<&str> {
    facts
        .iter()
        .map(|fact| std::str::from_utf8(&fact.payload).unwrap())
        .collect()
}

async fn what_was_appended_is_read_as_it_was(store: Store) {
    let org = organisation(&store, "acme").await;
    let said = NewFact {
        kind: "said.v1".to_owned(),
        at: Micros(-1),
        actor: "Ünal 🦀".to_owned(),
        payload: vec![0, 255, 10, 0],
    };
    let empty = NewFact {
        payload: Vec::new(),
        at: Micros(i64::MAX),
        ..said.clone()
    };
    store
        .append(&org, "a", NEW, &[said.clone(), empty.clone()], &[])
        .await
        .unwrap();
    let read = store.read(&org, "a", Version(0), 10).await.unwrap();
    assert_eq!(read.len(), 2);
    for (fact, given) in read.into_iter().zip([said, empty]) {
        let back = NewFact {
            kind: fact.kind,
            at: fact.at,
            actor: fact.actor,
            payload: fact.payload,
        };
        assert_eq!(back, given);
    }
}

async fn a_stream_counts_its_facts_from_one(store: Store) {
    let org = organisation(&store, "acme").await;
    assert_eq!(store.version(&org, "a").await.unwrap(), Version(0));
    let two = facts(&["1", "2"]);
    let after = store.append(&org, "a", NEW, &two, &[]).await.unwrap();
    assert_eq!(after, Version(2));
    let expected = Expected::Exactly(Version(2));
    let after = store
        .append(&org, "a", expected, &facts(&["3"]), &[])
        .await
        .unwrap();
    assert_eq!(after, Version(3));
    assert_eq!(store.version(&org, "a").await.unwrap(), Version(3));
    let versions: Vec<u64> = store
        .read(&org, "a", Version(0), 10)
        .await
        .unwrap()
        .iter()
        .map(|fact| fact.version.0)
        .collect();
    assert_eq!(versions, [1, 2, 3]);
}

async fn an_append_that_expected_something_else_writes_nothing(store: Store) {
    let org = organisation(&store, "acme").await;
    store
        .append(&org, "a", NEW, &facts(&["1"]), &[])
        .await
        .unwrap();
    for expected in [0, 2] {
        let expected = Version(expected);
        let refused = store
            .append(
                &org,
                "a",
                Expected::Exactly(expected),
                &facts(&["x"]),
                &[job(None)],
            )
            .await
            .unwrap_err();
        assert!(
            matches!(&refused, StoreError::Conflict { stream, expected: said, actual: Version(1) }
                if stream == "a" && *said == expected),
            "{refused}"
        );
    }
    assert_eq!(says(&all(&store, &org).await), ["1"]);
    assert_eq!(store.next_due(&["work"]).await.unwrap(), None);
    assert_eq!(store.position(&org).await.unwrap(), Position(1));
}

async fn an_append_that_expects_nothing_always_succeeds(store: Store) {
    let org = organisation(&store, "acme").await;
    for count in 1..=3 {
        let after = store
            .append(&org, "a", Expected::Any, &facts(&["x"]), &[])
            .await
            .unwrap();
        assert_eq!(after, Version(count));
    }
}

async fn all_facts_of_an_organisation_have_one_order(store: Store) {
    let org = organisation(&store, "acme").await;
    let (one, two) = (facts(&["1", "2"]), facts(&["3"]));
    let appends = [
        Append {
            stream: "b",
            expected: NEW,
            facts: &one,
        },
        Append {
            stream: "a",
            expected: NEW,
            facts: &two,
        },
        Append {
            stream: "b",
            expected: Expected::Exactly(Version(2)),
            facts: &two,
        },
    ];
    let write = Write {
        appends: &appends,
        ..Write::default()
    };
    let versions = store.write(&org, write).await.unwrap();
    assert_eq!(versions, [Version(2), Version(1), Version(3)]);
    store
        .append(&org, "a", Expected::Any, &facts(&["4"]), &[])
        .await
        .unwrap();
    let facts = all(&store, &org).await;
    assert_eq!(says(&facts), ["1", "2", "3", "3", "4"]);
    let positions: Vec<u64> = facts.iter().map(|fact| fact.position.0).collect();
    assert_eq!(positions, [1, 2, 3, 4, 5]);
    assert_eq!(store.position(&org).await.unwrap(), Position(5));
}

async fn reading_goes_on_where_it_stopped(store: Store) {
    let org = organisation(&store, "acme").await;
    let five = facts(&["1", "2", "3", "4", "5"]);
    store.append(&org, "a", NEW, &five, &[]).await.unwrap();
    let page = store.read_all(&org, Position(2), 2).await.unwrap();
    assert_eq!(says(&page), ["3", "4"]);
    let page = store.read(&org, "a", Version(4), 2).await.unwrap();
    assert_eq!(says(&page), ["5"]);
    assert!(
        store
            .read_all(&org, Position(5), 2)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        store
            .read(&org, "none", Version(0), 2)
            .await
            .unwrap()
            .is_empty()
    );
}

async fn organisations_see_nothing_of_one_another(store: Store) {
    let (a, b) = (
        organisation(&store, "a").await,
        organisation(&store, "b").await,
    );
    store
        .append(&a, "s", NEW, &facts(&["a"]), &[])
        .await
        .unwrap();
    store
        .append(&b, "s", NEW, &facts(&["b"]), &[])
        .await
        .unwrap();
    assert_eq!(says(&all(&store, &a).await), ["a"]);
    assert_eq!(says(&all(&store, &b).await), ["b"]);
    assert_eq!(store.position(&b).await.unwrap(), Position(1));
}

async fn nothing_is_kept_for_an_organisation_that_is_not_there(store: Store) {
    let org = Org::new("nobody").unwrap();
    let refused = store.append(&org, "a", NEW, &facts(&["1"]), &[]).await;
    assert!(matches!(refused, Err(StoreError::NoOrganisation(_))));
    assert_eq!(store.version(&org, "a").await.unwrap(), Version(0));
    assert!(matches!(
        store.position(&org).await,
        Err(StoreError::NoOrganisation(_))
    ));
}

async fn facts_and_their_jobs_come_together_or_not_at_all(store: Store) {
    let org = organisation(&store, "acme").await;
    store
        .append(&org, "a", NEW, &facts(&["1"]), &[job(None), job(None)])
        .await
        .unwrap();
    assert!(claim(&store, 10, 20).await.is_some());
    assert!(claim(&store, 10, 20).await.is_some());
    assert!(claim(&store, 10, 20).await.is_none());
    let mut bad = job(None);
    bad.kind = String::new();
    let refused = store
        .append(&org, "a", Expected::Any, &facts(&["2"]), &[job(None), bad])
        .await;
    assert!(matches!(refused, Err(StoreError::BadName { .. })));
    assert_eq!(says(&all(&store, &org).await), ["1"]);
    assert!(claim(&store, 10, 20).await.is_none());
}

async fn facts_and_the_end_of_their_job_come_together_or_not_at_all(store: Store) {
    let org = organisation(&store, "acme").await;
    store.enqueue(&org, &[job(None)]).await.unwrap();
    let first = claim(&store, 10, 20).await.unwrap();
    let second = claim(&store, 20, 30).await.unwrap();
    let said = facts(&["done"]);
    let appends = [Append {
        stream: "a",
        expected: Expected::Any,
        facts: &said,
    }];
    let write = |lease| Write {
        appends: &appends,
        finish: Some(lease),
        ..Write::default()
    };
    let refused = store.write(&org, write(&first.lease)).await;
    assert!(matches!(refused, Err(StoreError::StaleLease { .. })));
    assert!(all(&store, &org).await.is_empty());
    store.write(&org, write(&second.lease)).await.unwrap();
    let refused = store.write(&org, write(&second.lease)).await;
    assert!(matches!(refused, Err(StoreError::StaleLease { .. })));
    assert_eq!(says(&all(&store, &org).await), ["done"]);
}

async fn thousands_of_facts_go_in_one_stroke(store: Store) {
    let org = organisation(&store, "acme").await;
    let many: Vec<NewFact> = (0..3001)
        .map(|number: u32| fact(&number.to_string()))
        .collect();
    store.append(&org, "a", NEW, &many, &[]).await.unwrap();
    let read = all(&store, &org).await;
    for (number, fact) in (0..).zip(&read) {
        assert_eq!(fact.position.0, number + 1);
        assert_eq!(fact.version.0, number + 1);
        assert_eq!(fact.payload, number.to_string().as_bytes());
    }
    assert_eq!(read.len(), 3001);
}

async fn writers_at_once_leave_no_gap_and_readers_never_miss_one(store: Store) {
    const WRITERS: u64 = 4;
    const EACH: u64 = 25;
    let org = organisation(&store, "acme").await;
    let mut tasks = Vec::new();
    for writer in 0..WRITERS {
        let (store, org) = (store.clone(), org.clone());
        tasks.push(tokio::spawn(async move {
            for _ in 0..EACH {
                let stream = format!("s{writer}");
                store
                    .append(&org, &stream, Expected::Any, &facts(&["x", "y"]), &[])
                    .await
                    .unwrap();
            }
        }));
    }
    // A reader that only ever goes forward, as projections do.
    let mut seen = Vec::new();
    while (seen.len() as u64) < WRITERS * EACH * 2 {
        let after = Position(seen.last().copied().unwrap_or_default());
        let page = store.read_all(&org, after, 7).await.unwrap();
        seen.extend(page.iter().map(|fact| fact.position.0));
        tokio::task::yield_now().await;
    }
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(seen, (1..=WRITERS * EACH * 2).collect::<Vec<_>>());
}

async fn of_writers_that_expect_the_same_one_succeeds(store: Store) {
    let org = organisation(&store, "acme").await;
    let mut tasks = Vec::new();
    for _ in 0..6 {
        let (store, org) = (store.clone(), org.clone());
        tasks.push(tokio::spawn(async move {
            store.append(&org, "a", NEW, &facts(&["x"]), &[]).await
        }));
    }
    let mut succeeded = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => succeeded += 1,
            Err(StoreError::Conflict { actual, .. }) => assert_eq!(actual, Version(1)),
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(succeeded, 1);
    assert_eq!(all(&store, &org).await.len(), 1);
}

async fn folding_puts_one_fact_in_the_place_of_many(store: Store) {
    let org = organisation(&store, "acme").await;
    store
        .append(&org, "a", NEW, &facts(&["1", "2", "3", "4"]), &[])
        .await
        .unwrap();
    store
        .append(&org, "b", NEW, &facts(&["other"]), &[])
        .await
        .unwrap();
    let sum = fact("1 to 3");
    let gone = store.fold(&org, "a", Version(3), Some(&sum)).await.unwrap();
    assert_eq!(gone, 3);
    let left = all(&store, &org).await;
    assert_eq!(says(&left), ["1 to 3", "4", "other"]);
    assert_eq!(left[0].version, Version(3));
    assert_eq!(left[0].position, Position(3));
    let refused = store.fold(&org, "a", Version(2), Some(&sum)).await;
    assert!(matches!(refused, Err(StoreError::Missing(_))));
    let after = store
        .append(
            &org,
            "a",
            Expected::Exactly(Version(4)),
            &facts(&["5"]),
            &[],
        )
        .await
        .unwrap();
    assert_eq!(after, Version(5));
}

async fn folding_a_whole_stream_leaves_its_version(store: Store) {
    let org = organisation(&store, "acme").await;
    store
        .append(&org, "a", NEW, &facts(&["1", "2"]), &[])
        .await
        .unwrap();
    assert_eq!(store.fold(&org, "a", Version(2), None).await.unwrap(), 2);
    assert!(all(&store, &org).await.is_empty());
    assert_eq!(store.version(&org, "a").await.unwrap(), Version(2));
    let refused = store.append(&org, "a", NEW, &facts(&["x"]), &[]).await;
    assert!(matches!(refused, Err(StoreError::Conflict { .. })));
}

async fn streams_are_listed_by_their_beginning(store: Store) {
    let org = organisation(&store, "acme").await;
    for stream in ["a/1", "a/B", "a/b", "a/é", "b", "A/1", "a"] {
        store
            .append(&org, stream, NEW, &facts(&["x"]), &[])
            .await
            .unwrap();
    }
    let names = |found: Vec<(String, Version)>| -> Vec<String> {
        found.into_iter().map(|(name, _)| name).collect()
    };
    let found = store.streams(&org, "a/", None, 10).await.unwrap();
    assert_eq!(names(found), ["a/1", "a/B", "a/b", "a/é"]);
    let found = store.streams(&org, "a/", Some("a/1"), 2).await.unwrap();
    assert_eq!(names(found), ["a/B", "a/b"]);
    let found = store.streams(&org, "", None, 10).await.unwrap();
    assert_eq!(names(found), ["A/1", "a", "a/1", "a/B", "a/b", "a/é", "b"]);
}

async fn the_versions_of_many_streams_are_told_at_once(store: Store) {
    let (org, other) = (
        organisation(&store, "acme").await,
        organisation(&store, "other").await,
    );
    let any = Expected::Any;
    store
        .append(&org, "a", any, &facts(&["1", "2"]), &[])
        .await
        .unwrap();
    store
        .append(&org, "b", any, &facts(&["1"]), &[])
        .await
        .unwrap();
    store
        .append(&other, "c", any, &facts(&["1"]), &[])
        .await
        .unwrap();
    let told = store.versions(&org, &["b", "c", "a", "b"]).await.unwrap();
    assert_eq!(told, [Version(1), Version(0), Version(2), Version(1)]);
    assert!(store.versions(&org, &[]).await.unwrap().is_empty());
    let names: Vec<String> = (0..1_200).map(|n| format!("s{n}")).collect();
    let many: Vec<&str> = names.iter().map(String::as_str).chain(["a"]).collect();
    let told = store.versions(&org, &many).await.unwrap();
    assert_eq!((told.len(), told[1_200]), (1_201, Version(2)));
}

async fn names_that_cannot_be_kept_are_refused(store: Store) {
    let org = organisation(&store, "acme").await;
    let long = "x".repeat(501);
    for stream in ["", "a\0b", "a\nb", "a\u{10FFFF}", &long] {
        let refused = store.append(&org, stream, NEW, &facts(&["1"]), &[]).await;
        assert!(
            matches!(refused, Err(StoreError::BadName { .. })),
            "{stream:?}"
        );
    }
    let longest = "é".repeat(250);
    store
        .append(&org, &longest, NEW, &facts(&["1"]), &[])
        .await
        .unwrap();
    assert!(Org::new("").is_err());
}
