//! What a mail says that offers times.

use super::super::between::is_for_good;
use crate::server::imip::{day_and_hour, one_line};
use jiff::tz::TimeZone;
use steadfast_calendar::{Instant, Slot};

/// Subject and text.
pub(super) struct Words {
    pub(super) subject: String,
    pub(super) text: String,
}

/// What it is made of.
pub(super) struct Said<'a> {
    /// What the manager is called, and their address.
    pub(super) from: (&'a str, &'a str),
    /// When the 1:1 was promised; or that it is about all that are to come.
    pub(super) promised: Instant,
    /// The times; about all that are to come, the first at each.
    pub(super) slots: &'a [Slot],
    /// The clock of whoever reads it.
    pub(super) zone: &'a TimeZone,
    /// The address of the link.
    pub(super) link: &'a str,
}

impl Said<'_> {
    pub(super) fn words(&self) -> Words {
        let (name, address) = self.from;
        let name = one_line(name);
        let signed = if name == address {
            name.clone()
        } else {
            format!("{name} <{address}>")
        };
        let clock = self.zone.iana_name().unwrap_or("UTC");
        let of = if is_for_good(self.promised) {
            " from here on; it comes as often as before".to_owned()
        } else {
            format!(" of {}", day_and_hour(self.promised, self.zone))
        };
        let mut lines = vec![
            format!("{name} offers you other times for your 1:1{of}:"),
            String::new(),
        ];
        lines.extend(self.slots.iter().map(|slot| self.between(*slot)));
        lines.push(format!("(all times: {clock})"));
        lines.push(String::new());
        lines.push(
            "Pick one here. It takes no account, and shows them on your own clock:".to_owned(),
        );
        lines.push(self.link.to_owned());
        lines.push(String::new());
        lines.push(format!(
            "You need not: “None of these” changes nothing on a calendar. {name} sees what you pick, also if it is none. \
             Whoever has this link can pick, so keep it to yourself. It is good until the last of these times, or until \
             {name} takes the offer back."
        ));
        lines.push(String::new());
        lines.push(format!(
            "You can also answer this mail: the answer goes to {name}."
        ));
        lines.push(String::new());
        lines.push(format!(
            "Sent by Steadfast for {signed}, who read it before it went."
        ));
        lines.push(String::new());
        Words {
            subject: format!("{name} offers you other times for your 1:1"),
            text: lines.join("\n"),
        }
    }

    fn between(&self, slot: Slot) -> String {
        let ends = slot.end.civil(self.zone).strftime("%-H:%M");
        if is_for_good(self.promised) {
            let start = slot.start.civil(self.zone);
            let (hour, day) = (start.strftime("%As, %-H:%M"), start.strftime("%-d %B %Y"));
            return format!("- {hour}–{ends}, from {day}");
        }
        format!("- {}–{ends}", day_and_hour(slot.start, self.zone))
    }
}
