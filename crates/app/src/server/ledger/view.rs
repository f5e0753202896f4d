//! What one person may see: their own calendar whole, and of other people's calendars only the meetings they are in.

use super::{
    declare::{Declared, declared},
    looks::{Look, looks},
    say::said,
};
use crate::audit::{Audit, Options, answers_file::Answer, pair_id};
use crate::report::Report;
use crate::server::{ServerError, Viewer};
use jiff::{civil::Date, tz::TimeZone};
use std::collections::{BTreeMap, BTreeSet};
use steadfast_calendar::{Event, Instant, Reader};
use steadfast_ledger::absence::is_leave;
use steadfast_store::Facts;

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
pub async fn report<S: Facts>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
) -> Result<Option<Report>, ServerError> {
    let declared = declared(store, viewer).await?;
    let mine = looks(store, viewer.org(), viewer.person()).await?;
    let mut others = partners(viewer, mine.last());
    others.extend(declared.reports.iter().cloned());
    others.extend(declared.manager.iter().cloned());
    others.remove(viewer.person());
    let mut calendars = BTreeMap::new();
    let mut answers = Vec::new();
    for other in others {
        let theirs = looks(store, viewer.org(), &other).await?;
        let id = pair_id(viewer.person(), &other);
        for said in said(store, viewer, &id, &other).await? {
            // Who manages whom was settled when it was said.
            let i_manage = said.mine == said.as_manager;
            let report = if i_manage {
                other.as_str()
            } else {
                viewer.person()
            };
            answers.extend(said.word.says(said.as_manager).map(|says| Answer {
                report: report.to_owned(),
                date: said.date,
                says,
            }));
        }
        calendars.insert(other, theirs);
    }
    if mine.is_empty() && calendars.values().all(Vec::is_empty) {
        return Ok(None);
    }
    Ok(Some(judged(
        viewer, now, declared, answers, &mine, &calendars,
    )))
}

/// Everybody with whom the viewer meets alone, by the last look at their calendar.
fn partners(viewer: &Viewer, last: Option<&Look>) -> BTreeSet<String> {
    let Some(last) = last else {
        return BTreeSet::new();
    };
    let mut partners = BTreeSet::new();
    for event in Reader::read(&last.lines).events {
        let people = addresses(&event);
        let others: Vec<&&str> = people.iter().filter(|p| **p != viewer.person()).collect();
        // A room or a bot may be the third; who is what is found out later.
        if others.len() <= 2 && people.len() > others.len() {
            partners.extend(others.into_iter().map(|other| (*other).to_owned()));
        }
    }
    partners
}

fn addresses(event: &Event) -> BTreeSet<&str> {
    let organizer = event.organizer.iter().map(|o| o.address.as_ref());
    let attendees = event.attendees.iter().map(|a| a.address.as_ref());
    organizer.chain(attendees).collect()
}

fn judged(
    viewer: &Viewer,
    now: Instant,
    declared: Declared,
    answers: Vec<Answer>,
    mine: &[Look],
    others: &BTreeMap<String, Vec<Look>>,
) -> Report {
    let me = viewer.person();
    let mut audit = Audit::new(Options {
        me: vec![me.to_owned()],
        reports: declared.reports,
        manager: declared.manager,
        answers,
        from: days_from(now, -BACK),
        to: days_from(now, AHEAD),
        now_was_given: false,
        ..Options::at(now)
    });
    // One look at each calendar is an export: its state is that of now. Several are a history.
    let is_history = mine.len() > 1 || others.values().any(|looks| looks.len() > 1);
    let mut all: Vec<(Instant, &str, &Look)> = Vec::new();
    all.extend(mine.iter().map(|look| (look.at, me, look)));
    for (other, looks) in others {
        all.extend(looks.iter().map(|look| (look.at, other.as_str(), look)));
    }
    all.sort_by_key(|(at, owner, _)| (*at, *owner));
    for (at, owner, look) in all {
        let at = is_history.then_some(at);
        let is_mine = owner == me;
        // Without a meeting of the two, when somebody is on leave is nobody else's business.
        let shared = |event: &Event| addresses(event).contains(me);
        if is_mine {
            audit.part_of_calendar(owner, at, &look.lines, |_| true);
        } else if Reader::read(&look.lines).events.iter().any(shared) {
            audit.part_of_calendar(owner, at, &look.lines, |event| {
                shared(event) || is_leave(event)
            });
        }
    }
    audit.finish()
}
