//! How the world is after an intent was executed: what a provider confirmed, taken in without waiting for the next look.

use super::World;
use super::meeting::{Answer, Guest, Meeting};
use super::one_on_one::Changed as PromiseChanged;
use crate::ids::{MeetingId, PromiseId};
use crate::intent::{Changed, Intent, What};
use steadfast_calendar::{Instant, Slot};
use steadfast_ledger::case::Who;
use steadfast_ledger::occurrence::Class;

impl World {
    /// Takes in that an intent was executed; `made` names the meeting that comes of it, if one does. Gives the meeting that
    /// was made or written.
    ///
    /// # Errors
    /// What has changed since it was decided; nothing is done then.
    pub fn apply(
        &mut self,
        intent: &Intent,
        made: MeetingId,
        now: Instant,
    ) -> Result<Option<MeetingId>, Changed> {
        intent.still_true(self, now)?;
        match &intent.what {
            What::Move { meeting, to } | What::Restore { meeting, to } => {
                self.reslot(*meeting, *to, Who::Plan, now)?;
                Ok(Some(*meeting))
            }
            What::Book { people, slot } => {
                let guests = people.iter().map(|person| Guest {
                    person: *person,
                    answer: Answer::Accepted,
                });
                let booked = Meeting {
                    guests: guests.collect(),
                    part_of: intent.promise,
                    class: Class::OneOnOne,
                    ..blank(made, intent, *slot, now)
                };
                self.put_meeting(booked);
                if let Some(promise) = intent.promise.and_then(|id| self.promise_mut(id)) {
                    promise.replaced_by = Some(made);
                }
                Ok(Some(made))
            }
            What::Begin { people, first, .. } => {
                let guests = people.iter().map(|person| Guest {
                    person: *person,
                    answer: Answer::Accepted,
                });
                self.put_meeting(Meeting {
                    guests: guests.collect(),
                    class: Class::OneOnOne,
                    ..blank(made, intent, *first, now)
                });
                self.has_a_series(intent.one_on_one);
                Ok(Some(made))
            }
            What::Hold {
                person,
                slot,
                until,
            } => {
                self.put_meeting(Meeting {
                    guests: vec![Guest {
                        person: *person,
                        answer: Answer::Accepted,
                    }],
                    until: Some(*until),
                    ..blank(made, intent, *slot, now)
                });
                Ok(Some(made))
            }
            What::Answer {
                meeting,
                person,
                answer,
                ..
            } => {
                let mut answered = self
                    .meeting(*meeting)
                    .cloned()
                    .ok_or(Changed::Gone(*meeting))?;
                for guest in &mut answered.guests {
                    if guest.person == *person {
                        guest.answer = *answer;
                    }
                }
                answered.version += 1;
                answered.changed_at = now;
                self.put_meeting(answered);
                Ok(Some(*meeting))
            }
            What::Onward { meeting, first } => {
                let goes = self.meeting(*meeting).ok_or(Changed::Gone(*meeting))?;
                let later = first.start.seconds_since(goes.slot.start);
                let from = goes.slot.start;
                let ones: Vec<(MeetingId, Slot)> = self
                    .promises_between(intent.one_on_one, from, Instant::from_seconds(i64::MAX))
                    .filter_map(|promise| self.meeting(promise.stands?))
                    .map(|meeting| (meeting.id, meeting.slot))
                    .collect();
                for (one, slot) in ones {
                    let to =
                        Slot::new(slot.start.plus_seconds(later), slot.end.plus_seconds(later));
                    self.reslot(one, to, Who::Plan, now)?;
                }
                Ok(Some(*meeting))
            }
            What::Cancel { meeting } => {
                self.call_off(*meeting, Who::Plan, now);
                Ok(Some(*meeting))
            }
            // It is in no world before: what is shown as free takes nobody's time.
            What::Busy { .. } | What::Message(_) => Ok(None),
        }
    }

    /// A meeting is at another time by now; a promise that it stands for learns of it.
    ///
    /// # Errors
    /// There is none of that name.
    pub fn reslot(
        &mut self,
        id: MeetingId,
        to: Slot,
        by: Who,
        now: Instant,
    ) -> Result<(), Changed> {
        let mut meeting = self.meeting(id).cloned().ok_or(Changed::Gone(id))?;
        let from = meeting.slot;
        meeting.slot = to;
        meeting.version += 1;
        meeting.changed_by = by;
        meeting.changed_at = now;
        let promise = meeting.part_of;
        self.put_meeting(meeting);
        self.note(
            promise,
            PromiseChanged {
                at: now,
                by,
                from,
                to: Some(to),
            },
        );
        Ok(())
    }

    /// A meeting is off every calendar by now; a promise that it stood for learns of it.
    pub fn call_off(&mut self, id: MeetingId, by: Who, now: Instant) -> Option<Meeting> {
        let gone = self.remove_meeting(id)?;
        if let Some(promise) = gone.part_of.and_then(|id| self.promise_mut(id)) {
            if promise.stands == Some(id) {
                promise.stands = None;
            }
            if promise.replaced_by == Some(id) {
                promise.replaced_by = None;
            }
        }
        self.note(
            gone.part_of,
            PromiseChanged {
                at: now,
                by,
                from: gone.slot,
                to: None,
            },
        );
        Some(gone)
    }

    fn note(&mut self, promise: Option<PromiseId>, change: PromiseChanged) {
        if let Some(promise) = promise.and_then(|id| self.promise_mut(id)) {
            promise.changes.push(change);
        }
    }
}

/// A meeting of ours before anybody is on it.
fn blank(id: MeetingId, intent: &Intent, slot: Slot, now: Instant) -> Meeting {
    Meeting {
        id,
        slot,
        organiser: intent.owner,
        class: Class::Other,
        confidence: 1.0,
        urgent: None,
        guests: Vec::new(),
        also: Vec::new(),
        version: 1,
        part_of: None,
        changed_by: Who::Plan,
        changed_at: now,
        until: None,
    }
}
