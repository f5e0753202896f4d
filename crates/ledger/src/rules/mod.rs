//! The rules: what counts as what. One file per question, each with its meaning, its limits and their reasons,
//! the function that decides, and its cases.
//!
//! To change what counts as what, find the rule in [`ALL`] (or by `steadfast rules list`), change its one file and
//! its cases; `docs/how-to/change-a-rule.md` has the steps.

pub mod attribution;
mod because;
pub mod cadence;
pub mod cancelled;
#[cfg(test)]
mod check;
pub mod contact_gap;
pub mod cut;
pub mod disputed;
pub mod disruption;
pub mod excuses;
pub mod held_by_both;
pub mod kept;
pub mod loss;
pub mod made_good;
pub mod missing;
pub mod moved;
pub mod no_show;
pub mod notice;
pub mod nudged;
pub mod open;
pub mod place;
pub mod promise;
pub mod rule;
pub mod severity;
pub mod skipped;
pub mod slipped;
pub mod unknown;
pub mod whose_change;

pub use rule::{Rule, Threshold, Value};

use crate::{
    case::Case,
    verdict::{Cut, Outcome, Verdict},
};
use because::Told;
use no_show::Tap;
use notice::Given;
use place::Place;
use steadfast_calendar::Slot;
use whose_change::Deciding;

/// Every rule, in the order in which they are told.
pub const ALL: &[Rule] = &[
    promise::RULE,
    cadence::RULE,
    kept::RULE,
    nudged::RULE,
    skipped::RULE,
    moved::RULE,
    slipped::RULE,
    cancelled::RULE,
    missing::RULE,
    no_show::RULE,
    disputed::RULE,
    held_by_both::RULE,
    unknown::RULE,
    open::RULE,
    made_good::RULE,
    cut::RULE,
    whose_change::RULE,
    notice::RULE,
    attribution::RULE,
    excuses::RULE,
    loss::RULE,
    disruption::RULE,
    contact_gap::RULE,
    severity::RULE,
];

/// The rule of that id.
pub fn find(id: &str) -> Option<&'static Rule> {
    ALL.iter().find(|rule| rule.id == id)
}

/// Judges one promised 1:1. Total: every case has a verdict.
pub fn judge(case: &Case) -> Verdict {
    let on_calendar = case.held.map_or(Outcome::Cancelled, |held| {
        on_the_calendar(&Place::new(case, held))
    });
    if open::fits(case) {
        unjudged(case, Outcome::Open, on_calendar)
    } else if unknown::fits(case) {
        unjudged(case, Outcome::Unknown, on_calendar)
    } else {
        decide(case, on_calendar)
    }
}

/// Judges one that the cadence expected and the calendar never had (see [`missing`]): `promised` is its place,
/// and there is neither a final slot nor a change.
pub fn judge_missing(case: &Case) -> Verdict {
    decide(case, Outcome::Missing)
}

/// What a slot says of the promise, nothing else being known. The first rule that fits.
pub fn on_the_calendar(place: &Place<'_>) -> Outcome {
    if kept::fits(place) {
        Outcome::Kept
    } else if nudged::fits(place) {
        Outcome::Nudged
    } else if skipped::folded(place).is_some() {
        Outcome::Skipped
    } else if moved::fits(place) {
        Outcome::Moved
    } else {
        Outcome::Slipped
    }
}

/// What became of it, after extra meetings and the word of both.
struct Fate {
    outcome: Outcome,
    held: Option<Slot>,
    cut: Option<Cut>,
    made_good: bool,
    /// A tap that stands uncontradicted, also when the no show was made good.
    tap: Option<Tap>,
    rule: &'static str,
}

fn decide(case: &Case, on_calendar: Outcome) -> Verdict {
    let cut = case.held.and_then(|held| cut::of(case.promised, held));
    let lost = loss::lost(on_calendar, cut);
    let deciding = whose_change::deciding(&case.changes, lost);
    let fate = said(case, fate_of(case, on_calendar, cut, lost));

    // A no show is an event of its own: no earlier change gives it a notice, an actor or an excuse.
    let decider = if fate.tap.is_some() { None } else { deciding };
    let who = decider.map(|change| change.who);
    let notice = if fate.tap.is_some() {
        Some(Given {
            least: no_show::NOTICE_MINUTES,
            most: no_show::NOTICE_MINUTES,
        })
    } else {
        deciding.and_then(|change| change.notice)
    };
    let untouched = fate.outcome == Outcome::Kept && fate.cut.is_none();
    let disputed = fate.outcome == Outcome::Disputed;
    let excused = if untouched || disputed {
        None
    } else {
        excuses::first(case, who)
    };
    let counts = excused.is_none() && !disputed;
    let loss = counts && !fate.made_good && loss::lost(fate.outcome, fate.cut);
    let disruption = counts
        && disruption::is_one(&disruption::Facts {
            outcome: fate.outcome,
            cut: fate.cut,
            notice: notice.map(Given::class),
            away_seconds: fate.held.map_or(0, |held| {
                held.start.seconds_since(case.promised.start).abs()
            }),
            made_good: fate.made_good,
            loss,
        });
    let q = if untouched {
        1.0
    } else if !counts {
        0.0
    } else {
        fate.tap
            .map_or_else(|| attribution::q_of(who), attribution::q_of_tap)
    };
    let because = because::words(&Told {
        case,
        on_calendar,
        outcome: fate.outcome,
        held: fate.held,
        made_good: fate.made_good,
        cut: fate.cut,
        notice: deciding.and_then(|change| change.notice),
        excused,
    });
    Verdict {
        outcome: fate.outcome,
        cut: fate.cut,
        notice: notice.map(Given::class),
        notice_minutes: notice.map(Given::minutes),
        notice_range: notice.and_then(Given::range).map(Box::new),
        hops: count(case.changes.len()),
        deciding_change: decider.map(|change| count(change.index)),
        actor: who,
        excused,
        q,
        disruption,
        loss,
        made_good: fate.made_good,
        held: fate.held,
        rule: fate.rule,
        because,
    }
}

/// Before the taps: a loss is made good by an extra meeting, else kept by the word of both, else it stays.
fn fate_of(case: &Case, on_calendar: Outcome, cut: Option<Cut>, lost: bool) -> Fate {
    if lost {
        if let Some(fate) = made_good_fate(case) {
            return fate;
        }
        if held_by_both::fits(case) {
            return Fate {
                outcome: Outcome::Kept,
                held: case.held.or(Some(case.promised)),
                cut: None,
                made_good: false,
                tap: None,
                rule: held_by_both::RULE.id,
            };
        }
    }
    Fate {
        outcome: on_calendar,
        held: case.held,
        cut,
        made_good: false,
        tap: None,
        rule: rule_of(on_calendar),
    }
}

fn made_good_fate(case: &Case) -> Option<Fate> {
    let (outcome, held) = made_good::by_replacement(case)?;
    Some(Fate {
        outcome,
        held: Some(held),
        cut: cut::of(case.promised, held),
        made_good: true,
        tap: None,
        rule: made_good::RULE.id,
    })
}

/// What the two say about whatever stood in the end.
fn said(case: &Case, stood: Fate) -> Fate {
    let Some(tap) = no_show::tap(case.report_says).filter(|_| no_show::takes_a_tap(stood.outcome))
    else {
        return stood;
    };
    if disputed::contradicted(case.manager_says) {
        return Fate {
            outcome: Outcome::Disputed,
            cut: None,
            made_good: false,
            rule: disputed::RULE.id,
            ..stood
        };
    }
    // The extra meeting of a loss was the one tapped: there is no second one to repair it.
    if !stood.made_good
        && let Some(good) = made_good_fate(case)
    {
        return Fate {
            tap: Some(tap),
            ..good
        };
    }
    Fate {
        outcome: Outcome::NoShow,
        made_good: false,
        tap: Some(tap),
        rule: no_show::RULE.id,
        ..stood
    }
}

/// Unknown and open: changes are counted, and those of an open one told; nothing is judged.
fn unjudged(case: &Case, outcome: Outcome, on_calendar: Outcome) -> Verdict {
    let deciding: Option<Deciding> = if outcome == Outcome::Open {
        let cut = case.held.and_then(|held| cut::of(case.promised, held));
        whose_change::deciding(&case.changes, loss::lost(on_calendar, cut))
    } else {
        None
    };
    let notice = deciding.and_then(|change| change.notice);
    Verdict {
        outcome,
        cut: None,
        notice: notice.map(Given::class),
        notice_minutes: notice.map(Given::minutes),
        notice_range: notice.and_then(Given::range).map(Box::new),
        hops: count(case.changes.len()),
        deciding_change: deciding.map(|change| count(change.index)),
        actor: deciding.map(|change| change.who),
        excused: None,
        q: 0.0,
        disruption: false,
        loss: false,
        made_good: false,
        // Of one to come: where it stands by now.
        held: case.held.filter(|_| outcome == Outcome::Open),
        rule: rule_of(outcome),
        because: because::words(&Told {
            case,
            on_calendar,
            outcome,
            held: None,
            made_good: false,
            cut: None,
            notice: None,
            excused: None,
        }),
    }
}

/// A number of changes; nobody changes a meeting four thousand million times.
fn count(changes: usize) -> u32 {
    u32::try_from(changes).unwrap_or(u32::MAX)
}

/// The rule that decides an outcome.
pub const fn rule_of(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Kept => kept::RULE.id,
        Outcome::Nudged => nudged::RULE.id,
        Outcome::Moved => moved::RULE.id,
        Outcome::Slipped => slipped::RULE.id,
        Outcome::Skipped => skipped::RULE.id,
        Outcome::Cancelled => cancelled::RULE.id,
        Outcome::Missing => missing::RULE.id,
        Outcome::NoShow => no_show::RULE.id,
        Outcome::Disputed => disputed::RULE.id,
        Outcome::Unknown => unknown::RULE.id,
        Outcome::Open => open::RULE.id,
    }
}
