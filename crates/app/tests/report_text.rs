//! The report at a terminal, whole.

mod sample;

use proptest::prelude::*;
use steadfast_app::report::{Report, TextStyle, text};
use unicode_width::UnicodeWidthStr;

const WIDE: TextStyle = TextStyle {
    width: 100,
    colour: false,
    unicode: true,
};

fn check(name: &str, report: &Report, style: TextStyle) {
    insta::assert_snapshot!(name, text(report, &style));
}

#[test]
fn a_manager_reads_her_export() {
    check("maya_100", &sample::maya(), WIDE);
    check(
        "maya_80_ascii",
        &sample::maya(),
        TextStyle {
            width: 80,
            unicode: false,
            ..WIDE
        },
    );
    check("maya_40", &sample::maya(), TextStyle { width: 40, ..WIDE });
}

#[test]
fn a_report_reads_his_own() {
    check("ben_100", &sample::ben_reads(), WIDE);
}

#[test]
fn nobody_is_named_where_the_direction_is_not_known() {
    check("direction_100", &sample::unknown_direction(), WIDE);
}

#[test]
fn an_empty_audit_shows_a_way_on() {
    check("nothing_100", &sample::nothing_found(), WIDE);
}

#[test]
fn everything_that_could_go_wrong_is_told_in_its_place() {
    check("nasty_100", &sample::nasty(), WIDE);
}

#[test]
fn only_a_report_is_never_told_a_verdict_or_a_cause() {
    let said = text(&sample::ben_reads(), &WIDE);
    for word in [
        "habit",
        "leadership",
        "heads-up",
        "fair",
        "conflicts",
        "You might say",
    ] {
        assert!(!said.contains(word), "{word} in\n{said}");
    }
}

#[test]
fn colour_changes_no_word() {
    for report in sample::all() {
        let plain = text(&report, &WIDE);
        let coloured = text(
            &report,
            &TextStyle {
                colour: true,
                ..WIDE
            },
        );
        let mut bare = String::new();
        let mut rest = coloured.as_str();
        while let Some((before, after)) = rest.split_once("\u{1b}[") {
            bare.push_str(before);
            rest = after.split_once('m').map_or("", |(_, after)| after);
        }
        bare.push_str(rest);
        assert_eq!(bare, plain);
    }
}

#[test]
fn no_words_of_blame_are_used() {
    for report in sample::all() {
        let said = text(&report, &WIDE).to_lowercase();
        for word in [
            "failed",
            "violation",
            "offender",
            "compliance",
            "score",
            "caused",
            "because of",
        ] {
            assert!(!said.contains(word), "{word} in\n{said}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_line_fits_whatever_the_width(width in 0usize..160, unicode: bool) {
        for report in sample::all() {
            let said = text(&report, &TextStyle { width, unicode, colour: false });
            for line in said.lines().filter(|line| !line.contains("@example.com") && !line.contains(" \\")) {
                prop_assert!(line.width() <= width.max(24), "{width}: {line}");
            }
            prop_assert!(said.ends_with('\n') && !said.contains("\n\n\n"));
        }
    }
}
