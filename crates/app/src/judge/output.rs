//! Verdicts and readings → the JSON of `rules judge`.

use serde::Serialize;
use steadfast_ledger::verdict::Verdict;
use steadfast_signal::pair_signal::Step;

/// The answer to one document, in its order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judged {
    /// One per case.
    pub cases: Vec<CaseOut>,
    /// One per sequence.
    pub sequences: Vec<SequenceOut>,
}

impl Judged {
    /// As JSON, indented, with a line end.
    pub fn to_json(&self) -> String {
        // Only text, numbers and lists: nothing here can fail to serialise.
        let json = serde_json::to_string_pretty(self).unwrap_or_default();
        format!("{json}\n")
    }
}

/// The verdict of one case.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CaseOut {
    /// The case's name.
    pub name: String,
    /// See [`Verdict::outcome`]; in the words of the product, like all of these.
    pub outcome: &'static str,
    /// See [`Verdict::cut`].
    pub cut: Option<&'static str>,
    /// See [`Verdict::notice`].
    pub notice: Option<&'static str>,
    /// See [`Verdict::notice_minutes`].
    pub notice_minutes: Option<i64>,
    /// See [`Verdict::hops`].
    pub hops: u32,
    /// See [`Verdict::excused`].
    pub excused: Option<&'static str>,
    /// See [`Verdict::q`].
    pub q: f64,
    /// 0 or 1.
    pub disruption: u8,
    /// 0 or 1.
    pub loss: u8,
    /// See [`Verdict::made_good`].
    pub made_good: bool,
    /// See [`Verdict::actor`].
    pub actor: Option<&'static str>,
    /// See [`Verdict::rule`].
    pub rule: &'static str,
    /// See [`Verdict::because`].
    pub because: String,
}

impl CaseOut {
    pub(super) fn of(name: String, verdict: &Verdict) -> Self {
        Self {
            name,
            outcome: verdict.outcome.as_str(),
            cut: verdict.cut.map(|cut| cut.as_str()),
            notice: verdict.notice.map(|notice| notice.as_str()),
            notice_minutes: verdict.notice_minutes,
            hops: verdict.hops,
            excused: verdict.excused.map(|excuse| excuse.as_str()),
            q: verdict.q,
            disruption: u8::from(verdict.disruption),
            loss: u8::from(verdict.loss),
            made_good: verdict.made_good,
            actor: verdict.actor.map(|who| who.as_str()),
            rule: verdict.rule,
            because: verdict.because.to_string(),
        }
    }
}

/// The readings of one sequence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SequenceOut {
    /// One per event.
    pub trace: Vec<StepOut>,
}

/// One reading; see [`Step`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct StepOut {
    /// Discounted disruptions, prior included.
    pub a: f64,
    /// Discounted occurrences as promised, prior included.
    pub b: f64,
    /// P(theta > theta0).
    pub probability: f64,
    /// The band.
    pub band: &'static str,
    /// Disruptions in a row that were the manager's side's.
    pub streak: usize,
}

impl StepOut {
    pub(super) const fn of(step: Step) -> Self {
        Self {
            a: step.a,
            b: step.b,
            probability: step.probability,
            band: step.band.as_str(),
            streak: step.streak,
        }
    }
}
