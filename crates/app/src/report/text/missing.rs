//! Reporting lines without a 1:1.

use super::super::model::Report;
use super::super::words::missing;
use super::layout::Page;

/// Each such line in a sentence, then the one thing to do, and what could be said.
pub(crate) fn write(page: &mut Page, report: &Report) {
    for (number, line) in report.without_one_on_one.iter().enumerate() {
        page.strong(2, 4, &missing::without(report, line));
        if number < missing::TOLD {
            if let Some(first) = missing::first(report, line) {
                page.paragraph(4, &first);
            }
            if let Some(say) = missing::say(report, line) {
                page.paragraph(4, &format!("You might say: “{say}”"));
            }
        }
    }
    if let Some(repair) = missing::repair(report) {
        page.hanging(2, 4, &repair);
    }
    page.gap();
}
