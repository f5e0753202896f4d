//! The binary `steadfast`: composition root.
fn main() {}
