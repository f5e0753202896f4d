//! A time that somebody picks who has no account, by the link in a mail that a real mail server took: both calendars hold it.

use crate::bench::{keyring, moment, run};
use crate::dav::{Person, object};
use crate::guarded::{BEN, MAYA, act, ahead, answer_of, has, meeting, outlook, slots};
use crate::imip::{World, server, world};
use steadfast_app::server::acting::Action;
use steadfast_app::server::guard::{self, Answered, Deed, Measure, Pick};
use steadfast_app::server::imip::Step;
use steadfast_calendar::edit::Edit;
use steadfast_calendar::{Instant, PartStat, Reader, Slot, Window, expand, group};
use steadfast_store::{IntentState, Intents as _};
use steadfast_testkit::servers::{Office, words_of};

/// What a link to pick by begins with.
const PICK: &str = "https://steadfast.example.org/pick/";

fn promised() -> Instant {
    moment("2026-01-15T09:00:00Z")
}

/// Maya's 1:1 with Ben on Radicale, on Thursdays at ten; that of 15 January is taken off.
async fn lost(world: &World) {
    let begin = moment("2026-01-05T07:00:00Z");
    let slot = ["20260108T100000", "20260108T103000"];
    let of_ben = |rest: &str| {
        let rest = format!("RRULE:FREQ=WEEKLY\r\n{rest}");
        object(&[meeting(
            "with-ben",
            begin,
            slot,
            "1:1 Maya / Ben",
            &rest,
            [MAYA, BEN],
        )])
    };
    world.put("with-ben.ics", &of_ben(""));
    world
        .bench
        .good_rounds(moment("2026-01-05T09:00:00Z"))
        .await;
    let without = "EXDATE;TZID=Europe/Berlin:20260115T100000\r\n";
    world.put("with-ben.ics", &of_ben(without));
    world
        .bench
        .good_rounds(moment("2026-01-12T08:00:00Z"))
        .await;
}

/// Times are offered to Ben by mail; gives the token of the link in it, as he reads it.
async fn offered(world: &World) -> String {
    let (bench, keyring) = (&world.bench, keyring());
    let viewer = bench.viewer(MAYA).await;
    let (pair, promised) = of_lost(world).await;
    let (places, now) = ((&keyring, &world.mailing.office), bench.instant());
    let ahead = ahead(bench, &viewer).await;
    let about = (pair.as_str(), promised);
    let shown = guard::to_pick(&bench.store, places, &viewer, &ahead, now, about)
        .await
        .unwrap();
    assert_eq!((shown.to.as_str(), shown.slots.len()), (BEN, 3));
    let about = (pair.as_str(), promised, shown.mark.as_str());
    guard::approve_pick(&bench.store, places, &viewer, &ahead, now, about)
        .await
        .unwrap();
    assert_eq!(world.step().await, Step::Sent);
    let mail = world.mailbox.mails().pop().unwrap();
    let (receiver, mail) = mail.split_once("\r\n").unwrap();
    assert_eq!(receiver, format!("X-Rcpt-To: {BEN}"));
    let words = words_of(mail);
    let link = words.lines().find_map(|line| line.strip_prefix(PICK));
    link.unwrap().to_owned()
}

/// The 1:1 that was lost, as Maya is told of it.
async fn of_lost(world: &World) -> (String, Instant) {
    let proposals = outlook(&world.bench, MAYA).await.proposals;
    let of_ben = proposals.iter().find(|one| one.kind == "cancelled");
    let one = of_ben.unwrap();
    let mut ways = one.ways.iter();
    let way = ways.find(|way| way.measure == Measure::MakeGood).unwrap();
    assert!(matches!(way.deed, Deed::MakeGood { .. }) && way.is_possible);
    assert_eq!(one.promised.unwrap().start, promised());
    (one.pair.clone(), promised())
}

/// What is behind the link for whoever has it, and what they pick of it.
async fn open(world: &World, token: &str, start: Option<Instant>) -> Pick {
    let (bench, keyring) = (&world.bench, keyring());
    let now = bench.instant();
    let pointed = guard::pointing(&bench.store, &keyring, &bench.org, now, token).await;
    let (viewer, at) = pointed.unwrap().unwrap();
    let ahead = ahead(bench, &viewer).await;
    let by = (&viewer, &at);
    if start.is_some() {
        guard::pick_by_link(&bench.store, &ahead, by, now, start)
            .await
            .unwrap();
    }
    guard::open_pick(&bench.store, &ahead, by, now)
        .await
        .unwrap()
}

/// What was booked, each with its name.
async fn booked(world: &World) -> Vec<(String, Action)> {
    let all = world.bench.store.intents_of(&world.bench.org, MAYA, 9);
    let all = all.await.unwrap().into_iter();
    let all = all.map(|one| (one.intent, serde_json::from_slice(&one.about).unwrap()));
    all.filter(|(_, action): &(String, Action)| matches!(action.edit, Edit::Book(_)))
        .collect()
}

/// When the meeting at a place of Maya's calendar is.
fn hers(world: &World, place: &str) -> Vec<Slot> {
    let january = Window {
        from: moment("2026-01-01T00:00:00Z"),
        to: moment("2026-02-01T00:00:00Z"),
    };
    let events = Reader::read(world.get(place).as_bytes()).events;
    let all = group(events);
    let instances = all
        .iter()
        .flat_map(|series| expand(series, &jiff::tz::TimeZone::UTC, january));
    instances.filter_map(|instance| instance.slot).collect()
}

#[test]
fn what_is_picked_by_a_link_in_a_mail_is_booked_once_and_both_calendars_hold_it() {
    let office = Office::cyrus(&["ben"]);
    server(&office).takes_invitations("ben");
    let ben = Person {
        office: &office,
        name: "ben",
    };
    run(async {
        let world = world(moment("2026-01-05T07:00:00Z")).await;
        lost(&world).await;
        world.bench.judged().await;
        let token = offered(&world).await;
        let shown = open(&world, &token, None).await;
        world.bench.judged().await;
        // While Ben has the pick the best of them is held, and nothing is booked.
        assert_eq!(act(&world.bench).await, IntentState::Done);
        assert_eq!((shown.answered, booked(&world).await.len()), (None, 0));
        let picked = shown.slots[1];
        let shown = open(&world, &token, Some(picked.start)).await;
        assert_eq!(shown.answered, Some(Answered::Picked(picked)));
        // Picking made a round of the guard due, and that booked it; once more nothing is booked besides.
        world.bench.judged().await;
        let all = booked(&world).await;
        let [(deed, done)] = all.as_slice() else {
            panic!("{all:?}");
        };
        let Edit::Book(meeting) = &done.edit else {
            panic!("{done:?}");
        };
        assert_eq!(act(&world.bench).await, IntentState::Done);
        assert_eq!(hers(&world, &done.place), [picked]);
        // Her calendar server tells nobody: she sends it, and Cyrus makes of it what it makes of anybody's.
        let mail = world.tells_of(deed, BEN, "REQUEST").await;
        server(&office).deliver("ben", &mail);
        let his = has(&ben, &meeting.uid, |_| true);
        assert_eq!(slots(&ben, &meeting.uid), [picked]);
        assert_eq!(answer_of(&his[0], BEN), Some(PartStat::Accepted));
        assert_eq!(his[0].sequence, 0);
        world
            .bench
            .good_rounds(moment("2026-01-12T09:00:00Z"))
            .await;
        world.bench.judged().await;
        // The hold, which was seen by now, goes; nothing is booked besides, and nothing is owed.
        assert_eq!(act(&world.bench).await, IntentState::Done);
        assert_eq!(booked(&world).await.len(), 1);
        let left = outlook(&world.bench, MAYA).await.proposals;
        assert!(left.is_empty(), "{left:?}");
    });
}
