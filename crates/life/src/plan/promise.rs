//! The 1:1s a pair was promised, and what is done to each.

use crate::{
    meeting::MeetingId,
    person::PersonId,
    place::Zone,
    truth::{Behaviour, Cause, Hand, Shown, judge::Made},
};
use jiff::civil::Date;
use steadfast_calendar::{Instant, Slot};

/// How often a pair meets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Cadence {
    Weekly,
    Biweekly,
    FourWeekly,
    TuesdayAndThursday,
}

impl Cadence {
    /// Weeks between two rounds of the rule.
    pub(crate) const fn weeks(self) -> i64 {
        match self {
            Self::Weekly | Self::TuesdayAndThursday => 1,
            Self::Biweekly => 2,
            Self::FourWeekly => 4,
        }
    }

    /// Mean days between two promises, rounded.
    pub(crate) const fn days(self) -> i64 {
        match self {
            Self::TuesdayAndThursday => 4,
            _ => 7 * self.weeks(),
        }
    }
}

/// How a manager treats a pair's 1:1s.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Temper {
    /// Hardly anything happens.
    Steady,
    /// Once in a while.
    Ordinary,
    /// Every other one.
    Habitual,
    /// Steady at first, habitual in the second half.
    Turning,
}

impl Temper {
    /// Probability that something is done to a promise this far (0 to 1) through the life.
    pub(crate) fn rate(self, through: f64) -> f64 {
        match self {
            Self::Steady => 0.05,
            Self::Ordinary => 0.18,
            Self::Habitual => 0.5,
            Self::Turning if through < 0.5 => 0.08,
            Self::Turning => 0.55,
        }
    }
}

#[derive(Debug)]
pub(crate) struct Pair {
    pub(crate) manager: PersonId,
    pub(crate) report: PersonId,
    pub(crate) organiser: PersonId,
    /// The manager's assistant.
    pub(crate) assistant: Option<PersonId>,
    /// Rooms, note takers and the like that are invited too.
    pub(crate) extras: Vec<PersonId>,
    pub(crate) title: String,
    pub(crate) cadence: Cadence,
    pub(crate) minutes: i64,
    pub(crate) zone: Zone,
    pub(crate) temper: Temper,
    pub(crate) meetings: Vec<MeetingId>,
    pub(crate) promises: Vec<Promise>,
    pub(crate) ended: Option<Date>,
    /// Spans in which single promises are left alone because the series itself changes.
    pub(crate) quiet: Vec<(Instant, Instant)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Promise {
    pub(crate) meeting: MeetingId,
    /// The instance's id in that meeting.
    pub(crate) id: Instant,
    pub(crate) promised: Slot,
    pub(crate) held: Option<Slot>,
    pub(crate) changes: Vec<(Made, Shown)>,
    pub(crate) replacement: Option<Slot>,
    pub(crate) wished: Option<Hand>,
    pub(crate) cause: Option<Cause>,
    pub(crate) behaviour: Behaviour,
    /// Expected by the cadence, on no calendar.
    pub(crate) missing: bool,
    /// From when on it can be acted upon.
    pub(crate) known_from: Instant,
}

impl Promise {
    pub(crate) fn new(meeting: MeetingId, slot: Slot, known_from: Instant) -> Self {
        Self {
            meeting,
            id: slot.start,
            promised: slot,
            held: Some(slot),
            changes: Vec::new(),
            replacement: None,
            wished: None,
            cause: None,
            behaviour: Behaviour::Keep,
            missing: false,
            known_from,
        }
    }
}

impl Pair {
    /// Stands in while a pair is worked on.
    pub(crate) fn placeholder() -> Self {
        Self {
            manager: PersonId(0),
            report: PersonId(0),
            organiser: PersonId(0),
            assistant: None,
            extras: Vec::new(),
            title: String::new(),
            cadence: Cadence::Weekly,
            minutes: 0,
            zone: Zone::of(&crate::place::PLACES[0]),
            temper: Temper::Steady,
            meetings: Vec::new(),
            promises: Vec::new(),
            ended: None,
            quiet: Vec::new(),
        }
    }

    /// Whether single promises around this moment are left alone.
    pub(crate) fn is_quiet(&self, at: Instant) -> bool {
        self.quiet
            .iter()
            .any(|(from, to)| (*from..*to).contains(&at))
    }
}
