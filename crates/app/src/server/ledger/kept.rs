//! A person's ledger as it was last judged, kept so that looking at it costs no judging.
//!
//! It is a read model: made from the facts, known to be out of date by the versions of the streams it was made from and by
//! the clock, and made again. Losing it loses nothing.

use super::own::Own;
use super::view::{self, Judged};
use crate::report::Report;
use crate::server::guard::Ahead;
use crate::server::sync::is_read_only;
use crate::server::{ServerError, Viewer};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use steadfast_calendar::Instant;
use steadfast_ledger::case::UnknownBecause;
use steadfast_ledger::verdict::Outcome;
use steadfast_store::{Change, Facts, Org, Sources, Version, Views};

/// The view that holds them, by person.
pub const VIEW: &str = "ledger";
/// The view that holds what is to come, by person.
pub const AHEAD: &str = "ahead";

/// The longest that one is good: what is told by the week moves on.
const GOOD_FOR: i64 = 6 * 3_600;
/// How long one is good in which a 1:1 of the last days was not seen yet: the next round of a calendar may show it.
const GOOD_FOR_UNSEEN: i64 = 60;
/// Days back in which an unseen 1:1 may still be seen by a round that finds nothing new.
const UNSEEN_DAYS: i64 = 3;

/// A ledger as it was judged.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// The program that judged it: another one may judge otherwise.
    program: String,
    judged: Instant,
    good_until: Instant,
    /// The streams it was made from, with their versions then.
    made_from: Vec<(String, u64)>,
    report: Option<Arc<Report>>,
    own: Arc<Own>,
}

impl Kept {
    pub(super) fn new(program: &str, now: Instant, judged: Judged) -> Self {
        let Judged {
            report, basis, own, ..
        } = judged;
        let good_until = report
            .as_ref()
            .map_or(now.plus_seconds(GOOD_FOR), |report| good_until(report, now));
        Self {
            program: program.to_owned(),
            judged: now,
            good_until,
            made_from: basis
                .into_iter()
                .map(|(stream, at)| (stream, at.0))
                .collect(),
            report: report.map(Arc::new),
            own: Arc::new(own),
        }
    }

    /// Whether two judgements tell the same.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        self.telling() == other.telling()
    }

    /// All it tells, as text to be compared. When it was judged, and parts of a cadence without contact, are not told.
    pub(in crate::server) fn telling(&self) -> String {
        let mut report = self.report.as_deref().cloned();
        if let Some(report) = &mut report {
            report.generated_at = Instant::from_seconds(0);
            report.evidence.snapshots = 0;
            report.evidence.last = None;
            for pair in &mut report.pairs {
                pair.contact_gap = pair.contact_gap.map(f64::floor);
            }
        }
        format!("{report:?} {:?}", self.own)
    }

    /// When it was judged.
    pub fn judged(&self) -> Instant {
        self.judged
    }

    /// Until when it is good, if nothing is written.
    pub fn good_until(&self) -> Instant {
        self.good_until
    }

    /// What it says; `None` where nothing was seen. It shows nothing to anybody: for that see [`crate::server::looked`].
    pub(in crate::server) fn report(&self) -> Option<Arc<Report>> {
        self.report.clone()
    }

    /// The viewer's reporting lines. It shows them to nobody, as the ledger.
    pub(in crate::server) fn own(&self) -> Arc<Own> {
        self.own.clone()
    }

    /// Whether anything was seen of a calendar that the viewer is on.
    pub fn is_empty(&self) -> bool {
        self.report.is_none()
    }

    /// The zone in which its days are told; UTC as long as none is known.
    pub fn zone(&self) -> TimeZone {
        let report = self.report.as_ref();
        report.map_or(TimeZone::UTC, |report| report.zone.clone())
    }

    /// Addresses of everybody the viewer has a 1:1 with, and their own.
    pub fn people(&self) -> Vec<String> {
        let pairs = self.report.iter().flat_map(|report| &report.pairs);
        let people = pairs.flat_map(|pair| &pair.people);
        people.map(|one| one.address.to_string()).collect()
    }

    /// Whether judging again would say the same.
    ///
    /// # Errors
    /// [`ServerError::Store`].
    pub async fn is_good<S: Facts>(
        &self,
        store: &S,
        viewer: &Viewer,
        program: &str,
        now: Instant,
    ) -> Result<bool, ServerError> {
        if self.program != program || now < self.judged || now >= self.good_until {
            return Ok(false);
        }
        Ok(self.now_at(store, viewer).await? == self.then_at())
    }

    /// Whether something that it was made from was erased since: a stream is behind where it was only when it was begun anew.
    pub(super) async fn is_of_what_went<S: Facts>(
        &self,
        store: &S,
        viewer: &Viewer,
    ) -> Result<bool, ServerError> {
        let now = self.now_at(store, viewer).await?;
        Ok(now
            .iter()
            .zip(self.then_at())
            .any(|(now, then)| *now < then))
    }

    /// Where the streams are now that it was made from.
    async fn now_at<S: Facts>(
        &self,
        store: &S,
        viewer: &Viewer,
    ) -> Result<Vec<Version>, ServerError> {
        let streams = self.made_from.iter().map(|(stream, _)| stream.as_str());
        let streams: Vec<&str> = streams.collect();
        Ok(store.versions(viewer.org(), &streams).await?)
    }

    /// Where they were then.
    fn then_at(&self) -> Vec<Version> {
        let then = self.made_from.iter();
        then.map(|(_, at)| Version(*at)).collect()
    }
}

/// Throws away what is kept of the viewer's ledger: whoever looks next has it judged anew.
///
/// # Errors
/// [`ServerError::Store`].
pub(super) async fn forget<S: Views>(store: &S, viewer: &Viewer) -> Result<(), ServerError> {
    for view in [AHEAD, VIEW] {
        let gone = Change {
            view: view.to_owned(),
            key: viewer.person().to_owned(),
            body: None,
        };
        store.remember(viewer.org(), &gone).await?;
    }
    Ok(())
}

/// The zone in which somebody's days are told: as they were told the last time or, where that is not kept, as they would be
/// now. UTC as long as no calendar of theirs says.
///
/// # Errors
/// [`ServerError::Store`].
pub(in crate::server) async fn zone_told<S: Facts + Sources + Views>(
    store: &S,
    org: &Org,
    person: &str,
    now: Instant,
) -> Result<TimeZone, ServerError> {
    let document = store.document(org, VIEW, person).await?;
    let kept: Option<Kept> = document.and_then(|body| serde_json::from_slice(&body).ok());
    if let Some(kept) = kept {
        return Ok(kept.zone());
    }
    match view::report(store, &Viewer::signed_in(org.clone(), person), now).await {
        Ok(report) => Ok(report.map_or(TimeZone::UTC, |report| report.zone)),
        // What cannot be read says no zone; whoever looks at that ledger is told.
        Err(ServerError::Unreadable(_)) => Ok(TimeZone::UTC),
        Err(error) => Err(error),
    }
}

/// Until something of it changes though nothing is written: a 1:1 ends, a day does, or one that was not seen may be.
fn good_until(report: &Report, now: Instant) -> Instant {
    let mut until = now.plus_seconds(GOOD_FOR);
    // Days are printed in the report's zone, and its window is of days in UTC.
    for zone in [&report.zone, &TimeZone::UTC] {
        if let Ok(tomorrow) = now.date(zone).tomorrow() {
            let midnight = tomorrow.to_datetime(jiff::civil::Time::midnight());
            until = until.min(steadfast_calendar::resolve(midnight, zone));
        }
    }
    // Whole cadences without contact are what is told.
    for pair in &report.pairs {
        if let Some(gap) = pair.contact_gap {
            let left = (gap.floor() + 1.0 - gap) * pair.cadence_days as f64 * 86_400.0;
            until = until.min(now.plus_seconds(left as i64));
        }
    }
    for next in report.pairs.iter().filter_map(|pair| pair.next) {
        if next > now {
            until = until.min(next);
        }
    }
    for occurrence in report.pairs.iter().flat_map(|pair| &pair.occurrences) {
        let held = occurrence.verdict.held.unwrap_or(occurrence.promised);
        for end in [occurrence.promised.end, held.start, held.end] {
            if end > now {
                until = until.min(end);
            }
        }
        let unseen = occurrence.verdict.outcome == Outcome::Unknown
            && occurrence.unknown_because == Some(UnknownBecause::Gap)
            && occurrence.promised.end > now.plus_days(-UNSEEN_DAYS);
        if unseen {
            until = until.min(now.plus_seconds(GOOD_FOR_UNSEEN));
        }
    }
    until
}

/// The ledger of the viewer, judged anew only where what is kept is out of date.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub async fn kept<S: Facts + Sources + Views>(
    store: &S,
    viewer: &Viewer,
    program: &str,
    now: Instant,
) -> Result<Kept, ServerError> {
    let document = store.document(viewer.org(), VIEW, viewer.person()).await?;
    let known: Option<Kept> = document.and_then(|body| serde_json::from_slice(&body).ok());
    if let Some(known) = known
        && known.is_good(store, viewer, program, now).await?
    {
        return Ok(known);
    }
    Ok(anew(store, viewer, program, now).await?.0)
}

/// What is to come, as it was judged with a ledger.
#[derive(Serialize, Deserialize)]
struct KeptAhead {
    judged: Instant,
    ahead: Ahead,
}

/// What is to come for the viewer, made anew only where what is kept is out of date. It shows nothing to anybody.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub async fn ahead<S: Facts + Sources + Views>(
    store: &S,
    viewer: &Viewer,
    program: &str,
    now: Instant,
) -> Result<Ahead, ServerError> {
    let kept = kept(store, viewer, program, now).await?;
    ahead_beside(store, viewer, &kept, program, now).await
}

/// The same, beside a ledger that is good now.
///
/// # Errors
/// As [`ahead`].
pub async fn ahead_beside<S: Facts + Sources + Views>(
    store: &S,
    viewer: &Viewer,
    kept: &Kept,
    program: &str,
    now: Instant,
) -> Result<Ahead, ServerError> {
    let document = store.document(viewer.org(), AHEAD, viewer.person()).await?;
    let known: Option<KeptAhead> = document.and_then(|body| serde_json::from_slice(&body).ok());
    let mut ahead = match known.filter(|known| known.judged == kept.judged) {
        Some(known) => known.ahead,
        None => anew(store, viewer, program, now).await?.1,
    };
    // What may be written to changes without a fact, and is asked each time.
    let sources = store.sources_of(viewer.org(), viewer.person()).await?;
    let read_only = sources.iter().filter(|one| is_read_only(one));
    ahead.only_reads(&read_only.map(|one| one.source.as_str()).collect());
    Ok(ahead)
}

/// Both, judged now.
async fn anew<S: Facts + Sources + Views>(
    store: &S,
    viewer: &Viewer,
    program: &str,
    now: Instant,
) -> Result<(Kept, Ahead), ServerError> {
    let mut judged = view::judge(store, viewer, now).await?;
    let ahead = KeptAhead {
        judged: now,
        ahead: std::mem::take(&mut judged.ahead),
    };
    let kept = Kept::new(program, now, judged);
    let change = |view: &str, body| Change {
        view: view.to_owned(),
        key: viewer.person().to_owned(),
        body,
    };
    let first = change(AHEAD, serde_json::to_vec(&ahead).ok());
    store.remember(viewer.org(), &first).await?;
    let second = change(VIEW, serde_json::to_vec(&kept).ok());
    store.remember(viewer.org(), &second).await?;
    Ok((kept, ahead.ahead))
}
