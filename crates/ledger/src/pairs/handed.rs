//! Whether an entry of a series is with somebody else: one UID may be handed from one report to another, and what was
//! before is told for those whose it was.

use super::participants::known_participants;
use crate::people::{Directory, PersonId};
use steadfast_calendar::Event;

/// Whether `event`, on `owner`'s calendar, is a meeting of exactly two people who are not the `two`: one of them is
/// somebody else. Not where that may be the same person under another address: they go by one name, or its title names
/// the one of the `two` who is not in it. An entry that names no attendee does not say who meets.
pub(crate) fn is_of_others(
    event: &Event,
    two: [PersonId; 2],
    owner: Option<PersonId>,
    directory: &Directory,
) -> bool {
    if event.attendees.is_empty() {
        return false;
    }
    let there = known_participants(event, owner, directory).humans;
    let [a, b] = there[..] else {
        return false;
    };
    let missing: Vec<PersonId> = two.into_iter().filter(|p| !there.contains(p)).collect();
    let instead: Vec<PersonId> = [a, b].into_iter().filter(|p| !two.contains(p)).collect();
    match (&missing[..], &instead[..]) {
        ([missing], [instead]) => !may_be_one(*missing, *instead, event, directory),
        _ => !missing.is_empty(),
    }
}

/// Whether `instead`, whom `event` names, may be `missing` under another address.
fn may_be_one(missing: PersonId, instead: PersonId, event: &Event, directory: &Directory) -> bool {
    let declared = |one| directory.person(one).declared;
    if declared(missing) && declared(instead) {
        return false;
    }
    let [theirs, other] = [missing, instead].map(|one| directory.display_name(one));
    let lower = event.summary.to_lowercase();
    let named = |name: &str| {
        let name = name.to_lowercase();
        let mut words = name.split_whitespace();
        words.any(|word| word.chars().count() >= 2 && crate::words::has_word(&lower, word))
    };
    theirs == other || named(&theirs) && !named(&other)
}
