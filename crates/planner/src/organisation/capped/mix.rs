//! Two plans of the tree, neither of which may keep the cap, mixed into one that does: wherever they differ without touching,
//! either may be taken.

use super::days::ByDay;
use super::tree::{Plan, Tree};
use crate::line::DAYS;
use std::collections::BTreeMap;

/// Mixtures that are gone on with, after each difference: those that come nearest to what is wanted.
const WIDTH: usize = 300;

/// A difference: pairs that change their places together, what that costs more, and the starts it adds to each day.
struct Change {
    pairs: Vec<usize>,
    cost: i64,
    starts: ByDay<i32>,
}

/// What some changes come to, and the last of them.
#[derive(Clone, Copy)]
struct Mixture {
    cost: i64,
    last: Option<usize>,
}

/// The cheapest mixture that keeps the cap, of those looked at; and the one that comes nearest to days that are just full, be
/// they too full.
pub(super) fn mix(tree: &Tree<'_>, one: &Plan, other: &Plan, prices: &ByDay<f64>) -> Vec<Plan> {
    let goal = Goal {
        prices,
        over: tree.days.over(&one.starts),
        dearest: prices.iter().copied().fold(0.0, f64::max),
    };
    let mut changes = changes(tree, one, other);
    // What costs nothing at these prices first: of that there is most to choose from.
    changes.sort_by(|one, other| {
        goal.paid(one.cost, &one.starts)
            .total_cmp(&goal.paid(other.cost, &other.starts))
    });
    let mut taken: Vec<(Option<usize>, usize)> = Vec::new();
    let start = Mixture {
        cost: 0,
        last: None,
    };
    let mut mixtures = BTreeMap::from([([0_i32; DAYS], start)]);
    for (nth, change) in changes.iter().enumerate() {
        let mut next = mixtures.clone();
        for (starts, mixture) in &mixtures {
            let then = std::array::from_fn(|day| starts[day] + change.starts[day]);
            let cost = mixture.cost + change.cost;
            if next.get(&then).is_none_or(|known| cost < known.cost) {
                taken.push((mixture.last, nth));
                let last = Some(taken.len() - 1);
                next.insert(then, Mixture { cost, last });
            }
        }
        if next.len() > WIDTH {
            let mut all: Vec<(ByDay<i32>, Mixture)> = next.into_iter().collect();
            all.sort_by(|one, other| {
                let far =
                    |(starts, mixture): &(ByDay<i32>, Mixture)| goal.far(mixture.cost, starts);
                far(one).total_cmp(&far(other)).then(one.0.cmp(&other.0))
            });
            all.truncate(WIDTH);
            next = all.into_iter().collect();
        }
        mixtures = next;
    }
    let all = || mixtures.iter();
    let held = all().filter(|(starts, _)| goal.holds(starts));
    let cheapest = held.min_by_key(|(_, mixture)| mixture.cost);
    let nearest = all().min_by(|one, other| {
        goal.far(one.1.cost, one.0)
            .total_cmp(&goal.far(other.1.cost, other.0))
    });
    let made = [cheapest, nearest].into_iter().flatten();
    let plan = |(_, mixture): (&ByDay<i32>, &Mixture)| {
        let mut options = one.options.clone();
        let mut last = mixture.last;
        while let Some((before, nth)) = last.map(|at| taken[at]) {
            for pair in &changes[nth].pairs {
                options[*pair] = other.options[*pair];
            }
            last = before;
        }
        tree.plan(options)
    };
    made.map(plan).collect()
}

/// Where a mixture should come to.
struct Goal<'a> {
    prices: &'a ByDay<f64>,
    /// By how much the days of the first plan are too full.
    over: ByDay<f64>,
    dearest: f64,
}

impl Goal<'_> {
    /// What changes cost at the prices of the days.
    #[expect(
        clippy::cast_precision_loss,
        reason = "only says which mixtures are gone on with"
    )]
    fn paid(&self, cost: i64, starts: &ByDay<i32>) -> f64 {
        let paid = starts.iter().zip(self.prices);
        cost as f64
            + paid
                .map(|(starts, price)| f64::from(*starts) * price)
                .sum::<f64>()
    }

    /// The same, and how far the days are from being just full: room on a day that has a price is as bad as none.
    fn far(&self, cost: i64, starts: &ByDay<i32>) -> f64 {
        let days = starts.iter().zip(&self.over).zip(self.prices);
        let off = days.map(|((starts, over), price)| {
            let over = over + f64::from(*starts);
            if *price > 0.0 {
                over.abs()
            } else {
                over.max(0.0)
            }
        });
        // Filling up what is left comes to a part of the price of a day.
        self.paid(cost, starts) + (1.0 + self.dearest / 16.0) * off.sum::<f64>()
    }

    fn holds(&self, starts: &ByDay<i32>) -> bool {
        let mut days = starts.iter().zip(&self.over);
        days.all(|(starts, over)| over + f64::from(*starts) <= 0.0)
    }
}

/// Where the plans differ, in parts that have nothing to do with each other.
fn changes(tree: &Tree<'_>, one: &Plan, other: &Plan) -> Vec<Change> {
    let differ = |pair: &usize| one.options[*pair] != other.options[*pair];
    let pairs: Vec<usize> = tree.pairs.iter().copied().filter(differ).collect();
    let mut group: Vec<usize> = (0..pairs.len()).collect();
    let mut by_person: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, pair) in pairs.iter().enumerate() {
        let two = &tree.problem.pairs()[*pair];
        by_person.entry(two.manager).or_default().push(at);
        // Nobody looks at the report's time of a guest at a desk.
        if tree.forest.up[two.report] == Some(*pair) {
            by_person.entry(two.report).or_default().push(at);
        }
    }
    for (person, here) in &by_person {
        for (nth, at) in here.iter().enumerate() {
            for before in &here[..nth] {
                if belong_together(tree, *person, [pairs[*before], pairs[*at]], [one, other]) {
                    let (head, with) = (head(&mut group, *before), head(&mut group, *at));
                    group[with] = head;
                }
            }
        }
    }
    let mut changes: BTreeMap<usize, Change> = BTreeMap::new();
    for (at, pair) in pairs.iter().enumerate() {
        let change = changes.entry(head(&mut group, at)).or_insert(Change {
            pairs: Vec::new(),
            cost: 0,
            starts: [0; DAYS],
        });
        change.pairs.push(*pair);
        for (plan, sign) in [(one, -1), (other, 1)] {
            let cost = tree.cost(*pair, plan.options[*pair]);
            change.cost += i64::from(sign) * i64::try_from(cost).unwrap_or(i64::MAX / 4);
            if let Some(day) = tree.day(*pair, plan.options[*pair]) {
                change.starts[day] += sign;
            }
        }
    }
    changes.into_values().collect()
}

fn head(group: &mut [usize], mut at: usize) -> usize {
    while group[at] != at {
        group[at] = group[group[at]];
        at = group[at];
    }
    at
}

/// Whether two pairs of `person` cannot be one as in the one plan and one as in the other.
fn belong_together(tree: &Tree<'_>, person: usize, pairs: [usize; 2], plans: [&Plan; 2]) -> bool {
    let [first, second] = pairs.map(|pair| &tree.problem.pairs()[pair]);
    let is_manager = first.manager == person && second.manager == person;
    if is_manager && tree.problem.people()[person].per_day.is_some() {
        return true;
    }
    let crossed = [[plans[0], plans[1]], [plans[1], plans[0]]];
    crossed.iter().any(|[of_first, of_second]| {
        let place = |plan: &Plan, nth: usize| {
            let option = plan.options[pairs[nth]]?;
            Some(tree.problem.pairs()[pairs[nth]].options[option].place)
        };
        let (Some(here), Some(there)) = (place(of_first, 0), place(of_second, 1)) else {
            return false;
        };
        let spans = [first, second].map(|pair| tree.problem.span(pair, person));
        here.overlaps(spans[0], there, spans[1])
    })
}
