//! Pairs beside the tree: skip-levels and dotted lines. They are put where there is room, then moved one by one, each time
//! with the whole tree planned anew around them, exactly: a large neighbourhood search whose repair is the best there is.

use crate::checker::check;
use crate::organisation::{self, Forest};
use crate::plan::reason::Occupied;
use crate::problem::{Choice, Problem};
use crate::watch::Watch;
use crate::week::Place;

/// Pairs planned anew, over all tries: some seconds. With a hundred people that is every place of dozens of pairs, with
/// ten thousand a few places each.
const MOST_WORK: usize = 400_000;

/// A plan and what no plan is cheaper than.
pub(crate) struct Beside {
    pub(crate) places: Vec<Option<Place>>,
    pub(crate) bound: u64,
}

/// Plans the pairs beside the tree, given a plan of the tree alone and its bound.
pub(crate) fn plan(
    problem: &Problem,
    forest: &Forest,
    tree: Vec<Option<Place>>,
    tree_bound: u64,
    watch: &dyn Watch,
) -> Beside {
    let least = |index: &usize| {
        let pair = &problem.pairs()[*index];
        let options = pair.options.iter().map(|option| option.cost);
        u64::from(options.min().unwrap_or(pair.drop).min(pair.drop))
    };
    let bound = tree_bound + forest.beside.iter().map(least).sum::<u64>();
    let mut found = Beside {
        places: tree,
        bound,
    };
    if forest.beside.is_empty() {
        return found;
    }
    insert(problem, forest, &mut found.places);
    let mut search = Search {
        problem,
        forest,
        tree_bound,
        watch,
        work: 0,
        cut_short: false,
    };
    search.better(&mut found);
    found
}

/// Gives each the cheapest place that is left.
fn insert(problem: &Problem, forest: &Forest, places: &mut [Option<Place>]) {
    for index in &forest.beside {
        let pair = &problem.pairs()[*index];
        let occupied = Occupied::new(problem, places);
        let free = pair.options.iter().filter(|option| {
            option.cost <= pair.drop
                && occupied.at(*index, option.place).is_empty()
                && !occupied.is_full(*index, option.place)
        });
        let chosen = free.min_by_key(|option| (option.cost, option.place));
        places[*index] = chosen.map(|option| option.place);
    }
}

struct Search<'a> {
    problem: &'a Problem,
    forest: &'a Forest,
    tree_bound: u64,
    watch: &'a dyn Watch,
    work: usize,
    cut_short: bool,
}

impl Search<'_> {
    /// Tries every place of every pair beside the tree, until none makes the plan cheaper.
    fn better(&mut self, found: &mut Beside) {
        let Ok(total) = check(self.problem, &found.places) else {
            return;
        };
        let mut cost = total.objective;
        let mut improved = true;
        while improved && cost > found.bound {
            improved = false;
            for index in self.forest.beside.clone() {
                let mut options: Vec<Option<Choice>> = self.problem.pairs()[index]
                    .options
                    .iter()
                    .copied()
                    .map(Some)
                    .collect();
                options.sort_unstable_by_key(|option| option.map(|one| (one.cost, one.place)));
                options.push(None);
                for option in options {
                    if let Some((less, places)) = self.tried(&found.places, index, option, cost) {
                        (cost, found.places, improved) = (less, places, true);
                    }
                }
            }
        }
        // A single one at each of its places, each time with the best tree around it: nothing is left to be tried.
        if self.forest.beside.len() == 1 && !self.cut_short {
            found.bound = cost;
        }
    }

    /// The plan with the pair at `index` at `option`, if that is cheaper than `cost`.
    fn tried(
        &mut self,
        places: &[Option<Place>],
        index: usize,
        option: Option<Choice>,
        cost: u64,
    ) -> Option<(u64, Vec<Option<Place>>)> {
        let pairs = self.problem.pairs();
        let mut fixed: Vec<Option<Place>> = vec![None; pairs.len()];
        let mut paid = 0;
        for other in &self.forest.beside {
            let (pair, place) = (&pairs[*other], places[*other]);
            let place = if *other == index {
                option.map(|one| one.place)
            } else {
                place
            };
            let chosen = place.and_then(|place| pair.option_at(place));
            paid += chosen.map_or(u64::from(pair.drop), |at| u64::from(pair.options[at].cost));
            fixed[*other] = place;
        }
        let occupied = Occupied::new(self.problem, &fixed);
        let beside = self.forest.beside.iter();
        let apart = beside
            .clone()
            .all(|other| fixed[*other].is_none_or(|place| occupied.at(*other, place).is_empty()));
        if !apart || self.tree_bound + paid >= cost {
            return None;
        }
        if self.work + pairs.len() > MOST_WORK || self.watch.stop() {
            self.cut_short = true;
            return None;
        }
        self.work += pairs.len();
        let clear: Vec<Vec<Choice>> = (0..pairs.len())
            .map(|at| {
                let free = |choice: &&Choice| {
                    occupied.at(at, choice.place).is_empty() && !occupied.is_full(at, choice.place)
                };
                pairs[at].options.iter().filter(free).copied().collect()
            })
            .collect();
        let around = self.problem.clone().with_options(clear);
        let settled = organisation::settle(&around, self.forest, self.watch);
        let mut tried = crate::plan::places(&around, &settled.options);
        for other in &self.forest.beside {
            tried[*other] = fixed[*other];
        }
        let total = check(self.problem, &tried).ok()?;
        (total.objective < cost).then_some((total.objective, tried))
    }
}
