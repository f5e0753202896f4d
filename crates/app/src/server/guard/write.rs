//! From decided intents to one stroke of the store: the outbox, what is remembered, and what the other one is told.

use super::ahead::Ahead;
use super::basis;
use super::between::{Did, FOR_GOOD, HeldBack, Said, between_of, did_for};
use super::deed::{self, deed, renamed};
use super::gather::{Counted, Gathered};
use super::policies::NO_TIME;
use super::proposals::offered;
use super::world::Named;
use crate::server::acting::intent as outbox;
use crate::server::log::noted::{Happened, log_of};
use crate::server::{ServerError, Viewer, mail};
use std::collections::{BTreeMap, BTreeSet};
use steadfast_calendar::{Instant, Slot};
use steadfast_guard::intent::{Intent, Measure, What};
use steadfast_guard::measures::due_to_book;
use steadfast_guard::offer::Offer;
use steadfast_guard::policy::How;
use steadfast_guard::policy::Level;
use steadfast_store::{
    Append, Expected, Facts, IntentState, Intents, NewFact, NewIntent, NewJob, StoreError, Version,
    Write,
};

/// What is to be written.
#[derive(Default)]
pub(super) struct Drafted {
    intents: Vec<NewIntent>,
    did: Vec<NewFact>,
    /// What the owner's log tells.
    noted: Vec<NewFact>,
    between: BTreeMap<String, Vec<NewFact>>,
    /// What was offered: the 1:1, the promise, the best time, and whether the owner offered it.
    offers: Vec<(String, i64, Slot, bool)>,
    /// Promises of which something is said.
    decided: BTreeSet<(String, i64)>,
    /// What is remembered was decided on this version of it.
    did_at: Version,
    /// The two of each 1:1.
    two: BTreeMap<String, [String; 2]>,
}

/// An intent that writes where nothing can be written, or to what is not there any more.
pub(super) struct NotHere;

impl Drafted {
    /// Nothing yet, on what was gathered.
    pub(super) fn on(gathered: &Gathered<'_>) -> Self {
        let ones = gathered.ahead.one_on_ones.iter();
        let two = ones.map(|one| {
            let two = [one.manager.clone(), one.report.clone()];
            (one.pair.clone(), two)
        });
        Self {
            did_at: gathered.did_at,
            two: two.collect(),
            ..Self::default()
        }
    }

    /// How much goes into the outbox.
    pub(super) fn writes(&self) -> usize {
        self.intents.len()
    }

    /// Whether there is nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.intents.is_empty() && self.between.is_empty() && self.noted.is_empty()
    }

    /// Adds what goes into the outbox as it is.
    pub(super) fn put(&mut self, intent: NewIntent) {
        self.intents.push(intent);
    }

    /// The times that are offered by this draft, the best of each.
    pub(super) fn offers(&self) -> impl Iterator<Item = (&str, i64, Slot, bool)> {
        let offers = self.offers.iter();
        offers.map(|(pair, promised, best, by_owner)| (pair.as_str(), *promised, *best, *by_owner))
    }

    /// Whether something is said about that promise by this draft: what stood before is over.
    pub(super) fn decides(&self, pair: &str, promised: i64) -> bool {
        self.decided.contains(&(pair.to_owned(), promised))
    }

    /// Adds something that is said about a promise.
    pub(super) fn say(&mut self, pair: &str, said: &Said, by: &str, now: Instant) {
        self.decided.insert((pair.to_owned(), said.promised()));
        let facts = self.between.entry(pair.to_owned()).or_default();
        facts.push(said.fact(by, now));
    }

    /// Adds what would have been done about an event, and that it is told.
    pub(super) fn hold_back(&mut self, event: String, told: &Happened, by: &str, now: Instant) {
        self.did.push(HeldBack { event }.fact(by, now));
        self.noted.push(told.fact(by, now));
    }

    /// Adds one intent; what goes out twice is added once. What is held is told from what is offered.
    pub(super) async fn add<S: Facts + Intents>(
        &mut self,
        store: &S,
        viewer: &Viewer,
        now: Instant,
        (gathered, counted): (&Gathered<'_>, &Counted<'_>),
        intent: &Intent,
    ) -> Result<Result<(), NotHere>, ServerError> {
        let named = &counted.named;
        if let What::Message(_) = &intent.what {
            if self
                .is_on_its_way(store, viewer, gathered, named, intent)
                .await?
            {
                return Ok(Ok(()));
            }
            return Ok(self.tell(gathered, counted, intent, (viewer.person(), now)));
        }
        if matches!(intent.what, What::Hold { .. } | What::Cancel { .. }) {
            return Ok(Ok(()));
        }
        let Some(deed) = deed(named, intent, now) else {
            return Ok(Err(NotHere));
        };
        let verb = deed.verb;
        let says = basis::says(store, viewer, &deed.place).await?;
        let then = match &deed.then {
            Some((place, ..)) => basis::says(store, viewer, place).await?,
            None => None,
        };
        let agreed = intent.how == How::ByOwner && is_picked(gathered, named, intent);
        let policy = policy(intent, agreed);
        let told = (policy, agreed);
        let made = deed.action(gathered.ahead, gathered.clock(), told, [says, then]);
        let Some((name, action)) = made else {
            return Ok(Err(NotHere));
        };
        let by_hand = intent.how == How::ByOwner;
        if is_under_way(store, viewer, gathered.ahead, &name).await? {
            return Ok(Ok(()));
        }
        if let Some(name) = free_name(store, viewer, name, by_hand).await? {
            let action = renamed(action, &name);
            self.intents
                .push(outbox(&name, viewer.person(), &action, by_hand, now));
            if !agreed {
                self.booked(gathered, named, intent, (viewer.person(), now));
            }
            let did = remembered(named, intent, verb);
            self.did
                .extend(did.map(|did| did.fact(viewer.person(), now)));
        }
        Ok(Ok(()))
    }

    /// Whether the 1:1 that a text is about is being put somewhere, by this draft or before: then there is nothing to tell yet.
    async fn is_on_its_way<S: Intents>(
        &self,
        store: &S,
        viewer: &Viewer,
        gathered: &Gathered<'_>,
        named: &Named<'_>,
        intent: &Intent,
    ) -> Result<bool, ServerError> {
        let Some(promise) = intent.promise.and_then(|id| named.promise(id)) else {
            return Ok(false);
        };
        let about = deed::about(&promise.pair, Some(promise.promised.start));
        let mut drafted = self.intents.iter();
        let is_drafted = drafted.any(|one| {
            let deed = one.intent.strip_prefix(&about);
            deed.is_some_and(|deed| !deed.starts_with("answer/"))
        });
        Ok(is_drafted || is_under_way(store, viewer, gathered.ahead, &about).await?)
    }

    /// That it is put at another time, which the report did not pick: they hear of it whoever wanted it.
    fn booked(
        &mut self,
        gathered: &Gathered<'_>,
        named: &Named<'_>,
        intent: &Intent,
        (by, now): (&str, Instant),
    ) {
        let one = named.one_on_one(intent.one_on_one);
        let one = one.filter(|one| gathered.known.contains(&one.pair) && one.manager == by);
        let promise = intent.promise.and_then(|id| named.promise(id));
        let is_made_good = intent.measure == Measure::MakeGood;
        let slot = intent.puts_at().filter(|_| is_made_good);
        if let (Some(one), Some(promise), Some(slot)) = (one, promise, slot) {
            let said = Said::Booked {
                promised: promise.promised.start.seconds(),
                slot: (slot.start.seconds(), slot.end.seconds()),
                by_owner: intent.how == How::ByOwner,
            };
            self.say(&one.pair, &said, by, now);
        }
    }

    /// What the report is told: times to pick from, or that there are none. What the owner is told stands on their page. Where
    /// nothing could be booked nothing is offered, and what was told is not told again.
    fn tell(
        &mut self,
        gathered: &Gathered<'_>,
        counted: &Counted<'_>,
        intent: &Intent,
        (by, now): (&str, Instant),
    ) -> Result<(), NotHere> {
        let named = &counted.named;
        let one = named.one_on_one(intent.one_on_one);
        let promise = intent.promise.and_then(|id| named.promise(id));
        let (Some(one), Some(promise), What::Message(message)) = (one, promise, &intent.what)
        else {
            return Ok(());
        };
        if message.to == intent.owner {
            return Ok(());
        }
        if !gathered.known.contains(&one.pair) {
            return Err(NotHere);
        }
        let promised = promise.promised.start.seconds();
        let about = gathered.between.get(&one.pair);
        let about = about.and_then(|all| all.get(&promised));
        let slots = offered(intent);
        let Some(best) = slots.first() else {
            let text = NO_TIME.to_owned();
            if about.is_none_or(|about| about.told.as_ref() != Some(&text)) {
                self.say(&one.pair, &Said::Told { promised, text }, by, now);
            }
            return Ok(());
        };
        if gathered.ahead.home_of(&one.pair).is_none() {
            return Err(NotHere);
        }
        let (policy, _) = counted.policies.of(intent.owner, intent.one_on_one);
        let by_itself = policy.level == Level::Defend;
        let offer = Offer {
            at: now,
            slots: slots.clone(),
            by_owner: intent.how == How::ByOwner,
            answer: None,
        };
        let stands = promise
            .stands
            .and_then(|index| gathered.ahead.meetings.get(index));
        let stands = stands
            .map(|meeting| meeting.slot)
            .filter(|slot| slot.start > now);
        let due = due_to_book(&policy.bounds, &offer, stands).filter(|_| by_itself);
        let said = Said::Offered {
            promised,
            slots: slots
                .iter()
                .map(|slot| (slot.start.seconds(), slot.end.seconds()))
                .collect(),
            by_owner: offer.by_owner,
            booked_from: due.map(|due| due.seconds().min(best.start.seconds())),
        };
        self.say(&one.pair, &said, by, now);
        let about = (one.pair.clone(), promised, *best, offer.by_owner);
        self.offers.push(about);
        Ok(())
    }

    /// The other one of each 1:1 that something is said about may want to hear of it by mail.
    fn to_tell(&self, me: &str) -> Vec<NewJob> {
        let said = self.between.iter();
        let others = said.filter_map(|(pair, facts)| {
            let mut two = self.two.get(pair)?.iter();
            let other = two.find(|one| *one != me)?;
            Some(mail::job(other, facts.first()?.at))
        });
        others.collect()
    }

    /// Writes all of it, or nothing.
    pub(super) async fn write<S: Facts>(
        self,
        store: &S,
        viewer: &Viewer,
        jobs: &[NewJob],
    ) -> Result<(), ServerError> {
        let did = did_for(viewer.person());
        let mut jobs = jobs.to_vec();
        jobs.extend(self.to_tell(viewer.person()));
        let mut streams: Vec<(String, Vec<NewFact>)> = self
            .between
            .into_iter()
            .map(|(pair, facts)| (between_of(&pair), facts))
            .collect();
        streams.push((did.clone(), self.did));
        streams.push((log_of(viewer.person()), self.noted));
        let appends: Vec<Append<'_>> = streams
            .iter()
            .filter(|(_, facts)| !facts.is_empty())
            .map(|(stream, facts)| Append {
                stream,
                expected: if *stream == did {
                    Expected::Exactly(self.did_at)
                } else {
                    Expected::Any
                },
                facts,
            })
            .collect();
        let write = Write {
            appends: &appends,
            intents: &self.intents,
            jobs: &jobs,
            ..Write::default()
        };
        match store.write(viewer.org(), write).await {
            // Somebody else decided in the same moment.
            Err(StoreError::Conflict { .. }) => Err(ServerError::Busy),
            done => Ok(done.map(drop)?),
        }
    }
}

/// The policy in words for the log.
fn policy(intent: &Intent, agreed: bool) -> &'static str {
    match intent.how {
        How::ByOwner if agreed => "you offered it, and your report picked it",
        How::ByOwner => "you decided it",
        How::Automatic => intent.policy.words(),
    }
}

/// Whether the report picked that very time.
fn is_picked(gathered: &Gathered<'_>, named: &Named<'_>, intent: &Intent) -> bool {
    let promise = intent.promise.and_then(|id| named.promise(id));
    let about = match (&intent.what, promise) {
        (What::Onward { .. }, _) => named
            .one_on_one(intent.one_on_one)
            .and_then(|one| gathered.between.get(&one.pair)?.get(&FOR_GOOD)),
        (_, promise) => promise.and_then(|promise| {
            let all = gathered.between.get(&promise.pair)?;
            all.get(&promise.promised.start.seconds())
        }),
    };
    let offer = about.and_then(|about| about.offer.as_ref());
    let picked = offer.and_then(|offer| offer.answer.flatten());
    picked.is_some() && picked == intent.puts_at()
}

fn remembered(named: &Named<'_>, intent: &Intent, verb: &str) -> Option<Did> {
    let on = intent.on.and_then(|(id, _)| named.meeting(id));
    let booker = intent.booker.and_then(|booker| named.address(booker));
    // Of a series that begins there is no promise yet.
    let promised = match intent.promise {
        Some(promise) => named.promise(promise)?.promised.start.seconds(),
        None => 0,
    };
    Some(Did {
        pair: named.one_on_one(intent.one_on_one)?.pair.clone(),
        promised,
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

/// Intents that are looked through, the newest first.
const LATEST: u32 = 100;

/// Whether something for the same promise is in the outbox, or was done and not yet seen on the calendar: then what is there is
/// not what was decided on. Of an answer only the same one counts: two meetings may lie over one 1:1.
pub(super) async fn is_under_way<S: Intents>(
    store: &S,
    viewer: &Viewer,
    ahead: &Ahead,
    name: &str,
) -> Result<bool, ServerError> {
    let mut parts = name.splitn(5, '/');
    let about: Vec<&str> = parts.by_ref().take(3).collect();
    let about = format!("{}/", about.join("/"));
    let answers = name
        .strip_prefix(&about)
        .is_some_and(|deed| deed.starts_with("answer/"));
    let all = store
        .intents_of(viewer.org(), viewer.person(), LATEST)
        .await?;
    Ok(all.iter().any(|known| {
        let same = known.intent.starts_with(&about) && known.undoes.is_none();
        let is_unseen = known.ended.is_none_or(|ended| {
            let ended = Instant::from_seconds(ended.0.div_euclid(1_000_000));
            // What may have been done is as good as done until the calendar was seen.
            let may_stand = known.state.stands() || known.state == IntentState::Unsure;
            may_stand && ahead.at.is_none_or(|at| at <= ended)
        });
        let is_answer = known
            .intent
            .strip_prefix(&about)
            .is_some_and(|deed| deed.starts_with("answer/"));
        same && is_unseen && !answers && !is_answer
    }))
}
