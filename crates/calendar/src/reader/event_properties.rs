//! The properties of a VEVENT (RFC 5545 §3.6.1), one after another.

use super::{
    content::{self, Dated},
    dates::{Zone, stamp},
    draft::MOST_DATES,
    kind,
    parser::Parser,
    property::Property,
    rule,
    text::{excerpt, unescaped},
    value::{ValueError, duration, whole_number},
    waiting::Place,
};
use crate::{
    event::{End, RecurrenceId},
    warning::WarningCode,
};

impl Parser {
    /// Takes one property of the open event in.
    pub(super) fn event_property(
        &mut self,
        property: Property,
        name_end: usize,
        line: &[u8],
        number: u32,
    ) {
        if self.draft.has_seen(property) {
            self.log
                .warn(WarningCode::DuplicateProperty, number, "", || {
                    format!(
                        "{} was said before in this event; the first was taken.",
                        property.name()
                    )
                });
            return;
        }
        let read = match property {
            Property::Attendee => return self.attendee(line, name_end, number),
            Property::Organizer => return self.organizer(line, name_end, number),
            Property::Start
            | Property::EndAt
            | Property::RecurrenceId
            | Property::Dates
            | Property::ExceptDates => match Dated::split(line, name_end) {
                Some(content) => self.date_property(property, &content, number),
                None => Err((ValueError::Empty, Vec::new())),
            },
            _ => match content::value(line, name_end) {
                Some(value) => self
                    .plain_property(property, value, number)
                    .map_err(|error| (error, value.to_vec())),
                None => Err((ValueError::Empty, Vec::new())),
            },
        };
        match read {
            Ok(()) if is_single(property) => self.draft.see(property),
            Ok(()) => {}
            Err((error, value)) => self.bad_value(property, error, &value, number),
        }
    }

    fn bad_value(&mut self, property: Property, error: ValueError, value: &[u8], number: u32) {
        let left_out = if property == Property::Start {
            self.draft.start_is_bad = true;
            "the event"
        } else {
            "the property"
        };
        self.log.warn(WarningCode::BadValue, number, "", || {
            if error == ValueError::Empty {
                format!("{} is empty; {left_out} was left out.", property.name())
            } else {
                format!(
                    "{} \"{}\" {error}; {left_out} was left out.",
                    property.name(),
                    excerpt(value)
                )
            }
        });
    }

    fn plain_property(
        &mut self,
        property: Property,
        value: &[u8],
        number: u32,
    ) -> Result<(), ValueError> {
        match property {
            Property::Uid => {
                if value.is_empty() {
                    return Err(ValueError::Empty);
                }
                self.draft.uid = Some(self.text(&unescaped(value), property, number));
            }
            Property::Summary => {
                self.draft.summary = Some(self.text(&unescaped(value), property, number));
            }
            Property::Duration => {
                let (days, seconds) = duration(value)?;
                self.draft.end = Some(End::Lasts { days, seconds });
            }
            Property::Rule | Property::ExceptRule => return self.rule(property, value, number),
            Property::Status => self.draft.status = kind::status(value),
            Property::Sequence => self.draft.sequence = whole_number(value)?,
            Property::Stamp => self.draft.stamp = Some(stamp(value)?),
            Property::Created => self.draft.created = Some(stamp(value)?),
            Property::LastModified => self.draft.last_modified = Some(stamp(value)?),
            Property::Transparency => self.draft.transparency = kind::transparency(value),
            Property::BusyStatus => self.draft.busy_status = kind::busy_status(value),
            Property::IntendedStatus => self.draft.intended_status = kind::busy_status(value),
            Property::EventType => {
                self.draft.kind = self.draft.kind.or(kind::from_property(value));
            }
            Property::Class => self.draft.visibility = kind::visibility(value),
            Property::Priority => self.draft.is_first_priority = value.trim_ascii() == b"1",
            Property::Categories => {
                self.draft.kind = self.draft.kind.or(kind::from_categories(value));
            }
            _ => {}
        }
        Ok(())
    }

    fn rule(&mut self, property: Property, value: &[u8], number: u32) -> Result<(), ValueError> {
        if value.is_empty() {
            return Err(ValueError::Empty);
        }
        let text = String::from_utf8_lossy(value);
        if let Some(objection) = rule::objection(&text) {
            self.log.warn(WarningCode::BadRule, number, "", || {
                format!(
                    "{} \"{}\": {objection}; it was kept as said, but what it means is not certain.",
                    property.name(),
                    excerpt(value)
                )
            });
        } else if rule::repeats_within_a_day(&text) {
            self.log.warn(WarningCode::BadRule, number, "", || {
                format!(
                    "{} \"{}\": it repeats within a day, as no meeting does; of many such rules, or where it comes very often, instances may be missing.",
                    property.name(),
                    excerpt(value)
                )
            });
        }
        let recurrence = self.draft.recurrence();
        let rules = if property == Property::Rule {
            &mut recurrence.rules
        } else {
            &mut recurrence.except_rules
        };
        rules.push(text.into());
        Ok(())
    }

    /// A property whose value is one date or a list of them. Of a list what can be read is taken; the error names
    /// the first value that cannot.
    fn date_property(
        &mut self,
        property: Property,
        content: &Dated<'_>,
        number: u32,
    ) -> Result<(), (ValueError, Vec<u8>)> {
        let zone = Zone::of(content, &mut self.zones);
        let value = content.value;
        match property {
            Property::Dates | Property::ExceptDates => {
                return self.date_list(property, &zone, value, number);
            }
            _ => {}
        }
        let dated = zone.read(value).map_err(|error| (error, value.to_vec()))?;
        let place = match property {
            Property::Start => {
                self.draft.start = Some(dated.when);
                Place::Start
            }
            Property::EndAt => {
                self.draft.end = Some(End::At(dated.when));
                Place::End
            }
            _ => {
                let range = content.parameter("RANGE").unwrap_or_default();
                self.draft.recurrence_id = Some(RecurrenceId {
                    at: dated.when,
                    this_and_future: range.eq_ignore_ascii_case(b"THISANDFUTURE"),
                });
                Place::RecurrenceId
            }
        };
        if let Some(name) = dated.waits_for {
            self.draft.waiting.push((name, place));
        }
        Ok(())
    }

    fn date_list(
        &mut self,
        property: Property,
        zone: &Zone,
        list: &[u8],
        number: u32,
    ) -> Result<(), (ValueError, Vec<u8>)> {
        let mut outcome = Ok(());
        for value in list.split(|byte| *byte == b',') {
            let value = value.trim_ascii();
            if value.is_empty() {
                continue;
            }
            let recurrence = self.draft.recurrence.get_or_insert_default();
            let (index, error) = if property == Property::Dates {
                let index = recurrence.dates.len();
                match zone.read_period(value) {
                    _ if index >= MOST_DATES => (index, None),
                    Ok(read) => {
                        recurrence.dates.push(read.date);
                        let waiting = &mut self.draft.waiting;
                        waiting.extend(
                            read.start_waits_for
                                .map(|name| (name, Place::DateStart(index))),
                        );
                        waiting
                            .extend(read.end_waits_for.map(|name| (name, Place::DateEnd(index))));
                        (index, None)
                    }
                    Err(error) => (index, Some(error)),
                }
            } else {
                let index = recurrence.except_dates.len();
                match zone.read(value) {
                    _ if index >= MOST_DATES => (index, None),
                    Ok(read) => {
                        recurrence.except_dates.push(read.when);
                        self.draft
                            .waiting
                            .extend(read.waits_for.map(|name| (name, Place::ExceptDate(index))));
                        (index, None)
                    }
                    Err(error) => (index, Some(error)),
                }
            };
            if index >= MOST_DATES {
                self.warn_once(WarningCode::TooManyDates, number, || {
                    format!(
                        "{} has more than {MOST_DATES} values; the rest were left out.",
                        property.name()
                    )
                });
                return outcome;
            }
            if let (Some(error), Ok(())) = (error, &outcome) {
                outcome = Err((error, value.to_vec()));
            }
        }
        outcome
    }

    fn attendee(&mut self, line: &[u8], name_end: usize, number: u32) {
        match self.people.attendee(line, name_end, &mut self.interner) {
            Some(read) => {
                self.draft.attendees.push(read.person);
                if !read.utf8 {
                    self.not_utf8(Property::Attendee, number);
                }
            }
            None => self.bad_value(Property::Attendee, ValueError::Empty, b"", number),
        }
    }

    fn organizer(&mut self, line: &[u8], name_end: usize, number: u32) {
        match self.people.organizer(line, name_end, &mut self.interner) {
            Some(read) => {
                self.draft.organizer = Some(read.person);
                self.draft.see(Property::Organizer);
                if !read.utf8 {
                    self.not_utf8(Property::Organizer, number);
                }
            }
            None => self.bad_value(Property::Organizer, ValueError::Empty, b"", number),
        }
    }
}

/// Whether an event says it once (RFC 5545 §3.6.1).
fn is_single(property: Property) -> bool {
    !matches!(
        property,
        Property::Rule
            | Property::ExceptRule
            | Property::Dates
            | Property::ExceptDates
            | Property::Attendee
            | Property::Categories
            | Property::EventType
    )
}
