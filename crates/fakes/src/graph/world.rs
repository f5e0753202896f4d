//! Everything that is so: mailboxes, what was allowed, and what time it is.

use super::refusal::{Refusal, TOO_MANY};
use crate::faults::Faults;
use crate::oauth::Allowed;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Fields of an event, as they are given out.
pub(super) type Fields = Map<String, Value>;

#[derive(Debug)]
pub(super) struct World {
    /// The fake's own clock.
    pub(super) now: Timestamp,
    /// Grows with every change of anything.
    pub(super) version: u64,
    /// By address.
    pub(super) mailboxes: BTreeMap<String, Mailbox>,
    pub(super) allowed: Allowed,
    /// Programs with the application permission: what they may, and in which mailboxes, where not in all.
    pub(super) programs: BTreeMap<String, (Vec<String>, Option<BTreeSet<String>>)>,
    /// Lists that can be gone on with.
    pub(super) tokens: BTreeMap<String, Token>,
    pub(super) faults: Faults,
    /// What was not as described, in either direction.
    pub(super) violations: Vec<String>,
    /// Requests to the API, by their operation.
    pub(super) asked: Vec<String>,
    /// Elements on a page at most, whatever is asked for.
    pub(super) page: usize,
    /// Requests that each mailbox is answered in a minute.
    pub(super) a_minute: Option<usize>,
    spent: BTreeMap<String, (i64, usize)>,
    made: u64,
}

/// A mailbox with its calendar.
#[derive(Debug, Default)]
pub(super) struct Mailbox {
    /// By id.
    pub(super) items: BTreeMap<String, Item>,
    /// Names of what its owner took off it: nobody puts that there again.
    pub(super) left: BTreeSet<String>,
}

/// A meeting or a whole series, as Exchange keeps it: exceptions are in it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    pub(super) id: String,
    /// Its name everywhere, in hexadecimal, without a day.
    pub(super) uid: String,
    /// Who organises it.
    pub(super) chair: String,
    pub(super) part: Part,
    /// By original day; `None`: it was called off.
    pub(super) exceptions: BTreeMap<Date, Option<Part>>,
    /// Of the world, when it last changed.
    pub(super) version: u64,
    pub(super) created: Timestamp,
    pub(super) modified: Timestamp,
}

/// What a meeting, a series or an exception says.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Part {
    pub(super) fields: Fields,
    /// What its owner answered, and when.
    pub(super) answer: (&'static str, Option<Timestamp>),
    /// Whether the organiser cancelled it.
    pub(super) is_off: bool,
}

/// Where a list can be gone on with.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) mailbox: String,
    pub(super) window: (Timestamp, Timestamp),
    pub(super) select: Option<String>,
    /// What was told, by id, with the version of its item.
    pub(super) told: BTreeMap<String, u64>,
    /// What is still to be told of this list.
    pub(super) rest: Vec<Value>,
}

impl World {
    pub(super) fn new(now: Timestamp) -> Self {
        Self {
            now,
            version: 1,
            mailboxes: BTreeMap::new(),
            allowed: Allowed::new(["0.code", "0.refresh", "eyJ0"]),
            programs: BTreeMap::new(),
            tokens: BTreeMap::new(),
            faults: Faults::default(),
            violations: Vec::new(),
            asked: Vec::new(),
            page: 100,
            a_minute: None,
            spent: BTreeMap::new(),
            made: 0,
        }
    }

    /// Sixteen digits, no two alike.
    pub(super) fn draw(&mut self) -> String {
        self.made += 1;
        // Weyl's sequence: none looks like the next.
        format!("{:016X}", self.made.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// Counts a request for a mailbox, as long as it has any left.
    pub(super) fn spend(&mut self, mailbox: &str) -> Result<(), Refusal> {
        let Some(most) = self.a_minute else {
            return Ok(());
        };
        let minute = self.now.as_second().div_euclid(60);
        let spent = self.spent.entry(mailbox.to_owned()).or_default();
        if spent.0 != minute {
            *spent = (minute, 0);
        }
        if spent.1 >= most {
            return Err(TOO_MANY);
        }
        spent.1 += 1;
        Ok(())
    }

    /// Marks an item as changed now.
    pub(super) fn touch(&mut self, mailbox: &str, id: &str) {
        self.version += 1;
        let (version, now) = (self.version, self.now);
        let found = self.mailboxes.get_mut(mailbox);
        if let Some(item) = found.and_then(|mailbox| mailbox.items.get_mut(id)) {
            item.version = version;
            item.modified = now;
        }
    }

    /// Lets the clock go on.
    pub(super) fn pass(&mut self, seconds: i64) {
        let later = self.now.saturating_add(seconds.seconds());
        self.now = later.unwrap_or(self.now);
    }
}

impl Mailbox {
    /// The item of that name.
    pub(super) fn named(&self, uid: &str) -> Option<&Item> {
        self.items.values().find(|item| item.uid == uid)
    }

    /// An item by its id or by that of one of its instances, with the day of that.
    pub(super) fn find(&self, id: &str) -> Option<(&Item, Option<Date>)> {
        if let Some(item) = self.items.get(id) {
            return Some((item, None));
        }
        let (series, day) = id.split_once('.')?;
        let item = self.items.get(series)?;
        let day = Date::strptime("%Y%m%d", day).ok()?;
        item.part(Some(day)).map(|_| (item, Some(day)))
    }
}

impl Item {
    /// The zone in which it was made, and its name.
    pub(super) fn zone(&self) -> (TimeZone, String) {
        zone(&self.part.fields)
    }

    /// What an instance says, or the whole; `None` where there is no such instance, or it was called off.
    pub(super) fn part(&self, day: Option<Date>) -> Option<Part> {
        let Some(day) = day else {
            return Some(self.part.clone());
        };
        if let Some(exception) = self.exceptions.get(&day) {
            return exception.clone();
        }
        let first = self.first()?;
        let days = super::pattern::days(self.part.fields.get("recurrence")?, first, day);
        if days.last() != Some(&day) {
            return None;
        }
        let mut part = self.part.clone();
        let (zone, name) = self.zone();
        let by = first.until(day).ok()?;
        for end in ["start", "end"] {
            let at = moment(&self.part.fields, end)?;
            let at = zone.to_datetime(at).checked_add(by).ok()?;
            let said = serde_json::json!({"dateTime": at.to_string(), "timeZone": name});
            part.fields.insert(end.to_owned(), said);
        }
        part.fields.remove("recurrence");
        Some(part)
    }

    /// The day of its first instance, where it was made.
    pub(super) fn first(&self) -> Option<Date> {
        let at = moment(&self.part.fields, "start")?;
        Some(self.zone().0.to_datetime(at).date())
    }
}

/// The zone of an event's start.
pub(super) fn zone(fields: &Fields) -> (TimeZone, String) {
    let name = fields.get("start").and_then(|start| start.get("timeZone"));
    let name = name.and_then(Value::as_str).unwrap_or("UTC");
    let zone = steadfast_calendar::zones::certain(name);
    (zone.unwrap_or(TimeZone::UTC), name.to_owned())
}

/// The moment that `start` or `end` says.
pub(super) fn moment(fields: &Fields, end: &str) -> Option<Timestamp> {
    let said = fields.get(end)?;
    let text = said.get("dateTime")?.as_str()?;
    if let Ok(moment) = text.parse() {
        return Some(moment);
    }
    let civil: jiff::civil::DateTime = text.parse().ok()?;
    let name = said
        .get("timeZone")
        .and_then(Value::as_str)
        .unwrap_or("UTC");
    let zone = steadfast_calendar::zones::certain(name)?;
    zone.to_ambiguous_timestamp(civil).compatible().ok()
}

/// The addresses of those who are invited, in lower case.
pub(super) fn guests(fields: &Fields) -> Vec<String> {
    let guests = fields.get("attendees").and_then(Value::as_array);
    let address = |guest: &Value| {
        let address = guest.get("emailAddress")?.get("address")?.as_str()?;
        Some(address.to_ascii_lowercase())
    };
    guests.into_iter().flatten().filter_map(address).collect()
}
