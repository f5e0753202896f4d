//! How far the guard goes for somebody: what they chose for all of their 1:1s and for single ones, what sort of meeting they say
//! that something is, what the organisation
//! chose for those who did not, beyond which limits nobody goes, and the switch that stops everything.
//!
//! All of it is facts, in one stream for each person and one for the organisation ([`streams`]). A choice has two parts, the
//! level and the bounds: whoever chose *defend* for one 1:1 still has their own bounds there, and what nobody chose is the
//! organisation's. Which choice holds is decided by [`steadfast_guard::policy::resolve`], and nowhere else.
//!
//! What was kept by a program that knows more than this one is not guessed at: as long as there is any such fact about
//! somebody, the guard only advises them ([`Chosen::is_careful`]).

mod choose;
mod chosen;
mod forms;
mod ranges;
mod switch;
#[cfg(test)]
mod tests;
mod words;

pub use choose::{
    About, choose_bounds, choose_level, preview, say_class, set_bounds, set_level, set_limits,
};
pub(in crate::server) use chosen::told;
pub use chosen::{Choice, Chosen, policies};
pub use forms::{CLASSES, WINNERS, class_named, winner_named, winner_word};
pub use ranges::{ACTIONS_A_DAY, BOOKED_AFTER_MINUTES, FREEZE_MINUTES, LEAST_CONFIDENCE, fit};
pub use steadfast_guard::policy::{Bounds, Level, Limits, Policy, Whose, Winner};
pub use steadfast_guard::world::meeting::class_words;
pub use steadfast_ledger::occurrence::Class;
pub use switch::{Switches, go_on, go_on_for_all, stop, stop_for_all, switches};
pub use words::{TODAY, Written, bounds_in_words, limits_in_words, span, winner_in_words, written};

pub(in crate::server) use forms::{Said, read};
pub(in crate::server) use words::{FREE_THEN, NO_TIME, booked_on, offered_by, put_at};

/// The stream of what the organisation chose.
pub(in crate::server) const OF_ORGANISATION: &str = "guard";

/// The stream of what `person` chose.
pub(in crate::server) fn chosen_by(person: &str) -> String {
    format!("guard/{person}")
}

/// The streams that the policies of `person` are made from: what was made from them is out of date when one of these has
/// another version.
pub fn streams(person: &str) -> [String; 2] {
    [OF_ORGANISATION.to_owned(), chosen_by(person)]
}
