//! What stands in a feed of held times.

use crate::server::ServerError;
use crate::server::guard::{Ahead, Outlook, Standing};
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
                event(&mut text, &uid(keyring, one, slot)?, slot, offer.at, true);
            }
        } else {
            for slot in to_come {
                event(&mut text, &uid(keyring, one, slot)?, slot, offer.at, false);
            }
        }
    }
    text.push_str("END:VCALENDAR\r\n");
    Ok(text)
}

/// The same for the same time of the same promise, and nothing that tells which.
fn uid(keyring: &Keyring, one: &Standing, slot: Slot) -> Result<String, ServerError> {
    let (promised, start) = (one.promised.seconds(), slot.start.seconds());
    let marked = marked(keyring, UID, &format!("{}.{promised}.{start}", one.pair))?;
    let mark = marked.rsplit('.').next().unwrap_or_default();
    Ok(mark.chars().take(UID_LENGTH).collect())
}

fn event(text: &mut String, uid: &str, slot: Slot, at: Instant, is_held: bool) {
    let (title, status, shown) = if is_held {
        (HELD, "CONFIRMED", "OPAQUE")
    } else {
        (OFFERED, "TENTATIVE", "TRANSPARENT")
    };
    let utc = |at: Instant| {
        at.civil(&jiff::tz::TimeZone::UTC)
            .strftime("%Y%m%dT%H%M%SZ")
    };
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        "BEGIN:VEVENT\r\nUID:held-{uid}\r\nDTSTAMP:{}\r\nDTSTART:{}\r\nDTEND:{}\r\nSUMMARY:{title}\r\n\
         STATUS:{status}\r\nTRANSP:{shown}\r\nCLASS:PRIVATE\r\nEND:VEVENT\r\n",
        utc(at),
        utc(slot.start),
        utc(slot.end),
    );
}
