//! Reporting lines that began after what is known of the calendars ends: whether there is a 1:1 nobody can tell, and that is said.

use maud::{Markup, html};
use steadfast_app::report::html::parts;
use steadfast_app::server::looked::Shown;
use steadfast_app::server::people::DatedLine;
use steadfast_calendar::Instant;

/// What there is to say of each such line of the reader's, in words.
#[derive(Debug, Default)]
pub(crate) struct Newly(Vec<String>);

impl Newly {
    /// Of the reader's lines by the list of people, those to whom they report first.
    pub(crate) fn of(seen: &Shown, now: Instant) -> Self {
        let report = seen.report();
        let Some(until) = report.known_until else {
            return Self::default();
        };
        let until = until.date(&report.zone);
        let ([above, below], today) = seen.own_lines(now);
        let has_one = |other: &str| {
            let running = report.pairs.iter().filter(|pair| pair.ended.is_none());
            running
                .flat_map(|pair| &pair.people)
                .any(|person| *person.address == *other)
        };
        let is_new = |line: &DatedLine, other: &str| {
            line.covers(today) && line.from.is_some_and(|from| from > until) && !has_one(other)
        };
        let day = |day| parts::date(day, report.to.year());
        let ends = day(until);
        let said = |line: &DatedLine, who: String| {
            let since = line.from.map(day).unwrap_or_default();
            format!(
                "{who} since {since}. What is known here of the calendars ends on {ends}, before that: whether the two of you have a \
                 1:1 yet is not known."
            )
        };
        let above = above.iter().filter(|(line, _)| is_new(line, &line.manager));
        let below = below.iter().filter(|(line, _)| is_new(line, &line.report));
        let above = above.map(|(line, name)| said(line, format!("You report to {name}")));
        let below = below.map(|(line, name)| said(line, format!("{name} reports to you")));
        Self(above.chain(below).collect())
    }

    pub(crate) fn section(&self) -> Markup {
        html! {
            @if !self.0.is_empty() {
                section aria-labelledby="newly" class="without" {
                    h2 id="newly" { "Perhaps without a 1:1" }
                    ul class="plain" { @for said in &self.0 { li { span dir="auto" { (said) } } } }
                    p class="todo" { "One thing to do: " a href="/start" { "show it your calendar as it is now" }
                        ", or put a first one on both calendars." }
                }
            }
        }
    }
}
