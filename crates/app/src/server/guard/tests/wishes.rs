//! Another time that the report asks for.

use super::*;
use crate::server::ServerError;
use crate::server::guard::wish;
use crate::server::ledger::kept;
use steadfast_store::Intents;

impl Bench {
    /// Both have joined, and their calendars are seen; nothing is the matter with any of their 1:1s.
    async fn stands(&self) {
        self.joins(MAYA).await;
        self.joins(BEN).await;
        self.mayas(&one_on_one(""), &[]).await;
        self.round(BEN, now(), &[&one_on_one("")]).await;
    }

    async fn wishes(&self, person: &str, promised: &str, wants: bool) -> Result<(), ServerError> {
        let viewer = viewer(&self.org, person);
        let ahead = self.ahead(&viewer, now()).await;
        let kept = kept(&self.store, &viewer, "p", now()).await.unwrap();
        let pair = crate::audit::pair_id(MAYA, BEN);
        let about = (pair.as_str(), at(promised));
        wish(&self.store, &viewer, (&ahead, &kept), now(), about, wants).await
    }
}

const NEXT: &str = "2026-03-31T14:00:00Z";

#[test]
fn what_the_report_asks_for_is_offered_by_the_managers_tap_and_done_as_they_pick() {
    with_bench(|bench| async move {
        bench.stands().await;
        assert!(bench.outlook(MAYA).await.proposals.is_empty());
        // Whoever leads moves it themselves; what was never promised cannot be moved.
        for (person, promised) in [(MAYA, NEXT), (PETRA, NEXT), (BEN, "2026-03-31T15:00:00Z")] {
            assert!(
                bench.wishes(person, promised, true).await.is_err(),
                "{person}"
            );
        }
        for _ in 0..2 {
            bench.wishes(BEN, NEXT, true).await.unwrap();
        }
        let standing = bench.standing(MAYA).await.unwrap();
        assert_eq!(
            (standing.as_manager, standing.about.asked.map(|one| one.at)),
            (true, Some(now()))
        );
        let outlook = bench.outlook(MAYA).await;
        assert_eq!(kinds(&outlook), ["wished"]);
        assert_eq!(measures(&outlook.proposals[0]), [Measure::MakeGood]);
        assert!(outlook.proposals[0].event.ends_with("/wished"));
        // Of his own wish the report is told as such, and not as a threat; nothing is done by itself.
        assert!(bench.outlook(BEN).await.proposals.is_empty());
        bench
            .chooses(crate::server::guard::policies::Level::Defend)
            .await;
        bench.defends(now()).await;
        assert!(bench.standing(BEN).await.unwrap().about.offer.is_none());
        assert_eq!(bench.offers(Measure::MakeGood).await.unwrap(), 0);
        let offer = bench.standing(BEN).await.unwrap().about.offer.unwrap();
        assert!(
            bench.wishes(BEN, NEXT, true).await.is_ok(),
            "it is asked for already"
        );
        assert!(bench.pick(BEN, Some(offer.slots[0].start)).await);
        bench.defends(now()).await;
        let intents = bench.store.intents_of(&bench.org, MAYA, 9).await.unwrap();
        let moves = intents
            .iter()
            .filter(|intent| intent.intent.contains("/move/"));
        assert_eq!(moves.count(), 1, "{intents:?}");
    });
}

#[test]
fn who_asks_no_more_or_wants_none_of_the_times_keeps_the_one_there_is() {
    with_bench(|bench| async move {
        bench.stands().await;
        bench.wishes(BEN, NEXT, true).await.unwrap();
        bench.wishes(BEN, NEXT, false).await.unwrap();
        assert!(bench.outlook(MAYA).await.proposals.is_empty());
        bench.wishes(BEN, NEXT, true).await.unwrap();
        bench.offers(Measure::MakeGood).await.unwrap();
        assert!(bench.pick(BEN, None).await);
        assert_eq!(kinds(&bench.outlook(MAYA).await), [""; 0]);
        let about = bench.standing(BEN).await.unwrap().about;
        assert_eq!((about.asked, about.booked), (None, None));
    });
}

#[test]
fn what_nobody_would_see_is_not_asked_and_what_was_changed_since_is_answered() {
    with_bench(|bench| async move {
        bench.joins(BEN).await;
        bench.mayas(&one_on_one(""), &[]).await;
        bench.round(BEN, now(), &[&one_on_one("")]).await;
        assert!(bench.wishes(BEN, NEXT, true).await.is_err());
        bench.joins(MAYA).await;
        bench.wishes(BEN, NEXT, true).await.unwrap();
        let moved = event(
            "u-ben",
            "20260401T140000Z",
            "SUMMARY:1:1 Maya / Ben\r\nRECURRENCE-ID:20260331T140000Z\r\nSEQUENCE:1\r\n",
            MAYA,
            &[MAYA, BEN],
        );
        let moved = format!("{}{moved}", one_on_one(""));
        let later = now().plus_minutes(30);
        bench.round(MAYA, later, &[&moved]).await;
        // His own calendar still shows where it was: that she moved it is seen on hers.
        let ben = viewer(&bench.org, BEN);
        let ahead = bench.ahead(&ben, later).await;
        let seen = outlook(&bench.store, &ben, &ahead, later).await.unwrap();
        assert!(seen.between.iter().all(|one| one.about.asked.is_none()));
        bench.round(BEN, later, &[&moved]).await;
        let maya = viewer(&bench.org, MAYA);
        let ahead = bench.ahead(&maya, later).await;
        let seen = outlook(&bench.store, &maya, &ahead, later).await.unwrap();
        assert!(!kinds(&seen).contains(&"wished"), "{seen:?}");
        assert!(seen.between.iter().all(|one| one.about.asked.is_none()));
    });
}

/// The 1:1 of the 31st at another time, changed so often.
fn put_at(start: &str, times: u32) -> String {
    let rest =
        format!("SUMMARY:1:1 Maya / Ben\r\nRECURRENCE-ID:20260331T140000Z\r\nSEQUENCE:{times}\r\n");
    let moved = event("u-ben", start, &rest, MAYA, &[MAYA, BEN]);
    format!("{}{moved}", one_on_one(""))
}

impl Bench {
    /// Of what is Maya's to decide, at that moment.
    async fn kinds_at(&self, later: Instant) -> Vec<&'static str> {
        let maya = viewer(&self.org, MAYA);
        let ahead = self.ahead(&maya, later).await;
        kinds(&outlook(&self.store, &maya, &ahead, later).await.unwrap())
    }
}

#[test]
fn what_the_report_picked_is_no_threat_whoever_changed_it_before_and_elsewhere_it_is_one() {
    with_bench(|bench| async move {
        bench.stands().await;
        bench.wishes(BEN, NEXT, true).await.unwrap();
        bench.offers(Measure::MakeGood).await.unwrap();
        let offer = bench.standing(BEN).await.unwrap().about.offer.unwrap();
        let picked = offer.slots[1].start;
        assert!(bench.pick(BEN, Some(picked)).await);
        let start = |at: Instant| {
            at.civil(&TimeZone::UTC)
                .strftime("%Y%m%dT%H%M%SZ")
                .to_string()
        };
        // It is moved elsewhere first, then to what he picked, and then elsewhere again.
        let (before, after) = (picked.plus_minutes(120), picked.plus_minutes(180));
        for (number, to, expected) in [
            (1, before, &["moved"][..]),
            (2, picked, &[]),
            (3, after, &["moved"]),
        ] {
            let later = now().plus_minutes(i64::from(number) * 10);
            bench
                .round(MAYA, later, &[&put_at(&start(to), number)])
                .await;
            assert_eq!(bench.kinds_at(later).await, expected, "{number}");
        }
    });
}
