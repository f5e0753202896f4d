//! What a tap writes into the outbox, and that it can be done to the very object that was seen.

use super::*;
use crate::server::ServerError;
use crate::server::acting::{Action, Basis};
use crate::server::guard::policies::{About, Bounds, Level, choose_bounds};
use steadfast_calendar::edit::{By, Edit, Edited, Meeting, apply};
use steadfast_calendar::{Slot, Visibility};
use steadfast_store::{Intent, IntentState, Intents};

fn tapped(proposed: &Proposed, way: Measure, at: Option<Instant>) -> Tapped {
    Tapped {
        pair: proposed.pair.clone(),
        promised: proposed.promised.unwrap().start,
        kind: proposed.kind.to_owned(),
        over_it: proposed.over_it.as_ref().map(|over| over.meeting.clone()),
        mark: proposed
            .ways
            .iter()
            .find(|one| one.measure == way)
            .map(Way::mark)
            .unwrap_or_default(),
        way,
        at,
    }
}

impl Bench {
    async fn tap(&self, person: &str, tapped: &Tapped) -> Result<usize, ServerError> {
        let viewer = viewer(&self.org, person);
        let ahead = self.ahead(&viewer, now()).await;
        tap(&self.store, &viewer, &ahead, now(), tapped).await
    }

    async fn outbox(&self) -> Vec<(Intent, Action)> {
        let all = self.store.intents_of(&self.org, MAYA, 9).await.unwrap();
        let read = |intent: Intent| {
            let action = serde_json::from_slice(&intent.about).unwrap();
            (intent, action)
        };
        all.into_iter().map(read).collect()
    }
}

/// Does it to the object as its server has it, with what nobody keeps of it.
fn done(action: &Action, object: &str) -> String {
    let object = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{object}END:VCALENDAR\r\n");
    let object = object.replace("DTSTAMP:", "DESCRIPTION:more than is kept\r\nDTSTAMP:");
    let says = steadfast_calendar::says(object.as_bytes());
    assert_eq!(action.basis, Basis::Says(says));
    let zone = TimeZone::get(&action.zone).unwrap();
    let addresses: Vec<&str> = action.addresses.iter().map(String::as_str).collect();
    let by = By {
        addresses: &addresses,
        zone: &zone,
        now: now(),
    };
    match apply(Some(object.as_bytes()), &action.edit, &by).unwrap() {
        Edited::Text(text) => String::from_utf8(text).unwrap(),
        Edited::Gone => panic!("gone"),
    }
}

#[test]
fn the_other_meeting_moves_by_one_tap_and_a_second_changes_nothing() {
    with_bench(|bench| async move {
        let rest = "SUMMARY:Status\r\n";
        let status = event("u-status", "20260331T140000Z", rest, MAYA, &[MAYA, PETRA]);
        bench
            .mayas(&one_on_one(""), std::slice::from_ref(&status))
            .await;
        let proposed = bench.outlook(MAYA).await.proposals.remove(0);
        let Deed::MoveOther { to, .. } = proposed.ways[0].deed else {
            panic!("{proposed:?}");
        };
        let tapped = tapped(&proposed, Measure::MoveOther, None);
        assert_eq!(bench.tap(MAYA, &tapped).await.unwrap(), 1);
        assert_eq!(bench.tap(MAYA, &tapped).await.unwrap(), 0);
        let outbox = bench.outbox().await;
        let [(intent, action)] = outbox.as_slice() else {
            panic!("{outbox:?}");
        };
        assert_eq!((intent.state, intent.by_hand), (IntentState::Written, true));
        assert_eq!(action.place, "/own/1.ics");
        assert_eq!(
            action.edit,
            Edit::Move {
                occurrence: at("2026-03-31T14:00:00Z"),
                to
            }
        );
        let start = to
            .start
            .timestamp()
            .strftime("DTSTART:%Y%m%dT%H%M%SZ")
            .to_string();
        assert!(done(action, &status).contains(&start));
        assert!(!format!("{} {}", action.policy, action.because).contains("Status"));
    });
}

#[test]
fn an_invitation_is_declined_with_a_note_and_times_on_the_bookers_clock() {
    with_bench(|bench| async move {
        let rest = "SUMMARY:Executive briefing\r\n";
        let briefing = event("u-exec", "20260331T140000Z", rest, PETRA, &[PETRA, MAYA]);
        bench
            .mayas(&one_on_one(""), std::slice::from_ref(&briefing))
            .await;
        let proposed = bench.outlook(MAYA).await.proposals.remove(0);
        let tapped = tapped(&proposed, Measure::AnswerBooker, None);
        assert_eq!(bench.tap(MAYA, &tapped).await.unwrap(), 1);
        let (_, action) = bench.outbox().await.remove(0);
        let text = done(&action, &briefing).replace("\r\n ", "");
        assert!(
            text.contains("PARTSTAT=DECLINED:mailto:maya@example.com"),
            "{text}"
        );
        assert!(text.contains("COMMENT:I have a 1:1 then"), "{text}");
        assert!(text.contains("(UTC)"), "{text}");
    });
}

#[test]
fn a_lost_one_is_booked_where_it_was_tapped_and_nowhere_else() {
    with_bench(|bench| async move {
        bench
            .mayas(&one_on_one("EXDATE:20260331T140000Z\r\n"), &[])
            .await;
        let proposed = bench.outlook(MAYA).await.proposals.remove(0);
        let Deed::MakeGood { slots } = proposed.ways[0].deed.clone() else {
            panic!("{proposed:?}");
        };
        let elsewhere = tapped(
            &proposed,
            Measure::MakeGood,
            Some(at("2026-04-05T03:00:00Z")),
        );
        assert!(bench.tap(MAYA, &elsewhere).await.is_err());
        let second: Slot = slots[1];
        let tapped = tapped(&proposed, Measure::MakeGood, Some(second.start));
        assert_eq!(bench.tap(MAYA, &tapped).await.unwrap(), 1);
        let (_, action) = bench.outbox().await.remove(0);
        assert_eq!(action.basis, Basis::Nothing);
        assert!(
            action.place.starts_with("/own/steadfast-"),
            "{}",
            action.place
        );
        let Edit::Book(booked) = action.edit else {
            panic!("{action:?}");
        };
        assert_eq!(
            (booked.slot, booked.title.as_str()),
            (second, "1:1 Maya / Ben")
        );
        assert_eq!(booked.invited[0].address, BEN);
        // From another window, another time: there is one under way already.
        let first = tapped_at(&proposed, slots[0].start);
        assert_eq!(bench.tap(MAYA, &first).await.unwrap(), 0);
        let outbox = bench.outbox().await;
        assert_eq!(outbox.len(), 1, "{outbox:?}");
    });
}

fn tapped_at(proposed: &Proposed, start: Instant) -> Tapped {
    tapped(proposed, Measure::MakeGood, Some(start))
}

#[test]
fn what_is_not_what_was_shown_is_not_done() {
    with_bench(|bench| async move {
        let rest = "SUMMARY:Status\r\n";
        let status = event("u-status", "20260331T140000Z", rest, MAYA, &[MAYA, PETRA]);
        bench.mayas(&one_on_one(""), &[status]).await;
        let proposed = bench.outlook(MAYA).await.proposals.remove(0);
        let mut tapped = tapped(&proposed, Measure::MoveOther, None);
        tapped.mark = "0".to_owned();
        assert!(bench.tap(MAYA, &tapped).await.is_err());
        assert!(bench.outbox().await.is_empty());
    });
}

#[test]
fn what_is_not_so_any_more_and_what_is_somebody_elses_is_not_done() {
    with_bench(|bench| async move {
        let rest = "SUMMARY:Status\r\n";
        let status = event("u-status", "20260331T140000Z", rest, MAYA, &[MAYA, PETRA]);
        bench.mayas(&one_on_one(""), &[status]).await;
        let proposed = bench.outlook(MAYA).await.proposals.remove(0);
        let tapped = tapped(&proposed, Measure::MoveOther, None);
        assert!(matches!(
            bench.tap(PETRA, &tapped).await,
            Err(ServerError::NotFound)
        ));
        assert!(matches!(
            bench.tap(BEN, &tapped).await,
            Err(ServerError::Input(..) | ServerError::NotFound)
        ));
        let elsewhere = event("u-status", "20260331T160000Z", rest, MAYA, &[MAYA, PETRA]);
        bench
            .round(MAYA, now(), &[&one_on_one(""), &elsewhere])
            .await;
        assert!(matches!(
            bench.tap(MAYA, &tapped).await,
            Err(ServerError::Input(..))
        ));
        assert!(bench.outbox().await.is_empty());
    });
}

/// What Maya books by a tap for the one that was lost.
async fn made_good(bench: &Bench) -> Meeting {
    let proposed = bench.outlook(MAYA).await.proposals.remove(0);
    let mut ways = proposed.ways.iter();
    let slots = ways.find_map(|way| match &way.deed {
        Deed::MakeGood { slots } => Some(slots.clone()),
        _ => None,
    });
    let slots = slots.unwrap_or_else(|| panic!("{proposed:?}"));
    let tapped = tapped(&proposed, Measure::MakeGood, Some(slots[0].start));
    bench.tap(MAYA, &tapped).await.unwrap();
    let (_, action) = bench.outbox().await.remove(0);
    match action.edit {
        Edit::Book(booked) => booked,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_makes_one_good_is_seen_by_those_who_could_see_that_very_one() {
    let out = "EXDATE:20260331T140000Z\r\n";
    let one = |day: &str, rest: &str| {
        let rest = format!("SUMMARY:Of its own\r\nRECURRENCE-ID:{day}T140000Z\r\n{rest}\r\n");
        event(
            "u-ben",
            &format!("{day}T140000Z"),
            &rest,
            MAYA,
            &[MAYA, BEN],
        )
    };
    let cancelled = |class: &str| one("20260331", &format!("STATUS:CANCELLED\r\n{class}"));
    for (series, own, visibility) in [
        (
            format!("CLASS:PRIVATE\r\n{out}"),
            String::new(),
            Visibility::Private,
        ),
        (
            format!("CLASS:CONFIDENTIAL\r\n{out}"),
            String::new(),
            Visibility::Confidential,
        ),
        (
            format!("CLASS:PUBLIC\r\n{out}"),
            String::new(),
            Visibility::Public,
        ),
        // It had a word of its own.
        (
            String::new(),
            cancelled("CLASS:PRIVATE"),
            Visibility::Private,
        ),
        (
            "CLASS:PRIVATE\r\n".to_owned(),
            cancelled("CLASS:PUBLIC"),
            Visibility::Public,
        ),
        // So had another, which says nothing of this one.
        (
            out.to_owned(),
            one("20260428", "CLASS:PRIVATE"),
            Visibility::Public,
        ),
    ] {
        with_bench(|bench| async move {
            bench
                .mayas(&format!("{}{own}", one_on_one(&series)), &[])
                .await;
            let booked = made_good(&bench).await;
            assert_eq!(booked.visibility, visibility, "{series}{own}");
            assert_eq!(booked.title, "1:1 Maya / Ben");
        });
    }
}

#[test]
fn what_was_cut_by_hand_gets_its_minutes_back_by_a_tap() {
    with_bench(|bench| async move {
        let rest = "SUMMARY:1:1 Maya / Ben\r\nRECURRENCE-ID:20260331T140000Z\r\nSEQUENCE:1\r\n";
        let cut = event("u-ben", "20260331T140000Z", rest, MAYA, &[MAYA, BEN]);
        let one = format!("{}{}", one_on_one(""), cut.replace("PT30M", "PT10M"));
        bench.mayas(&one, &[]).await;
        let proposed = bench.outlook(MAYA).await.proposals.remove(0);
        assert_eq!(proposed.kind, "cut");
        let tapped = tapped(&proposed, Measure::Restore, None);
        assert_eq!(bench.tap(MAYA, &tapped).await.unwrap(), 1);
        let (_, action) = bench.outbox().await.remove(0);
        let text = done(&action, &one);
        assert!(!text.contains("PT10M"), "{text}");
    });
}

#[test]
fn of_what_is_on_its_way_back_no_other_times_are_offered() {
    for restored in [false, true] {
        with_bench(|bench| async move {
            let rest = "SUMMARY:1:1 Maya / Ben\r\nRECURRENCE-ID:20260331T140000Z\r\nSEQUENCE:1\r\n";
            let cut = event("u-ben", "20260331T140000Z", rest, MAYA, &[MAYA, BEN]);
            let one = format!("{}{}", one_on_one(""), cut.replace("PT30M", "PT5M"));
            bench.joins(BEN).await;
            bench.mayas(&one, &[]).await;
            bench.round(BEN, now(), &[&one]).await;
            bench.chooses(Level::Defend).await;
            let maya = viewer(&bench.org, MAYA);
            let bounds = Bounds {
                preview_first: false,
                ..Bounds::default()
            };
            choose_bounds(&bench.store, &maya, now(), About::Mine, Some(&bounds))
                .await
                .unwrap();
            if restored {
                let proposed = bench.outlook(MAYA).await.proposals.remove(0);
                let tapped = tapped(&proposed, Measure::Restore, None);
                assert_eq!(bench.tap(MAYA, &tapped).await.unwrap(), 1);
            }
            bench.defends(now()).await;
            let offer = bench.standing(BEN).await.and_then(|one| one.about.offer);
            assert_eq!(offer.is_some(), !restored, "{offer:?}");
        });
    }
}
