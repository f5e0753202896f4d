//! A displaced 1:1: the three best places on different days, or what else would help.
#![expect(
    clippy::unwrap_used,
    reason = "what cannot be planned fails the test, with its place"
)]

use std::collections::BTreeMap;
use steadfast_planner::instance::Instance;
use steadfast_planner::make_good::alternatives;
use steadfast_planner::plan::{self, Status};
use steadfast_planner::problem::{Kind, Problem};
use steadfast_planner::sample;
use steadfast_planner::watch::Unhurried;
use steadfast_planner::week::Place;
use steadfast_planner::words::{clock, reason, report, verdict, what_else};

/// The cheapest cost of each of the report's days, by trying everything: minute by minute, without the planner's own
/// arithmetic of places.
fn plainly(problem: &Problem, target: usize) -> Vec<u32> {
    let pair = &problem.pairs()[target];
    let minutes = |place: Place, span: u16| -> Vec<(u16, u8)> {
        let weeks = [1, 2]
            .into_iter()
            .filter(|week| place.weeks.bits() & week != 0);
        weeks
            .flat_map(|week| (place.start..place.start + span).map(move |at| (at, week)))
            .collect()
    };
    let stays: Vec<Option<Place>> = problem
        .pairs()
        .iter()
        .map(|other| {
            let now = other.current?.start;
            let mut options = other.options.iter().map(|option| option.place);
            options.find(|place| place.start == now)
        })
        .collect();
    let mut days: BTreeMap<i32, u32> = BTreeMap::new();
    for option in &pair.options {
        let mut fits = true;
        for (index, other) in problem.pairs().iter().enumerate() {
            let Some(there) = stays[index].filter(|_| index != target) else {
                continue;
            };
            for person in [pair.manager, pair.report] {
                if other.manager != person && other.report != person {
                    continue;
                }
                let buffer = problem.people()[person].buffer;
                let mine = minutes(option.place, pair.length + buffer);
                let theirs = minutes(there, other.length + buffer);
                fits &= mine.iter().all(|minute| !theirs.contains(minute));
            }
        }
        let cap = problem.people()[pair.manager].per_day;
        if let Some(cap) = cap {
            let day = |place: Place| (i32::from(place.start) + cap.utc_offset).div_euclid(96);
            let others = problem.pairs().iter().zip(&stays).enumerate();
            let same = others.filter(|(index, (other, there))| {
                *index != target
                    && other.manager == pair.manager
                    && there.is_some_and(|there| day(there) == day(option.place))
            });
            fits &= same.count() < usize::from(cap.starts);
        }
        if fits {
            let offset = problem.people()[pair.report].utc_offset;
            let day = (i32::from(option.place.start) + offset).div_euclid(96);
            let least = days.entry(day).or_insert(option.cost);
            *least = option.cost.min(*least);
        }
    }
    let mut costs: Vec<u32> = days.into_values().collect();
    costs.sort_unstable();
    costs.truncate(3);
    costs
}

#[test]
fn the_three_are_the_cheapest_on_three_days_of_the_report() {
    for seed in 1..=60 {
        let problem = sample::make_good(seed).unwrap();
        let Kind::MakeGood(target) = problem.kind() else {
            unreachable!("it was asked for");
        };
        let offered = alternatives(&problem, target);
        let costs: Vec<u32> = offered.iter().map(|one| one.choice.cost).collect();
        assert_eq!(costs, plainly(&problem, target), "seed {seed}");
        let offset = problem.people()[problem.pairs()[target].report].utc_offset;
        let mut days: Vec<i32> = offered
            .iter()
            .map(|one| one.choice.place.day(offset))
            .collect();
        days.sort_unstable();
        days.dedup();
        assert_eq!(days.len(), offered.len(), "seed {seed}");
    }
}

/// Maya and Ben, whose 1:1 of 30 minutes on Tuesday at 10:00 is displaced.
fn displaced(rest: &str, maya: &str, minutes: u16) -> Instance {
    let text = format!(
        r#"{{"format": 2, "kind": "makegood", "target": 1 {rest},
            "people": [{{"id": "maya" {maya}}}, {{"id": "ben", "reports_to": "maya"}}],
            "pairs": [{{"id": 1, "manager": "maya", "report": "ben", "minutes": {minutes}, "now_at": "Tue 10:00"}}]}}"#
    );
    Instance::read(text.as_bytes()).unwrap()
}

fn first(instance: &Instance) -> String {
    let plan = plan::make(instance.problem(), &Unhurried).unwrap();
    let first = plan.alternatives.first();
    first.map_or_else(
        || report(instance, &plan).join(" "),
        |one| clock(one.choice.place, 0),
    )
}

#[test]
fn one_lost_at_short_notice_gets_a_place_after_it() {
    let customer = r#", "busy": [{"days": "Tue", "from": "10:00", "to": "11:00"}]"#;
    let now = r#", "now": "Tue 8:00", "notice_hours": 4"#;
    assert_eq!(first(&displaced(now, customer, 30)), "Tue 12:00");
}

#[test]
fn the_place_that_was_lost_is_not_offered() {
    let instance = displaced("", "", 30);
    let plan = plan::make(instance.problem(), &Unhurried).unwrap();
    let offered = plan
        .alternatives
        .iter()
        .map(|one| clock(one.choice.place, 0));
    assert!(
        offered.clone().all(|at| at != "Tue 10:00"),
        "{:?}",
        offered.collect::<Vec<_>>()
    );
}

#[test]
fn one_meeting_on_one_day_is_asked_to_move_not_the_series() {
    let week = r#", "busy": [{"days": "Mon Tue Wed Thu Fri", "from": "9:00", "to": "17:00"},
        {"days": "Mon Tue Wed Thu Fri", "from": "17:00", "to": "17:30", "can_move": true, "what": "the call"}]"#;
    assert_eq!(
        first(&displaced("", week, 30)),
        "Nothing is free for maya with ben. What would help: if maya moved “the call” (Tue 17:00), Tue 17:00 would be free."
    );
}

#[test]
fn half_of_three_quarters_of_an_hour_is_half_an_hour() {
    let week = r#", "busy": [{"days": "Mon Wed Thu Fri", "from": "9:00", "to": "17:30"},
        {"days": "Tue", "from": "9:00", "to": "16:00"}, {"days": "Tue", "from": "16:30", "to": "17:30"}]"#;
    let instance = displaced("", week, 45);
    let plan = plan::make(instance.problem(), &Unhurried).unwrap();
    assert_eq!(
        what_else(&instance, &plan).unwrap(),
        "halve it rather than lose it: 30 minutes at Tue 16:00"
    );
}

/// Format 1: Maya with two reports; the first 1:1 is displaced from 100, of the second the rest is given.
fn one_of_two(opts: &str, drop: u32, second: &str) -> Instance {
    let text = format!(
        r#"{{"kind": "makegood", "target": 0, "people": [{{}}, {{"boss": 0}}, {{"boss": 0}}],
            "pairs": [{{"id": 0, "m": 0, "r": 1, "dur": 2, "cur": 100, "curpar": 3, "drop": {drop}, "opts": {opts}}},
            {{"id": 1, "m": 0, "r": 2, "dur": 2, "drop": 500, {second}}}]}}"#
    );
    Instance::read(text.as_bytes()).unwrap()
}

#[test]
fn of_the_others_nothing_is_claimed_but_that_they_were_not_asked_about() {
    let told = |second: &str| {
        let instance = one_of_two("[[200, 3, 5]]", 500, second);
        let plan = plan::make(instance.problem(), &Unhurried).unwrap();
        let considered = plan.considered(instance.problem(), 1).into_iter();
        let pair = &instance.problem().pairs()[1];
        let verdicts: Vec<String> = considered
            .map(|one| verdict(instance.problem(), pair, &one.verdict))
            .collect();
        (reason(&instance, &plan, 1), verdicts)
    };
    let (why, verdicts) =
        told(r#""cur": 300, "curpar": 3, "opts": [[300, 3, 40], [400, 3, 0], [201, 3, 0]]"#);
    assert_eq!(why, "it stays, as only another one was asked about");
    assert_eq!(
        verdicts,
        [
            "given to the 1:1 of person 1",
            "free; this plan asks about another 1:1",
            "chosen"
        ]
    );
    let (why, _) = told(r#""cur": 300, "curpar": 3, "opts": [[400, 3, 0]]"#);
    assert_eq!(
        why,
        "it has lost its place too, and only another one was asked about; a plan of the week places all of them"
    );
    let (why, _) = told(r#""cur": null, "opts": [[400, 3, 0]]"#);
    assert_eq!(
        why,
        "it has no place yet, and only another one was asked about; a plan of the week places all of them"
    );
}

#[test]
fn another_one_stays_in_its_own_week() {
    let other = r#""cur": 200, "curpar": 2, "opts": [[200, 1, 0], [200, 2, 0]]"#;
    let offered = |weeks: u8| {
        let instance = one_of_two(&format!("[[200, {weeks}, 5]]"), 500, other);
        let plan = plan::make(instance.problem(), &Unhurried).unwrap();
        plan.alternatives.len()
    };
    assert_eq!((offered(1), offered(2)), (1, 0));
}

#[test]
fn a_place_that_is_dearer_than_going_without_is_offered_and_not_called_the_best() {
    let instance = one_of_two("[[200, 3, 80]]", 30, r#""cur": null, "opts": []"#);
    let plan = plan::make(instance.problem(), &Unhurried).unwrap();
    assert_eq!(plan.alternatives.len(), 1);
    assert_eq!((plan.total.objective, plan.bound), (580, 530));
    assert_eq!(plan.status(), Status::Feasible);
}

#[test]
fn what_was_lost_is_not_said_to_be_taken() {
    let instance = displaced("", "", 30);
    let plan = plan::make(instance.problem(), &Unhurried).unwrap();
    assert_eq!(
        reason(&instance, &plan, 0),
        "it is displaced: where it was is gone"
    );
}
