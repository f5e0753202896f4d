//! What the server does for signed-in people: use cases over the store's ports, one file each. No HTTP, no SQL, no clock.
//!
//! A use case is called with the [`Viewer`] it is done for and gives what that person may see, and nothing else.

pub mod accounts;
pub mod acting;
pub mod cadence;
pub mod chat;
pub mod demo;
mod ends;
mod error;
pub mod export;
mod facts;
pub mod guard;
pub mod health;
pub mod held;
pub mod holds;
pub mod imip;
pub mod jobs;
pub mod ledger;
pub mod live;
pub mod log;
pub mod looked;
pub mod mail;
mod marked;
pub mod once;
pub mod only_me;
pub mod passkeys;
pub mod people;
pub mod programs;
pub mod proof;
pub mod retention;
pub mod sync;
#[cfg(test)]
mod testing;
pub mod tidy;
mod viewer;

pub use error::ServerError;
pub use viewer::Viewer;
