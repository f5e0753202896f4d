//! (cases follow with the conformance table)
