//! Whoever comes by the link: what they are shown, and their pick.

use super::super::ahead::Ahead;
use super::super::between::{Said, between_of};
use super::link::{Pointing, Standing};
use crate::server::accounts::has_left;
use crate::server::ledger::judge_now;
use crate::server::sync::micros;
use crate::server::{ServerError, Viewer, mail};
use jiff::tz::TimeZone;
use steadfast_calendar::{Instant, Slot};
use steadfast_store::seal::Keyring;
use steadfast_store::{Accounts, Append, Expected, Facts, Intents, Org, StoreError, Write};

/// What is behind a link: the times, and the two names.
#[derive(Clone, Debug)]
pub struct Pick {
    /// What the manager is called.
    pub from: String,
    /// What the report is called.
    pub to: String,
    /// When the 1:1 was promised.
    pub promised: Instant,
    /// The clock that the mail had.
    pub zone: TimeZone,
    /// The times that can still be picked, the best first.
    pub slots: Vec<Slot>,
    /// The answer; `None`: none yet.
    pub answered: Option<Answered>,
}

/// What was answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answered {
    /// This one.
    Picked(Slot),
    /// None of them.
    None,
}

/// The manager whose offer a token points to, and which; `None` where it was not made here, is over, or was taken back.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Sealed`].
pub async fn pointing<S: Accounts + Facts + Intents>(
    store: &S,
    keyring: &Keyring,
    org: &Org,
    now: Instant,
    token: &str,
) -> Result<Option<(Viewer, Pointing)>, ServerError> {
    let Some(at) = Pointing::read(keyring, token)? else {
        return Ok(None);
    };
    let Some(account) = store.account(org, &at.account).await? else {
        return Ok(None);
    };
    if has_left(store, org, &account.email, micros(now)).await? {
        return Ok(None);
    }
    let standing = Standing::of(store, org, (&at.pair, at.promised)).await?;
    let is_good = standing.pointed(&at, now).is_some();
    let viewer = Viewer::signed_in(org.clone(), &account.email);
    Ok(is_good.then_some((viewer, at)))
}

/// What is behind it. `ahead` is the manager's.
///
/// # Errors
/// [`ServerError::NotFound`] where it is over; [`ServerError::Store`].
pub async fn open_pick<S: Facts>(
    store: &S,
    ahead: &Ahead,
    (viewer, at): (&Viewer, &Pointing),
    now: Instant,
) -> Result<Pick, ServerError> {
    let standing = Standing::of(store, viewer.org(), (&at.pair, at.promised)).await?;
    let offer = standing.pointed(at, now).ok_or(ServerError::NotFound)?;
    let one = ahead.led(viewer.person(), &at.pair);
    let one = one.ok_or(ServerError::NotFound)?;
    let someone = |address: &str| ahead.people.get(address).ok_or(ServerError::NotFound);
    let (from, to) = (someone(&one.manager)?, someone(&one.report)?);
    let open = offer.slots.iter().filter(|slot| slot.start > now);
    Ok(Pick {
        from: from.name.clone(),
        to: to.name.clone(),
        promised: Instant::from_seconds(at.promised),
        zone: to.zone.clone(),
        slots: open.copied().collect(),
        answered: offer
            .answer
            .map(|answer| answer.map_or(Answered::None, Answered::Picked)),
    })
}

/// Picks the time that begins then, or none of them. What was answered before stays.
///
/// # Errors
/// [`ServerError::NotFound`] where it is over; [`ServerError::Input`] where that time was not offered, or has begun;
/// [`ServerError::Busy`] where something was said in the same moment.
pub async fn pick_by_link<S: Facts>(
    store: &S,
    ahead: &Ahead,
    (viewer, at): (&Viewer, &Pointing),
    now: Instant,
    start: Option<Instant>,
) -> Result<(), ServerError> {
    let standing = Standing::of(store, viewer.org(), (&at.pair, at.promised)).await?;
    let version = standing.version;
    let offer = standing.pointed(at, now).ok_or(ServerError::NotFound)?;
    if offer.answer.is_some() {
        return Ok(());
    }
    let is_offered = |start: Instant| {
        let mut slots = offer.slots.iter();
        start > now && slots.any(|slot| slot.start == start)
    };
    if !start.is_none_or(is_offered) {
        return Err(ServerError::Input(
            "that time cannot be picked any more".to_owned(),
            "pick another, or none".to_owned(),
        ));
    }
    let one = ahead.led(viewer.person(), &at.pair);
    let one = one.ok_or(ServerError::NotFound)?;
    let said = Said::Picked {
        promised: at.promised,
        start: start.map(Instant::seconds),
    };
    let micros = micros(now);
    let write = Write {
        appends: &[Append {
            stream: &between_of(&at.pair),
            // Whoever takes it back in the same moment is first.
            expected: Expected::Exactly(version),
            facts: &[said.fact(&one.report, now)],
        }],
        jobs: &[
            judge_now(viewer.person(), micros),
            mail::job(viewer.person(), micros),
        ],
        ..Write::default()
    };
    match store.write(viewer.org(), write).await {
        Err(StoreError::Conflict { .. }) => Err(ServerError::Busy),
        done => Ok(done.map(drop)?),
    }
}
