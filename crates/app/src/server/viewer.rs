//! For whom something is done.

use steadfast_store::Org;

/// A signed-in person. Only signing in makes one, so that a use case cannot be called for somebody who did not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Viewer {
    org: Org,
    person: String,
}

impl Viewer {
    /// Whoever signed in as `person` (their main address, lower case) of `org`.
    pub(crate) fn signed_in(org: Org, person: &str) -> Self {
        Self {
            org,
            person: person.trim().to_lowercase(),
        }
    }

    /// The organisation: the first part of every key.
    pub fn org(&self) -> &Org {
        &self.org
    }

    /// Their main address, lower case.
    pub fn person(&self) -> &str {
        &self.person
    }
}
