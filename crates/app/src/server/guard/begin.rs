//! A 1:1 that has none to come begins again, for good: the times at which it could, and the manager's tap on one.

use super::ahead::Ahead;
use super::deed;
use super::gather::{Counted, gather};
use super::look::{last_of, taps_of};
use super::onward::{firsts, movings, shown};
use super::proposals::LastTap;
use super::tap::{counted, gone, ordered};
use crate::server::{ServerError, Viewer};
use steadfast_calendar::{Instant, Slot};
use steadfast_guard::begin::{Begin, intent, times};
use steadfast_guard::policy::Level;
use steadfast_guard::threats::no_future;
use steadfast_store::{Accounts, Facts, Intent, Intents};

/// One of the viewer's reports with whom no 1:1 is to come.
#[derive(Clone, Debug)]
pub struct Beginning {
    /// The 1:1, that was or is to be.
    pub pair: String,
    /// Main address of the report.
    pub report: String,
    /// What it is called where it is told beside the page: the same as long as it is the same.
    pub event: String,
    /// Why, in plain words for the viewer; names nobody.
    pub because: String,
    /// Whether the viewer wants to be told of what comes of that 1:1.
    pub is_told: bool,
    /// What the invitation is called.
    pub title: String,
    /// At most three, the best first.
    pub times: Vec<Begin>,
    /// Whether it is known when the report is free.
    pub is_seen: bool,
    /// Whether the server can write it; otherwise it can only be done in the calendar itself.
    pub is_possible: bool,
    /// What became of the last tap, as long as the calendar was not seen since.
    pub tapped: Option<LastTap>,
}

/// Everybody with whom the viewer should have one and has none to come. No two are shown the same hour of a week, nor one that is
/// shown `beside` them, for another 1:1.
pub(super) fn beginnings(
    counted: &Counted<'_>,
    taps: &[Intent],
    beside: &[Slot],
    now: Instant,
) -> Vec<Beginning> {
    let named = &counted.named;
    let world = &named.world;
    let ones = world
        .ones_of(counted.me)
        .filter(|one| one.manager == counted.me);
    let mut ones: Vec<_> = ones.collect();
    ones.sort_by_key(|one| named.address(one.report));
    let mut taken = beside.to_vec();
    ones.into_iter()
        .filter_map(|one| {
            let threat = no_future(world, one.id, now)?;
            let known = named.one_on_one(one.id)?;
            let (policy, _) = counted.policies.of(counted.me, one.id);
            // Another end of it, or another line, is another event.
            let last = named.ahead.promises.iter().rev();
            let mut last = last.filter(|promise| promise.pair == known.pair);
            let since = known.since.map(Instant::seconds);
            let of = last.next().map(|promise| promise.promised.start.seconds());
            let times = times(world, one, &taken, now);
            taken.extend(times.iter().map(|time| time.first));
            let firsts = firsts(now, times.iter().map(|time| time.first));
            Some(Beginning {
                event: format!("{}/no_future/{}", known.pair, since.or(of).unwrap_or(0)),
                because: threat.because,
                is_told: policy.level > Level::Watch,
                pair: known.pair.clone(),
                report: known.report.clone(),
                title: deed::title(named.ahead, known),
                is_seen: named.is_known(one.report, &firsts),
                times,
                is_possible: named.ahead.home_of_a_series(&known.pair).is_some(),
                tapped: last_of("begin", &known.pair, taps, named.ahead),
            })
        })
        .collect()
}

/// Begins it with the first one at `first`, every so many weeks and by that title, as it was shown: the viewer's calendar invites the report.
///
/// # Errors
/// [`ServerError::NotFound`] where the viewer leads no such 1:1; [`ServerError::Input`] where that is not among the times any
/// more, or cannot be written from here.
pub async fn begin<S>(
    store: &S,
    viewer: &Viewer,
    ahead: &Ahead,
    now: Instant,
    pair: &str,
    (first, every_weeks, title): (Instant, u8, &str),
) -> Result<(), ServerError>
where
    S: Accounts + Facts + Intents,
{
    let gathered = gather(store, viewer, ahead, now).await?;
    let counted = counted(&gathered, pair, now)?;
    let taps = taps_of(store, viewer).await?;
    let beside = shown(&movings((&gathered, &counted), now));
    let mut all = beginnings(&counted, &taps, &beside, now).into_iter();
    let beginning = all.find(|one| one.pair == pair && one.title == title);
    let beginning = beginning.ok_or_else(gone)?;
    let mut shown = beginning.times.iter();
    let chosen = shown
        .find(|time| time.first.start == first && time.every_weeks == every_weeks)
        .ok_or_else(gone)?;
    let world = &counted.named.world;
    let one = counted.named.number_of(pair);
    let one = one.and_then(|id| world.one_on_one(id)).ok_or_else(gone)?;
    let why = "no 1:1 of the two was to come".to_owned();
    let intent = intent(one, *chosen, why);
    let about = (&gathered, &counted);
    let drafted = ordered(store, viewer, now, about, &intent).await?;
    drafted.write(store, viewer, &[]).await
}
