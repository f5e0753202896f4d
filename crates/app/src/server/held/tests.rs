//! What stands in a feed, for whom, and by which address.

use super::*;
use crate::server::guard::tests::{BEN, Bench, MAYA, now, with_bench};
use crate::server::guard::{Measure, outlook};
use crate::server::sync::micros;
use crate::server::testing::viewer;
use steadfast_calendar::{Busy, Event, Reader};
use steadfast_store::seal::Keyring;

fn keyring() -> Keyring {
    Keyring::new("k", [7; 32]).unwrap()
}

async fn feed_of(bench: &Bench, person: &str) -> String {
    let viewer = viewer(&bench.org, person);
    let ahead = bench.ahead(&viewer, now()).await;
    let outlook = outlook(&bench.store, &viewer, &ahead, now()).await.unwrap();
    feed(&keyring(), &outlook, &ahead, now()).unwrap()
}

#[test]
fn what_is_offered_is_held_for_the_manager_and_tentative_for_the_report_and_says_when_alone() {
    with_bench(|bench| async move {
        bench.lost().await;
        for person in [MAYA, BEN] {
            let feed = feed_of(&bench, person).await;
            assert!(!feed.contains("BEGIN:VEVENT"), "{feed}");
        }
        bench.offers(Measure::MakeGood).await.unwrap();
        let offered = bench.standing(BEN).await.unwrap().about.offer.unwrap();
        let read = async |person| {
            let feed = feed_of(&bench, person).await;
            let pair = bench.standing(BEN).await.unwrap().pair;
            for kept in ["1:1 Maya", "Ben", "example.com", "Maya", &pair] {
                assert!(!feed.contains(kept), "{kept} in {feed}");
            }
            assert!(feed.split("\r\n").all(|line| line.len() <= 75), "{feed}");
            let calendar = Reader::read(feed.as_bytes());
            assert!(calendar.warnings.is_empty(), "{:?}", calendar.warnings);
            calendar.events
        };
        let held = read(MAYA).await;
        let [held] = held.as_slice() else {
            panic!("{held:?}");
        };
        assert_eq!(held.busy, Busy::Busy);
        let starts = held.start.instant(&jiff::tz::TimeZone::UTC);
        assert_eq!(starts, offered.slots[0].start);
        let tentative = read(BEN).await;
        assert_eq!(tentative.len(), offered.slots.len());
        let is_free = |event: &Event| event.busy == Busy::Free;
        assert!(tentative.iter().all(is_free));
        // Picked: nothing is held any more.
        assert!(bench.pick(BEN, Some(offered.slots[1].start)).await);
        for person in [MAYA, BEN] {
            assert!(!feed_of(&bench, person).await.contains("BEGIN:VEVENT"));
        }
    });
}

#[test]
fn an_address_is_good_until_another_is_made_or_it_is_taken_away() {
    with_bench(|bench| async move {
        bench.joins(MAYA).await;
        let maya = viewer(&bench.org, MAYA);
        let (store, org, keys) = (&bench.store, &bench.org, keyring());
        assert_eq!(link(store, &keys, &maya).await.unwrap(), None);
        let address = async || {
            let path = link(store, &keys, &maya).await.unwrap().unwrap().path;
            path.strip_prefix("/held/").unwrap().to_owned()
        };
        let opens = async |token: &str| {
            let whose = opens(store, &keys, org, micros(now()), token)
                .await
                .unwrap();
            whose.map(|viewer| viewer.person().to_owned())
        };
        open(store, &maya, now()).await.unwrap();
        let first = address().await;
        assert_eq!(opens(&first).await.as_deref(), Some(MAYA));
        assert_eq!(
            opens(first.trim_end_matches(".ics")).await.as_deref(),
            Some(MAYA)
        );
        open(store, &maya, now()).await.unwrap();
        let second = address().await;
        assert_ne!(first, second);
        assert_eq!(opens(&first).await, None);
        assert_eq!(opens(&second).await.as_deref(), Some(MAYA));
        for odd in ["", "x", ".ics", "maya.1.00.ics", &second.replace(MAYA, BEN)] {
            assert_eq!(opens(odd).await, None, "{odd}");
        }
        close(store, &maya, now()).await.unwrap();
        assert_eq!(opens(&second).await, None);
        assert_eq!(link(store, &keys, &maya).await.unwrap(), None);
    });
}
