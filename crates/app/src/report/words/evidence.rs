//! What one occurrence rests on, in words: the promise, where it stood, when and from where it was changed, how sure that
//! is, and how it counts. From the seat of whoever reads: what displaced a meeting is for the manager alone.

use super::{actor, causes, class, date, excuse, list, sentence_case, stood, story, zones};
use crate::report::model::{Pair, Report};
use crate::report::seat::{Seat, seat};
use crate::report::tally::Tally;
use steadfast_calendar::Slot;
use steadfast_ledger::case::{ActorEvidence, ChangeTime, ManagerSays, ReportSays};
use steadfast_ledger::occurrence::Occurrence;
use steadfast_ledger::verdict::Outcome;

/// Terms, each with its sentence.
pub(crate) fn evidence(
    report: &Report,
    pair: &Pair,
    occurrence: &Occurrence,
) -> Vec<(&'static str, String)> {
    let seat = seat(report, pair);
    let verdict = &occurrence.verdict;
    let mut known = vec![("Promised", slot(report, pair, occurrence.promised))];
    if verdict.outcome == Outcome::Open {
        match verdict.held {
            Some(held) if held == occurrence.promised => {}
            Some(held) => known.push(("By now", slot(report, pair, held))),
            None => known.push(("By now", "not on the calendar".to_owned())),
        }
        known.extend(way(report, pair, occurrence));
        return known;
    }
    match verdict.held {
        Some(held) if held == occurrence.promised => {
            known.push(("In the end", "it stood there".to_owned()));
        }
        Some(held) => known.push(("In the end", slot(report, pair, held))),
        None => known.push(("In the end", "not on the calendar".to_owned())),
    }
    known.extend(way(report, pair, occurrence));
    if let Some(at) = occurrence.changed_at {
        known.push(("Changed", changed(report, at)));
    }
    if let Some(given) = story::notice_given(report, occurrence) {
        known.push(("Notice", given));
    }
    if let Some(by) = &occurrence.actor {
        let from = actor::named(report, Some(by), pair);
        let said = match from {
            Some(from) => format!(
                "{from}: {}, about {:.0} in 100 sure",
                says(by.evidence),
                by.confidence * 100.0
            ),
            None => "not known: nothing here says surely enough whose change it was".to_owned(),
        };
        known.push(("By", said));
    }
    if seat == Seat::Manager
        && let Some(displaced) = causes::displaced_by(occurrence)
    {
        known.push(("Most likely displaced by", class::one(displaced, "your")));
    }
    let wanted: Vec<String> = causes::wanted(occurrence)
        .map(|class| class::one(class, "your"))
        .collect();
    if seat == Seat::Manager && !wanted.is_empty() {
        known.push(("Wanted the same time, and stayed", list(&wanted)));
    }
    known.extend(spoken(occurrence, seat));
    known.push(("Counts as", counts(report, pair, occurrence)));
    known
        .into_iter()
        .map(|(term, said)| (term, format!("{}.", sentence_case(&said))))
        .collect()
}

/// Each change, where there were several: when, where to, from whose side and how that is known. The last rows tell of the one
/// that decides.
fn way(report: &Report, pair: &Pair, occurrence: &Occurrence) -> Vec<(&'static str, String)> {
    const NUMBERED: [&str; 5] = [
        "First change",
        "Second change",
        "Third change",
        "Fourth change",
        "Fifth change",
    ];
    let start = occurrence.promised.start;
    let hops = pair.hops.iter().find(|(promised, _)| *promised == start);
    let known = hops.map_or(0, |(_, hops)| hops.len());
    let hops = hops.into_iter().flat_map(|(_, hops)| hops);
    hops.enumerate()
        .map(|(number, hop)| {
            let to = match hop.to {
                Some(to) if to == occurrence.promised => "back to where it was promised".to_owned(),
                Some(to) => format!("to {}", slot(report, pair, to)),
                None => "taken off the calendar".to_owned(),
            };
            let when = hop
                .at
                .map_or_else(|| "when is not known".to_owned(), |at| changed(report, at));
            let by = match actor::named(report, Some(&hop.actor), pair) {
                Some(from) => format!(
                    "{from}: {}, about {:.0} in 100 sure",
                    says(hop.actor.evidence),
                    hop.actor.confidence * 100.0
                ),
                None => "whose change it was is not known surely enough".to_owned(),
            };
            let term = match known {
                1 => "Changed before",
                _ => NUMBERED.get(number).copied().unwrap_or("Later change"),
            };
            (term, format!("{to}; {when}; {by}"))
        })
        .collect()
}

fn slot(report: &Report, pair: &Pair, slot: Slot) -> String {
    let when = date::moment(slot.start, &report.zone, report.to.year());
    let elsewhere = zones::of(slot.start, report, pair);
    format!("{when}{elsewhere}, {} minutes", slot.minutes())
}

fn changed(report: &Report, at: ChangeTime) -> String {
    let year = report.to.year();
    let latest = date::moment(at.latest, &report.zone, year);
    if at.earliest == at.latest {
        // Notice counts whole minutes: from 13:25:40 to 15:00 they are 94.
        match at.latest.civil(&report.zone).second() {
            0 => latest,
            second => format!("{latest}:{second:02}"),
        }
    } else {
        let earliest = date::moment(at.earliest, &report.zone, year);
        format!("between {earliest} and {latest}, seen at the second of the two")
    }
}

const fn says(evidence: ActorEvidence) -> &'static str {
    match evidence {
        ActorEvidence::AuditLog => "a log of changes says so",
        ActorEvidence::SchedulingMessage => "a declined answer came before the change",
        ActorEvidence::OrganizerOnly => {
            "the organiser’s side changed it, by the number of its version (SEQUENCE)"
        }
        ActorEvidence::CalendarOrder => "one calendar changed before the other",
        ActorEvidence::None => "nothing says so",
    }
}

fn spoken(occurrence: &Occurrence, seat: Seat) -> Vec<(&'static str, String)> {
    let mut spoken = Vec::new();
    if let Some(says) = occurrence.report_says {
        let said = match says {
            ReportSays::Asked => "they asked for this change",
            ReportSays::Agreed => "both agreed on it",
            ReportSays::Held => "it took place",
            ReportSays::NoManager => "the manager did not come",
            ReportSays::NoMe => "they could not come",
            ReportSays::NotHeld => "it did not happen",
        };
        let term = if seat == Seat::Report {
            "You said"
        } else {
            "The report said"
        };
        let said = match seat {
            Seat::Report => said.replacen("they ", "you ", 1),
            _ => said.to_owned(),
        };
        spoken.push((term, said));
    }
    if let Some(says) = occurrence.manager_says {
        let said = match says {
            ManagerSays::Agreed => "both agreed on it",
            ManagerSays::Held => "it took place",
        };
        let term = if seat == Seat::Manager {
            "You said"
        } else {
            "The manager said"
        };
        spoken.push((term, said.to_owned()));
    }
    spoken
}

fn counts(report: &Report, pair: &Pair, occurrence: &Occurrence) -> String {
    let verdict = &occurrence.verdict;
    let one = Tally::of([occurrence]);
    match verdict.excused {
        Some(excuse) => {
            let why = excuse::excused(report, excuse, occurrence, pair);
            format!("excused, neither way: {why}")
        }
        None if one.moved_when_unknown == 1 => {
            "neither way: how early it was known is not known".to_owned()
        }
        None if matches!(verdict.outcome, Outcome::Unknown | Outcome::Disputed) => {
            "neither way: it is not known".to_owned()
        }
        None if verdict.loss => "lost".to_owned(),
        None if verdict.disruption => "not as promised".to_owned(),
        None => stood(report).to_owned(),
    }
}
