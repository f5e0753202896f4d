//! A year of an organisation in which 1:1s are attacked, played without a guard, with advice, and with defence. Pure: a
//! seed goes in, counts come out.
//!
//! [`organisation`] lays out the year, [`attack`] and [`human`] say what people do, [`play`] lets it happen in order of
//! time, and two who know nothing of the guard's own books count: [`judge`] (the ledger's rules over what really stood)
//! and [`auditor`] (every write of the guard, read against the calendars and the bounds).

pub mod attack;
pub mod auditor;
pub mod config;
mod event;
mod hands;
mod human;
pub mod judge;
pub mod lived;
pub mod organisation;
pub mod play;
pub mod report;
mod stage;

pub use config::{Config, Mode};
pub use play::{Year, year};
