//! What the guard has to say to somebody now.

use super::ahead::Ahead;
use super::between::{About, Between};
use super::deed;
use super::gather::gather;
use super::proposals::{LastTap, Proposed, proposals};
use crate::server::acting::came_of;
use crate::server::{ServerError, Viewer};
use std::collections::BTreeMap;
use steadfast_calendar::{Instant, Slot};
use steadfast_store::{Accounts, Facts, Intent, Intents};

/// Taps that are looked through, the newest first.
const TAPS: u32 = 100;

/// What the guard has to say.
#[derive(Clone, Debug, Default)]
pub struct Outlook {
    /// Whether the viewer's calendar was seen within a day: else nothing is said, as it may be otherwise by now.
    pub is_fresh: bool,
    /// What threatens their 1:1s, the soonest first.
    pub proposals: Vec<Proposed>,
    /// What stands between them and those they meet, about promises that are to come or are owed.
    pub between: Vec<Standing>,
}

/// What stands about one promise.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The 1:1.
    pub pair: String,
    /// When it was promised.
    pub promised: Slot,
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
    let gathered = gather(store, viewer, ahead).await?;
    let Some(counted) = gathered.counted() else {
        return Ok(Outlook::default());
    };
    let mut proposals = proposals(&counted, now);
    if !proposals.is_empty() {
        let taps = store
            .intents_of(viewer.org(), viewer.person(), TAPS)
            .await?;
        for one in &mut proposals {
            one.tapped = last_tap(&taps, one);
        }
    }
    Ok(Outlook {
        is_fresh: true,
        proposals,
        between: standing(ahead, &gathered.between),
    })
}

fn standing(ahead: &Ahead, between: &BTreeMap<String, Between>) -> Vec<Standing> {
    let me = ahead.me.first().map_or("", String::as_str);
    let all = ahead.promises.iter().filter_map(|promise| {
        let about = between.get(&promise.pair)?;
        let about = about.get(&promise.promised.start.seconds())?;
        let mut ones = ahead.one_on_ones.iter();
        let one = ones.find(|one| one.pair == promise.pair)?;
        Some(Standing {
            pair: promise.pair.clone(),
            promised: promise.promised,
            as_manager: one.manager == me,
            about: about.clone(),
        })
    });
    all.collect()
}

/// The last tap for the same promise.
fn last_tap(taps: &[Intent], proposed: &Proposed) -> Option<LastTap> {
    let about = deed::about(&proposed.pair, proposed.promised.map(|slot| slot.start));
    let mut taps = taps.iter();
    let last = taps.find(|tap| tap.intent.starts_with(&about) && tap.undoes.is_none())?;
    Some(LastTap {
        state: last.state,
        problem: came_of(last).and_then(|came| came.problem),
    })
}
