//! Orders, and short ways to give them.

use jiff::tz::TimeZone;
use std::time::Duration;
use steadfast_calendar::edit::{Edit, Meeting, Party};
use steadfast_calendar::says;
use steadfast_calendar::{Instant, Slot, Visibility};
use steadfast_connect::write::{Basis, Order, Outcome, Writer, open};
use steadfast_connect::{Limits, Options, Secret};
use url::Url;

/// The 1:1 of 9 March 2026 of [`weekly`].
pub(crate) const NINTH: &str = "2026-03-09T09:00:00Z";

pub(crate) fn at(text: &str) -> Instant {
    text.parse::<jiff::Timestamp>().expect("a moment").into()
}

pub(crate) fn half_hour(text: &str) -> Slot {
    Slot::new(at(text), at(text).plus_minutes(30))
}

/// Mondays at 10 in Berlin from 2 March 2026, of `maya` with `ben`.
pub(crate) fn weekly() -> String {
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Some//Client//EN\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n\
     BEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n\
     RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:19700329T020000\r\n\
     TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\n\
     END:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:weekly\r\nDTSTAMP:20260201T080000Z\r\nSEQUENCE:1\r\nSUMMARY:1:1\r\n\
     DTSTART;TZID=Europe/Berlin:20260302T100000\r\nDTEND;TZID=Europe/Berlin:20260302T103000\r\n\
     RRULE:FREQ=WEEKLY;BYDAY=MO\r\nORGANIZER:mailto:maya@example.org\r\n\
     ATTENDEE;PARTSTAT=ACCEPTED:mailto:maya@example.org\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:ben@example.org\r\n\
     END:VEVENT\r\nEND:VCALENDAR\r\n"
        .to_owned()
}

pub(crate) fn moved(to: &str) -> Edit {
    Edit::Move {
        occurrence: at(NINTH),
        to: half_hour(to),
    }
}

pub(crate) fn booking(uid: &str, slot: &str) -> Edit {
    let party = |address: &str| Party {
        address: address.to_owned(),
        name: String::new(),
        accepted: false,
    };
    Edit::Book(Meeting {
        uid: uid.to_owned(),
        slot: half_hour(slot),
        weekly: None,
        title: "1:1, made good".to_owned(),
        text: String::new(),
        visibility: Visibility::Public,
        organizer: party("maya@example.org"),
        invited: vec![party("ben@example.org")],
        like: None,
    })
}

/// Somebody at a server.
pub(crate) struct Hand {
    pub(crate) who: &'static str,
    writer: Box<dyn Writer>,
}

impl Hand {
    pub(crate) fn new(port: u16, who: &'static str, answer: Duration) -> Self {
        let url = Url::parse(&format!("http://127.0.0.1:{port}/")).expect("a URL");
        let options = Options {
            user: Some(who.to_owned()),
            password: Some(Secret::new("secret")),
            allow_private: true,
            limits: Limits {
                answer,
                whole: Duration::from_secs(30),
                ..Limits::default()
            },
            ..Options::default()
        };
        Self {
            who,
            writer: open(&url, &options).expect("a writer"),
        }
    }

    pub(crate) fn order(&self, place: &str, basis: Basis, edit: Edit) -> Order {
        Order {
            place: place.to_owned(),
            basis,
            edit,
            addresses: vec![format!("{}@example.org", self.who)],
            zone: TimeZone::get("Europe/Berlin").expect("a zone"),
            now: at("2026-03-01T12:00:00Z"),
        }
    }

    /// Looks, and sends what is ready.
    pub(crate) fn carry_out(&mut self, order: &Order) -> Outcome {
        match self.writer.look(order) {
            Ok(ready) => self.writer.send(order, ready),
            Err(outcome) => *outcome,
        }
    }

    /// An edit of the object that says `text` now.
    pub(crate) fn on(&mut self, place: &str, text: &str, edit: Edit) -> Outcome {
        let basis = Basis::Says(says(text.as_bytes()));
        let order = self.order(place, basis, edit);
        self.carry_out(&order)
    }

    pub(crate) fn make(&mut self, place: &str, edit: Edit) -> Outcome {
        let order = self.order(place, Basis::Nothing, edit);
        self.carry_out(&order)
    }
}
