//! Version 1, one file per endpoint. A shape may gain fields; none changes its meaning, or goes.

pub(crate) mod cadence;
pub(crate) mod calendars;
pub(crate) mod export;
pub(crate) mod guard;
pub(crate) mod guard_of_one;
pub(crate) mod guard_switch;
pub(crate) mod log;
pub(crate) mod looks;
pub(crate) mod mattered;
pub(crate) mod me;
pub(crate) mod occurrence;
pub(crate) mod one_on_one;
pub(crate) mod one_on_ones;
pub(crate) mod shapes;
pub(crate) mod take_back;
pub(crate) mod word;
