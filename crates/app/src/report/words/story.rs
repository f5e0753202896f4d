//! The story of one occurrence in one sentence.

use super::date::{moment, new_place};
use super::{actor, causes, excuse, name, notice, possessive, stood, zones};
use crate::report::mark::is_cut_short;
use crate::report::model::{EvidenceKind, Pair, Report};
use crate::report::seat::{Seat, manager, seat, subordinate};
use steadfast_calendar::{Instant, Slot};
use steadfast_ledger::case::{ActorEvidence, ManagerSays, ReportSays, UnknownBecause, Who};
use steadfast_ledger::occurrence::Occurrence;
use steadfast_ledger::verdict::{Cut, Outcome};

/// "Tue 3 March, 15:00: moved to Wed 4 March, 10:00, with a day’s notice, from your calendar."
pub(crate) fn story(report: &Report, pair: &Pair, occurrence: &Occurrence) -> String {
    format!(
        "{}: {}.",
        moment(occurrence.promised.start, &report.zone, report.to.year()),
        what_happened(report, pair, occurrence)
    )
}

/// The same without the day: "moved to Wed 4 March, 10:00, with a day’s notice, from your calendar".
pub(crate) fn what_happened(report: &Report, pair: &Pair, occurrence: &Occurrence) -> String {
    let seat = seat(report, pair);
    let mut said = became(report, pair, occurrence);
    // What was cut of one to which somebody did not come is told with where it stood.
    let length = match occurrence.verdict.outcome {
        Outcome::NoShow => String::new(),
        _ => length(occurrence),
    };
    if !said.is_empty() && !length.is_empty() {
        said.push_str(", ");
    }
    said.push_str(&length);
    if changed(occurrence) {
        said.push_str(&how_it_changed(report, pair, occurrence));
    }
    if seat == Seat::Manager {
        said.push_str(&causes::causes(occurrence));
    }
    if occurrence.both_elsewhere {
        said.push_str("; ");
        said.push_str(both(report, pair));
        said.push_str(
            " had accepted another meeting at the same time; which of the two was held, a calendar cannot know",
        );
    } else if occurrence.overlapped {
        said.push_str(&overlap(pair, seat));
    }
    if let Some(away) = occurrence.away.filter(|_| occurrence.stood_in_leave()) {
        said.push_str("; there was ");
        said.push_str(&excuse::leave(report, away, pair, seat));
    }
    said.push_str(&held_by_word(occurrence, pair, seat));
    if let Some(excuse) = occurrence.verdict.excused {
        said.push_str("; excused, counts neither way: ");
        said.push_str(&excuse::excused(report, excuse, occurrence, pair));
    }
    if occurrence.changed_afterwards {
        said.push_str(" (something was changed after it should have ended; that alters nothing)");
    }
    said
}

fn became(report: &Report, pair: &Pair, occurrence: &Occurrence) -> String {
    let verdict = &occurrence.verdict;
    let placed = |verb: &str, same_day: &str, other_day: &str| match verdict.held {
        Some(held) => {
            let year = report.to.year();
            let place = new_place(occurrence.promised, held, &report.zone, year);
            let word = if place.same_day { same_day } else { other_day };
            format!("{verb} {word} {}", place.words)
        }
        None => verb.to_owned(),
    };
    if verdict.made_good {
        return placed("lost, made good", "at", "on");
    }
    match verdict.outcome {
        // What was cut says only that, for it may not count as stood.
        Outcome::Kept if is_cut_short(verdict.cut) => String::new(),
        Outcome::Kept if verdict.cut.is_some() => format!("{} at its time", stood(report)),
        Outcome::Kept if verdict.hops > 1 => {
            format!("{} as promised, moved away and back before", stood(report))
        }
        Outcome::Kept => format!("{} as promised", stood(report)),
        Outcome::Nudged => placed("nudged", "to", "to"),
        Outcome::Moved => placed("moved", "to", "to"),
        Outcome::Slipped => placed("slipped", "to", "to"),
        Outcome::Skipped => format!(
            "{}{}",
            placed("moved", "to", "to"),
            folded(report, pair, occurrence)
        ),
        // The entry may stand there to this day.
        Outcome::Cancelled if was_declined(occurrence) => "declined".to_owned(),
        Outcome::Cancelled => "taken off the calendar".to_owned(),
        Outcome::Missing => {
            "expected by the rhythm; in the week before it the calendar had nothing there"
                .to_owned()
        }
        Outcome::NoShow => format!(
            "{}{}; {}",
            stood_there(report, occurrence),
            changed_before(report, pair, occurrence),
            no_show(occurrence, pair, seat(report, pair))
        ),
        Outcome::Disputed => format!(
            "{}; one says it took place, the other that it did not",
            stood_there(report, occurrence)
        ),
        Outcome::Unknown
            if report.evidence.kind == EvidenceKind::Export
                && occurrence.unknown_because == Some(UnknownBecause::Gap) =>
        {
            "not known; this export seems to have been made before it".to_owned()
        }
        Outcome::Unknown => unknown(occurrence.unknown_because).to_owned(),
        Outcome::Open => match verdict.held {
            Some(held) if held == occurrence.promised => "still to come".to_owned(),
            Some(_) => format!("still to come, {}", placed("moved", "to", "to")),
            None => "still to come, and off the calendar by now".to_owned(),
        },
    }
}

/// " (0:20 in Delhi), which is the day of the next one or later: two on one day count as one". Days are those of the report.
fn folded(report: &Report, pair: &Pair, occurrence: &Occurrence) -> String {
    let Some(held) = occurrence.verdict.held else {
        return String::new();
    };
    let there = zones::of(held.start, report, pair);
    let day = if held.start < occurrence.promised.start {
        "the day of the one before or earlier"
    } else {
        "the day of the next one or later"
    };
    format!("{there}, which is {day}: two on one day count as one")
}

/// "it stood on the calendar", and where, if that was not in its promised place.
fn stood_there(report: &Report, occurrence: &Occurrence) -> String {
    match occurrence.verdict.held {
        Some(held) if held != occurrence.promised => {
            let year = report.to.year();
            let place = new_place(occurrence.promised, held, &report.zone, year);
            let word = if place.same_day { "at" } else { "on" };
            format!("it stood on the calendar {word} {}", place.words)
        }
        _ => "it stood on the calendar".to_owned(),
    }
}

/// ", moved there from your calendar", ", cut to 12 of 30 minutes": what was changed of one to which somebody did not come.
fn changed_before(report: &Report, pair: &Pair, occurrence: &Occurrence) -> String {
    let mut said = String::new();
    let promised = occurrence.promised.start;
    let is_elsewhere = |held: Slot| held.start != promised;
    if occurrence.verdict.held.is_some_and(is_elsewhere) {
        let mut hops = pair.hops.iter().filter(|(start, _)| *start == promised);
        let last = hops.next().and_then(|(_, hops)| hops.last());
        said.push_str(", moved there");
        if let Some(by) = last.and_then(|last| actor::named(report, Some(&last.actor), pair)) {
            said.push(' ');
            said.push_str(&by);
        }
    }
    let length = length(occurrence);
    if !length.is_empty() {
        said.push_str(", ");
        said.push_str(&length);
    }
    if occurrence.verdict.hops >= 2 {
        said.push_str(&times_changed(occurrence.verdict.hops).replace(';', ","));
    }
    said
}

pub(super) fn was_declined(occurrence: &Occurrence) -> bool {
    let actor = occurrence.actor.as_ref();
    actor.is_some_and(|actor| actor.evidence == ActorEvidence::SchedulingMessage)
}

/// Of one that stood on the calendar: "Ben says you did not come".
pub(crate) fn no_show(occurrence: &Occurrence, pair: &Pair, seat: Seat) -> String {
    let manager = manager(pair).map_or_else(|| "the manager".to_owned(), name);
    let report = subordinate(pair).map_or_else(|| "the report".to_owned(), name);
    match (occurrence.report_says, seat) {
        (Some(ReportSays::NoManager), Seat::Manager) => format!("{report} says you did not come"),
        (Some(ReportSays::NoManager), Seat::Report) => format!("you say {manager} did not come"),
        (Some(ReportSays::NoManager), Seat::Onlooker) => {
            format!("{report} says {manager} did not come")
        }
        (Some(ReportSays::NoMe), Seat::Report) => "you say you could not come".to_owned(),
        (Some(ReportSays::NoMe), _) => format!("{report} could not come"),
        (_, Seat::Report) => "you say it did not happen".to_owned(),
        _ => format!("{report} says it did not happen"),
    }
}

const fn unknown(because: Option<UnknownBecause>) -> &'static str {
    match because {
        Some(UnknownBecause::Gap) => "not known; the calendar was not looked at around it",
        Some(UnknownBecause::RemovedAfterwards) => {
            "not known; it is gone, but was only seen gone after it should have ended"
        }
        Some(UnknownBecause::SidesDisagree) => "not known; the two calendars contradict each other",
        Some(UnknownBecause::HandedOn) => {
            "not known; the series was with somebody else before, and until when this source does not say"
        }
        Some(UnknownBecause::CalledOff) => {
            "not known; its series was cancelled as a whole, and whether this one was too, its entry does not say"
        }
        None => "not known",
    }
}

/// "cut to 12 of 30 minutes", "a little shorter, 20 of 30 minutes"; nothing where the length was not cut.
fn length(occurrence: &Occurrence) -> String {
    let verdict = &occurrence.verdict;
    let (Some(cut), Some(held)) = (verdict.cut, verdict.held) else {
        return match verdict.cut {
            Some(_) => "shorter than promised".to_owned(),
            None => String::new(),
        };
    };
    let of = format!(
        "{} of {} minutes",
        held.minutes(),
        occurrence.promised.minutes()
    );
    match cut {
        Cut::Shortened => format!("a little shorter, {of}"),
        Cut::Token if verdict.loss => format!("cut to {of}, which counts as lost"),
        Cut::Halved | Cut::Token => format!("cut to {of}"),
    }
}

/// Whether there is a change to tell of: who and when are said of changes only.
fn changed(occurrence: &Occurrence) -> bool {
    let moved = !matches!(
        occurrence.verdict.outcome,
        Outcome::Missing | Outcome::NoShow | Outcome::Disputed | Outcome::Unknown
    );
    let still_there = occurrence.verdict.outcome == Outcome::Open
        && occurrence.verdict.held == Some(occurrence.promised);
    let kept_whole = matches!(occurrence.verdict.outcome, Outcome::Kept)
        && occurrence.verdict.cut.is_none()
        && !occurrence.verdict.made_good;
    moved && !kept_whole && !still_there
}

/// An export tells when an entry was last touched, and an answer touches it too: it was changed then or before. So does the first
/// look of a history, of what came before it.
fn or_more(report: &Report, occurrence: &Occurrence, given: String) -> String {
    let first = report.evidence.first.zip(occurrence.changed_at);
    let is_before = first.is_some_and(|(first, at)| at.latest <= first);
    match occurrence.verdict.notice_minutes {
        _ if report.evidence.kind != EvidenceKind::Export && !is_before => given,
        Some(..=0) => format!("last touched {given}"),
        Some(_) => format!("{given} or more"),
        None => given,
    }
}

/// How early it was known, and of one that was changed several times before which of its times: notice is that of the change
/// that counts, from where the 1:1 stood before it.
pub(crate) fn notice_given(report: &Report, occurrence: &Occurrence) -> Option<String> {
    let given = or_more(report, occurrence, notice::given(&occurrence.verdict)?);
    let minutes = occurrence.verdict.notice_minutes;
    let before = minutes.filter(|minutes| occurrence.verdict.hops > 1 && *minutes > 0);
    let Some((minutes, at)) = before.zip(occurrence.changed_at) else {
        return Some(given);
    };
    // Of a span the earlier end goes with the longer notice; begun minutes count as not given.
    let second = at.earliest.plus_minutes(minutes).seconds();
    let stood = Instant::from_seconds((second + 59).div_euclid(60) * 60);
    Some(if stood == occurrence.promised.start {
        format!("{given} before its promised time")
    } else {
        let stood = moment(stood, &report.zone, report.to.year());
        format!("{given} before {stood}, where it stood by then")
    })
}

fn how_it_changed(report: &Report, pair: &Pair, occurrence: &Occurrence) -> String {
    let mut said = String::new();
    if let Some(given) = notice_given(report, occurrence) {
        said.push_str(", ");
        said.push_str(&given);
        if let Some(before) = before_its_new_time(occurrence) {
            said.push_str(&format!(" ({} its new time)", notice::before(before)));
        }
    }
    let named = if occurrence.verdict.outcome == Outcome::Cancelled {
        actor::decliner(report, occurrence.actor.as_ref(), pair)
    } else {
        actor::named(report, occurrence.actor.as_ref(), pair)
    };
    match named {
        Some(by) => {
            said.push_str(", ");
            said.push_str(&by);
        }
        None if pair.manager.is_some() && actor_is_unknown(occurrence) => {
            said.push_str("; who changed it is not known");
        }
        None => {}
    }
    if occurrence.verdict.hops >= 2 {
        said.push_str(&times_changed(occurrence.verdict.hops));
        if let Some(first) = occurrence.first_notice {
            said.push_str(", at first ");
            said.push_str(&notice::ahead(i64::from(first)));
        }
    }
    said
}

/// Minutes between the change and the new time, where that came earlier than the promised one: so long it was known before
/// somebody had to be there. Notice is counted from the promised time.
fn before_its_new_time(occurrence: &Occurrence) -> Option<i64> {
    let held = occurrence.verdict.held?;
    let at = occurrence.changed_at?;
    let exact = at.earliest == at.latest;
    let one_change = occurrence.verdict.hops == 1 && !occurrence.verdict.made_good;
    (exact && one_change && held.start < occurrence.promised.start)
        .then(|| held.start.minutes_since(at.latest))
}

fn actor_is_unknown(occurrence: &Occurrence) -> bool {
    occurrence
        .actor
        .as_ref()
        .is_none_or(|actor| actor.who == Who::Unknown)
}

fn times_changed(hops: u32) -> String {
    if hops == 2 {
        "; changed twice".to_owned()
    } else {
        format!("; changed {hops} times")
    }
}

/// Whose word it is that it took place: of one that stood, the calendar cannot know.
fn held_by_word(occurrence: &Occurrence, pair: &Pair, seat: Seat) -> String {
    if occurrence.verdict.was_held().is_none() {
        return String::new();
    }
    let report = occurrence.report_says == Some(ReportSays::Held);
    let manager_said = occurrence.manager_says == Some(ManagerSays::Held);
    let who = match (report, manager_said, seat) {
        (false, false, _) => return String::new(),
        (true, true, _) => "both say".to_owned(),
        (true, _, Seat::Report) | (_, true, Seat::Manager) => "you say".to_owned(),
        (true, ..) => format!("{} says", subordinate(pair).map(name).unwrap_or_default()),
        (_, true, _) => format!("{} says", manager(pair).map(name).unwrap_or_default()),
    };
    format!("; {who} it took place")
}

/// What else is on the manager's calendar is not for the report to read.
fn overlap(pair: &Pair, seat: Seat) -> String {
    let whose = match (seat, manager(pair)) {
        (Seat::Report, _) | (_, None) => return String::new(),
        (Seat::Manager, _) => "your".to_owned(),
        (Seat::Onlooker, Some(manager)) => possessive(&name(manager)),
    };
    format!("; {whose} calendar had something else at the same time")
}

/// The two: "both of you" to one of them, whether or not it is known who reports to whom.
pub(crate) fn both(report: &Report, pair: &Pair) -> &'static str {
    let me = report.me.as_ref().map(|me| &me.address);
    if pair.people.iter().any(|one| Some(&one.address) == me) {
        "both of you"
    } else {
        "both"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Audit, Options};

    /// Promised for Tuesday 3 March 2026, 15:00 UTC, and changed that often: the change that counts was made in this second,
    /// with so many minutes of notice.
    fn changed(hops: u32, at: i64, minutes: i64) -> Occurrence {
        let text = format!(
            r#"{{"recurrence_id":null,"uid":null,"promised":{{"start":1772550000,"end":1772551800}},"verdict":{{"outcome":"Moved","cut":null,
            "notice":"Short","notice_minutes":{minutes},"notice_range":null,"hops":{hops},"deciding_change":0,"actor":"Manager",
            "excused":null,"q":1.0,"disruption":true,"loss":false,"made_good":false,"held":{{"start":1772701200,"end":1772703000}},
            "rule":"one_on_one.moved","because":"x"}},"actor":null,"changed_at":{{"earliest":{at},"latest":{at}}},"cause":null,
            "overlapped":false,"away":null,"unknown_because":null,"report_says":null,"manager_says":null,"changed_afterwards":false}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn notice_of_one_that_was_changed_several_times_is_said_of_where_it_stood_before_the_change_that_counts()
     {
        let mut report = Audit::new(Options::at(Instant::from_seconds(1_773_000_000))).finish();
        report.evidence.kind = EvidenceKind::History;
        let check = |occurrence: Occurrence, expected: &str| {
            let said = notice_given(&report, &occurrence).unwrap();
            assert_eq!(said, expected);
        };
        // Nearly two days and some seconds before: what has begun of a minute was not given.
        let at = 1_772_550_000 - 2_870 * 60 - 30;
        check(changed(1, at, 2_870), "with a day and a half’s notice");
        check(
            changed(2, at, 2_870),
            "with a day and a half’s notice before its promised time",
        );
        // It had been put to the next day by then.
        check(
            changed(3, at + 86_400, 2_870),
            "with a day and a half’s notice before Wed 4 March, 15:00, where it stood by then",
        );
        check(changed(2, at, -5), "after it should have begun");
    }

    #[test]
    fn an_export_knows_only_when_an_entry_was_last_touched() {
        let report = Audit::new(Options::at(Instant::from_seconds(1_773_000_000))).finish();
        assert_eq!(report.evidence.kind, EvidenceKind::Export);
        let check = |minutes: i64, expected: &str| {
            let occurrence = changed(1, 1_772_550_000 - minutes * 60, minutes);
            let said = notice_given(&report, &occurrence).unwrap();
            assert_eq!(said, expected);
        };
        check(20, "with 20 minutes’ notice or more");
        check(-5, "last touched after it should have begun");
    }
}
