//! What nobody means: refused with its place, or planned within bounds.

use super::planned;
use steadfast_planner::checker::{Impossible, check};
use steadfast_planner::plan::Status;
use steadfast_planner::problem::{Choice, Flaw, Kind, Limits, Pair, Person, Problem};
use steadfast_planner::sample;
use steadfast_planner::week::{Place, Weeks};

fn person(boss: Option<usize>) -> Person {
    Person {
        name: String::new(),
        boss,
        utc_offset: 0,
        buffer: 0,
        per_day: None,
    }
}

fn pair(id: u32, manager: usize, report: usize, starts: &[u16]) -> Pair {
    let options = starts.iter().map(|start| Choice {
        place: Place {
            start: *start,
            weeks: Weeks::BOTH,
        },
        cost: 1,
    });
    Pair {
        id,
        manager,
        report,
        length: 2,
        current: None,
        drop: 100,
        stays: false,
        options: options.collect(),
    }
}

fn made(people: Vec<Person>, pairs: Vec<Pair>) -> Result<Problem, Flaw> {
    Problem::new(Kind::Organisation, people, pairs, None, &Limits::default())
}

#[test]
fn nobody_and_nothing_is_a_plan_of_nothing() {
    let plan = planned(&made(Vec::new(), Vec::new()).unwrap());
    assert_eq!((plan.total.objective, plan.status()), (0, Status::Optimal));
    let nowhere = made(
        vec![person(None), person(Some(0))],
        vec![pair(1, 0, 1, &[])],
    );
    let plan = planned(&nowhere.unwrap());
    assert_eq!((plan.total.objective, plan.total.dropped), (100, 1));
}

#[test]
fn a_circle_of_managers_is_refused_and_one_of_pairs_is_planned_beside_the_tree() {
    let circle = vec![person(Some(1)), person(Some(2)), person(Some(0))];
    assert_eq!(made(circle, Vec::new()), Err(Flaw::Circle(0)));
    let people = vec![person(None), person(None), person(None)];
    let pairs = vec![
        pair(1, 0, 1, &[4, 6]),
        pair(2, 1, 2, &[4, 6]),
        pair(3, 2, 0, &[4, 8]),
    ];
    let plan = planned(&made(people, pairs).unwrap());
    assert_eq!((plan.total.objective, plan.status()), (3, Status::Optimal));
}

#[test]
fn references_to_nobody_and_pairs_of_one_are_refused() {
    let two = || vec![person(None), person(Some(0))];
    assert_eq!(
        made(two(), vec![pair(1, 0, 7, &[])]),
        Err(Flaw::NoSuchPerson { pair: 1, person: 7 })
    );
    assert_eq!(
        made(two(), vec![pair(1, 1, 1, &[])]),
        Err(Flaw::WithOneself(1))
    );
    let twice = vec![pair(1, 0, 1, &[]), pair(2, 1, 0, &[])];
    assert_eq!(made(two(), twice), Err(Flaw::Twice { pair: 2, other: 1 }));
}

#[test]
fn a_million_pairs_are_refused() {
    let people = (0..1000).map(|_| person(None)).collect();
    let pairs = (0..1_000_000).map(|id| pair(id, 0, 1, &[])).collect();
    assert!(matches!(
        made(people, pairs),
        Err(Flaw::TooMany { what: "pairs", .. })
    ));
}

#[test]
fn sixty_reports_who_all_want_the_same_morning_are_planned_within_bounds() {
    let starts: Vec<u16> = (130..150).collect();
    let people = (0..61).map(|at| person((at > 0).then_some(0))).collect();
    let pairs = (1..61)
        .map(|at| pair(at, 0, at as usize, &starts))
        .collect();
    let plan = planned(&made(people, pairs).unwrap());
    assert_eq!(plan.total.dropped, 50);
    assert!(plan.bound <= plan.total.objective);
}

#[test]
fn sixty_of_many_lengths_for_whom_every_place_is_as_good_are_planned_within_bounds() {
    let starts: Vec<u16> = (130..210).collect();
    let people = (0..61).map(|at| person((at > 0).then_some(0))).collect();
    let pairs = (1..61).map(|at| {
        let mut pair = pair(at, 0, at as usize, &starts);
        pair.length = 1 + u16::try_from(at % 3).unwrap();
        pair.options.iter_mut().for_each(|option| option.cost = 0);
        pair
    });
    let plan = planned(&made(people, pairs.collect()).unwrap());
    assert!(plan.bound <= plan.total.objective);
}

#[test]
fn the_checker_sees_the_reports_time_the_weeks_and_full_days() {
    let cap = steadfast_planner::problem::DayCap {
        starts: 1,
        utc_offset: -20,
    };
    let mut people = vec![person(None), person(Some(0)), person(Some(1))];
    let pairs = || {
        vec![
            pair(1, 0, 1, &[100, 110, 200]),
            pair(2, 1, 2, &[100, 101, 102, 200]),
        ]
    };
    let problem = made(people.clone(), pairs()).unwrap();
    let at = |start: u16, weeks: Weeks| Some(Place { start, weeks });
    let both = Weeks::BOTH;
    // Person 1 is the report of the one and the manager of the other.
    let overlap = check(&problem, &[at(100, both), at(101, both)]);
    assert!(
        matches!(overlap, Err(Impossible::Overlap { person: 1, .. })),
        "{overlap:?}"
    );
    assert!(check(&problem, &[at(100, both), at(102, both)]).is_ok());
    let mut weeks = pairs();
    for (pair, weeks) in weeks.iter_mut().zip([Weeks::A, Weeks::B]) {
        pair.options
            .iter_mut()
            .for_each(|option| option.place.weeks = weeks);
    }
    let problem = made(people.clone(), weeks).unwrap();
    assert!(check(&problem, &[at(100, Weeks::A), at(100, Weeks::B)]).is_ok());
    people[0].per_day = Some(cap);
    let of_one = vec![
        pair(1, 0, 1, &[100, 110, 200]),
        pair(2, 0, 2, &[110, 120, 210]),
    ];
    let problem = made(people, of_one).unwrap();
    // On that clock 110 is Sunday evening, 120 Monday morning.
    let full = check(&problem, &[at(100, both), at(110, both)]);
    assert_eq!(full, Err(Impossible::DayFull { pair: 1 }));
    assert!(check(&problem, &[at(110, both), at(120, both)]).is_ok());
}

#[test]
fn a_spoilt_plan_does_not_pass_the_checker() {
    let problem = sample::organisation(100, 1, 100).unwrap();
    let plan = planned(&problem);
    let mut elsewhere = plan.places.clone();
    elsewhere[3] = elsewhere[3].map(|place| Place {
        start: (place.start + 335) % 672,
        ..place
    });
    assert!(matches!(
        check(&problem, &elsewhere),
        Err(Impossible::NotAnOption { .. })
    ));
    let same = problem.pairs().iter().enumerate().find_map(|(at, pair)| {
        // Where the manager's next 1:1 is, if this one may be there.
        let next = at + 1;
        let place = plan.places.get(next).copied().flatten()?;
        let both = problem.pairs().get(next)?.manager == pair.manager;
        (both && pair.option_at(place).is_some()).then_some((at, place))
    });
    let (at, place) = same.unwrap();
    let mut twice = plan.places.clone();
    twice[at] = Some(place);
    assert!(matches!(
        check(&problem, &twice),
        Err(Impossible::Overlap { .. })
    ));
    assert_eq!(check(&problem, &twice[1..]), Err(Impossible::OtherPairs));
}
