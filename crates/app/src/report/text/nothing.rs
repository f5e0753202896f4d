//! No 1:1 at all: what came nearest, and what would count it.

use super::super::model::Report;
use super::super::words::closing;
use super::layout::Page;

/// A way on, instead of an empty page. The candidates themselves follow under "doubtful".
pub(crate) fn write(page: &mut Page, report: &Report) {
    for paragraph in closing::nothing(report) {
        page.paragraph(2, paragraph);
    }
    page.gap();
}
