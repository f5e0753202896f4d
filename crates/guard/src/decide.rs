//! From how things stand to what is proposed and done. One pass over the promises that a change concerns; what comes of it
//! is executed elsewhere, and the next change decides anew.

use crate::case::Case;
use crate::ids::{PersonId, PromiseId};
use crate::intent::{Intent, Measure, What};
use crate::log::Line;
use crate::measures::{self, Remedy};
use crate::message::{Event, Said, Tap};
use crate::offer::is_waited_for;
use crate::own::Own;
use crate::policy::{self, How, Level, Policies, Refused};
use crate::threats::{self, Kind, Threat};
use crate::world::World;
use std::collections::{BTreeMap, BTreeSet};
use steadfast_calendar::{Instant, Slot};

/// A guard at one moment.
#[derive(Clone, Copy, Debug)]
pub struct Guard<'a> {
    /// How the calendars stand.
    pub world: &'a World,
    /// What this guard did before.
    pub own: &'a Own,
    /// Everybody's policies.
    pub policies: &'a Policies,
    /// Whom it serves; None: everybody who has joined.
    pub serves: Option<&'a BTreeSet<PersonId>>,
    /// Now.
    pub now: Instant,
}

/// What came of one look.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    /// Every threat that was found.
    pub threats: Vec<Threat>,
    /// What the owner can do by a tap.
    pub proposals: Vec<Proposal>,
    /// What is to be done now.
    pub intents: Vec<Intent>,
    /// What is done and what would have been.
    pub log: Vec<Line>,
    /// When to look again, though nothing changes.
    pub look_again: Option<Instant>,
    /// Times of which others were offered one before each promise was looked at, by promise: they are offered others.
    pub beside: BTreeMap<PromiseId, Vec<Slot>>,
}

/// What the owner can do by a tap, each with what it takes.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Against what.
    pub threat: Threat,
    /// The ways out, best first; as the owner wants them.
    pub remedies: Vec<Remedy>,
    /// Why the guard did not do the first by itself.
    pub refused: Option<Refused>,
}

impl Guard<'_> {
    /// Decides about these promises.
    pub fn decide(&self, concerned: &[PromiseId]) -> Decision {
        let mut decision = Decision::default();
        let mut offered: Vec<(PersonId, Slot)> = Vec::new();
        for promise in concerned {
            let Some(case) = Case::of(self.world, *promise, self.now) else {
                continue;
            };
            let mut found = threats::find(&case);
            let is_left = threats::is_past(&case) && !is_waited_for(self.own, *promise);
            found.retain(|threat| !(is_left && threat.kind == Kind::Leave));
            // While it has to go elsewhere, nothing is asked to make room for it where it is.
            let goes = found
                .iter()
                .any(|threat| matches!(threat.kind, Kind::Leave | Kind::Cancelled));
            let (intents, proposals) = (decision.intents.len(), decision.proposals.len());
            for threat in found {
                let conflict = matches!(threat.kind, Kind::Overlap | Kind::RunsInto);
                if !(goes && conflict) && self.serves(threat.on) {
                    let theirs = offered.iter().filter(|(owner, _)| *owner == threat.on);
                    let beside: Vec<Slot> = theirs.map(|(_, slot)| *slot).collect();
                    self.answer(case, threat, &beside, &mut decision);
                    if !beside.is_empty() {
                        decision.beside.insert(*promise, beside);
                    }
                }
            }
            let done = decision.intents.iter().skip(intents);
            let shown = decision.proposals.iter().skip(proposals);
            let shown = shown.flat_map(|proposal| &proposal.remedies);
            let all = done.chain(shown.flat_map(|remedy| &remedy.intents));
            offered.extend(all.flat_map(offers));
        }
        decision
    }

    fn serves(&self, person: PersonId) -> bool {
        let joined = self.world.person(person).is_some_and(|who| who.joined);
        joined && self.serves.is_none_or(|served| served.contains(&person))
    }

    fn answer(&self, case: Case<'_>, threat: Threat, beside: &[Slot], decision: &mut Decision) {
        let (policy, whose) = self.policies.of(threat.on, threat.one_on_one);
        if policy.level > Level::Watch && !self.policies.is_stopped(threat.on) {
            let asked = measures::Asked {
                case,
                threat: &threat,
                own: self.own,
                policy: &policy,
                whose,
                how: How::Automatic,
                beside,
            };
            self.look_again(&asked, decision);
            let acted = self.act(&asked, decision);
            self.propose(&asked, acted, decision);
        }
        decision.threats.push(threat);
    }

    /// The first measure of which everything is permitted. Gives why not, where there was none.
    fn act(
        &self,
        asked: &measures::Asked<'_>,
        decision: &mut Decision,
    ) -> Result<Measure, Option<Refused>> {
        let event = Event::of(asked.threat, Said::Happened);
        let is_new = !self.own.was_proposed(asked.threat.on, event);
        let mut why = None;
        for find in measures::ALL {
            let Some(remedy) = find(asked) else {
                continue;
            };
            let refused = remedy
                .intents
                .iter()
                .find_map(|intent| self.permits(intent).err().map(|refused| (intent, refused)));
            match refused {
                None => {
                    let lines = remedy.intents.iter();
                    decision
                        .log
                        .extend(lines.map(|intent| Line::of(intent, None, self.now)));
                    decision.intents.extend(remedy.intents);
                    return Ok(remedy.measure);
                }
                Some((intent, refused)) => {
                    why = why.or(Some(refused));
                    if refused == Refused::EnoughToday {
                        decision.look_at(self.tomorrow(asked.threat.on));
                    }
                    if is_new {
                        decision.log.push(Line::of(intent, Some(refused), self.now));
                    }
                }
            }
        }
        Err(why)
    }

    /// Asks the owner where nothing was done, and where what happened may be their own doing; once for each event.
    fn propose(
        &self,
        asked: &measures::Asked<'_>,
        acted: Result<Measure, Option<Refused>>,
        decision: &mut Decision,
    ) {
        let threat = asked.threat;
        let theirs = matches!(
            threat.kind,
            Kind::Moved | Kind::Cut | Kind::Cancelled | Kind::SeriesGone
        );
        let event = Event::of(threat, Said::Happened);
        if (acted.is_ok() && !theirs) || self.own.was_proposed(threat.on, event) {
            return;
        }
        // What is booked by a tap, or was made good before, is no news to them.
        if acted.is_ok() && self.own.offer(asked.case.promise.id).is_some() {
            return;
        }
        let question = measures::ask(asked);
        if self.permits(&question).is_ok() {
            decision.log.push(Line::of(&question, None, self.now));
            decision.intents.push(question);
        }
        let by_owner = measures::Asked {
            how: How::ByOwner,
            ..*asked
        };
        decision.proposals.push(Proposal {
            threat: threat.clone(),
            remedies: measures::ALL
                .iter()
                .filter_map(|find| find(&by_owner))
                .collect(),
            refused: acted.err().flatten(),
        });
    }

    /// An offer that nobody answers is looked at again when the policy books by itself.
    fn look_again(&self, asked: &measures::Asked<'_>, decision: &mut Decision) {
        let offer = self.own.offer(asked.case.promise.id);
        let stands = asked.case.to_come().map(|(_, slot)| slot);
        let bounds = &asked.policy.bounds;
        let at = offer.and_then(|offer| measures::due_to_book(bounds, offer, stands));
        if let Some(at) = at.filter(|at| *at > self.now) {
            decision.look_at(Some(at));
        }
    }

    /// The next midnight on somebody's clock.
    fn tomorrow(&self, person: PersonId) -> Option<Instant> {
        let zone = &self.world.person(person)?.zone;
        let midnight = self.now.date(zone).tomorrow().ok()?.to_zoned(zone.clone());
        midnight.ok().map(|midnight| midnight.timestamp().into())
    }

    /// Whether an intent may be executed now.
    ///
    /// # Errors
    /// The first reason against it.
    pub fn permits(&self, intent: &Intent) -> Result<(), Refused> {
        policy::permits(
            policy::Asked {
                world: self.world,
                own: self.own,
                policies: self.policies,
                now: self.now,
            },
            intent,
        )
    }

    /// What the owner's tap on a remedy of a proposal does now: the same, decided anew.
    ///
    /// # Errors
    /// Why not, where it cannot be done any more.
    pub fn accept(&self, threat: &Threat, measure: Measure) -> Result<Vec<Intent>, Refused> {
        self.accept_beside(threat, measure, &[])
    }

    /// The same, clear of times that others are offered beside it, as [`Decision::beside`] told.
    ///
    /// # Errors
    /// As [`Guard::accept`].
    pub fn accept_beside(
        &self,
        threat: &Threat,
        measure: Measure,
        beside: &[Slot],
    ) -> Result<Vec<Intent>, Refused> {
        let promise = threat.promise.ok_or(Refused::NotTheirs)?;
        let case = Case::of(self.world, promise, self.now).ok_or(Refused::NotTheirs)?;
        let found = threats::find(&case);
        let still = found
            .iter()
            .find(|now| {
                now.kind == threat.kind
                    && now.evidence.meeting == threat.evidence.meeting
                    && now.on == threat.on
            })
            .ok_or(Refused::DoneBefore)?;
        let (policy, whose) = self.policies.of(still.on, still.one_on_one);
        let asked = measures::Asked {
            case,
            threat: still,
            own: self.own,
            policy: &policy,
            whose,
            how: How::ByOwner,
            beside,
        };
        let mut remedies = measures::ALL.iter().filter_map(|find| find(&asked));
        let remedy = remedies
            .find(|remedy| remedy.measure == measure)
            .ok_or(Refused::DoneBefore)?;
        for intent in &remedy.intents {
            self.permits(intent)?;
        }
        Ok(remedy.intents)
    }
}

/// The times that an intent offers, with in whose name.
fn offers(intent: &Intent) -> Vec<(PersonId, Slot)> {
    let What::Message(message) = &intent.what else {
        return Vec::new();
    };
    let picks = message.taps.iter().filter_map(|tap| match tap {
        Tap::Pick(slots) => Some(slots),
        _ => None,
    });
    let slots = picks.flatten();
    slots.map(|slot| (intent.owner, *slot)).collect()
}

impl Decision {
    /// The earliest of the moments at which to look again.
    fn look_at(&mut self, at: Option<Instant>) {
        self.look_again = self.look_again.into_iter().chain(at).min();
    }

    /// Whether anything would be written to a calendar.
    pub fn writes(&self) -> bool {
        self.intents
            .iter()
            .any(|intent| !matches!(intent.what, What::Message(_)))
    }
}
