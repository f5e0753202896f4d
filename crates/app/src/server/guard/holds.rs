//! The best of the times that a report may pick from is held on the manager's calendar until there is an answer: busy, private,
//! and gone when it is not wanted any more.
//!
//! `Invariant:` what is held is told from what stands: an offer without an answer wants one hold, everything else of ours goes.
//! So whatever was lost on the way, the next look puts it right.

use super::ahead::{Ahead, Meeting};
use super::basis;
use super::gather::{Counted, Gathered};
use super::look::Standing;
use super::made;
use super::own::hold;
use super::write::Drafted;
use crate::server::acting::{Action, Basis, intent as outbox};
use crate::server::ledger::Place;
use crate::server::{ServerError, Viewer};
use std::collections::BTreeSet;
use steadfast_calendar::edit::{Edit, Hold};
use steadfast_calendar::{Instant, Slot};
use steadfast_guard::intent::What;
use steadfast_guard::policy::How;
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
    /// The hold that a meeting is, as we put it there: whatever somebody made of it since is theirs.
    pub(super) fn of(meeting: &Meeting, me: &str) -> Option<Self> {
        let held = Self::named(&made::known(&meeting.uid))?;
        let alone = meeting.guests.iter().all(|(who, _)| who == me) && meeting.organiser == me;
        let as_it_was = meeting.title == TITLE
            && meeting.slot.start.seconds() == held.start
            && !meeting.repeats;
        (alone && as_it_was).then_some(held)
    }

    fn named(uid: &str) -> Option<Self> {
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

    fn name(&self, verb: &str, number: usize) -> String {
        let Self {
            pair,
            promised,
            start,
        } = self;
        match number {
            1 => format!("{verb}/{pair}/{promised}/{start}"),
            number => format!("{verb}/{pair}/{promised}/{start}/{number}"),
        }
    }
}

impl Ahead {
    /// Whether that time stands on the viewer's connected calendar as our hold for this promise.
    pub(in crate::server) fn is_held(&self, one: &Standing, slot: Slot) -> bool {
        let me = self.me.first().map_or("", String::as_str);
        let mut held = self
            .meetings
            .iter()
            .filter_map(|meeting| Held::of(meeting, me));
        held.any(|held| {
            held.pair == one.pair
                && held.promised == one.promised.seconds()
                && held.start == slot.start.seconds()
        })
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
    // Nothing is written while it is stopped, and what stands stays until it goes on.
    if counted.is_stopped {
        return Ok(());
    }
    let wanted = wanted(gathered, counted, viewer, drafted, now);
    let stand = standing(gathered.ahead, viewer.person());
    let known: BTreeSet<&Held> = stand.iter().map(|(held, _)| held).collect();
    for (held, slot, by_owner) in &wanted {
        if known.contains(held) {
            continue;
        }
        let Some((home, _)) = gathered.ahead.home_of(&held.pair) else {
            continue;
        };
        let Some(name) = to_hold(store, viewer, held).await? else {
            continue;
        };
        let (uid, href) = made::named(home, held.uid());
        let place = Place {
            href,
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
        let Some(name) = to_give_back(store, viewer, held).await? else {
            continue;
        };
        let Some(place) = meeting.place.as_ref().filter(|_| meeting.is_writable()) else {
            continue;
        };
        let Some(says) = basis::says(store, viewer, place).await? else {
            continue;
        };
        let basis = Basis::Says(says);
        let edit = Edit::Withdraw {
            uid: meeting.uid.clone(),
        };
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
        uid: None,
        agreed: false,
        ends_offer: None,
        then: None,
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
        let leads = gathered.ahead.led(viewer.person(), pair).is_some();
        let may = || may(counted, (pair, promised), best, by_owner, now);
        if !leads || best.start <= now || !may() {
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

/// Whether the viewer's policy lets that time be held, as it is asked of everything that is written.
fn may(
    counted: &Counted<'_>,
    (pair, promised): (&str, i64),
    slot: Slot,
    by_owner: bool,
    now: Instant,
) -> bool {
    let promised = Instant::from_seconds(promised);
    let Some(promise) = counted.named.promised(pair, promised) else {
        return false;
    };
    let what = What::Hold {
        person: counted.me,
        slot,
        until: slot.start,
    };
    let how = if by_owner {
        How::ByOwner
    } else {
        How::Automatic
    };
    let key = format!("hold/{promise}/{}", slot.start.seconds());
    let intent = hold(&counted.named, (counted.me, promise), what, (key, how));
    let guard = counted.guard(&counted.own, &counted.policies, now);
    intent.is_some_and(|intent| guard.permits(&intent).is_ok())
}

/// Holds of ours on the viewer's calendar.
fn standing<'a>(ahead: &'a Ahead, me: &str) -> Vec<(Held, &'a Meeting)> {
    let all = ahead.meetings.iter();
    all.filter_map(|meeting| Some((Held::of(meeting, me)?, meeting)))
        .collect()
}

/// What was tried so far, in order.
async fn tried<S: Intents>(
    store: &S,
    viewer: &Viewer,
    held: &Held,
    verb: &str,
) -> Result<Vec<IntentState>, ServerError> {
    let mut states = Vec::new();
    for number in 1..=TRIES {
        match store.intent(viewer.org(), &held.name(verb, number)).await? {
            Some(known) => states.push(known.state),
            None => break,
        }
    }
    Ok(states)
}

/// The name under which it is put there; `None` where that is under way, or a person took it off: they want it off.
async fn to_hold<S: Intents>(
    store: &S,
    viewer: &Viewer,
    held: &Held,
) -> Result<Option<String>, ServerError> {
    let put = tried(store, viewer, held, "hold").await?;
    if put.is_empty() {
        return Ok(Some(held.name("hold", 1)));
    }
    let back = tried(store, viewer, held, "unhold").await?;
    let count = |states: &[IntentState]| states.iter().filter(|state| state.stands()).count();
    let is_open = |state: &IntentState| {
        !state.is_end() || matches!(state, IntentState::Undone | IntentState::Unsure)
    };
    let wants_it_off = count(&put) > count(&back) || put.iter().any(is_open);
    let number = put.len() + 1;
    Ok((!wants_it_off && number <= TRIES).then(|| held.name("hold", number)))
}

/// The name under which it is taken off; `None` where we never put it there, or that is under way.
async fn to_give_back<S: Intents>(
    store: &S,
    viewer: &Viewer,
    held: &Held,
) -> Result<Option<String>, ServerError> {
    let put = tried(store, viewer, held, "hold").await?;
    let back = tried(store, viewer, held, "unhold").await?;
    let ours = put
        .iter()
        .any(|state| state.stands() || *state == IntentState::Unsure);
    let under_way = back.iter().any(|state| !state.is_end());
    let number = back.len() + 1;
    Ok((ours && !under_way && number <= TRIES).then(|| held.name("unhold", number)))
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
        assert_eq!(Held::named(&held.uid()), Some(held));
        for other in [
            "steadfast-hold-",
            "steadfast-hold-a.1.x",
            "steadfast-guard-a-1-book-2",
            "u",
        ] {
            assert_eq!(Held::named(other), None, "{other}");
        }
    }
}
