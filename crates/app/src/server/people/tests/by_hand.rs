//! One change at a time.

use super::super::keep::Change;
use super::super::organisation::{Organisation, key_of};
use super::{BEN, MAYA, PETRA, drafted, lines};
use jiff::civil::{Date, date};

fn add(address: &str, manager: &str, from: Option<Date>) -> Change {
    Change::Add {
        address: address.to_owned(),
        name: String::new(),
        manager: manager.to_owned(),
        from,
        again: None,
    }
}

fn manager(person: &str, manager: &str, from: Option<Date>, instead: bool) -> Change {
    Change::Manager {
        person: key_of(person),
        manager: manager.to_owned(),
        from,
        instead,
    }
}

/// Does all of it; gives the lines afterwards, or what the last one was refused for.
fn after(changes: &[Change]) -> Result<Vec<String>, String> {
    let mut refused = Ok(());
    let done = drafted(&Organisation::default(), &[PETRA], |draft| {
        for change in changes {
            refused = draft
                .change(change)
                .map(drop)
                .map_err(|error| error.to_string());
        }
    });
    refused.map(|()| lines(&done))
}

#[test]
fn a_change_of_manager_ends_one_line_the_day_before_the_next_begins() {
    let changes = [
        add(BEN, MAYA, None),
        manager(BEN, PETRA, Some(date(2026, 7, 1)), true),
    ];
    assert_eq!(
        after(&changes).unwrap(),
        ["ben<maya ..2026-06-30", "ben<petra 2026-07-01.."]
    );
    // Two at once, where that is said.
    let changes = [
        add(BEN, MAYA, None),
        manager(BEN, PETRA, Some(date(2026, 7, 1)), false),
    ];
    assert_eq!(
        after(&changes).unwrap(),
        ["ben<maya ..", "ben<petra 2026-07-01.."]
    );
}

#[test]
fn a_line_that_would_have_ended_before_it_began_is_taken_out() {
    let changes = [
        add(BEN, MAYA, Some(date(2026, 8, 1))),
        Change::Leave {
            person: key_of(MAYA),
            last: date(2026, 7, 1),
        },
    ];
    assert_eq!(after(&changes).unwrap(), [""; 0]);
}

#[test]
fn what_cannot_be_is_refused_with_what_to_do() {
    let nadia = "nadia@example.com";
    let also = |address: &str| Change::Also {
        person: key_of(BEN),
        address: address.to_owned(),
    };
    for (changes, why) in [
        (vec![add("ben", "", None)], "this is not an e-mail address"),
        (
            vec![add(BEN, "", None), add(BEN, "", None)],
            "they are here already",
        ),
        (vec![add(BEN, BEN, None)], "nobody reports to themselves"),
        (
            vec![add(BEN, MAYA, None), manager(BEN, PETRA, None, true)],
            "since when is missing",
        ),
        (
            vec![
                add(BEN, MAYA, None),
                manager(BEN, MAYA, Some(date(2026, 7, 1)), true),
            ],
            "they report to maya@example.com already",
        ),
        (
            vec![
                add(BEN, MAYA, None),
                add(nadia, BEN, None),
                manager(MAYA, nadia, Some(date(2026, 7, 1)), false),
            ],
            "nadia@example.com reports to maya@example.com already, directly or further up",
        ),
        (
            // On the first day there is none yet.
            vec![
                add(BEN, "", None),
                add(MAYA, "", None),
                manager(MAYA, BEN, Some(date(2026, 6, 1)), false),
                manager(BEN, MAYA, Some(date(2026, 1, 1)), false),
            ],
            "maya@example.com reports to ben@example.com already, directly or further up",
        ),
        (
            vec![add(BEN, "", None), also(BEN)],
            "ben@example.com is their main address",
        ),
        (
            vec![add(BEN, "", None), also(PETRA)],
            "whoever signs in with petra@example.com is somebody of their own",
        ),
        (
            vec![add(BEN, "", None), add(nadia, "", None), also(nadia)],
            "nadia@example.com stands in the organisation as somebody of their own",
        ),
        (
            vec![
                add(BEN, "", None),
                add(nadia, "", None),
                Change::Also {
                    person: key_of(nadia),
                    address: "b@example.com".to_owned(),
                },
                also("b@example.com"),
            ],
            "b@example.com is another address of somebody else",
        ),
    ] {
        assert_eq!(after(&changes), Err(why.to_owned()), "{changes:?}");
    }
}

#[test]
fn whoever_keeps_the_organisation_vouches_for_others_and_not_for_themselves() {
    let done = drafted(&Organisation::default(), &[], |draft| {
        for (person, address) in [(BEN, "b@example.com"), (MAYA, "m@example.com")] {
            draft.change(&add(person, "", None)).unwrap();
            let also = Change::Also {
                person: key_of(person),
                address: address.to_owned(),
            };
            draft.change(&also).unwrap();
        }
    });
    assert_eq!(done.main("b@example.com"), BEN);
    assert_eq!(done.main("m@example.com"), "m@example.com");
    assert!(done.others["m@example.com"].own_word);
}

#[test]
fn another_address_means_the_person_wherever_it_is_written() {
    let done = drafted(&Organisation::default(), &[], |draft| {
        let also = Change::Also {
            person: key_of(BEN),
            address: "b@example.com".to_owned(),
        };
        for change in [
            add(BEN, "", None),
            also,
            add("nadia@example.com", "b@example.com", None),
        ] {
            draft.change(&change).unwrap();
        }
    });
    assert_eq!(lines(&done), ["nadia<ben .."]);
}
