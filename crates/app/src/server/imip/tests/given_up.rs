//! What is tried no more is told to its sender, whatever it ended by, and is a dead letter only then.

use super::*;
use crate::server::guard::between_of;
use steadfast_store::{Expected, NewFact};

impl Desk {
    /// Of what stands between the two something cannot be read: nothing can be decided.
    async fn breaks(&self) {
        let fact = NewFact {
            kind: "guard.between.v1".to_owned(),
            actor: MAYA.to_owned(),
            at: Micros(now().seconds() * 1_000_000),
            payload: b"torn".to_vec(),
        };
        let stream = between_of(&pair_id(MAYA, BEN));
        let (store, org) = (&self.bench.store, &self.bench.org);
        store
            .append(org, &stream, Expected::Any, &[fact], &[])
            .await
            .unwrap();
    }

    async fn dead(&self) -> usize {
        let (store, org) = (&self.bench.store, &self.bench.org);
        store.dead_letters(org, None, 9).await.unwrap().len()
    }

    /// A node takes the mail, and is gone.
    async fn node_dies(&self) {
        let store = &self.bench.store;
        let due = store.next_due(&[IMIP]).await.unwrap().unwrap();
        let at = due.0.max(self.clock.load(Ordering::Relaxed));
        self.clock.store(at + 1, Ordering::Relaxed);
        let claim = Claim {
            kinds: &[IMIP],
            node: "gone",
            now: Micros(at),
            until: Micros(at + 1),
            limit: 1,
        };
        assert_eq!(store.claim(claim).await.unwrap().len(), 1);
    }
}

#[test]
fn a_mail_that_cannot_be_decided_on_is_given_up_after_as_many_tries() {
    with_desk(|desk| async move {
        desk.books().await;
        desk.approves(&deed()).await;
        desk.breaks().await;
        let mut tries = 0;
        let end = loop {
            match desk.step().await {
                Step::Again => tries += 1,
                end => break end,
            }
        };
        assert_eq!((end, tries, desk.dead().await), (Step::GivenUp, 23, 1));
        let heard = desk.heard(&deed()).await;
        let given_up = Heard::NotSent(desk.instant(), NotSent::GivenUp);
        assert_eq!(heard, given_up);
        assert!(desk.outside.given().is_empty());
        assert_eq!(desk.step().await, Step::Idle);
    });
}

#[test]
fn a_mail_that_takes_its_nodes_down_is_given_up_as_well_and_not_sent_once_more() {
    with_desk(|desk| async move {
        desk.books().await;
        desk.approves(&deed()).await;
        for _ in 0..24 {
            desk.node_dies().await;
        }
        assert_eq!(desk.heard(&deed()).await, Heard::OnItsWay);
        assert_eq!(desk.step().await, Step::GivenUp);
        let heard = desk.heard(&deed()).await;
        assert!(
            matches!(heard, Heard::NotSent(_, NotSent::GivenUp)),
            "{heard:?}"
        );
        assert!(desk.outside.given().is_empty());
        assert_eq!((desk.step().await, desk.dead().await), (Step::Idle, 1));
    });
}

#[test]
fn wherever_giving_up_breaks_off_no_dead_letter_is_on_its_way() {
    let mut broke = 0;
    loop {
        let mut is_ahead = false;
        with_desk(|desk| {
            let is_ahead = &mut is_ahead;
            async move {
                desk.books().await;
                desk.outside.says(&[later(), later()]);
                desk.approves(&deed()).await;
                for _ in 0..23 {
                    desk.node_dies().await;
                }
                desk.bench.store.drill().stop_after(broke);
                let ended = desk.try_step().await;
                *is_ahead = desk.bench.store.drill().clear();
                let heard = desk.heard(&deed()).await;
                if desk.dead().await > 0 {
                    assert!(!matches!(heard, Heard::OnItsWay), "{broke}: {ended:?}");
                }
                // Whoever takes it up says so.
                while desk.step().await != Step::Idle {}
                let heard = desk.heard(&deed()).await;
                assert!(
                    matches!(heard, Heard::NotSent(_, NotSent::GivenUp)),
                    "{broke}: {heard:?}"
                );
                assert_eq!(desk.dead().await, 1, "{broke}");
            }
        });
        if is_ahead {
            break;
        }
        broke += 1;
    }
    assert!(broke > 5, "{broke}");
}
