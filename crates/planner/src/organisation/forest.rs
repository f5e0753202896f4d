//! The tree of people that the pairs make, and the pairs that do not fit into it.

use crate::problem::Problem;

/// Who has their 1:1 upward in which pair, and downward in which.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Forest {
    /// For each person, the pair with their own manager.
    pub up: Vec<Option<usize>>,
    /// For each person, the pairs with their reports, in the order of the problem.
    pub down: Vec<Vec<usize>>,
    /// Pairs beside the tree: skip-levels, dotted lines.
    pub beside: Vec<usize>,
    /// People with reports, grouped so that everybody below a person is in an earlier group.
    pub levels: Vec<Vec<usize>>,
}

impl Forest {
    /// Sorts the pairs of `problem` into the tree and beside it. Reporting lines come first, else the pairs as the problem
    /// has them; a pair that would give somebody a second manager, or close a circle, is beside the tree.
    pub fn of(problem: &Problem) -> Self {
        let people = problem.people().len();
        let mut forest = Self {
            up: vec![None; people],
            down: vec![Vec::new(); people],
            beside: Vec::new(),
            levels: Vec::new(),
        };
        let mut groups = Groups((0..people).collect());
        let on_the_line = |index: &usize| {
            let pair = &problem.pairs()[*index];
            problem.people()[pair.report].boss == Some(pair.manager)
        };
        let (lines, others): (Vec<usize>, Vec<usize>) =
            (0..problem.pairs().len()).partition(on_the_line);
        for index in lines.into_iter().chain(others) {
            let pair = &problem.pairs()[index];
            if forest.up[pair.report].is_none() && groups.join(pair.manager, pair.report) {
                forest.up[pair.report] = Some(index);
                forest.down[pair.manager].push(index);
            } else {
                forest.beside.push(index);
            }
        }
        for pairs in forest.down.iter_mut().chain([&mut forest.beside]) {
            pairs.sort_unstable();
        }
        forest.levels = levels(problem, &forest);
        forest
    }

    /// The same with the pairs beside the tree as guests at the desks of their managers, where they take time like any other
    /// and nobody looks at their reports' time; and those for whom no desk had room, up to `most` at each.
    pub(crate) fn hosting(&self, problem: &Problem, most: usize) -> (Self, Vec<usize>) {
        let mut hosting = self.clone();
        let mut left = Vec::new();
        let mut guests = self.beside.clone();
        guests.sort_by_key(|pair| !problem.pairs()[*pair].stays);
        for pair in guests {
            let desk = &mut hosting.down[problem.pairs()[pair].manager];
            if desk.len() < most {
                desk.push(pair);
            } else {
                left.push(pair);
            }
        }
        for pairs in &mut hosting.down {
            pairs.sort_unstable();
        }
        hosting.levels = levels(problem, &hosting);
        (hosting, left)
    }
}

/// By height above the lowest: people whose reports manage nobody first.
fn levels(problem: &Problem, forest: &Forest) -> Vec<Vec<usize>> {
    let manager = |person: usize| forest.up[person].map(|pair| problem.pairs()[pair].manager);
    let mut waiting = vec![0_usize; forest.up.len()];
    for above in (0..forest.up.len()).filter_map(manager) {
        waiting[above] += 1;
    }
    let mut height: Vec<usize> = forest
        .down
        .iter()
        .map(|down| usize::from(!down.is_empty()))
        .collect();
    let mut ready: Vec<usize> = (0..waiting.len())
        .filter(|person| waiting[*person] == 0)
        .collect();
    while let Some(person) = ready.pop() {
        let Some(above) = manager(person) else {
            continue;
        };
        height[above] = height[above].max(height[person] + 1);
        waiting[above] -= 1;
        if waiting[above] == 0 {
            ready.push(above);
        }
    }
    let mut levels = vec![Vec::new(); height.iter().max().map_or(0, |most| *most)];
    for (person, height) in height.into_iter().enumerate() {
        if height > 0 {
            levels[height - 1].push(person);
        }
    }
    levels
}

/// Which people are joined already; each points to another of its group, or to itself.
struct Groups(Vec<usize>);

impl Groups {
    fn head(&mut self, mut person: usize) -> usize {
        while self.0[person] != person {
            self.0[person] = self.0[self.0[person]];
            person = self.0[person];
        }
        person
    }

    /// Joins two groups; false where they are one already.
    fn join(&mut self, one: usize, other: usize) -> bool {
        let (one, other) = (self.head(one), self.head(other));
        self.0[one] = other;
        one != other
    }
}
