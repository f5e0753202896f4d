//! What is promised this week, in order: each with its mark, where it stands now, and what threatens it; and what stands though the
//! reporting line has ended. Where nothing of the week is to come any more, and from Sunday noon on, it is the coming week that is of use.

use crate::pages::still::{self, Now};
use crate::pages::{occurrence, one_on_one};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Weekday};
use maud::{Markup, html};
use steadfast_app::report::Report;
use steadfast_app::report::html::parts;
use steadfast_app::report::model::Pair;
use steadfast_app::server::guard::{Outlook, Proposed};
use steadfast_calendar::Instant;
use steadfast_ledger::occurrence::Occurrence;

/// From this hour of Sunday on the week that ends is told no more.
const SUNDAY_IS_OVER: i8 = 12;

/// Monday and Sunday of the week of `day`.
fn week_of(day: Date) -> (Date, Date) {
    let monday = day
        .checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
        .unwrap_or(day);
    (monday, monday.checked_add(6.days()).unwrap_or(day))
}

/// Which weeks are told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Told {
    /// This one.
    This,
    /// The coming one first, and then this one, of which nothing is to come.
    NextAndThis,
    /// The coming one.
    Next,
}

/// At `now` on the reader's clock; `to_come`: whether anything of this week is.
fn told(now: DateTime, to_come: bool) -> Told {
    let is_over = now.weekday() == Weekday::Sunday && now.hour() >= SUNDAY_IS_OVER;
    match (is_over, to_come) {
        // What still comes on that day is told until it is over.
        (_, true) => Told::This,
        (true, false) => Told::Next,
        (false, false) => Told::NextAndThis,
    }
}

/// One of a week.
#[derive(Clone, Copy)]
enum One<'a> {
    Promised(&'a Occurrence),
    /// It begins then, and no reporting line holds any more.
    Still(Instant),
}

impl One<'_> {
    const fn start(self) -> Instant {
        match self {
            Self::Promised(one) => one.promised.start,
            Self::Still(at) => at,
        }
    }
}

/// The week that the report was judged in, or the coming one; nothing where nobody has a 1:1.
pub(crate) fn section(report: &Report, outlook: &Outlook, still: &Now) -> Markup {
    let now = report.generated_at.civil(&report.zone);
    let (monday, sunday) = week_of(now.date());
    let this = between(report, (monday, sunday));
    let next = between(report, week_of(sunday.tomorrow().unwrap_or(sunday)));
    let is_ahead = |(_, one): &(&Pair, One<'_>)| {
        let One::Promised(one) = one else { return true };
        let promised = parts::is_to_come(one).then_some(one.promised);
        let stands = one.verdict.held.or(promised);
        stands.is_some_and(|at| at.end > report.generated_at)
    };
    let told = told(now, this.iter().any(is_ahead));
    let seen = (outlook, still);
    let mut pairs = report.pairs.iter();
    html! {
        @if pairs.any(|pair| pair.ended.is_none() || pair.still.is_some()) {
            @if told != Told::This { (week(report, ("next-week", "Next week"), &next, seen)) }
            @if told != Told::Next { (week(report, ("week", "This week"), &this, seen)) }
        }
    }
}

/// What is promised or stands from the one day to the other, in order.
fn between(report: &Report, (monday, sunday): (Date, Date)) -> Vec<(&Pair, One<'_>)> {
    let running = report.pairs.iter().filter(|pair| pair.ended.is_none());
    let promised = running.flat_map(|pair| {
        let all = pair.occurrences.iter();
        all.map(move |one| (pair, One::Promised(one)))
    });
    let still = report.pairs.iter().flat_map(|pair| {
        let starts = pair.still.iter().flat_map(|still| &still.starts);
        starts.map(move |at| (pair, One::Still(*at)))
    });
    let is_within = |(_, one): &(&Pair, One<'_>)| {
        let day = one.start().date(&report.zone);
        monday <= day && day <= sunday
    };
    let mut all: Vec<(&Pair, One<'_>)> = promised.chain(still).filter(is_within).collect();
    all.sort_by_key(|(pair, one)| (one.start(), &pair.id));
    all
}

fn week(
    report: &Report,
    (id, title): (&str, &str),
    all: &[(&Pair, One<'_>)],
    (outlook, still): (&Outlook, &Now),
) -> Markup {
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (title) }
            @if all.is_empty() { p class="quiet" { "Nothing is promised from Monday to Sunday." } }
            ul class="plain week" {
                @for (pair, one) in all {
                    @match one {
                        One::Promised(one) => (line(report, pair, one, outlook)),
                        One::Still(at) => (still::line(report, pair, (*at, still))),
                    }
                }
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
                @if parts::is_to_come(one) && one.verdict.held.is_none() { span class="quiet" { (gone(report, pair)) } }
                @if let Some(threat) = threat.filter(|threat| threat.kind == "wished") {
                    ". " a href="#threats" { "Another time" } span class="quiet" { ": " (threat.because) }
                } @else if let Some(threat) = threat.filter(|threat| threat.kind == "leave") {
                    ". " a href="#threats" { "Leave" } span class="quiet" { ": " (threat.because) ". Nothing is lost yet; another time can be offered" }
                } @else if let Some(threat) = threat {
                    ". " a href="#threats" { "Threatened" } span class="quiet" { ": " (threat.because) }
                }
            }
        }
    }
}

/// Of one that is to come and stands nowhere: the next may be the one that makes it good, or the week after.
fn gone(report: &Report, pair: &Pair) -> Markup {
    html! {
        ": off the calendar by now"
        @if let Some(next) = pair.next { "; the next one stands on " (parts::at(report, next)) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Told, told, week_of};
    use jiff::civil::date;

    #[test]
    fn the_coming_week_is_told_once_nothing_of_this_one_is_to_come() {
        // A Friday, and the Sunday after it.
        for (day, hour, to_come, expected) in [
            (27, 17, true, Told::This),
            (27, 17, false, Told::NextAndThis),
            (29, 11, false, Told::NextAndThis),
            (29, 12, false, Told::Next),
            (29, 20, true, Told::This),
            (30, 0, true, Told::This),
        ] {
            let now = date(2026, 11, day).at(hour, 0, 0, 0);
            assert_eq!(told(now, to_come), expected, "{day} {hour} {to_come}");
        }
    }

    #[test]
    fn a_week_is_from_monday_to_sunday() {
        let week = (date(2026, 11, 23), date(2026, 11, 29));
        for day in 23..=29 {
            assert_eq!(week_of(date(2026, 11, day)), week);
        }
    }
}
