//! How long an instance lasts.

use crate::{
    event::End,
    instant::{Instant, Slot},
    wall::{DAY, Wall},
    when::When,
};
use jiff::tz::TimeZone;

/// The length of every instance that a component speaks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Length {
    /// The same exact time for all (RFC 5545 §3.8.5.3: a DTEND gives an exact duration).
    Exact(i64),
    /// Days of the wall clock, then exact seconds (§3.3.6).
    Nominal { days: i64, seconds: i64 },
}

impl Length {
    /// The length said by `start`, which is `at` that moment, and `end`; `unsaid` is what holds when neither DTEND nor DURATION
    /// is given.
    pub(super) fn of(
        (start, at): (&When, Instant),
        end: &End,
        zone: &TimeZone,
        unsaid: Option<Self>,
    ) -> Self {
        match end {
            End::At(When::Date(end)) if start.is_date() => Self::Nominal {
                days: Wall::from(*end).day() - Wall::from(start.civil()).day(),
                seconds: 0,
            },
            End::At(end) => Self::Exact(end.instant(zone).seconds_since(at)),
            End::Lasts { days: 0, seconds } => Self::Exact(*seconds),
            End::Lasts { days, seconds } => Self::Nominal {
                days: i64::from(*days),
                seconds: *seconds,
            },
            End::Unsaid => unsaid.unwrap_or(if start.is_date() {
                Self::Nominal {
                    days: 1,
                    seconds: 0,
                }
            } else {
                Self::Exact(0)
            }),
        }
    }

    /// The slot of this length that starts at `start`, where the wall clock shows `wall`; `resolve` makes a moment of a
    /// reading of that clock.
    pub(super) fn slot(
        self,
        start: Instant,
        wall: Wall,
        resolve: impl FnOnce(Wall) -> Instant,
    ) -> Slot {
        let end = match self {
            Self::Exact(seconds) => start.plus_seconds(seconds),
            Self::Nominal { days, seconds } => {
                resolve(wall.plus(days.saturating_mul(DAY))).plus_seconds(seconds)
            }
        };
        Slot::new(start, end)
    }
}
