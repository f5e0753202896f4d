//! Who is there, and who reports to whom today: what everybody with an account sees of the organisation.

use super::organisation::{Organisation, key_of};
use crate::server::Viewer;
use jiff::civil::Date;

/// A page of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chart {
    /// People by name.
    pub people: Vec<ChartPerson>,
    /// How many there are with what was looked for.
    pub found: usize,
    /// How many there are.
    pub all: usize,
}

/// Somebody, as everybody sees them: no address, no dates, nothing of what was before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChartPerson {
    /// For the address of their page.
    pub key: String,
    /// Their name.
    pub name: String,
    /// Names of those they report to today.
    pub managers: Vec<String>,
    /// Whether it is whoever looks.
    pub is_me: bool,
}

/// Those whose name holds `find`, `most` of them from the number `from` on.
pub fn chart(
    organisation: &Organisation,
    viewer: &Viewer,
    today: Date,
    find: &str,
    (from, most): (usize, usize),
) -> Chart {
    let find = find.trim().to_lowercase();
    let is_human = |kind: &str| matches!(kind, "person" | "delegate");
    let everybody = || {
        let people = organisation.people.iter();
        people.filter(|(_, known)| is_human(&known.kind))
    };
    let mut found: Vec<(String, &str)> = everybody()
        .map(|(address, _)| (organisation.shown(address).to_lowercase(), address.as_str()))
        .filter(|(name, _)| name.contains(&find))
        .collect();
    found.sort_unstable();
    let page = found.iter().skip(from).take(most);
    Chart {
        people: page
            .map(|(_, address)| ChartPerson {
                key: key_of(address),
                name: organisation.shown(address),
                managers: organisation
                    .lines_of(address)
                    .filter(|line| line.covers(today))
                    .map(|line| organisation.shown(&line.manager))
                    .collect(),
                is_me: *address == viewer.person(),
            })
            .collect(),
        found: found.len(),
        all: everybody().count(),
    }
}
