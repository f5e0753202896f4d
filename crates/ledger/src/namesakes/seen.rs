//! What the calendars show of addresses that share a name.

use super::full_name;
use crate::{
    history::{History, SeriesHistory},
    pairs::cadence::cadence_days,
};
use jiff::{civil::Date, tz::TimeZone};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};
use steadfast_calendar::{CuType, Event, Instant, Map};

/// Turns of one series that are compared; a series of more changes its people too often to tell anything.
const TURNS: usize = 64;

/// Which addresses go by one full name.
#[derive(Debug)]
pub(super) struct Names(Vec<Vec<Arc<str>>>);

impl Names {
    /// Reads every name. An address that goes by two full names is nobody's in particular.
    pub(super) fn of(history: &History) -> Self {
        let mut by_address: Map<&Arc<str>, Option<&Arc<str>>> = Map::default();
        for series in all(history) {
            let mut before: Option<&Event> = None;
            for event in events(series) {
                // An override nearly always names whom its series names, letter by letter.
                let as_before = before.replace(event).is_some_and(|b| same_people(b, event));
                for (address, name) in people(event).filter(|_| !as_before) {
                    let known = by_address.entry(address).or_insert(Some(name));
                    *known = known.and_then(|known| name_of_both(known, name));
                }
            }
        }
        let mut by_name: Map<String, Vec<Arc<str>>> = Map::default();
        for (address, name) in by_address {
            if let Some(name) = name.and_then(|name| full_name(name)) {
                by_name.entry(name).or_default().push(address.clone());
            }
        }
        let mut clusters: Vec<(String, Vec<Arc<str>>)> =
            by_name.into_iter().filter(|(_, a)| a.len() > 1).collect();
        clusters.sort_unstable();
        clusters.iter_mut().for_each(|(_, a)| a.sort_unstable());
        Self(clusters.into_iter().map(|(_, a)| a).collect())
    }

    /// The addresses of each name that has several, in order of name.
    pub(super) fn clusters(&self) -> &[Vec<Arc<str>>] {
        &self.0
    }
}

/// What an address goes by that went by `known` and now goes by `name`: the full name of the two. `None` where both are full
/// and differ.
fn name_of_both<'n>(known: &'n Arc<str>, name: &'n Arc<str>) -> Option<&'n Arc<str>> {
    // Most are the same, letter by letter.
    if known == name || name.is_empty() {
        return Some(known);
    }
    match (full_name(known), full_name(name)) {
        (known_full, Some(full)) if known_full.as_ref() == Some(&full) => Some(known),
        (None, Some(_)) => Some(name),
        (_, None) => Some(known),
        (Some(_), Some(_)) => None,
    }
}

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
            for (cluster, turns) in turns(series, &place, &mut all_seen) {
                if let Some(seen) = all_seen.get_mut(cluster) {
                    seen.take(series, &turns);
                }
            }
        }
        all_seen
    }

    /// `turns`: the members that `series` names, each with the others it names beside them.
    fn take(&mut self, series: &SeriesHistory, turns: &[Turn<'_>]) {
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
                with: (*with).clone(),
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
    others: Vec<&'a Arc<str>>,
}

/// The members that a series names, by cluster. Two in one event are marked as side by side.
fn turns<'a>(
    series: &'a SeriesHistory,
    place: &HashMap<&str, (usize, usize)>,
    seen: &mut [Seen],
) -> BTreeMap<usize, Vec<Turn<'a>>> {
    let mut all: BTreeMap<usize, Vec<Turn<'a>>> = BTreeMap::new();
    for event in events(series) {
        let mut who: Vec<&Arc<str>> = people(event).map(|(address, _)| address).collect();
        who.sort_unstable();
        who.dedup();
        let mut here: HashMap<usize, usize> = HashMap::new();
        for address in &who {
            let Some(&(cluster, member)) = place.get(address.as_ref()) else {
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

fn all(history: &History) -> impl Iterator<Item = &SeriesHistory> {
    history.copies.iter().flat_map(|copy| &copy.series)
}

/// Every event of every version.
fn events(series: &SeriesHistory) -> impl Iterator<Item = &Event> {
    let states = series.versions.iter().filter_map(|v| v.series.as_deref());
    states.flat_map(|state| {
        state
            .master
            .iter()
            .chain(&state.overrides)
            .map(AsRef::as_ref)
    })
}

/// Whether both name the same people in the same letters. Cheap where they share them, as equal strings that are read one
/// after another do.
fn same_people(a: &Event, b: &Event) -> bool {
    let same = |a: &Arc<str>, b: &Arc<str>| Arc::ptr_eq(a, b) || a == b;
    let attendees = a.attendees.len() == b.attendees.len()
        && a.attendees.iter().zip(&b.attendees).all(|(a, b)| {
            same(&a.address, &b.address) && same(&a.name, &b.name) && a.cutype == b.cutype
        });
    attendees
        && match (&a.organizer, &b.organizer) {
            (Some(a), Some(b)) => same(&a.address, &b.address) && same(&a.name, &b.name),
            (a, b) => a.is_none() && b.is_none(),
        }
}

/// Everybody in an event who may be human.
fn people(event: &Event) -> impl Iterator<Item = (&Arc<str>, &Arc<str>)> {
    let attendees = event
        .attendees
        .iter()
        .filter(|a| !matches!(a.cutype, CuType::Room | CuType::Resource | CuType::Group))
        .map(|a| (&a.address, &a.name));
    attendees.chain(event.organizer.iter().map(|o| (&o.address, &o.name)))
}

fn birth(series: &SeriesHistory) -> Option<Birth> {
    let first = series.versions.first()?;
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
fn span(series: &SeriesHistory) -> Option<(Date, Option<Date>)> {
    let master = series.last_known()?.master.as_deref()?;
    let days = cadence_days(master)?;
    let from = master.start.instant(&TimeZone::UTC).date(&TimeZone::UTC);
    let gone = series.versions.last().filter(|v| v.series.is_none());
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
