//! When people are free: their working hours without what takes their time.

use super::World;
use super::meeting::Meeting;
use super::person::Asked;
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
        let is_itself = |meeting: &Meeting| Some(meeting.id) == apart_from;
        !away
            && !self.is_told_busy(person, slot, &is_itself)
            && self.around(person, slot).all(|meeting| {
                Some(meeting.id) == apart_from || !meeting.takes_time_of(person, now)
            })
    }

    /// Whether it is known when somebody is busy in `slot`: otherwise nothing known there may be something all the same.
    pub fn is_known(&self, person: PersonId, slot: Slot) -> bool {
        self.person(person).is_some_and(|known| {
            let covers = |asked: &Asked| is_within(slot, asked.span);
            known.calendar_seen || known.asked.as_ref().is_some_and(covers)
        })
    }

    /// Whether a calendar server says that somebody is busy in `slot`. What lies within the time of a meeting of theirs that is
    /// `set_aside` is that meeting.
    pub(crate) fn is_told_busy(
        &self,
        person: PersonId,
        slot: Slot,
        set_aside: &dyn Fn(&Meeting) -> bool,
    ) -> bool {
        self.told_busy(person, set_aside)
            .any(|busy| busy.overlaps(slot))
    }

    /// When a calendar server says that somebody is busy, without what is `set_aside`.
    pub(crate) fn told_busy<'a>(
        &'a self,
        person: PersonId,
        set_aside: &'a dyn Fn(&Meeting) -> bool,
    ) -> impl Iterator<Item = Slot> + 'a {
        let asked = self.person(person).and_then(|known| known.asked.as_ref());
        let busy = asked.into_iter().flat_map(|asked| &asked.busy).copied();
        busy.filter(move |busy| {
            let mut around = self.around(person, *busy);
            !around.any(|meeting| is_within(*busy, meeting.slot) && set_aside(meeting))
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

/// Whether all of a slot lies in another.
fn is_within(slot: Slot, other: Slot) -> bool {
    other.start <= slot.start && slot.end <= other.end
}

/// What two slots share.
fn shared(one: Slot, other: Slot) -> Option<Slot> {
    one.overlaps(other)
        .then(|| Slot::new(one.start.max(other.start), one.end.min(other.end)))
}
