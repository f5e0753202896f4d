//! One mail in somebody's name: decided anew, sent, and noted.

use super::deed::Deed;
use super::forms::{Ended, How, mail_in_name_of};
use super::preview::Preview;
use super::state::{Letter, State};
use crate::server::accounts::has_left;
use crate::server::acting::{Eyes, Outcome, Stands, way};
use crate::server::ends::finish;
use crate::server::guard;
use crate::server::ledger::ahead;
use crate::server::mail::{Calendar, Mail, Office, Post, Posted};
use crate::server::sync::Machine;
use crate::server::{ServerError, Viewer};
use serde::{Deserialize, Serialize};
use steadfast_calendar::Instant;
use steadfast_store::seal::Keyring;
use steadfast_store::{
    Accounts, Append, Expected, Facts, Failed, Intents, Job, Jobs, Micros, NewJob, Secrets,
    Sources, Views, Write, backoff,
};

/// The kind of job: one mail. Its unique name is the Message-ID.
pub const IMIP: &str = "imip";

/// A mail is with one node for so long; looking and sending take a fraction of it.
const LEASE: i64 = 10 * 60 * 1_000_000;
/// The first retry comes after a minute: a mail server that says "later" means minutes.
const FIRST_DOUBLINGS: u32 = 6;
/// Attempts at the most: after most of a day it is said that it did not go.
const ATTEMPTS: u32 = 24;
/// Attempts beyond these, in which nothing is sent: whatever took the node down in the last one, that it was given up is
/// still to be said.
const TO_SAY_SO: u32 = 8;

/// What sending is lent.
#[derive(Debug)]
pub struct Lent<'a, P, E> {
    /// Who sends.
    pub post: &'a P,
    /// Who looks at the calendar right before.
    pub eyes: &'a E,
    /// From where.
    pub office: &'a Office,
    /// What seals how to get at the calendar.
    pub keyring: &'a Keyring,
    /// The program that judges.
    pub program: &'a str,
}

/// What a call of [`step`] did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Nothing was due.
    Idle,
    /// A mail went out.
    Sent,
    /// It was not so any more, or not allowed any more, and was not sent; or another node has it.
    Dropped,
    /// It cannot be sent now; it is tried again.
    Again,
    /// The mail server will not take it, with its code.
    Refused(Option<u16>),
    /// It was tried as often as it is.
    GivenUp,
}

/// Whose mail it is.
#[derive(Serialize, Deserialize)]
struct Whose {
    person: String,
}

/// The job that sends the mail of that id.
pub(super) fn job(person: &str, id: &str, now: Instant) -> NewJob {
    let whose = Whose {
        person: person.to_owned(),
    };
    NewJob {
        kind: IMIP.to_owned(),
        unique: Some(id.to_owned()),
        // Every key is a string: it can always be written.
        payload: serde_json::to_vec(&whose).unwrap_or_default(),
        due: Micros(now.seconds().saturating_mul(1_000_000)),
        max_attempts: ATTEMPTS + TO_SAY_SO,
    }
}

/// Which attempt of a job is the last one that may send.
fn last(job: &Job) -> u32 {
    job.max_attempts.min(ATTEMPTS)
}

/// Sends the mail that is due longest, if any is.
///
/// # Errors
/// [`ServerError::Store`]; it is taken up again when its lease ends.
pub async fn step<S, P, E>(
    store: &S,
    lent: &Lent<'_, P, E>,
    machine: Machine<'_>,
) -> Result<Step, ServerError>
where
    S: Accounts + Facts + Intents + Jobs + Secrets + Sources + Views,
    P: Post,
    E: Eyes,
{
    let Some(job) = machine.claim(store, IMIP, LEASE).await? else {
        return Ok(Step::Idle);
    };
    let done = if job.attempt > last(&job) {
        give_up(
            store,
            machine,
            &job,
            "its last attempt ended without a word",
        )
        .await
    } else {
        mail(store, lent, machine, &job).await
    };
    match done {
        Err(error) if !error.is_another_nodes() => {
            again(store, machine, &job, (0, error.kind())).await
        }
        Err(_) => Ok(Step::Dropped),
        done => done,
    }
}

/// It is tried again later, after this many doublings of the shortest wait more than attempts were made; as often as it is.
async fn again<S: Facts + Jobs>(
    store: &S,
    machine: Machine<'_>,
    job: &Job,
    (doublings, why): (u32, &str),
) -> Result<Step, ServerError> {
    if job.attempt >= last(job) {
        return give_up(store, machine, job, why).await;
    }
    let now = machine.now();
    let attempt = job.attempt.saturating_add(doublings);
    let next = backoff(now, attempt, (machine.chance)());
    Ok(match store.fail(&job.lease, now, Some(next), why).await? {
        Failed::Again => Step::Again,
        Failed::Dead => Step::GivenUp,
    })
}

/// It is not tried any more: its sender is told so, and then it is a dead letter. The other way round a crash between the
/// two would leave it on its way for ever.
async fn give_up<S: Facts + Jobs>(
    store: &S,
    machine: Machine<'_>,
    job: &Job,
    why: &str,
) -> Result<Step, ServerError> {
    let now = machine.now();
    let whose: Option<Whose> = serde_json::from_slice(&job.payload).ok();
    if let (Some(Whose { person }), Some(id)) = (whose, job.unique.clone()) {
        let ended = Ended {
            id,
            how: How::GivenUp,
            code: None,
            why: None,
        };
        let at = Instant::from_seconds(now.0.div_euclid(1_000_000));
        let fact = ended.fact(&person, at);
        let stream = mail_in_name_of(&person);
        store
            .append(&job.lease.org, &stream, Expected::Any, &[fact], &[])
            .await?;
    }
    store.fail(&job.lease, now, None, why).await?;
    Ok(Step::GivenUp)
}

/// Says of what is due that it was not sent, where there is no mail server any more. Gives whether there was something.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn pass<S: Facts + Jobs>(store: &S, machine: Machine<'_>) -> Result<bool, ServerError> {
    let Some(job) = machine.claim(store, IMIP, LEASE).await? else {
        return Ok(false);
    };
    let Some(desk) = Desk::of(store, machine, &job).await? else {
        return finish(store, &job.lease).await.map(|()| true);
    };
    desk.drop("this server has no mail server any more").await?;
    Ok(true)
}

/// A mail in hand.
pub(super) struct Desk<'a, S> {
    pub(super) store: &'a S,
    machine: Machine<'a>,
    job: &'a Job,
    pub(super) viewer: Viewer,
    pub(super) state: State,
    pub(super) letter: Letter,
}

/// Why it is not sent now.
pub(super) enum Not {
    /// It is not so any more.
    SoAnyMore(String),
    /// That cannot be told now.
    Now(String),
}

async fn mail<S, P, E>(
    store: &S,
    lent: &Lent<'_, P, E>,
    machine: Machine<'_>,
    job: &Job,
) -> Result<Step, ServerError>
where
    S: Accounts + Facts + Intents + Jobs + Secrets + Sources + Views,
    P: Post,
    E: Eyes,
{
    let Some(desk) = Desk::of(store, machine, job).await? else {
        finish(store, &job.lease).await?;
        return Ok(Step::Dropped);
    };
    let mail = match desk.decide(lent).await? {
        Ok(mail) => mail,
        Err(Not::SoAnyMore(why)) => return desk.drop(&why).await,
        Err(Not::Now(why)) => return desk.again(&why).await,
    };
    match lent.post.post(&mail).await {
        Posted::Taken => {
            desk.end(How::Sent, None, None).await?;
            Ok(Step::Sent)
        }
        Posted::Refused { code } => {
            desk.end(How::Refused, code, None).await?;
            Ok(Step::Refused(code))
        }
        Posted::Later { why } => desk.again(&why).await,
    }
}

impl<'a, S: Facts + Jobs> Desk<'a, S> {
    /// `None`: it ended already, or nobody wrote it.
    async fn of(
        store: &'a S,
        machine: Machine<'a>,
        job: &'a Job,
    ) -> Result<Option<Self>, ServerError> {
        let whose: Option<Whose> = serde_json::from_slice(&job.payload).ok();
        let (Some(whose), Some(id)) = (whose, job.unique.as_deref()) else {
            return Ok(None);
        };
        let viewer = Viewer::signed_in(job.lease.org.clone(), &whose.person);
        let state = State::of(store, &viewer).await?;
        let letter = state.letter(id).filter(|letter| letter.end.is_none());
        let Some(letter) = letter.cloned() else {
            return Ok(None);
        };
        Ok(Some(Self {
            store,
            machine,
            job,
            viewer,
            state,
            letter,
        }))
    }

    pub(super) fn now(&self) -> Instant {
        Instant::from_seconds(self.machine.now().0.div_euclid(1_000_000))
    }

    /// It is not sent.
    async fn drop(&self, why: &str) -> Result<Step, ServerError> {
        self.end(How::Dropped, None, Some(why.to_owned())).await?;
        Ok(Step::Dropped)
    }

    async fn again(&self, why: &str) -> Result<Step, ServerError> {
        let how = (FIRST_DOUBLINGS, why);
        again(self.store, self.machine, self.job, how).await
    }

    fn ended(&self, how: How, code: Option<u16>, why: Option<String>) -> steadfast_store::NewFact {
        let ended = Ended {
            id: self.letter.id.clone(),
            how,
            code,
            why,
        };
        ended.fact(self.viewer.person(), self.now())
    }

    /// Notes how it ended, and ends the job, in one stroke.
    async fn end(
        &self,
        how: How,
        code: Option<u16>,
        why: Option<String>,
    ) -> Result<(), ServerError> {
        let fact = self.ended(how, code, why);
        let write = Write {
            appends: &[Append {
                stream: &mail_in_name_of(self.viewer.person()),
                expected: Expected::Any,
                facts: &[fact],
            }],
            finish: Some(&self.job.lease),
            ..Write::default()
        };
        self.store.write(self.viewer.org(), write).await?;
        Ok(())
    }
}

impl<S> Desk<'_, S>
where
    S: Accounts + Facts + Intents + Jobs + Secrets + Sources + Views,
{
    /// The mail, if it is so still, to the byte that was read; the calendar is looked at last.
    async fn decide<P, E: Eyes>(
        &self,
        lent: &Lent<'_, P, E>,
    ) -> Result<Result<Mail, Not>, ServerError> {
        let (store, viewer, letter, now) = (self.store, &self.viewer, &self.letter, self.now());
        let no = |why: &str| Ok(Err(Not::SoAnyMore(why.to_owned())));
        let account = store
            .account_by_email(viewer.org(), viewer.person())
            .await?;
        let (org, person) = (viewer.org(), viewer.person());
        if account.is_none() || has_left(store, org, person, self.machine.now()).await? {
            return no("its sender has no account here any more");
        }
        let ahead = ahead(store, viewer, lent.program, now).await?;
        let offered = (lent.keyring, lent.office);
        let picked = guard::pick_mail(store, offered, viewer, &ahead, now, &letter.deed).await?;
        if let Some(picked) = picked {
            return match picked {
                Ok(ready) => self.to_pick(&ahead, ready).await,
                Err(why) => no(why),
            };
        }
        let deed = match Deed::named(store, viewer, &letter.deed).await {
            Err(ServerError::NotFound) => return no("what it tells of is not known any more"),
            deed => deed?,
        };
        if let Some(why) = deed.over(now) {
            return no(why);
        }
        let Some(preview) = Preview::of(&deed, &self.state, Some(&lent.office.from), now) else {
            return no("what it tells of cannot be said any more");
        };
        // Another version of this program may have other words.
        if preview.mark != letter.mark {
            return no("it would not be to the word what you read");
        }
        if let Err(not) = self.may(&ahead, &preview.text, deed.proposes()).await? {
            return Ok(Err(not));
        }
        let whose = (viewer.org(), viewer.person());
        let access = match way(store, lent.keyring, whose, &deed.action).await? {
            Ok(access) => access,
            Err(why) => return no(why),
        };
        let object = match lent.eyes.read(&access, &deed.action.place, now).await {
            Ok(object) => object,
            Err(Outcome::Later { why, .. } | Outcome::Unsure { why }) => {
                return Ok(Err(Not::Now(why)));
            }
            Err(Outcome::Refused { why }) => return Ok(Err(Not::SoAnyMore(why))),
            Err(_) => return no("the calendar could not be looked at"),
        };
        match deed.unsaid.stands(object.as_deref(), &deed.action) {
            Stands::Changed => return no("the meeting was changed since you read this"),
            // What no server can have told goes all the same.
            Stands::AsItWas(told)
                if told.contains(&letter.to) && !deed.says_more(&letter.to, &self.state) =>
            {
                return no("the calendar server told them itself since");
            }
            Stands::AsItWas(_) => {}
        }
        Ok(Ok(Mail {
            to: letter.to.clone(),
            id: letter.id.clone(),
            at: letter.at,
            subject: preview.subject,
            text: preview.text,
            html: None,
            off: None,
            // Who organises or answers is said in the calendar part; mail is from this server (RFC 6047 §2.3).
            reply_to: Some(preview.reply_to),
            calendar: Some(Calendar {
                method: preview.method,
                text: preview.calendar,
            }),
        }))
    }
}
