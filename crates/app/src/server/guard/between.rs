//! What stands between the two of a 1:1 about one promise: times that were offered, what was picked, and the reason that
//! was given. Facts in a stream of the pair, which both may see; and what the guard did for one of them, in
//! a stream that is theirs alone.

use super::wish::Asked;
use crate::audit::pair_id;
use crate::server::accounts::Knowers;
use crate::server::facts::{self, what_was_said};
use crate::server::ledger::whole_stream;
use crate::server::{ServerError, Viewer};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use steadfast_calendar::{Instant, Slot};
use steadfast_guard::world::person::Hours;
use steadfast_store::{Fact, Facts, NewFact, Org};

/// Something said between the two: a [`Said`].
const BETWEEN: &str = "guard.between.v1";
/// Something the guard did for one person: a [`Did`].
const DID: &str = "guard.did.v1";

/// What the guard would have done for one person, and why it did not, was told: a [`HeldBack`].
const HELD_BACK: &str = "guard.held_back.v1";

/// In the place of a promise: what is said is about all of a 1:1, from here on. No 1:1 was promised for this second.
pub const FOR_GOOD: i64 = 0;

/// Whether what was said is about a 1:1 from here on, and not about one that was promised then.
pub fn is_for_good(promised: Instant) -> bool {
    promised.seconds() == FOR_GOOD
}

/// The stream of a pair.
pub(in crate::server) fn between_of(pair: &str) -> String {
    format!("between/{pair}")
}

/// The stream of what the guard did for `person`.
pub(in crate::server) fn did_for(person: &str) -> String {
    format!("guard-did/{person}")
}

/// What is said about the 1:1 that was promised for the second `promised`. Its form never changes once written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub(in crate::server) enum Said {
    /// Times were offered to the report: first and last second of each, the best first.
    Offered {
        promised: i64,
        slots: Vec<(i64, i64)>,
        /// Whether the manager offered them; else the guard, by the manager's policy.
        by_owner: bool,
        /// Second from which the best of them is booked without an answer; `None`: never.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        booked_from: Option<i64>,
    },
    /// The report picked the one that begins then; `None`: none of them.
    Picked { promised: i64, start: Option<i64> },
    /// What was offered is offered no more.
    Withdrawn {
        promised: i64,
        /// Whether it ended by itself: it is not needed any more, or can be no more; else the manager took it back.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        by_itself: bool,
    },
    /// The manager's reason, in their words; empty: taken back.
    Reason { promised: i64, text: String },
    /// The report was told, where no time could be offered.
    Told { promised: i64, text: String },
    /// The report asks for another time than where it stands, which begins at the second `stood`.
    Asked { promised: i64, stood: i64 },
    /// The report asks for it no more.
    NotAsked { promised: i64 },
    /// The manager, or their guard, put it at this time (first and last second), which the report did not pick.
    Booked {
        promised: i64,
        slot: (i64, i64),
        /// Whether the manager did, by a tap; else their guard, or it is not known.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        by_owner: bool,
    },
}

/// What the guard wrote for somebody: what it is not to do again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(in crate::server) struct Did {
    /// The 1:1.
    pub(in crate::server) pair: String,
    /// Second of the promise.
    pub(in crate::server) promised: i64,
    /// The measure, in the word of the product.
    pub(in crate::server) measure: String,
    /// Against which sort of threat.
    pub(in crate::server) against: String,
    /// `move`, `answer`, `book` or `hold`.
    pub(in crate::server) verb: String,
    /// UID and identity of the meeting that was written to.
    pub(in crate::server) on: Option<(String, i64)>,
    /// Whose invitation was answered.
    pub(in crate::server) booker: Option<String>,
    /// Whether the person asked for it by a tap.
    pub(in crate::server) by_owner: bool,
}

/// That the guard was held back was told in the owner's log, once for each event.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct HeldBack {
    /// What the event is called.
    pub(super) event: String,
}

/// Times that were offered, and the answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offered {
    /// When.
    pub at: Instant,
    /// Which, the best first.
    pub slots: Vec<Slot>,
    /// Whether the manager offered them.
    pub by_owner: bool,
    /// From when on the best of them is booked without an answer; `None`: never.
    pub booked_from: Option<Instant>,
    /// The answer: the one picked, or none of them; `None`: no answer yet.
    pub answer: Option<Option<Slot>>,
}

/// What stands about one promise.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct About {
    /// The last offer.
    pub offer: Option<Offered>,
    /// Whether the report asked for another time, as long as there is no answer that ends it.
    pub asked: Option<Asked>,
    /// The reason that the manager gave, for both to read.
    pub reason: Option<String>,
    /// Whether what was offered last was taken back.
    pub is_taken_back: bool,
    /// Whether what was offered last ended by itself: it is not needed any more, or can be no more.
    pub is_over: bool,
    /// What the report had picked of it by then, and is not booked.
    pub not_booked: Option<Slot>,
    /// What the report had picked, and the manager took back.
    pub pick_taken_back: Option<Slot>,
    /// Whether all the times that were offered lie outside of the hours that the report said since.
    pub is_outside_hours: bool,
    /// What the report was told besides.
    pub told: Option<String>,
    /// Where it was put without having been picked.
    pub booked: Option<Slot>,
    /// Whether the manager put it there by a tap, as far as that is known.
    pub booked_by_owner: bool,
    /// Whether the manager once offered times by their own hand: that text they have read.
    pub offered_by_hand: bool,
}

/// What stands between two, by the second of the promise.
pub(in crate::server) type Between = BTreeMap<i64, About>;

impl Said {
    pub(in crate::server) fn fact(&self, by: &str, now: Instant) -> NewFact {
        facts::said(BETWEEN, self, by, now)
    }

    /// Second of the promise it is about.
    pub(in crate::server) fn promised(&self) -> i64 {
        match self {
            Self::Offered { promised, .. }
            | Self::Picked { promised, .. }
            | Self::Withdrawn { promised, .. }
            | Self::Reason { promised, .. }
            | Self::Told { promised, .. }
            | Self::Asked { promised, .. }
            | Self::NotAsked { promised }
            | Self::Booked { promised, .. } => *promised,
        }
    }
}

impl Did {
    pub(in crate::server) fn fact(&self, by: &str, now: Instant) -> NewFact {
        facts::said(DID, self, by, now)
    }
}

impl HeldBack {
    pub(super) fn fact(&self, by: &str, now: Instant) -> NewFact {
        facts::said(HELD_BACK, self, by, now)
    }
}

impl About {
    /// Where it was put last, or is to be: what was booked, else what was picked.
    pub fn now_at(&self) -> Option<Slot> {
        let picked = self.offer.as_ref().and_then(|offer| offer.answer.flatten());
        self.booked.or(picked)
    }

    /// Whether times are offered to which there is no answer yet.
    pub(super) fn is_open(&self) -> bool {
        let offer = self.offer.as_ref();
        offer.is_some_and(|offer| offer.answer.is_none())
    }

    /// Leaves of what was offered and not answered the times that lie within these hours: they may have been said since.
    pub(super) fn keep_to(&mut self, hours: &Hours, zone: &TimeZone) {
        let offer = self.offer.as_mut();
        let Some(offer) = offer.filter(|offer| offer.answer.is_none()) else {
            return;
        };
        offer.slots.retain(|slot| {
            let day = hours.on(slot.start.date(zone), zone);
            day.is_some_and(|day| day.start <= slot.start && slot.end <= day.end)
        });
        if offer.slots.is_empty() {
            self.offer = None;
            self.is_outside_hours = true;
        }
    }

    fn take(&mut self, said: Said, at: Instant) {
        match said {
            Said::Offered {
                slots,
                by_owner,
                booked_from,
                ..
            } => {
                (self.told, self.booked) = (None, None);
                (self.is_taken_back, self.is_over, self.not_booked) = (false, false, None);
                self.offered_by_hand |= by_owner;
                self.offer = Some(Offered {
                    at,
                    slots: slots.into_iter().map(slot).collect(),
                    by_owner,
                    booked_from: booked_from.map(Instant::from_seconds),
                    answer: None,
                });
            }
            Said::Picked { start, .. } => {
                if let Some(offer) = &mut self.offer {
                    let mut slots = offer.slots.iter();
                    let picked =
                        start.map(|start| slots.find(|slot| slot.start.seconds() == start));
                    // What was never offered is no answer.
                    // The first answer stands.
                    let is_open = offer.answer.is_none();
                    if is_open && picked != Some(None) {
                        // What is picked later overtakes where it was put.
                        self.booked = self.booked.filter(|_| picked.is_none());
                        offer.answer = Some(picked.flatten().copied());
                        // Whoever wants none of the times keeps the one there is.
                        self.asked = self.asked.filter(|_| start.is_some());
                    }
                }
            }
            Said::Withdrawn { by_itself, .. } => {
                if let Some(offer) = self.offer.take() {
                    (self.is_taken_back, self.is_over) = (!by_itself, by_itself);
                    let picked = offer.answer.flatten();
                    self.not_booked = picked.filter(|_| by_itself);
                    self.pick_taken_back = picked.filter(|_| !by_itself);
                }
            }
            Said::Reason { text, .. } => self.reason = Some(text).filter(|text| !text.is_empty()),
            Said::Told { text, .. } => self.told = Some(text),
            Said::Asked { stood, .. } => self.asked = Some(Asked::told(at, stood)),
            Said::NotAsked { .. } => self.asked = None,
            Said::Booked {
                slot: booked,
                by_owner,
                ..
            } => (self.booked, self.booked_by_owner) = (Some(slot(booked)), by_owner),
        }
    }
}

fn slot((start, end): (i64, i64)) -> Slot {
    Slot::new(Instant::from_seconds(start), Instant::from_seconds(end))
}

/// What stands between two, of the facts of their stream.
pub(in crate::server) fn stands(facts: &[Fact]) -> Result<Between, ServerError> {
    let mut between = Between::new();
    for fact in facts {
        let said: Said = what_was_said(fact, BETWEEN)?;
        let about = between.entry(said.promised()).or_default();
        about.take(said, facts::at(fact));
    }
    Ok(between)
}

/// What one fact of that stream says.
pub(super) fn said_in(fact: &Fact) -> Result<Said, ServerError> {
    what_was_said(fact, BETWEEN)
}

/// All that was said between the viewer and `other`, the oldest first, with when and by whom; nothing where it is not known
/// that the viewer is the one whose address it was said to.
pub(in crate::server) async fn all_said<S: Facts>(
    store: &S,
    viewer: &Viewer,
    other: &str,
) -> Result<Vec<(Instant, String, Said)>, ServerError> {
    let knowers = Knowers::of(store, viewer.org(), viewer.person()).await?;
    if !knowers.include(other) {
        return Ok(Vec::new());
    }
    said_on(store, viewer.org(), &pair_id(viewer.person(), other)).await
}

async fn said_on<S: Facts>(
    store: &S,
    org: &Org,
    pair: &str,
) -> Result<Vec<(Instant, String, Said)>, ServerError> {
    let facts = whole_stream(store, org, &between_of(pair)).await?;
    let said = facts.into_iter().map(|fact| {
        let said = what_was_said(&fact, BETWEEN)?;
        Ok((facts::at(&fact), fact.actor, said))
    });
    said.collect()
}

/// Second at which what was picked for that promise begins, as long as the offer stands.
pub(in crate::server) async fn picked<S: Facts>(
    store: &S,
    org: &Org,
    pair: &str,
    promised: i64,
) -> Result<Option<i64>, ServerError> {
    let mut about = About::default();
    for (at, _, said) in said_on(store, org, pair).await? {
        if said.promised() == promised {
            about.take(said, at);
        }
    }
    let answer = about.offer.and_then(|offer| offer.answer.flatten());
    Ok(answer.map(|slot| slot.start.seconds()))
}

/// What the guard did for the viewer, the oldest first.
pub(in crate::server) async fn did<S: Facts>(
    store: &S,
    viewer: &Viewer,
) -> Result<Vec<(Instant, Did)>, ServerError> {
    did_as(&whole_stream(store, viewer.org(), &did_for(viewer.person())).await?)
}

/// The same, of the facts of its stream.
pub(super) fn did_as(facts: &[Fact]) -> Result<Vec<(Instant, Did)>, ServerError> {
    let did = facts
        .iter()
        .filter(|fact| fact.kind != HELD_BACK)
        .map(|fact| Ok((facts::at(fact), what_was_said(fact, DID)?)));
    did.collect()
}

/// Events of which it was told that the guard was held back, of the facts of the same stream.
pub(super) fn held_back_as(facts: &[Fact]) -> Result<BTreeSet<String>, ServerError> {
    let held = facts.iter().filter(|fact| fact.kind == HELD_BACK);
    let events = held.map(|fact| {
        let held: HeldBack = what_was_said(fact, HELD_BACK)?;
        Ok(held.event)
    });
    events.collect()
}

#[cfg(test)]
mod tests;
