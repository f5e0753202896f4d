//! What those tripped over who read a report for the first time: how often both stayed, whose calendar was read at all, what
//! stood in leave, on which day something gave way, who sees it, and what to do where there is no 1:1.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod one_calendar;
mod sample;
mod terminal;

use jiff::tz::TimeZone;
use one_calendar::audit;
use steadfast_app::{
    audit::{Audit, Options},
    report::{Report, html, json},
};
use steadfast_calendar::Instant;
use steadfast_ledger::verdict::{Excuse, Outcome};
use terminal::{says, shown};

/// Half an hour from `start` on, organised by Maya, with these people and lines besides.
fn event(title: &str, start: &str, others: &[&str], more: &str) -> String {
    let people: String = std::iter::once(&"maya")
        .chain(others)
        .map(|who| format!("ATTENDEE;PARTSTAT=ACCEPTED:mailto:{who}@example.com\n"))
        .collect();
    format!(
        "BEGIN:VEVENT\nUID:{title}\nSUMMARY:{title}\nDTSTART:{start}\nDURATION:PT30M\n\
         ORGANIZER:mailto:maya@example.com\nCREATED:20250101T000000Z\n{people}{more}\nEND:VEVENT\n"
    )
}

/// The 1:1 with Ben on Tuesdays at 14:00 UTC.
fn ben(more: &str) -> String {
    let rule = format!("RRULE:FREQ=WEEKLY{more}");
    event("1:1 Ben", "20251202T140000Z", &["ben"], &rule)
}

/// The one of Tuesday 3 February put elsewhere.
fn moved(to: &str, more: &str) -> String {
    let more = format!("RECURRENCE-ID:20260203T140000Z\nLAST-MODIFIED:20260203T090000Z\n{more}");
    event("1:1 Ben", to, &["ben"], &more)
}

/// An entry of Maya's for herself.
fn own(title: &str, when: &str) -> String {
    format!(
        "BEGIN:VEVENT\nUID:{title}\nSUMMARY:{title}\n{when}\nCREATED:20260101T000000Z\nTRANSP:OPAQUE\nEND:VEVENT\n"
    )
}

fn reports(options: &mut Options) {
    options.reports = vec!["ben@example.com".to_owned()];
}

fn moment(text: &str) -> Instant {
    text.parse::<jiff::Timestamp>().unwrap().into()
}

/// Looks at calendars, by their moment: whose, and what was in it; audited on 1 March 2026.
fn history(looks: &[(&str, &str, &[String])], set: impl FnOnce(&mut Options)) -> Report {
    let mut options = Options::at(moment("2026-03-01T00:00:00Z"));
    set(&mut options);
    let mut audit = Audit::new(options);
    for (at, owner, events) in looks {
        let calendar = format!(
            "BEGIN:VCALENDAR\nVERSION:2.0\n{}END:VCALENDAR\n",
            events.concat()
        );
        let owner = format!("{owner}@example.com");
        let at = Some(moment(at));
        audit
            .calendar("look.ics", Some(&owner), at, &mut calendar.as_bytes())
            .unwrap();
    }
    audit.snapshot(moment("2026-03-01T00:00:00Z"));
    audit.finish()
}

#[test]
fn how_often_both_stayed_is_said_beside_how_often_one_gave_way() {
    let leadership = |number: usize, start: &str| {
        let title = format!("leadership ({number})");
        event(&title, start, &["x", "y", "z"], "")
    };
    let mut events = vec![
        ben(""),
        moved("20260205T140000Z", "SEQUENCE:1"),
        leadership(1, "20260203T140000Z"),
        // Where the first one went it met another, which is no second time.
        leadership(3, "20260205T140000Z"),
        leadership(2, "20260210T140000Z"),
    ];
    let report = audit(&events, reports);
    let page = html(&report);
    says(
        &shown(&report),
        &[
            "Once a 1:1 and a leadership meeting wanted the same time; the 1:1 gave way. Once more both stayed, which is not counted. \
           It gave way on 3 February (moved to 5 February). Both stayed on 10 February.",
        ],
    );
    says(&page, &["Once more both stayed, which is not counted."]);
    // Each day leads to its mark.
    for day in ["3 February", "10 February"] {
        let before = page.split_once(&format!("\">{day}</a>")).unwrap().0;
        let id = before.rsplit_once("href=\"#").unwrap().1;
        let story = page.split_once(&format!("id=\"{id}\"")).unwrap().1;
        says(story.split_once("</a>").unwrap().0, &[day]);
    }
    let mut written = Vec::new();
    json(&report, &mut written).unwrap();
    let value: serde_json::Value = serde_json::from_slice(&written).unwrap();
    let against = &value["comparisons"][0]["head_to_head"][0];
    assert_eq!(against["conflicts"], 1);
    assert_eq!(against["gave_way"][0], "2026-02-03T14:00:00+00:00");
    assert_eq!(against["both_stayed"], 1);
    // Where neither ever stayed beside the other, nothing is added.
    events.pop();
    let alone = shown(&audit(&events, reports));
    assert!(!alone.contains("both stayed"), "{alone}");
}

#[test]
fn one_that_was_cut_for_another_meeting_gave_way_by_it_and_was_not_put_back() {
    let cut = moved("20260203T140000Z", "SEQUENCE:1").replace("PT30M", "PT5M");
    let leadership = event("leadership", "20260203T141000Z", &["x", "y", "z"], "");
    let report = audit(&[ben(""), cut, leadership], reports);
    says(
        &shown(&report),
        &["It gave way on 3 February (and was cut short)."],
    );
    // Its mark there is that of what became of it.
    let page = html(&report);
    let row = page.split_once("class=\"conflict-row\"").unwrap().1;
    let row = row.split_once("</div>").unwrap().0;
    assert!(
        row.contains("\"lost\"") && !row.contains("\"moved\""),
        "{row}"
    );
}

#[test]
fn of_several_that_gave_way_it_is_said_that_these_are_not_all_that_met() {
    let mut report = sample::maya();
    let against = &mut report.comparisons[0].head_to_head[0];
    against.conflicts = 7;
    says(&shown(&report), &["the 1:1 gave way all 7 times."]);
    report.comparisons[0].head_to_head[0].both_stayed = 2;
    says(
        &shown(&report),
        &[
            "the 1:1 gave way all 7 times that one of the two did. Twice more both stayed, which is not counted.",
        ],
    );
}

#[test]
fn on_which_day_it_gave_way_and_for_which_it_had_been_promised_are_two_things() {
    let dentist = event("dentist", "20260205T140000Z", &[], "")
        .replace("CREATED:20250101T000000Z", "CREATED:20260204T000000Z");
    let first = [ben("")];
    let second = [ben(""), moved("20260205T140000Z", "SEQUENCE:1")];
    let third = [
        ben(""),
        moved("20260206T100000Z", "SEQUENCE:2").replace("0203T090000Z", "0204T120000Z"),
        dentist,
    ];
    let report = history(
        &[
            ("2026-01-01T00:00:00Z", "maya", &first),
            ("2026-02-03T10:00:00Z", "maya", &second),
            ("2026-02-04T13:00:00Z", "maya", &third),
        ],
        |options| {
            options.me = vec!["maya@example.com".to_owned()];
            reports(options);
        },
    );
    says(
        &shown(&report),
        &[
            "Once a 1:1 and a personal appointment wanted the same time; the 1:1 gave way. \
           It gave way on 5 February (promised for 3 February, moved to 6 February).",
        ],
    );
}

#[test]
fn a_calendar_is_named_only_where_it_was_read() {
    let before = [ben("")];
    let after = [ben(""), moved("20260205T140000Z", "SEQUENCE:1")];
    let both_ways = |owners: &[&str]| {
        let moments = [
            ("2026-01-01T00:00:00Z", &before[..]),
            ("2026-02-03T10:00:00Z", &after[..]),
        ];
        let looks: Vec<(&str, &str, &[String])> = moments
            .into_iter()
            .flat_map(|(at, events)| owners.iter().map(move |owner| (at, *owner, events)))
            .collect();
        shown(&history(&looks, |options| {
            options.me = vec!["ben@example.com".to_owned()];
            options.manager = Some("maya@example.com".to_owned());
        }))
    };
    let alone = both_ways(&["ben"]);
    says(&alone, &["by an update of Maya’s invitation"]);
    assert!(!alone.contains("Maya’s calendar"), "{alone}");
    let both = both_ways(&["ben", "maya"]);
    says(&both, &["from Maya’s calendar"]);
    assert!(!both.contains("Maya’s invitation"), "{both}");
}

const THAT_WEEK: &str = "DTSTART;VALUE=DATE:20260216\nDTEND;VALUE=DATE:20260221";

#[test]
fn what_stood_in_leave_is_said_to_have_and_that_nobody_knows_more() {
    let events = [ben(""), own("Vacation", THAT_WEEK)];
    let report = audit(&events, reports);
    let told = "1 that stood fell in leave on your calendar; whether it took place, a calendar cannot know.";
    let in_sum = "1 that stood fell in leave of one of the two; whether it took place, a calendar cannot know.";
    says(
        &shown(&report),
        &["13 of 13 stood; reads as reliably kept", told, in_sum],
    );
    says(&html(&report), &[told, in_sum, "<dt>In leave (1)</dt>"]);
    assert_eq!(report.comparisons[0].stood_in_leave, 1);
    let without = audit(&events[..1], reports);
    assert!(!shown(&without).contains("in leave"));
    assert_eq!(without.comparisons[0].stood_in_leave, 0);
}

#[test]
fn a_holiday_copied_into_ones_own_calendar_is_no_leave_where_the_country_keeps_one() {
    let excuse = |title: &str, day: &str, zone: &str| {
        let next = day.parse::<u32>().unwrap() + 1;
        let when = format!("DTSTART;VALUE=DATE:{day}\nDTEND;VALUE=DATE:{next}");
        let events = [
            ben(&format!("\nEXDATE:{day}T140000Z")),
            own(title, &when).replace("TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS:OOF\nTRANSP"),
        ];
        let report = audit(&events, |options| {
            reports(options);
            options.zone = TimeZone::get(zone).ok();
        });
        let mut all = report.pairs[0].occurrences.iter();
        let excused = all.find_map(|one| one.verdict.excused);
        if excused == Some(Excuse::Holiday) {
            let told = "a public holiday in Germany (Epiphany), on your calendar";
            says(&html(&report), &[told]);
        }
        excused
    };
    // Epiphany, a holiday in parts of Germany.
    let in_berlin = |title| excuse(title, "20260106", "Europe/Berlin");
    assert_eq!(in_berlin("Feiertag"), Some(Excuse::Holiday));
    assert_eq!(in_berlin("Heilige Drei Könige"), Some(Excuse::Holiday));
    assert_eq!(in_berlin("Urlaub"), Some(Excuse::LeaveManager));
    let plain_day = excuse("Feiertag", "20260113", "Europe/Berlin");
    assert_eq!(plain_day, Some(Excuse::LeaveManager));
    let elsewhere = excuse("Feiertag", "20260106", "Europe/London");
    assert_eq!(elsewhere, Some(Excuse::LeaveManager));
}

#[test]
fn who_sees_it_is_said_to_each_reader() {
    let made = "Made on this machine from the one calendar you gave; it was sent nowhere, and nobody is told of it.";
    for (report, others) in [
        (
            sample::maya(),
            "What your reports can see of it is what stands on their own calendars: their 1:1s with you, and when these changed.",
        ),
        (
            sample::ben_reads(),
            "What Maya can see of it is what stands on Maya’s own calendar: your 1:1s, and when they changed.",
        ),
        (
            sample::unknown_direction(),
            "What those in it can see of it is what stands on their own calendars, and no more.",
        ),
    ] {
        says(&shown(&report), &[made, others]);
        says(
            &html(&report),
            &[
                made,
                others,
                "Whoever you give this page to sees all of it.",
            ],
        );
    }
    let mut fetched = sample::maya();
    fetched.evidence.fetched = true;
    says(
        &shown(&fetched),
        &[
            "from what the calendar’s server gave; nothing was written there, and nobody is told of it.",
        ],
    );
}

#[test]
fn having_none_comes_first_with_how_long_and_what_could_be_said_and_when() {
    let declare = |options: &mut Options| {
        options.reports = vec!["ben@example.com".to_owned(), "noor@example.com".to_owned()];
    };
    let mut events = vec![ben("")];
    let report = audit(&events, declare);
    let said = shown(&report);
    says(
        &said,
        &[
            "Noor has no 1:1 with you: none in the 26 weeks looked at.",
            "Mon 2 March, 9:00 is free on your calendar; Noor’s was not seen.",
            "You might say: “I would like a regular 1:1 with you. Does Mon 2 March, 9:00 suit you for the first?”",
        ],
    );
    for page in [&said, &html(&report)] {
        let (none, sum) = (page.find("has no 1:1"), page.find("reports’ 1:1s"));
        assert!(none.unwrap() < sum.unwrap(), "{page}");
    }
    // What is taken, and what is leave, is not offered.
    events.push(event("review", "20260302T090000Z", &["x"], ""));
    let next = shown(&audit(&events, declare));
    says(&next, &["Mon 2 March, 9:30 is free"]);
    events.push(own(
        "Vacation",
        "DTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:20260304",
    ));
    let next = shown(&audit(&events, declare));
    says(&next, &["Wed 4 March, 9:00 is free"]);
    // Nor what is less than a day ahead.
    let in_the_evening = shown(&audit(&events[..1], |options| {
        declare(options);
        options.now = moment("2026-03-01T20:00:00Z");
    }));
    says(&in_the_evening, &["Tue 3 March, 9:00 is free"]);
    // An export of long ago does not say what is free now.
    let old = shown(&audit(&events, |options| {
        declare(options);
        options.now = moment("2026-06-01T00:00:00Z");
    }));
    assert!(!old.contains("is free on"), "{old}");
    says(&old, &["Which time suits you for the first?"]);
    // Since when is told with how long that is.
    says(
        &shown(&sample::maya()),
        &["Noor has no 1:1 with you since 1 August (joined your team that day): 16 weeks by now."],
    );
    let mut noors = sample::maya();
    let line = noors.without_one_on_one[0].clone();
    noors.me = noors.me.map(|me| steadfast_app::report::model::Me {
        address: line.report.address,
        ..me
    });
    says(
        &shown(&noors),
        &[
            "You have no 1:1 with Maya since 1 August (you joined the team that day): 16 weeks by now.",
        ],
    );
}

#[test]
fn what_counts_as_not_as_promised_stands_beside_the_marks() {
    let said = "Not as promised is what was lost, what moved with less than a week’s notice,";
    for shown in [
        shown(&sample::ben_with("KKmKE")),
        html(&sample::ben_with("KKmKE")),
    ] {
        says(&shown, &[said, "Other moves and nudges count as stood."]);
    }
    assert!(!shown(&sample::ben_with("KKKK")).contains(said));
    says(
        &shown(&sample::ben_with("KsmKs")),
        &["3 moved (1 with under a day’s notice; 2 slipped out of the week)"],
    );
}

#[test]
fn what_was_declined_where_it_had_gone_and_moved_on_before_that_time_stood_in_the_end() {
    let declined = moved("20260204T140000Z", "SEQUENCE:1").replacen("ACCEPTED", "DECLINED", 1);
    let on = moved("20260204T190000Z", "SEQUENCE:2").replace("0203T090000Z", "0204T110000Z");
    let report = |last: &[String]| {
        let first = [ben(""), moved("20260204T140000Z", "SEQUENCE:1")];
        let second = [ben(""), declined.replace("0203T090000Z", "0204T093000Z")];
        let looks = [
            ("2026-01-01T00:00:00Z", "maya", &[ben("")][..]),
            ("2026-02-03T10:00:00Z", "maya", &first),
            ("2026-02-04T10:00:00Z", "maya", &second),
            ("2026-02-04T12:00:00Z", "maya", last),
        ];
        let report = history(&looks, reports);
        let pair = &report.pairs[0];
        let promised = moment("2026-02-03T14:00:00Z");
        let one = pair
            .occurrences
            .iter()
            .find(|one| one.promised.start == promised);
        one.unwrap().clone()
    };
    let one = report(&[ben(""), on.clone()]);
    assert_eq!(one.verdict.outcome, Outcome::Moved);
    let held = one.verdict.held.unwrap().start;
    assert_eq!(held, moment("2026-02-04T19:00:00Z"));
    assert!(!one.changed_afterwards);
}
