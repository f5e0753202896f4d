//! Builders and scripted counterparts for tests only.

pub mod servers;
