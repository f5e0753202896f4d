//! One thing is told by one word, and what is told says enough: what gave way and stood, what was lost and made good,
//! whose clock it is, until which day, and what could be done.

mod one_calendar;
mod terminal;

use jiff::tz::TimeZone;
use one_calendar::audit;
use steadfast_app::{
    audit::{Options, org_file},
    report::html,
};
use terminal::{says, shown};

fn people(lines: &mut String, others: &[&str]) {
    for who in others {
        lines.push_str(&format!(
            "ATTENDEE;PARTSTAT=ACCEPTED:mailto:{who}@example.com\n"
        ));
    }
}

/// Half an hour from `start` on, organised by Maya, with these people and lines besides.
fn event(uid: &str, start: &str, others: &[&str], more: &str) -> String {
    let mut lines = format!(
        "BEGIN:VEVENT\nUID:{uid}\nSUMMARY:{uid}\nDTSTART:{start}\nDURATION:PT30M\n\
         ORGANIZER:mailto:maya@example.com\nCREATED:20250101T000000Z\n"
    );
    people(&mut lines, &["maya"]);
    people(&mut lines, others);
    format!("{lines}{more}\nEND:VEVENT\n")
}

/// The 1:1 with Ben on Tuesdays at 14:00 UTC, with these dates taken out.
fn ben(without: &str) -> String {
    let without = match without {
        "" => String::new(),
        dates => format!("\nEXDATE:{dates}"),
    };
    let rule = format!("RRULE:FREQ=WEEKLY{without}");
    event("1:1 Ben", "20251202T140000Z", &["ben"], &rule)
}

/// One of them put elsewhere, at nine in the morning of that day.
fn moved(was: &str, to: &str) -> String {
    let day = was.get(..8).unwrap_or(was);
    let more = format!("RECURRENCE-ID:{was}\nSEQUENCE:1\nLAST-MODIFIED:{day}T090000Z");
    event("1:1 Ben", to, &["ben"], &more)
}

fn reports(options: &mut Options) {
    options.reports = vec!["ben@example.com".to_owned()];
}

#[test]
fn a_nudge_that_gave_way_is_told_as_one_that_counts_as_stood() {
    let events = [
        ben(""),
        moved("20260203T140000Z", "20260203T150000Z"),
        event("leadership", "20260203T140000Z", &["x", "y", "z"], ""),
    ];
    let report = audit(&events, reports);
    says(
        &shown(&report),
        &[
            "the 1:1 was nudged within the day, which counts as stood.",
            "1 nudged within the day counts as stood.",
            "13 of 13 stood; reads as reliably kept",
        ],
    );
    says(&html(&report), &["which counts as stood."]);
}

#[test]
fn a_reading_that_rests_on_more_than_is_shown_says_so() {
    let few = audit(&[ben("")], |options| {
        reports(options);
        options.from = Some(jiff::civil::date(2026, 2, 20));
    });
    says(
        &shown(&few),
        &["1 of 1 stood; reads as reliably kept, with the 12 before"],
    );
}

#[test]
fn what_the_comparison_counts_as_having_given_way_is_told_of_each_one_as_well() {
    let events = [
        ben(""),
        moved("20260203T140000Z", "20260205T140000Z"),
        // It stood there for a year: most likely nothing is said to have displaced the other.
        event("leadership", "20260203T140000Z", &["x", "y", "z"], ""),
    ];
    let report = audit(&events, reports);
    says(
        &shown(&report),
        &["Once a 1:1 and a leadership meeting wanted the same time; the 1:1 gave way."],
    );
    let page = html(&report);
    says(
        &page,
        &[
            ">3 February</a> (moved to 5 February).",
            "; it gave way to a leadership meeting.",
        ],
    );
}

#[test]
fn a_lost_one_beside_one_made_good_is_told_apart_from_it() {
    let events = [
        ben("20260113T140000Z,20260203T140000Z"),
        event("with Ben", "20260115T140000Z", &["ben"], ""),
    ];
    let report = audit(&events, reports);
    says(
        &shown(&report),
        &[
            "1 moved (lost first, made good on 15 January)",
            "1 lost and not made good",
            "◎ lost, made good   ○ lost",
        ],
    );
    says(
        &html(&report),
        &["lost, made good on Thu 15 January, 14:00"],
    );
}

#[test]
fn a_report_reads_kept_wherever_a_manager_reads_stood() {
    let events = [ben(""), moved("20260203T140000Z", "20260203T150000Z")];
    let report = audit(&events, |options| {
        options.me = vec!["ben@example.com".to_owned()];
        options.manager = Some("maya@example.com".to_owned());
    });
    assert!(!shown(&report).contains("stood"), "{}", shown(&report));
    says(&html(&report), &["<span>kept</span>", "Kept as promised."]);
    says(
        &shown(&report),
        &[
            "kept 13 of 13; reads as reliably kept",
            "● kept   ◐ nudged",
            "counts as kept",
        ],
    );
    says(
        &html(&audit(&events, reports)),
        &["<span>stood</span>", "Stood as promised."],
    );
}

/// Lost here and there, and nobody knows by whom: no band is said.
const SOME_LOST: &str = "20251216T140000Z,20260106T140000Z,20260120T140000Z";

#[test]
fn what_is_still_owed_is_followed_by_what_would_make_it_good() {
    let lost = format!("{SOME_LOST},20260224T140000Z");
    let report = audit(&[ben(&lost)], reports);
    says(
        &shown(&report),
        &[
            "The one of Tue 24 February, 14:00 is not made good yet; a new place before Tue 3 March, 14:00 would do it.",
        ],
    );
    says(&html(&report), &["is not made good yet"]);
    // Its new place stands already.
    let place = event("1:1 Ben again", "20260302T100000Z", &["ben"], "");
    let report = audit(&[ben(&lost), place], reports);
    says(
        &shown(&report),
        &[
            "The one of Tue 24 February, 14:00 is made good once the one of Mon 2 March, 10:00 takes place.",
        ],
    );
    assert!(!shown(&report).contains("not made good yet"));
    let asked = audit(&[ben(&lost)], |options| {
        options.me = vec!["ben@example.com".to_owned()];
        options.manager = Some("maya@example.com".to_owned());
    });
    assert!(!shown(&asked).contains("made good yet"));
}

#[test]
fn the_next_one_under_something_else_is_named_where_it_is_not_steady() {
    let other = event("review", "20260303T140000Z", &["x", "y", "z"], "");
    let report = audit(&[ben(SOME_LOST), other.clone()], reports);
    says(
        &shown(&report),
        &[
            "Something else on your calendar is at the time of the next one, Tue 3 March, 14:00; moving that would keep this.",
        ],
    );
    let steady = shown(&audit(&[ben(""), other], reports));
    assert!(!steady.contains("at the time of the next"), "{steady}");
    let nothing_next = shown(&audit(&[ben(SOME_LOST)], reports));
    says(
        &nothing_next,
        &["When one has to go, a new place before the next one makes it good."],
    );
}

#[test]
fn another_clock_is_named_where_it_shows_another_time() {
    let org = "email,name,manager,time_zone\nmaya@example.com,Maya,,America/Sao_Paulo\n\
               ben@example.com,Ben,maya@example.com,Asia/Tokyo\n";
    let declare = |options: &mut Options| {
        options.org = org_file::parse(org).ok();
        assert!(options.org.is_some());
    };
    let report = audit(&[ben("")], declare);
    says(
        &shown(&report),
        &[
            "times in America/Sao_Paulo",
            "weekly, Tue 11:00 (23:00 in Tokyo)",
        ],
    );
    says(&html(&report), &["weekly, Tue 11:00 (23:00 in Tokyo)"]);
    let asked_for = audit(&[ben("")], |options| {
        declare(options);
        options.zone = TimeZone::get("Asia/Tokyo").ok();
    });
    says(
        &shown(&asked_for),
        &["weekly, Tue 23:00 (11:00 in Sao Paulo)"],
    );
    let alike = shown(&audit(&[ben("")], reports));
    assert!(
        !alike.contains("times in") && !alike.contains(" in UTC"),
        "{alike}"
    );
}

#[test]
fn at_midnight_the_last_day_told_is_the_one_that_ended() {
    let report = audit(&[ben("")], reports);
    says(&shown(&report), &["– 28 Feb 2026"]);
}

#[test]
fn whose_calendar_it_is_is_said_in_words() {
    let report = audit(&[ben("")], |options| {
        options.me.clear();
        options.reports = vec!["ben@example.com".to_owned()];
    });
    says(
        &shown(&report),
        &["(maya@example.com, in every meeting of this calendar)"],
    );
}

#[test]
fn of_several_whose_side_is_not_known_none_is_placed() {
    let weekly = "RRULE:FREQ=WEEKLY";
    let two = [
        event("1:1 Ben", "20251202T140000Z", &["ben"], weekly),
        event("1:1 Kim", "20251203T140000Z", &["kim"], weekly),
    ];
    let both = audit(&two, |_| ());
    let said = both.to_be_sure.expect("neither is declared");
    assert!(
        said.contains("--manager BOSS --reports REPORT,REPORT"),
        "{said}"
    );
    let one = audit(&two[..1], |_| ());
    let said = one.to_be_sure.expect("Ben is not declared");
    assert!(said.contains("--manager ben@example.com"), "{said}");
}

#[test]
fn a_one_on_one_of_three_is_told_beside_those_that_count() {
    let weekly = "RRULE:FREQ=WEEKLY";
    let events = [
        event("1:1 Ben", "20251202T140000Z", &["ben"], weekly),
        event("1:1 Kim", "20251203T140000Z", &["kim", "notes"], weekly),
    ];
    let page = shown(&audit(&events, reports));
    assert!(page.contains("“1:1 Kim”"), "{page}");
    assert!(page.contains("it names 3 people"), "{page}");
    let both = |options: &mut Options| {
        options.reports = vec!["ben@example.com".to_owned(), "kim@example.com".to_owned()];
    };
    assert!(audit(&events, both).without_one_on_one.is_empty());
    let told = |options: &mut Options| {
        both(options);
        let file = "email,kind\nnotes@example.com,bot\n";
        options.org = Some(org_file::parse(file).expect("a file"));
    };
    assert_eq!(audit(&events, told).pairs.len(), 2);
}
