//! Days and moments, as iCalendar writes them.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde_json::Value;

/// A day or a moment, as it is written in iCalendar.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Moment {
    /// A whole day.
    Date(Date),
    /// On the clock of the zone of that name, which can stand as a TZID.
    Zoned(DateTime, String),
    /// A moment.
    Utc(Timestamp),
    /// On whatever clock.
    Floating(DateTime),
}

impl Moment {
    /// On the clock of a zone, so that a series keeps its hour when the clocks change. The second of an hour that comes
    /// twice cannot be written so (RFC 5545 §3.3.5), and stays a moment.
    pub(crate) fn on_clock(moment: Timestamp, zone: Option<(&TimeZone, &str)>) -> Self {
        let Some((zone, name)) = zone else {
            return Self::Utc(moment);
        };
        let civil = zone.to_datetime(moment);
        let meant = zone.to_ambiguous_timestamp(civil).compatible().ok();
        if meant == Some(moment) && name != "UTC" && is_written(civil.date()) {
            Self::Zoned(civil, name.to_owned())
        } else {
            Self::Utc(moment)
        }
    }

    /// Whether it is a whole day.
    pub(crate) fn is_date(&self) -> bool {
        matches!(self, Self::Date(_))
    }

    /// The line that says it as the property `name`.
    pub(crate) fn line(&self, name: &str) -> String {
        match self {
            Self::Date(date) => format!("{name};VALUE=DATE:{}", date.strftime("%Y%m%d")),
            Self::Zoned(civil, zone) => {
                format!("{name};TZID={zone}:{}", civil.strftime("%Y%m%dT%H%M%S"))
            }
            Self::Utc(moment) => format!("{name}:{}", utc(*moment)),
            Self::Floating(civil) => format!("{name}:{}", civil.strftime("%Y%m%dT%H%M%S")),
        }
    }
}

/// Whether iCalendar can write the year.
pub(crate) fn is_written(date: Date) -> bool {
    (1..=9999).contains(&date.year())
}

/// A moment in UTC (RFC 5545 §3.3.5).
pub(crate) fn utc(moment: Timestamp) -> String {
    moment.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// It is there, and no moment.
pub(crate) struct NoMoment;

/// When something was made or changed, in UTC; `None` where nothing is said, or a year that cannot be written.
pub(crate) fn stamp(value: Option<&Value>) -> Result<Option<String>, NoMoment> {
    let Some(value) = value else { return Ok(None) };
    let text = value.as_str().unwrap_or_default();
    let moment: Timestamp = text.parse().map_err(|_| NoMoment)?;
    Ok(is_written(moment.to_zoned(TimeZone::UTC).date()).then(|| utc(moment)))
}
