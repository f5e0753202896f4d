//! How an intent ends: what is kept of it, and what its owner is told, in one stroke.

use super::action::Action;
use super::unsaid::Unsaid;
use crate::server::ServerError;
use crate::server::facts::acts_on;
use crate::server::guard::{Said, between_of, picked};
use crate::server::ledger::acted;
use crate::server::log::noted::{Happened, log_of};
use crate::server::sync;
use serde::{Deserialize, Serialize};
use steadfast_calendar::Instant;
use steadfast_calendar::edit::{Edit, Reply};
use steadfast_store::{Append, Ended, Expected, Facts, Intent, IntentState, Lease, Micros, Write};

/// What came of an intent. Kept as it is here.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Came {
    /// The version that was read back.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub version: Option<String>,
    /// Addresses that the provider told.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub told: Vec<String>,
    /// Addresses that were not told as far as anybody knows, and have to hear of it in another way.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub untold: Vec<String>,
    /// Of those, addresses of whom the provider does not say either that they were not told.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub perhaps: Vec<String>,
    /// What stood against it, in plain words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub problem: Option<String>,
    /// What those who were not told, or not all of it, can be told by mail.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(in crate::server) unsaid: Option<Unsaid>,
}

/// What came of an intent that ended; `None` before.
pub fn came_of(intent: &Intent) -> Option<Came> {
    serde_json::from_slice(intent.result.as_deref()?).ok()
}

/// Ends an intent and its job, and notes it in the log of its owner.
pub(super) async fn end<S: Facts>(
    store: &S,
    lease: &Lease,
    intent: &Intent,
    action: Option<&Action>,
    state: IntentState,
    came: &Came,
    (sent, now): (Option<Micros>, Micros),
) -> Result<(), ServerError> {
    let happened = Happened::Acted {
        intent: intent.intent.clone(),
        deed: deed(action.map(|action| &action.edit)).to_owned(),
        to: action
            .and_then(|action| to(&action.edit))
            .map(Instant::seconds),
        takes_back: intent.undoes.is_some(),
        ended: state.name().to_owned(),
        policy: action
            .map(|action| action.policy.clone())
            .unwrap_or_default(),
        because: action
            .map(|action| action.because.clone())
            .unwrap_or_default(),
        problem: came.problem.clone(),
    };
    let at = Instant::from_seconds(now.0.div_euclid(1_000_000));
    let facts = [happened.fact(&intent.person, at)];
    let log = log_of(&intent.person);
    let result = serde_json::to_vec(came).unwrap_or_default();
    // What was done, or may have been, is seen at once, and not at the next round.
    let seen_at_once = state.stands() || state == IntentState::Unsure;
    let source = action.filter(|_| seen_at_once);
    let rounds: Vec<_> = source
        .map(|action| sync::job(&action.source, now))
        .into_iter()
        .collect();
    let ended = Ended {
        intent: &intent.intent,
        state,
        at: now,
        result: &result,
    };
    let acts = acts_on(&intent.person);
    let did = action.filter(|_| state.stands());
    // What stood there already is somebody else's doing.
    let did = did.zip(sent);
    let did = did.and_then(|(action, sent)| acted(intent, action, (sent, now)));
    let did: Vec<_> = did.into_iter().collect();
    let over = match action.filter(|_| state.stands()) {
        Some(action) => offer_over(store, lease, action).await?,
        None => None,
    };
    let over = over.map(|(stream, said)| (stream, [said.fact(&intent.person, at)]));
    let mut appends = vec![Append {
        stream: &log,
        expected: Expected::Any,
        facts: &facts,
    }];
    if let Some((stream, facts)) = &over {
        appends.push(Append {
            stream,
            expected: Expected::Any,
            facts,
        });
    }
    if !did.is_empty() {
        appends.push(Append {
            stream: &acts,
            expected: Expected::Any,
            facts: &did,
        });
    }
    let write = Write {
        appends: &appends,
        jobs: &rounds,
        finish: Some(lease),
        ended: Some(&ended),
        ..Write::default()
    };
    store.write(&lease.org, write).await?;
    Ok(())
}

/// What is said between the two once a taking back has had its effect: that the offer which the report had picked from is over,
/// if it is still the one.
async fn offer_over<S: Facts>(
    store: &S,
    lease: &Lease,
    action: &Action,
) -> Result<Option<(String, Said)>, ServerError> {
    let Some(ends) = &action.ends_offer else {
        return Ok(None);
    };
    let is_it = picked(store, &lease.org, &ends.pair, ends.promised).await? == Some(ends.start);
    let said = Said::Withdrawn {
        promised: ends.promised,
        by_itself: false,
    };
    Ok(is_it.then(|| (between_of(&ends.pair), said)))
}

/// What is done, as the log keeps it.
pub(in crate::server) fn deed(edit: Option<&Edit>) -> &'static str {
    match edit {
        Some(Edit::Move { .. }) => "move",
        Some(Edit::Resize { .. }) => "resize",
        Some(Edit::Cancel { .. }) => "cancel",
        Some(Edit::Restore { .. }) => "restore",
        Some(Edit::Answer(answer)) if answer.reply == Reply::Declined => "decline",
        Some(Edit::Answer(_)) => "answer",
        Some(Edit::Book(meeting)) if meeting.weekly.is_some() => "begin",
        Some(Edit::Book(_)) => "book",
        Some(Edit::Successor(_) | Edit::Reopen { .. }) => "onward",
        Some(Edit::End { .. }) => "end",
        Some(Edit::Hold(_)) => "hold",
        Some(Edit::Withdraw { .. }) => "withdraw",
        Some(Edit::Busy { .. }) => "busy",
        Some(Edit::Free { .. }) => "free",
        None => "unknown",
    }
}

/// Where it puts something that is to come.
pub(super) fn puts_at(edit: &Edit) -> Option<Instant> {
    match edit {
        Edit::Move { to, .. } | Edit::Restore { to: Some(to), .. } => Some(to.start),
        Edit::Book(meeting) => Some(meeting.slot.start),
        Edit::Hold(hold) => Some(hold.slot.start),
        Edit::Successor(series) => Some(series.slot.start),
        _ => None,
    }
}

/// The moment that it is about, for the log: where it goes, or where it was.
pub(super) fn to(edit: &Edit) -> Option<Instant> {
    match edit {
        Edit::Move { to, .. } | Edit::Restore { to: Some(to), .. } => Some(to.start),
        Edit::Resize { occurrence, .. }
        | Edit::Cancel { occurrence }
        | Edit::Restore { occurrence, .. } => Some(*occurrence),
        Edit::Answer(answer) => answer.occurrence,
        Edit::Book(meeting) => Some(meeting.slot.start),
        Edit::Hold(hold) => Some(hold.slot.start),
        Edit::Successor(series) => Some(series.slot.start),
        Edit::End { from } => Some(*from),
        Edit::Reopen { at, .. } => Some(at.start),
        Edit::Withdraw { .. } | Edit::Busy { .. } | Edit::Free { .. } => None,
    }
}
