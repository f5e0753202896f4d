//! Erasing a person: all of it or nothing, and nothing of anybody else's.

use crate::accounts::account;
use crate::support::{empty_sqlite, facts, job, laws, organisation};
use steadfast_store::{
    Accounts, ApiToken, ApiTokens, Change, Claim, Expected, Facts, Gone, Intents, Jobs, Leaving,
    Micros, NewIntent, NewSource, Passkey, Passkeys, Position, Secrets, Session, Sessions, Sources,
    Store, StoreError, TokenHash, Version, Views, Write,
};

laws![
    what_is_of_a_person_goes_and_nothing_else,
    a_stream_whose_last_fact_went_fits_together_and_is_restored,
    it_goes_whole_or_not_at_all,
    a_job_that_another_node_has_erases_nothing,
];

const STREAMS: [&str; 2] = ["calendar/maya", "log/maya"];

fn gone<'a>(with_account: bool, facts: &'a [(&'a str, Version)]) -> Gone<'a> {
    Gone {
        person: "maya",
        streams: &STREAMS,
        facts,
        owners: &["chat/maya"],
        uniques: &[],
        account: "maya",
        with_account,
        jobs: &[],
        finish: None,
    }
}

/// The same of two people, and what they said together.
async fn two(store: &Store) -> steadfast_store::Org {
    let org = organisation(store, "acme").await;
    for person in ["maya", "ben"] {
        store.create_account(&org, &account(person)).await.unwrap();
        let stream = format!("calendar/{person}");
        let all = facts(&["1", "2"]);
        store
            .append(&org, &stream, Expected::Any, &all, &[])
            .await
            .unwrap();
        let source = NewSource {
            source: format!("source of {person}"),
            person: person.to_owned(),
            about: Vec::new(),
            created: Micros(1),
        };
        store.connect(&org, &source).await.unwrap();
        let intent = NewIntent {
            intent: format!("intent of {person}"),
            person: person.to_owned(),
            about: Vec::new(),
            undoes: None,
            by_hand: true,
            created: Micros(1),
        };
        let write = Write {
            intents: &[intent],
            ..Write::default()
        };
        store.write(&org, write).await.unwrap();
        store
            .halt(&org, Some(person), Micros(1), person)
            .await
            .unwrap();
        store
            .enqueue(&org, &[job(Some(&format!("source of {person}")))])
            .await
            .unwrap();
        let owner = format!("chat/{person}");
        store.keep_data_key(&org, &owner, b"key").await.unwrap();
        store
            .keep_secret(&org, &owner, "hook", b"sealed")
            .await
            .unwrap();
        let document = Change {
            view: "ledger".to_owned(),
            key: person.to_owned(),
            body: Some(b"judged".to_vec()),
        };
        store.remember(&org, &document).await.unwrap();
        let session = Session {
            account: person.to_owned(),
            created: Micros(1),
            expires: Micros(1_000),
        };
        let hash = TokenHash::of(person.as_bytes());
        store.open_session(&org, &hash, &session).await.unwrap();
        let token = ApiToken {
            id: "t".to_owned(),
            account: person.to_owned(),
            name: "a script".to_owned(),
            scope: "read".to_owned(),
            created: Micros(1),
            expires: Micros(1_000),
            used: None,
        };
        store.keep_api_token(&org, &hash, &token).await.unwrap();
        let passkey = Passkey {
            credential: person.as_bytes().to_vec(),
            account: person.to_owned(),
            body: Vec::new(),
            created: Micros(1),
        };
        store.add_passkey(&org, &passkey).await.unwrap();
    }
    let both = facts(&["private", "shared", "ben's"]);
    store
        .append(&org, "words/p", Expected::Any, &both, &[])
        .await
        .unwrap();
    org
}

/// How much there is of somebody, place by place.
async fn there(store: &Store, org: &steadfast_store::Org, person: &str) -> [usize; 10] {
    let hash = TokenHash::of(person.as_bytes());
    let owner = format!("chat/{person}");
    let stream = format!("calendar/{person}");
    let halted = store.halted(org, person).await.unwrap();
    [
        store
            .read(org, &stream, Version(0), 10)
            .await
            .unwrap()
            .len(),
        store.sources_of(org, person).await.unwrap().len(),
        store.intents_of(org, person, 10).await.unwrap().len(),
        usize::from(halted.since().is_some()),
        usize::from(store.secret(org, &owner, "hook").await.unwrap().is_some()),
        usize::from(
            store
                .document(org, "ledger", person)
                .await
                .unwrap()
                .is_some(),
        ),
        usize::from(
            store
                .session(org, &hash, Micros(2))
                .await
                .unwrap()
                .is_some(),
        ),
        store.api_tokens(org, person).await.unwrap().len(),
        usize::from(
            store
                .passkey(org, person.as_bytes())
                .await
                .unwrap()
                .is_some(),
        ),
        usize::from(store.account(org, person).await.unwrap().is_some()),
    ]
}

const ALL: [usize; 10] = [2, 1, 1, 1, 1, 1, 1, 1, 1, 1];

async fn what_is_of_a_person_goes_and_nothing_else(store: Store) {
    let org = two(&store).await;
    assert_eq!(there(&store, &org, "maya").await, ALL);
    let private = [("words/p", Version(1))];
    store
        .erase_person(&org, &gone(false, &private))
        .await
        .unwrap();
    let account_alone = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1];
    assert_eq!(there(&store, &org, "maya").await, account_alone);
    // Done again it changes nothing more, and then the account goes as well.
    store
        .erase_person(&org, &gone(true, &private))
        .await
        .unwrap();
    assert_eq!(there(&store, &org, "maya").await, [0; 10]);
    assert_eq!(there(&store, &org, "ben").await, ALL);
    let left = store.read_all(&org, Position(0), 100).await.unwrap();
    let left: Vec<&[u8]> = left.iter().map(|fact| &*fact.payload).collect();
    assert_eq!(left, [&b"1"[..], b"2", b"shared", b"ben's"]);
    let claim = Claim {
        kinds: &["work", steadfast_store::ACT],
        node: "node",
        now: Micros(100),
        until: Micros(200),
        limit: 10,
    };
    let jobs = store.claim(claim).await.unwrap();
    let mut named: Vec<&str> = jobs
        .iter()
        .filter_map(|job| job.unique.as_deref())
        .collect();
    named.sort_unstable();
    assert_eq!(named, ["intent of ben", "source of ben"]);
    // A stream that is begun anew begins with its first fact.
    let anew = store
        .append(&org, "calendar/maya", Expected::Any, &facts(&["3"]), &[])
        .await;
    assert_eq!(anew.unwrap(), Version(1));
    assert_eq!(store.check().await.unwrap(), []);
}

async fn a_stream_whose_last_fact_went_fits_together_and_is_restored(store: Store) {
    let org = two(&store).await;
    let last = [("words/p", Version(3))];
    store.erase_person(&org, &gone(true, &last)).await.unwrap();
    let words = store.read(&org, "words/p", Version(0), 10).await.unwrap();
    assert_eq!(words.len(), 2);
    assert_eq!(store.check().await.unwrap(), []);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("backup");
    store.backup(&path).await.unwrap();
    let (_kept, address) = empty_sqlite();
    let restored = Store::restore(&address, &path).await.unwrap();
    assert_eq!(restored.check().await.unwrap(), []);
    // What is said next does not take the number of what went.
    let next = facts(&["next"]);
    let next = restored
        .append(&org, "words/p", Expected::Any, &next, &[])
        .await;
    assert_eq!(next.unwrap(), Version(4));
    restored.close().await;
}

async fn it_goes_whole_or_not_at_all(store: Store) {
    let org = two(&store).await;
    for points in 0.. {
        store.drill().stop_after(points);
        let done = store.erase_person(&org, &gone(true, &[])).await;
        let is_over = store.drill().clear();
        if is_over {
            done.unwrap();
            assert!(points > 10, "{points}");
            break;
        }
        assert!(matches!(done, Err(StoreError::Drill)));
        assert_eq!(there(&store, &org, "maya").await, ALL, "after {points}");
    }
    assert_eq!(there(&store, &org, "maya").await, [0; 10]);
}

async fn a_job_that_another_node_has_erases_nothing(store: Store) {
    let org = two(&store).await;
    store.enqueue(&org, &[job(Some("leave"))]).await.unwrap();
    let claim = |now: i64| Claim {
        kinds: &["work"],
        node: "node",
        now: Micros(now),
        until: Micros(now + 10),
        limit: 10,
    };
    let first = store.claim(claim(10)).await.unwrap();
    let first = first
        .into_iter()
        .find(|job| job.unique.as_deref() == Some("leave"));
    let lease = first.unwrap().lease;
    let again = store.claim(claim(30)).await.unwrap();
    assert!(
        again
            .iter()
            .any(|job| job.unique.as_deref() == Some("leave"))
    );
    let more = [job(Some("more"))];
    let late = Gone {
        jobs: &more,
        finish: Some(&lease),
        ..gone(true, &[])
    };
    let refused = store.erase_person(&org, &late).await;
    assert!(
        matches!(refused, Err(StoreError::StaleLease { .. })),
        "{refused:?}"
    );
    assert_eq!(there(&store, &org, "maya").await, ALL);
    assert!(!named(&store, 50).await.contains(&"more".to_owned()));
    let in_time = Gone {
        finish: None,
        ..late
    };
    store.erase_person(&org, &in_time).await.unwrap();
    assert!(named(&store, 70).await.contains(&"more".to_owned()));
}

/// The names of the jobs that can be claimed then.
async fn named(store: &Store, now: i64) -> Vec<String> {
    let claim = Claim {
        kinds: &["work"],
        node: "node",
        now: Micros(now),
        until: Micros(now + 10),
        limit: 10,
    };
    let jobs = store.claim(claim).await.unwrap();
    jobs.into_iter().filter_map(|job| job.unique).collect()
}
