//! The report for a person at a terminal: a strip per 1:1, the facts, how it reads, one thing to do.
//!
//! It reads in order from top to bottom, also aloud: nothing is said by position, colour or a mark alone.

mod closing;
mod comparison;
mod head;
mod layout;
mod missing;
mod nothing;
mod pairs;
mod strip;
mod style;

use super::model::Report;
use layout::Page;
pub use style::TextStyle;

/// The report as text, each line at most `style.width` cells wide (but for words that are longer by
/// themselves and have no place to break), ending in a line feed.
pub fn text(report: &Report, style: &TextStyle) -> String {
    let mut page = Page::new(*style);
    head::write(&mut page, report);
    // Said first of all.
    missing::write(&mut page, report);
    comparison::write(&mut page, report);
    if report.pairs.is_empty() {
        nothing::write(&mut page, report);
    } else {
        pairs::write(&mut page, report);
    }
    closing::write(&mut page, report);
    page.finish()
}
