//! Who is in nearly all meetings of a calendar, so that it must be theirs.
//!
//! An owner is in every meeting on their calendar but for a few that invite a list. Whoever is in nearly all is the
//! owner only where nobody else could be: neither another person, nor one who goes by two addresses that share the
//! meetings between them. A manager may well be in all meetings of a report whose address changed.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;
use steadfast_calendar::Index;
use steadfast_ledger::namesakes::{Namesakes, Sameness};

/// Share of the meetings that an owner is in at least.
const SHARE: (usize, usize) = (4, 5);
/// By so many meetings, and by so large a part of all, an owner is ahead of everybody else who is in most of them.
const AHEAD: (usize, usize) = (2, 20);
/// Where so many people are in nearly half of the meetings, two by two are no longer compared: nothing is decided.
const MOST_PEOPLE: usize = 64;
/// Names of one address that are remembered: who goes by more goes by none.
const NAMES: usize = 8;
/// Those who may be the owner that are named.
const NAMED: usize = 3;

/// The meetings of a calendar: who is in each.
#[derive(Debug, Default)]
pub(super) struct Meetings {
    index: Index,
    people: Vec<Seen>,
    each: Each,
    /// Who is not the owner, as declared.
    excluded: HashSet<String>,
}

/// Who is in each meeting, in order: one list for all, and where each meeting ends in it.
#[derive(Debug, Default)]
struct Each {
    people: Vec<u32>,
    ends: Vec<usize>,
}

impl Each {
    fn push(&mut self, people: &[u32]) {
        self.people.extend_from_slice(people);
        self.ends.push(self.people.len());
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    fn iter(&self) -> impl Iterator<Item = &[u32]> {
        let starts = std::iter::once(&0).chain(&self.ends);
        let spans = starts.zip(&self.ends);
        spans.filter_map(|(from, to)| self.people.get(*from..*to))
    }
}

#[derive(Debug, Default)]
struct Seen {
    address: Arc<str>,
    /// The name they go by, …
    name: Option<Arc<str>>,
    /// … and their other names, each once: few have any, and there may be a million people.
    others: Option<Box<Others>>,
    count: u32,
}

#[derive(Debug, Default)]
struct Others(Vec<Arc<str>>);

/// Addresses of one person and the share of the meetings they are in.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub addresses: Vec<String>,
    pub share: usize,
}

/// Whose calendar the meetings show it to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Decision {
    Owner(Group),
    OneOf(Vec<Group>),
    NoMeetings,
}

impl Meetings {
    /// None yet. `excluded` are not the owner, in however many they are.
    pub(super) fn without(excluded: HashSet<String>) -> Self {
        Self {
            excluded,
            ..Self::default()
        }
    }

    /// The words of the names of `address` in these meetings, and of its mailbox.
    pub(super) fn words_of(&self, address: &str) -> BTreeSet<String> {
        let seen = self.place(address).and_then(|at| self.people.get(at));
        seen.map_or_else(
            || {
                let mailbox = address.split('@').next().unwrap_or_default();
                words(mailbox)
            },
            Seen::words,
        )
    }

    /// Adds a meeting of these people (address and name). One that lists a single person, or none, tells nothing: the
    /// owner may be the one who is left out.
    pub(super) fn add<'a>(&mut self, people: impl Iterator<Item = (&'a Arc<str>, &'a Arc<str>)>) {
        let mut here: Vec<u32> = Vec::new();
        for (address, name) in people {
            let person = self.place(address).unwrap_or_else(|| {
                let place = self.people.len();
                let number = u32::try_from(place).unwrap_or(u32::MAX - 1);
                self.index.add(self.index.hash(address), number);
                self.people.push(Seen {
                    address: address.clone(),
                    ..Seen::default()
                });
                place
            });
            if let Some(seen) = self.people.get_mut(person) {
                seen.name(name);
            }
            here.extend(u32::try_from(person));
        }
        here.sort_unstable();
        here.dedup();
        if here.len() < 2 {
            return;
        }
        for person in &here {
            if let Some(seen) = self.people.get_mut(*person as usize) {
                seen.count += u32::from(!self.excluded.contains(&*seen.address));
            }
        }
        self.each.push(&here);
    }

    fn place(&self, address: &str) -> Option<usize> {
        let is = |place: u32| {
            let seen = self.people.get(place as usize);
            seen.is_some_and(|seen| *seen.address == *address)
        };
        let place = self.index.find(self.index.hash(address), is)?;
        Some(place as usize)
    }

    fn count(&self, people: &[usize]) -> usize {
        let counts = people.iter().filter_map(|p| self.people.get(*p));
        counts.map(|p| p.count as usize).sum()
    }

    fn group(&self, people: &[usize]) -> Group {
        let seen = people.iter().filter_map(|p| self.people.get(*p));
        Group {
            addresses: seen.map(|p| p.address.to_string()).collect(),
            share: self.count(people) * 100 / self.each.len().max(1),
        }
    }

    /// Two addresses that are never in one meeting, together in `least` meetings or more, and may be one person's.
    fn pairs(&self, least: usize) -> Option<Vec<Vec<usize>>> {
        let all = || 0..self.people.len();
        let half: Vec<usize> = all().filter(|p| self.count(&[*p]) * 2 >= least).collect();
        if half.len() > MOST_PEOPLE {
            return None;
        }
        let mut pairs = Vec::new();
        for first in half {
            let mut met = vec![false; self.people.len()];
            let with_first = |m: &&[u32]| m.iter().any(|person| *person as usize == first);
            for meeting in self.each.iter().filter(with_first) {
                for person in meeting {
                    if let Some(met) = met.get_mut(*person as usize) {
                        *met = true;
                    }
                }
            }
            for second in all().filter(|p| !met.get(*p).is_some_and(|met| *met)) {
                let enough = self.count(&[first, second]) >= least;
                if enough && self.count(&[second]) > 0 && self.may_be_one(first, second) {
                    pairs.push(vec![first.min(second), first.max(second)]);
                }
            }
        }
        Some(pairs)
    }

    /// Not, where both names are told in full and have no word in common.
    fn may_be_one(&self, first: usize, second: usize) -> bool {
        let (Some(a), Some(b)) = (self.people.get(first), self.people.get(second)) else {
            return true;
        };
        let (a, b) = (a.words(), b.words());
        a.len() < 2 || b.len() < 2 || !a.is_disjoint(&b)
    }
}

impl Seen {
    fn name(&mut self, name: &Arc<str>) {
        if name.is_empty() || self.names().any(|known| known == name) || name.contains('@') {
            return;
        }
        if self.name.is_none() {
            self.name = Some(name.clone());
        } else if self.names().count() < NAMES {
            self.others.get_or_insert_default().0.push(name.clone());
        }
    }

    /// The names they go by, each once.
    fn names(&self) -> impl Iterator<Item = &Arc<str>> {
        let others = self.others.iter().flat_map(|others| &others.0);
        self.name.iter().chain(others)
    }

    /// The words of all their names, and of the mailbox.
    fn words(&self) -> BTreeSet<String> {
        let mailbox = self.address.split('@').next().unwrap_or_default();
        let names = self.names().map(AsRef::as_ref);
        names.chain([mailbox]).flat_map(words).collect()
    }
}

/// The words of a name that are more than an initial.
fn words(name: &str) -> BTreeSet<String> {
    name.to_lowercase()
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().count() > 1)
        .map(str::to_owned)
        .collect()
}

/// Whose calendar it is.
pub(super) fn decide(meetings: &Meetings, namesakes: &[Namesakes]) -> Decision {
    let of = meetings.each.len();
    if of == 0 {
        return Decision::NoMeetings;
    }
    let least = (of * SHARE.0).div_ceil(SHARE.1);
    let ahead = AHEAD.0.max(of.div_ceil(AHEAD.1));
    let groups = |wanted: Sameness| -> Vec<Vec<usize>> {
        let of_kind = namesakes.iter().filter(|n| n.sameness == wanted);
        let known = |n: &Namesakes| {
            let indexes = n.addresses.iter();
            let known = indexes.filter_map(|a| meetings.place(a));
            known.collect::<Vec<usize>>()
        };
        of_kind.map(known).filter(|g| g.len() > 1).collect()
    };
    let (one, unsure) = (groups(Sameness::One), groups(Sameness::Unknown));
    let single = (0..meetings.people.len()).map(|p| vec![p]);
    let surest: Vec<Vec<usize>> = single.chain(one).collect();
    let Some(pairs) = meetings.pairs(least) else {
        return Decision::OneOf(Vec::new());
    };
    let enough = |g: &&Vec<usize>| meetings.count(g) >= least;
    let rivals: Vec<&Vec<usize>> = surest
        .iter()
        .chain(&unsure)
        .chain(&pairs)
        .filter(enough)
        .collect();
    // Of addresses that only share a name it is not known that they are one person: they come last, and it is that
    // nobody else can be the owner which shows that they are.
    for candidates in [&surest, &unsure] {
        let best = candidates.iter().filter(enough).max_by_key(|g| {
            let fewest = std::cmp::Reverse(g.len());
            (meetings.count(g), fewest)
        });
        let Some(best) = best else { continue };
        let behind = |g: &&&Vec<usize>| meetings.count(g) + ahead > meetings.count(best);
        let apart = |g: &&&Vec<usize>| g.iter().all(|p| !best.contains(p));
        if rivals.iter().filter(apart).any(|g| behind(&g)) {
            continue;
        }
        return Decision::Owner(meetings.group(best));
    }
    Decision::OneOf(some(meetings, rivals))
}

/// Those in most meetings, each address once.
fn some(meetings: &Meetings, mut rivals: Vec<&Vec<usize>>) -> Vec<Group> {
    rivals.sort_by_key(|g| (std::cmp::Reverse(meetings.count(g)), g.len()));
    let mut named: BTreeSet<usize> = BTreeSet::new();
    rivals.retain(|g| {
        let new = g.iter().all(|p| !named.contains(p));
        named.extend(g.iter().filter(|_| new));
        new
    });
    let few = rivals.len() <= NAMED;
    let groups = rivals.into_iter().filter(|_| few);
    groups.map(|g| meetings.group(g)).collect()
}
