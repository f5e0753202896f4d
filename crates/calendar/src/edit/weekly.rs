//! How a new series says its times: on a clock, so that it stays at its hour when the clock is set back or forward.

use super::{
    By,
    book::Times,
    error::EditError,
    value::{utc, wall},
};
use crate::{
    instant::{Instant, Slot},
    when::resolve,
};
use ical::tzdb::vtimezone;
use jiff::{Span, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// Weekly, or every so many weeks, without an end, on the clock of whose calendar it is made in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Weekly {
    /// Weeks from one to the next: 1 to 8.
    pub every_weeks: u8,
}

impl Weekly {
    /// The slot after `slot`, at the same hour of that clock and as long; `None` where no calendar goes so far.
    pub fn after(self, slot: Slot, zone: &TimeZone) -> Option<Slot> {
        let weeks = Span::new().try_weeks(i64::from(self.every_weeks)).ok()?;
        let civil = slot.start.civil(zone).checked_add(weeks).ok()?;
        let start = resolve(civil, zone);
        Some(Slot::new(start, start.plus_seconds(slot.seconds())))
    }

    fn is_usual(self) -> bool {
        (1..=8).contains(&self.every_weeks)
    }
}

/// A series from `slot` on.
pub(super) fn repeating(weekly: Weekly, slot: Slot, by: &By<'_>) -> Result<Times, EditError> {
    if !weekly.is_usual() {
        return Err(EditError::Impossible);
    }
    let rule = match weekly.every_weeks {
        1 => "RRULE:FREQ=WEEKLY".to_owned(),
        weeks => format!("RRULE:FREQ=WEEKLY;INTERVAL={weeks}"),
    };
    if *by.zone == TimeZone::UTC {
        return Ok(Times {
            zone: Vec::new(),
            said: vec![
                format!("DTSTART:{}", utc(slot.start)),
                format!("DTEND:{}", utc(slot.end)),
                rule,
            ],
        });
    }
    let name = by.zone.iana_name().ok_or(EditError::NoZone)?;
    let zone = vtimezone(name, slot.start.seconds()).ok_or(EditError::NoZone)?;
    let zone = String::from_utf8(zone.to_bytes()).map_err(|_| EditError::NoZone)?;
    let say = |property: &str, at: Instant| {
        let civil = at.civil(by.zone);
        if resolve(civil, by.zone) != at {
            return Err(EditError::Unsayable);
        }
        Ok(format!("{property};TZID={name}:{}", wall(civil)))
    };
    Ok(Times {
        zone: zone.lines().map(str::to_owned).collect(),
        said: vec![say("DTSTART", slot.start)?, say("DTEND", slot.end)?, rule],
    })
}
