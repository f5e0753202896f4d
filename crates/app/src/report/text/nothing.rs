//! No 1:1 at all: what came nearest, and what would count it.

use super::super::model::Report;
use super::layout::Page;

/// A way on, instead of an empty page. The candidates themselves follow under "doubtful".
pub(crate) fn write(page: &mut Page, report: &Report) {
    page.paragraph(2, "No 1:1 was found that could be counted.");
    let way_on = if report.doubtful.is_empty() {
        "A 1:1 here is a meeting of exactly two people that repeats, or several of the same two. If yours have no \
         attendees in this file, the export left them out: export with guests, or name whose calendar it is (--me ADDR) \
         and who reports to whom (--reports ADDR,… or --manager ADDR)."
    } else {
        "The nearest are below, each with why it is not counted and the one option that would count it."
    };
    page.paragraph(2, way_on);
    page.gap();
}
