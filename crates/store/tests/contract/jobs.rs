//! Jobs.

use crate::support::{claim, job, laws, organisation};
use std::collections::BTreeSet;
use steadfast_store::{
    Claim, Failed, JobId, Jobs, Lease, Micros, NewJob, Store, StoreError, backoff,
};

laws![
    a_job_is_claimed_when_it_is_due_and_not_before,
    a_claimed_job_is_nobody_elses_until_its_lease_ends,
    a_finished_job_is_gone,
    a_lease_that_was_lost_can_end_nothing,
    a_renewed_lease_lasts,
    a_failed_job_comes_back_when_it_was_said_to,
    the_last_attempt_makes_a_dead_letter,
    a_job_that_takes_its_node_down_ends_as_a_dead_letter,
    a_unique_job_waits_once,
    a_unique_job_that_is_running_runs_once_more,
    a_unique_job_that_was_queued_while_it_failed_for_good_gets_a_new_life,
    a_retry_is_not_hurried_by_queueing_again,
    a_dead_letter_is_requeued_or_discarded,
    a_dead_letter_does_not_hold_its_unique_name,
    workers_get_only_kinds_that_they_can_do,
    workers_at_once_share_the_jobs_out,
    jobs_of_all_organisations_are_served_longest_due_first,
    depth_says_what_waits_runs_and_is_dead,
];

const KINDS: &[&str] = &["work"];

fn is_stale<T>(outcome: &Result<T, StoreError>) -> bool {
    matches!(outcome, Err(StoreError::StaleLease { .. }))
}

async fn a_job_is_claimed_when_it_is_due_and_not_before(store: Store) {
    let org = organisation(&store, "acme").await;
    store.enqueue(&org, &[job(Some("u"))]).await.unwrap();
    assert_eq!(store.next_due(KINDS).await.unwrap(), Some(Micros(10)));
    assert_eq!(claim(&store, 9, 20).await, None);
    let claimed = claim(&store, 10, 20).await.unwrap();
    assert_eq!(claimed.payload, b"do");
    assert_eq!(claimed.unique.as_deref(), Some("u"));
    assert_eq!((claimed.attempt, claimed.max_attempts), (1, 3));
    assert_eq!(claimed.lease.org, org);
}

async fn a_claimed_job_is_nobody_elses_until_its_lease_ends(store: Store) {
    let org = organisation(&store, "acme").await;
    store.enqueue(&org, &[job(None)]).await.unwrap();
    let first = claim(&store, 10, 20).await.unwrap();
    assert_eq!(claim(&store, 19, 40).await, None);
    assert_eq!(store.next_due(KINDS).await.unwrap(), Some(Micros(20)));
    let second = claim(&store, 20, 40).await.unwrap();
    assert_eq!(second.lease.job, first.lease.job);
    assert!(second.lease.token > first.lease.token);
    assert_eq!(second.attempt, 2);
}

async fn a_finished_job_is_gone(store: Store) {
    let org = organisation(&store, "acme").await;
    store.enqueue(&org, &[job(None)]).await.unwrap();
    let claimed = claim(&store, 10, 20).await.unwrap();
    store.finish(&claimed.lease).await.unwrap();
    assert_eq!(claim(&store, 1000, 2000).await, None);
    assert_eq!(store.next_due(KINDS).await.unwrap(), None);
    assert!(is_stale(&store.finish(&claimed.lease).await));
}

async fn a_lease_that_was_lost_can_end_nothing(store: Store) {
    let org = organisation(&store, "acme").await;
    store.enqueue(&org, &[job(None)]).await.unwrap();
    let zombie = claim(&store, 10, 20).await.unwrap().lease;
    let holder = claim(&store, 20, 30).await.unwrap().lease;
    assert!(is_stale(&store.finish(&zombie).await));
    assert!(is_stale(&store.renew(&zombie, Micros(99)).await));
    let failed = store.fail(&zombie, Micros(25), Some(Micros(26)), "x").await;
    assert!(is_stale(&failed));
    let invented = Lease {
        token: holder.token + 1,
        ..holder.clone()
    };
    assert!(is_stale(&store.finish(&invented).await));
    store.finish(&holder).await.unwrap();
}

async fn a_renewed_lease_lasts(store: Store) {
    let org = organisation(&store, "acme").await;
    store.enqueue(&org, &[job(None)]).await.unwrap();
    let lease = claim(&store, 10, 20).await.unwrap().lease;
    store.renew(&lease, Micros(50)).await.unwrap();
    assert_eq!(claim(&store, 49, 60).await, None);
    store.finish(&lease).await.unwrap();
}

async fn a_failed_job_comes_back_when_it_was_said_to(store: Store) {
    let org = organisation(&store, "acme").await;
    store.enqueue(&org, &[job(None)]).await.unwrap();
    let lease = claim(&store, 10, 20).await.unwrap().lease;
    let failed = store.fail(&lease, Micros(11), Some(Micros(15)), "no answer");
    assert_eq!(failed.await.unwrap(), Failed::Again);
    assert!(is_stale(&store.finish(&lease).await));
    assert_eq!(claim(&store, 14, 20).await, None);
    assert_eq!(claim(&store, 15, 20).await.unwrap().attempt, 2);
    assert_eq!(backoff(Micros(0), 1, 0), Micros(1_000_000));
    assert_eq!(backoff(Micros(5), 3, u32::MAX), Micros(5_000_005));
    assert_eq!(backoff(Micros(0), 99, 0), Micros(3_600_000_000));
}

async fn the_last_attempt_makes_a_dead_letter(store: Store) {
    let org = organisation(&store, "acme").await;
    store
        .enqueue(&org, &[job(None), job(Some("u"))])
        .await
        .unwrap();
    for attempt in 1..=3 {
        let now = attempt * 100;
        let claimed = claim(&store, now, now + 9).await.unwrap();
        assert_eq!(claimed.lease.job, JobId(1));
        let failed = store
            .fail(&claimed.lease, Micros(now), Some(Micros(now)), "no\0answer")
            .await
            .unwrap();
        assert_eq!(failed == Failed::Dead, attempt == 3);
        // The other one must not come first on the next round.
        if attempt == 1 {
            let other = claim(&store, now, now + 9).await.unwrap();
            let dead = store.fail(&other.lease, Micros(now), None, "hopeless");
            assert_eq!(dead.await.unwrap(), Failed::Dead);
        }
    }
    let letters = store.dead_letters(&org, None, 10).await.unwrap();
    assert_eq!(letters.len(), 2);
    assert_eq!(letters[1].attempts, 3);
    assert_eq!(letters[1].error.as_deref(), Some("no\u{FFFD}answer"));
    assert_eq!(letters[1].at, Micros(300));
    assert_eq!(letters[0].unique.as_deref(), Some("u"));
    assert_eq!(letters[0].error.as_deref(), Some("hopeless"));
    let newest = store.dead_letters(&org, None, 1).await.unwrap();
    assert_eq!(newest, letters[..1]);
    assert_eq!(claim(&store, 10_000, 20_000).await, None);
    let rest = store.dead_letters(&org, Some(letters[0].job), 10);
    assert_eq!(rest.await.unwrap(), letters[1..]);
}

async fn a_job_that_takes_its_node_down_ends_as_a_dead_letter(store: Store) {
    let org = organisation(&store, "acme").await;
    store.enqueue(&org, &[job(None)]).await.unwrap();
    for attempt in 1..=3 {
        assert!(
            claim(&store, attempt * 100, attempt * 100 + 1)
                .await
                .is_some()
        );
    }
    assert_eq!(claim(&store, 1000, 1001).await, None);
    let letters = store.dead_letters(&org, None, 10).await.unwrap();
    assert_eq!(letters[0].attempts, 3);
    assert!(letters[0].error.is_some());
}

async fn a_unique_job_waits_once(store: Store) {
    let org = organisation(&store, "acme").await;
    let newer = NewJob {
        payload: b"newer".to_vec(),
        due: Micros(5),
        ..job(Some("u"))
    };
    let other_kind = NewJob {
        kind: "other".to_owned(),
        ..job(Some("u"))
    };
    store
        .enqueue(&org, &[job(Some("u")), other_kind, newer, job(Some("u"))])
        .await
        .unwrap();
    let claimed = claim(&store, 5, 100).await.unwrap();
    assert_eq!(claimed.payload, b"do");
    assert_eq!(claim(&store, 50, 100).await, None);
}

async fn a_unique_job_that_is_running_runs_once_more(store: Store) {
    let org = organisation(&store, "acme").await;
    store.enqueue(&org, &[job(Some("u"))]).await.unwrap();
    let running = claim(&store, 10, 50).await.unwrap();
    for due in [30, 20, 40] {
        let more = NewJob {
            due: Micros(due),
            ..job(Some("u"))
        };
        store.enqueue(&org, &[more]).await.unwrap();
    }
    assert_eq!(claim(&store, 45, 99).await, None);
    store.finish(&running.lease).await.unwrap();
    assert!(is_stale(&store.finish(&running.lease).await));
    assert_eq!(claim(&store, 19, 99).await, None);
    let again = claim(&store, 20, 99).await.unwrap();
    assert_eq!(again.attempt, 1);
    store.finish(&again.lease).await.unwrap();
    assert_eq!(store.next_due(KINDS).await.unwrap(), None);
}

async fn a_unique_job_that_was_queued_while_it_failed_for_good_gets_a_new_life(store: Store) {
    let org = organisation(&store, "acme").await;
    store.enqueue(&org, &[job(Some("u"))]).await.unwrap();
    let running = claim(&store, 10, 50).await.unwrap();
    store.enqueue(&org, &[job(Some("u"))]).await.unwrap();
    let failed = store.fail(&running.lease, Micros(11), None, "x").await;
    assert_eq!(failed.unwrap(), Failed::Again);
    assert_eq!(claim(&store, 11, 50).await.unwrap().attempt, 1);
    assert!(store.dead_letters(&org, None, 9).await.unwrap().is_empty());
    // The same where the node went down in the last attempt.
    for attempt in 2..=3 {
        assert!(
            claim(&store, attempt * 100, attempt * 100 + 1)
                .await
                .is_some()
        );
    }
    store.enqueue(&org, &[job(Some("u"))]).await.unwrap();
    let reborn = claim(&store, 1000, 1001).await.unwrap();
    assert_eq!(reborn.attempt, 1);
}

async fn a_retry_is_not_hurried_by_queueing_again(store: Store) {
    let org = organisation(&store, "acme").await;
    store.enqueue(&org, &[job(Some("u"))]).await.unwrap();
    let lease = claim(&store, 10, 50).await.unwrap().lease;
    store
        .fail(&lease, Micros(11), Some(Micros(100)), "x")
        .await
        .unwrap();
    store.enqueue(&org, &[job(Some("u"))]).await.unwrap();
    assert_eq!(claim(&store, 99, 200).await, None);
    assert_eq!(claim(&store, 100, 200).await.unwrap().attempt, 2);
}

async fn a_dead_letter_is_requeued_or_discarded(store: Store) {
    let org = organisation(&store, "acme").await;
    store.enqueue(&org, &[job(None), job(None)]).await.unwrap();
    let mut dead = Vec::new();
    for _ in 0..2 {
        let lease = claim(&store, 10, 50).await.unwrap().lease;
        store.fail(&lease, Micros(11), None, "x").await.unwrap();
        dead.push(lease.job);
    }
    store.requeue(&org, dead[0], Micros(60)).await.unwrap();
    store.discard(&org, dead[1]).await.unwrap();
    for job in dead {
        let refused = store.discard(&org, job).await;
        assert!(matches!(refused, Err(StoreError::Missing(_))));
        let refused = store.requeue(&org, job, Micros(60)).await;
        assert!(matches!(refused, Err(StoreError::Missing(_))));
    }
    assert_eq!(claim(&store, 59, 99).await, None);
    assert_eq!(claim(&store, 60, 99).await.unwrap().attempt, 1);
    assert_eq!(claim(&store, 60, 99).await, None);
}

async fn a_dead_letter_does_not_hold_its_unique_name(store: Store) {
    let org = organisation(&store, "acme").await;
    store.enqueue(&org, &[job(Some("u"))]).await.unwrap();
    let lease = claim(&store, 10, 50).await.unwrap().lease;
    store.fail(&lease, Micros(11), None, "x").await.unwrap();
    store.enqueue(&org, &[job(Some("u"))]).await.unwrap();
    let refused = store.requeue(&org, lease.job, Micros(12)).await;
    assert!(matches!(refused, Err(StoreError::Exists(_))));
    let live = claim(&store, 12, 50).await.unwrap().lease;
    assert_ne!(live.job, lease.job);
    store.finish(&live).await.unwrap();
    store.requeue(&org, lease.job, Micros(12)).await.unwrap();
}

async fn workers_get_only_kinds_that_they_can_do(store: Store) {
    let org = organisation(&store, "acme").await;
    let other = NewJob {
        kind: "other".to_owned(),
        ..job(None)
    };
    store.enqueue(&org, &[other, job(None)]).await.unwrap();
    let ask = |kinds| Claim {
        kinds,
        node: "n",
        now: Micros(10),
        until: Micros(20),
        limit: 10,
    };
    assert!(store.claim(ask(&[])).await.unwrap().is_empty());
    assert!(store.claim(ask(&["none"])).await.unwrap().is_empty());
    let one = store.claim(ask(&["none", "other"])).await.unwrap();
    assert_eq!(one.len(), 1);
    assert_eq!(one[0].kind, "other");
    assert_eq!(store.next_due(&["none"]).await.unwrap(), None);
    assert_eq!(store.claim(ask(&["work", "other"])).await.unwrap().len(), 1);
}

async fn workers_at_once_share_the_jobs_out(store: Store) {
    const JOBS: usize = 120;
    let org = organisation(&store, "acme").await;
    store.enqueue(&org, &vec![job(None); JOBS]).await.unwrap();
    let mut tasks = Vec::new();
    for _ in 0..4 {
        let store = store.clone();
        tasks.push(tokio::spawn(async move {
            let mut mine = Vec::new();
            loop {
                let claim = Claim {
                    kinds: KINDS,
                    node: "n",
                    now: Micros(10),
                    until: Micros(20),
                    limit: 7,
                };
                let jobs = store.claim(claim).await.unwrap();
                if jobs.is_empty() {
                    return mine;
                }
                for job in jobs {
                    store.finish(&job.lease).await.unwrap();
                    mine.push(job.lease.job);
                }
            }
        }));
    }
    let mut all = Vec::new();
    for task in tasks {
        all.extend(task.await.unwrap());
    }
    assert_eq!(all.len(), JOBS);
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), JOBS);
}

async fn jobs_of_all_organisations_are_served_longest_due_first(store: Store) {
    let (a, b) = (
        organisation(&store, "a").await,
        organisation(&store, "b").await,
    );
    let due = |at| NewJob {
        due: Micros(at),
        ..job(None)
    };
    store.enqueue(&a, &[due(5), due(3)]).await.unwrap();
    store.enqueue(&b, &[due(4)]).await.unwrap();
    let mut served = Vec::new();
    while let Some(job) = claim(&store, 10, 20).await {
        served.push((job.lease.org.to_string(), job.lease.job.0));
    }
    let expected = [("a", 2), ("b", 1), ("a", 1)].map(|(org, id)| (org.to_owned(), id));
    assert_eq!(served, expected);
}

async fn depth_says_what_waits_runs_and_is_dead(store: Store) {
    let org = organisation(&store, "acme").await;
    store.enqueue(&org, &vec![job(None); 5]).await.unwrap();
    let lease = claim(&store, 10, 20).await.unwrap().lease;
    store.fail(&lease, Micros(10), None, "x").await.unwrap();
    assert!(claim(&store, 10, 20).await.is_some());
    let depth = store.depth().await.unwrap();
    assert_eq!(depth.len(), 1);
    let found = (depth[0].waiting, depth[0].leased, depth[0].dead);
    assert_eq!((depth[0].kind.as_str(), found), ("work", (3, 1, 1)));
}
