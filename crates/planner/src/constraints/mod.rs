//! What makes a place possible, and what makes it better for the report. One file each, with its weight's reason.
//!
//! To change one, find its file here or in `docs/reference/constraints.md`, change the weight with its reason or the
//! function, and `cargo xtask bless`.

mod avoided;
mod beside_meeting;
mod bump_risk;
mod busy;
mod case;
mod edge_of_day;
mod focus;
mod going_without;
mod hours;
mod how_far;
mod lost;
mod lunch;
mod manager_quiet;
mod notice;
mod outside_hours;
mod page;
mod preferred;
mod quiet;
mod stable;

pub use case::{Case, Known, Quarters};
pub use focus::FROM_QUARTERS as FOCUS_FROM_QUARTERS;
pub use going_without::going_without;
pub use page::page;

/// Something a place must fulfil.
#[derive(Clone, Copy, Debug)]
pub struct Hard {
    /// Name in explanations.
    pub id: &'static str,
    /// What it asks, in plain prose.
    pub meaning: &'static str,
    /// Why it admits no exception.
    pub why: &'static str,
    /// The source file, from the repository's root.
    pub file: &'static str,
    /// Whether the place fulfils it.
    pub allows: fn(&Case<'_>) -> bool,
}

/// Something that makes a place dearer.
#[derive(Clone, Copy, Debug)]
pub struct Soft {
    /// Name in explanations.
    pub id: &'static str,
    /// What is against a place that it counts, in a few words; `{report}` and `{manager}` stand for their names.
    pub short: fn(&Case<'_>) -> &'static str,
    /// What it counts, in plain prose.
    pub meaning: &'static str,
    /// What one of what it counts costs.
    pub weight: u32,
    /// Why so much.
    pub why: &'static str,
    /// The source file, from the repository's root.
    pub file: &'static str,
    /// How often it counts at the place.
    pub count: fn(&Case<'_>) -> u32,
}

/// What must be, cheapest to find out first.
pub const HARD: &[Hard] = &[
    hours::HARD,
    busy::HARD,
    focus::HARD,
    lost::HARD,
    notice::HARD,
];

/// What is better or worse; the report's wishes first.
pub const SOFT: &[Soft] = &[
    preferred::SOFT,
    edge_of_day::SOFT,
    beside_meeting::SOFT,
    quiet::SOFT,
    manager_quiet::SOFT,
    lunch::SOFT,
    outside_hours::SOFT,
    avoided::SOFT,
    bump_risk::SOFT,
    stable::SOFT,
    how_far::SOFT,
];

/// What a place costs; None where it must not be.
pub fn cost(case: &Case<'_>) -> Option<u32> {
    HARD.iter()
        .all(|hard| (hard.allows)(case))
        .then(|| wishes(case))
}

/// What a place costs, whether it may be or not.
pub fn wishes(case: &Case<'_>) -> u32 {
    let terms = SOFT.iter().map(|soft| soft.weight * (soft.count)(case));
    terms.sum()
}
