//! Whoever leaves while something of theirs is under way.

use super::*;
use crate::server::ledger::{JUDGE, judge_ahead, judge_now};
use steadfast_store::{
    ACT, Cap, Claim, Ended, Gate, IntentState, Intents, Jobs, NewIntent, Views, Write,
};

const CAP: Cap = Cap {
    most: 9,
    since: Micros(0),
};

/// Something that is to be done to Maya's calendar, claimed by whoever does it.
async fn begun(store: &Store, org: &Org, now: Micros) -> steadfast_store::Job {
    let intent = NewIntent {
        intent: "i".to_owned(),
        person: MAYA.to_owned(),
        about: b"old-mark".to_vec(),
        undoes: None,
        by_hand: false,
        created: now,
    };
    let write = Write {
        intents: &[intent],
        ..Write::default()
    };
    store.write(org, write).await.unwrap();
    let claim = Claim {
        kinds: &[ACT],
        node: "node",
        now,
        until: now.plus(600_000_000),
        limit: 1,
    };
    store.claim(claim).await.unwrap().remove(0)
}

#[test]
fn what_was_begun_on_a_calendar_comes_to_its_end_before_anything_is_given_back() {
    with_store(|store, org| async move {
        let now = marked(&store, &org).await;
        let me = signs_in(&store, &org, MAYA).await;
        let job = begun(&store, &org, micros(now)).await;
        let go = async || {
            let gate = store.let_go(&job.lease, "i", None, micros(now), CAP);
            gate.await.unwrap()
        };
        assert_eq!(go().await, Gate::Open);
        leave(&store, &me, micros(now)).await.unwrap();
        assert!(work(&store, now).await.unwrap());
        assert!(store.source(&org, "s").await.unwrap().is_some());
        // The second half of it.
        assert_eq!(go().await, Gate::Open);
        let ended = Ended {
            intent: "i",
            state: IntentState::Done,
            at: micros(now),
            result: b"",
        };
        let write = Write {
            finish: Some(&job.lease),
            ended: Some(&ended),
            ..Write::default()
        };
        store.write(&org, write).await.unwrap();
        assert!(work(&store, now.plus_seconds(60)).await.unwrap());
        assert!(store.source(&org, "s").await.unwrap().is_none());
        assert!(!everything(&store, &org).await.contains("old-mark"));
    });
}

#[test]
fn between_the_tap_and_the_erasing_nothing_is_begun_and_nothing_judged() {
    with_store(|store, org| async move {
        let now = marked(&store, &org).await;
        let me = signs_in(&store, &org, MAYA).await;
        let job = begun(&store, &org, micros(now)).await;
        leave(&store, &me, micros(now)).await.unwrap();
        let gate = store.let_go(&job.lease, "i", None, micros(now), CAP);
        assert_eq!(gate.await.unwrap(), Gate::Halted);
        let clock = move || micros(now);
        let machine = Machine {
            now: &clock,
            chance: &|| 0,
            node: "node",
            every: 1,
        };
        for (person, is_judged) in [(MAYA, false), (BEN, true)] {
            let news = judge_now(person, micros(now));
            assert_eq!(news.kind, JUDGE);
            store.enqueue(&org, &[news]).await.unwrap();
            assert!(judge_ahead(&store, "p", machine).await.unwrap());
            let judged = store.document(&org, "ledger", person).await.unwrap();
            assert_eq!(judged.is_some(), is_judged, "{person}");
        }
    });
}
