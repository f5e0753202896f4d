//! Instances of either format written from any bytes: what mutated JSON reaches only after a long time.

use serde_json::{Map, Value, json};

/// People of an instance; more only take longer.
const MOST_PEOPLE: usize = 7;

/// An instance, as text.
pub fn written(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = Bytes(bytes.iter());
    let whole = match bytes.below(2) {
        0 => one(&mut bytes),
        _ => two(&mut bytes),
    };
    whole.to_string().into_bytes()
}

/// Choices, one after the other; the first of each once the bytes are at their end.
struct Bytes<'a>(std::slice::Iter<'a, u8>);

impl Bytes<'_> {
    fn byte(&mut self) -> u8 {
        self.0.next().copied().unwrap_or_default()
    }

    fn below(&mut self, most: usize) -> usize {
        usize::from(self.byte()) % most
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// Who meets whom: a tree mostly, and pairs beside it.
fn couples(bytes: &mut Bytes<'_>, people: usize) -> Vec<(usize, usize)> {
    let mut couples: Vec<(usize, usize)> = (1..people)
        .map(|report| (bytes.below(report), report))
        .collect();
    for _ in 0..bytes.below(4) {
        couples.push((bytes.below(people), bytes.below(people)));
    }
    couples
}

fn one(bytes: &mut Bytes<'_>) -> Value {
    let people = 1 + bytes.below(MOST_PEOPLE);
    let couples = couples(bytes, people);
    let pairs = couples.iter().enumerate().map(|(id, (manager, report))| {
        let options: Vec<Value> = (0..bytes.below(12))
            .map(|_| {
                let start = 96 * bytes.below(7) + bytes.below(12);
                json!([start, 1 + bytes.below(3), bytes.byte()])
            })
            .collect();
        json!({
            "id": id, "m": manager, "r": report, "dur": 1 + bytes.below(5),
            "cur": bytes.of(&[None, Some(0), Some(97), Some(671)]), "curpar": bytes.below(4),
            "drop": bytes.of(&[200_i64, 0, 30, 1_000_000, 100_000_000]), "opts": options,
        })
    });
    let pairs: Vec<Value> = pairs.collect();
    let all: Vec<Value> = (0..people)
        .map(|person| {
            let above = couples.iter().find(|(_, report)| *report == person);
            let boss = above.map_or(-1, |(manager, _)| *manager as i64);
            let boss = bytes.of(&[boss, -1, 0]);
            json!({"boss": boss, "tz": bytes.of(&[0, 56, -48]), "buf": bytes.below(3)})
        })
        .collect();
    json!({
        "kind": bytes.of(&["org", "mweek", "makegood"]), "people": all, "pairs": pairs,
        "cap_per_day": bytes.of(&[None, Some(1), Some(2), Some(0)]), "mtz": bytes.of(&[0, 56, -48]),
        "target": bytes.below(4),
    })
}

fn two(bytes: &mut Bytes<'_>) -> Value {
    let people = 1 + bytes.below(MOST_PEOPLE);
    let couples = couples(bytes, people);
    let pairs = couples.iter().enumerate().map(|(id, (manager, report))| {
        let now: Option<String> = (bytes.below(3) > 0).then(|| moment(bytes));
        json!({
            "id": id, "manager": format!("p{manager}"), "report": format!("p{report}"),
            "minutes": bytes.of(&[30, 15, 45, 60, 480]), "rhythm": bytes.of(&["weekly", "biweekly"]),
            "now_at": now, "now_in": bytes.of(&["both", "first", "second"]),
            "disruptions": bytes.below(12), "frozen": bytes.below(6) == 1,
        })
    });
    let pairs: Vec<Value> = pairs.collect();
    let all: Vec<Value> = (0..people)
        .map(|at| {
            let above = couples.iter().find(|(_, report)| *report == at);
            let boss = above.map(|(manager, _)| format!("p{manager}"));
            person(bytes, at, boss.as_deref())
        })
        .collect();
    let now: Option<String> = (bytes.below(2) == 1).then(|| moment(bytes));
    json!({
        "format": 2, "kind": bytes.of(&["org", "week", "makegood"]), "now": now,
        "notice_hours": bytes.of(&[0, 24, 1, 200]), "target": bytes.below(4), "people": all, "pairs": pairs,
    })
}

fn person(bytes: &mut Bytes<'_>, at: usize, boss: Option<&str>) -> Value {
    let mut person = Map::new();
    person.insert("id".to_owned(), json!(format!("p{at}")));
    person.insert("reports_to".to_owned(), json!(boss));
    // Few hours, so that everybody wants the same ones.
    person.insert("work".to_owned(), json!([stretch(bytes)]));
    for field in ["agreed", "lunch", "focus", "prefers", "avoids", "risky"] {
        if bytes.below(4) == 1 {
            person.insert(field.to_owned(), json!([stretch(bytes)]));
        }
    }
    let busy: Vec<Value> = (0..bytes.below(3))
        .map(|_| {
            let mut busy = stretch(bytes);
            busy["weeks"] = json!(bytes.of(&["both", "first", "second"]));
            busy["can_move"] = json!(bytes.below(2) == 1);
            busy["absence"] = json!(bytes.below(4) == 1);
            busy
        })
        .collect();
    person.insert("busy".to_owned(), json!(busy));
    let offset = bytes.of(&[0, 60, -480, 840, -705, 330]);
    person.insert("utc_offset_minutes".to_owned(), json!(offset));
    person.insert(
        "buffer_minutes".to_owned(),
        json!(bytes.of(&[0, 15, 5, 30])),
    );
    let most = bytes.of(&[None, None, Some(1), Some(2), Some(0)]);
    person.insert("at_most_a_day".to_owned(), json!(most));
    Value::Object(person)
}

fn days(bytes: &mut Bytes<'_>) -> &'static str {
    bytes.of(&["Tue", "Mon Tue Wed Thu Fri", "Sun", "Sat", "Mon Wed", ""])
}

fn clock(bytes: &mut Bytes<'_>) -> String {
    let hour = bytes.below(25);
    format!("{hour}:{:02}", bytes.of(&[0, 15, 30, 45, 5]))
}

fn moment(bytes: &mut Bytes<'_>) -> String {
    let day = bytes.of(&["Tue", "Mon", "Sun", "Sat", "Fri"]);
    format!("{day} {}", clock(bytes))
}

fn stretch(bytes: &mut Bytes<'_>) -> Value {
    let days = days(bytes);
    let from = bytes.below(24);
    let to = (from + 1 + bytes.below(6)).min(24);
    json!({"days": days, "from": format!("{from}:{:02}", bytes.of(&[0, 30])), "to": format!("{to}:00")})
}
