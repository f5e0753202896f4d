//! What one of the two says about a promise: the report picks a time, or none; the manager gives the reason.

use super::ahead::Ahead;
use super::between::Said;
use super::gather::gather;
use super::holds;
use super::tap::gone;
use super::write::Drafted;
use crate::server::ledger::judge_now;
use crate::server::{ServerError, Viewer};
use steadfast_calendar::Instant;
use steadfast_store::{Accounts, Facts, Intents, Micros};

/// Characters of a reason.
const LONGEST: usize = 500;

/// Picks the time that begins at `start` of those that were offered to the viewer for a promise; `None`: none of them. It is
/// booked by the manager's calendar.
///
/// # Errors
/// [`ServerError::NotFound`] where the viewer has no such 1:1; [`ServerError::Input`] where that was not offered to them, or
/// is over.
pub async fn pick<S>(
    store: &S,
    viewer: &Viewer,
    ahead: &Ahead,
    now: Instant,
    (pair, promised): (&str, Instant),
    start: Option<Instant>,
) -> Result<(), ServerError>
where
    S: Accounts + Facts + Intents,
{
    let gathered = gather(store, viewer, ahead, now).await?;
    let mut ones = gathered.ahead.one_on_ones.iter();
    let one = ones
        .find(|one| one.pair == pair)
        .ok_or(ServerError::NotFound)?;
    if one.report != viewer.person() || !gathered.known.contains(pair) {
        return Err(ServerError::NotFound);
    }
    let about = gathered.between.get(pair);
    let about = about.and_then(|all| all.get(&promised.seconds()));
    let offer = about
        .and_then(|about| about.offer.as_ref())
        .ok_or_else(gone)?;
    let is_offered = |start: Instant| {
        let mut slots = offer.slots.iter();
        start > now && slots.any(|slot| slot.start == start)
    };
    if offer.answer.is_some() || !start.is_none_or(is_offered) {
        return Err(gone());
    }
    let mut drafted = Drafted::on(&gathered);
    let said = Said::Picked {
        promised: promised.seconds(),
        start: start.map(Instant::seconds),
    };
    drafted.say(pair, &said, viewer.person(), now);
    let at = Micros(now.seconds().saturating_mul(1_000_000));
    let jobs = [judge_now(&one.manager, at)];
    drafted.write(store, viewer, &jobs).await
}

/// Gives the reason why a promise was changed, for the report to read; empty takes it back.
///
/// # Errors
/// [`ServerError::NotFound`] where the viewer does not lead such a 1:1; [`ServerError::Input`] for one that is too long.
pub async fn give_reason<S>(
    store: &S,
    viewer: &Viewer,
    ahead: &Ahead,
    now: Instant,
    (pair, promised): (&str, Instant),
    text: &str,
) -> Result<(), ServerError>
where
    S: Accounts + Facts + Intents,
{
    let gathered = gather(store, viewer, ahead, now).await?;
    let leads = gathered.ahead.led(viewer.person(), pair).is_some();
    let mut promises = gathered.ahead.promises.iter();
    let is_there = promises.any(|one| one.pair == pair && one.promised.start == promised);
    if !leads || !is_there || !gathered.known.contains(pair) {
        return Err(ServerError::NotFound);
    }
    let text = text.trim();
    if text.chars().count() > LONGEST {
        return Err(ServerError::Input(
            format!("a reason has {LONGEST} letters at most"),
            "say it in a sentence; the rest is for the 1:1 itself".to_owned(),
        ));
    }
    let mut drafted = Drafted::on(&gathered);
    let said = Said::Reason {
        promised: promised.seconds(),
        text: text.to_owned(),
    };
    drafted.say(pair, &said, viewer.person(), now);
    drafted.write(store, viewer, &[]).await
}

/// Takes back what the viewer or their guard offered for a promise, as long as nothing was picked.
///
/// # Errors
/// [`ServerError::NotFound`] where the viewer does not lead such a 1:1; [`ServerError::Input`] where nothing is open.
pub async fn withdraw<S>(
    store: &S,
    viewer: &Viewer,
    ahead: &Ahead,
    now: Instant,
    (pair, promised): (&str, Instant),
) -> Result<(), ServerError>
where
    S: Accounts + Facts + Intents,
{
    let gathered = gather(store, viewer, ahead, now).await?;
    if gathered.ahead.led(viewer.person(), pair).is_none() {
        return Err(ServerError::NotFound);
    }
    let about = gathered.between.get(pair);
    let about = about.and_then(|all| all.get(&promised.seconds()));
    let offer = about.and_then(|about| about.offer.as_ref());
    if offer.is_none_or(|offer| offer.answer.is_some()) {
        return Err(gone());
    }
    let mut drafted = Drafted::on(&gathered);
    let said = Said::Withdrawn {
        promised: promised.seconds(),
        by_itself: false,
    };
    drafted.say(pair, &said, viewer.person(), now);
    if let Some(counted) = gathered.counted(now) {
        holds::keep(store, viewer, now, (&gathered, &counted), &mut drafted).await?;
    }
    drafted.write(store, viewer, &[]).await
}
