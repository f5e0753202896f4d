//! Addresses of one display name: one person who changed address, several people of one name, or not known.
//!
//! A name alone never makes two addresses one person: "Anna Schmidt" may well be there twice. Only a full name counts,
//! and two of one name side by side in one meeting are two people. Two addresses of one domain are never taken for one:
//! a house tells its namesakes apart by just that. What else makes them one is in `judge.rs`.

mod judge;
mod names;
mod seen;

use crate::history::History;
use names::clusters;
use seen::Seen;
use std::sync::Arc;

/// All addresses that go by one full name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namesakes {
    /// Those whose meetings were made earliest first; by name where they are several people's.
    pub addresses: Vec<Arc<str>>,
    /// Whether they are one person.
    pub sameness: Sameness,
}

/// Whether the addresses of one name are one person.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sameness {
    /// One person, as the calendars show.
    One,
    /// The calendars do not show it.
    Unknown,
    /// At least two people: two of them are in one meeting side by side.
    Several,
}

/// Every full name that several addresses in `history` go by, in order of name; but for those that one domain has twice:
/// they are several people's.
pub fn namesakes(history: &History) -> Vec<Namesakes> {
    let clusters = clusters(history);
    if clusters.is_empty() {
        return Vec::new();
    }
    let seen = Seen::of(history, &clusters);
    let judged = clusters.iter().zip(&seen);
    judged.map(|(one, seen)| judge::judge(one, seen)).collect()
}

/// What follows the last `@`.
fn domain(address: &str) -> &str {
    address.rsplit_once('@').map_or("", |(_, domain)| domain)
}

/// A full name as it is compared: lower case, whatever the order of its words. `None` for a first name alone, initials,
/// or an address.
fn full_name(name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    if lower.contains('@') {
        return None;
    }
    let mut words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .collect();
    let full = |word: &&&str| word.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    if words.iter().filter(full).count() < 2 {
        return None;
    }
    words.sort_unstable();
    Some(words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::full_name;

    #[test]
    fn only_a_full_name_counts_in_whatever_order() {
        for (name, full) in [
            ("Tugba Yilmaz", Some("tugba yilmaz")),
            ("Yilmaz, Tugba", Some("tugba yilmaz")),
            ("Tugba", None),
            ("T. Y.", None),
            ("T. Yilmaz", None),
            ("tugba yilmaz@example.com", None),
        ] {
            assert_eq!(full_name(name).as_deref(), full, "{name}");
        }
    }
}
