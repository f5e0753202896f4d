//! Traps that real histories hold, each by itself: a weekly 1:1 of Maya and Ben on Tuesdays at 15:00 in Berlin, from
//! 6 January 2026, seen over time.

mod away_and_back;
mod first_look;
mod refused;
mod series_changes;
mod split_before;

use steadfast_app::{
    audit::{Audit, Options},
    report::Report,
};
use steadfast_calendar::Instant;

const MAYA: &str = "maya@example.com";

/// The series; `more` goes into the master.
fn series(uid: &str, start: &str, more: &str) -> String {
    event(uid, start, &format!("RRULE:FREQ=WEEKLY\n{more}"))
}

/// One VEVENT of the two, half an hour from `start` (local, Berlin).
fn event(uid: &str, start: &str, more: &str) -> String {
    titled("1:1 Maya / Ben", uid, start, more)
}

fn titled(title: &str, uid: &str, start: &str, more: &str) -> String {
    format!(
        "BEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20260101T000000Z\nDTSTART;TZID=Europe/Berlin:{start}\nDURATION:PT30M\n\
         SUMMARY:{title}\nORGANIZER:mailto:{MAYA}\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{MAYA}\n\
         ATTENDEE;PARTSTAT=ACCEPTED:mailto:ben@example.com\n{more}\nEND:VEVENT\n"
    )
}

/// Another meeting, so that a calendar never looks empty.
fn others() -> String {
    (1..=4)
        .map(|n| {
            format!(
                "BEGIN:VEVENT\nUID:other{n}\nDTSTART:20260107T0{n}0000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY\n\
                 SUMMARY:Other {n}\nEND:VEVENT\n"
            )
        })
        .collect()
}

fn moment(text: &str) -> Instant {
    text.parse::<jiff::Timestamp>().expect("a moment").into()
}

/// Audits Maya's calendar as seen at these moments, now being 1 March 2026.
fn audit(snapshots: &[(&str, &str)]) -> Report {
    let mut options = Options::at(moment("2026-03-01T00:00:00Z"));
    options.from = Some(jiff::civil::date(2026, 1, 1));
    options.me = vec![MAYA.to_owned()];
    options.reports = vec!["ben@example.com".to_owned()];
    let mut audit = Audit::new(options);
    for (at, events) in snapshots {
        let at = moment(at);
        audit.snapshot(at);
        let text = format!(
            "BEGIN:VCALENDAR\nVERSION:2.0\n{events}{}END:VCALENDAR\n",
            others()
        );
        audit
            .calendar("maya.ics", Some(MAYA), Some(at), &mut text.as_bytes())
            .expect("bytes in memory can be read");
    }
    audit.snapshot(moment("2026-03-01T00:00:00Z"));
    audit.finish()
}

/// Audits one export of hers, now being 1 March 2026.
fn exported(events: &str) -> Report {
    let mut options = Options::at(moment("2026-03-01T00:00:00Z"));
    options.from = Some(jiff::civil::date(2026, 1, 1));
    options.me = vec![MAYA.to_owned()];
    options.reports = vec!["ben@example.com".to_owned()];
    let mut audit = Audit::new(options);
    // Written on the day before; an export in which nothing was touched for long is taken to be old.
    let events = events.replace("DTSTAMP:20260101T000000Z", "DTSTAMP:20260228T000000Z");
    let text = format!("BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n");
    audit
        .calendar("maya.ics", Some(MAYA), None, &mut text.as_bytes())
        .expect("bytes in memory can be read");
    audit.finish()
}

/// What became of each promise: `day verdict` lines, those that stood without any change left out.
fn told(report: &Report) -> Vec<String> {
    assert_eq!(report.pairs.len(), 1, "one relationship");
    report.pairs[0]
        .occurrences
        .iter()
        .filter(|o| o.verdict.to_string() != "kept" && o.verdict.to_string() != "open q:0")
        .map(|o| {
            format!(
                "{} {}",
                o.promised.start.date(&report.zone).strftime("%-d %b"),
                o.verdict
            )
        })
        .collect()
}

/// The promises of January and February.
const TUESDAYS: usize = 8;

fn check(name: &str, snapshots: &[(&str, &str)], expected: &[&str]) {
    let report = audit(snapshots);
    assert_eq!(told(&report), expected, "{name}");
    assert_eq!(report.pairs[0].occurrences.len(), TUESDAYS, "{name}");
}

#[test]
fn a_feed_whose_window_rolls_changes_nothing() {
    let moved = event(
        "a",
        "20260114T150000",
        "RECURRENCE-ID;TZID=Europe/Berlin:20260113T150000\nSEQUENCE:1\nLAST-MODIFIED:20260112T090000Z",
    );
    let first = series("a", "20260106T150000", "");
    check(
        "old overrides vanish, DTSTART advances along its rule",
        &[
            ("2026-01-01T00:00:00Z", &first),
            ("2026-01-12T10:00:00Z", &format!("{first}{moved}")),
            ("2026-02-01T00:00:00Z", &series("a", "20260127T150000", "")),
            ("2026-02-20T00:00:00Z", &series("a", "20260217T150000", "")),
        ],
        &["13 Jan moved notice:short/1740 hops:1 by:manager disruption"],
    );
}

#[test]
fn a_cancelled_title_and_then_an_exdate_are_one_cancelled_occurrence() {
    let first = series("a", "20260106T150000", "");
    let titled = titled(
        "Canceled: 1:1 Maya / Ben",
        "a",
        "20260120T150000",
        "RECURRENCE-ID;TZID=Europe/Berlin:20260120T150000\nSEQUENCE:1\nLAST-MODIFIED:20260119T140000Z",
    );
    check(
        "title first, EXDATE two days later",
        &[
            ("2026-01-01T00:00:00Z", &first),
            ("2026-01-19T15:00:00Z", &format!("{first}{titled}")),
            (
                "2026-01-22T00:00:00Z",
                &series(
                    "a",
                    "20260106T150000",
                    "EXDATE;TZID=Europe/Berlin:20260120T150000\nSEQUENCE:2\nLAST-MODIFIED:20260121T100000Z",
                ),
            ),
        ],
        &["20 Jan cancelled notice:short/1440 hops:1 by:manager loss"],
    );
}

#[test]
fn an_instance_tidied_away_after_it_took_place_was_kept() {
    check(
        "EXDATE the day after",
        &[
            ("2026-01-01T00:00:00Z", &series("a", "20260106T150000", "")),
            (
                "2026-01-20T15:00:00Z",
                &series(
                    "a",
                    "20260106T150000",
                    "CLASS:PUBLIC\nSEQUENCE:0\nLAST-MODIFIED:20260120T145900Z",
                ),
            ),
            (
                "2026-01-21T15:00:00Z",
                &series(
                    "a",
                    "20260106T150000",
                    "EXDATE;TZID=Europe/Berlin:20260120T150000\nSEQUENCE:1\nLAST-MODIFIED:20260121T100000Z",
                ),
            ),
        ],
        &[],
    );
}

#[test]
fn new_uids_at_every_export_change_nothing() {
    check(
        "three exports",
        &[
            ("2026-01-01T00:00:00Z", &series("a", "20260106T150000", "")),
            ("2026-01-15T00:00:00Z", &series("b", "20260106T150000", "")),
            ("2026-02-15T00:00:00Z", &series("c", "20260106T150000", "")),
        ],
        &[],
    );
}

#[test]
fn an_override_without_its_master_names_the_slot_it_was_promised_in() {
    let master = series(
        "a",
        "20260106T150000",
        "EXDATE;TZID=Europe/Berlin:20260120T150000",
    );
    let orphan = event(
        "z",
        "20260120T170000",
        "RECURRENCE-ID;TZID=Europe/Berlin:20260120T150000\nLAST-MODIFIED:20260118T150000Z",
    );
    let report = audit(&[("2026-01-01T00:00:00Z", &format!("{master}{orphan}"))]);
    assert_eq!(
        told(&report),
        ["20 Jan nudged made_good hops:1 by:unknown q:0.5"]
    );
}

#[test]
fn an_older_copy_that_arrives_late_undoes_nothing() {
    let first = series(
        "a",
        "20260106T150000",
        "SEQUENCE:0\nLAST-MODIFIED:20260101T000000Z",
    );
    let cut = series(
        "a",
        "20260106T150000",
        "EXDATE;TZID=Europe/Berlin:20260120T150000\nSEQUENCE:1\nLAST-MODIFIED:20260119T130000Z",
    );
    check(
        "the first state comes once more",
        &[
            ("2026-01-01T00:00:00Z", &first),
            ("2026-01-19T14:00:00Z", &cut),
            ("2026-01-20T10:00:00Z", &first),
            ("2026-01-25T10:00:00Z", &cut),
        ],
        &["20 Jan cancelled notice:short/1500 hops:1 by:manager loss"],
    );
}

#[test]
fn a_zone_that_is_spelt_anew_moves_nothing() {
    let renamed = series("a", "20260106T150000", "").replace("Europe/Berlin", "Europe/Amsterdam");
    check(
        "Berlin becomes Amsterdam",
        &[
            ("2026-01-01T00:00:00Z", &series("a", "20260106T150000", "")),
            ("2026-01-15T00:00:00Z", &renamed),
        ],
        &[],
    );
}

#[test]
fn a_change_seen_only_after_the_fact_is_as_certain_as_what_it_says_of_itself() {
    let first = series("a", "20260106T150000", "");
    let gone = |more: &str| {
        series(
            "a",
            "20260106T150000",
            &format!("EXDATE;TZID=Europe/Berlin:20260120T150000\n{more}"),
        )
    };
    check(
        "LAST-MODIFIED tells when",
        &[
            ("2026-01-15T00:00:00Z", &first),
            (
                "2026-01-25T00:00:00Z",
                &gone("SEQUENCE:1\nLAST-MODIFIED:20260120T120000Z"),
            ),
        ],
        &["20 Jan cancelled notice:short/120 hops:1 by:manager loss"],
    );
    check(
        "nothing tells whether it was before or after",
        &[
            ("2026-01-15T00:00:00Z", &first),
            ("2026-01-25T00:00:00Z", &gone("")),
        ],
        &["20 Jan unknown q:0"],
    );
}

#[test]
fn a_series_made_anew_at_another_time_moves_what_was_firm_and_replans_the_rest() {
    let until = series("a", "20260106T150000", "")
        .replace("FREQ=WEEKLY", "FREQ=WEEKLY;UNTIL=20260113T235959Z");
    let anew = series("b", "20260121T100000", "");
    let report = audit(&[
        ("2026-01-01T00:00:00Z", &series("a", "20260106T150000", "")),
        (
            "2026-01-18T09:00:00Z",
            &series(
                "a",
                "20260106T150000",
                "CLASS:PUBLIC\nSEQUENCE:0\nLAST-MODIFIED:20260118T080000Z",
            ),
        ),
        ("2026-01-19T09:00:00Z", &format!("{until}{anew}")),
    ]);
    assert_eq!(
        told(&report),
        ["20 Jan moved notice:fair/3180[1740..3180] hops:1 by:unknown q:0.5 disruption"]
    );
    assert_eq!(report.pairs[0].re_timed.len(), 1);
}

#[test]
fn a_vanished_calendar_is_a_gap() {
    let whole = series("a", "20260106T150000", "");
    let mut options = Options::at(moment("2026-03-01T00:00:00Z"));
    options.me = vec![MAYA.to_owned()];
    options.reports = vec!["ben@example.com".to_owned()];
    let mut audit = Audit::new(options);
    let full = format!(
        "BEGIN:VCALENDAR\nVERSION:2.0\n{whole}{}END:VCALENDAR\n",
        others()
    );
    let empty = "BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n".to_owned();
    let half = full[..full.len() / 2].to_owned();
    for (at, text) in [
        ("2026-01-01T00:00:00Z", &full),
        ("2026-01-15T00:00:00Z", &empty),
        ("2026-01-25T00:00:00Z", &full),
        ("2026-02-05T00:00:00Z", &half),
        ("2026-02-15T00:00:00Z", &full),
    ] {
        let at = moment(at);
        audit.snapshot(at);
        audit
            .calendar("maya.ics", Some(MAYA), Some(at), &mut text.as_bytes())
            .expect("bytes in memory can be read");
    }
    audit.snapshot(moment("2026-03-01T00:00:00Z"));
    let report = audit.finish();
    assert_eq!(told(&report), Vec::<String>::new());
    assert_eq!(report.evidence.gaps.len(), 2);
}

/// The team's meeting of four on Tuesdays at 15:00 in Berlin, from 3 February on.
fn team(more: &str) -> String {
    event(
        "team",
        "20260203T150000",
        &format!("RRULE:FREQ=WEEKLY{more}"),
    )
    .replace("SUMMARY:1:1 Maya / Ben", "SUMMARY:Team meeting")
    .replace(
        "END:VEVENT",
        "ATTENDEE:mailto:ana@example.com\nATTENDEE:mailto:eve@example.com\nEND:VEVENT",
    )
}

/// How often the 1:1 gave way, of how many conflicts.
fn gave_way(snapshots: &[(&str, &str)]) -> (usize, usize) {
    let created = |events: &str| events.replace("DTSTAMP", "CREATED:20251201T000000Z\nDTSTAMP");
    let snapshots: Vec<(&str, String)> = snapshots
        .iter()
        .map(|(at, events)| (*at, created(events)))
        .collect();
    let snapshots: Vec<(&str, &str)> = snapshots
        .iter()
        .map(|(at, events)| (*at, &**events))
        .collect();
    let report = audit(&snapshots);
    let all = report.comparisons.iter().flat_map(|c| &c.head_to_head);
    all.fold((0, 0), |(gave_way, of), one| {
        (gave_way + one.one_on_one_gave_way, of + one.conflicts)
    })
}

#[test]
fn what_goes_with_its_series_long_before_gives_way_to_nothing() {
    let first = series("a", "20260106T150000", "");
    let both = format!("{first}{}", team(""));
    let seen = |after: &str| {
        let after = format!("{after}{}", team(""));
        gave_way(&[
            ("2026-01-02T00:00:00Z", &both),
            ("2026-01-10T00:00:00Z", &after),
        ])
    };
    let ended = first.replace("FREQ=WEEKLY", "FREQ=WEEKLY;UNTIL=20260113T235959Z");
    let anew = series("b", "20260115T110000", "");
    assert_eq!(
        seen(&format!("{ended}{anew}")),
        (0, 0),
        "re-timed before there was a promise"
    );
    let without = series(
        "a",
        "20260106T150000",
        "EXDATE;TZID=Europe/Berlin:20260203T150000\nSEQUENCE:1",
    );
    assert_eq!(
        seen(&without),
        (1, 1),
        "one taken off on its own was promised all the same"
    );
    let team_ended = team(";UNTIL=20260204T000000Z");
    let seen = gave_way(&[
        ("2026-01-02T00:00:00Z", &both),
        ("2026-01-10T00:00:00Z", &format!("{first}{team_ended}")),
    ]);
    assert_eq!(
        seen,
        (0, 0),
        "nor does the team's meeting give way once its series has ended"
    );
}
