//! Two objects, one intent: what is one thing to people, and to a calendar server two.
//!
//! Both are looked at before either is sent, and the first is not sent where the second could not be. The second follows the
//! first; where it cannot any more, the first is taken back. A crash anywhere repeats from the looks, which find what was
//! done: done twice is nothing, and half of it is gone on with or taken back. Where neither is to be had, because
//! everything was stopped or somebody else changed one of the two in between, that is said, and nothing is claimed.

use super::act::{Desk, Step};
use super::action::{Action, Then};
use super::port::{Eyes, Order, Outcome, Pens, Ready};
use super::way_back::WayBack;
use crate::server::ServerError;
use crate::server::sync::Access;
use steadfast_calendar::edit::{Basis, Edit, Told};
use steadfast_store::{Cap, Facts, Gate, IntentState, Intents, Jobs};

/// What stands against it where one of the two was done, and the other neither done nor taken back.
const HALF: &str = "one half of it may be done and the other not; look at both, the old series and the new one, and keep the one you want";

/// Everything that the two orders are carried out with.
pub(super) struct Hands<'a, P> {
    pub(super) pens: &'a P,
    pub(super) access: &'a Access,
    pub(super) cap: Cap,
}

/// Carries out `action`, of which `first` is the order; `then` follows it.
pub(super) async fn both<S, P>(
    desk: &mut Desk<'_, S>,
    hands: Hands<'_, P>,
    (action, then): (&Action, &Then),
    mut first: Order,
) -> Result<Step, ServerError>
where
    S: Facts + Intents + Jobs,
    P: Pens + Eyes,
{
    let second = Order {
        place: then.place.clone(),
        basis: then.basis.clone(),
        edit: then.edit.clone(),
        ..first.clone()
    };
    let Hands { pens, access, cap } = hands;
    let was_sent = desk.sent.is_some();
    if let Edit::Successor(series) = &mut first.edit {
        match pens.read(access, &second.place, second.now).await {
            Ok(text) => series.like = text,
            Err(outcome) => return over(desk, action, outcome).await,
        }
    }
    // The second first: what would leave the first alone is not begun.
    let waits: Option<Ready<P::Ready>> = match pens.look(access, &second).await {
        Ok(ready) => Some(ready),
        Err(Outcome::Done { .. }) if was_sent => None,
        // Somebody else ended it there: it is decided anew.
        Err(Outcome::Done { .. }) => return desk.settle(action, Outcome::Changed).await,
        Err(outcome) if was_sent && is_for_good(&outcome) => {
            let hands = Hands { pens, access, cap };
            return take_first_back(desk, hands, action, (first, None), outcome).await;
        }
        Err(outcome) => return desk.settle(action, outcome).await,
    };
    let mut back = None;
    let done = match pens.look(access, &first).await {
        Err(done @ Outcome::Done { .. }) => done,
        Err(outcome) => return over(desk, action, outcome).await,
        Ok(ready) => {
            let Some(waits) = &waits else {
                // The second is done, and the first is gone again, by whomever.
                return desk.end_unsure(action, HALF).await;
            };
            back = ready.undo.clone();
            let undo = WayBack::of_both(ready.undo.as_ref(), waits.undo.as_ref());
            if let Some(step) = stopped(desk, action, undo.as_ref(), cap).await? {
                return Ok(step);
            }
            match pens.send(access, &first, ready.inner).await {
                done @ (Outcome::Done { .. } | Outcome::NotDelivered { .. }) => done,
                outcome => return desk.settle(action, outcome).await,
            }
        }
    };
    let Some(waits) = waits else {
        // The program was gone before it could say that both were done.
        return desk.settle(action, done).await;
    };
    if let Some(step) = stopped(desk, action, None, cap).await? {
        return Ok(step);
    }
    match pens.send(access, &second, waits.inner).await {
        also @ (Outcome::Done { .. } | Outcome::NotDelivered { .. }) => {
            desk.settle(action, joined(done, also)).await
        }
        outcome if is_for_good(&outcome) => {
            let hands = Hands { pens, access, cap };
            take_first_back(desk, hands, action, (first, back), outcome).await
        }
        outcome => desk.settle(action, outcome).await,
    }
}

/// Whether it will be no other at another try.
fn is_for_good(outcome: &Outcome) -> bool {
    !matches!(outcome, Outcome::Later { .. } | Outcome::Unsure { .. })
}

/// Ends, or tries again, where nothing more was done now; of what was done before nothing is claimed.
async fn over<S: Facts + Jobs>(
    desk: &Desk<'_, S>,
    action: &Action,
    outcome: Outcome,
) -> Result<Step, ServerError> {
    if desk.sent.is_some() && is_for_good(&outcome) {
        return desk.end_unsure(action, HALF).await;
    }
    desk.settle(action, outcome).await
}

/// Asks the switches and the cap, as before every write; the step that it ends with where they stand against it.
async fn stopped<S: Facts + Intents + Jobs>(
    desk: &mut Desk<'_, S>,
    action: &Action,
    undo: Option<&WayBack>,
    cap: Cap,
) -> Result<Option<Step>, ServerError> {
    let undo = undo.and_then(|undo| serde_json::to_vec(undo).ok());
    let now = desk.machine.now();
    let (lease, name) = (&desk.job.lease, &desk.intent.intent);
    let gate = desk.store.let_go(lease, name, undo.as_deref(), now, cap);
    let why = match gate.await? {
        Gate::Open => {
            desk.sent = desk.sent.or(Some(now));
            return Ok(None);
        }
        Gate::Over => {
            desk.store.finish(lease).await?;
            return Ok(Some(Step::Dropped));
        }
        Gate::Halted => "writing is stopped",
        Gate::Capped => "enough was done to this calendar within one day",
    };
    let step = match desk.sent {
        Some(_) => {
            let why = format!("{why}; {HALF}");
            desk.end_unsure(action, &why).await?
        }
        None => desk.stopped(action, why).await?,
    };
    Ok(Some(step))
}

/// Takes the first back, where the second cannot follow; it ends as the second did.
async fn take_first_back<S, P>(
    desk: &mut Desk<'_, S>,
    hands: Hands<'_, P>,
    action: &Action,
    (first, back): (Order, Option<Edit>),
    outcome: Outcome,
) -> Result<Step, ServerError>
where
    S: Facts + Intents + Jobs,
    P: Pens,
{
    let Hands { pens, access, cap } = hands;
    let Some(back) = back.or_else(|| WayBack::of(desk.intent)?.first()) else {
        return desk.end_unsure(action, HALF).await;
    };
    let order = Order {
        basis: Basis::After(Box::new(action.edit.clone())),
        edit: back,
        ..first
    };
    let came = match pens.look(access, &order).await {
        // It never came to be, or is taken back already.
        Err(Outcome::Done { .. }) => return desk.settle(action, outcome).await,
        Err(came) => came,
        Ok(ready) => {
            if let Some(step) = stopped(desk, action, None, cap).await? {
                return Ok(step);
            }
            pens.send(access, &order, ready.inner).await
        }
    };
    match came {
        Outcome::Done { .. } | Outcome::NotDelivered { .. } => desk.settle(action, outcome).await,
        came => over(desk, action, came).await,
    }
}

/// Both as one: whoever was told of both was told of it. What there is to say by mail is two messages, which are not made
/// here: whoever was not told has to hear of it from its owner.
fn joined(first: Outcome, second: Outcome) -> Outcome {
    let mut told = Vec::new();
    let mut untold: Vec<(String, Option<String>)> = Vec::new();
    let mut is_sure = true;
    for outcome in [first, second] {
        match outcome {
            Outcome::Done {
                told: Told::All(who),
                ..
            } => told.extend(who),
            Outcome::Done {
                told: Told::NotByServer(who),
                ..
            } => untold.extend(who.into_iter().map(|who| (who, None))),
            Outcome::NotDelivered { told: of, who, .. } => {
                is_sure = false;
                told.extend(of);
                untold.extend(who);
            }
            _ => {}
        }
    }
    told.sort_unstable();
    told.dedup();
    untold.sort_unstable();
    untold.dedup_by(|a, b| a.0 == b.0);
    told.retain(|who| !untold.iter().any(|(missed, _)| missed == who));
    if !is_sure {
        return Outcome::NotDelivered {
            version: None,
            told,
            who: untold,
            object: Vec::new(),
        };
    }
    let untold: Vec<String> = untold.into_iter().map(|(who, _)| who).collect();
    Outcome::Done {
        version: None,
        told: match (told.is_empty(), untold.is_empty()) {
            (_, false) => Told::NotByServer(untold),
            (false, true) => Told::All(told),
            (true, true) => Told::Nobody,
        },
        object: None,
    }
}

impl<S: Facts + Jobs> Desk<'_, S> {
    async fn end_unsure(&self, action: &Action, why: &str) -> Result<Step, ServerError> {
        let came = super::act::problem(why);
        self.end(Some(action), IntentState::Unsure, came).await
    }
}
