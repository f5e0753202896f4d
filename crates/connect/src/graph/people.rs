//! `organizer`, `attendees` and the owner's own `responseStatus`.

use super::oddity::Oddity;
use crate::ical::person::{named, plain_address};
use serde_json::{Map, Value};

/// Stands for guests who are there and not shown. A meeting of many, of which one sees only oneself and the organiser,
/// must not look like one of two.
const OTHERS: &str =
    "ATTENDEE;CUTYPE=GROUP;CN=\"guests who are not shown\":urn:x-microsoft:guests-not-shown";

/// The lines that name people; none for an entry that nobody is invited to. `owner` is the address of whoever has the
/// calendar: what they answered stands beside the list of guests, in which it may be missing.
pub(super) fn lines(
    event: &Map<String, Value>,
    owner: &str,
    oddities: &mut Vec<Oddity>,
) -> Vec<String> {
    let guests = event.get("attendees").and_then(Value::as_array);
    let guests = guests.map_or(&[][..], Vec::as_slice);
    let organizer = event.get("organizer").and_then(Value::as_object);
    let is_owner = |person: &Map<String, Value>| {
        address(person).is_some_and(|address| address.eq_ignore_ascii_case(owner))
    };
    let is_mine = match event.get("isOrganizer") {
        Some(Value::Bool(is_mine)) => *is_mine,
        _ => organizer.is_none_or(is_owner),
    };
    if is(event, "isDraft") && is_mine {
        if !guests.is_empty() {
            oddities.push(Oddity::Draft);
        }
        return Vec::new();
    }
    let mut hides = is(event, "hideAttendees") && !is_mine;
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
        let guest = guest.as_object();
        match guest.and_then(|guest| Some((guest, address(guest)?))) {
            Some((guest, address)) => {
                let own = event.get("responseStatus").filter(|_| is_owner(guest));
                lines.push(attendee(guest, address, own, oddities));
            }
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

fn attendee(
    guest: &Map<String, Value>,
    address: &str,
    own: Option<&Value>,
    oddities: &mut Vec<Oddity>,
) -> String {
    let said = |status: Option<&Value>, oddities: &mut Vec<Oddity>| {
        let response = status.and_then(|status| status.get("response"));
        match response.and_then(Value::as_str) {
            Some("accepted" | "organizer") => Some("ACCEPTED"),
            Some("declined") => Some("DECLINED"),
            Some("tentativelyAccepted") => Some("TENTATIVE"),
            Some("none" | "notResponded") | None => None,
            Some(_) => {
                oddities.push(Oddity::UnknownAnswer);
                None
            }
        }
    };
    let answer = said(own, oddities)
        .or_else(|| said(guest.get("status"), oddities))
        .unwrap_or("NEEDS-ACTION");
    let (kind, role) = match guest.get("type").and_then(Value::as_str) {
        Some("resource") => ("RESOURCE", "REQ-PARTICIPANT"),
        Some("optional") => ("INDIVIDUAL", "OPT-PARTICIPANT"),
        Some("required") | None => ("INDIVIDUAL", "REQ-PARTICIPANT"),
        Some(_) => {
            oddities.push(Oddity::UnknownType);
            ("INDIVIDUAL", "REQ-PARTICIPANT")
        }
    };
    format!(
        "ATTENDEE;CUTYPE={kind};ROLE={role};PARTSTAT={answer}{}:mailto:{address}",
        name(guest)
    )
}

fn is(said: &Map<String, Value>, name: &str) -> bool {
    said.get(name) == Some(&Value::Bool(true))
}

/// Both stand in `emailAddress`. Somebody of the same organisation who has left may have an address of the directory's own.
fn address(person: &Map<String, Value>) -> Option<&str> {
    plain_address(person.get("emailAddress")?.get("address")?.as_str()?)
}

fn name(person: &Map<String, Value>) -> String {
    let name = person
        .get("emailAddress")
        .and_then(|person| person.get("name"));
    named(name.and_then(Value::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(event: &Value, expected: &[&str], odd: &[Oddity]) {
        let mut oddities = Vec::new();
        let lines = lines(event.as_object().unwrap(), "ben@example.com", &mut oddities);
        assert_eq!(lines, expected, "{event}");
        assert_eq!(oddities, odd, "{event}");
    }

    fn person(address: &str) -> Value {
        json!({"emailAddress": {"address": address}})
    }

    fn guest(address: &str, kind: &str, response: &str) -> Value {
        json!({"type": kind, "emailAddress": {"address": address, "name": ""}, "status": {"response": response}})
    }

    #[test]
    fn everybody_is_named_with_their_answer() {
        check(
            &json!({
                "isOrganizer": false,
                "organizer": {"emailAddress": {"address": "maya@example.com", "name": "Maya Chen"}},
                "responseStatus": {"response": "tentativelyAccepted", "time": "2026-01-05T08:00:00Z"},
                "attendees": [
                    guest("Ben@example.com", "required", "none"),
                    guest("eve@example.com", "optional", "declined"),
                    guest("room5@example.com", "resource", "accepted"),
                    guest("kim@example.com", "chair", "perhaps"),
                ],
            }),
            &[
                "ORGANIZER;CN=\"Maya Chen\":mailto:maya@example.com",
                "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=TENTATIVE:mailto:Ben@example.com",
                "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=OPT-PARTICIPANT;PARTSTAT=DECLINED:mailto:eve@example.com",
                "ATTENDEE;CUTYPE=RESOURCE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED:mailto:room5@example.com",
                "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION:mailto:kim@example.com",
            ],
            &[Oddity::UnknownAnswer, Oddity::UnknownType],
        );
    }

    #[test]
    fn an_entry_of_ones_own_and_a_draft_name_nobody() {
        let mine = |more: Value| {
            let mut event = json!({"isOrganizer": true, "organizer": person("ben@example.com")});
            let fields = event.as_object_mut().unwrap();
            fields.extend(more.as_object().unwrap().clone());
            event
        };
        check(&mine(json!({"attendees": []})), &[], &[]);
        let guests = json!([guest("maya@example.com", "required", "none")]);
        check(
            &mine(json!({"isDraft": true, "attendees": guests})),
            &[],
            &[Oddity::Draft],
        );
        // Where it is not said whose it is, the organiser's address says so.
        check(&json!({"organizer": person("ben@example.com")}), &[], &[]);
        check(
            &json!({"organizer": person("maya@example.com")}),
            &["ORGANIZER:mailto:maya@example.com"],
            &[],
        );
    }

    #[test]
    fn that_there_are_others_is_kept_where_they_are_not_shown() {
        let of = |more: Value| {
            let mut event = json!({
                "isOrganizer": false, "organizer": person("maya@example.com"),
                "attendees": [guest("ben@example.com", "required", "accepted")],
            });
            let fields = event.as_object_mut().unwrap();
            fields.extend(more.as_object().unwrap().clone());
            let mut oddities = Vec::new();
            let lines = lines(event.as_object().unwrap(), "ben@example.com", &mut oddities);
            (lines.len(), lines.contains(&OTHERS.to_owned()), oddities)
        };
        assert_eq!(of(json!({"hideAttendees": false})), (2, false, vec![]));
        assert_eq!(
            of(json!({"hideAttendees": true})),
            (3, true, vec![Oddity::GuestsHidden])
        );
        // The organiser sees everybody.
        let mine = json!({"hideAttendees": true, "isOrganizer": true});
        assert_eq!(of(mine), (2, false, vec![]));
        let left = "/O=EXCHANGELABS/OU=ORG/CN=RECIPIENTS/CN=0F-KIM";
        let nameless =
            json!({"attendees": [guest(left, "required", "none"), 7, {"type": "required"}]});
        assert_eq!(
            of(nameless),
            (2, true, vec![Oddity::GuestWithoutAddress; 3])
        );
    }
}
