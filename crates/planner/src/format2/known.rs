//! What is known of each person's time.

use super::expand::{Read, wrong};
use super::said::{self, Stretch};
use super::times::{clock, day, touched};
use crate::constraints::{FOCUS_FROM_QUARTERS, Known, Quarters};
use crate::problem::{DayCap, Person};
use crate::week::DAY;

/// Which weeks are planned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Planned {
    /// Both of a fortnight.
    Both,
    /// One, of these bits.
    One(u8),
}

impl Planned {
    /// The weeks that something said of these weeks is in: where one is planned, that one is every week.
    pub(super) fn weeks(self, said: u8) -> u8 {
        match self {
            Self::Both => said,
            Self::One(week) if said & week != 0 => 3,
            Self::One(_) => 0,
        }
    }
}

pub(super) fn person_of(said: &said::Person, boss: Option<usize>, known: &Known) -> Person {
    Person {
        name: printable(said.name.as_ref().unwrap_or(&said.id)),
        boss,
        utc_offset: known.utc_offset,
        buffer: said.buffer_minutes.div_ceil(15),
        per_day: said.at_most_a_day.map(|starts| DayCap {
            starts,
            utc_offset: known.utc_offset,
        }),
    }
}

/// A name as it may be shown: nothing in it speaks to a terminal.
fn printable(name: &str) -> String {
    name.chars().filter(|letter| !letter.is_control()).collect()
}

pub(super) fn known_of(at: usize, said: &said::Person, planned: Planned) -> Read<Known> {
    let field = |name: &str| format!("people[{at}].{name}");
    if said.utc_offset_minutes % 15 != 0 || !(-14 * 60..=14 * 60).contains(&said.utc_offset_minutes)
    {
        return Err(wrong(
            field("utc_offset_minutes"),
            "zones lie whole quarter hours off UTC, up to 14 hours",
        ));
    }
    let offset = said.utc_offset_minutes / 15;
    let mut known = Known {
        utc_offset: offset,
        ..Known::default()
    };
    let agreed = said.agreed.as_ref().unwrap_or(&said.work);
    for (stretches, name, quarters) in [
        (&said.work, "work", &mut known.work),
        (agreed, "agreed", &mut known.agreed),
        (&said.lunch, "lunch", &mut known.lunch),
        (&said.focus, "focus", &mut known.focus),
        (&said.prefers, "prefers", &mut known.prefers),
        (&said.avoids, "avoids", &mut known.avoids),
        (&said.risky, "risky", &mut known.risky),
    ] {
        for stretch in stretches {
            set(quarters, stretch, 3, offset, &field(name))?;
        }
    }
    // Blocks that touch are one, however they were written.
    known.quiet = known.focus.split_short(FOCUS_FROM_QUARTERS);
    for busy in &said.busy {
        let stretch = Stretch {
            days: busy.days.clone(),
            from: busy.from.clone(),
            to: busy.to.clone(),
        };
        let weeks = planned.weeks(busy.weeks.bits());
        set(&mut known.busy, &stretch, weeks, offset, &field("busy"))?;
        if !busy.absence {
            set(&mut known.meetings, &stretch, weeks, offset, &field("busy"))?;
        }
    }
    Ok(known)
}

/// The quarter hours of the day that a stretch touches.
fn hours(stretch: &Stretch, place: &str) -> Read<(i32, i32)> {
    let time = |said: &str| {
        clock(said).ok_or_else(|| wrong(place, format!("{said} is no time of the day, as 9:00 is")))
    };
    let (from, to) = (time(&stretch.from)?, time(&stretch.to)?);
    if from >= to {
        return Err(wrong(
            place,
            format!(
                "ends at {}, before it starts at {}",
                stretch.to, stretch.from
            ),
        ));
    }
    Ok(touched(from, to))
}

fn set(
    quarters: &mut Quarters,
    stretch: &Stretch,
    weeks: u8,
    offset: i32,
    place: &str,
) -> Read<()> {
    let (from, to) = hours(stretch, place)?;
    if stretch.days.trim().is_empty() {
        return Err(wrong(place, "no days, which are written Mon Tue Wed"));
    }
    for name in stretch.days.split_whitespace() {
        let day = day(name).ok_or_else(|| {
            wrong(
                place,
                format!("{name} is no day; they are written Mon Tue Wed"),
            )
        })?;
        let midnight = day * DAY - offset;
        quarters.set(midnight + from, midnight + to, weeks);
    }
    Ok(())
}
