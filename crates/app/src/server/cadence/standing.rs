//! What stands between two people, from what they said.

use crate::server::ServerError;
use crate::server::facts::{self, CADENCE, CadenceSaid};
use steadfast_calendar::Instant;
use steadfast_store::Fact;

/// The words of [`CadenceSaid`].
pub(super) const PROPOSE: &str = "propose";
pub(super) const AGREE: &str = "agree";
pub(super) const DROP: &str = "drop";
pub(super) const END: &str = "end";

/// What stands.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Standing {
    /// What is agreed.
    pub agreed: Option<Agreed>,
    /// What is proposed and not answered.
    pub proposed: Option<Proposed>,
}

/// A rhythm both agreed on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Agreed {
    /// Days between two promises.
    pub days: i64,
    /// Address of who proposed it.
    pub proposed_by: String,
    /// Address of who agreed.
    pub agreed_by: String,
    /// When.
    pub since: Instant,
}

/// A rhythm one of them proposes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proposed {
    /// Days between two promises.
    pub days: i64,
    /// Address of who proposes it.
    pub by: String,
    /// When.
    pub at: Instant,
}

impl Standing {
    /// After all of `facts`, oldest first.
    pub(super) fn of(facts: &[Fact]) -> Result<Self, ServerError> {
        let mut standing = Self::default();
        for fact in facts {
            let said = facts::what_was_said(fact, CADENCE)?;
            standing.take(said, facts::at(fact));
        }
        Ok(standing)
    }

    fn take(&mut self, said: CadenceSaid, at: Instant) {
        match (&*said.word, said.days, &self.proposed) {
            (PROPOSE, Some(days), _) => {
                self.proposed = Some(Proposed {
                    days,
                    by: said.by,
                    at,
                });
            }
            (AGREE, Some(days), Some(proposed)) => {
                self.agreed = Some(Agreed {
                    days,
                    proposed_by: proposed.by.clone(),
                    agreed_by: said.by,
                    since: at,
                });
                self.proposed = None;
            }
            (DROP, ..) => self.proposed = None,
            (END, ..) => self.agreed = None,
            // A word of a newer version changes nothing that this one knows.
            _ => {}
        }
    }
}
