//! Why one counts neither way, in words.

use super::{actor, holiday, in_leave, name, story::was_declined};
use crate::report::model::{Pair, Report};
use crate::report::seat::{Seat, manager, seat, subordinate};
use steadfast_ledger::case::{Away, ReportSays, Who};
use steadfast_ledger::occurrence::Occurrence;
use steadfast_ledger::verdict::{Excuse, Outcome};

/// "leave on your calendar": whose it is.
pub(crate) fn leave(report: &Report, away: Away, pair: &Pair, seat: Seat) -> String {
    let excuse = match away {
        Away::Manager => Excuse::LeaveManager,
        Away::Report => Excuse::LeaveReport,
        Away::OneOfTheTwo => Excuse::Leave,
        Away::Holiday => Excuse::Holiday,
    };
    of_excuse(report, excuse, pair, seat)
}

/// Why an occurrence counts neither way: "leave on your calendar".
pub(crate) fn excused(
    report: &Report,
    excuse: Excuse,
    occurrence: &Occurrence,
    pair: &Pair,
) -> String {
    let seat = seat(report, pair);
    // Whoever takes a 1:1 off the calendar for their leave did not wish it away.
    let on_leave = occurrence.away == Some(Away::Report) && occurrence.report_says.is_none();
    let excuse = match excuse {
        Excuse::Report if on_leave => Excuse::LeaveReport,
        other => other,
    };
    if excuse == Excuse::Report {
        if let Some(said) = asked(occurrence, pair, seat) {
            return said;
        }
        let theirs = occurrence.actor.as_ref().filter(|by| by.who == Who::Report);
        let is_declined =
            occurrence.verdict.outcome == Outcome::Cancelled && was_declined(occurrence);
        if is_declined && theirs.is_some() {
            return match subordinate(pair).filter(|_| seat != Seat::Report) {
                Some(report) => format!("a declined answer from {}", name(report)),
                None => "a declined answer of yours".to_owned(),
            };
        }
        if let Some(by) = actor::named(report, theirs, pair) {
            return format!("changed {by}");
        }
    }
    if excuse == Excuse::Holiday {
        return holiday::holiday(occurrence, pair, seat);
    }
    of_excuse(report, excuse, pair, seat)
}

/// The report's own word for it: it is not their calendar that says so.
fn asked(occurrence: &Occurrence, pair: &Pair, seat: Seat) -> Option<String> {
    let report = name(subordinate(pair)?);
    let (mine, theirs) = match occurrence.report_says? {
        ReportSays::Asked => ("you say you asked for it", "says they asked for it"),
        ReportSays::NoMe => ("you say you could not come", "says they could not come"),
        _ => return None,
    };
    Some(match seat {
        Seat::Report => mine.to_owned(),
        Seat::Manager | Seat::Onlooker => format!("{report} {theirs}"),
    })
}

fn of_excuse(known: &Report, excuse: Excuse, pair: &Pair, seat: Seat) -> String {
    let report = subordinate(pair).map(name);
    let manager = manager(pair).map(name);
    match (excuse, seat) {
        (Excuse::Report, Seat::Report) => "changed from your side".to_owned(),
        (Excuse::Report, _) => match report {
            Some(report) => format!("changed from {report}’s side"),
            None => "one of the two asked for it".to_owned(),
        },
        (Excuse::Mutual, _) => "both agreed".to_owned(),
        (Excuse::LeaveManager, Seat::Manager) | (Excuse::LeaveReport, Seat::Report) => {
            "leave on your calendar".to_owned()
        }
        (Excuse::LeaveManager, _) => match manager {
            Some(manager) => format!("leave on {manager}’s calendar"),
            None => "leave".to_owned(),
        },
        (Excuse::LeaveReport, _) => match report {
            Some(report) => format!("leave on {report}’s calendar"),
            None => "leave".to_owned(),
        },
        (Excuse::Leave, _) => in_leave::leave_of_either(known, pair),
        (Excuse::Holiday, _) => "a public holiday".to_owned(),
        (Excuse::Plan, _) => "a plan both accepted".to_owned(),
    }
}
