//! What lines, addresses and delegates do to what people see.

use super::super::keep::Change;
use super::super::{change, forget_address, name_delegate, organisation};
use super::{BEN, MAYA, NOW, PETRA, maya};
use crate::audit::pair_id;
use crate::report::Report;
use crate::server::Viewer;
use crate::server::ledger::{Document, Offered, Word, prepare, report, said, say, take_in};
use crate::server::testing::{viewer, with_store};
use jiff::civil::{Date, date};
use steadfast_calendar::Instant;
use steadfast_ledger::case::Who;
use steadfast_store::{Org, Store};

const OLD_BEN: &str = "ben@old.example.com";

fn now() -> Instant {
    Instant::from_seconds(NOW)
}

fn weekly(uid: &str, start: &str, (a, b): (&str, &str), rest: &str) -> String {
    format!(
        "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:{start}\r\nDURATION:PT30M\r\n\
         RRULE:FREQ=WEEKLY\r\nSUMMARY:1:1 {uid}\r\nORGANIZER:mailto:{a}\r\nATTENDEE:mailto:{a}\r\n\
         ATTENDEE;PARTSTAT=ACCEPTED:mailto:{b}\r\n{rest}END:VEVENT\r\n"
    )
}

async fn hand_in(store: &Store, viewer: &Viewer, at: Instant, events: &[String]) {
    let text = format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n",
        events.concat()
    );
    let offered = Offered {
        documents: vec![Document {
            label: "a.ics".to_owned(),
            bytes: text.into_bytes(),
        }],
        ..Offered::default()
    };
    let prepared = prepare(viewer, offered).unwrap();
    take_in(store, viewer, at, prepared).await.unwrap();
}

async fn done(store: &Store, org: &Org, changes: &[Change]) {
    for one in changes {
        change(store, &maya(org), now(), one).await.unwrap();
    }
}

fn add(address: &str, manager: &str) -> Change {
    Change::Add {
        address: address.to_owned(),
        name: String::new(),
        manager: manager.to_owned(),
        from: None,
        again: None,
    }
}

async fn view(store: &Store, viewer: &Viewer) -> Report {
    report(store, viewer, now()).await.unwrap().unwrap()
}

/// First and last day that are told of the 1:1 with `other`, and whether it ended.
fn told(report: &Report, me: &str, other: &str) -> Option<(Date, Date, bool)> {
    let id = pair_id(me, other);
    let pair = report.pairs.iter().find(|pair| pair.id == id)?;
    let day = |o: &steadfast_ledger::occurrence::Occurrence| o.promised.start.date(&report.zone);
    let over = |o: &&steadfast_ledger::occurrence::Occurrence| o.promised.end <= now();
    let mut past = pair.occurrences.iter().filter(over);
    let (first, last) = (past.next()?, past.next_back()?);
    Some((day(first), day(last), pair.ended.is_some()))
}

#[test]
fn after_a_change_of_manager_each_sees_what_was_theirs() {
    with_store(|store, org| async move {
        let (maya, ben, petra) = (viewer(&org, MAYA), viewer(&org, BEN), viewer(&org, PETRA));
        let with_maya = weekly("marker-maya", "20260106T140000Z", (MAYA, BEN), "");
        let with_petra = weekly("marker-petra", "20260107T140000Z", (PETRA, BEN), "");
        let leave = "BEGIN:VEVENT\r\nUID:away\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20260330\r\n\
                     DTEND;VALUE=DATE:20260404\r\nSUMMARY:Vacation\r\nEND:VEVENT\r\n";
        hand_in(
            &store,
            &ben,
            now(),
            &[with_maya.clone(), with_petra.clone(), leave.to_owned()],
        )
        .await;
        hand_in(&store, &maya, now(), &[with_maya]).await;
        hand_in(&store, &petra, now(), &[with_petra]).await;
        let changes = [
            add(BEN, MAYA),
            Change::Manager {
                person: super::super::key_of(BEN),
                manager: PETRA.to_owned(),
                from: Some(date(2026, 3, 2)),
                instead: true,
            },
        ];
        done(&store, &org, &changes).await;
        let (hers, new, his) = (
            view(&store, &maya).await,
            view(&store, &petra).await,
            view(&store, &ben).await,
        );
        // The new manager: from the change on, though they met before.
        assert_eq!(
            told(&new, PETRA, BEN),
            Some((date(2026, 3, 4), date(2026, 3, 25), false))
        );
        // The old one: until then, though they meet to this day.
        let until = Some((date(2026, 1, 6), date(2026, 2, 24), true));
        assert_eq!(told(&hers, MAYA, BEN), until);
        // The report: all of it.
        assert_eq!(told(&his, MAYA, BEN), until);
        assert_eq!(told(&his, PETRA, BEN), told(&new, PETRA, BEN));
        // And not a byte of the other one's.
        let (hers, new) = (format!("{hers:?}"), format!("{new:?}"));
        assert!(!hers.contains("petra") && !new.contains("maya"));
        assert!(his.pairs.len() == 2);
    });
}

/// What the list made different, in the log of the viewer: first and last day, of whom to whom.
async fn turned(store: &Store, viewer: &Viewer) -> Vec<String> {
    let turns = super::super::turns(store, viewer).await.unwrap();
    let lines = turns.iter().flat_map(|turn| &turn.now);
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let told = lines.map(|l| format!("{}<{} {}..{}", l.report, l.manager, day(l.from), day(l.to)));
    told.collect()
}

#[test]
fn what_stands_after_a_line_ended_by_hand_stands_for_the_two_and_is_owed_by_nobody() {
    with_store(|store, org| async move {
        let (maya, ben) = (viewer(&org, MAYA), viewer(&org, BEN));
        let series = weekly("a", "20260106T140000Z", (MAYA, BEN), "");
        hand_in(&store, &ben, now(), std::slice::from_ref(&series)).await;
        hand_in(&store, &maya, now(), &[series]).await;
        done(&store, &org, &[add(BEN, MAYA)]).await;
        let still = async |viewer: &Viewer| {
            let view = view(&store, viewer).await;
            let pair = view.pairs.first().unwrap().clone();
            let day = |at: &Instant| at.date(&view.zone);
            let still = pair.still.as_ref()?;
            let first = still.starts.first().map(day);
            let owed = pair
                .occurrences
                .iter()
                .map(|o| day(&o.promised.start))
                .max();
            Some((still.until, first, still.on_both, owed))
        };
        assert_eq!(still(&maya).await, None);
        // The line is to end in the week after, and then ended a month ago.
        let changes = [
            (date(2026, 4, 9), date(2026, 4, 14), date(2026, 4, 7)),
            (date(2026, 3, 1), date(2026, 4, 7), date(2026, 2, 24)),
        ];
        for (last, first, owed) in changes {
            let end = Change::End {
                person: super::super::key_of(BEN),
                manager: MAYA.to_owned(),
                from: None,
                last,
            };
            done(&store, &org, &[end]).await;
            for viewer in [&maya, &ben] {
                let expected = Some((last, Some(first), true, Some(owed)));
                assert_eq!(still(viewer).await, expected, "{last}");
            }
        }
        let told = ["ben@example.com<maya@example.com ..2026-03-01"];
        assert_eq!(turned(&store, &ben).await, told);
        assert_eq!(turned(&store, &maya).await, told);
    });
}

#[test]
fn what_the_organisation_says_goes_before_what_one_of_the_two_says() {
    with_store(|store, org| async move {
        let (maya, ben) = (viewer(&org, MAYA), viewer(&org, BEN));
        hand_in(
            &store,
            &maya,
            now(),
            &[weekly("u", "20260106T140000Z", (MAYA, BEN), "")],
        )
        .await;
        let said = [MAYA.to_owned()];
        crate::server::ledger::declare(&store, &ben, now(), &said, None)
            .await
            .unwrap();
        let manager = async |viewer: &Viewer| {
            let view = view(&store, viewer).await;
            view.pairs[0].people[0].address.to_string()
        };
        assert_eq!(manager(&maya).await, BEN);
        done(&store, &org, &[add(BEN, MAYA)]).await;
        assert_eq!(
            (manager(&maya).await, manager(&ben).await),
            (MAYA.to_owned(), MAYA.to_owned())
        );
    });
}

#[test]
fn two_addresses_of_one_person_are_one_in_everybodys_ledger() {
    with_store(|store, org| async move {
        let (maya, ben) = (viewer(&org, MAYA), viewer(&org, BEN));
        let old = weekly("old", "20260106T140000Z", (MAYA, OLD_BEN), "")
            .replace("FREQ=WEEKLY", "FREQ=WEEKLY;UNTIL=20260220T000000Z");
        // Touched the day before: the export speaks for all before that.
        let touched = "LAST-MODIFIED:20260330T080000Z\r\n";
        let new = weekly("new", "20260224T140000Z", (MAYA, BEN), touched);
        hand_in(&store, &maya, now(), &[old, new]).await;
        done(&store, &org, &[add(BEN, MAYA)]).await;
        let before = view(&store, &ben).await;
        assert_eq!(
            told(&before, BEN, MAYA),
            Some((date(2026, 2, 24), date(2026, 3, 31), false))
        );
        // Said of one of those before, while nobody knew.
        let before = pair_id(MAYA, OLD_BEN);
        let declared = [OLD_BEN.to_owned()];
        crate::server::ledger::declare(&store, &maya, now(), &declared, None)
            .await
            .unwrap();
        say(
            &store,
            &maya,
            now(),
            &before,
            date(2026, 1, 13),
            Some(Word::Held),
            true,
        )
        .await
        .unwrap();
        let also = Change::Also {
            person: super::super::key_of(BEN),
            address: OLD_BEN.to_owned(),
        };
        done(&store, &org, &[also]).await;
        for (me, other) in [(&maya, BEN), (&ben, MAYA)] {
            let view = view(&store, me).await;
            assert_eq!(view.pairs.len(), 1, "{:?}", view.pairs);
            let all = told(&view, me.person(), other).unwrap();
            assert_eq!(all, (date(2026, 1, 6), date(2026, 3, 31), false));
        }
        let words = said(&store, &maya, &pair_id(MAYA, BEN), BEN).await.unwrap();
        assert_eq!(words.len(), 1);
        // Whose it is said to be may say that it is not.
        forget_address(&store, &ben, now(), OLD_BEN).await.unwrap();
        assert_eq!(view(&store, &maya).await.pairs.len(), 2);
    });
}

#[test]
fn an_address_by_ones_own_word_opens_nobody_elses_calendar() {
    with_store(|store, org| async move {
        let (maya, ben) = (viewer(&org, MAYA), viewer(&org, BEN));
        let with_ben = weekly("u", "20260106T140000Z", (BEN, MAYA), "");
        let with_noor = weekly(
            "marker-noor",
            "20260107T140000Z",
            (BEN, "noor@example.com"),
            "",
        );
        hand_in(&store, &ben, now(), &[with_ben.clone(), with_noor]).await;
        hand_in(&store, &maya, now(), &[with_ben]).await;
        // Maya keeps the organisation, and says that Noor is herself.
        let also = Change::Also {
            person: super::super::key_of(MAYA),
            address: "noor@example.com".to_owned(),
        };
        done(&store, &org, &[add(MAYA, ""), also]).await;
        let known = organisation(&store, &maya).await.unwrap();
        assert!(known.others["noor@example.com"].own_word);
        let hers = format!("{:?}", view(&store, &maya).await);
        assert!(!hers.contains("marker-noor"), "{hers}");
        let his = view(&store, &ben).await;
        assert_eq!(his.pairs.len(), 2, "for him they are two");
    });
}

#[test]
fn a_change_in_a_delegates_name_is_told_as_the_delegates() {
    with_store(|store, org| async move {
        let (maya, ben) = (viewer(&org, MAYA), viewer(&org, BEN));
        let by = |rest: &str, sequence: &str| {
            format!(
                "BEGIN:VEVENT\r\nUID:u\r\nDTSTAMP:20260101T000000Z\r\nRECURRENCE-ID:20260331T140000Z\r\n\
                 DTSTART:20260401T140000Z\r\nDURATION:PT30M\r\nSUMMARY:1:1 u\r\nSEQUENCE:{sequence}\r\n\
                 ORGANIZER{rest}:mailto:{MAYA}\r\nATTENDEE:mailto:{MAYA}\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{BEN}\r\n\
                 END:VEVENT\r\n"
            )
        };
        let series = weekly("u", "20260106T140000Z", (MAYA, BEN), "SEQUENCE:0\r\n");
        hand_in(
            &store,
            &maya,
            now().plus_days(-4),
            std::slice::from_ref(&series),
        )
        .await;
        hand_in(&store, &maya, now().plus_days(-2), &[series, by("", "1")]).await;
        done(&store, &org, &[add(BEN, MAYA)]).await;
        let actor = async |viewer: &Viewer| {
            let view = view(&store, viewer).await;
            let moved = view.pairs[0].occurrences.iter().find(|o| o.actor.is_some());
            moved.unwrap().actor.unwrap().who
        };
        assert_eq!(actor(&maya).await, Who::Manager);
        name_delegate(&store, &maya, now(), "Sol@example.com")
            .await
            .unwrap();
        let own = organisation(&store, &maya).await.unwrap();
        let both = (MAYA.to_owned(), "sol@example.com".to_owned());
        assert!(own.delegates.contains(&both));
        let series = weekly("u", "20260106T140000Z", (MAYA, BEN), "SEQUENCE:0\r\n");
        hand_in(
            &store,
            &maya,
            now().plus_days(-1),
            &[
                series,
                by(";SENT-BY=\"mailto:sol@example.com\"", "2")
                    .replace("20260401T14", "20260401T15"),
            ],
        )
        .await;
        assert_eq!(
            (actor(&maya).await, actor(&ben).await),
            (Who::Delegate, Who::Delegate)
        );
    });
}

#[test]
fn whose_delegate_somebody_is_takes_no_ones_one_on_one() {
    with_store(|store, org| async move {
        let (maya, ben) = (viewer(&org, MAYA), viewer(&org, BEN));
        let zoe = viewer(&org, "zoe@example.com");
        let with_ben = weekly("b", "20260106T140000Z", (MAYA, BEN), "");
        let with_zoe = weekly("z", "20260107T140000Z", (MAYA, zoe.person()), "");
        let all = [with_ben, with_zoe.clone()];
        hand_in(&store, &maya, now(), &all).await;
        hand_in(&store, &zoe, now(), &[with_zoe]).await;
        done(&store, &org, &[add(BEN, MAYA), add(zoe.person(), MAYA)]).await;
        let mayas = told(&view(&store, &maya).await, MAYA, BEN);
        // Ben has no calendar of his own here: what he sees is on hers.
        let bens = told(&view(&store, &ben).await, MAYA, BEN);
        assert!(mayas.is_some() && bens.is_some());
        for whose in [&zoe, &maya] {
            name_delegate(&store, whose, now(), BEN).await.unwrap();
            assert_eq!(told(&view(&store, &maya).await, MAYA, BEN), mayas);
            assert_eq!(told(&view(&store, &ben).await, MAYA, BEN), bens);
        }
    });
}

#[test]
fn a_note_taker_nobody_told_of_is_nobody() {
    with_store(|store, org| async move {
        let maya = viewer(&org, MAYA);
        let taker = "ATTENDEE:mailto:fred@fireflies.ai\r\n";
        let with_ben = weekly("b", "20260106T140000Z", (MAYA, BEN), taker);
        hand_in(&store, &maya, now(), &[with_ben]).await;
        done(&store, &org, &[add(BEN, MAYA)]).await;
        assert!(told(&view(&store, &maya).await, MAYA, BEN).is_some());
    });
}
