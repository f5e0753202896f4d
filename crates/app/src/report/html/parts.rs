//! Parts of the report's page, for pages that put others around them. They hold no address but those of [`Ways`], and
//! need the report's style and script.

use super::super::clean::clean;
use super::super::mark::Mark;
use super::super::model::{Pair, Person, Report};
use super::super::seat::{Seat, other, seat, subordinate};
use super::super::words::{
    self, closing as words_of_closing, evidence, head, missing, sentence_case,
};
use super::{Ways, comparison as compared, mark_svg, pair as of_pair, ribbon};
use maud::{Markup, html};
use steadfast_calendar::Instant;
use steadfast_ledger::occurrence::Occurrence;

/// "25 May – 22 Nov 2026 · times in Europe/Paris · from one export: the last state, not its history".
pub fn rests_on(report: &Report) -> Markup {
    // What is still to come is shown as well, and is not what the account is of.
    let until = report
        .to
        .min(report.generated_at.plus_seconds(-1).date(&report.zone));
    html! {
        p class="quiet" {
            span class="nowrap" { (words::date::span(report.from, until)) } " · " (words::zones::always_shown_in(report)) " · " (head::evidence(report))
        }
    }
}

/// A sentence for each reporting line without a 1:1, with the person the reader may do something about.
pub fn without(report: &Report) -> Vec<(String, &Person)> {
    report
        .without_one_on_one
        .iter()
        .map(|line| {
            let is_mine = report
                .me
                .as_ref()
                .is_some_and(|me| me.address == line.manager.address);
            let person = if is_mine { &line.report } else { &line.manager };
            (missing::without(report, line), person)
        })
        .collect()
}

/// The one thing to do about them.
pub fn without_repair(report: &Report) -> Option<String> {
    missing::repair(report)
}

/// The comparison; empty where there is nothing to compare.
pub fn comparison(report: &Report) -> Markup {
    compared::section(report, compared::Links::None)
}

/// What the marks that are drawn for `pairs` mean.
pub fn legend<'a>(
    report: &Report,
    pairs: impl IntoIterator<Item = &'a Pair, IntoIter: Clone>,
) -> Markup {
    ribbon::legend(report, pairs.into_iter())
}

/// One thing to do that would be said of several pairs alike.
pub fn shared_step(report: &Report) -> Option<String> {
    words::next_step::shared(report)
}

/// What became of each of a pair's 1:1s in a time that is over, and no more.
pub fn past(report: &Report, pair: &Pair, ways: Ways) -> Markup {
    of_pair::past(report, pair, ways)
}

/// The `number`th pair of the page, whether it runs or has ended.
pub fn pair(report: &Report, pair: &Pair, number: usize, ways: Ways) -> Markup {
    of_pair::pair(report, pair, number, ways)
}

/// What is not counted and not known, without what only a command line can do about it.
pub fn limits(report: &Report) -> Markup {
    let lines = words_of_closing::not_counted(report)
        .into_iter()
        .chain(words_of_closing::set_aside(report))
        .chain(words_of_closing::not_known(report));
    html! {
        @if !report.doubtful.is_empty() {
            h3 { "Perhaps 1:1s, not counted" }
            ul class="plain" {
                @for candidate in &report.doubtful { li { bdi { (words_of_closing::doubtful(candidate).0) } } }
            }
        }
        @for line in lines { p dir="auto" { (line) } }
        @for guess in &report.guesses { p dir="auto" { (clean(&guess.question)) } }
        @if let Some(said) = words_of_closing::warnings(report) { p class="quiet" { (said) } }
    }
}

/// The other one of the two.
pub fn partner<'a>(report: &Report, pair: &'a Pair) -> &'a Person {
    other(report, pair)
}

/// A person's name as shown.
pub fn name(person: &Person) -> String {
    words::name(person)
}

/// "weekly", "every two weeks".
pub fn every(days: i64) -> String {
    words::rhythm::cadence(days)
}

/// "3 March", of a moment.
pub fn day(report: &Report, at: Instant) -> String {
    words::date::day(at.date(&report.zone), report.to.year())
}

/// "3 March"; with the year where it is not `year`.
pub fn date(day: jiff::civil::Date, year: i16) -> String {
    words::date::day(day, year)
}

/// `manager`, `report`, or `unknown`: who of the two the reader is.
pub fn role(report: &Report, pair: &Pair) -> &'static str {
    match seat(report, pair) {
        Seat::Manager => "manager",
        Seat::Report => "report",
        Seat::Onlooker => "unknown",
    }
}

/// Whether the reader is the report of the pair.
pub fn reads_as_report(report: &Report, pair: &Pair) -> bool {
    seat(report, pair) == Seat::Report
}

/// "Tue 3 March, 15:00", of the promise.
pub fn moment(report: &Report, occurrence: &Occurrence) -> String {
    at(report, occurrence.promised.start)
}

/// "Tue 3 Mar 15:00", of any moment.
pub fn at(report: &Report, moment: Instant) -> String {
    words::date::moment(moment, &report.zone, report.to.year())
}

/// Where the next one stands on the calendar: "Tue 24 November, 15:00 (14:30 in Berlin)".
pub fn next(report: &Report, pair: &Pair) -> Option<String> {
    words::next::of(pair).map(|at| {
        let when = words::next::moment(report, pair, at);
        format!("{when}{}", words::next::as_it_stood(report, pair))
    })
}

/// "still on both calendars, and not counted: Ben reported to you until 23 November", of what stands after the last day of the
/// reporting line; nothing where nothing does.
pub fn still(report: &Report, pair: &Pair) -> Option<String> {
    let still = pair.still.as_ref()?;
    Some(words::still::said(report, pair, still))
}

/// "Moved to Wed 4 March, 10:00, with a day’s notice, from your calendar."
pub fn what_happened(report: &Report, pair: &Pair, occurrence: &Occurrence) -> String {
    format!(
        "{}.",
        sentence_case(&words::story::what_happened(report, pair, occurrence))
    )
}

/// The one word of this report for what happened as promised: "kept" to who only reports, "stood" to who manages.
pub fn kept(report: &Report) -> &'static str {
    words::stood(report)
}

/// Why the rules judged it so, in the word of this report: "Stood as promised."
pub fn because(report: &Report, occurrence: &Occurrence) -> String {
    let because = &occurrence.verdict.because;
    let said = match words::stood(report) {
        "stood" => because.to_string(),
        kept => because.replace("stood as promised", &format!("{kept} as promised")),
    };
    format!("{}.", sentence_case(&said))
}

/// Its mark in the ribbon, and the mark's word.
pub fn mark(report: &Report, pair: &Pair, occurrence: &Occurrence) -> (Markup, &'static str) {
    (
        mark_svg::occurrence(occurrence, pair.cadence_days),
        words::mark(report, Mark::of(occurrence)),
    )
}

/// Whether it is still to come.
pub fn is_to_come(occurrence: &Occurrence) -> bool {
    Mark::of(occurrence) == Mark::ToCome
}

/// Whether it stood, as far as is known, with nothing to tell about it.
pub fn stood(occurrence: &Occurrence) -> bool {
    matches!(Mark::of(occurrence), Mark::Kept | Mark::ToCome)
}

/// Whether `reader` is the report of the two.
pub fn is_report(pair: &Pair, reader: &str) -> bool {
    subordinate(pair).is_some_and(|report| *report.address == *reader)
}

/// All that is known of one occurrence, as terms and sentences.
pub fn evidence(
    report: &Report,
    pair: &Pair,
    occurrence: &Occurrence,
) -> Vec<(&'static str, String)> {
    evidence::evidence(report, pair, occurrence)
}
