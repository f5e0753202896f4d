//! What is held while somebody has the pick, and that it goes.

use super::*;
use crate::server::acting::{Action, Basis, go_on, stop};
use crate::server::guard::between::{Said, between_of};
use crate::server::guard::policies::{About, Bounds, choose_bounds};
use steadfast_calendar::edit::{By, Edit, Edited, apply};
use steadfast_store::{ACT, Cap, Claim, Ended, IntentState, Intents, Jobs};

const LOST: &str = "EXDATE:20260331T140000Z\r\n";

impl Bench {
    /// What went into Maya's outbox, the oldest first.
    async fn edits(&self) -> Vec<Action> {
        let all = self.store.intents_of(&self.org, MAYA, 20).await.unwrap();
        let read = all
            .iter()
            .rev()
            .map(|one| serde_json::from_slice(&one.about).unwrap());
        read.collect()
    }

    /// All that is due in the outbox is done.
    async fn carries_out(&self, at: Instant) {
        let now = Micros(at.seconds() * 1_000_000);
        let claim = Claim {
            kinds: &[ACT],
            node: "n",
            now: Micros(i64::MAX / 2),
            until: Micros(i64::MAX / 2 + 1),
            limit: 20,
        };
        for job in self.store.claim(claim).await.unwrap() {
            let name = job.unique.clone().unwrap();
            let cap = Cap {
                most: 9,
                since: Micros(0),
            };
            self.store
                .let_go(&job.lease, &name, None, now, cap)
                .await
                .unwrap();
            let ended = Ended {
                intent: &name,
                state: IntentState::Done,
                at: now,
                result: b"{}",
            };
            let write = Write {
                finish: Some(&job.lease),
                ended: Some(&ended),
                ..Write::default()
            };
            self.store.write(&self.org, write).await.unwrap();
        }
    }

    async fn held(&self) -> (usize, usize) {
        let edits = self.edits().await;
        let count = |is: fn(&Edit) -> bool| edits.iter().filter(|one| is(&one.edit)).count();
        (
            count(|edit| matches!(edit, Edit::Hold(_))),
            count(|edit| matches!(edit, Edit::Withdraw { .. })),
        )
    }
}

/// The object that a hold is, as it comes back with the next round.
fn written(action: &Action) -> String {
    let by = By {
        addresses: &[MAYA],
        zone: &TimeZone::UTC,
        now: now(),
    };
    assert_eq!(action.basis, Basis::Nothing);
    let Ok(Edited::Text(text)) = apply(None, &action.edit, &by) else {
        panic!("{action:?}");
    };
    let text = String::from_utf8(text).unwrap();
    let (begin, end) = (
        text.find("BEGIN:VEVENT").unwrap(),
        text.find("END:VCALENDAR").unwrap(),
    );
    text[begin..end].to_owned()
}

#[test]
fn the_best_is_held_while_the_report_has_the_pick_and_goes_with_the_answer() {
    with_bench(|bench| async move {
        bench.lost().await;
        bench.offers(Measure::MakeGood).await.unwrap();
        let offered = bench.standing(MAYA).await.unwrap().about.offer.unwrap();
        let held = bench.edits().await.remove(0);
        let Edit::Hold(hold) = &held.edit else {
            panic!("{held:?}");
        };
        assert_eq!(hold.slot, offered.slots[0]);
        assert!(
            held.place.starts_with("/own/steadfast-hold-"),
            "{}",
            held.place
        );
        bench.defends(now()).await;
        assert_eq!(bench.held().await, (1, 0), "once");

        bench.carries_out(now()).await;
        // It comes back with the next round: no 1:1, nothing that threatens, and in nobody's way.
        let later = now().plus_minutes(5);
        let objects = [one_on_one(LOST), written(&held)];
        let objects: Vec<&str> = objects.iter().map(String::as_str).collect();
        bench.round(MAYA, later, &objects).await;
        bench.defends(later).await;
        assert_eq!(bench.held().await, (1, 0), "it is wanted");
        let maya = viewer(&bench.org, MAYA);
        let ahead = bench.ahead(&maya, later).await;
        let seen = outlook(&bench.store, &maya, &ahead, later).await.unwrap();
        assert_eq!(kinds(&seen), ["cancelled"]);

        // Ben picks it: it is booked there, and the hold goes.
        assert!(bench.pick(BEN, Some(offered.slots[0].start)).await);
        bench.defends(later).await;
        let booked = bench.booked().await;
        assert_eq!(booked.len(), 1);
        assert_eq!(booked[0].1, offered.slots[0].start);
        assert_eq!(bench.held().await, (1, 1));
        bench.defends(later).await;
        assert_eq!(bench.held().await, (1, 1), "once");
    });
}

#[test]
fn what_was_taken_back_or_stopped_is_held_no_more_and_what_a_person_took_off_stays_off() {
    with_bench(|bench| async move {
        bench.lost().await;
        bench.offers(Measure::MakeGood).await.unwrap();
        let held = bench.edits().await.remove(0);
        let objects = [one_on_one(LOST), written(&held)];
        let objects: Vec<&str> = objects.iter().map(String::as_str).collect();
        let maya = viewer(&bench.org, MAYA);
        stop(&bench.store, &maya, now()).await.unwrap();
        let later = now().plus_minutes(5);
        bench.round(MAYA, later, &objects).await;
        bench.defends(later).await;
        assert_eq!(
            bench.held().await,
            (1, 0),
            "nothing is written while it is stopped"
        );
        go_on(&bench.store, &maya).await.unwrap();
        bench.carries_out(later).await;
        bench.defends(later).await;
        assert_eq!(bench.held().await, (1, 0), "it is wanted still");
        // It is gone from the calendar, and not by us.
        let again = now().plus_minutes(10);
        let gone = vec!["1.ics".to_owned()];
        bench.news(MAYA, again, Vec::new(), gone).await;
        bench.defends(again).await;
        assert_eq!(bench.held().await, (1, 0), "nobody puts it there again");
    });
}

#[test]
fn whoever_takes_the_offer_back_has_the_time_back() {
    with_bench(|bench| async move {
        bench.lost().await;
        bench.offers(Measure::MakeGood).await.unwrap();
        let standing = bench.standing(MAYA).await.unwrap();
        let held = bench.edits().await.remove(0);
        bench.carries_out(now()).await;
        let objects = [one_on_one(LOST), written(&held)];
        let objects: Vec<&str> = objects.iter().map(String::as_str).collect();
        let later = now().plus_minutes(5);
        bench.round(MAYA, later, &objects).await;
        let maya = viewer(&bench.org, MAYA);
        let ahead = bench.ahead(&maya, later).await;
        let about = (standing.pair.as_str(), standing.promised);
        withdraw(&bench.store, &maya, &ahead, later, about)
            .await
            .unwrap();
        let Some(Action {
            basis: Basis::Says(_),
            edit: Edit::Withdraw { uid },
            ..
        }) = bench.edits().await.pop()
        else {
            panic!("{:?}", bench.edits().await);
        };
        assert!(uid.starts_with("steadfast-hold-"));
    });
}

#[test]
fn what_a_person_made_of_it_or_somebody_sent_under_such_a_name_is_never_taken_off() {
    with_bench(|bench| async move {
        bench.lost().await;
        bench.offers(Measure::MakeGood).await.unwrap();
        let held = bench.edits().await.remove(0);
        bench.carries_out(now()).await;
        let theirs = written(&held).replace("SUMMARY:Held", "SUMMARY:With Ben, held");
        let named = "steadfast-hold-x.1774965600.1775120400";
        let invited = event(
            named,
            "20260402T090000Z",
            "SUMMARY:x\r\n",
            PETRA,
            &[PETRA, MAYA],
        );
        let objects = [one_on_one(LOST), theirs, invited];
        let objects: Vec<&str> = objects.iter().map(String::as_str).collect();
        let later = now().plus_minutes(5);
        bench.round(MAYA, later, &objects).await;
        assert!(bench.pick(BEN, None).await);
        bench.defends(later).await;
        assert_eq!(bench.held().await, (1, 0));
    });
}

#[test]
fn what_was_put_back_by_hand_is_offered_no_more_and_its_hold_goes() {
    with_bench(|bench| async move {
        bench.lost().await;
        bench.offers(Measure::MakeGood).await.unwrap();
        let held = bench.edits().await.remove(0);
        bench.carries_out(now()).await;
        // Maya takes the exception out again.
        let objects = [one_on_one(""), written(&held)];
        let objects: Vec<&str> = objects.iter().map(String::as_str).collect();
        let later = now().plus_minutes(5);
        bench.round(MAYA, later, &objects).await;
        assert!(bench.standing(BEN).await.is_some());
        bench.defends(later).await;
        let offer = bench.standing(BEN).await.and_then(|one| one.about.offer);
        assert_eq!(offer, None, "it takes place");
        assert_eq!(bench.held().await, (1, 1));
    });
}

#[test]
fn nothing_is_held_beyond_what_the_owner_lets_be_written() {
    with_bench(|bench| async move {
        bench.lost().await;
        let maya = viewer(&bench.org, MAYA);
        let bounds = Bounds {
            dry_run: true,
            ..Bounds::default()
        };
        choose_bounds(&bench.store, &maya, now(), About::Mine, Some(&bounds))
            .await
            .unwrap();
        // What was offered before stands all the same.
        let said = Said::Offered {
            promised: at("2026-03-31T14:00:00Z").seconds(),
            slots: vec![(
                at("2026-04-01T09:00:00Z").seconds(),
                at("2026-04-01T09:30:00Z").seconds(),
            )],
            by_owner: true,
            booked_from: None,
        };
        let stream = between_of(&crate::audit::pair_id(MAYA, BEN));
        let fact = [said.fact(MAYA, now())];
        bench
            .store
            .append(&bench.org, &stream, Expected::Any, &fact, &[])
            .await
            .unwrap();
        bench.defends(now()).await;
        assert_eq!(bench.held().await, (0, 0), "a dry run");
        choose_bounds(&bench.store, &maya, now(), About::Mine, None)
            .await
            .unwrap();
        bench.defends(now()).await;
        assert_eq!(bench.held().await, (1, 0));
    });
}
