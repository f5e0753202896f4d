//! Files of format 2.

use crate::dice::Dice;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const LISTS: [&str; 8] = [
    "work", "agreed", "busy", "lunch", "focus", "prefers", "avoids", "risky",
];

/// The same file listed otherwise: people, pairs, meetings, wishes and days in another order, and other ids and names.
pub(crate) fn otherwise(file: &Value, dice: &mut Dice) -> Value {
    let mut file = file.clone();
    let people = file["people"].as_array_mut().unwrap();
    let names = dice.shuffled(2 * people.len());
    let mut called = BTreeMap::new();
    for (person, name) in people.iter_mut().zip(names) {
        let id = person["id"].as_str().unwrap().to_owned();
        called.insert(id, format!("{}{name}", dice.pick(&["x", "y", "z"])));
        if dice.comes(50) {
            person["name"] = json!(dice.pick(&["Maya", "Ben", "Ana 2", "Ana 10"]));
        }
        for list in LISTS {
            if let Some(list) = person.get_mut(list) {
                dice.shuffle_list(list);
                for stretch in list.as_array_mut().into_iter().flatten() {
                    if let Some(days) = stretch["days"].as_str() {
                        let mut days: Vec<&str> = days.split(' ').collect();
                        dice.shuffle(&mut days);
                        stretch["days"] = json!(days.join(" "));
                    }
                }
            }
        }
    }
    let call = |what: &mut Value| {
        if let Some(id) = what.as_str() {
            *what = json!(called[id]);
        }
    };
    for person in people.iter_mut() {
        call(&mut person["id"]);
        call(&mut person["reports_to"]);
    }
    dice.shuffle(people);
    let target = file["target"].clone();
    let pairs = file["pairs"].as_array_mut().unwrap();
    let ids = dice.shuffled(3 * pairs.len());
    let mut new_target = Value::Null;
    for (pair, id) in pairs.iter_mut().zip(ids) {
        if pair["id"] == target {
            new_target = json!(id);
        }
        pair["id"] = json!(id);
        call(&mut pair["manager"]);
        call(&mut pair["report"]);
    }
    dice.shuffle(pairs);
    file["target"] = new_target;
    file
}

/// A stretch of a working day on some of these days.
fn stretch(dice: &mut Dice, days: &[&str]) -> Value {
    let from = 36 + dice.below(28);
    let to = from + dice.pick(&[1, 2, 4, 6, 8]);
    let clock = |at: usize| format!("{}:{:02}", at / 4, at % 4 * 15);
    let first = dice.below(days.len());
    json!({"days": days[first..].join(" "), "from": clock(from), "to": clock(to)})
}

/// Two to seven people, many of them alike, most managers with a cap, sometimes notice and pairs beside the lines.
pub(crate) fn small(seed: usize) -> Value {
    let mut dice = Dice::new(seed);
    let kind = dice.pick(&["org", "org", "week", "makegood"]);
    let days = dice.pick(&[&["Mon"][..], &["Mon", "Tue"], &["Tue", "Wed", "Fri"]]);
    let work = json!([{"days": days.join(" "), "from": "9:00", "to": dice.pick(&["10:30", "12:00", "17:30"])}]);
    let many = 2 + dice.below(6);
    let mut people = Vec::new();
    for at in 0..many {
        let mut person = json!({"id": format!("p{at}"), "work": work});
        if at > 0 && dice.comes(90) {
            person["reports_to"] = json!(format!("p{}", dice.below(at)));
        }
        for list in ["busy", "focus", "prefers", "avoids", "risky"] {
            if dice.comes(20) {
                let stretches: Vec<Value> = (0..1 + dice.below(3))
                    .map(|_| stretch(&mut dice, days))
                    .collect();
                person[list] = json!(stretches);
            }
        }
        if dice.comes(25) {
            person["buffer_minutes"] = json!(15);
        }
        if dice.comes(40) {
            person["at_most_a_day"] = json!(dice.pick(&[1, 1, 2]));
        }
        people.push(person);
    }
    let boss = |person: &Value| person["reports_to"].as_str().map(str::to_owned);
    let mut couples: Vec<(String, String)> = people
        .iter()
        .filter_map(|person| Some((boss(person)?, person["id"].as_str()?.to_owned())))
        .collect();
    if dice.comes(30) {
        let above = people.iter().find_map(|person| {
            let manager = people
                .iter()
                .find(|other| other["id"] == person["reports_to"])?;
            Some((boss(manager)?, person["id"].as_str()?.to_owned()))
        });
        couples.extend(above);
    }
    if couples.is_empty() {
        couples.push(("p0".to_owned(), "p1".to_owned()));
    }
    let pairs = couples.into_iter().enumerate().map(|(id, (manager, report))| {
        let mut pair = json!({"id": id, "manager": manager, "report": report, "minutes": dice.pick(&[15, 30, 30, 60])});
        if dice.comes(25) {
            pair["rhythm"] = json!("biweekly");
        }
        if dice.comes(60) {
            pair["now_at"] = json!(format!("{} {}", dice.pick(days), dice.pick(&["9:00", "9:15", "10:00"])));
            if pair["rhythm"] == "biweekly" {
                pair["now_in"] = json!(dice.pick(&["first", "second"]));
            }
        }
        if dice.comes(20) {
            pair["disruptions"] = json!(dice.pick(&[1, 2, 20]));
        }
        pair
    });
    let pairs: Vec<Value> = pairs.collect();
    let mut file = json!({"format": 2, "kind": kind, "people": people});
    if dice.comes(50) {
        file["now"] = json!("Sun 12:00");
        file["notice_hours"] = json!(dice.pick(&[0, 24, 48]));
    }
    if kind == "makegood" {
        let weekly = pairs.iter().find(|pair| pair["rhythm"] != "biweekly");
        match weekly {
            Some(weekly) => file["target"] = weekly["id"].clone(),
            None => file["kind"] = json!("org"),
        }
    }
    file["pairs"] = json!(pairs);
    file
}
