//! A row of occurrences from a row of letters.

use super::at;
use jiff::civil::Date;
use std::sync::Arc;
use steadfast_calendar::{Instant, Slot};
use steadfast_ledger::case::{Actor, ActorEvidence, ReportSays, UnknownBecause, Who};
use steadfast_ledger::occurrence::{Cause, Class, Occurrence};
use steadfast_ledger::verdict::{Cut, Excuse, Notice, Outcome, Verdict};

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// Where and when a series begins.
#[derive(Clone, Copy)]
pub struct Start {
    pub day: Date,
    pub hour: i8,
    pub minute: i8,
    pub every: i32,
    pub minutes: i64,
}

impl Start {
    pub const fn weekly(day: Date, hour: i8, minute: i8) -> Self {
        Self {
            day,
            hour,
            minute,
            every: 7,
            minutes: 30,
        }
    }
}

/// One occurrence per letter: `K` kept, `N` nudged, `m` moved with 20 minutes' notice, `M` with three days',
/// `E` with ten, `b` brought forward, `s` slipped, `x` cancelled, `X` at the last minute, `f` folded, `i`
/// missing, `n` no show, `d` disputed, `?` gap, `u` removed afterwards, `g` made good, `e` holiday, `l`
/// manager's leave, `r` asked by the report, `h` halved, `c` shortened, `t` token, `o` overlapped, `w` moved
/// within a range by nobody known, `L` nudged at the last minute, `U` moved, nobody knows when, `.` still to come.
pub fn occurrences(start: Start, letters: &str) -> Vec<Occurrence> {
    let mut day = start.day;
    let mut all = Vec::new();
    for letter in letters.chars() {
        let begin = at(day, start.hour, start.minute);
        let promised = Slot::new(begin, begin.plus_minutes(start.minutes));
        all.push(one(promised, letter));
        day = day
            .checked_add(jiff::Span::new().days(start.every))
            .expect("in range");
    }
    all
}

fn one(promised: Slot, letter: char) -> Occurrence {
    match letter {
        'N' => changed(
            promised,
            Outcome::Nudged,
            later(promised, 60),
            3 * HOUR,
            false,
        ),
        'm' => changed(
            promised,
            Outcome::Moved,
            later(promised, 19 * HOUR),
            20,
            true,
        ),
        'M' => changed(
            promised,
            Outcome::Moved,
            later(promised, 2 * DAY),
            3 * DAY,
            true,
        ),
        'E' => changed(
            promised,
            Outcome::Moved,
            later(promised, DAY),
            10 * DAY,
            false,
        ),
        'b' => changed(
            promised,
            Outcome::Moved,
            later(promised, -DAY),
            26 * HOUR,
            true,
        ),
        's' => changed(
            promised,
            Outcome::Slipped,
            later(promised, 5 * DAY),
            30 * HOUR,
            true,
        ),
        'x' => lost(changed(promised, Outcome::Cancelled, None, 5 * HOUR, true)),
        'X' => lost(changed(promised, Outcome::Cancelled, None, 15, true)),
        'f' => lost(changed(
            promised,
            Outcome::Skipped,
            later(promised, 7 * DAY),
            DAY,
            true,
        )),
        'i' => missing(promised),
        'n' => no_show(promised),
        'd' => plain(promised, Outcome::Disputed),
        '?' => unknown(promised, UnknownBecause::Gap),
        'u' => unknown(promised, UnknownBecause::RemovedAfterwards),
        'g' => made_good(promised),
        'e' => excused(promised, Excuse::Holiday),
        'l' => excused(promised, Excuse::LeaveManager),
        'r' => excused(promised, Excuse::Report),
        'h' => cut(promised, Cut::Halved, 12),
        'c' => cut(promised, Cut::Shortened, 20),
        't' => lost(cut(promised, Cut::Token, 5)),
        'o' => Occurrence {
            overlapped: true,
            ..plain(promised, Outcome::Kept)
        },
        'w' => by_nobody_known(promised),
        'L' => changed(promised, Outcome::Nudged, later(promised, 60), 20, true),
        'U' => {
            let mut occurrence = changed(promised, Outcome::Moved, later(promised, DAY), 0, false);
            occurrence.verdict.notice = None;
            occurrence.verdict.notice_minutes = None;
            occurrence
        }
        '.' => open(promised),
        _ => plain(promised, Outcome::Kept),
    }
}

fn later(promised: Slot, minutes: i64) -> Option<Slot> {
    Some(Slot::new(
        promised.start.plus_minutes(minutes),
        promised.end.plus_minutes(minutes),
    ))
}

fn plain(promised: Slot, outcome: Outcome) -> Occurrence {
    Occurrence {
        recurrence_id: Some(promised.start),
        uid: Some(Arc::from("7kukuqrfedlm2f9t@google.com")),
        promised,
        verdict: Verdict {
            outcome,
            cut: None,
            notice: None,
            notice_minutes: None,
            notice_range: None,
            hops: 0,
            deciding_change: None,
            actor: None,
            excused: None,
            q: 1.0,
            disruption: false,
            loss: false,
            made_good: false,
            held: Some(promised),
            rule: "one_on_one.kept",
            because: "stood as promised".into(),
        },
        actor: None,
        changed_at: None,
        first_notice: None,
        cause: None,
        overlapped: false,
        away: None,
        holiday: None,
        unknown_because: None,
        report_says: None,
        manager_says: None,
        both_elsewhere: false,
        changed_afterwards: false,
    }
}

fn changed(
    promised: Slot,
    outcome: Outcome,
    held: Option<Slot>,
    notice: i64,
    disruption: bool,
) -> Occurrence {
    let mut occurrence = plain(promised, outcome);
    let verdict = &mut occurrence.verdict;
    verdict.held = held;
    verdict.notice_minutes = Some(notice);
    verdict.notice = Some(class_of(notice));
    verdict.hops = 1;
    verdict.deciding_change = Some(0);
    verdict.actor = Some(Who::Manager);
    verdict.disruption = disruption;
    verdict.rule = "one_on_one.moved";
    verdict.because = format!("changed {notice} minutes before").into();
    occurrence.actor = Some(Actor {
        who: Who::Manager,
        evidence: ActorEvidence::OrganizerOnly,
        confidence: 0.9,
    });
    occurrence.cause = Some(Box::new(Cause {
        gave_way_to: Vec::new(),
        class: if notice < 60 {
            Class::Leadership
        } else {
            Class::Unknown
        },
        uid: Some(Arc::from("exec-briefing@example.com")),
        probability: 0.8,
    }));
    occurrence
}

fn class_of(minutes: i64) -> Notice {
    match minutes {
        ..120 => Notice::LastMinute,
        120..2880 => Notice::Short,
        2880..10080 => Notice::Fair,
        _ => Notice::Early,
    }
}

fn lost(mut occurrence: Occurrence) -> Occurrence {
    occurrence.verdict.loss = true;
    occurrence.verdict.disruption = true;
    occurrence.verdict.rule = "one_on_one.cancelled";
    if occurrence.verdict.cut.is_none() {
        occurrence.verdict.held = None;
    }
    occurrence
}

fn missing(promised: Slot) -> Occurrence {
    let mut occurrence = lost(plain(promised, Outcome::Missing));
    occurrence.uid = None;
    occurrence.recurrence_id = None;
    occurrence.verdict.q = 0.5;
    occurrence
}

fn no_show(promised: Slot) -> Occurrence {
    let mut occurrence = lost(plain(promised, Outcome::NoShow));
    occurrence.report_says = Some(ReportSays::NoManager);
    occurrence.verdict.notice = Some(Notice::LastMinute);
    occurrence.verdict.notice_minutes = Some(0);
    occurrence
}

fn unknown(promised: Slot, because: UnknownBecause) -> Occurrence {
    let mut occurrence = plain(promised, Outcome::Unknown);
    occurrence.verdict.held = None;
    occurrence.unknown_because = Some(because);
    occurrence
}

fn made_good(promised: Slot) -> Occurrence {
    let mut occurrence = changed(
        promised,
        Outcome::Moved,
        later(promised, 3 * DAY),
        2 * DAY,
        true,
    );
    occurrence.verdict.made_good = true;
    occurrence
}

fn excused(promised: Slot, excuse: Excuse) -> Occurrence {
    let mut occurrence = changed(promised, Outcome::Cancelled, None, 9 * DAY, false);
    occurrence.verdict.excused = Some(excuse);
    occurrence.verdict.q = 0.0;
    if excuse == Excuse::Report {
        occurrence.actor = Some(Actor {
            who: Who::Report,
            evidence: ActorEvidence::SchedulingMessage,
            confidence: 0.9,
        });
    }
    occurrence
}

fn cut(promised: Slot, cut: Cut, minutes: i64) -> Occurrence {
    let held = Some(Slot::new(
        promised.start,
        promised.start.plus_minutes(minutes),
    ));
    let mut occurrence = changed(
        promised,
        Outcome::Kept,
        held,
        4 * HOUR,
        cut != Cut::Shortened,
    );
    occurrence.verdict.cut = Some(cut);
    occurrence
}

fn by_nobody_known(promised: Slot) -> Occurrence {
    let mut occurrence = changed(
        promised,
        Outcome::Moved,
        later(promised, DAY),
        30 * HOUR,
        true,
    );
    occurrence.actor = Some(Actor::UNKNOWN);
    occurrence.verdict.q = 0.5;
    occurrence.verdict.notice_range = Some(Box::new((6 * HOUR, 30 * HOUR)));
    occurrence.verdict.hops = 3;
    occurrence.first_notice = Some(4 * 24 * 60);
    occurrence
}

fn open(promised: Slot) -> Occurrence {
    Occurrence {
        recurrence_id: Some(promised.start),
        ..plain(promised, Outcome::Open)
    }
}

/// A moment no calendar holds.
pub fn beyond_time() -> Slot {
    Slot::new(
        Instant::from_seconds(i64::MAX - 10),
        Instant::from_seconds(i64::MAX),
    )
}
