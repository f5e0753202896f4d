//! Zones that a file defines itself (RFC 5545 §3.6.5).

use crate::show::{read, when};
use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use steadfast_calendar::{Calendar, zones::iana};

const VIENNA_LIKE: &str = "BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT";

fn defined(name: &str, observances: &str) -> String {
    format!("BEGIN:VTIMEZONE\nTZID:{name}\n{observances}\nEND:VTIMEZONE")
}

fn event(uid: &str, zone: &str, at: &str) -> String {
    format!("BEGIN:VEVENT\nUID:{uid}\nDTSTART;TZID={zone}:{at}\nEND:VEVENT")
}

fn calendar(parts: &[&str]) -> String {
    format!("BEGIN:VCALENDAR\n{}\nEND:VCALENDAR", parts.join("\n"))
}

fn starts(calendar: &Calendar) -> Vec<String> {
    calendar
        .events
        .iter()
        .map(|event| when(&event.start))
        .collect()
}

/// The zone that a definition becomes, looked at through an event.
fn zone(observances: &str) -> TimeZone {
    let text = calendar(&[
        &defined("Own", observances),
        &event("a", "Own", "20240101T000000"),
    ]);
    let calendar = read(&text);
    assert_eq!(calendar.warnings, []);
    calendar.events[0].start.zone(&TimeZone::UTC).clone()
}

/// Holds a zone against one of the database, every six hours from 1996 (when the rules of today began) to 2037.
#[track_caller]
fn same_since_1996(own: &TimeZone, name: &str) {
    let iana = iana(name).unwrap();
    let mut at: Timestamp = "1996-11-01T00:00:00Z".parse().unwrap();
    let end: Timestamp = "2037-12-31T00:00:00Z".parse().unwrap();
    while at < end {
        assert_eq!(own.to_offset(at), iana.to_offset(at), "{at}");
        at = at.checked_add(6.hours()).unwrap();
    }
}

#[test]
fn outlooks_rules_since_1601_are_those_of_the_database() {
    same_since_1996(&zone(VIENNA_LIKE), "Europe/Vienna");
}

#[test]
fn rules_by_the_day_of_the_month_and_by_position_mean_the_same() {
    for (october, march) in [
        (
            "BYMONTH=10;BYMONTHDAY=25,26,27,28,29,30,31;BYDAY=SU",
            "BYMONTH=3;BYMONTHDAY=25,26,27,28,29,30,31;BYDAY=SU",
        ),
        (
            "BYMONTH=10;BYDAY=SU;BYSETPOS=-1",
            "BYMONTH=3;BYDAY=SU;BYSETPOS=-1",
        ),
        (
            "BYMINUTE=0;BYHOUR=3;BYDAY=-1SU;BYMONTH=10",
            "BYMINUTE=0;BYHOUR=2;BYDAY=-1SU;BYMONTH=3",
        ),
    ] {
        let text = VIENNA_LIKE
            .replace("BYDAY=-1SU;BYMONTH=10", october)
            .replace("BYDAY=-1SU;BYMONTH=3", march);
        same_since_1996(&zone(&text), "Europe/Vienna");
    }
    let text = VIENNA_LIKE
        .replace("DTSTART:16010101T030000", "DTSTART:19701025T030000")
        .replace("DTSTART:16010101T020000", "DTSTART:19700329T020000")
        .replace(
            "FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10",
            "FREQ=MONTHLY;INTERVAL=12;BYDAY=-1SU",
        )
        .replace(
            "FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3",
            "FREQ=MONTHLY;INTERVAL=12;BYDAY=-1SU",
        );
    same_since_1996(&zone(&text), "Europe/Vienna");
}

#[test]
fn rules_that_follow_each_other_end_where_they_say() {
    // The United States changed their rules in 2007; UNTIL is in UTC.
    let text = "BEGIN:DAYLIGHT
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
DTSTART:19870405T020000
RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;UNTIL=20060402T070000Z
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
DTSTART:19671029T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20061029T060000Z
END:STANDARD
BEGIN:DAYLIGHT
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
END:STANDARD";
    same_since_1996(&zone(text), "America/New_York");
}

#[test]
fn dates_instead_of_rules_are_taken_and_the_last_offset_stays() {
    let own = zone(
        "BEGIN:STANDARD\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0200\nDTSTART:20201025T040000\nRDATE:20211031T040000\nEND:STANDARD\nBEGIN:DAYLIGHT\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0300\nDTSTART:20210328T030000\nRDATE;VALUE=PERIOD:20220327T030000/PT1H\nEND:DAYLIGHT",
    );
    for (at, hours) in [
        ("2019-01-01T00:00:00Z", 3),
        ("2020-12-01T00:00:00Z", 2),
        ("2021-06-01T00:00:00Z", 3),
        ("2021-12-01T00:00:00Z", 2),
        ("2022-06-01T00:00:00Z", 3),
        ("2026-01-01T00:00:00Z", 3),
    ] {
        let offset = own.to_offset(at.parse().unwrap());
        assert_eq!(offset.seconds(), hours * 3_600, "{at}");
    }
}

#[test]
fn a_definition_may_come_after_the_events_that_use_it() {
    let text = calendar(&[
        &event("a", "Own", "20240701T090000"),
        &event("b", "Europe/Paris", "20240701T090000"),
        &defined("Own", VIENNA_LIKE),
        &event("c", "Own", "20240101T090000"),
    ]);
    let calendar = read(&text);
    assert_eq!(
        starts(&calendar),
        [
            "20240701T090000[own +02]",
            "20240701T090000[Europe/Paris]",
            "20240101T090000[own +01]"
        ]
    );
    assert_eq!(calendar.warnings, []);
}

#[test]
fn every_value_that_waited_for_its_zone_is_mended() {
    let text = format!(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART;TZID=Own:20240701T090000\nDTEND;TZID=Own:20240701T100000\nRECURRENCE-ID;TZID=Own:20240701T080000\nRDATE;VALUE=PERIOD;TZID=Own:20240101T090000/20240101T100000\nEXDATE;TZID=Own:20240102T090000,20240103,20240704T090000Z\nEND:VEVENT\n{}\nEND:VCALENDAR",
        defined("Own", VIENNA_LIKE)
    );
    crate::show::check(
        &text,
        r#"
        "a" ""
        20240701T090000[own +02] to 20240701T100000[own +02]
        instead of 20240701T080000[own +02]
        also 20240101T090000[own +01] to 20240101T100000[own +01]
        not 20240102T090000[own +01]
        not 20240103
        not 20240704T090000Z
        "#,
    );
}

#[test]
fn one_name_may_mean_different_zones_in_different_calendars_of_a_stream() {
    let fixed = "BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:-0700\nTZOFFSETTO:-0700\nEND:STANDARD";
    let text = [
        calendar(&[
            &defined("Own", VIENNA_LIKE),
            &event("a", "Own", "20240701T090000"),
        ]),
        calendar(&[
            &event("b", "Own", "20240701T090000"),
            &defined("Own", fixed),
        ]),
        calendar(&[&event("c", "Own", "20240701T090000")]),
    ]
    .join("\n");
    let calendar = read(&text);
    assert_eq!(
        starts(&calendar),
        [
            "20240701T090000[own +02]",
            "20240701T090000[own -07]",
            "20240701T090000"
        ]
    );
    assert_eq!(calendar.warnings.len(), 1);
    assert_eq!(calendar.warnings[0].uid, "c");
}

#[test]
fn a_name_counts_by_how_sure_it_is() {
    let fixed = "BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:-0700\nTZOFFSETTO:-0700\nEND:STANDARD";
    let located = format!("X-LIC-LOCATION:Asia/Tokyo\n{fixed}");
    for (name, observances, expected) in [
        // A name that leaves no doubt counts for more than the file's definition.
        ("Europe/Berlin", fixed, "[Europe/Berlin]"),
        ("Tokyo Standard Time", fixed, "[Asia/Tokyo]"),
        (
            "/softwarestudio.org/Olson_20011030_5/Europe/Berlin",
            fixed,
            "[Europe/Berlin]",
        ),
        ("My own", located.as_str(), "[Asia/Tokyo]"),
        // A guess counts for less.
        ("EST", fixed, "[own -07]"),
        ("GMT+0200", fixed, "[own -07]"),
        (
            "(UTC+01:00) Amsterdam\\, Berlin\\, Bern\\, Rome\\, Stockholm\\, Vienna",
            fixed,
            "[own -07]",
        ),
        ("Customized Time Zone", fixed, "[own -07]"),
        ("", fixed, ""),
    ] {
        let written = if name.contains(',') {
            format!("\"{}\"", name.replace('\\', ""))
        } else {
            name.to_owned()
        };
        let text = calendar(&[
            &defined(name, observances),
            &event("a", &written, "20240701T090000"),
        ]);
        let calendar = read(&text);
        assert_eq!(
            starts(&calendar),
            [format!("20240701T090000{expected}")],
            "{name}"
        );
    }
    for (name, expected) in [
        ("EST", "[EST]"),
        ("GMT+0200", "[own +02]"),
        (
            "\"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna\"",
            "[Europe/Berlin]",
        ),
        (
            "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna",
            "[Europe/Berlin]",
        ),
    ] {
        let text = calendar(&[&event("a", name, "20240701T090000")]);
        assert_eq!(
            starts(&read(&text)),
            [format!("20240701T090000{expected}")],
            "{name}"
        );
    }
}

#[test]
fn the_calendars_own_zone_may_be_one_it_defines() {
    let text = calendar(&["X-WR-TIMEZONE:Own", &defined("Own", VIENNA_LIKE)]);
    let calendar = read(&text);
    same_since_1996(&calendar.zone.unwrap(), "Europe/Vienna");
    assert_eq!(calendar.warnings, []);
}

#[test]
fn an_observance_with_a_rule_too_odd_is_read_without_it() {
    let text = calendar(&[
        &defined("Own", &VIENNA_LIKE.replace("FREQ=YEARLY", "FREQ=SECONDLY")),
        &event("a", "Own", "20240701T090000"),
    ]);
    let calendar = read(&text);
    assert_eq!(starts(&calendar), ["20240701T090000[own +01]"]);
    assert_eq!(calendar.warnings.len(), 2);
    assert_eq!(
        calendar.warnings[0].message,
        "The VTIMEZONE \"Own\": RRULE \"FREQ=SECONDLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\" uses more than YEARLY or MONTHLY with one time, BYMONTH, BYDAY, BYMONTHDAY and BYSETPOS; it was left out."
    );
}
