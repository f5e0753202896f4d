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
    /// Delegates of the viewer's, or those whose delegate the viewer is: for whom, who, and whether from then on or no more.
    pub(in crate::server) delegates: Vec<(String, String, bool)>,
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
        let acted = known.delegates.clone();
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
        let of_mine = |(person, delegate): &&(String, String)| person == me || delegate == me;
        let told = |holds| move |(a, b): &(String, String)| (a.clone(), b.clone(), holds);
        let new = known.delegates.difference(&acted).filter(of_mine);
        let gone = acted.difference(&known.delegates).filter(of_mine);
        let delegates: Vec<_> = new.map(told(true)).chain(gone.map(told(false))).collect();
        if let Some(fact) = stroke
            .first()
            .filter(|_| !(now.is_empty() && never.is_empty() && delegates.is_empty()))
        {
            let (at, by) = at(fact);
            turns.push(Turn {
                at,
                by,
                now,
                never,
                delegates,
            });
        }
    }
    Ok(turns)
}
