//! What is promised this week, in order: each with its mark, where it stands now, and what threatens it.

use crate::pages::{occurrence, one_on_one};
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};
use steadfast_app::report::Report;
use steadfast_app::report::html::parts;
use steadfast_app::report::model::Pair;
use steadfast_app::server::guard::{Outlook, Proposed};
use steadfast_ledger::occurrence::Occurrence;

/// Monday and Sunday of the week of `day`.
fn week_of(day: Date) -> (Date, Date) {
    let monday = day
        .checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
        .unwrap_or(day);
    (monday, monday.checked_add(6.days()).unwrap_or(day))
}

/// The week that the report was judged in; nothing where nobody has a 1:1.
pub(crate) fn section(report: &Report, running: &[&Pair], outlook: &Outlook) -> Markup {
    let (monday, sunday) = week_of(report.generated_at.date(&report.zone));
    let mut promised: Vec<(&Pair, &Occurrence)> = running
        .iter()
        .flat_map(|pair| pair.occurrences.iter().map(move |one| (*pair, one)))
        .filter(|(_, one)| {
            let day = one.promised.start.date(&report.zone);
            monday <= day && day <= sunday
        })
        .collect();
    promised.sort_by_key(|(pair, one)| (one.promised.start, pair.id.clone()));
    html! {
        @if !running.is_empty() {
            section aria-labelledby="week" {
                h2 id="week" { "This week" }
                @if promised.is_empty() { p class="quiet" { "Nothing is promised from Monday to Sunday." } }
                ul class="plain week" { @for (pair, one) in promised { (line(report, pair, one, outlook)) } }
            }
        }
    }
}

fn line(report: &Report, pair: &Pair, one: &Occurrence, outlook: &Outlook) -> Markup {
    let (mark, word) = parts::mark(report, pair, one);
    let name = parts::name(parts::partner(report, pair));
    let held = one.verdict.held.filter(|held| *held != one.promised);
    let is_this = |threat: &&Proposed| {
        threat.pair == pair.id
            && threat
                .promised
                .is_some_and(|at| at.start == one.promised.start)
    };
    let threat = outlook.proposals.iter().find(is_this);
    html! {
        li {
            span class="drawn" { (mark) }
            span {
                a href=(occurrence::address(report, pair, one)) { (parts::moment(report, one)) }
                ", with " a href=(one_on_one::address(pair)) { bdi { (name) } }
                @if !parts::is_to_come(one) || held.is_some() { span class="quiet" { ": " (word) } }
                @if let Some(held) = held { span class="quiet" { ", now " (parts::at(report, held.start)) } }
                @if let Some(threat) = threat {
                    ". " a href="#threats" { "Threatened" } span class="quiet" { ": " (threat.because) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::week_of;
    use jiff::civil::date;

    #[test]
    fn a_week_is_from_monday_to_sunday() {
        let week = (date(2026, 11, 23), date(2026, 11, 29));
        for day in 23..=29 {
            assert_eq!(week_of(date(2026, 11, day)), week);
        }
    }
}
