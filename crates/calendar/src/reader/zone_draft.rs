//! A VTIMEZONE while it is read.

use super::{
    content,
    dates::zone_name,
    property::Property,
    value::{ValueError, moment, offset},
};
use crate::zones::definition::{Definition, MOST_BYTES, Observance};

/// What was read so far.
#[derive(Debug, Default)]
pub(super) struct ZoneDraft {
    /// Line of BEGIN:VTIMEZONE.
    pub(super) line: u32,
    /// TZID.
    pub(super) name: String,
    pub(super) definition: Definition,
    /// The observance being read.
    observance: Option<Observance>,
    bytes: usize,
}

impl ZoneDraft {
    /// A new VTIMEZONE.
    pub(super) fn begin(&mut self, line: u32) {
        *self = Self {
            line,
            ..Self::default()
        };
    }

    /// A new STANDARD or DAYLIGHT.
    pub(super) fn begin_observance(&mut self, daylight: bool) {
        self.observance = Some(Observance {
            daylight,
            ..Observance::default()
        });
    }

    /// Its end.
    pub(super) fn end_observance(&mut self) {
        if let Some(observance) = self.observance.take()
            && !self.is_full()
        {
            self.definition.observances.push(observance);
        }
    }

    /// Whether there is more of it than is read.
    pub(super) fn is_full(&self) -> bool {
        self.bytes > MOST_BYTES
    }

    /// Takes one property of the VTIMEZONE or its observance in. Of several for one thing the first counts.
    pub(super) fn take(
        &mut self,
        property: Property,
        line: &[u8],
        name_end: usize,
    ) -> Result<(), ValueError> {
        self.bytes = self.bytes.saturating_add(line.len());
        let Some(value) = content::value(line, name_end) else {
            return Ok(());
        };
        if self.is_full() {
            return Ok(());
        }
        match (property, &mut self.observance) {
            (Property::ZoneId, _) if self.name.is_empty() => self.name = zone_name(value),
            (Property::ZoneLocation, _) if self.definition.location.is_none() => {
                self.definition.location = Some(zone_name(value).into());
            }
            (Property::ZoneUntil, _) if self.definition.until.is_none() => {
                self.definition.until = Some(moment(value)?.civil());
            }
            (Property::OffsetFrom, Some(it)) if it.from.is_none() => {
                it.from = Some(offset(value)?);
            }
            (Property::OffsetTo, Some(it)) if it.to.is_none() => it.to = Some(offset(value)?),
            (Property::Start, Some(it)) if it.start.is_none() => {
                it.start = Some(moment(value)?);
            }
            (Property::Rule, Some(it)) => {
                let rule = std::str::from_utf8(value).unwrap_or_default();
                it.rules.push(rule.into());
            }
            (Property::Dates, Some(it)) => {
                for value in value.split(|byte| *byte == b',') {
                    // Of a PERIOD only the start matters.
                    let start = value.split(|byte| *byte == b'/').next().unwrap_or_default();
                    it.dates.push(moment(start.trim_ascii())?);
                }
            }
            _ => {}
        }
        Ok(())
    }
}
