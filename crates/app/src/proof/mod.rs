//! The proof, put to one person: a chain of questions that they answer themselves, each answer held against their own
//! calendar. Pure; how answers are kept is [`crate::server::proof`].
//!
//! Facts are put beside the answer. That the two differ is said only where the calendar's side is gated already (a 1:1 that
//! *usually* gives way, a rate that may be said, a band) or is a fact (somebody without a 1:1). Nobody is graded.

mod answers;
mod held;
mod questions;

pub use answers::{Answer, Answers};
pub use held::{Against, Held, held};
pub use questions::{Choice, Question};

/// What no answer and no calendar shows.
pub const NOT_PROVED: [&str; 4] = [
    "That moving or cancelling a 1:1 does harm by itself. Nobody has published a study of it.",
    "That a 1:1 took place because it stood on the calendar, or why one gave way: somebody may have asked you for it.",
    "What your people think of it. They can tell you; a calendar cannot.",
    "That kept 1:1s keep people. No study shows it, and we claim no saving.",
];
