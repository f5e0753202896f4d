//! What was judged before its observations went, as it is kept.

use crate::server::ServerError;
use crate::server::facts::{deflated, fact, inflated};
use crate::server::ledger::whole_stream;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use steadfast_calendar::Instant;
use steadfast_ledger::fate::Settled;
use steadfast_ledger::occurrence::Occurrence;
use steadfast_store::{Facts, NewFact, Org};

/// What became of somebody's 1:1s with one other person: a deflated [`Part`]. Its text never changes once written, and so
/// neither does that of a judged occurrence: a field more has a default, and a rule that is gone keeps its name.
pub(in crate::server) const SETTLED: &str = "past.settled.v1";

/// The stream of what is settled for `person`: as they see it.
pub(in crate::server) fn settled_for(person: &str) -> String {
    format!("settled/{person}")
}

/// What was settled at one time between a person and one other.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::server) struct Part {
    /// Address of the other one.
    pub(in crate::server) with: String,
    until: i64,
    before: Vec<Occurrence>,
    later: Vec<Occurrence>,
    never: Vec<i64>,
    /// Where all observations of one of the two went.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    all: Option<Stood>,
}

/// How two people stood when all observations of one of them went.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::server) struct Stood {
    /// Address of who managed the other, where that was known.
    pub(in crate::server) manager: Option<String>,
    pub(super) cadence_days: i64,
    /// The report's zone.
    pub(super) zone: Option<String>,
}

impl Part {
    /// Which meeting of which calendar it was, or displaced it, goes with the calendars.
    pub(super) fn new(with: &str, settled: &Settled, all: Option<Stood>) -> Self {
        let bare = |one: &Occurrence| {
            let mut one = one.clone();
            one.uid = None;
            one.recurrence_id = None;
            if let Some(cause) = &mut one.cause {
                cause.uid = None;
            }
            one
        };
        Self {
            with: with.to_owned(),
            until: settled.until.seconds(),
            before: settled.before.iter().map(bare).collect(),
            later: settled.later.iter().map(bare).collect(),
            never: settled.never.iter().map(|at| at.seconds()).collect(),
            all,
        }
    }

    /// How the two stood, where it was all that was kept of one of them.
    pub(in crate::server) fn stood(&self) -> Option<&Stood> {
        self.all.as_ref()
    }

    pub(in crate::server) fn settled(&self) -> Settled {
        let stood = self.all.as_ref();
        let zone = stood.and_then(|stood| stood.zone.as_deref());
        Settled {
            cadence_days: stood.map(|stood| stood.cadence_days),
            zone: zone.and_then(|name| TimeZone::get(name).ok()),
            until: Instant::from_seconds(self.until),
            before: self.before.clone(),
            later: self.later.clone(),
            never: self
                .never
                .iter()
                .copied()
                .map(Instant::from_seconds)
                .collect(),
        }
    }

    pub(super) fn fact(&self, person: &str, now: Instant) -> NewFact {
        // Every key is a string: it can always be written.
        let text = serde_json::to_vec(self).unwrap_or_default();
        fact(SETTLED, person, now, deflated(&text))
    }
}

/// Everything that is settled for `person`, oldest first.
pub(in crate::server) async fn parts<S: Facts>(
    store: &S,
    org: &Org,
    person: &str,
) -> Result<Vec<Part>, ServerError> {
    let facts = whole_stream(store, org, &settled_for(person)).await?;
    let part = |fact: &steadfast_store::Fact| {
        inflated(fact, SETTLED)
            .and_then(|text| serde_json::from_slice(&text).ok())
            .ok_or_else(|| ServerError::Unreadable(fact.kind.clone()))
    };
    facts.iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use steadfast_ledger::rules;

    /// What this program wrote first. Whatever becomes of an occurrence in it, this is read for ever.
    const FIRST: &str = r#"{"with":"ben@example.com","until":1772600000,"before":[{"recurrence_id":null,"uid":null,"promised":{"start":1772550000,"end":1772551800},"verdict":{"outcome":"Moved","cut":null,"notice":"Short","notice_minutes":60,"notice_range":[60,120],"hops":1,"deciding_change":0,"actor":"Manager","excused":null,"q":1.0,"disruption":true,"loss":false,"made_good":false,"held":{"start":1772636400,"end":1772638200},"rule":"one_on_one.moved","because":"moved by a day"},"actor":{"who":"Manager","evidence":"OrganizerOnly","confidence":0.9},"changed_at":{"earliest":1772540000,"latest":1772546400},"cause":{"class":"Leadership","uid":null,"probability":0.8},"overlapped":false,"away":null,"unknown_because":null,"report_says":null,"manager_says":null,"changed_afterwards":false}],"later":[],"never":[1773154800]}"#;

    #[test]
    fn what_was_settled_first_is_read_for_ever() {
        let part: Part = serde_json::from_str(FIRST).unwrap();
        let settled = part.settled();
        assert_eq!(settled.before.len(), 1);
        let verdict = settled.before[0].verdict.to_string();
        assert_eq!(
            verdict,
            "moved notice:short/60[60..120] hops:1 by:manager disruption"
        );
        assert_eq!(serde_json::to_string(&part).unwrap(), FIRST);
    }

    #[test]
    fn no_rule_that_verdicts_were_settled_by_loses_its_name() {
        for name in [
            "kept",
            "nudged",
            "moved",
            "slipped",
            "skipped",
            "cancelled",
            "missing",
            "no_show",
            "disputed",
            "unknown",
            "open",
        ] {
            let id = format!("one_on_one.{name}");
            assert!(rules::find(&id).is_some(), "{id}");
        }
    }
}
