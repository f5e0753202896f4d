//! What was chosen, as it is kept. The forms never change once written: a field is added with a default, none is taken
//! away, and what is altogether different is a new kind.

use crate::server::facts::{self, what_was_said};
use serde::{Deserialize, Serialize};
use steadfast_calendar::Instant;
use steadfast_guard::policy::{Bounds, Level, Limits, Winner};
use steadfast_ledger::occurrence::Class;
use steadfast_store::{Fact, NewFact};

/// How far the guard goes: a [`LevelSaid`].
const LEVEL: &str = "guard.level.v1";
/// Within which bounds: a [`WithinSaid`].
const BOUNDS: &str = "guard.bounds.v1";
/// Beyond which nobody goes: a [`LimitsSaid`].
const LIMITS: &str = "guard.limits.v1";
/// The switch was turned: a [`SwitchSaid`].
const SWITCH: &str = "guard.switch.v1";

/// What sort of meeting one of theirs is: a [`ClassSaid`].
const CLASS: &str = "guard.class.v1";

/// What goes out to somebody was read: a [`PreviewedSaid`].
const PREVIEWED: &str = "guard.previewed.v1";

/// What somebody can say that a meeting of theirs is, the commonest first.
pub const CLASSES: [Class; 7] = [
    Class::Status,
    Class::Team,
    Class::Daily,
    Class::Leadership,
    Class::Customer,
    Class::Personal,
    Class::Other,
];

/// What has that word, of these.
pub fn class_named(word: &str) -> Option<Class> {
    CLASSES.into_iter().find(|class| class.as_str() == word)
}

/// Everything that may be allowed to take the time of a 1:1, in the order in which it is asked for.
pub const WINNERS: [Winner; 13] = [
    Winner::CustomerEmergency,
    Winner::Incident,
    Winner::Boss,
    Winner::Class(Class::Customer),
    Winner::Class(Class::Leadership),
    Winner::Class(Class::Daily),
    Winner::Class(Class::Status),
    Winner::Class(Class::Team),
    Winner::Class(Class::OneOnOne),
    Winner::Class(Class::Personal),
    Winner::Class(Class::Leave),
    Winner::Class(Class::Holiday),
    Winner::Class(Class::Other),
];

/// The word that is kept for it; those of classes are the ledger's.
pub const fn winner_word(winner: Winner) -> &'static str {
    match winner {
        Winner::CustomerEmergency => "customer_emergency",
        Winner::Incident => "incident",
        Winner::Boss => "boss",
        Winner::Class(class) => class.as_str(),
    }
}

/// What has that word.
pub fn winner_named(word: &str) -> Option<Winner> {
    WINNERS
        .into_iter()
        .find(|winner| winner_word(*winner) == word)
}

#[derive(Serialize, Deserialize)]
struct LevelSaid {
    /// For which 1:1; none: for all.
    pair: Option<String>,
    /// `None`: no choice any more.
    level: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct WithinSaid {
    pair: Option<String>,
    bounds: Option<BoundsSaid>,
}

/// A field that is not there has its usual value, which is the careful one.
#[derive(Serialize, Deserialize)]
#[serde(default)]
struct BoundsSaid {
    may_win: Vec<String>,
    internal_bookers_only: bool,
    freeze_minutes: i64,
    actions_a_day: u32,
    dry_run: bool,
    least_confidence: f64,
    up_the_line: bool,
    outside: bool,
    preview_first: bool,
    book_unanswered_after: Option<i64>,
}

#[derive(Serialize, Deserialize)]
#[serde(default)]
struct LimitsSaid {
    level: String,
    freeze_minutes: i64,
    actions_a_day: u32,
    up_the_line: bool,
    outside: bool,
    least_confidence: f64,
}

#[derive(Serialize, Deserialize)]
struct SwitchSaid {
    stopped: bool,
}

#[derive(Serialize, Deserialize)]
struct ClassSaid {
    /// UID of the meeting: all of a series are of one sort.
    uid: String,
    /// `None`: taken back.
    class: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct PreviewedSaid {
    /// Main address of whoever would be written to.
    to: String,
}

impl Default for BoundsSaid {
    fn default() -> Self {
        Self::of(&Bounds::default())
    }
}

impl Default for LimitsSaid {
    fn default() -> Self {
        Self::of(&Limits::default())
    }
}

impl BoundsSaid {
    fn of(bounds: &Bounds) -> Self {
        Self {
            may_win: bounds
                .may_win
                .iter()
                .map(|winner| winner_word(*winner).to_owned())
                .collect(),
            internal_bookers_only: bounds.internal_bookers_only,
            freeze_minutes: bounds.freeze_minutes,
            actions_a_day: bounds.actions_a_day,
            dry_run: bounds.dry_run,
            least_confidence: bounds.least_confidence,
            up_the_line: bounds.up_the_line,
            outside: bounds.outside,
            preview_first: bounds.preview_first,
            book_unanswered_after: bounds.book_unanswered_after,
        }
    }

    /// As meant, and whether all of it is known here.
    fn meant(self) -> (Bounds, bool) {
        let said = self.may_win.len();
        let may_win: Vec<Winner> = self
            .may_win
            .iter()
            .filter_map(|word| winner_named(word))
            .collect();
        let is_whole = may_win.len() == said;
        let bounds = Bounds {
            may_win,
            internal_bookers_only: self.internal_bookers_only,
            freeze_minutes: self.freeze_minutes,
            actions_a_day: self.actions_a_day,
            dry_run: self.dry_run,
            least_confidence: self.least_confidence,
            up_the_line: self.up_the_line,
            outside: self.outside,
            preview_first: self.preview_first,
            book_unanswered_after: self.book_unanswered_after,
        };
        (bounds, is_whole)
    }
}

impl LimitsSaid {
    fn of(limits: &Limits) -> Self {
        Self {
            level: limits.level.as_str().to_owned(),
            freeze_minutes: limits.freeze_minutes,
            actions_a_day: limits.actions_a_day,
            up_the_line: limits.up_the_line,
            outside: limits.outside,
            least_confidence: limits.least_confidence,
        }
    }

    fn meant(self) -> Option<Limits> {
        Some(Limits {
            level: Level::named(&self.level)?,
            freeze_minutes: self.freeze_minutes,
            actions_a_day: self.actions_a_day,
            up_the_line: self.up_the_line,
            outside: self.outside,
            least_confidence: self.least_confidence,
        })
    }
}

/// What one fact says.
#[derive(Clone, PartialEq, Debug)]
pub(in crate::server) enum Said {
    /// How far it goes, for a 1:1 or for all; `None` takes the choice back.
    Level {
        pair: Option<String>,
        level: Option<Level>,
    },
    /// Within which bounds, for a 1:1 or for all; `None` takes the choice back.
    Bounds {
        pair: Option<String>,
        bounds: Option<Bounds>,
        /// Whether everything in it is known here.
        is_whole: bool,
    },
    /// Beyond which nobody goes.
    Limits(Limits),
    /// The switch was turned.
    Switched { stopped: bool },
    /// What sort of meeting that one is; `None` takes it back.
    Class { uid: String, class: Option<Class> },
    /// They were shown, word for word, what the guard would write to that person by itself, and let it.
    Previewed { to: String },
    /// Something that only another program knows how to read.
    Unreadable,
}

/// What a fact of one of the two streams says. It never fails: what is not known is [`Said::Unreadable`].
pub(in crate::server) fn read(fact: &Fact) -> Said {
    known(fact).unwrap_or(Said::Unreadable)
}

fn known(fact: &Fact) -> Option<Said> {
    match fact.kind.as_str() {
        LEVEL => {
            let said: LevelSaid = what_was_said(fact, LEVEL).ok()?;
            let level = match said.level {
                Some(word) => Some(Level::named(&word)?),
                None => None,
            };
            let pair = said.pair;
            Some(Said::Level { pair, level })
        }
        BOUNDS => {
            let said: WithinSaid = what_was_said(fact, BOUNDS).ok()?;
            let meant = said.bounds.map(BoundsSaid::meant);
            Some(Said::Bounds {
                pair: said.pair,
                is_whole: meant.as_ref().is_none_or(|(_, is_whole)| *is_whole),
                bounds: meant.map(|(bounds, _)| bounds),
            })
        }
        LIMITS => {
            let said: LimitsSaid = what_was_said(fact, LIMITS).ok()?;
            said.meant().map(Said::Limits)
        }
        SWITCH => {
            let said: SwitchSaid = what_was_said(fact, SWITCH).ok()?;
            let stopped = said.stopped;
            Some(Said::Switched { stopped })
        }
        CLASS => {
            let said: ClassSaid = what_was_said(fact, CLASS).ok()?;
            let class = match said.class {
                Some(word) => Some(class_named(&word)?),
                None => None,
            };
            let uid = said.uid;
            Some(Said::Class { uid, class })
        }
        PREVIEWED => {
            let said: PreviewedSaid = what_was_said(fact, PREVIEWED).ok()?;
            Some(Said::Previewed { to: said.to })
        }
        _ => None,
    }
}

pub(super) fn previewed(to: &str, person: &str, now: Instant) -> NewFact {
    let said = PreviewedSaid { to: to.to_owned() };
    facts::said(PREVIEWED, &said, person, now)
}

pub(super) fn class(uid: &str, class: Option<Class>, person: &str, now: Instant) -> NewFact {
    let said = ClassSaid {
        uid: uid.to_owned(),
        class: class.map(|class| class.as_str().to_owned()),
    };
    facts::said(CLASS, &said, person, now)
}

pub(super) fn level(
    pair: Option<&str>,
    level: Option<Level>,
    person: &str,
    now: Instant,
) -> NewFact {
    let said = LevelSaid {
        pair: pair.map(str::to_owned),
        level: level.map(|level| level.as_str().to_owned()),
    };
    facts::said(LEVEL, &said, person, now)
}

pub(super) fn bounds(
    pair: Option<&str>,
    bounds: Option<&Bounds>,
    person: &str,
    now: Instant,
) -> NewFact {
    let said = WithinSaid {
        pair: pair.map(str::to_owned),
        bounds: bounds.map(BoundsSaid::of),
    };
    facts::said(BOUNDS, &said, person, now)
}

pub(super) fn limits(limits: &Limits, person: &str, now: Instant) -> NewFact {
    facts::said(LIMITS, &LimitsSaid::of(limits), person, now)
}

pub(super) fn switch(stopped: bool, person: &str, now: Instant) -> NewFact {
    facts::said(SWITCH, &SwitchSaid { stopped }, person, now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_are_this_text_for_ever() {
        let now = Instant::from_seconds(0);
        let maya = "maya@example.com";
        for (fact, text) in [
            (
                level(Some("p1"), Some(Level::Defend), maya, now),
                r#"{"pair":"p1","level":"defend"}"#,
            ),
            (
                level(None, None, maya, now),
                r#"{"pair":null,"level":null}"#,
            ),
            (
                bounds(None, Some(&Bounds::default()), maya, now),
                r#"{"pair":null,"bounds":{"may_win":["customer_emergency","incident","boss"],"internal_bookers_only":true,"freeze_minutes":120,"actions_a_day":6,"dry_run":false,"least_confidence":0.9,"up_the_line":false,"outside":false,"preview_first":true,"book_unanswered_after":1440}}"#,
            ),
            (
                limits(&Limits::default(), maya, now),
                r#"{"level":"defend","freeze_minutes":0,"actions_a_day":20,"up_the_line":true,"outside":true,"least_confidence":0.5}"#,
            ),
            (switch(true, maya, now), r#"{"stopped":true}"#),
            (
                class("u", Some(Class::Status), maya, now),
                r#"{"uid":"u","class":"status"}"#,
            ),
            (
                previewed("ben@example.com", maya, now),
                r#"{"to":"ben@example.com"}"#,
            ),
        ] {
            assert_eq!(String::from_utf8(fact.payload).unwrap(), text);
        }
    }

    #[test]
    fn every_winner_has_a_word_of_its_own() {
        for winner in WINNERS {
            assert_eq!(winner_named(winner_word(winner)), Some(winner));
        }
    }
}
