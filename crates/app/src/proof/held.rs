//! One answer, held against the calendar of whoever gave it.

use super::{Answer, Question};
use crate::report::model::{Band, Comparison, Direction, Pair, Report};
use crate::report::proof::{is_managed, notice_given, stood, together};
use crate::report::seat::{band_said, other, seat};
use crate::report::tally::Tally;
use crate::report::words::{comparison, list, missing, name};

/// Sentences about single people or classes; the rest stand on the page of the 1:1s.
const SHOWN: usize = 6;

/// What there is to hold answers against.
#[derive(Clone, Copy, Debug)]
pub enum Against<'a> {
    /// The calendar of somebody to whom others report.
    Calendar(&'a Report),
    /// A calendar on which nobody is known to report to whoever answers.
    Nobody,
    /// None was read.
    Nothing,
}

impl<'a> Against<'a> {
    /// What `report` gives.
    pub fn of(report: Option<&'a Report>) -> Self {
        match report {
            None => Self::Nothing,
            Some(report) if manages(report) => Self::Calendar(report),
            Some(_) => Self::Nobody,
        }
    }
}

fn manages(report: &Report) -> bool {
    report.pairs.iter().any(|pair| is_managed(report, pair)) || own_lines(report).next().is_some()
}

/// An answer beside what the calendar says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Held {
    /// What the calendar says, each a sentence. Empty: nothing that bears on it.
    pub says: Vec<String>,
    /// Whether it says something else than the answer.
    pub differs: bool,
}

/// Holds `answer` against `report`, the ledger of whoever gave it.
pub fn held(answer: &Answer, report: &Report) -> Held {
    let leans = answer.choice.leans;
    match answer.question {
        Question::Work => gave_way(report, leans),
        Question::Measured => kept(report),
        Question::Alone => like_for_like(report, leans),
        Question::Team => each_has_one(report, leans),
        Question::Whole => each_is_kept(report, leans),
        Question::Leaving => fact("That no calendar says."),
        Question::Goals => fact("That no calendar says either."),
        Question::Boss => as_the_boss(report, leans),
    }
}

fn fact(says: &str) -> Held {
    Held {
        says: vec![says.to_owned()],
        differs: false,
    }
}

/// The comparison of the reader's own meetings.
fn own(report: &Report) -> Option<&Comparison> {
    report
        .comparisons
        .iter()
        .find(|one| comparison::is_reader(report, one))
}

fn running(report: &Report) -> impl Iterator<Item = &Pair> {
    report
        .pairs
        .iter()
        .filter(|pair| is_managed(report, pair) && pair.ended.is_none())
}

fn own_lines(report: &Report) -> impl Iterator<Item = &crate::report::model::WithoutOneOnOne> {
    let me = report.me.as_ref().map(|me| &me.address);
    report
        .without_one_on_one
        .iter()
        .filter(move |line| Some(&line.manager.address) == me)
}

/// "Through them": which meeting gives way when two want the same time?
fn gave_way(report: &Report, leans: bool) -> Held {
    let mut met: Vec<_> = own(report)
        .into_iter()
        .flat_map(|o| &o.head_to_head)
        .collect();
    met.sort_by_key(|against| std::cmp::Reverse((against.usually, against.conflicts)));
    let differs = leans && met.iter().any(|against| against.usually);
    let mut says: Vec<String> = met
        .into_iter()
        .take(SHOWN)
        .map(|against| comparison::head_to_head(against, "your"))
        .collect();
    if says.is_empty() {
        says.push("No 1:1 and other meeting are known to have wanted the same time.".to_owned());
    }
    Held { says, differs }
}

/// "By what we get done": what stood, and how early a change was known. Beside the answer, and no more.
fn kept(report: &Report) -> Held {
    let pairs = || report.pairs.iter().filter(|pair| is_managed(report, pair));
    let mut says = stood(report, &together(pairs()));
    if let Some(first) = says.first_mut() {
        first.insert_str(0, "Of the 1:1s with your reports: ");
    }
    says.push(notice_given(pairs()));
    Held {
        says,
        differs: false,
    }
}

/// "Not alone": their 1:1s beside other meetings of the same size, length and rhythm.
fn like_for_like(report: &Report, leans: bool) -> Held {
    let rates = own(report).into_iter().flat_map(|own| &own.rates);
    let rates: Vec<_> = rates
        .filter(|rate| rate.class != steadfast_ledger::occurrence::Class::BossOneOnOne)
        .collect();
    let mut says: Vec<String> = rates
        .iter()
        .take(SHOWN)
        .map(|rate| comparison::rate(rate, "your"))
        .collect();
    if says.is_empty() {
        says.push(
            "No other regular meetings of two are on it, to put your reports’ 1:1s beside."
                .to_owned(),
        );
    }
    Held {
        says,
        differs: leans && rates.iter().any(|rate| rate.say),
    }
}

/// "Each of them": does each have a 1:1?
fn each_has_one(report: &Report, leans: bool) -> Held {
    let have = running(report).count();
    let without: Vec<_> = own_lines(report).collect();
    let mut says = vec![match (have, without.len()) {
        (1, 0) => "The one who is known to report to you has a 1:1 with you.".to_owned(),
        (have, 0) => format!("All {have} who are known to report to you have a 1:1 with you."),
        (have, none) => format!(
            "{have} of {} who are known to report to you have a 1:1 with you.",
            have + none
        ),
    }];
    says.extend(
        without
            .iter()
            .take(SHOWN)
            .map(|line| missing::without(report, line)),
    );
    let of_unknown = |pair: &&Pair| pair.direction == Direction::Unknown && pair.ended.is_none();
    let unclear = report.pairs.iter().filter(of_unknown).count();
    if unclear > 0 {
        says.push(format!(
            "In {unclear} more it is not known who reports to whom."
        ));
    }
    Held {
        says,
        differs: leans && !without.is_empty(),
    }
}

/// "When one grows": how does each one's read?
fn each_is_kept(report: &Report, leans: bool) -> Held {
    let mut kinds: [(Vec<String>, &str); 4] = [
        (Vec::new(), "Reads as a habit, not an exception"),
        (Vec::new(), "Reads as reliably kept"),
        (Vec::new(), "Counts only, no reading"),
        (Vec::new(), "Too early to say"),
    ];
    for pair in running(report) {
        let kind = match worst(report, pair) {
            Some(Band::Pattern) => 0,
            Some(Band::Steady) => 1,
            Some(Band::TooEarly) => 3,
            Some(Band::Mixed | Band::HeadsUp) | None => 2,
        };
        let tally = Tally::of(&pair.occurrences);
        let who = name(other(report, pair));
        kinds[kind].0.push(match kind {
            3 => who,
            _ => format!("{who} ({} stood)", so_many_of(tally.stood_of())),
        });
    }
    let differs = leans && !kinds[0].0.is_empty();
    let mut says: Vec<String> = kinds
        .iter()
        .filter(|(people, _)| !people.is_empty())
        .map(|(people, words)| format!("{words}: {}.", list(people)))
        .collect();
    if says.is_empty() {
        says.push("No 1:1 with a report of yours is running.".to_owned());
    }
    Held { says, differs }
}

/// "12 of 13".
fn so_many_of((stood, of): (usize, usize)) -> String {
    format!("{stood} of {of}")
}

/// The graver band that may be said to this reader.
fn worst(report: &Report, pair: &Pair) -> Option<Band> {
    let signal = pair.signal.as_ref()?;
    let said = |band| band_said(band, signal.whose_unknown, seat(report, pair));
    match (said(signal.disruption.band), said(signal.loss.band)) {
        (_, Some(Band::Pattern)) => Some(Band::Pattern),
        (Some(Band::Steady), Some(Band::HeadsUp)) => Some(Band::Mixed),
        (disruption, _) => disruption,
    }
}

/// "Very": is theirs kept as the one with the boss is kept?
fn as_the_boss(report: &Report, leans: bool) -> Held {
    let Some((own, boss)) = own(report).and_then(|own| Some((own, own.boss_stood?))) else {
        return fact("Your own 1:1 with your boss is not on it, or nothing of it counts yet.");
    };
    let says = vec![format!(
        "Of your 1:1 with your boss {} stood as promised; of those with your reports {}.",
        so_many_of(boss),
        so_many_of(own.reports_stood)
    )];
    let of_boss = |rate: &&crate::report::model::RateAgainst| {
        rate.class == steadfast_ledger::occurrence::Class::BossOneOnOne && rate.say
    };
    let rate = own.rates.iter().find(of_boss);
    Held {
        says: says
            .into_iter()
            .chain(rate.map(|rate| comparison::rate(rate, "your")))
            .collect(),
        differs: leans && rate.is_some(),
    }
}
