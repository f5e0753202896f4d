//! The report as a page: what can be said of it without a browser. Accessibility is held against axe by
//! `e2e/axe.mjs`.

mod sample;

use steadfast_app::report::html;

#[test]
fn nothing_is_fetched_from_anywhere() {
    for report in sample::all() {
        let page = html(&report);
        for outside in ["src=", "http://", "https://", "@import", "url("] {
            let allowed = page.matches("href=\"#").count();
            assert_eq!(page.matches("href=").count(), allowed);
            assert!(
                !page
                    .replace("=HYPERLINK(&quot;http://", "")
                    .contains(outside),
                "{outside}"
            );
        }
    }
}

#[test]
fn words_from_a_calendar_stay_words() {
    let page = html(&sample::nasty());
    assert_eq!(page.matches("<script>").count(), 1, "only our own");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(!page.contains('\u{1b}') && !page.contains('\u{202e}') && !page.contains('\0'));
}

#[test]
fn every_occurrence_has_a_mark_a_story_and_a_row() {
    for report in sample::all() {
        let page = html(&report);
        let each = report.pairs.iter().map(|pair| pair.occurrences.len());
        let occurrences: usize = each.sum();
        assert_eq!(page.matches("class=\"mark\"").count(), occurrences);
        assert_eq!(page.matches("class=\"story\"").count(), occurrences);
        assert_eq!(page.matches("<th scope=\"row\">").count(), occurrences);
    }
}

#[test]
fn every_link_leads_to_one_place_on_the_page() {
    for report in sample::all() {
        let page = html(&report);
        for link in page
            .split("href=\"#")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
        {
            assert_eq!(page.matches(&format!("id=\"{link}\"")).count(), 1, "{link}");
        }
    }
}

#[test]
fn a_report_is_told_how_it_reads_only_on_asking() {
    let page = html(&sample::ben_reads());
    let (before, after) = page
        .split_once("<summary>How do these counts read, taken together?</summary>")
        .expect("the question is there");
    assert!(!before.contains("habit"));
    assert!(after.contains("reads as a habit"));
    for word in [
        "leadership",
        "most likely displaced",
        "You might say",
        "Between the reports",
    ] {
        assert!(!page.contains(word), "{word}");
    }
}

#[test]
fn the_page_claims_no_more_than_is_known() {
    for report in sample::all() {
        let page = html(&report).to_lowercase();
        for word in [
            "failed",
            "violation",
            "offender",
            "compliance",
            "score",
            "causes",
            "leads to",
            "results in",
        ] {
            assert!(!page.contains(word), "{word}");
        }
    }
    let page = html(&sample::maya());
    assert!(page.contains("Nobody has published a study of it."));
    assert!(page.contains("No study shows it, and we claim no saving."));
}

#[test]
fn whose_side_is_not_known_is_asked_neither_sides_questions() {
    let questions = "Does every report have a regular 1:1?";
    assert!(html(&sample::maya()).contains(questions));
    assert!(!html(&sample::unknown_direction()).contains(questions));
}
