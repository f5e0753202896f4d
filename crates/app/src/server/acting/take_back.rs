//! Taking back what was done: an intent like any other, decided on the calendar in which the first one still stands.

use super::Basis;
use super::action::{self, Action, EndsOffer, Then, intent};
use super::ending::{puts_at, to};
use super::way_back::WayBack;
use crate::server::{ServerError, Viewer};
use std::collections::BTreeMap;
use steadfast_calendar::Instant;
use steadfast_calendar::edit::Edit;
use steadfast_store::{Facts, Intent, IntentState, Intents, NewIntent, Write};

const UNKNOWN: &str = "how this could be taken back is not known";

/// Whether something that was done can be taken back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Back {
    /// It can.
    Offered,
    /// It is being taken back.
    Underway,
    /// It was done, and cannot: why.
    No(&'static str),
}

/// Intents looked at, the newest first: what is still to come was decided of late.
const LOOKED_AT: u32 = 500;

/// What was done for the viewer, and whether it can be taken back, by the intent's name. What took something back is not among
/// it: it is done again where it was chosen.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn backs<S: Intents>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
) -> Result<BTreeMap<String, Back>, ServerError> {
    let (org, me) = (viewer.org(), viewer.person());
    let all = store.intents_of(org, me, LOOKED_AT).await?;
    let mut backs = BTreeMap::new();
    let was_done = |one: &&Intent| one.state.stands() || one.state == IntentState::Undone;
    for one in all.iter().filter(was_done) {
        // A hold comes and goes with what is offered: that is taken back, and not the hold.
        let edit = action::read(one).map(|action| action.edit);
        if matches!(edit, Ok(Edit::Hold(_) | Edit::Withdraw { .. })) {
            continue;
        }
        let back = why_not(one, now).map_or(Back::Offered, Back::No);
        if one.undoes.is_none() {
            backs.insert(one.intent.clone(), back);
        }
    }
    for one in all.iter().filter(|one| !one.state.is_end()) {
        if let Some(undone) = &one.undoes {
            backs.insert(undone.clone(), Back::Underway);
        }
    }
    Ok(backs)
}

/// Why an intent cannot be taken back at `now`.
fn why_not(known: &Intent, now: Instant) -> Option<&'static str> {
    match known.state {
        IntentState::Undone => return Some("this was taken back already"),
        state if !state.is_end() => return Some("this is being done just now"),
        state if !state.stands() => return Some("this was not done, as far as anybody knows"),
        _ => {}
    }
    if known.undoes.is_some() {
        return Some("this took something back itself");
    }
    let (Some(undo), Ok(done)) = (WayBack::of(known), action::read(known)) else {
        return Some(UNKNOWN);
    };
    let then = done.then.as_ref().map(|then| &then.edit);
    let edits = undo.edits().iter().chain([&done.edit]).chain(then);
    let is_past = edits.filter_map(to).any(|at| at <= now);
    is_past.then_some("its time has come already")
}

/// Writes an intent that takes the viewer's intent of this name back; gives its name. When the calendar has changed
/// since, it ends as changed and takes nothing back.
///
/// # Errors
/// [`ServerError::NotFound`] when it is not the viewer's; [`ServerError::Input`] when there is nothing to take back, when its
/// time has come, and as long as writing is stopped.
pub async fn take_back<S: Facts + Intents>(
    store: &S,
    viewer: &Viewer,
    name: &str,
    now: Instant,
) -> Result<String, ServerError> {
    let org = viewer.org();
    let known = store.intent(org, name).await?;
    let known = known.filter(|known| known.person == viewer.person());
    let known = known.ok_or(ServerError::NotFound)?;
    let no = |what: &str, hint: &str| ServerError::Input(what.to_owned(), hint.to_owned());
    if let Some(why) = why_not(&known, now) {
        return Err(no(why, "change it in your calendar"));
    }
    let all = store.intents_of(org, viewer.person(), LOOKED_AT).await?;
    let undoes = |one: &Intent| one.undoes.as_deref() == Some(name) && !one.state.is_end();
    if all.iter().any(undoes) {
        return Err(no(
            "it is being taken back already",
            "what comes of it stands in your log",
        ));
    }
    if super::stopped(store, viewer).await?.is_some() {
        let hint = "let it go on first, then take it back";
        return Err(no("everything is stopped, and this would be written", hint));
    }
    let done = action::read(&known)?;
    let back = back(name, done, WayBack::of(&known));
    let back = back.ok_or_else(|| no(UNKNOWN, "change it in your calendar"))?;
    // Two clicks at once are two intents: the second finds it done.
    let back_name = format!("back/{}/{name}", now.seconds());
    let back = NewIntent {
        undoes: Some(name.to_owned()),
        ..intent(&back_name, viewer.person(), &back, true, now)
    };
    let write = Write {
        intents: &[back],
        ..Write::default()
    };
    store.write(org, write).await?;
    Ok(back_name)
}

/// What takes `done` back. Of two objects the second goes first: what was there before stands again before what came in its
/// place goes.
fn back(name: &str, done: Action, undo: Option<WayBack>) -> Option<Action> {
    // Who picked that time is told, once it stands no more.
    let ends_offer = done.agreed.then(|| picked_by(name, &done.edit)).flatten();
    let after = |edit: &Edit| Basis::After(Box::new(edit.clone()));
    let because = "you took back what was done".to_owned();
    let (agreed, uid) = (false, done.uid.clone());
    match (undo?, done.then.clone()) {
        (WayBack::One(undo), None) => Some(Action {
            basis: after(&done.edit),
            edit: undo,
            because,
            agreed,
            ends_offer,
            ..done
        }),
        (WayBack::Both { both }, Some(then)) => {
            let [undo, undo_then] = *both;
            Some(Action {
                place: then.place,
                basis: after(&then.edit),
                edit: undo_then,
                uid: then.uid,
                because,
                agreed,
                ends_offer,
                then: Some(Box::new(Then {
                    place: done.place,
                    basis: after(&done.edit),
                    edit: undo,
                    uid,
                })),
                ..done
            })
        }
        _ => None,
    }
}

/// The offer that an intent of this name, which did that, came of; `None` for what came of none.
fn picked_by(name: &str, edit: &Edit) -> Option<EndsOffer> {
    let (pair, rest) = name.strip_prefix("guard/")?.split_once('/')?;
    Some(EndsOffer {
        pair: pair.to_owned(),
        promised: rest.split('/').next()?.parse().ok()?,
        start: puts_at(edit)?.seconds(),
    })
}
