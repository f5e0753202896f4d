//! One manager's 1:1s beside the same manager's other meetings, in words.

use super::{class, date, list, name};
use crate::report::model::{Comparison, Fairness, HeadToHead, Met, RateAgainst, Report, Side};
use crate::report::seat::subordinate;
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
/// The same at a terminal, where no day leads anywhere and the strips show them.
const DAYS_IN_TEXT: usize = 3;

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

/// "When a 1:1 and a leadership meeting wanted the same time, the 1:1 gave way 7 of 9 times." Where some stood beside such a
/// meeting that stayed as well: "… gave way all 3 times that one of the two did. Once more both stayed, which is not counted."
pub(crate) fn head_to_head(against: &HeadToHead, owner: &str) -> String {
    let other = class::one(against.class, owner);
    let gave_way = against.one_on_one_gave_way;
    let stayed = both_stayed(against);
    if against.conflicts == 1 {
        let became = match (gave_way, against.nudged, against.moved_early) {
            (0, ..) => "kept its time",
            _ if against.went_back > 0 => {
                "gave way, and was put back to its promised time, where it stood"
            }
            (_, 0, 0) => "gave way",
            (_, 0, _) => "was moved with a week’s notice or more, which counts as stood",
            _ => "was nudged within the day, which counts as stood",
        };
        return format!("Once a 1:1 and {other} wanted the same time; the 1:1 {became}.{stayed}");
    }
    // With nothing left out "all 3 times" is each time the two met.
    let (that, did, the) = match (stayed.is_empty(), gave_way) {
        (true, _) => ("", "", ""),
        (false, 0) => (" that one of the two", " gave way", "the "),
        (false, _) => (" that one of the two", " did", "the "),
    };
    let times = match (gave_way, against.conflicts) {
        (some, all) if against.usually => format!("usually gave way: {some} of {the}{all} times"),
        (0, 2) => "kept its time both times".to_owned(),
        (0, all) => format!("kept its time all {all} times"),
        (2, 2) => "gave way both times".to_owned(),
        (some, all) if some == all => format!("gave way all {all} times"),
        (some, all) => format!("gave way {some} of {the}{all} times"),
    };
    format!(
        "When a 1:1 and {other} wanted the same time, the 1:1 {times}{that}{did}{}.{stayed}",
        small(against)
    )
}

/// " Once more both stayed, which is not counted."
fn both_stayed(against: &HeadToHead) -> String {
    let often = match against.both_stayed {
        0 => return String::new(),
        1 => "Once more".to_owned(),
        2 => "Twice more".to_owned(),
        more => format!("{more} more times"),
    };
    format!(" {often} both stayed, which is not counted.")
}

/// Those of `met` for this reader: whose they were is for nobody but the manager, so a report sees none.
pub(crate) fn for_reader<'a, T>(met: &'a [T], report: &Report) -> &'a [T] {
    let for_report = report.me.as_ref().is_some_and(|me| me.side == Side::Report);
    if for_report { &[] } else { met }
}

/// A day on which a 1:1 met another meeting.
pub(crate) struct MetOn<'a> {
    /// Which.
    pub(crate) met: &'a Met,
    /// "29 May".
    pub(crate) day: String,
    /// " (promised for 27 May, moved to 28 May)"; of two at once " (to two; moved to 28 May)".
    pub(crate) about: String,
}

/// When the 1:1s gave way, oldest first: the day on which the two wanted the same time, and, where it is another, the one for
/// which it had been promised; and where it went. Nothing where there are too many to be read.
pub(crate) fn gave_way_on<'a>(against: &'a HeadToHead, report: &Report) -> Vec<MetOn<'a>> {
    let same = |a: &Met, b: &Met| (a.at, a.promised, &a.pair) == (b.at, b.promised, &b.pair);
    let gave_way = for_reader(&against.gave_way_on, report);
    let days = gave_way.chunk_by(same).filter_map(|same| {
        let met = same.first()?;
        let mut about: Vec<String> = named(met, gave_way, report).into_iter().collect();
        match same.len() {
            1 => {}
            2 => about.push("to two".to_owned()),
            more => about.push(format!("to {more}")),
        }
        about.extend(promised_for(met, report));
        about.push(where_it_went(met, report));
        Some(on(met, &about, report))
    });
    few(days.collect())
}

/// When both stayed, oldest first.
pub(crate) fn both_stayed_on<'a>(against: &'a HeadToHead, report: &Report) -> Vec<MetOn<'a>> {
    let stayed = for_reader(&against.both_stayed_on, report);
    let days = stayed
        .iter()
        .map(|met| on(met, named(met, stayed, report).as_slice(), report));
    few(days.collect())
}

/// "with Ben", where two 1:1s are among them on one day.
fn named(met: &Met, all: &[Met], report: &Report) -> Option<String> {
    let day = |met: &Met| met.at.date(&report.zone);
    let another = |other: &&Met| other.pair != met.pair && day(other) == day(met);
    all.iter().find(another)?;
    let pair = report.pairs.iter().find(|pair| pair.id == met.pair)?;
    Some(format!("with {}", name(subordinate(pair)?)))
}

fn few(days: Vec<MetOn<'_>>) -> Vec<MetOn<'_>> {
    if days.len() > DAYS_TOLD {
        return Vec::new();
    }
    days
}

fn on<'a>(met: &'a Met, about: &[String], report: &Report) -> MetOn<'a> {
    MetOn {
        met,
        day: day(met.at, report),
        about: match about {
            [] => String::new(),
            about => format!(" ({})", about.join(", ")),
        },
    }
}

fn day(at: Instant, report: &Report) -> String {
    date::day(at.date(&report.zone), report.to.year())
}

fn promised_for(met: &Met, report: &Report) -> Option<String> {
    let (at, promised) = (day(met.at, report), day(met.promised, report));
    (at != promised).then(|| format!("promised for {promised}"))
}

fn where_it_went(met: &Met, report: &Report) -> String {
    match met.held {
        None => "and was lost".to_owned(),
        Some(held) if held == met.promised && met.is_cut => "and was cut short".to_owned(),
        Some(held) if held == met.promised => match promised_for(met, report) {
            Some(_) => "and put back there".to_owned(),
            None => format!("put back to {}", date::clock(held, &report.zone)),
        },
        Some(held) if day(held, report) == day(met.at, report) => {
            format!("moved to {}", date::clock(held, &report.zone))
        }
        Some(held) => format!("moved to {}", day(held, report)),
    }
}

/// "It gave way on 3 June (moved to 4 June), 17 June (and was lost) and 29 May (promised for 27 May, moved to 28 May). Both stayed
/// on 26 March."
pub(crate) fn days(against: &HeadToHead, report: &Report) -> Option<String> {
    let words = |days: Vec<MetOn<'_>>| -> Vec<String> {
        let each = days.into_iter();
        each.map(|one| format!("{}{}", one.day, one.about))
            .collect()
    };
    let at_a_glance = |days: Vec<String>| {
        if days.len() > DAYS_IN_TEXT {
            Vec::new()
        } else {
            days
        }
    };
    let gave_way = at_a_glance(words(gave_way_on(against, report)));
    let stayed = at_a_glance(words(both_stayed_on(against, report)));
    let mut said = Vec::new();
    if !gave_way.is_empty() {
        said.push(format!("It gave way on {}.", list(&gave_way)));
    }
    if !stayed.is_empty() {
        said.push(format!("Both stayed on {}.", list(&stayed)));
    }
    (!said.is_empty()).then(|| said.join(" "))
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
        (against.went_back, "put back to its promised time"),
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
            "The differences between the reports are larger than busy weeks and chance mostly make them ({}), and not so large that it can be said of one of them.",
            by_chance(fairness.p)
        ),
        None => "The differences between the reports are no larger than busy weeks and chance may make them.".to_owned(),
    })
}
