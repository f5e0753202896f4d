//! What somebody offered who has left: nobody books it any more, so nobody picks from it.

use super::*;
use crate::server::ServerError;
use crate::server::held::feed;
use crate::server::sync::micros;
use steadfast_store::seal::Keyring;
use steadfast_store::{Closes, Intents, LEAVES, Write};

/// How somebody leaves.
#[derive(Clone, Copy, Debug)]
enum By {
    /// Their access ends.
    Access,
    /// All that is theirs is about to go.
    Own,
}

impl Bench {
    async fn leaves(&self, person: &str, by: By) {
        let at = micros(now());
        match by {
            By::Access => {
                let closes = [Closes {
                    email: person,
                    at: Some(at),
                    now: at,
                }];
                let write = Write {
                    closes: &closes,
                    ..Write::default()
                };
                self.store.write(&self.org, write).await.unwrap();
            }
            By::Own => {
                let halt = self.store.halt(&self.org, Some(person), at, LEAVES);
                halt.await.unwrap();
            }
        }
    }

    /// What Ben can pick from: on his page, and in the feed that his calendar reads.
    async fn bens(&self) -> (bool, bool) {
        let ben = viewer(&self.org, BEN);
        let ahead = self.ahead(&ben, now()).await;
        let outlook = outlook(&self.store, &ben, &ahead, now()).await.unwrap();
        let keyring = Keyring::new("k", [7; 32]).unwrap();
        let feed = feed(&keyring, &outlook, &ahead, now()).unwrap();
        let mut offers = outlook
            .between
            .iter()
            .filter_map(|one| one.about.offer.as_ref());
        let is_open = offers.any(|offer| offer.answer.is_none());
        (is_open, feed.contains("BEGIN:VEVENT"))
    }
}

#[test]
fn what_was_offered_by_somebody_who_has_left_can_be_picked_nowhere() {
    for by in [By::Access, By::Own] {
        with_bench(|bench| async move {
            bench.lost().await;
            bench.offers(Measure::MakeGood).await.unwrap();
            let standing = bench.standing(BEN).await.unwrap();
            assert_eq!(bench.bens().await, (true, true));
            bench.leaves(MAYA, by).await;
            assert_eq!(bench.bens().await, (false, false), "{by:?}");
            let ben = viewer(&bench.org, BEN);
            let ahead = bench.ahead(&ben, now()).await;
            let about = (standing.pair.as_str(), standing.promised);
            let start = standing.about.offer.unwrap().slots[0].start;
            let picked = pick(&bench.store, &ben, &ahead, now(), about, Some(start)).await;
            assert!(matches!(picked, Err(ServerError::Input(..))), "{by:?}");
        });
    }
}

#[test]
fn what_was_picked_before_stays_picked_and_who_offered_still_sees_it() {
    with_bench(|bench| async move {
        bench.lost().await;
        bench.offers(Measure::MakeGood).await.unwrap();
        let offer = bench.standing(BEN).await.unwrap().about.offer.unwrap();
        let slot = offer.slots[0];
        assert!(bench.pick(BEN, Some(slot.start)).await);
        bench.leaves(MAYA, By::Access).await;
        let offer = bench.standing(BEN).await.unwrap().about.offer.unwrap();
        assert_eq!(offer.answer, Some(Some(slot)));
    });
    with_bench(|bench| async move {
        bench.lost().await;
        bench.offers(Measure::MakeGood).await.unwrap();
        // Whoever was offered it leaves: it is still the manager's to take back.
        bench.leaves(BEN, By::Access).await;
        let about = bench.standing(MAYA).await.unwrap().about;
        assert!(about.offer.is_some());
    });
}
