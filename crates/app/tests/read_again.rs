//! Words that readers tripped over: each with the calendar of which it is said. A weekly 1:1 of Maya and Ben since January 2026,
//! told in July.

use steadfast_app::{
    audit::{Audit, Options, org_file},
    report::{Report, TextStyle, html, text},
};
use steadfast_calendar::Instant;
use steadfast_ledger::verdict::Outcome;

const MAYA: &str = "maya@example.com";
const BEN: &str = "ben@example.com";
const NOW: &str = "2026-07-21T20:00:00Z";

fn moment(text: &str) -> Instant {
    text.parse::<jiff::Timestamp>().expect("a moment").into()
}

/// An event of Maya's and Ben's, with these times and lines.
fn event(uid: &str, start: &str, lines: &str) -> String {
    format!(
        "BEGIN:VEVENT\nUID:{uid}\nDTSTART{start}\nDURATION:PT30M\nSUMMARY:1:1 Maya / Ben\nDTSTAMP:20260721T190000Z\n\
         ORGANIZER;CN=Maya:mailto:{MAYA}\nATTENDEE;PARTSTAT=ACCEPTED;CN=Maya:mailto:{MAYA}\n\
         ATTENDEE;PARTSTAT=ACCEPTED;CN=Ben:mailto:{BEN}\n{lines}END:VEVENT\n"
    )
}

/// Tuesdays at 14:00 UTC.
fn weekly(lines: &str) -> String {
    event(
        "a",
        ":20260106T140000Z",
        &format!("RRULE:FREQ=WEEKLY\n{lines}"),
    )
}

/// One of them, moved to that time by the organiser.
fn moved(from: &str, to: &str) -> String {
    let lines = format!(
        "RECURRENCE-ID:2026{from}T140000Z\nSEQUENCE:1\nLAST-MODIFIED:2026{from}T090000Z\nCREATED:20260101T000000Z\n"
    );
    event("a", &format!(":2026{to}00Z"), &lines)
}

fn leave(day: &str, next: &str) -> String {
    format!(
        "BEGIN:VEVENT\nUID:away{day}\nDTSTART;VALUE=DATE:2026{day}\nDTEND;VALUE=DATE:2026{next}\nSUMMARY:Vacation\n\
         DTSTAMP:20260721T190000Z\nX-MICROSOFT-CDO-BUSYSTATUS:OOF\nEND:VEVENT\n"
    )
}

/// What is told of `whose` calendar, in one state or as it was looked at then.
fn audit(whose: &str, events: &str, at: Option<&str>, set: impl FnOnce(&mut Options)) -> Report {
    let mut options = Options::at(moment(NOW));
    options.me = vec![whose.to_owned()];
    options.source_words = "x.ics".to_owned();
    set(&mut options);
    let mut audit = Audit::new(options);
    let at = at.map(moment);
    if let Some(at) = at {
        audit.snapshot(at);
    }
    let text = format!("BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n");
    audit
        .calendar("x.ics", Some(whose), at, &mut text.as_bytes())
        .expect("bytes in memory can be read");
    audit.finish()
}

fn told(report: &Report) -> String {
    let style = TextStyle {
        width: 2_000,
        colour: false,
        unicode: true,
    };
    let told = text(report, &style);
    told.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn of_maya(options: &mut Options) {
    options.manager = Some(MAYA.to_owned());
}

fn of_ben(options: &mut Options) {
    options.reports = vec![BEN.to_owned()];
}

fn check(told: &str, says: &[&str], never: &[&str]) {
    for words in says {
        assert!(told.contains(words), "“{words}” is not in {told}");
    }
    for words in never {
        assert!(!told.contains(words), "“{words}” is in {told}");
    }
}

#[test]
fn the_next_one_of_a_calendar_that_was_last_looked_at_long_ago_stood_there_then() {
    let old = audit(MAYA, &weekly(""), Some("2026-07-06T12:00:00Z"), of_ben);
    let words =
        "As it was last seen, on 6 July, the next one from today stands on Tue 28 July, 14:00.";
    check(&told(&old), &[words], &["Next:"]);
    let now = audit(MAYA, &weekly(""), Some("2026-07-21T12:00:00Z"), of_ben);
    check(
        &told(&now),
        &["Next: Tue 28 July, 14:00."],
        &["last looked at"],
    );
    let of_july = weekly("").replace("DTSTAMP:20260721", "DTSTAMP:20260701");
    let words = "In the export, which seems to have been made on 1 July, the next one from today stands on Tue 28 July, 14:00.";
    check(
        &told(&audit(MAYA, &of_july, None, of_ben)),
        &[words],
        &["Next:"],
    );
}

#[test]
fn what_is_left_out_of_a_count_is_said_beside_it() {
    let events = [
        weekly("EXDATE:20260310T140000Z\n"),
        moved("0407", "0408T1400"),
        leave("0310", "0311"),
    ]
    .concat();
    let words = "1 of the last 26 that count (1 excused is left out) did not happen as promised";
    check(&told(&audit(MAYA, &events, None, of_ben)), &[words], &[]);
    let plain = [weekly(""), moved("0407", "0408T1400")].concat();
    let words = "1 of the last 27 did not happen as promised";
    check(
        &told(&audit(MAYA, &plain, None, of_ben)),
        &[words],
        &["left out"],
    );
}

#[test]
fn a_side_that_was_not_taken_is_explained_where_the_command_takes_one() {
    let told = told(&audit(BEN, &weekly(""), None, |_| ()));
    let words = [
        "so I took no side. The command below is for a boss; if Maya reports to you, write --reports in the place of --manager.",
        "--manager maya@example.com",
    ];
    check(&told, &words, &[]);
}

#[test]
fn whose_leave_it_is_is_known_where_one_calendar_was_read() {
    let events = [weekly("EXDATE:20260310T140000Z\n"), leave("0310", "0311")].concat();
    let told = told(&audit(BEN, &events, None, |_| ()));
    check(&told, &["leave on your calendar"], &["of one of the two"]);
}

#[test]
fn of_a_calendar_that_was_not_read_it_is_said_what_its_invitation_shows() {
    let events = [weekly(""), moved("0407", "0408T1400")].concat();
    let report = audit(BEN, &events, None, of_maya);
    let words = "moved to Wed 8 April, 14:00, with 5 hours’ notice or more, by an update of Maya’s invitation";
    check(&told(&report), &[words], &["side"]);
    // A report's own change is excused, in words that accuse nobody either.
    let declined = event(
        "a",
        ":20260407T140000Z",
        "RECURRENCE-ID:20260407T140000Z\nLAST-MODIFIED:20260407T090000Z\n",
    );
    let declined = declined.replace("PARTSTAT=ACCEPTED;CN=Ben", "PARTSTAT=DECLINED;CN=Ben");
    let events = [weekly(""), declined].concat();
    let told = told(&audit(MAYA, &events, None, of_ben));
    check(
        &told,
        &["1 is excused, and counts neither way: a declined answer from Ben."],
        &["side"],
    );
}

#[test]
fn how_it_reads_is_asked_only_where_that_says_more_than_the_counts() {
    let question = "How do these counts read, taken together?";
    let steady = audit(BEN, &weekly(""), None, of_maya);
    check(&told(&steady), &["reads as reliably kept"], &[question]);
    check(&html(&steady), &[], &[question]);
    let some = [
        moved("0512", "0513T1400"),
        moved("0526", "0527T1400"),
        moved("0609", "0610T1400"),
        moved("0623", "0624T1400"),
        moved("0707", "0708T1400"),
    ];
    let mixed = audit(BEN, &[weekly(""), some.concat()].concat(), None, of_maya);
    check(&told(&mixed), &[question], &["habit"]);
    let words = "That reads neither as reliably kept nor as a habit";
    check(
        &html(&mixed),
        &[question, words, "more than one in five"],
        &[],
    );
}

/// 1 May is a holiday in Germany and none in the Netherlands; Windows has one name for the time of both.
#[test]
fn a_zone_that_windows_names_tells_no_country() {
    let of_zone = |zone: &str, set: fn(&mut Options)| {
        let start = format!(";TZID={zone}:20260109T100000");
        let gone = format!("RRULE:FREQ=WEEKLY\nEXDATE;TZID={zone}:20260501T100000\n");
        told(&audit(MAYA, &event("a", &start, &gone), None, set))
    };
    let unknown = "Whose public holidays count is not known where a calendar names its time zone as Windows does";
    let named = of_zone("Europe/Berlin", of_ben);
    let labor_day = "neither way: a public holiday in Germany (Labor Day).";
    check(&named, &[labor_day], &[unknown]);
    let windows = of_zone("W. Europe Standard Time", of_ben);
    check(&windows, &[unknown, "1 of the last"], &["a public holiday"]);
    let asked = of_zone("W. Europe Standard Time", |options| {
        of_ben(options);
        options.zone = Some(jiff::tz::TimeZone::get("Europe/Berlin").expect("a zone"));
    });
    check(&asked, &[labor_day], &[unknown]);
}

/// "No calendar has a holiday that day": it was that of the country in whose time the report lives.
#[test]
fn a_holiday_is_told_with_its_name_its_country_and_whose_it_is() {
    let of = |whose: &str, zone: &str| {
        let start = ";TZID=Asia/Tokyo:20260105T100000";
        let gone = "RRULE:FREQ=WEEKLY\nEXDATE;TZID=Asia/Tokyo:20260504T100000\n";
        let row = format!("email,name,manager,time_zone\n{BEN},Ben,{MAYA},{zone}\n");
        let report = audit(whose, &event("a", start, gone), None, |options| {
            options.org = Some(org_file::parse(&row).expect("an organisation file"));
        });
        told(&report)
    };
    let maya = "a public holiday in Japan (Greenery Day), by Ben’s time zone";
    check(&of(MAYA, "Asia/Tokyo"), &[maya], &[]);
    let ben = "a public holiday in Japan (Greenery Day), by your time zone";
    check(&of(BEN, "Asia/Tokyo"), &[ben], &[]);
    check(&of(MAYA, "Europe/Berlin"), &[], &["a public holiday"]);
}

/// A weekly 1:1 and so many other events of Maya's, all with the stamp of 17 July.
fn stamped(others: usize) -> String {
    let other = |n: usize| {
        let day = n + 1;
        format!(
            "BEGIN:VEVENT\nUID:gym{n}\nDTSTART:202603{day:02}T060000Z\nDURATION:PT30M\nSUMMARY:Gym\n\
             DTSTAMP:20260717T190000Z\nEND:VEVENT\n"
        )
    };
    let weekly = weekly("").replace("DTSTAMP:20260721", "DTSTAMP:20260717");
    std::iter::once(weekly)
        .chain((0..others).map(other))
        .collect()
}

#[test]
fn an_export_whose_events_have_one_stamp_knows_nothing_of_what_was_to_come_by_then() {
    let unknown = |events: &str| {
        let report = audit(MAYA, events, None, of_ben);
        let all = report.pairs[0].occurrences.iter();
        all.filter(|one| one.verdict.outcome == Outcome::Unknown)
            .count()
    };
    assert_eq!(unknown(&stamped(9)), 1, "that of 21 July");
    // Few events may have been written together, and one that was changed since has its own.
    assert_eq!(unknown(&stamped(8)), 0);
    let changed = stamped(12).replace("UID:gym1\n", "UID:gym1\nLAST-MODIFIED:20260718T070000Z\n");
    assert_eq!(unknown(&changed), 0);
}
