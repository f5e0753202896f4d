//! Schedules.

use crate::support::{claim, job, laws, organisation};
use steadfast_store::{Micros, Schedules, Store, StoreError};

laws![
    a_schedule_is_made_once_and_left_alone,
    of_nodes_that_fire_the_same_run_one_queues_the_job,
    a_schedule_that_would_run_for_ever_is_refused,
];

async fn a_schedule_is_made_once_and_left_alone(store: Store) {
    let org = organisation(&store, "acme").await;
    assert!(store.plan(&org, "letter", Micros(100)).await.unwrap());
    assert!(!store.plan(&org, "letter", Micros(1)).await.unwrap());
    assert!(store.due(Micros(99), 10).await.unwrap().is_empty());
    let due = store.due(Micros(100), 10).await.unwrap();
    assert_eq!((due.len(), due[0].run), (1, Micros(100)));
    assert!(store.unplan(&org, "letter").await.unwrap());
    assert!(!store.unplan(&org, "letter").await.unwrap());
    assert!(store.due(Micros(100), 10).await.unwrap().is_empty());
}

async fn of_nodes_that_fire_the_same_run_one_queues_the_job(store: Store) {
    let org = organisation(&store, "acme").await;
    store.plan(&org, "letter", Micros(100)).await.unwrap();
    let due = store.due(Micros(150), 10).await.unwrap().remove(0);
    let mut tasks = Vec::new();
    for _ in 0..4 {
        let (store, due) = (store.clone(), due.clone());
        tasks.push(tokio::spawn(async move {
            store.fire(&due, Micros(200), &job(None)).await.unwrap()
        }));
    }
    let mut fired = 0;
    for task in tasks {
        fired += u32::from(task.await.unwrap());
    }
    assert_eq!(fired, 1);
    assert!(claim(&store, 10, 20).await.is_some());
    assert!(claim(&store, 10, 20).await.is_none());
    assert_eq!(
        store.due(Micros(200), 10).await.unwrap()[0].run,
        Micros(200)
    );
}

async fn a_schedule_that_would_run_for_ever_is_refused(store: Store) {
    let org = organisation(&store, "acme").await;
    store.plan(&org, "letter", Micros(100)).await.unwrap();
    let due = store.due(Micros(150), 10).await.unwrap().remove(0);
    let refused = store.fire(&due, Micros(100), &job(None)).await;
    assert!(matches!(refused, Err(StoreError::BadName { .. })));
}
