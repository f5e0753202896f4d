//! What holds for somebody, from what was chosen.

use super::{Said, read, streams};
use crate::server::ledger::Whole;
use crate::server::{ServerError, Viewer};
use std::collections::{BTreeMap, BTreeSet};
use steadfast_guard::policy::{Bounds, Level, Limits, Policy, Whose, resolve};
use steadfast_ledger::occurrence::Class;
use steadfast_store::{Facts, Version};

/// One choice, of which either part may be left to who chooses next.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Choice {
    /// How far the guard goes.
    pub level: Option<Level>,
    /// Within which bounds.
    pub bounds: Option<Bounds>,
}

impl Choice {
    /// As a policy, with the parts of `under` that were not chosen; `None` where nothing was.
    fn over(&self, under: &Policy) -> Option<Policy> {
        let is_chosen = self.level.is_some() || self.bounds.is_some();
        is_chosen.then(|| Policy {
            level: self.level.unwrap_or(under.level),
            bounds: self.bounds.as_ref().unwrap_or(&under.bounds).clone(),
        })
    }
}

/// What holds for one person.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Chosen {
    /// What holds where nobody chose.
    pub organisation: Policy,
    /// Beyond which nobody goes, as the organisation set it.
    pub set_limits: Limits,
    /// What they chose for all of their 1:1s.
    pub mine: Choice,
    /// What they chose for single ones, by [`crate::audit::pair_id`].
    pub one_on_ones: BTreeMap<String, Choice>,
    /// What sort of meeting these are, by UID, as they said.
    pub classes: BTreeMap<String, Class>,
    /// Main addresses of those to whom what the guard writes by itself was shown to them, before they let it.
    pub previewed: BTreeSet<String>,
    /// Whether something was chosen that this program cannot read: then the guard advises them, and does no more.
    pub is_careful: bool,
    /// The streams it was made from, with the versions that they had before they were read.
    pub made_from: Vec<(String, Version)>,
}

impl Chosen {
    /// Beyond which they do not go.
    pub fn limits(&self) -> Limits {
        let mut limits = self.set_limits.clone();
        if self.is_careful {
            limits.level = limits.level.min(Level::Advise);
        }
        limits
    }

    /// What they chose for all of their 1:1s, as a policy; what they left open is the organisation's.
    pub fn person(&self) -> Option<Policy> {
        self.mine.over(&self.organisation)
    }

    /// What they chose for that 1:1, as a policy; what they left open is their own, else the organisation's.
    pub fn one_on_one(&self, pair: &str) -> Option<Policy> {
        let under = self.person();
        let under = under.as_ref().unwrap_or(&self.organisation);
        self.one_on_ones.get(pair)?.over(under)
    }

    /// What holds for that 1:1 on their calendar, and whose choice it is.
    pub fn of(&self, pair: &str) -> (Policy, Whose) {
        self.resolved(self.one_on_one(pair).as_ref())
    }

    /// What holds for a 1:1 for which they chose nothing.
    pub fn elsewhere(&self) -> (Policy, Whose) {
        self.resolved(None)
    }

    fn resolved(&self, one: Option<&Policy>) -> (Policy, Whose) {
        let person = self.person();
        resolve(one, person.as_ref(), &self.organisation, &self.limits())
    }

    fn take(&mut self, said: Said, of_organisation: bool) {
        match said {
            Said::Level { pair, level } => match (of_organisation, pair) {
                (true, _) => self.organisation.level = level.unwrap_or_default(),
                (false, None) => self.mine.level = level,
                (false, Some(pair)) => self.one_on_ones.entry(pair).or_default().level = level,
            },
            Said::Bounds {
                pair,
                bounds,
                is_whole,
            } => {
                self.is_careful |= !is_whole;
                match (of_organisation, pair) {
                    (true, _) => self.organisation.bounds = bounds.unwrap_or_default(),
                    (false, None) => self.mine.bounds = bounds,
                    (false, Some(pair)) => {
                        self.one_on_ones.entry(pair).or_default().bounds = bounds;
                    }
                }
            }
            Said::Limits(limits) if of_organisation => self.set_limits = limits,
            Said::Class { uid, class } if !of_organisation => match class {
                Some(class) => drop(self.classes.insert(uid, class)),
                None => drop(self.classes.remove(&uid)),
            },
            Said::Previewed { to } if !of_organisation => drop(self.previewed.insert(to)),
            Said::Unreadable => self.is_careful = true,
            // Limits are the organisation's to set, whose meetings are nobody's, and the switch is asked where it stands.
            Said::Limits(_)
            | Said::Class { .. }
            | Said::Previewed { .. }
            | Said::Switched { .. } => {}
        }
    }
}

/// What holds for the viewer.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn policies<S: Facts>(store: &S, viewer: &Viewer) -> Result<Chosen, ServerError> {
    let streams = streams(viewer.person());
    let names: Vec<&str> = streams.iter().map(String::as_str).collect();
    let whole = Whole::of(store, viewer.org(), &names).await?;
    Ok(told(viewer, &whole))
}

/// The same, of what was read of [`streams`].
pub(in crate::server) fn told(viewer: &Viewer, whole: &Whole) -> Chosen {
    let mut chosen = Chosen::default();
    for (number, stream) in streams(viewer.person()).into_iter().enumerate() {
        for fact in whole.facts(&stream) {
            chosen.take(read(fact), number == 0);
        }
        let version = whole.version(&stream);
        chosen.made_from.push((stream, version));
    }
    chosen
}
