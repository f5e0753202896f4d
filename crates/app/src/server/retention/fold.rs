//! Folding one person's calendars: what became of their 1:1s is settled, then what it was judged from goes.
//!
//! Before anything is let go, everything is judged once with it and once without. Where that would make a difference to
//! what is told of the time since, the verdict is settled as well; where a 1:1 would not be found any more, nothing is
//! let go this time. A crash between the steps repeats them: what is settled is then found settled.

use super::settled::{Part, Stood, parts, settled_for};
use super::thin::{applied, thinned};
use super::{FOLDED, Folded, folded, folded_until, window};
use crate::report::Report;
use crate::report::model::Pair;
use crate::server::ends::{Ends, finish};
use crate::server::facts::{calendar_of, said};
use crate::server::ledger::{self, Judging, judge_as, whole_stream};
use crate::server::sync::{Machine, instant};
use crate::server::{ServerError, Viewer};
use jiff::civil::date;
use std::collections::BTreeMap;
use steadfast_calendar::Instant;
use steadfast_ledger::fate::Settled;
use steadfast_ledger::occurrence::Occurrence;
use steadfast_ledger::verdict::Outcome;
use steadfast_store::{Change, Expected, Fact, Facts, Jobs, Micros, NewJob, Org, Sources, Views};

/// The kind of job. Its unique name is the person's.
pub const FOLD: &str = "fold";

/// Judging everything somebody ever had, several times, for everybody they meet.
const LEASE: i64 = 30 * 60 * 1_000_000;
/// After so many failed attempts somebody should look.
const ATTEMPTS: u32 = 10;
/// Streams listed at once.
const PAGE: u32 = 500;
/// Days after the beginning of the window that are settled with what was before: a promise is what stood a week ahead, and
/// one may make good another that was a few weeks before.
const MARGIN: i64 = 28;

/// Has the calendars of everybody folded, if the organisation keeps observations for a time only and that was not planned
/// before: `before` is what this gave the last time.
pub(in crate::server) async fn plan<S: Facts + Jobs>(
    store: &S,
    org: &Org,
    now: Micros,
    before: &[u8],
) -> Result<Vec<u8>, ServerError> {
    let Some(horizon) = window(store, org).await?.begins(instant(now)) else {
        return Ok(Vec::new());
    };
    let planned = horizon.seconds().to_string().into_bytes();
    if planned == before {
        return Ok(planned);
    }
    let prefix = calendar_of("");
    let mut after: Option<String> = None;
    loop {
        let page = store.streams(org, &prefix, after.as_deref(), PAGE).await?;
        let mut jobs = Vec::new();
        for (stream, _) in &page {
            let person = stream.strip_prefix(&prefix).unwrap_or_default();
            if folded_until(store, org, person).await? < Some(horizon) {
                jobs.push(NewJob {
                    kind: FOLD.to_owned(),
                    unique: Some(person.to_owned()),
                    payload: Vec::new(),
                    due: now,
                    max_attempts: ATTEMPTS,
                });
            }
        }
        store.enqueue(org, &jobs).await?;
        match page.last() {
            Some((last, _)) => after = Some(last.clone()),
            None => return Ok(planned),
        }
    }
}

/// Folds the calendars of whoever is next, if anybody is; gives whether anybody was.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn fold_next<S>(store: &S, machine: Machine<'_>) -> Result<bool, ServerError>
where
    S: Facts + Jobs + Sources + Views,
{
    let now = machine.now();
    let Some(job) = machine.claim(store, FOLD, LEASE).await? else {
        return Ok(false);
    };
    let org = &job.lease.org;
    let person = job.unique.as_deref().unwrap_or_default();
    let folded = fold(store, org, person, instant(now)).await;
    if machine.ends(store, &job, folded).await? == Ends::Again {
        return Ok(true);
    }
    finish(store, &job.lease).await?;
    if store.next_due(&[FOLD]).await?.is_none_or(|due| due > now) {
        store.forget().await?;
    }
    Ok(true)
}

/// Folds the calendars of one person up to the beginning of the window; gives whether they are folded then.
async fn fold<S>(store: &S, org: &Org, person: &str, now: Instant) -> Result<bool, ServerError>
where
    S: Facts + Sources + Views,
{
    let Some(horizon) = window(store, org).await?.begins(now) else {
        return Ok(true);
    };
    fold_up_to(store, org, person, horizon, now).await
}

/// The same, up to this moment.
pub(super) async fn fold_up_to<S>(
    store: &S,
    org: &Org,
    person: &str,
    horizon: Instant,
    now: Instant,
) -> Result<bool, ServerError>
where
    S: Facts + Sources + Views,
{
    if folded_until(store, org, person).await? >= Some(horizon) {
        return Ok(true);
    }
    let stream = calendar_of(person);
    let facts = whole_stream(store, org, &stream).await?;
    let changes = thinned(&facts, horizon)?;
    if !changes.is_empty() {
        let left = applied(&facts, &changes);
        let goes = Goes::Before(horizon);
        let Some(settled) = settle(store, org, (person, &left), goes, now).await? else {
            return Ok(false);
        };
        keep(store, org, &settled, now).await?;
        store.thin(org, &stream, &changes).await?;
        for viewer in settled.keys() {
            judge_anew(store, org, viewer).await?;
        }
    }
    let done = said(
        FOLDED,
        &Folded {
            until: horizon.seconds(),
        },
        person,
        now,
    );
    store
        .append(org, &folded(person), Expected::Any, &[done], &[])
        .await?;
    Ok(true)
}

async fn keep<S: Facts>(
    store: &S,
    org: &Org,
    settled: &BTreeMap<String, Vec<Part>>,
    now: Instant,
) -> Result<(), ServerError> {
    for (viewer, parts) in settled {
        let facts: Vec<_> = parts.iter().map(|part| part.fact(viewer, now)).collect();
        let stream = settled_for(viewer);
        store
            .append(org, &stream, Expected::Any, &facts, &[])
            .await?;
    }
    Ok(())
}

/// Lets go of a ledger as it was judged: it is made again when somebody looks, from what is left.
pub(in crate::server) async fn judge_anew<S: Views>(
    store: &S,
    org: &Org,
    viewer: &str,
) -> Result<(), ServerError> {
    for view in [ledger::VIEW, ledger::AHEAD] {
        let change = Change {
            view: view.to_owned(),
            key: viewer.to_owned(),
            body: None,
        };
        store.remember(org, &change).await?;
    }
    Ok(())
}

/// Settles, for everybody that somebody has a 1:1 with, what became of all of it so far: their observations can go after it,
/// and the others' ledgers say of the past what they said. Gives whose ledgers those are.
pub(in crate::server) async fn settle_for_others<S>(
    store: &S,
    org: &Org,
    person: &str,
    now: Instant,
) -> Result<Vec<String>, ServerError>
where
    S: Facts + Sources,
{
    let settled = settle(store, org, (person, &[]), Goes::All, now).await?;
    let settled = settled.unwrap_or_default();
    keep(store, org, &settled, now).await?;
    Ok(settled.into_keys().collect())
}

/// How much of somebody's observations goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Goes {
    /// What is older.
    Before(Instant),
    /// Everything.
    All,
}

/// What has to be settled, by whose ledger it is, so that nobody's says anything else once `left` is all there is of
/// somebody's calendars; `None` where settling does not help.
async fn settle<S: Facts + Sources>(
    store: &S,
    org: &Org,
    left: (&str, &[Fact]),
    goes: Goes,
    now: Instant,
) -> Result<Option<BTreeMap<String, Vec<Part>>>, ServerError> {
    let (person, _) = left;
    let mine = Viewer::signed_in(org.clone(), person);
    let all = whole(store, &mine, now, &Judging::default()).await?;
    let mut settled = BTreeMap::from([(person.to_owned(), Vec::new())]);
    let pairs = all.iter().flat_map(|report| &report.pairs);
    let others = pairs.flat_map(|pair| other(pair, person));
    settled.extend(others.map(|other| (other.to_owned(), Vec::new())));
    if goes == Goes::All {
        // Theirs goes with the rest.
        settled.remove(person);
    }
    let zone = all.as_ref().map(|report| report.zone_name.clone());
    for (address, parts) in &mut settled {
        let viewer = Viewer::signed_in(org.clone(), address);
        let with = (address != person).then_some(person);
        let whose = (left, zone.as_deref());
        match settle_for(store, &viewer, with, whose, goes, now).await? {
            Some(found) => *parts = found,
            None => return Ok(None),
        }
    }
    Ok(Some(settled))
}

/// What has to be settled for one viewer: between them and `with` only, where that is said.
async fn settle_for<S: Facts + Sources>(
    store: &S,
    viewer: &Viewer,
    with: Option<&str>,
    (left, their_zone): ((&str, &[Fact]), Option<&str>),
    goes: Goes,
    now: Instant,
) -> Result<Option<Vec<Part>>, ServerError> {
    let me = viewer.person();
    let mut known: BTreeMap<String, Settled> = BTreeMap::new();
    for part in parts(store, viewer.org(), me).await? {
        let settled = part.settled();
        known.entry(part.with).or_default().and(settled);
    }
    let before = whole(store, viewer, now, &Judging::default()).await?;
    let pairs = before.iter().flat_map(|report| &report.pairs);
    let mut new: Vec<(String, Settled)> = Vec::new();
    for pair in pairs {
        let Some(other) = other(pair, me).filter(|other| with.is_none_or(|one| one == *other))
        else {
            continue;
        };
        let from = known
            .get(other)
            .map_or(Settled::default().until, |s| s.until);
        // Of what goes whole as little as can be is settled: where the other calendar tells it, it goes on telling it.
        let until = match goes {
            Goes::Before(horizon) => horizon.plus_days(MARGIN),
            Goes::All => from,
        };
        let is_new = |o: &&Occurrence| from <= o.promised.start && o.promised.start < until;
        let settled = Settled {
            until,
            before: pair.occurrences.iter().filter(is_new).cloned().collect(),
            ..Settled::default()
        };
        new.push((other.to_owned(), settled));
    }
    let judging = Judging {
        instead: Some(left),
        settled: &new,
        ..Judging::default()
    };
    let after = whole(store, viewer, now, &judging).await?;
    let find = |report: &Option<Report>, with: &str| -> Option<Pair> {
        let mut pairs = report.iter().flat_map(|report| &report.pairs);
        pairs.find(|pair| other(pair, me) == Some(with)).cloned()
    };
    for (with, settled) in &mut new {
        let Some(then) = find(&before, with) else {
            continue;
        };
        let until = settled.until;
        let later = |o: &Occurrence| o.promised.start >= until;
        let is_over = |o: &&Occurrence| {
            later(o)
                && o.promised.end <= now
                && (goes != Goes::All || o.verdict.outcome != Outcome::Open)
        };
        let Some(left) = find(&after, with) else {
            if goes == Goes::All {
                settled.later = then.occurrences.iter().filter(is_over).cloned().collect();
                continue;
            }
            if then.occurrences.iter().any(later) {
                return Ok(None);
            }
            continue;
        };
        let is_other = then.occurrences.iter().any(later) && direction(&then) != direction(&left);
        if is_other && goes != Goes::All {
            return Ok(None);
        }
        let same = |o: &Occurrence, p: &Occurrence| o.promised.start == p.promised.start;
        for one in then.occurrences.iter().filter(is_over) {
            let is_told = left
                .occurrences
                .iter()
                .any(|o| same(o, one) && tells(o) == tells(one));
            if !is_told {
                settled.later.push(one.clone());
            }
        }
        for one in left.occurrences.iter().filter(is_over) {
            if !then.occurrences.iter().any(|o| same(o, one)) {
                settled.never.push(one.promised.start);
            }
        }
    }
    Ok(Some(
        new.iter()
            .map(|(with, settled)| {
                let pair = find(&before, with).filter(|_| goes == Goes::All);
                let stood = pair.map(|pair| {
                    let (manager, _) = direction(&pair);
                    let mine = before.as_ref().map(|report| report.zone_name.as_str());
                    let zone = if manager == Some(me) {
                        their_zone
                    } else {
                        mine
                    };
                    Stood {
                        manager: manager.map(str::to_owned),
                        cadence_days: pair.cadence_days,
                        zone: zone.map(str::to_owned),
                    }
                });
                Part::new(with, settled, stood)
            })
            .collect(),
    ))
}

/// Everything the viewer ever had, as far as it is found.
pub(super) async fn whole<S: Facts + Sources>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    judging: &Judging<'_>,
) -> Result<Option<Report>, ServerError> {
    let judging = Judging {
        from: Some(date(1970, 1, 1)),
        instead: judging.instead,
        settled: judging.settled,
        ..Judging::default()
    };
    Ok(judge_as(store, viewer, now, &judging).await?.report)
}

/// The other one of the two.
pub(super) fn other<'a>(pair: &'a Pair, me: &str) -> Option<&'a str> {
    let mut people = pair.people.iter().map(|one| &*one.address);
    people.find(|address| *address != me)
}

/// Who of the two reports to whom.
fn direction(pair: &Pair) -> (Option<&str>, crate::report::model::Direction) {
    let manager = pair.manager.and_then(|index| pair.people.get(index));
    (manager.map(|one| &*one.address), pair.direction)
}

/// All that an occurrence tells, but which meeting of which calendar it was and what displaced it.
pub(super) fn tells(one: &Occurrence) -> String {
    let mut one = one.clone();
    one.uid = None;
    one.recurrence_id = None;
    if let Some(cause) = &mut one.cause {
        cause.uid = None;
    }
    format!("{one:?}")
}
