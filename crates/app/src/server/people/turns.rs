//! What the list of people made different of one person's lines, one stroke after the other.

use super::forms::{Said, stream_of};
use super::organisation::{DatedLine, Organisation};
use crate::server::{ServerError, Viewer, facts, ledger::whole_stream};
use steadfast_calendar::Instant;
use steadfast_store::Facts;

/// What became different at one moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::server) struct Turn {
    /// When.
    pub(in crate::server) at: Instant,
    /// Who said it.
    pub(in crate::server) by: String,
    /// The lines that are new or have other days, as they are from then on.
    pub(in crate::server) now: Vec<DatedLine>,
    /// Those of which it is said that they never were.
    pub(in crate::server) never: Vec<DatedLine>,
}

/// All that was said of the viewer's lines, the oldest first. What comes to nothing is none.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub(in crate::server) async fn turns<S: Facts>(
    store: &S,
    viewer: &Viewer,
) -> Result<Vec<Turn>, ServerError> {
    let me = viewer.person();
    let facts = whole_stream(store, viewer.org(), &stream_of(me)).await?;
    let mut known = Organisation::default();
    let mut turns = Vec::new();
    let at = |fact: &steadfast_store::Fact| (facts::at(fact), fact.actor.clone());
    for stroke in facts.chunk_by(|one, next| at(one) == at(next)) {
        let before = known.lines.clone();
        for fact in stroke {
            known.take(Said::read(fact)?);
        }
        let mine = |line: &&DatedLine| line.manager == me || line.report == me;
        let of_two = |one: &DatedLine, other: &DatedLine| {
            (&one.manager, &one.report) == (&other.manager, &other.report)
        };
        let now = known.lines.difference(&before).filter(mine).cloned();
        let now: Vec<DatedLine> = now.collect();
        // With other days it is told as it is now.
        let never = before
            .difference(&known.lines)
            .filter(mine)
            .filter(|line| !now.iter().any(|new| of_two(new, line)));
        let never: Vec<DatedLine> = never.cloned().collect();
        if let Some(fact) = stroke
            .first()
            .filter(|_| !(now.is_empty() && never.is_empty()))
        {
            let (at, by) = at(fact);
            turns.push(Turn { at, by, now, never });
        }
    }
    Ok(turns)
}
