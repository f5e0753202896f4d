//! What threatens a 1:1, and what may be done about it. Pure: a world, policies and the moment go in; threats,
//! proposals, intents and lines of a log come out. Nothing is executed here.
//!
//! [`world::World`] (as the calendars stand) → [`threats`] (one file each) → [`measures`] (one file each, in the order
//! in which they are preferred) → [`policy`] (what the owner allows) → [`decide::decide`].
//!
//! `Invariant:` nothing here repeats without bound. What was decided on one promise is remembered in [`own::Own`], and
//! [`settle`] refuses to do the same for the same reason twice.

pub mod begin;
pub mod busy;
pub mod case;
pub mod debt;
pub mod decide;
mod frame;
pub mod ids;
pub mod in_name;
pub mod intent;
pub mod log;
pub mod measures;
pub mod message;
pub mod offer;
pub mod onward;
pub mod own;
pub mod policy;
pub mod said_yes;
pub mod settle;
pub mod slots;
pub mod telling;
pub mod threats;
pub mod undo;
pub mod world;
