//! The comparison: the same promise, kept to the boss and kept to the reports.

use super::super::mark::Mark;
use super::super::model::{Comparison, HeadToHead, Met, Pair, Report};
use super::super::seat::manager;
use super::super::tally::Tally;
use super::super::words::{
    comparison as words,
    comparison::{MetOn, Stood},
    in_leave, sentence_case,
};
use super::{anchor, mark_svg, pair as of_pair};
use maud::{Markup, PreEscaped, html};

/// From this many on single meetings are too thin to be drawn apart.
const MOST_CELLS: usize = 160;
/// Conflicts drawn one by one; more are said in words only.
const MOST_CONFLICTS: usize = 60;
/// Width of a bar in its own units.
const WIDTH: f64 = 600.0;

/// Where the days and names of a comparison lead.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Links {
    /// To the marks and pairs of the same page.
    ToMarks,
    /// Nowhere: they are on another page.
    None,
}

/// One block per manager.
pub(crate) fn section(report: &Report, links: Links) -> Markup {
    let shown: Vec<&Comparison> = words::shown(report)
        .filter(|compared| has_something(compared))
        .collect();
    html! {
        @if !shown.is_empty() {
            section aria-labelledby="compared" {
                h2 id="compared" { "What stood, side by side" }
                @for compared in &shown { (one(report, compared, links)) }
            }
        }
    }
}

fn has_something(compared: &Comparison) -> bool {
    compared.reports_stood.1 > 0
        || compared.boss_stood.is_some()
        || !compared.head_to_head.is_empty()
}

fn one(report: &Report, compared: &Comparison, links: Links) -> Markup {
    let owner = words::owner(report, compared);
    let start = sentence_case(&owner);
    let boss = if owner == "your" { "your" } else { "the" };
    let rows = [
        words::boss_stood(compared).map(|stood| (format!("{start} 1:1 with {boss} boss"), stood)),
        words::reports_stood(compared).map(|stood| (format!("{start} reports’ 1:1s"), stood)),
    ];
    html! {
        div class="compared" {
            @if rows.iter().any(Option::is_some) {
                dl class="bars" {
                    @for (label, stood) in rows.into_iter().flatten() {
                        div {
                            dt dir="auto" { (label) }
                            dd {
                                (bar(stood))
                                span class=(if stood.neither == 0 { "nowrap" } else { "" }) { b { (stood.stood) " of " (stood.of) } (rest(stood)) }
                            }
                        }
                    }
                }
                p class="quiet small" {
                    "Each block is one meeting: solid where it stood, hollow where it did not"
                    @if words::in_neither_count(compared).is_some() { ", a short stroke where it is in neither count" }
                    "."
                }
                @if let Some(why) = words::in_neither_count(compared) { p class="small" { (why) } }
                @if let Some(said) = in_leave::of_comparison(compared) { p class="small" { (said) } }
                @if links == Links::ToMarks { (whose(report, compared)) }
            }
            @for against in &compared.head_to_head { (conflict(report, against, &owner, links)) }
            @for against in compared.rates.iter().filter(|rate| rate.say) { p { (words::rate(against, &owner)) } }
            @if let Some(ladder) = words::ladder(compared, &owner) { p { (ladder) } }
            @if let Some(fairness) = words::fairness(report, compared) { p { (fairness) } }
        }
    }
}

/// What follows "64 of 73".
fn rest(stood: Stood) -> String {
    let count = format!("{} of {}", stood.stood, stood.of);
    stood.words().replacen(&count, "", 1)
}

/// One block per meeting, those that stood first and those in neither count last, so that two bars of the same width
/// compare by eye.
fn bar(Stood { stood, neither, of }: Stood) -> Markup {
    let stood = stood.min(of);
    let did_not_until = of.saturating_sub(neither).max(stood);
    let mut drawn = String::new();
    if of <= MOST_CELLS {
        let step = WIDTH / of.max(1) as f64;
        let gap = (step * 0.22).min(3.0);
        for number in 0..of {
            let class = match number {
                _ if number < stood => "stood",
                _ if number < did_not_until => "not",
                _ => "neither",
            };
            block(
                &mut drawn,
                class,
                number as f64 * step + gap / 2.0,
                step - gap,
            );
        }
    } else {
        let at = |number: usize| WIDTH * number as f64 / of as f64;
        block(&mut drawn, "stood", 0.0, at(stood));
        block(&mut drawn, "not", at(stood), at(did_not_until) - at(stood));
        block(
            &mut drawn,
            "neither",
            at(did_not_until),
            WIDTH - at(did_not_until),
        );
    }
    html! {
        svg class="bar" viewBox="0 0 600 18" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            (PreEscaped(drawn))
        }
    }
}

/// A block of a bar; what is in neither count is a stroke at half its height.
fn block(drawn: &mut String, class: &str, x: f64, width: f64) {
    let (y, height) = if class == "neither" { (8, 2) } else { (1, 16) };
    if width > 0.0 {
        drawn.push_str(&format!(
            "<rect class=\"{class}\" x=\"{x:.2}\" y=\"{y}\" width=\"{width:.2}\" height=\"{height}\"/>"
        ));
    }
}

/// Conflicts with one class of meetings, drawn as a ribbon: on the line where the 1:1 held; where it gave way, what became of it.
fn conflict(report: &Report, against: &HeadToHead, owner: &str, links: Links) -> Markup {
    let gave_way = against.one_on_one_gave_way.min(against.conflicts);
    let held = against.conflicts - gave_way;
    let drawn = against.conflicts > 0 && against.conflicts <= MOST_CONFLICTS;
    html! {
        div class="conflict" {
            p { (words::head_to_head(against, owner)) }
            @if drawn {
                div class="conflict-row" aria-hidden="true" {
                    @for _ in 0..held { (mark_svg::legend(Mark::Kept)) }
                    @for number in 0..gave_way {
                        (mark_svg::legend(became(report, against.gave_way_on.get(number))))
                    }
                }
            }
            (days(report, against, links))
        }
    }
}

/// The mark of a 1:1 that gave way; one that is not told one by one left its place, and no more is said of it.
fn became(report: &Report, met: Option<&Met>) -> Mark {
    let one = met.and_then(|met| anchor::met(report, met));
    one.map_or(Mark::Moved, Mark::of)
}

/// Whose did not happen as promised, each name a link to its pair: their numbers add up to those of the bars.
fn whose(report: &Report, compared: &Comparison) -> Markup {
    let is_own =
        |pair: &&Pair| manager(pair).is_some_and(|m| m.address == compared.manager.address);
    let place = |pair: &Pair| anchor::numbered(report).find(|(_, one)| one.id == pair.id);
    let each: Vec<(&Pair, usize)> = report
        .pairs
        .iter()
        .filter(is_own)
        .map(|pair| (pair, Tally::of(&pair.occurrences).disrupted))
        .filter(|(_, disrupted)| *disrupted > 0)
        .collect();
    html! {
        @if !each.is_empty() {
            p class="small" {
                "Not as promised: "
                @for (number, (pair, disrupted)) in each.iter().enumerate() {
                    @if number > 0 { ", " }
                    @let name = of_pair::label(report, pair);
                    @if let Some((place, _)) = place(pair) {
                        a href={ "#" (anchor::pair(place)) } { bdi { (name) } }
                    } @else { bdi { (name) } }
                    " " (disrupted)
                }
                "."
            }
        }
    }
}

/// When the 1:1s gave way, and when both stayed, each day a link to its mark.
fn days(report: &Report, against: &HeadToHead, links: Links) -> Markup {
    let gave_way = words::gave_way_on(against, report);
    let stayed = words::both_stayed_on(against, report);
    html! {
        @if !gave_way.is_empty() || !stayed.is_empty() {
            p class="quiet small" {
                @if !gave_way.is_empty() { "It gave way on " (each(report, &gave_way, links)) "." }
                @if !gave_way.is_empty() && !stayed.is_empty() { " " }
                @if !stayed.is_empty() { "Both stayed on " (each(report, &stayed, links)) "." }
            }
        }
    }
}

fn each(report: &Report, days: &[MetOn<'_>], links: Links) -> Markup {
    let to = |one: &MetOn<'_>| match links {
        Links::ToMarks => anchor::of_met(report, one.met),
        Links::None => None,
    };
    let between = |number: usize| match number {
        0 => "",
        last if last + 1 == days.len() => " and ",
        _ => ", ",
    };
    html! {
        @for (number, one) in days.iter().enumerate() {
            (between(number))
            @if let Some(id) = to(one) { a href={ "#" (id) } { (one.day) } } @else { (one.day) }
            (one.about)
        }
    }
}
