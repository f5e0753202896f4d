//! A calendar that names another address than the one somebody signed in with: may it be theirs as well?

use crate::server::sync::{Access, FoundCalendar, News};
use std::collections::BTreeMap;
use steadfast_calendar::{Event, Reader};

/// With fewer meetings of several people nothing is offered.
const ENOUGH: usize = 6;
/// Letters that a word of a name has at the least to tell anything.
const LETTERS: usize = 3;

/// The one address that all of `calendars` are of, if it may be another one of the person called `name`.
///
/// It is offered, never taken: the person says so. And it is offered only where a mistake is hardly possible: the address
/// is in nearly all meetings of several people; it goes by a name that has a word in common with the person's; and where
/// the server says whose a calendar is, they signed in there as the owner, or hold the secret address of the feed.
pub(crate) fn perhaps_me(
    access: &Access,
    name: &str,
    calendars: &[FoundCalendar],
) -> Option<String> {
    let mut addresses = calendars.iter().map(|one| address_of(access, name, one));
    let first = addresses.next()??;
    addresses
        .all(|other| other.as_deref() == Some(first.as_str()))
        .then_some(first)
}

fn address_of(access: &Access, name: &str, calendar: &FoundCalendar) -> Option<String> {
    let (meetings, people) = people_in(calendar);
    let mut candidates = people.into_iter().filter(|(address, (times, called))| {
        let in_nearly_all = meetings >= ENOUGH && times * 5 >= meetings * 4;
        let by_name = called.iter().any(|one| have_a_word_in_common(one, name));
        in_nearly_all && by_name && is_owner(access, calendar.owner.as_deref(), address)
    });
    let (address, _) = candidates.next()?;
    candidates.next().is_none().then_some(address)
}

/// Whether nothing speaks against whoever gave `access` being the owner, `address`.
fn is_owner(access: &Access, owner: Option<&str>, address: &str) -> bool {
    let Some(owner) = owner else {
        return true;
    };
    let Some(user) = &access.user else {
        // A feed's address is a secret of its owner's.
        return owner == address;
    };
    let local = owner.split('@').next().unwrap_or_default();
    owner == address && [owner, local].contains(&user.to_lowercase().as_str())
}

/// How many meetings of several people there are, and in how many each address is, under which names.
fn people_in(calendar: &FoundCalendar) -> (usize, BTreeMap<String, (usize, Vec<String>)>) {
    let objects = match &calendar.news {
        News::Whole { objects, .. } => objects.as_slice(),
        News::Changes { put, .. } => put.as_slice(),
        News::Unchanged => &[],
    };
    let mut people: BTreeMap<String, (usize, Vec<String>)> = BTreeMap::new();
    let mut meetings = 0;
    for object in objects {
        for event in Reader::read(&object.lines).events {
            if event.attendees.is_empty() {
                continue;
            }
            meetings += 1;
            for (address, name) in named(&event) {
                let (times, names) = people.entry(address).or_default();
                *times += 1;
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
    }
    (meetings, people)
}

/// Everybody in an event once, with a name.
fn named(event: &Event) -> BTreeMap<String, String> {
    let organizer = event.organizer.iter();
    let organizer = organizer.map(|one| (one.address.to_string(), one.name.to_string()));
    let attendees = event.attendees.iter();
    let attendees = attendees.map(|one| (one.address.to_string(), one.name.to_string()));
    organizer.chain(attendees).collect()
}

fn have_a_word_in_common(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let lower = name.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric());
        words
            .filter(|word| word.chars().count() >= LETTERS)
            .map(str::to_owned)
            .collect()
    };
    let others = words(other);
    words(one).iter().any(|word| others.contains(word))
}
