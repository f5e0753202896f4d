//! One file per page: its handlers, and the page itself as a pure function.

pub(crate) mod calendars;
pub(crate) mod cost;
pub(crate) mod demo;
pub(crate) mod freshness;
pub(crate) mod health;
pub(crate) mod home;
pub(crate) mod invitation;
pub(crate) mod invite;
pub(crate) mod lines;
pub(crate) mod link;
pub(crate) mod looks;
pub(crate) mod metrics;
pub(crate) mod more;
pub(crate) mod new_password;
pub(crate) mod occurrence;
pub(crate) mod one_on_one;
pub(crate) mod one_on_ones;
pub(crate) mod policies;
pub(crate) mod privacy;
pub(crate) mod proof;
pub(crate) mod question;
pub(crate) mod reply;
pub(crate) mod set_up;
pub(crate) mod sign_in;
pub(crate) mod start;
