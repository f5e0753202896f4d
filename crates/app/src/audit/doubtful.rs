//! What came nearest to a 1:1 without being counted: why, and the one option that would count it.

use super::{lines::cadence_words, pair::person};
use crate::report::model::Doubtful;
use std::collections::HashSet;
use steadfast_ledger::{
    pairs::{CountsWith, Doubt, Found, Missing, Unnamed},
    people::{Directory, PersonId},
};

/// What counts a 1:1 whose second person stands nowhere in the source: no option can.
const OTHER_SOURCE: &str =
    "a source that keeps the attendees (the calendar's own full export, or CalDAV)";

/// What counts one that was put on the calendar without inviting anybody to all of it.
const INVITED: &str = "the second person invited to the series";

/// A meeting called a 1:1 of up to so many is told wherever it is found: one of them may be a room or a note taker that
/// nobody declared. Of more, the title means something else.
const NEARLY_TWO: usize = 4;

/// Everything that looks like a 1:1 and is not counted. Where nothing is counted, what came near as well.
pub(super) fn doubtful<'a>(
    found: &'a Found,
    me: Option<PersonId>,
    directory: &'a Directory,
) -> impl Iterator<Item = Doubtful> + use<'a> {
    let nothing = found.relationships.is_empty();
    // Each is made when its turn comes: there may be a hundred thousand.
    let of_title = |one: &&Unnamed| match one.missing {
        Missing::SecondPerson { .. } => true,
        Missing::OnlyTwo(people) => nothing || people <= NEARLY_TWO,
        Missing::Owner(two) => nothing || other_me(one.owner, two, directory).is_some(),
    };
    // Both have it on their calendars.
    let mut told: HashSet<&str> = HashSet::new();
    let mut titled: Vec<&Unnamed> = found.unnamed.iter().filter(of_title).collect();
    titled.retain(|one| !matches!(one.missing, Missing::OnlyTwo(_)) || told.insert(&one.title));
    let pairs = found.doubts.iter().chain(nearest(found));
    pairs
        .map(move |doubt| of_two(doubt, me, directory))
        .chain(titled.into_iter().map(|one| unnamed(one, directory)))
}

/// What is told only where no 1:1 is found.
pub(super) fn nearest(found: &Found) -> &[Doubt] {
    if found.relationships.is_empty() {
        &found.near
    } else {
        &[]
    }
}

fn of_two(doubt: &Doubt, me: Option<PersonId>, directory: &Directory) -> Doubtful {
    let [a, b] = doubt.people;
    let (first, second) = if me == Some(b) { (b, a) } else { (a, b) };
    let address = |id: PersonId| directory.person(id).address;
    let would_count_with = match (doubt.counts_with, me) {
        (CountsWith::Rhythm, _) => {
            "a meeting of the two that repeats every 3 to 45 days".to_owned()
        }
        (CountsWith::Title, _) => "a title that says 1:1".to_owned(),
        (CountsWith::Time, _) => {
            "a meeting of the two at a time of day, every 3 to 45 days".to_owned()
        }
        (CountsWith::Line, Some(_)) => format!("--reports {}", address(second)),
        (CountsWith::Line, None) => {
            format!("--me {} --reports {}", address(first), address(second))
        }
    };
    Doubtful {
        people: [first, second].map(|p| Some(person(p, directory))),
        title: None,
        why: doubt.why.clone(),
        would_count_with,
    }
}

fn unnamed(one: &Unnamed, directory: &Directory) -> Doubtful {
    let mut why = vec!["the title reads like a 1:1".to_owned()];
    why.extend(one.cadence_days.map(cadence_words));
    if let Missing::Owner(two) = one.missing {
        return not_mine(one, two, directory);
    }
    let declare = if one.owner.is_some() {
        "--org FILE.csv"
    } else {
        "--me ADDR --org FILE.csv"
    };
    let would_count_with = match one.missing {
        Missing::SecondPerson {
            title_names,
            calendar_names,
        } => {
            why.push(if calendar_names {
                "but the series names no second person".to_owned()
            } else {
                "but it names no second person: this source holds no attendees".to_owned()
            });
            if title_names {
                format!("{declare}, where it has whom the title names (email,name,manager)")
            } else if calendar_names {
                INVITED.to_owned()
            } else {
                OTHER_SOURCE.to_owned()
            }
        }
        Missing::OnlyTwo(people) => {
            why.push(format!("but it names {people} people"));
            format!("{declare}, where all but two of them are kind delegate, room or bot")
        }
        Missing::Owner(_) => String::new(),
    };
    Doubtful {
        people: [one.owner.map(|p| person(p, directory)), None],
        title: Some(one.title.to_string()),
        why,
        would_count_with,
    }
}

/// A 1:1 on the owner's calendar that names two others: the owner may be one of them, under another address.
fn not_mine(one: &Unnamed, two: [PersonId; 2], directory: &Directory) -> Doubtful {
    let address = |id: PersonId| directory.person(id).address.to_string();
    let mut why = vec!["exactly two people".to_owned()];
    why.extend(one.cadence_days.map(cadence_words));
    why.push("the title says 1:1".to_owned());
    let me = one.owner.map(address).unwrap_or_default();
    let other = other_me(one.owner, two, directory);
    let would_count_with = match other {
        Some(other) => {
            why.push(format!(
                "but it names {}, who may be {me} or not",
                address(other)
            ));
            format!("--me {me} --me {}, if both are yours", address(other))
        }
        None => {
            why.push(format!("but neither is {me}"));
            format!("--me {me} --me ADDRESS, if one of these addresses is yours too")
        }
    };
    let first = two.into_iter().find(|p| Some(*p) == other);
    let [a, b] = two;
    let second = if first == Some(b) { a } else { b };
    Doubtful {
        people: [first.unwrap_or(a), second].map(|p| Some(person(p, directory))),
        title: None,
        why,
        would_count_with,
    }
}

/// The one of the two who may be the owner under another address: the full name is the same, or the mailbox.
fn other_me(
    owner: Option<PersonId>,
    two: [PersonId; 2],
    directory: &Directory,
) -> Option<PersonId> {
    let owner = owner?;
    let mailbox = |id: PersonId| {
        let address = directory.person(id).address;
        address.split_once('@').map(|(mailbox, _)| mailbox)
    };
    let alike = |p: &PersonId| directory.may_be_one(owner, *p) || mailbox(*p) == mailbox(owner);
    match two.map(|p| alike(&p)) {
        [true, false] => two.first().copied(),
        [false, true] => two.last().copied(),
        _ => None,
    }
}
