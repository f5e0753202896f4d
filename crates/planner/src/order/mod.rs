//! The order in which everything is worked on: by what is asked, not by who is listed first, is called what or has which id.
//!
//! Where a search does not come to its end, and where plans are equally dear, it matters who comes first. So a problem is put
//! into an order by its content before anything is searched, and the answer is put back: of the same problem listed otherwise,
//! with other names and ids, the search is the very same.
//!
//! 1. By content ([`content`]): pairs on the reporting lines, those with fewer places, dearer to go without, longer, and so on.
//! 2. By who is around them: what meets another number of some class is another class ([`classes`]).
//! 3. Of those still alike one is put first, by name ([`names`]); then 2. again.
//!
//! Where no pairs run in a circle (reporting lines never do) those alike after 2. could change places and nothing would be
//! different: colour refinement tells apart whatever can be told apart in a forest. So whoever of them goes first, the search
//! is the same. In circles, as skip-levels make them, two may look alike and not be. There each is put first for a trial, and
//! only those go on of which the least is told then.
//!
//! What is left: pairs in circles that look alike even when each has been put first, which takes networks of skip-levels made
//! for it, in which everybody has the same places and equally many 1:1s of every kind; and problems in which so many in circles
//! look alike that the trials are given up ([`MOST_TRIALS`]). There names and ids decide who goes first. If in addition a
//! search does not come to its end, other names may give another total and bound; where it does, the total is the least there
//! is, whoever goes first.

mod classes;
pub(crate) mod content;
pub(crate) mod names;
#[cfg(test)]
mod tests;

use crate::problem::Problem;
use crate::week::Place;
use classes::{Classes, Graph};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// People and pairs looked at in trials: some tens of milliseconds, or twenty pairs alike in circles of a hundred thousand.
const MOST_TRIALS: usize = 4_000_000;

/// What is to be put in order: classes of people and of pairs, by rank.
pub(crate) struct Alike {
    /// The rank of each person; the same for those alike.
    pub(crate) people: Vec<usize>,
    /// The rank of each pair.
    pub(crate) pairs: Vec<usize>,
    /// The two people of each pair: manager, report.
    pub(crate) couples: Vec<[usize; 2]>,
    /// The rank of each pair by name, no two the same.
    pub(crate) names: Vec<usize>,
}

/// An order of people and pairs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Order {
    /// Who comes first, second and so on.
    pub(crate) people: Vec<usize>,
    /// The pair that comes first, second and so on.
    pub(crate) pairs: Vec<usize>,
}

impl Order {
    /// That of a problem.
    pub(crate) fn of(problem: &Problem) -> Self {
        let couples = problem.pairs().iter();
        Self::by(Alike {
            people: content::people(problem),
            pairs: content::pairs(problem),
            couples: couples.map(|pair| [pair.manager, pair.report]).collect(),
            names: names::ranks(problem),
        })
    }

    /// That of what is alike.
    pub(crate) fn by(alike: Alike) -> Self {
        let (people, pairs) = (alike.people.len(), alike.pairs.len());
        let graph = Graph::new(people, alike.couples);
        let in_circles = graph.in_circles();
        let mut ranks = alike.people;
        let told = alike.pairs.iter().zip(&in_circles);
        ranks.extend(told.map(|(rank, circles)| 2 * rank + usize::from(!circles)));
        let mut classes = Classes::new(&graph, &in_circles, &ranks);
        // The members of classes by name, last first; whoever has left a class since is passed over.
        let mut queues: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut trials = MOST_TRIALS;
        while let Some((class, circles)) = classes.next() {
            let work = classes.members(class).len() * graph.nodes();
            let first = if circles && work <= trials {
                trials -= work;
                least_told(&classes, class, &|node| alike.names[node - people])
            } else {
                let queue = queues.entry(class).or_insert_with(|| {
                    let mut queue = classes.members(class).to_vec();
                    queue.sort_unstable_by_key(|node| Reverse(alike.names[*node - people]));
                    queue
                });
                let mut here = std::iter::from_fn(|| queue.pop());
                here.find(|node| classes.is_in(*node, class))
            };
            // An open class has members, so there is a first.
            let Some(first) = first else { break };
            classes.put_first(first);
        }
        let sorted = |from: usize, to: usize| {
            let mut nodes: Vec<usize> = (from..to).collect();
            // People without pairs may be alike: they have no part in a plan.
            nodes.sort_by_key(|node| classes.place(*node));
            nodes
        };
        Self {
            people: sorted(0, people),
            pairs: sorted(people, people + pairs)
                .into_iter()
                .map(|node| node - people)
                .collect(),
        }
    }

    /// Puts what was found for the pairs in this order back to the order they had.
    pub(crate) fn back(&self, found: &[Option<Place>]) -> Vec<Option<Place>> {
        let mut back = vec![None; found.len()];
        for (pair, place) in self.pairs.iter().zip(found) {
            back[*pair] = *place;
        }
        back
    }
}

/// Of a class, the one of which the least is told once it is put first; of several of those the first by name.
fn least_told(classes: &Classes<'_>, class: usize, name: &dyn Fn(usize) -> usize) -> Option<usize> {
    let members = classes.members(class).iter().copied();
    members.min_by_key(|node| {
        let mut then = classes.clone();
        then.put_first(*node);
        (then.trace(), name(*node))
    })
}
