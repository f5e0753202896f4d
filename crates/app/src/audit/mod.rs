//! The audit: from calendars to an honest account of every promised 1:1.
//!
//! Sources hand their calendars to [`Audit`]; [`Audit::finish`] finds the 1:1s, judges each promise, reads the
//! signal, and gives a [`crate::report::Report`]. No domain decision is made here: what counts as what is in
//! `steadfast-ledger`, how it reads in `steadfast-signal`.

mod against;
mod answered;
pub mod answers_file;
pub(crate) mod basis;
mod better;
mod both;
mod cause;
pub mod class_file;
mod closing;
mod collect;
mod compare;
mod doubtful;
mod elsewhere;
mod finish;
mod first;
mod gave_way;
mod judged;
mod lines;
mod nameless;
mod next_step;
mod only_me;
mod options;
mod order;
pub mod org_file;
mod pair;
mod rates;
mod reading;
mod said;
mod settled_alone;
mod share;
mod table;
mod to_be_sure;
mod unite;
mod whose;

pub use collect::Audit;
pub use options::{AgreedCadence, ChangedBy, Options, RecordedChange, SettledOfTwo};
pub use pair::pair_id;
pub(crate) use reading::is_eligible;
pub use steadfast_signal::Once;
pub use table::FileError;
pub use to_be_sure::stands_for_an_address;
