//! The hands of the guard: what it decided is read by the auditor, executed if the world is still that world, and
//! remembered. What it proposed is read by somebody later, or not at all.

use crate::config::Mode;
use crate::event::Event;
use crate::stage::Stage;
use steadfast_guard::decide::{Guard, Proposal};
use steadfast_guard::ids::{MeetingId, PromiseId};
use steadfast_guard::intent::{Intent, What};
use steadfast_guard::message::{self, Said, Tap};
use steadfast_guard::offer::Picked;
use steadfast_guard::world::meeting::Answer;
use steadfast_ledger::case::Who;
use steadfast_ledger::occurrence::Class;

/// After one thing happened the guard is asked at most so often; what it still wants to write then is counted.
const MOST_ROUNDS: usize = 5;

impl Stage {
    fn guard(&self) -> Guard<'_> {
        Guard {
            world: &self.world,
            own: &self.own,
            policies: &self.policies,
            serves: None,
            now: self.now,
        }
    }

    /// The guard looks at everything that the last event touched.
    pub(crate) fn defended(&mut self) {
        let mut concerned = std::mem::take(&mut self.touched);
        concerned.sort_unstable();
        concerned.dedup();
        if self.mode == Mode::Without || concerned.is_empty() {
            return;
        }
        for _ in 0..MOST_ROUNDS {
            let decision = self.guard().decide(&concerned);
            for proposal in decision.proposals {
                self.proposed(proposal);
            }
            if let Some(at) = decision.look_again {
                for id in &concerned {
                    self.agenda.put(at, Event::Look(*id));
                }
            }
            let mut wrote = false;
            for intent in &decision.intents {
                wrote |= self.execute(intent);
            }
            if !wrote {
                self.touched.clear();
                return;
            }
            concerned.append(&mut self.touched);
            concerned.sort_unstable();
            concerned.dedup();
        }
        self.unsettled += u32::from(self.guard().decide(&concerned).writes());
    }

    /// Executes one intent. Gives whether a calendar was written.
    pub(crate) fn execute(&mut self, intent: &Intent) -> bool {
        let allowed = self.guard().permits(intent).is_ok();
        if !allowed || intent.still_true(&self.world, self.now).is_err() {
            return false;
        }
        self.auditor.read(&self.world, intent, self.mode, self.now);
        let before = intent
            .on
            .and_then(|(id, _)| self.world.meeting(id).cloned());
        self.next_meeting += 1;
        let name = MeetingId(self.next_meeting);
        let Ok(made) = self.world.apply(intent, name, self.now) else {
            return false;
        };
        if let Some(promise) = intent.promise.filter(|_| intent.is_write()) {
            self.helped.insert(promise, intent.measure);
        }
        let owner = self.world.person(intent.owner);
        let today = owner
            .map(|owner| self.now.date(&owner.zone))
            .unwrap_or_default();
        self.own.done(intent, made, self.now, today);
        if let Some(new) = made
            .filter(|id| *id == name)
            .and_then(|id| self.world.meeting(id))
        {
            self.auditor.on_calendar(new);
        }
        match &intent.what {
            What::Message(message) => self.read_later(intent, message),
            What::Answer {
                meeting,
                person,
                answer: Answer::Declined,
                ..
            } => {
                if let Some(promise) = intent.promise {
                    let after = self.chance(promise, 7).between(30, 20 * 60);
                    let event = Event::Reply {
                        promise,
                        meeting: *meeting,
                        person: *person,
                    };
                    self.agenda.put(self.now.plus_minutes(after), event);
                }
            }
            What::Move { to, .. } | What::Restore { to, .. } => {
                if let Some((promise, was)) = before.and_then(|on| Some((on.part_of?, on.slot))) {
                    self.judge.changed(promise, self.now, was, Who::Plan);
                    self.agenda.put(to.start, Event::Begins(promise));
                    self.perhaps_attacked(promise, *to);
                }
            }
            What::Book { slot, .. } => {
                if let Some(promise) = intent.promise {
                    self.agenda.put(slot.start, Event::Begins(promise));
                    self.perhaps_attacked(promise, *slot);
                }
            }
            _ => {}
        }
        intent.is_write()
    }

    /// A message is counted where it arrives, and an offer is answered in its reader's own time.
    fn read_later(&mut self, intent: &Intent, message: &message::Message) {
        let week = message
            .not_before
            .seconds_since(self.from)
            .div_euclid(7 * 24 * 60 * 60);
        *self.told.entry((message.to, week)).or_default() += 1;
        let offers = message.taps.iter().any(|tap| matches!(tap, Tap::Pick(_)));
        if let (true, Some(promise)) = (offers, intent.promise) {
            let after = self.chance(promise, 6).between(10, 20 * 60);
            self.agenda
                .put(message.not_before.plus_minutes(after), Event::Pick(promise));
        }
    }

    fn proposed(&mut self, proposal: Proposal) {
        let event = message::Event::of(&proposal.threat, Said::Happened);
        let owner = proposal.threat.on;
        let is_new = self.own.proposed(owner, event);
        let Some(promise) = proposal.threat.promise.filter(|_| is_new) else {
            return;
        };
        let mut rng = self.chance(promise, 5);
        if proposal.remedies.is_empty() || rng.chance(self.config.ignored) {
            return;
        }
        let quiet = self
            .world
            .person(owner)
            .map(|known| known.quiet.after(self.now, &known.zone));
        let at = quiet
            .unwrap_or(self.now)
            .plus_minutes(rng.between(5, 5 * 60));
        let measures = proposal.remedies.iter().map(|remedy| remedy.measure);
        let event = Event::Tap {
            measures: measures.collect(),
            threat: Box::new(proposal.threat),
        };
        self.agenda.put(at, event);
    }

    /// The owner taps: what must win is not declined by most, and the 1:1 gets another time instead.
    pub(crate) fn tapped(
        &mut self,
        threat: &steadfast_guard::threats::Threat,
        measures: &[steadfast_guard::intent::Measure],
    ) {
        use steadfast_guard::intent::Measure;
        let Some(promise) = threat.promise else {
            return;
        };
        let other = threat
            .evidence
            .meeting
            .and_then(|id| self.world.meeting(id));
        let must = other.is_some_and(|other| {
            other.urgent.is_some()
                || matches!(
                    other.class,
                    Class::Leadership | Class::BossOneOnOne | Class::Customer
                )
        });
        let gives_way = must && self.chance(promise, 8).chance(0.8);
        // What somebody moved or cut by their own hand a moment ago they do not put back, in this play.
        let promise_now = self.world.promise(promise);
        let by_hand = promise_now
            .and_then(|promise| promise.changes.last())
            .is_some_and(|change| change.by == Who::Manager);
        let (first, rest): (Vec<_>, Vec<_>) = measures
            .iter()
            .filter(|measure| !(by_hand && **measure == Measure::Restore))
            .partition(|measure| !gives_way || **measure == Measure::MakeGood);
        for measure in first.into_iter().chain(rest) {
            if let Ok(intents) = self.guard().accept(threat, measure) {
                for intent in &intents {
                    self.execute(intent);
                }
                return;
            }
        }
    }

    /// The report reads an offer: most pick one, a few want none, a few say nothing.
    pub(crate) fn picks(&mut self, id: PromiseId) {
        let Some(offer) = self.own.offer(id).filter(|offer| offer.answer.is_none()) else {
            return;
        };
        let slots = offer.slots.clone();
        let mut rng = self.chance(id, 9);
        let which = rng.weighted(&[
            (Some(0), 55),
            (Some(1), 22),
            (Some(2), 15),
            (Some(9), 3),
            (None, 5),
        ]);
        let answer = match which {
            None => return,
            Some(9) => Picked::None,
            Some(index) => slots
                .get(index.min(slots.len().saturating_sub(1)))
                .map_or(Picked::None, |slot| Picked::Slot(*slot)),
        };
        self.own.picked(id, answer);
    }
}
