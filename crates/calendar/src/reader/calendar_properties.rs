//! What stands in a VCALENDAR outside its events: its own properties, and its VTIMEZONEs with the times that wait for
//! them.

use super::{
    content,
    dates::zone_name,
    parser::Parser,
    property::Property,
    text::{excerpt, unescaped},
    zone_draft::ZoneDraft,
    zone_warnings,
};
use crate::{warning::WarningCode, zones::Known};

impl Parser {
    /// VTIMEZONE's END.
    pub(super) fn end_zone(&mut self) {
        let draft = std::mem::take(&mut self.zone_draft);
        self.define_zone(&draft);
        let settled = match self.zones.find(&draft.name) {
            Known::Zone(zone) => Some(zone),
            Known::NotYet => None,
        };
        if let Some(zone) = settled {
            let events = &mut self.calendar.events;
            self.waiting
                .settle(&draft.name, Some(&zone), events, self.taken);
        }
    }

    /// VCALENDAR's END: what its VTIMEZONEs did not explain will not be explained.
    pub(super) fn end_calendar(&mut self) {
        self.settle_all();
        if let Some((name, line)) = self.zone_name.take() {
            let zone = self.zones.settle(&name);
            if zone.is_none() {
                self.unknown_zone(&name, line, "X-WR-TIMEZONE was ignored");
            }
            self.calendar.zone = self.calendar.zone.take().or(zone);
        }
        self.zones.forget_own();
    }

    pub(super) fn settle_all(&mut self) {
        for settled in self.waiting.names() {
            let zone = self.zones.settle(&settled.name);
            if zone.is_none() {
                self.log.warn(
                    WarningCode::UnknownTimeZone,
                    settled.line,
                    &settled.uid,
                    || {
                        format!(
                            "The time zone \"{}\" is neither known nor defined in the file; times in it were taken as local to whoever looks.",
                            excerpt(settled.name.as_bytes())
                        )
                    },
                );
            }
            let events = &mut self.calendar.events;
            self.waiting
                .settle(&settled.name, zone.as_ref(), events, self.taken);
        }
    }

    pub(super) fn unknown_zone(&mut self, name: &str, line: u32, what_was_done: &str) {
        self.log.warn(WarningCode::UnknownTimeZone, line, "", || {
            format!(
                "The time zone \"{}\" is neither known nor defined in the file; {what_was_done}.",
                excerpt(name.as_bytes())
            )
        });
    }

    pub(super) fn define_zone(&mut self, draft: &ZoneDraft) {
        zone_warnings::define(&mut self.zones, &mut self.log, draft);
    }

    pub(super) fn calendar_property(
        &mut self,
        property: Property,
        name_end: usize,
        line: &[u8],
        number: u32,
    ) {
        let Some(value) = content::value(line, name_end) else {
            return;
        };
        match property {
            Property::CalendarName if self.calendar.name.is_none() => {
                self.calendar.name = Some(self.text(&unescaped(value), property, number));
            }
            Property::Producer if self.calendar.producer.is_none() => {
                self.calendar.producer = Some(self.text(&unescaped(value), property, number));
            }
            Property::Method if self.calendar.method.is_none() => {
                let value = value.to_ascii_uppercase();
                self.calendar.method = Some(self.text(&value, property, number));
            }
            Property::CalendarZone if self.calendar.zone.is_none() && self.zone_name.is_none() => {
                let name = zone_name(value);
                match self.zones.find(&name) {
                    Known::Zone(zone) => self.calendar.zone = Some(zone),
                    Known::NotYet if name.is_empty() => {}
                    Known::NotYet => self.zone_name = Some((name, number)),
                }
            }
            _ => {}
        }
    }

    pub(super) fn zone_property(
        &mut self,
        property: Property,
        name_end: usize,
        line: &[u8],
        number: u32,
    ) {
        if let Err(error) = self.zone_draft.take(property, line, name_end) {
            self.log.warn(WarningCode::BadTimeZone, number, "", || {
                format!(
                    "{} of a VTIMEZONE {error}; it was left out.",
                    property.name()
                )
            });
        }
    }
}
