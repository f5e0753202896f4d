//! stub
use super::model::Report;
/// stub
pub fn csv(_report: &Report) -> String { String::new() }
