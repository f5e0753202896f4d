//! **Make good**: a lost 1:1 gets a new place before the next one. The report is offered times and picks; what they picked
//! is booked. For a 1:1 that still stands, because something lies over it or the report asks for another time, that is done by the
//! owner's word alone: what lies over it goes first. Where they say nothing for long, and the policy says so, the best is booked
//! as an invitation that they may decline. Where they want none of them, nothing more is done.

use super::{Asked, Draft, Remedy};
use crate::case::Case;
use crate::debt;
use crate::ids::PersonId;
use crate::intent::{Intent, Measure, Undo, What};
use crate::message::{Event, Said, Tap, message};
use crate::offer::{Offer, Picked};
use crate::own::Own;
use crate::policy::{Bounds, How};
use crate::slots;
use crate::threats::{Kind, is_past};
use steadfast_calendar::{Instant, Slot};
use steadfast_ledger::case::Who;

pub(super) fn find(asked: &Asked<'_>) -> Option<Remedy> {
    let lost = matches!(
        asked.threat.kind,
        Kind::Cancelled | Kind::SeriesGone | Kind::Leave | Kind::Moved | Kind::Cut
    );
    let case = asked.case;
    // What the manager does not organise they cannot move: another one beside it would be two.
    let moves = case
        .stands
        .is_some_and(|stands| stands.organiser == case.one.manager);
    let is_wished = asked.threat.kind == Kind::Wished;
    let gives_way = (asked.is_conflict() || is_wished)
        && moves
        && asked.threat.on == case.one.manager
        && (asked.how == How::ByOwner
            || asked
                .own
                .offer(case.promise.id)
                .is_some_and(|offer| offer.by_owner));
    let owed = lost && asked.threat.on == case.one.manager && debt::is_owed(&case);
    if !gives_way && !owed {
        return None;
    }
    let from = earliest(asked);
    let promise = case.promise.id;
    // Its place may have been lost again after it was made good once: then that offer is over.
    let offer = asked.own.offer(promise).filter(|offer| {
        let booked = asked.own.is_made_good_since(promise, offer.at);
        // They wanted none of them; what a person changed since is another loss.
        let anew = offer.answer == Some(Picked::None)
            && case
                .promise
                .changes
                .iter()
                .any(|change| change.at > offer.at && change.by != Who::Plan);
        !booked && !anew
    });
    let is_picked = |offer: &Offer| matches!(offer.answer, Some(Picked::Slot(_)));
    if asked.threat.kind == Kind::Leave && is_past(&case) && !offer.is_some_and(is_picked) {
        return None;
    }
    let intents = match offer {
        None => offer_times(asked, from)?,
        Some(offer) => {
            let (slot, is_picked) = slot_to_book(asked, offer, from)?;
            let asked = Asked {
                // What the owner offered and the report picked is the word of both; anything else is the policy's.
                how: if offer.by_owner && is_picked {
                    How::ByOwner
                } else {
                    asked.how
                },
                ..*asked
            };
            book(&asked, slot)
        }
    };
    Some(Remedy {
        measure: Measure::MakeGood,
        intents,
    })
}

/// Minutes before its start by which a 1:1 that gives way is put elsewhere.
const BEFORE_IT_BEGINS: i64 = 30;

/// Days to both sides within which others are offered times: a fortnight, and the cadence of a month.
const LOOK: i64 = 35;

/// Nothing is put into the freeze.
fn earliest(asked: &Asked<'_>) -> Instant {
    let freeze = asked.policy.bounds.freeze_minutes.max(0);
    // Time to answer, before the first of the times comes.
    asked.case.now.plus_minutes(freeze.max(60) + 15)
}

fn offer_times(asked: &Asked<'_>, from: Instant) -> Option<Vec<Intent>> {
    let case = asked.case;
    let slots = slots::beside(&case, from, &offered_to_others(asked));
    let best = *slots.first()?;
    let text = match asked.threat.kind {
        Kind::Moved | Kind::Cut => "Your 1:1 was changed",
        Kind::Wished => "You asked for another time for your 1:1",
        Kind::Overlap | Kind::RunsInto => "Something has come over your 1:1",
        Kind::Cancelled if case.promise.not_held.is_some() => "Your 1:1 did not take place",
        Kind::Leave => "One of you is away when your 1:1 is to be",
        _ => "Your 1:1 was taken off",
    };
    let reason = case.promise.reason.as_ref();
    let reason = reason.map_or_else(String::new, |reason| format!(" (\"{reason}\")"));
    let owed = match asked.threat.kind {
        Kind::Wished => "Pick",
        _ => "It is owed to you: pick",
    };
    let text = format!("{text}{reason}. {owed} a time that suits you, or none.");
    let event = Event::of(asked.threat, Said::NewPlace);
    let taps = vec![Tap::Pick(slots)];
    let to_report = message(case.world, case.one.report, event, (text, taps), case.now);
    let tell = asked.intent(Draft {
        measure: Measure::MakeGood,
        what: What::Message(to_report),
        on: None,
        booker: None,
        free: Vec::new(),
        why: asked.threat.because.clone(),
        undo: Undo::Nothing,
    });
    let manager = case.one.manager;
    let until = best.start;
    let hold = asked.intent(Draft {
        measure: Measure::MakeGood,
        what: What::Hold {
            person: manager,
            slot: best,
            until,
        },
        on: None,
        booker: None,
        free: vec![(manager, best)],
        why: "it is the best of the times that your report can pick from".to_owned(),
        undo: Undo::TakeOff { until },
    });
    Some(vec![tell, hold])
}

/// Times from which others of the two can still pick, and that are offered to them in the same look.
fn offered_to_others(asked: &Asked<'_>) -> Vec<Slot> {
    let case = asked.case;
    let (back, ahead) = (case.now.plus_days(-LOOK), case.now.plus_days(LOOK));
    let two = case.two();
    let ones = two.iter().flat_map(|person| case.world.ones_of(*person));
    let promises = ones.flat_map(|one| case.world.promises_between(one.id, back, ahead));
    let others = promises.filter(|promise| promise.id != case.promise.id);
    let offers = others.filter_map(|promise| asked.own.offer(promise.id));
    // What was picked is theirs, also before their calendars show it.
    let slots = offers.flat_map(|offer| match offer.answer {
        None => offer.slots.clone(),
        Some(Picked::Slot(slot)) => vec![slot],
        Some(Picked::None) => Vec::new(),
    });
    let mut slots: Vec<Slot> = slots.filter(|slot| slot.start > case.now).collect();
    slots.extend_from_slice(asked.beside);
    slots
}

/// What is booked now, and whether that is what was picked; None: nothing yet, or nothing more.
fn slot_to_book(asked: &Asked<'_>, offer: &Offer, from: Instant) -> Option<(Slot, bool)> {
    let case = asked.case;
    let is_free = |slot: &Slot| is_bookable(&case, asked.own, *slot);
    match offer.answer {
        Some(Picked::None) => return None,
        Some(Picked::Slot(slot)) if is_free(&slot) => return Some((slot, true)),
        // Their time was taken meanwhile: the next best, which they may decline, where the policy books unasked.
        Some(Picked::Slot(_)) => {
            asked.policy.bounds.book_unanswered_after?;
        }
        None if case.now
            < due_to_book(
                &asked.policy.bounds,
                offer,
                case.to_come().map(|(_, slot)| slot),
            )? =>
        {
            return None;
        }
        None => {}
    }
    let fresh = || slots::best(&case, from).into_iter().next();
    let mut offered = offer.slots.iter().filter(|slot| slot.start >= from);
    let slot = offered.find(|slot| is_free(slot)).copied().or_else(fresh)?;
    Some((slot, false))
}

/// When the best is booked without an answer: after what the policy says, and in any case while half of the time to it is
/// left. None: never.
pub fn due_to_book(bounds: &Bounds, offer: &Offer, stands: Option<Slot>) -> Option<Instant> {
    let wait = bounds.book_unanswered_after?.max(0);
    let last = offer.slots.iter().map(|slot| slot.start).min()?;
    let half = last.minutes_since(offer.at).max(0) / 2;
    let waited = offer.at.plus_minutes(wait.min(half));
    // One that still stands, and that nobody will come to, goes elsewhere before it begins.
    let begins = stands.map(|slot| slot.start.plus_minutes(-BEFORE_IT_BEGINS));
    Some(
        begins
            .filter(|at| *at > offer.at)
            .map_or(waited, |at| at.min(waited)),
    )
}

/// Whether that time is to come and both are free then.
pub fn is_bookable(case: &Case<'_>, own: &Own, slot: Slot) -> bool {
    let mut two = case.two().into_iter();
    slot.start > case.now && two.all(|person| is_free_but_held(case, own, person, slot))
}

/// Free, apart from what we hold there ourselves for this very promise.
fn is_free_but_held(case: &Case<'_>, own: &Own, person: PersonId, slot: Slot) -> bool {
    let mut holds = own.holds(case.promise.id);
    let hold = holds.find(|id| {
        let hold = case.world.meeting(*id);
        hold.is_some_and(|hold| hold.slot.overlaps(slot))
    });
    case.world.is_free(person, slot, hold, case.now)
}

/// Holds are given back first; then the 1:1 itself goes there where it still stands whole, or a new one is booked.
fn book(asked: &Asked<'_>, slot: Slot) -> Vec<Intent> {
    let case = asked.case;
    let holds = asked.own.holds(case.promise.id);
    let held = holds.filter_map(|id| case.world.meeting(id));
    let mut intents: Vec<Intent> = held
        .map(|hold| {
            asked.intent(Draft {
                measure: Measure::MakeGood,
                what: What::Cancel { meeting: hold.id },
                on: Some((hold.id, hold.version)),
                booker: None,
                free: Vec::new(),
                why: "the time is not held any more".to_owned(),
                undo: Undo::Nothing,
            })
        })
        .collect();
    let movable = case.to_come().filter(|(stands, _)| {
        asked.threat.kind != Kind::Cut
            && stands.organiser == case.one.manager
            && case
                .two()
                .iter()
                .all(|person| stands.people().any(|guest| guest == *person))
    });
    let (what, on, undo) = match movable {
        Some((stands, was)) => (
            What::Move {
                meeting: stands.id,
                to: slot,
            },
            Some((stands.id, stands.version)),
            Undo::MoveBack {
                to: was,
                until: was.start.min(slot.start),
            },
        ),
        None => (
            What::Book {
                people: case.two(),
                slot,
            },
            None,
            Undo::TakeOff { until: slot.start },
        ),
    };
    intents.push(asked.intent(Draft {
        measure: Measure::MakeGood,
        what,
        on,
        booker: None,
        free: case.two().map(|person| (person, slot)).to_vec(),
        why: asked.threat.because.clone(),
        undo,
    }));
    intents
}
