//! CalDAV (RFC 4791): finds the calendars of an account and reads every event of each.
//!
//! Reading only: nothing is ever written, locked or scheduled.

mod collection;
pub(crate) mod discovery;
pub(crate) mod multistatus;
pub(crate) mod path;
pub(crate) mod request;

use crate::error::SourceError;
use crate::gather::{Gather, Offered};
use crate::intake::{DocumentName, Intake};
use crate::names;
use crate::web::client::Client;
use collection::Events;
use discovery::Calendar;
use url::Url;

/// Reads the collection at `url`, or all calendars of the account that it belongs to.
pub(crate) fn read(client: &Client, url: &Url, intake: &mut dyn Intake) -> Result<(), SourceError> {
    let found = discovery::calendars(client, url)?;
    let mut gather = Gather::new(intake);
    let mut last_error = None;
    for calendar in found {
        if let Some(why) = why_set_aside(&calendar) {
            gather.set_aside(client.shown(&calendar.url), why);
            continue;
        }
        if let Err(error) = one(client, &calendar, &mut gather) {
            gather.unreadable += 1;
            gather
                .intake
                .warning(&client.shown(&calendar.url), error.to_string());
            last_error = Some(error);
        }
    }
    match last_error {
        Some(error) if gather.read == 0 => Err(error),
        _ => gather.finish(&client.shown(url)),
    }
}

/// One calendar, as one stream.
fn one(client: &Client, calendar: &Calendar, gather: &mut Gather<'_>) -> Result<(), SourceError> {
    let label = client.shown(&calendar.url);
    let objects = collection::list(client, &calendar.url)?;
    let mut events = Events::new(client, &calendar.url, objects);
    let name = DocumentName {
        label: label.clone(),
        snapshot: None,
        owner: calendar.owner.clone(),
    };
    if events.is_empty() {
        // An empty calendar is one too: nothing is in it, and that was read.
        gather.read += 1;
        return Ok(());
    }
    let offered = gather.offer(name, &mut events);
    for (object, problem) in events.problems() {
        gather.intake.warning(&object, problem);
    }
    gather.intake.progress(events.given(), None);
    if let Some(error) = events.failure() {
        gather.unreadable = gather.unreadable.saturating_sub(1);
        return Err(error);
    }
    match offered {
        Offered::Read => Ok(()),
        Offered::NotACalendar(what) => Err(SourceError::BadAnswer {
            address: label,
            reason: format!("its objects are not calendars but {what}"),
        }),
        Offered::Broken(error) => Err(SourceError::Unreachable {
            address: label,
            reason: error.to_string(),
        }),
    }
}

/// Calendars that a server offers and that are nobody's diary.
pub(crate) fn why_set_aside(calendar: &Calendar) -> Option<&'static str> {
    if calendar.subscribed {
        return Some("a subscribed calendar");
    }
    if !calendar.holds_events {
        return Some("a task list");
    }
    let last = calendar
        .url
        .path_segments()?
        .rfind(|part| !part.is_empty())
        .unwrap_or_default();
    names::why_set_aside(&calendar.name).or_else(|| names::why_set_aside(last))
}
