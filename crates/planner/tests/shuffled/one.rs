//! Files of format 1.

use crate::dice::Dice;
use serde_json::{Value, json};
use steadfast_planner::problem::{DayCap, Limits, Pair, Problem};
use steadfast_planner::{format1, sample};

/// The same file listed otherwise: people, pairs and places in another order, and other ids.
pub(crate) fn otherwise(file: &Value, dice: &mut Dice) -> Value {
    let mut file = file.clone();
    let people = file["people"].as_array().unwrap().clone();
    let to = dice.shuffled(people.len());
    let mut moved = vec![Value::Null; people.len()];
    for (mut person, to_here) in people.into_iter().zip(&to) {
        if let Some(boss) = person["boss"].as_u64() {
            person["boss"] = json!(to[boss as usize]);
        }
        moved[*to_here] = person;
    }
    file["people"] = json!(moved);
    let target = file["target"].clone();
    let pairs = file["pairs"].as_array_mut().unwrap();
    let ids = dice.shuffled(3 * pairs.len());
    let mut new_target = Value::Null;
    for (pair, id) in pairs.iter_mut().zip(ids) {
        if pair["id"] == target {
            new_target = json!(id);
        }
        pair["id"] = json!(id);
        for side in ["m", "r"] {
            pair[side] = json!(to[pair[side].as_u64().unwrap() as usize]);
        }
        dice.shuffle_list(&mut pair["opts"]);
    }
    dice.shuffle(pairs);
    file["target"] = new_target;
    file
}

/// Two that were planned for another total when their people were listed otherwise, or that were near it.
pub(crate) fn once_different() -> impl Iterator<Item = Value> {
    let files = [include_str!("cap_2052.json"), include_str!("cap_4280.json")];
    files
        .into_iter()
        .map(|text| serde_json::from_str(text).unwrap())
}

/// Two to seven people, a few places each that collide much, sometimes pairs beside the lines, often a cap.
pub(crate) fn small(seed: usize) -> Value {
    let mut dice = Dice::new(seed);
    let kind = dice.pick(&["org", "org", "org", "mweek", "makegood"]);
    let people = 2 + dice.below(6);
    let boss = |at: usize, dice: &mut Dice| match at {
        0 => -1,
        _ if dice.comes(10) => -1,
        at => dice.below(at) as i64,
    };
    let bosses: Vec<i64> = (0..people).map(|at| boss(at, &mut dice)).collect();
    let mut couples: Vec<(usize, usize)> = bosses
        .iter()
        .enumerate()
        .filter_map(|(at, boss)| Some((usize::try_from(*boss).ok()?, at)))
        .collect();
    for _ in 0..dice.pick(&[0, 0, 1, 2, 3]) {
        let couple = (dice.below(people), dice.below(people));
        if couple.0 != couple.1
            && !couples.contains(&couple)
            && !couples.contains(&(couple.1, couple.0))
        {
            couples.push(couple);
        }
    }
    if couples.is_empty() {
        couples.push((0, 1));
    }
    let (width, days) = (dice.pick(&[4, 6, 10]), dice.pick(&[1, 1, 2, 3]));
    let weeks = |dice: &mut Dice| match kind {
        "org" => dice.pick(&[3, 3, 3, 1, 2]),
        _ => 1,
    };
    let pairs = couples.iter().enumerate().map(|(id, (manager, report))| {
        let place = |dice: &mut Dice| {
            let start = 100 + dice.below(width) + 96 * dice.below(days);
            (start, weeks(dice), dice.pick(&[0, 1, 2, 3, 5, 10, 20, 40]))
        };
        let many = dice.pick(&[0, 1, 2, 4, 6, 9]);
        let places: Vec<_> = (0..many).map(|_| place(&mut dice)).collect();
        let now = dice.comes(70).then(|| place(&mut dice));
        json!({
            "id": id, "m": manager, "r": report, "dur": dice.pick(&[1, 2, 2, 3, 4]), "opts": places,
            "cur": now.map(|now| now.0), "curpar": now.map_or(0, |now| now.1), "drop": dice.pick(&[0, 3, 50, 100, 500, 500]),
        })
    });
    let pairs: Vec<Value> = pairs.collect();
    let people = bosses.into_iter().map(|boss| json!({"boss": boss, "tz": dice.pick(&[0, 0, -32, 22]), "buf": dice.pick(&[0, 0, 0, 1, 3])}));
    let mut file = json!({"format": 1, "kind": kind, "people": people.collect::<Vec<_>>()});
    if dice.comes(60) {
        file["cap_per_day"] = json!(dice.pick(&[0, 1, 1, 2, 3]));
        file["mtz"] = json!(dice.pick(&[0, -32, 22]));
    }
    if kind == "makegood" {
        file["target"] = json!(dice.below(pairs.len()));
    }
    file["pairs"] = json!(pairs);
    file
}

/// A made-up organisation, with at most so many starts a day in all, and a skip-level for one in so many.
pub(crate) fn organisation(
    people: usize,
    seed: u64,
    cap: Option<u16>,
    every: Option<usize>,
) -> Value {
    let made = sample::organisation(people, seed, 100).unwrap();
    let (people, mut pairs) = (made.people().to_vec(), made.pairs().to_vec());
    let above = |person: usize| people[person].boss;
    for at in (0..people.len()).step_by(every.unwrap_or(people.len())) {
        let own = made.pairs().iter().find(|pair| pair.report == at);
        if let (Some(own), Some(manager)) = (own, above(at).and_then(above)) {
            let id = u32::try_from(pairs.len() + 10).unwrap();
            pairs.push(Pair {
                id,
                manager,
                current: None,
                ..own.clone()
            });
        }
    }
    let cap = cap.map(|starts| DayCap {
        starts,
        utc_offset: 0,
    });
    written(&Problem::new(made.kind(), people, pairs, cap, &Limits::default()).unwrap())
}

/// A made-up week of a manager with so many reports.
pub(crate) fn week(reports: usize, seed: u64) -> Value {
    written(&sample::week(reports, seed).unwrap())
}

fn written(problem: &Problem) -> Value {
    serde_json::from_str(&format1::write(problem)).unwrap()
}
