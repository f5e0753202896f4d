//! An instance of a series that nothing was said about yet, named by its id.

use super::refusal::{NOT_FOUND, Refusal};
use super::world::{Calendar, Fields, State, Stored, text};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

/// The instance `id` (`<series>_20260113T140000Z`, or `<series>_20260113` of whole days) as its series gives it. That its
/// rule gives that day is taken on the asker's word; the time of day is checked.
pub(super) fn instance(calendar: &Calendar, id: &str) -> Result<Stored, Refusal> {
    let (series, stamp) = id.rsplit_once('_').ok_or(NOT_FOUND)?;
    let master = calendar
        .events
        .get(series)
        .filter(|event| event.state == State::Stands);
    let master = master
        .filter(|event| event.fields.contains_key("recurrence"))
        .ok_or(NOT_FOUND)?;
    let (start, end) = slot(&master.fields, stamp).ok_or(NOT_FOUND)?;
    let mut fields = master.fields.clone();
    fields.remove("recurrence");
    fields.insert("id".to_owned(), id.into());
    fields.insert("recurringEventId".to_owned(), series.into());
    fields.insert("originalStartTime".to_owned(), start.clone());
    fields.insert("start".to_owned(), start);
    fields.insert("end".to_owned(), end);
    Ok(Stored {
        fields,
        state: State::Stands,
        version: master.version,
    })
}

fn slot(master: &Fields, stamp: &str) -> Option<(Value, Value)> {
    let (start, end) = (master.get("start")?, master.get("end")?);
    if let (Some(first), Some(last)) = (day(start), day(end)) {
        let day = Date::strptime("%Y%m%d", stamp).ok()?;
        let days = first.until(last).ok()?.get_days();
        let until = day.checked_add(days.days()).ok()?;
        return Some((
            json!({"date": day.to_string()}),
            json!({"date": until.to_string()}),
        ));
    }
    let at = DateTime::strptime("%Y%m%dT%H%M%SZ", stamp).ok()?;
    let at = at.to_zoned(TimeZone::UTC).ok()?.timestamp();
    let name = start.get("timeZone")?.as_str()?;
    let zone = TimeZone::get(name).ok()?;
    let (first, last) = (moment(start)?, moment(end)?);
    if zone.to_datetime(first).time() != zone.to_datetime(at).time() {
        return None;
    }
    let length = first.duration_until(last);
    let said = |at: Timestamp| json!({"dateTime": written(at, &zone), "timeZone": name});
    Some((said(at), said(at.checked_add(length).ok()?)))
}

fn day(said: &Value) -> Option<Date> {
    text(said.as_object()?, "date")?.parse().ok()
}

/// The moment that a start or an end says.
pub(super) fn moment(said: &Value) -> Option<Timestamp> {
    text(said.as_object()?, "dateTime")?.parse().ok()
}

/// A moment on the clock of a zone, with its offset.
pub(super) fn written(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone())
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}
