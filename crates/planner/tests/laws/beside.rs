//! Pairs beside the tree.

use super::{best, planned};
use steadfast_planner::plan::{self, Status};
use steadfast_planner::problem::{Choice, DayCap, Kind, Limits, Pair, Person, Problem};
use steadfast_planner::watch::Watch;
use steadfast_planner::week::{Place, Weeks};

fn person(boss: Option<usize>, per_day: Option<DayCap>) -> Person {
    Person {
        name: String::new(),
        boss,
        utc_offset: 0,
        buffer: 0,
        per_day,
    }
}

fn pair(id: u32, (manager, report): (usize, usize), drop: u32, options: &[(u16, u32)]) -> Pair {
    let options = options.iter().map(|(start, cost)| Choice {
        place: Place {
            start: *start,
            weeks: Weeks::BOTH,
        },
        cost: *cost,
    });
    Pair {
        id,
        manager,
        report,
        length: 2,
        current: None,
        drop,
        stays: false,
        options: options.collect(),
    }
}

/// A head whose Monday has room for two, of whom one may go to Tuesday; the skip-level may only be on Monday.
fn a_full_monday(own: Option<DayCap>, all: Option<DayCap>) -> Problem {
    let people = vec![
        person(None, own),
        person(Some(0), None),
        person(Some(1), None),
        person(Some(0), None),
    ];
    let pairs = vec![
        pair(0, (0, 1), 100, &[(96, 0), (192, 1)]),
        pair(1, (0, 3), 100, &[(104, 0), (200, 1)]),
        pair(2, (1, 2), 100, &[(300, 0)]),
        pair(3, (0, 2), 50, &[(112, 0)]),
    ];
    Problem::new(Kind::Organisation, people, pairs, all, &Limits::default()).unwrap()
}

#[test]
fn a_skip_level_counts_on_its_managers_day() {
    let cap = Some(DayCap {
        starts: 2,
        utc_offset: 0,
    });
    assert_eq!(best(&a_full_monday(cap, None)), 1);
    assert_eq!(best(&a_full_monday(None, cap)), 1);
}

/// Out of patience after so many questions.
struct For(std::sync::atomic::AtomicUsize);

impl Watch for For {
    fn at(&self, _done: usize, _of: usize) {}
    fn stop(&self) -> bool {
        let left = self.0.load(std::sync::atomic::Ordering::Relaxed);
        self.0
            .store(left.saturating_sub(1), std::sync::atomic::Ordering::Relaxed);
        left == 0
    }
}

#[test]
fn whenever_it_is_stopped_the_bound_holds() {
    let cap = Some(DayCap {
        starts: 2,
        utc_offset: 0,
    });
    for (own, all) in [(cap, None), (None, cap)] {
        for patience in 0..60 {
            let watch = For(std::sync::atomic::AtomicUsize::new(patience));
            let plan = plan::make(&a_full_monday(own, all), &watch).unwrap();
            assert!(plan.bound <= 1, "{patience}: {plan:?}");
        }
    }
}

#[test]
fn many_skip_levels_that_fit_are_proved() {
    let mut people = vec![person(None, None)];
    let mut pairs = Vec::new();
    let mut id = 0;
    let mut add = |couple: (usize, usize), options: &[(u16, u32)]| {
        id += 1;
        pairs.push(pair(id, couple, 1000, options));
    };
    for part in 0..8_u16 {
        let head = people.len();
        people.push(person(Some(0), None));
        add((0, head), &[(100 + 4 * part, 0), (200 + 4 * part, 3)]);
        for report in 0..5_u16 {
            let own = people.len();
            people.push(person(Some(head), None));
            add((head, own), &[(300 + 3 * report, 0), (310 + 3 * report, 2)]);
            // Everybody has a skip-level with the top, and wants what the top has with a head.
            let at = 100 + 4 * ((part + report) % 8);
            add((0, own), &[(at, 0), (350 + 2 * (5 * part + report), 1)]);
        }
    }
    let problem =
        Problem::new(Kind::Organisation, people, pairs, None, &Limits::default()).unwrap();
    let plan = planned(&problem);
    assert!(plan.bound <= plan.total.objective);
    assert_eq!(plan.total.dropped, 0);
    assert_eq!((plan.status(), plan.total.objective), (Status::Optimal, 40));
}

#[test]
fn two_beside_the_tree_that_collide_are_settled_in_any_order() {
    // The dotted line of 4 to 2 and that of 2 to 0 want one hour of 2; only the one goes through the time of its report.
    for names in [["a", "b", "c", "d", "e"], ["e", "d", "c", "b", "a"]] {
        let bosses = [None, Some(0), Some(1), Some(1), None];
        let mut people: Vec<Person> = bosses.map(|boss| person(boss, None)).into();
        for (person, name) in people.iter_mut().zip(names) {
            name.clone_into(&mut person.name);
        }
        let pairs = vec![
            pair(0, (0, 1), 300, &[(664, 100), (300, 300)]),
            pair(1, (1, 2), 300, &[]),
            pair(2, (1, 3), 300, &[]),
            pair(3, (2, 0), 5000, &[(400, 100)]),
            pair(4, (4, 2), 300, &[(401, 0)]),
        ];
        let problem =
            Problem::new(Kind::Organisation, people, pairs, None, &Limits::default()).unwrap();
        assert_eq!(best(&problem), 100 + 300 + 300 + 100 + 300, "{names:?}");
    }
}
