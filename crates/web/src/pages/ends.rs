//! Reporting lines of the reader's that have a last day to come: as they end both are told.

use maud::{Markup, html};
use steadfast_app::report::Report;
use steadfast_app::report::html::parts;
use steadfast_app::report::model::Pair;
use steadfast_app::server::looked::Shown;
use steadfast_app::server::people::DatedLine;
use steadfast_calendar::Instant;

/// Each such line of the reader's: the other one's address, and what there is to say.
#[derive(Debug, Default)]
pub(crate) struct Ends(Vec<(String, String)>);

impl Ends {
    /// By the list of people, those to whom they report first.
    pub(crate) fn of(seen: &Shown, now: Instant) -> Self {
        let ([above, below], today) = seen.own_lines(now);
        let report = seen.report();
        let last = |line: &DatedLine| {
            let day = line.to.filter(|_| line.covers(today))?;
            Some(parts::date(day, report.to.year()))
        };
        let above = above.iter().filter_map(|(line, name)| {
            let said = format!("You report to {name} until {}.", last(line)?);
            Some((line.manager.clone(), said))
        });
        let below = below.iter().filter_map(|(line, name)| {
            let said = format!("{name} reports to you until {}.", last(line)?);
            Some((line.report.clone(), said))
        });
        Self(above.chain(below).collect())
    }

    /// All of them.
    pub(crate) fn section(&self) -> Markup {
        html! { @for (_, said) in &self.0 { (line(said)) } }
    }

    /// Those between the reader and the other one of `pair`.
    pub(crate) fn of_pair(&self, report: &Report, pair: &Pair) -> Markup {
        let other = &parts::partner(report, pair).address;
        html! { @for (_, said) in self.0.iter().filter(|(address, _)| **address == **other) { (line(said)) } }
    }
}

fn line(said: &str) -> Markup {
    html! { p class="next" dir="auto" { (said) " What stands on the calendars after that counts no more." } }
}
