//! One intent held against one policy. Everything that is written or sent has come through here.

use super::{Level, Policies, Refused};
use crate::ids::PersonId;
use crate::intent::{Intent, What};
use crate::own::{Own, Text};
use crate::settle;
use crate::world::World;
use crate::world::meeting::Meeting;
use steadfast_calendar::Instant;

/// Who wants it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    /// The guard, by itself.
    Automatic,
    /// The owner, by a tap, having read every text that is sent.
    ByOwner,
}

/// What an intent is held against.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// How the calendars stand.
    pub world: &'a World,
    /// What was done before.
    pub own: &'a Own,
    /// Everybody's policies.
    pub policies: &'a Policies,
    /// Now.
    pub now: Instant,
}

/// Whether an intent may be executed. What the owner taps is bound by the switch, by what is theirs, and by what was done
/// before; what nobody tapped is bound by all that they set.
///
/// # Errors
/// The first reason against it.
pub fn permits(asked: Asked<'_>, intent: &Intent) -> Result<(), Refused> {
    let Asked {
        world,
        own,
        policies,
        now,
    } = asked;
    let how = intent.how;
    let owner = intent.owner;
    if policies.is_stopped(owner) {
        return Err(Refused::Stopped);
    }
    if own.was_done(&intent.key) {
        return Err(Refused::DoneBefore);
    }
    let (policy, _) = policies.of(owner, intent.one_on_one);
    if policy.level == Level::Watch {
        return Err(Refused::OnlyWatches);
    }
    let to_self = match &intent.what {
        What::Message(message) => {
            if own.was_said(message.to, message.event) {
                return Err(Refused::SaidBefore);
            }
            message.to == owner
        }
        _ => false,
    };
    if to_self {
        return Ok(());
    }
    if how == How::Automatic && policy.level == Level::Advise {
        return Err(Refused::OnlyAdvises);
    }
    if policy.bounds.dry_run {
        return Err(Refused::DryRun);
    }
    let on = intent.on.and_then(|(id, _)| world.meeting(id));
    if !is_theirs(world, intent, on) {
        return Err(Refused::NotTheirs);
    }
    if how == How::ByOwner {
        return Ok(());
    }
    settle::may(world, own, intent).map_err(Refused::Circle)?;
    let today = world
        .person(owner)
        .map(|person| now.date(&person.zone))
        .unwrap_or_default();
    if intent.is_deed() && own.actions(owner, today) >= policy.bounds.actions_a_day {
        return Err(Refused::EnoughToday);
    }
    let frozen = now.plus_minutes(policy.bounds.freeze_minutes);
    let moves = matches!(
        intent.what,
        What::Move { .. }
            | What::Restore { .. }
            | What::Book { .. }
            | What::Begin { .. }
            | What::Onward { .. }
    );
    let starts = [
        on.map(|on| on.slot.start),
        intent.puts_at().map(|slot| slot.start),
    ];
    if moves && starts.into_iter().flatten().any(|start| start < frozen) {
        return Err(Refused::Frozen);
    }
    let is_known = |(person, slot): &_| world.is_known(*person, *slot);
    if !intent.free.iter().all(is_known) {
        return Err(Refused::CalendarUnseen);
    }
    if let Some(other) = on.filter(|on| !is_the_one_on_one(world, intent, on)) {
        if own.was_decided(owner, other.id) {
            return Err(Refused::OwnerDecided);
        }
        if other.confidence < policy.bounds.least_confidence {
            return Err(Refused::ClassUnsure);
        }
        let boss = world.person(owner).and_then(|person| person.manager);
        if policy.bounds.wins_by_its_word(other) {
            return Err(Refused::SaysUrgent);
        }
        if policy.bounds.wins(other, boss) {
            return Err(Refused::MayWin);
        }
        if policy
            .bounds
            .may_be_emergency(other, world.has_outsiders(other))
        {
            return Err(Refused::MayBeEmergency);
        }
        let outside = world.person(other.organiser).is_none_or(|who| !who.inside);
        if policy.bounds.internal_bookers_only && outside {
            return Err(Refused::Outside);
        }
    }
    for person in reached(intent, on) {
        reaches(asked, &policy.bounds, intent, person)?;
    }
    Ok(())
}

/// Whether it may reach somebody by itself.
fn reaches(
    asked: Asked<'_>,
    bounds: &super::Bounds,
    intent: &Intent,
    person: PersonId,
) -> Result<(), Refused> {
    let owner = intent.owner;
    if person == owner {
        return Ok(());
    }
    let known = asked.world.person(person);
    if !bounds.outside && known.is_none_or(|known| !known.inside) {
        return Err(Refused::Outside);
    }
    if !bounds.up_the_line && asked.world.is_above(person, owner) {
        return Err(Refused::AboveInLine);
    }
    if known.is_none_or(|known| !known.joined) {
        return Err(Refused::NotJoined);
    }
    // An answer of another sort is the owner's own: nobody has read a text of it before.
    let text = Text::of(&intent.what);
    let says = text.is_some() || matches!(intent.what, What::Answer { .. });
    let has_read = text.is_some_and(|text| asked.own.has_previewed(owner, person, text));
    if says && bounds.preview_first && !has_read {
        return Err(Refused::NotPreviewed);
    }
    Ok(())
}

/// Everybody who would hear of it.
fn reached(intent: &Intent, on: Option<&Meeting>) -> Vec<PersonId> {
    match &intent.what {
        What::Move { .. } | What::Restore { .. } | What::Cancel { .. } | What::Onward { .. } => {
            on.map_or_else(Vec::new, |on| on.reached().collect())
        }
        What::Book { people, .. } | What::Begin { people, .. } => people.to_vec(),
        What::Hold { person, .. } | What::Busy { person } => vec![*person],
        What::Answer { .. } => on.map(|on| on.organiser).into_iter().collect(),
        What::Message(message) => vec![message.to],
    }
}

/// Whether the meeting written to is the 1:1 itself.
fn is_the_one_on_one(world: &World, intent: &Intent, on: &Meeting) -> bool {
    let promise = on.part_of.and_then(|id| world.promise(id));
    promise.is_some_and(|promise| promise.one_on_one == intent.one_on_one)
}

/// Whether it is the owner's to change: what they organise, their own answer, their own time, and their own 1:1.
fn is_theirs(world: &World, intent: &Intent, on: Option<&Meeting>) -> bool {
    let owner = intent.owner;
    match &intent.what {
        What::Move { .. } | What::Restore { .. } | What::Cancel { .. } | What::Onward { .. } => {
            on.is_some_and(|on| on.organiser == owner)
        }
        What::Book { people, .. } | What::Begin { people, .. } => people.contains(&owner),
        What::Hold { person, .. } | What::Busy { person } => *person == owner,
        What::Answer { person, .. } => {
            *person == owner && on.is_some_and(|on| on.answer_of(owner).is_some())
        }
        What::Message(_) => world
            .one_on_one(intent.one_on_one)
            .is_some_and(|one| one.manager == owner || one.report == owner),
    }
}
