//! Use cases, one file each, and the shapes in which their results leave the program.

pub mod audit;
pub mod cost;
pub mod judge;
pub mod policies;
pub mod proof;
pub mod report;
pub mod server;
