//! The result of an audit, and the four shapes it is given to people and programs in.
//!
//! [`text()`] is for a person at a terminal, [`html()`] for a person with a browser or a sheet of paper,
//! [`json()`] and [`csv()`] are for programs and write as they go. All four read the same [`Report`]; the sentences that
//! `text` and `html` share live in `words`, what counts as what in [`tally`].

mod clean;
pub mod csv;
pub mod html;
pub mod json;
mod listed;
mod mark;
pub mod model;
pub(crate) mod once;
pub(crate) mod proof;
pub(crate) mod seat;
pub mod tally;
pub mod text;
pub(crate) mod words;

pub use csv::{csv, csv_of};
pub use html::html;
pub use json::{json, json_of};
pub use listed::Listed;
pub use model::Report;
pub use once::OnceInAWhile;
pub use text::{TextStyle, text};
pub use words::reading::sentence;
