//! What one person may see: their own calendar whole, and of other people's calendars only the meetings they are in.

use super::{
    declare::{Declared, declared, streams},
    looks::{Seen, Told, seen},
    say::said,
    watch::{Step, steps},
};
use crate::audit::{AgreedCadence, Audit, Options, answers_file::Answer, pair_id};
use crate::report::Report;
use crate::server::{ServerError, Viewer, cadence, facts};
use jiff::{civil::Date, tz::TimeZone};
use std::collections::{BTreeMap, BTreeSet};
use steadfast_calendar::{Calendar, Event, Instant};
use steadfast_ledger::absence::is_leave;
use steadfast_store::{Facts, Sources, Version};

/// Days looked back: half a year, as an audit does.
const BACK: i64 = 26 * 7;
/// Days looked ahead, so that the next 1:1 is there even where it comes monthly.
const AHEAD: i64 = 31;

fn days_from(now: Instant, days: i64) -> Option<Date> {
    Some(now.plus_days(days).date(&TimeZone::UTC))
}

/// The ledger of the viewer as of `now`; `None` as long as nothing was seen of any calendar they are on.
///
/// Invariant: of another person's calendar nothing enters but events the viewer takes part in, and when that person was
/// on leave. So nothing else can come out, whatever is done with the result.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub(in crate::server) async fn report<S: Facts + Sources>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
) -> Result<Option<Report>, ServerError> {
    Ok(judge(store, viewer, now).await?.0)
}

/// What a ledger was made from: streams, with the versions that they had before they were read.
pub(super) type Basis = Vec<(String, Version)>;

/// The same, with what it was made from.
pub(super) async fn judge<S: Facts + Sources>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
) -> Result<(Option<Report>, Basis), ServerError> {
    let mut own = streams(viewer.person()).to_vec();
    own.push(facts::calendar_of(viewer.person()));
    let mut basis = versions(store, viewer, own).await?;
    let declared = declared(store, viewer).await?;
    let mine = seen(store, viewer.org(), viewer.person()).await?;
    let mut others = partners(viewer, &mine);
    others.extend(declared.reports.iter().cloned());
    others.extend(declared.manager.iter().cloned());
    others.remove(viewer.person());
    let of_others = others.iter().flat_map(|other| {
        let pair = pair_id(viewer.person(), other);
        [
            facts::calendar_of(other),
            facts::words_on(&pair),
            facts::cadence_of(&pair),
        ]
    });
    basis.extend(versions(store, viewer, of_others.collect()).await?);
    let mut calendars = BTreeMap::new();
    let mut told = ToldByPeople {
        declared,
        ..ToldByPeople::default()
    };
    for other in others {
        let theirs = seen(store, viewer.org(), &other).await?;
        let id = pair_id(viewer.person(), &other);
        for said in said(store, viewer, &id, &other).await? {
            // Who manages whom was settled when it was said.
            let i_manage = said.mine == said.as_manager;
            let report = if i_manage {
                other.as_str()
            } else {
                viewer.person()
            };
            told.answers
                .extend(said.word.says(said.as_manager).map(|says| Answer {
                    report: report.to_owned(),
                    date: said.date,
                    says,
                }));
        }
        let agreed = cadence::agreements(store, viewer, &other).await?;
        told.agreed.extend(agreed);
        calendars.insert(other, theirs);
    }
    if mine.is_empty() && calendars.values().all(Seen::is_empty) {
        return Ok((None, basis));
    }
    let report = judged(viewer, now, told, &mine, &calendars);
    Ok((Some(report), basis))
}

async fn versions<S: Facts>(
    store: &S,
    viewer: &Viewer,
    streams: Vec<String>,
) -> Result<Basis, ServerError> {
    let names: Vec<&str> = streams.iter().map(String::as_str).collect();
    let versions = store.versions(viewer.org(), &names).await?;
    Ok(streams.into_iter().zip(versions).collect())
}

/// What people said that bears on the viewer's 1:1s.
#[derive(Default)]
struct ToldByPeople {
    declared: Declared,
    answers: Vec<Answer>,
    agreed: Vec<AgreedCadence>,
}

/// Everybody with whom the viewer ever met alone, by what was seen of their calendars.
fn partners(viewer: &Viewer, mine: &Seen) -> BTreeSet<String> {
    let mut partners = BTreeSet::new();
    for event in mine.told.iter().flat_map(events) {
        let people = addresses(event);
        let others: Vec<&&str> = people.iter().filter(|p| **p != viewer.person()).collect();
        // A room or a bot may be the third; who is what is found out later.
        if others.len() <= 2 && people.len() > others.len() {
            partners.extend(others.into_iter().map(|other| (*other).to_owned()));
        }
    }
    partners
}

fn events(told: &Told) -> Box<dyn Iterator<Item = &Event> + '_> {
    match told {
        Told::HandedIn { calendar, .. } => Box::new(calendar.events.iter()),
        Told::News { put, .. } => Box::new(put.iter().flat_map(|(_, events)| events)),
        Told::Left { .. } => Box::new(std::iter::empty()),
    }
}

fn addresses(event: &Event) -> BTreeSet<&str> {
    let organizer = event.organizer.iter().map(|o| o.address.as_ref());
    let attendees = event.attendees.iter().map(|a| a.address.as_ref());
    organizer.chain(attendees).collect()
}

fn judged(
    viewer: &Viewer,
    now: Instant,
    told: ToldByPeople,
    mine: &Seen,
    others: &BTreeMap<String, Seen>,
) -> Report {
    let me = viewer.person();
    let everybody = || others.iter().map(|(other, seen)| (other.as_str(), seen));
    // One export of each calendar: its state is that of now. More is a history.
    let is_export = mine.is_one_export() && everybody().all(|(_, seen)| seen.is_one_export());
    let mut audit = Audit::new(Options {
        me: vec![me.to_owned()],
        reports: told.declared.reports,
        manager: told.declared.manager,
        answers: told.answers,
        agreed: told.agreed,
        from: days_from(now, -BACK),
        to: days_from(now, AHEAD),
        now_was_given: false,
        is_watched: !is_export,
        ..Options::at(now)
    });
    let mut all: Vec<(Instant, &str, String, Step<'_>)> = Vec::new();
    for (owner, seen) in everybody().chain([(me, mine)]) {
        let steps = steps(owner, seen).into_iter();
        all.extend(steps.map(|(at, key, step)| (at, owner, key, step)));
    }
    // The steps of one copy stand in their order already: a stable sort keeps it.
    all.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    for (_, owner, key, step) in all {
        take(&mut audit, is_export, me, owner, &key, step);
    }
    audit.finish()
}

/// Takes one step in: of somebody else's calendar only what the viewer takes part in, and that person's leave.
fn take(audit: &mut Audit, is_export: bool, me: &str, owner: &str, key: &str, step: Step<'_>) {
    let (at, after, blind, events, about) = match step {
        Step::KnownUntil(_) if is_export => return,
        Step::KnownUntil(at) => return audit.known_until(key, at),
        Step::Look {
            at,
            after,
            blind,
            events,
            about,
        } => (at, after, blind, events, about),
    };
    let shared = |event: &Event| owner == me || addresses(event).contains(me);
    // Without a meeting of the two, when somebody is on leave is nobody else's business.
    let kept: Vec<Event> = if events.iter().any(|event| shared(event)) {
        let visible = |event: &&&Event| shared(event) || is_leave(event);
        events
            .iter()
            .filter(visible)
            .map(|e| Event::clone(e))
            .collect()
    } else {
        Vec::new()
    };
    let is_new = after.is_none();
    if kept.is_empty() && owner != me && is_new {
        return;
    }
    let calendar = Calendar {
        events: kept,
        is_calendar: true,
        complete: true,
        zone: about.and_then(|about| about.zone.clone()),
        name: about.and_then(|about| about.name.clone()),
        ..Calendar::default()
    };
    if is_export {
        return audit.exported(owner, calendar);
    }
    if let Some(after) = after {
        audit.known_until(key, after);
        if blind {
            audit.gap_of(key, after, at);
        }
    }
    audit.watched(key, owner, at, calendar);
    audit.known_until(key, at);
}
