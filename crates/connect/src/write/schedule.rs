//! Who was told of a change, as the server wrote into the object (SCHEDULE-STATUS, RFC 6638 §7.3). That it took the object
//! says nothing: a delegate's meeting is taken as well and invites nobody (Cyrus 3.6).

use super::{Order, Outcome, Told};
use std::collections::BTreeMap;
use steadfast_calendar::edit::{Edit, others, reached};

/// What there is to say of a change that was read back as `object`; `schedules`: whether the server tells others at all.
pub(super) fn outcome(
    order: &Order,
    object: &[u8],
    version: String,
    undo: Option<Edit>,
    schedules: impl FnOnce() -> bool,
) -> Outcome {
    let all = order.by(|by| others(object, &order.edit, by));
    let version = Some(version);
    let mut codes: BTreeMap<String, Option<String>> = BTreeMap::new();
    for (address, code) in all {
        // Of several components the worst one counts: nothing said, or a failure.
        let known = codes.entry(address).or_insert_with(|| code.clone());
        if !code.as_deref().is_some_and(reached) {
            *known = code;
        }
    }
    if codes.is_empty() {
        return done(version, Told::Nobody, undo, None);
    }
    let (reached, missed): (Vec<_>, Vec<_>) = codes
        .into_iter()
        .partition(|(_, code)| code.as_deref().is_some_and(reached));
    let told: Vec<String> = reached.into_iter().map(|(address, _)| address).collect();
    if missed.is_empty() {
        // Whoever was told of an answer was not told all of it where it proposes another time (RFC 5546 §3.2.7).
        let is_answer = matches!(order.edit, Edit::Answer(_));
        let object = is_answer.then(|| object.to_vec());
        return done(version, Told::All(told), undo, object);
    }
    if told.is_empty() && missed.iter().all(|(_, code)| code.is_none()) && !schedules() {
        let others = missed.into_iter().map(|(address, _)| address).collect();
        let told = Told::NotByServer(others);
        return done(version, told, undo, Some(object.to_vec()));
    }
    Outcome::NotDelivered {
        version,
        told,
        who: missed,
        undo,
        object: object.to_vec(),
    }
}

fn done(
    version: Option<String>,
    told: Told,
    undo: Option<Edit>,
    object: Option<Vec<u8>>,
) -> Outcome {
    Outcome::Done {
        version,
        told,
        undo,
        already: false,
        object,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::Basis;
    use jiff::tz::TimeZone;
    use steadfast_calendar::Instant;

    /// Of somebody's meeting with two others; one of them was told, as far as the server says.
    #[test]
    fn who_was_told_is_kept_beside_who_was_not() {
        let object = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:u\r\nDTSTAMP:20260301T120000Z\r\n\
            DTSTART:20260309T090000Z\r\nDTEND:20260309T100000Z\r\nORGANIZER:mailto:maya@example.org\r\n\
            ATTENDEE;SCHEDULE-STATUS=\"1.2\":mailto:ben@example.org\r\n\
            ATTENDEE;SCHEDULE-STATUS=\"3.7\":mailto:ana@example.org\r\n\
            ATTENDEE:mailto:petra@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        let order = Order {
            place: "/u.ics".to_owned(),
            basis: Basis::Nothing,
            edit: Edit::Resize {
                occurrence: Instant::from_seconds(1_773_046_800),
                seconds: 3_600,
            },
            addresses: vec!["maya@example.org".to_owned()],
            zone: TimeZone::UTC,
            now: Instant::from_seconds(1_772_366_400),
        };
        let outcome = outcome(&order, object.as_bytes(), "1".to_owned(), None, || true);
        let Outcome::NotDelivered { told, who, .. } = outcome else {
            panic!("{outcome:?}");
        };
        assert_eq!(told, ["ben@example.org"]);
        let ana = ("ana@example.org".to_owned(), Some("3.7".to_owned()));
        assert_eq!(who, [ana, ("petra@example.org".to_owned(), None)]);
    }
}
