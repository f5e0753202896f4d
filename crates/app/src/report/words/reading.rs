//! How it reads, in words. Bands are policy and never a grade: counts first, no adjective where the
//! evidence is mixed, nothing at all where nobody knows whose doing it was.

use super::{
    date, in_neither_count, name, of_the_last, sentence_case, still, stood, stood_of,
    stood_of_the_last,
};
use crate::report::clean::clean;
use crate::report::model::{Band, Pair, PairSignal, Report};
use crate::report::once::in_words;
use crate::report::seat::{Seat, band_said, manager, seat};
use crate::report::tally::Tally;
use steadfast_ledger::case::{ReportSays, Who};
use steadfast_ledger::occurrence::Occurrence;
use steadfast_signal::Kind;

/// Eligible occurrences needed before anything is read into them.
pub(crate) const NEEDED: usize = 6;

/// "ended 30 June with the reporting line; 4 of 5 stood", and what stands on the calendars all the same; nothing of a pair that goes on.
pub(crate) fn ended(report: &Report, pair: &Pair) -> Option<String> {
    let (day, why) = pair.ended.as_ref()?;
    let when = format!("ended {} {}", date::day(*day, report.to.year()), clean(why));
    let counts = counts(report, &Tally::of(&pair.occurrences));
    let still = pair.still.as_ref();
    let still = still.and_then(|still| still::when(report, still));
    let still = still.map_or_else(String::new, |still| format!("; {still}"));
    Some(format!("{}; {counts}{still}", when.trim_end()))
}

/// The few words at the end of a pair's line: "reads as a habit, not an exception".
pub(crate) fn band_words(report: &Report, pair: &Pair) -> String {
    let tally = Tally::of(&pair.occurrences);
    let seat = seat(report, pair);
    let counts = counts(report, &tally);
    let Some(signal) = &pair.signal else {
        return counts;
    };
    if tally.eligible == 0 && signal.disruption.band != Band::TooEarly {
        // Nothing in this window: no reading of it either.
        return counts;
    }
    let graver = graver(signal, seat);
    let before = before(&tally, signal);
    match graver {
        Some((Band::TooEarly, _)) => too_early(&tally),
        Some((Band::Steady, _)) => format!("{counts}; reads as reliably kept{before}"),
        // Never pushed a verdict: the report asks for one; the facts beside the strip say the counts.
        Some((Band::Mixed | Band::HeadsUp | Band::Pattern, _)) | None if seat == Seat::Report => {
            String::new()
        }
        Some((Band::Pattern, Over::Disruption)) => {
            format!("reads as a habit, not an exception{before}")
        }
        Some((Band::Pattern, Over::Loss)) => {
            format!("losing it reads as a habit, not an exception{before}")
        }
        Some((Band::HeadsUp, _)) => format!("a heads-up, for you alone: {counts}"),
        Some((Band::Mixed, _)) => format!("counts only: {counts}"),
        None if signal.whose_unknown && tally.disrupted == 0 => {
            format!("{counts}; whose doing it was before is not known, so no reading")
        }
        None => counts,
    }
}

/// Whether [`band_words`] begins with how many were kept, so that the facts below need not.
pub(crate) fn says_counts_to_report(report: &Report, pair: &Pair) -> bool {
    let seat = seat(report, pair);
    let steady = |signal| matches!(graver(signal, seat), Some((Band::Steady, _)));
    let counts = Tally::of(&pair.occurrences).eligible > 0;
    seat == Seat::Report && counts && pair.signal.as_ref().is_some_and(steady)
}

/// "10 of 12 stood".
pub(crate) fn counts(report: &Report, tally: &Tally) -> String {
    match tally.eligible {
        0 if tally.open > 0 && tally.unknown == 0 => "still to come".to_owned(),
        0 => "nothing that counts yet".to_owned(),
        _ => stood_of(report, tally.stood_of()),
    }
}

/// What a reading rests on beside the few that are shown: ", with the 20 before".
fn before(tally: &Tally, signal: &PairSignal) -> String {
    let before = signal.disruption.n.saturating_sub(tally.eligible);
    if tally.eligible < NEEDED && before > 0 {
        format!(", with the {before} before")
    } else {
        String::new()
    }
}

fn too_early(tally: &Tally) -> String {
    format!(
        "too early ({} of {NEEDED} needed)",
        tally.eligible.min(NEEDED)
    )
}

/// Which of the two signals a band came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Over {
    Disruption,
    Loss,
}

/// The graver of the two readings that may be said; of equals the one over disruptions.
fn graver(signal: &PairSignal, seat: Seat) -> Option<(Band, Over)> {
    let disruption = band_said(signal.disruption.band, signal.whose_unknown, seat)?;
    let loss = band_said(signal.loss.band, signal.whose_unknown, seat);
    match loss {
        Some(loss) if weight(loss) > weight(disruption) && weight(loss) > weight(Band::Mixed) => {
            Some((loss, Over::Loss))
        }
        // Lost more often than once in ten, perhaps: then it is not said to be reliably kept.
        Some(Band::Mixed) if disruption == Band::Steady => Some((Band::Mixed, Over::Loss)),
        _ => Some((disruption, Over::Disruption)),
    }
}

const fn weight(band: Band) -> u8 {
    match band {
        Band::TooEarly => 0,
        Band::Steady => 1,
        Band::Mixed => 2,
        Band::HeadsUp => 3,
        Band::Pattern => 4,
    }
}

/// The sentence of a pair's signal, for the seat from which `report` reads it; the audit stores it in
/// [`PairSignal::sentence`]. Facts alone where no band may be said.
pub fn sentence(report: &Report, pair: &Pair) -> String {
    let tally = Tally::of(&pair.occurrences);
    let said = counted(report, pair, &tally);
    match tally.moved_when_unknown {
        0 => said,
        _ if said.is_empty() => said,
        moved => format!("{said} {moved} moved: {}.", in_neither_count(moved)),
    }
}

/// What a report is told who asks how the counts read; `None` where it would be what stands there already.
pub(crate) fn asked(report: &Report, pair: &Pair) -> Option<String> {
    let seat = seat(report, pair);
    let signal = pair.signal.as_ref().filter(|_| seat == Seat::Report)?;
    let tally = Tally::of(&pair.occurrences);
    if tally.eligible == 0 {
        return None;
    }
    let said = sentence(report, pair);
    if signal.whose_unknown && tally.disrupted > 0 {
        return Some(format!("{said} So nothing is read into it."));
    }
    match graver(signal, seat) {
        // Beside the name.
        Some((Band::TooEarly | Band::Steady, _)) => None,
        Some((Band::HeadsUp | Band::Pattern, _)) => Some(said),
        Some((Band::Mixed, _)) | None => {
            let often = in_words(report.once.0.one_in(Kind::Disruption));
            Some(format!(
                "{said} That reads neither as reliably kept nor as a habit: too many went otherwise for the one, and \
                 for the other it is not clear enough. A habit would be more than one in {often}, mostly from the manager’s calendar, \
                 with little doubt left."
            ))
        }
    }
}

fn counted(report: &Report, pair: &Pair, tally: &Tally) -> String {
    let seat = seat(report, pair);
    let Some(signal) = &pair.signal else {
        return String::new();
    };
    let facts = format!(
        "{} {} did not happen as promised",
        tally.disrupted,
        of_the_last(tally)
    );
    if tally.eligible == 0 && signal.disruption.band != Band::TooEarly {
        return format!("{}.", sentence_case(&counts(report, tally)));
    }
    if signal.whose_unknown && tally.disrupted > 0 {
        return match whose_doing_known(pair) {
            0 => format!("{facts}. Whose doing it was, this source cannot say."),
            // Known of some, or of all in this window and too few before it: no reading, and no denial either.
            known if known < tally.disrupted => format!(
                "{facts}. Of {} of these this source cannot say whose doing it was, too large a share for a reading.",
                tally.disrupted - known
            ),
            _ => format!("{facts}."),
        };
    }
    match graver(signal, seat) {
        Some((Band::TooEarly, _)) => {
            let so_far = tally.eligible.min(NEEDED);
            format!(
                "{so_far} of {NEEDED} meetings needed before a reading. So far: {} {}.",
                tally.stood,
                stood(report)
            )
        }
        Some((Band::Steady, _)) => {
            let counts = stood_of_the_last(report, tally);
            format!("{counts}. That reads as reliably kept.")
        }
        Some((Band::HeadsUp, _)) => format!("{facts}. A heads-up, for you alone."),
        Some((Band::Pattern, Over::Disruption)) => format!(
            "{facts}. With most of it from {}, that reads as a habit, not an exception.",
            managers_side(pair, seat)
        ),
        Some((Band::Pattern, Over::Loss)) => format!(
            "{} {} were lost. That reads as a habit, not an exception.",
            tally.lost,
            of_the_last(tally)
        ),
        Some((Band::Mixed, _)) | None => {
            format!("{}.", stood_of_the_last(report, tally))
        }
    }
}

/// The disrupted ones of which it is known whose doing it was.
fn whose_doing_known(pair: &Pair) -> usize {
    let disrupted = |o: &&Occurrence| Tally::of([*o]).disrupted == 1;
    let known = |o: &&Occurrence| {
        o.actor.is_some_and(|actor| actor.who != Who::Unknown)
            || o.report_says == Some(ReportSays::NoManager)
    };
    pair.occurrences
        .iter()
        .filter(disrupted)
        .filter(known)
        .count()
}

fn managers_side(pair: &Pair, seat: Seat) -> String {
    match (seat, manager(pair)) {
        (Seat::Manager, _) => "your side".to_owned(),
        (_, Some(manager)) => format!("{}’s side", name(manager)),
        (_, None) => "the manager’s side".to_owned(),
    }
}
