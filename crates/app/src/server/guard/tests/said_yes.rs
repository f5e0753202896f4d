//! Who picked a time said yes to it: their own calendar says so where it still asks, once, and as far as they let it.

use super::*;
use crate::server::acting::Action;
use crate::server::guard::defend::defend;
use crate::server::guard::policies::{About, choose_level};
use steadfast_calendar::edit::{Edit, Reply};
use steadfast_guard::policy::Level;
use steadfast_store::Intents;

/// What Ben's calendar says of the one that was booked.
const ASKED: &str = "NEEDS-ACTION";

impl Bench {
    /// The 1:1 of 31 March was lost, Ben picked another time, it was booked, and stands on his calendar, where he is asked and
    /// invited by `who`.
    async fn asks_ben(&self, answer: &str, who: &str) {
        self.joins(MAYA).await;
        self.joins(BEN).await;
        let without = one_on_one("EXDATE:20260331T140000Z\r\n");
        self.mayas(&without, &[]).await;
        self.round(BEN, now(), &[&without]).await;
        self.offers(Measure::MakeGood).await.unwrap();
        let slots = self.standing(BEN).await.unwrap().about.offer.unwrap().slots;
        assert!(self.pick(BEN, Some(slots[0].start)).await);
        let start = slots[0].start.timestamp();
        let start = start.strftime("%Y%m%dT%H%M%SZ").to_string();
        let booked = event("u-good", &start, "SUMMARY:1:1\r\n", who, &[who, BEN]);
        let (from, to) = (
            "PARTSTAT=ACCEPTED:mailto:ben",
            format!("PARTSTAT={answer}:mailto:ben"),
        );
        let booked = booked.replace(from, &to);
        self.round(BEN, now(), &[&without, &booked]).await;
    }

    /// What Ben's guard answers for him, looked at twice.
    async fn ben_answers(&self) -> Vec<Action> {
        let ben = viewer(&self.org, BEN);
        for _ in 0..2 {
            let ahead = self.ahead(&ben, now()).await;
            defend(&self.store, &ben, &ahead, now()).await.unwrap();
        }
        let all = self.store.intents_of(&self.org, BEN, 9).await.unwrap();
        let actions = all.into_iter().map(|intent| {
            assert!(intent.by_hand);
            serde_json::from_slice(&intent.about).unwrap()
        });
        actions.collect()
    }
}

#[test]
fn who_picked_a_time_and_is_asked_all_the_same_answers_yes_once() {
    with_bench(|bench| async move {
        bench.asks_ben(ASKED, MAYA).await;
        let answers = bench.ben_answers().await;
        let [Action { edit, policy, .. }] = answers.as_slice() else {
            panic!("{answers:?}");
        };
        let Edit::Answer(answer) = edit else {
            panic!("{edit:?}");
        };
        assert_eq!((answer.reply, answer.occurrence), (Reply::Accepted, None));
        assert_eq!((&answer.comment, answer.instead.len()), (&None, 0));
        assert_eq!(policy, "you picked it");
    });
}

#[test]
fn who_picked_a_time_for_good_answers_the_series_as_a_whole() {
    with_bench(|bench| async move {
        let (_, standing) = bench.offered_for_good().await;
        let first = standing.about.offer.unwrap().slots[0];
        assert!(bench.pick(BEN, Some(first.start)).await);
        let old = one_on_one("").replace("WEEKLY", "WEEKLY;UNTIL=20260330T000000Z");
        let start = first
            .start
            .timestamp()
            .strftime("%Y%m%dT%H%M%SZ")
            .to_string();
        let rest = "SUMMARY:1:1 Maya / Ben\r\nRRULE:FREQ=WEEKLY\r\n";
        let new = event("u-new", &start, rest, MAYA, &[MAYA, BEN]).replace(
            "PARTSTAT=ACCEPTED:mailto:ben",
            "PARTSTAT=NEEDS-ACTION:mailto:ben",
        );
        bench.round(BEN, now(), &[&old, &new]).await;
        let answers = bench.ben_answers().await;
        let [Action { edit, uid, .. }] = answers.as_slice() else {
            panic!("{answers:?}");
        };
        let Edit::Answer(answer) = edit else {
            panic!("{edit:?}");
        };
        assert_eq!((answer.reply, answer.occurrence), (Reply::Accepted, None));
        assert_eq!(uid.as_deref(), Some("u-new"));
    });
}

#[test]
fn what_they_answered_themselves_stays_and_only_what_was_picked_is_answered() {
    for (answer, who) in [
        ("DECLINED", MAYA),
        ("TENTATIVE", MAYA),
        ("ACCEPTED", MAYA),
        // Somebody else invites to that very time.
        (ASKED, PETRA),
    ] {
        with_bench(|bench| async move {
            bench.asks_ben(answer, who).await;
            let answers = bench.ben_answers().await;
            assert!(answers.is_empty(), "{answer} {who}: {answers:?}");
        });
    }
}

#[test]
fn nothing_is_answered_for_who_lets_it_only_watch() {
    with_bench(|bench| async move {
        bench.asks_ben(ASKED, MAYA).await;
        let ben = viewer(&bench.org, BEN);
        choose_level(&bench.store, &ben, now(), About::Mine, Some(Level::Watch))
            .await
            .unwrap();
        assert!(bench.ben_answers().await.is_empty());
    });
}
