//! Whose policy holds: that of the 1:1, else the person's, else the organisation's; never beyond its limits. And the
//! switch that stops everything.

use super::{Level, Policy};
use crate::ids::{OneOnOneId, PersonId};
use std::collections::{BTreeMap, BTreeSet};

/// Everybody's policies.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Policies {
    /// What holds where nobody chose.
    pub organisation: Policy,
    /// Beyond which nobody goes.
    pub limits: Limits,
    /// What people chose for themselves.
    pub people: BTreeMap<PersonId, Policy>,
    /// What people chose for one of their 1:1s.
    pub one_on_ones: BTreeMap<(PersonId, OneOnOneId), Policy>,
    /// Nothing is done or said for anybody.
    pub all_stopped: bool,
    /// Nothing is done or said for these.
    pub stopped: BTreeSet<PersonId>,
}

/// The organisation's limits.
#[derive(Clone, PartialEq, Debug)]
pub struct Limits {
    /// How far anybody's guard goes.
    pub level: Level,
    /// The shortest freeze, in minutes.
    pub freeze_minutes: i64,
    /// Writes in anybody's name on one day.
    pub actions_a_day: u32,
    /// Whether anything may go up the line by itself.
    pub up_the_line: bool,
    /// Whether anything may go outside by itself.
    pub outside: bool,
    /// The least confidence.
    pub least_confidence: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            level: Level::Defend,
            freeze_minutes: 0,
            actions_a_day: 20,
            up_the_line: true,
            outside: true,
            least_confidence: 0.5,
        }
    }
}

/// Whose choice holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whose {
    /// Chosen for this 1:1.
    OneOnOne,
    /// The person's own.
    Person,
    /// The organisation's.
    Organisation,
}

/// The policy that holds for one 1:1, of what was chosen for it, by the person for all of theirs, and by the organisation;
/// within the limits.
pub fn resolve(
    one_on_one: Option<&Policy>,
    person: Option<&Policy>,
    organisation: &Policy,
    limits: &Limits,
) -> (Policy, Whose) {
    let (chosen, whose) = match (one_on_one, person) {
        (Some(policy), _) => (policy, Whose::OneOnOne),
        (None, Some(policy)) => (policy, Whose::Person),
        (None, None) => (organisation, Whose::Organisation),
    };
    let mut policy = chosen.clone();
    let bounds = &mut policy.bounds;
    policy.level = policy.level.min(limits.level);
    bounds.freeze_minutes = bounds.freeze_minutes.max(limits.freeze_minutes);
    bounds.actions_a_day = bounds.actions_a_day.min(limits.actions_a_day);
    bounds.up_the_line &= limits.up_the_line;
    bounds.outside &= limits.outside;
    bounds.least_confidence = bounds.least_confidence.max(limits.least_confidence);
    (policy, whose)
}

impl Policies {
    /// The policy by which the guard acts on `person`'s calendar for a 1:1, within the limits.
    pub fn of(&self, person: PersonId, one: OneOnOneId) -> (Policy, Whose) {
        resolve(
            self.one_on_ones.get(&(person, one)),
            self.people.get(&person),
            &self.organisation,
            &self.limits,
        )
    }

    /// Whether the switch is off for somebody.
    pub fn is_stopped(&self, person: PersonId) -> bool {
        self.all_stopped || self.stopped.contains(&person)
    }
}

impl Whose {
    /// In words that fit after "by".
    pub const fn words(self) -> &'static str {
        match self {
            Self::OneOnOne => "the policy of this 1:1",
            Self::Person => "your own policy",
            Self::Organisation => "the organisation's policy",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_one_on_one_is_advised_on_and_a_choice_goes_no_further_than_the_limits() {
        let mut policies = Policies::default();
        let (me, one) = (PersonId(1), OneOnOneId(1));
        assert_eq!(policies.of(me, one).0.level, Level::Advise);
        let defend = Policy {
            level: Level::Defend,
            ..Policy::default()
        };
        policies.one_on_ones.insert((me, one), defend);
        assert_eq!(policies.of(me, one).0.level, Level::Defend);
        assert_eq!(policies.of(me, OneOnOneId(2)).0.level, Level::Advise);
        policies.limits.level = Level::Advise;
        assert_eq!(policies.of(me, one).0.level, Level::Advise);
        policies.limits.freeze_minutes = 600;
        assert_eq!(policies.of(me, one).0.bounds.freeze_minutes, 600);
    }
}
