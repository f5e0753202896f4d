//! What is told of one 1:1 is what it counts as, and what a total is broken up into adds up to it.

mod one_calendar;
mod sample;
mod terminal;

use jiff::tz::TimeZone;
use one_calendar::audit;
use proptest::prelude::*;
use steadfast_app::{
    audit::{Options, answers_file},
    report::{TextStyle, html, tally::Tally, text},
};
use terminal::{says, shown};

#[test]
fn a_cut_one_is_told_as_what_it_counts_as() {
    let report = sample::ben_with("KKchtNLKK");
    let page = html(&report);
    says(
        &page,
        &[
            "<td>a little shorter</td><td>Stood at its time, a little shorter, 20 of 30 minutes,",
            "<td>cut to less than half</td><td>Cut to 12 of 30 minutes,",
            "<td>lost</td><td>Cut to 5 of 30 minutes, which counts as lost,",
            "<td>nudged at the last minute</td><td>Nudged to 16:00 the same day, with 20 minutes’ notice",
        ],
    );
    assert!(!page.contains("as promised, "), "{page}");
    says(
        &shown(&report),
        &[
            "●●◕◔○◐→●●",
            "3 of the last 9 did not happen as promised: 1 nudged at the last minute, 1 cut to less than half, 1 lost (with under a day’s notice);",
            "● stood   ◐ nudged   ◕ a little shorter   → nudged at the last minute   ◔ cut to less than half   ○ lost",
        ],
    );
}

#[test]
fn the_legend_lists_only_what_is_drawn() {
    let style = TextStyle {
        width: 40,
        colour: false,
        unicode: true,
    };
    let said = text(&sample::ben_with(&format!("xh{}", "K".repeat(60))), &style);
    assert!(said.contains("● stood\n"), "{said}");
    let page = html(&sample::ben_with("KKK"));
    assert!(!page.contains("<span>lost</span>"), "{page}");
}

#[test]
fn what_moved_and_nobody_knows_when_closes_the_sum() {
    let mut report = sample::ben_with("KKKxUKKU");
    report.comparisons[0].reports_stood = (5, 8);
    report.comparisons[0].reports_neither = 2;
    let neither =
        "how early that was known, this source cannot tell, so they are in neither count.";
    let said = shown(&report);
    says(
        &said,
        &[
            "5 of 8 stood as promised, 1 did not; 2 in neither count",
            "The 2 in neither count moved; how early that was known, this source cannot tell.",
            &format!("2 moved: {neither}"),
        ],
    );
    let page = html(&report);
    says(
        &page,
        &[
            &format!("5 of 8 stood as promised; 1 lost. 2 more moved: {neither}"),
            &format!(
                "1 did not happen as promised: 1 known two hours to two days before. Besides, 2 moved: {neither}"
            ),
            "with the reports, 5 of 8 (2 in neither count).",
            "a short stroke where it is in neither count",
        ],
    );
    let bar = |class: &str| page.matches(&format!("<rect class=\"{class}\"")).count();
    assert_eq!(
        (bar("stood"), bar("not"), bar("neither")),
        (25 + 5, 1 + 1, 2)
    );
    says(
        &report.pairs[0].signal.as_ref().expect("declared").sentence,
        &[neither],
    );
}

/// Half an hour on Thursdays with Ben, from `start` on, on a calendar that shows `America/Sao_Paulo`.
fn thursdays(start: &str, more: &str) -> String {
    format!(
        "BEGIN:VEVENT\nUID:a\nSUMMARY:1:1 Ben\nDTSTART{start}\nDURATION:PT30M\nORGANIZER:mailto:maya@example.com\n\
         ATTENDEE;PARTSTAT=ACCEPTED:mailto:maya@example.com\nATTENDEE;PARTSTAT=ACCEPTED:mailto:ben@example.com\n\
         CREATED:20250101T000000Z\nRRULE:FREQ=WEEKLY{more}\nEND:VEVENT\n"
    )
}

fn ben(options: &mut Options) {
    options.reports = vec!["ben@example.com".to_owned()];
}

#[test]
fn the_zone_a_series_is_written_in_is_named_with_roles_and_without() {
    let events = [thursdays(";TZID=Europe/London:20250904T150000", "")];
    let in_zone = |zone: &str, declare: fn(&mut Options)| {
        shown(&audit(&events, |options| {
            options.zone = TimeZone::get(zone).ok();
            declare(options);
        }))
    };
    for declare in [ben, |_: &mut Options| {}] {
        says(
            &in_zone("America/Sao_Paulo", declare),
            &[
                "times in America/Sao_Paulo",
                "weekly, Thu 12:00 (15:00 in London)",
            ],
        );
        says(
            &in_zone("Africa/Abidjan", declare),
            &[
                "times in Africa/Abidjan",
                "weekly, Thu 15:00 (as the clock is in London)",
            ],
        );
        assert!(!in_zone("Europe/London", declare).contains(" in London"));
    }
}

#[test]
fn of_a_window_with_nothing_that_counts_nothing_is_read() {
    let report = audit(&[thursdays(":20250904T150000Z", "")], |options| {
        ben(options);
        options.from = Some(jiff::civil::date(2026, 3, 3));
        options.to = Some(jiff::civil::date(2026, 4, 3));
    });
    for said in [shown(&report), html(&report)] {
        assert!(!said.contains("reliably kept"), "{said}");
        assert!(!said.contains("no larger than"), "{said}");
    }
    says(&shown(&report), &["still to come"]);
}

#[test]
fn an_answer_that_changes_nothing_is_said_with_why() {
    let lost = "\nEXDATE:20260205T150000Z";
    let with = |answers: &str| {
        let said = format!("report,date,says\n{answers}");
        audit(&[thursdays(":20250904T150000Z", lost)], |options| {
            ben(options);
            options.answers = answers_file::parse(&said).expect("well formed");
        })
    };
    let one = with("ben@example.com,2026-02-05,held\nben@example.com,2026-02-12,asked\n");
    for said in [shown(&one), html(&one)] {
        says(
            &said,
            &[
                "The answer “held” of ben@example.com about 2026-02-05 was read and changes nothing: it was lost, and only \
                 where both say that it took place it is kept.",
                "The answer “asked” of ben@example.com about 2026-02-12 was read and changes nothing: it stood as promised.",
            ],
        );
    }
    let both = with("ben@example.com,2026-02-05,held\nben@example.com,2026-02-05,manager_held\n");
    assert!(
        !shown(&both).contains("changes nothing"),
        "{}",
        shown(&both)
    );
}

#[test]
fn what_helps_the_next_time_is_said_once() {
    let step = "hen one has to go, a new place before the next one makes it good.";
    let lost = thursdays(":20250904T150000Z", "\nEXDATE:20260205T150000Z");
    let alone = shown(&audit(std::slice::from_ref(&lost), ben));
    assert_eq!(alone.matches(step).count(), 1, "{alone}");
    let ana = lost
        .replace("UID:a", "UID:b")
        .replace("T150000Z", "T170000Z")
        .replace("ben@", "ana@")
        .replace("1:1 Ben", "1:1 Ana");
    let report = audit(&[lost, ana], |options| {
        ben(options);
        options.reports.push("ana@example.com".to_owned());
    });
    for said in [shown(&report), html(&report)] {
        assert_eq!(said.matches(step).count(), 1, "{said}");
        says(
            &said,
            &["when one has to go, a new place before the next one makes it good."],
        );
    }
}

/// Every letter of the sample rows but those that are still to come.
const LETTERS: &str = "KNmMEbsxXfind?ugelrhctowLU";

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    /// The marks, the numbers of the sentences, and the days that each number leads to are one count.
    #[test]
    fn marks_words_and_links_count_alike(row in proptest::collection::vec(0..LETTERS.len(), 0..30)) {
        let letters: String = row.iter().filter_map(|at| LETTERS.chars().nth(*at)).collect();
        let report = sample::ben_with(&letters);
        let occurrences = &report.pairs[0].occurrences;
        let tally = Tally::of(occurrences);
        let page = html(&report);
        let mark = |word: &str| page.matches(&format!("<td>{word}</td>")).count();
        let on_time = tally.stood - tally.nudged - tally.moved_early - tally.shortened;
        let made_good = tally.made_good;
        prop_assert_eq!(mark("lost"), tally.lost, "{}", letters);
        prop_assert_eq!(mark("lost, made good"), made_good, "{}", letters);
        prop_assert_eq!(mark("excused"), tally.excused, "{}", letters);
        prop_assert_eq!(mark("not known"), tally.unknown + tally.disputed, "{}", letters);
        prop_assert_eq!(mark("slipped"), tally.moved_slipped, "{}", letters);
        let moved = tally.moved + tally.moved_early + tally.moved_when_unknown;
        let in_place = tally.moved_made_good + tally.made_good_undisrupted;
        prop_assert_eq!(mark("moved") + mark("slipped"), moved - in_place, "{}", letters);
        prop_assert_eq!(mark("cut to less than half"), tally.cut_short, "{}", letters);
        prop_assert_eq!(mark("nudged at the last minute"), tally.nudged_late, "{}", letters);
        prop_assert_eq!(mark("stood"), on_time, "{}", letters);
        let kinds = tally.moved + tally.cut_short + tally.nudged_late + tally.lost;
        prop_assert_eq!(kinds, tally.disrupted);
        prop_assert_eq!(tally.stood + tally.disrupted + tally.moved_when_unknown, tally.eligible);
        // Each day under a pair leads to a mark; each group names as many as it says.
        for group in page.split("<dt>").skip(1).filter(|group| group.contains("href=\"#p0o")) {
            let group = group.split("</div>").next().unwrap_or_default();
            let number = group.split(['(', ')']).nth(1).and_then(|number| number.parse().ok());
            prop_assert_eq!(Some(group.matches("href=\"#p0o").count()), number, "{}", group);
        }
        let moved_links = format!("<dt>Moved ({})</dt>", tally.moved);
        prop_assert_eq!(page.contains(&moved_links), tally.moved > 0, "{}", letters);
        let lost_links = format!("<dt>Lost ({})</dt>", tally.lost);
        prop_assert_eq!(page.contains(&lost_links), tally.lost > 0, "{}", letters);
    }
}
