//! Every point at which a write can break off: the store is as before the call, or as after it.

use crate::support::{claim, facts, job, laws, organisation};
use std::future::Future;
use std::path::Path;
use std::pin::pin;
use std::task::Poll;
use steadfast_store::{
    Access, AccessLog, AccountChange, Accounts, ApiToken, ApiTokens, Append, Change, Day, Effect,
    Ended, Expected, Facts, Failure, IntentState, Intents, Jobs, Lease, Links, Micros, NewAccount,
    NewIntent, NewLink, NewSource, Org, Position, Round, Schedules, Secrets, Session, Sessions,
    Sources, Store, StoreError, TokenHash, Version, Views, Write,
};

laws![
    a_write_that_breaks_off_between_statements_leaves_nothing,
    a_call_that_is_dropped_has_written_all_or_nothing,
];

/// A world in which every call of [`call`] succeeds once.
async fn world(store: &Store, name: &str) -> (Org, Lease) {
    let org = organisation(store, name).await;
    let account = new_account("maya");
    store.create_account(&org, &account).await.unwrap();
    store
        .append(
            &org,
            "a",
            Expected::Any,
            &facts(&["1", "2"]),
            &[job(Some("u"))],
        )
        .await
        .unwrap();
    let lease = claim(store, 10, 20).await.unwrap().lease;
    store.enqueue(&org, &[job(Some("u"))]).await.unwrap();
    store.plan(&org, "letter", Micros(5)).await.unwrap();
    let session = Session {
        account: "maya".to_owned(),
        created: Micros(1),
        expires: Micros(90),
    };
    store
        .open_session(&org, &TokenHash::of(b"s"), &session)
        .await
        .unwrap();
    let link = NewLink {
        purpose: "invite".to_owned(),
        payload: Vec::new(),
        created: Micros(1),
        expires: Micros(90),
    };
    store
        .create_link(&org, &TokenHash::of(b"l"), &link)
        .await
        .unwrap();
    store.keep_data_key(&org, "maya", b"key").await.unwrap();
    let source = NewSource {
        source: "s".to_owned(),
        person: "maya".to_owned(),
        about: Vec::new(),
        created: Micros(1),
    };
    store.connect(&org, &source).await.unwrap();
    let write = Write {
        intents: &[intent("i")],
        ..Write::default()
    };
    store.write(&org, write).await.unwrap();
    store
        .commit_view(&org, "p", Position(0), Position(1), &[put("k0"), put("k1")])
        .await
        .unwrap();
    (org, lease)
}

fn new_account(key: &str) -> NewAccount {
    NewAccount {
        account: key.to_owned(),
        person: key.to_owned(),
        email: format!("{key}@example.org"),
        password: None,
        role: String::new(),
        created: Micros(1),
    }
}

fn intent(name: &str) -> NewIntent {
    NewIntent {
        intent: name.to_owned(),
        person: "maya".to_owned(),
        about: Vec::new(),
        undoes: None,
        by_hand: false,
        created: Micros(1),
    }
}

const ENDED: Ended<'_> = Ended {
    intent: "i",
    state: IntentState::Done,
    at: Micros(9),
    result: b"",
};

fn put(key: &str) -> Change {
    Change {
        view: "v".to_owned(),
        key: key.to_owned(),
        body: Some(vec![1]),
    }
}

const ROUND: Round<'_> = Round {
    source: "s",
    cursor: b"here",
    at: Micros(9),
};

/// Writes of more than one statement, by number; `None` when there are no more.
async fn call(
    store: &Store,
    org: &Org,
    lease: &Lease,
    which: usize,
) -> Option<Result<(), StoreError>> {
    let many = facts(&["3", "4", "5"]);
    let outcome = match which {
        0 => {
            let appends = ["a", "b"].map(|stream| Append {
                stream,
                expected: Expected::Any,
                facts: &many,
            });
            let write = Write {
                appends: &appends,
                jobs: &[job(None), job(Some("v"))],
                finish: Some(lease),
                round: Some(&ROUND),
                intents: &[intent("new")],
                ended: Some(&ENDED),
                closes: &[],
            };
            store.write(org, write).await.map(drop)
        }
        1 => {
            let changes = [
                put("k1"),
                put("k2"),
                put("k3"),
                Change {
                    body: None,
                    ..put("k0")
                },
            ];
            store
                .commit_view(org, "p", Position(1), Position(2), &changes)
                .await
        }
        2 => store
            .fold(org, "a", Version(2), Some(&many[0]))
            .await
            .map(drop),
        3 => store.wipe(org, "p", &["v"]).await.map(drop),
        4 => store.finish(lease).await,
        5 => {
            let due = store.due(Micros(9), 1).await.unwrap().pop();
            store.fire(&due?, Micros(50), &job(None)).await.map(drop)
        }
        6 => {
            let noor = new_account("noor");
            let effect = Effect::Create(&noor);
            store
                .redeem(org, &TokenHash::of(b"l"), "invite", Micros(2), effect)
                .await
                .map(drop)
        }
        7 => {
            let change = AccountChange::Password(Some(vec![1]));
            store.change_account(org, "maya", &change).await
        }
        8 => {
            let look = Access {
                day: Day(1),
                actor: "a".to_owned(),
                subject: "b".to_owned(),
                what: "c".to_owned(),
            };
            store
                .log_access(
                    org,
                    &[
                        look.clone(),
                        Access {
                            day: Day(2),
                            ..look
                        },
                    ],
                )
                .await
        }
        9 => store.enqueue(org, &[job(None), job(None)]).await,
        10 => store.keep_data_key(org, "new", b"key").await.map(drop),
        11 => store.sweep(Micros(90)).await.map(drop),
        12 => {
            let zeta = Org::new(format!("{org}-zeta")).unwrap();
            store.create_organisation(&zeta, "Zeta", Micros(1)).await
        }
        13 => {
            let failure = Failure {
                source: "s",
                at: Micros(9),
                problem: "no answer",
                stops: true,
            };
            store.failed(org, failure).await.map(drop)
        }
        14 => {
            let token = ApiToken {
                id: "1".to_owned(),
                account: "maya".to_owned(),
                name: "a script".to_owned(),
                scope: "read".to_owned(),
                created: Micros(1),
                expires: Micros(9),
                used: None,
            };
            let hash = TokenHash::of(b"p");
            store.keep_api_token(org, &hash, &token).await
        }
        15 => {
            let changes = [(Version(1), None), (Version(2), Some(vec![1]))];
            store.thin(org, "a", &changes).await.map(drop)
        }
        16 => store.halt(org, None, Micros(9), "admin").await,
        _ => return None,
    };
    Some(outcome)
}

/// Everything that is kept.
async fn image(store: &Store, folder: &Path) -> Vec<u8> {
    let path = folder.join("image");
    store.backup(&path).await.unwrap();
    std::fs::read(path).unwrap()
}

async fn a_write_that_breaks_off_between_statements_leaves_nothing(store: Store) {
    let folder = tempfile::tempdir().unwrap();
    let (org, lease) = world(&store, "acme").await;
    let mut broken_off = 0;
    for which in 0.. {
        let before = image(&store, folder.path()).await;
        for points in 0.. {
            store.drill().stop_after(points);
            let Some(outcome) = call(&store, &org, &lease, which).await else {
                assert!(broken_off > 40, "{broken_off}");
                return;
            };
            let after = image(&store, folder.path());
            if store.drill().clear() {
                // It passed every point: now it is done.
                let expected_to_fail = which == 4;
                assert_eq!(outcome.is_err(), expected_to_fail, "{which}: {outcome:?}");
                break;
            }
            assert!(matches!(outcome, Err(StoreError::Drill)), "{which}");
            assert!(
                after.await == before,
                "call {which} left something at {points}"
            );
            broken_off += 1;
        }
    }
}

async fn a_call_that_is_dropped_has_written_all_or_nothing(store: Store) {
    let folder = tempfile::tempdir().unwrap();
    for which in [0, 1, 2, 6] {
        let mut polls = 0;
        loop {
            polls += 1;
            let (org, lease) = world(&store, &format!("org-{which}-{polls}")).await;
            let before = image(&store, folder.path()).await;
            let finished = poll_at_most(call(&store, &org, &lease, which), polls).await;
            let after = image(&store, folder.path()).await;
            if let Some(outcome) = finished {
                outcome.unwrap().unwrap();
                assert!(after != before);
                break;
            }
            if after != before {
                // It was done, only not said: doing it again is refused or changes the versions.
                let versions = ["a", "b"].map(|stream| store.version(&org, stream));
                let [a, b] = versions;
                let (a, b) = (a.await.unwrap(), b.await.unwrap());
                if which == 0 {
                    assert_eq!((a, b), (Version(5), Version(3)));
                    assert!(matches!(
                        store.finish(&lease).await,
                        Err(StoreError::StaleLease { .. })
                    ));
                }
            }
        }
    }
}

/// Polls a future so many times and drops it then.
async fn poll_at_most<T>(future: impl Future<Output = T>, polls: usize) -> Option<T> {
    let mut future = pin!(future);
    let mut left = polls;
    std::future::poll_fn(move |context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}
