//! Builders and scripted counterparts for tests only.
