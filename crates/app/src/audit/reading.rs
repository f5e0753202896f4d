//! From judged occurrences to the two signals of a pair.

use crate::report::model::{Band, PairSignal, Reading};
use steadfast_ledger::{occurrence::Occurrence, verdict::Outcome};
use steadfast_signal::{self as signal, Kind, Once, read_with, whose_unknown::Whose};

/// Whether an occurrence enters the statistics: judged, and not excused.
pub(crate) fn is_eligible(occurrence: &Occurrence) -> bool {
    let verdict = &occurrence.verdict;
    verdict.excused.is_none()
        && !matches!(
            verdict.outcome,
            Outcome::Unknown | Outcome::Open | Outcome::Disputed
        )
}

/// Both signals over all evidence, in order of the promised starts, by what counts as `once` in a while. `for_report`: the
/// report reads, and a heads-up is the manager's alone. The sentence is filled in once the whole report stands.
pub(super) fn signals(occurrences: &[Occurrence], once: Once, for_report: bool) -> PairSignal {
    let events = |pick: fn(&Occurrence) -> bool| {
        occurrences
            .iter()
            .filter(|o| is_eligible(o))
            .map(move |o| (pick(o), o.verdict.q))
    };
    let disruptions = || events(|o| o.verdict.disruption);
    let losses = || events(|o| o.verdict.loss);
    let disruption = read_with(once.params(Kind::Disruption), disruptions());
    let loss = read_with(once.params(Kind::Loss), losses());
    PairSignal {
        disruption: told(&disruption, for_report),
        loss: told(&loss, for_report),
        whose_unknown: Whose::count(disruptions()).is_unknown(),
        sentence: String::new(),
    }
}

fn told(reading: &signal::Reading, for_report: bool) -> Reading {
    let band = if for_report {
        reading.band.for_the_report()
    } else {
        reading.band
    };
    Reading {
        a: reading.a,
        b: reading.b,
        probability: reading.probability,
        band: match band {
            signal::Band::TooEarly => Band::TooEarly,
            signal::Band::Steady => Band::Steady,
            signal::Band::Mixed => Band::Mixed,
            signal::Band::HeadsUp => Band::HeadsUp,
            signal::Band::Pattern => Band::Pattern,
        },
        n: reading.n,
        streak: reading.streak,
    }
}
