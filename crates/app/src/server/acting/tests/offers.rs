//! A time that the two had agreed on, taken back: the offer it was picked from is over with it, and not before.

use super::*;
use crate::server::ServerError;
use crate::server::guard::{Said, between_of, picked};
use steadfast_store::Expected;

const PAIR: &str = "maya-ben";
/// Second of the promise that was lost.
const PROMISED: i64 = 1_773_046_800;

/// Where [`booked`] puts it.
fn start() -> i64 {
    at("2026-03-11T13:00:00Z").seconds()
}

fn name() -> String {
    format!("guard/{PAIR}/{PROMISED}/book/{}", start())
}

impl Bench {
    /// A time was offered and picked, and is booked at `/good`.
    async fn agreed(&self) {
        let said = [
            Said::Offered {
                promised: PROMISED,
                slots: vec![(start(), start() + 1_800)],
                by_owner: true,
                booked_from: None,
            },
            Said::Picked {
                promised: PROMISED,
                start: Some(start()),
            },
        ];
        let facts = said.map(|said| said.fact(MAYA, self.instant()));
        let stream = between_of(PAIR);
        let appended = self
            .store
            .append(&self.org, &stream, Expected::Any, &facts, &[]);
        appended.await.unwrap();
        let mut booking = action("/good", Basis::Nothing, booked("good"));
        booking.agreed = true;
        let new = intent(&name(), MAYA, &booking, true, self.instant());
        self.write(&[new]).await;
        assert_eq!(self.step().await, Step::Ended(IntentState::Done));
    }

    /// Second of what is picked, as long as its offer stands.
    async fn picked(&self) -> Option<i64> {
        picked(&self.store, &self.org, PAIR, PROMISED)
            .await
            .unwrap()
    }

    async fn takes_back(&self) -> Result<String, ServerError> {
        // Another second is another tap.
        self.wait(1_000_000);
        take_back(&self.store, &self.maya(), &name(), self.instant()).await
    }
}

#[test]
fn an_undo_that_did_not_stand_leaves_the_offer_and_one_that_stands_ends_it() {
    for (fault, end) in [
        (Fault::Overtaken, IntentState::Changed),
        (Fault::Refused, IntentState::Failed),
        (Fault::Unseen, IntentState::Unsure),
    ] {
        with_bench(|bench| async move {
            bench.agreed().await;
            bench.world.fail(&[fault; 60]);
            let back = bench.takes_back().await.unwrap();
            bench.until_idle().await;
            assert_eq!(bench.known(&back).await.state, end);
            assert_eq!(bench.picked().await, Some(start()), "{fault:?}");
        });
    }
    with_bench(|bench| async move {
        bench.agreed().await;
        let back = bench.takes_back().await.unwrap();
        assert_eq!(bench.picked().await, Some(start()), "not before it is so");
        assert_eq!(bench.step().await, Step::Ended(IntentState::Done));
        assert_eq!(bench.known(&back).await.state, IntentState::Done);
        assert_eq!(bench.picked().await, None);
    });
}

#[test]
fn an_offer_that_came_since_is_not_ended_by_what_was_picked_before() {
    with_bench(|bench| async move {
        bench.agreed().await;
        bench.takes_back().await.unwrap();
        let other = start() + 86_400;
        let said = [
            Said::Offered {
                promised: PROMISED,
                slots: vec![(other, other + 1_800)],
                by_owner: true,
                booked_from: None,
            },
            Said::Picked {
                promised: PROMISED,
                start: Some(other),
            },
        ];
        let facts = said.map(|said| said.fact(MAYA, bench.instant()));
        let stream = between_of(PAIR);
        let appended = bench
            .store
            .append(&bench.org, &stream, Expected::Any, &facts, &[]);
        appended.await.unwrap();
        assert_eq!(bench.step().await, Step::Ended(IntentState::Done));
        assert_eq!(bench.picked().await, Some(other));
    });
}

#[test]
fn what_is_being_taken_back_is_not_taken_back_besides() {
    with_bench(|bench| async move {
        bench.agreed().await;
        bench.world.fail(&[Fault::Busy, Fault::Refused]);
        bench.takes_back().await.unwrap();
        let refused = async || match bench.takes_back().await {
            Err(ServerError::Input(what, _)) => what,
            other => panic!("{other:?}"),
        };
        assert_eq!(refused().await, "it is being taken back already");
        assert_eq!(bench.step().await, Step::Again);
        assert_eq!(refused().await, "it is being taken back already");
        bench.until_idle().await;
        // That one came to nothing: it can be tried again, once.
        bench.takes_back().await.unwrap();
        bench.until_idle().await;
        assert_eq!(bench.picked().await, None);
        assert_eq!(refused().await, "this was taken back already");
        assert_eq!(bench.world.taken("/good"), 2, "booked, and taken back once");
    });
}
