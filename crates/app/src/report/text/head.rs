//! The first line.

use super::super::model::Report;
use super::super::words::{head, zones};
use super::layout::Page;

/// Whose calendar, how that is known, the window, the evidence.
pub(crate) fn write(page: &mut Page, report: &Report) {
    let mut line = vec![head::whose(report), head::window(report)];
    line.extend(zones::shown_in(report));
    line.push(head::evidence(report));
    page.hanging(0, 2, &line.join(" · "));
    page.gap();
}
