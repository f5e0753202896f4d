//! From everything that was taken in to the report.

use super::{
    answered, basis,
    better::OfferedTime,
    closing,
    collect::Audit,
    compare::comparison,
    doubtful::doubtful,
    judged::{Judge, Judged, KEPT_WEEKS},
    lines, only_me,
    org_file::address,
    rates::{Meetings, rates},
    said::{agreed, recorded, says, settled},
    to_be_sure::to_be_sure,
    whose,
};
use crate::report::{
    Listed, OnceInAWhile,
    model::{Comparison, Report},
};
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
    sync::Arc,
};
use steadfast_calendar::{Instant, Window, resolve};
use steadfast_ledger::{
    away::Absences,
    busy::{Agenda, AgendaScope, Conflict, OneOnOnes, conflicts},
    classes::Classes,
    fate::{Agreements, AllRecorded, AllSettled, Ledger, Settings},
    history::History,
    occurrence::{Class, Occurrence},
    pairs::{self, Declared, Found, Relationship, SeriesRef},
    people::{Directory, PersonId},
};
use steadfast_signal::Once;

/// Weeks printed when no `--from` is given: half a year.
const DEFAULT_WEEKS: i64 = 26;
/// What is read of the other meetings: as far back as comparisons look.
const AGENDA_BACK_DAYS: i64 = 366 * 2;
/// A 1:1 may have been moved by so much from where another meeting wanted its time.
const CONFLICTS_BEFORE_DAYS: i64 = 70;

/// Everything the parts of a report are made from.
pub(super) struct Desk<'a> {
    pub now: Instant,
    pub once: Once,
    pub zone: TimeZone,
    /// The moments at which the days that are printed begin and end.
    pub printed: Window,
    pub me: Option<PersonId>,
    pub declared_reports: Vec<PersonId>,
    pub directory: &'a Directory,
    pub history: &'a History,
    pub agendas: HashMap<PersonId, Agenda>,
    pub conflicts: HashMap<PersonId, Vec<Conflict>>,
    pub calendars_of: HashSet<PersonId>,
    /// Everybody's own zone, as declared or as their calendar says, where either is known.
    pub zones: HashMap<PersonId, TimeZone>,
    /// The weekly times that were offered to somebody, so that no two are offered the same one.
    pub offered: RefCell<Vec<OfferedTime>>,
    /// Until when anything is known, where the calendars are not of these days: what is free now they do not say.
    pub known_until: Option<Instant>,
}

impl Desk<'_> {
    /// Those of `occurrences` that lie in the window that is printed.
    pub(super) fn printed<'o>(
        &'o self,
        occurrences: &'o [Occurrence],
    ) -> impl Iterator<Item = &'o Occurrence> {
        occurrences.iter().filter(|o| self.prints(o))
    }

    /// The zone of somebody, in a relationship or not, where it is declared or their calendar says it.
    pub(super) fn zone_of(&self, who: PersonId) -> Option<TimeZone> {
        let declared = self.directory.person(who).zone().cloned();
        let copies = || self.history.copies.iter().filter(|c| c.owner == Some(who));
        declared.or_else(|| copies().find_map(|c| c.zone.clone()))
    }

    pub(super) fn prints(&self, occurrence: &Occurrence) -> bool {
        self.printed.from <= occurrence.promised.start
            && occurrence.promised.start < self.printed.to
    }
}

impl Audit {
    /// Judges everything that was taken in.
    pub fn finish(self) -> Report {
        let (_, report) = self.finish_into(|report, listed| listed.within(report));
        report
    }

    /// Judges everything that was taken in and hands out the long lists of its report, entry after entry: the report that
    /// they are part of holds none of them.
    pub fn finish_into<T>(mut self, told: impl FnOnce(&Report, Listed<'_>) -> T) -> (Report, T) {
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
        self.remember_settled(&mut found);
        self.warn_of(&strangers, &found);
        if let Some(me) = declared.me {
            only_mine(&mut found, me);
        }
        let agendas = self.agendas(&found.relationships, &zone);
        self.report(zone, &declared, &found, (agendas, made), told)
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
            .filter(|who| {
                let address = address(who);
                self.directory.find(&address).is_none() && !self.was_named(&address)
            })
            .cloned()
            .collect()
    }

    /// Whether any event of what is past on the calendars names that address: they hold them no more, and did.
    fn was_named(&self, address: &str) -> bool {
        let mut named = false;
        for series in self.history.copies.iter().flat_map(|copy| copy.all()) {
            series.each_ever(|event| {
                named = named || event.people().any(|who| who.address == address);
            });
        }
        named
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
            // Most name whom the one before them names, in the same places and as the same texts.
            let mut before: Vec<usize> = Vec::new();
            for series in copy.all() {
                series.each(|event| {
                    for (place, who) in event.people().enumerate() {
                        let here = who.address.as_ptr().addr();
                        match before.get_mut(place) {
                            Some(there) if *there == here => continue,
                            Some(there) => *there = here,
                            None => before.push(here),
                        }
                        self.directory.meet(who.address);
                    }
                });
            }
        }
    }

    pub(super) fn meet(&mut self, text: &str) -> PersonId {
        self.directory.meet(&address(text))
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
            with_hops: false,
        }
    }

    /// Everybody's leave, and the holidays, as far back as anything is judged.
    fn absences(&self, desk: &Desk<'_>) -> Absences {
        let window = Window {
            from: desk.now.plus_days(-366 * 12),
            to: desk.now.plus_days(70),
        };
        let within = (&desk.zone, window);
        Absences::gather(&self.history, &self.directory, within, whose::either(self))
    }

    /// The agendas of everybody who may have moved a 1:1.
    fn agendas(
        &self,
        relationships: &[Relationship],
        zone: &TimeZone,
    ) -> HashMap<PersonId, Agenda> {
        let owners: HashSet<PersonId> =
            self.history.copies.iter().filter_map(|c| c.owner).collect();
        if owners.is_empty() {
            return HashMap::new();
        }
        let now = self.options.now;
        let mut agendas = HashMap::new();
        for owner in owners {
            let one_on_ones = one_on_ones(&self.history, relationships, owner);
            let scope = AgendaScope {
                history: &self.history,
                classes: Classes {
                    rules: &self.options.class_rules,
                    directory: &self.directory,
                },
                one_on_ones: &one_on_ones,
                fallback_zone: zone,
                window: Window {
                    from: now.plus_days(-AGENDA_BACK_DAYS),
                    to: now.plus_days(7),
                },
            };
            let agenda = Agenda::of(owner, &scope);
            agendas.insert(owner, agenda);
        }
        agendas
    }

    fn report<T>(
        self,
        zone: TimeZone,
        declared: &Declared,
        found: &Found,
        (agendas, made): (HashMap<PersonId, Agenda>, Option<Instant>),
        told: impl FnOnce(&Report, Listed<'_>) -> T,
    ) -> (Report, T) {
        let now = self.options.now;
        let to = self.options.to.unwrap_or_else(|| last_day(now, &zone));
        let from = self
            .options
            .from
            .unwrap_or_else(|| to.checked_sub((DEFAULT_WEEKS * 7).days()).unwrap_or(to));
        let relationships = &found.relationships;
        let printed = Window {
            from: midnight(from, &zone),
            to: midnight(to.tomorrow().unwrap_or(to), &zone),
        };
        // Whatever a 1:1 that is looked at again met, before it was moved there.
        let looked_back_to = printed.from.min(now.plus_days(-7 * KEPT_WEEKS));
        let fought_over = Window {
            from: looked_back_to.plus_days(-CONFLICTS_BEFORE_DAYS),
            to: now,
        };
        let desk = Desk {
            now,
            once: self.options.once,
            zone: zone.clone(),
            printed,
            me: declared.me,
            declared_reports: declared.reports.clone(),
            directory: &self.directory,
            history: &self.history,
            conflicts: agendas
                .iter()
                .map(|(owner, agenda)| (*owner, conflicts(agenda, &self.history, fought_over)))
                .collect(),
            agendas,
            calendars_of: self.history.copies.iter().filter_map(|c| c.owner).collect(),
            zones: basis::zones(&self, relationships),
            offered: RefCell::default(),
            known_until: basis::known_until(&self.history, now, made),
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
            with_hops: self.options.with_hops,
            ..self.unsaid()
        };
        let judge = Judge {
            history: &self.history,
            desk: &desk,
            absences: &absences,
            settings: &settings,
            relationships,
        };
        let mut judged = judge.all();
        let meetings = Meetings {
            desk: &desk,
            ledger: Ledger {
                history: &self.history,
                directory: &self.directory,
                absences: &absences,
                settings: &unsaid,
            },
            found,
            rules: &self.options.class_rules,
        };
        let comparisons = comparisons(meetings, &judged);
        let without_one_on_one = lines::without(&desk, &judged, found, &absences);
        judged.cut(&desk);
        let zone_name = zone.iana_name().unwrap_or("UTC").to_owned();
        let mut report = Report {
            generated_at: now,
            me,
            calendars_of: basis::calendars_of(&desk),
            once: OnceInAWhile(self.options.once),
            from,
            to,
            zone,
            zone_name,
            evidence,
            known_until: desk.known_until,
            without_one_on_one,
            doubtful: Vec::new(),
            not_counted: closing::not_counted(found, declared.me, &self.directory),
            comparisons,
            guesses: closing::guesses(found, declared.me, &self.directory),
            set_aside: self.set_aside.clone(),
            to_be_sure: to_be_sure(found, declared, &self.directory, &self.options),
            not_known: Vec::new(),
            warnings: self.warnings.clone(),
            pairs: Vec::new(),
        };
        report.not_known = closing::not_known(&report, &self.owner, made);
        let unseen = closing::before_the_first_look(&report, &judged);
        report.not_known.extend(unseen);
        let only_me = only_me::only_me(&report, found, declared.me);
        report.not_known.extend(only_me.map(str::to_owned));
        let to = &self.options.to;
        report.not_known.extend(
            desk.known_until
                .filter(|_| to.is_none())
                .and_then(|until| closing::seen_until(&report, until)),
        );
        report.not_known.extend(closing::country(&judged));
        let answered = answered::warnings(&self, &report.zone, &judged);
        report.warnings.extend(answered);
        let outcome = {
            let listed = Listed {
                pairs: &mut judged.told(judge, &report),
                doubtful: &mut doubtful(found, declared.me, &self.directory),
            };
            told(&report, listed)
        };
        (report, outcome)
    }
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
    found.perhaps.retain(|p| p.people.contains(&me));
    found.unnamed.retain(|u| u.owner.is_none_or(|o| o == me));
}

/// `owner`'s 1:1s with their class as seen from `owner`.
fn one_on_ones(history: &History, relationships: &[Relationship], owner: PersonId) -> OneOnOnes {
    let mut classes = OneOnOnes::default();
    // Another calendar of theirs may hold a 1:1 by its UID without telling that it is one.
    let mut by_uid: Option<HashMap<Arc<str>, Class>> =
        (history.copies.len() > 1).then(HashMap::new);
    for relationship in relationships.iter().filter(|r| r.people.contains(&owner)) {
        let class = match relationship.manager {
            Some(manager) if manager == owner => Class::OneOnOne,
            Some(_) => Class::BossOneOnOne,
            None => Class::Other,
        };
        for series in &relationship.series {
            match &mut by_uid {
                Some(by_uid) => drop(by_uid.insert(series.uid(history), class)),
                None => series.copies().for_each(|at| classes.insert(at, class)),
            }
        }
    }
    let Some(by_uid) = by_uid else {
        return classes;
    };
    let copies = history.copies.iter().enumerate();
    for (number, copy) in copies.filter(|(_, copy)| copy.owner == Some(owner)) {
        for (at, series) in copy.all().enumerate() {
            if let Some(class) = by_uid.get(&series.uid()) {
                classes.insert(SeriesRef::new(number, at), *class);
            }
        }
    }
    classes
}

fn comparisons(meetings: Meetings<'_>, judged: &Judged) -> Vec<Comparison> {
    let desk = meetings.desk;
    let relationships = meetings.found.relationships.iter();
    let mut managers: Vec<PersonId> = relationships.filter_map(|r| r.manager).collect();
    managers.sort_unstable();
    managers.dedup();
    managers
        .into_iter()
        .filter(|manager| desk.me.is_none_or(|me| me == *manager))
        .filter(|manager| desk.calendars_of.contains(manager))
        .map(|manager| comparison(desk, manager, judged, rates(meetings, manager, judged)))
        .collect()
}
