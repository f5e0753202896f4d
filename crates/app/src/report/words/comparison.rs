//! One manager's 1:1s beside the same manager's other meetings, in words.

use super::{class, date, list, name};
use crate::report::model::{Comparison, Fairness, HeadToHead, RateAgainst, Report, Side};
use steadfast_calendar::Instant;
use steadfast_ledger::occurrence::Class;

/// How the manager's own things are called: "your", or "Maya’s".
pub(crate) fn owner(report: &Report, comparison: &Comparison) -> String {
    if is_reader(report, comparison) {
        "your".to_owned()
    } else {
        format!("{}’s", name(&comparison.manager))
    }
}

/// The comparisons this reader may see: the report's view has none but of the reader's own reports.
pub(crate) fn shown(report: &Report) -> impl Iterator<Item = &Comparison> {
    let only_own = report.me.as_ref().is_some_and(|me| me.side == Side::Report);
    report
        .comparisons
        .iter()
        .filter(move |comparison| !only_own || is_reader(report, comparison))
}

/// Whether the reader is the manager compared.
pub(crate) fn is_reader(report: &Report, comparison: &Comparison) -> bool {
    report
        .me
        .as_ref()
        .is_some_and(|me| me.address == comparison.manager.address)
}

/// Below this it is not said that chance explains the differences between the reports.
const BY_CHANCE: f64 = 0.2;
/// Days on which 1:1s gave way that are told one by one.
const DAYS_TOLD: usize = 12;

/// How many 1:1s of one sort stood.
#[derive(Clone, Copy)]
pub(crate) struct Stood {
    /// Stood as promised.
    pub(crate) stood: usize,
    /// Neither stood nor did not.
    pub(crate) neither: usize,
    /// All that count.
    pub(crate) of: usize,
}

impl Stood {
    /// "25 of 26 stood as promised"; "64 of 73 stood as promised, 7 did not; 2 in neither count".
    pub(crate) fn words(self) -> String {
        let Self { stood, neither, of } = self;
        match neither {
            0 => format!("{stood} of {of} stood as promised"),
            _ => format!(
                "{stood} of {of} stood as promised, {} did not; {neither} in neither count",
                of.saturating_sub(stood + neither)
            ),
        }
    }

    /// "25 of 26"; "64 of 73 (2 in neither count)".
    fn short(self) -> String {
        let Self { stood, neither, of } = self;
        match neither {
            0 => format!("{stood} of {of}"),
            _ => format!("{stood} of {of} ({neither} in neither count)"),
        }
    }
}

/// The manager's own reports' 1:1s, where any count.
pub(crate) fn reports_stood(compared: &Comparison) -> Option<Stood> {
    let (stood, of) = compared.reports_stood;
    let neither = compared.reports_neither;
    (of > 0).then_some(Stood { stood, neither, of })
}

/// The manager's 1:1 with the boss, where any counts.
pub(crate) fn boss_stood(compared: &Comparison) -> Option<Stood> {
    let (stood, of) = compared.boss_stood?;
    let neither = compared.boss_neither;
    Some(Stood { stood, neither, of })
}

/// Why some are in neither count, where some are.
pub(crate) fn in_neither_count(compared: &Comparison) -> Option<String> {
    let number = compared.reports_neither + compared.boss_neither;
    let which = match number {
        0 => return None,
        1 => "The one".to_owned(),
        _ => format!("The {number}"),
    };
    Some(format!(
        "{which} in neither count moved; how early that was known, this source cannot tell."
    ))
}

/// "With the boss, 25 of 26 stood as promised; with the reports, 60 of 71."
pub(crate) fn beside(boss: Stood, reports: Option<Stood>) -> String {
    let reports = reports.map_or_else(
        || "with the reports nothing counts yet".to_owned(),
        |reports| format!("with the reports, {}", reports.short()),
    );
    format!(
        "With the boss, {} stood as promised; {reports}.",
        boss.short()
    )
}

/// "When a 1:1 and a leadership meeting wanted the same time, the 1:1 gave way 7 of 9 times."
pub(crate) fn head_to_head(against: &HeadToHead, owner: &str) -> String {
    let other = class::one(against.class, owner);
    let gave_way = against.one_on_one_gave_way;
    if against.conflicts == 1 {
        let became = match (gave_way, against.nudged, against.moved_early) {
            (0, ..) => "kept its time",
            (_, 0, 0) => "gave way",
            (_, 0, _) => "was moved with a week’s notice or more, which counts as stood",
            _ => "was nudged within the day, which counts as stood",
        };
        return format!("Once a 1:1 and {other} wanted the same time; the 1:1 {became}.");
    }
    let times = match (gave_way, against.conflicts) {
        (some, all) if against.usually => format!("usually gave way: {some} of {all} times"),
        (0, 2) => "kept its time both times".to_owned(),
        (0, all) => format!("kept its time all {all} times"),
        (2, 2) => "gave way both times".to_owned(),
        (some, all) if some == all => format!("gave way all {all} times"),
        (some, all) => format!("gave way {some} of {all} times"),
    };
    format!(
        "When a 1:1 and {other} wanted the same time, the 1:1 {times}{}.",
        small(against)
    )
}

/// When the 1:1s that gave way had been promised. Whose they were is for nobody but the manager, so a report sees none.
pub(crate) fn gave_way(against: &HeadToHead, report: &Report) -> impl Iterator<Item = Instant> {
    let for_report = report.me.as_ref().is_some_and(|me| me.side == Side::Report);
    let shown = if for_report { &[] } else { &*against.gave_way };
    shown.iter().copied()
}

/// "It gave way on 3 June, 17 June (to two) and 12 November."; nothing where there are too many to be read.
pub(crate) fn gave_way_on(against: &HeadToHead, report: &Report) -> Option<String> {
    let starts: Vec<Instant> = gave_way(against, report).collect();
    let days: Vec<String> = starts
        .chunk_by(|a, b| a == b)
        .filter_map(|same| {
            let day = date::day(same.first()?.date(&report.zone), report.to.year());
            Some(match same.len() {
                1 => day,
                2 => format!("{day} (to two)"),
                more => format!("{day} (to {more})"),
            })
        })
        .collect();
    (1..=DAYS_TOLD)
        .contains(&days.len())
        .then(|| format!("It gave way on {}.", list(&days)))
}

/// "; 1 of these was nudged within the day, which counts as stood": so that one 1:1 is not told in two ways.
fn small(against: &HeadToHead) -> String {
    let of_these = |number: usize| match (number, against.one_on_one_gave_way) {
        (1, 1) => "that one was".to_owned(),
        (1, _) => "1 of these was".to_owned(),
        _ => format!("{number} of these were"),
    };
    let kinds = [
        (against.nudged, "nudged within the day"),
        (against.moved_early, "moved with a week’s notice or more"),
    ];
    let said: Vec<String> = kinds
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, how)| format!("{} {how}", of_these(number)))
        .collect();
    if said.is_empty() {
        String::new()
    } else {
        format!("; {}, which counts as stood", list(&said))
    }
}

/// "Like for like (size, length, rhythm), your reports’ 1:1s were moved or dropped 29 of 121 times, your 1:1 with
/// the boss 1 of 26."
pub(crate) fn rate(against: &RateAgainst, owner: &str) -> String {
    // With the boss the role is not compared: who organises goes with the power, and that is what differs.
    let alike = match against.class {
        Class::BossOneOnOne => "size, length, rhythm",
        _ => "who organises, size, length, rhythm",
    };
    format!(
        "Like for like ({alike}), {owner} reports’ 1:1s were moved or dropped {} of {} times, {} {} of {}.",
        against.one_on_one_disrupted,
        against.one_on_one_of,
        class::many(against.class, owner),
        against.disrupted,
        against.of
    )
}

/// Conflicts of one class before it gets a rung: one meeting that won once is no order.
const RUNG: usize = 5;

/// Which keeps its time against which, strongest first; of the classes met often enough.
pub(crate) fn ladder(comparison: &Comparison, owner: &str) -> Option<String> {
    let often = |class: Class| {
        let met = |against: &&HeadToHead| against.class == class && against.conflicts >= RUNG;
        class == Class::OneOnOne || comparison.head_to_head.iter().any(|against| met(&against))
    };
    let rungs: Vec<String> = comparison
        .ladder
        .iter()
        .filter(|(class, _)| often(*class))
        .map(|(class, _)| class::many(*class, owner))
        .collect();
    (rungs.len() >= 3)
        .then(|| format!("What kept its time, strongest first: {}.", rungs.join(", ")))
}

/// "about 6 times in 1,000".
fn by_chance(p: f64) -> String {
    match (p * 1000.0).round() {
        ..1.0 => "less than once in 1,000".to_owned(),
        1.0 => "about once in 1,000".to_owned(),
        times => format!("about {times:.0} times in 1,000"),
    }
}

/// Whether the moves fall on everybody alike; for the manager alone.
pub(crate) fn fairness(report: &Report, comparison: &Comparison) -> Option<String> {
    let fairness: &Fairness = comparison.fairness.as_ref()?;
    if !is_reader(report, comparison)
        || report.me.as_ref().is_some_and(|me| me.side == Side::Report)
    {
        return None;
    }
    Some(match &fairness.named {
        Some(person) => format!(
            "In the same weeks {}’s did not happen as promised more often than the others’; chance alone would do that {}. Look at the slot first: some times draw more conflicts than others.",
            name(person),
            by_chance(fairness.p)
        ),
        None if fairness.p < BY_CHANCE => format!(
            "The differences between the reports are larger than busy weeks and chance mostly make them ({}), and not large enough to name anybody.",
            by_chance(fairness.p)
        ),
        None => "The differences between the reports are no larger than busy weeks and chance make them.".to_owned(),
    })
}
