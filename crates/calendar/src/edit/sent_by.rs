//! Who sends a message for whom.

use super::{
    lines::{Object, Piece},
    parameter,
    texts::is_address,
};

/// The message `text` of that method in the name of `from` as `sender` mails it: where that is another address, it is said
/// beside theirs (SENT-BY, RFC 5545 §3.2.18). Where it is the same, nobody else is named. Addresses without `mailto:`, in any
/// case of letters.
pub fn sent_by(text: &[u8], method: &str, from: &str, sender: &str) -> Vec<u8> {
    let mut object = Object::read(text);
    let name = if is_of_attendee(method) {
        "ATTENDEE"
    } else {
        "ORGANIZER"
    };
    let from = from.to_lowercase();
    let sender = sender.to_lowercase();
    let value = (sender != from && is_address(&sender)).then(|| format!("\"mailto:{sender}\""));
    let ending = object.ending;
    for piece in &mut object.pieces {
        let Piece::Event(event) = piece else {
            continue;
        };
        event.change(name, ending, |line| {
            let is_theirs = parameter::address(&line.said) == from;
            is_theirs.then(|| Some(parameter::with(&line.said, "SENT-BY", value.as_deref())))
        });
    }
    object.write()
}

/// Whether a message of that method comes from somebody who is invited (RFC 5546 §1.4), and not from the organiser.
pub(super) fn is_of_attendee(method: &str) -> bool {
    matches!(method, "REPLY" | "COUNTER")
}
