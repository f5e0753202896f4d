//! Keeping up with Google, at a fake that holds every request against Google's own description.

#![expect(
    clippy::unwrap_used,
    reason = "what does not answer fails the test, with its place"
)]

mod common;
mod faults;
mod grants;
mod keys;
mod laws;
mod pushes;
mod quota;
mod rounds;
mod writes;
mod writes_new;
mod writes_unheard;
