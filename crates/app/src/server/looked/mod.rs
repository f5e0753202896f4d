//! Who looked at what about whom.
//!
//! A view that shows something about somebody else is a [`Shown`], and there is no other way to one than [`see`], which
//! records the look first. A look is kept by the day: who, whose, what kind, which day. Whom it is about sees it, and
//! the auditor, where one is named ([`Auditor`]); nobody else does. What a report looks at of their own is none ([`led_by`]).

mod about_me;
mod auditor;
mod kind;
mod led;
mod noted;
mod shown;
#[cfg(test)]
mod tests;

pub use about_me::{Looked, SHOWN_DAYS, about_me};
pub use auditor::{Auditor, Line, Lines, auditor, name_auditor};
pub(in crate::server) use auditor::{STREAM as AUDITOR, named};
pub use kind::Kind;
pub(super) use led::led_by;
pub use noted::Noted;
pub(super) use noted::{OPERATOR, note, note_of_operator};
pub use shown::{Look, Shown, see};

use steadfast_store::{AccessLog, Day, Micros, Org, StoreError};

/// Days that looks are kept. A quarter is long enough to ask about one, and short enough not to become a file on anybody.
pub const KEPT_DAYS: i64 = 90;

/// Deletes looks that are older than they are kept; gives how many.
pub(super) async fn trim<S: AccessLog>(
    store: &S,
    org: &Org,
    now: Micros,
) -> Result<u64, StoreError> {
    store.trim_accesses(org, first_kept(now)).await
}

/// The first day of which looks are kept.
fn first_kept(now: Micros) -> Day {
    Day::of(now).plus(1 - KEPT_DAYS)
}
