//! Offers that end by themselves, before and after something was picked.

use super::super::between::{Said, between_of};
use super::*;
use crate::audit::pair_id;
use crate::server::guard::policies::Level;
use steadfast_calendar::Slot;

/// The one of the 31st.
const PROMISED: &str = "2026-03-31T14:00:00Z";

impl Bench {
    /// As it stands for somebody at that moment.
    async fn about(&self, person: &str, later: Instant) -> About {
        let person = viewer(&self.org, person);
        let ahead = self.ahead(&person, later).await;
        let outlook = outlook(&self.store, &person, &ahead, later).await.unwrap();
        let mut all = outlook.between.into_iter();
        all.find(|one| one.promised == at(PROMISED)).unwrap().about
    }

    /// The first of these is offered to Ben, and he picks it or not.
    async fn offered(&self, start: Instant, is_picked: bool) {
        let promised = at(PROMISED).seconds();
        let start = start.seconds();
        let mut said = vec![Said::Offered {
            promised,
            slots: vec![(start, start + 1_800)],
            by_owner: true,
            booked_from: None,
        }];
        let picked = Said::Picked {
            promised,
            start: Some(start),
        };
        said.extend(is_picked.then_some(picked));
        self.say(&said).await;
    }

    async fn say(&self, said: &[Said]) {
        let facts: Vec<_> = said.iter().map(|said| said.fact(MAYA, now())).collect();
        let stream = between_of(&pair_id(MAYA, BEN));
        let append = self
            .store
            .append(&self.org, &stream, Expected::Any, &facts, &[]);
        append.await.unwrap();
    }
}

/// Something else of hers at that time.
fn taken() -> String {
    let rest = "SUMMARY:Other\r\n";
    event("u-other", "20260402T090000Z", rest, MAYA, &[MAYA, PETRA])
}

fn free() -> Instant {
    at("2026-04-02T09:00:00Z")
}

/// Her series ends before the 31st, and goes on as another one a day later.
fn goes_on() -> [String; 2] {
    let old = one_on_one("").replace("FREQ=WEEKLY", "FREQ=WEEKLY;UNTIL=20260330T000000Z");
    let rest = "SUMMARY:1:1 Maya / Ben\r\nRRULE:FREQ=WEEKLY\r\n";
    let new = event("u-new", "20260401T100000Z", rest, MAYA, &[MAYA, BEN]);
    [old, new]
}

#[test]
fn what_was_offered_for_one_that_goes_on_in_another_series_ends_by_itself() {
    for is_picked in [false, true] {
        with_bench(|bench| async move {
            bench.lost().await;
            let asked = Said::Asked {
                promised: at(PROMISED).seconds(),
                stood: at(PROMISED).seconds(),
            };
            bench.say(&[asked]).await;
            bench.offered(free(), is_picked).await;
            let later = now().plus_minutes(3);
            let [old, new] = goes_on();
            bench.round(MAYA, later, &[&old, &new]).await;
            bench.defends(later).await;
            let picked = Slot::new(free(), free().plus_minutes(30));
            for person in [MAYA, BEN] {
                let about = bench.about(person, later).await;
                assert_eq!(about.offer, None);
                assert!(about.is_over && !about.is_taken_back);
                assert_eq!(about.not_booked, is_picked.then_some(picked));
                assert_eq!(about.asked, None, "it is at another time by now");
            }
            assert!(bench.booked().await.is_empty());
        });
    }
}

#[test]
fn a_pick_of_which_nothing_would_come_is_over_and_both_are_told_which_it_was() {
    // Something came over the time; and: it was put back.
    for objects in [
        vec![one_on_one("EXDATE:20260331T140000Z\r\n"), taken()],
        vec![one_on_one("")],
    ] {
        with_bench(|bench| async move {
            bench.lost().await;
            bench.offered(free(), true).await;
            let later = now().plus_minutes(3);
            let objects: Vec<&str> = objects.iter().map(String::as_str).collect();
            bench.round(MAYA, later, &objects).await;
            bench.defends(later).await;
            let picked = Slot::new(free(), free().plus_minutes(30));
            for person in [MAYA, BEN] {
                let about = bench.about(person, later).await;
                assert_eq!((about.offer, about.not_booked), (None, Some(picked)));
                assert!(about.is_over && !about.is_taken_back);
            }
            assert!(bench.booked().await.is_empty());
        });
    }
}

#[test]
fn a_pick_stays_one_while_it_is_booked_once_it_stands_and_where_it_was_put_by_hand() {
    with_bench(|bench| async move {
        bench.lost().await;
        bench.offered(free(), true).await;
        for _ in 0..3 {
            bench.defends(now()).await;
            let about = bench.about(BEN, now()).await;
            assert!(about.offer.is_some() && !about.is_over);
        }
        assert_eq!(bench.booked().await.len(), 1);
        // Put back by hand since, it was booked all the same.
        let later = now().plus_minutes(3);
        bench.round(MAYA, later, &[&one_on_one("")]).await;
        bench.defends(later).await;
        assert!(!bench.about(BEN, later).await.is_over);
    });
    with_bench(|bench| async move {
        bench.lost().await;
        bench.offered(free(), true).await;
        let later = now().plus_minutes(3);
        let rest = "SUMMARY:1:1 Maya / Ben\r\nRECURRENCE-ID:20260331T140000Z\r\nSEQUENCE:2\r\n";
        let put = event("u-ben", "20260402T090000Z", rest, MAYA, &[MAYA, BEN]);
        let put = format!("{}{put}", one_on_one(""));
        bench.round(MAYA, later, &[&put]).await;
        bench.defends(later).await;
        let about = bench.about(MAYA, later).await;
        assert!(about.offer.is_some() && !about.is_over, "{about:?}");
        assert!(bench.booked().await.is_empty());
    });
}

#[test]
fn where_the_time_was_taken_by_then_and_the_policy_books_unasked_the_next_best_is_booked() {
    with_bench(|bench| async move {
        bench.lost().await;
        bench.offered(free(), true).await;
        bench.chooses(Level::Defend).await;
        let later = now().plus_minutes(3);
        let lost = one_on_one("EXDATE:20260331T140000Z\r\n");
        bench.round(MAYA, later, &[&lost, &taken()]).await;
        bench.defends(later).await;
        assert_eq!(bench.booked().await.len(), 1);
        let about = bench.about(BEN, later).await;
        assert!(!about.is_over && about.booked.is_some(), "{about:?}");
    });
}

#[test]
fn what_is_picked_after_it_passed_under_leave_is_booked_as_long_as_the_next_is_to_come() {
    with_bench(|bench| async move {
        bench.joins(MAYA).await;
        bench.joins(BEN).await;
        let leave = event(
            "u-leave",
            "20260331T000000Z",
            "SUMMARY:Vacation\r\n",
            MAYA,
            &[MAYA],
        );
        let leave = leave.replace("PT30M", "P1D");
        bench.mayas(&one_on_one(""), &[leave]).await;
        bench.round(BEN, now(), &[&one_on_one("")]).await;
        bench.offered(free(), false).await;
        // It passed; Maya is back the next day, and the offer stands.
        let later = at("2026-04-01T08:00:00Z");
        bench.defends(later).await;
        let about = bench.about(BEN, later).await;
        assert!(about.offer.is_some() && !about.is_over, "{about:?}");
        assert!(bench.booked().await.is_empty());
        let ben = viewer(&bench.org, BEN);
        let ahead = bench.ahead(&ben, later).await;
        let pair = pair_id(MAYA, BEN);
        let picked = pick(
            &bench.store,
            &ben,
            &ahead,
            later,
            (&pair, at(PROMISED)),
            Some(free()),
        );
        picked.await.unwrap();
        for _ in 0..2 {
            bench.defends(later).await;
            let booked = bench.booked().await;
            let starts: Vec<Instant> = booked.iter().map(|(_, start)| *start).collect();
            assert_eq!(starts, [free()]);
            assert!(!bench.about(BEN, later).await.is_over);
        }
    });
}

#[test]
fn one_that_passed_under_leave_and_was_not_offered_elsewhere_threatens_nothing() {
    with_bench(|bench| async move {
        bench.joins(MAYA).await;
        let leave = event(
            "u-leave",
            "20260331T000000Z",
            "SUMMARY:Vacation\r\n",
            MAYA,
            &[MAYA],
        );
        let leave = leave.replace("PT30M", "P1D");
        bench.mayas(&one_on_one(""), &[leave]).await;
        assert_eq!(bench.outlook(MAYA).await.proposals.len(), 1);
        let later = at("2026-04-01T08:00:00Z");
        bench.defends(later).await;
        let maya = viewer(&bench.org, MAYA);
        let ahead = bench.ahead(&maya, later).await;
        let outlook = outlook(&bench.store, &maya, &ahead, later).await.unwrap();
        assert!(outlook.proposals.is_empty(), "{outlook:?}");
    });
}
