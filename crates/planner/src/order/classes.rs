//! People and pairs in classes of those that nothing tells apart yet, the classes in an order that hangs on content alone.
//!
//! A class is split where its members have different numbers of neighbours in another one, until no class can be split: the
//! coarsest equitable refinement (colour refinement). Hopcroft's rule, that of the pieces of a split the largest need not be
//! looked at again, keeps that near-linear in people and pairs, long chains included.

use std::cmp::Reverse;
use std::collections::{BTreeSet, VecDeque};

/// Who meets whom. A node is a person, or behind all people a pair.
pub(super) struct Graph {
    /// The two people of each pair: manager, report.
    couples: Vec<[usize; 2]>,
    /// For each side of a pair, the pair nodes in which each person is on it.
    pairs_of: [Vec<Vec<usize>>; 2],
}

impl Graph {
    pub(super) fn new(people: usize, couples: Vec<[usize; 2]>) -> Self {
        let mut pairs_of = [vec![Vec::new(); people], vec![Vec::new(); people]];
        for (pair, couple) in couples.iter().enumerate() {
            for (of, person) in pairs_of.iter_mut().zip(couple) {
                of[*person].push(people + pair);
            }
        }
        Self { couples, pairs_of }
    }

    pub(super) fn people(&self) -> usize {
        self.pairs_of[0].len()
    }

    /// People and pairs.
    pub(super) fn nodes(&self) -> usize {
        self.people() + self.couples.len()
    }

    /// The people of a pair on that side, or the pairs in which a person is on it.
    fn near(&self, node: usize, side: usize) -> &[usize] {
        match node.checked_sub(self.people()) {
            Some(pair) => &self.couples[pair][side..=side],
            None => &self.pairs_of[side][node],
        }
    }

    /// For each pair, whether it is part of a circle of pairs, or between two: whatever is left once people with one pair are
    /// taken away, again and again.
    pub(super) fn in_circles(&self) -> Vec<bool> {
        let degree =
            |person: usize| -> usize { self.pairs_of.iter().map(|of| of[person].len()).sum() };
        let mut degrees: Vec<usize> = (0..self.people()).map(degree).collect();
        let mut on = vec![true; self.couples.len()];
        let mut ends: Vec<usize> = (0..self.people()).filter(|at| degrees[*at] == 1).collect();
        while let Some(person) = ends.pop() {
            let pairs = self.pairs_of.iter().flat_map(|of| &of[person]);
            let Some(pair) = pairs
                .map(|node| node - self.people())
                .find(|pair| on[*pair])
            else {
                continue;
            };
            on[pair] = false;
            for person in self.couples[pair] {
                degrees[person] -= 1;
                if degrees[person] == 1 {
                    ends.push(person);
                }
            }
        }
        on
    }
}

/// A class of several pairs, those in circles first, then the smallest, then the first.
type Open = (bool, usize, usize, usize);

/// The classes. Each is a stretch of `at`; in what order its members stand there means nothing.
#[derive(Clone)]
pub(super) struct Classes<'a> {
    graph: &'a Graph,
    in_circles: &'a [bool],
    at: Vec<usize>,
    position: Vec<usize>,
    /// The class of each node.
    class: Vec<usize>,
    /// Where each class begins and ends.
    stretch: Vec<(usize, usize)>,
    waiting: VecDeque<usize>,
    is_waiting: Vec<bool>,
    open: BTreeSet<Open>,
    counts: Vec<usize>,
    /// What was split how, so far: the same wherever the same was there to be split.
    trace: u64,
}

impl<'a> Classes<'a> {
    /// From classes by rank, of people and of pairs, refined.
    pub(super) fn new(graph: &'a Graph, in_circles: &'a [bool], ranks: &[usize]) -> Self {
        let nodes = graph.nodes();
        let mut at: Vec<usize> = (0..nodes).collect();
        at.sort_by_key(|node| (*node >= graph.people(), ranks[*node]));
        let mut classes = Self {
            graph,
            in_circles,
            position: vec![0; nodes],
            class: vec![0; nodes],
            stretch: Vec::new(),
            waiting: VecDeque::new(),
            is_waiting: Vec::new(),
            open: BTreeSet::new(),
            counts: vec![0; nodes],
            trace: 0,
            at: Vec::new(),
        };
        let is_pair = |node: usize| node >= graph.people();
        let same = |one: &usize, other: &usize| {
            is_pair(*one) == is_pair(*other) && ranks[*one] == ranks[*other]
        };
        let mut from = 0;
        for members in at.chunk_by(same) {
            let class = classes.add((from, from + members.len()));
            for (later, node) in members.iter().enumerate() {
                classes.position[*node] = from + later;
                classes.class[*node] = class;
            }
            from += members.len();
        }
        classes.at = at;
        for class in 0..classes.stretch.len() {
            classes.open(class);
            classes.wait(class);
        }
        classes.refine();
        classes
    }

    /// Nodes in the order of their classes.
    pub(super) fn place(&self, node: usize) -> usize {
        self.stretch[self.class[node]].0
    }

    /// The class to be told apart next, if several pairs are in one, and whether it is part of a circle.
    pub(super) fn next(&self) -> Option<(usize, bool)> {
        let (beside, _, _, class) = self.open.first()?;
        Some((*class, !beside))
    }

    /// The members of a class.
    pub(super) fn members(&self, class: usize) -> &[usize] {
        let (from, to) = self.stretch[class];
        &self.at[from..to]
    }

    pub(super) fn is_in(&self, node: usize, class: usize) -> bool {
        self.class[node] == class
    }

    /// What was split how.
    pub(super) fn trace(&self) -> u64 {
        self.trace
    }

    /// Puts one node before the others of its class, and refines.
    pub(super) fn put_first(&mut self, node: usize) {
        let class = self.class[node];
        self.close(class);
        let (from, to) = self.stretch[class];
        self.swap(from, node);
        let own = self.add((from, from + 1));
        self.class[node] = own;
        self.stretch[class] = (from + 1, to);
        self.open(class);
        self.wait(own);
        self.refine();
    }

    fn add(&mut self, stretch: (usize, usize)) -> usize {
        self.stretch.push(stretch);
        self.is_waiting.push(false);
        self.stretch.len() - 1
    }

    fn swap(&mut self, to: usize, node: usize) {
        let (from, other) = (self.position[node], self.at[to]);
        self.at.swap(from, to);
        (self.position[node], self.position[other]) = (to, from);
    }

    fn wait(&mut self, class: usize) {
        if !std::mem::replace(&mut self.is_waiting[class], true) {
            self.waiting.push_back(class);
        }
    }

    /// The entry of a class among the open ones, if it is of several pairs.
    fn entry(&self, class: usize) -> Option<Open> {
        let (from, to) = self.stretch[class];
        let pair = self.at[from].checked_sub(self.graph.people())?;
        (to - from > 1).then_some((!self.in_circles[pair], to - from, from, class))
    }

    fn open(&mut self, class: usize) {
        let entry = self.entry(class);
        self.open.extend(entry);
    }

    fn close(&mut self, class: usize) {
        if let Some(entry) = self.entry(class) {
            self.open.remove(&entry);
        }
    }

    fn refine(&mut self) {
        while let Some(class) = self.waiting.pop_front() {
            self.is_waiting[class] = false;
            let members = self.members(class).to_vec();
            for side in 0..2 {
                let mut touched = Vec::new();
                for node in members.iter().flat_map(|node| self.graph.near(*node, side)) {
                    if self.counts[*node] == 0 {
                        touched.push(*node);
                    }
                    self.counts[*node] += 1;
                }
                touched
                    .sort_unstable_by_key(|node| (self.place(*node), Reverse(self.counts[*node])));
                let classes: Vec<usize> = touched.iter().map(|node| self.class[*node]).collect();
                let mut from = 0;
                for same in classes.chunk_by(|one, other| one == other) {
                    self.split(same[0], &touched[from..from + same.len()]);
                    from += same.len();
                }
                for node in touched {
                    self.counts[node] = 0;
                }
            }
        }
    }

    /// Splits a class by the counts of its members, most first; all that have any are `counted`. The last piece keeps the
    /// name of the class, so that the work is that of the others.
    fn split(&mut self, class: usize, counted: &[usize]) {
        let (from, to) = self.stretch[class];
        let counts = |node: &usize| self.counts[*node];
        let pieces = counted.chunk_by(|one, other| counts(one) == counts(other));
        let mut ends: Vec<usize> = pieces.map(<[usize]>::len).collect();
        let most = counted.first().map_or(0, counts);
        let mut end = from;
        for length in &mut ends {
            end += *length;
            *length = end;
        }
        if end < to {
            ends.push(to);
        }
        self.note([from, most, ends.len()]);
        if ends.len() == 1 {
            return;
        }
        self.close(class);
        for (to, node) in (from..).zip(counted) {
            self.swap(to, *node);
        }
        let mut parts = Vec::with_capacity(ends.len());
        let mut begin = from;
        for end in &ends {
            self.note([begin, *end, self.counts[self.at[begin]]]);
            let is_last = *end == to;
            let part = if is_last {
                class
            } else {
                self.add((begin, *end))
            };
            if is_last {
                self.stretch[class] = (begin, to);
            } else {
                for place in begin..*end {
                    self.class[self.at[place]] = part;
                }
            }
            parts.push(part);
            begin = *end;
        }
        let size = |part: &usize| self.stretch[*part].1 - self.stretch[*part].0;
        let largest = (!self.is_waiting[class])
            .then(|| {
                parts
                    .iter()
                    .copied()
                    .max_by_key(|part| (size(part), Reverse(self.stretch[*part].0)))
            })
            .flatten();
        for part in parts {
            self.open(part);
            if Some(part) != largest {
                self.wait(part);
            }
        }
    }

    fn note(&mut self, what: [usize; 3]) {
        for word in what {
            // A multiplier with its bits well spread (that of Knuth's 64-bit generator): traces need to differ, not to be safe.
            let mixed = self.trace.rotate_left(23) ^ word as u64;
            self.trace = mixed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
        }
    }
}
