//! What a new event takes over from the one that it stands for, in Google's own words: a conference goes over as a whole, with
//! Google's signature under it.

use super::there::{failed, word};
use super::{Order, Outcome};
use crate::sync::google::answer::{No, told_no};
use crate::sync::google::api::Api;
use serde_json::{Map, Value};
use steadfast_calendar::edit::Edit;

/// What is asked of it; of those in it only whether there are others, and rooms.
const ASKED: &str = "iCalUID,status,location,description,conferenceData,attendees(self,resource)";

/// What of `ASKED` goes over.
pub(super) const CONFERENCE: &str = "conferenceData";

/// What the event of an order takes over; nothing where it is made like none, or that one is not there any more.
pub(super) fn like(api: &mut Api<'_>, order: &Order) -> Result<Map<String, Value>, Box<Outcome>> {
    let nothing = Map::new();
    let Edit::Book(meeting) = &order.edit else {
        return Ok(nothing);
    };
    let Some(like) = &meeting.like else {
        return Ok(nothing);
    };
    let Some((calendar, id)) = like.place.rsplit_once('/') else {
        return Ok(nothing);
    };
    let mut url = api.url(&["calendars", calendar, "events", id]);
    url.query_pairs_mut().append_pair("fields", ASKED);
    let event: Value = match api.get(&url).map_err(|error| failed(&error))? {
        Ok(event) => event,
        Err(No {
            status: 404 | 410, ..
        }) => return Ok(nothing),
        Err(no) => match failed(&told_no(&url, &no)) {
            // The new one is not lost for it.
            outcome if matches!(*outcome, Outcome::Refused { .. }) => return Ok(nothing),
            outcome => return Err(outcome),
        },
    };
    if word(&event, "iCalUID") != Some(&like.uid) {
        return Ok(nothing);
    }
    let guests = || {
        event
            .get("attendees")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    let is = |guest: &Value, what: &str| guest.get(what).and_then(Value::as_bool) == Some(true);
    if !guests().any(|guest| !is(guest, "self")) {
        // Nobody else was ever told of it.
        return Ok(nothing);
    }
    let has_room = guests().any(|guest| is(guest, "resource"));
    let with_words = meeting.text.is_empty();
    let taken = ["location", "description", CONFERENCE]
        .into_iter()
        .filter(|name| match *name {
            // Whether the room is free then nobody knows.
            "location" => !has_room,
            "description" => with_words,
            _ => true,
        });
    let taken = taken.filter_map(|name| Some((name.to_owned(), event.get(name)?.clone())));
    Ok(taken.collect())
}
