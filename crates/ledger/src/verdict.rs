//! What the rules say about one promised 1:1.

use crate::case::Who;
use crate::rules;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use std::borrow::Cow;
use steadfast_calendar::Slot;

/// What became of one promised 1:1, and all that follows for how it counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// The outcome; of a made-good one, the replacement's.
    pub outcome: Outcome,
    /// How much of it was cut.
    pub cut: Option<Cut>,
    /// Class of the notice that the deciding change gave.
    pub notice: Option<Notice>,
    /// The notice in minutes (the gentler end of a range); negative when changed after the start.
    pub notice_minutes: Option<i64>,
    /// `[least, most]` minutes, where the moment of the change is only known as a range.
    pub notice_range: Option<Box<(i64, i64)>>,
    /// Number of changes.
    pub hops: u32,
    /// Index into the case's changes of the one that decides actor and notice.
    pub deciding_change: Option<u32>,
    /// Who made it.
    pub actor: Option<Who>,
    /// Why it does not count, where it does not.
    pub excused: Option<Excuse>,
    /// Probability that the manager's side did it.
    pub q: f64,
    /// 1 where it counts as a disruption.
    pub disruption: bool,
    /// 1 where it counts as a loss.
    pub loss: bool,
    /// Lost, and replaced.
    pub made_good: bool,
    /// Where it stood in the end, replacement included, whether it took place or not; of one to come, where it stands by
    /// now.
    pub held: Option<Slot>,
    /// The rule that decided the outcome, e.g. `one_on_one.moved`.
    #[serde(deserialize_with = "known_rule")]
    pub rule: RuleId,
    /// The reason in a few plain words: "moved by a day, one day before".
    pub because: Cow<'static, str>,
}

/// The outcomes, in the words of the product.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Outcome {
    /// It stood on the calendar as promised.
    Kept,
    /// Same day, within two hours.
    Nudged,
    /// Another time soon: the same week, or at most two working days away.
    Moved,
    /// Later than that, before the next one.
    Slipped,
    /// Folded into the next or the previous one.
    Skipped,
    /// Taken off the calendar.
    Cancelled,
    /// Expected by the cadence, never on the calendar.
    Missing,
    /// It stood, and one of the two says it did not take place.
    NoShow,
    /// One says it took place, the other that it did not.
    Disputed,
    /// The evidence cannot say.
    Unknown,
    /// Still to come.
    Open,
}

/// How much of the promised length was held.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
pub enum Cut {
    /// Half to four fifths.
    Shortened,
    /// Less than half.
    Halved,
    /// Under ten of at least twenty-five minutes.
    Token,
}

/// How early a change was known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Notice {
    /// Seven days or more.
    Early,
    /// Two to seven days.
    Fair,
    /// Two hours to two days.
    Short,
    /// Under two hours.
    LastMinute,
}

/// Why an occurrence leaves numerator and denominator.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
pub enum Excuse {
    /// The report asked, could not come, or changed it.
    Report,
    /// Both say they agreed.
    Mutual,
    /// The manager was on leave.
    LeaveManager,
    /// The report was on leave.
    LeaveReport,
    /// A public holiday.
    Holiday,
    /// A plan both accepted.
    Plan,
    /// One of the two was on leave; who reports to whom is not known.
    Leave,
}

impl Verdict {
    /// Where it was finally held: nowhere as long as it is still to come, and where somebody says that it did not take
    /// place.
    pub fn was_held(&self) -> Option<Slot> {
        let none = matches!(
            self.outcome,
            Outcome::Open | Outcome::NoShow | Outcome::Disputed
        );
        self.held.filter(|_| !none)
    }
}

impl Outcome {
    /// All of them, in the order of [`Outcome`].
    pub const ALL: [Self; 11] = [
        Self::Kept,
        Self::Nudged,
        Self::Moved,
        Self::Slipped,
        Self::Skipped,
        Self::Cancelled,
        Self::Missing,
        Self::NoShow,
        Self::Disputed,
        Self::Unknown,
        Self::Open,
    ];

    /// The word of the product, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Nudged => "nudged",
            Self::Moved => "moved",
            Self::Slipped => "slipped",
            Self::Skipped => "skipped",
            Self::Cancelled => "cancelled",
            Self::Missing => "missing",
            Self::NoShow => "no_show",
            Self::Disputed => "disputed",
            Self::Unknown => "unknown",
            Self::Open => "open",
        }
    }
}

impl Cut {
    /// The word of the product, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Shortened => "shortened",
            Self::Halved => "halved",
            Self::Token => "token",
        }
    }
}

impl Notice {
    /// The word of the product, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Early => "early",
            Self::Fair => "fair",
            Self::Short => "short",
            Self::LastMinute => "last_minute",
        }
    }
}

impl Excuse {
    /// The word of the product, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Mutual => "mutual",
            Self::LeaveManager => "leave_manager",
            Self::LeaveReport => "leave_report",
            Self::Holiday => "holiday",
            Self::Plan => "plan",
            Self::Leave => "leave",
        }
    }
}

/// A rule's name. (Under a name of its own, since of a plain reference `serde` would think that it is borrowed.)
pub type RuleId = &'static str;

/// The rule of that name. One that is not known any more belongs to a verdict that has to be judged again.
fn known_rule<'de, D: Deserializer<'de>>(from: D) -> Result<&'static str, D::Error> {
    let id = <Cow<'de, str>>::deserialize(from)?;
    rules::find(&id)
        .map(|rule| rule.id)
        .ok_or_else(|| D::Error::custom("no such rule"))
}

/// One line that tells everything that counts, for comparing verdicts before and after a rule was changed:
/// `moved made_good cut:shortened excused:report notice:fair/4320[2880..4320] hops:2 by:report q:0 disruption`.
/// What is not so is left out; `q` is left out where it is 1; a loss is always a disruption, so only `loss` is said.
impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.outcome.as_str())?;
        if self.made_good {
            f.write_str(" made_good")?;
        }
        if let Some(cut) = self.cut {
            write!(f, " cut:{}", cut.as_str())?;
        }
        if let Some(excuse) = self.excused {
            write!(f, " excused:{}", excuse.as_str())?;
        }
        if let (Some(notice), Some(minutes)) = (self.notice, self.notice_minutes) {
            write!(f, " notice:{}/{minutes}", notice.as_str())?;
        }
        if let Some((least, most)) = self.notice_range.as_deref() {
            write!(f, "[{least}..{most}]")?;
        }
        if self.hops > 0 {
            write!(f, " hops:{}", self.hops)?;
        }
        if let Some(who) = self.actor {
            write!(f, " by:{}", who.as_str())?;
        }
        if (self.q - 1.0).abs() > f64::EPSILON {
            write!(f, " q:{}", self.q)?;
        }
        if self.loss {
            f.write_str(" loss")?;
        } else if self.disruption {
            f.write_str(" disruption")?;
        }
        Ok(())
    }
}
