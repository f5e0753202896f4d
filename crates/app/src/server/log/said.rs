//! What the viewer said, and what others said to them.

use super::names::Names;
use super::{Entry, Named, SaidBetween, What};
use crate::audit::pair_id;
use crate::server::facts::{self, CADENCE, CadenceSaid, LINE, Line};
use crate::server::guard;
use crate::server::ledger::{Word, last_words, whole_stream};
use crate::server::{ServerError, Viewer};
use std::collections::BTreeMap;
use steadfast_calendar::Instant;
use steadfast_store::Facts;

/// Who reports to whom, as the viewer said and as was said of them.
pub(super) async fn lines<S: Facts>(
    store: &S,
    viewer: &Viewer,
    since: Instant,
    names: &Names,
) -> Result<Vec<Entry>, ServerError> {
    let me = viewer.person();
    let mut entries = Vec::new();
    for stream in [facts::lines_said_by(me), facts::lines_said_of(me)] {
        for fact in whole_stream(store, viewer.org(), &stream).await? {
            let at = facts::at(&fact);
            if at < since {
                continue;
            }
            let line: Line = facts::what_was_said(&fact, LINE)?;
            let what = What::Line {
                by: names.named(viewer, &fact.actor),
                manager: names.named(viewer, &line.manager),
                report: names.named(viewer, &line.report),
                holds: line.holds,
            };
            entries.push(Entry { at, what });
        }
    }
    Ok(entries)
}

/// Words on the 1:1s with `other`, as they stand; of one that the viewer took back that they did, and not what it had been. What
/// the other one keeps to themselves, or takes back, is nobody else's.
pub(super) async fn words<S: Facts>(
    store: &S,
    viewer: &Viewer,
    since: Instant,
    other: &Named,
) -> Result<Vec<Entry>, ServerError> {
    let pair = pair_id(viewer.person(), &other.address);
    let mut entries = Vec::new();
    for (at, given) in last_words(store, viewer, &other.address).await? {
        let (with, pair) = (other.clone(), pair.clone());
        let is_mine = given.by == viewer.person();
        let what = match given.word.as_deref().map(Word::named) {
            Some(Some(word)) => What::Said {
                by: either(viewer, other, &given.by),
                with,
                pair,
                day: given.date,
                word,
                shared: given.shared,
            },
            // A word of a newer version of this program.
            Some(None) => continue,
            None if is_mine => What::Unsaid {
                with,
                pair,
                day: given.date,
            },
            None => continue,
        };
        if at >= since {
            entries.push(Entry { at, what });
        }
    }
    Ok(entries)
}

/// What was said about how often the viewer and `other` want to meet.
pub(super) async fn rhythm<S: Facts>(
    store: &S,
    viewer: &Viewer,
    since: Instant,
    other: &Named,
) -> Result<Vec<Entry>, ServerError> {
    let pair = pair_id(viewer.person(), &other.address);
    let stream = facts::cadence_of(&pair);
    let mut entries = Vec::new();
    for fact in whole_stream(store, viewer.org(), &stream).await? {
        let at = facts::at(&fact);
        if at < since {
            continue;
        }
        let said: CadenceSaid = facts::what_was_said(&fact, CADENCE)?;
        let what = What::Rhythm {
            by: either(viewer, other, &said.by),
            with: other.clone(),
            pair: pair.clone(),
            word: said.word,
            days: said.days,
        };
        entries.push(Entry { at, what });
    }
    Ok(entries)
}

/// What was said between the two about 1:1s that were lost or changed.
pub(super) async fn between<S: Facts>(
    store: &S,
    viewer: &Viewer,
    since: Instant,
    other: &Named,
) -> Result<Vec<Entry>, ServerError> {
    let pair = pair_id(viewer.person(), &other.address);
    let mut entries = Vec::new();
    // What the report has picked and nobody took back since.
    let mut picks: BTreeMap<i64, i64> = BTreeMap::new();
    for (at, by, said) in guard::all_said(store, viewer, &other.address).await? {
        let promised = said.promised();
        let picked = picks.get(&promised).copied();
        match &said {
            guard::Said::Picked {
                start: Some(start), ..
            } => drop(picks.insert(promised, *start)),
            guard::Said::Offered { .. } | guard::Said::Withdrawn { .. } => {
                picks.remove(&promised);
            }
            _ => {}
        }
        if at < since {
            continue;
        }
        let what = What::Between {
            by: either(viewer, other, &by),
            with: other.clone(),
            pair: pair.clone(),
            promised: Instant::from_seconds(said.promised()),
            said: match said {
                guard::Said::Offered { by_owner, .. } => SaidBetween::Offered { by_owner },
                guard::Said::Picked {
                    start: Some(start), ..
                } => SaidBetween::Picked(Instant::from_seconds(start)),
                guard::Said::Picked { start: None, .. } => SaidBetween::PickedNone,
                guard::Said::Withdrawn {
                    by_itself: true, ..
                } => SaidBetween::Over,
                guard::Said::Withdrawn { .. } => match picked {
                    Some(start) => SaidBetween::PickTakenBack(Instant::from_seconds(start)),
                    None => SaidBetween::Withdrawn,
                },
                guard::Said::Reason { text, .. } if text.is_empty() => SaidBetween::NoReason,
                guard::Said::Reason { .. } => SaidBetween::Reason,
                guard::Said::Told { .. } => SaidBetween::NoTime,
                guard::Said::Asked { .. } => SaidBetween::Asked,
                guard::Said::NotAsked { .. } => SaidBetween::NotAsked,
                guard::Said::Booked { slot, .. } => {
                    SaidBetween::Booked(Instant::from_seconds(slot.0))
                }
            },
        };
        entries.push(Entry { at, what });
    }
    Ok(entries)
}

/// Which of the two.
fn either(viewer: &Viewer, other: &Named, by: &str) -> Named {
    if by == other.address {
        return other.clone();
    }
    Named {
        address: viewer.person().to_owned(),
        name: viewer.person().to_owned(),
        is_me: true,
    }
}
