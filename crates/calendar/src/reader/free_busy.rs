//! A VFREEBUSY, read.

use super::content::split;
use super::lines::{Interest, Receiver, Unfolder};
use super::value::{Moment, duration, moment, utc_seconds};
use crate::free_busy::Busy;
use crate::instant::{Instant, Slot};

/// Spans of one answer: a calendar that has more within a month is none of a person.
const MOST: usize = 20_000;

/// What a stream says of when somebody is busy: all its VFREEBUSY together. `None` where there is none, where it breaks off, or
/// where one of its spans cannot be read: whoever is not known to be busy would be taken to be free.
pub fn busy(bytes: &[u8]) -> Option<Busy> {
    let mut lines: Unfolder<()> = Unfolder::default();
    let mut taken = Taken::default();
    lines.feed(bytes, &mut taken);
    lines.finish(&mut taken);
    if taken.is_odd || taken.is_inside || !taken.is_there {
        return None;
    }
    let mut busy = Busy {
        span: taken
            .from
            .zip(taken.to)
            .filter(|(from, to)| from < to)
            .map(|(from, to)| Slot::new(from, to)),
        slots: taken.slots,
    };
    busy.slots.sort_unstable();
    Some(busy)
}

#[derive(Default)]
struct Taken {
    is_inside: bool,
    is_there: bool,
    is_odd: bool,
    from: Option<Instant>,
    to: Option<Instant>,
    slots: Vec<Slot>,
}

impl Receiver for Taken {
    type Tag = ();

    fn interest(&mut self, _: &[u8], _: u32) -> Interest<()> {
        Interest::Whole(())
    }

    fn line(&mut self, _: Option<()>, line: &[u8], _: u32) {
        let name_end = line
            .iter()
            .position(|byte| matches!(byte, b';' | b':'))
            .unwrap_or(line.len());
        let name = line.get(..name_end).unwrap_or_default().trim_ascii();
        let name = name.to_ascii_uppercase();
        let mut is_free = false;
        let value = split(line, name_end, |key, value| {
            is_free |= key.eq_ignore_ascii_case(b"FBTYPE") && value.eq_ignore_ascii_case(b"FREE");
        });
        let is_of_it = value.is_some_and(|value| value.eq_ignore_ascii_case(b"VFREEBUSY"));
        match name.as_slice() {
            b"BEGIN" if is_of_it => (self.is_inside, self.is_there) = (true, true),
            b"END" if is_of_it => self.is_inside = false,
            b"DTSTART" if self.is_inside => self.from = value.and_then(instant),
            b"DTEND" if self.is_inside => self.to = value.and_then(instant),
            b"FREEBUSY" if self.is_inside && !is_free => self.take(value),
            _ => {}
        }
    }

    fn too_long(&mut self, _: u32) {
        self.is_odd = true;
    }
}

impl Taken {
    fn take(&mut self, value: Option<&[u8]>) {
        let Some(value) = value else {
            self.is_odd = true;
            return;
        };
        for period in value.split(|byte| *byte == b',') {
            match slot(period.trim_ascii()) {
                Some(slot) if self.slots.len() < MOST => self.slots.push(slot),
                _ => self.is_odd = true,
            }
        }
    }
}

/// A moment; only UTC is allowed here (RFC 5545 §3.8.2.6).
fn instant(value: &[u8]) -> Option<Instant> {
    match moment(value).ok()? {
        Moment::Utc(civil) => Some(Instant::from_seconds(utc_seconds(civil))),
        Moment::Date(_) | Moment::Local(_) => None,
    }
}

/// A period: two moments, or one and how long it is.
fn slot(period: &[u8]) -> Option<Slot> {
    let middle = period.iter().position(|byte| *byte == b'/')?;
    let (start, end) = period.split_at_checked(middle)?;
    let start = instant(start.trim_ascii())?;
    let end = end.get(1..)?.trim_ascii();
    let end = match instant(end) {
        Some(end) => end,
        None => {
            let (days, seconds) = duration(end).ok()?;
            start.plus_days(i64::from(days)).plus_seconds(seconds)
        }
    };
    (start < end).then(|| Slot::new(start, end))
}
