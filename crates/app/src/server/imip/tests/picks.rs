//! Times that are offered by mail to a report who has not joined: what goes, and what the link in it does and does not.

use super::*;
use crate::server::guard::{
    Answered, Measure, Pick, Pointing, ToPick, approve_pick, open_pick, pick_by_link, pointing,
    to_pick, withdraw,
};
use crate::server::guard::{Said, between_of};
use crate::server::ledger::{JUDGE, whole_stream};
use crate::server::mail::MAIL;
use crate::server::sync::micros;
use std::task::Poll;
use steadfast_store::{Closes, Expected, Write};

const LOST: &str = "EXDATE:20260331T140000Z\r\n";

fn promised() -> Instant {
    at("2026-03-31T14:00:00Z")
}

impl Desk {
    /// The 1:1 of tomorrow is taken off; Ben, who has not joined, is to get another time.
    async fn lost(&self) {
        self.bench.round(MAYA, now(), &[&one_on_one(LOST)]).await;
    }

    async fn shown(&self) -> Result<ToPick, ServerError> {
        let (maya, now) = (self.maya(), self.instant());
        let ahead = self.bench.ahead(&maya, now).await;
        let (places, pair) = ((&self.keyring, &self.office), pair_id(MAYA, BEN));
        let about = (pair.as_str(), promised());
        to_pick(&self.bench.store, places, &maya, &ahead, now, about).await
    }

    async fn sends(&self, mark: &str) -> Result<(), ServerError> {
        let (maya, now) = (self.maya(), self.instant());
        let ahead = self.bench.ahead(&maya, now).await;
        let (places, pair) = ((&self.keyring, &self.office), pair_id(MAYA, BEN));
        let about = (pair.as_str(), promised(), mark);
        approve_pick(&self.bench.store, places, &maya, &ahead, now, about).await
    }

    /// Offers the times, and the mail goes; gives the token in it.
    async fn offered(&self) -> String {
        self.lost().await;
        let shown = self.shown().await.unwrap();
        self.sends(&shown.mark).await.unwrap();
        assert_eq!(self.step().await, Step::Sent);
        let given = self.outside.given();
        token(&given.last().unwrap().text).to_owned()
    }

    async fn pointed(&self, token: &str) -> Option<(Viewer, Pointing)> {
        let (store, org) = (&self.bench.store, &self.bench.org);
        pointing(store, &self.keyring, org, self.instant(), token)
            .await
            .unwrap()
    }

    async fn open(&self, token: &str) -> Pick {
        let (viewer, at) = self.pointed(token).await.unwrap();
        let now = self.instant();
        let ahead = self.bench.ahead(&viewer, now).await;
        open_pick(&self.bench.store, &ahead, (&viewer, &at), now)
            .await
            .unwrap()
    }

    async fn picks(&self, token: &str, start: Option<Instant>) -> Result<(), ServerError> {
        let (viewer, at) = self.pointed(token).await.ok_or(ServerError::NotFound)?;
        let now = self.instant();
        let ahead = self.bench.ahead(&viewer, now).await;
        pick_by_link(&self.bench.store, &ahead, (&viewer, &at), now, start).await
    }

    /// The round of Maya's guard, as the job has it that a pick makes due.
    async fn guards(&self) {
        self.bench.defends(self.instant()).await;
    }

    async fn takes_back(&self) {
        let (maya, now) = (self.maya(), self.instant());
        let ahead = self.bench.ahead(&maya, now).await;
        let pair = pair_id(MAYA, BEN);
        withdraw(&self.bench.store, &maya, &ahead, now, (&pair, promised()))
            .await
            .unwrap();
    }

    /// How much was said between the two.
    async fn said_between(&self) -> usize {
        let stream = format!("between/{}", pair_id(MAYA, BEN));
        let facts = whole_stream(&self.bench.store, &self.bench.org, &stream).await;
        facts.unwrap().len()
    }
}

pub(super) fn token(text: &str) -> &str {
    let (_, rest) = text
        .split_once("https://steadfast.example.org/pick/")
        .unwrap();
    rest.lines().next().unwrap()
}

#[test]
fn it_goes_by_a_tap_on_what_was_read_to_the_word_and_by_nothing_else() {
    with_desk(|desk| async move {
        desk.lost().await;
        let shown = desk.shown().await.unwrap();
        assert_eq!((shown.to.as_str(), shown.slots.len()), (BEN, 3));
        assert_eq!(desk.step().await, Step::Idle);
        assert!(desk.sends("0").await.is_err());
        assert_eq!(desk.said_between().await, 0);
        desk.sends(&shown.mark).await.unwrap();
        assert!(desk.sends(&shown.mark).await.is_err(), "it is offered");
        assert_eq!(desk.step().await, Step::Sent);
        assert_eq!(desk.step().await, Step::Idle);
        let [mail]: [Mail; 1] = desk.outside.given().try_into().unwrap();
        assert_eq!((mail.subject, mail.text), (shown.subject, shown.text));
        assert_eq!(
            (mail.to.as_str(), mail.reply_to.as_deref()),
            (BEN, Some(MAYA))
        );
        assert_eq!(mail.calendar, None);
    });
}

#[test]
fn looking_at_the_link_does_nothing_and_the_first_pick_stands() {
    with_desk(|desk| async move {
        let token = desk.offered().await;
        let before = desk.said_between().await;
        for _ in 0..3 {
            let pick = desk.open(&token).await;
            assert_eq!((pick.slots.len(), pick.answered), (3, None));
        }
        assert_eq!(desk.said_between().await, before, "a program that looks");
        desk.guards().await;
        assert!(desk.bench.booked().await.is_empty(), "nothing is picked");
        let slots = desk.open(&token).await.slots;
        assert!(
            desk.picks(&token, Some(at("2026-04-05T03:00:00Z")))
                .await
                .is_err()
        );
        desk.picks(&token, Some(slots[1].start)).await.unwrap();
        assert_eq!(desk.said_between().await, before + 1);
        // Again, and otherwise: it is answered.
        desk.picks(&token, Some(slots[0].start)).await.unwrap();
        desk.picks(&token, None).await.unwrap();
        assert_eq!(desk.said_between().await, before + 1);
        let pick = desk.open(&token).await;
        assert_eq!(pick.answered, Some(Answered::Picked(slots[1])));
    });
}

#[test]
fn what_is_picked_by_the_link_the_guard_books_once_and_at_that_time() {
    with_desk(|desk| async move {
        let token = desk.offered().await;
        let slots = desk.open(&token).await.slots;
        desk.picks(&token, Some(slots[1].start)).await.unwrap();
        assert!(desk.bench.booked().await.is_empty(), "the guard does it");
        for _ in 0..2 {
            desk.guards().await;
            let booked = desk.bench.booked().await;
            let [(intent, start)] = booked.as_slice() else {
                panic!("{booked:?}");
            };
            assert_eq!(*start, slots[1].start);
            assert_eq!((intent.state, intent.by_hand), (IntentState::Written, true));
            let action = action_of(intent).unwrap();
            assert_eq!(action.policy, "you offered it, and your report picked it");
            let Edit::Book(meeting) = action.edit else {
                panic!("{action:?}");
            };
            let invited: Vec<&str> = meeting.invited.iter().map(|one| &*one.address).collect();
            assert_eq!((meeting.slot, invited), (slots[1], vec![BEN]));
        }
    });
}

#[test]
fn none_of_these_is_an_answer_and_changes_nothing() {
    with_desk(|desk| async move {
        let token = desk.offered().await;
        desk.picks(&token, None).await.unwrap();
        let pick = desk.open(&token).await;
        assert_eq!(pick.answered, Some(Answered::None));
        for days in [0, 1, 2] {
            desk.bench.defends(now().plus_days(days)).await;
            assert!(desk.bench.booked().await.is_empty(), "after {days} days");
        }
        // What is answered is offered no more: there is one offer and one answer, whatever the guard makes of it.
        assert_eq!(desk.said_between().await, 2);
    });
}

#[test]
fn a_link_is_good_for_its_own_offer_and_until_its_last_time() {
    with_desk(|desk| async move {
        let token = desk.offered().await;
        let last = desk.open(&token).await.slots;
        let last = last.iter().map(|slot| slot.start.seconds()).max().unwrap();
        // Another promise, another number, another mark: nobody made such a link.
        for (old, new) in [(".", ".."), ("a", "b"), ("1", "2")] {
            let other = token.replacen(old, new, 1);
            assert_eq!(desk.pointed(&other).await.map(|_| ()), None, "{other}");
        }
        assert_eq!(desk.pointed("").await.map(|_| ()), None);
        desk.takes_back().await;
        assert_eq!(desk.pointed(&token).await.map(|_| ()), None, "taken back");
        assert!(desk.picks(&token, None).await.is_err());
        // The same times once more are another offer.
        let shown = desk.shown().await.unwrap();
        desk.sends(&shown.mark).await.unwrap();
        assert_eq!(desk.step().await, Step::Sent);
        assert_eq!(desk.pointed(&token).await.map(|_| ()), None, "the old link");
        let given = desk.outside.given();
        let new = self::token(&given.last().unwrap().text).to_owned();
        assert!(desk.pointed(&new).await.is_some());
        desk.clock.store(last * 1_000_000, Ordering::Relaxed);
        assert_eq!(desk.pointed(&new).await.map(|_| ()), None, "over");
    });
}

#[test]
fn what_was_taken_back_before_it_went_does_not_go() {
    with_desk(|desk| async move {
        desk.lost().await;
        let shown = desk.shown().await.unwrap();
        desk.sends(&shown.mark).await.unwrap();
        desk.takes_back().await;
        assert_eq!(desk.step().await, Step::Dropped);
        assert!(desk.outside.given().is_empty());
    });
}

#[test]
fn a_link_is_good_up_to_the_end_of_the_managers_last_day() {
    with_desk(|desk| async move {
        let token = desk.offered().await;
        let closes = |at| Closes {
            email: MAYA,
            at: Some(at),
            now: micros(desk.instant()),
        };
        let ends = micros(desk.instant().plus_seconds(3_600));
        let write = Write {
            closes: &[closes(ends)],
            ..Write::default()
        };
        desk.bench
            .store
            .write(&desk.bench.org, write)
            .await
            .unwrap();
        assert!(desk.pointed(&token).await.is_some(), "until then");
        desk.clock.store(ends.0, Ordering::Relaxed);
        assert_eq!(desk.pointed(&token).await.map(|_| ()), None);
    });
}

#[test]
fn whoever_joins_after_it_was_approved_gets_no_link() {
    with_desk(|desk| async move {
        desk.lost().await;
        let shown = desk.shown().await.unwrap();
        desk.sends(&shown.mark).await.unwrap();
        desk.bench.joins(BEN).await;
        assert_eq!(desk.step().await, Step::Dropped);
        assert!(desk.outside.given().is_empty());
    });
}

#[test]
fn whoever_has_joined_is_offered_times_on_their_own_page_and_by_no_mail() {
    with_desk(|desk| async move {
        desk.lost().await;
        let shown = desk.shown().await.unwrap();
        desk.bench.joins(BEN).await;
        for refused in [
            desk.shown().await.map(|_| ()),
            desk.sends(&shown.mark).await,
        ] {
            let Err(ServerError::Input(what, then)) = refused else {
                panic!("{refused:?}");
            };
            assert_eq!(
                (what.as_str(), then.as_str()),
                (
                    "they have joined since",
                    "let them pick from their own page"
                )
            );
        }
        assert_eq!(desk.said_between().await, 0, "nothing is offered by mail");
        // On their own page it is.
        desk.bench.offers(Measure::MakeGood).await.unwrap();
        let offer = desk.bench.standing(BEN).await.unwrap().about.offer.unwrap();
        assert_eq!(offer.slots, shown.slots);
        assert!(desk.bench.pick(BEN, Some(offer.slots[2].start)).await);
        desk.guards().await;
        let booked = desk.bench.booked().await;
        let starts: Vec<Instant> = booked.iter().map(|(_, start)| *start).collect();
        assert_eq!(starts, [offer.slots[2].start]);
    });
}

#[test]
fn a_time_that_has_begun_is_neither_shown_nor_picked_and_none_once_the_last_is_over() {
    with_desk(|desk| async move {
        let token = desk.offered().await;
        let mut slots = desk.open(&token).await.slots;
        slots.sort();
        let begun = slots.remove(0).start;
        desk.clock
            .store(begun.seconds() * 1_000_000, Ordering::Relaxed);
        // Their calendars are seen again, and are as they were.
        desk.guards().await;
        let mut left = desk.open(&token).await.slots;
        left.sort();
        assert_eq!(left, slots);
        let before = desk.said_between().await;
        let refused = desk.picks(&token, Some(begun)).await;
        assert!(
            matches!(refused, Err(ServerError::Input(..))),
            "{refused:?}"
        );
        // Whoever opened it in time and answers after the last one has begun is too late, also for none of them.
        let (viewer, pointing) = desk.pointed(&token).await.unwrap();
        let now = slots.last().unwrap().start;
        let ahead = desk.bench.ahead(&viewer, now).await;
        let late = pick_by_link(&desk.bench.store, &ahead, (&viewer, &pointing), now, None).await;
        assert!(matches!(late, Err(ServerError::NotFound)), "{late:?}");
        assert_eq!(desk.said_between().await, before);
    });
}

#[test]
fn the_link_stays_good_whatever_is_offered_for_another_promise() {
    with_desk(|desk| async move {
        let token = desk.offered().await;
        let other = Said::Offered {
            promised: promised().plus_days(7).seconds(),
            slots: vec![(0, 1)],
            by_owner: true,
            booked_from: None,
        };
        let fact = [other.fact(MAYA, now())];
        let stream = between_of(&pair_id(MAYA, BEN));
        let (store, org) = (&desk.bench.store, &desk.bench.org);
        let said = store.append(org, &stream, Expected::Any, &fact, &[]);
        said.await.unwrap();
        assert_eq!(desk.open(&token).await.slots.len(), 3);
    });
}

#[test]
fn of_two_picks_in_one_moment_one_is_said_by_whom_it_was_offered_to_and_the_manager_is_told() {
    with_desk(|desk| async move {
        let token = desk.offered().await;
        let slots = desk.open(&token).await.slots;
        let before = desk.said_between().await;
        let (store, org) = (&desk.bench.store, &desk.bench.org);
        let due = async |kind: &str| {
            let until = Micros(desk.instant().plus_minutes(60).seconds() * 1_000_000);
            let claim = Claim {
                kinds: &[kind],
                node: "n",
                now: until,
                until: until.plus(60_000_000),
                limit: 99,
            };
            let jobs = store.claim(claim).await.unwrap();
            for job in &jobs {
                let done = Write {
                    finish: Some(&job.lease),
                    ..Write::default()
                };
                store.write(org, done).await.unwrap();
            }
            let names = jobs.into_iter().filter_map(|job| job.unique);
            names.collect::<Vec<String>>()
        };
        // What was due before is not of the pick.
        for kind in [JUDGE, MAIL] {
            due(kind).await;
        }
        let mut one = std::pin::pin!(desk.picks(&token, Some(slots[0].start)));
        let mut other = std::pin::pin!(desk.picks(&token, Some(slots[1].start)));
        let mut done = [None, None];
        std::future::poll_fn(|context| {
            for (done, pick) in done.iter_mut().zip([one.as_mut(), other.as_mut()]) {
                if done.is_none()
                    && let Poll::Ready(answer) = pick.poll(context)
                {
                    *done = Some(answer);
                }
            }
            if done.iter().all(Option::is_some) {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })
        .await;
        assert!(done.iter().flatten().any(Result::is_ok), "{done:?}");
        assert_eq!(desk.said_between().await, before + 1);
        let facts = whole_stream(store, org, &between_of(&pair_id(MAYA, BEN)))
            .await
            .unwrap();
        assert_eq!(facts.last().unwrap().actor, BEN);
        for kind in [JUDGE, MAIL] {
            assert_eq!(due(kind).await, [MAYA], "{kind}");
        }
    });
}
