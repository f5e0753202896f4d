//! Moments, written as the series writes them.

use super::{error::EditError, lines::Component, parameter};
use crate::{
    instant::Instant,
    when::{When, resolve},
};
use jiff::{civil::DateTime, tz::TimeZone};

/// How a DTSTART says moments: its parameters as written, and its clock.
#[derive(Clone, Debug)]
pub(super) struct Form {
    parameters: Vec<u8>,
    clock: Clock,
}

#[derive(Clone, Debug)]
enum Clock {
    Days(TimeZone),
    Utc,
    Wall(TimeZone),
}

impl Form {
    /// Of a component whose DTSTART was read as `start`.
    pub(super) fn of(component: &Component, start: &When, floating: &TimeZone) -> Self {
        let said = component.property("DTSTART");
        let parameters = said.map(|line| parameter::all(&line.said).to_vec());
        Self {
            parameters: parameters.unwrap_or_default(),
            clock: match start {
                When::Date(_) => Clock::Days(floating.clone()),
                When::Utc(_) => Clock::Utc,
                When::Floating(_) => Clock::Wall(floating.clone()),
                When::Zoned(_, zone) => Clock::Wall(zone.clone()),
            },
        }
    }

    /// A line `name` that says this moment.
    pub(super) fn line(&self, name: &str, at: Instant) -> Result<Vec<u8>, EditError> {
        let value = match &self.clock {
            Clock::Utc => utc(at),
            Clock::Days(zone) => {
                let civil = at.civil(zone);
                // Where the clock goes forward at midnight, a day begins later than that.
                if resolve(
                    civil.date().to_datetime(jiff::civil::Time::midnight()),
                    zone,
                ) != at
                {
                    return Err(EditError::WholeDay);
                }
                civil.strftime("%Y%m%d").to_string()
            }
            Clock::Wall(zone) => {
                let civil = at.civil(zone);
                if resolve(civil, zone) != at {
                    return Err(EditError::Unsayable);
                }
                wall(civil)
            }
        };
        let mut line = name.as_bytes().to_vec();
        line.extend_from_slice(&self.parameters);
        line.push(b':');
        line.extend_from_slice(value.as_bytes());
        Ok(line)
    }
}

/// A moment on a clock.
pub(super) fn wall(civil: DateTime) -> String {
    civil.strftime("%Y%m%dT%H%M%S").to_string()
}

/// A moment in UTC.
pub(super) fn utc(at: Instant) -> String {
    format!("{}Z", wall(at.civil(&TimeZone::UTC)))
}
