//! One relationship: name and rhythm, how it reads, the ribbon, the facts, one thing to do.

use super::super::clean::clean;
use super::super::model::{Pair, Report};
use super::super::seat::{Seat, other, seat};
use super::super::tally::Tally;
use super::super::words::{
    date, facts, name, next, next_step, reading, rhythm, sentence_case, still,
};
use super::{Ways, anchor, ribbon, twin, which::which};
use maud::{Markup, html};

/// A running pair, the `number`th of the page.
pub(crate) fn running(report: &Report, pair: &Pair, number: usize, ways: Ways) -> Markup {
    let label = label(report, pair);
    let band = sentence_case(&reading::band_words(report, pair));
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
                (repair(report, pair, ways))
                // A page of its own begins with it.
                @if let Some(next) = next::next(report, pair).filter(|_| !ways.alone) { p class="quiet" { (next) } }
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

/// An ended one, in a line.
pub(crate) fn ended(report: &Report, pair: &Pair, ways: Ways) -> Markup {
    let counts = reading::counts(report, &Tally::of(&pair.occurrences));
    let when = pair.ended.as_ref().map_or_else(String::new, |(day, why)| {
        format!(
            "ended {} {}; ",
            date::day(*day, report.to.year()),
            clean(why)
        )
    });
    let still = pair.still.as_ref();
    let still = still.and_then(|still| still::when(report, still));
    html! { li { b { (named(pair, &label(report, pair), ways)) } " " (when) (counts) @if let Some(still) = still { "; " (still) } "." } }
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
