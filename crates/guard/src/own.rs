//! What the guard itself did, offered and said: part of the world it decides on.

use crate::ids::{MeetingId, PersonId, PromiseId};
use crate::intent::{Intent, Measure, What};
use crate::message::{Event, Tap};
use crate::offer::{Offer, Picked};
use crate::policy::How;
use crate::threats::Kind;
use crate::world::meeting::Answer;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use steadfast_calendar::Instant;

/// Everything this guard did.
#[derive(Clone, Debug, Default)]
pub struct Own {
    deeds: BTreeMap<PromiseId, Vec<Deed>>,
    done: BTreeSet<String>,
    said: BTreeSet<(PersonId, Event)>,
    proposed: BTreeSet<(PersonId, Event)>,
    read: BTreeSet<(PersonId, PersonId, Text)>,
    by_owner: BTreeSet<(PersonId, MeetingId)>,
    offers: BTreeMap<PromiseId, Offer>,
    a_day: BTreeMap<(PersonId, Date), u32>,
}

/// Which of the texts that are sent in an owner's name: who read the one has not read the other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Text {
    /// What a report is told.
    Report,
    /// What a booker reads whose invitation is declined.
    Declined,
}

impl Text {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Report, Self::Declined];

    /// The text that an intent sends; `None`: it sends none.
    pub const fn of(what: &What) -> Option<Self> {
        match what {
            What::Message(_) => Some(Self::Report),
            What::Answer {
                answer: Answer::Declined,
                ..
            } => Some(Self::Declined),
            _ => None,
        }
    }
}

/// One write that was done.
#[derive(Clone, PartialEq, Debug)]
pub struct Deed {
    /// When.
    pub at: Instant,
    /// What was decided.
    pub intent: Intent,
    /// The meeting that was made or written.
    pub meeting: Option<MeetingId>,
    /// Whether it was taken back.
    pub undone: bool,
}

impl Own {
    /// Remembers that an intent was done; `made` is the meeting that came of it.
    pub fn done(&mut self, intent: &Intent, made: Option<MeetingId>, now: Instant, today: Date) {
        if !self.done.insert(intent.key.clone()) {
            return;
        }
        if let What::Message(message) = &intent.what {
            self.said.insert((message.to, message.event));
            self.previewed(intent.owner, message.to, Text::Report);
            let picks = message.taps.iter().find_map(|tap| match tap {
                Tap::Pick(slots) => Some(slots.clone()),
                _ => None,
            });
            if let (Some(promise), Some(slots)) = (intent.promise, picks) {
                self.offers.insert(
                    promise,
                    Offer {
                        at: now,
                        slots,
                        by_owner: intent.how == How::ByOwner,
                        answer: None,
                    },
                );
            }
            return;
        }
        if let (Some(text), Some(booker)) = (Text::of(&intent.what), intent.booker) {
            self.previewed(intent.owner, booker, text);
        }
        let decided = intent.on.filter(|_| intent.how == How::ByOwner);
        if let Some((on, _)) = decided {
            self.by_owner.insert((intent.owner, on));
        }
        // A hold reaches nobody and is given back by itself.
        if intent.is_deed() {
            *self.a_day.entry((intent.owner, today)).or_default() += 1;
        }
        if let Some(promise) = intent.promise {
            self.deeds.entry(promise).or_default().push(Deed {
                at: now,
                intent: intent.clone(),
                meeting: made.or(intent.on.map(|(id, _)| id)),
                undone: false,
            });
        }
    }

    /// Remembers that something was proposed to the owner, who reads it on a page or in a message.
    pub fn proposed(&mut self, to: PersonId, event: Event) -> bool {
        self.proposed.insert((to, event))
    }

    /// Whether this was proposed before.
    pub fn was_proposed(&self, to: PersonId, event: Event) -> bool {
        self.proposed.contains(&(to, event))
    }

    /// Whether that very decision was executed.
    pub fn was_done(&self, key: &str) -> bool {
        self.done.contains(key)
    }

    /// Whether somebody was told of that event.
    pub fn was_said(&self, to: PersonId, event: Event) -> bool {
        self.said.contains(&(to, event))
    }

    /// Remembers that `owner` has read that text, which is sent to `to` in their name.
    pub fn previewed(&mut self, owner: PersonId, to: PersonId, text: Text) {
        self.read.insert((owner, to, text));
    }

    /// Whether `owner` has read the first text of that sort that went to `to`.
    pub fn has_previewed(&self, owner: PersonId, to: PersonId, text: Text) -> bool {
        self.read.contains(&(owner, to, text))
    }

    /// Whether `owner` wrote to that meeting by a tap: what they made of it is not made otherwise by itself.
    pub fn was_decided(&self, owner: PersonId, meeting: MeetingId) -> bool {
        self.by_owner.contains(&(owner, meeting))
    }

    /// What was done for a promise, oldest first.
    pub fn deeds(&self, promise: PromiseId) -> &[Deed] {
        self.deeds.get(&promise).map_or(&[], Vec::as_slice)
    }

    /// Whether a place was booked for a promise at that moment or since.
    pub(crate) fn is_made_good_since(&self, promise: PromiseId, at: Instant) -> bool {
        self.deeds(promise).iter().any(|deed| {
            deed.intent.measure == Measure::MakeGood && deed.intent.is_deed() && deed.at >= at
        })
    }

    /// Remembers that the deeds of that key are taken back.
    pub fn undone(&mut self, promise: PromiseId, key: &str) {
        for deed in self.deeds.entry(promise).or_default() {
            deed.undone |= deed.intent.key == key;
        }
    }

    /// How much was written in somebody's name on one of their days.
    pub fn actions(&self, owner: PersonId, day: Date) -> u32 {
        self.a_day.get(&(owner, day)).copied().unwrap_or(0)
    }

    /// The offer for a promise.
    pub fn offer(&self, promise: PromiseId) -> Option<&Offer> {
        self.offers.get(&promise)
    }

    /// Remembers an offer that was made, or that the owner decides on alone.
    pub fn offered(&mut self, promise: PromiseId, offer: Offer) {
        self.offers.insert(promise, offer);
    }

    /// Forgets an offer: the owner decides anew.
    pub fn withdrawn(&mut self, promise: PromiseId) {
        self.offers.remove(&promise);
    }

    /// Remembers what the report picked.
    pub fn picked(&mut self, promise: PromiseId, answer: Picked) {
        if let Some(offer) = self.offers.get_mut(&promise) {
            offer.answer = Some(answer);
        }
    }

    /// Holds of ours for a promise that still stand, as far as we know.
    pub fn holds(&self, promise: PromiseId) -> impl Iterator<Item = MeetingId> {
        let holds = self
            .deeds(promise)
            .iter()
            .filter(|deed| matches!(deed.intent.what, What::Hold { .. }) && !deed.undone);
        holds.filter_map(|deed| deed.meeting)
    }

    /// Deeds of a measure against a sort of threat that were not taken back.
    pub fn against(
        &self,
        promise: PromiseId,
        against: Kind,
        measure: Measure,
    ) -> impl Iterator<Item = &Deed> {
        let deeds = self.deeds(promise).iter();
        deeds.filter(move |deed| {
            deed.intent.against == against && deed.intent.measure == measure && !deed.undone
        })
    }
}
