//! Who knows that an account is whose it says: whoever is handed an invitation can take the address that it is for.
//!
//! What others have with that address is shown to the account only where they, or whoever set the server up, handed it over
//! themselves. Otherwise somebody could invite an address that is not theirs, join as it, and read what is on other people's
//! calendars about it.

use crate::server::facts;
use crate::server::ledger::whole_stream;
use crate::server::people::Administrator;
use crate::server::{ServerError, Viewer};
use serde::{Deserialize, Serialize};
use steadfast_calendar::Instant;
use steadfast_store::{Expected, Fact, Facts, NewFact, Org};

/// An account was made by an invitation: a [`Joined`].
const JOINED: &str = "person.joined.v1";
/// Whoever set the server up says that it is them: an empty object.
const VOUCHED: &str = "person.vouched.v1";

/// By whose invitation.
#[derive(Serialize, Deserialize)]
struct Joined {
    by: String,
    by_owner: bool,
}

#[derive(Serialize, Deserialize)]
struct Vouched {}

/// Those who know an account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Knowers {
    /// It was let in by whoever set the server up, or they vouched for it.
    Everybody,
    /// Whoever invited it.
    Alone(String),
}

impl Knowers {
    /// The stream it is kept in.
    pub(in crate::server) fn stream(person: &str) -> String {
        format!("joined/{person}")
    }

    /// Those who know the viewer's account.
    ///
    /// # Errors
    /// [`ServerError::Store`], [`ServerError::Unreadable`].
    pub async fn of<S: Facts>(store: &S, org: &Org, person: &str) -> Result<Self, ServerError> {
        Self::told(&whole_stream(store, org, &Self::stream(person)).await?)
    }

    /// The same, of the facts of its stream.
    pub(in crate::server) fn told(facts: &[Fact]) -> Result<Self, ServerError> {
        let mut knowers = Self::Everybody;
        for (index, fact) in facts.iter().enumerate() {
            if fact.kind == VOUCHED {
                return Ok(Self::Everybody);
            }
            // Of two invitations to one address the first that was accepted is the account.
            let joined: Joined = facts::what_was_said(fact, JOINED)?;
            if index == 0 && !joined.by_owner {
                knowers = Self::Alone(joined.by);
            }
        }
        Ok(knowers)
    }

    /// Whoever invited them, of the facts of the same stream; `None` of whoever set the server up.
    pub(in crate::server) fn inviter(facts: &[Fact]) -> Result<Option<String>, ServerError> {
        let first = facts.iter().find(|fact| fact.kind == JOINED);
        let joined = first.map(|fact| facts::what_was_said::<Joined>(fact, JOINED));
        Ok(joined.transpose()?.map(|joined| joined.by))
    }

    /// Whether `other` does.
    pub fn include(&self, other: &str) -> bool {
        match self {
            Self::Everybody => true,
            Self::Alone(one) => one == other,
        }
    }
}

/// Notes by whose invitation an account comes to be.
pub(super) async fn joins<S: Facts>(
    store: &S,
    org: &Org,
    now: Instant,
    email: &str,
    (by, by_owner): (&str, bool),
) -> Result<(), ServerError> {
    let joined = Joined {
        by: by.to_owned(),
        by_owner,
    };
    keep(store, org, email, facts::said(JOINED, &joined, by, now)).await
}

/// Says that whoever signs in with that address is who they say.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn vouch<S: Facts>(
    store: &S,
    admin: &Administrator,
    now: Instant,
    email: &str,
) -> Result<(), ServerError> {
    let viewer: &Viewer = admin.viewer();
    let fact = facts::said(VOUCHED, &Vouched {}, viewer.person(), now);
    keep(store, viewer.org(), email, fact).await
}

async fn keep<S: Facts>(
    store: &S,
    org: &Org,
    email: &str,
    fact: NewFact,
) -> Result<(), ServerError> {
    let stream = Knowers::stream(email);
    store
        .append(org, &stream, Expected::Any, &[fact], &[])
        .await?;
    Ok(())
}
