//! One event of Graph's: a single one, the master of a series, an exception, an instance that stands as its series says, or
//! one that is gone.

use super::oddity::Oddity;
use super::when::{Clock, civil, instant, on, read as moment, stamp, zone_of};
use super::{kind, people, recurrence, uid};
use crate::ical::lines::{Lines, text};
use crate::ical::moment::Moment;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde_json::{Map, Value};

/// What one element of a list of events says.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// It stands, and says all that it is.
    Stands(Box<Event>),
    /// It stands as its series says.
    Occurs(Occurrence),
    /// It stands no more, or not in the window that was asked for. Only its id is told.
    Gone(String),
}

/// An instance that stands as its series says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Its id.
    pub id: String,
    /// Id of its series.
    pub series: String,
    /// When it begins.
    pub(super) start: Moment,
}

/// An event that stands, in lines of iCalendar.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its id in its mailbox.
    pub id: String,
    /// Id of the series that it is an exception of.
    pub series: Option<String>,
    /// Whether it is a series itself, also where its recurrence cannot be read.
    pub repeats: bool,
    /// Its ETag or change key: another one after every change.
    pub etag: Option<String>,
    /// When it was last changed, in UTC as iCalendar writes it.
    pub updated: Option<String>,
    /// What was odd about it.
    pub oddities: Vec<Oddity>,
    /// When it begins.
    pub(super) start: Moment,
    /// The clock that it is on.
    pub(super) clock: Option<Clock>,
    /// Which instance of a series it is, as far as it says so itself.
    pub(super) which: Option<Which>,
    /// What it is called everywhere.
    pub(super) uid: String,
    lines: Vec<String>,
}

/// Which instance of a series is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// That which was to begin then.
    At(Timestamp),
    /// That of this day, on the clock of the series.
    On(Date),
}

/// Reads one event of a list, from the calendar of whoever has the address `owner`.
///
/// # Errors
/// When nothing of it can be read; the [`Oddity`] says why.
pub fn read(value: &Value, owner: &str) -> Result<Said, Oddity> {
    let said = value.as_object().ok_or(Oddity::NoEvent)?;
    let id = word(said, "id").ok_or(Oddity::NoEvent)?.to_owned();
    if said
        .get("@removed")
        .is_some_and(|removed| !removed.is_null())
    {
        return Ok(Said::Gone(id));
    }
    let mut oddities = Vec::new();
    let series = word(said, "seriesMasterId").map(str::to_owned);
    let has_recurrence = said.get("recurrence").is_some_and(Value::is_object);
    let (repeats, is_instance, is_plain) = match word(said, "type") {
        Some("seriesMaster") => (true, false, false),
        Some("occurrence") => (false, true, true),
        Some("exception") => (false, true, false),
        Some("singleInstance") => (false, false, false),
        other => {
            oddities.extend(other.map(|_| Oddity::UnknownType));
            let is_instance = series.is_some() && !has_recurrence;
            (has_recurrence, is_instance, false)
        }
    };
    let series = series.filter(|_| is_instance);
    if is_instance && series.is_none() {
        return Err(Oddity::NoSeries);
    }
    let clock = Clock::of(said, &mut oddities);
    let is_all_day = said.get("isAllDay") == Some(&Value::Bool(true));
    let start = moment(said.get("start"), is_all_day, clock.as_ref(), &mut oddities);
    let start = start.ok_or(Oddity::NoStart)?;
    if let Some(series) = series.clone().filter(|_| is_plain) {
        return Ok(Said::Occurs(Occurrence { id, series, start }));
    }
    let (uid, day) = named(said, &id, &mut oddities);
    let which = which(said, day).filter(|_| !repeats);
    let mut lines = Vec::with_capacity(16);
    lines.push(start.line("DTSTART"));
    let end = moment(said.get("end"), is_all_day, clock.as_ref(), &mut oddities);
    match end {
        Some(end) if end.is_date() == start.is_date() => lines.push(end.line("DTEND")),
        _ => oddities.push(Oddity::BadEnd),
    }
    if repeats {
        let rule = recurrence::line(said, &start, clock.as_ref(), &mut oddities);
        lines.extend(rule);
    }
    let created = stamp(said.get("createdDateTime"), &mut oddities);
    let updated = stamp(said.get("lastModifiedDateTime"), &mut oddities);
    if let Some(stamp) = updated.as_ref().or(created.as_ref()) {
        lines.push(format!("DTSTAMP:{stamp}"));
    }
    lines.extend(created.map(|created| format!("CREATED:{created}")));
    lines.extend(kind::lines(said, &mut oddities));
    let subject = said.get("subject").and_then(Value::as_str);
    lines.extend(subject.map(|subject| format!("SUMMARY:{}", text(subject))));
    lines.extend(people::lines(said, owner, &mut oddities));
    oddities.sort_unstable();
    oddities.dedup();
    let etag = word(said, "@odata.etag").or_else(|| word(said, "changeKey"));
    Ok(Said::Stands(Box::new(Event {
        etag: etag.map(str::to_owned),
        id,
        series,
        repeats,
        updated,
        oddities,
        start,
        clock,
        which,
        uid,
        lines,
    })))
}

impl Event {
    /// The whole object of an event that is none of a series told beside it.
    pub fn object(&self) -> Vec<u8> {
        let mut lines = Lines::default();
        begin(&mut lines);
        let which = self.which.map(|which| self.instance(which));
        self.put(&mut lines, &self.uid, which.as_ref(), &[], true);
        lines.put("END:VCALENDAR");
        lines.into_bytes()
    }

    /// Adds it, as the instance `which` of the series that is called `uid`, with further lines, and with the moment of its last change where that is
    /// known to be its own.
    pub(super) fn put(
        &self,
        lines: &mut Lines,
        uid: &str,
        which: Option<&Moment>,
        more: &[String],
        is_dated: bool,
    ) {
        lines.put("BEGIN:VEVENT");
        lines.put(&format!("UID:{}", text(uid)));
        for line in &self.lines {
            lines.put(line);
        }
        if let Some(which) = which {
            lines.put(&which.line("RECURRENCE-ID"));
        }
        if let (Some(updated), true) = (&self.updated, is_dated) {
            lines.put(&format!("LAST-MODIFIED:{updated}"));
        }
        for line in more {
            lines.put(line);
        }
        lines.put("END:VEVENT");
    }

    /// The original start of an instance of this series. Of somebody who is invited to one instance alone, `self` is that
    /// instance: then its time of day is what it is now.
    pub(super) fn instance(&self, which: Which) -> Moment {
        let clock = self.clock.as_ref();
        match (which, &self.start) {
            (Which::At(at), Moment::Date(_)) => Moment::Date(day_of(at, clock)),
            (Which::At(at), _) => on(clock, at),
            (Which::On(day), Moment::Date(_)) => Moment::Date(day),
            (Which::On(day), start) => {
                let time =
                    instant(start, clock).map_or(Time::midnight(), |at| civil(clock, at).time());
                let zone = zone_of(clock);
                match zone
                    .to_ambiguous_timestamp(day.to_datetime(time))
                    .compatible()
                {
                    Ok(at) => on(clock, at),
                    Err(_) => Moment::Date(day),
                }
            }
        }
    }
}

/// The day of a whole day's midnight, told in UTC or on the clock of its zone.
pub(super) fn day_of(at: Timestamp, clock: Option<&Clock>) -> Date {
    let utc = civil(None, at);
    if utc.time() == Time::midnight() {
        utc.date()
    } else {
        civil(clock, at).date()
    }
}

/// What an object begins with.
pub(super) fn begin(lines: &mut Lines) {
    lines.put("BEGIN:VCALENDAR");
    lines.put("VERSION:2.0");
    lines.put("PRODID:-//Steadfast//Microsoft Graph//EN");
}

/// A word of the API's own: an id, a UID or a type.
fn word<'a>(said: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    let word = said.get(name)?.as_str()?;
    (!word.is_empty()).then_some(word)
}

/// What it is called everywhere, and the day of the instance that its name means. `uid` is that of the whole series.
fn named(
    said: &Map<String, Value>,
    id: &str,
    oddities: &mut Vec<Oddity>,
) -> (String, Option<Date>) {
    let own = word(said, "iCalUId").map(uid::read);
    let shared = word(said, "uid").map(uid::read);
    match (shared, own) {
        (Some((uid, _)), own) => (uid, own.and_then(|(_, day)| day)),
        (None, Some(own)) => own,
        (None, None) => {
            oddities.push(Oddity::NoUid);
            (id.to_owned(), None)
        }
    }
}

/// Which instance it says that it is: by `originalStart`, by the day at the end of its `occurrenceId`, or by that in its name.
fn which(said: &Map<String, Value>, day: Option<Date>) -> Option<Which> {
    let original = word(said, "originalStart").and_then(|text| text.parse().ok());
    let occurrence = word(said, "occurrenceId")
        .and_then(|id| id.rsplit_once('.'))
        .and_then(|(_, day)| day.parse().ok());
    original
        .map(Which::At)
        .or(occurrence.or(day).map(Which::On))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;
    use serde_json::json;
    use steadfast_calendar::{Busy, EventKind, PartStat, Reader};

    const UID: &str =
        "040000008200E00074C5B7101A82E00800000000000000000000000000000000000000000000000001AB";

    fn stands(value: &Value) -> Event {
        match read(value, "maya@example.com") {
            Ok(Said::Stands(event)) => *event,
            other => panic!("{other:?}"),
        }
    }

    fn changed(change: &Value) -> Value {
        let mut value = weekly();
        let fields = value.as_object_mut().unwrap();
        fields.extend(change.as_object().unwrap().clone());
        value
    }

    fn weekly() -> Value {
        json!({
            "@odata.etag": "W/\"k1\"", "id": "abc", "changeKey": "k1", "iCalUId": UID, "type": "seriesMaster",
            "createdDateTime": "2026-01-05T08:00:00.5Z", "lastModifiedDateTime": "2026-01-05T08:00:01.2Z",
            "subject": "1:1 Maya, Ben\nweekly", "showAs": "busy", "sensitivity": "normal", "isAllDay": false,
            "isCancelled": false, "isOrganizer": true, "isDraft": false, "hideAttendees": false, "seriesMasterId": null,
            "originalStart": null, "originalStartTimeZone": "W. Europe Standard Time",
            "originalEndTimeZone": "W. Europe Standard Time",
            "start": {"dateTime": "2026-01-06T14:00:00.0000000", "timeZone": "UTC"},
            "end": {"dateTime": "2026-01-06T14:30:00.0000000", "timeZone": "UTC"},
            "recurrence": {
                "pattern": {"type": "weekly", "interval": 1, "month": 0, "dayOfMonth": 0, "daysOfWeek": ["tuesday"],
                            "firstDayOfWeek": "sunday", "index": "first"},
                "range": {"type": "noEnd", "startDate": "2026-01-06", "endDate": "0001-01-01",
                          "recurrenceTimeZone": "W. Europe Standard Time", "numberOfOccurrences": 0},
            },
            "organizer": {"emailAddress": {"address": "maya@example.com", "name": "Maya"}},
            "attendees": [{"type": "required", "emailAddress": {"address": "ben@example.com", "name": "Ben"},
                           "status": {"response": "declined", "time": "2026-01-05T09:00:00Z"}}],
        })
    }

    #[test]
    fn a_series_reads_as_the_same_series_over_caldav() {
        let event = stands(&weekly());
        assert!(event.repeats && event.oddities.is_empty(), "{event:?}");
        assert_eq!(event.etag.as_deref(), Some("W/\"k1\""));
        let calendar = Reader::read(event.object().as_slice());
        assert_eq!(calendar.warnings, []);
        let caldav = format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:Microsoft Exchange Server 2010\r\nBEGIN:VEVENT\r\nUID:{UID}\r\n\
             DTSTART;TZID=W. Europe Standard Time:20260106T150000\r\nDTEND;TZID=W. Europe Standard Time:20260106T153000\r\n\
             RRULE:FREQ=WEEKLY;BYDAY=TU;WKST=SU\r\nDTSTAMP:20260105T080001Z\r\nCREATED:20260105T080000Z\r\n\
             LAST-MODIFIED:20260105T080001Z\r\nORGANIZER;CN=Maya:mailto:maya@example.com\r\n\
             ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=DECLINED;CN=Ben:mailto:ben@example.com\r\n\
             STATUS:CONFIRMED\r\nTRANSP:OPAQUE\r\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY\r\n\
             SUMMARY:1:1 Maya\\, Ben\\nweekly\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        );
        let expected = Reader::read(caldav.as_bytes());
        let mut read = calendar.events;
        read[0].line = expected.events[0].line;
        assert_eq!(read, expected.events);
        assert_eq!(read[0].attendees[0].answer, PartStat::Declined);
    }

    #[test]
    fn leave_and_whole_days_are_read_as_such() {
        let leave = stands(&changed(&json!({
            "type": "singleInstance", "recurrence": null, "isAllDay": true, "showAs": "oof", "attendees": [],
            "start": {"dateTime": "2026-08-03T00:00:00.0000000", "timeZone": "UTC"},
            "end": {"dateTime": "2026-08-15T00:00:00.0000000", "timeZone": "UTC"},
        })));
        assert_eq!(leave.oddities, []);
        let read = Reader::read(leave.object().as_slice()).events;
        assert!(read[0].start.is_date() && read[0].organizer.is_none());
        assert_eq!(read[0].busy, Busy::OutOfOffice);
        assert_eq!(read[0].kind, EventKind::OutOfOffice);
    }

    #[test]
    fn which_instance_an_exception_is_is_told_in_three_ways() {
        let exception = |more: Value| {
            let mut value = changed(&json!({
                "id": "abc-2", "type": "exception", "seriesMasterId": "abc", "recurrence": null,
                "start": {"dateTime": "2026-01-14T09:00:00.0000000", "timeZone": "UTC"},
                "end": {"dateTime": "2026-01-14T09:30:00.0000000", "timeZone": "UTC"},
            }));
            let fields = value.as_object_mut().unwrap();
            fields.extend(more.as_object().unwrap().clone());
            stands(&value).which
        };
        let day = jiff::civil::date(2026, 1, 13);
        let at = "2026-01-13T14:00:00Z";
        let in_name = UID
            .replace("E0080000", "E00807EA")
            .replace("07EA0000", "07EA010D");
        assert_eq!(exception(json!({})), None);
        assert_eq!(exception(json!({"iCalUId": in_name})), Some(Which::On(day)));
        let id = "OID.abc.2026-01-13";
        assert_eq!(exception(json!({"occurrenceId": id})), Some(Which::On(day)));
        let original = Some(Which::At(at.parse().unwrap()));
        assert_eq!(
            exception(json!({"originalStart": at, "occurrenceId": id})),
            original
        );
        // Somebody who is invited to one instance alone is told of no series; the name says whose it is and of which day.
        let alone =
            changed(&json!({"type": "singleInstance", "recurrence": null, "iCalUId": in_name}));
        let read = Reader::read(stands(&alone).object().as_slice()).events;
        assert_eq!(&*read[0].uid, UID);
        let original = read[0].recurrence_id.as_ref().unwrap();
        assert_eq!(
            original.at.instant(&TimeZone::UTC).timestamp().to_string(),
            at
        );
    }

    #[test]
    fn an_instance_as_ruled_and_what_is_removed_say_little() {
        let occurrence = json!({
            "id": "abc-3", "type": "occurrence", "seriesMasterId": "abc",
            "start": {"dateTime": "2026-01-20T14:00:00.0000000", "timeZone": "UTC"},
        });
        let Ok(Said::Occurs(found)) = read(&occurrence, "") else {
            panic!("it stands");
        };
        assert_eq!((found.id.as_str(), found.series.as_str()), ("abc-3", "abc"));
        let removed = json!({"id": "abc", "@removed": {"reason": "deleted"}});
        assert_eq!(read(&removed, ""), Ok(Said::Gone("abc".to_owned())));
    }

    #[test]
    fn what_is_missing_or_odd_is_said() {
        let odd = |change: Value| read(&changed(&change), "maya@example.com");
        assert_eq!(odd(json!({"id": ""})), Err(Oddity::NoEvent));
        assert_eq!(read(&json!([]), ""), Err(Oddity::NoEvent));
        assert_eq!(odd(json!({"start": null})), Err(Oddity::NoStart));
        assert_eq!(odd(json!({"type": "exception"})), Err(Oddity::NoSeries));
        let oddities = |change: Value| stands(&changed(&change)).oddities;
        assert_eq!(oddities(json!({"end": {}})), [Oddity::BadEnd]);
        assert_eq!(oddities(json!({"iCalUId": null})), [Oddity::NoUid]);
        assert_eq!(oddities(json!({"type": "meeting"})), [Oddity::UnknownType]);
        let rule = oddities(json!({"recurrence": {"pattern": {"type": "hourly"}}}));
        assert_eq!(rule, [Oddity::BadRecurrence]);
        // A zone that nobody knows, twice in one event, is one oddity.
        let zone = json!({"dateTime": "2026-01-06T14:00:00", "timeZone": "Mars Standard Time"});
        let zone = json!({"originalStartTimeZone": "Mars Standard Time", "recurrence": null, "type": null, "start": zone, "end": zone});
        assert_eq!(oddities(zone), [Oddity::UnknownZone]);
    }
}
