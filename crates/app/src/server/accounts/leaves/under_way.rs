//! Whoever leaves while something of theirs is under way.

use super::*;
use crate::server::guard::AsksNobody;
use crate::server::ledger::{self, JUDGE, judge_ahead, judge_now};
use steadfast_store::{
    ACT, Cap, Change, Claim, Ended, Gate, IntentState, Intents, Jobs, NewIntent, StoreError, Views,
    Write,
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
            assert!(
                judge_ahead(&store, &AsksNobody, "p", machine)
                    .await
                    .unwrap()
            );
            let judged = store.document(&org, "ledger", person).await.unwrap();
            assert_eq!(judged.is_some(), is_judged, "{person}");
        }
    });
}

#[test]
fn nothing_is_judged_for_whoever_set_the_server_up_once_they_leave_and_nothing_queued_is_left() {
    with_store(|store, org| async move {
        let now = marked(&store, &org).await;
        let change = steadfast_store::AccountChange::Role(role::OWNER.to_owned());
        let account = format!("account-of-{MAYA}");
        store.change_account(&org, &account, &change).await.unwrap();
        let me = signs_in(&store, &org, MAYA).await;
        let clock = move || micros(now);
        let machine = Machine {
            now: &clock,
            chance: &|| 0,
            node: "node",
            every: 1,
        };
        let judged = async || {
            store
                .document(&org, "ledger", MAYA)
                .await
                .unwrap()
                .is_some()
        };
        leave(&store, &me, micros(now)).await.unwrap();
        let news = [judge_now(MAYA, micros(now))];
        store.enqueue(&org, &news).await.unwrap();
        assert!(
            judge_ahead(&store, &AsksNobody, "p", machine)
                .await
                .unwrap()
        );
        assert!(!judged().await);
        // One is with a node when all of hers goes, which had kept what it judged; another waits for it.
        store.enqueue(&org, &news).await.unwrap();
        let claim = Claim {
            kinds: &[JUDGE],
            node: "late",
            now: micros(now),
            until: micros(now).plus(600_000_000),
            limit: 1,
        };
        let late = store.claim(claim).await.unwrap().remove(0);
        store.enqueue(&org, &news).await.unwrap();
        ledger::kept(&store, me.viewer(), "p", now).await.unwrap();
        assert!(judged().await);
        assert!(store.next_due(&[JUDGE]).await.unwrap().is_some());
        assert!(work(&store, now).await.unwrap());
        assert_eq!(store.next_due(&[JUDGE]).await.unwrap(), None);
        assert!(!judged().await);
        let ended = store.finish(&late.lease).await;
        assert!(
            matches!(ended, Err(StoreError::StaleLease { .. })),
            "{ended:?}"
        );
    });
}

#[test]
fn what_is_declared_by_whoever_leaves_alone_changes_nothing_of_the_others_past() {
    with_store(|store, org| async move {
        let now = marked(&store, &org).await;
        let (ben, maya) = (viewer(&org, BEN), viewer(&org, MAYA));
        let reports = [BEN.to_owned()];
        declare(&store, &maya, now, &reports, None).await.unwrap();
        let said = ledger::declared(&store, &ben).await.unwrap();
        assert_eq!(said.manager.as_deref(), Some(MAYA));
        let before = past(&store, &ben, now).await;
        assert!(before.len() > 20, "{}", before.len());
        let me = signs_in(&store, &org, MAYA).await;
        leave(&store, &me, micros(now)).await.unwrap();
        assert!(work(&store, now).await.unwrap());
        let said = ledger::declared(&store, &ben).await.unwrap();
        assert_eq!(said.manager, None);
        assert_eq!(past(&store, &ben, now).await, before);
    });
}

/// What work that had begun before wrote after everything went.
async fn written_late(store: &Store, org: &Org, now: Instant) {
    let fact = [facts::seen(b"late-mark", MAYA, now)];
    for stream in [
        facts::calendar_of(MAYA),
        crate::server::log::noted::log_of(MAYA),
    ] {
        store
            .append(org, &stream, Expected::Any, &fact, &[])
            .await
            .unwrap();
    }
    let judged = Change {
        view: "ledger".to_owned(),
        key: MAYA.to_owned(),
        body: Some(b"late-mark".to_vec()),
    };
    store.remember(org, &judged).await.unwrap();
}

#[test]
fn what_was_written_after_it_by_work_that_had_begun_before_goes_as_well() {
    for is_back in [false, true] {
        with_store(|store, org| async move {
            let now = marked(&store, &org).await;
            let me = signs_in(&store, &org, MAYA).await;
            leave(&store, &me, micros(now)).await.unwrap();
            assert!(work(&store, now).await.unwrap());
            written_late(&store, &org, now).await;
            if is_back {
                joins(&store, &org, MAYA, role::MEMBER).await;
            }
            // Not before all of it has ended.
            assert!(!work(&store, now.plus_seconds(30 * 60)).await.unwrap());
            let later = now.plus_seconds(32 * 60);
            assert!(work(&store, later).await.unwrap());
            let stays = is_back;
            assert_eq!(everything(&store, &org).await.contains("late-mark"), stays);
            let kept = store.document(&org, "ledger", MAYA).await.unwrap();
            assert_eq!(kept.is_some(), stays);
            assert!(!work(&store, later.plus_days(1)).await.unwrap());
        });
    }
}

#[test]
fn what_was_said_of_lines_goes_with_whoever_said_it_and_stays_with_the_others() {
    with_store(|store, org| async move {
        let now = marked(&store, &org).await;
        let (ben, maya) = (viewer(&org, BEN), viewer(&org, MAYA));
        declare(&store, &maya, now, &[BEN.to_owned()], None)
            .await
            .unwrap();
        declare(&store, &ben, now, &[], Some(MAYA)).await.unwrap();
        let of = async |person: &str| {
            let stream = facts::lines_said_of(person);
            let all = store.read(&org, &stream, steadfast_store::Version(0), 9);
            let all = all.await.unwrap();
            all.into_iter().map(|fact| fact.actor).collect::<Vec<_>>()
        };
        assert_eq!(
            (of(BEN).await, of(MAYA).await),
            (vec![MAYA.to_owned()], vec![BEN.to_owned()])
        );
        let before = past(&store, &ben, now).await;
        let me = signs_in(&store, &org, MAYA).await;
        leave(&store, &me, micros(now)).await.unwrap();
        assert!(work(&store, now).await.unwrap());
        assert_eq!(
            (of(BEN).await, of(MAYA).await),
            (vec![], vec![BEN.to_owned()])
        );
        assert_eq!(past(&store, &ben, now).await, before);
        assert_eq!(store.check().await.unwrap(), []);
    });
}
