//! 1:1s that are none by the organisation file: listed with what they are, never counted, never dropped.

mod one_calendar;

use one_calendar::audit;
use steadfast_app::{audit::org_file, report::json};

/// Olga leads Petra and Quinn, Petra leads Maya and Kim, Maya leads Ben, Ben leads Zoe, Quinn leads Ida.
const ORG: &str = "email,name,manager\nolga@example.com,Olga,\npetra@example.com,Petra,olga@example.com\n\
                   quinn@example.com,Quinn,olga@example.com\nmaya@example.com,Maya,petra@example.com\n\
                   kim@example.com,Kim,petra@example.com\nben@example.com,Ben,maya@example.com\n\
                   zoe@example.com,Zoe,ben@example.com\nida@example.com,Ida,quinn@example.com\n";

/// A weekly 1:1 of Maya and somebody; single where `rule` is empty.
fn one_on_one(uid: &str, lines: &str, rule: &str) -> String {
    format!(
        "BEGIN:VEVENT\nUID:{uid}\nSUMMARY:1:1 Maya / {uid}\nDTSTART:20260106T140000Z\nDURATION:PT30M\n{lines}\n{rule}\n\
         END:VEVENT\n"
    )
}

fn with(name: &str, rule: &str) -> String {
    let people = format!(
        "ORGANIZER:mailto:maya@example.com\nATTENDEE:mailto:maya@example.com\nATTENDEE:mailto:{name}@example.com"
    );
    one_on_one(name, &people, rule)
}

#[track_caller]
fn check(events: &[String], counted: &[&str], not_counted: &[&str]) {
    let report = audit(events, |options| {
        options.org = Some(org_file::parse(ORG).expect("an organisation file"));
    });
    let pairs = report.pairs.iter();
    let mut found: Vec<String> = pairs
        .map(|p| p.people.each_ref().map(|p| p.name.as_str()).join("+"))
        .collect();
    found.sort_unstable();
    assert_eq!(found, counted);
    let others = report.not_counted.iter();
    let others: Vec<String> = others.map(|o| format!("{}: {}", o.what, o.why)).collect();
    assert_eq!(others, not_counted);
    for other in &report.not_counted {
        let mut written = Vec::new();
        json(&report, &mut written).expect("memory takes everything");
        assert!(
            String::from_utf8(written)
                .expect("JSON is text")
                .contains(&other.why)
        );
    }
}

const WEEKLY: &str = "RRULE:FREQ=WEEKLY";

#[test]
fn skip_levels_and_peers_are_listed_as_what_they_are() {
    let people = [
        "petra", "ben", "olga", "zoe", "kim", "ida", "quinn", "stranger",
    ];
    let events = people.map(|name| with(name, WEEKLY));
    check(
        &events,
        &["Maya+Ben", "Petra+Maya"],
        &[
            "meetings with Kim and Ida: a peer",
            "meetings with Olga and Zoe: a skip-level",
            "meetings with Quinn: no reporting line between them",
            "meetings with Stranger: not in the organisation file",
        ],
    );
}

#[test]
fn a_seldom_or_single_one_is_not_dropped_either() {
    check(
        &[
            with("ben", WEEKLY),
            with("olga", "RRULE:FREQ=MONTHLY;INTERVAL=3"),
            with("kim", ""),
        ],
        &["Maya+Ben"],
        &[
            "meetings with Kim: a peer",
            "meetings with Olga: a skip-level",
        ],
    );
}

#[test]
fn one_that_only_the_title_names_is_listed_too() {
    check(
        &[
            one_on_one("Ben", "", WEEKLY),
            one_on_one("Olga", "", WEEKLY),
        ],
        &["Maya+Ben"],
        &["meetings with Olga: a skip-level"],
    );
}
