//! A 1:1 that is guarded on a real server, on Cyrus and on SOGo: what somebody taps reaches the calendars of all who are in
//! it, and is seen.

use crate::begun::done;
use crate::bench::{Bench, keyring, machine, moment, run};
use crate::dav::{Person, object, stamp};
use crate::tuesdays::tuesdays;
use crate::writing::Network;
use jiff::tz::TimeZone;
use std::sync::atomic::Ordering;
use steadfast_app::server::acting::{self, Bounds, Eyes, Order, Outcome, Pens, Ready, Step};
use steadfast_app::server::guard::{self, Ahead, Deed, Measure, Outlook, Proposed, Tapped};
use steadfast_app::server::sync::Access;
use steadfast_app::server::{Viewer, ledger};
use steadfast_calendar::{Event, Instant, PartStat, Reader, Slot, Window, expand, group};
use steadfast_store::{IntentState, Micros};
use steadfast_testkit::servers::Office;
use steadfast_web::{Looked, Writes as _};

pub(crate) const MAYA: &str = "maya@example.org";
pub(crate) const BEN: &str = "ben@example.org";
pub(crate) const PETRA: &str = "petra@example.org";
/// How often a calendar is looked at for what the server does by itself.
const LOOKS: usize = 500;

/// Writes over the network, on this machine.
pub(crate) struct Hand(pub(crate) Network);

impl Eyes for Hand {
    async fn read(
        &self,
        access: &Access,
        place: &str,
        now: Instant,
    ) -> Result<Option<Vec<u8>>, Outcome> {
        self.0.read(access.clone(), place.to_owned(), now).await
    }
}

impl Pens for Hand {
    type Ready = Looked;

    async fn look(&self, access: &Access, order: &Order) -> Result<Ready<Looked>, Outcome> {
        self.0.look(access.clone(), order.clone()).await
    }

    async fn send(&self, access: &Access, order: &Order, ready: Looked) -> Outcome {
        self.0.send(access.clone(), order.clone(), ready).await
    }
}

pub(crate) fn meeting(
    uid: &str,
    at: Instant,
    slot: [&str; 2],
    title: &str,
    rest: &str,
    who: [&str; 2],
) -> String {
    let [organiser, guest] = who;
    let [start, end] = slot;
    let at = stamp(at);
    format!(
        "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:{at}\r\nLAST-MODIFIED:{at}\r\nDTSTART;TZID=Europe/Berlin:{start}\r\n\
         DTEND;TZID=Europe/Berlin:{end}\r\nSUMMARY:{title}\r\nORGANIZER:mailto:{organiser}\r\n\
         ATTENDEE;PARTSTAT=ACCEPTED:mailto:{organiser}\r\n\
         ATTENDEE;RSVP=TRUE;PARTSTAT=NEEDS-ACTION:mailto:{guest}\r\n{rest}END:VEVENT\r\n"
    )
}

/// The events of a UID in somebody's calendar, as soon as they are as wanted.
pub(crate) fn has(person: &Person<'_>, uid: &str, wanted: impl Fn(&[Event]) -> bool) -> Vec<Event> {
    for _ in 0..LOOKS {
        let events = person.find(uid).map(|path| person.get(&path));
        let events = events.map(|text| Reader::read(text.as_bytes()).events);
        if let Some(events) = events.filter(|events| wanted(events)) {
            return events;
        }
        std::thread::yield_now();
    }
    panic!("{uid} is not as wanted on the calendar of {}", person.name);
}

/// When the meetings of a UID are in January, in somebody's calendar.
pub(crate) fn slots(person: &Person<'_>, uid: &str) -> Vec<Slot> {
    let january = Window {
        from: moment("2026-01-01T00:00:00Z"),
        to: moment("2026-02-01T00:00:00Z"),
    };
    let all = group(has(person, uid, |_| true));
    let instances = all
        .iter()
        .flat_map(|series| expand(series, &TimeZone::UTC, january));
    instances.filter_map(|instance| instance.slot).collect()
}

pub(crate) fn answer_of(event: &Event, who: &str) -> Option<PartStat> {
    let mut all = event.attendees.iter().filter(|one| *one.address == *who);
    all.next().map(|one| one.answer)
}

pub(crate) async fn ahead(bench: &Bench, viewer: &Viewer) -> Ahead {
    ledger::ahead(&bench.store, viewer, "drill", bench.instant())
        .await
        .unwrap()
}

pub(crate) async fn outlook(bench: &Bench, person: &str) -> Outlook {
    let viewer = bench.viewer(person).await;
    let ahead = ahead(bench, &viewer).await;
    guard::outlook(&bench.store, &viewer, &ahead, bench.instant())
        .await
        .unwrap()
}

/// Taps, and it is done; what became of it.
pub(crate) async fn tap(
    bench: &Bench,
    proposed: &Proposed,
    way: Measure,
    at: Option<Instant>,
) -> IntentState {
    let viewer = bench.viewer(MAYA).await;
    let tapped = Tapped {
        pair: proposed.pair.clone(),
        promised: proposed.promised.unwrap().start,
        kind: proposed.kind.to_owned(),
        over_it: proposed.over_it.as_ref().map(|over| over.meeting.clone()),
        mark: proposed
            .ways
            .iter()
            .find(|one| one.measure == way)
            .unwrap()
            .mark(),
        way,
        at,
    };
    let ahead = ahead(bench, &viewer).await;
    let written = guard::tap(&bench.store, &viewer, &ahead, bench.instant(), &tapped).await;
    assert_eq!(
        written.unwrap(),
        usize::from(at.is_some() || way != Measure::MakeGood)
    );
    act(bench).await
}

/// Carries out what is due next; what became of it.
pub(crate) async fn act(bench: &Bench) -> IntentState {
    match step(bench).await {
        Step::Ended(state) => state,
        other => panic!("{other:?}"),
    }
}

/// Whether nothing waits to be carried out.
pub(crate) async fn nothing_is_due(bench: &Bench) -> bool {
    matches!(step(bench).await, Step::Idle)
}

async fn step(bench: &Bench) -> Step {
    let hand = Hand(Network {
        reach: bench.reach.clone(),
    });
    let now = || Micros(bench.now.load(Ordering::Relaxed));
    let bounds = Bounds { a_day: 20 };
    let step = acting::step(&bench.store, &keyring(), &hand, machine(&now), bounds).await;
    step.unwrap()
}

#[test]
fn a_briefing_over_a_one_on_one_is_declined_and_a_lost_one_is_booked_on_cyrus() {
    by_one_tap_each(&Office::cyrus(&["maya", "ben", "petra"]));
}

#[test]
fn a_briefing_over_a_one_on_one_is_declined_and_a_lost_one_is_booked_on_sogo() {
    by_one_tap_each(&Office::sogo(&["maya", "ben", "petra"]));
}

fn by_one_tap_each(office: &Office) {
    let [maya, ben, petra] = ["maya", "ben", "petra"].map(|name| Person { office, name });
    run(async {
        let bench = tuesdays([&maya, &ben], "").await;
        assert!(outlook(&bench, MAYA).await.proposals.is_empty());

        let now = moment("2026-01-12T08:00:00Z");
        let slot = ["20260113T133000", "20260113T150000"];
        let briefing = meeting(
            "briefing",
            now,
            slot,
            "Executive briefing",
            "",
            [PETRA, MAYA],
        );
        petra.put("briefing.ics", &object(&[briefing]));
        has(&maya, "briefing", |_| true);
        bench.good_rounds(now).await;
        let proposals = outlook(&bench, MAYA).await.proposals;
        let [proposed] = proposals.as_slice() else {
            panic!("{proposals:?}");
        };
        assert_eq!(proposed.kind, "overlap");
        // What Maya was invited to is nobody else's business.
        assert!(outlook(&bench, BEN).await.proposals.is_empty());
        let standing = [&maya, &ben].map(|person| slots(person, "weekly"));
        let state = tap(&bench, proposed, Measure::AnswerBooker, None).await;
        assert_eq!(state, done(office));
        let told = has(&petra, "briefing", |all| {
            all.iter()
                .any(|event| answer_of(event, MAYA) == Some(PartStat::Declined))
        });
        assert_eq!(told.len(), 1);
        // The 1:1 stays where it was.
        assert_eq!(
            [&maya, &ben].map(|person| slots(person, "weekly")),
            standing
        );
        bench.good_rounds(moment("2026-01-12T08:20:00Z")).await;
        assert!(outlook(&bench, MAYA).await.proposals.is_empty());

        // The next one is taken off: it is owed, and booked where both are free.
        let path = maya.find("weekly").unwrap();
        let without = maya.get(&path).replace(
            "RRULE:FREQ=WEEKLY\r\n",
            "EXDATE;TZID=Europe/Berlin:20260113T140000\r\nRRULE:FREQ=WEEKLY\r\n",
        );
        maya.put_at(&path, &without);
        let bens = "BEGIN:VEVENT\r\nUID:own\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Europe/Berlin:20260114T080000\r\n\
             DTEND;TZID=Europe/Berlin:20260114T190000\r\nSUMMARY:Zanzibar\r\nEND:VEVENT\r\n";
        ben.put("own.ics", &object(&[bens.to_owned()]));
        bench.good_rounds(moment("2026-01-12T09:00:00Z")).await;
        let found = outlook(&bench, MAYA).await;
        let proposed = &found.proposals[0];
        let way = proposed.ways.first().unwrap();
        let Deed::MakeGood { slots: free } = &way.deed else {
            panic!("{way:?}");
        };
        assert!(way.is_possible && way.unseen.is_empty());
        assert!(!format!("{found:?}").contains("Zanzibar"));
        let wednesday = moment("2026-01-14T00:00:00Z")..moment("2026-01-15T00:00:00Z");
        assert!(
            free.iter().all(|slot| !wednesday.contains(&slot.start)),
            "{free:?}"
        );
        let booked = free[0];
        let state = tap(&bench, proposed, Measure::MakeGood, Some(booked.start)).await;
        assert_eq!(state, done(office));
        let uid = maya
            .paths()
            .into_iter()
            .find_map(|path| path.contains("steadfast-").then_some(path))
            .map(|path| {
                Reader::read(maya.get(&path).as_bytes()).events[0]
                    .uid
                    .to_string()
            })
            .unwrap();
        let his = has(&ben, &uid, |_| true);
        // Cyrus counts the sending itself as a step.
        assert!(his[0].sequence <= 1, "{his:?}");
        let organiser = his[0].organizer.as_ref().unwrap();
        assert_eq!(*organiser.address, *MAYA);
        let chair = office.keeps_the_organiser().then_some(PartStat::Accepted);
        assert_eq!(answer_of(&his[0], MAYA), chair);
        assert_eq!(answer_of(&his[0], BEN), Some(PartStat::NeedsAction));
        for person in [&maya, &ben] {
            assert_eq!(slots(person, &uid), [booked], "{}", person.name);
        }
        bench.good_rounds(moment("2026-01-12T09:20:00Z")).await;
        assert!(outlook(&bench, MAYA).await.proposals.is_empty());
    });
}
