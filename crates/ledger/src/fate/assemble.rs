//! Puts the cases of one relationship together and has them judged.

use super::{
    actor::Parties,
    agreed::{Agreement, Agreements, in_force},
    anew::{MadeAnew, made_anew},
    counters::Counters,
    end::{Ended, covered, ended},
    extras::{extras, last_held},
    facts::{
        MovedForGood, RuleChange, current, moved_for_good, re_timed, rule_changes, usual_week,
    },
    follow::{Journey, Road},
    hop::{Hop, hops},
    owed::Owed,
    promises::{Promise, promises},
    recorded::{AllRecorded, Log},
    retime::retimings,
    rows::{Known, Rows},
    settled::AllSettled,
    split::splits,
    state::{Scope, states},
    still::{Still, still},
    track::tracks,
    zone,
};
use crate::{
    away::Absences,
    case::{Absence, Case, ManagerSays, ReportSays, UnknownBecause},
    history::History,
    occurrence::Occurrence,
    pairs::{CandidateSeries, Relationship},
    people::{Directory, PersonId},
    rules::{self, no_show},
};
use jiff::{civil::Date, tz::TimeZone};
use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
    sync::Arc,
};
use steadfast_calendar::{Expander, Instant, Slot, Window};

/// How far into the future promises are looked at, to know the next one.
const AHEAD_DAYS: i64 = 70;
/// How far into the past a rule is expanded at most.
const BACK_DAYS: i64 = 366 * 12;

/// What judging needs besides the history.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The moment of the audit.
    pub now: Instant,
    /// Zone asked for on the command line, if any.
    pub zone: Option<TimeZone>,
    /// What people said: (report, day of the promise) → their words.
    pub says: HashMap<(PersonId, Date), (Option<ReportSays>, Option<ManagerSays>)>,
    /// The rhythms that were agreed on.
    pub agreed: Agreements,
    /// What a log of changes says of who made them.
    pub recorded: AllRecorded,
    /// What is settled already.
    pub settled: AllSettled,
    /// Whether each change of those that changed more than once is wanted: of a large calendar they are many.
    pub with_hops: bool,
}

/// All that is known, ready to be judged one relationship at a time.
#[derive(Clone, Copy)]
pub struct Ledger<'a> {
    /// Every version of every series.
    pub history: &'a History,
    /// Who is who.
    pub directory: &'a Directory,
    /// Leave, out-of-office and holidays.
    pub absences: &'a Absences,
    /// The rest.
    pub settings: &'a Settings,
}

/// What became of one relationship.
#[derive(Clone, Debug)]
pub struct Fates {
    /// Every promised 1:1, by promised start.
    pub occurrences: Vec<Occurrence>,
    /// Where the next meeting of the two stands on the calendar, a promised one or an extra one.
    pub next: Option<Slot>,
    /// When the calendars that hold the last promise were last seen; `None`: now, in a single export.
    pub last_look: Option<Instant>,
    /// Days between two promises, as the calendar's rule last gave them.
    pub cadence_days: i64,
    /// The same as agreed on, where it was; else as the rule gives them.
    pub owed_days: i64,
    /// Promised minutes, as last in force.
    pub minutes: Option<i64>,
    /// The last promised slot of the next two weeks or before, for naming the usual time.
    pub usual: Option<Slot>,
    /// The usual week of a pair that meets more than once in it: the promises of the last one, where they are those
    /// of the one before. Otherwise the last promised slot alone.
    pub usual_week: Vec<Slot>,
    /// Single meetings of the two that stood.
    pub extras: Vec<Slot>,
    /// The end of the relationship, if it ended.
    pub ended: Option<Ended>,
    /// What stands on the calendars after the last day of its reporting lines.
    pub still: Option<Still>,
    /// Days on which the slot was re-timed from here on.
    pub re_timed: Vec<Date>,
    /// Those of them of which a log tells whose they were.
    pub moved_for_good: Vec<MovedForGood>,
    /// When its series was taken off the calendar and made anew.
    pub made_anew: Vec<MadeAnew>,
    /// Changes of cadence.
    pub rule_changes: Vec<RuleChange>,
    /// Whether the report's zone tells the country whose public holidays count.
    pub tells_country: bool,
    /// The report's zone, in which days and weeks are counted.
    pub zone: TimeZone,
    /// The zone in which the last of its series is written, where it names one.
    pub written_in: Option<TimeZone>,
    /// End of the last meeting of the two that stood.
    pub last_held_end: Option<Instant>,
    /// Each change of those that changed more than once, by promised start; empty where it was not asked for.
    pub hops: Vec<(Instant, Vec<Hop>)>,
    /// Starts of the promises that were settled before; of these, what displaced them is settled as well.
    pub settled: HashSet<Instant>,
}

/// Judges everything `relationship` promised. `expander` keeps what it learnt of time zones from one relationship to the
/// next; anything else about it does not matter.
pub fn fates(relationship: &Relationship, ledger: Ledger<'_>, expander: &mut Expander) -> Fates {
    let now = ledger.settings.now;
    let mut people = relationship.people;
    people.sort_unstable();
    let settled = ledger.settings.settled.get(&people);
    let zone = zone::of_the_report(relationship, ledger, settled);
    let tells_country = zone::tells_country(relationship, ledger, &zone);
    let window = Window {
        from: now.plus_days(-BACK_DAYS),
        to: now.plus_days(AHEAD_DAYS),
    };
    let scope = Scope {
        history: ledger.history,
        directory: ledger.directory,
        expander: RefCell::new(expander),
        fallback_zone: &zone,
        window,
    };
    let states = states(relationship, &scope);
    let promising = |series: usize| {
        relationship
            .series
            .get(series)
            .is_some_and(|s| s.cadence_days().is_some())
    };
    let cadence_of = |series: usize| {
        relationship
            .series
            .get(series)
            .and_then(CandidateSeries::cadence_days)
    };
    let tracks = tracks(&states, promising);
    let widest = (0..relationship.series.len()).filter_map(cadence_of).max();
    let retimings = retimings(&states, &tracks, widest.unwrap_or(7));
    let splits = splits(&states, relationship, &scope);
    let promises = promises(&states, &tracks, &retimings, &splits);
    let cadence_days = promises
        .iter()
        .rev()
        .find_map(|p| cadence_of(p.series))
        .or(widest)
        .or(settled.and_then(|settled| settled.cadence_days))
        .unwrap_or(7);
    let re_timed = re_timed(&states, &retimings, &promises, &zone);
    let rule_changes = rule_changes(&promises, cadence_of, &zone);
    let agreed = ledger.settings.agreed.get(&relationship.people);
    let agreed = agreed.map_or(&[][..], Vec::as_slice);
    let owed_days = in_force(agreed, now).unwrap_or(cadence_days);
    let ended = ended(relationship, &states, &promises, owed_days, now, &zone).or_else(|| {
        settled
            .filter(|_| relationship.series.is_empty())?
            .end(&zone)
    });
    let owed = Owed::of(relationship, ended, &zone);
    let (promises, unowed): (Vec<Promise>, Vec<Promise>) =
        promises.into_iter().partition(|p| owed.holds(p));
    let parties = Parties {
        people: relationship.people,
        manager: relationship.manager,
        directory: ledger.directory,
    };
    let counters = Counters::of(relationship, ledger.history, ledger.directory, &zone);
    let log = Log::of(relationship, ledger.history, &ledger.settings.recorded);
    let moved_for_good = moved_for_good(&states, (&retimings, &tracks), &log, &parties, &zone);
    let road = Road {
        log: &log,
        states: &states,
        counters: &counters,
        tracks: &tracks,
        retimings: &retimings,
        parties: &parties,
    };
    let desk = Desk {
        relationship,
        ledger,
        zone: &zone,
        home: (
            tells_country.then_some(&zone),
            zone::is_theirs(relationship, ledger),
        ),
        cadence_of: &cadence_of,
        agreed,
        gaps: gaps(ledger.history),
        uids: uids(relationship, ledger.history),
    };
    let mut rows = desk.rows(&promises, &road);
    let extras = extras(relationship, &scope, &states);
    rows.make_good(&extras, now);
    let still = still(relationship, &unowed, &extras, &road, (now, &zone));
    let hops = std::mem::take(&mut rows.hops);
    let coming = extras.iter().copied().filter(|extra| extra.end > now);
    let next = coming.chain(rows.next).min();
    let occurrences = rows.occurrences;
    let current = current(&promises, now);
    let last_held_end = last_held(&occurrences, &extras, now);
    let mut fates = Fates {
        minutes: promises.last().map(|p| p.slot.minutes()),
        usual: current.last().map(Promise::by_rule),
        usual_week: usual_week(current, &zone),
        occurrences,
        next,
        last_look: promises.last().and_then(|p| desk.last_look(p.series)),
        cadence_days,
        owed_days,
        extras,
        ended,
        still,
        re_timed,
        moved_for_good,
        made_anew: made_anew(&states, (&retimings, &tracks), &zone),
        rule_changes,
        tells_country,
        zone,
        written_in: zone::written_in(relationship, ledger),
        last_held_end,
        hops,
        settled: HashSet::new(),
    };
    if let Some(settled) = settled {
        settled.settle(&mut fates, now);
    }
    fates
}

/// Spans in which nothing was seen of some calendar.
fn gaps(history: &History) -> Vec<Slot> {
    let of_copies = history
        .copies
        .iter()
        .flat_map(|c| &c.gaps)
        .filter_map(|(from, to)| Some(Slot::new(*from, (*to)?)));
    let of_sources = history.gaps.iter().map(|(from, to)| Slot::new(*from, *to));
    of_sources.chain(of_copies).collect()
}

/// The UIDs of the series of `relationship` that promise, by their places.
fn uids(relationship: &Relationship, history: &History) -> Vec<Option<Arc<str>>> {
    let promising = |s: &CandidateSeries| s.cadence_days().map(|_| s.uid(history));
    relationship.series.iter().map(promising).collect()
}

struct Desk<'a> {
    relationship: &'a Relationship,
    ledger: Ledger<'a>,
    zone: &'a TimeZone,
    /// The zone, where it tells a country, and whether it is known to be the report's own.
    home: (Option<&'a TimeZone>, bool),
    cadence_of: &'a dyn Fn(usize) -> Option<i64>,
    agreed: &'a [Agreement],
    gaps: Vec<Slot>,
    /// Of the series that promise, by their places.
    uids: Vec<Option<Arc<str>>>,
}

impl Desk<'_> {
    fn rows(&self, promises: &[Promise], road: &Road<'_>) -> Rows {
        let mut rows = Rows::with_capacity(promises.len());
        for (index, promise) in promises.iter().enumerate() {
            let previous = index.checked_sub(1).and_then(|i| promises.get(i));
            let next = promises.get(index + 1);
            let journey = road.follow(promise);
            self.row(&mut rows, promise, journey, [previous, next]);
            if let Some(next) = next {
                self.missing(&mut rows, promise, next);
            }
        }
        rows
    }

    fn row(
        &self,
        rows: &mut Rows,
        promise: &Promise,
        journey: Journey,
        [previous, next]: [Option<&Promise>; 2],
    ) {
        let now = self.ledger.settings.now;
        let unseen = self
            .last_look(promise.series)
            .is_some_and(|last| promise.slot.end > last && promise.slot.end <= now);
        if self.ledger.settings.with_hops {
            let tapped = no_show::tap(self.said(promise.slot).0).is_some();
            let hops = hops(&journey, tapped);
            if !hops.is_empty() {
                rows.hops.push((promise.slot.start, hops));
            }
        }
        let unknown = journey
            .unknown
            .or(promise.unsure)
            .or(unseen.then_some(UnknownBecause::Gap));
        let to_come = |slot: Slot| slot.end > now;
        let mut case = self.case(promise.slot, previous, next, promise.series);
        case.open = to_come(promise.slot) || journey.held.is_some_and(to_come);
        case.held = journey.held;
        case.changes = journey.changes;
        case.unknown_because = unknown;
        // One that stood as promised has nothing to excuse, and looking up holidays costs; that it stood in the leave of one
        // of the two is told.
        if case.held != Some(promise.slot) || case.report_says.is_some() {
            case.absences = self.away(promise.slot);
        } else if !case.open {
            let absences = self.ledger.absences;
            case.absences = absences.leave(promise.slot, self.relationship);
        }
        let known = Known {
            id: promise.id,
            uid: self.uid(promise.series),
            changed_afterwards: journey.changed_afterwards,
        };
        rows.push(case, Some(known));
        let absences = self.ledger.absences;
        rows.tell_holiday(|promised| absences.holiday(promised, self.relationship, self.home));
    }

    fn case(
        &self,
        promised: Slot,
        previous: Option<&Promise>,
        next: Option<&Promise>,
        series: usize,
    ) -> Case {
        let says = self.said(promised);
        Case {
            promised,
            held: None,
            cadence_days: in_force(self.agreed, promised.start)
                .or_else(|| (self.cadence_of)(series))
                .unwrap_or(7),
            next_promised: next.map(|p| p.slot.start),
            previous_promised: previous.map(|p| p.slot.start),
            report_zone: self.zone.clone(),
            changes: Vec::new(),
            replacement: None,
            absences: Vec::new(),
            report_says: says.0,
            manager_says: says.1,
            unknown_because: None,
            open: false,
        }
    }

    /// What the two said about the one promised in `slot`.
    fn said(&self, slot: Slot) -> (Option<ReportSays>, Option<ManagerSays>) {
        let says = &self.ledger.settings.says;
        let Some(report) = self.relationship.report().filter(|_| !says.is_empty()) else {
            return (None, None);
        };
        let day = slot.start.date(self.zone);
        says.get(&(report, day)).copied().unwrap_or_default()
    }

    /// Who was away around `slot`.
    fn away(&self, slot: Slot) -> Vec<Absence> {
        self.ledger
            .absences
            .around(slot, self.relationship, self.home.0)
    }

    /// The places at which the calendar had nothing: between the end of one series and the start of the next, and
    /// within one where a closer rhythm was agreed on.
    fn missing(&self, rows: &mut Rows, promise: &Promise, next: &Promise) {
        let agreed = in_force(self.agreed, promise.slot.start);
        let goes_on_here = promise.series == next.series;
        if goes_on_here && agreed.is_none() {
            return;
        }
        let cadences = [promise, next].map(|p| (self.cadence_of)(p.series).unwrap_or(7));
        let cadence = agreed.unwrap_or_else(|| cadences.into_iter().max().unwrap_or(7));
        let silent = next.slot.start.seconds_since(promise.slot.start);
        let goes_on = rules::promise::GOES_ON_WITHIN_CADENCES * cadence * 86_400;
        if !goes_on_here && self.relationship.lines.is_empty() && silent > goes_on {
            return;
        }
        let places = rules::missing::places(promise.slot, next.slot.start, cadence, self.zone);
        let still = |place: &Slot| agreed.is_none() || in_force(self.agreed, place.start) == agreed;
        let over = |place: &Slot| place.end <= self.ledger.settings.now;
        for place in places.filter(over).filter(still) {
            let mut case = self.case(place, Some(promise), Some(next), promise.series);
            case.absences = self.away(place);
            let owed = rules::missing::is_owed(place, &case.absences, &self.gaps);
            if owed && covered(self.relationship, place.start.date(self.zone)) {
                rows.push(case, None);
            }
        }
    }

    /// When the calendars that hold this series were last seen; `None` for a single export.
    fn last_look(&self, series: usize) -> Option<Instant> {
        let copies = self.relationship.series.get(series)?.copies();
        copies
            .filter_map(|at| self.ledger.history.copies.get(at.copy())?.last_look)
            .max()
    }

    fn uid(&self, series: usize) -> Option<Arc<str>> {
        self.uids.get(series)?.clone()
    }
}
