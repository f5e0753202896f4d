//! Pairs beside the tree: skip-levels and dotted lines.
//!
//! Each is a guest at its manager's desk, so that only its report's time is left out ([`around`]). Where it collides there,
//! branch and bound settles it ([`branch`]), and proves what it finds if it comes to its end; if it does not, one pair after
//! the other is moved, each time with the best tree around it ([`neighbours`]): a large neighbourhood search whose repair is
//! the best there is.

mod around;
mod branch;
mod neighbours;

use crate::checker::check;
use crate::organisation::{self, Forest};
use crate::plan::Occupied;
use crate::problem::{Choice, Problem};
use crate::watch::Watch;
use crate::week::Place;
use std::cell::Cell;

/// Pairs planned anew by branch and bound, and as many again by moving one after the other: some seconds in all.
const MOST_WORK: usize = 30_000;

/// Pairs planned anew to find the best within a cap on all of them together: mostly a tenth of that is enough, and a second.
const MOST_CAPPED: usize = 60_000;

/// However many pairs there are, a tree with such a cap may be planned so many times.
const LEAST_TIMES: usize = 10;

/// Steps of the desks' searches in branch and bound, and as many again in moving one after the other: large teams take most
/// of the time.
const MOST_STEPS: u64 = 5_000_000_000;

/// A plan and what no plan is cheaper than.
pub(crate) struct Beside {
    pub(crate) places: Vec<Option<Place>>,
    pub(crate) bound: u64,
}

/// What a search goes by.
struct Asked<'a> {
    problem: &'a Problem,
    forest: &'a Forest,
    watch: &'a dyn Watch,
    /// Work that is left.
    left: Cell<usize>,
    /// Steps that are left to the desks.
    steps: Cell<u64>,
}

/// A plan so far.
struct Best {
    places: Vec<Option<Place>>,
    cost: u64,
}

impl Asked<'_> {
    /// Takes so much work; false where there is not so much left, or no time.
    fn spend(&self, work: usize) -> bool {
        let left = self.left.get().saturating_sub(work);
        self.left.set(left);
        left > 0 && self.steps.get() > 0 && !self.watch.stop()
    }

    /// As much again.
    fn renew(&self) {
        self.left.set(MOST_WORK);
        self.steps.set(MOST_STEPS);
    }

    /// The ways of a pair beside the tree, cheapest first: its places, and going without.
    fn ways(&self, index: usize) -> Vec<Way> {
        let pair = &self.problem.pairs()[index];
        let place = |choice: &Choice| Way {
            place: Some(choice.place),
            cost: choice.cost,
        };
        let worth = pair
            .options
            .iter()
            .filter(|choice| choice.cost <= pair.drop);
        let mut ways: Vec<Way> = worth.map(place).collect();
        if !pair.stays {
            ways.push(Way {
                place: None,
                cost: pair.drop,
            });
        }
        // A place before none where both cost the same.
        ways.sort_by_key(|way| (way.cost, way.place.is_none(), way.place));
        ways
    }

    /// Takes the plan if it is cheaper and possible.
    fn better(&self, best: &mut Best, places: &[Option<Place>]) -> bool {
        let costs = self
            .problem
            .pairs()
            .iter()
            .zip(places)
            .map(|(pair, place)| {
                let option = place.and_then(|place| pair.option_at(place));
                u64::from(option.map_or(pair.drop, |option| pair.options[option].cost))
            });
        let cost = costs.sum();
        let better = cost < best.cost && check(self.problem, places).is_ok();
        if better {
            (best.places, best.cost) = (places.to_vec(), cost);
        }
        better
    }
}

/// What may become of a pair beside the tree.
#[derive(Clone, Copy)]
struct Way {
    place: Option<Place>,
    cost: u32,
}

/// Plans all pairs.
pub(crate) fn plan(problem: &Problem, forest: &Forest, watch: &dyn Watch) -> Beside {
    if forest.beside.is_empty() {
        let work = Cell::new(MOST_CAPPED.max(LEAST_TIMES * problem.pairs().len()));
        let settled = organisation::settle(problem, forest, watch, &work);
        return Beside {
            places: crate::plan::places(problem, &settled.options),
            bound: settled.bound,
        };
    }
    let asked = Asked {
        problem,
        forest,
        watch,
        left: Cell::new(MOST_WORK),
        steps: Cell::new(MOST_STEPS),
    };
    let base = around::Base::of(&asked);
    let (mut best, bound) = branch::search(&asked, &base);
    if best.cost > bound {
        asked.renew();
        neighbours::search(&asked, &base, &mut best, bound);
    }
    Beside {
        bound: bound.min(best.cost),
        places: best.places,
    }
}

/// Gives each pair beside the tree that has no place the cheapest that is left.
fn fill(asked: &Asked<'_>, places: &[Option<Place>]) -> Vec<Option<Place>> {
    let mut occupied = Occupied::new(asked.problem, places);
    for index in &asked.forest.beside {
        if places[*index].is_none() {
            occupied.put_cheapest(*index);
        }
    }
    occupied.places().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{DayCap, Kind, Limits, Pair, Person};
    use crate::watch::Unhurried;
    use crate::week::Weeks;

    /// A head with two reports, and a skip-level that wants the hour of the line below.
    fn a_collision() -> Problem {
        let bosses = [None, Some(0), Some(0), Some(1)];
        let people = bosses.map(|boss| Person {
            name: String::new(),
            boss,
            utc_offset: 0,
            buffer: 0,
            // A cap that nobody reaches keeps the tables out.
            per_day: Some(DayCap {
                starts: 60,
                utc_offset: 0,
            }),
        });
        let pair = |id, (manager, report), starts: [u16; 2]| Pair {
            id,
            manager,
            report,
            length: 2,
            current: None,
            drop: 100,
            stays: false,
            options: Vec::from(starts.map(|start| Choice {
                place: Place {
                    start,
                    weeks: Weeks::BOTH,
                },
                cost: u32::from(start),
            })),
        };
        let pairs = vec![
            pair(0, (0, 1), [30, 40]),
            pair(1, (0, 2), [30, 40]),
            pair(2, (1, 3), [10, 20]),
            pair(3, (0, 3), [10, 20]),
        ];
        Problem::new(
            Kind::Organisation,
            people.into(),
            pairs,
            None,
            &Limits::default(),
        )
        .unwrap()
    }

    #[test]
    fn the_search_ends_when_its_desks_have_no_steps_left_and_its_bound_holds() {
        let problem = a_collision();
        let forest = Forest::of(&problem);
        let search = |steps| {
            let asked = Asked {
                problem: &problem,
                forest: &forest,
                watch: &Unhurried,
                left: Cell::new(MOST_WORK),
                steps: Cell::new(steps),
            };
            let base = around::Base::of(&asked);
            let (best, bound) = branch::search(&asked, &base);
            (best.cost, bound, asked.steps.get(), asked.left.get())
        };
        let (cost, bound, steps, _) = search(MOST_STEPS);
        assert_eq!((cost, bound), (100, 100));
        assert!(steps < MOST_STEPS, "what the desks do is counted");
        let (cost, bound, steps, left) = search(1);
        assert!(bound < 100 && cost >= 100, "{bound} {cost}");
        assert!(steps == 0 && left > MOST_WORK - 100, "{steps} {left}");
    }
}
