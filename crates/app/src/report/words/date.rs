//! Days and times as people write them: "3 March", "Tue 15:00", "25 May – 22 Nov 2026".

use jiff::civil::Date;
use jiff::tz::TimeZone;
use steadfast_calendar::{Instant, Slot};

/// "3 March"; with the year where it is not `year`.
pub(crate) fn day(date: Date, year: i16) -> String {
    if date.year() == year {
        date.strftime("%-d %B").to_string()
    } else {
        date.strftime("%-d %B %Y").to_string()
    }
}

/// "25 May – 22 Nov 2026", each with its own year where they differ.
pub(crate) fn span(from: Date, to: Date) -> String {
    let end = to.strftime("%-d %b %Y");
    if from == to {
        end.to_string()
    } else if from.year() == to.year() {
        format!("{} – {end}", from.strftime("%-d %b"))
    } else {
        format!("{} – {end}", from.strftime("%-d %b %Y"))
    }
}

/// "Tue 3 March, 15:00".
pub(crate) fn moment(at: Instant, zone: &TimeZone, year: i16) -> String {
    let civil = at.civil(zone);
    let weekday = civil.strftime("%a");
    let clock = civil.strftime("%-H:%M");
    format!("{weekday} {}, {clock}", day(civil.date(), year))
}

/// "15:00".
pub(crate) fn clock(at: Instant, zone: &TimeZone) -> String {
    at.civil(zone).strftime("%-H:%M").to_string()
}

/// Where something was held, told from the day it was promised for.
pub(crate) struct NewPlace {
    /// "16:00 the same day" or "Wed 4 March, 10:00".
    pub(crate) words: String,
    /// Whether both lie on one day, so that "at" fits and not "on".
    pub(crate) same_day: bool,
}

/// The place of `held` for somebody who knows `promised`.
pub(crate) fn new_place(promised: Slot, held: Slot, zone: &TimeZone, year: i16) -> NewPlace {
    let same_day = promised.start.date(zone) == held.start.date(zone);
    let words = if same_day {
        format!("{} the same day", clock(held.start, zone))
    } else {
        moment(held.start, zone, year)
    };
    NewPlace { words, same_day }
}
