//! One relationship: name and rhythm, how it reads or when it ended, the ribbon, the facts, one thing to do.

use super::super::model::{Pair, Report};
use super::super::seat::{Seat, other, seat};
use super::super::tally::Tally;
use super::super::words::{
    date, facts, left_out, name, next, next_step, reading, rhythm, sentence_case,
};
use super::{Ways, anchor, ribbon, twin, which::which};
use maud::{Markup, html};

/// The `number`th pair of the page. Of one that ended there is nothing to mend, to say or to come.
pub(crate) fn pair(report: &Report, pair: &Pair, number: usize, ways: Ways) -> Markup {
    let label = label(report, pair);
    let goes_on = pair.ended.is_none();
    let band = reading::ended(report, pair).unwrap_or_else(|| reading::band_words(report, pair));
    let band = sentence_case(&band);
    let said = facts::facts(report, pair);
    html! {
        article id=(anchor::pair(number)) aria-labelledby={ "p" (number) "name" } {
            div class="who" {
                h3 id={ "p" (number) "name" } { (named(pair, &label, ways)) }
                p class="quiet" { (rhythm::rhythm(pair)) }
                @if !band.is_empty() { p class="band" { (band) } }
            }
            div class="what" {
                @if !pair.occurrences.is_empty() { (ribbon::ribbon(report, pair, number)) }
                @if let Some((first, rest)) = said.split_first() {
                    p { (first) }
                    @if !rest.is_empty() { p { (rest.join(" ")) } }
                }
                // On a page of many each mark leads on by itself.
                @if ways.occurrence.is_none() { (which(report, pair, number)) }
                @if goes_on {
                    (repair(report, pair, ways))
                    // A page of its own begins with it.
                    @if let Some(next) = next::next(report, pair).filter(|_| !ways.alone) { p class="quiet" { (next) } }
                }
                (asked(report, pair))
                @if !pair.occurrences.is_empty() { (twin::table(report, pair, &label, ways)) }
            }
        }
    }
}

/// The name, and the way to the pair's own page where there is one.
fn named(pair: &Pair, label: &str, ways: Ways) -> Markup {
    html! {
        @if let Some(to_pair) = ways.pair { a href=(to_pair(pair)) { bdi { (label) } } } @else { bdi { (label) } }
    }
}

/// What became of each in a time that is over, without how it reads: that is told of these days alone.
pub(crate) fn past(report: &Report, pair: &Pair, ways: Ways) -> Markup {
    let label = label(report, pair);
    let tally = Tally::of(&pair.occurrences);
    let counts = sentence_case(&reading::counts(report, &tally));
    let for_good = facts::moved_for_good_then(report, pair);
    html! {
        article aria-labelledby="p0name" {
            div class="who" {
                h3 id="p0name" { bdi { (label) } }
                p class="quiet" { (date::span(report.from, report.to)) }
            }
            div class="what" {
                (ribbon::ribbon(report, pair, 0))
                p { (counts) @if let Some(left) = left_out(&tally) { "; " (left) } "." }
                @if !for_good.is_empty() { p { (for_good.join(" ")) } }
                (twin::table(report, pair, &label, ways))
            }
        }
    }
}

/// The other one's name; both names where the reader is neither of them.
pub(crate) fn label(report: &Report, pair: &Pair) -> String {
    let [first, second] = &pair.people;
    let is_me = |address: &str| report.me.as_ref().is_some_and(|me| *me.address == *address);
    if is_me(&first.address) || is_me(&second.address) || seat(report, pair) != Seat::Onlooker {
        name(other(report, pair))
    } else {
        format!("{} and {}", name(first), name(second))
    }
}

fn repair(report: &Report, pair: &Pair, ways: Ways) -> Markup {
    let mut steps = facts::repair(report, pair);
    steps.extend(next_step::next_step(report, pair, ways.alone));
    let say = facts::say(report, pair);
    html! {
        @if !steps.is_empty() || say.is_some() {
            div class="repair" {
                @if !steps.is_empty() { p { (steps.join(" ")) } }
                @if let Some(say) = say { p { "You might say:" } blockquote dir="auto" { p { "“" (say) "”" } } }
            }
        }
    }
}

/// Only a report who asks is told how it reads.
fn asked(report: &Report, pair: &Pair) -> Markup {
    html! {
        @if let Some(sentence) = reading::asked(report, pair) {
            details { summary { "How do these counts read, taken together?" } p { (sentence) } }
        }
    }
}
