//! A 1:1 whose time is fought over is moved for good: what is shown, what a tap writes, and what the ledgers of both say then.

use super::*;
use crate::report::Report;
use crate::report::words::facts::facts as sentences;
use crate::server::ServerError;
use crate::server::acting::{Action, Basis};
use crate::server::ledger::report;
use steadfast_calendar::Slot;
use steadfast_calendar::edit::{By, Edit, Edited, apply};
use steadfast_ledger::case::Who;
use steadfast_ledger::verdict::Outcome;
use steadfast_store::Intents;

/// Over it every week from tomorrow on.
pub(in crate::server) fn staff() -> String {
    let rest = "SUMMARY:Staff marker\r\nRRULE:FREQ=WEEKLY\r\n";
    event("u-staff", "20260331T140000Z", rest, PETRA, &[PETRA, MAYA])
}

impl Bench {
    async fn onward(
        &self,
        person: &str,
        pair: &str,
        time: (Instant, Instant),
    ) -> Result<(), ServerError> {
        let viewer = viewer(&self.org, person);
        let ahead = self.ahead(&viewer, now()).await;
        onward(&self.store, &viewer, &ahead, now(), pair, time).await
    }

    async fn asked_for(&self) -> Vec<Action> {
        let all = self.store.intents_of(&self.org, MAYA, 9).await.unwrap();
        all.iter()
            .map(|one| serde_json::from_slice(&one.about).unwrap())
            .collect()
    }

    async fn report_of(&self, person: &str, at: Instant) -> Report {
        let viewer = viewer(&self.org, person);
        report(&self.store, &viewer, at).await.unwrap().unwrap()
    }
}

fn is_refused<T>(done: &Result<T, ServerError>) -> bool {
    matches!(done, Err(ServerError::Input(..)))
}

/// What the two orders make of the object, as its server has it: the new one, and the old one.
fn done(action: &Action, object: &str) -> [String; 2] {
    let object = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{object}END:VCALENDAR\r\n");
    let object = object.replace("DTSTAMP:", "LOCATION:Room 4\r\nDTSTAMP:");
    let then = action.then.as_ref().unwrap();
    let says = steadfast_calendar::says(object.as_bytes());
    assert_eq!(then.basis, Basis::Says(says));
    let zone = TimeZone::get(&action.zone).unwrap();
    let by = By {
        addresses: &[MAYA],
        zone: &zone,
        now: now(),
    };
    let Edit::Successor(mut series) = action.edit.clone() else {
        panic!("{action:?}");
    };
    series.like = Some(object.clone().into_bytes());
    let new = apply(None, &Edit::Successor(series), &by).unwrap();
    let old = apply(Some(object.as_bytes()), &then.edit, &by).unwrap();
    [new, old].map(|edited| match edited {
        Edited::Text(text) => String::from_utf8(text).unwrap(),
        Edited::Gone => panic!("gone"),
    })
}

#[test]
fn a_time_that_something_lies_over_every_week_can_be_left_for_good_by_one_tap() {
    with_bench(|bench| async move {
        bench.mayas(&one_on_one(""), &[staff()]).await;
        let moving = bench.outlook(MAYA).await.movings.remove(0);
        assert_eq!((moving.report.as_str(), moving.every_weeks), (BEN, 1));
        assert!(moving.is_possible && !moving.is_seen);
        assert_eq!((moving.times.len(), moving.from.len()), (3, 3));
        let (from, time) = (moving.from[1], moving.times[1]);
        bench
            .onward(MAYA, &moving.pair, (from, time.first.start))
            .await
            .unwrap();
        let [action] = bench.asked_for().await.try_into().unwrap();
        assert!(action.place.starts_with("/own/steadfast-guard-"));
        let then = action.then.clone().unwrap();
        assert_eq!(
            (then.place.as_str(), &then.edit),
            ("/own/0.ics", &Edit::End { from })
        );
        assert_eq!(then.uid.as_deref(), Some("u-ben"));
        assert!(!action.agreed);
        let [new, old] = done(&action, &one_on_one(""));
        for line in [
            "SUMMARY:1:1 Maya / Ben\r\n",
            "LOCATION:Room 4\r\n",
            "SEQUENCE:0\r\n",
        ] {
            assert!(new.contains(line), "{line} in {new}");
        }
        assert!(old.contains("RRULE:FREQ=WEEKLY;UNTIL="), "{old}");
        // Again, and another one, from another window: there is one under way.
        for other in [1, 0] {
            let time = (moving.from[other], moving.times[other].first.start);
            bench.onward(MAYA, &moving.pair, time).await.unwrap();
        }
        assert_eq!(bench.asked_for().await.len(), 1);
        let again = bench.outlook(MAYA).await.movings.remove(0);
        assert!(again.tapped.is_some());
    });
}

#[test]
fn nobody_moves_for_good_what_is_not_theirs_was_not_shown_or_does_not_simply_repeat() {
    with_bench(|bench| async move {
        bench.mayas(&one_on_one(""), &[staff()]).await;
        let moving = bench.outlook(MAYA).await.movings.remove(0);
        let (from, first) = (moving.from[0], moving.times[0].first.start);
        for time in [
            (from, first.plus_minutes(1)),
            (from.plus_days(7), first),
            (from, at("2026-04-01T02:00:00Z")),
        ] {
            let done = bench.onward(MAYA, &moving.pair, time).await;
            assert!(is_refused(&done), "{done:?}");
        }
        bench.round(BEN, now(), &[&one_on_one("")]).await;
        assert!(bench.outlook(BEN).await.movings.is_empty());
        for person in [BEN, PETRA] {
            let done = bench.onward(person, &moving.pair, (from, first)).await;
            assert!(done.is_err(), "{person}");
        }
        // Whoever stopped everything stopped this too.
        let maya = viewer(&bench.org, MAYA);
        crate::server::acting::stop(&bench.store, &maya, now())
            .await
            .unwrap();
        let done = bench.onward(MAYA, &moving.pair, (from, first)).await;
        assert!(is_refused(&done), "{done:?}");
        assert!(bench.asked_for().await.is_empty());
    });
    let twice = one_on_one("").replace("FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=TU,TH");
    let by_ben = one_on_one("").replace(
        "ORGANIZER:mailto:maya@example.com",
        "ORGANIZER:mailto:ben@example.com",
    );
    for object in [twice, by_ben] {
        with_bench(|bench| async move {
            bench.mayas(&object, &[staff()]).await;
            assert!(bench.outlook(MAYA).await.movings.is_empty(), "{object}");
        });
    }
    with_bench(|bench| async move {
        bench.mayas(&one_on_one(""), &[]).await;
        assert!(bench.outlook(MAYA).await.movings.is_empty());
    });
}

/// Moves it for good and looks again, seeing both at once or the new one first; `by`: at whose word it was.
async fn moved(bench: &Bench, by: &str, is_seen_between: bool) -> Slot {
    bench.mayas(&one_on_one(""), &[staff()]).await;
    let moving = bench.outlook(MAYA).await.movings.remove(0);
    let (from, time) = (moving.from[0], moving.times[0]);
    bench
        .onward(MAYA, &moving.pair, (from, time.first.start))
        .await
        .unwrap();
    let [action] = bench.asked_for().await.try_into().unwrap();
    let inner = |text: String| {
        let (_, events) = text.split_once("BEGIN:VEVENT").unwrap();
        format!("BEGIN:VEVENT{}", events.replace("END:VCALENDAR\r\n", ""))
    };
    let [new, old] = done(&action, &one_on_one("")).map(inner);
    let Edit::Successor(series) = &action.edit else {
        panic!("{action:?}");
    };
    let acted = facts::Acted {
        uid: series.uid.clone(),
        occurrence: None,
        to: Some((time.first.start.seconds(), time.first.end.seconds())),
        // Whoever saw the one without the other looked before both were done.
        within: (
            now().seconds() + 60,
            now().seconds() + if is_seen_between { 150 } else { 62 },
        ),
        by: by.to_owned(),
    };
    let fact = facts::said(facts::ACTED, &acted, MAYA, now());
    let stream = facts::acts_on(MAYA);
    bench
        .store
        .append(&bench.org, &stream, Expected::Any, &[fact], &[])
        .await
        .unwrap();
    let (before, over) = (one_on_one(""), staff());
    if is_seen_between {
        let seen = now().plus_minutes(2);
        bench.round(MAYA, seen, &[&before, &over, &new]).await;
    }
    let seen = now().plus_minutes(3);
    bench.round(MAYA, seen, &[&old, &over, &new]).await;
    time.first
}

#[test]
fn the_ledgers_of_both_say_at_whose_word_it_was_moved_and_nothing_else() {
    for (by, is_seen_between, mayas, bens, who) in [
        ("person", false, "by you", "by Maya", Who::Manager),
        ("person", true, "by you", "by Maya", Who::Manager),
        (
            "both",
            false,
            "by a plan both accepted",
            "by a plan both accepted",
            Who::Plan,
        ),
    ] {
        with_bench(|bench| async move {
            let first = moved(&bench, by, is_seen_between).await;
            let at = now().plus_minutes(10);
            let day = first.start.date(&TimeZone::UTC).strftime("%-d %B");
            for (person, said) in [(MAYA, mayas), (BEN, bens)] {
                let report = bench.report_of(person, at).await;
                let is_theirs = |pair: &&crate::report::model::Pair| {
                    pair.people.iter().any(|one| *one.address == *BEN)
                };
                let pair = report.pairs.iter().find(is_theirs).unwrap();
                assert_eq!((&pair.ended, pair.next), (&None, Some(first.start)));
                let told = sentences(&report, pair);
                let sentence = format!("Moved for good {said}, from {day} on.");
                assert!(told.contains(&sentence), "{person}, {by}: {told:?}");
                let open = pair.occurrences.iter();
                let open = open.filter(|one| one.verdict.outcome == Outcome::Open);
                let open: Vec<_> = open.collect();
                assert!(open.len() >= 2, "{open:?}");
                // One a week, and each stands: none is lost, and none is told twice.
                assert!(open.iter().all(|one| one.verdict.held.is_some()));
                let days: Vec<i64> = open
                    .windows(2)
                    .filter_map(|two| {
                        let [a, b] = two else { return None };
                        let held = |one: &steadfast_ledger::occurrence::Occurrence| {
                            one.verdict.held.map(|slot| slot.start)
                        };
                        Some(held(b)?.seconds_since(held(a)?) / 86_400)
                    })
                    .collect();
                assert!(days.iter().all(|days| *days == 7), "{days:?}");
                // The one that was promised within the week is one that moved, at the same word; later ones are planned.
                let changed = open.iter().filter(|one| one.verdict.hops > 0);
                let actors: Vec<_> = changed.map(|one| one.actor.unwrap().who).collect();
                assert!(actors.len() <= 1, "{actors:?}");
                assert!(actors.iter().all(|one| *one == who));
            }
            // What lay over it lies over nothing any more.
            let viewer = viewer(&bench.org, MAYA);
            let ahead = bench.ahead(&viewer, at).await;
            let outlook = outlook(&bench.store, &viewer, &ahead, at).await.unwrap();
            assert!(outlook.movings.is_empty());
            assert!(kinds(&outlook).is_empty(), "{:?}", kinds(&outlook));
            assert_eq!(outlook.unplaced, 0);
        });
    }
}

/// The one that was promised within the week stands in the new series, and is guarded there.
#[test]
fn the_first_one_after_it_was_moved_for_good_is_watched_where_it_stands_now() {
    with_bench(|bench| async move {
        let first = moved(&bench, "person", false).await;
        let stamp = first
            .start
            .timestamp()
            .strftime("%Y%m%dT%H%M%SZ")
            .to_string();
        let rest = "SUMMARY:Briefing\r\nSEQUENCE:1\r\n";
        let over = event("u-over", &stamp, rest, PETRA, &[PETRA, MAYA]);
        let seen = now().plus_minutes(5);
        let news = vec![("over.ics".to_owned(), object(&over))];
        bench
            .news(MAYA, seen, news, vec!["none.ics".to_owned()])
            .await;
        let viewer = viewer(&bench.org, MAYA);
        let at = now().plus_minutes(10);
        let ahead = bench.ahead(&viewer, at).await;
        let outlook = outlook(&bench.store, &viewer, &ahead, at).await.unwrap();
        let told = outlook.proposals.iter().map(|one| (one.kind, one.promised));
        let promised = at_once("2026-03-31T14:00:00Z");
        assert_eq!(told.collect::<Vec<_>>(), [("overlap", Some(promised))]);
        assert_eq!(outlook.unplaced, 0);
    });
}

/// What somebody moved for good in their own calendar is told as any other move: it may be a hand that slips.
#[test]
fn one_that_was_moved_for_good_in_a_calendar_is_told_as_moved() {
    with_bench(|bench| async move {
        bench.mayas(&one_on_one(""), &[]).await;
        let rest = "SUMMARY:1:1 Maya / Ben\r\nRRULE:FREQ=WEEKLY\r\n";
        let new = event("u-new", "20260401T100000Z", rest, MAYA, &[MAYA, BEN]);
        let old = one_on_one("").replace("WEEKLY", "WEEKLY;UNTIL=20260330T000000Z");
        bench
            .round(MAYA, now().plus_minutes(3), &[&old, &new])
            .await;
        let viewer = viewer(&bench.org, MAYA);
        let at = now().plus_minutes(10);
        let ahead = bench.ahead(&viewer, at).await;
        let outlook = outlook(&bench.store, &viewer, &ahead, at).await.unwrap();
        let told = outlook.proposals.iter().map(|one| (one.kind, one.promised));
        let promised = at_once("2026-03-31T14:00:00Z");
        assert_eq!(told.collect::<Vec<_>>(), [("moved", Some(promised))]);
        assert_eq!(outlook.unplaced, 0);
    });
}

fn at_once(start: &str) -> Slot {
    Slot::new(at(start), at(start).plus_minutes(30))
}

fn object(events: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n")
}

impl Bench {
    /// Both have joined, both calendars are seen, and Maya lets Ben pick.
    pub(super) async fn offered_for_good(&self) -> (Moving, Standing) {
        self.joins(MAYA).await;
        self.joins(BEN).await;
        self.mayas(&one_on_one(""), &[staff()]).await;
        self.round(BEN, now(), &[&one_on_one("")]).await;
        let moving = self.outlook(MAYA).await.movings.remove(0);
        assert!(moving.other_joined && moving.is_seen);
        let maya = viewer(&self.org, MAYA);
        let ahead = self.ahead(&maya, now()).await;
        offer_onward(&self.store, &maya, &ahead, now(), &moving.pair)
            .await
            .unwrap();
        let standing = self.standing(BEN).await.unwrap();
        (moving, standing)
    }
}

#[test]
fn the_report_picks_for_good_and_it_is_moved_once_as_agreed() {
    with_bench(|bench| async move {
        let (moving, standing) = bench.offered_for_good().await;
        assert!(is_for_good(standing.promised) && !standing.as_manager);
        let offer = standing.about.offer.unwrap();
        let firsts: Vec<Slot> = moving.times.iter().map(|time| time.first).collect();
        assert_eq!((&offer.slots, offer.by_owner), (&firsts, true));
        bench.defends(now()).await;
        assert!(
            bench.asked_for().await.is_empty(),
            "not before it is picked"
        );
        assert!(bench.standing(BEN).await.unwrap().about.offer.is_some());
        assert!(!bench.pick(MAYA, Some(firsts[1].start)).await);
        assert!(!bench.pick(BEN, Some(at("2026-04-05T03:00:00Z"))).await);
        assert!(bench.pick(BEN, Some(firsts[1].start)).await);
        for _ in 0..2 {
            bench.defends(now()).await;
        }
        let [action] = bench.asked_for().await.try_into().unwrap();
        let Edit::Successor(series) = &action.edit else {
            panic!("{action:?}");
        };
        assert_eq!((series.slot, action.agreed), (firsts[1], true));
        assert_eq!(action.policy, "you offered it, and your report picked it");
    });
}

#[test]
fn none_of_them_changes_nothing_and_what_can_be_no_more_is_offered_no_more() {
    with_bench(|bench| async move {
        let (moving, _) = bench.offered_for_good().await;
        assert!(bench.pick(BEN, None).await);
        bench.defends(now()).await;
        assert!(bench.asked_for().await.is_empty());
        let told = bench.standing(MAYA).await.unwrap().about.offer.unwrap();
        assert_eq!(told.answer, Some(None));
        // Maya decides by herself: what was offered is over.
        let time = (moving.from[0], moving.times[0].first.start);
        bench.onward(MAYA, &moving.pair, time).await.unwrap();
        let [action] = bench.asked_for().await.try_into().unwrap();
        assert!(!action.agreed);
    });
    with_bench(|bench| async move {
        let (_, standing) = bench.offered_for_good().await;
        // What lay over it is gone before Ben says anything.
        let gone = staff().replace("SUMMARY", "STATUS:CANCELLED\r\nSUMMARY");
        bench
            .round(MAYA, now().plus_minutes(1), &[&one_on_one(""), &gone])
            .await;
        bench.defends(now().plus_minutes(1)).await;
        assert!(bench.asked_for().await.is_empty());
        let start = standing.about.offer.unwrap().slots[0].start;
        let later = bench.standing(BEN).await;
        assert!(later.is_none_or(|later| later.about.offer.is_none()));
        let ben = viewer(&bench.org, BEN);
        let ahead = bench.ahead(&ben, now()).await;
        let about = (standing.pair.as_str(), standing.promised);
        let done = pick(&bench.store, &ben, &ahead, now(), about, Some(start)).await;
        assert!(is_refused(&done), "{done:?}");
    });
}

#[test]
fn one_that_has_a_place_of_its_own_keeps_it_and_who_only_watches_is_told_nothing() {
    with_bench(|bench| async move {
        let moved = event(
            "u-ben",
            "20260401T090000Z",
            "SUMMARY:1:1 Maya / Ben\r\nRECURRENCE-ID:20260331T140000Z\r\nSEQUENCE:1\r\n",
            MAYA,
            &[MAYA, BEN],
        );
        let with_it = format!("{}{moved}", one_on_one(""));
        bench.mayas(&with_it, &[staff()]).await;
        let moving = bench.outlook(MAYA).await.movings.remove(0);
        let next = at("2026-04-07T14:00:00Z");
        assert!(moving.from.iter().all(|from| *from == next), "{moving:?}");
        let monday = at("2026-04-06T00:00:00Z");
        assert!(moving.times.iter().all(|time| time.first.start > monday));
        let watch = crate::server::guard::policies::Level::Watch;
        bench.chooses(watch).await;
        assert!(bench.outlook(MAYA).await.movings.is_empty());
    });
}
