//! What the facts of a store say of calendars, so that two stores can be compared.

use flate2::read::DeflateDecoder;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read as _;
use steadfast_app::report::Report;
use steadfast_calendar::Instant;
use steadfast_store::Fact;

/// Every place of every calendar, with everything that was seen there, in order; `None`: it was empty.
pub(crate) type Seen = BTreeMap<String, Vec<Option<String>>>;

pub(crate) fn seen(facts: &[Fact]) -> Seen {
    let mut seen = Seen::new();
    for fact in facts.iter().filter(|fact| fact.kind == "calendar.news.v1") {
        let news = told(fact);
        let place = |href: &Value| format!("{} {} {href}", fact.stream, news["calendar"]);
        for put in news["put"].as_array().unwrap() {
            let text = put[1].as_str().unwrap().to_owned();
            seen.entry(place(&put[0])).or_default().push(Some(text));
        }
        for gone in news["gone"].as_array().unwrap() {
            seen.entry(place(gone)).or_default().push(None);
        }
    }
    seen
}

/// When what was told, for whoever has to find out why.
pub(crate) fn timeline(facts: &[Fact]) -> Vec<String> {
    let news = facts.iter().filter(|fact| fact.kind == "calendar.news.v1");
    news.map(|fact| {
        let news = told(fact);
        let at = Instant::from_seconds(fact.at.0 / 1_000_000);
        let after = news["after"].as_i64().map(Instant::from_seconds);
        let put: Vec<&Value> = news["put"]
            .as_array()
            .unwrap()
            .iter()
            .map(|put| &put[0])
            .collect();
        format!(
            "{} {at:?} after {after:?}: {put:?} gone {}",
            fact.stream, news["gone"]
        )
    })
    .collect()
}

fn told(fact: &Fact) -> Value {
    let mut text = String::new();
    DeflateDecoder::new(&*fact.payload)
        .read_to_string(&mut text)
        .unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Nothing is told twice in a row.
pub(crate) fn assert_nothing_twice(seen: &Seen) {
    for (place, texts) in seen {
        for pair in texts.windows(2) {
            assert_ne!(pair[0], pair[1], "{place} is told twice");
        }
    }
}

/// What is judged of one promise, and when the change that decides was made.
pub(crate) type Judged = BTreeMap<(String, Instant), (String, Option<(Instant, Instant)>)>;

/// Everything judged, without how exactly moments are known.
pub(crate) fn judged(report: &Report) -> Judged {
    let mut judged = Judged::new();
    for pair in &report.pairs {
        for one in &pair.occurrences {
            let verdict = &one.verdict;
            let said = format!(
                "{} {:?} {:?} {:?} {:?} {}",
                verdict.outcome.as_str(),
                verdict.cut,
                verdict.excused,
                verdict.actor,
                one.actor.map(|actor| actor.evidence),
                verdict.made_good,
            );
            let when = one.changed_at.map(|at| (at.earliest, at.latest));
            judged.insert((pair.id.clone(), one.promised.start), (said, when));
        }
    }
    judged
}
