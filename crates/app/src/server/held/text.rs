//! What stands in a feed of held times.

use crate::server::guard::{Ahead, Outlook, Standing};
use std::fmt::Write as _;
use steadfast_calendar::{Instant, Slot};

/// The best of the times that a report may pick from: the manager is busy then.
const HELD: &str = "Held by Steadfast until a time is picked";
/// Times that were offered: the report is as free as before.
const OFFERED: &str = "Offered for a 1:1: pick one on your page";

/// The feed of what is held for somebody, and of what is offered to them, that is to come at `now`. What stands on their
/// connected calendar as a hold is not said once more.
pub fn feed(outlook: &Outlook, ahead: &Ahead, now: Instant) -> String {
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
            best.for_each(|slot| event(&mut text, one, slot, offer.at, true));
        } else {
            to_come.for_each(|slot| event(&mut text, one, slot, offer.at, false));
        }
    }
    text.push_str("END:VCALENDAR\r\n");
    text
}

fn event(text: &mut String, one: &Standing, slot: Slot, at: Instant, is_held: bool) {
    let (title, status, shown) = if is_held {
        (HELD, "CONFIRMED", "OPAQUE")
    } else {
        (OFFERED, "TENTATIVE", "TRANSPARENT")
    };
    let utc = |at: Instant| {
        at.civil(&jiff::tz::TimeZone::UTC)
            .strftime("%Y%m%dT%H%M%SZ")
    };
    let (promised, start) = (one.promised.seconds(), slot.start.seconds());
    // Writing to a string cannot fail. No line is longer than 75 octets (RFC 5545 §3.1): a 1:1's name has sixteen.
    let _ = write!(
        text,
        "BEGIN:VEVENT\r\nUID:held-{}.{promised}.{start}\r\nDTSTAMP:{}\r\nDTSTART:{}\r\nDTEND:{}\r\nSUMMARY:{title}\r\n\
         STATUS:{status}\r\nTRANSP:{shown}\r\nCLASS:PRIVATE\r\nEND:VEVENT\r\n",
        one.pair,
        utc(at),
        utc(slot.start),
        utc(slot.end),
    );
}
