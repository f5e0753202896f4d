//! One mail: decided anew, written down, sent, and noted.

use super::calendar::calendar;
use super::forms::{How, Tells, ToGo, channel, ended, kept as kept_way, mail_of, written};
use super::letter::{Letter, MOST};
use super::news::{Told, news};
use super::off::off_path;
use super::plan::{at as job_at, job};
use super::port::{Office, Post, Posted};
use super::state::State;
use super::way::Way;
use crate::report::Report;
use crate::report::html::parts;
use crate::server::accounts::has_left;
use crate::server::acting;
use crate::server::ends::{Ends, finish};
use crate::server::guard::{self, Outlook};
use crate::server::ledger::{ahead, kept};
use crate::server::looked::{self, Kind, Noted};
use crate::server::sync::{Machine, micros};
use crate::server::{ServerError, Viewer};
use ring::digest;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use steadfast_calendar::Instant;
use steadfast_guard::telling::{self, Asked, Channel, News, Verdict};
use steadfast_store::seal::Keyring;
use steadfast_store::{
    AccessLog, Account, Accounts, Append, Expected, Facts, Failed, Intents, Job, Jobs, Micros,
    NewJob, Secrets, Sources, Views, Write, backoff,
};

/// The kind of job. Its unique name is the person's.
pub const MAIL: &str = "mail";

/// A mail is with one node for so long; the mail server is given a fraction of it.
const LEASE: i64 = 10 * 60 * 1_000_000;
/// The first retry comes after a minute: a mail server that says "later" means minutes (RFC 5321 §4.5.4.1 asks for more).
const FIRST_DOUBLINGS: u32 = 6;

/// What mailing is lent.
#[derive(Debug)]
pub struct Lent<'a, P> {
    /// Who sends.
    pub post: &'a P,
    /// From where.
    pub office: &'a Office,
    /// What marks the links that switch mail off.
    pub keyring: &'a Keyring,
    /// The program that judges.
    pub program: &'a str,
    /// The looks of this day.
    pub noted: &'a Noted,
}

/// What a call of [`step`] did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Nothing was due.
    Idle,
    /// A mail went out.
    Sent,
    /// There was nothing to tell (any more), or it waits for the end of quiet.
    Nothing,
    /// The mail server did not take it now; it is tried again.
    Again,
    /// The mail server will not take it, with its code.
    Refused(Option<u16>),
    /// It was tried as often as it is.
    GivenUp,
}

/// Sends the mail that is due longest, if any is.
///
/// # Errors
/// [`ServerError::Store`]; it is taken up again when its lease ends.
pub async fn step<S, P>(
    store: &S,
    lent: &Lent<'_, P>,
    machine: Machine<'_>,
) -> Result<Step, ServerError>
where
    S: AccessLog + Accounts + Facts + Intents + Jobs + Secrets + Sources + Views,
    P: Post,
{
    let Some(job) = machine.claim(store, MAIL, LEASE).await? else {
        return Ok(Step::Idle);
    };
    let done = mail(store, lent, machine, &job).await;
    Ok(match machine.ends(store, &job, done).await? {
        Ends::Well(step) => step,
        Ends::Elsewhere => Step::Nothing,
        Ends::Again => Step::Again,
    })
}

/// Lets what is due pass, where there is no mail server: what was to be told stands on the page. Gives whether there was one.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn pass<S: Jobs>(store: &S, machine: Machine<'_>) -> Result<bool, ServerError> {
    let Some(job) = machine.claim(store, MAIL, LEASE).await? else {
        return Ok(false);
    };
    finish(store, &job.lease).await?;
    Ok(true)
}

/// All that a mail to somebody is decided on.
struct Desk<'a, S> {
    store: &'a S,
    job: &'a Job,
    viewer: Viewer,
    account: Account,
    state: State,
    now: Instant,
}

async fn mail<S, P>(
    store: &S,
    lent: &Lent<'_, P>,
    machine: Machine<'_>,
    job: &Job,
) -> Result<Step, ServerError>
where
    S: AccessLog + Accounts + Facts + Intents + Jobs + Secrets + Sources + Views,
    P: Post,
{
    let org = &job.lease.org;
    let person = job.unique.as_deref().unwrap_or_default();
    let has_left = has_left(store, org, person, machine.now()).await?;
    let account = store.account_by_email(org, person).await?;
    let Some(account) = account.filter(|_| !has_left) else {
        store.finish(&job.lease).await?;
        return Ok(Step::Nothing);
    };
    let viewer = Viewer::signed_in(org.clone(), person);
    let desk = Desk {
        store,
        job,
        state: State::of(store, &viewer).await?,
        account,
        now: Instant::from_seconds(machine.now().0.div_euclid(1_000_000)),
        viewer,
    };
    let Some((report, outlook)) = desk.look(lent.program).await? else {
        return desk.nothing(None).await;
    };
    let all = desk.all(&report, &outlook).await?;
    let (tells, wait) = match desk.decide(&report, &outlook, &all) {
        Verdict::Nothing => return desk.nothing(None).await,
        Verdict::Wait(until) => (Vec::new(), Some(until)),
        Verdict::Tell(places) => (places, None),
    };
    if let Some(until) = wait {
        return desk.nothing(Some(until)).await;
    }
    // What is open goes by the way that it was written down for.
    let open = desk
        .state
        .open()
        .map(|open| channel(open.to_go.by.as_deref()));
    let by = open.unwrap_or(desk.state.wish.by);
    let Some(way) = Way::of(store, lent, &desk.viewer, by).await? else {
        return desk.nothing(None).await;
    };
    let told: Vec<&Told> = tells.iter().filter_map(|place| all.get(*place)).collect();
    let (id, written_at) = desk
        .write_down(&told, way.channel(), &lent.office.domain, machine.now())
        .await?;
    let mut letter = Letter::of(
        told.iter().map(|one| one.item.clone()).collect(),
        &lent.office.address,
        off_path(lent.keyring, &desk.account.account)?,
    );
    let shown = told.get(..MOST).unwrap_or(&told);
    letter.calendar = calendar(lent.keyring, lent.office, shown)?;
    desk.note_looks(lent.noted, &report, &told).await?;
    let to = desk.account.email.clone();
    let posted = way.send(lent, letter, (to, id.clone(), written_at)).await;
    desk.end(machine, &id, posted).await
}

impl<S> Desk<'_, S>
where
    S: AccessLog + Accounts + Facts + Intents + Jobs + Secrets + Sources + Views,
{
    /// What their page says now; `None` where nothing is known of them.
    async fn look(&self, program: &str) -> Result<Option<(Arc<Report>, Outlook)>, ServerError> {
        let (store, viewer, now) = (self.store, &self.viewer, self.now);
        let kept = kept(store, viewer, program, now).await?;
        let Some(report) = kept.report() else {
            return Ok(None);
        };
        let ahead = ahead(store, viewer, program, now).await?;
        let outlook = guard::outlook(store, viewer, &ahead, now).await?;
        Ok(Some((report, outlook)))
    }

    /// All that could be told. What an open mail tells of goes first, and alone: it may be in their mailbox already. What
    /// was offered by somebody who stopped the guard since, or whose access ended, is not told.
    async fn all(&self, report: &Report, outlook: &Outlook) -> Result<Vec<Told>, ServerError> {
        let mut all = news(report, outlook, self.now);
        if let Some(open) = self.state.open() {
            let tells: BTreeSet<&str> = open
                .to_go
                .tells
                .iter()
                .map(|one| one.event.as_str())
                .collect();
            all.retain(|one| tells.contains(one.news.event.as_str()));
        }
        let mut stopped: BTreeMap<String, bool> = BTreeMap::new();
        for one in &all {
            let pair = report.pairs.iter().find(|pair| pair.id == one.pair);
            let led = pair.filter(|pair| parts::reads_as_report(report, pair));
            if let Some(pair) = led.filter(|pair| !stopped.contains_key(&pair.id)) {
                let other = &parts::partner(report, pair).address;
                let other = Viewer::signed_in(self.viewer.org().clone(), other);
                let (org, now) = (other.org(), micros(self.now));
                let is_stopped = acting::stopped(self.store, &other).await?.is_some()
                    || has_left(self.store, org, other.person(), now).await?;
                stopped.insert(pair.id.clone(), is_stopped);
            }
        }
        all.retain(|one| stopped.get(&one.pair) != Some(&true));
        Ok(all)
    }

    fn decide(&self, report: &Report, outlook: &Outlook, all: &[Told]) -> Verdict {
        let news: Vec<News> = all.iter().map(|one| one.news.clone()).collect();
        let is_open = self.state.open().is_some();
        telling::decide(&Asked {
            news: &news,
            told: &self.state.told(),
            wish: &self.state.wish,
            standing: telling::Standing {
                has_joined: true,
                is_stopped: outlook.is_stopped,
            },
            zone: &report.zone,
            last: self.state.last().filter(|_| !is_open),
            now: self.now,
        })
    }

    /// The id under which it goes out, and its date: those of the open mail, or new ones, which are kept before anything is
    /// sent. Whoever decides in the same moment is refused.
    async fn write_down(
        &self,
        told: &[&Told],
        by: Channel,
        domain: &str,
        now: Micros,
    ) -> Result<(String, Instant), ServerError> {
        if let Some(open) = self.state.open() {
            return Ok((open.to_go.id.clone(), open.at));
        }
        let person = self.viewer.person();
        let seed = format!(
            "{} {person} {} {}",
            self.viewer.org().as_str(),
            self.state.version.0,
            now.0
        );
        let hash = digest::digest(&digest::SHA256, seed.as_bytes());
        let short: String = hash
            .as_ref()
            .iter()
            .take(16)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let tells = told.iter().map(|one| Tells {
            event: one.news.event.clone(),
            topic: one.news.topic.as_str().to_owned(),
            pair: one.pair.clone(),
            promised: one.promised.seconds(),
        });
        let to_go = ToGo {
            id: format!("{short}@{domain}"),
            tells: tells.collect(),
            by: kept_way(by),
        };
        let expected = Expected::Exactly(self.state.version);
        let fact = written(&to_go, person, self.now);
        self.store
            .append(self.viewer.org(), &mail_of(person), expected, &[fact], &[])
            .await?;
        Ok((to_go.id, self.now))
    }

    /// The mail shows its reader something of each of the others, as their page would.
    async fn note_looks(
        &self,
        noted: &Noted,
        report: &Report,
        told: &[&Told],
    ) -> Result<(), ServerError> {
        let pairs = told.iter().filter_map(|one| {
            let mut pairs = report.pairs.iter();
            pairs.find(|pair| pair.id == one.pair)
        });
        let (store, viewer) = (self.store, &self.viewer);
        let others = looked::led_by(viewer, pairs);
        looked::note(store, noted, viewer, self.now, Kind::Mailed, &others).await
    }

    /// Ends the job without a mail: until then, or until there is something again. An open mail that nothing is left of is
    /// dropped.
    async fn nothing(&self, until: Option<Instant>) -> Result<Step, ServerError> {
        let mut next = Vec::new();
        let mut ends = Vec::new();
        match (until, self.state.open()) {
            (Some(until), _) => {
                let due = Micros(until.seconds().saturating_mul(1_000_000));
                next.push(job_at(self.viewer.person(), due));
            }
            (None, Some(open)) => {
                ends.push((open.to_go.id.as_str(), (How::Dropped, None)));
                next.push(self.once_more());
            }
            (None, None) => {}
        }
        self.close(&ends, &next).await?;
        Ok(Step::Nothing)
    }

    async fn end(
        &self,
        machine: Machine<'_>,
        id: &str,
        posted: Posted,
    ) -> Result<Step, ServerError> {
        let (store, lease, now) = (self.store, &self.job.lease, machine.now());
        match posted {
            Posted::Taken => {
                let was_open = self.state.open().is_some();
                let next: Vec<NewJob> = was_open.then(|| self.once_more()).into_iter().collect();
                self.close(&[(id, (How::Sent, None))], &next).await?;
                Ok(Step::Sent)
            }
            Posted::Refused { code } => {
                let fact = ended(id, (How::Refused, code), self.viewer.person(), self.now);
                let stream = mail_of(self.viewer.person());
                let org = self.viewer.org();
                store
                    .append(org, &stream, Expected::Any, &[fact], &[])
                    .await?;
                let why = match code {
                    Some(code) => format!("it was refused ({code})"),
                    None => "it was refused".to_owned(),
                };
                store.fail(lease, now, None, &why).await?;
                Ok(Step::Refused(code))
            }
            Posted::Later { why } => {
                let attempt = self.job.attempt.saturating_add(FIRST_DOUBLINGS);
                let again = backoff(now, attempt, (machine.chance)());
                let failed = store.fail(lease, now, Some(again), &why).await?;
                Ok(match failed {
                    Failed::Again => Step::Again,
                    Failed::Dead => Step::GivenUp,
                })
            }
        }
    }

    /// What came meanwhile is looked at next.
    fn once_more(&self) -> NewJob {
        let now = Micros(self.now.seconds().saturating_mul(1_000_000));
        job(self.viewer.person(), now)
    }

    /// Notes how mails ended and ends the job, in one stroke.
    async fn close(
        &self,
        ends: &[(&str, (How, Option<u16>))],
        jobs: &[NewJob],
    ) -> Result<(), ServerError> {
        let person = self.viewer.person();
        let stream = mail_of(person);
        let facts: Vec<_> = ends
            .iter()
            .map(|(id, end)| ended(id, *end, person, self.now))
            .collect();
        let write = Write {
            appends: &[Append {
                stream: &stream,
                expected: Expected::Any,
                facts: &facts,
            }],
            jobs,
            finish: Some(&self.job.lease),
            ..Write::default()
        };
        self.store.write(self.viewer.org(), write).await?;
        Ok(())
    }
}
