//! What holds for any series and any edit.

use crate::common::{BEN, MAYA, at, berlin, instances, series};
use proptest::prelude::*;
use steadfast_calendar::edit::{Answer, By, Edit, EditError, Edited, Reply, apply, holds, undo};
use steadfast_calendar::{Instance, Instant, Slot};

/// A series as some server would give it.
fn object() -> impl Strategy<Value = String> {
    let form = prop_oneof![
        Just((";TZID=Europe/Berlin", "T093000")),
        Just((";TZID=America/New_York", "T150000")),
        Just(("", "T093000Z")),
        Just(("", "T093000")),
        Just((";VALUE=DATE", "")),
    ];
    let rule = prop::sample::select(vec![
        "RRULE:FREQ=WEEKLY\r\n",
        "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=20\r\n",
        "RRULE:FREQ=DAILY;BYDAY=MO,WE,FR\r\n",
        "RRULE:FREQ=MONTHLY;BYDAY=2TU\r\n",
        "",
    ]);
    let organizer = "ORGANIZER:mailto:maya@example.org\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:ben@example.org\r\n";
    let organizer = prop::sample::select(vec![organizer, ""]);
    let length = prop::sample::select(vec!["", "P", "D"]);
    (form, rule, organizer, length, 1..28_u8, any::<bool>(), 0..9_u32).prop_map(
        |((parameters, time), rule, organizer, length, day, excluded, sequence)| {
            let value = |day: u8| format!("{parameters}:202603{day:02}{time}");
            let whole = time.is_empty();
            let length = match length {
                "P" if !whole => "DURATION:PT45M\r\n".to_owned(),
                "D" if !whole => format!("DTEND{}\r\n", value(day).replace("3000", "5500").replace("T150000", "T153000")),
                _ if !whole => "DURATION:PT1H\r\n".to_owned(),
                _ => String::new(),
            };
            let excluded = if excluded && !rule.is_empty() {
                format!("EXDATE{}\r\n", value(day))
            } else {
                String::new()
            };
            format!(
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:u\r\nDTSTAMP:20260101T000000Z\r\n\
                 SEQUENCE:{sequence}\r\nDTSTART{}\r\n{length}{rule}{excluded}{organizer}X-KEPT;A=\"b:c\":d\r\nBEGIN:VALARM\r\nACTION:AUDIO\r\n\
                 TRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
                value(day)
            )
        },
    )
}

/// An edit of one of its occurrences: which, what, how far, how long.
type Wish = (prop::sample::Index, u8, i64, i64);

fn wish() -> impl Strategy<Value = Wish> {
    (
        any::<prop::sample::Index>(),
        0..6_u8,
        -400..400_i64,
        1..8_i64,
    )
}

fn edit(object: &str, (which, what, hours, quarters): Wish) -> Edit {
    let all = instances(object);
    let near = &all[..all.len().min(30)];
    let instance = near[which.index(near.len())];
    let occurrence = instance.id;
    let start = instance.slot.or(instance.ruled).unwrap().start;
    let to = if instance.all_day {
        // Midnight to midnight, also when the clock changes.
        let zone = berlin();
        let day = start
            .date(&zone)
            .saturating_add(jiff::Span::new().days(hours / 24));
        let midnight = |day: jiff::civil::Date| -> Instant {
            day.to_zoned(zone.clone()).unwrap().timestamp().into()
        };
        Slot::new(midnight(day), midnight(day.tomorrow().unwrap()))
    } else {
        let start = start.plus_minutes(hours * 60);
        Slot::new(start, start.plus_minutes(quarters * 15))
    };
    match what {
        0 | 1 => Edit::Move { occurrence, to },
        2 => Edit::Resize {
            occurrence,
            seconds: u32::try_from(to.seconds()).unwrap(),
        },
        3 => Edit::Cancel { occurrence },
        4 => Edit::Restore {
            occurrence,
            to: None,
        },
        _ => Edit::Restore {
            occurrence,
            to: Some(to),
        },
    }
}

fn target(edit: &Edit) -> Instant {
    match edit {
        Edit::Move { occurrence, .. }
        | Edit::Resize { occurrence, .. }
        | Edit::Cancel { occurrence }
        | Edit::Restore { occurrence, .. } => *occurrence,
        _ => unreachable!("an edit of one occurrence"),
    }
}

/// Where everything is, by identity; what decides it aside.
fn places(all: &[Instance]) -> Vec<(Instant, Option<Slot>, Option<Slot>)> {
    all.iter().map(|i| (i.id, i.ruled, i.slot)).collect()
}

fn text(edited: Edited) -> String {
    match edited {
        Edited::Text(text) => String::from_utf8(text).unwrap(),
        Edited::Gone => panic!("a text"),
    }
}

/// The highest SEQUENCE in it.
fn step(object: &str) -> u32 {
    let series = series(object);
    let all = series.master.iter().chain(&series.overrides);
    all.map(|event| event.sequence).max().unwrap()
}

fn holds_for(object: &str, wishes: &[Wish]) -> Result<(), TestCaseError> {
    let zone = berlin();
    let by = By {
        addresses: &[MAYA],
        zone: &zone,
        now: at("2026-03-01T12:00:00Z"),
    };
    let mut object = object.to_owned();
    for wish in wishes {
        let edit = edit(&object, *wish);
        let bytes = Some(object.as_bytes());
        let after = match apply(bytes, &edit, &by) {
            Ok(after) => text(after),
            Err(error) => {
                // What is refused has a reason that is so.
                match error {
                    EditError::AlreadySo => prop_assert!(holds(bytes, &edit, &by)),
                    EditError::Cancelled => {
                        let elsewhere = instances(&object).len() == 1
                            && matches!(edit, Edit::Restore { to: Some(_), .. });
                        let brings_back =
                            matches!(edit, Edit::Cancel { .. } | Edit::Restore { .. })
                                && !elsewhere;
                        prop_assert!(!brings_back, "{edit:?}");
                    }
                    EditError::Unsayable => {}
                    // A day of 23 hours as the length of another one.
                    EditError::WholeDay => {
                        prop_assert!(object.contains("VALUE=DATE"));
                        let resized = matches!(edit, Edit::Resize { .. });
                        prop_assert!(resized, "{edit:?}");
                    }
                    other => prop_assert!(false, "{edit:?}: {other:?}\n{object}"),
                }
                continue;
            }
        };
        prop_assert!(
            holds(Some(after.as_bytes()), &edit, &by),
            "{edit:?}\n{after}"
        );
        let single = series(&after).overrides.is_empty() && instances(&after).len() == 1;
        if !single {
            let others = |text: &str| -> Vec<_> {
                let all = places(&instances(text)).into_iter();
                all.filter(|place| place.0 != target(&edit)).collect()
            };
            prop_assert_eq!(others(&after), others(&object));
        }
        // One step, wherever it is written.
        let steps = step(&after) - step(&object);
        prop_assert!(steps <= 1, "{edit:?} took {steps} steps\n{object}\n{after}");
        // Nothing that is not ours is lost.
        for kept in [
            "X-KEPT;A=\"b:c\":d\r\n",
            "TRIGGER:-PT5M\r\n",
            "PRODID:x\r\n",
        ] {
            prop_assert!(after.contains(kept));
        }
        let back = undo(bytes, &edit, &by).unwrap().unwrap();
        let undone = text(apply(Some(after.as_bytes()), &back, &by).unwrap());
        prop_assert_eq!(
            places(&instances(&undone)),
            places(&instances(&object)),
            "{:?} {:?}\n{}",
            edit,
            back,
            undone
        );
        object = after;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn an_edit_changes_what_it_means_and_nothing_else_and_its_undo_takes_it_back(
        object in object(), wishes in prop::collection::vec(wish(), 1..5)
    ) {
        holds_for(&object, &wishes)?;
    }

    #[test]
    fn an_answer_moves_nothing(object in object(), which in any::<prop::sample::Index>(), all in any::<bool>()) {
        let zone = berlin();
        let by = By { addresses: &[BEN], zone: &zone, now: at("2026-03-01T12:00:00Z") };
        let near = instances(&object);
        let id = near[which.index(near.len().min(20))].id;
        let answer = Edit::Answer(Answer {
            occurrence: (!all).then_some(id),
            reply: Reply::Declined,
            comment: Some("ä, not today".to_owned()),
            instead: Vec::new(),
        });
        match apply(Some(object.as_bytes()), &answer, &by) {
            Ok(after) => {
                let after = text(after);
                prop_assert_eq!(places(&instances(&after)), places(&near));
                prop_assert_eq!(step(&after), step(&object));
                let back = undo(Some(object.as_bytes()), &answer, &by).unwrap().unwrap();
                let undone = text(apply(Some(after.as_bytes()), &back, &by).unwrap());
                prop_assert!(!undone.contains("DECLINED"));
                prop_assert_eq!(places(&instances(&undone)), places(&near));
            }
            Err(EditError::NotInvited) => prop_assert!(!object.contains("ATTENDEE")),
            Err(EditError::Cancelled) => prop_assert!(object.contains("EXDATE")),
            Err(other) => prop_assert!(false, "{other:?}"),
        }
    }

    #[test]
    fn no_text_makes_an_edit_panic(
        object in object(), cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6), wish in wish()
    ) {
        let edit = edit(&object, wish);
        let mut bytes = object.into_bytes();
        for (place, byte) in cuts {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let zone = berlin();
        let by = By { addresses: &[MAYA], zone: &zone, now: at("2026-03-01T12:00:00Z") };
        if let Ok(Edited::Text(after)) = apply(Some(&bytes), &edit, &by) {
            prop_assert!(holds(Some(&after), &edit, &by));
        }
    }
}
