//! What an audit found, complete and unformatted. Renderers decide words and order, nothing else.

mod compared;

pub use compared::{Comparison, Fairness, HeadToHead, Met, RateAgainst};

use super::once::OnceInAWhile;
use super::words::list;
use jiff::{civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use steadfast_calendar::{Instant, Slot};
use steadfast_ledger::case::Actor;
use steadfast_ledger::fate::Hop;
use steadfast_ledger::occurrence::Occurrence;
use steadfast_ledger::verdict::Outcome;

/// An e-mail address, lower case.
pub type Address = Arc<str>;

/// The result of one audit.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// The "now" of this audit.
    pub generated_at: Instant,
    /// Whose calendar this is, where known.
    pub me: Option<Me>,
    /// Everybody whose calendar was seen, by name; matters where nobody in particular reads.
    pub calendars_of: Vec<Person>,
    /// What counts as once in a while in the readings.
    #[serde(default)]
    pub once: OnceInAWhile,
    /// First and last day printed, both inclusive.
    pub from: Date,
    /// See `from`.
    pub to: Date,
    /// Display zone.
    #[serde(with = "jiff::fmt::serde::tz::required")]
    pub zone: TimeZone,
    /// Its IANA name, as shown.
    pub zone_name: String,
    /// What the audit rests on.
    pub evidence: Evidence,
    /// Until when anything is known, where the calendars are not of these days.
    #[serde(default)]
    pub known_until: Option<Instant>,
    /// Every relationship counted, running ones first (by signal, then by name), ended ones last.
    pub pairs: Vec<Pair>,
    /// Reporting lines without a 1:1. Said before anything else about pairs.
    pub without_one_on_one: Vec<WithoutOneOnOne>,
    /// Met, weighed, and not counted for want of evidence.
    pub doubtful: Vec<Doubtful>,
    /// Plainly something else: peers, interviews, vendors, groups, personal events; a short list for the reader.
    pub not_counted: Vec<NotCounted>,
    /// One per manager.
    pub comparisons: Vec<Comparison>,
    /// Directions that were inferred, each worth a question.
    pub guesses: Vec<Guess>,
    /// Calendars found in an archive and not read, each with why.
    pub set_aside: Vec<(String, String)>,
    /// The ready-to-paste command that declares what was inferred or is unknown.
    pub to_be_sure: Option<String>,
    /// What this source cannot tell, each a sentence.
    pub not_known: Vec<String>,
    /// Oddities of the input.
    pub warnings: Vec<ReportWarning>,
}

/// Whose calendar it is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Me {
    /// Main address.
    pub address: Address,
    /// Name to greet them with, where known.
    pub name: Option<String>,
    /// How that was found: "you said so", "the calendar's name", "in 93 % of the events". The first line says it in
    /// words of its own.
    pub because: String,
    /// Whether they are the manager or the report in the pairs shown.
    pub side: Side,
}

/// Through whose eyes the report is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Side {
    /// The manager: heads-up, fairness and causes are shown.
    Manager,
    /// The report: heads-up reads mixed; no causes, no fairness.
    Report,
    /// Neither is known, or an organisation's history with both.
    Both,
}

/// What the audit rests on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Evidence {
    /// The sort of source.
    pub kind: EvidenceKind,
    /// Number of snapshots (1 for an export).
    pub snapshots: usize,
    /// First snapshot.
    pub first: Option<Instant>,
    /// Last snapshot.
    pub last: Option<Instant>,
    /// Spans in which nothing was seen.
    pub gaps: Vec<(Instant, Instant)>,
    /// Whether it was read from a calendar server or a feed, and not from files.
    #[serde(default)]
    pub fetched: bool,
}

/// The sort of source.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum EvidenceKind {
    /// The last state only.
    Export,
    /// Several states.
    History,
    /// A server's ledger.
    Server,
}

/// One person of a pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Main address.
    pub address: Address,
    /// Name as shown: the organisation file's, else CN, else the address.
    pub name: String,
}

/// One 1:1 relationship.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pair {
    /// Stable id of the relationship.
    pub id: String,
    /// The two, manager first where known.
    pub people: [Person; 2],
    /// Which of `people` (0 or 1) is the manager; `None`: direction unknown.
    pub manager: Option<usize>,
    /// How the direction is known.
    pub direction: Direction,
    /// Day it ended, and why: "with the reporting line".
    pub ended: Option<(Date, String)>,
    /// What stands on the calendars after the last day of its reporting lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub still: Option<Still>,
    /// 0 to 1: that this is a 1:1 at all.
    pub confidence: f64,
    /// Reasons for it.
    pub why: Vec<String>,
    /// UIDs of its series, oldest first.
    pub uids: Vec<Arc<str>>,
    /// Days between two promises.
    pub cadence_days: i64,
    /// Promised minutes, as last in force.
    pub minutes: i64,
    /// The usual slot as last in force, e.g. "Tue 15:00" or "Tue and Thu 10:00", in the display zone.
    pub usual_slot: Option<String>,
    /// Cadences since the last held one ended; `None` when none was held yet.
    pub contact_gap: Option<f64>,
    /// Days on which the slot was re-timed "from here on".
    pub re_timed: Vec<Date>,
    /// Those of which a log tells at whose word, in the order in which they were made: the day of the first one at the other
    /// time.
    #[serde(default)]
    pub moved_for_good: Vec<(Date, Actor)>,
    /// Stated facts about the rule: "weekly became every two weeks on 3 March".
    pub facts: Vec<String>,
    /// Occurrences whose promised start lies within the window, by promised start.
    pub occurrences: Vec<Occurrence>,
    /// Where the next one stands on the calendar, a promised one or an extra one; within the window or after it.
    pub next: Option<Instant>,
    /// When its calendars were last looked at, where that was more than a day ago: the next one stood there then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_look: Option<Instant>,
    /// It is not known which country's public holidays count: the time zone is named as Windows does, for several.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub country_unknown: bool,
    /// Each change of those that changed more than once, by promised start; only where it was asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hops: Vec<(Instant, Vec<Hop>)>,
    /// How it reads; `None` with direction unknown.
    pub signal: Option<PairSignal>,
    /// A better slot, where the calendar shows one.
    pub repair: Option<Repair>,
    /// What could be done now, for the manager who reads alone; of a steady pair only what helps the next time.
    pub next_step: Option<NextStep>,
    /// Clocks that show another time than the display zone does: of the two at the usual slot, and of the zone in which the
    /// series is written at any slot that is shown.
    pub elsewhere: Vec<Elsewhere>,
}

/// What stands on the calendars though no reporting line holds any more on its day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Still {
    /// The last day on which the report reported to the manager.
    pub until: Date,
    /// When each begins that is to come, in order.
    pub starts: Vec<Instant>,
    /// Whether each was seen on the calendars of both.
    pub on_both: bool,
}

/// Another clock than that of the display zone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Elsewhere {
    /// Its zone.
    #[serde(with = "jiff::fmt::serde::tz::required")]
    pub zone: TimeZone,
    /// The usual slot there: "14:30", or with its days where they differ, "Wed 3:00"; `None` where it reads alike.
    pub usual_slot: Option<String>,
}

/// How one ended that no reporting line ended.
pub const ENDED_WITH_SERIES: &str = "with its last series";

/// What could be done now.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum NextStep {
    /// The last one was lost, and none was held since: a new place makes it good.
    MakeGood {
        /// When it was promised.
        lost: Instant,
        /// The next one, before which the new place would have to be.
        before: Option<Instant>,
    },
    /// Some were lost and not made good, and since then others were held: what helps the next time.
    WhenOneGoes,
    /// The manager has accepted something else at the time of the next one.
    Protect {
        /// When it is promised.
        next: Instant,
    },
}

/// How the direction of a pair is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Direction {
    /// By `--org`, `--reports`, `--manager`.
    Declared,
    /// From the shape of the calendar.
    Inferred,
    /// Not known.
    Unknown,
}

/// Both signals of a pair.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PairSignal {
    /// Over disruptions.
    pub disruption: Reading,
    /// Over losses.
    pub loss: Reading,
    /// Third or more of the disruptions have no known actor: no band is printed, the sentence says so.
    pub whose_unknown: bool,
    /// The sentence, from the side the report is read.
    pub sentence: String,
}

/// One signal as it stands at the end of the window.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Reading {
    /// Discounted disruptions.
    pub a: f64,
    /// Discounted non-disruptions.
    pub b: f64,
    /// P(theta > theta0).
    pub probability: f64,
    /// The band.
    pub band: Band,
    /// Eligible occurrences.
    pub n: usize,
    /// Disruptions in a row with q of .75 or more.
    pub streak: usize,
}

/// Bands of the signal.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Band {
    /// Fewer than six eligible.
    TooEarly,
    /// Reliably kept.
    Steady,
    /// Counts only.
    Mixed,
    /// For the manager only.
    HeadsUp,
    /// Reads as a habit.
    Pattern,
}

/// One repair to offer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Repair {
    /// "Tuesday 15:00 is where most of your conflicts fall."
    pub conflict_fact: Option<String>,
    /// A slot, e.g. "Wednesday 9:30", that was free for both in `free` of `of` weeks.
    pub better_slot: Option<BetterSlot>,
    /// One sentence they could say, without the quotation marks.
    pub say: Option<String>,
}

/// A slot that was free.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BetterSlot {
    /// "Wednesday 9:30".
    pub slot: String,
    /// The same on the clocks of the two that differ: "15:30 in Berlin".
    pub elsewhere: Vec<String>,
    /// Weeks in which it was free.
    pub free: usize,
    /// Weeks looked at.
    pub of: usize,
    /// Whether both calendars were seen, or only the reader's.
    pub both: bool,
}

impl BetterSlot {
    /// "Wednesday 9:30 (15:30 in Berlin)".
    pub fn words(&self) -> String {
        if self.elsewhere.is_empty() {
            self.slot.clone()
        } else {
            format!("{} ({})", self.slot, list(&self.elsewhere))
        }
    }
}

/// Why a line without a 1:1 is told since its first day, to the manager; others read it as theirs.
pub const JOINED: &str = "joined your team that day";

/// A reporting line without a 1:1.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WithoutOneOnOne {
    /// The manager.
    pub manager: Person,
    /// The report.
    pub report: Person,
    /// Since when.
    pub since: Option<Date>,
    /// Why that day: [`JOINED`], or "the last series ended".
    pub because: Option<String>,
    /// Until when anything was known, where the calendars are not of these days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_until: Option<Instant>,
    /// Where a first one could be in the coming days, where that is for the reader and the calendars are fresh.
    #[serde(default)]
    pub first: Option<FirstSlot>,
}

/// A time in the coming days that nothing on the calendars seen has taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstSlot {
    /// When.
    pub slot: Slot,
    /// Whether both calendars were seen, or only the manager's.
    pub both: bool,
    /// The same on the report's clock where that differs: "15:30 in Berlin".
    pub elsewhere: Option<String>,
}

/// Looks like a 1:1, not counted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Doubtful {
    /// The two; `None` where the calendar does not say who.
    pub people: [Option<Person>; 2],
    /// Its title, where that says 1:1 and the calendar does not say which two meet; else it is not for showing.
    pub title: Option<String>,
    /// Why it may be, and why it is not counted.
    pub why: Vec<String>,
    /// The option that would count it; where no option could, the source that would.
    pub would_count_with: String,
}

/// Plainly something else.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NotCounted {
    /// What, without its title unless it is a 1:1 title: "two interviews", "meetings with Göran".
    pub what: String,
    /// Why not: "a peer", "outside people".
    pub why: String,
}

/// A direction that was inferred.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Guess {
    /// "Is Petra your boss or your report? I took her for your boss."
    pub question: String,
    /// What to make of the command that declares it, where there is a command line.
    #[serde(default)]
    pub command: Option<String>,
}

impl Guess {
    /// All of it, for whoever has a command line.
    pub fn with_command(&self) -> String {
        let command = self.command.iter().map(String::as_str);
        let all = std::iter::once(self.question.as_str()).chain(command);
        all.collect::<Vec<_>>().join(" ")
    }
}

/// One oddity of the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportWarning {
    /// Stable code.
    pub code: String,
    /// In a sentence.
    pub message: String,
    /// "file.ics:120 UID …".
    pub place: String,
}

impl Pair {
    /// Whether the two met, or were to by `now`; a series that was taken back before its first one never began.
    pub fn has_begun(&self, now: Instant) -> bool {
        let was_due = |o: &Occurrence| o.promised.start <= now;
        self.contact_gap.is_some() || self.occurrences.iter().any(was_due)
    }

    /// Number of occurrences per outcome, in the order of [`Outcome`], zeroes left out.
    pub fn counts(&self) -> Vec<(Outcome, usize)> {
        Outcome::ALL
            .into_iter()
            .map(|outcome| {
                let of = |o: &&Occurrence| o.verdict.outcome == outcome;
                (outcome, self.occurrences.iter().filter(of).count())
            })
            .filter(|(_, count)| *count > 0)
            .collect()
    }
}
