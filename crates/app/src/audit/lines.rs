//! Reporting lines without a 1:1, and facts about rules, in words.

use super::{finish::Desk, first::Firsts, judged::Judged, pair::person};
use crate::report::model::{JOINED, Pair, WithoutOneOnOne};
use jiff::civil::Date;
use steadfast_calendar::{Window, expand};
use steadfast_ledger::{
    away::Absences,
    fate::{MadeAnew, RuleChange},
    pairs::{Beside, CandidateSeries, Found},
    people::ReportingLine,
    verdict::Outcome,
};

/// Two who met so lately, or will so soon, meet.
const LATELY_DAYS: i64 = 45;

/// "weekly became every two weeks on 3 March".
pub(super) fn rule_facts(changes: &[RuleChange]) -> Vec<String> {
    changes
        .iter()
        .map(|change| {
            format!(
                "{} became {} on {}",
                cadence_words(change.from_days),
                cadence_words(change.to_days),
                change.on.strftime("%-d %B %Y")
            )
        })
        .collect()
}

/// "its entry was taken off the calendar and made anew on 3 March 2026": what was before that stays as it was.
pub(super) fn anew_facts(times: &[MadeAnew]) -> Vec<String> {
    let day = |day: Date| day.strftime("%-d %B %Y");
    let told = times.iter().map(|(from, to)| {
        let when = if from == to {
            format!("on {}", day(*to))
        } else {
            format!("between {} and {}", day(*from), day(*to))
        };
        format!("its entry was taken off the calendar and made anew {when}; what was before stays as it was")
    });
    told.collect()
}

/// A cadence in words.
pub(super) fn cadence_words(days: i64) -> String {
    match days {
        1 => "daily".to_owned(),
        7 => "weekly".to_owned(),
        14 => "every two weeks".to_owned(),
        21 => "every three weeks".to_owned(),
        28 => "every four weeks".to_owned(),
        days => format!("every {days} days"),
    }
}

/// Declared reporting lines in force without a running 1:1. Only lines whose calendar is seen can be told: the
/// manager's or the report's. Nor is it said of two who may have one: it names somebody besides, perhaps a note taker, or
/// is called a coffee, or comes seldom, or each was put on the calendar by itself.
pub(super) fn without(
    desk: &Desk<'_>,
    judged: &Judged,
    found: &Found,
    absences: &Absences,
) -> Vec<WithoutOneOnOne> {
    let (unnamed, uncounted) = (&found.unnamed, &found.perhaps);
    let today = desk.now.date(&desk.zone);
    let directory = desk.directory;
    let declared = desk.declared_reports.iter().filter_map(|report| {
        Some(ReportingLine {
            manager: desk.me?,
            report: *report,
            from: None,
            to: None,
        })
    });
    let lines = directory.lines.iter().copied().chain(declared);
    let mut found: Vec<WithoutOneOnOne> = Vec::new();
    let mut firsts = Firsts::new(desk, absences);
    let mine = |line: &ReportingLine| {
        desk.me
            .is_none_or(|me| me == line.manager || me == line.report)
    };
    for line in lines.filter(|line| line.covers(today) && mine(line)) {
        let seen = [line.manager, line.report]
            .iter()
            .any(|p| desk.calendars_of.contains(p));
        let (manager, report) = (
            person(line.manager, directory),
            person(line.report, directory),
        );
        let known = found
            .iter()
            .any(|w| w.manager == manager && w.report == report);
        let both = [line.manager, line.report];
        let perhaps = unnamed
            .iter()
            .any(|one| both.iter().all(|p| one.people.contains(p)))
            || uncounted
                .iter()
                .any(|one| both.iter().all(|p| one.people.contains(p)) && meet(one, desk));
        if !seen || known || perhaps {
            continue;
        }
        let mut pairs = judged.managed().map(|(_, pair)| pair);
        let pair =
            pairs.find(|p| p.people.first() == Some(&manager) && p.people.get(1) == Some(&report));
        if let Some(without) = missing(pair, manager, report, line, desk) {
            let first = firsts.offer(line);
            found.push(WithoutOneOnOne { first, ..without });
        }
    }
    found
}

/// Whether the two met in this way lately, or will soon: what ended two years ago is no 1:1 of theirs.
fn meet(two: &Beside, desk: &Desk<'_>) -> bool {
    let about_now = Window {
        from: desk.now.plus_days(-LATELY_DAYS),
        to: desk.now.plus_days(LATELY_DAYS),
    };
    let mut copies = two.series.iter().flat_map(CandidateSeries::copies);
    copies.any(|at| {
        let series = desk.history.known(at).and_then(|known| known.last_known());
        series.is_some_and(|series| {
            let instances = expand(&series, &desk.zone, about_now);
            instances.into_iter().any(|one| one.slot.is_some())
        })
    })
}

fn missing(
    pair: Option<&Pair>,
    manager: crate::report::model::Person,
    report: crate::report::model::Person,
    line: ReportingLine,
    desk: &Desk<'_>,
) -> Option<WithoutOneOnOne> {
    let until = desk.known_until.unwrap_or(desk.now);
    // Of what began after the last look nothing is known.
    if line.from.is_some_and(|from| from > until.date(&desk.zone)) {
        return None;
    }
    // A series that was taken back before its first one leaves things as they were.
    let never = |pair: &&Pair| pair.next.is_none() && !pair.has_begun(desk.now);
    let Some(pair) = pair.filter(|pair| !never(pair)) else {
        return Some(WithoutOneOnOne {
            manager,
            report,
            since: line.from,
            because: line.from.map(|_| JOINED.to_owned()),
            known_until: desk.known_until,
            first: None,
        });
    };
    let runs_on = pair
        .occurrences
        .iter()
        .any(|o| o.verdict.outcome == Outcome::Open);
    let last = pair.occurrences.last()?;
    let silent = until.seconds_since(last.promised.end) > 2 * pair.cadence_days * 86_400;
    (!runs_on && silent).then(|| WithoutOneOnOne {
        manager,
        report,
        since: Some(last.promised.start.date(&desk.zone)),
        because: Some("the last series ended".to_owned()),
        known_until: desk.known_until,
        first: None,
    })
}
