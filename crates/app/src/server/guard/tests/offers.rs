//! Times that the report picks from, what is done by itself, and what is not.

use super::*;
use crate::server::acting::{Action, stop};
use crate::server::guard::policies::{About as Choice, Level, choose_level};
use steadfast_calendar::edit::Edit;
use steadfast_store::{Accounts, Intent, IntentState, Intents, NewAccount};

const LOST: &str = "EXDATE:20260331T140000Z\r\n";

impl Bench {
    pub(in crate::server) async fn joins(&self, person: &str) {
        let account = NewAccount {
            account: person.to_owned(),
            person: person.to_owned(),
            email: person.to_owned(),
            password: None,
            role: String::new(),
            created: Micros(0),
        };
        self.store
            .create_account(&self.org, &account)
            .await
            .unwrap();
    }

    /// Maya lost the one of 31 March; Ben has joined, and his calendar is seen.
    pub(in crate::server) async fn lost(&self) {
        self.joins(MAYA).await;
        self.joins(BEN).await;
        let without = one_on_one(LOST);
        self.mayas(&without, &[]).await;
        self.round(BEN, now(), &[&without]).await;
    }

    pub(in crate::server) async fn offers(
        &self,
        way: Measure,
    ) -> Result<usize, crate::server::ServerError> {
        let proposed = self.outlook(MAYA).await.proposals.remove(0);
        let tapped = Tapped {
            pair: proposed.pair.clone(),
            promised: proposed.promised.unwrap().start,
            kind: proposed.kind.to_owned(),
            over_it: None,
            mark: proposed
                .ways
                .iter()
                .find(|one| one.measure == way)
                .map(Way::mark)
                .unwrap_or_default(),
            way,
            at: None,
        };
        let maya = viewer(&self.org, MAYA);
        let ahead = self.ahead(&maya, now()).await;
        tap(&self.store, &maya, &ahead, now(), &tapped).await
    }

    pub(in crate::server) async fn standing(&self, person: &str) -> Option<Standing> {
        self.outlook(person).await.between.pop()
    }

    pub(in crate::server) async fn pick(&self, person: &str, start: Option<Instant>) -> bool {
        let standing = self.standing(BEN).await.unwrap();
        let person = viewer(&self.org, person);
        let about = (standing.pair.as_str(), standing.promised);
        pick(
            &self.store,
            &person,
            &self.ahead(&person, now()).await,
            now(),
            about,
            start,
        )
        .await
        .is_ok()
    }

    /// The round of Maya's guard.
    pub(in crate::server) async fn defends(&self, at: Instant) {
        // The calendars that are connected are seen again, and are as they were.
        for person in [MAYA, BEN] {
            let source = format!("s-{person}");
            let known = self.store.source(&self.org, &source).await.unwrap();
            if known.is_none() {
                continue;
            }
            let round = Round {
                source: &source,
                cursor: b"2",
                at: Micros(at.seconds() * 1_000_000),
            };
            let write = Write {
                round: Some(&round),
                ..Write::default()
            };
            self.store.write(&self.org, write).await.unwrap();
        }
        let maya = viewer(&self.org, MAYA);
        let ahead = self.ahead(&maya, at).await;
        defend(&self.store, &maya, &ahead, at).await.unwrap();
    }

    pub(super) async fn chooses(&self, level: Level) {
        let maya = viewer(&self.org, MAYA);
        choose_level(&self.store, &maya, now(), Choice::Mine, Some(level))
            .await
            .unwrap();
    }

    pub(in crate::server) async fn booked(&self) -> Vec<(Intent, Instant)> {
        let all = self.store.intents_of(&self.org, MAYA, 9).await.unwrap();
        let booked = all.into_iter().filter_map(|intent| {
            let action: Action = serde_json::from_slice(&intent.about).unwrap();
            match action.edit {
                Edit::Book(booked) => Some((intent, booked.slot.start)),
                _ => None,
            }
        });
        booked.collect()
    }
}

#[test]
fn the_report_picks_of_the_times_that_were_offered_and_that_one_is_booked_once() {
    with_bench(|bench| async move {
        bench.lost().await;
        assert_eq!(bench.offers(Measure::MakeGood).await.unwrap(), 0);
        let standing = bench.standing(BEN).await.unwrap();
        assert!(!standing.as_manager);
        let offer = standing.about.offer.unwrap();
        assert_eq!(
            (offer.slots.len(), offer.by_owner, offer.answer),
            (3, true, None)
        );
        bench.defends(now()).await;
        assert!(bench.booked().await.is_empty(), "not before it is picked");
        let second = offer.slots[1];
        assert!(!bench.pick(PETRA, Some(second.start)).await);
        assert!(!bench.pick(MAYA, Some(second.start)).await);
        assert!(!bench.pick(BEN, Some(at("2026-04-05T03:00:00Z"))).await);
        assert!(bench.pick(BEN, Some(second.start)).await);
        assert!(
            !bench.pick(BEN, Some(offer.slots[0].start)).await,
            "it is picked"
        );
        bench.defends(now()).await;
        bench.defends(now()).await;
        let booked = bench.booked().await;
        assert_eq!(booked.len(), 1);
        assert_eq!(booked[0].1, second.start);
        let action: Action = serde_json::from_slice(&booked[0].0.about).unwrap();
        assert_eq!(action.policy, "you offered it, and your report picked it");
        assert_eq!(
            (booked[0].0.state, booked[0].0.by_hand),
            (IntentState::Written, true)
        );
    });
}

#[test]
fn what_is_booked_already_is_not_offered_besides() {
    with_bench(|bench| async move {
        bench.lost().await;
        let proposed = bench.outlook(MAYA).await.proposals.remove(0);
        let Deed::MakeGood { slots } = proposed.ways[0].deed.clone() else {
            panic!("{proposed:?}");
        };
        let maya = viewer(&bench.org, MAYA);
        let tapped = |at| Tapped {
            pair: proposed.pair.clone(),
            promised: proposed.promised.unwrap().start,
            kind: proposed.kind.to_owned(),
            over_it: None,
            mark: proposed.ways[0].mark(),
            way: Measure::MakeGood,
            at,
        };
        for (at, writes) in [
            (Some(slots[0].start), 1),
            (None, 0),
            (Some(slots[1].start), 0),
        ] {
            let ahead = bench.ahead(&maya, now()).await;
            let done = tap(&bench.store, &maya, &ahead, now(), &tapped(at)).await;
            assert_eq!(done.unwrap(), writes);
            // Ben hears where it was put, and nothing is offered.
            let about = bench.standing(BEN).await.unwrap().about;
            assert_eq!((about.booked, about.offer), (Some(slots[0]), None));
        }
        assert_eq!(bench.booked().await.len(), 1);
    });
}

#[test]
fn who_wants_none_of_them_is_left_alone() {
    with_bench(|bench| async move {
        bench.lost().await;
        bench.offers(Measure::MakeGood).await.unwrap();
        assert!(bench.pick(BEN, None).await);
        bench.chooses(Level::Defend).await;
        bench.defends(now().plus_days(2)).await;
        assert!(bench.booked().await.is_empty());
        let offer = bench.standing(BEN).await.unwrap().about.offer.unwrap();
        assert_eq!(offer.answer, Some(None));
    });
}

#[test]
fn by_itself_nothing_is_offered_before_the_owner_sent_a_first_text_and_never_where_it_only_advises()
{
    with_bench(|bench| async move {
        bench.lost().await;
        bench.defends(now()).await;
        bench.chooses(Level::Defend).await;
        bench.defends(now()).await;
        assert!(
            bench.standing(BEN).await.is_none(),
            "no first text was read"
        );
        // One long ago was offered by a tap: that was the first.
        let pair = crate::audit::pair_id(MAYA, BEN);
        let said = super::super::between::Said::Offered {
            promised: at("2026-03-03T14:00:00Z").seconds(),
            slots: vec![(0, 1)],
            by_owner: true,
            booked_from: None,
        };
        let stream = super::super::between::between_of(&pair);
        let fact = [said.fact(MAYA, now())];
        bench
            .store
            .append(&bench.org, &stream, Expected::Any, &fact, &[])
            .await
            .unwrap();
        bench.chooses(Level::Advise).await;
        bench.defends(now()).await;
        assert!(bench.standing(BEN).await.is_none(), "it only advises");
        bench.chooses(Level::Defend).await;
        let maya = viewer(&bench.org, MAYA);
        stop(&bench.store, &maya, now()).await.unwrap();
        bench.defends(now()).await;
        assert!(bench.standing(BEN).await.is_none(), "it is stopped");
        crate::server::acting::go_on(&bench.store, &maya)
            .await
            .unwrap();
        bench.defends(now()).await;
        let offer = bench.standing(BEN).await.unwrap().about.offer.unwrap();
        assert!(!offer.by_owner);
        // A day without an answer: the best is booked, as an invitation that Ben may decline.
        bench.defends(now().plus_minutes(60)).await;
        assert!(bench.booked().await.is_empty());
        bench.defends(now().plus_days(1).plus_minutes(1)).await;
        let booked = bench.booked().await;
        assert_eq!(booked.len(), 1);
        assert!(!booked[0].0.by_hand);
        assert!(offer.slots.iter().any(|slot| slot.start == booked[0].1));
    });
}

#[test]
fn a_reason_is_read_by_the_two_and_can_be_taken_back() {
    with_bench(|bench| async move {
        bench.lost().await;
        let pair = crate::audit::pair_id(MAYA, BEN);
        let about = (pair.as_str(), at("2026-03-31T14:00:00Z"));
        let say = async |person: &str, text: &str| {
            let person = viewer(&bench.org, person);
            let ahead = bench.ahead(&person, now()).await;
            give_reason(&bench.store, &person, &ahead, now(), about, text).await
        };
        assert!(say(BEN, "no").await.is_err());
        assert!(say(PETRA, "no").await.is_err());
        assert!(say(MAYA, &"x".repeat(501)).await.is_err());
        say(MAYA, " My child is ill. ").await.unwrap();
        for person in [MAYA, BEN] {
            let about = bench.standing(person).await.unwrap().about;
            assert_eq!(about.reason.as_deref(), Some("My child is ill."));
        }
        assert!(bench.outlook(PETRA).await.between.is_empty());
        say(MAYA, "").await.unwrap();
        assert_eq!(bench.standing(BEN).await.unwrap().about.reason, None);
    });
}

#[test]
fn what_the_owner_offered_and_nobody_picked_is_not_booked_where_it_only_advises() {
    with_bench(|bench| async move {
        bench.lost().await;
        bench.offers(Measure::MakeGood).await.unwrap();
        let offer = bench.standing(BEN).await.unwrap().about.offer.unwrap();
        assert_eq!(offer.booked_from, None);
        for hours in [1, 12, 25, 48] {
            bench.defends(now().plus_minutes(60 * hours)).await;
        }
        assert!(bench.booked().await.is_empty());
    });
}

#[test]
fn an_offer_is_taken_back_by_the_owner_and_over_when_it_is_decided_otherwise() {
    with_bench(|bench| async move {
        bench.lost().await;
        bench.offers(Measure::MakeGood).await.unwrap();
        let standing = bench.standing(BEN).await.unwrap();
        let about = (standing.pair.as_str(), standing.promised);
        let back = async |person: &str| {
            let person = viewer(&bench.org, person);
            let ahead = bench.ahead(&person, now()).await;
            withdraw(&bench.store, &person, &ahead, now(), about)
                .await
                .is_ok()
        };
        assert!(!back(BEN).await);
        assert!(back(MAYA).await);
        assert!(!back(MAYA).await);
        assert_eq!(bench.standing(BEN).await.unwrap().about.offer, None);
        let first = standing.about.offer.unwrap().slots[0].start;
        assert!(!bench.pick(BEN, Some(first)).await);
        bench.defends(now()).await;
        assert!(bench.booked().await.is_empty());
    });
}

#[test]
fn what_is_offered_follows_the_hours_that_the_report_says_since() {
    use crate::server::people::{Hours, say_hours};
    with_bench(|bench| async move {
        bench.lost().await;
        bench.offers(Measure::MakeGood).await.unwrap();
        let before = bench.standing(BEN).await.unwrap().about.offer.unwrap();
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let ben = viewer(&bench.org, BEN);
        let says = async |week| {
            say_hours(&bench.store, &ben, now(), Some(Hours(week)))
                .await
                .unwrap();
        };
        // He works on the day of the second one alone.
        let second = before.slots[1];
        let day = usize::try_from(second.start.date(&zone).weekday().to_monday_zero_offset());
        let mut week = [None; 7];
        week[day.unwrap()] = Some((0, 24 * 60));
        says(week).await;
        for person in [MAYA, BEN] {
            let about = bench.standing(person).await.unwrap().about;
            let left = about.offer.unwrap().slots;
            assert!(
                left.contains(&second)
                    && left
                        .iter()
                        .all(|slot| slot.start.date(&zone) == second.start.date(&zone)),
                "{left:?}"
            );
        }
        let first = before.slots[0];
        assert_ne!(first.start.date(&zone), second.start.date(&zone));
        assert!(!bench.pick(BEN, Some(first.start)).await);
        // At night alone: nothing is left of it, and nothing of it is booked.
        says([Some((0, 60)); 7]).await;
        for person in [MAYA, BEN] {
            let about = bench.standing(person).await.unwrap().about;
            assert!(about.offer.is_none() && about.is_outside_hours);
        }
        let pair = crate::audit::pair_id(MAYA, BEN);
        let about = (pair.as_str(), at("2026-03-31T14:00:00Z"));
        let ahead = bench.ahead(&ben, now()).await;
        let picked = pick(&bench.store, &ben, &ahead, now(), about, Some(second.start));
        assert!(picked.await.is_err());
        // And back.
        says([Some((0, 24 * 60)); 7]).await;
        let after = bench.standing(BEN).await.unwrap().about.offer.unwrap();
        assert_eq!(after.slots, before.slots);
        assert!(bench.pick(BEN, Some(second.start)).await);
        // What is picked stays, whatever he says then.
        says([Some((0, 60)); 7]).await;
        let about = bench.standing(MAYA).await.unwrap().about;
        assert_eq!(about.offer.unwrap().answer, Some(Some(second)));
    });
}

#[test]
fn nobody_is_told_twice_that_there_is_no_time() {
    with_bench(|bench| async move {
        bench.lost().await;
        // Ben is busy for as long as it is owed, and Maya has written to him before.
        let days = [
            "0330", "0331", "0401", "0402", "0403", "0404", "0405", "0406", "0407",
        ];
        let busy = days.map(|day| {
            event(
                &format!("u-{day}"),
                &format!("2026{day}T000000Z"),
                "",
                BEN,
                &[BEN],
            )
            .replace("PT30M", "PT23H")
        });
        let mut objects: Vec<String> = busy.to_vec();
        objects.push(one_on_one(LOST));
        let objects: Vec<&str> = objects.iter().map(String::as_str).collect();
        bench.round(BEN, now(), &objects).await;
        let said = super::super::between::Said::Offered {
            promised: at("2026-03-03T14:00:00Z").seconds(),
            slots: vec![(0, 1)],
            by_owner: true,
            booked_from: None,
        };
        let stream = super::super::between::between_of(&crate::audit::pair_id(MAYA, BEN));
        let fact = [said.fact(MAYA, now())];
        let append = bench
            .store
            .append(&bench.org, &stream, Expected::Any, &fact, &[]);
        append.await.unwrap();
        bench.chooses(Level::Defend).await;
        for minutes in [0, 10, 20] {
            bench.defends(now().plus_minutes(minutes)).await;
        }
        assert!(bench.standing(BEN).await.unwrap().about.told.is_some());
        let facts = bench.store.version(&bench.org, &stream).await.unwrap();
        assert_eq!(facts.0, 2, "the planted one, and what was told");
    });
}
