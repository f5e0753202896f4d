//! Whether a look at a calendar can be believed.

use super::CalendarCopy;
use std::collections::HashSet;
use std::sync::Arc;
use steadfast_calendar::{Event, Instant, Series};

/// How a look is to be taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sight {
    /// As it says.
    Clear,
    /// More than half of a living calendar is gone at once: a gap in our sight, not a massacre.
    Lost,
    /// An older copy of what was seen already; it says nothing new.
    Stale,
}

/// With fewer living series than this, a deletion of most of them is plausible and believed.
const ENOUGH_TO_DOUBT: usize = 4;

impl Sight {
    pub(super) fn of(copy: &CalendarCopy, at: Option<Instant>, series: &[Series]) -> Self {
        let Some(at) = at else {
            return Self::Clear;
        };
        let here: HashSet<&str> = series.iter().map(|s| s.uid.as_ref()).collect();
        let titles: HashSet<(&str, usize)> = series.iter().filter_map(likeness).collect();
        let mut living = 0_usize;
        let mut gone = 0_usize;
        let mut older = 0_usize;
        for known in &copy.series {
            let Some(last) = known.now() else { continue };
            if !may_still_come(last, at) {
                continue;
            }
            living += 1;
            let renamed = likeness(last).is_some_and(|like| titles.contains(&like));
            if !here.contains(last.uid.as_ref()) && !renamed {
                gone += 1;
            }
        }
        let mut newer = 0_usize;
        for one in series {
            let known = copy.by_uid.get(&one.uid).and_then(|i| copy.series.get(*i));
            match known.and_then(|k| k.now()) {
                Some(last) if is_older(one, last, copy.last_look) => older += 1,
                Some(last) if super::same_content(one, last) => {}
                _ => newer += 1,
            }
        }
        if living >= ENOUGH_TO_DOUBT && gone * 2 > living {
            Self::Lost
        } else if older > 0 && newer == 0 {
            Self::Stale
        } else {
            Self::Clear
        }
    }
}

/// Title and number of people: recognises a meeting whose UID is new at every export.
fn likeness(series: &Series) -> Option<(&str, usize)> {
    let event = any_event(series)?;
    Some((event.summary.as_ref(), event.attendees.len()))
}

fn any_event(series: &Series) -> Option<&Event> {
    series
        .master
        .as_deref()
        .or_else(|| series.overrides.first().map(AsRef::as_ref))
}

/// Whether any instance may end after `at`: a coarse, cheap look (open rules may).
fn may_still_come(series: &Series, at: Instant) -> bool {
    let utc = jiff::tz::TimeZone::UTC;
    series.repeats()
        || series
            .master
            .iter()
            .chain(&series.overrides)
            .any(|e| e.start.instant(&utc) >= at)
}

/// Whether `candidate` is an older state than `known`, which was there at `look`: its SEQUENCE went back, or at the same
/// SEQUENCE its LAST-MODIFIED did (RFC 5546 §2.1.5). A state in which one component was changed after that look is no older
/// one, whatever another says: SOGo sets the LAST-MODIFIED of the organiser's master when somebody answers, and the
/// organiser's program then writes its own again, beside an instance that it moved.
pub(super) fn is_older(candidate: &Series, known: &Series, look: Option<Instant>) -> bool {
    let mut all = candidate.master.iter().chain(&candidate.overrides);
    let changed_since = |e: &Arc<Event>| e.last_modified > look && look.is_some();
    if all.any(changed_since) {
        return false;
    }
    let (Some(a), Some(b)) = (candidate.master.as_deref(), known.master.as_deref()) else {
        return false;
    };
    match a.sequence.cmp(&b.sequence) {
        std::cmp::Ordering::Less => modified_before(a, b) != Some(false),
        std::cmp::Ordering::Equal => modified_before(a, b) == Some(true),
        std::cmp::Ordering::Greater => false,
    }
}

fn modified_before(a: &Event, b: &Event) -> Option<bool> {
    Some(a.last_modified? < b.last_modified?)
}

#[cfg(test)]
mod tests {
    use super::is_older;
    use steadfast_calendar::{Instant, Reader, Series, group};

    /// A weekly series whose master was modified then, and one moved instance of it.
    fn series(modified: &str, moved: Option<&str>) -> Series {
        let event = |modified: &str, lines: &str| {
            format!(
                "BEGIN:VEVENT\r\nUID:one\r\nLAST-MODIFIED:{modified}\r\nDTSTART:20260106T140000Z\r\n{lines}END:VEVENT\r\n"
            )
        };
        let mut text = event(modified, "RRULE:FREQ=WEEKLY\r\n");
        text.extend(moved.map(|at| event(at, "RECURRENCE-ID:20260113T140000Z\r\n")));
        let text = format!("BEGIN:VCALENDAR\r\n{text}END:VCALENDAR\r\n");
        group(Reader::read(text.as_bytes()).events).remove(0)
    }

    #[test]
    fn a_state_in_which_something_was_changed_since_the_last_look_is_no_older_one() {
        let look: jiff::Timestamp = "2026-01-12T08:45:00Z".parse().expect("a moment");
        let look = Some(Instant::from(look));
        let answered = series("20260105T080000Z", None);
        let check = |modified: &str, moved: Option<&str>, expected: bool| {
            let one = series(modified, moved);
            assert_eq!(
                is_older(&one, &answered, look),
                expected,
                "{modified}, {moved:?}"
            );
        };
        check("20260105T072500Z", None, true);
        check("20260105T072500Z", Some("20260112T085500Z"), false);
        // As in a copy from before that instance was put back.
        check("20260105T072500Z", Some("20260104T085500Z"), true);
        check("20260105T080000Z", None, false);
        assert!(is_older(&series("20260105T072500Z", None), &answered, None));
    }
}
