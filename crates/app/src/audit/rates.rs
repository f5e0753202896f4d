//! How often a manager disrupts their reports' 1:1s and their other meetings, like for like.
//!
//! Every meeting is judged by the same rules, as if the two were manager and report: what this manager moved or
//! cancelled of what they organise, declined or left of what they attend. Only meetings of the same stratum are
//! compared: same role, size, length and cadence. A 1:1 is a meeting of two, so a class that only meets in larger rounds
//! shares no stratum with it and is left out.

use super::{finish::Desk, judged::Judged, reading::is_eligible};
use crate::report::model::RateAgainst;
use jiff::tz::TimeZone;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};
use steadfast_calendar::Expander;
use steadfast_ledger::{
    classes::{ClassRule, Classes},
    fate::{Ledger, fates},
    occurrence::{Class, Occurrence},
    pairs::{Beside, CandidateSeries, Direction, Found, Relationship, participants::Participants},
    people::PersonId,
    verdict::Outcome,
};
use steadfast_signal::{
    pair_signal::ATTRIBUTED,
    rates,
    strata::{Length, matched},
};

/// A meeting at least this often is a daily, where its title does not say otherwise.
const DAILY_DAYS: i64 = 2;

/// What two meetings must share to be compared. All of them have two people.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Stratum {
    /// Whether the manager organises it; `None` where the role is not compared.
    organises: Option<bool>,
    length: Length,
    /// Days between two of them.
    cadence_days: i64,
}

/// One meeting: its stratum, and whether this manager disrupted it.
type Met = (Stratum, bool);

/// Everything the comparisons are read from.
#[derive(Clone, Copy)]
pub(super) struct Meetings<'a> {
    pub desk: &'a Desk<'a>,
    pub ledger: Ledger<'a>,
    pub found: &'a Found,
    pub rules: &'a [ClassRule],
}

/// The rates of `manager`, per class that has a stratum in common with their reports' 1:1s.
pub(super) fn rates(
    meetings: Meetings<'_>,
    manager: PersonId,
    judged: &Judged,
) -> Vec<RateAgainst> {
    let mut one_on_ones: Vec<Met> = Vec::new();
    for (place, pair) in judged.managed() {
        let relationship = meetings.found.relationships.get(place);
        if let Some(relationship) = relationship.filter(|r| r.manager == Some(manager)) {
            let printed = meetings.desk.printed(&pair.occurrences);
            one_on_ones.extend(met(meetings, printed, relationship, manager));
        }
    }
    if one_on_ones.is_empty() {
        return Vec::new();
    }
    let others = of_classes(meetings, manager, &one_on_ones);
    // The best comparator of all: the same size and kind, with the power the other way round. So the role, which
    // goes with the power, is not compared there.
    let with_boss = of_boss(meetings, manager);
    let boss = against(
        Class::BossOneOnOne,
        without_role(&one_on_ones),
        without_role(&with_boss),
    );
    let classes = others
        .into_iter()
        .filter_map(|(class, met)| against(class, one_on_ones.clone(), met));
    boss.into_iter().chain(classes).collect()
}

fn against(class: Class, one_on_ones: Vec<Met>, others: Vec<Met>) -> Option<RateAgainst> {
    let both = matched(one_on_ones, others)?;
    let read = rates::compare(both.one_on_one, both.other);
    Some(RateAgainst {
        class,
        disrupted: both.other_counted.0 as usize,
        of: both.other_counted.1 as usize,
        one_on_one_disrupted: both.one_on_one_counted.0 as usize,
        one_on_one_of: both.one_on_one_counted.1 as usize,
        probability: read.probability,
        say: read.say,
    })
}

fn without_role(met: &[Met]) -> Vec<Met> {
    let any = |(stratum, disrupted): &Met| {
        let stratum = Stratum {
            organises: None,
            ..*stratum
        };
        (stratum, *disrupted)
    };
    met.iter().map(any).collect()
}

/// The manager's own 1:1s with their bosses.
fn of_boss(meetings: Meetings<'_>, manager: PersonId) -> Vec<Met> {
    let relationships = meetings.found.relationships.iter();
    relationships
        .filter(|r| r.report() == Some(manager))
        .flat_map(|r| judged(meetings, &as_manager(r, manager), manager))
        .collect()
}

/// The manager's other regular meetings of two, by class: those of a role and cadence that `one_on_ones` have.
fn of_classes(
    meetings: Meetings<'_>,
    manager: PersonId,
    one_on_ones: &[Met],
) -> BTreeMap<Class, Vec<Met>> {
    // The rest would be judged in vain; a calendar may hold a million of them.
    let alike: BTreeSet<(bool, i64)> = one_on_ones
        .iter()
        .filter_map(|(stratum, _)| Some((stratum.organises?, stratum.cadence_days)))
        .collect();
    let mut classes: BTreeMap<Class, Vec<Met>> = BTreeMap::new();
    let beside = meetings.found.beside.iter();
    for beside in beside.filter(|b| b.people.contains(&manager)) {
        for (class, relationship) in by_class(meetings, beside, manager, &alike) {
            let met = judged(meetings, &relationship, manager);
            classes.entry(class).or_default().extend(met);
        }
    }
    classes
}

/// The series of `beside`, put together by class, each with the single meetings that may replace one.
fn by_class(
    meetings: Meetings<'_>,
    beside: &Beside,
    manager: PersonId,
    alike: &BTreeSet<(bool, i64)>,
) -> BTreeMap<Class, Relationship> {
    let mut classes: BTreeMap<Class, Relationship> = BTreeMap::new();
    let comparable = |series: &&CandidateSeries| {
        let cadence = series.cadence_days();
        cadence.is_some_and(|days| alike.contains(&(organises(series, manager), days)))
    };
    for series in beside.series.iter().filter(comparable) {
        let class = class(meetings, series, beside, manager);
        // What may be a 1:1 after all is no comparison, unless its title says what else it is.
        let unclear = beside.doubtful && class == Class::Other;
        if unclear || matches!(class, Class::Leave | Class::Holiday | Class::Unknown) {
            continue;
        }
        let relationship = classes.entry(class).or_insert_with(|| Relationship {
            people: beside.people,
            manager: Some(manager),
            direction: Direction::Unknown,
            because: Arc::default(),
            series: beside
                .series
                .iter()
                .filter(|s| s.cadence_days().is_none())
                .cloned()
                .collect(),
            lines: Box::default(),
        });
        relationship.series.push(series.clone());
    }
    classes
}

fn class(
    meetings: Meetings<'_>,
    series: &CandidateSeries,
    beside: &Beside,
    manager: PersonId,
) -> Class {
    let classes = Classes {
        rules: meetings.rules,
        directory: meetings.desk.directory,
    };
    let who = Participants {
        humans: beside.people.to_vec(),
        organizer: series.organizer,
        named: true,
        owner_added: false,
    };
    let often = series.cadence_days().is_some_and(|days| days <= DAILY_DAYS);
    let event = series.copies().find_map(|at| {
        let series = meetings.ledger.history.known(at)?.last_known()?;
        series.master.clone().or(series.overrides.first().cloned())
    });
    event.map_or(Class::Unknown, |event| {
        classes.of(&event, &who, manager, often)
    })
}

/// `relationship` with `manager` as the one whose changes count.
fn as_manager(relationship: &Relationship, manager: PersonId) -> Relationship {
    Relationship {
        manager: Some(manager),
        ..relationship.clone()
    }
}

/// Every meeting that `relationship` promised within the window printed.
fn judged(meetings: Meetings<'_>, relationship: &Relationship, manager: PersonId) -> Vec<Met> {
    let mut expander = Expander::new(TimeZone::UTC);
    let fates = fates(relationship, meetings.ledger, &mut expander);
    let printed = meetings.desk.printed(&fates.occurrences);
    met(meetings, printed, relationship, manager)
}

/// Those that count, each with its stratum and whether the manager disrupted it.
fn met<'o>(
    meetings: Meetings<'_>,
    occurrences: impl Iterator<Item = &'o Occurrence>,
    relationship: &Relationship,
    manager: PersonId,
) -> Vec<Met> {
    let recurring = relationship.series.iter();
    let recurring = recurring.filter_map(|s| Some((s, s.cadence_days()?)));
    // The first of a UID speaks for it, and the first of all where it is not known whose promise it was.
    let mut first: Option<(&CandidateSeries, i64)> = None;
    let mut by_uid: HashMap<Arc<str>, (&CandidateSeries, i64)> = HashMap::new();
    for one in recurring {
        first = first.or(Some(one));
        let uid = one.0.uid(meetings.ledger.history);
        by_uid.entry(uid).or_insert(one);
    }
    let of = |o: &Occurrence| {
        let known = o.uid.as_ref().map_or(first, |uid| by_uid.get(uid).copied());
        let (series, cadence_days) = known?;
        let stratum = Stratum {
            organises: Some(organises(series, manager)),
            length: Length::of(o.promised.minutes()),
            cadence_days,
        };
        Some((stratum, disrupted(o)))
    };
    // What somebody changed of whom it is not known who they are counts for neither.
    let is_nobodys = |o: &Occurrence| o.verdict.disruption && o.verdict.q < ATTRIBUTED;
    occurrences
        .filter(|o| is_eligible(o) && !is_nobodys(o))
        .filter_map(of)
        .collect()
}

fn organises(series: &CandidateSeries, manager: PersonId) -> bool {
    series.organizer.is_none_or(|who| who == manager)
}

/// Moved, cancelled, declined or left, by the manager's side. Who did not come is known of 1:1s only, by a tap, and is
/// not compared.
fn disrupted(occurrence: &Occurrence) -> bool {
    let verdict = &occurrence.verdict;
    verdict.disruption && verdict.q >= ATTRIBUTED && verdict.outcome != Outcome::NoShow
}
