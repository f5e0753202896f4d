//! One intent, carried out.

use super::action::{self, Action};
use super::both::{Hands, both};
use super::ending::{self, Came};
use super::port::{Eyes, Order, Outcome, Pens};
use super::unsaid::Unsaid;
use crate::server::ServerError;
use crate::server::accounts::has_left;
use crate::server::sync::{Access, Machine, is_read_only, reveal};
use jiff::tz::TimeZone;
use steadfast_calendar::Instant;
use steadfast_calendar::edit::Told;
use steadfast_store::seal::{Keyring, SealError};
use steadfast_store::{
    ACT, Accounts, Cap, Facts, Gate, Intent, IntentState, Intents, Job, Jobs, Micros, Org, Secrets,
    Sources, backoff,
};

/// An intent is with one node for so long; a write and its reading back take a fraction of it.
const LEASE: i64 = 10 * 60 * 1_000_000;
/// After so long an intent is given up: what it was decided on is of another day.
const PATIENCE: i64 = 6 * 3_600 * 1_000_000;
/// The first retries are not seconds apart: a server that does not answer is seldom back in one.
const FIRST_DOUBLINGS: u32 = 4;
/// Microseconds of a day.
const DAY: i64 = 86_400_000_000;

/// What all intents together may not exceed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bounds {
    /// Actions on one person's calendar within a day, those they asked for themselves aside.
    pub a_day: u64,
}

/// What a call of [`step`] did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Nothing was due.
    Idle,
    /// An intent ended like this.
    Ended(IntentState),
    /// It is tried again.
    Again,
    /// There was nothing to be done any more, or another node did it.
    Dropped,
}

/// Carries out the intent that is due longest, if any is.
///
/// # Errors
/// [`ServerError::Store`]; it is taken up again when its lease ends.
pub async fn step<S, P>(
    store: &S,
    keyring: &Keyring,
    pens: &P,
    machine: Machine<'_>,
    bounds: Bounds,
) -> Result<Step, ServerError>
where
    S: Accounts + Facts + Intents + Jobs + Secrets + Sources,
    P: Pens + Eyes,
{
    let Some(job) = machine.claim(store, ACT, LEASE).await? else {
        return Ok(Step::Idle);
    };
    match act(store, keyring, pens, machine, bounds, &job).await {
        // Another node has it.
        Err(error) if error.is_another_nodes() => Ok(Step::Dropped),
        done => done,
    }
}

async fn act<S, P>(
    store: &S,
    keyring: &Keyring,
    pens: &P,
    machine: Machine<'_>,
    bounds: Bounds,
    job: &Job,
) -> Result<Step, ServerError>
where
    S: Accounts + Facts + Intents + Jobs + Secrets + Sources,
    P: Pens + Eyes,
{
    let org = &job.lease.org;
    let name = job.unique.as_deref().unwrap_or_default();
    let intent = store.intent(org, name).await?;
    let Some(intent) = intent.filter(|intent| !intent.state.is_end()) else {
        store.finish(&job.lease).await?;
        return Ok(Step::Dropped);
    };
    let mut desk = Desk {
        store,
        machine,
        job,
        intent: &intent,
        sent: intent.sent,
    };
    let Ok(action) = action::read(&intent) else {
        let why = "it was written by a newer version of this program";
        return desk.end(None, IntentState::Failed, problem(why)).await;
    };
    let whose = (org, intent.person.as_str());
    // What was let go before comes to its end: half done it would stay so for good.
    if intent.sent.is_none() && has_left(store, org, whose.1, machine.now()).await? {
        return desk.stopped(&action, "its owner has left").await;
    }
    let access = match way(store, keyring, whose, &action).await? {
        Ok(access) => access,
        Err(why) => return desk.given_up(&action, why).await,
    };
    let Ok(zone) = TimeZone::get(&action.zone) else {
        return desk.given_up(&action, "its time zone is not known").await;
    };
    let at = Instant::from_seconds(machine.now().0.div_euclid(1_000_000));
    if ending::puts_at(&action.edit).is_some_and(|start| start <= at) {
        return desk.given_up(&action, "its time has come meanwhile").await;
    }
    let order = Order {
        place: action.place.clone(),
        basis: action.basis.clone(),
        edit: action.edit.clone(),
        addresses: action.addresses.clone(),
        zone,
        now: Instant::from_seconds(machine.now().0.div_euclid(1_000_000)),
    };
    let cap = Cap {
        most: bounds.a_day,
        since: machine.now().plus(-DAY),
    };
    if let Some(then) = &action.then {
        let hands = Hands {
            pens,
            access: &access,
            cap,
        };
        return both(&mut desk, hands, (&action, then), order).await;
    }
    let outcome = match pens.look(&access, &order).await {
        // Nothing was read: what an earlier attempt did is not known.
        Err(Outcome::Refused { why }) => return desk.given_up(&action, &why).await,
        Err(outcome) => outcome,
        Ok(ready) => {
            let undo = ready.undo.as_ref();
            let undo = undo.and_then(|edit| serde_json::to_vec(edit).ok());
            let now = machine.now();
            let gate = store
                .let_go(&job.lease, name, undo.as_deref(), now, cap)
                .await?;
            match gate {
                Gate::Open => {
                    desk.sent = desk.sent.or(Some(now));
                    pens.send(&access, &order, ready.inner).await
                }
                Gate::Halted => return desk.stopped(&action, "writing is stopped").await,
                Gate::Capped => {
                    let why = "enough was done to this calendar within one day";
                    return desk.stopped(&action, why).await;
                }
                Gate::Over => {
                    store.finish(&job.lease).await?;
                    return Ok(Step::Dropped);
                }
            }
        }
    };
    desk.settle(&action, outcome).await
}

/// How to get at the calendar of that person; why not, where it is not to be had.
pub(in crate::server) async fn way<S: Secrets + Sources>(
    store: &S,
    keyring: &Keyring,
    (org, person): (&Org, &str),
    action: &Action,
) -> Result<Result<Access, &'static str>, ServerError> {
    let source = store.source(org, &action.source).await?;
    let Some(source) = source.filter(|source| source.person == person) else {
        return Ok(Err("the calendar is not connected any more"));
    };
    if is_read_only(&source) {
        // Nothing is tried that was not allowed.
        return Ok(Err(
            "what was allowed at Google is reading; on the page Calendars you can let Steadfast write",
        ));
    }
    match reveal(store, keyring, org, &action.source).await {
        Ok(Some(access)) => Ok(Ok(access)),
        Ok(None) | Err(ServerError::Sealed(SealError::UnknownKey(_))) => {
            Ok(Err("how to get at the calendar cannot be read any more"))
        }
        Err(error) => Err(error),
    }
}

pub(super) fn problem(why: impl Into<String>) -> Came {
    Came {
        problem: Some(why.into()),
        ..Came::default()
    }
}

/// One intent in hand.
pub(super) struct Desk<'a, S> {
    pub(super) store: &'a S,
    pub(super) machine: Machine<'a>,
    pub(super) job: &'a Job,
    pub(super) intent: &'a Intent,
    /// When it was first let go; `None`: what is there is not its doing.
    pub(super) sent: Option<Micros>,
}

impl<S: Facts + Jobs> Desk<'_, S> {
    pub(super) async fn settle(
        &self,
        action: &Action,
        outcome: Outcome,
    ) -> Result<Step, ServerError> {
        let (state, came) = match outcome {
            Outcome::Done {
                version,
                told,
                object,
            } => {
                let (told, untold) = match told {
                    Told::Nobody => (Vec::new(), Vec::new()),
                    Told::All(told) => (told, Vec::new()),
                    Told::NotByServer(untold) => (Vec::new(), untold),
                };
                let came = Came {
                    version,
                    unsaid: self.unsaid(action, object.as_deref(), (&told, &untold)),
                    told,
                    untold,
                    ..Came::default()
                };
                (IntentState::Done, came)
            }
            Outcome::NotDelivered {
                version,
                told,
                who,
                object,
            } => {
                let is_silent = |(_, code): &&(String, Option<String>)| code.is_none();
                let silent = who.iter().filter(is_silent);
                let perhaps = silent.map(|(address, _)| address.clone()).collect();
                let untold: Vec<String> = who.into_iter().map(|(address, _)| address).collect();
                let came = Came {
                    version,
                    unsaid: self.unsaid(action, Some(&object), (&told, &untold)),
                    told,
                    untold,
                    perhaps,
                    problem: Some(
                        "the calendar server does not say that everybody in it was told".to_owned(),
                    ),
                };
                (IntentState::NotDelivered, came)
            }
            Outcome::Changed => {
                let why = "the calendar had changed since this was decided";
                (IntentState::Changed, problem(why))
            }
            Outcome::Impossible(error) => (IntentState::Failed, problem(error.to_string())),
            Outcome::Refused { why } => (IntentState::Failed, problem(why)),
            Outcome::Unsure { why } => return self.again(action, None, why, true).await,
            Outcome::Later { after, why } => {
                let after = after.map(|wait| i64::try_from(wait.as_micros()).unwrap_or(i64::MAX));
                return self.again(action, after, why, false).await;
            }
        };
        self.end(Some(action), state, came).await
    }

    /// What those who were not told, or not all, can be told by mail; of two objects that is not one message.
    fn unsaid(
        &self,
        action: &Action,
        object: Option<&[u8]>,
        who: (&[String], &[String]),
    ) -> Option<Unsaid> {
        if action.then.is_some() {
            return None;
        }
        let at = Instant::from_seconds(self.machine.now().0.div_euclid(1_000_000));
        Unsaid::of(object?, action, who, at)
    }

    /// Tries again later, as long as it makes sense.
    async fn again(
        &self,
        action: &Action,
        after: Option<i64>,
        why: String,
        unsure: bool,
    ) -> Result<Step, ServerError> {
        let now = self.machine.now();
        let attempt = self.job.attempt.saturating_add(FIRST_DOUBLINGS);
        let next = backoff(now, attempt, (self.machine.chance)());
        let next = after.map_or(next, |wait| next.max(now.plus(wait)));
        if next > self.intent.created.plus(PATIENCE) {
            if unsure {
                let state = IntentState::Unsure;
                return self.end(Some(action), state, problem(why)).await;
            }
            return self.given_up(action, &why).await;
        }
        self.store
            .fail(&self.job.lease, now, Some(next), "not now")
            .await?;
        Ok(Step::Again)
    }

    /// Ends it without having seen what is there: of what was let go before nothing is claimed.
    async fn given_up(&self, action: &Action, why: &str) -> Result<Step, ServerError> {
        let state = match self.intent.sent {
            Some(_) => IntentState::Unsure,
            None => IntentState::Failed,
        };
        self.end(Some(action), state, problem(why)).await
    }

    pub(super) async fn stopped(&self, action: &Action, why: &str) -> Result<Step, ServerError> {
        // What was let go before may have had its effect and was not seen to: nothing is claimed of it.
        let state = match self.intent.sent {
            Some(_) => IntentState::Unsure,
            None => IntentState::Stopped,
        };
        self.end(Some(action), state, problem(why)).await
    }

    pub(super) async fn end(
        &self,
        action: Option<&Action>,
        state: IntentState,
        came: Came,
    ) -> Result<Step, ServerError> {
        let (lease, now) = (&self.job.lease, self.machine.now());
        let when = (self.sent, now);
        ending::end(self.store, lease, self.intent, action, state, &came, when).await?;
        Ok(Step::Ended(state))
    }
}
