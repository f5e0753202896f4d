//! What threatens somebody's 1:1s, and what they can do about it by a tap, in the names of people and meetings.

use super::ahead::Promise;
use super::gather::Counted;
use super::world::Named;
use steadfast_calendar::{Instant, Slot};
use steadfast_guard::decide::Decision;
use steadfast_guard::ids::PersonId;
use steadfast_guard::intent::{Intent, Measure, What};
use steadfast_guard::message::{Event, Tap};
use steadfast_guard::policy::{Level, Policies, Refused};
use steadfast_guard::threats::{Evidence, Kind, Threat, no_future};
use steadfast_guard::world::meeting::Answer;
use steadfast_ledger::occurrence::Class;
use steadfast_store::IntentState;

/// One threat to a 1:1 of the viewer's, and the ways out.
#[derive(Clone, Debug)]
pub struct Proposed {
    /// The 1:1.
    pub pair: String,
    /// When it was promised; `None`: none is.
    pub promised: Option<Slot>,
    /// Where it stands now; `None`: nowhere.
    pub stands: Option<Slot>,
    /// The sort of threat, in the word of the product.
    pub kind: &'static str,
    /// Names what happened, for whoever is told beside the page: the same one has the same name at every look.
    pub event: String,
    /// Why, in plain words for the viewer; names nobody.
    pub because: String,
    /// The viewer's meeting that lies over it.
    pub over_it: Option<OverIt>,
    /// Why “defend” does nothing about it by itself, in plain words; `None`: it is not to, or does.
    pub held_back: Option<String>,
    /// Whether the viewer is the manager of the two.
    pub as_manager: bool,
    /// Whether the other one of the two has joined, so that they can pick.
    pub other_joined: bool,
    /// Whether something was changed that both may have agreed on.
    pub may_be_agreed: bool,
    /// The ways out, best first.
    pub ways: Vec<Way>,
    /// What became of the last tap for this promise, as long as it stands as it did.
    pub tapped: Option<LastTap>,
}

/// What became of a tap.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LastTap {
    /// Where it is.
    pub state: IntentState,
    /// What stood against it, in plain words.
    pub problem: Option<String>,
    /// Whether somebody in it was not told by the calendar, as far as it says.
    pub is_untold: bool,
    /// Name of what was done, where those can be told of it by mail.
    pub to_tell: Option<String>,
}

/// A meeting of the viewer's that lies over their 1:1.
#[derive(Clone, Debug)]
pub struct OverIt {
    /// Its UID, and its identity within its series.
    pub meeting: (String, Instant),
    /// Its title; may be empty.
    pub title: String,
    /// When.
    pub slot: Slot,
    /// Who organises it; `None`: the viewer.
    pub from: Option<String>,
    /// What sort of meeting it is, as far as that is known.
    pub class: Class,
    /// Whether the viewer said so.
    pub is_said: bool,
    /// Whether what is done by itself may rest on that.
    pub is_sure: bool,
}

/// One way out.
#[derive(Clone, Debug)]
pub struct Way {
    /// Which of the guard's measures.
    pub measure: Measure,
    /// What is done.
    pub deed: Deed,
    /// Of whom it is not known whether they are free then, by name.
    pub unseen: Vec<String>,
    /// Whether the server can do it; otherwise it can only be done in the calendar itself.
    pub is_possible: bool,
    /// Whether it could, if its owner let it write where it lies.
    pub is_only_read: bool,
}

impl Way {
    /// A mark of what was shown: what is tapped is that, and nothing else.
    pub fn mark(&self) -> String {
        // FNV-1a, 64 bit: short, and no secret.
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in format!("{:?} {:?}", self.measure, self.deed).bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
        format!("{hash:016x}")
    }
}

/// What is done.
#[derive(Clone, Debug)]
pub enum Deed {
    /// The other meeting goes there; these are told by their calendars.
    MoveOther {
        /// Where to.
        to: Slot,
        /// Who is told, by name.
        told: Vec<String>,
    },
    /// The invitation is declined.
    Decline {
        /// Who invited, by name.
        booker: String,
        /// The words that go with it.
        note: String,
        /// Times that are offered instead.
        instead: Vec<Slot>,
    },
    /// The invitation is answered with perhaps.
    Perhaps {
        /// Who invited, by name.
        booker: String,
        /// The words that go with it.
        note: String,
        /// Times that are offered instead.
        instead: Vec<Slot>,
    },
    /// The 1:1 goes back to where it was promised.
    Restore {
        /// When that is.
        to: Slot,
    },
    /// It gets another time before it is due: one of these.
    MakeGood {
        /// Best first.
        slots: Vec<Slot>,
    },
}

impl Deed {
    /// The times that it names.
    fn slots(&self) -> &[Slot] {
        match self {
            Self::MoveOther { to, .. } | Self::Restore { to } => std::slice::from_ref(to),
            Self::Decline { instead, .. } | Self::Perhaps { instead, .. } => instead,
            Self::MakeGood { slots } => slots,
        }
    }
}

/// What is proposed to the viewer now, and whether something threatens that they chose not to be told of. What was proposed
/// before is proposed again as long as it is so.
pub(super) fn proposals(counted: &Counted<'_>, now: Instant) -> (Vec<Proposed>, bool) {
    let Counted { named, me, .. } = counted;
    let me = *me;
    let decision = decided(counted, now);
    let untold = decision.threats.len() > decision.proposals.len();
    let telling = Telling {
        named,
        policies: &counted.policies,
        held_back: held_back(counted, now),
        me,
    };
    let found = decision.proposals.iter().map(|proposal| {
        let intents = proposal.remedies.iter();
        let ways = intents.filter_map(|remedy| telling.way(remedy.measure, &remedy.intents));
        telling.proposed(&proposal.threat, ways.collect())
    });
    let mut found: Vec<Proposed> = found.flatten().collect();
    let ones = named.world.ones_of(me).map(|one| one.id);
    let ended = ones.filter_map(|one| no_future(&named.world, one, now));
    // The reporting lines without one are told before anything else.
    let is_line = |threat: &Threat| {
        let one = named.one_on_one(threat.one_on_one);
        one.is_some_and(|one| one.is_line)
    };
    let mine = ended.filter(|threat| threat.on == me && !is_line(threat));
    found.extend(mine.filter_map(|threat| telling.proposed(&threat, Vec::new())));
    found.sort_by_key(|one| one.stands.or(one.promised));
    (found, untold)
}

/// What the guard makes of it for the page: what is done by itself is told as well, and what is stopped threatens all the same.
pub(super) fn decided(counted: &Counted<'_>, now: Instant) -> Decision {
    let mut told = counted.policies.clone();
    told.limits.level = told.limits.level.min(Level::Advise);
    told.stopped.clear();
    let guard = counted.guard(&counted.own, &told, now);
    guard.decide(&counted.named.promises())
}

/// The times that an intent offers.
pub(super) fn offered(intent: &Intent) -> Vec<Slot> {
    let What::Message(message) = &intent.what else {
        return Vec::new();
    };
    let picks = message.taps.iter().find_map(|tap| match tap {
        Tap::Pick(slots) => Some(slots.clone()),
        _ => None,
    });
    picks.unwrap_or_default()
}

/// What an event is called. A meeting that lies over one after another of a 1:1 is one event, as long as nobody changes it.
pub(super) fn event(
    named: &Named<'_>,
    (kind, evidence): (Kind, Evidence),
    pair: &str,
    promise: Option<&Promise>,
) -> String {
    let seen = Event::seen(kind, evidence);
    let over = seen.meeting.and_then(|id| named.meeting(id));
    let promised = promise.map_or(0, |promise| promise.promised.start.seconds());
    match over {
        Some(over) if over.repeats => format!("{pair}/over/{}/{}", over.uid, seen.version),
        Some(over) => {
            let id = over.id.seconds();
            format!("{pair}/{promised}/over/{}/{id}/{}", over.uid, seen.version)
        }
        None if promise.is_none() => format!("{pair}/{}", kind.as_str()),
        None if kind == Kind::Wished => format!("{pair}/{promised}/{}", kind.as_str()),
        None => format!("{pair}/{promised}/changed/{}", seen.changes),
    }
}

/// Why the guard, which is to defend, does not do it by itself, for each threat that it was held back from.
fn held_back(counted: &Counted<'_>, now: Instant) -> Vec<(Threat, Refused)> {
    let mut ones = counted.named.world.ones_of(counted.me);
    let defends = ones.any(|one| {
        let (policy, _) = counted.policies.of(counted.me, one.id);
        policy.level == Level::Defend
    });
    if !defends {
        return Vec::new();
    }
    let guard = counted.guard(&counted.own, &counted.policies, now);
    let proposals = guard.decide(&counted.named.promises()).proposals;
    let held = proposals.into_iter().filter_map(|proposal| {
        let refused = proposal.refused.filter(|refused| refused.is_held_back())?;
        Some((proposal.threat, refused))
    });
    held.collect()
}

/// Numbers told as names.
struct Telling<'a> {
    named: &'a Named<'a>,
    policies: &'a Policies,
    held_back: Vec<(Threat, Refused)>,
    me: PersonId,
}

impl Telling<'_> {
    fn proposed(&self, threat: &Threat, ways: Vec<Way>) -> Option<Proposed> {
        let one = self.named.one_on_one(threat.one_on_one)?;
        let promise = threat.promise.and_then(|id| self.named.promise(id));
        let stands = promise.and_then(|promise| promise.replaced_by.or(promise.stands));
        let stands = stands.and_then(|index| self.named.ahead.meetings.get(index));
        let other = threat
            .evidence
            .meeting
            .and_then(|id| self.named.meeting(id));
        let other = other.filter(|other| {
            stands.is_none_or(|stands| (&stands.uid, stands.id) != (&other.uid, other.id))
        });
        Some(Proposed {
            pair: one.pair.clone(),
            promised: promise.map(|promise| promise.promised),
            stands: stands.map(|stands| stands.slot),
            kind: threat.kind.as_str(),
            event: event(
                self.named,
                (threat.kind, threat.evidence),
                &one.pair,
                promise,
            ),
            because: threat.because.clone(),
            over_it: other.map(|other| OverIt {
                meeting: (other.uid.clone(), other.id),
                title: other.title.clone(),
                slot: other.slot,
                from: self.other_than_me(&other.organiser),
                class: self.named.class_of(other).0,
                is_said: self.named.said_of(other).is_some(),
                is_sure: self.named.class_of(other).1 >= self.least_sure(threat),
            }),
            held_back: self.held_back(threat),
            as_manager: self.is_manager(threat),
            other_joined: self.other_joined(threat),
            may_be_agreed: promise.is_some_and(|promise| promise.change.is_some()),
            ways,
            tapped: None,
        })
    }

    /// How sure the viewer wants it to be of what sort of meeting something is, for that 1:1.
    fn least_sure(&self, threat: &Threat) -> f64 {
        let (policy, _) = self.policies.of(self.me, threat.one_on_one);
        policy.bounds.least_confidence
    }

    fn held_back(&self, threat: &Threat) -> Option<String> {
        let mut held = self.held_back.iter();
        let (_, refused) = held.find(|(held, _)| held == threat)?;
        Some(refused.to_string())
    }

    fn is_manager(&self, threat: &Threat) -> bool {
        let one = self.named.world.one_on_one(threat.one_on_one);
        one.is_some_and(|one| one.manager == self.me)
    }

    fn other_joined(&self, threat: &Threat) -> bool {
        let one = self.named.world.one_on_one(threat.one_on_one);
        let other = one.map(|one| {
            if one.manager == self.me {
                one.report
            } else {
                one.manager
            }
        });
        let other = other.and_then(|other| self.named.world.person(other));
        other.is_some_and(|other| other.joined)
    }

    fn other_than_me(&self, address: &str) -> Option<String> {
        let id = self.named.person(address).filter(|id| *id != self.me)?;
        self.named.someone(id).map(|someone| someone.name.clone())
    }

    fn name(&self, id: PersonId) -> String {
        let someone = self.named.someone(id);
        someone
            .map(|someone| someone.name.clone())
            .unwrap_or_default()
    }

    fn way(&self, measure: Measure, intents: &[Intent]) -> Option<Way> {
        let (intent, deed) = intents
            .iter()
            .find_map(|intent| Some((intent, self.deed(intent)?)))?;
        let slots = deed.slots();
        let unseen = |person: &PersonId| !self.named.is_known(*person, slots);
        let mut people: Vec<PersonId> = match &deed {
            // The times that are offered have to suit both.
            Deed::MakeGood { .. } => {
                let one = self.named.world.one_on_one(intent.one_on_one)?;
                vec![one.manager, one.report]
            }
            Deed::Decline { .. } | Deed::Perhaps { .. } => intent.booker.into_iter().collect(),
            _ => intent.free.iter().map(|(person, _)| *person).collect(),
        };
        people.retain(unseen);
        let one = self.named.one_on_one(intent.one_on_one)?;
        let is_only_read = match intent.on {
            Some((meeting, _)) => self.named.meeting(meeting)?.is_read_only,
            None => self.named.ahead.is_only_read(one),
        };
        let is_possible = match intent.on {
            Some((meeting, _)) => {
                let meeting = self.named.meeting(meeting);
                let answers = matches!(deed, Deed::Decline { .. } | Deed::Perhaps { .. });
                meeting.is_some_and(|meeting| {
                    meeting.is_writable() && (meeting.is_invited || !answers)
                })
            }
            None => self.named.ahead.home_of(&one.pair).is_some(),
        };
        Some(Way {
            measure,
            deed,
            unseen: people.into_iter().map(|person| self.name(person)).collect(),
            is_possible,
            is_only_read: is_only_read && !is_possible,
        })
    }

    fn deed(&self, intent: &Intent) -> Option<Deed> {
        match &intent.what {
            What::Move { meeting, to } => {
                let moved = self.named.meeting(*meeting)?;
                let guests = moved.guests.iter().map(|(guest, _)| guest.as_str());
                let others = guests.chain(moved.also.iter().map(String::as_str));
                let told = others.filter_map(|guest| self.other_than_me(guest));
                Some(Deed::MoveOther {
                    to: *to,
                    told: told.collect(),
                })
            }
            What::Answer {
                answer,
                note,
                instead,
                ..
            } => {
                let booker = intent.booker.map(|booker| self.name(booker));
                let booker = booker.unwrap_or_default();
                let (note, instead) = (note.clone(), instead.clone());
                Some(if *answer == Answer::Tentative {
                    Deed::Perhaps {
                        booker,
                        note,
                        instead,
                    }
                } else {
                    Deed::Decline {
                        booker,
                        note,
                        instead,
                    }
                })
            }
            What::Restore { to, .. } => Some(Deed::Restore { to: *to }),
            What::Message(_) => {
                let slots = offered(intent);
                (!slots.is_empty()).then_some(Deed::MakeGood { slots })
            }
            What::Book { .. }
            | What::Begin { .. }
            | What::Onward { .. }
            | What::Busy { .. }
            | What::Hold { .. }
            | What::Cancel { .. } => None,
        }
    }
}
