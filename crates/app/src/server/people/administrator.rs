//! Who keeps the organisation.

use crate::server::Viewer;

/// Whoever set the server up, signed in. Use cases that change the organisation for others take one, so that none can be
/// called for anybody else. It opens no ledger: for those a [`Viewer`] sees their own, whoever they are.
#[derive(Clone, Debug)]
pub struct Administrator(Viewer);

impl Administrator {
    /// Only a session of the founder's makes one.
    pub(crate) fn signed_in(viewer: Viewer) -> Self {
        Self(viewer)
    }

    /// Whose session it is.
    pub fn viewer(&self) -> &Viewer {
        &self.0
    }
}
