//! What is kept of a calendar, in the same words wherever it is said. What decides it: `crates/calendar/src/reader/minimal.rs`.

use maud::{Markup, html};

/// Of each meeting.
const KEPT: &str = "its title, when it is, who is in it and what they answered, how it is marked (busy, private, urgent), and what \
                    was changed of it";
/// What is not.
const NOT_KEPT: &str = "Descriptions, places and attachments are not kept.";
/// What titles are for.
const TITLES: &str =
    "Titles are read, to tell which meetings are 1:1s and of what sort the others are.";

/// For whoever is about to hand a calendar in.
pub(crate) fn sentences() -> Markup {
    html! {
        "Of each meeting is kept: " (KEPT) ". " (TITLES) " " (NOT_KEPT) " Others see of it their own 1:1s with you, whether one fell into your leave, and "
        "some times at which both of you are free: " a href="/privacy" { "Privacy" } "."
    }
}

/// Among who sees what.
pub(crate) fn on_privacy() -> Markup {
    html! {
        div { dt { "What is kept of each meeting" } dd { (KEPT.replacen("its", "Its", 1)) ". " (TITLES) } }
        div { dt { "Titles" } dd { "You alone, but of a meeting that the other one of the two is in as well. A program with a token of yours sees what you see." } }
        div { dt { "Descriptions, places, attachments" } dd { "Nobody: they are not kept." } }
    }
}

#[cfg(test)]
mod tests {
    use super::{KEPT, NOT_KEPT};
    use steadfast_calendar::minimal;

    /// What the sentences say is what the reader does.
    #[test]
    fn what_is_said_to_be_kept_is_kept_and_the_rest_is_not() {
        for (line, word, is_kept) in [
            ("SUMMARY:MARK", "title", true),
            (
                "ATTENDEE;PARTSTAT=ACCEPTED:mailto:MARK@example.com",
                "answered",
                true,
            ),
            ("CLASS:MARK", "private", true),
            ("TRANSP:MARK", "busy", true),
            ("PRIORITY:7MARK", "urgent", true),
            ("DESCRIPTION:MARK", "Descriptions", false),
            ("LOCATION:MARK", "places", false),
            ("ATTACH:MARK", "attachments", false),
        ] {
            let text = format!(
                "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:u\r\n{line}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
            );
            let (_, kept) = minimal(text.as_bytes());
            let kept = String::from_utf8(kept).unwrap();
            assert_eq!(kept.contains("MARK"), is_kept, "{line}");
            let said = if is_kept { KEPT } else { NOT_KEPT };
            assert!(said.contains(word), "{word}");
        }
    }
}
