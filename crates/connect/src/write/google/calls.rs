//! The fewest calls that say what an edit says.

use super::Outcome;
use super::like::{CONFERENCE, like};
use super::there::{Page, There, failed, is_instance, is_off, version as version_of, word};
use crate::sync::google::answer::{No, told_no};
use crate::sync::google::api::{Api, EVENT};
use crate::write::Order;
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};
use steadfast_calendar::edit::{Answer, Edit, Hold, Meeting, Reply};
use steadfast_calendar::{Instant, Reader, Slot, Visibility, Window, expand, group};
use url::Url;

/// Calls to one calendar, in their order.
#[derive(Debug)]
pub(in crate::write) struct Calls {
    pub(super) calendar: String,
    pub(super) all: Vec<Call>,
    /// What was there before, in few characters.
    pub(super) says: String,
}

/// One call.
#[derive(Debug)]
pub(super) struct Call {
    /// POST, PATCH or DELETE.
    pub(super) method: &'static str,
    /// Which event; `None`: a new one.
    event: Option<String>,
    pub(super) body: Option<Value>,
    /// The version that it is to change.
    pub(super) version: Option<String>,
    /// Whether Google is to tell the others in it.
    pub(super) tells: bool,
    /// Whether a conference goes with it: Google leaves it out otherwise.
    confers: bool,
}

impl Call {
    pub(super) fn url(&self, api: &Api<'_>, calendar: &str) -> Url {
        let mut path = vec!["calendars", calendar, "events"];
        path.extend(self.event.as_deref());
        let mut url = api.url(&path);
        let told = if self.tells { "all" } else { "none" };
        url.query_pairs_mut().append_pair("sendUpdates", told);
        if self.confers {
            url.query_pairs_mut()
                .append_pair("conferenceDataVersion", "1");
        }
        url
    }

    fn new(event: Value, tells: bool) -> Self {
        Self {
            method: "POST",
            event: None,
            body: Some(event),
            version: None,
            tells,
            confers: false,
        }
    }

    fn patch(event: &Value, body: Value, tells: bool) -> Self {
        Self {
            method: "PATCH",
            event: word(event, "id").map(str::to_owned),
            body: Some(body),
            version: version_of(event),
            tells,
            confers: false,
        }
    }

    fn delete(event: &Value) -> Self {
        Self {
            method: "DELETE",
            event: word(event, "id").map(str::to_owned),
            body: None,
            version: version_of(event),
            tells: true,
            confers: false,
        }
    }
}

/// What has to be called for the edit of an order; `text`: what all of it says afterwards.
pub(super) fn of(
    api: &mut Api<'_>,
    order: &Order,
    there: &There,
    text: Option<&[u8]>,
) -> Result<Calls, Box<Outcome>> {
    let mut planner = Planner { api, order, there };
    let all = planner.all(text)?;
    // Without one Google would take it on whatever it has by then.
    let has_versions = |call: &Call| call.event.is_none() || call.version.is_some();
    if !all.iter().all(has_versions) {
        return Err(no(
            "Google gives the event no version (ETag), so that nothing can be changed safely",
        ));
    }
    Ok(Calls {
        calendar: there.calendar.clone(),
        all,
        says: there.says().to_owned(),
    })
}

/// The version of what a call is about, as it is by now.
pub(super) fn version(
    api: &mut Api<'_>,
    calendar: &str,
    call: &Call,
) -> Result<Option<String>, Box<Outcome>> {
    let Some(event) = &call.event else {
        return Ok(None);
    };
    let mut url = api.url(&["calendars", calendar, "events", event]);
    url.query_pairs_mut().append_pair("fields", "etag");
    let event: Value = got(api, &url)?;
    Ok(version_of(&event))
}

fn got<T: serde::de::DeserializeOwned>(api: &mut Api<'_>, url: &Url) -> Result<T, Box<Outcome>> {
    match api.get(url).map_err(|error| failed(&error))? {
        Ok(said) => Ok(said),
        Err(No {
            status: 404 | 410, ..
        }) => Err(Box::new(Outcome::Changed { now: None })),
        Err(no) => Err(failed(&told_no(url, &no))),
    }
}

fn no(why: &str) -> Box<Outcome> {
    Box::new(Outcome::Refused {
        why: why.to_owned(),
    })
}

struct Planner<'a, 'b> {
    api: &'a mut Api<'b>,
    order: &'a Order,
    there: &'a There,
}

impl Planner<'_, '_> {
    fn all(&mut self, text: Option<&[u8]>) -> Result<Vec<Call>, Box<Outcome>> {
        match &self.order.edit {
            Edit::Move { occurrence, to }
            | Edit::Restore {
                occurrence,
                to: Some(to),
            } => self.retime(*occurrence, *to),
            Edit::Restore {
                occurrence,
                to: None,
            }
            | Edit::Resize { occurrence, .. } => {
                let slot = slot_in(text.unwrap_or_default(), *occurrence, &self.order.zone);
                let slot = slot.ok_or_else(|| no("where it is to stand cannot be told"))?;
                self.retime(*occurrence, slot)
            }
            Edit::Cancel { occurrence } if self.there.repeats() => {
                Ok(vec![Call::delete(&self.instance(*occurrence)?)])
            }
            Edit::Answer(answer) => self.answer(answer),
            Edit::Book(meeting) => {
                let taken = like(self.api, self.order)?;
                let confers = taken.contains_key(CONFERENCE);
                let new = Call::new(self.booked(meeting, taken)?, true);
                Ok(vec![Call { confers, ..new }])
            }
            Edit::Hold(hold) => Ok(vec![Call::new(self.held(hold), false)]),
            Edit::Withdraw { .. } => Ok(vec![Call::delete(self.own()?)]),
            Edit::Busy { from } => Ok(self.busy(*from)),
            Edit::Free { again, .. } => {
                let mut free = Vec::new();
                // The series last: as long as it is as it was, a repeat finds what is left to do.
                for one in again.iter().filter(|one| one.occurrence.is_some()) {
                    let event = one.occurrence.and_then(|id| self.there.exception(id));
                    let event = event.ok_or(Outcome::Changed { now: None })?;
                    free.push(transparent(event, true));
                }
                if again.iter().any(|one| one.occurrence.is_none()) {
                    free.push(transparent(self.own()?, true));
                }
                Ok(free)
            }
            Edit::Cancel { .. } | Edit::End { .. } | Edit::Reopen { .. } | Edit::Successor(_) => {
                Err(no("at Google that is not done from here"))
            }
        }
    }

    fn own(&self) -> Result<&Value, Box<Outcome>> {
        let own = self.there.own();
        own.ok_or_else(|| Box::new(Outcome::Changed { now: None }))
    }

    /// The event that an occurrence is: of a series an instance, otherwise itself.
    fn occurrence(&mut self, occurrence: Instant) -> Result<Value, Box<Outcome>> {
        if self.there.repeats() {
            self.instance(occurrence)
        } else {
            self.own().cloned()
        }
    }

    /// One instance of the series. Of one of which nothing was said yet Google tells the id when it is asked.
    fn instance(&mut self, occurrence: Instant) -> Result<Value, Box<Outcome>> {
        if let Some(known) = self.there.exception(occurrence) {
            return Ok(known.clone());
        }
        let series = self.there.series().unwrap_or_default();
        let path = [
            "calendars",
            &self.there.calendar,
            "events",
            series,
            "instances",
        ];
        let mut url = self.api.url(&path);
        url.query_pairs_mut()
            .append_pair("originalStart", &utc(occurrence))
            .append_pair("showDeleted", "true")
            .append_pair("fields", &format!("items({EVENT},etag)"));
        let page: Page = got(self.api, &url)?;
        let mut items = page.items.into_iter();
        let found = items.find(|event| is_instance(event, occurrence));
        found.ok_or_else(|| Box::new(Outcome::Changed { now: None }))
    }

    fn retime(&mut self, occurrence: Instant, to: Slot) -> Result<Vec<Call>, Box<Outcome>> {
        let event = self.occurrence(occurrence)?;
        let zone = event.get("start").and_then(|start| word(start, "timeZone"));
        let zone = zone.map(str::to_owned);
        let mut body = times(to, zone.as_deref());
        if is_off(&event) {
            body.insert("status".to_owned(), json!("confirmed"));
        }
        Ok(vec![Call::patch(&event, Value::Object(body), true)])
    }

    /// One's own entry among those invited, and nothing else (`attendeesOmitted`): whatever others answer meanwhile stands.
    fn answer(&mut self, answer: &Answer) -> Result<Vec<Call>, Box<Outcome>> {
        let event = match answer.occurrence {
            Some(occurrence) => self.occurrence(occurrence)?,
            None if self.there.exceptions().next().is_none() => self.own()?.clone(),
            None => {
                return Err(no(
                    "at Google a series is not answered as a whole from here",
                ));
            }
        };
        let guests = event.get("attendees").and_then(Value::as_array);
        let guests = guests.into_iter().flatten();
        let mut mine = guests
            .filter_map(|guest| word(guest, "email"))
            .filter(|email| {
                let email = email.to_lowercase();
                self.order.addresses.contains(&email)
            });
        let Some(email) = mine.next() else {
            return Err(no("you are not among those who are invited"));
        };
        let mut entry = json!({"email": email, "responseStatus": said(answer.reply)});
        let comment = match &answer.comment {
            Some(comment) => Some(comment.as_str()),
            // The words go with the answer that is taken back.
            None => (answer.reply == Reply::NeedsAction).then_some(""),
        };
        if let (Some(comment), Some(entry)) = (comment, entry.as_object_mut()) {
            entry.insert("comment".to_owned(), comment.into());
        }
        let body = json!({"attendeesOmitted": true, "attendees": [entry]});
        Ok(vec![Call::patch(&event, body, true)])
    }

    /// A new one, with what it takes over.
    fn booked(&self, meeting: &Meeting, taken: Map<String, Value>) -> Result<Value, Box<Outcome>> {
        let zone = self.order.zone.iana_name();
        if meeting.weekly.is_some() && zone.is_none() {
            return Err(no("its time zone has no name that Google knows"));
        }
        let mut event = times(meeting.slot, zone);
        event.extend(taken);
        let organizer = json!({"email": meeting.organizer.address, "responseStatus": "accepted"});
        let mut guests = vec![organizer];
        guests.extend(meeting.invited.iter().map(|party| {
            let answer = if party.accepted {
                Reply::Accepted
            } else {
                Reply::NeedsAction
            };
            let mut guest = json!({"email": party.address, "responseStatus": said(answer)});
            if let Some(guest) = guest.as_object_mut().filter(|_| !party.name.is_empty()) {
                guest.insert("displayName".to_owned(), party.name.clone().into());
            }
            guest
        }));
        event.insert("id".to_owned(), self.there.id.clone().into());
        event.insert("summary".to_owned(), meeting.title.clone().into());
        event.insert("attendees".to_owned(), guests.into());
        if !meeting.text.is_empty() {
            event.insert("description".to_owned(), meeting.text.clone().into());
        }
        let visibility = match meeting.visibility {
            Visibility::Public => None,
            Visibility::Confidential => Some("confidential"),
            Visibility::Private => Some("private"),
        };
        event.extend(visibility.map(|said| ("visibility".to_owned(), json!(said))));
        if let Some(weekly) = meeting.weekly {
            let rule = format!("RRULE:FREQ=WEEKLY;INTERVAL={}", weekly.every_weeks);
            event.insert("recurrence".to_owned(), json!([rule]));
        }
        Ok(Value::Object(event))
    }

    fn held(&self, hold: &Hold) -> Value {
        let mut event = times(hold.slot, self.order.zone.iana_name());
        event.insert("id".to_owned(), self.there.id.clone().into());
        event.insert("summary".to_owned(), hold.title.clone().into());
        event.insert("visibility".to_owned(), json!("private"));
        Value::Object(event)
    }

    /// What stands as free and is to come, the series last: as long as it is as it was, a repeat finds what is left to do.
    fn busy(&self, from: Instant) -> Vec<Call> {
        let is_free = |event: &&Value| word(event, "transparency") == Some("transparent");
        let to_come = |event: &&Value| start_of(event).is_some_and(|start| start >= from);
        let there = self.there;
        let exceptions = there.exceptions().filter(is_free).filter(to_come);
        let exceptions = exceptions.filter(|event| word(event, "id") != Some(&there.id));
        let own = there.own().into_iter().filter(is_free);
        exceptions
            .chain(own)
            .map(|event| transparent(event, false))
            .collect()
    }
}

/// Whether it takes time is each calendar's own word: nobody else is told.
fn transparent(event: &Value, free: bool) -> Call {
    let said = if free { "transparent" } else { "opaque" };
    Call::patch(event, json!({"transparency": said}), false)
}

const fn said(reply: Reply) -> &'static str {
    match reply {
        Reply::Accepted => "accepted",
        Reply::Declined => "declined",
        Reply::Tentative => "tentative",
        Reply::NeedsAction => "needsAction",
    }
}

fn start_of(event: &Value) -> Option<Instant> {
    let start = word(event.get("start")?, "dateTime")?;
    Some(start.parse::<jiff::Timestamp>().ok()?.into())
}

/// Start and end, on the clock of a zone where one is named.
fn times(slot: Slot, zone: Option<&str>) -> Map<String, Value> {
    let moment = |at: Instant| match zone {
        Some(zone) => json!({"dateTime": utc(at), "timeZone": zone}),
        None => json!({"dateTime": utc(at)}),
    };
    let mut times = Map::new();
    times.insert("start".to_owned(), moment(slot.start));
    times.insert("end".to_owned(), moment(slot.end));
    times
}

/// A moment as the API takes it (RFC 3339).
fn utc(at: Instant) -> String {
    at.timestamp().to_string()
}

/// Where an occurrence stands in an object.
fn slot_in(text: &[u8], occurrence: Instant, zone: &TimeZone) -> Option<Slot> {
    let series = group(Reader::read(text).events).pop()?;
    let window = Window {
        from: occurrence,
        to: occurrence.plus_seconds(1),
    };
    let mut all = expand(&series, zone, window).into_iter();
    all.find(|instance| instance.id == occurrence)?.slot
}
