//! Who may come in: the first account, invitations, passwords, sessions.
//!
//! An account comes from the set-up link or from an invitation, never from a form that is open to everybody. Time and
//! chance are parameters ([`Fresh`]); how a password is made slow to guess is the caller's ([`Passwords`]).

mod check;
mod closing;
mod erase;
mod fresh;
mod invite;
mod knowers;
mod leave;
#[cfg(test)]
mod leaves;
mod members;
mod names;
mod new_password;
mod proves;
mod sessions;
mod set_up;
mod sign_in;

pub use check::{LONGEST_PASSWORD, SHORTEST_PASSWORD};
pub(crate) use check::{address as address_of, is_address, name as name_typed};
pub(in crate::server) use closing::{Closing, Stay, closing, ends, has_left};
pub use fresh::{Fresh, Token};
pub use invite::{
    INVITATION_DAYS, Invitation, accept, invitation, invite, letter, letter_of_the_house,
};
pub use knowers::{Knowers, vouch};
pub use leave::{LEAVE, comes_back, is_shut_out, leave, leave_next};
pub use members::{Member, members, which_have_joined};
#[cfg(test)]
pub(crate) use names::call as call_them;
pub(crate) use names::name as name_of;
pub use new_password::{NEW_PASSWORD_DAYS, choose_password, lost_password, whose_password};
pub use proves::knows_password;
pub(crate) use sessions::signed_in;
pub use sessions::{SESSION_DAYS, SignedIn, enter, session, sign_out, sign_out_everywhere};
pub use set_up::{Founder, organisation, set_up};
pub use sign_in::sign_in;

use crate::server::ServerError;
use std::future::Future;

/// What an account may do beside seeing its own.
pub(crate) mod role {
    /// Made by the set-up link: may invite anybody.
    pub(crate) const OWNER: &str = "owner";
    /// Made by an invitation.
    pub(crate) const MEMBER: &str = "member";
}

/// A day of the store.
const DAY: i64 = 86_400_000_000;

/// Passwords made slow to guess.
pub trait Passwords: Sync {
    /// The password with all that is needed to recognise it.
    ///
    /// # Errors
    /// [`ServerError`] when the machine cannot.
    fn seal(
        &self,
        password: &str,
        salt: [u8; 16],
    ) -> impl Future<Output = Result<Vec<u8>, ServerError>> + Send;

    /// Whether it is that password. Without one to compare with the answer is no, after the same work.
    ///
    /// # Errors
    /// [`ServerError`] when the machine cannot.
    fn is(
        &self,
        password: &str,
        sealed: Option<&[u8]>,
    ) -> impl Future<Output = Result<bool, ServerError>> + Send;
}
