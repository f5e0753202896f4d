//! Addresses that stand in the list only because somebody is said to report to them: perhaps a slip of the pen.

use super::administrator::Administrator;
use super::forms::Said;
use super::organisation::Organisation;
use crate::server::accounts::address_of;
use crate::server::{ServerError, ledger::whole_stream};
use std::collections::BTreeSet;
use steadfast_store::{Accounts, Facts, Micros, Org};

/// Letters by which two addresses differ that are near: one left out, put in, another, or two the other way round.
const NEAR: usize = 2;
/// Addresses that are held against all others; of more it is told without.
const MOST_HELD: usize = 100;

/// A manager who has no row of their own.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Unlisted {
    /// The address.
    pub address: String,
    /// How many are said to report to it.
    pub manages: usize,
    /// An address of the list that reads nearly the same, or has the same name at another place.
    pub near: Option<String>,
}

/// Those of `organisation` whom nothing is known of but that others report to them: no name, no manager, no other address, no
/// account. Only where another address is within [`NEAR`]: whoever is at the top of a list has none of these either.
pub fn mistyped(organisation: &Organisation, joined: &BTreeSet<String>) -> Vec<Unlisted> {
    let reports: BTreeSet<&str> = organisation.lines.iter().map(|l| &*l.report).collect();
    let others: BTreeSet<&str> = organisation
        .others
        .values()
        .map(|other| &*other.person)
        .collect();
    let people = organisation.people.iter();
    let bare = people
        .filter(|(_, known)| known.name.is_empty() && known.zone.is_none())
        .map(|(address, _)| address.as_str())
        .filter(|one| !reports.contains(one) && !others.contains(one) && !joined.contains(*one));
    let mut told = unlisted(organisation, bare);
    told.retain(|one| {
        let near = one.near.as_deref();
        one.manages > 0 && near.is_some_and(|near| is_near(&one.address, near))
    });
    told
}

/// Of `known` the address that one typed by hand may have been meant for: the same name at nearly the same place, or all but one
/// letter of it. `None` where it is one of them, or no address.
pub fn meant<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let typed = address_of(typed).ok()?;
    let local = typed.split_once('@')?.0;
    let mut best: Option<(usize, &str)> = None;
    for one in known {
        let apart = apart(&typed, one);
        let is_same_name = one.split_once('@').is_some_and(|(name, _)| name == local);
        if apart == 0 {
            return None;
        }
        let limit = if is_same_name { NEAR } else { 1 };
        if apart <= limit && best.is_none_or(|(least, _)| apart < least) {
            best = Some((apart, one));
        }
    }
    best.map(|(_, one)| one)
}

/// The same of everybody whom the list names, by any address, and of those whom whoever keeps it knows besides: that, and what they
/// are called.
pub fn meant_of_list(
    organisation: &Organisation,
    _keeper: &Administrator,
    typed: &str,
    besides: &[String],
) -> Option<(String, String)> {
    let people = organisation
        .people
        .keys()
        .chain(organisation.leavers.keys());
    let known = people.chain(organisation.others.keys()).chain(besides);
    let near = meant(typed, known.map(String::as_str))?;
    let main = organisation.main(near);
    Some((main.to_owned(), organisation.shown(main)))
}

/// What there is to say of each of `addresses`.
pub(super) fn unlisted<'a>(
    organisation: &Organisation,
    addresses: impl Iterator<Item = &'a str>,
) -> Vec<Unlisted> {
    let addresses: BTreeSet<&str> = addresses.collect();
    let told = addresses.iter().enumerate().map(|(number, address)| {
        let lines = organisation.lines.iter();
        let below = lines.filter(|line| line.manager == *address);
        let below: BTreeSet<&str> = below.map(|line| &*line.report).collect();
        let rows = organisation.people.keys().map(String::as_str);
        let rows = rows.filter(|row| !addresses.contains(row) && number < MOST_HELD);
        Unlisted {
            address: (*address).to_owned(),
            manages: below.len(),
            near: nearest(address, rows).map(str::to_owned),
        }
    });
    told.collect()
}

/// Whether somebody of any list was perhaps mistyped; for whoever runs the server, and so only how many.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub async fn count_mistyped<S: Accounts + Facts>(
    store: &S,
    org: &Org,
    now: Micros,
) -> Result<usize, ServerError> {
    let mut known = Organisation::default();
    for fact in whole_stream(store, org, super::forms::ORGANISATION).await? {
        known.take(Said::read(&fact)?);
    }
    let told = mistyped(&known, &BTreeSet::new());
    let addresses: Vec<&str> = told.iter().map(|one| one.address.as_str()).collect();
    let joined = store.which_have_joined(org, &addresses, now).await?;
    Ok(told.len() - joined.len())
}

/// Of `rows` the one that `address` is most like.
fn nearest<'a>(address: &str, rows: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let (local, _) = address.split_once('@')?;
    let like = rows.filter_map(|row| {
        let apart = apart(address, row);
        let is_same = row.split_once('@').is_some_and(|(other, _)| other == local);
        (apart <= NEAR || is_same).then_some((apart, row))
    });
    like.min().map(|(_, row)| row)
}

fn is_near(one: &str, other: &str) -> bool {
    apart(one, other) <= NEAR
}

/// Letters by which the two differ; anything above [`NEAR`] where that is not worth counting.
fn apart(one: &str, other: &str) -> usize {
    if one.len().abs_diff(other.len()) > NEAR {
        return NEAR + 1;
    }
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut here = vec![row + 1];
        for (column, against) in other.iter().enumerate() {
            let get = |line: &[usize], at: usize| line.get(at).copied().unwrap_or(usize::MAX);
            let mut least = (get(&above, column) + usize::from(letter != against))
                .min(get(&above, column + 1) + 1)
                .min(get(&here, column) + 1);
            // Two that stand the other way round.
            let is_turned = row > 0
                && column > 0
                && one.get(row - 1) == Some(against)
                && other.get(column - 1) == Some(letter);
            if is_turned {
                least = least.min(get(&before, column - 1) + 1);
            }
            here.push(least);
        }
        if here.iter().all(|apart| *apart > NEAR) {
            return NEAR + 1;
        }
        before = std::mem::replace(&mut above, here);
    }
    above.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_near_and_another_name_is_not() {
        for (typed, near) in [
            ("petra@exmaple.com", Some("petra@example.com")),
            ("perta@example.com", Some("petra@example.com")),
            ("petra@example.co", Some("petra@example.com")),
            ("petra@elsewhere.org", Some("petra@example.com")),
            ("maya@example.com", None),
            ("p@example.com", None),
        ] {
            let rows = ["ben@example.com", "petra@example.com"];
            assert_eq!(nearest(typed, rows.into_iter()), near, "{typed}");
        }
        for (typed, near) in [
            ("Petra@exmaple.com", Some("petra@example.com")),
            ("petra@exmaple.co", Some("petra@example.com")),
            ("petri@example.com", Some("petra@example.com")),
            ("perta@exmaple.com", None),
            ("petra@example.com", None),
            ("maya@example.com", None),
            ("petra@", None),
        ] {
            let known = ["ben@example.com", "petra@example.com"];
            assert_eq!(meant(typed, known.into_iter()), near, "{typed}");
        }
        assert_eq!(apart("petra@exmaple.com", "petra@example.com"), 1);
        assert_eq!(apart("perta@exmaple.com", "petra@example.com"), 2);
        assert_eq!(apart("petra@example.com", "petra@example.com"), 0);
    }
}
