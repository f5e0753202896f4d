//! What the calendars show of addresses that share a name.

use crate::{
    history::{History, Known, Version},
    pairs::cadence::cadence_days,
};
use jiff::{civil::Date, tz::TimeZone};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};
use steadfast_calendar::{CuType, Event, Glance, Instant};

/// Turns of one series that are compared; a series of more changes its people too often to tell anything.
const TURNS: usize = 64;

/// A meeting of two that repeats.
#[derive(Debug)]
pub(super) struct Standing {
    /// The other one.
    pub(super) with: Arc<str>,
    /// Its first day.
    pub(super) from: Date,
    /// Its last day; `None` while it runs.
    pub(super) to: Option<Date>,
}

/// When a series came to be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Birth {
    /// CREATED, else when it was first seen.
    pub(super) made: Option<Instant>,
    /// Its first start.
    pub(super) start: Instant,
}

/// What is seen of one address.
#[derive(Debug, Default)]
pub(super) struct Life {
    /// Every series that names this one of the cluster and no other.
    pub(super) births: Vec<Birth>,
    /// Its recurring meetings of two.
    pub(super) standing: Vec<Standing>,
}

/// What is seen of the addresses of one name.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// One for each address.
    pub(super) lives: Vec<Life>,
    /// Whether two of them are in one meeting.
    pub(super) side_by_side: bool,
    /// Those two (in the order of the addresses) that one series names in turn, with the same others.
    pub(super) handed_on: HashSet<[usize; 2]>,
}

impl Seen {
    /// Looks at every meeting of the addresses in `clusters`.
    pub(super) fn of(history: &History, clusters: &[Vec<Arc<str>>]) -> Vec<Self> {
        let mut place: HashMap<&str, (usize, usize)> = HashMap::new();
        let mut all_seen: Vec<Self> = Vec::with_capacity(clusters.len());
        for (cluster, addresses) in clusters.iter().enumerate() {
            for (member, address) in addresses.iter().enumerate() {
                place.insert(address, (cluster, member));
            }
            all_seen.push(Self {
                lives: addresses.iter().map(|_| Life::default()).collect(),
                ..Self::default()
            });
        }
        for series in all(history) {
            let mut is_named = false;
            series.each_ever(|event| {
                is_named |= people(&event).any(|(address, _)| place.contains_key(address));
            });
            if !is_named {
                continue;
            }
            let versions = series.versions();
            for (cluster, turns) in turns(&versions, &place, &mut all_seen) {
                if let Some(seen) = all_seen.get_mut(cluster) {
                    seen.take(&versions, &turns);
                }
            }
        }
        all_seen
    }

    /// `turns`: the members that `series` names, each with the others it names beside them.
    fn take(&mut self, series: &[Version], turns: &[Turn<'_>]) {
        let mut members: Vec<usize> = turns.iter().map(|t| t.member).collect();
        members.sort_unstable();
        members.dedup();
        for first in turns {
            for second in turns.iter().filter(|s| s.member > first.member) {
                if first.others == second.others && !first.others.is_empty() {
                    self.handed_on.insert([first.member, second.member]);
                }
            }
        }
        let [only] = members[..] else { return };
        let Some(life) = self.lives.get_mut(only) else {
            return;
        };
        life.births.extend(birth(series));
        if let Some((from, to)) = span(series)
            && let Some([with]) = turns.first().map(|t| t.others.as_slice())
        {
            life.standing.push(Standing {
                with: Arc::from(*with),
                from,
                to,
            });
        }
    }
}

/// One member of a cluster in a series, and who else was in it then.
#[derive(PartialEq)]
struct Turn<'a> {
    member: usize,
    others: Vec<&'a str>,
}

/// The members that a series names, by cluster. Two in one event are marked as side by side.
fn turns<'a>(
    series: &'a [Version],
    place: &HashMap<&str, (usize, usize)>,
    seen: &mut [Seen],
) -> BTreeMap<usize, Vec<Turn<'a>>> {
    let mut all: BTreeMap<usize, Vec<Turn<'a>>> = BTreeMap::new();
    for event in events(series) {
        let mut who: Vec<&str> = people(&Glance::of(event)).map(|(who, _)| who).collect();
        who.sort_unstable();
        who.dedup();
        let mut here: HashMap<usize, usize> = HashMap::new();
        for address in &who {
            let Some(&(cluster, member)) = place.get(address) else {
                continue;
            };
            if here.insert(cluster, member).is_some()
                && let Some(seen) = seen.get_mut(cluster)
            {
                seen.side_by_side = true;
            }
        }
        for (cluster, member) in here {
            let of_cluster = |a: &str| place.get(a).is_some_and(|(c, _)| *c == cluster);
            let others = who.iter().copied().filter(|a| !of_cluster(a)).collect();
            let turn = Turn { member, others };
            let turns = all.entry(cluster).or_default();
            // An override usually repeats what its series says.
            if turns.len() < TURNS && !turns.contains(&turn) {
                turns.push(turn);
            }
        }
    }
    all
}

pub(super) fn all(history: &History) -> impl Iterator<Item = Known<'_>> {
    history.copies.iter().flat_map(|copy| copy.all())
}

/// Every event of every version.
fn events(series: &[Version]) -> impl Iterator<Item = &Event> {
    let states = series.iter().filter_map(|v| v.series.as_deref());
    states.flat_map(|state| {
        state
            .master
            .iter()
            .chain(&state.overrides)
            .map(AsRef::as_ref)
    })
}

/// Everybody in an event who may be human.
pub(super) fn people<'a>(event: &Glance<'a>) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
    let thing = |cutype| matches!(cutype, CuType::Room | CuType::Resource | CuType::Group);
    let people = event
        .people()
        .filter(move |who| !who.cutype.is_some_and(thing));
    people.map(|who| (who.address, who.name))
}

fn birth(series: &[Version]) -> Option<Birth> {
    let first = series.first()?;
    let appeared = first.after.and(first.seen);
    let of = |event: &Event| (event.created, event.start.instant(&TimeZone::UTC));
    let (made, start) = events(series)
        .map(of)
        .reduce(|a, b| (a.0.into_iter().chain(b.0).min(), a.1.min(b.1)))?;
    Some(Birth {
        made: made.or(appeared),
        start,
    })
}

/// First and last day of a series that repeats.
fn span(series: &[Version]) -> Option<(Date, Option<Date>)> {
    let last_known = series.iter().rev().find_map(|v| v.series.as_deref());
    let master = last_known?.master.as_deref()?;
    let days = cadence_days(master)?;
    let from = master.start.instant(&TimeZone::UTC).date(&TimeZone::UTC);
    let gone = series.last().filter(|v| v.series.is_none());
    let gone = gone.and_then(|v| v.seen).map(|at| at.date(&TimeZone::UTC));
    let said = master.recurrence.as_deref().and_then(|r| {
        let ends: Option<Vec<Date>> = r.rules.iter().map(|rule| end(rule, from, days)).collect();
        ends?.into_iter().max()
    });
    Some((from, gone.into_iter().chain(said).min()))
}

/// The day after which `rule` gives nothing more, by UNTIL or COUNT.
fn end(rule: &str, from: Date, days: i64) -> Option<Date> {
    rule.split(';').find_map(|part| {
        let (key, value) = part.split_once('=')?;
        match key.trim().to_ascii_uppercase().as_str() {
            "UNTIL" => Date::strptime("%Y%m%d", value.trim().get(..8)?).ok(),
            "COUNT" => {
                let count: i64 = value.trim().parse().ok()?;
                let span = days.checked_mul(count.checked_sub(1)?)?;
                from.checked_add(jiff::Span::new().try_days(span).ok()?)
                    .ok()
            }
            _ => None,
        }
    })
}
