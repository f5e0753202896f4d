//! A 1:1 whose time does not hold is moved for good by one tap, on real servers: two objects, one thing to both.

use crate::begun::{done, has_none, of_ours};
use crate::bench::{Bench, moment, run};
use crate::dav::{Person, object};
use crate::guarded::{BEN, MAYA, act, ahead, answer_of, has, meeting, outlook, slots};
use crate::tuesdays::tuesdays;
use jiff::tz::TimeZone;
use steadfast_app::server::{acting, guard};
use steadfast_calendar::{Event, Instant, PartStat, Slot};
use steadfast_ledger::case::Who;
use steadfast_ledger::verdict::Outcome;
use steadfast_store::{IntentState, Intents as _};
use steadfast_testkit::servers::Office;

const PETRA: &str = "petra@example.org";

/// Maya meets Ben on Tuesdays at two, and from the second week on Petra's staff meeting lies over it every time.
async fn fought_over([maya, ben, petra]: [&Person<'_>; 3]) -> Bench {
    let rest = "LOCATION:Room 4\r\nCLASS:PRIVATE\r\n";
    let bench = tuesdays([maya, ben], rest).await;
    assert!(outlook(&bench, MAYA).await.movings.is_empty());
    let slot = ["20260113T133000", "20260113T150000"];
    let rest = "RRULE:FREQ=WEEKLY\r\n";
    let at = moment("2026-01-12T07:30:00Z");
    let staff = meeting("staff", at, slot, "Staff", rest, [PETRA, MAYA]);
    petra.put("staff.ics", &object(&[staff]));
    has(maya, "staff", |_| true);
    bench.good_rounds(moment("2026-01-12T08:00:00Z")).await;
    bench
}

/// Every week from that one on, to the end of January.
fn weekly_from(first: Slot) -> Vec<Slot> {
    let weeks = (0..5).map(|week| {
        let later = |at: Instant| at.plus_days(7 * week);
        Slot::new(later(first.start), later(first.end))
    });
    weeks
        .filter(|slot| slot.start < moment("2026-02-01T00:00:00Z"))
        .collect()
}

fn master(events: &[Event]) -> &Event {
    let mut all = events.iter();
    all.find(|event| event.recurrence_id.is_none()).unwrap()
}

fn is_over(events: &[Event]) -> bool {
    let rules = &master(events).recurrence.as_ref().unwrap().rules;
    rules.iter().any(|rule| rule.contains("UNTIL="))
}

fn one_tap_moves_it_for_good(office: &Office) {
    let [maya, ben, petra] = ["maya", "ben", "petra"].map(|name| Person { office, name });
    run(async {
        let bench = fought_over([&maya, &ben, &petra]).await;
        let found = outlook(&bench, MAYA).await.movings;
        let [moving] = found.as_slice() else {
            panic!("{found:?}");
        };
        assert!(moving.is_possible && moving.is_seen);
        assert!(outlook(&bench, BEN).await.movings.is_empty());
        let before = [&maya, &ben].map(|person| slots(person, "weekly"));
        let sequence = master(&has(&maya, "weekly", |_| true)).sequence;
        let (from, first) = (moving.from[0], moving.times[0].first);
        let viewer = bench.viewer(MAYA).await;
        let ahead = ahead(&bench, &viewer).await;
        let time = (from, first.start);
        let now = bench.instant();
        guard::onward(&bench.store, &viewer, &ahead, now, &moving.pair, time)
            .await
            .unwrap();
        assert_eq!(act(&bench).await, done(office));

        let uid = of_ours(&maya, "steadfast-guard-").unwrap();
        let his = has(&ben, &uid, |_| true);
        assert_eq!(answer_of(&his[0], BEN), Some(PartStat::NeedsAction));
        assert_eq!(&*his[0].summary, "1:1 Maya / Ben");
        let path = maya.find(&uid).unwrap();
        let hers = maya.get(&path);
        for line in ["LOCATION:Room 4", "CLASS:PRIVATE", "TZID=Europe/Berlin"] {
            assert!(hers.contains(line), "{line} in {hers}");
        }
        has(&ben, "weekly", is_over);
        let old = has(&maya, "weekly", is_over);
        assert!(master(&old).sequence > sequence, "{old:?}");
        for (person, before) in [&maya, &ben].into_iter().zip(&before) {
            assert_eq!(slots(person, &uid), weekly_from(first), "{}", person.name);
            // What was, and whatever comes before the first that went, is as it was.
            let stays: Vec<Slot> = before
                .iter()
                .filter(|slot| slot.start < from)
                .copied()
                .collect();
            assert!(!stays.is_empty());
            assert_eq!(slots(person, "weekly"), stays, "{}", person.name);
        }

        bench.good_rounds(moment("2026-01-12T08:20:00Z")).await;
        for person in [MAYA, BEN] {
            let pairs = bench.view(person).await.pairs;
            // Petra's meeting is one of two people too.
            let pair = pairs.iter().find(|pair| pair.id == moving.pair).unwrap();
            let [(day, by)] = pair.moved_for_good.as_slice() else {
                panic!("{person}: {pair:?}");
            };
            let berlin = TimeZone::get("Europe/Berlin").unwrap();
            assert_eq!((*day, by.who), (first.start.date(&berlin), Who::Manager));
            assert_eq!(pair.ended, None);
            let mut all = pair.occurrences.iter();
            let lost = all.any(|one| {
                one.verdict.outcome == Outcome::Cancelled
                    || (one.verdict.outcome == Outcome::Open && one.verdict.held.is_none())
            });
            assert!(!lost, "{person}: {pair:?}");
            let moved = pair.occurrences.iter().filter(|one| one.verdict.hops > 0);
            assert!(moved.count() <= 1, "{person}: {pair:?}");
        }
        assert!(outlook(&bench, MAYA).await.movings.is_empty());
        taken_back(&bench, [&maya, &ben], &uid, &before).await;
    });
}

/// Taken back the old one stands as it did, on both calendars, and the new one does not.
async fn taken_back(bench: &Bench, two: [&Person<'_>; 2], uid: &str, before: &[Vec<Slot>; 2]) {
    let viewer = bench.viewer(MAYA).await;
    let done = bench.store.intents_of(viewer.org(), MAYA, 1).await.unwrap();
    acting::take_back(&bench.store, &viewer, &done[0].intent, bench.instant())
        .await
        .unwrap();
    assert!(act(bench).await.stands());
    let [maya, ben] = two;
    assert_eq!(of_ours(maya, uid), None);
    has(ben, "weekly", |events| !is_over(events));
    has_none(ben, uid);
    for (person, before) in two.into_iter().zip(before) {
        assert_eq!(slots(person, "weekly"), *before, "{}", person.name);
    }
    bench.good_rounds(moment("2026-01-12T08:40:00Z")).await;
    let view = bench.view(BEN).await;
    let [pair] = view.pairs.as_slice() else {
        panic!("{view:?}");
    };
    assert_eq!((&pair.ended, pair.next), (&None, Some(before[0][1].start)));
    assert_eq!(outlook(bench, MAYA).await.movings.len(), 1);
}

#[test]
fn one_tap_moves_it_for_good_on_cyrus() {
    one_tap_moves_it_for_good(&Office::cyrus(&["maya", "ben", "petra"]));
}

#[test]
fn one_tap_moves_it_for_good_on_sogo() {
    one_tap_moves_it_for_good(&Office::sogo(&["maya", "ben", "petra"]));
}

#[test]
fn the_report_picks_for_good_and_the_ledgers_of_both_say_that_it_was_agreed() {
    let office = Office::cyrus(&["maya", "ben", "petra"]);
    let [maya, ben, petra] = ["maya", "ben", "petra"].map(|name| Person {
        office: &office,
        name,
    });
    run(async {
        let bench = fought_over([&maya, &ben, &petra]).await;
        let moving = outlook(&bench, MAYA).await.movings.remove(0);
        let (viewer, now) = (bench.viewer(MAYA).await, bench.instant());
        let hers = ahead(&bench, &viewer).await;
        guard::offer_onward(&bench.store, &viewer, &hers, now, &moving.pair)
            .await
            .unwrap();
        let offered = outlook(&bench, BEN).await.between.remove(0);
        let picked = offered.about.offer.unwrap().slots[1];
        let viewer = bench.viewer(BEN).await;
        let his = ahead(&bench, &viewer).await;
        let about = (offered.pair.as_str(), offered.promised);
        guard::pick(&bench.store, &viewer, &his, now, about, Some(picked.start))
            .await
            .unwrap();
        bench.judged().await;
        assert_eq!(act(&bench).await, IntentState::Done);
        let uid = of_ours(&maya, "steadfast-guard-").unwrap();
        has(&ben, &uid, |_| true);
        for person in [&maya, &ben] {
            assert_eq!(slots(person, &uid), weekly_from(picked), "{}", person.name);
        }
        bench.good_rounds(moment("2026-01-12T08:20:00Z")).await;
        for person in [MAYA, BEN] {
            let pairs = bench.view(person).await.pairs;
            let pair = pairs.iter().find(|pair| pair.id == moving.pair).unwrap();
            let told: Vec<Who> = pair.moved_for_good.iter().map(|(_, by)| by.who).collect();
            assert_eq!(told, [Who::Plan], "{person}");
        }
        let stands = outlook(&bench, BEN).await.between.remove(0);
        assert!(stands.stands && guard::is_for_good(stands.promised));
    });
}
