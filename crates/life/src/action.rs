//! What people do to meetings, and what that leaves on the calendars.

use crate::{
    meeting::{Answer, CalledOff, Meeting, MeetingId, Override, Shift},
    person::PersonId,
    place::Zone,
};
use jiff::civil::DateTime;
use steadfast_calendar::{Instant, Slot};

/// One thing done by somebody at a moment.
#[derive(Clone, Debug)]
pub(crate) struct Action {
    pub(crate) at: Instant,
    pub(crate) meeting: MeetingId,
    /// The assistant, where one acts for the organiser.
    pub(crate) sent_by: Option<PersonId>,
    pub(crate) what: What,
}

/// The things that can be done.
#[derive(Clone, Debug)]
pub(crate) enum What {
    /// It is put on the calendars.
    Begin,
    /// The organiser gives one instance another slot (also: another length).
    Place { id: Instant, slot: Slot },
    /// The organiser calls one instance off.
    CallOff { id: Instant },
    /// The organiser removes one instance that took place.
    TidyAway { id: Instant },
    /// A guest answers for one instance.
    Reply {
        id: Instant,
        who: PersonId,
        answer: Answer,
    },
    /// A guest takes an instance off their own calendar.
    Leave { id: Instant, who: PersonId },
    /// Guests clear the "Canceled:" entry away.
    Clear { id: Instant },
    /// The series ends; `until` is the last start that stands.
    End { until: Instant },
    /// The whole series is rewritten in place; overrides are lost (Outlook).
    Rewrite { start: DateTime, minutes: i64 },
    /// RANGE=THISANDFUTURE.
    ShiftFrom { id: Instant, minutes: i64 },
    /// It is deleted.
    Delete,
    /// Its text is edited.
    EditText,
    /// Its zone is renamed; no moment changes.
    Rezone { zone: Zone },
}

impl Action {
    /// Does it. `bumps_on_call_off`: whether the provider raises SEQUENCE of a series when instances go
    /// (Google does not, neither for one nor for all from here on).
    pub(crate) fn apply(&self, meeting: &mut Meeting, bumps_on_call_off: bool) {
        match &self.what {
            What::Begin => {
                meeting.live = true;
                meeting.created = self.at;
                meeting.modified = self.at;
                meeting.sent_by = self.sent_by;
            }
            What::Place { id, slot } => self.place(meeting, *id, *slot),
            What::CallOff { id } | What::TidyAway { id } => {
                self.call_off(meeting, *id, bumps_on_call_off);
            }
            What::Reply { id, who, answer } => reply(meeting, *id, *who, *answer, self.at),
            What::Leave { id, who } => {
                meeting.left.insert((*who, *id));
            }
            What::Clear { id } => {
                if let Some(note) = meeting.called_off.get_mut(id) {
                    note.cleared_by_guest = true;
                }
            }
            What::End { until } => {
                meeting.until = Some(*until);
                meeting.overrides.retain(|id, _| id <= until);
                self.touch(meeting, bumps_on_call_off);
            }
            What::Rewrite { start, minutes } => {
                meeting.start = *start;
                meeting.minutes = *minutes;
                if let Some(rule) = &mut meeting.rule {
                    rule.days = vec![start.date().weekday()];
                }
                meeting.overrides.clear();
                meeting.called_off.clear();
                self.touch(meeting, true);
            }
            What::ShiftFrom { id, minutes } => {
                meeting.sequence += 1;
                meeting.shifted = Some(Shift {
                    from: *id,
                    minutes: *minutes,
                    modified: self.at,
                    sequence: meeting.sequence,
                });
                self.touch(meeting, false);
            }
            What::Delete => meeting.live = false,
            What::EditText => {
                meeting.edits += 1;
                meeting.modified = self.at;
            }
            What::Rezone { zone } => {
                meeting.zone = zone.clone();
                meeting.modified = self.at;
            }
        }
    }

    fn touch(&self, meeting: &mut Meeting, bump: bool) {
        meeting.modified = self.at;
        meeting.sent_by = self.sent_by;
        if bump {
            meeting.sequence += 1;
        }
    }

    fn place(&self, meeting: &mut Meeting, id: Instant, slot: Slot) {
        if meeting.rule.is_none() {
            meeting.start = meeting.civil(slot.start);
            meeting.minutes = slot.minutes();
            self.touch(meeting, true);
            return;
        }
        let before = meeting
            .overrides
            .get(&id)
            .map_or(meeting.sequence, |o| o.sequence);
        // A new time asks everybody but the organiser again (RFC 5546 §3.2.2.1); a new length only who had declined.
        let moved = meeting.stands(id).is_none_or(|old| old.start != slot.start);
        let answers = meeting
            .guests
            .iter()
            .zip(meeting.answers(id))
            .map(|(guest, answer)| {
                let again =
                    (moved || answer == Answer::Declined) && meeting.organiser != Some(guest.who);
                if again { Answer::Open } else { answer }
            })
            .collect();
        let changed = Override {
            slot,
            answers,
            modified: self.at,
            sequence: before + 1,
            sent_by: self.sent_by,
        };
        meeting.overrides.insert(id, changed);
    }

    fn call_off(&self, meeting: &mut Meeting, id: Instant, bump: bool) {
        let Some(slot) = meeting.stands(id) else {
            return;
        };
        if meeting.rule.is_none() {
            meeting.live = false;
            return;
        }
        let sequence = meeting
            .overrides
            .get(&id)
            .map_or(meeting.sequence, |o| o.sequence)
            + 1;
        meeting.overrides.remove(&id);
        let note = CalledOff {
            at: self.at,
            slot,
            sequence,
            cleared_by_guest: matches!(self.what, What::TidyAway { .. }),
        };
        meeting.called_off.insert(id, note);
        self.touch(meeting, bump);
    }
}

fn reply(meeting: &mut Meeting, id: Instant, who: PersonId, answer: Answer, at: Instant) {
    if meeting.rule.is_none() {
        for guest in meeting.guests.iter_mut().filter(|guest| guest.who == who) {
            guest.answer = answer;
        }
        return;
    }
    let Some(slot) = meeting.stands(id) else {
        return;
    };
    let mut answers = meeting.answers(id);
    for (guest, theirs) in meeting.guests.iter().zip(&mut answers) {
        if guest.who == who {
            *theirs = answer;
        }
    }
    let (sequence, sent_by) = meeting
        .overrides
        .get(&id)
        .map_or((meeting.sequence, meeting.sent_by), |o| {
            (o.sequence, o.sent_by)
        });
    meeting.overrides.insert(
        id,
        Override {
            slot,
            answers,
            modified: at,
            sequence,
            sent_by,
        },
    );
}
