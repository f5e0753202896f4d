//! Where every 1:1 goes: exact plans for one displaced 1:1, one manager's week, or a whole organisation.
//!
//! Pure and synchronous: the same [`problem::Problem`] always gives the same plan, on any number of cores. The planner
//! knows no calendars and no ledger; it takes places with costs, and weights.

mod beside;
mod bounded;
pub mod certificate;
pub mod checker;
pub mod constraints;
mod dense;
pub mod format1;
pub mod format2;
pub mod instance;
pub mod line;
pub mod make_good;
mod order;
pub mod organisation;
pub mod plan;
pub mod problem;
pub mod sample;
pub mod watch;
pub mod week;
pub mod words;
