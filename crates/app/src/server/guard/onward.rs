//! A 1:1 whose time is fought over again and again is moved for good: the times at which it could be, and the manager's tap
//! on one. What was is not touched: the series ends, and another, made of it, takes its place.

use super::ahead::{Ahead, Meeting, OneOnOne};
use super::between::{FOR_GOOD, Said};
use super::deed;
use super::gather::{Counted, Gathered, gather};
use super::look::taps_of;
use super::proposals::LastTap;
use super::tap::{counted, gone, not_here, ordered, refused};
use super::write::{Drafted, is_under_way};
use crate::server::acting::action_of;
use crate::server::ledger::Place;
use crate::server::{ServerError, Viewer};
use steadfast_calendar::{Instant, Slot};
use steadfast_guard::begin::WEEKS;
use steadfast_guard::ids::MeetingId;
use steadfast_guard::onward::{Coming, Onward, intent, is_fought_over, times};
use steadfast_guard::policy::Level;
use steadfast_store::{Accounts, Facts, Intent, IntentState, Intents};

/// One of the viewer's 1:1s whose time is fought over.
#[derive(Clone, Debug)]
pub struct Moving {
    /// The 1:1.
    pub pair: String,
    /// Main address of the report.
    pub report: String,
    /// Weeks from one to the next.
    pub every_weeks: u8,
    /// Original start of the one from which on it would go, at each of `times`.
    pub from: Vec<Instant>,
    /// At most three, the best first.
    pub times: Vec<Onward>,
    /// Whether it is known when the report is free.
    pub is_seen: bool,
    /// Whether the report has joined, so that they can pick.
    pub other_joined: bool,
    /// Whether the server can write where it lies; otherwise it can only be done in the calendar itself.
    pub is_possible: bool,
    /// Whether it lies where no series is moved for good from here, whatever its owner lets it.
    pub in_pieces: bool,
    /// What became of the last tap, as long as the calendar was not seen since.
    pub tapped: Option<LastTap>,
}

/// Every 1:1 of the viewer's that they organise themself, that repeats plainly, and whose time does not hold: several were
/// disrupted, or something lies over several that are to come. No two of them are shown the same hour of a week, nor one from
/// which another can pick.
pub(super) fn movings(
    (gathered, counted): (&Gathered<'_>, &Counted<'_>),
    now: Instant,
) -> Vec<Moving> {
    let named = &counted.named;
    let world = &named.world;
    let ones = world
        .ones_of(counted.me)
        .filter(|one| one.manager == counted.me);
    let mut ones: Vec<_> = ones.collect();
    ones.sort_by_key(|one| named.address(one.report));
    let mut shown: Vec<(String, Slot)> = open_for_good(gathered);
    ones.into_iter()
        .filter_map(|one| {
            let known = named.one_on_one(one.id)?;
            if !known.needs_another && !is_fought_over(world, one.id, now) {
                return None;
            }
            // Of what somebody chose only to watch nothing is told.
            let (policy, _) = counted.policies.of(counted.me, one.id);
            if policy.level == Level::Watch {
                return None;
            }
            let (every_weeks, coming) = coming(named.ahead, known, now)?;
            let meeting = |id| named.meeting(id);
            let is_possible = coming
                .iter()
                .all(|one| meeting(one.meeting).is_some_and(Meeting::is_writable_as_a_whole));
            let in_pieces = coming.iter().any(|one| {
                let place = meeting(one.meeting).and_then(|meeting| meeting.place.as_ref());
                place.is_some_and(Place::is_in_pieces)
            });
            let taken = shown.iter().filter(|(pair, _)| *pair != known.pair);
            let taken: Vec<Slot> = taken.map(|(_, slot)| *slot).collect();
            let times = times(world, one, (&coming, every_weeks), &taken, now);
            shown.extend(times.iter().map(|time| (known.pair.clone(), time.first)));
            let firsts = firsts(now, times.iter().map(|time| time.first));
            let from = times.iter();
            let from = from.filter_map(|time| Some(meeting(time.meeting)?.id));
            Some(Moving {
                pair: known.pair.clone(),
                report: known.report.clone(),
                every_weeks,
                from: from.collect(),
                times,
                is_seen: named.is_known(one.report, &firsts),
                other_joined: world.person(one.report).is_some_and(|who| who.joined),
                is_possible,
                in_pieces,
                tapped: None,
            })
        })
        .collect()
}

/// Times from which reports can still pick one for good, with the 1:1.
fn open_for_good(gathered: &Gathered<'_>) -> Vec<(String, Slot)> {
    let open = gathered.between.iter().filter_map(|(pair, all)| {
        let offer = all.get(&FOR_GOOD)?.offer.as_ref()?;
        offer.answer.is_none().then_some((pair, &offer.slots))
    });
    let slots = open.flat_map(|(pair, slots)| slots.iter().map(|slot| (pair.clone(), *slot)));
    slots.collect()
}

/// The times that all of these show.
pub(super) fn shown(movings: &[Moving]) -> Vec<Slot> {
    let times = movings.iter().flat_map(|one| &one.times);
    times.map(|time| time.first).collect()
}

/// The first of each time, and all of the weeks that times for good are held against: what is known of these is known of them.
pub(super) fn firsts(now: Instant, times: impl Iterator<Item = Slot>) -> Vec<Slot> {
    let weeks = Slot::new(now, now.plus_days(7 * WEEKS));
    times.chain([weeks]).collect()
}

/// The coming ones of its series, the next one first, with the weeks between them; `None` where it is not one plain series that
/// the viewer organises.
fn coming(ahead: &Ahead, one: &OneOnOne, now: Instant) -> Option<(u8, Vec<Coming>)> {
    let me = ahead.me.first()?;
    let all = (0_u32..).zip(&ahead.meetings);
    let theirs: Vec<(u32, &Meeting)> = all
        .filter(|(_, meeting)| {
            meeting.repeats && meeting.id > now && one.uids.contains(&meeting.uid)
        })
        .collect();
    let (_, next) = theirs.first()?;
    let every_weeks = next.weekly?;
    let is_one = |(_, meeting): &(u32, &Meeting)| {
        meeting.uid == next.uid && meeting.organiser == *me && meeting.weekly == next.weekly
    };
    if !theirs.iter().all(is_one) {
        return None;
    }
    // One that has a place of its own keeps it: it goes from the next one on that is where its series puts it.
    let as_ruled = theirs
        .iter()
        .filter(|(_, meeting)| meeting.slot.start == meeting.id);
    let mut coming: Vec<Coming> = as_ruled
        .map(|(index, meeting)| Coming {
            meeting: MeetingId(*index),
            ruled: meeting.id,
        })
        .collect();
    coming.sort_by_key(|one| one.ruled);
    (!coming.is_empty()).then_some((every_weeks, coming))
}

/// Moves it for good, from the one whose original start is `from` on to the time whose first one is at `first`, as it was shown.
///
/// # Errors
/// [`ServerError::NotFound`] where the viewer leads no such 1:1; [`ServerError::Input`] where that is not among the times any
/// more, or cannot be written from here.
pub async fn onward<S>(
    store: &S,
    viewer: &Viewer,
    ahead: &Ahead,
    now: Instant,
    pair: &str,
    (from, first): (Instant, Instant),
) -> Result<(), ServerError>
where
    S: Accounts + Facts + Intents,
{
    let gathered = gather(store, viewer, ahead, now).await?;
    let counted = counted(&gathered, pair, now)?;
    let about = format!("{}onward/", deed::about(pair, None));
    // From another window, or again: there is one on its way.
    if is_under_way(store, viewer, ahead, &about).await? {
        return Ok(());
    }
    let all = movings((&gathered, &counted), now);
    let moving = all.iter().find(|one| one.pair == pair).ok_or_else(gone)?;
    let mut shown = moving.from.iter().zip(&moving.times);
    let (_, chosen) = shown
        .find(|(starts, time)| **starts == from && time.first.start == first)
        .ok_or_else(gone)?;
    let intent = intended(&counted, pair, *chosen).ok_or_else(gone)?;
    let about = (&gathered, &counted);
    let mut drafted = ordered(store, viewer, now, about, &intent).await?;
    let between = gathered.between.get(pair);
    if between.is_some_and(|all| {
        all.get(&FOR_GOOD)
            .is_some_and(|about| about.offer.is_some())
    }) {
        // What was offered is over: it is decided.
        let over = Said::Withdrawn {
            promised: FOR_GOOD,
            by_itself: false,
        };
        drafted.say(pair, &over, viewer.person(), now);
    }
    drafted.write(store, viewer, &[]).await
}

/// What was offered for good can be no more.
const OVER: Said = Said::Withdrawn {
    promised: FOR_GOOD,
    by_itself: true,
};

/// What moves it to one of the times, by the manager's own word.
fn intended(
    counted: &Counted<'_>,
    pair: &str,
    chosen: Onward,
) -> Option<steadfast_guard::intent::Intent> {
    let named = &counted.named;
    let one = named.world.one_on_one(named.number_of(pair)?)?;
    let version = named.world.meeting(chosen.meeting)?.version;
    let why = "its time was fought over again and again".to_owned();
    Some(intent(one, chosen, version, why))
}

/// Lets the report pick among the times, from their own page; what they pick is moved to by the manager's calendar.
///
/// # Errors
/// [`ServerError::NotFound`] where the viewer leads no such 1:1; [`ServerError::Input`] where there is nothing to pick from, or
/// nobody who could, or it could not be written.
pub async fn offer_onward<S>(
    store: &S,
    viewer: &Viewer,
    ahead: &Ahead,
    now: Instant,
    pair: &str,
) -> Result<(), ServerError>
where
    S: Accounts + Facts + Intents,
{
    let gathered = gather(store, viewer, ahead, now).await?;
    let counted = counted(&gathered, pair, now)?;
    let report = ahead.led(viewer.person(), pair).map(|one| &one.report);
    if report.is_none_or(|report| !gathered.joined.contains(report)) {
        return Err(gone());
    }
    let slots = to_offer((&gathered, &counted), now, pair)?;
    let slot = |slot: &Slot| (slot.start.seconds(), slot.end.seconds());
    let said = Said::Offered {
        promised: FOR_GOOD,
        slots: slots.iter().map(slot).collect(),
        by_owner: true,
        booked_from: None,
    };
    let mut drafted = Drafted::on(&gathered);
    drafted.say(pair, &said, viewer.person(), now);
    drafted.write(store, viewer, &[]).await
}

/// The times from which the report could pick, the first of each: each of them would be written, if it is picked.
///
/// # Errors
/// [`ServerError::Input`] where there is nothing to pick from, or it could not be written.
pub(super) fn to_offer(
    (gathered, counted): (&Gathered<'_>, &Counted<'_>),
    now: Instant,
    pair: &str,
) -> Result<Vec<Slot>, ServerError> {
    let all = movings((gathered, counted), now);
    let moving = all.iter().find(|one| one.pair == pair).ok_or_else(gone)?;
    if moving.times.is_empty() || !gathered.known.contains(pair) {
        return Err(gone());
    }
    if !moving.is_possible {
        return Err(not_here());
    }
    let guard = counted.guard(&counted.own, &counted.policies, now);
    for time in &moving.times {
        let intent = intended(counted, pair, *time).ok_or_else(gone)?;
        guard.permits(&intent).map_err(refused)?;
    }
    Ok(moving.times.iter().map(|time| time.first).collect())
}

/// Moves what the report picked for good; what can be no more is offered no more. Each pick is tried once.
pub(super) async fn follow<S>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    (gathered, counted): (&Gathered<'_>, &Counted<'_>),
    drafted: &mut Drafted,
) -> Result<(), ServerError>
where
    S: Facts + Intents,
{
    let offers = gathered.between.iter().filter_map(|(pair, all)| {
        let offer = all.get(&FOR_GOOD)?.offer.as_ref()?;
        let is_mine = gathered.ahead.led(viewer.person(), pair).is_some();
        // None of them is an answer, and it stays.
        (is_mine && offer.answer != Some(None)).then_some((pair, offer))
    });
    let offers: Vec<_> = offers.collect();
    if offers.is_empty() {
        return Ok(());
    }
    let all = movings((gathered, counted), now);
    let taps = taps_of(store, viewer).await?;
    for (pair, offer) in offers {
        let about = format!("{}onward/", deed::about(pair, None));
        let is_of_it = |tap: &Intent| {
            tap.intent.starts_with(&about)
                && tap.created.0 >= offer.at.seconds() * 1_000_000
                && tap.state != IntentState::Undone
                && action_of(tap).is_ok_and(|action| action.agreed)
        };
        if taps.iter().any(is_of_it) {
            continue;
        }
        let times = all.iter().filter(|one| one.pair == *pair);
        let times: Vec<&Onward> = times.flat_map(|one| &one.times).collect();
        let slots = match offer.answer.flatten() {
            Some(picked) => vec![picked],
            None => offer.slots.clone(),
        };
        let chosen = times.into_iter().find(|time| slots.contains(&time.first));
        let Some(chosen) = chosen else {
            drafted.say(pair, &OVER, viewer.person(), now);
            continue;
        };
        let intent = intended(counted, pair, *chosen);
        let Some(intent) = intent.filter(|_| offer.answer.is_some()) else {
            continue;
        };
        let guard = counted.guard(&counted.own, &counted.policies, now);
        if guard.permits(&intent).is_ok() {
            let about = (gathered, counted);
            // Where nothing can be written, it stays picked, and both see that it does not stand.
            let _ = drafted.add(store, viewer, now, about, &intent).await?;
        }
    }
    Ok(())
}
