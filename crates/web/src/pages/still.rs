//! What stands on the calendars of the two though their reporting line has ended: it counts for nothing, and is there.

use crate::me::Me;
use crate::people;
use crate::server::Server;
use maud::{Markup, html};
use std::collections::BTreeMap;
use steadfast_app::report::Report;
use steadfast_app::report::html::parts;
use steadfast_app::report::model::Pair;
use steadfast_app::server::ServerError;
use steadfast_app::server::people::managers_today;
use steadfast_calendar::Instant;

/// Whom the report of each such 1:1 reports to today, in words; by the 1:1.
#[derive(Debug, Default)]
pub(crate) struct Now(BTreeMap<String, String>);

impl Now {
    /// Of `pairs`; the list of people is read only where something stands.
    pub(crate) async fn of(
        server: &Server,
        me: &Me,
        (report, pairs): (&Report, &[Pair]),
    ) -> Result<Self, ServerError> {
        let mut words = BTreeMap::new();
        let (store, viewer) = (&server.0.store, me.0.viewer());
        let now = server.0.world.instant();
        for pair in pairs.iter().filter(|pair| pair.still.is_some()) {
            let known = people::known(server, me).await?;
            let mut two = pair.people.iter();
            let Some(below) = two.find(|one| parts::is_report(pair, &one.address)) else {
                continue;
            };
            let managers = managers_today(store, &known, viewer, now, &below.address).await?;
            let verb = if *below.address == *viewer.person() {
                "report"
            } else {
                "reports"
            };
            let named = managers.iter().map(|(name, since)| match since {
                Some(day) => format!(
                    "{verb} to {name} since {}",
                    parts::date(*day, report.to.year())
                ),
                None => format!("{verb} to {name} now"),
            });
            let named: Vec<String> = named.collect();
            // As long as the line still holds, whom they report to is said already.
            let is_over = pair.still.as_ref().is_some_and(|still| {
                let today = report.generated_at.date(&report.zone);
                still.until < today
            });
            if is_over && !named.is_empty() {
                words.insert(pair.id.clone(), named.join(" and "));
            }
        }
        Ok(Self(words))
    }

    /// "still on both calendars, and not counted: Ben reported to you until 23 November, and reports to Petra Fischer now".
    fn said(&self, report: &Report, pair: &Pair) -> Option<String> {
        let said = parts::still(report, pair)?;
        Some(match self.0.get(&pair.id) {
            Some(now) => format!("{said}, and {now}"),
            None => said,
        })
    }
}

/// One of a week.
pub(crate) fn line(report: &Report, pair: &Pair, (at, now): (Instant, &Now)) -> Markup {
    let name = parts::name(parts::partner(report, pair));
    html! {
        li {
            span class="drawn" {}
            span {
                (parts::at(report, at)) ", with " a href={ "/one-on-ones/" (pair.id) } { bdi { (name) } }
                @if let Some(said) = now.said(report, pair) { span class="quiet" dir="auto" { ": " (said) "." } }
            }
        }
    }
}

/// All of them, on the page of the two.
pub(crate) fn section(report: &Report, pair: &Pair, now: &Now) -> Markup {
    let starts = pair.still.iter().flat_map(|still| &still.starts);
    let starts: Vec<String> = starts.map(|at| parts::at(report, *at)).collect();
    html! {
        @if let (Some((first, rest)), Some(said)) = (starts.split_first(), now.said(report, pair)) {
            p class="next" { (first) span class="quiet" dir="auto" { ": " (said) "." } }
            @if !rest.is_empty() { p class="quiet small" { "So do those of " (rest.join("; ")) "." } }
        }
    }
}
