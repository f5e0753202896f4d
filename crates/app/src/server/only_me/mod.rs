//! "Is it only me?": a report asks whether their 1:1 gives way more often than the others of the same manager do. The answer is
//! "about the same" or "more often", and nothing else: no name, no figure.
//!
//! `Invariant:` an answer rests on five others or more, none of whom is half of it; on one quarter that is over; and it is
//! given once for each quarter, so that asking again after somebody joined, left or said something tells nothing about them.
//! Whom two answers of the same or of consecutive quarters rest on is the same, or differs by five or more.

mod beforehand;
#[cfg(test)]
mod tests;

pub use beforehand::are_few_listed;

use super::facts::{said, what_was_said};
use super::ledger::{Judging, judge_as, whole_stream};
use super::sync::micros;
use super::{ServerError, Viewer};
use crate::audit::{is_eligible, pair_id};
use crate::report::model::Pair;
use crate::report::seat::{manager, subordinate};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{ToSpan, Unit};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use steadfast_calendar::{Instant, resolve};
use steadfast_ledger::occurrence::Occurrence;
use steadfast_signal::fairness::{NAMED_EXCESS, fairness};
use steadfast_store::{Accounts, Expected, Facts, Sources};

/// Others that there have to be, and by how many sets of them have to differ: nobody can be singled out.
const ENOUGH_OTHERS: usize = 5;
/// Of a 1:1 with fewer in the quarter nothing is compared: about what any reading needs.
const ENOUGH_MEETINGS: usize = 4;
/// Weeks of the longest quarter.
const WEEKS: usize = 14;
/// "More often" is said where chance alone would show so much for one of them in a twentieth of all quarters at the most. The manager is
/// named somebody at a hundredth: there one is accused of something, here somebody asks of their own accord.
const BY_CHANCE: f64 = 0.05;
/// Seed of the permutations: the same quarter gives the same answer.
const SEED: u64 = 0x5eed;
/// An [`Answered`].
const ANSWERED: &str = "only_me.answered.v1";

/// The stream of what `person` was answered. Only this use case reads it.
pub(in crate::server) fn answers_to(person: &str) -> String {
    format!("only-me/{person}")
}

/// What was answered for a quarter. Its form never changes once written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Answered {
    /// The 1:1.
    pair: String,
    /// First day of the quarter.
    quarter: Date,
    more_often: bool,
    /// The 1:1s that it was compared with.
    rests_on: BTreeSet<String>,
}

/// What is answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OnlyMe {
    /// The others gave way about as often.
    AboutTheSame,
    /// This one gave way more often.
    MoreOften,
    /// There are too few others, or too few meetings, for an answer that is about nobody.
    TooFew,
    /// Whom it would rest on has changed by a few since the last answer: it could tell about one of them.
    NotNow,
}

/// A quarter that is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quarter {
    /// Its first day.
    pub first: Date,
    /// The first day after it.
    pub end: Date,
}

impl Quarter {
    /// The last one that was over at `now`, by UTC.
    pub fn before(now: Instant) -> Self {
        let today = now.date(&TimeZone::UTC);
        let month = (today.month() - 1) / 3 * 3 + 1;
        let end = Date::new(today.year(), month, 1).unwrap_or(today);
        let first = end.checked_sub(3.months()).unwrap_or(end);
        Self { first, end }
    }

    fn holds(self, one: &Occurrence) -> bool {
        let day = one.promised.start.date(&TimeZone::UTC);
        self.first <= day && day < self.end
    }

    fn begins(self) -> Instant {
        resolve(self.first.to_datetime(Time::midnight()), &TimeZone::UTC)
    }

    /// Whether `other` is this one or the one before it.
    fn is_next_to(self, other: Date) -> bool {
        let months = self
            .first
            .since((Unit::Month, other))
            .map(|span| span.get_months());
        months.is_ok_and(|months| (0..=3).contains(&months))
    }
}

/// Answers the viewer, who is the report of `pair`, for the last quarter that is over.
///
/// # Errors
/// [`ServerError::NotFound`] when the viewer is not the report of such a 1:1; [`ServerError::Store`].
pub async fn is_it_only_me<S: Accounts + Facts + Sources>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    pair: &str,
) -> Result<(OnlyMe, Quarter), ServerError> {
    let quarter = Quarter::before(now);
    let stream = answers_to(viewer.person());
    let mine = judge_as(store, viewer, now, &Judging::default()).await?;
    let mine = mine.report.ok_or(ServerError::NotFound)?;
    let pair = mine.pairs.iter().find(|one| one.id == pair);
    let pair = pair.ok_or(ServerError::NotFound)?;
    let is_me = |one: &Pair| subordinate(one).is_some_and(|who| *who.address == *viewer.person());
    let boss = manager(pair).filter(|_| is_me(pair));
    let boss = boss.ok_or(ServerError::NotFound)?.address.to_string();
    let mut before: Vec<Answered> = Vec::new();
    for fact in whole_stream(store, viewer.org(), &stream).await? {
        let answered: Answered = what_was_said(&fact, ANSWERED)?;
        before.retain(|known| (&known.pair, known.quarter) != (&answered.pair, answered.quarter));
        before.push(answered);
    }
    before.retain(|known| known.pair == pair.id);
    if let Some(known) = before.iter().find(|known| known.quarter == quarter.first) {
        return Ok((told(known.more_often), quarter));
    }
    // What they do not show to this server nobody is compared with.
    let joined = store.account_by_email(viewer.org(), &boss).await?;
    if joined.is_none_or(|account| account.is_closed(micros(now))) {
        return Ok((OnlyMe::TooFew, quarter));
    }
    let boss = Viewer::signed_in(viewer.org().clone(), &boss);
    let judging = Judging {
        from: Some(quarter.first),
        without_words: true,
        ..Judging::default()
    };
    let theirs = judge_as(store, &boss, now, &judging).await?.report;
    let pairs = theirs.iter().flat_map(|report| &report.pairs);
    let managed =
        pairs.filter(|one| manager(one).is_some_and(|who| *who.address == *boss.person()));
    let (own, others): (Vec<&Pair>, Vec<&Pair>) = managed
        .filter(|one| counted(one, quarter).count() >= ENOUGH_MEETINGS)
        .partition(|one| is_me(one));
    let Some(own) = own.first() else {
        return Ok((OnlyMe::TooFew, quarter));
    };
    if !are_enough(&others, quarter) {
        return Ok((OnlyMe::TooFew, quarter));
    }
    let rests_on: BTreeSet<String> = others.iter().map(|one| id(one, boss.person())).collect();
    let differs_by_few = |known: &Answered| {
        let few = known.rests_on.symmetric_difference(&rests_on).count();
        quarter.is_next_to(known.quarter) && (1..ENOUGH_OTHERS).contains(&few)
    };
    if before.iter().any(differs_by_few) {
        return Ok((OnlyMe::NotNow, quarter));
    }
    let answered = Answered {
        pair: pair.id.clone(),
        quarter: quarter.first,
        more_often: is_more_often(own, &others, quarter),
        rests_on,
    };
    let fact = said(ANSWERED, &answered, viewer.person(), now);
    // Of two that ask at once the last one is told from then on; both were told the same.
    store
        .append(viewer.org(), &stream, Expected::Any, &[fact], &[])
        .await?;
    Ok((told(answered.more_often), quarter))
}

const fn told(more_often: bool) -> OnlyMe {
    if more_often {
        OnlyMe::MoreOften
    } else {
        OnlyMe::AboutTheSame
    }
}

/// Of the 1:1, by the other one of the two.
fn id(pair: &Pair, boss: &str) -> String {
    let report = subordinate(pair).map_or("", |who| &*who.address);
    pair_id(boss, report)
}

fn counted(pair: &Pair, quarter: Quarter) -> impl Iterator<Item = &Occurrence> {
    let all = pair.occurrences.iter();
    all.filter(move |one| quarter.holds(one) && is_eligible(one))
}

/// Five or more, none of whom is half of all.
fn are_enough(others: &[&Pair], quarter: Quarter) -> bool {
    let counts: Vec<usize> = others
        .iter()
        .map(|one| counted(one, quarter).count())
        .collect();
    let most = counts.iter().max().copied().unwrap_or(0);
    others.len() >= ENOUGH_OTHERS && most * 2 <= counts.iter().sum()
}

/// Whether `own` stands out among all: within each week, so that a week that was bad for everybody says nothing of anybody.
fn is_more_often(own: &Pair, others: &[&Pair], quarter: Quarter) -> bool {
    let all = std::iter::once(&own).chain(others);
    let rows: Vec<Vec<Option<bool>>> = all.map(|pair| weeks(pair, quarter)).collect();
    let Some(found) = fairness(&rows, SEED) else {
        return false;
    };
    let mut standings = found.standings.iter();
    let Some(mine) = standings.next() else {
        return false;
    };
    let (observed, of) = standings.fold((0, 0), |(observed, of), one| {
        (observed + one.observed, of + one.of)
    });
    let rate = |observed: u32, of: u32| f64::from(observed) / f64::from(of.max(1));
    // To five in a hundred, as every rate that is released.
    let rounded = |rate: f64| (rate * 20.0).round() / 20.0;
    let excess = rounded(rate(mine.observed, mine.of)) - rounded(rate(observed, of));
    mine.z >= found.max_z - 1e-9 && found.p <= BY_CHANCE && excess >= NAMED_EXCESS - 1e-9
}

fn weeks(pair: &Pair, quarter: Quarter) -> Vec<Option<bool>> {
    let mut row = vec![None; WEEKS];
    for one in counted(pair, quarter) {
        let week = one.promised.start.seconds_since(quarter.begins()) / (7 * 86_400);
        let cell = usize::try_from(week)
            .ok()
            .and_then(|week| row.get_mut(week));
        if let Some(cell) = cell {
            *cell = Some(cell.unwrap_or(false) | one.verdict.disruption);
        }
    }
    row
}
