//! "It can be done": whether everybody can have a 1:1, said at once and without planning.
//!
//! If every pair has at least as many units of time in common as the busier of the two has 1:1s, all pairs can have one of
//! their own: bipartite graphs can be edge-coloured from lists that long (Galvin 1995; Borodin, Kostochka and Woodall 1997
//! for lists as long as the larger of the two degrees). Trees are bipartite. Here a unit is a stretch long enough for the
//! longest 1:1 with its buffer, and a pair has it if one of its places lies within.

use crate::problem::Problem;
use crate::week::WEEK;

/// What can be said at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Certificate {
    /// Everybody can have a 1:1.
    All,
    /// This way it cannot be told; it may well be possible.
    Unknown,
}

/// Looks. Caps are not part of the theorem: with one, nothing is said.
pub fn look(problem: &Problem) -> Certificate {
    let capped = problem
        .people()
        .iter()
        .any(|person| person.per_day.is_some());
    if capped || problem.cap().is_some() || !is_bipartite(problem) {
        return Certificate::Unknown;
    }
    let mut degree = vec![0_usize; problem.people().len()];
    for pair in problem.pairs() {
        degree[pair.manager] += 1;
        degree[pair.report] += 1;
    }
    let span = |index: usize| {
        let pair = &problem.pairs()[index];
        problem
            .span(pair, pair.manager)
            .max(problem.span(pair, pair.report))
    };
    let unit = (0..problem.pairs().len()).map(span).max().unwrap_or(1);
    // Any way to lay the units out will do; the working day of one may suit another badly.
    let suits = |shift: u16| {
        problem.pairs().iter().enumerate().all(|(index, pair)| {
            let needs = degree[pair.manager].max(degree[pair.report]);
            units(problem, index, span(index), unit, shift) >= needs
        })
    };
    if (0..unit).any(suits) {
        Certificate::All
    } else {
        Certificate::Unknown
    }
}

/// Units that a pair has, the week cut every `unit` quarter hours from `shift` on.
fn units(problem: &Problem, index: usize, span: u16, unit: u16, shift: u16) -> usize {
    let mut has = vec![false; usize::from(WEEK / unit) + 2];
    for option in &problem.pairs()[index].options {
        let at = option.place.start + unit - shift;
        if at % unit + span <= unit {
            has[usize::from(at / unit)] = true;
        }
    }
    has.into_iter().filter(|has| *has).count()
}

/// Whether people can be put on two sides with every pair across; pairs beside the tree may make that impossible.
fn is_bipartite(problem: &Problem) -> bool {
    let mut near = vec![Vec::new(); problem.people().len()];
    for pair in problem.pairs() {
        near[pair.manager].push(pair.report);
        near[pair.report].push(pair.manager);
    }
    let mut side: Vec<Option<bool>> = vec![None; near.len()];
    for start in 0..near.len() {
        if side[start].is_some() {
            continue;
        }
        side[start] = Some(false);
        let mut open = vec![start];
        while let Some(person) = open.pop() {
            let across = side[person].map(|side| !side);
            for other in &near[person] {
                if side[*other].is_none() {
                    side[*other] = across;
                    open.push(*other);
                } else if side[*other] != across {
                    return false;
                }
            }
        }
    }
    true
}
