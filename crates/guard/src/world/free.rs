//! When people are free: their working hours without what takes their time.

use super::World;
use crate::ids::{MeetingId, PersonId};
use steadfast_calendar::{Instant, Slot};

/// Days that are looked through at most.
const MOST_DAYS: usize = 22;

/// Starts are tried every quarter of an hour.
const STEP_MINUTES: i64 = 15;

impl World {
    /// Whether nothing takes somebody's time in `slot`, apart from one meeting.
    pub fn is_free(
        &self,
        person: PersonId,
        slot: Slot,
        apart_from: Option<MeetingId>,
        now: Instant,
    ) -> bool {
        let away = self
            .person(person)
            .is_some_and(|known| known.leave.iter().any(|leave| leave.overlaps(slot)));
        !away
            && self.around(person, slot).all(|meeting| {
                Some(meeting.id) == apart_from || !meeting.takes_time_of(person, now)
            })
    }

    /// Somebody's working hours within `span`, a slot for each day.
    pub fn working(&self, person: PersonId, span: Slot) -> Vec<Slot> {
        let Some(known) = self.person(person) else {
            return Vec::new();
        };
        let mut day = span.start.date(&known.zone);
        let mut found = Vec::new();
        for _ in 0..MOST_DAYS {
            if let Some(hours) = known.hours.on(day, &known.zone) {
                if hours.start >= span.end {
                    break;
                }
                found.extend(shared(hours, span));
            }
            match day.tomorrow() {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
        found
    }

    /// Starts within `span` at which all of `people` work and are free for so long, in order. The meeting that is to go
    /// there takes nobody's time.
    pub fn starts(
        &self,
        people: &[PersonId],
        span: Slot,
        minutes: i64,
        moving: Option<MeetingId>,
        now: Instant,
    ) -> Vec<Instant> {
        let Some((first, others)) = people.split_first() else {
            return Vec::new();
        };
        let mut open = self.working(*first, span);
        for person in others {
            let theirs = self.working(*person, span);
            open = open
                .iter()
                .flat_map(|one| theirs.iter().filter_map(|other| shared(*one, *other)))
                .collect();
        }
        let mut starts = Vec::new();
        for window in open {
            let quarter = STEP_MINUTES * 60;
            let late = window.start.seconds().rem_euclid(quarter);
            let mut at = window.start.plus_seconds((quarter - late) % quarter);
            while at.plus_minutes(minutes) <= window.end {
                let slot = Slot::new(at, at.plus_minutes(minutes));
                if people
                    .iter()
                    .all(|person| self.is_free(*person, slot, moving, now))
                {
                    starts.push(at);
                }
                at = at.plus_minutes(STEP_MINUTES);
            }
        }
        starts
    }
}

/// What two slots share.
fn shared(one: Slot, other: Slot) -> Option<Slot> {
    one.overlaps(other)
        .then(|| Slot::new(one.start.max(other.start), one.end.min(other.end)))
}
