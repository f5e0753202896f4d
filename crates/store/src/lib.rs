//! Where everything is kept: facts, views, jobs, accounts and sealed secrets, on SQLite or PostgreSQL.
//!
//! The store keeps bytes under keys. It knows no calendar, no 1:1 and no HTTP; it has no clock, so that every moment is
//! the caller's; and every key begins with the organisation.
//!
//! Each area is a small trait with its contract, and [`Store`] does them all on either engine. What the traits promise is
//! tested law by law on both (`tests/contract`).

#![expect(
    clippy::duplicate_mod,
    reason = "repo/ is compiled once for each engine: the same SQL, checked against both drivers"
)]

mod access;
mod accounts;
mod api_tokens;
mod backup;
mod check;
pub mod drill;
mod dump;
mod error;
mod facts;
mod intents;
mod jobs;
mod key;
mod leaving;
mod links;
mod lite;
mod migrations;
mod passkeys;
mod pg;
mod rows;
mod schedules;
mod schema;
pub mod seal;
mod secrets;
mod sessions;
mod sources;
mod store;
mod token;
mod views;

pub use access::{Access, AccessLog};
pub use accounts::{Account, AccountChange, Accounts, Closes, NewAccount, Organisation};
pub use api_tokens::{ApiToken, ApiTokens};
pub use check::Trouble;
pub use error::StoreError;
pub use facts::{Append, Expected, Fact, Facts, NewFact, Write};
pub use intents::{ACT, Cap, Ended, Gate, Halts, Intent, IntentState, Intents, LEAVES, NewIntent};
pub use jobs::{Claim, DeadLetter, Depth, Failed, Job, JobId, Jobs, Lease, NewJob, backoff};
pub use key::{Day, Micros, Org, Position, Version};
pub use leaving::{Gone, Leaving};
pub use links::{Effect, Links, NewLink};
pub use passkeys::{Passkey, Passkeys};
pub use schedules::{Due, Schedules};
pub use secrets::Secrets;
pub use sessions::{Session, Sessions};
pub use sources::{Failure, NewSource, Round, Source, Sources};
pub use store::{Options, Schema, Store};
pub use token::TokenHash;
pub use views::{Change, Document, Views};
