//! The repository's own chores: test, dist, generated pages.
fn main() {}
