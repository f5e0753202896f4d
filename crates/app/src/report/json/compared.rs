//! One manager's comparisons in JSON.

use super::super::model::{Comparison, Report, Side};
use super::super::words::comparison as words;
use super::times::zoned;
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct Compared {
    manager: String,
    reports_stood: Stood,
    boss_stood: Option<Stood>,
    stood_in_leave: usize,
    head_to_head: Vec<HeadToHead>,
    rates: Vec<Rate>,
    ladder: Vec<Rung>,
    fairness: Option<Fairness>,
}

#[derive(Serialize)]
struct Stood {
    stood: usize,
    neither: usize,
    of: usize,
}

#[derive(Serialize)]
struct HeadToHead {
    class: &'static str,
    conflicts: usize,
    one_on_one_gave_way: usize,
    gave_way: Vec<String>,
    both_stayed: usize,
    probability: f64,
    usually: bool,
}

#[derive(Serialize)]
struct Rate {
    class: &'static str,
    disrupted: usize,
    of: usize,
    one_on_one_disrupted: usize,
    one_on_one_of: usize,
    probability: f64,
    say: bool,
}

#[derive(Serialize)]
struct Rung {
    class: &'static str,
    strength: f64,
}

#[derive(Serialize)]
struct Fairness {
    p: f64,
    named: Option<String>,
}

impl Compared {
    pub(crate) fn of(report: &Report, compared: &Comparison) -> Self {
        let stood = |(stood, of): (usize, usize), neither| Stood { stood, neither, of };
        let rung = |(class, strength): &(steadfast_ledger::occurrence::Class, f64)| Rung {
            class: class.as_str(),
            strength: *strength,
        };
        Self {
            manager: compared.manager.address.to_string(),
            reports_stood: stood(compared.reports_stood, compared.reports_neither),
            boss_stood: compared
                .boss_stood
                .map(|counts| stood(counts, compared.boss_neither)),
            stood_in_leave: compared.stood_in_leave,
            head_to_head: compared
                .head_to_head
                .iter()
                .map(|against| head_to_head(against, report))
                .collect(),
            rates: compared.rates.iter().map(rate).collect(),
            ladder: compared.ladder.iter().map(rung).collect(),
            fairness: fairness(report, compared),
        }
    }
}

fn head_to_head(against: &super::super::model::HeadToHead, report: &Report) -> HeadToHead {
    HeadToHead {
        class: against.class.as_str(),
        conflicts: against.conflicts,
        one_on_one_gave_way: against.one_on_one_gave_way,
        gave_way: words::for_reader(&against.gave_way, report)
            .iter()
            .map(|at| zoned(*at, &report.zone))
            .collect(),
        both_stayed: against.both_stayed,
        probability: against.probability,
        usually: against.usually,
    }
}

fn rate(against: &super::super::model::RateAgainst) -> Rate {
    Rate {
        class: against.class.as_str(),
        disrupted: against.disrupted,
        of: against.of,
        one_on_one_disrupted: against.one_on_one_disrupted,
        one_on_one_of: against.one_on_one_of,
        probability: against.probability,
        say: against.say,
    }
}

/// Fairness between reports is for the manager, never for one of them.
fn fairness(report: &Report, compared: &Comparison) -> Option<Fairness> {
    let for_report = report.me.as_ref().is_some_and(|me| me.side == Side::Report);
    let fairness = compared.fairness.as_ref().filter(|_| !for_report)?;
    Some(Fairness {
        p: fairness.p,
        named: fairness
            .named
            .as_ref()
            .map(|person| person.address.to_string()),
    })
}
