//! What a report rests on: whose calendars, seen when, read by whom.

use super::{collect::Audit, finish::Desk, pair::person};
use crate::report::model::{Evidence, EvidenceKind, Me, Person, Side};
use jiff::tz::TimeZone;
use std::collections::HashMap;
use steadfast_calendar::Instant;
use steadfast_ledger::{
    history::History,
    pairs::{Declared, Relationship},
    people::PersonId,
};

/// Days without any change after which an export is taken to be as old as its last one: in two weeks somebody answers,
/// plans or moves something, and most providers write the moment of the export into every event.
const STALE_DAYS: i64 = 14;

/// So many events with one and the same DTSTAMP, the newest moment of the calendar, were written by the export.
const STAMPED_TOGETHER: usize = 10;
/// Days after which an export that says when it was made is told as of then.
const STAMPED_STALE_DAYS: i64 = 1;

/// When an export was made, where it is old; `None` where it may be of now, and for anything but an export.
pub(super) fn made_long_ago(history: &History, now: Instant) -> Option<Instant> {
    if !history.snapshots.is_empty() {
        return None;
    }
    let (mut newest, mut stamps) = (None, Stamps::default());
    for series in history.copies.iter().flat_map(|c| c.all()) {
        series.each(|event| {
            newest = newest.max(event.moments.into_iter().max().flatten());
            stamps.add(event.moments);
        });
    }
    let newest = newest?;
    let days = if stamps.moment() == Some(newest) {
        STAMPED_STALE_DAYS
    } else {
        STALE_DAYS
    };
    Some(newest).filter(|at| at.plus_days(days) < now)
}

/// Tells when an export was made that wrote that moment into every event as its DTSTAMP: RFC 5545 §3.8.7.2, without METHOD it is
/// when the event was last changed, but most providers write the moment of the export there.
#[derive(Default)]
pub(crate) struct Stamps {
    stamp: Option<Instant>,
    /// Events with it.
    number: usize,
    /// An event has another one, or none, or was touched later.
    others: bool,
}

impl Stamps {
    /// Looks at one event: its DTSTAMP first, then the other moments it has.
    pub(crate) fn add(&mut self, moments: [Option<Instant>; 3]) {
        let [stamp, ..] = moments;
        let newest = moments.into_iter().max().flatten();
        let known = self.stamp.or(stamp);
        self.others |= stamp.is_none() || stamp != known || newest != stamp;
        self.stamp = known;
        self.number += 1;
    }

    /// That moment; `None` where the events do not tell it.
    pub(crate) fn moment(&self) -> Option<Instant> {
        self.stamp
            .filter(|_| !self.others && self.number >= STAMPED_TOGETHER)
    }
}

/// Until when anything is known, where the calendars are not of these days. `made`: when an export was made that is old.
pub(super) fn known_until(
    history: &History,
    now: Instant,
    made: Option<Instant>,
) -> Option<Instant> {
    let last = history.snapshots.last().copied();
    made.or(last.filter(|at| at.plus_days(STALE_DAYS) < now))
}

/// Everybody whose calendar was seen, by name.
pub(super) fn calendars_of(desk: &Desk<'_>) -> Vec<Person> {
    let mut people: Vec<Person> = desk
        .calendars_of
        .iter()
        .map(|id| person(*id, desk.directory))
        .collect();
    people.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.address.cmp(&b.address)));
    people
}

/// The zones of those in `relationships`: as declared, else as a calendar of theirs says.
pub(super) fn zones(audit: &Audit, relationships: &[Relationship]) -> HashMap<PersonId, TimeZone> {
    let people = relationships.iter().flat_map(|r| r.people);
    let zone = |id: PersonId| {
        let declared = audit.directory.person(id).zone().cloned();
        let copies = || audit.history.copies.iter().filter(|c| c.owner == Some(id));
        declared.or_else(|| copies().find_map(|c| c.zone.clone()))
    };
    people.filter_map(|id| Some((id, zone(id)?))).collect()
}

/// What sort of source it was, and where nothing was seen of it.
pub(super) fn evidence(audit: &Audit) -> Evidence {
    let history = &audit.history;
    let gaps = history.copies.iter().flat_map(|c| &c.gaps);
    let mut gaps: Vec<(Instant, Instant)> = gaps
        .map(|(from, to)| (*from, to.unwrap_or(audit.options.now)))
        .chain(history.gaps.iter().copied())
        .collect();
    gaps.sort_unstable();
    gaps.dedup();
    Evidence {
        kind: if history.snapshots.is_empty() {
            EvidenceKind::Export
        } else if audit.options.is_watched {
            EvidenceKind::Server
        } else {
            EvidenceKind::History
        },
        snapshots: history.snapshots.len().max(1),
        first: history.snapshots.first().copied(),
        last: history.snapshots.last().copied(),
        gaps,
        fetched: audit.options.is_fetched,
    }
}

/// The reader, how they were found, and on which side of the pairs they are.
pub(super) fn me(audit: &Audit, declared: &Declared, relationships: &[Relationship]) -> Option<Me> {
    let id = declared.me?;
    let found = audit.me()?;
    let shown = person(id, &audit.directory);
    let manages = relationships.iter().any(|r| r.manager == Some(id));
    let reports = relationships.iter().any(|r| r.report() == Some(id));
    Some(Me {
        address: shown.address,
        name: Some(shown.name),
        because: found.because.clone(),
        side: match (manages, reports) {
            (true, _) => Side::Manager,
            (false, true) => Side::Report,
            (false, false) => Side::Both,
        },
    })
}
