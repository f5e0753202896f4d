//! Intents, and the switches that stop them.

use crate::support::{facts, laws, organisation};
use steadfast_store::{
    ACT, Append, Cap, Claim, Ended, Expected, Facts, Gate, IntentState, Intents, Job, Jobs, LEAVES,
    Micros, NewIntent, Org, Store, StoreError, Version, Write,
};

laws![
    an_intent_is_written_with_what_caused_it_or_not_at_all,
    an_intent_of_the_same_name_is_written_and_done_once,
    an_intent_goes_out_only_through_the_gate_and_ends_with_its_job,
    a_switch_stops_its_person_or_everybody_until_it_is_turned_back,
    of_whoever_leaves_nothing_more_is_begun_and_what_was_begun_goes_on,
    the_cap_of_a_day_counts_what_went_out_and_not_what_was_asked_for_by_hand,
    a_node_that_lost_its_lease_lets_nothing_go_and_ends_nothing,
    what_takes_an_intent_back_undoes_it_when_it_is_done,
    an_intent_belongs_to_its_organisation,
];

const DAY: Cap = Cap {
    most: 2,
    since: Micros(0),
};

fn new(name: &str, person: &str) -> NewIntent {
    NewIntent {
        intent: name.to_owned(),
        person: person.to_owned(),
        about: b"move it".to_vec(),
        undoes: None,
        by_hand: false,
        created: Micros(5),
    }
}

async fn write(store: &Store, org: &Org, intents: &[NewIntent]) {
    let write = Write {
        intents,
        ..Write::default()
    };
    store.write(org, write).await.unwrap();
}

async fn claim(store: &Store, now: i64, until: i64) -> Option<Job> {
    let claim = Claim {
        kinds: &[ACT],
        node: "node",
        now: Micros(now),
        until: Micros(until),
        limit: 1,
    };
    store.claim(claim).await.unwrap().pop()
}

async fn go(store: &Store, job: &Job) -> Gate {
    let name = job.unique.as_deref().unwrap();
    store
        .let_go(&job.lease, name, Some(b"back"), Micros(20), DAY)
        .await
        .unwrap()
}

async fn end(store: &Store, org: &Org, job: &Job, state: IntentState) -> Result<(), StoreError> {
    let ended = Ended {
        intent: job.unique.as_deref().unwrap(),
        state,
        at: Micros(30),
        result: b"seen",
    };
    let write = Write {
        finish: Some(&job.lease),
        ended: Some(&ended),
        ..Write::default()
    };
    store.write(org, write).await.map(drop)
}

async fn state(store: &Store, org: &Org, name: &str) -> IntentState {
    store.intent(org, name).await.unwrap().unwrap().state
}

async fn an_intent_is_written_with_what_caused_it_or_not_at_all(store: Store) {
    let org = organisation(&store, "acme").await;
    let decided = facts(&["decided"]);
    let appends = |expected| {
        [Append {
            stream: "a",
            expected,
            facts: &decided,
        }]
    };
    let intents = [new("i", "maya")];
    let refused = appends(Expected::Exactly(Version(7)));
    let write = Write {
        appends: &refused,
        intents: &intents,
        ..Write::default()
    };
    assert!(store.write(&org, write).await.is_err());
    assert_eq!(store.intent(&org, "i").await.unwrap(), None);
    for nothing in ["", "\0", "x\n", &"x".repeat(501)] {
        assert_eq!(store.intent(&org, nothing).await.unwrap(), None);
    }
    assert!(claim(&store, 10, 20).await.is_none());
    let taken = appends(Expected::Any);
    let write = Write {
        appends: &taken,
        ..write
    };
    store.write(&org, write).await.unwrap();
    let kept = store.intent(&org, "i").await.unwrap().unwrap();
    assert_eq!(
        (kept.state, kept.sent, kept.ended),
        (IntentState::Written, None, None)
    );
    assert_eq!(
        (kept.about.as_slice(), kept.created),
        (&b"move it"[..], Micros(5))
    );
    assert_eq!(
        claim(&store, 10, 20).await.unwrap().unique.as_deref(),
        Some("i")
    );
}

async fn an_intent_of_the_same_name_is_written_and_done_once(store: Store) {
    let org = organisation(&store, "acme").await;
    let other = NewIntent {
        about: b"something else".to_vec(),
        ..new("i", "maya")
    };
    write(&store, &org, &[new("i", "maya"), other.clone()]).await;
    let job = claim(&store, 10, 20).await.unwrap();
    write(&store, &org, std::slice::from_ref(&other)).await;
    assert_eq!(go(&store, &job).await, Gate::Open);
    end(&store, &org, &job, IntentState::Done).await.unwrap();
    write(&store, &org, &[other]).await;
    assert!(claim(&store, 1000, 2000).await.is_none());
    let kept = store.intents_of(&org, "maya", 9).await.unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].about, b"move it");
}

async fn an_intent_goes_out_only_through_the_gate_and_ends_with_its_job(store: Store) {
    let org = organisation(&store, "acme").await;
    write(&store, &org, &[new("i", "maya")]).await;
    let job = claim(&store, 10, 100).await.unwrap();
    assert_eq!(go(&store, &job).await, Gate::Open);
    assert_eq!(state(&store, &org, "i").await, IntentState::Sending);
    // Once more, after an attempt of which nothing is known.
    assert_eq!(go(&store, &job).await, Gate::Open);
    end(&store, &org, &job, IntentState::NotDelivered)
        .await
        .unwrap();
    let kept = store.intent(&org, "i").await.unwrap().unwrap();
    assert_eq!(kept.state, IntentState::NotDelivered);
    assert_eq!(
        (kept.sent, kept.ended),
        (Some(Micros(20)), Some(Micros(30)))
    );
    assert_eq!(kept.result.as_deref(), Some(&b"seen"[..]));
    assert_eq!(kept.undo.as_deref(), Some(&b"back"[..]));
    assert!(claim(&store, 1000, 2000).await.is_none());
    let again = end(&store, &org, &job, IntentState::Done).await;
    assert!(again.is_err());
    assert_eq!(state(&store, &org, "i").await, IntentState::NotDelivered);
}

async fn a_switch_stops_its_person_or_everybody_until_it_is_turned_back(store: Store) {
    let org = organisation(&store, "acme").await;
    write(&store, &org, &[new("m", "maya"), new("n", "noor")]).await;
    let maya = claim(&store, 10, 100).await.unwrap();
    let noor = claim(&store, 10, 100).await.unwrap();
    store
        .halt(&org, Some("maya"), Micros(7), "maya")
        .await
        .unwrap();
    store
        .halt(&org, Some("maya"), Micros(9), "maya")
        .await
        .unwrap();
    assert_eq!(go(&store, &maya).await, Gate::Halted);
    assert_eq!(state(&store, &org, "m").await, IntentState::Written);
    assert_eq!(go(&store, &noor).await, Gate::Open);
    store.halt(&org, None, Micros(8), "admin").await.unwrap();
    // Also what was let go before and is to be sent again.
    assert_eq!(go(&store, &noor).await, Gate::Halted);
    let (hers, noors) = (
        store.halted(&org, "maya").await.unwrap(),
        store.halted(&org, "noor").await.unwrap(),
    );
    assert_eq!((hers.own, hers.all), (Some(Micros(7)), Some(Micros(8))));
    assert_eq!((noors.own, noors.all), (None, Some(Micros(8))));
    assert_eq!(
        (hers.since(), noors.since()),
        (Some(Micros(7)), Some(Micros(8)))
    );
    assert!(store.resume_writing(&org, Some("maya")).await.unwrap());
    assert_eq!(go(&store, &maya).await, Gate::Halted);
    assert!(store.resume_writing(&org, None).await.unwrap());
    assert!(!store.resume_writing(&org, None).await.unwrap());
    assert_eq!(go(&store, &maya).await, Gate::Open);
    assert_eq!(store.halted(&org, "maya").await.unwrap().since(), None);
}

async fn of_whoever_leaves_nothing_more_is_begun_and_what_was_begun_goes_on(store: Store) {
    let org = organisation(&store, "acme").await;
    write(&store, &org, &[new("1", "maya"), new("2", "maya")]).await;
    let begun = claim(&store, 10, 100).await.unwrap();
    let waits = claim(&store, 10, 100).await.unwrap();
    assert_eq!(go(&store, &begun).await, Gate::Open);
    store
        .halt(&org, Some("maya"), Micros(7), LEAVES)
        .await
        .unwrap();
    assert_eq!(go(&store, &begun).await, Gate::Open);
    assert_eq!(go(&store, &waits).await, Gate::Halted);
    // The switch for all stops that as well.
    store.halt(&org, None, Micros(8), "admin").await.unwrap();
    assert_eq!(go(&store, &begun).await, Gate::Halted);
}

async fn the_cap_of_a_day_counts_what_went_out_and_not_what_was_asked_for_by_hand(store: Store) {
    let org = organisation(&store, "acme").await;
    let by_hand = NewIntent {
        by_hand: true,
        ..new("by hand", "maya")
    };
    let all = ["1", "2", "3"].map(|name| new(name, "maya"));
    write(&store, &org, &all).await;
    write(&store, &org, &[by_hand, new("4", "noor")]).await;
    let mut gates = Vec::new();
    while let Some(job) = claim(&store, 10, 100).await {
        let gate = go(&store, &job).await;
        gates.push((job.unique.unwrap(), gate));
    }
    gates.sort_by(|one, other| one.0.cmp(&other.0));
    let gates: Vec<(&str, Gate)> = gates
        .iter()
        .map(|(name, gate)| (name.as_str(), *gate))
        .collect();
    assert_eq!(
        gates,
        [
            ("1", Gate::Open),
            ("2", Gate::Open),
            ("3", Gate::Capped),
            ("4", Gate::Open),
            ("by hand", Gate::Open),
        ]
    );
    // The next day begins after what went out.
    let job = claim(&store, 200, 300).await.unwrap();
    let tomorrow = Cap {
        since: Micros(21),
        ..DAY
    };
    let name = job.unique.as_deref().unwrap();
    let gate = store
        .let_go(&job.lease, name, Some(b"back"), Micros(22), tomorrow)
        .await;
    assert_eq!(gate.unwrap(), Gate::Open);
}

async fn a_node_that_lost_its_lease_lets_nothing_go_and_ends_nothing(store: Store) {
    let org = organisation(&store, "acme").await;
    write(&store, &org, &[new("i", "maya")]).await;
    let slow = claim(&store, 10, 20).await.unwrap();
    let fast = claim(&store, 30, 90).await.unwrap();
    let late = store
        .let_go(&slow.lease, "i", Some(b"back"), Micros(40), DAY)
        .await;
    assert!(matches!(late, Err(StoreError::StaleLease { .. })));
    assert_eq!(go(&store, &fast).await, Gate::Open);
    let late = end(&store, &org, &slow, IntentState::Failed).await;
    assert!(matches!(late, Err(StoreError::StaleLease { .. })));
    assert_eq!(state(&store, &org, "i").await, IntentState::Sending);
    end(&store, &org, &fast, IntentState::Done).await.unwrap();
    assert_eq!(state(&store, &org, "i").await, IntentState::Done);
}

async fn what_takes_an_intent_back_undoes_it_when_it_is_done(store: Store) {
    let org = organisation(&store, "acme").await;
    write(&store, &org, &[new("i", "maya")]).await;
    let job = claim(&store, 10, 100).await.unwrap();
    go(&store, &job).await;
    end(&store, &org, &job, IntentState::Done).await.unwrap();
    for (name, outcome, then) in [
        ("u1", IntentState::Failed, IntentState::Done),
        ("u2", IntentState::Done, IntentState::Undone),
    ] {
        let back = NewIntent {
            undoes: Some("i".to_owned()),
            ..new(name, "maya")
        };
        write(&store, &org, &[back]).await;
        let job = claim(&store, 10, 100).await.unwrap();
        go(&store, &job).await;
        end(&store, &org, &job, outcome).await.unwrap();
        assert_eq!(state(&store, &org, "i").await, then, "{name}");
    }
}

async fn an_intent_belongs_to_its_organisation(store: Store) {
    let (acme, other) = (
        organisation(&store, "acme").await,
        organisation(&store, "other").await,
    );
    write(&store, &acme, &[new("i", "maya")]).await;
    store.halt(&other, None, Micros(1), "admin").await.unwrap();
    assert_eq!(store.intent(&other, "i").await.unwrap(), None);
    assert!(
        store
            .intents_of(&other, "maya", 9)
            .await
            .unwrap()
            .is_empty()
    );
    let job = claim(&store, 10, 100).await.unwrap();
    assert_eq!(go(&store, &job).await, Gate::Open);
    let nobody = Org::new("nobody").unwrap();
    let refused = store.halt(&nobody, None, Micros(1), "admin").await;
    assert!(matches!(refused, Err(StoreError::NoOrganisation(_))));
}
