//! What is kept of somebody beside their calendars and their words on single 1:1s.

use super::Here;
use super::mailed::Mailed;
use crate::audit::pair_id;
use crate::server::accounts::signed_in;
use crate::server::facts::{self, CADENCE, CadenceSaid};
use crate::server::guard::{
    self,
    policies::{Said, bounds_in_words, chosen_by, read},
};
use crate::server::ledger::whole_stream;
use crate::server::log::noted::{Happened, happened};
use crate::server::retention::{SettledBetween, past_settled};
use crate::server::{ServerError, Viewer, programs, proof};
use serde::Serialize;
use std::collections::BTreeSet;
use steadfast_calendar::Instant;
use steadfast_ledger::occurrence::Occurrence;
use steadfast_ledger::verdict::{Cut, Excuse, Notice};
use steadfast_store::{Accounts, ApiTokens, Facts, Micros};

/// Part of `kept.json`.
#[derive(Serialize)]
pub(super) struct Also {
    pub(super) answers: Vec<Answered>,
    pub(super) rhythms: Vec<Rhythm>,
    pub(super) guard: Vec<GuardChosen>,
    pub(super) between: Vec<Between>,
    pub(super) guarded: Vec<Guarded>,
    pub(super) programs: Vec<Program>,
    pub(super) happened: Vec<Noted>,
    #[serde(flatten)]
    pub(super) mailed: Mailed,
    pub(super) folded: Vec<FoldedKept>,
}

/// What became of their 1:1s with one other, promised before the observations that are kept.
#[derive(Serialize)]
pub(super) struct FoldedKept {
    pub(super) with: String,
    pub(super) occurrences: Vec<OccurrenceKept>,
}

/// One of these.
#[derive(Serialize)]
pub(super) struct OccurrenceKept {
    promised: String,
    minutes: i64,
    held: Option<String>,
    outcome: &'static str,
    made_good: bool,
    cut: Option<&'static str>,
    excused: Option<&'static str>,
    notice: Option<&'static str>,
    changed_by: Option<&'static str>,
    because: String,
}

/// An answer to a question of the proof.
#[derive(Serialize)]
pub(super) struct Answered {
    pub(super) question: &'static str,
    pub(super) choice: &'static str,
    pub(super) words: String,
}

/// What one of two said about how often they want to meet; both are shown it.
#[derive(Serialize)]
pub(super) struct Rhythm {
    pub(super) on: String,
    pub(super) with: String,
    pub(super) by: String,
    pub(super) word: String,
    pub(super) days: Option<i64>,
}

/// What they chose about how far the guard goes; nobody else is shown it.
#[derive(Serialize)]
pub(super) struct GuardChosen {
    pub(super) on: String,
    /// The 1:1 it is for; none: all of theirs.
    pub(super) one_on_one: Option<String>,
    pub(super) with: Option<String>,
    /// `level`, `bounds`, `stopped`, `went on`, `sort of meeting` (its UID, then which), `read what is written` (to whom), or
    /// `unreadable`.
    pub(super) what: &'static str,
    /// What was chosen, in words; none: the choice was taken back.
    pub(super) chosen: Vec<String>,
}

/// What was said between them and one other about one 1:1 that was lost or changed; both are shown it.
#[derive(Serialize)]
pub(super) struct Between {
    pub(super) on: String,
    pub(super) with: String,
    pub(super) by: String,
    /// When that 1:1 was promised.
    pub(super) promised: String,
    /// `offered`, `picked`, `withdrawn`, `over` (what was offered ended by itself), `reason` or `told`.
    pub(super) what: &'static str,
    /// The times that were offered, or the one that was picked; none: none of them.
    pub(super) times: Vec<String>,
    /// The words that were said.
    pub(super) words: Option<String>,
}

/// What the guard did for them; nobody else is shown it.
#[derive(Serialize)]
pub(super) struct Guarded {
    pub(super) on: String,
    /// When the 1:1 it was for was promised; left out of a series that begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) promised: Option<String>,
    /// `move`, `answer`, `book` or `begin`.
    pub(super) did: String,
    /// Whether they asked for it.
    pub(super) by_hand: bool,
}

/// A program of theirs, without its token.
#[derive(Serialize)]
pub(super) struct Program {
    pub(super) name: String,
    pub(super) may: &'static str,
    pub(super) made: String,
    pub(super) until: String,
    pub(super) used: Option<String>,
}

/// Something that was noted for their log.
#[derive(Serialize)]
pub(super) struct Noted {
    pub(super) on: String,
    #[serde(flatten)]
    pub(super) happened: Happened,
}

impl Also {
    pub(super) async fn of<S: Accounts + ApiTokens + Facts>(
        store: &S,
        here: Here<'_>,
        (viewer, now): (&Viewer, Instant),
        account: &str,
        others: &BTreeSet<String>,
    ) -> Result<Self, ServerError> {
        let answers = proof::answers(store, viewer).await?;
        let (mut rhythms, mut said) = (Vec::new(), Vec::new());
        for other in others {
            rhythms.extend(rhythm(store, viewer, other).await?);
            said.extend(between(store, viewer, other).await?);
        }
        let did = guard::did(store, viewer).await?;
        let guard = chosen(store, viewer, others).await?;
        let me = signed_in(store, viewer.org(), account).await?;
        let now = Micros(now.seconds().saturating_mul(1_000_000));
        let programs = match &me {
            Some(me) => programs::mine(store, me, now).await?,
            None => Vec::new(),
        };
        let noted = happened(store, viewer).await?;
        let settled = past_settled(store, viewer).await?;
        Ok(Self {
            folded: settled.iter().map(folded).collect(),
            answers: answers.0.into_iter().map(answered).collect(),
            rhythms,
            guard,
            between: said,
            guarded: did.into_iter().map(guarded).collect(),
            programs: programs.into_iter().map(program).collect(),
            mailed: Mailed::of(store, here, viewer, others).await?,
            happened: noted
                .into_iter()
                .map(|(at, happened)| Noted {
                    on: super::kept::moment(at),
                    happened,
                })
                .collect(),
        })
    }
}

async fn rhythm<S: Facts>(
    store: &S,
    viewer: &Viewer,
    other: &str,
) -> Result<Vec<Rhythm>, ServerError> {
    let stream = facts::cadence_of(&pair_id(viewer.person(), other));
    let mut rhythms = Vec::new();
    for fact in whole_stream(store, viewer.org(), &stream).await? {
        let said: CadenceSaid = facts::what_was_said(&fact, CADENCE)?;
        rhythms.push(Rhythm {
            on: super::kept::moment(facts::at(&fact)),
            with: other.to_owned(),
            by: said.by,
            word: said.word,
            days: said.days,
        });
    }
    Ok(rhythms)
}

/// What was said between the two.
async fn between<S: Facts>(
    store: &S,
    viewer: &Viewer,
    other: &str,
) -> Result<Vec<Between>, ServerError> {
    let second = |second: i64| super::kept::moment(Instant::from_seconds(second));
    let all = guard::all_said(store, viewer, other).await?;
    let said = all.into_iter().map(|(at, by, said)| {
        let promised = match said.promised() {
            guard::FOR_GOOD => "from then on".to_owned(),
            promised => second(promised),
        };
        let (what, times, words) = match said {
            guard::Said::Offered { slots, .. } => {
                let times = slots.iter().map(|(start, _)| second(*start)).collect();
                ("offered", times, None)
            }
            guard::Said::Picked { start, .. } => {
                ("picked", start.map(second).into_iter().collect(), None)
            }
            guard::Said::Withdrawn {
                by_itself: true, ..
            } => ("over", Vec::new(), None),
            guard::Said::Withdrawn { .. } => ("withdrawn", Vec::new(), None),
            guard::Said::Reason { text, .. } => ("reason", Vec::new(), Some(text)),
            guard::Said::Asked { .. } => ("asked", Vec::new(), None),
            guard::Said::NotAsked { .. } => ("not_asked", Vec::new(), None),
            guard::Said::Told { text, .. } => ("told", Vec::new(), Some(text)),
            guard::Said::Booked { slot, .. } => ("booked", vec![second(slot.0)], None),
        };
        Between {
            on: super::kept::moment(at),
            with: other.to_owned(),
            by,
            promised,
            what,
            times,
            words,
        }
    });
    Ok(said.collect())
}

fn guarded((at, did): (Instant, guard::Did)) -> Guarded {
    Guarded {
        on: super::kept::moment(at),
        promised: (did.promised != 0)
            .then(|| super::kept::moment(Instant::from_seconds(did.promised))),
        did: did.verb,
        by_hand: did.by_owner,
    }
}

/// What they chose about the guard.
async fn chosen<S: Facts>(
    store: &S,
    viewer: &Viewer,
    others: &BTreeSet<String>,
) -> Result<Vec<GuardChosen>, ServerError> {
    let facts = whole_stream(store, viewer.org(), &chosen_by(viewer.person())).await?;
    let all = facts.iter().map(|fact| {
        let (pair, what, chosen) = match read(fact) {
            Said::Level { pair, level } => {
                let level = level.map(|level| level.as_str().to_owned());
                (pair, "level", level.into_iter().collect())
            }
            Said::Bounds { pair, bounds, .. } => {
                let lines = bounds.as_ref().map(bounds_in_words);
                (pair, "bounds", lines.unwrap_or_default())
            }
            Said::Switched { stopped: true } => (None, "stopped", Vec::new()),
            Said::Switched { stopped: false } => (None, "went on", Vec::new()),
            Said::Class { uid, class } => {
                let class = class.map(|class| class.as_str().to_owned());
                let chosen = std::iter::once(uid).chain(class);
                (None, "sort of meeting", chosen.collect())
            }
            Said::Previewed { to } => (None, "read what is written", vec![to]),
            // Limits are the organisation's.
            Said::Limits(_) | Said::Unreadable => (None, "unreadable", Vec::new()),
        };
        let with = pair.as_ref().and_then(|pair| {
            let mut others = others.iter();
            others.find(|other| pair_id(viewer.person(), other) == *pair)
        });
        GuardChosen {
            on: super::kept::moment(facts::at(fact)),
            with: with.cloned(),
            one_on_one: pair,
            what,
            chosen,
        }
    });
    Ok(all.collect())
}

fn answered(answer: crate::proof::Answer) -> Answered {
    Answered {
        question: answer.question.key(),
        choice: answer.choice.key,
        words: answer.words,
    }
}

fn program(program: programs::Program) -> Program {
    Program {
        name: program.name,
        may: program.scope.key(),
        made: super::kept::moment(program.made),
        until: super::kept::moment(program.until),
        used: program.used.map(|day| day.to_string()),
    }
}

fn folded(between: &SettledBetween) -> FoldedKept {
    let one = |one: &Occurrence| OccurrenceKept {
        promised: super::kept::moment(one.promised.start),
        minutes: one.promised.minutes(),
        held: one.verdict.held.map(|held| super::kept::moment(held.start)),
        outcome: one.verdict.outcome.as_str(),
        made_good: one.verdict.made_good,
        cut: one.verdict.cut.map(Cut::as_str),
        excused: one.verdict.excused.map(Excuse::as_str),
        notice: one.verdict.notice.map(Notice::as_str),
        changed_by: one.actor.map(|actor| actor.who.as_str()),
        because: one.verdict.because.to_string(),
    };
    FoldedKept {
        with: between.with.clone(),
        occurrences: between.occurrences.iter().map(one).collect(),
    }
}
