//! From decided intents to one stroke of the store: the outbox, what is remembered, and what the other one is told.

use super::between::{Did, Said, between_of, did_for};
use super::deed::deed;
use super::gather::Gathered;
use super::world::Named;
use crate::server::acting::intent as outbox;
use crate::server::{ServerError, Viewer, facts, sync};
use std::collections::BTreeMap;
use steadfast_calendar::Instant;
use steadfast_guard::intent::{Intent, What};
use steadfast_guard::message::Tap;
use steadfast_guard::policy::How;
use steadfast_store::{Append, Expected, Facts, Intents, NewFact, NewIntent, NewJob, Write};

/// What is to be written.
#[derive(Default)]
pub(super) struct Drafted {
    intents: Vec<NewIntent>,
    did: Vec<NewFact>,
    between: BTreeMap<String, Vec<NewFact>>,
}

/// An intent that writes where nothing can be written, or to what is not there any more.
pub(super) struct NotHere;

impl Drafted {
    /// How much goes into the outbox.
    pub(super) fn writes(&self) -> usize {
        self.intents.len()
    }

    /// Whether there is nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.intents.is_empty() && self.between.is_empty()
    }

    /// Adds something that is said about a promise.
    pub(super) fn say(&mut self, pair: &str, said: &Said, by: &str, now: Instant) {
        let facts = self.between.entry(pair.to_owned()).or_default();
        facts.push(said.fact(by, now));
    }

    /// Adds one intent; what goes out twice is added once. A hold is not kept: its time is given back before it would be.
    pub(super) async fn add<S: Facts + Intents>(
        &mut self,
        store: &S,
        viewer: &Viewer,
        now: Instant,
        (gathered, named): (&Gathered<'_>, &Named<'_>),
        intent: &Intent,
    ) -> Result<Result<(), NotHere>, ServerError> {
        if let What::Message(_) = &intent.what {
            self.tell(named, intent, viewer.person(), now);
            return Ok(Ok(()));
        }
        if matches!(intent.what, What::Hold { .. } | What::Cancel { .. }) {
            return Ok(Ok(()));
        }
        let Some(deed) = deed(named, intent) else {
            return Ok(Err(NotHere));
        };
        let verb = deed.verb;
        let stream = facts::calendar_of(viewer.person());
        let known = sync::known(store, viewer.org(), &stream, &deed.place.source).await?;
        let text = known.get(&deed.place.calendar);
        let text = text
            .and_then(|calendar| calendar.get(&deed.place.href))
            .cloned();
        let policy = policy(intent);
        let made = deed.action(gathered.ahead, gathered.clock(), policy, text.as_deref());
        let Some((name, action)) = made else {
            return Ok(Err(NotHere));
        };
        let by_hand = intent.how == How::ByOwner;
        if let Some(name) = free_name(store, viewer, name, by_hand).await? {
            self.intents
                .push(outbox(&name, viewer.person(), &action, by_hand, now));
            let did = remembered(named, intent, verb);
            self.did
                .extend(did.map(|did| did.fact(viewer.person(), now)));
        }
        Ok(Ok(()))
    }

    /// What the report is told: times to pick from, or that there are none. What the owner is told stands on their page.
    fn tell(&mut self, named: &Named<'_>, intent: &Intent, by: &str, now: Instant) {
        let What::Message(message) = &intent.what else {
            return;
        };
        let one = named.one_on_one(intent.one_on_one);
        let promise = intent.promise.and_then(|id| named.promise(id));
        let (Some(one), Some(promise)) = (one, promise) else {
            return;
        };
        if message.to == intent.owner {
            return;
        }
        let promised = promise.promised.start.seconds();
        let picks = message.taps.iter().find_map(|tap| match tap {
            Tap::Pick(slots) => Some(slots),
            _ => None,
        });
        let said = match picks {
            Some(slots) => Said::Offered {
                promised,
                slots: slots
                    .iter()
                    .map(|slot| (slot.start.seconds(), slot.end.seconds()))
                    .collect(),
                by_owner: intent.how == How::ByOwner,
            },
            None => Said::Told {
                promised,
                text: message.text.clone(),
            },
        };
        self.say(&one.pair, &said, by, now);
    }

    /// Writes all of it, or nothing.
    pub(super) async fn write<S: Facts>(
        self,
        store: &S,
        viewer: &Viewer,
        jobs: &[NewJob],
    ) -> Result<(), ServerError> {
        let did = did_for(viewer.person());
        let mut streams: Vec<(String, Vec<NewFact>)> = self
            .between
            .into_iter()
            .map(|(pair, facts)| (between_of(&pair), facts))
            .collect();
        streams.push((did, self.did));
        let appends: Vec<Append<'_>> = streams
            .iter()
            .filter(|(_, facts)| !facts.is_empty())
            .map(|(stream, facts)| Append {
                stream,
                expected: Expected::Any,
                facts,
            })
            .collect();
        let write = Write {
            appends: &appends,
            intents: &self.intents,
            jobs,
            ..Write::default()
        };
        store.write(viewer.org(), write).await?;
        Ok(())
    }
}

/// The policy in words for the log.
fn policy(intent: &Intent) -> &'static str {
    match intent.how {
        How::ByOwner => "you decided it",
        How::Automatic => intent.policy.words(),
    }
}

fn remembered(named: &Named<'_>, intent: &Intent, verb: &str) -> Option<Did> {
    let on = intent.on.and_then(|(id, _)| named.meeting(id));
    let booker = intent.booker.and_then(|booker| named.address(booker));
    Some(Did {
        pair: named.one_on_one(intent.one_on_one)?.pair.clone(),
        promised: named.promise(intent.promise?)?.promised.start.seconds(),
        measure: intent.measure.as_str().to_owned(),
        against: intent.against.as_str().to_owned(),
        verb: verb.to_owned(),
        on: on.map(|meeting| (meeting.uid.clone(), meeting.id.seconds())),
        booker: booker.map(str::to_owned),
        by_owner: intent.how == How::ByOwner,
    })
}

/// A name under which nothing ended without effect: what failed may be asked for again by hand, what was done is not done
/// twice, and what nobody asks for is tried once.
async fn free_name<S: Intents>(
    store: &S,
    viewer: &Viewer,
    name: String,
    by_hand: bool,
) -> Result<Option<String>, ServerError> {
    /// Whoever tries more often has another problem.
    const MOST: usize = 9;
    let mut tried = name.clone();
    for number in 2..=MOST {
        match store.intent(viewer.org(), &tried).await? {
            None => return Ok(Some(tried)),
            Some(known) if !known.state.is_end() || known.state.stands() || !by_hand => {
                return Ok(None);
            }
            Some(_) => tried = format!("{name}/{number}"),
        }
    }
    Err(ServerError::Input(
        "this was tried often and did not work".to_owned(),
        "the log says why; change it in your calendar".to_owned(),
    ))
}
