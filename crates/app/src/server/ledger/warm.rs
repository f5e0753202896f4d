//! Judging ahead: whoever looks should not wait for what could have been judged before.
//!
//! Where something new was found, its owner's ledger is judged, and those of everybody in it; and again at the moment at
//! which time alone changes it. It is a service: losing such a job loses nothing, and whoever looks first judges.

use super::kept::{ahead_beside, forget, kept};
use crate::report::Report;
use crate::server::accounts::has_left;
use crate::server::ends::finish;
use crate::server::guard::{self, FreeBusy};
use crate::server::mail;
use crate::server::sync::Machine;
use crate::server::{ServerError, Viewer, accounts::is_address};
use std::collections::BTreeSet;
use steadfast_calendar::Instant;
use steadfast_store::{
    Accounts, Facts, Intents, Job, Jobs, Micros, NewJob, Sources, StoreError, Views,
};

/// The kind of job. Its unique name is the person's; after [`AS_PARTNER`], where it is somebody else's news, so that the one
/// does not take the place of the other.
pub const JUDGE: &str = "judge";

/// Before the name, of somebody else's news: their own partners are not concerned.
const AS_PARTNER: &str = "partner/";
/// What several calendars say one after another is judged once.
const SETTLES: i64 = 5 * 1_000_000;
/// Nobody needs it more often than this.
const AT_MOST_EVERY: i64 = 10 * 60 * 1_000_000;
/// How long judging one may take: a second at the very most.
const LEASE: i64 = 5 * 60 * 1_000_000;
/// Attempts; whoever looks judges anyway.
const ATTEMPTS: u32 = 3;

/// Names of the jobs that are done for `person` alone; mail and folding are called so too.
pub(in crate::server) fn jobs_of(person: &str) -> [String; 2] {
    [person.to_owned(), format!("{AS_PARTNER}{person}")]
}

/// The job that judges `person`'s ledger and those of everybody in it, now that something new was found.
pub(crate) fn news_of(person: &str, now: Micros) -> NewJob {
    job(person.to_owned(), now.plus(SETTLES))
}

/// The same, at once: somebody said something that the guard of `person` waits for.
pub(in crate::server) fn judge_now(person: &str, now: Micros) -> NewJob {
    job(person.to_owned(), now)
}

/// The job that judges `person`'s ledger and nobody else's.
fn as_partner(person: &str, due: Micros) -> NewJob {
    job(format!("{AS_PARTNER}{person}"), due)
}

fn job(unique: String, due: Micros) -> NewJob {
    NewJob {
        kind: JUDGE.to_owned(),
        unique: Some(unique),
        payload: Vec::new(),
        due,
        max_attempts: ATTEMPTS,
    }
}

/// Does one such job, if one is due; gives whether one was. `asks`: who is asked when people are busy whose calendars are not seen.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn judge_ahead<S, F>(
    store: &S,
    asks: &F,
    program: &str,
    machine: Machine<'_>,
) -> Result<bool, ServerError>
where
    F: FreeBusy,
    S: Accounts + Facts + Intents + Jobs + Sources + Views,
{
    let now = (machine.now)();
    let Some(job) = machine.claim(store, JUDGE, LEASE).await? else {
        return Ok(false);
    };
    let done = judge(store, asks, program, now, &job).await;
    machine.ends(store, &job, done).await?;
    Ok(true)
}

async fn judge<S, F>(
    store: &S,
    asks: &F,
    program: &str,
    now: Micros,
    job: &Job,
) -> Result<(), ServerError>
where
    F: FreeBusy,
    S: Accounts + Facts + Intents + Jobs + Sources + Views,
{
    let org = &job.lease.org;
    let name = job.unique.as_deref().unwrap_or_default();
    let (person, is_partner) = match name.strip_prefix(AS_PARTNER) {
        Some(person) => (person, true),
        None => (name, false),
    };
    let has_joined = store.account_by_email(org, person).await?.is_some();
    if !has_joined || has_left(store, org, person, now).await? {
        // Whoever has not joined, or has left, looks at nothing, and nothing is done for them.
        return finish(store, &job.lease).await;
    }
    let viewer = Viewer::signed_in(org.clone(), person);
    let at = Instant::from_seconds(now.0.div_euclid(1_000_000));
    let kept = kept(store, &viewer, program, at).await?;
    let mut next = Vec::new();
    if let Some(report) = kept.report() {
        let ahead = ahead_beside(store, &viewer, &kept, program, at).await?;
        let ahead = guard::knowing(asks, &viewer, ahead, at).await;
        let look_again = guard::defend(store, &viewer, &ahead, at).await?;
        next.extend(mail::plan(store, &viewer, &report, &ahead, at).await?);
        let again = kept.good_until();
        let again = look_again.map_or(again, |look| look.min(again));
        let again = Micros(again.seconds().saturating_mul(1_000_000));
        next.push(as_partner(person, again.max(now.plus(AT_MOST_EVERY))));
        if !is_partner {
            let partners = partners(&report, person);
            next.extend(partners.iter().map(|one| as_partner(one, now)));
        }
    }
    store.enqueue(org, &next).await?;
    match store.finish(&job.lease).await {
        Ok(()) => Ok(()),
        // Another node judged it as well, or they left meanwhile: then what was just kept is nobody's.
        Err(StoreError::StaleLease { .. }) => forget(store, &viewer).await,
        Err(error) => Err(error.into()),
    }
}

/// Everybody the person has a 1:1 with.
fn partners(report: &Report, person: &str) -> BTreeSet<String> {
    let people = report.pairs.iter().flat_map(|pair| &pair.people);
    people
        .map(|one| one.address.to_string())
        .filter(|address| address != person && is_address(address))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::testing::with_store;
    use steadfast_store::Claim;

    #[test]
    fn somebody_elses_news_does_not_take_the_place_of_ones_own() {
        with_store(|store, org| async move {
            let now = Micros(0);
            for job in [
                news_of("maya@example.com", now),
                as_partner("maya@example.com", now),
            ] {
                store.enqueue(&org, &[job]).await.unwrap();
            }
            let claim = Claim {
                kinds: &[JUDGE],
                node: "n",
                now: now.plus(SETTLES),
                until: now.plus(LEASE),
                limit: 9,
            };
            assert_eq!(store.claim(claim).await.unwrap().len(), 2);
        });
    }
}
