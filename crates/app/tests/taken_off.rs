//! Whom the organiser takes off a 1:1, or off one instance of it, and a series that is cancelled as a whole: a weekly 1:1 of
//! Maya, who organises it, and Ben, her report, on Tuesdays at 14:00 UTC, from 6 January 2026 on.

use steadfast_app::{
    audit::{Audit, Options, org_file},
    report::Report,
};
use steadfast_calendar::Instant;

const MAYA: &str = "maya@example.com";
const BEN: &str = "ben@example.com";
/// Each of the weeks that are audited.
const ALL_KEPT: [&str; 5] = [
    "6 Jan kept",
    "13 Jan kept",
    "20 Jan kept",
    "27 Jan kept",
    "3 Feb kept",
];
const OTHERS: &str = "kim@example.com";

/// An entry that starts then, names Maya as its organiser, and has these attendees and lines.
fn entry(start: &str, attendees: &[&str], lines: &str) -> String {
    let attendees: String = attendees
        .iter()
        .map(|who| format!("ATTENDEE;PARTSTAT=ACCEPTED:mailto:{who}\n"))
        .collect();
    format!(
        "BEGIN:VEVENT\nUID:a\nDTSTART:{start}Z\nDURATION:PT30M\nSUMMARY:1:1 Maya / Ben\nORGANIZER:mailto:{MAYA}\n\
         {attendees}{lines}\nEND:VEVENT\n"
    )
}

fn series(attendees: &[&str], lines: &str) -> String {
    entry(
        "20260106T140000",
        attendees,
        &format!("RRULE:FREQ=WEEKLY\n{lines}"),
    )
}

/// That of 13 January.
fn on_the_13th(attendees: &[&str], lines: &str) -> String {
    let lines = format!("RECURRENCE-ID:20260113T140000Z\n{lines}");
    entry("20260113T140000", attendees, &lines)
}

fn moment(text: &str) -> Instant {
    let text = format!("2026-{text}:00Z");
    text.parse::<jiff::Timestamp>().expect("a moment").into()
}

/// What one saw: when, in whose calendar, which events.
type Look<'a> = (&'a str, &'a str, &'a str);

/// What is told on 10 February of what was looked at, each calendar being known to be as it was up to then.
fn audit_of(looks: &[Look<'_>], set: impl FnOnce(&mut Options)) -> Report {
    let mut options = Options::at(moment("02-10T00:00"));
    options.me = vec![MAYA.to_owned()];
    options.from = Some(jiff::civil::date(2026, 1, 1));
    set(&mut options);
    let mut audit = Audit::new(options);
    for (at, whose, events) in looks {
        audit.snapshot(moment(at));
        let text = format!("BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n");
        audit
            .calendar(whose, Some(whose), Some(moment(at)), &mut text.as_bytes())
            .expect("bytes in memory can be read");
    }
    audit.snapshot(moment("02-10T00:00"));
    audit.finish()
}

fn audit(looks: &[Look<'_>]) -> Report {
    audit_of(looks, |options| options.reports = vec![BEN.to_owned()])
}

/// The day of each promise with what became of it, and the end.
fn told(report: &Report) -> Vec<String> {
    let [pair] = &report.pairs[..] else {
        panic!("one 1:1, not {}", report.pairs.len());
    };
    let due = pair.occurrences.iter();
    let due = due.filter(|o| o.promised.start < moment("02-10T00:00"));
    let told = due.map(|o| {
        let day = o.promised.start.date(&report.zone).strftime("%-d %b");
        format!("{day} {}", o.verdict)
    });
    let ended = pair.ended.iter().map(|(on, _)| format!("ended {on}"));
    told.chain(ended).collect()
}

const BOTH: &[&str] = &[MAYA, BEN];
#[test]
fn an_instance_whose_own_event_leaves_the_report_out_is_lost_and_not_by_them() {
    let whole = series(BOTH, "");
    let without = |lines: &str| format!("{whole}{}", on_the_13th(&[MAYA], lines));
    let excluded = series(BOTH, "EXDATE:20260113T140000Z");
    for (lines, by) in [("SEQUENCE:1", "by:manager"), ("", "q:0.5")] {
        let maya = without(lines);
        let from_the_first = audit(&[
            ("01-02T12:00", MAYA, &maya),
            ("01-02T12:00", BEN, &excluded),
        ]);
        let told = told(&from_the_first);
        assert!(told[1].starts_with("13 Jan cancelled"), "{told:?}");
        assert!(
            told[1].contains(by) && !told[1].contains("by:report"),
            "{told:?}"
        );
    }
}

#[test]
fn whoever_is_taken_off_one_instance_has_lost_it_by_the_organiser() {
    let whole = series(BOTH, "");
    let off = |others: &[&str]| {
        let people = [&[MAYA], others].concat();
        format!(
            "{whole}{}",
            on_the_13th(&people, "SEQUENCE:1\nLAST-MODIFIED:20260112T040000Z")
        )
    };
    for others in [&[][..], &[OTHERS][..]] {
        let report = audit(&[
            ("01-02T12:00", MAYA, &whole),
            ("01-12T12:00", MAYA, &off(others)),
        ]);
        let told = told(&report);
        assert_eq!(
            told[1],
            "13 Jan cancelled notice:short/2040 hops:1 by:manager loss"
        );
        assert!(
            told.iter()
                .all(|one| one.contains("kept") || one.starts_with("13 Jan")),
            "{told:?}"
        );
        assert_eq!(told.len(), 5, "{told:?}");
    }
}

#[test]
fn where_it_stood_when_it_was_over_being_taken_off_it_afterwards_changes_nothing() {
    let whole = series(BOTH, "");
    let off = format!("{whole}{}", on_the_13th(&[MAYA], "SEQUENCE:1"));
    let report = audit(&[
        ("01-02T12:00", MAYA, &whole),
        ("01-13T15:00", MAYA, &whole),
        ("01-14T12:00", MAYA, &off),
    ]);
    assert_eq!(told(&report), ALL_KEPT);
}

#[test]
fn an_event_that_names_no_attendee_leaves_nobody_out() {
    let whole = series(BOTH, "");
    let report = audit(&[
        ("01-02T12:00", MAYA, &whole),
        (
            "01-12T12:00",
            MAYA,
            &format!("{whole}{}", on_the_13th(&[], "SEQUENCE:1")),
        ),
        ("01-16T12:00", MAYA, &series(&[], "SEQUENCE:2")),
    ]);
    assert_eq!(told(&report), ALL_KEPT);
}

/// Maya takes Ben off all of it on the 16th, and goes on without him, in `goes_on`.
fn off_the_series<'a>(whole: &'a str, goes_on: &'a str) -> [Look<'a>; 3] {
    [
        ("01-02T12:00", MAYA, whole),
        ("01-16T11:00", MAYA, whole),
        ("01-16T12:00", MAYA, goes_on),
    ]
}

#[test]
fn whoever_goes_by_the_same_name_at_another_address_may_be_the_same() {
    let whole = series(BOTH, "");
    let moved = on_the_13th(&[MAYA, "ben@mail.example.com"], "SEQUENCE:1");
    let report = audit(&[
        ("01-02T12:00", MAYA, &whole),
        ("01-12T12:00", MAYA, &format!("{whole}{moved}")),
    ]);
    assert_eq!(told(&report)[1], "13 Jan kept");
}

#[test]
fn whoever_is_taken_off_the_series_has_come_to_the_end_of_it() {
    let whole = series(BOTH, "");
    let alone = series(&[MAYA], "SEQUENCE:1");
    let of_others = series(&[MAYA, OTHERS, "noor@example.com"], "SEQUENCE:1");
    let and_moved = alone.replace("20260106T14", "20260108T14");
    for goes_on in [&alone, &of_others, &and_moved] {
        let looks = off_the_series(&whole, goes_on);
        let report = audit(&looks);
        assert_eq!(
            told(&report),
            ["6 Jan kept", "13 Jan kept", "ended 2026-01-16"]
        );
        assert!(report.pairs[0].next.is_none());
    }
}

/// With a reporting line that goes on, the one that was promised for good is lost.
#[test]
fn of_a_reporting_line_the_next_one_is_lost_by_the_organiser() {
    let org = format!("email,manager\n{MAYA},\n{BEN},{MAYA}\n");
    let whole = series(BOTH, "");
    let alone = series(&[MAYA], "SEQUENCE:1\nLAST-MODIFIED:20260116T113000Z");
    let report = audit_of(&off_the_series(&whole, &alone), |options| {
        options.org = Some(org_file::parse(&org).expect("an organisation file"));
    });
    assert_eq!(
        told(&report),
        [
            "6 Jan kept",
            "13 Jan kept",
            "20 Jan cancelled notice:fair/5910 hops:1 by:manager loss"
        ]
    );
}

/// The same person may have come under another address: what was before them is not taken from the two.
#[test]
fn whoever_is_named_only_later_has_lost_nothing_before() {
    let before = series(&[MAYA, "b.ode@example.com"], "");
    let now = series(BOTH, "SEQUENCE:1");
    let report = audit(&off_the_series(&before, &now));
    assert_eq!(told(&report), ALL_KEPT);
}

#[test]
fn on_the_calendar_of_whoever_is_invited_a_series_that_is_cancelled_has_ended() {
    let bens = |options: &mut Options| {
        options.me = vec![BEN.to_owned()];
        options.manager = Some(MAYA.to_owned());
    };
    let whole = series(BOTH, "");
    let tidied_up = series(
        BOTH,
        "STATUS:CANCELLED\nSEQUENCE:1\nEXDATE:20260120T140000Z",
    );
    for cancelled in [
        series(BOTH, "STATUS:CANCELLED\nSEQUENCE:1"),
        series(BOTH, "SEQUENCE:1").replace("SUMMARY:", "SUMMARY:Canceled: "),
    ] {
        let looks = [
            ("01-02T12:00", BEN, &*whole),
            ("01-16T11:00", BEN, &*whole),
            ("01-16T12:00", BEN, &*cancelled),
            ("01-30T12:00", BEN, &*cancelled),
            ("01-31T12:00", BEN, &*tidied_up),
        ];
        let report = audit_of(&looks, bens);
        assert_eq!(
            told(&report),
            ["6 Jan kept", "13 Jan kept", "ended 2026-01-16"]
        );
        // Of what it promised before nothing was seen.
        assert!(audit_of(&looks[2..], bens).pairs.is_empty());
    }
}

/// An export shows no past of it: it says no more of the two than one without the series.
#[test]
fn a_single_export_of_a_cancelled_series_tells_no_losses() {
    let mut options = Options::at(moment("02-10T00:00"));
    options.me = vec![BEN.to_owned()];
    options.manager = Some(MAYA.to_owned());
    let mut audit = Audit::new(options);
    let events = series(BOTH, "STATUS:CANCELLED\nSEQUENCE:1");
    let text = format!("BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n");
    audit
        .calendar("ben.ics", Some(BEN), None, &mut text.as_bytes())
        .expect("bytes in memory can be read");
    assert!(audit.finish().pairs.is_empty());
}

#[test]
fn whoever_was_on_the_calendar_once_is_no_stranger_to_it() {
    let alone = series(&[MAYA], "").replace("1:1 Maya / Ben", "1:1");
    let once = format!("{alone}{}", on_the_13th(BOTH, ""));
    let report = audit(&[("01-02T12:00", MAYA, &once), ("01-09T12:00", MAYA, &alone)]);
    let warned = |report: &Report| report.warnings.iter().any(|w| w.code == "unknown_person");
    assert!(!warned(&report), "{:?}", report.warnings);
    assert!(warned(&audit(&[("01-02T12:00", MAYA, &alone)])));
    let why = |report: &Report| report.doubtful[0].why.last().cloned();
    let without = "but the series names no second person";
    assert_eq!(why(&report).as_deref(), Some(without));
}

/// What an instance's own event says whose series is cancelled as a whole (RFC 5546 §3.2.5 takes all of it off; many programs
/// leave the events of instances as they were).
#[test]
fn an_instance_of_a_cancelled_series_stands_only_where_it_was_put_on_afterwards() {
    let bens = |options: &mut Options| {
        options.me = vec![BEN.to_owned()];
        options.manager = Some(MAYA.to_owned());
    };
    let whole = series(BOTH, "LAST-MODIFIED:20260102T100000Z");
    let cancelled = series(
        BOTH,
        "STATUS:CANCELLED\nSEQUENCE:1\nLAST-MODIFIED:20260116T113000Z",
    );
    let unsaid = series(BOTH, "STATUS:CANCELLED");
    // The 20th was put to 15:00.
    let own = |lines: &str| {
        let lines = format!("RECURRENCE-ID:20260120T140000Z\n{lines}");
        entry("20260120T150000", BOTH, &lines)
    };
    let told_of = |whole: &str, before: &str, now: &str, org: bool| {
        let looks = [
            ("01-02T12:00", BEN, whole),
            ("01-16T11:00", BEN, before),
            ("01-16T12:00", BEN, now),
        ];
        told(&audit_of(&looks, |options| {
            bens(options);
            if org {
                let org = format!("email,manager\n{MAYA},\n{BEN},{MAYA}\n");
                options.org = Some(org_file::parse(&org).expect("an organisation file"));
            }
        }))
    };
    let ended = ["6 Jan kept", "13 Jan kept", "ended 2026-01-16"];
    // As it was before the series was cancelled.
    let stale = own("STATUS:CONFIRMED\nLAST-MODIFIED:20260110T100000Z");
    let (before, now) = (format!("{whole}{stale}"), format!("{cancelled}{stale}"));
    assert_eq!(told_of(&whole, &before, &now, false), ended);
    // Put on afterwards.
    let later = own("STATUS:CONFIRMED\nSEQUENCE:2\nLAST-MODIFIED:20260116T114000Z");
    let now = format!("{cancelled}{later}");
    let told = told_of(&whole, &whole, &now, false);
    assert!(told[2].starts_with("20 Jan nudged"), "{told:?}");
    // Nothing says which came first; and where one says this and another that.
    let plain = series(BOTH, "");
    let silent = own("STATUS:CONFIRMED");
    let at_odds = own("STATUS:CONFIRMED\nSEQUENCE:3\nLAST-MODIFIED:20260110T100000Z");
    for (whole, own, cancelled) in [(&plain, &silent, &unsaid), (&whole, &at_odds, &cancelled)] {
        let (before, now) = (format!("{whole}{own}"), format!("{cancelled}{own}"));
        assert_eq!(told_of(whole, &before, &now, false), ended);
        let told = told_of(whole, &before, &now, true);
        assert!(told[2].starts_with("20 Jan unknown"), "{told:?}");
    }
}

/// What is past of a series that is deleted and made anew was not itself changed.
#[test]
fn one_that_was_over_when_its_series_was_made_anew_was_not_changed_afterwards() {
    let whole = series(BOTH, "");
    let anew = entry("20260127T140000", BOTH, "RRULE:FREQ=WEEKLY").replace("UID:a", "UID:b");
    let report = audit(&[
        ("01-02T12:00", MAYA, &whole),
        ("01-21T12:00", MAYA, &whole),
        ("01-21T13:00", MAYA, &anew),
    ]);
    assert_eq!(told(&report), ALL_KEPT);
    let [pair] = &report.pairs[..] else {
        panic!("one 1:1");
    };
    assert!(pair.occurrences.iter().all(|o| !o.changed_afterwards));
    let on = "its entry was taken off the calendar and made anew on 21 January 2026";
    assert!(pair.facts[0].starts_with(on), "{:?}", pair.facts);
    // One that was itself taken off afterwards was.
    let without = series(BOTH, "EXDATE:20260113T140000Z");
    let report = audit(&[
        ("01-02T12:00", MAYA, &whole),
        ("01-21T12:00", MAYA, &whole),
        ("01-21T13:00", MAYA, &without),
    ]);
    assert_eq!(told(&report), ALL_KEPT);
    let changed = report.pairs[0].occurrences.iter();
    assert_eq!(changed.filter(|o| o.changed_afterwards).count(), 1);
}
