//! Teams too large for a table, in the middle of the tree.

use super::{best, planned};
use steadfast_planner::problem::{Choice, Kind, Limits, Pair, Person, Problem};
use steadfast_planner::sample;

/// The pairs of a team whose manager has a 1:1 of their own, each without the places that touch it at `own`.
fn around(team: &[Pair], own: &Pair, at: Choice, buffer: u16) -> Vec<Pair> {
    let mut pairs = team.to_vec();
    for pair in &mut pairs {
        let span = pair.length + buffer;
        pair.options
            .retain(|option| !option.place.overlaps(span, at.place, own.length + buffer));
    }
    pairs
}

#[test]
fn a_manager_of_eighteen_has_a_manager_too() {
    let week = sample::week(18, 2).unwrap();
    let made = |people: &[Person], pairs: Vec<Pair>| {
        let (people, limits) = (people.to_vec(), Limits::default());
        Problem::new(Kind::Organisation, people, pairs, None, &limits).unwrap()
    };
    let team = week.pairs();
    let buffer = week.people()[0].buffer;
    let mut people = week.people().to_vec();
    people.push(Person {
        boss: None,
        buffer: 0,
        ..people[0].clone()
    });
    people[0].boss = Some(18 + 1);
    let own = Pair {
        id: 1000,
        manager: 18 + 1,
        report: 0,
        options: team[0].options.iter().copied().step_by(4).collect(),
        ..team[0].clone()
    };
    // Every place of the own 1:1 in turn, and without it.
    let turns = own.options.iter().map(|at| {
        let rest = made(week.people(), around(team, &own, *at, buffer));
        u64::from(at.cost) + best(&rest)
    });
    let without = u64::from(own.drop) + best(&made(week.people(), team.to_vec()));
    let least = turns.min().unwrap().min(without);
    let mut pairs = team.to_vec();
    pairs.push(own);
    let plan = planned(&made(&people, pairs));
    assert_eq!((plan.total.objective, plan.bound), (least, least));
}
