//! One tap: what was proposed is decided anew on what is known now, and goes into the outbox.

use super::deed::deed;
use super::world::Named;
use crate::server::accounts::which_have_joined;
use crate::server::acting::intent as outbox;
use crate::server::{ServerError, Viewer, facts, ledger, sync};
use std::collections::BTreeSet;
use steadfast_calendar::Instant;
use steadfast_guard::decide::Guard;
use steadfast_guard::ids::{MeetingId, PersonId};
use steadfast_guard::intent::{Intent, Measure};
use steadfast_guard::offer::{Offer, Picked};
use steadfast_guard::own::Own;
use steadfast_guard::policy::{Policies, Refused};
use steadfast_guard::threats::{self, Threat};
use steadfast_guard::world::World;
use steadfast_store::{Accounts, Facts, Intents, NewIntent, Sources, Views, Write};

/// What was tapped, in the words of the form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tapped {
    /// The 1:1.
    pub pair: String,
    /// When it was promised.
    pub promised: Instant,
    /// The sort of threat.
    pub kind: String,
    /// The meeting that lies over it, by UID and identity.
    pub over_it: Option<(String, Instant)>,
    /// Which way out.
    pub way: Measure,
    /// Of a place to make it good: when it begins.
    pub at: Option<Instant>,
}

/// Does what was tapped, as far as it is still proposed; it is carried out by the next free node. Gives how much was
/// written to the outbox.
///
/// # Errors
/// [`ServerError::NotFound`] where there is no such 1:1; [`ServerError::Input`] where it is not so any more, or cannot be
/// done by the server, with what to do.
pub async fn tap<S>(
    store: &S,
    viewer: &Viewer,
    program: &str,
    now: Instant,
    tapped: &Tapped,
) -> Result<usize, ServerError>
where
    S: Accounts + Facts + Intents + Sources + Views,
{
    let ahead = ledger::ahead(store, viewer, program, now).await?;
    let people: Vec<&str> = ahead.of_the_one_on_ones().collect();
    let mut joined: BTreeSet<String> = which_have_joined(store, viewer, &people)
        .await?
        .into_iter()
        .collect();
    joined.insert(viewer.person().to_owned());
    let named = Named::of(&ahead, &joined);
    if !ahead.one_on_ones.iter().any(|one| one.pair == tapped.pair) {
        return Err(ServerError::NotFound);
    }
    if !ahead.is_fresh() {
        return Err(ServerError::Input(
            "your calendar was not seen within a day, and may be otherwise by now".to_owned(),
            "see on the page Calendars why, or change it in your calendar".to_owned(),
        ));
    }
    let me = named.person(viewer.person()).ok_or_else(gone)?;
    let decided = decide(&named, me, now, tapped)?;
    let mut deeds = Vec::new();
    for intent in decided.iter().filter(|intent| intent.is_write()) {
        deeds.push(deed(&named, intent).ok_or_else(not_here)?);
    }
    let zone = ahead.people.get(viewer.person());
    let zone = zone
        .and_then(|me| me.zone.iana_name())
        .unwrap_or("UTC")
        .to_owned();
    let stream = facts::calendar_of(viewer.person());
    let mut intents: Vec<NewIntent> = Vec::new();
    for deed in deeds {
        let known = sync::known(store, viewer.org(), &stream, &deed.place.source).await?;
        let text = known.get(&deed.place.calendar);
        let text = text
            .and_then(|calendar| calendar.get(&deed.place.href))
            .cloned();
        let made = deed.action(&ahead, zone.clone(), "you decided it", text.as_deref());
        let (name, action) = made.ok_or_else(gone)?;
        let name = free_name(store, viewer, name).await?;
        intents.extend(name.map(|name| outbox(&name, viewer.person(), &action, true, now)));
    }
    let write = Write {
        intents: &intents,
        ..Write::default()
    };
    store.write(viewer.org(), write).await?;
    Ok(intents.len())
}

/// What the guard makes of it now.
fn decide(
    named: &Named<'_>,
    me: PersonId,
    now: Instant,
    tapped: &Tapped,
) -> Result<Vec<Intent>, ServerError> {
    let promise = named
        .promised(&tapped.pair, tapped.promised)
        .ok_or_else(gone)?;
    let mut own = Own::default();
    if let (Measure::MakeGood, Some(start)) = (tapped.way, tapped.at) {
        let slot = offered(named, me, now, tapped, start)?;
        own.offered(
            promise,
            Offer {
                at: now,
                slots: vec![slot],
                by_owner: true,
                answer: Some(Picked::Slot(slot)),
            },
        );
    }
    let policies = Policies::default();
    let guard = guard(&named.world, &own, &policies, now);
    let threat = threat(named, me, now, tapped).ok_or_else(gone)?;
    guard.accept(&threat, tapped.way).map_err(refused)
}

/// The place that was tapped, as long as it is one of those that are offered.
fn offered(
    named: &Named<'_>,
    me: PersonId,
    now: Instant,
    tapped: &Tapped,
    start: Instant,
) -> Result<steadfast_calendar::Slot, ServerError> {
    let (own, policies) = (Own::default(), Policies::default());
    let guard = guard(&named.world, &own, &policies, now);
    let threat = threat(named, me, now, tapped).ok_or_else(gone)?;
    let intents = guard.accept(&threat, tapped.way).map_err(refused)?;
    let slots = intents.iter().flat_map(super::proposals::offered);
    let mut slots = slots.filter(|slot| slot.start == start);
    slots.next().ok_or_else(gone)
}

fn guard<'a>(world: &'a World, own: &'a Own, policies: &'a Policies, now: Instant) -> Guard<'a> {
    Guard {
        world,
        own,
        policies,
        serves: None,
        now,
    }
}

/// The threat that was tapped on, if it is still there.
fn threat(named: &Named<'_>, me: PersonId, now: Instant, tapped: &Tapped) -> Option<Threat> {
    let promise = named.promised(&tapped.pair, tapped.promised)?;
    let case = steadfast_guard::case::Case::of(&named.world, promise, now)?;
    let is_it = |id: MeetingId| {
        let meeting = named.meeting(id);
        meeting.map(|meeting| (meeting.uid.clone(), meeting.id)) == tapped.over_it
    };
    let mut found = threats::find(&case)
        .into_iter()
        .filter(|threat| threat.on == me && threat.kind.as_str() == tapped.kind);
    found.find(|threat| match &tapped.over_it {
        Some(_) => threat.evidence.meeting.is_some_and(is_it),
        None => true,
    })
}

/// A name under which nothing ended without effect: what failed may be tried again, what was done is not done twice.
async fn free_name<S: Intents>(
    store: &S,
    viewer: &Viewer,
    name: String,
) -> Result<Option<String>, ServerError> {
    /// Whoever tries more often has another problem.
    const MOST: usize = 9;
    let mut tried = name.clone();
    for number in 2..=MOST {
        match store.intent(viewer.org(), &tried).await? {
            None => return Ok(Some(tried)),
            Some(known) if !known.state.is_end() || known.state.stands() => return Ok(None),
            Some(_) => tried = format!("{name}/{number}"),
        }
    }
    Err(ServerError::Input(
        "this was tried often and did not work".to_owned(),
        "the log says why; change it in your calendar".to_owned(),
    ))
}

fn gone() -> ServerError {
    ServerError::Input(
        "it is not as it was when this was proposed".to_owned(),
        "look at what is proposed now".to_owned(),
    )
}

fn not_here() -> ServerError {
    ServerError::Input(
        "this server cannot write where that meeting lies".to_owned(),
        "change it in your calendar; or connect the account it lies in, on the page Calendars"
            .to_owned(),
    )
}

fn refused(refused: Refused) -> ServerError {
    match refused {
        Refused::DoneBefore | Refused::NotTheirs => gone(),
        refused => ServerError::Input(
            format!("it is not done: {refused}"),
            "change it in your calendar, or the policy of this 1:1".to_owned(),
        ),
    }
}
