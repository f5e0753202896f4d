//! The rhythm that two people agree on: either proposes, the other agrees, either ends it. Both see who said what.

mod standing;
#[cfg(test)]
mod tests;

pub use standing::{Agreed, Proposed, Standing};

use super::accounts::Knowers;
use super::ledger::{Whole, report};
use super::{
    ServerError, Viewer,
    facts::{self, CADENCE, CadenceSaid},
};
use crate::audit::{AgreedCadence, pair_id};
use steadfast_calendar::Instant;
use steadfast_store::{Expected, Fact, Facts, Sources};

/// Rhythms that can be agreed on, in days. Weekly is custom; four weeks are the longest, since about monthly is the one
/// floor that there is data for.
pub const CHOICES: [i64; 4] = [7, 14, 21, 28];

/// What one of the two does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Say {
    /// Proposes a rhythm.
    Propose(i64),
    /// Agrees to the one that the other proposed.
    Agree(i64),
    /// Takes the proposal off the table: their own, or the other's.
    Drop,
    /// Ends what was agreed.
    End,
}

/// What stands between the viewer and `other`. Nobody but the two is told: whoever asks is one of them.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub(in crate::server) async fn standing<S: Facts>(
    store: &S,
    viewer: &Viewer,
    other: &str,
) -> Result<Standing, ServerError> {
    let mut all = standings(store, viewer, &[other]).await?;
    Ok(all.pop().unwrap_or_default())
}

/// What stands between the viewer and each of `others`, in their order.
///
/// # Errors
/// As [`standing`].
pub(in crate::server) async fn standings<S: Facts>(
    store: &S,
    viewer: &Viewer,
    others: &[&str],
) -> Result<Vec<Standing>, ServerError> {
    let all = between(store, viewer, others).await?;
    all.iter().map(|facts| Standing::of(facts)).collect()
}

/// What the viewer and each of `others` said, as far as it is theirs to see: the stream's name is short, and others could come
/// to have the same.
async fn between<S: Facts>(
    store: &S,
    viewer: &Viewer,
    others: &[&str],
) -> Result<Vec<Vec<Fact>>, ServerError> {
    let me = viewer.person();
    let stream_with = |other: &&str| facts::cadence_of(&pair_id(me, other));
    let mut streams: Vec<String> = others.iter().map(stream_with).collect();
    streams.push(Knowers::stream(me));
    let names: Vec<&str> = streams.iter().map(String::as_str).collect();
    let whole = Whole::of(store, viewer.org(), &names).await?;
    let knowers = Knowers::told(whole.facts(&Knowers::stream(me)))?;
    let said = others.iter().zip(&streams).map(|(other, stream)| {
        let facts = whole.facts(stream).iter();
        let theirs =
            |fact: &&Fact| fact.actor == me || (fact.actor == *other && knowers.include(other));
        facts.filter(theirs).cloned().collect()
    });
    Ok(said.collect())
}

/// Says something about the rhythm of the viewer's 1:1 `pair`.
///
/// # Errors
/// [`ServerError::NotFound`] when they have no such 1:1; [`ServerError::Input`] for what does not fit what stands;
/// [`ServerError::Busy`] when both say something at once.
pub async fn say<S: Facts + Sources>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    pair: &str,
    say: Say,
) -> Result<(), ServerError> {
    let view = report(store, viewer, now).await?;
    let view = view.ok_or(ServerError::NotFound)?;
    let mut running = view.pairs.iter().filter(|one| one.ended.is_none());
    let people = running.find(|one| one.id == pair).map(|one| &one.people);
    let other = people.filter(|two| two.iter().any(|who| *who.address == *viewer.person()));
    let mut other = other.into_iter().flatten().map(|who| &*who.address);
    let other = other.find(|address| *address != viewer.person());
    let other = other.ok_or(ServerError::NotFound)?;
    let stream = facts::cadence_of(pair);
    let version = store.version(viewer.org(), &stream).await?;
    let standing = standing(store, viewer, other).await?;
    let (word, days) = fits(&standing, viewer.person(), say)?;
    let said = CadenceSaid {
        by: viewer.person().to_owned(),
        word: word.to_owned(),
        days,
    };
    let fact = facts::said(CADENCE, &said, viewer.person(), now);
    store
        .append(
            viewer.org(),
            &stream,
            Expected::Exactly(version),
            &[fact],
            &[],
        )
        .await?;
    Ok(())
}

/// Takes back what the viewer proposed to `other` and nobody answered: they leave.
pub(in crate::server) async fn withdraw<S: Facts>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    other: &str,
) -> Result<(), ServerError> {
    let stands = standing(store, viewer, other).await?.proposed;
    if stands.is_none_or(|proposed| proposed.by != viewer.person()) {
        return Ok(());
    }
    let said = CadenceSaid {
        by: viewer.person().to_owned(),
        word: standing::DROP.to_owned(),
        days: None,
    };
    let fact = facts::said(CADENCE, &said, viewer.person(), now);
    let stream = facts::cadence_of(&pair_id(viewer.person(), other));
    store
        .append(viewer.org(), &stream, Expected::Any, &[fact], &[])
        .await?;
    Ok(())
}

/// The word that is kept for it, if it can be said as things stand.
fn fits(
    standing: &Standing,
    me: &str,
    say: Say,
) -> Result<(&'static str, Option<i64>), ServerError> {
    let no = |what: &str| {
        let hint = "look at what stands now, and say it again if it still fits";
        Err(ServerError::Input(what.to_owned(), hint.to_owned()))
    };
    match say {
        Say::Propose(days) if !CHOICES.contains(&days) => no("this is no rhythm one can agree on"),
        Say::Propose(days) if standing.agreed.as_ref().is_some_and(|a| a.days == days) => {
            no("this is agreed already")
        }
        Say::Propose(days) => Ok((standing::PROPOSE, Some(days))),
        Say::Agree(days) => match &standing.proposed {
            Some(proposed) if proposed.days == days && proposed.by != me => {
                Ok((standing::AGREE, Some(days)))
            }
            _ => no("this is not what is proposed to you now"),
        },
        Say::Drop if standing.proposed.is_none() => no("nothing is proposed now"),
        Say::Drop => Ok((standing::DROP, None)),
        Say::End if standing.agreed.is_none() => no("nothing is agreed now"),
        Say::End => Ok((standing::END, None)),
    }
}

/// Every agreement there was between the viewer and `other`, for the ledger.
pub(super) async fn agreements<S: Facts>(
    store: &S,
    viewer: &Viewer,
    other: &str,
) -> Result<Vec<AgreedCadence>, ServerError> {
    let facts = between(store, viewer, &[other]).await?;
    let mut agreements = Vec::new();
    for fact in facts.iter().flatten() {
        let said: CadenceSaid = facts::what_was_said(fact, CADENCE)?;
        if matches!(&*said.word, standing::AGREE | standing::END) {
            agreements.push(AgreedCadence {
                people: [viewer.person().to_owned(), other.to_owned()],
                from: facts::at(fact),
                days: said.days,
            });
        }
    }
    Ok(agreements)
}
