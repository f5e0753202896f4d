//! Reporting lines without a 1:1.

use super::super::model::Report;
use super::super::words::missing;
use super::layout::Page;

/// Each such line in a sentence, then the one thing to do.
pub(crate) fn write(page: &mut Page, report: &Report) {
    for line in &report.without_one_on_one {
        page.hanging(2, 4, &missing::without(report, line));
    }
    if let Some(repair) = missing::repair(report) {
        page.hanging(2, 4, repair);
    }
    page.gap();
}
