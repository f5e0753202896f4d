//! Where calendars come from: files, archives, directories, histories, git, feeds, CalDAV.
//!
//! Every source hands its calendars, as streams of bytes, to one [`Intake`]; nothing is held whole in memory.

pub mod intake;

pub use intake::{DocumentName, Intake, SetAside};
