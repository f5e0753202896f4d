//! Several streams, read whole at once.

use crate::support::{facts, laws, organisation};
use steadfast_store::{Expected, Fact, Facts, Store, Version};

laws![many_streams_are_read_whole_at_once];

fn says(facts: &[Fact]) -> Vec<&str> {
    facts
        .iter()
        .map(|fact| std::str::from_utf8(&fact.payload).unwrap())
        .collect()
}

async fn many_streams_are_read_whole_at_once(store: Store) {
    let org = organisation(&store, "acme").await;
    let other = organisation(&store, "other").await;
    for (org, stream, said) in [
        (&org, "b", vec!["1", "2"]),
        (&org, "a", vec!["3"]),
        (&other, "a", vec!["not theirs"]),
        (&org, "b", vec!["4"]),
        (&org, "c", vec!["not asked for"]),
    ] {
        let facts = facts(&said);
        store
            .append(org, stream, Expected::Any, &facts, &[])
            .await
            .unwrap();
    }
    store.fold(&org, "a", Version(1), None).await.unwrap();
    let read = store.whole(&org, &["none", "b", "a", "b"]).await.unwrap();
    let told: Vec<(u64, Vec<&str>)> = read
        .iter()
        .map(|(version, facts)| (version.0, says(facts)))
        .collect();
    let b = (3, vec!["1", "2", "4"]);
    // What was folded away leaves its version.
    assert_eq!(told, [(0, vec![]), b.clone(), (1, vec![]), b]);
    assert!(store.whole(&org, &[]).await.unwrap().is_empty());
    // More than a statement takes.
    let many: Vec<String> = (0..1_500).map(|number| format!("s{number}")).collect();
    let mut names: Vec<&str> = many.iter().map(String::as_str).collect();
    names.push("b");
    let read = store.whole(&org, &names).await.unwrap();
    assert_eq!(read.len(), 1_501);
    assert_eq!(read[1_500].1.len(), 3);
}
