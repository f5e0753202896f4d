//! Whether two people are of one house, by the domains of their addresses.

use crate::people::{Directory, PersonId};

/// Whether any address of the one and any of the other are of one domain.
pub(super) fn same_house(a: PersonId, b: PersonId, directory: &Directory) -> bool {
    let theirs: Vec<&str> = domains(b, directory).collect();
    domains(a, directory).any(|domain| theirs.contains(&domain))
}

/// Why two people of different domains may be of one house all the same: one of them has the full name of somebody of
/// the other's, or the one domain lies below the other.
pub(super) fn perhaps_of_one_house(
    a: PersonId,
    b: PersonId,
    directory: &Directory,
) -> Option<String> {
    let address = |id: PersonId| directory.person(id).address;
    for (one, other) in [(a, b), (b, a)] {
        let groups = directory.namesakes.iter().filter(|g| g.contains(&one));
        let inside = groups
            .flatten()
            .find(|id| **id != one && **id != other && same_house(**id, other, directory));
        if let Some(inside) = inside {
            return Some(format!(
                "but whether {} is {}, of the same name, is not known",
                address(one),
                address(*inside)
            ));
        }
    }
    let below = domains(a, directory)
        .any(|a| domains(b, directory).any(|b| is_below(a, b) || is_below(b, a)));
    below.then(|| {
        format!(
            "but whether {} and {} are of one organisation is not known",
            address(a),
            address(b)
        )
    })
}

fn domains(id: PersonId, directory: &Directory) -> impl Iterator<Item = &str> {
    let person = directory.person(id);
    let all = std::iter::once(person.address).chain(person.others().iter().map(AsRef::as_ref));
    all.map(|address| address.split_once('@').map_or("", |(_, domain)| domain))
}

/// "old.example.com" is below "example.com".
fn is_below(long: &str, short: &str) -> bool {
    short.contains('.')
        && long
            .strip_suffix(short)
            .is_some_and(|rest| rest.ends_with('.'))
}
