//! What stands in a feed of held times.

use crate::server::ServerError;
use crate::server::guard::{Ahead, Outlook};
use crate::server::marked::marked;
use std::fmt::Write as _;
use steadfast_calendar::{Instant, Slot};
use steadfast_store::seal::Keyring;

/// The best of the times that a report may pick from: the manager is busy then.
const HELD: &str = "Held by Steadfast until a time is picked";
/// Times that were offered: the report is as free as before.
const OFFERED: &str = "Offered for a 1:1: pick one on your page";

/// What the marks of UIDs are for: whoever reads a feed is not to find out between whom its times are.
const UID: &str = "held uid";
/// Letters of a UID: enough for no two to be the same, and for a line of 75 octets (RFC 5545 §3.1).
const UID_LENGTH: usize = 32;

/// The feed of what is held for somebody, and of what is offered to them, that is to come at `now`. What stands on their
/// connected calendar as a hold is not said once more.
///
/// # Errors
/// [`ServerError::Sealed`].
pub fn feed(
    keyring: &Keyring,
    outlook: &Outlook,
    ahead: &Ahead,
    now: Instant,
) -> Result<String, ServerError> {
    let mut text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Steadfast//Held times//EN\r\nCALSCALE:GREGORIAN\r\n\
                    METHOD:PUBLISH\r\nX-WR-CALNAME:Held for your 1:1s\r\nREFRESH-INTERVAL;VALUE=DURATION:PT15M\r\n\
                    X-PUBLISHED-TTL:PT15M\r\n"
        .to_owned();
    for one in &outlook.between {
        let Some(offer) = one
            .about
            .offer
            .as_ref()
            .filter(|offer| offer.answer.is_none())
        else {
            continue;
        };
        let to_come = offer.slots.iter().copied().filter(|slot| slot.start > now);
        if one.as_manager {
            let best = to_come.take(1).filter(|slot| !ahead.is_held(one, *slot));
            for slot in best {
                let uid = uid(keyring, (&one.pair, one.promised), slot)?;
                event(&mut text, &uid, slot, (offer.at, HELD), &[]);
            }
        } else {
            let about = (one.pair.as_str(), one.promised);
            for slot in to_come {
                on_offer(&mut text, keyring, about, (slot, offer.at), &[])?;
            }
        }
    }
    text.push_str("END:VCALENDAR\r\n");
    Ok(text)
}

/// The same for the same time of the same promise, and nothing that tells which.
fn uid(
    keyring: &Keyring,
    (pair, promised): (&str, Instant),
    slot: Slot,
) -> Result<String, ServerError> {
    let (promised, start) = (promised.seconds(), slot.start.seconds());
    let marked = marked(keyring, UID, &format!("{pair}.{promised}.{start}"))?;
    let mark = marked.rsplit('.').next().unwrap_or_default();
    Ok(mark.chars().take(UID_LENGTH).collect())
}

/// One of the times that were offered at a moment about a promise of a 1:1, with what else is to be said of it: the same event
/// wherever it is read.
pub(in crate::server) fn on_offer(
    text: &mut String,
    keyring: &Keyring,
    about: (&str, Instant),
    (slot, at): (Slot, Instant),
    more: &[String],
) -> Result<(), ServerError> {
    event(text, &uid(keyring, about, slot)?, slot, (at, OFFERED), more);
    Ok(())
}

fn event(text: &mut String, uid: &str, slot: Slot, (at, title): (Instant, &str), more: &[String]) {
    let (status, shown) = if title == HELD {
        ("CONFIRMED", "OPAQUE")
    } else {
        ("TENTATIVE", "TRANSPARENT")
    };
    let utc = |at: Instant| {
        at.civil(&jiff::tz::TimeZone::UTC)
            .strftime("%Y%m%dT%H%M%SZ")
    };
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        "BEGIN:VEVENT\r\nUID:held-{uid}\r\nDTSTAMP:{}\r\nDTSTART:{}\r\nDTEND:{}\r\nSUMMARY:{title}\r\n\
         STATUS:{status}\r\nTRANSP:{shown}\r\nCLASS:PRIVATE\r\n",
        utc(at),
        utc(slot.start),
        utc(slot.end),
    );
    for line in more {
        fold(text, line);
    }
    text.push_str("END:VEVENT\r\n");
}

/// Octets of a line (RFC 5545 §3.1), but for the one that goes on with it.
const WIDTH: usize = 74;

/// Adds a line, folded between characters.
fn fold(text: &mut String, line: &str) {
    let mut width = 0;
    for letter in line.chars() {
        if width + letter.len_utf8() > WIDTH {
            text.push_str("\r\n ");
            width = 0;
        }
        text.push(letter);
        width += letter.len_utf8();
    }
    text.push_str("\r\n");
}
