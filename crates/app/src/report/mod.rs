//! The result of an audit, and the four shapes it is given to people and programs in.

pub mod model;

pub use model::Report;
