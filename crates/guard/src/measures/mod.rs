//! What can be done, one file each, in the order in which it is preferred: the other meeting gives way before the 1:1
//! does, and a 1:1 that gave way gets another place before anything is only told.

mod answer_booker;
mod ask_first;
mod make_good;
mod move_other;
mod restore;
mod tell_report;

pub use answer_booker::{NOTE, NOTE_PERHAPS, NOTE_PERHAPS_WITH_TIMES, NOTE_WITH_TIMES};
pub use ask_first::ask;
pub use make_good::{due_to_book, is_bookable};

use crate::case::Case;
use crate::ids::{MeetingId, PersonId};
use crate::intent::{Intent, Measure, Undo, What};
use crate::own::Own;
use crate::policy::{How, Policy, Whose};
use crate::threats::{Kind, Threat};
use steadfast_calendar::Slot;

/// Another meeting is put elsewhere, or another time is named for it, within a working week of where it was.
pub const ELSEWHERE_DAYS: i64 = 7;

/// One threat that wants an answer.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The promise.
    pub case: Case<'a>,
    /// The threat.
    pub threat: &'a Threat,
    /// What was done before.
    pub own: &'a Own,
    /// The owner's policy.
    pub policy: &'a Policy,
    /// Whose choice that is.
    pub whose: Whose,
    /// Who wants it.
    pub how: How,
    /// Times that are offered to others of the owner's in the same look.
    pub beside: &'a [Slot],
}

/// One measure and what it takes.
#[derive(Clone, PartialEq, Debug)]
pub struct Remedy {
    /// Which.
    pub measure: Measure,
    /// All of it, or nothing.
    pub intents: Vec<Intent>,
}

/// One measure against one threat; None where it does not help.
type Find = fn(&Asked<'_>) -> Option<Remedy>;

/// In the order in which they are preferred. (Asking stands beside them: it is done whenever nothing else is, and always
/// where the change may be the owner's own.)
pub const ALL: &[Find] = &[
    move_other::find,
    answer_booker::find,
    answer_booker::perhaps,
    restore::find,
    make_good::find,
    tell_report::find,
];

/// What a draft of an intent is about.
struct Draft {
    measure: Measure,
    what: What,
    on: Option<(MeetingId, u32)>,
    booker: Option<PersonId>,
    free: Vec<(PersonId, Slot)>,
    why: String,
    undo: Undo,
}

impl Asked<'_> {
    /// Whether the threat is a conflict with another meeting.
    fn is_conflict(&self) -> bool {
        matches!(self.threat.kind, Kind::Overlap | Kind::RunsInto)
    }

    fn intent(&self, draft: Draft) -> Intent {
        let Draft {
            measure,
            what,
            on,
            booker,
            free,
            why,
            undo,
        } = draft;
        let mut intent = Intent {
            key: String::new(),
            owner: self.threat.on,
            policy: self.whose,
            how: self.how,
            one_on_one: self.threat.one_on_one,
            promise: self.threat.promise,
            measure,
            against: self.threat.kind,
            seen: self.threat.evidence,
            on,
            booker,
            free,
            what,
            why,
            undo,
        };
        intent.key = key(&intent);
        intent
    }
}

/// The same for the same decision: whoever decides it, and however often.
fn key(intent: &Intent) -> String {
    let promise = intent
        .promise
        .map_or_else(|| intent.one_on_one.to_string(), |id| id.to_string());
    let on = intent
        .on
        .map_or_else(String::new, |(id, version)| format!("{id}@{version}"));
    let at = intent
        .puts_at()
        .map_or_else(String::new, |slot| slot.start.seconds().to_string());
    let to = match &intent.what {
        What::Message(message) => format!("{}:{:?}", message.to, message.event),
        _ => String::new(),
    };
    let kind = match intent.what {
        What::Move { .. } => "move",
        What::Book { .. } => "book",
        What::Begin { .. } => "begin",
        What::Onward { .. } => "onward",
        What::Busy { .. } => "busy",
        What::Hold { .. } => "hold",
        What::Answer { .. } => "answer",
        What::Restore { .. } => "restore",
        What::Cancel { .. } => "cancel",
        What::Message(_) => "message",
    };
    format!(
        "{promise}/{}/{kind}/{on}/{at}/{}/{to}",
        intent.measure.as_str(),
        intent.seen.changes
    )
}
