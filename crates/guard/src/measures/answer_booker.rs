//! **Answer the booker**: the 1:1 stays, the invitation over it is declined with a short note and three other times.

use super::{Asked, Draft, ELSEWHERE_DAYS, Remedy};
use crate::intent::{Measure, Undo, What};
use crate::policy::How;
use crate::world::meeting::{Answer, Meeting};
use steadfast_calendar::{Instant, Slot};

/// As many as are offered to a report: more would be a list to work through.
const MOST_INSTEAD: usize = 3;

/// What the booker reads where no other time was found.
pub const NOTE: &str = "I have a 1:1 then, which I keep. Could we find another time?";
/// What they read before other times.
pub const NOTE_WITH_TIMES: &str =
    "I have a 1:1 then, which I keep. Would one of these times do instead?";

/// What they read where the answer is perhaps.
pub const NOTE_PERHAPS: &str =
    "I have a 1:1 then, which I would like to keep. Could we find another time?";
/// The same, before other times.
pub const NOTE_PERHAPS_WITH_TIMES: &str =
    "I have a 1:1 then, which I would like to keep. Would one of these times do instead?";

pub(super) fn find(asked: &Asked<'_>) -> Option<Remedy> {
    let other = invitation(asked)?;
    let words = (NOTE, NOTE_WITH_TIMES);
    answered(
        asked,
        other,
        (Measure::AnswerBooker, Answer::Declined),
        words,
    )
}

/// **Answer with perhaps**, by the owner's tap alone: where what it is is a guess, or somebody above them invites, declining may be
/// too much. It still lies over the 1:1 then, and that is told.
pub(super) fn perhaps(asked: &Asked<'_>) -> Option<Remedy> {
    let other = invitation(asked).filter(|_| asked.how == How::ByOwner)?;
    let owner = asked.threat.on;
    let is_unsure = other.confidence < asked.policy.bounds.least_confidence;
    let is_above = asked.case.world.is_above(other.organiser, owner);
    if !(is_unsure || is_above) || other.answer_of(owner) == Some(Answer::Tentative) {
        return None;
    }
    let words = (NOTE_PERHAPS, NOTE_PERHAPS_WITH_TIMES);
    answered(
        asked,
        other,
        (Measure::AnswerPerhaps, Answer::Tentative),
        words,
    )
}

/// The invitation of somebody else that lies over it.
fn invitation<'a>(asked: &Asked<'a>) -> Option<&'a Meeting> {
    let other = asked.case.world.meeting(asked.threat.evidence.meeting?)?;
    let is_theirs = other.organiser != asked.threat.on && other.part_of.is_none();
    Some(other).filter(|_| asked.is_conflict() && is_theirs)
}

fn answered(
    asked: &Asked<'_>,
    other: &Meeting,
    (measure, answer): (Measure, Answer),
    (note, with_times): (&str, &str),
) -> Option<Remedy> {
    let owner = asked.threat.on;
    let before = other.answer_of(owner)?;
    let instead = instead(asked, other);
    let note = if instead.is_empty() { note } else { with_times };
    let intent = asked.intent(Draft {
        measure,
        what: What::Answer {
            meeting: other.id,
            person: owner,
            answer,
            note: note.to_owned(),
            instead,
        },
        on: Some((other.id, other.version)),
        booker: Some(other.organiser),
        free: Vec::new(),
        why: asked.threat.because.clone(),
        undo: Undo::AnswerAgain {
            answer: before,
            until: other.slot.start,
        },
    });
    Some(Remedy {
        measure,
        intents: vec![intent],
    })
}

/// Times at which the owner and, where their calendar is known, the booker are free; on different days first.
fn instead(asked: &Asked<'_>, other: &Meeting) -> Vec<Slot> {
    let (case, owner) = (asked.case, asked.threat.on);
    let known =
        |person: crate::ids::PersonId| case.world.person(person).is_some_and(|who| who.inside);
    let mut people = vec![owner];
    people.extend(Some(other.organiser).filter(|booker| known(*booker)));
    let freeze = asked.policy.bounds.freeze_minutes.max(0);
    let span = Slot::new(
        case.now
            .plus_minutes(freeze)
            .max(other.slot.start.plus_days(-1)),
        other.slot.start.plus_days(ELSEWHERE_DAYS),
    );
    let minutes = other.slot.minutes();
    let mut starts = case
        .world
        .starts(&people, span, minutes, Some(other.id), case.now);
    let away = |start: &Instant| start.seconds_since(other.slot.start).abs();
    starts.sort_unstable_by_key(|start| (away(start), *start));
    let mut days = std::collections::BTreeSet::new();
    let other_day = |start: &Instant| days.insert(start.seconds().div_euclid(24 * 60 * 60));
    let starts = starts.into_iter().filter(other_day).take(MOST_INSTEAD);
    starts
        .map(|start| Slot::new(start, start.plus_minutes(minutes)))
        .collect()
}
