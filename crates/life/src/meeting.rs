//! One meeting as it stands on the calendars at a moment: series or single, with all that was done to it.

use crate::{person::PersonId, place::Zone};
use jiff::{
    ToSpan,
    civil::{DateTime, Weekday},
};
use std::collections::{BTreeMap, BTreeSet};
use steadfast_calendar::{Instant, Slot, when::resolve};

/// Index of a meeting in a life.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct MeetingId(pub(crate) usize);

/// A guest's answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Answer {
    Open,
    Accepted,
    Tentative,
    Declined,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Guest {
    pub(crate) who: PersonId,
    pub(crate) answer: Answer,
}

/// A weekly rule: every `weeks` weeks on `days` (Monday first).
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) weeks: i64,
    pub(crate) days: Vec<Weekday>,
}

/// What was said about one instance.
#[derive(Clone, Debug)]
pub(crate) struct Override {
    pub(crate) slot: Slot,
    pub(crate) answers: Vec<Answer>,
    pub(crate) modified: Instant,
    pub(crate) sequence: u32,
    pub(crate) sent_by: Option<PersonId>,
}

/// An instance that was called off.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CalledOff {
    pub(crate) at: Instant,
    /// Where it stood.
    pub(crate) slot: Slot,
    pub(crate) sequence: u32,
    /// The guest has taken the cancelled entry off their own calendar.
    pub(crate) cleared_by_guest: bool,
}

/// What an entry does to its owner's time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shows {
    Busy,
    Free,
    OutOfOffice,
}

#[derive(Clone, Debug)]
pub(crate) struct Meeting {
    pub(crate) uid: String,
    pub(crate) title: String,
    /// `None`: a private entry without guests.
    pub(crate) organiser: Option<PersonId>,
    /// Everybody invited, the organiser included.
    pub(crate) guests: Vec<Guest>,
    /// Whose calendars hold it.
    pub(crate) holders: Vec<PersonId>,
    pub(crate) zone: Zone,
    pub(crate) start: DateTime,
    pub(crate) minutes: i64,
    /// Whole days instead of a time: how many.
    pub(crate) whole_days: Option<i64>,
    pub(crate) rule: Option<Rule>,
    /// Last start that stands.
    pub(crate) until: Option<Instant>,
    pub(crate) called_off: BTreeMap<Instant, CalledOff>,
    pub(crate) overrides: BTreeMap<Instant, Override>,
    /// From this instance on, this many minutes of wall clock later, and this long (RANGE=THISANDFUTURE).
    pub(crate) shifted: Option<Shift>,
    /// Instances a guest took off their own calendar.
    pub(crate) left: BTreeSet<(PersonId, Instant)>,
    pub(crate) shows: Shows,
    pub(crate) created: Instant,
    /// CREATED as it is written: of what was split off, that of what it was split off, where a provider says so.
    pub(crate) created_as: Option<Instant>,
    pub(crate) modified: Instant,
    pub(crate) sequence: u32,
    pub(crate) sent_by: Option<PersonId>,
    /// How often its text was edited.
    pub(crate) edits: u32,
    pub(crate) live: bool,
}

/// A re-timing from one instance on that keeps the series.
#[derive(Clone, Debug)]
pub(crate) struct Shift {
    pub(crate) from: Instant,
    pub(crate) minutes: i64,
    pub(crate) modified: Instant,
    pub(crate) sequence: u32,
}

impl Meeting {
    /// The wall clock of a moment in the meeting's own zone.
    pub(crate) fn civil(&self, at: Instant) -> DateTime {
        at.civil(&self.zone.tz)
    }

    /// The slot that begins at this wall clock.
    pub(crate) fn slot_at(&self, start: DateTime) -> Slot {
        let start = resolve(start, &self.zone.tz);
        Slot::new(start, start.plus_minutes(self.minutes))
    }

    /// The slots that the rule gives (before any shift), up to `horizon`.
    pub(crate) fn ruled(&self, horizon: Instant) -> Vec<Slot> {
        self.ruled_between(None, horizon)
    }

    /// The same without those that begin more than a round of the rule before `from`.
    pub(crate) fn ruled_between(&self, from: Option<Instant>, horizon: Instant) -> Vec<Slot> {
        let Some(rule) = &self.rule else {
            return vec![self.slot_at(self.start)];
        };
        let mut slots = Vec::new();
        let back = i64::from(self.start.date().weekday().to_monday_zero_offset());
        let mut monday = self.start.saturating_sub(back.days());
        if let Some(from) = from {
            let round = 7 * rule.weeks;
            let days = i64::from((self.civil(from).date() - monday.date()).get_days());
            monday = monday.saturating_add((round * (days.div_euclid(round) - 1).max(0)).days());
        }
        loop {
            for day in &rule.days {
                let start = monday.saturating_add(i64::from(day.to_monday_zero_offset()).days());
                if start < self.start {
                    continue;
                }
                let slot = self.slot_at(start);
                if slot.start >= horizon || self.until.is_some_and(|until| slot.start > until) {
                    return slots;
                }
                slots.push(slot);
            }
            monday = monday.saturating_add((7 * rule.weeks).days());
        }
    }

    /// Where the instance of this id stands now.
    pub(crate) fn stands(&self, id: Instant) -> Option<Slot> {
        if !self.live || self.called_off.contains_key(&id) || self.until.is_some_and(|u| id > u) {
            return None;
        }
        if let Some(changed) = self.overrides.get(&id) {
            return Some(changed.slot);
        }
        if let Some(shift) = self.shifted.as_ref().filter(|shift| id >= shift.from) {
            return Some(self.slot_at(self.civil(id).saturating_add(shift.minutes.minutes())));
        }
        Some(Slot::new(id, id.plus_minutes(self.minutes)))
    }

    /// The answers in force for an instance.
    pub(crate) fn answers(&self, id: Instant) -> Vec<Answer> {
        match self.overrides.get(&id) {
            Some(changed) => changed.answers.clone(),
            None => self.guests.iter().map(|guest| guest.answer).collect(),
        }
    }
}
