//! `organizer` and `attendees`.

use super::oddity::Oddity;
use crate::ical::person::{named, plain_address};
use serde_json::{Map, Value};

/// Stands for guests who are there and not shown. A meeting of many, of which one sees only oneself and the organiser,
/// must not look like one of two.
const OTHERS: &str =
    "ATTENDEE;CUTYPE=GROUP;CN=\"guests who are not shown\":urn:x-google:guests-not-shown";

/// The lines that name people; none for an entry that nobody is invited to.
pub(super) fn lines(event: &Map<String, Value>, oddities: &mut Vec<Oddity>) -> Vec<String> {
    let guests = event.get("attendees").and_then(Value::as_array);
    let guests = guests.map_or(&[][..], Vec::as_slice);
    let organizer = event.get("organizer").and_then(Value::as_object);
    let is_mine = organizer.is_some_and(|organizer| is(organizer, "self"));
    let mut hides = is(event, "attendeesOmitted")
        // Then Google shows a guest the organiser and themselves, and says nothing of the others.
        || (event.get("guestsCanSeeOtherGuests") == Some(&Value::Bool(false)) && !is_mine);
    if hides {
        oddities.push(Oddity::GuestsHidden);
    }
    if guests.is_empty() && !hides && is_mine {
        return Vec::new();
    }
    let mut lines = Vec::with_capacity(guests.len() + 2);
    lines.extend(organizer.and_then(|organizer| {
        let address = address(organizer)?;
        Some(format!("ORGANIZER{}:mailto:{address}", name(organizer)))
    }));
    for guest in guests {
        match guest
            .as_object()
            .and_then(|guest| Some((guest, address(guest)?)))
        {
            Some((guest, address)) => lines.push(attendee(guest, address, oddities)),
            None => {
                hides = true;
                oddities.push(Oddity::GuestWithoutAddress);
            }
        }
    }
    if hides {
        lines.push(OTHERS.to_owned());
    }
    lines
}

fn attendee(guest: &Map<String, Value>, address: &str, oddities: &mut Vec<Oddity>) -> String {
    let answer = match guest.get("responseStatus").and_then(Value::as_str) {
        Some("accepted") => "ACCEPTED",
        Some("declined") => "DECLINED",
        Some("tentative") => "TENTATIVE",
        Some("needsAction") | None => "NEEDS-ACTION",
        Some(_) => {
            oddities.push(Oddity::UnknownAnswer);
            "NEEDS-ACTION"
        }
    };
    let kind = if is(guest, "resource") {
        "RESOURCE"
    } else {
        "INDIVIDUAL"
    };
    let role = if is(guest, "optional") {
        "OPT-PARTICIPANT"
    } else {
        "REQ-PARTICIPANT"
    };
    format!(
        "ATTENDEE;CUTYPE={kind};ROLE={role};PARTSTAT={answer}{}:mailto:{address}",
        name(guest)
    )
}

fn is(said: &Map<String, Value>, name: &str) -> bool {
    said.get(name) == Some(&Value::Bool(true))
}

fn name(person: &Map<String, Value>) -> String {
    named(person.get("displayName").and_then(Value::as_str))
}

/// An address that can be written as one.
fn address(person: &Map<String, Value>) -> Option<&str> {
    plain_address(person.get("email")?.as_str()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(event: &Value, expected: &[&str], odd: &[Oddity]) {
        let mut oddities = Vec::new();
        let lines = lines(event.as_object().unwrap(), &mut oddities);
        assert_eq!(lines, expected, "{event}");
        assert_eq!(oddities, odd, "{event}");
    }

    #[test]
    fn everybody_is_named_with_their_answer() {
        check(
            &json!({
                "organizer": {"email": "maya@example.com", "displayName": "Maya Chen"},
                "attendees": [
                    {"email": "maya@example.com", "organizer": true, "responseStatus": "accepted"},
                    {"email": "ben@example.com", "self": true, "responseStatus": "tentative", "optional": true},
                    {"email": "c_1@resource.calendar.google.com", "displayName": "Room: 5", "resource": true,
                     "responseStatus": "declined"},
                    {"email": "eve@example.com", "responseStatus": "perhaps"},
                ],
            }),
            &[
                "ORGANIZER;CN=\"Maya Chen\":mailto:maya@example.com",
                "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED:mailto:maya@example.com",
                "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=OPT-PARTICIPANT;PARTSTAT=TENTATIVE:mailto:ben@example.com",
                "ATTENDEE;CUTYPE=RESOURCE;ROLE=REQ-PARTICIPANT;PARTSTAT=DECLINED;CN=\"Room: 5\":mailto:c_1@resource.calendar.google.com",
                "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION:mailto:eve@example.com",
            ],
            &[Oddity::UnknownAnswer],
        );
    }

    #[test]
    fn an_entry_of_ones_own_names_nobody() {
        check(
            &json!({"organizer": {"email": "maya@example.com", "self": true}}),
            &[],
            &[],
        );
    }

    #[test]
    fn that_there_are_others_is_kept_where_they_are_not_shown() {
        let two =
            json!([{"email": "maya@example.com"}, {"email": "ben@example.com", "self": true}]);
        let of = |more: Value| {
            let mut event = json!({"organizer": {"email": "maya@example.com"}, "attendees": two});
            event
                .as_object_mut()
                .unwrap()
                .extend(more.as_object().unwrap().clone());
            let mut oddities = Vec::new();
            let lines = lines(event.as_object().unwrap(), &mut oddities);
            (lines.len(), lines.contains(&OTHERS.to_owned()), oddities)
        };
        assert_eq!(of(json!({})), (3, false, vec![]));
        assert_eq!(
            of(json!({"attendeesOmitted": true})),
            (4, true, vec![Oddity::GuestsHidden])
        );
        assert_eq!(
            of(json!({"guestsCanSeeOtherGuests": false})),
            (4, true, vec![Oddity::GuestsHidden])
        );
        // The organiser sees everybody.
        let mine = json!({"guestsCanSeeOtherGuests": false, "organizer": {"email": "maya@example.com", "self": true}});
        assert_eq!(of(mine), (3, false, vec![]));
        let nameless = json!({"attendees": [{"id": "117"}, {"email": "a b@example.com"}, 7]});
        assert_eq!(
            of(nameless),
            (2, true, vec![Oddity::GuestWithoutAddress; 3])
        );
    }
}
