//! What was tapped for a calendar at Google is done once, whatever Google answers and wherever the process that does it dies.

use crate::at_google::{World, elsewhere};
use crate::bench::{keyring, machine, run};
use crate::guarded::{Hand, MAYA, PETRA, ahead};
use crate::writing::Network;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use steadfast_app::server::acting::{self, Bounds, Eyes, Order, Outcome, Pens, Ready, Step};
use steadfast_app::server::guard::{self, Measure, Proposed, Tapped};
use steadfast_app::server::sync::Access;
use steadfast_calendar::Instant;
use steadfast_fakes::google::Fault;
use steadfast_store::{IntentState, Micros};
use steadfast_web::Looked;

/// Longer than a node keeps an intent without a word.
const LEASE_AND_MORE: i64 = 11 * 60 * 1_000_000;

/// The moment at which a process is gone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Dies {
    BeforeSending,
    AfterSending,
}

/// A hand whose process goes with it.
struct Mortal {
    hand: Hand,
    dies: Dies,
    is_gone: AtomicBool,
}

impl Mortal {
    async fn maybe(&self, at: Dies) {
        if self.dies == at {
            self.is_gone.store(true, Ordering::SeqCst);
            std::future::pending::<()>().await;
        }
    }
}

impl Eyes for Mortal {
    async fn read(
        &self,
        access: &Access,
        place: &str,
        now: Instant,
    ) -> Result<Option<Vec<u8>>, Outcome> {
        self.hand.read(access, place, now).await
    }
}

impl Pens for Mortal {
    type Ready = Looked;

    async fn look(&self, access: &Access, order: &Order) -> Result<Ready<Looked>, Outcome> {
        self.hand.look(access, order).await
    }

    async fn send(&self, access: &Access, order: &Order, ready: Looked) -> Outcome {
        self.maybe(Dies::BeforeSending).await;
        let outcome = self.hand.send(access, order, ready).await;
        self.maybe(Dies::AfterSending).await;
        outcome
    }
}

impl World {
    /// Taps on the way out, and the process that does it dies; another one ends it.
    async fn through(&self, proposed: &Proposed, dies: Option<Dies>) -> IntentState {
        let viewer = self.bench.viewer(MAYA).await;
        let way = proposed
            .ways
            .iter()
            .find(|way| way.measure == Measure::MoveOther)
            .unwrap();
        let tapped = Tapped {
            pair: proposed.pair.clone(),
            promised: proposed.promised.unwrap().start,
            kind: proposed.kind.to_owned(),
            over_it: proposed.over_it.as_ref().map(|over| over.meeting.clone()),
            mark: way.mark(),
            way: Measure::MoveOther,
            at: None,
        };
        let ahead = ahead(&self.bench, &viewer).await;
        let (store, now) = (&self.bench.store, self.bench.instant());
        assert_eq!(
            guard::tap(store, &viewer, &ahead, now, &tapped)
                .await
                .unwrap(),
            1
        );
        let hand = || {
            Hand(Network {
                reach: self.bench.reach.clone(),
            })
        };
        let now = || Micros(self.bench.now.load(Ordering::Relaxed));
        let bounds = Bounds { a_day: 20 };
        if let Some(dies) = dies {
            let mortal = Mortal {
                hand: hand(),
                dies,
                is_gone: AtomicBool::new(false),
            };
            let keys = keyring();
            let mut step = pin!(acting::step(store, &keys, &mortal, machine(&now), bounds));
            std::future::poll_fn(|context| match step.as_mut().poll(context) {
                Poll::Ready(ended) => panic!("{ended:?}"),
                Poll::Pending if mortal.is_gone.load(Ordering::SeqCst) => Poll::Ready(()),
                Poll::Pending => Poll::Pending,
            })
            .await;
        }
        for _ in 0..20 {
            self.bench.now.fetch_add(LEASE_AND_MORE, Ordering::Relaxed);
            match acting::step(store, &keyring(), &hand(), machine(&now), bounds)
                .await
                .unwrap()
            {
                Step::Ended(state) => return state,
                Step::Idle | Step::Again => {}
                Step::Dropped => panic!("it was dropped"),
            }
        }
        panic!("it does not end");
    }
}

#[test]
fn through_every_fault_and_wherever_the_process_dies_it_is_done_once() {
    let faults = [
        None,
        Some(Fault::Status(412, "conditionNotMet")),
        Some(Fault::Status(429, "rateLimitExceeded")),
        Some(Fault::Status(403, "userRateLimitExceeded")),
        Some(Fault::Status(500, "backendError")),
        Some(Fault::DoneThen(500, "backendError")),
        Some(Fault::DoneUnheard),
        Some(Fault::Doubled),
        Some(Fault::Closed),
    ];
    run(async {
        for fault in faults {
            for dies in [None, Some(Dies::BeforeSending), Some(Dies::AfterSending)] {
                let world = World::new().await;
                world.lets().await;
                let (proposed, status) = world.status().await;
                let (was, to) = (world.stands(PETRA, &status), elsewhere(&proposed));
                if let Some(fault) = fault {
                    world.google.fault("PATCH ", fault);
                }
                let state = world.through(&proposed, dies).await;
                let what = format!("{fault:?} {dies:?}: {state:?}");
                // Whoever says that it had changed is believed, and it is decided anew.
                let is_changed = fault == Some(Fault::Status(412, "conditionNotMet"))
                    && dies != Some(Dies::AfterSending);
                if is_changed {
                    assert_eq!(state, IntentState::Changed, "{what}");
                    assert_eq!(world.stands(PETRA, &status), was, "{what}");
                } else {
                    assert_eq!(state, IntentState::Done, "{what}");
                    assert_eq!(world.stands(PETRA, &status), Some(to), "{what}");
                    assert_eq!(
                        world.event(PETRA, &status).unwrap()["sequence"],
                        1,
                        "{what}"
                    );
                }
                world.is_clean();
            }
        }
    });
}
