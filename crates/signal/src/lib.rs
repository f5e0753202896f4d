//! How the outcomes read from the other side: the statistics over (disruption, q). Pure; knows no calendar.
//!
//! - [`pair_signal`]: one pair, a reading after every occurrence; [`once`]: where "once in a while" ends; [`bands`] and
//!   [`whose_unknown`] decide what may be said of it, [`wording`] says it.
//! - [`head_to_head`], [`ladder`], [`rates`] (over [`strata`]): 1:1s against the manager's other meetings.
//! - [`fairness`]: the reports of one manager beside each other.
//! - [`displaced_by`]: what most likely took the slot. [`severity`]: a weight for sorting, nothing else.
//!
//! Facts are always shown; inferences are gated. The gates' error rates are in `docs/measure/signal.md`, and
//! `tests/calibration.rs` reproduces them.

pub mod bands;
pub mod beta;
pub mod displaced_by;
pub mod fairness;
pub mod head_to_head;
pub mod ladder;
pub mod once;
pub mod pair_signal;
pub mod random;
pub mod rates;
pub mod severity;
pub mod strata;
pub mod whose_unknown;
pub mod wording;

pub use bands::Band;
pub use once::Once;
pub use pair_signal::{Kind, Reading, read, read_with};
