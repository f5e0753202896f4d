//! One relationship, judged, as the report shows it.

use super::reading::signals;
use super::{
    better,
    both::{Read, both_elsewhere},
    cause::cause,
    elsewhere::{ToldIn, elsewhere},
    finish::Desk,
    gave_way,
    next_step::next_step,
};
use crate::report::model::{
    Band, Direction, ENDED_WITH_SERIES, NextStep, Pair, PairSignal, Person, Repair, Still,
};
use crate::report::words::list;
use jiff::tz::TimeZone;
use std::sync::Arc;
use steadfast_calendar::{Instant, Slot};
use steadfast_ledger::{
    away::Absences,
    busy::{Agenda, Own, Taken},
    case::Who,
    fate::Fates,
    occurrence::Occurrence,
    pairs::{self, Relationship},
    people::{Directory, PersonId},
    rules::contact_gap,
    verdict::Outcome,
};

/// A person as shown.
pub(super) fn person(id: PersonId, directory: &Directory) -> Person {
    Person {
        address: Arc::from(directory.person(id).address),
        name: directory.display_name(id),
    }
}

/// The pair as the report shows it, with all occurrences; the window is cut out later, and the UIDs, of which there may be
/// thousands, are told when it is written. `own` are those that may be in an agenda.
pub(super) fn pair(
    desk: &Desk<'_>,
    absences: &Absences,
    relationship: &Relationship,
    own: &Own<'_>,
    fates: Fates,
) -> Pair {
    let directory = desk.directory;
    let people = ordered(relationship);
    let report_reads = desk.me.is_some() && desk.me == relationship.report();
    let contact_gap = contact_gap(desk.now, &fates);
    let mut occurrences = fates.occurrences;
    let is_settled = |o: &&mut Occurrence| fates.settled.contains(&o.promised.start);
    let mut read = Read::default();
    for occurrence in occurrences.iter_mut().filter(|o| !is_settled(o)) {
        let agenda = mover(desk, relationship, occurrence, report_reads);
        occurrence.cause = cause(occurrence, agenda, own).map(Box::new);
        occurrence.overlapped = overlapped(desk, relationship, occurrence, own, report_reads);
        // Only what is printed is told of, and asking costs reading the other meetings.
        occurrence.both_elsewhere = desk.prints(occurrence)
            && both_elsewhere(desk, relationship, occurrence, own, &mut read);
    }
    // What else is on the manager's calendar is for nobody but them.
    if let Some(manager) = relationship.manager.filter(|_| !report_reads) {
        gave_way::note(desk, manager, &mut occurrences);
    }
    let signal = relationship
        .manager
        .map(|_| signals(&occurrences, desk.once, report_reads));
    let told_in = ToldIn {
        week: &fates.usual_week,
        occurrences: &occurrences,
        judged_in: &fates.zone,
        written_in: fates.written_in.as_ref(),
    };
    let elsewhere = elsewhere(desk, relationship, &told_in);
    let repair = better::repair(
        desk,
        absences,
        relationship,
        &occurrences,
        fates.usual,
        own,
        &elsewhere,
    )
    .filter(|_| {
        let for_good = fates.moved_for_good.iter().map(|one| one.from);
        let days = fates.re_timed.iter().copied().chain(for_good);
        !better::is_at_another(days, desk.now.date(&desk.zone))
    })
    .and_then(|found| offered(found, signal.as_ref()?));
    let is_told = |step: &NextStep| {
        let unsteady = signal.as_ref().is_some_and(|s| !is_steady(s));
        fates.ended.is_none() && (unsteady || *step == NextStep::WhenOneGoes)
    };
    // One thing to do at a time: what may be said and the better slot come first.
    let next_step = next_step(desk, relationship, &occurrences, own)
        .filter(is_told)
        .filter(|step| *step != NextStep::WhenOneGoes || repair.is_none());
    Pair {
        id: id(relationship, directory),
        people: people.map(|p| person(p, directory)),
        manager: relationship.manager.map(|_| 0),
        direction: match relationship.direction {
            pairs::Direction::Declared => Direction::Declared,
            pairs::Direction::Inferred => Direction::Inferred,
            pairs::Direction::Unknown => Direction::Unknown,
        },
        ended: fates.ended.map(|ended| {
            let how = if ended.with_line {
                "with the reporting line"
            } else {
                ENDED_WITH_SERIES
            };
            (ended.on, how.to_owned())
        }),
        still: fates.still.map(|still| Still {
            until: still.until,
            starts: still.slots.iter().map(|slot| slot.start).collect(),
            on_both: still.on_both,
        }),
        confidence: relationship.because.confidence,
        why: relationship.because.why.clone(),
        uids: Vec::new(),
        cadence_days: fates.cadence_days,
        minutes: fates.minutes.unwrap_or(0),
        usual_slot: usual(&fates.usual_week, &desk.zone),
        contact_gap,
        re_timed: fates.re_timed,
        moved_for_good: fates
            .moved_for_good
            .iter()
            .map(|one| (one.from, one.by))
            .collect(),
        facts: [
            super::lines::rule_facts(&fates.rule_changes),
            super::lines::anew_facts(&fates.made_anew),
        ]
        .concat(),
        next: fates.next.map(|slot| slot.start),
        country_unknown: !fates.tells_country,
        last_look: fates.last_look.filter(|at| at.plus_days(1) < desk.now),
        hops: fates.hops,
        occurrences,
        signal,
        repair,
        next_step,
        elsewhere,
    }
}

/// A repair is offered where it reads as more than once in a while; before that, without a sentence, where the slot is one
/// that conflicts fall on. What might be said is left out where it is not known whose doing it was.
fn offered(found: Repair, signal: &PairSignal) -> Option<Repair> {
    let readings = [&signal.disruption, &signal.loss];
    let badly = readings
        .iter()
        .any(|reading| matches!(reading.band, Band::HeadsUp | Band::Pattern));
    let at_risk = !is_steady(signal) && found.conflict_fact.is_some();
    let say = found.say.clone().filter(|_| badly && !signal.whose_unknown);
    (badly || at_risk).then_some(Repair { say, ..found })
}

/// Whether it may be said to be steady: with nobody known whose doing it was, no band is said at all.
fn is_steady(signal: &PairSignal) -> bool {
    let worse = matches!(signal.loss.band, Band::HeadsUp | Band::Pattern);
    signal.disruption.band == Band::Steady && !worse && !signal.whose_unknown
}

/// Cadences since the last held one ended; not said where one that may have been held came after it.
fn contact_gap(now: Instant, fates: &Fates) -> Option<f64> {
    let last = fates.last_held_end?;
    let unknown_since = fates
        .occurrences
        .iter()
        .any(|o| o.verdict.outcome == Outcome::Unknown && o.promised.start >= last);
    if unknown_since {
        return None;
    }
    contact_gap::cadences(now, Some(last), fates.owed_days)
}

/// Manager first where known.
pub(super) fn ordered(relationship: &Relationship) -> [PersonId; 2] {
    let [a, b] = relationship.people;
    if relationship.manager == Some(b) {
        [b, a]
    } else {
        [a, b]
    }
}

fn id(relationship: &Relationship, directory: &Directory) -> String {
    let [a, b] = relationship.people.map(|p| directory.person(p).address);
    pair_id(a, b)
}

/// The id of the relationship of two people, by their main addresses in lower case. Stable across audits: from these
/// alone (FNV-1a, 64 bit: short, and no secret).
pub fn pair_id(a: &str, b: &str) -> String {
    let mut addresses = [a, b];
    addresses.sort_unstable();
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in addresses.join("\n").bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    }
    format!("{hash:016x}")
}

/// The agenda of whoever made the deciding change: the manager's unless it was the report. What displaced a meeting
/// is for the owner of that calendar alone.
fn mover<'a>(
    desk: &'a Desk<'_>,
    relationship: &Relationship,
    occurrence: &Occurrence,
    report_reads: bool,
) -> Option<&'a Agenda> {
    let by_report = occurrence.actor.is_some_and(|a| a.who == Who::Report);
    let mover = if by_report {
        relationship.report()?
    } else {
        relationship.manager?
    };
    if report_reads && !by_report {
        return None;
    }
    desk.agendas.get(&mover)
}

/// Held on the calendar, though its manager had accepted something else at the same time.
fn overlapped(
    desk: &Desk<'_>,
    relationship: &Relationship,
    occurrence: &Occurrence,
    own: &Own<'_>,
    report_reads: bool,
) -> bool {
    let agenda = relationship.manager.and_then(|m| desk.agendas.get(&m));
    let (Some(agenda), Some(held), false) = (agenda, occurrence.verdict.was_held(), report_reads)
    else {
        return false;
    };
    agenda.overlapping(held).any(|Taken { place, meeting }| {
        place.left.is_none() && meeting.people > 1 && !own.has(meeting)
    })
}

/// "Tue 15:00"; of several in a week "Tue and Thu 10:00", or "Tue 10:00 and Thu 14:00".
pub(super) fn usual(week: &[Slot], zone: &TimeZone) -> Option<String> {
    let part = |slot: &Slot, form: &str| slot.start.civil(zone).strftime(form).to_string();
    let times: Vec<String> = week.iter().map(|slot| part(slot, "%-H:%M")).collect();
    let first = times.first()?;
    if times.iter().all(|time| time == first) {
        let days: Vec<String> = week.iter().map(|slot| part(slot, "%a")).collect();
        return Some(format!("{} {first}", list(&days)));
    }
    let each: Vec<String> = week.iter().map(|slot| part(slot, "%a %-H:%M")).collect();
    Some(list(&each))
}
