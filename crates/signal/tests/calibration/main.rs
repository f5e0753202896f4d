//! How often the gates open by chance, and how soon when there is something to say: the tables of
//! `docs/measure/signal.md`, reproduced by seeded simulation, or exactly where that is possible.
//!
//! A changed theta0, half-life or limit must fail here; the new figures then go into the write-up and into this test.

#![expect(
    clippy::unwrap_used,
    reason = "a simulation that cannot count must stop the test"
)]

mod comparisons;
mod fairness;
mod once;
mod pair;
mod table;
