//! From a TZID to a zone. In order of weight: a name that leaves no doubt (IANA, Windows), the VTIMEZONE of the same
//! VCALENDAR (which may come after the events that use it), a name that is a fair guess, nothing.

mod build;
mod compare;
pub(crate) mod definition;
mod names;
mod onsets;
mod tzif;

pub(crate) use names::{LONGEST_NAME, likely};
pub use names::{certain, iana};

use definition::Definition;
use jiff::tz::TimeZone;
use std::collections::{BTreeSet, HashMap};

/// Names that are remembered. A stream with more is odd; the memory is then begun anew.
const MOST_NAMES: usize = 4_096;

/// Different definitions that are built in one stream.
const MOST_DEFINITIONS: usize = 500;

/// Different definitions that are compared with the database, which is only for a warning.
const MOST_COMPARED: usize = 200;

/// Rules in definitions that are expanded in one stream: a tenth of a millisecond each at worst.
const MOST_RULES: usize = 5_000;

/// What is known of a TZID at one point of the stream.
#[derive(Clone, Debug)]
pub(crate) enum Known {
    /// Its zone.
    Zone(TimeZone),
    /// Its VTIMEZONE may still come.
    NotYet,
}

/// What came of a VTIMEZONE.
#[derive(Debug)]
pub(crate) enum Defined {
    /// It was used, or not needed.
    Fine,
    /// It, or parts of it, cannot be used.
    Odd(Vec<String>),
    /// It differs from the database's zone of that name, which counts.
    Differs {
        /// The first moment at which they differ, after 2020.
        at: jiff::Timestamp,
        /// Its own offset there, in seconds.
        own: i32,
        /// The database's.
        iana: i32,
    },
    /// There were more different ones than are read.
    TooMany,
}

/// The zones of a stream.
#[derive(Debug, Default)]
pub(crate) struct Zones {
    /// What [`certain`] says of names met so far.
    certain: HashMap<Box<str>, Option<TimeZone>>,
    /// Usable VTIMEZONEs of the VCALENDAR being read.
    own: HashMap<Box<str>, TimeZone>,
    /// What definitions were built to, for the whole stream: exports repeat them in every VCALENDAR.
    built: HashMap<Definition, Option<TimeZone>>,
    /// Definitions already compared, with the name they stood under.
    compared: HashMap<Definition, Box<str>>,
    /// Rules expanded so far.
    rules: usize,
    /// IANA names that stand for what was named in another way: a Windows zone is that of several countries, of which its IANA
    /// name is but one.
    mapped: BTreeSet<Box<str>>,
    /// The parameters whose TZID was resolved last, as written: properties that follow each other mostly have the same.
    last: Option<(Box<[u8]>, TimeZone)>,
}

impl Zones {
    /// The zone of parameters with a TZID, if they are those remembered.
    pub(crate) fn last(&self, written: &[u8]) -> Option<TimeZone> {
        self.last
            .as_ref()
            .filter(|(last, _)| &**last == written)
            .map(|(_, zone)| zone.clone())
    }

    /// Remembers parameters with a TZID, as written.
    pub(crate) fn remember(&mut self, written: &[u8], zone: &TimeZone) {
        self.last = Some((written.into(), zone.clone()));
    }

    /// What is known of a TZID now.
    pub(crate) fn find(&mut self, name: &str) -> Known {
        if let Some(zone) = self.certain(name) {
            return Known::Zone(zone);
        }
        match self.own.get(name) {
            Some(zone) => Known::Zone(zone.clone()),
            None => Known::NotYet,
        }
    }

    /// What is known of a TZID at the end of its VCALENDAR; `None`: nothing.
    pub(crate) fn settle(&mut self, name: &str) -> Option<TimeZone> {
        match self.find(name) {
            Known::Zone(zone) => Some(zone),
            Known::NotYet => {
                let zone = likely(name);
                self.note(name, zone.as_ref());
                zone
            }
        }
    }

    /// The IANA names of zones that were not named by them.
    pub(crate) fn mapped(&self) -> Vec<Box<str>> {
        self.mapped.iter().cloned().collect()
    }

    /// Remembers the IANA name of `zone` where `name` is another: a prefix before it says the same.
    fn note(&mut self, name: &str, zone: Option<&TimeZone>) {
        let Some(iana) = zone.and_then(TimeZone::iana_name) else {
            return;
        };
        let written = name.trim().trim_matches('"').to_ascii_lowercase();
        if !written.ends_with(&iana.to_ascii_lowercase()) && self.mapped.len() < MOST_NAMES {
            self.mapped.insert(iana.into());
        }
    }

    /// A VTIMEZONE was read.
    pub(crate) fn define(&mut self, name: &str, definition: Definition) -> Defined {
        let located = definition.location.as_deref().and_then(certain);
        if self.own.len() >= MOST_NAMES {
            return Defined::TooMany;
        }
        if let Some(iana) = self.certain(name) {
            return self.compare(name, definition, &iana);
        }
        if let Some(iana) = located {
            self.own.insert(name.into(), iana.clone());
            return self.compare(name, definition, &iana);
        }
        if let Some(built) = self.built.get(&definition) {
            if let Some(zone) = built {
                self.own.insert(name.into(), zone.clone());
            }
            return Defined::Fine;
        }
        self.rules = self.rules.saturating_add(definition.rules());
        if self.built.len() >= MOST_DEFINITIONS || self.rules > MOST_RULES {
            return Defined::TooMany;
        }
        let (built, oddities) = build::zone(&definition);
        let zone = built.map(|(zone, _)| zone);
        if let Some(zone) = &zone {
            self.own.insert(name.into(), zone.clone());
        }
        self.built.insert(definition, zone);
        if oddities.is_empty() {
            Defined::Fine
        } else {
            Defined::Odd(oddities)
        }
    }

    /// The VCALENDAR ended: another may use the same names for other zones.
    pub(crate) fn forget_own(&mut self) {
        self.own.clear();
        self.last = None;
    }

    fn certain(&mut self, name: &str) -> Option<TimeZone> {
        if let Some(zone) = self.certain.get(name) {
            return zone.clone();
        }
        if self.certain.len() >= MOST_NAMES {
            self.certain.clear();
        }
        let zone = certain(name);
        self.note(name, zone.as_ref());
        self.certain.insert(name.into(), zone.clone());
        zone
    }

    fn compare(&mut self, name: &str, definition: Definition, iana: &TimeZone) -> Defined {
        if self.compared.get(&definition).map(AsRef::as_ref) == Some(name)
            || self.compared.len() >= MOST_COMPARED
            || self.rules > MOST_RULES
        {
            return Defined::Fine;
        }
        self.rules = self.rules.saturating_add(definition.rules());
        let (built, _) = build::zone(&definition);
        self.compared.insert(definition, name.into());
        let difference = built.and_then(|(zone, plan)| compare::difference(&zone, &plan, iana));
        match difference {
            Some((at, own, iana)) => Defined::Differs { at, own, iana },
            None => Defined::Fine,
        }
    }
}
