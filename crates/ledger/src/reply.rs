//! What one word of one of the two would change in how a 1:1 counts: to be said before the word is given, and so that
//! nobody is offered a word that changes nothing.
//!
//! The rules decide ([`crate::rules::judge`]); this foretells them from what is kept of a judged one. Held against them in
//! `tests/reply_laws.rs`.

use crate::{
    case::{ManagerSays, ReportSays, Who},
    occurrence::Occurrence,
    rules::{held_by_both, no_show},
    verdict::{Cut, Outcome},
};

/// How a 1:1 counts with a word, beside how it counts without one of the same person.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Effect {
    /// It counts as it does without.
    Nothing,
    /// It counts neither way.
    NeitherWay,
    /// The same, once the other one says so too; until then nothing changes.
    NeitherWayOnceBoth,
    /// It counts as lost, unless an extra meeting of the two made it good.
    Lost,
    /// It counts as kept.
    Kept,
    /// The same, once the other one says so too; until then nothing changes.
    KeptOnceBoth,
    /// The two say different things: it is in no count.
    Disputed,
    /// Not foretold: what was kept of it does not show how it counts without the word given so far.
    NotForetold,
}

/// What the report's `word` would make of `one`.
pub fn of_report(one: &Occurrence, word: ReportSays) -> Effect {
    let Some(basis) = Basis::of(one) else {
        return match word {
            ReportSays::Asked => ahead(one, Effect::NeitherWay),
            ReportSays::Agreed => ahead(
                one,
                once_both(one.manager_says == Some(ManagerSays::Agreed)),
            ),
            _ => Effect::Nothing,
        };
    };
    let contradicted = one.manager_says == Some(ManagerSays::Held);
    match word {
        ReportSays::NoManager | ReportSays::NotHeld | ReportSays::NoMe => match basis.stood {
            None => Effect::NotForetold,
            Some(true) if contradicted => Effect::Disputed,
            Some(true) if word == ReportSays::NoMe || one.away.is_some() => Effect::NeitherWay,
            Some(true) => Effect::Lost,
            Some(false) if word == ReportSays::NoMe => basis.excused_by(Effect::NeitherWay),
            Some(false) => Effect::Nothing,
        },
        ReportSays::Asked => basis.excused_by(Effect::NeitherWay),
        ReportSays::Agreed => {
            basis.excused_by(once_both(one.manager_says == Some(ManagerSays::Agreed)))
        }
        ReportSays::Held => basis.kept_by(contradicted),
    }
}

/// What the manager's `word` would make of `one`.
pub fn of_manager(one: &Occurrence, word: ManagerSays) -> Effect {
    let Some(basis) = Basis::of(one) else {
        return match word {
            ManagerSays::Agreed => {
                ahead(one, once_both(one.report_says == Some(ReportSays::Agreed)))
            }
            ManagerSays::Held => Effect::Nothing,
        };
    };
    match word {
        ManagerSays::Held if no_show::tap(one.report_says).is_some() => match basis.stood {
            None => Effect::NotForetold,
            Some(true) => Effect::Disputed,
            Some(false) => Effect::Nothing,
        },
        ManagerSays::Held => basis.kept_by(one.report_says == Some(ReportSays::Held)),
        ManagerSays::Agreed if no_show::tap(one.report_says).is_some() => Effect::Nothing,
        ManagerSays::Agreed => {
            basis.excused_by(once_both(one.report_says == Some(ReportSays::Agreed)))
        }
    }
}

/// Of one that is still to come and was changed already it can be said how that came about: it counts so once it is over, if
/// it stays changed. Of anything else that is to come nothing can be said yet.
fn ahead(one: &Occurrence, effect: Effect) -> Effect {
    let is_changed = one.verdict.hops > 0 && one.verdict.held != Some(one.promised);
    let is_excused =
        one.away.is_some() || matches!(one.verdict.actor, Some(Who::Report | Who::Plan));
    if one.verdict.outcome == Outcome::Open
        && one.unknown_because.is_none()
        && is_changed
        && !is_excused
    {
        return effect;
    }
    Effect::Nothing
}

const fn once_both(other_says_so: bool) -> Effect {
    if other_says_so {
        Effect::NeitherWay
    } else {
        Effect::NeitherWayOnceBoth
    }
}

/// What the calendars alone say, as far as it was kept.
struct Basis {
    /// Something stood that can be said not to have taken place. `None`: not kept.
    stood: Option<bool>,
    /// It counts as lost. `None`: not kept.
    lost: Option<bool>,
    /// It stood as promised, whole: there is nothing to excuse. `None`: not kept.
    whole: Option<bool>,
    /// Something else than a word excuses it. `None`: not kept.
    excused: Option<bool>,
}

impl Basis {
    /// `None` where it is not judged: no word changes that.
    fn of(one: &Occurrence) -> Option<Self> {
        let verdict = &one.verdict;
        Some(match verdict.outcome {
            Outcome::Open | Outcome::Unknown => return None,
            // Said not to have taken place, and another meeting made it good: it is that one that is told of.
            _ if verdict.made_good && no_show::tap(one.report_says).is_some() => Self {
                stood: None,
                lost: None,
                whole: None,
                excused: None,
            },
            // Off the calendar, or a token: either was lost.
            Outcome::Kept if verdict.rule == held_by_both::RULE.id => Self {
                stood: None,
                lost: Some(true),
                whole: Some(false),
                excused: Self::without_a_word(one, None),
            },
            // Of a disputed one no cut is told.
            Outcome::NoShow | Outcome::Disputed => Self {
                stood: Some(true),
                lost: (verdict.outcome == Outcome::NoShow)
                    .then_some(verdict.cut == Some(Cut::Token)),
                whole: verdict.cut.is_some().then_some(false),
                excused: Self::without_a_word(one, None),
            },
            Outcome::Kept | Outcome::Nudged | Outcome::Moved | Outcome::Slipped => Self {
                stood: Some(true),
                lost: Some(verdict.cut == Some(Cut::Token)),
                whole: Some(verdict.outcome == Outcome::Kept && verdict.cut.is_none()),
                excused: Self::without_a_word(one, Some(verdict.actor)),
            },
            Outcome::Cancelled | Outcome::Skipped | Outcome::Missing => Self {
                stood: Some(false),
                lost: Some(true),
                whole: Some(false),
                excused: Self::without_a_word(one, Some(verdict.actor)),
            },
        })
    }

    /// Whether leave, a holiday, or the one who changed it excuses it; `changed_by` where that was kept.
    fn without_a_word(one: &Occurrence, changed_by: Option<Option<Who>>) -> Option<bool> {
        match changed_by {
            _ if one.away.is_some() || one.verdict.hops == 0 => Some(one.away.is_some()),
            Some(who) => Some(matches!(who, Some(Who::Report | Who::Plan))),
            None => None,
        }
    }

    /// `effect`, where there is something to excuse and nothing else excuses it.
    fn excused_by(&self, effect: Effect) -> Effect {
        match (self.whole, self.excused) {
            (Some(true), _) | (_, Some(true)) => Effect::Nothing,
            (Some(false), Some(false)) => effect,
            _ => Effect::NotForetold,
        }
    }

    fn kept_by(&self, both: bool) -> Effect {
        match (self.lost, both) {
            (None, _) => Effect::NotForetold,
            (Some(false), _) => Effect::Nothing,
            (Some(true), true) => Effect::Kept,
            (Some(true), false) => Effect::KeptOnceBoth,
        }
    }
}
