//! A view of somebody's 1:1s, which cannot be had without the look being recorded.

use super::{Kind, Noted, led_by, note};
use crate::report::Report;
use crate::report::model::Pair;
use crate::server::cadence::{self, Standing};
use crate::server::ledger::{self, Kept, Own, Said};
use crate::server::people::DatedLine;
use crate::server::{ServerError, Viewer};
use jiff::civil::Date;
use std::sync::Arc;
use steadfast_calendar::Instant;
use steadfast_store::{AccessLog, Facts};

/// What is to be looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Look<'a> {
    /// All 1:1s of the viewer.
    All(Kind),
    /// The one with that id, and no other.
    One(Kind, &'a str),
}

/// The viewer's ledger, after the look at it was recorded.
#[derive(Clone, Debug)]
pub struct Shown {
    viewer: Viewer,
    report: Arc<Report>,
    own: Arc<Own>,
    /// Only this one may be shown of it.
    only: Option<String>,
}

/// Records the look, and shows what it is at; `None` as long as nothing was seen of any calendar.
///
/// # Errors
/// [`ServerError::NotFound`] when the viewer has no such 1:1; [`ServerError::Store`] when the look cannot be recorded:
/// then nothing is shown.
pub async fn see<S: AccessLog>(
    store: &S,
    noted: &Noted,
    viewer: &Viewer,
    now: Instant,
    kept: &Kept,
    look: Look<'_>,
) -> Result<Option<Shown>, ServerError> {
    let Some(report) = kept.report() else {
        return match look {
            Look::All(_) => Ok(None),
            Look::One(..) => Err(ServerError::NotFound),
        };
    };
    let (kind, only) = match look {
        Look::All(kind) => (kind, None),
        Look::One(kind, id) => (kind, Some(id.to_owned())),
    };
    let shown = Shown {
        viewer: viewer.clone(),
        report,
        own: kept.own(),
        only,
    };
    let pairs: Vec<&Pair> = match &shown.only {
        Some(id) => vec![shown.pair(id)?],
        None => shown.report.pairs.iter().collect(),
    };
    let whose = led_by(viewer, pairs);
    note(store, noted, viewer, now, kind, &whose).await?;
    Ok(Some(shown))
}

impl Shown {
    /// The ledger. Where one 1:1 was asked for, only that one of it is to be shown.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The viewer's own reporting lines.
    pub fn own(&self) -> &Own {
        &self.own
    }

    /// The lines of the viewer's that the list says, those to whom they report first, and today where they live.
    pub fn own_lines(&self, now: Instant) -> ([Vec<(DatedLine, String)>; 2], Date) {
        let today = self.own.today(&self.report.zone, now);
        (self.own.lines(self.viewer.person()), today)
    }

    /// The 1:1 with that id, if it is the viewer's and this look was at it.
    ///
    /// # Errors
    /// [`ServerError::NotFound`].
    pub fn pair(&self, id: &str) -> Result<&Pair, ServerError> {
        let is_looked_at = self.only.as_ref().is_none_or(|only| only == id);
        let me = self.viewer.person();
        let mut pairs = self.report.pairs.iter();
        pairs
            .find(|pair| pair.id == id && pair.people.iter().any(|one| *one.address == *me))
            .filter(|_| is_looked_at)
            .ok_or(ServerError::NotFound)
    }

    /// What was said about that 1:1, as far as the viewer may see it.
    ///
    /// # Errors
    /// [`ServerError::NotFound`] as [`Shown::pair`]; [`ServerError::Store`].
    pub async fn said<S: Facts>(&self, store: &S, id: &str) -> Result<Vec<Said>, ServerError> {
        let other = self.other(id)?;
        ledger::said(store, &self.viewer, id, other).await
    }

    /// What stands between the two of that 1:1 about its rhythm.
    ///
    /// # Errors
    /// [`ServerError::NotFound`] as [`Shown::pair`]; [`ServerError::Store`].
    pub async fn standing<S: Facts>(&self, store: &S, id: &str) -> Result<Standing, ServerError> {
        cadence::standing(store, &self.viewer, self.other(id)?).await
    }

    /// What stands between the viewer and the other one of each of these, in their order.
    ///
    /// # Errors
    /// As [`Shown::standing`].
    pub async fn standings<S: Facts>(
        &self,
        store: &S,
        ids: &[&str],
    ) -> Result<Vec<Standing>, ServerError> {
        let others = ids.iter().map(|id| self.other(id));
        let others: Vec<&str> = others.collect::<Result<_, _>>()?;
        cadence::standings(store, &self.viewer, &others).await
    }

    /// The address of the other one of the two.
    fn other(&self, id: &str) -> Result<&str, ServerError> {
        let people = self.pair(id)?.people.iter();
        people
            .map(|one| &*one.address)
            .find(|address| *address != self.viewer.person())
            .ok_or(ServerError::NotFound)
    }
}
