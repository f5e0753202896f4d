//! The command that declares what was inferred, is unknown, or hangs on an address.

use super::options::Options;
use std::collections::HashMap;
use steadfast_ledger::{
    pairs::{Declared, Direction, Found, Relationship},
    people::{Directory, PersonId},
};

/// Stands for the addresses that only the user knows how to place.
const REPORTS: &str = "REPORT,REPORT";
/// The same for the one boss.
const BOSS: &str = "BOSS";

/// Whether `word` is one that stands for an address in the suggested command, and was not replaced.
pub fn stands_for_an_address(word: &str) -> bool {
    word == BOSS || REPORTS.split(',').any(|report| report == word)
}

/// The command that declares what was inferred or is unknown; `None` when all is declared. Whoever is not counted only
/// because of another address is in it too. The only person whose side is not known is most likely the boss; of several
/// nobody is placed: pasted as it stands, a wrong guess would turn the whole report round.
pub(super) fn to_be_sure(
    found: &Found,
    declared: &Declared,
    directory: &Directory,
    options: &Options,
) -> Option<String> {
    let undeclared = |r: &Relationship| r.direction != Direction::Declared;
    let by_address = || found.doubts.iter().filter(|d| d.but_for_address);
    if !found.relationships.iter().any(undeclared) && by_address().next().is_none() {
        return None;
    }
    let me = declared.me?;
    let address = |id: PersonId| quoted(directory.person(id).address);
    let mut managers: Vec<String> = Vec::new();
    let mut reports: Vec<String> = Vec::new();
    let mut sides: HashMap<PersonId, bool> = HashMap::new();
    let mine = || found.relationships.iter().filter(|r| r.other(me).is_some());
    let unplaced = mine().filter(|r| r.manager.is_none()).count();
    let guesses = unplaced == 1;
    for relationship in mine() {
        let Some(other) = relationship.other(me) else {
            continue;
        };
        if relationship.manager.is_none() && !guesses {
            continue;
        }
        let is_report = relationship.manager == Some(me);
        sides.insert(other, is_report);
        let side = if is_report {
            &mut reports
        } else {
            &mut managers
        };
        side.push(address(other));
    }
    for doubt in by_address() {
        let Some(other) = doubt.people.into_iter().find(|p| *p != me) else {
            continue;
        };
        let namesake = sides
            .iter()
            .find(|(id, _)| directory.may_be_one(**id, other));
        let is_report = namesake.map_or(!reports.is_empty(), |(_, is_report)| *is_report);
        if is_report || !managers.is_empty() {
            reports.push(address(other));
        } else {
            managers.push(address(other));
        }
    }
    if unplaced > 0 && !guesses {
        reports.push(REPORTS.to_owned());
        if managers.is_empty() {
            managers.push(BOSS.to_owned());
        }
    }
    let mut command = format!("steadfast audit {}", options.source_words);
    let mine = directory.person(me).others();
    for mine in std::iter::once(directory.person(me).address).chain(mine.iter().map(AsRef::as_ref))
    {
        command.push_str(&format!(" --me {}", quoted(mine)));
    }
    if let Some(manager) = managers.first() {
        command.push_str(&format!(" --manager {manager}"));
        reports.extend(managers.iter().skip(1).cloned());
    }
    if !reports.is_empty() {
        command.push_str(&format!(" --reports {}", reports.join(",")));
    }
    if options.now_was_given {
        command.push_str(&format!(" --now {}", options.now));
    }
    Some(command)
}

/// As a shell takes it back: what a calendar calls an address may be anything.
fn quoted(address: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "@._+-".contains(c);
    if address.chars().all(plain) {
        address.to_owned()
    } else {
        format!("'{}'", address.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn an_address_cannot_be_a_command() {
        assert_eq!(quoted("ana.m+1@example.com"), "ana.m+1@example.com");
        assert_eq!(quoted("$(reboot)@x.com"), "'$(reboot)@x.com'");
        assert_eq!(quoted("o'neil;ls@x.com"), "'o'\\''neil;ls@x.com'");
    }
}
