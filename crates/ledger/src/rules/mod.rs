//! What counts as what: one file per rule, each with its meaning, its decision and its cases.
