//! A 1:1 that begins for good by one tap, and a time that is held while somebody has the pick, on real servers.

use crate::bench::{Bench, Engine, access, moment, run};
use crate::dav::{Person, object};
use crate::guarded::{BEN, MAYA, act, ahead, answer_of, has, meeting, outlook, slots, tap};
use jiff::tz::TimeZone;
use steadfast_app::server::acting;
use steadfast_app::server::guard::{self, Measure};
use steadfast_app::server::ledger;
use steadfast_calendar::{Instant, PartStat, Reader, Status};
use steadfast_store::{Facts as _, IntentState, Intents as _, Version};
use steadfast_testkit::servers::Office;

const ANA: &str = "ana@example.org";

/// Of a server that does not say who was told nothing is claimed.
pub(crate) fn done(office: &Office) -> IntentState {
    if office.says_who_was_told() {
        IntentState::Done
    } else {
        IntentState::NotDelivered
    }
}

/// The UID of ours in somebody's calendar that begins like this.
pub(crate) fn of_ours(person: &Person<'_>, sign: &str) -> Option<String> {
    let paths = person.paths().into_iter();
    let texts = paths.map(|path| person.get(&path));
    let uids = texts.filter_map(|text| {
        let events = Reader::read(text.as_bytes()).events;
        events.first().map(|event| event.uid.to_string())
    });
    let mut ours = uids.filter(|uid| uid.starts_with(sign));
    ours.next()
}

/// Maya meets Ben on Tuesdays at two, and has nothing with Ana, who reports to her too.
async fn begins(maya: &Person<'_>, ben: &Person<'_>, begin: Instant) -> Bench {
    let slot = ["20260106T140000", "20260106T143000"];
    let rest = "RRULE:FREQ=WEEKLY\r\n";
    let weekly = meeting("weekly", begin, slot, "1:1 Maya / Ben", rest, [MAYA, BEN]);
    maya.put("weekly.ics", &object(&[weekly]));
    has(ben, "weekly", |_| true);
    let bench = Bench::new(Engine::Sqlite, begin).await;
    for person in [maya, ben] {
        let access = access(&person.url(), Some(person.name));
        bench.connect(&person.email(), &access).await;
    }
    let viewer = bench.viewer(MAYA).await;
    let reports = [BEN.to_owned(), ANA.to_owned()];
    ledger::declare(&bench.store, &viewer, bench.instant(), &reports, None)
        .await
        .unwrap();
    bench
}

fn a_first_one_begins_by_one_tap(office: &Office) {
    let [maya, ben, ana] = ["maya", "ben", "ana"].map(|name| Person { office, name });
    run(async {
        let bench = begins(&maya, &ben, moment("2026-01-05T07:00:00Z")).await;
        bench.good_rounds(moment("2026-01-05T08:00:00Z")).await;
        let found = outlook(&bench, MAYA).await.beginnings;
        let [one] = found.as_slice() else {
            panic!("{found:?}");
        };
        assert_eq!((one.report.as_str(), one.is_possible), (ANA, true));
        let chosen = one.times[1];
        let viewer = bench.viewer(MAYA).await;
        let ahead = ahead(&bench, &viewer).await;
        let time = (chosen.first.start, chosen.every_weeks, one.title.as_str());
        let now = bench.instant();
        guard::begin(&bench.store, &viewer, &ahead, now, &one.pair, time)
            .await
            .unwrap();
        assert_eq!(act(&bench).await, done(office));
        let uid = of_ours(&maya, "steadfast-guard-").unwrap();
        let hers = has(&ana, &uid, |_| true);
        assert_eq!(answer_of(&hers[0], ANA), Some(PartStat::NeedsAction));
        for person in [&maya, &ana] {
            let january = slots(person, &uid);
            assert!(january.len() >= 3, "{january:?}");
            assert_eq!(january[0], chosen.first);
            let berlin = TimeZone::get("Europe/Berlin").unwrap();
            let hour = chosen.first.start.civil(&berlin).time();
            assert!(
                january
                    .iter()
                    .all(|slot| slot.start.civil(&berlin).time() == hour)
            );
        }
        bench.good_rounds(moment("2026-01-05T08:20:00Z")).await;
        assert!(outlook(&bench, MAYA).await.beginnings.is_empty());
        let pairs = bench.view(MAYA).await.pairs;
        let with_ana = pairs.iter().find(|pair| pair.id == one.pair).unwrap();
        assert_eq!(with_ana.next, Some(chosen.first.start));
        taken_back(&bench, [&maya, &ana], &uid).await;
    });
}

/// Taken back it is off both calendars, and that Maya did it is known for her ledger and for Ana's.
async fn taken_back(bench: &Bench, [maya, ana]: [&Person<'_>; 2], uid: &str) {
    let viewer = bench.viewer(MAYA).await;
    let done = bench.store.intents_of(viewer.org(), MAYA, 1).await.unwrap();
    acting::take_back(&bench.store, &viewer, &done[0].intent, bench.instant())
        .await
        .unwrap();
    assert!(act(bench).await.stands());
    assert_eq!(of_ours(maya, uid), None);
    has_none(ana, uid);
    let acts = format!("acts/{MAYA}");
    let facts = bench.store.read(viewer.org(), &acts, Version(0), 9).await;
    let facts = facts.unwrap();
    let [_, fact] = &facts[..] else {
        panic!("begun, and taken back: {facts:?}");
    };
    let said = String::from_utf8(fact.payload.clone()).unwrap();
    assert!(said.contains(&format!(r#""uid":"{uid}""#)), "{said}");
    assert!(said.contains(r#""to":null"#), "{said}");
    assert!(said.contains(r#""by":"person""#), "{said}");
}

/// Nothing of it stands there: it is gone, or left as cancelled.
pub(crate) fn has_none(person: &Person<'_>, uid: &str) {
    if let Some(path) = person.find(uid) {
        let text = person.get(&path);
        let events = Reader::read(text.as_bytes()).events;
        assert!(
            events.iter().all(|event| event.status == Status::Cancelled),
            "{text}"
        );
    }
}

#[test]
fn a_first_one_begins_by_one_tap_on_cyrus() {
    a_first_one_begins_by_one_tap(&Office::cyrus(&["maya", "ben", "ana"]));
}

#[test]
fn a_first_one_begins_by_one_tap_on_sogo() {
    a_first_one_begins_by_one_tap(&Office::sogo(&["maya", "ben", "ana"]));
}

#[test]
fn a_time_is_held_while_ben_has_the_pick_and_nobody_else_sees_it() {
    let office = Office::cyrus(&["maya", "ben"]);
    let [maya, ben] = ["maya", "ben"].map(|name| Person {
        office: &office,
        name,
    });
    run(async {
        let bench = begins(&maya, &ben, moment("2026-01-05T07:00:00Z")).await;
        bench.good_rounds(moment("2026-01-12T07:00:00Z")).await;
        let path = maya.find("weekly").unwrap();
        let without = maya.get(&path).replace(
            "RRULE:FREQ=WEEKLY\r\n",
            "EXDATE;TZID=Europe/Berlin:20260113T140000\r\nRRULE:FREQ=WEEKLY\r\n",
        );
        maya.put_at(&path, &without);
        bench.good_rounds(moment("2026-01-12T08:00:00Z")).await;
        let proposed = outlook(&bench, MAYA).await.proposals.remove(0);
        // Let Ben pick.
        assert_eq!(
            tap(&bench, &proposed, Measure::MakeGood, None).await,
            IntentState::Done
        );
        let held = of_ours(&maya, "steadfast-hold-").unwrap();
        let hold = has(&maya, &held, |_| true);
        assert!(hold[0].attendees.is_empty());
        assert_eq!(of_ours(&ben, "steadfast-"), None);
        bench.good_rounds(moment("2026-01-12T08:20:00Z")).await;
        let viewer = bench.viewer(BEN).await;
        let offered = outlook(&bench, BEN).await.between.remove(0);
        let best = offered.about.offer.unwrap().slots[0];
        assert_eq!(slots(&maya, &held), [best]);
        let his = ahead(&bench, &viewer).await;
        let about = (offered.pair.as_str(), offered.promised);
        let now = bench.instant();
        guard::pick(&bench.store, &viewer, &his, now, about, Some(best.start))
            .await
            .unwrap();
        bench.judged().await;
        for _ in 0..2 {
            assert_eq!(act(&bench).await, IntentState::Done);
        }
        assert_eq!(of_ours(&maya, "steadfast-hold-"), None, "it is given back");
        let booked = of_ours(&maya, "steadfast-guard-").unwrap();
        has(&ben, &booked, |_| true);
        assert_eq!(slots(&ben, &booked), [best]);
    });
}
