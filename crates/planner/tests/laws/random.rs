//! Random small problems, and two plain ways to plan them.

use proptest::prelude::*;
use std::cmp::Reverse;
use steadfast_planner::checker::check;
use steadfast_planner::problem::{Choice, DayCap, Kind, Limits, Pair, Person, Problem};
use steadfast_planner::week::{Place, Weeks};

/// A problem before it is checked.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) people: Vec<Person>,
    pub(crate) pairs: Vec<Pair>,
}

pub(crate) fn choice() -> impl Strategy<Value = Choice> {
    (0..7_u16, 1..=3_u8, 0..40_u32).prop_map(|(start, weeks, cost)| Choice {
        place: Place {
            // Two days, seven quarter hours, so that much collides.
            start: 96 * (start % 2) + start,
            weeks: Weeks::from_bits(weeks).unwrap(),
        },
        cost,
    })
}

/// Trees of two to six people.
pub(crate) fn asked() -> impl Strategy<Value = Asked> {
    let pair = (
        1..4_u16,
        0..60_u32,
        prop::collection::vec(choice(), 0..6),
        any::<prop::sample::Index>(),
    );
    // Clocks on which the two days are two others, or one.
    let clock = prop::sample::select(vec![0, -20, 56, -48]);
    let person = (0..2_u16, prop::option::of(1..3_u16), clock);
    let pairs = prop::collection::vec(pair, 1..6);
    (pairs, prop::collection::vec(person, 6)).prop_map(|(pairs, people)| {
        let bosses: Vec<Option<usize>> = std::iter::once(None)
            .chain(
                pairs
                    .iter()
                    .enumerate()
                    .map(|(at, pair)| Some(pair.3.index(at + 1))),
            )
            .collect();
        let people = bosses
            .iter()
            .zip(people)
            .map(|(boss, (buffer, cap, utc_offset))| Person {
                name: String::new(),
                boss: *boss,
                utc_offset,
                buffer,
                per_day: cap.map(|starts| DayCap { starts, utc_offset }),
            });
        let pairs = pairs.into_iter().zip(&bosses[1..]).enumerate();
        let pairs = pairs.map(|(at, ((length, drop, options, _), boss))| Pair {
            id: u32::try_from(at).unwrap(),
            manager: boss.unwrap(),
            report: at + 1,
            length,
            current: options.get(1).map(|option: &Choice| option.place),
            drop,
            stays: false,
            options,
        });
        Asked {
            people: people.collect(),
            pairs: pairs.collect(),
        }
    })
}

pub(crate) fn problem(asked: &Asked) -> Problem {
    capped(asked, None)
}

pub(crate) fn capped(asked: &Asked, cap: Option<DayCap>) -> Problem {
    let (people, pairs) = (asked.people.clone(), asked.pairs.clone());
    Problem::new(Kind::Organisation, people, pairs, cap, &Limits::default()).unwrap()
}

/// A cap on all pairs together, on a clock that splits the two days of [`asked`] in two, or differently.
pub(crate) fn cap() -> impl Strategy<Value = DayCap> {
    let clock = prop::sample::select(vec![0, -2, 56, -48]);
    (0..4_u16, clock).prop_map(|(starts, utc_offset)| DayCap { starts, utc_offset })
}

/// A 1:1 of somebody with their manager's manager; false where nobody has one.
pub(crate) fn add_skip_level(asked: &mut Asked, place: u16) -> bool {
    let skip = asked.people.iter().enumerate().find_map(|(at, person)| {
        let above = person.boss.and_then(|boss| asked.people[boss].boss)?;
        Some((above, at))
    });
    let Some((manager, report)) = skip else {
        return false;
    };
    let options = (0..3).map(|nth| Choice {
        place: Place {
            start: (place + 2 * nth) % 7,
            weeks: Weeks::BOTH,
        },
        cost: u32::from(nth) * 3,
    });
    asked.pairs.push(Pair {
        id: 100,
        manager,
        report,
        length: 2,
        current: None,
        drop: 30,
        stays: false,
        options: options.collect(),
    });
    true
}

/// The least cost of all plans there are.
pub(crate) fn try_everything(problem: &Problem) -> u64 {
    fn go_on(problem: &Problem, places: &mut Vec<Option<Place>>, best: &mut u64) {
        let at = places.len();
        let Some(pair) = problem.pairs().get(at) else {
            if let Ok(total) = check(problem, places) {
                *best = (*best).min(total.objective);
            }
            return;
        };
        for option in pair
            .options
            .iter()
            .map(|option| Some(option.place))
            .chain([None])
        {
            places.push(option);
            let mut so_far = places.clone();
            // Those to come are nowhere yet, but for who stays.
            let rest = problem.pairs()[at + 1..].iter();
            so_far
                .extend(rest.map(|pair| Some(pair.options.first()?.place).filter(|_| pair.stays)));
            if check(problem, &so_far).is_ok() {
                go_on(problem, places, best);
            }
            places.pop();
        }
    }
    let mut best = u64::MAX;
    go_on(problem, &mut Vec::new(), &mut best);
    best
}

/// What taking one pair after the other comes to, each at the cheapest place that is left: those with fewer places first, then
/// those dearer to go without, longer, and so on. Where several are alike in all of that, the most it may come to.
pub(crate) fn greedy(problem: &Problem) -> u64 {
    let key = |index: &usize| {
        let pair = &problem.pairs()[*index];
        let is_line = problem.people()[pair.report].boss == Some(pair.manager);
        let first = (!is_line, pair.options.len(), Reverse(pair.drop));
        (first, Reverse(pair.length), pair.current, &pair.options)
    };
    let mut order: Vec<usize> = (0..problem.pairs().len()).collect();
    order.sort_by_key(key);
    let mut orders = vec![Vec::new()];
    for alike in order.chunk_by(|one, other| key(one) == key(other)) {
        let ways = every_way(alike);
        let on = |before: &Vec<usize>| {
            let on: Vec<_> = ways.iter().map(|way| [&before[..], way].concat()).collect();
            on
        };
        orders = orders.iter().flat_map(on).collect();
    }
    let costs = orders.iter().map(|order| in_turn(problem, order));
    costs.max().unwrap()
}

fn every_way(of: &[usize]) -> Vec<Vec<usize>> {
    let [first, rest @ ..] = of else {
        return vec![Vec::new()];
    };
    let put = |way: Vec<usize>| {
        (0..of.len()).map(move |at| {
            let mut way = way.clone();
            way.insert(at, *first);
            way
        })
    };
    every_way(rest).into_iter().flat_map(put).collect()
}

fn in_turn(problem: &Problem, order: &[usize]) -> u64 {
    let mut places = vec![None; problem.pairs().len()];
    for at in order {
        let pair = &problem.pairs()[*at];
        let mut options = pair.options.clone();
        options.sort_by_key(|option| option.cost);
        for option in options
            .into_iter()
            .filter(|option| option.cost <= pair.drop)
        {
            places[*at] = Some(option.place);
            if check(problem, &places).is_ok() {
                break;
            }
            places[*at] = None;
        }
    }
    check(problem, &places).unwrap().objective
}
