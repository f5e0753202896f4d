//! Date properties: value, TZID, and what to do while the TZID's VTIMEZONE may still come.

use super::{
    content::Dated as Line,
    text::unescaped,
    value::{Moment, ValueError, duration, moment, utc_seconds},
};
use crate::{
    event::{End, RDate},
    instant::Instant,
    when::When,
    zones::{Known, LONGEST_NAME, Zones},
};
use std::sync::Arc;

/// A value whose zone is not known yet stands as floating until it is.
pub(super) struct Dated {
    pub(super) when: When,
    /// The TZID it waits for.
    pub(super) waits_for: Option<Arc<str>>,
}

/// The TZID parameter of one property, resolved once for all its values.
pub(super) enum Zone {
    /// The property has none, or an empty one.
    None,
    /// Resolved.
    Known(jiff::tz::TimeZone),
    /// Not resolved yet.
    Waits(Arc<str>),
}

impl Zone {
    /// Of a property's parameters.
    pub(super) fn of(line: &Line<'_>, zones: &mut Zones) -> Self {
        if line.parameters.is_empty() {
            return Self::None;
        }
        if let Some(zone) = zones.last(line.parameters) {
            return Self::Known(zone);
        }
        let Some(written) = line.parameter("TZID") else {
            return Self::None;
        };
        let name = zone_name(written);
        if name.is_empty() {
            return Self::None;
        }
        match zones.find(&name) {
            Known::Zone(zone) => {
                zones.remember(line.parameters, &zone);
                Self::Known(zone)
            }
            Known::NotYet => Self::Waits(Arc::from(name)),
        }
    }

    /// The value in this zone.
    pub(super) fn place(&self, moment: Moment) -> Dated {
        let when = match (moment, self) {
            (Moment::Date(date), _) => When::Date(date),
            (Moment::Utc(civil), _) => When::Utc(Instant::from_seconds(utc_seconds(civil))),
            (Moment::Local(civil), Self::Known(zone)) => When::Zoned(civil, zone.clone()),
            (Moment::Local(civil), Self::None) => When::Floating(civil),
            (Moment::Local(civil), Self::Waits(name)) => {
                return Dated {
                    when: When::Floating(civil),
                    waits_for: Some(Arc::clone(name)),
                };
            }
        };
        Dated {
            when,
            waits_for: None,
        }
    }

    /// Reads one DATE or DATE-TIME.
    pub(super) fn read(&self, value: &[u8]) -> Result<Dated, ValueError> {
        Ok(self.place(moment(value)?))
    }

    /// Reads one RDATE value: DATE, DATE-TIME, or PERIOD with its end or its duration (RFC 5545 §3.3.9). Gives the
    /// TZID that start and end wait for, too.
    pub(super) fn read_period(&self, value: &[u8]) -> Result<PeriodRead, ValueError> {
        let Some(slash) = value.iter().position(|byte| *byte == b'/') else {
            let start = self.read(value)?;
            return Ok(PeriodRead {
                date: RDate {
                    start: start.when,
                    end: End::Unsaid,
                },
                start_waits_for: start.waits_for,
                end_waits_for: None,
            });
        };
        let start = self.read(value.get(..slash).unwrap_or_default())?;
        let rest = value.get(slash + 1..).unwrap_or_default();
        let (end, end_waits_for) = match rest.first() {
            Some(b'P' | b'p' | b'+' | b'-') => {
                let (days, seconds) = duration(rest)?;
                (End::Lasts { days, seconds }, None)
            }
            _ => {
                let end = self.read(rest)?;
                (End::At(end.when), end.waits_for)
            }
        };
        Ok(PeriodRead {
            date: RDate {
                start: start.when,
                end,
            },
            start_waits_for: start.waits_for,
            end_waits_for,
        })
    }
}

/// One RDATE value, as far as its zone is known.
pub(super) struct PeriodRead {
    pub(super) date: RDate,
    pub(super) start_waits_for: Option<Arc<str>>,
    pub(super) end_waits_for: Option<Arc<str>>,
}

/// A TZID as both the parameter and the property give it: without escapes and blanks. Cut where no name is so long.
pub(super) fn zone_name(written: &[u8]) -> String {
    let written = written.get(..LONGEST_NAME).unwrap_or(written);
    String::from_utf8_lossy(&unescaped(written.trim_ascii())).into_owned()
}

/// DTSTAMP, CREATED, LAST-MODIFIED: UTC by RFC 5545; local times and dates, which some write, are taken as UTC.
pub(super) fn stamp(value: &[u8]) -> Result<Instant, ValueError> {
    Ok(Instant::from_seconds(utc_seconds(moment(value)?.civil())))
}
