//! A 1:1 whose time is fought over again and again is moved for good: the times at which it could be, and the manager's tap
//! on one. What was is not touched: the series ends, and another, made of it, takes its place.

use super::ahead::{Ahead, Meeting, OneOnOne};
use super::deed;
use super::gather::{Counted, gather};
use super::look::became;
use super::proposals::LastTap;
use super::tap::{counted, gone, not_here, refused};
use super::write::{Drafted, is_under_way};
use crate::server::{ServerError, Viewer};
use steadfast_calendar::Instant;
use steadfast_guard::ids::MeetingId;
use steadfast_guard::onward::{Coming, Onward, intent, is_fought_over, times};
use steadfast_store::{Accounts, Facts, Intent, Intents};

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
    /// Whether the server can write where it lies; otherwise it can only be done in the calendar itself.
    pub is_possible: bool,
    /// What became of the last tap, as long as the calendar was not seen since.
    pub tapped: Option<LastTap>,
}

/// Every 1:1 of the viewer's that they organise themself, that repeats plainly, and whose time does not hold: several were
/// disrupted, or something lies over several that are to come.
pub(super) fn movings(counted: &Counted<'_>, now: Instant) -> Vec<Moving> {
    let named = &counted.named;
    let world = &named.world;
    let ones = world
        .ones_of(counted.me)
        .filter(|one| one.manager == counted.me);
    let mut found: Vec<Moving> = ones
        .filter_map(|one| {
            let known = named.one_on_one(one.id)?;
            if !known.needs_another && !is_fought_over(world, one.id, now) {
                return None;
            }
            let (every_weeks, coming) = coming(named.ahead, known, now)?;
            let meeting = |id| named.meeting(id);
            let is_possible = coming
                .iter()
                .all(|one| meeting(one.meeting).is_some_and(Meeting::is_writable));
            let times = times(world, one, (&coming, every_weeks), now);
            let from = times.iter();
            let from = from.filter_map(|time| Some(meeting(time.meeting)?.id));
            Some(Moving {
                pair: known.pair.clone(),
                report: known.report.clone(),
                every_weeks,
                from: from.collect(),
                times,
                is_seen: named.is_seen(one.report),
                is_possible,
                tapped: None,
            })
        })
        .collect();
    found.sort_by(|a, b| a.report.cmp(&b.report));
    found
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
    let mut coming: Vec<Coming> = theirs
        .iter()
        .map(|(index, meeting)| Coming {
            meeting: MeetingId(*index),
            ruled: meeting.id,
        })
        .collect();
    coming.sort_by_key(|one| one.ruled);
    Some((every_weeks, coming))
}

impl Moving {
    pub(super) fn last_tap(&self, taps: &[Intent], ahead: &Ahead) -> Option<LastTap> {
        let about = format!("{}onward/", deed::about(&self.pair, None));
        let mut taps = taps.iter();
        let last = taps.find(|tap| tap.intent.starts_with(&about) && tap.undoes.is_none())?;
        became(last, ahead)
    }
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
    let gathered = gather(store, viewer, ahead).await?;
    let counted = counted(&gathered, pair, now)?;
    let about = format!("{}onward/", deed::about(pair, None));
    // From another window, or again: there is one on its way.
    if is_under_way(store, viewer, ahead, &about).await? {
        return Ok(());
    }
    let all = movings(&counted, now);
    let moving = all.iter().find(|one| one.pair == pair).ok_or_else(gone)?;
    let mut shown = moving.from.iter().zip(&moving.times);
    let (_, chosen) = shown
        .find(|(starts, time)| **starts == from && time.first.start == first)
        .ok_or_else(gone)?;
    let named = &counted.named;
    let one = named.number_of(pair);
    let one = one.and_then(|id| named.world.one_on_one(id));
    let version = named.world.meeting(chosen.meeting);
    let (one, version) = one.zip(version).ok_or_else(gone)?;
    let why = "its time was fought over again and again".to_owned();
    let intent = intent(one, *chosen, version.version, why);
    let guard = counted.guard(&counted.own, &counted.policies, now);
    guard.permits(&intent).map_err(refused)?;
    let mut drafted = Drafted::on(&gathered);
    let about = (&gathered, &counted);
    let added = drafted.add(store, viewer, now, about, &intent).await?;
    added.map_err(|_| not_here())?;
    drafted.write(store, viewer, &[]).await
}
