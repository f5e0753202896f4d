//! From everything that was taken in to the report.

use super::{
    answered, basis, closing,
    collect::Audit,
    compare::comparison,
    doubtful::doubtful,
    lines, order,
    org_file::address,
    pair::pair,
    rates::{Meetings, rates},
    said::{agreed, recorded, says, settled},
    to_be_sure::to_be_sure,
};
use crate::report::{
    self,
    model::{Comparison, Pair, Report},
};
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use steadfast_calendar::{Expander, Instant, Window, resolve};
use steadfast_ledger::{
    away::Absences,
    busy::{Agenda, AgendaScope, Conflict, conflicts},
    classes::Classes,
    fate::{Agreements, AllRecorded, AllSettled, Ledger, Settings, fates},
    history::History,
    occurrence::{Class, Occurrence},
    pairs::{self, Declared, Found, Relationship},
    people::{Directory, PersonId},
};

/// Weeks printed when no `--from` is given: half a year.
const DEFAULT_WEEKS: i64 = 26;
/// Weeks that comparisons and fairness look back, and one more.
const KEPT_WEEKS: i64 = 27;
/// What is read of the other meetings: as far back as comparisons look.
const AGENDA_BACK_DAYS: i64 = 366 * 2;

/// Everything the parts of a report are made from.
pub(super) struct Desk<'a> {
    pub now: Instant,
    pub zone: TimeZone,
    /// The moments at which the days that are printed begin and end.
    pub printed: Window,
    pub me: Option<PersonId>,
    pub declared_reports: Vec<PersonId>,
    pub directory: &'a Directory,
    pub agendas: HashMap<PersonId, Agenda>,
    pub conflicts: HashMap<PersonId, Vec<Conflict>>,
    pub calendars_of: HashSet<PersonId>,
    /// Everybody's own zone, as declared or as their calendar says, where either is known.
    pub zones: HashMap<PersonId, TimeZone>,
}

impl Desk<'_> {
    /// Those of `occurrences` that lie in the window that is printed.
    pub(super) fn printed<'o>(
        &'o self,
        occurrences: &'o [Occurrence],
    ) -> impl Iterator<Item = &'o Occurrence> {
        occurrences.iter().filter(|o| self.prints(o))
    }

    fn prints(&self, occurrence: &Occurrence) -> bool {
        self.printed.from <= occurrence.promised.start
            && occurrence.promised.start < self.printed.to
    }
}

impl Audit {
    /// Judges everything that was taken in.
    pub fn finish(mut self) -> Report {
        self.settle();
        let made = basis::made_long_ago(&self.history, self.options.now);
        if let Some(made) = made {
            self.history.known_at_most_until(made);
        }
        let zone = self.zone();
        self.meet_everybody();
        let strangers = self.strangers();
        let declared = self.declared();
        let mut found = pairs::find(&self.history, &mut self.directory, &declared);
        self.warn_of(&strangers, &found);
        if let Some(me) = declared.me {
            only_mine(&mut found, me);
        }
        let agendas = self.agendas(&found.relationships, &zone);
        self.report(zone, &declared, &found, agendas, made)
    }

    fn declared(&mut self) -> Declared {
        let me = self.me().map(|me| me.address.clone());
        let me = me.map(|address| self.meet(&address));
        let reports = self.options.reports.clone();
        let manager = self.options.manager.clone();
        Declared {
            me,
            reports: reports.iter().map(|a| self.meet(a)).collect(),
            managers: manager.iter().map(|a| self.meet(a)).collect(),
        }
    }

    /// Addresses that are declared and that no calendar holds.
    fn strangers(&self) -> Vec<String> {
        let declared = self.options.reports.iter().chain(&self.options.manager);
        declared
            .filter(|who| self.directory.find(&address(who)).is_none())
            .cloned()
            .collect()
    }

    /// A stranger whom the title of a 1:1 names is on the calendars all the same.
    fn warn_of(&mut self, strangers: &[String], found: &Found) {
        for stranger in strangers {
            let id = self.meet(stranger);
            if !found.relationships.iter().any(|r| r.people.contains(&id)) {
                let what = "nobody of that address or name is on these calendars".to_owned();
                self.warning("unknown_person", stranger, what);
            }
        }
    }

    /// Everybody on the calendars becomes known, so that a declared address that is on none of them can be told.
    fn meet_everybody(&mut self) {
        for copy in &self.history.copies {
            for state in copy.series.iter().filter_map(|s| s.last_known()) {
                // Overrides share the addresses of their series.
                let mut last: Option<&Arc<str>> = None;
                for event in state.master.iter().chain(&state.overrides) {
                    let attendees = event.attendees.iter().map(|a| &a.address);
                    for address in attendees.chain(event.organizer.iter().map(|o| &o.address)) {
                        if last.is_none_or(|last| !Arc::ptr_eq(last, address)) {
                            self.directory.meet(address);
                        }
                        last = Some(address);
                    }
                }
            }
        }
    }

    fn meet(&mut self, text: &str) -> PersonId {
        self.directory.meet(&Arc::from(address(text).as_str()))
    }

    /// What other meetings are judged by: nobody said anything about those.
    fn unsaid(&self) -> Settings {
        Settings {
            now: self.options.now,
            zone: self.options.zone.clone(),
            says: HashMap::new(),
            agreed: Agreements::new(),
            recorded: AllRecorded::new(),
            settled: AllSettled::new(),
        }
    }

    /// Everybody's leave, and the holidays, as far back as anything is judged.
    fn absences(&self, desk: &Desk<'_>) -> Absences {
        let window = Window {
            from: desk.now.plus_days(-366 * 12),
            to: desk.now.plus_days(70),
        };
        Absences::gather(&self.history, &self.directory, &desk.zone, window)
    }

    /// The agendas of everybody who may have moved a 1:1.
    fn agendas(
        &mut self,
        relationships: &[Relationship],
        zone: &TimeZone,
    ) -> HashMap<PersonId, Agenda> {
        let owners: HashSet<PersonId> =
            self.history.copies.iter().filter_map(|c| c.owner).collect();
        if owners.is_empty() {
            return HashMap::new();
        }
        let now = self.options.now;
        let directory = self.directory.clone();
        let mut agendas = HashMap::new();
        for owner in owners {
            let one_on_ones = one_on_ones(relationships, owner);
            let scope = AgendaScope {
                history: &self.history,
                classes: Classes {
                    rules: &self.options.class_rules,
                    directory: &directory,
                },
                one_on_ones: &one_on_ones,
                fallback_zone: zone,
                window: Window {
                    from: now.plus_days(-AGENDA_BACK_DAYS),
                    to: now.plus_days(7),
                },
            };
            let agenda = Agenda::of(owner, &scope, &mut self.directory);
            agendas.insert(owner, agenda);
        }
        agendas
    }

    fn report(
        mut self,
        zone: TimeZone,
        declared: &Declared,
        found: &Found,
        agendas: HashMap<PersonId, Agenda>,
        made: Option<Instant>,
    ) -> Report {
        let now = self.options.now;
        let to = self.options.to.unwrap_or_else(|| last_day(now, &zone));
        let from = self
            .options
            .from
            .unwrap_or_else(|| to.checked_sub((DEFAULT_WEEKS * 7).days()).unwrap_or(to));
        let relationships = &found.relationships;
        let desk = Desk {
            now,
            zone: zone.clone(),
            printed: Window {
                from: midnight(from, &zone),
                to: midnight(to.tomorrow().unwrap_or(to), &zone),
            },
            me: declared.me,
            declared_reports: declared.reports.clone(),
            directory: &self.directory,
            conflicts: agendas
                .iter()
                .map(|(owner, agenda)| (*owner, conflicts(agenda, now)))
                .collect(),
            agendas,
            calendars_of: self.history.copies.iter().filter_map(|c| c.owner).collect(),
            zones: basis::zones(&self, relationships),
        };
        let me = basis::me(&self, declared, relationships);
        let evidence = basis::evidence(&self);
        let absences = self.absences(&desk);
        let unsaid = self.unsaid();
        let settings = Settings {
            says: says(&self.options.answers, &self.directory),
            agreed: agreed(&self.options.agreed, &self.directory),
            recorded: recorded(&self.options.recorded, &self.directory),
            settled: settled(&self.options.settled, &self.directory),
            ..self.unsaid()
        };
        let mut history = std::mem::take(&mut self.history);
        let mut pairs = judged(&mut history, &desk, &absences, &settings, relationships);
        let meetings = Meetings {
            desk: &desk,
            ledger: Ledger {
                history: &history,
                directory: &self.directory,
                absences: &absences,
                settings: &unsaid,
            },
            found,
            rules: &self.options.class_rules,
        };
        let comparisons = comparisons(meetings, &pairs);
        drop(history);
        let without_one_on_one = lines::without(&desk, &pairs, found);
        for pair in &mut pairs {
            pair.occurrences.retain(|o| desk.prints(o));
        }
        pairs.retain(|p| !p.occurrences.is_empty() || p.ended.is_none());
        order::as_they_are_looked_at(&mut pairs);
        let zone_name = zone.iana_name().unwrap_or("UTC").to_owned();
        let mut report = Report {
            generated_at: now,
            me,
            calendars_of: basis::calendars_of(&desk),
            from,
            to,
            zone,
            zone_name,
            evidence,
            without_one_on_one,
            doubtful: doubtful(found, declared.me, &self.directory),
            not_counted: closing::not_counted(found, declared.me, &self.directory),
            comparisons,
            guesses: closing::guesses(found, declared.me, &self.directory),
            set_aside: self.set_aside.clone(),
            to_be_sure: to_be_sure(found, declared, &self.directory, &self.options),
            not_known: Vec::new(),
            warnings: self.warnings.clone(),
            pairs,
        };
        report.not_known = closing::not_known(&report, &self.owner, made);
        report.warnings.extend(answered::warnings(&self, &report));
        for index in 0..report.pairs.len() {
            let sentence = report
                .pairs
                .get(index)
                .map(|p| report::sentence(&report, p));
            let signal = report.pairs.get_mut(index).and_then(|p| p.signal.as_mut());
            if let (Some(signal), Some(sentence)) = (signal, sentence) {
                signal.sentence = sentence;
            }
        }
        report
    }
}

/// Judges each relationship and shapes it for the report, one at a time: a calendar may hold a million occurrences.
/// Of these only what is looked at again is kept, and what was read of a relationship is let go once it is judged; but
/// for a manager's own 1:1 with the boss, which is judged once more beside their reports'.
fn judged(
    history: &mut History,
    desk: &Desk<'_>,
    absences: &Absences,
    settings: &Settings,
    relationships: &[Relationship],
) -> Vec<Pair> {
    let managers: HashSet<PersonId> = relationships.iter().filter_map(|r| r.manager).collect();
    let kept_from = desk.printed.from.min(desk.now.plus_days(-7 * KEPT_WEEKS));
    let mut pairs = Vec::with_capacity(relationships.len());
    let mut expander = Expander::new(TimeZone::UTC);
    for relationship in relationships {
        let ledger = Ledger {
            history,
            directory: desk.directory,
            absences,
            settings,
        };
        let mut pair = pair(
            desk,
            absences,
            relationship,
            fates(relationship, ledger, &mut expander),
        );
        let last = pair.occurrences.last().map(|o| o.promised.start);
        let is_kept =
            |o: &Occurrence| o.promised.start >= kept_from || Some(o.promised.start) == last;
        // Moved to a place of their size: shrinking where they are would leave a hole for every pair.
        let mut kept = Vec::with_capacity(pair.occurrences.iter().filter(|o| is_kept(o)).count());
        kept.extend(pair.occurrences.drain(..).filter(is_kept));
        pair.occurrences = kept;
        pairs.push(pair);
        if relationship
            .report()
            .is_some_and(|report| managers.contains(&report))
        {
            continue;
        }
        for copy in relationship.series.iter().flat_map(|s| &s.copies) {
            history.forget(copy.copy, copy.series);
        }
    }
    pairs
}

/// The day of the last moment before `now`: at midnight nothing of the new day has happened yet.
fn last_day(now: Instant, zone: &TimeZone) -> Date {
    now.plus_seconds(-1).date(zone)
}

fn midnight(day: Date, zone: &TimeZone) -> Instant {
    resolve(day.to_datetime(jiff::civil::Time::midnight()), zone)
}

/// Who reads sees their own relationships, whatever else the calendars hold.
fn only_mine(found: &mut Found, me: PersonId) {
    found.relationships.retain(|r| r.people.contains(&me));
    found.doubts.retain(|d| d.people.contains(&me));
    found.others.retain(|o| o.people.contains(&me));
    found.near.retain(|n| n.people.contains(&me));
    found.beside.retain(|b| b.people.contains(&me));
    found.unnamed.retain(|u| u.owner.is_none_or(|o| o == me));
}

/// UIDs of `owner`'s 1:1s with their class as seen from `owner`.
fn one_on_ones(relationships: &[Relationship], owner: PersonId) -> HashMap<Arc<str>, Class> {
    let mut classes = HashMap::new();
    for relationship in relationships.iter().filter(|r| r.people.contains(&owner)) {
        let class = match relationship.manager {
            Some(manager) if manager == owner => Class::OneOnOne,
            Some(_) => Class::BossOneOnOne,
            None => Class::Other,
        };
        for series in &relationship.series {
            classes.insert(series.uid.clone(), class);
        }
    }
    classes
}

fn comparisons(meetings: Meetings<'_>, pairs: &[Pair]) -> Vec<Comparison> {
    let desk = meetings.desk;
    let relationships = meetings.found.relationships.iter();
    let mut managers: Vec<PersonId> = relationships.filter_map(|r| r.manager).collect();
    managers.sort_unstable();
    managers.dedup();
    managers
        .into_iter()
        .filter(|manager| desk.me.is_none_or(|me| me == *manager))
        .filter(|manager| desk.calendars_of.contains(manager))
        .map(|manager| comparison(desk, manager, pairs, rates(meetings, manager, pairs)))
        .collect()
}
