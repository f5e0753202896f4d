//! All that the guard decides on for one person.

use super::ahead::Ahead;
use super::allowed::allowed;
use super::between::{About, Between, Did, between_of, did_as, did_for, held_back_as, stands};
use super::own::own;
use super::policies::{self, Chosen, told};
use super::world::Named;
use crate::server::accounts::{Knowers, has_left, which_have_joined};
use crate::server::acting::Switches;
use crate::server::ledger::Whole;
use crate::server::sync::micros;
use crate::server::{ServerError, Viewer, acting};
use std::collections::{BTreeMap, BTreeSet};
use steadfast_calendar::Instant;
use steadfast_guard::decide::Guard;
use steadfast_guard::ids::PersonId;
use steadfast_guard::intent::Measure;
use steadfast_guard::own::Own;
use steadfast_guard::policy::Policies;
use steadfast_guard::world::person::Hours;
use steadfast_store::{Accounts, Facts, Intents, Version};

/// All that the guard decides on for one person.
pub(super) struct Gathered<'a> {
    pub(super) ahead: &'a Ahead,
    pub(super) joined: BTreeSet<String>,
    pub(super) between: BTreeMap<String, Between>,
    /// The 1:1s of which it is known that the viewer is the one whose address is in them.
    pub(super) known: BTreeSet<String>,
    /// The version of what the guard did, before it was read: whoever writes on it is the only one.
    pub(super) did_at: Version,
    did: Vec<(Instant, Did)>,
    /// Events of which it was told that the guard was held back.
    pub(super) held_back: BTreeSet<String>,
    chosen: Chosen,
    /// How the switches stand.
    pub(super) switches: Switches,
}

/// The same, in numbers.
pub(super) struct Counted<'a> {
    pub(super) named: Named<'a>,
    pub(super) me: PersonId,
    pub(super) own: Own,
    pub(super) policies: Policies,
    /// Whether the switch is off for them.
    pub(super) is_stopped: bool,
    /// The viewer alone.
    serves: BTreeSet<PersonId>,
}

/// Gathers it.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub(super) async fn gather<'a, S>(
    store: &S,
    viewer: &Viewer,
    ahead: &'a Ahead,
    now: Instant,
) -> Result<Gathered<'a>, ServerError>
where
    S: Accounts + Facts + Intents,
{
    // Whoever is in any of the meetings may be reached by what is done with it.
    let people: BTreeSet<&str> = ahead
        .of_the_one_on_ones()
        .chain(ahead.people.keys().map(String::as_str))
        .collect();
    let people: Vec<&str> = people.into_iter().collect();
    let joined = which_have_joined(store, viewer, now, &people).await?;
    let mut joined: BTreeSet<String> = joined.into_iter().collect();
    // Whoever looks has come in.
    joined.insert(viewer.person().to_owned());
    let pairs: Vec<&str> = ahead
        .one_on_ones
        .iter()
        .map(|one| one.pair.as_str())
        .collect();
    let whole = whole(store, viewer, &pairs).await?;
    // Where it is not known that the viewer is whose address it is, what was said to that address is not theirs.
    let knowers = Knowers::told(whole.facts(&Knowers::stream(viewer.person())))?;
    let is_known = |one: &&super::ahead::OneOnOne| {
        let other = if one.manager == viewer.person() {
            &one.report
        } else {
            &one.manager
        };
        knowers.include(other)
    };
    let known = ahead.one_on_ones.iter().filter(is_known);
    let known: BTreeSet<String> = known.map(|one| one.pair.clone()).collect();
    let mut between = BTreeMap::new();
    for pair in &known {
        let facts = whole.facts(&between_of(pair));
        if !facts.is_empty() {
            between.insert(pair.clone(), stands(facts)?);
        }
    }
    for one in &ahead.one_on_ones {
        let report = ahead.people.get(&one.report);
        let hours = report.and_then(|report| report.hours.map(|hours| (Hours(hours), report)));
        if let Some((all, (hours, report))) = between.get_mut(&one.pair).zip(hours) {
            let open = all.values_mut();
            open.for_each(|about: &mut About| about.keep_to(&hours, &report.zone));
        }
    }
    for one in &ahead.one_on_ones {
        let open = between
            .get_mut(&one.pair)
            .filter(|_| one.manager != viewer.person());
        let open = open.into_iter().flat_map(Between::values_mut);
        let open = open.filter(|about| about.is_open()).collect::<Vec<_>>();
        // What somebody offered who has left nobody books any more, wherever it would be picked.
        if !open.is_empty() && has_left(store, viewer.org(), &one.manager, micros(now)).await? {
            open.into_iter().for_each(|about| about.offer = None);
        }
    }
    let did = did_for(viewer.person());
    Ok(Gathered {
        known,
        did_at: whole.version(&did),
        did: did_as(whole.facts(&did))?,
        held_back: held_back_as(whole.facts(&did))?,
        between,
        joined,
        chosen: told(viewer, &whole),
        switches: acting::switches(store, viewer).await?,
        ahead,
    })
}

/// All that was said and chosen, in one reading.
async fn whole<S: Facts>(store: &S, viewer: &Viewer, pairs: &[&str]) -> Result<Whole, ServerError> {
    let mut streams: Vec<String> = pairs.iter().map(|pair| between_of(pair)).collect();
    streams.extend(policies::streams(viewer.person()));
    streams.push(Knowers::stream(viewer.person()));
    streams.push(did_for(viewer.person()));
    let names: Vec<&str> = streams.iter().map(String::as_str).collect();
    Whole::of(store, viewer.org(), &names).await
}

impl Counted<'_> {
    /// The guard that decides for the viewer, and for nobody else.
    pub(super) fn guard<'a>(
        &'a self,
        own: &'a Own,
        policies: &'a Policies,
        now: Instant,
    ) -> Guard<'a> {
        Guard {
            world: &self.named.world,
            own,
            policies,
            serves: Some(&self.serves),
            now,
        }
    }
}

impl Gathered<'_> {
    /// Whether another time was booked for that promise since then, or it was tried.
    pub(super) fn was_booked(&self, pair: &str, promised: i64, since: Instant) -> bool {
        let mut did = self.did.iter();
        did.any(|(at, did)| {
            let of_it = did.pair == pair && did.promised == promised;
            of_it && did.measure == Measure::MakeGood.as_str() && *at >= since
        })
    }

    /// In numbers; `None` where the viewer is in none of it, or their calendar was not seen lately.
    pub(super) fn counted(&self, now: Instant) -> Option<Counted<'_>> {
        let named = Named::of(
            self.ahead,
            &self.joined,
            &self.between,
            &self.chosen.classes,
            now,
        );
        let me = self.ahead.me.first().and_then(|me| named.person(me));
        let me = me.filter(|_| self.ahead.is_fresh(now))?;
        let is_stopped = self.switches.since().is_some();
        Some(Counted {
            own: own(&named, me, &self.between, &self.did, &self.chosen.previewed),
            policies: allowed(&named, me, &self.chosen, is_stopped),
            is_stopped,
            serves: BTreeSet::from([me]),
            named,
            me,
        })
    }

    /// The viewer's clock, by its IANA name.
    pub(super) fn clock(&self) -> String {
        let me = self
            .ahead
            .me
            .first()
            .and_then(|me| self.ahead.people.get(me));
        let name = me.and_then(|me| me.zone.iana_name());
        name.unwrap_or("UTC").to_owned()
    }
}
