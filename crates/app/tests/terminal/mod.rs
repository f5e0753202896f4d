//! A report at a terminal, in lines so wide that no sentence is broken.

use steadfast_app::report::{Report, TextStyle, text};

/// The report as it is shown.
pub(crate) fn shown(report: &Report) -> String {
    let style = TextStyle {
        width: 400,
        colour: false,
        unicode: true,
    };
    text(report, &style)
}

/// Each of `words` is in it.
#[track_caller]
pub(crate) fn says(shown: &str, words: &[&str]) {
    for word in words {
        assert!(shown.contains(word), "“{word}” is not in\n{shown}");
    }
}
