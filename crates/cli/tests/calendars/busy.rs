//! A 1:1 that stands as free holds its slot by one tap, on real servers: on the calendar of whoever organises it, and on the copy
//! of whoever is invited. Nobody else's calendar changes for it, and nobody has to answer anew.

use crate::bench::{Bench, Engine, access, moment, run};
use crate::dav::{Person, object};
use crate::guarded::{BEN, MAYA, act, ahead, answer_of, has, meeting, outlook, slots};
use steadfast_app::server::{acting, guard};
use steadfast_calendar::{Busy, Event, PartStat};
use steadfast_store::{IntentState, Intents as _};
use steadfast_testkit::servers::Office;

fn is(busy: Busy) -> impl Fn(&[Event]) -> bool {
    move |events| events.iter().all(|event| event.busy == busy)
}

/// What a calendar says of it beside whether it takes time: when it is, what Ben answered, and its SEQUENCE.
fn beside(person: &Person<'_>) -> (usize, Option<PartStat>, u32) {
    let events = has(person, "weekly", |_| true);
    let answer = answer_of(&events[0], BEN);
    (slots(person, "weekly").len(), answer, events[0].sequence)
}

/// Taps, and it is done.
async fn shows(bench: &Bench, person: &str) {
    let viewer = bench.viewer(person).await;
    let pair = outlook(bench, person).await.shown_free.remove(0);
    assert!(pair.is_possible);
    let ahead = ahead(bench, &viewer).await;
    let now = bench.instant();
    guard::show_busy(&bench.store, &viewer, &ahead, now, &pair.pair)
        .await
        .unwrap();
    assert_eq!(act(bench).await, IntentState::Done);
}

fn one_tap_holds_the_slot(office: &Office) {
    let [maya, ben] = ["maya", "ben"].map(|name| Person { office, name });
    run(async {
        let begin = moment("2026-01-05T07:00:00Z");
        let slot = ["20260106T140000", "20260106T143000"];
        let rest = "RRULE:FREQ=WEEKLY\r\nTRANSP:TRANSPARENT\r\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\r\n";
        let weekly = meeting("weekly", begin, slot, "1:1 Maya / Ben", rest, [MAYA, BEN]);
        maya.put("weekly.ics", &object(&[weekly]));
        has(&ben, "weekly", |_| true);
        let path = ben.find("weekly").unwrap();
        let accepted = ben
            .get(&path)
            .replace("PARTSTAT=NEEDS-ACTION", "PARTSTAT=ACCEPTED");
        ben.put_at(&path, &accepted);
        let has_accepted = |all: &[Event]| answer_of(&all[0], BEN) == Some(PartStat::Accepted);
        has(&maya, "weekly", has_accepted);
        let bench = Bench::new(Engine::Sqlite, begin).await;
        for person in [&maya, &ben] {
            let access = access(&person.url(), Some(person.name));
            bench.connect(&person.email(), &access).await;
        }
        bench.declare(MAYA, BEN).await;
        bench.good_rounds(moment("2026-01-05T08:00:00Z")).await;
        has(&maya, "weekly", is(Busy::Free));
        let before = [&maya, &ben].map(beside);

        shows(&bench, MAYA).await;
        has(&maya, "weekly", is(Busy::Busy));
        assert!(!maya.everything().contains("BUSYSTATUS:FREE"));
        assert_eq!([&maya, &ben].map(beside), before);
        bench.good_rounds(moment("2026-01-05T08:20:00Z")).await;
        assert!(outlook(&bench, MAYA).await.shown_free.is_empty());

        // It is taken back, to the letter of what stood.
        let viewer = bench.viewer(MAYA).await;
        let done = bench.store.intents_of(viewer.org(), MAYA, 1).await.unwrap();
        acting::take_back(&bench.store, &viewer, &done[0].intent, bench.instant())
            .await
            .unwrap();
        assert_eq!(act(&bench).await, IntentState::Done);
        has(&maya, "weekly", is(Busy::Free));
        assert!(maya.everything().contains("BUSYSTATUS:FREE"));
        assert_eq!([&maya, &ben].map(beside), before);
        bench.good_rounds(moment("2026-01-05T08:40:00Z")).await;
        assert_eq!(outlook(&bench, MAYA).await.shown_free.len(), 1);

        // The copy of whoever is invited is theirs to say.
        let path = ben.find("weekly").unwrap();
        let free = ben.get(&path);
        if !is(Busy::Free)(&has(&ben, "weekly", |_| true)) {
            let free = free.replace("TRANSP:OPAQUE\r\n", "");
            let free = free.replace("RRULE:", "TRANSP:TRANSPARENT\r\nRRULE:");
            ben.put_at(&path, &free);
        }
        bench.good_rounds(moment("2026-01-05T09:00:00Z")).await;
        shows(&bench, BEN).await;
        has(&ben, "weekly", is(Busy::Busy));
        assert_eq!([&maya, &ben].map(beside), before);
        has(&maya, "weekly", is(Busy::Free));
    });
}

#[test]
fn one_tap_holds_the_slot_of_a_one_on_one_that_stood_as_free_on_cyrus() {
    one_tap_holds_the_slot(&Office::cyrus(&["maya", "ben"]));
}

#[test]
fn one_tap_holds_the_slot_of_a_one_on_one_that_stood_as_free_on_sogo() {
    one_tap_holds_the_slot(&Office::sogo(&["maya", "ben"]));
}
