//! A person in a line: an address and a name.

use super::lines::quoted;

/// An address that can be written as one.
pub(crate) fn plain_address(address: &str) -> Option<&str> {
    let is_plain = address.contains('@')
        && !address
            .chars()
            .any(|c| c.is_control() || c.is_whitespace() || matches!(c, '"' | '<' | '>' | '?'));
    is_plain.then_some(address)
}

/// The parameter that names somebody; empty where nothing names them.
pub(crate) fn named(name: Option<&str>) -> String {
    match name.map(str::trim).filter(|name| !name.is_empty()) {
        Some(name) => format!(";CN={}", quoted(name)),
        None => String::new(),
    }
}
