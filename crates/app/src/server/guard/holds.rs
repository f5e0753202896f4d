//! The best of the times that a report may pick from is held on the manager's calendar until there is an answer: busy, private,
//! and gone when it is not wanted any more.
//!
//! `Invariant:` what is held is told from what stands: an offer without an answer wants one hold, everything else of ours goes.
//! So whatever was lost on the way, the next look puts it right.

use super::ahead::{Ahead, Meeting};
use super::gather::{Counted, Gathered};
use super::write::Drafted;
use crate::server::acting::{Action, Basis, intent as outbox};
use crate::server::ledger::Place;
use crate::server::{ServerError, Viewer};
use std::collections::BTreeSet;
use steadfast_calendar::edit::{Edit, Hold};
use steadfast_calendar::{Instant, Slot};
use steadfast_guard::policy::Level;
use steadfast_store::{Facts, IntentState, Intents};

/// What the UIDs of our holds begin with.
const SIGN: &str = "steadfast-hold-";
/// What its owner reads in the calendar; others read that they are busy.
const TITLE: &str = "Held by Steadfast until a time is picked";
/// How often one that could not be taken off is tried again.
const TRIES: usize = 5;

/// A hold: of which promise, and from when.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Held {
    pub(super) pair: String,
    pub(super) promised: i64,
    start: i64,
}

impl Held {
    /// The hold that an object of this UID is; `None` for anything else.
    pub(super) fn of(uid: &str) -> Option<Self> {
        let mut parts = uid.strip_prefix(SIGN)?.rsplitn(3, '.');
        let (start, promised, pair) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self {
            pair: pair.to_owned(),
            promised: promised.parse().ok()?,
            start: start.parse().ok()?,
        })
    }

    fn uid(&self) -> String {
        format!("{SIGN}{}.{}.{}", self.pair, self.promised, self.start)
    }

    fn name(&self, verb: &str) -> String {
        format!("{verb}/{}/{}/{}", self.pair, self.promised, self.start)
    }
}

/// Puts into the draft what is to be held now and what is not any more.
pub(super) async fn keep<S: Facts + Intents>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    (gathered, counted): (&Gathered<'_>, &Counted<'_>),
    drafted: &mut Drafted,
) -> Result<(), ServerError> {
    let wanted = wanted(gathered, counted, viewer, drafted, now);
    let stand = standing(gathered.ahead);
    let known: BTreeSet<&Held> = stand.iter().map(|(held, _)| held).collect();
    for (held, slot, by_owner) in &wanted {
        if known.contains(held) {
            continue;
        }
        let Some((home, _)) = gathered.ahead.home_of(&held.pair) else {
            continue;
        };
        // Whoever took it off themselves wants it off.
        let name = held.name("hold");
        if store.intent(viewer.org(), &name).await?.is_some() {
            continue;
        }
        let uid = held.uid();
        let place = Place {
            href: format!("{uid}.ics"),
            ..home.clone()
        };
        let edit = Edit::Hold(Hold {
            uid,
            slot: *slot,
            title: TITLE.to_owned(),
        });
        let why = "it is the best of the times that your report can pick from";
        let action = action(gathered, &place, Basis::Nothing, edit, why);
        drafted.put(outbox(&name, viewer.person(), &action, *by_owner, now));
    }
    for (held, meeting) in &stand {
        if wanted.iter().any(|(one, ..)| one == held) {
            continue;
        }
        let Some(name) = free_name(store, viewer, &held.name("unhold")).await? else {
            continue;
        };
        let Some(place) = meeting.place.as_ref().filter(|_| meeting.is_writable()) else {
            continue;
        };
        let Some(text) = drafted.text(store, viewer, place).await? else {
            continue;
        };
        let basis = Basis::Says(steadfast_calendar::says(text.as_bytes()));
        let edit = Edit::Withdraw { uid: held.uid() };
        let action = action(
            gathered,
            place,
            basis,
            edit,
            "the time is not held any more",
        );
        // Of what we put there ourselves nothing is asked of anybody's bounds.
        drafted.put(outbox(&name, viewer.person(), &action, true, now));
    }
    Ok(())
}

fn action(
    gathered: &Gathered<'_>,
    place: &Place,
    basis: Basis,
    edit: Edit,
    because: &str,
) -> Action {
    Action {
        source: place.source.clone(),
        place: super::deed::path(place),
        basis,
        edit,
        addresses: gathered.ahead.me.clone(),
        zone: gathered.clock(),
        policy: "times are offered".to_owned(),
        because: because.to_owned(),
    }
}

/// The best of every offer of the viewer's that waits for an answer.
fn wanted(
    gathered: &Gathered<'_>,
    counted: &Counted<'_>,
    viewer: &Viewer,
    drafted: &Drafted,
    now: Instant,
) -> Vec<(Held, Slot, bool)> {
    if counted.is_stopped {
        return Vec::new();
    }
    let stood = gathered.between.iter().flat_map(|(pair, all)| {
        let open = all.iter().filter_map(|(promised, about)| {
            let offer = about.offer.as_ref()?;
            let best = offer.slots.first().filter(|_| offer.answer.is_none())?;
            Some((*promised, *best, offer.by_owner))
        });
        open.map(move |(promised, best, by_owner)| (pair.as_str(), promised, best, by_owner))
    });
    let new = drafted.offers();
    let all = stood
        .filter(|(pair, promised, ..)| !drafted.decides(pair, *promised))
        .chain(new);
    let mut wanted = Vec::new();
    for (pair, promised, best, by_owner) in all {
        let mut ones = gathered.ahead.one_on_ones.iter();
        let leads = ones.any(|one| one.pair == pair && one.manager == viewer.person());
        let policy = counted
            .named
            .number_of(pair)
            .map(|one| counted.policies.of(counted.me, one).0);
        let may =
            policy.is_some_and(|policy| policy.level > Level::Watch && !policy.bounds.dry_run);
        if !leads || !may || best.start <= now {
            continue;
        }
        let held = Held {
            pair: pair.to_owned(),
            promised,
            start: best.start.seconds(),
        };
        wanted.push((held, best, by_owner));
    }
    wanted
}

/// Holds of ours on the viewer's calendar.
fn standing(ahead: &Ahead) -> Vec<(Held, &Meeting)> {
    let all = ahead.meetings.iter();
    all.filter_map(|meeting| Some((Held::of(&meeting.uid)?, meeting)))
        .collect()
}

/// A name under which it is not under way and was not done.
async fn free_name<S: Intents>(
    store: &S,
    viewer: &Viewer,
    name: &str,
) -> Result<Option<String>, ServerError> {
    for number in 1..=TRIES {
        let tried = match number {
            1 => name.to_owned(),
            number => format!("{name}/{number}"),
        };
        let Some(known) = store.intent(viewer.org(), &tried).await? else {
            return Ok(Some(tried));
        };
        let again = known.state.is_end() && !matches!(known.state, IntentState::Done);
        if !again {
            return Ok(None);
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hold_is_known_by_its_uid_and_nothing_else_is() {
        let held = Held {
            pair: "0a1b.c-d".to_owned(),
            promised: 1_774_965_600,
            start: 1_775_000_000,
        };
        assert_eq!(Held::of(&held.uid()), Some(held));
        for other in [
            "steadfast-hold-",
            "steadfast-hold-a.1.x",
            "steadfast-guard-a-1-book-2",
            "u",
        ] {
            assert_eq!(Held::of(other), None, "{other}");
        }
    }
}
