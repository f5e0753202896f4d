//! The ledger of signed-in people, on a real store.

use super::{Document, Offered, Word, declare, prepare, report, said, say, take_in};
use crate::audit::pair_id;
use crate::report::{Report, TextStyle, csv, html, json, model::Direction, text};
use crate::server::testing::{viewer, with_store};
use crate::server::{ServerError, Viewer, facts};
use jiff::civil::{Date, date};
use steadfast_calendar::Instant;
use steadfast_ledger::verdict::Outcome;
use steadfast_store::{Org, Store};

const MAYA: &str = "maya@example.com";
const BEN: &str = "ben@example.com";
const PETRA: &str = "petra@example.com";
const NOW: i64 = 1_775_000_000; // 2026-03-31T23:33:20Z

fn now() -> Instant {
    Instant::from_seconds(NOW)
}

fn event(uid: &str, title: &str, start: &str, rest: &str) -> String {
    format!(
        "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260331T120000Z\r\nDTSTART:{start}\r\nDURATION:PT30M\r\nSUMMARY:{title}\r\n\
         DESCRIPTION:marker-body-{uid}\r\nLOCATION:marker-place\r\n{rest}END:VEVENT\r\n"
    )
}

fn two(a: &str, b: &str) -> String {
    format!(
        "ORGANIZER:mailto:{a}\r\nATTENDEE:mailto:{a}\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{b}\r\n"
    )
}

/// Maya's calendar: a weekly 1:1 with Ben, her own with Petra, and things that are nobody else's business. On
/// 24 February the one with Ben was taken off.
fn mayas() -> String {
    let with_ben = format!(
        "RRULE:FREQ=WEEKLY\r\nEXDATE:20260224T140000Z\r\n{}",
        two(MAYA, BEN)
    );
    let with_petra = format!("RRULE:FREQ=WEEKLY\r\n{}", two(PETRA, MAYA));
    [
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:maya@example.com\r\n".to_owned(),
        event("u-ben", "1:1 Maya / Ben", "20260106T140000Z", &with_ben),
        event(
            "u-petra",
            "1:1 Petra / Maya marker-petra",
            "20260107T090000Z",
            &with_petra,
        ),
        event(
            "marker-uid",
            "marker-title board",
            "20260224T140000Z",
            "CREATED:20260223T090000Z\r\n",
        ),
        "END:VCALENDAR\r\n".to_owned(),
    ]
    .concat()
}

fn offered(text: &str) -> Offered {
    Offered {
        documents: vec![Document {
            label: "maya.ics".to_owned(),
            bytes: text.as_bytes().to_vec(),
        }],
        ..Offered::default()
    }
}

async fn hand_in(store: &Store, viewer: &Viewer, text: &str) {
    let prepared = prepare(viewer, offered(text)).unwrap();
    take_in(store, viewer, now(), prepared).await.unwrap();
}

/// The viewer hands in her calendar, and says that Ben reports to her and she to `boss`.
async fn hand_in_with_ben(store: &Store, viewer: &Viewer, boss: Option<&str>) {
    hand_in(store, viewer, &mayas()).await;
    declare(store, viewer, now(), &[BEN.to_owned()], boss)
        .await
        .unwrap();
}

fn everything(report: &Report) -> String {
    let mut bytes = Vec::new();
    json(report, &mut bytes).unwrap();
    csv(report, &mut bytes).unwrap();
    let style = TextStyle {
        width: 100,
        colour: false,
        unicode: true,
    };
    format!(
        "{}{}{}",
        String::from_utf8(bytes).unwrap(),
        text(report, &style),
        html(report)
    )
}

#[test]
fn nothing_was_handed_in_and_nothing_is_shown() {
    with_store(|store, org| async move {
        let view = report(&store, &viewer(&org, MAYA), now()).await.unwrap();
        assert!(view.is_none());
    });
}

#[test]
fn one_export_fills_the_pages_of_both() {
    with_store(|store, org| async move {
        let (maya, ben) = (viewer(&org, MAYA), viewer(&org, BEN));
        hand_in_with_ben(&store, &maya, Some(PETRA)).await;
        let hers = report(&store, &maya, now()).await.unwrap().unwrap();
        assert_eq!(hers.pairs.len(), 2);
        let his = report(&store, &ben, now()).await.unwrap().unwrap();
        let [pair] = &his.pairs[..] else {
            panic!("{:?}", his.pairs);
        };
        assert_eq!(pair.direction, Direction::Declared);
        assert_eq!(
            pair.people.clone().map(|p| p.address.to_string()),
            [MAYA, BEN]
        );
        let same = |report: &Report| {
            let pair = report
                .pairs
                .iter()
                .find(|p| p.id == pair_id(MAYA, BEN))
                .unwrap();
            let tell =
                |o: &steadfast_ledger::occurrence::Occurrence| (o.promised, o.verdict.to_string());
            pair.occurrences.iter().map(tell).collect::<Vec<_>>()
        };
        assert_eq!(same(&hers), same(&his));
    });
}

#[test]
fn what_came_after_the_handing_in_is_unknown() {
    with_store(|store, org| async move {
        let maya = viewer(&org, MAYA);
        hand_in(&store, &maya, &mayas()).await;
        let later = now().plus_days(8);
        let view = report(&store, &maya, later).await.unwrap().unwrap();
        let pair = view.pairs.iter().find(|p| p.id == pair_id(MAYA, BEN));
        let outcome_on = |day: Date| {
            let mut all = pair.unwrap().occurrences.iter();
            let one = all.find(|o| o.promised.start.date(&view.zone) == day);
            one.unwrap().verdict.outcome
        };
        assert_eq!(outcome_on(date(2026, 3, 31)), Outcome::Kept);
        assert_eq!(outcome_on(date(2026, 4, 7)), Outcome::Unknown);
        assert_eq!(outcome_on(date(2026, 4, 14)), Outcome::Open);
    });
}

/// What was handed in tells of when it was made, and that to both, however few of its entries the other one may see.
#[test]
fn an_export_of_days_ago_is_of_then_to_both() {
    with_store(|store, org| async move {
        let (maya, ben) = (viewer(&org, MAYA), viewer(&org, BEN));
        let others: String = (0..10)
            .map(|n| event(&format!("other-{n}"), "Other", "20260107T160000Z", ""))
            .collect();
        let text = mayas().replace("END:VCALENDAR", &format!("{others}END:VCALENDAR"));
        let text = text.replace("DTSTAMP:20260331", "DTSTAMP:20260328");
        hand_in(&store, &maya, &text).await;
        declare(&store, &maya, now(), &[BEN.to_owned()], None)
            .await
            .unwrap();
        for (who, partner) in [(&maya, BEN), (&ben, MAYA)] {
            let view = report(&store, who, now()).await.unwrap().unwrap();
            let mut pairs = view.pairs.iter();
            let with = |pair: &&crate::report::model::Pair| {
                pair.people.iter().any(|one| *one.address == *partner)
            };
            let pair = pairs.find(with).unwrap();
            let of = |day: Date| {
                let on = |at: Instant| at.date(&view.zone) == day;
                let mut all = pair.occurrences.iter();
                all.find(|one| on(one.promised.start))
                    .unwrap()
                    .verdict
                    .outcome
            };
            assert_eq!(of(date(2026, 3, 24)), Outcome::Kept, "{partner}");
            assert_eq!(of(date(2026, 3, 31)), Outcome::Unknown, "{partner}");
        }
    });
}

#[test]
fn not_a_byte_of_anything_else_reaches_the_other_person() {
    with_store(|store, org| async move {
        let (maya, ben, eve) = (
            viewer(&org, MAYA),
            viewer(&org, BEN),
            viewer(&org, "eve@example.com"),
        );
        hand_in_with_ben(&store, &maya, Some(PETRA)).await;
        let hers = everything(&report(&store, &maya, now()).await.unwrap().unwrap());
        assert!(hers.contains("petra"), "the test sees what there is to see");
        let his = everything(&report(&store, &ben, now()).await.unwrap().unwrap());
        for marker in ["marker", "petra"] {
            assert!(!his.to_lowercase().contains(marker), "{marker} in {his}");
        }
        // Saying so does not make somebody a colleague of Maya's.
        declare(&store, &eve, now(), &[MAYA.to_owned()], Some(BEN))
            .await
            .unwrap();
        let eves = report(&store, &eve, now()).await.unwrap();
        assert!(eves.is_none_or(|report| report.pairs.is_empty()));
    });
}

#[test]
fn bodies_and_places_are_not_even_kept() {
    with_store(|store, org| async move {
        let maya = viewer(&org, MAYA);
        hand_in(&store, &maya, &mayas()).await;
        let stream = facts::calendar_of(MAYA);
        let kept = super::whole_stream(&store, &org, &stream).await.unwrap();
        let kept = String::from_utf8(facts::lines_seen(&kept[0]).unwrap()).unwrap();
        assert!(kept.contains("1:1 Maya / Ben"));
        assert!(
            !kept.contains("marker-body") && !kept.contains("marker-place"),
            "{kept}"
        );
    });
}

#[test]
fn the_same_export_again_adds_nothing_and_a_later_one_is_another_look() {
    with_store(|store, org| async move {
        let maya = viewer(&org, MAYA);
        hand_in(&store, &maya, &mayas()).await;
        let again = take_in(
            &store,
            &maya,
            now(),
            prepare(&maya, offered(&mayas())).unwrap(),
        );
        assert!(again.await.unwrap().as_before);
        let later = now().plus_days(3);
        let moved = mayas().replace(
            "EXDATE:20260224T140000Z",
            "EXDATE:20260224T140000Z,20260407T140000Z",
        );
        let prepared = prepare(&maya, offered(&moved)).unwrap();
        assert!(
            !take_in(&store, &maya, later, prepared)
                .await
                .unwrap()
                .as_before
        );
        let view = report(&store, &maya, later.plus_days(7))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(view.evidence.snapshots, 2);
    });
}

#[test]
fn a_word_is_private_unless_shared_and_excuses_only_where_it_is_seen() {
    with_store(|store, org| async move {
        let (maya, ben) = (viewer(&org, MAYA), viewer(&org, BEN));
        hand_in_with_ben(&store, &maya, None).await;
        let id = pair_id(MAYA, BEN);
        let lost = date(2026, 2, 24);
        let excused = async |viewer: &Viewer| {
            let view = report(&store, viewer, now()).await.unwrap().unwrap();
            let pair = view.pairs.iter().find(|p| p.id == id).unwrap();
            let one = pair
                .occurrences
                .iter()
                .find(|o| o.promised.start.date(&view.zone) == lost);
            one.unwrap().verdict.excused.is_some()
        };
        assert!(!excused(&ben).await);
        say(&store, &ben, now(), &id, lost, Some(Word::Asked), false)
            .await
            .unwrap();
        assert!(excused(&ben).await && !excused(&maya).await);
        assert!(said(&store, &maya, &id, BEN).await.unwrap().is_empty());
        say(&store, &ben, now(), &id, lost, Some(Word::Asked), true)
            .await
            .unwrap();
        assert!(excused(&ben).await && excused(&maya).await);
        assert!(!said(&store, &maya, &id, BEN).await.unwrap()[0].mine);
        say(&store, &ben, now(), &id, lost, None, true)
            .await
            .unwrap();
        assert!(!excused(&ben).await && !excused(&maya).await);
    });
}

#[test]
fn nobody_speaks_on_somebody_elses_1_1_nor_says_what_is_the_others_to_say() {
    with_store(|store, org| async move {
        let (maya, petra) = (viewer(&org, MAYA), viewer(&org, PETRA));
        hand_in_with_ben(&store, &maya, Some(PETRA)).await;
        let id = pair_id(MAYA, BEN);
        let day = date(2026, 2, 24);
        let foreign = say(&store, &petra, now(), &id, day, Some(Word::Agreed), true).await;
        assert!(matches!(foreign, Err(ServerError::NotFound)), "{foreign:?}");
        assert!(matches!(
            said(&store, &petra, &id, BEN).await,
            Err(ServerError::NotFound)
        ));
        let manager = say(&store, &maya, now(), &id, day, Some(Word::Asked), true).await;
        assert!(
            matches!(manager, Err(ServerError::Input(..))),
            "{manager:?}"
        );
        let no_such_day = say(
            &store,
            &maya,
            now(),
            &id,
            date(2026, 2, 25),
            Some(Word::Agreed),
            true,
        )
        .await;
        assert!(matches!(no_such_day, Err(ServerError::NotFound)));
    });
}

#[test]
fn what_its_page_would_not_offer_is_refused_however_it_is_sent() {
    with_store(|store, org| async move {
        let (maya, ben) = (viewer(&org, MAYA), viewer(&org, BEN));
        hand_in_with_ben(&store, &maya, None).await;
        let id = pair_id(MAYA, BEN);
        let (lost, kept, to_come) = (date(2026, 2, 24), date(2026, 3, 3), date(2026, 4, 7));
        let refused = async |viewer: &Viewer, day: Date, word: Word| match say(
            &store,
            viewer,
            now(),
            &id,
            day,
            Some(word),
            false,
        )
        .await
        {
            Err(error @ ServerError::Input(..)) => format!("{error}; {}", error.hint()),
            other => panic!("{word:?} on {day}: {other:?}"),
        };
        let words = |all: &[Word]| all.to_vec();
        for (viewer, theirs) in [
            (&ben, words(&Word::ALL)),
            (&maya, words(&[Word::Agreed, Word::Held])),
        ] {
            for word in theirs {
                assert_eq!(
                    refused(viewer, to_come, word).await,
                    "this 1:1 is still to come, and nothing can be said of it yet; say it once its time is over"
                );
            }
        }
        assert_eq!(
            refused(&ben, lost, Word::NotHeld).await,
            "“not_held” changes nothing in how this 1:1 counts; what can be said of it: asked, agreed, held, no_me"
        );
        assert_eq!(
            refused(&ben, kept, Word::Asked).await,
            "“asked” changes nothing in how this 1:1 counts; what can be said of it: held, no_manager, not_held, no_me"
        );
        assert!(said(&store, &ben, &id, MAYA).await.unwrap().is_empty());
        for (day, word) in [(lost, Word::Held), (kept, Word::NotHeld)] {
            for word in [Some(word), Some(word), None, None] {
                let again = say(&store, &ben, now(), &id, day, word, true).await;
                assert!(again.is_ok(), "{word:?} on {day}: {again:?}");
            }
        }
        let nothing = say(&store, &ben, now(), &id, to_come, None, false).await;
        assert!(nothing.is_ok(), "{nothing:?}");
    });
}

#[test]
fn what_is_no_calendar_or_plainly_somebody_elses_is_refused_with_what_to_do() {
    let org = Org::new("o1").unwrap();
    let refused = |person: &str, text: &str| match prepare(&viewer(&org, person), offered(text)) {
        Err(error @ ServerError::Input(..)) => format!("{error}; {}", error.hint()),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        refused(MAYA, "hello"),
        "this holds no calendar that can be read; give the .ics file, or the .zip as your calendar's export made it"
    );
    assert_eq!(
        refused("zoe@example.com", &mayas()),
        "this is the calendar of maya@example.com, and you are signed in as zoe@example.com; hand in the export of \
         your own calendar"
    );
}

/// New Year’s Day is a holiday wherever that clock goes, and of which country it is nobody knows.
#[test]
fn a_zone_that_windows_names_tells_no_country_here_either() {
    for (zone, excused) in [("Europe/Berlin", true), ("W. Europe Standard Time", false)] {
        with_store(|store, org| async move {
            let maya = viewer(&org, MAYA);
            let lines = format!(
                "RRULE:FREQ=WEEKLY\r\nEXDATE;TZID={zone}:20260101T100000\r\n{}",
                two(MAYA, BEN)
            );
            let series = event("u-ben", "1:1 Maya / Ben", "20251204T100000", &lines);
            let series = series.replace("DTSTART:", &format!("DTSTART;TZID={zone}:"));
            let text = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{series}END:VCALENDAR\r\n");
            hand_in(&store, &maya, &text).await;
            declare(&store, &maya, now(), &[BEN.to_owned()], None)
                .await
                .unwrap();
            let report = report(&store, &maya, now()).await.unwrap().unwrap();
            let gone = report.pairs[0].occurrences.iter();
            let gone = gone.filter(|one| one.verdict.outcome == Outcome::Cancelled);
            let gone: Vec<bool> = gone.map(|one| one.verdict.excused.is_some()).collect();
            assert_eq!(gone, [excused], "{zone}");
        });
    }
}
