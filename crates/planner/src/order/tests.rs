//! Whatever a problem's people and pairs are called, and however they are listed, in order it is the same problem.

use super::Order;
use crate::problem::{Choice, Kind, Limits, Pair, Person, Problem};
use crate::sample;
use crate::week::{Place, Weeks};

/// Numbers from a seed (Knuth's generator), the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        let next = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = next.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most.max(1)
    }

    fn shuffled(&mut self, things: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..things).collect();
        for last in (1..things).rev() {
            order.swap(last, self.below(last + 1));
        }
        order
    }
}

fn made(people: Vec<Person>, pairs: Vec<Pair>) -> Problem {
    Problem::new(Kind::Organisation, people, pairs, None, &Limits::default()).unwrap()
}

/// The same, listed otherwise, with other names and ids.
fn otherwise(problem: &Problem, dice: &mut Dice) -> Problem {
    let (people, pairs) = (problem.people(), problem.pairs());
    let to = dice.shuffled(people.len());
    let mut moved: Vec<Option<Person>> = vec![None; people.len()];
    for (person, to_here) in people.iter().zip(&to) {
        let name = format!("{}", dice.below(1000));
        let boss = person.boss.map(|boss| to[boss]);
        moved[*to_here] = Some(Person {
            name,
            boss,
            ..*person
        });
    }
    let ids = dice.shuffled(pairs.len());
    let pair = |(pair, id): (&Pair, &usize)| Pair {
        id: u32::try_from(*id).unwrap(),
        manager: to[pair.manager],
        report: to[pair.report],
        options: pair.options.iter().rev().copied().collect(),
        ..*pair
    };
    let mut pairs: Vec<Pair> = pairs.iter().zip(&ids).map(pair).collect();
    pairs.sort_by_key(|pair| pair.id % 7);
    made(moved.into_iter().flatten().collect(), pairs)
}

fn in_order(problem: &Problem) -> Problem {
    let order = Order::of(problem);
    let mut sorted = [order.people.clone(), order.pairs.clone()];
    sorted.iter_mut().for_each(|sorted| sorted.sort_unstable());
    assert!(sorted[0].iter().copied().eq(0..problem.people().len()));
    assert!(sorted[1].iter().copied().eq(0..problem.pairs().len()));
    problem.in_order(&order.people, &order.pairs)
}

#[track_caller]
fn is_the_same_however_it_is_listed(problem: &Problem, dice: &mut Dice) {
    let expected = in_order(problem);
    for _ in 0..4 {
        assert_eq!(in_order(&otherwise(problem, dice)), expected);
    }
}

fn person(boss: Option<usize>) -> Person {
    Person {
        name: String::new(),
        boss,
        utc_offset: 0,
        buffer: 0,
        per_day: None,
    }
}

/// A pair with one of a few sets of places, so that many are alike.
fn pair(id: usize, (manager, report): (usize, usize), kind: usize) -> Pair {
    let option = |nth: usize| Choice {
        place: Place {
            start: u16::try_from(100 + 4 * nth).unwrap(),
            weeks: Weeks::BOTH,
        },
        cost: 1,
    };
    Pair {
        id: u32::try_from(id).unwrap(),
        manager,
        report,
        length: 2,
        current: None,
        drop: 100,
        stays: false,
        options: (0..3 + kind).map(option).collect(),
    }
}

/// A tree of so many, each under one of the few before.
fn tree(dice: &mut Dice, most: usize, kinds: usize) -> (Vec<Person>, Vec<Pair>) {
    let people = 2 + dice.below(most);
    let boss = |at: usize, dice: &mut Dice| {
        at.checked_sub(1)
            .map(|last| last - dice.below(last.min(5) + 1))
    };
    let people: Vec<Person> = (0..people).map(|at| person(boss(at, dice))).collect();
    let couples = people.iter().enumerate();
    let couples = couples.filter_map(|(at, person)| Some((person.boss?, at)));
    let pairs = couples
        .enumerate()
        .map(|(id, couple)| pair(id, couple, dice.below(kinds)));
    let pairs = pairs.collect();
    (people, pairs)
}

#[test]
fn trees_in_which_many_are_alike() {
    let mut dice = Dice(1);
    for round in 0..400 {
        let (people, pairs) = tree(&mut dice, 40, 1 + round % 3);
        is_the_same_however_it_is_listed(&made(people, pairs), &mut dice);
    }
}

#[test]
fn networks_in_which_many_are_alike() {
    let mut dice = Dice(2);
    for round in 0..400 {
        let (people, mut pairs) = tree(&mut dice, 24, 1 + round % 2);
        for _ in 0..1 + dice.below(12) {
            let couple = (dice.below(people.len()), dice.below(people.len()));
            let is_there = |pair: &Pair| {
                let there = (pair.manager, pair.report);
                there == couple || there == (couple.1, couple.0)
            };
            if couple.0 != couple.1 && !pairs.iter().any(is_there) {
                pairs.push(pair(pairs.len(), couple, 0));
            }
        }
        is_the_same_however_it_is_listed(&made(people, pairs), &mut dice);
    }
}

#[test]
fn circles_that_look_alike_and_are_not() {
    // Everybody is manager once and report once: three circles of four, six, and twice three people.
    let circles = [&[4_usize][..], &[6], &[3, 3]].concat();
    let mut pairs = Vec::new();
    let mut first = 0;
    for length in circles {
        for at in 0..length {
            let couple = (first + at, first + (at + 1) % length);
            pairs.push(pair(pairs.len(), couple, 0));
        }
        first += length;
    }
    let people = (0..first).map(|_| person(None)).collect();
    is_the_same_however_it_is_listed(&made(people, pairs), &mut Dice(3));
}

#[test]
fn an_organisation_of_a_thousand() {
    let problem = sample::organisation(1000, 1, 100).unwrap();
    is_the_same_however_it_is_listed(&problem, &mut Dice(4));
}

#[test]
fn a_chain_of_twenty_thousand_who_are_alike_is_done_before_anybody_waits() {
    // Looking at everybody again for each step that something new is known would take minutes here.
    let people: Vec<Person> = (0..20_000_usize)
        .map(|at| person(at.checked_sub(1)))
        .collect();
    let pairs = (1..20_000).map(|at| pair(at, (at - 1, at), 0)).collect();
    let problem = made(people, pairs);
    is_the_same_however_it_is_listed(&problem, &mut Dice(5));
}

#[test]
fn of_those_alike_the_first_by_name_goes_first_and_of_others_who_has_fewer_places() {
    let mut people: Vec<Person> = [None, Some(0), Some(0), Some(0)].map(person).into();
    for (person, name) in people.iter_mut().zip(["maya", "ben 10", "ben 9", "ana"]) {
        name.clone_into(&mut person.name);
    }
    let pairs = vec![pair(0, (0, 1), 0), pair(1, (0, 2), 0), pair(2, (0, 3), 1)];
    assert_eq!(Order::of(&made(people, pairs)).pairs, [1, 0, 2]);
}
