//! Which ones are counted: under the facts of a pair, each day a link to its mark, in the groups that the facts count.

use super::super::model::{Pair, Report};
use super::super::seat::{Seat, seat};
use super::super::tally::Tally;
use super::super::words::{self, date};
use super::anchor;
use maud::{Markup, html};
use steadfast_ledger::occurrence::Occurrence;

/// A group: what it is called, and what is in it.
type Group = (&'static str, fn(&Tally) -> usize);

/// In the order of the facts. What is lost first and made good is among the moved, the nudged, or those that stood.
const GROUPS: [Group; 13] = [
    ("Moved", |one| one.moved),
    ("Nudged at the last minute", |one| one.nudged_late),
    ("Cut to less than half", |one| one.cut_short),
    ("Lost", |one| one.lost),
    ("In neither count", |one| one.moved_when_unknown),
    ("Nudged, counts as stood", |one| one.nudged),
    ("Moved early, counts as stood", |one| one.moved_early),
    ("Shortened, counts as stood", |one| one.shortened),
    ("Beside something else", |one| {
        one.overlapped.saturating_sub(one.both_elsewhere)
    }),
    ("Beside a meeting that both had accepted", |one| {
        one.both_elsewhere
    }),
    ("In leave", |one| one.stood_in_leave),
    ("Excused", |one| one.excused),
    ("Not known", |one| one.unknown + one.disputed),
];

/// The days of each group that has any; nothing of a pair that stood whole.
pub(super) fn which(report: &Report, pair: &Pair, number: usize) -> Markup {
    let is_report = seat(report, pair) == Seat::Report;
    // What lay beside one is the manager's to know.
    let shown = |name: &str| !(is_report && name == "Beside something else");
    let groups: Vec<(String, Vec<(usize, &Occurrence)>)> = GROUPS
        .iter()
        .filter(|(name, _)| shown(name))
        .map(|(name, kind)| {
            let all = pair.occurrences.iter().enumerate();
            let of_kind = all.filter(|(_, one)| kind(&Tally::of([*one])) == 1);
            // One word for it in all of the report, as in its sentences.
            let name = name.replace("stood", words::stood(report));
            (name, of_kind.collect::<Vec<_>>())
        })
        .filter(|(_, of_kind)| !of_kind.is_empty())
        .collect();
    html! {
        @if !groups.is_empty() {
            dl class="which" {
                @for (name, of_kind) in &groups {
                    div {
                        dt { (name) " (" (of_kind.len()) ")" }
                        dd {
                            @for (place, (index, one)) in of_kind.iter().enumerate() {
                                @if place > 0 { ", " }
                                a href={ "#" (anchor::mark(number, *index)) } {
                                    (date::day(one.promised.start.date(&report.zone), report.to.year()))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
