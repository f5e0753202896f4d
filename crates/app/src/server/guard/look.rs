//! What the guard has to say to somebody now.

use super::ahead::Ahead;
use super::begin::{Beginning, beginnings};
use super::between::{About, Between, FOR_GOOD};
use super::busy::{ShownAsFree, shown_as_free};
use super::deed;
use super::gather::gather;
use super::onward::{Moving, movings, shown};
use super::proposals::{LastTap, Proposed, proposals};
use super::wish::waits;
use crate::server::acting::{Switches, came_of};
use crate::server::{ServerError, Viewer};
use std::collections::{BTreeMap, BTreeSet};
use steadfast_calendar::Instant;
use steadfast_store::{Accounts, Facts, Intent, Intents};

/// Taps that are looked through, the newest first.
const TAPS: u32 = 100;

/// What the guard has to say.
#[derive(Clone, Debug, Default)]
pub struct Outlook {
    /// Whether the viewer's calendar was seen within a day: else nothing is said, as it may be otherwise by now.
    pub is_fresh: bool,
    /// Whether they stopped the guard: what threatens is told, and nothing is done.
    pub is_stopped: bool,
    /// How the switches stand.
    pub switches: Switches,
    /// Whether something threatens a 1:1 that they chose only to watch.
    pub is_untold: bool,
    /// Coming 1:1s of which their calendar does not show where they stand.
    pub unplaced: usize,
    /// 1:1s of which one to come stands as free on their calendar: whoever looks for a time sees it as open, and it is not watched.
    pub shown_free: Vec<ShownAsFree>,
    /// What threatens their 1:1s, the soonest first.
    pub proposals: Vec<Proposed>,
    /// Their reports with whom no 1:1 is to come, and when one could begin.
    pub beginnings: Vec<Beginning>,
    /// Addresses of those who said when they work: what is offered keeps to that, and to nine to five of all others.
    pub hours_said: BTreeSet<String>,
    /// Their 1:1s whose time is fought over, and when they could be instead, for good.
    pub movings: Vec<Moving>,
    /// What stands between them and those they meet, about promises that are to come or are owed.
    pub between: Vec<Standing>,
}

/// What stands about one promise.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The 1:1.
    pub pair: String,
    /// When it was promised.
    pub promised: Instant,
    /// Whether what was picked, or where it was put, stands on the viewer's calendar.
    pub stands: bool,
    /// Whether it stands there as far as anything is seen: on the organiser's calendar, if not on the viewer's.
    pub is_put: bool,
    /// Whether the viewer is the manager of the two.
    pub as_manager: bool,
    /// What stands.
    pub about: About,
}

/// What the guard has to say to the viewer now.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub async fn outlook<S>(
    store: &S,
    viewer: &Viewer,
    ahead: &Ahead,
    now: Instant,
) -> Result<Outlook, ServerError>
where
    S: Accounts + Facts + Intents,
{
    let gathered = gather(store, viewer, ahead, now).await?;
    let between = standing(ahead, &gathered.between, now);
    let switches = gathered.switches;
    let Some(counted) = gathered.counted(now) else {
        return Ok(Outlook {
            switches,
            between,
            hours_said: hours_said(ahead),
            ..Outlook::default()
        });
    };
    let (mut proposals, is_untold) = proposals(&counted, now);
    let leads_one = ahead.one_on_ones.iter().any(|one| !one.goes_on);
    let mut movings = movings((&gathered, &counted), now);
    let beside = shown(&movings);
    let mut taps = Vec::new();
    let is_free = !ahead.shown_free().is_empty();
    if !proposals.is_empty() || !movings.is_empty() || leads_one || is_free {
        taps = taps_of(store, viewer).await?;
    }
    for one in &mut proposals {
        one.tapped = last_tap(&taps, one, ahead);
    }
    for one in &mut movings {
        one.tapped = last_of("onward", &one.pair, &taps, ahead);
    }
    Ok(Outlook {
        is_fresh: true,
        is_stopped: counted.is_stopped,
        switches,
        is_untold,
        unplaced: ahead.unplaced.len(),
        shown_free: shown_as_free(ahead, &taps),
        proposals,
        beginnings: beginnings(&counted, &taps, &beside, now),
        hours_said: hours_said(ahead),
        movings,
        between,
    })
}

fn hours_said(ahead: &Ahead) -> BTreeSet<String> {
    let people = ahead.people.iter();
    let said = people.filter(|(_, someone)| someone.hours.is_some());
    said.map(|(address, _)| address.clone()).collect()
}

/// What they had done lately, the newest first.
pub(super) async fn taps_of<S: Intents>(
    store: &S,
    viewer: &Viewer,
) -> Result<Vec<Intent>, ServerError> {
    Ok(store
        .intents_of(viewer.org(), viewer.person(), TAPS)
        .await?)
}

/// Days back that are told of.
const BACK: i64 = 14;

fn standing(ahead: &Ahead, between: &BTreeMap<String, Between>, now: Instant) -> Vec<Standing> {
    let me = ahead.me.first().map_or("", String::as_str);
    let mut all = Vec::new();
    for one in &ahead.one_on_ones {
        let since = now.plus_days(-BACK).seconds();
        for (promised, about) in between.get(&one.pair).into_iter().flatten() {
            let put = about.now_at();
            // For good is said of no day: it is told for as long from when it was offered.
            let told_of = match &about.offer {
                Some(offer) if *promised == FOR_GOOD => offer.at.seconds(),
                _ => *promised,
            };
            if told_of < since && put.is_none_or(|slot| slot.end <= now) {
                continue;
            }
            let start = Instant::from_seconds(*promised);
            let begins = ahead.begins(&one.pair, start).flatten();
            let mut about = about.clone();
            about.asked = about
                .asked
                .filter(|_| waits(ahead, (&one.pair, start), &about));
            all.push(Standing {
                pair: one.pair.clone(),
                promised: start,
                stands: put.is_some_and(|slot| ahead.has(one, slot)),
                is_put: put.is_some_and(|slot| Some(slot.start) == begins),
                as_manager: one.manager == me,
                about,
            });
        }
    }
    all
}

/// The last tap on that very card, as long as the calendar was not seen since it was done.
fn last_tap(taps: &[Intent], proposed: &Proposed, ahead: &Ahead) -> Option<LastTap> {
    let about = deed::about(&proposed.pair, proposed.promised.map(|slot| slot.start));
    let is_of_it = |name: &str| {
        let over = proposed.over_it.as_ref().map(|over| &over.meeting);
        name.strip_prefix(&about).is_some_and(|deed| match over {
            Some((uid, id)) => {
                deed.contains(&format!("/{uid}/{}/", id.seconds())) || deed.starts_with("book/")
            }
            None => true,
        })
    };
    let mut taps = taps.iter();
    let last = taps.find(|tap| is_of_it(&tap.intent) && tap.undoes.is_none())?;
    became(last, ahead)
}

/// What became of the last tap of that sort on a 1:1: `begin`, `onward` or `busy`.
pub(super) fn last_of(sort: &str, pair: &str, taps: &[Intent], ahead: &Ahead) -> Option<LastTap> {
    let about = format!("{}{sort}/", deed::about(pair, None));
    let mut taps = taps.iter();
    let last = taps.find(|tap| tap.intent.starts_with(&about) && tap.undoes.is_none())?;
    became(last, ahead)
}

/// What became of a tap, as long as the calendar was not seen since it was done.
fn became(last: &Intent, ahead: &Ahead) -> Option<LastTap> {
    let ended = last
        .ended
        .map(|at| Instant::from_seconds(at.0.div_euclid(1_000_000)));
    let seen = ended.is_some_and(|ended| ahead.at.is_some_and(|at| at > ended));
    if seen && last.state.is_end() {
        return None;
    }
    let came = came_of(last).unwrap_or_default();
    Some(LastTap {
        state: last.state,
        is_untold: !came.untold.is_empty(),
        to_tell: came.unsaid.map(|_| last.intent.clone()),
        problem: came.problem,
    })
}
