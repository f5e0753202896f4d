//! Judging ahead: whoever looks should not wait for what could have been judged before.
//!
//! Where something new was found, its owner's ledger is judged, and those of everybody in it; and again at the moment at
//! which time alone changes it. It is a service: losing such a job loses nothing, and whoever looks first judges.

use super::kept::{Kept, ahead_beside, forget, kept};
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
    Accounts, Facts, Intents, Job, Jobs, Lease, Micros, NewJob, Org, Sources, StoreError, Views,
    Write,
};

/// The kind of job. Its unique name is the person's; after [`AS_PARTNER`], where it is somebody else's news, so that the one
/// does not take the place of the other.
pub const JUDGE: &str = "judge";

/// Before the name, of somebody else's news: their own partners are not concerned.
const AS_PARTNER: &str = "partner/";
/// What several calendars say one after another is judged once.
const SETTLES: i64 = 5 * 1_000_000;
/// NoCalendars needs it more often than this.
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
    let judged = look_ahead(store, asks, program, now, (org, person, is_partner)).await?;
    end(store, judged, &job.lease).await
}

/// What judging came to, before its job ends.
struct Judged {
    viewer: Viewer,
    kept: Kept,
    next: Vec<NewJob>,
}

/// Judges whose ledger it is, and has the guard and the mail look at it.
async fn look_ahead<S, F>(
    store: &S,
    asks: &F,
    program: &str,
    now: Micros,
    (org, person, is_partner): (&Org, &str, bool),
) -> Result<Judged, ServerError>
where
    F: FreeBusy,
    S: Accounts + Facts + Intents + Sources + Views,
{
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
    Ok(Judged { viewer, kept, next })
}

/// Ends the job, and queues what is next in the same stroke: of somebody whose things went meanwhile nothing is queued anew.
async fn end<S>(store: &S, judged: Judged, lease: &Lease) -> Result<(), ServerError>
where
    S: Accounts + Facts + Intents + Jobs + Views,
{
    let Judged { viewer, kept, next } = judged;
    let write = Write {
        jobs: &next,
        finish: Some(lease),
        ..Write::default()
    };
    match store.write(&lease.org, write).await {
        Ok(_) => Ok(()),
        // Another node judged it as well, and what is kept may be that node's. Or all of theirs went: then it is nobody's.
        Err(StoreError::StaleLease { .. }) => {
            let is_gone = store
                .account_by_email(&lease.org, viewer.person())
                .await?
                .is_none()
                || kept.is_of_what_went(store, &viewer).await?;
            if is_gone {
                forget(store, &viewer).await?;
            }
            Ok(())
        }
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
    use crate::server::accounts::{leave, leave_next, role, signed_in};
    use crate::server::guard::AsksNobody;
    use crate::server::ledger::{AHEAD, VIEW};
    use crate::server::retention::tests::{BEN, MAYA, a_past};
    use crate::server::testing::{NoCalendars, joins, on_postgres, with_store};
    use steadfast_store::seal::Keyring;
    use steadfast_store::{Claim, Store};

    /// The jobs that are due, with this node.
    async fn claimed(store: &Store, now: Micros) -> Vec<Job> {
        let claim = Claim {
            kinds: &[JUDGE],
            node: "n",
            now,
            until: now.plus(LEASE),
            limit: 9,
        };
        store.claim(claim).await.unwrap()
    }

    /// What is kept of Maya's ledger, and of what is to come.
    async fn of_maya(store: &Store, org: &Org) -> [Option<Vec<u8>>; 2] {
        let ledger = store.document(org, VIEW, MAYA).await.unwrap();
        [ledger, store.document(org, AHEAD, MAYA).await.unwrap()]
    }

    async fn judged_twice(store: Store, org: Org) {
        let now = Micros(a_past(&store, &org).await.seconds() * 1_000_000);
        joins(&store, &org, MAYA, role::MEMBER).await;
        joins(&store, &org, BEN, role::MEMBER).await;
        store.enqueue(&org, &[judge_now(MAYA, now)]).await.unwrap();
        let late = claimed(&store, now).await.remove(0);
        let slow = look_ahead(&store, &AsksNobody, "p", now, (&org, MAYA, false));
        let slow = slow.await.unwrap();
        // Its lease is over: the other node does it, and all that comes of it at once.
        let later = now.plus(LEASE + 1);
        let clock = move || later;
        let machine = Machine {
            now: &clock,
            chance: &|| 0,
            node: "other",
            every: 1,
        };
        while judge_ahead(&store, &AsksNobody, "p", machine)
            .await
            .unwrap()
        {}
        let kept = of_maya(&store, &org).await;
        assert!(kept.iter().all(Option::is_some));
        let due = store.next_due(&[JUDGE]).await.unwrap();
        assert!(due > Some(later), "{due:?}");
        end(&store, slow, &late.lease).await.unwrap();
        assert_eq!(of_maya(&store, &org).await, kept);
        assert_eq!(store.next_due(&[JUDGE]).await.unwrap(), due);
        // Neither does one that begins when the other is done.
        judge(&store, &AsksNobody, "p", later, &late).await.unwrap();
        assert_eq!(of_maya(&store, &org).await, kept);
        assert_eq!(store.next_due(&[JUDGE]).await.unwrap(), due);
    }

    #[test]
    fn what_another_node_judged_meanwhile_stays_and_nothing_is_queued_twice() {
        with_store(judged_twice);
        on_postgres(judged_twice);
    }

    async fn judged_while_all_of_it_goes(store: Store, org: Org, role: &str) {
        let now = Micros(a_past(&store, &org).await.seconds() * 1_000_000);
        joins(&store, &org, MAYA, role).await;
        joins(&store, &org, BEN, role::MEMBER).await;
        store.enqueue(&org, &[judge_now(MAYA, now)]).await.unwrap();
        let late = claimed(&store, now).await.remove(0);
        let look = || look_ahead(&store, &AsksNobody, "p", now, (&org, MAYA, false));
        let before = look().await.unwrap();
        let written = of_maya(&store, &org).await;
        assert!(!before.next.is_empty() && written.iter().all(Option::is_some));
        let account = format!("account-of-{MAYA}");
        let me = signed_in(&store, &org, &account).await.unwrap().unwrap();
        leave(&store, &me, now).await.unwrap();
        let clock = move || now;
        let machine = Machine {
            now: &clock,
            chance: &|| 0,
            node: "n",
            every: 1,
        };
        let keys = Keyring::new("k", [7; 32]).unwrap();
        let gone = leave_next(&store, &keys, &NoCalendars, machine).await;
        assert!(gone.unwrap());
        // As by a node that was about to keep it.
        for (view, body) in [VIEW, AHEAD].into_iter().zip(written) {
            let change = steadfast_store::Change {
                view: view.to_owned(),
                key: MAYA.to_owned(),
                body,
            };
            store.remember(&org, &change).await.unwrap();
        }
        end(&store, before, &late.lease).await.unwrap();
        assert_eq!(of_maya(&store, &org).await, [None, None], "{role}");
        for job in claimed(&store, now.plus(i64::from(u32::MAX) * 1_000_000)).await {
            let unique = job.unique.unwrap_or_default();
            assert!(!unique.ends_with(MAYA), "{role}: {unique}");
        }
    }

    #[test]
    fn what_was_judged_while_all_of_somebodys_went_is_kept_nowhere_and_nothing_is_queued_for_them()
    {
        for role in [role::MEMBER, role::OWNER] {
            with_store(|store, org| judged_while_all_of_it_goes(store, org, role));
            on_postgres(|store, org| judged_while_all_of_it_goes(store, org, role));
        }
    }

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
            assert_eq!(claimed(&store, now.plus(SETTLES)).await.len(), 2);
        });
    }
}
