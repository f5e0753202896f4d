//! The viewer's 1:1s and their promises that are to come or are owed, as their ledger says.

use super::super::made::is_moved_for_good;
use super::visible::Visible;
use super::{Changed, From, Meeting, OneOnOne, Promise, Unplaced, meetings::is_of};
use crate::audit::pair_id;
use crate::report::model::{Direction, ENDED_WITH_SERIES, Pair, WithoutOneOnOne};
use crate::report::seat::{manager, subordinate};
use steadfast_calendar::{Instant, Visibility};
use steadfast_ledger::case::{Actor, ActorEvidence, Away, ManagerSays, Who};
use steadfast_ledger::occurrence::Occurrence;
use steadfast_ledger::verdict::{Cut, Excuse, Outcome};

/// The last ones that are told of.
const RECENT: usize = 5;

/// What was found.
#[derive(Default)]
pub(super) struct Found {
    pub(super) one_on_ones: Vec<OneOnOne>,
    pub(super) promises: Vec<Promise>,
    /// Promises of which the calendar does not show where they stand.
    pub(super) unplaced: Vec<Unplaced>,
}

pub(super) fn of(from: &From<'_>, meetings: &[Meeting]) -> Found {
    let mut found = Found::default();
    let seen = Visible::of(from);
    for pair in from.report.pairs.iter().filter(|pair| is_owed(pair)) {
        let (Some(above), Some(below)) = (manager(pair), subordinate(pair)) else {
            continue;
        };
        found.one_on_ones.push(OneOnOne {
            pair: pair.id.clone(),
            uids: uids(from, pair),
            manager: above.address.to_string(),
            report: below.address.to_string(),
            cadence_days: pair.cadence_days,
            minutes: pair.minutes,
            since: since(from, line(from, pair)),
            visibility: seen.of_two(pair),
            has_met: pair.has_begun(from.now),
            goes_on: pair.next.is_some_and(|next| next > from.now),
            is_line: line(from, pair).is_some(),
            needs_another: pair.repair.is_some(),
            recent: recent(pair, from.now),
        });
        let two = [&*above.address, &*below.address];
        found.of_pair(from, pair, two, (meetings, &seen));
    }
    found.put_lines(from);
    found
}

/// The UIDs of its series, but those that were handed on and are another 1:1's by now: nothing is read off those, or done to them,
/// in the name of these two.
fn uids(from: &From<'_>, pair: &Pair) -> Vec<String> {
    let others = || {
        let pairs = from.report.pairs.iter();
        pairs.filter(|other| pair.ended.is_some() && other.ended.is_none() && other.id != pair.id)
    };
    let own = pair.uids.iter();
    let own = own.filter(|uid| !others().any(|other| other.uids.contains(uid)));
    own.map(|uid| uid.to_string()).collect()
}

/// Whether the two are to have one: theirs goes on, or its series ended and somebody says all the same who reports to whom.
fn is_owed(pair: &Pair) -> bool {
    pair.ended
        .as_ref()
        .is_none_or(|(_, how)| pair.direction == Direction::Declared && how == ENDED_WITH_SERIES)
}

/// The reporting line without a 1:1 that it is among, which are told before anything else.
fn line<'a>(from: &'a From<'_>, pair: &Pair) -> Option<&'a WithoutOneOnOne> {
    let (above, below) = pair.manager.and(manager(pair).zip(subordinate(pair)))?;
    let mut lines = from.report.without_one_on_one.iter();
    lines.find(|line| above.address == line.manager.address && below.address == line.report.address)
}

/// Since when the line of a 1:1 that is not there holds, where somebody said so.
fn since(from: &From<'_>, line: Option<&WithoutOneOnOne>) -> Option<Instant> {
    let day = line?.since?.to_zoned(from.report.zone.clone()).ok()?;
    Some(day.timestamp().into())
}

fn recent(pair: &Pair, now: Instant) -> Vec<bool> {
    let counts = |one: &&Occurrence| {
        one.promised.end <= now
            && one.verdict.excused.is_none()
            && !matches!(one.verdict.outcome, Outcome::Open | Outcome::Unknown)
    };
    let mut recent: Vec<bool> = pair
        .occurrences
        .iter()
        .rev()
        .filter(counts)
        .take(RECENT)
        .map(|one| one.verdict.disruption)
        .collect();
    recent.reverse();
    recent
}

/// The length of a 1:1 where the manager has no other.
const USUAL_MINUTES: i64 = 30;
/// From one to the next where the manager has no other, in days.
const USUAL_DAYS: i64 = 7;

impl Found {
    /// Those of the viewer's reports with whom they have none at all: as long and as often as most of their others.
    fn put_lines(&mut self, from: &From<'_>) {
        let Some(me) = from.me.first() else {
            return;
        };
        let mine = self.one_on_ones.iter().filter(|one| one.manager == *me);
        let shapes: Vec<(i64, i64)> = mine.map(|one| (one.cadence_days, one.minutes)).collect();
        let usual = shapes
            .iter()
            .max_by_key(|shape| (shapes.iter().filter(|one| one == shape).count(), **shape));
        let (cadence_days, minutes) = usual.copied().unwrap_or((USUAL_DAYS, USUAL_MINUTES));
        for line in &from.report.without_one_on_one {
            let (manager, report) = (&*line.manager.address, &*line.report.address);
            let pair = pair_id(manager, report);
            if manager != me || self.one_on_ones.iter().any(|one| one.pair == pair) {
                continue;
            }
            self.one_on_ones.push(OneOnOne {
                pair,
                uids: Vec::new(),
                manager: manager.to_owned(),
                report: report.to_owned(),
                cadence_days,
                minutes,
                since: since(from, Some(line)),
                visibility: Visibility::Public,
                has_met: false,
                goes_on: false,
                is_line: true,
                needs_another: false,
                recent: Vec::new(),
            });
        }
    }

    fn of_pair(
        &mut self,
        from: &From<'_>,
        pair: &Pair,
        two: [&str; 2],
        (meetings, seen): (&[Meeting], &Visible<'_>),
    ) {
        let now = from.now;
        if pair.ended.is_some() && !pair.has_begun(now) {
            // What was taken back before its first leaves nothing owed: it can begin anew.
            return;
        }
        let mut extras: Vec<usize> = (0..meetings.len())
            .filter(|index| {
                let meeting = meetings.get(*index);
                meeting.is_some_and(|meeting| !meeting.repeats && is_of(meeting, two))
            })
            .collect();
        for (index, one) in pair.occurrences.iter().enumerate() {
            let at = |index: Option<usize>| {
                let one = index.and_then(|index| pair.occurrences.get(index));
                one.map(|one| one.promised.start)
            };
            let (previous, next) = (at(index.checked_sub(1)), at(Some(index + 1)));
            // Nobody works then: it is lost to nobody.
            let is_holiday = one.away == Some(Away::Holiday);
            let is_open = one.verdict.outcome == Outcome::Open
                && one.unknown_because.is_none()
                && !is_holiday;
            let may_be_answered = stood_in_leave(one, next, now);
            if !is_open && !may_be_owed(one, next, now) && !may_be_answered {
                continue;
            }
            let own = stands(one, meetings);
            let stands = own.or_else(|| went_on(from, pair, one, meetings));
            let meeting = stands.and_then(|index| meetings.get(index));
            // The ledger says that it stands somewhere, and the calendar does not show where: nothing is said of it.
            if let (true, Some(held), None) = (is_open, one.verdict.held, stands) {
                self.unplaced.push(Unplaced {
                    pair: pair.id.clone(),
                    promised: one.promised.start,
                    held: held.start,
                });
                continue;
            }
            if may_be_answered && stands.is_none() {
                continue;
            }
            extras.retain(|extra| Some(*extra) != stands);
            let replaced_by = if stands.is_none() {
                replacement(from, (previous, next), meetings, &mut extras)
            } else {
                None
            };
            self.promises.push(Promise {
                pair: pair.id.clone(),
                promised: one.promised,
                of: match meeting {
                    Some(meeting) => Some((meeting.uid.clone(), meeting.id)),
                    None => one.uid.as_deref().map(str::to_owned).zip(one.recurrence_id),
                },
                visibility: seen.of_one(pair, one, &from.report.zone),
                next,
                previous,
                held: one.verdict.held.map(|held| held.start),
                stands,
                replaced_by,
                went_on: meeting
                    .filter(|_| own.is_none())
                    .map(|meeting| meeting.changed),
                change: change(one, meeting),
                series_gone: stands.is_none() && is_gone_with_series(from, pair, one),
                not_held: one.verdict.outcome == Outcome::NoShow,
                agreed: one.manager_says == Some(ManagerSays::Agreed),
            });
        }
    }
}

/// One that is over, was lost without having been agreed, and could still be held before the next.
fn may_be_owed(one: &Occurrence, next: Option<Instant>, now: Instant) -> bool {
    // Of a token too little stood to count.
    let lost = one.verdict.cut == Some(Cut::Token)
        || matches!(
            one.verdict.outcome,
            Outcome::Cancelled | Outcome::Skipped | Outcome::NoShow
        );
    let agreed = matches!(
        one.verdict.excused,
        Some(Excuse::Report | Excuse::Mutual | Excuse::Plan | Excuse::Holiday)
    );
    lost && !agreed && !one.verdict.made_good && next.is_some_and(|next| next > now)
}

/// One that is over and stood while one of the two was on leave: what was offered for it before can be answered until the next.
fn stood_in_leave(one: &Occurrence, next: Option<Instant>, now: Instant) -> bool {
    let is_agreed = one.manager_says == Some(ManagerSays::Agreed);
    let is_whole = one.verdict.cut.is_none();
    one.stood_in_leave() && is_whole && !is_agreed && next.is_some_and(|next| next > now)
}

/// Whether the series of the two ended before it.
fn is_gone_with_series(from: &From<'_>, pair: &Pair, one: &Occurrence) -> bool {
    let day = one.promised.start.date(&from.report.zone);
    let ended = pair.ended.as_ref();
    ended.is_some_and(|(ended, how)| how == ENDED_WITH_SERIES && *ended <= day)
}

/// The meeting that it is now.
fn stands(one: &Occurrence, meetings: &[Meeting]) -> Option<usize> {
    let (uid, id) = (one.uid.as_deref()?, one.recurrence_id?);
    let is_it = |meeting: &Meeting| meeting.uid == uid && meeting.id == id;
    meetings.iter().position(is_it)
}

/// The one of another series of the two that it is now, where that stands as the ledger says it does: its own series was moved for
/// good before it came. Each of the others is a promise of its own.
fn went_on(from: &From<'_>, pair: &Pair, one: &Occurrence, meetings: &[Meeting]) -> Option<usize> {
    let held = one.verdict.held?;
    let uids = uids(from, pair);
    let is_promised = |meeting: &Meeting| {
        let mut all = pair.occurrences.iter();
        all.any(|one| {
            one.uid.as_deref() == Some(&meeting.uid) && one.recurrence_id == Some(meeting.id)
        })
    };
    meetings.iter().position(|meeting| {
        let is_theirs = meeting.repeats && uids.contains(&meeting.uid);
        is_theirs && meeting.slot == held && !is_promised(meeting)
    })
}

/// An extra meeting of the two after the one before and before the day of the next one, whether it is over or to come.
fn replacement(
    from: &From<'_>,
    (previous, next): (Option<Instant>, Option<Instant>),
    meetings: &[Meeting],
    extras: &mut Vec<usize>,
) -> Option<usize> {
    let day = |at: Instant| at.date(&from.report.zone);
    let fits = |index: &usize| {
        meetings.get(*index).is_some_and(|meeting| {
            let at = meeting.slot.start;
            previous.is_none_or(|previous| day(at) > day(previous))
                && next.is_none_or(|next| day(at) < day(next))
        })
    };
    let place = extras.iter().position(fits)?;
    Some(extras.remove(place))
}

fn change(one: &Occurrence, stands: Option<&Meeting>) -> Option<Changed> {
    let is_changed = one.verdict.hops > 0 || one.verdict.held != Some(one.promised);
    // Whoever moved it for good here had read what that means: it is where they planned it, unless it was moved once more.
    let is_planned = stands
        .is_some_and(|meeting| is_moved_for_good(&meeting.uid) && meeting.slot.start == meeting.id);
    is_changed.then(|| Changed {
        // Of a span the gentler end, as the ledger has it.
        at: one.changed_at.map(|at| at.earliest),
        by: match one.actor {
            _ if is_planned => Who::Plan,
            Some(actor) => whose(actor),
            None => Who::Unknown,
        },
        hops: one.verdict.hops.max(1),
        to: one.verdict.held,
    })
}

/// Whose change it was, to the guard. What this program did by itself was recorded by it: it is what a plan put there, and
/// nothing that another program did and that is to be put back.
const fn whose(actor: Actor) -> Who {
    match (actor.who, actor.evidence) {
        (Who::Automation, ActorEvidence::AuditLog) => Who::Plan,
        (who, _) => who,
    }
}
