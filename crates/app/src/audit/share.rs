//! Who is in nearly all meetings of a calendar, so that it must be theirs.
//!
//! An owner is in every meeting on their calendar but for a few that invite a list. Whoever is in nearly all is the
//! owner only where nobody else could be: neither another person, nor one who goes by two addresses that share the
//! meetings between them. A manager may well be in all meetings of a report whose address changed.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;
use steadfast_calendar::Texts;
use steadfast_ledger::{
    namesakes::{Namesakes, Sameness},
    people::{Directory, PersonId},
};

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
    /// Their addresses; each has its place in `people`.
    directory: Directory,
    people: Vec<Seen>,
    /// All their names.
    names: Texts,
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
    /// The name they go by, zero where none is known, …
    name: u32,
    /// … and their other names, each once: few have any, and there may be a million people.
    others: Option<Box<Others>>,
    count: u32,
}

#[derive(Debug, Default)]
struct Others(Vec<u32>);

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
    /// None yet. `excluded` are not the owner, in however many they are; `texts` are of the calendar that most are of.
    pub(super) fn without(excluded: HashSet<String>, texts: &Arc<Texts>) -> Self {
        let mut directory = Directory::new();
        directory.share(texts.clone());
        Self {
            directory,
            excluded,
            ..Self::default()
        }
    }

    /// The words of the names of `address` in these meetings, and of its mailbox.
    pub(super) fn words_of(&self, address: &str) -> BTreeSet<String> {
        match self.directory.find(address) {
            Some(id) => self.words(id.index()),
            None => words(mailbox(address)),
        }
    }

    /// Adds a meeting of these people (address and name). One that lists a single person, or none, tells nothing: the
    /// owner may be the one who is left out.
    pub(super) fn add<'a>(&mut self, people: impl Iterator<Item = (&'a str, &'a str)>) {
        let mut here: Vec<u32> = Vec::new();
        for (address, name) in people {
            let person = self.directory.meet(address).index();
            if person == self.people.len() {
                self.people.push(Seen::default());
            }
            if let Some(seen) = self.people.get_mut(person)
                && !name.is_empty()
                && !name.contains('@')
            {
                seen.name(self.names.number(name));
            }
            here.extend(u32::try_from(person));
        }
        here.sort_unstable();
        here.dedup();
        if here.len() < 2 {
            return;
        }
        for person in &here {
            let is_excluded = self.excluded.contains(self.address(*person as usize));
            if let Some(seen) = self.people.get_mut(*person as usize) {
                seen.count += u32::from(!is_excluded);
            }
        }
        self.each.push(&here);
    }

    fn address(&self, place: usize) -> &str {
        let id = self.directory.id_at(place);
        id.map_or("", |id| self.directory.person(id).address)
    }

    /// The words of all names that somebody goes by, and of the mailbox.
    fn words(&self, place: usize) -> BTreeSet<String> {
        let names = self.people.get(place).into_iter().flat_map(Seen::names);
        let names = names.map(|name| self.names.get(name));
        let all = names.chain([mailbox(self.address(place))]);
        all.flat_map(words).collect()
    }

    fn count(&self, people: &[usize]) -> usize {
        let counts = people.iter().filter_map(|p| self.people.get(*p));
        counts.map(|p| p.count as usize).sum()
    }

    fn group(&self, people: &[usize]) -> Group {
        let address = |place: &usize| self.address(*place).to_owned();
        Group {
            addresses: people.iter().map(address).collect(),
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
        let (a, b) = (self.words(first), self.words(second));
        a.len() < 2 || b.len() < 2 || !a.is_disjoint(&b)
    }
}

impl Seen {
    fn name(&mut self, name: u32) {
        if self.names().any(|known| known == name) {
            return;
        }
        if self.name == 0 {
            self.name = name;
        } else if self.names().count() < NAMES {
            self.others.get_or_insert_default().0.push(name);
        }
    }

    /// The names they go by, each once.
    fn names(&self) -> impl Iterator<Item = u32> {
        let others = self.others.iter().flat_map(|others| &others.0);
        let first = (self.name > 0).then_some(self.name);
        first.into_iter().chain(others.copied())
    }
}

fn mailbox(address: &str) -> &str {
    address.split('@').next().unwrap_or_default()
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
            let known = indexes.filter_map(|a| meetings.directory.find(a));
            known.map(PersonId::index).collect::<Vec<usize>>()
        };
        of_kind.map(known).filter(|g| g.len() > 1).collect()
    };
    let (one, unsure) = (groups(Sameness::One), groups(Sameness::Unknown));
    let single = (0..meetings.people.len()).filter(|p| meetings.count(&[*p]) >= least);
    let surest: Vec<Vec<usize>> = single.map(|p| vec![p]).chain(one).collect();
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
    if rivals.len() > NAMED {
        // A whole team may be in nearly all meetings; whoever is in each meeting of two is fewer.
        let of_two = || meetings.each.iter().filter(|people| people.len() == 2);
        let is_in = |g: &[usize], people: &[u32]| people.iter().any(|p| g.contains(&(*p as usize)));
        rivals.retain(|g| of_two().next().is_some() && of_two().all(|people| is_in(g, people)));
    }
    let few = rivals.len() <= NAMED;
    let groups = rivals.into_iter().filter(|_| few);
    groups.map(|g| meetings.group(g)).collect()
}
