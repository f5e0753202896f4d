//! Meetings whose title says 1:1 while the calendar does not say which two people meet: an export without attendees,
//! or an entry that names more than two.
//!
//! The title may name the other one. That alone counts nothing; it does where the user declared that very person as
//! the owner's report or manager.

use super::{
    Declared,
    cadence::cadence_days,
    participants::Participants,
    title::{Hint, hint, is_two_names},
};
use crate::people::{Directory, PersonId};
use std::sync::Arc;
use steadfast_calendar::{Event, Instant};

/// A recurring meeting whose title says that it is a 1:1, of which it is not known whose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unnamed {
    /// Its title; it may be shown, since it is a 1:1's.
    pub title: Arc<str>,
    /// Whose calendar it is on.
    pub owner: Option<PersonId>,
    /// Days between two instances; `None` where its rule gives none.
    pub cadence_days: Option<i64>,
    /// What is missing.
    pub missing: Missing,
    /// Whom it names.
    pub people: Vec<PersonId>,
    /// When its rule began: of several of one title the last one speaks.
    pub(super) began: Instant,
}

/// Why it is not known which two people meet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Missing {
    /// The entry names nobody but, at most, the owner.
    SecondPerson {
        /// Whether the title names somebody else than the owner: then a declared person can be recognised.
        title_names: bool,
        /// Whether the calendar names attendees elsewhere: then it was not stripped of them.
        calendar_names: bool,
    },
    /// It names so many people, more than two.
    OnlyTwo(usize),
    /// It names exactly these two, and the owner of the calendar is neither: perhaps under another address.
    Owner([PersonId; 2]),
}

impl Unnamed {
    /// `event` as one of them, where it repeats and its title says 1:1. `who`: the people it names.
    pub(super) fn of(
        event: &Event,
        owner: Option<PersonId>,
        who: &Participants,
        directory: &Directory,
    ) -> Option<Self> {
        let humans = who.humans.len();
        let name = owner.map(|o| directory.display_name(o)).unwrap_or_default();
        let said = hint(&event.summary, ["", ""]) == Hint::OneOnOne;
        let two_names = humans < 2 && is_two_names(&event.summary, &name);
        let named: Vec<PersonId> = who
            .humans
            .iter()
            .copied()
            .filter(|p| !who.owner_added || Some(*p) != owner)
            .collect();
        let names = named.iter().map(|p| directory.display_name(*p));
        let names: Vec<String> = names.collect();
        let of_two =
            |names: [&str; 2]| matches!(hint(&event.summary, names), Hint::OneOnOne | Hint::Names);
        let missing = match humans {
            3 if let ([a, b], [first, second]) = (&named[..], &names[..])
                && of_two([first, second]) =>
            {
                Missing::Owner([*a, *b])
            }
            0 | 1 if said || two_names => Missing::SecondPerson {
                title_names: two_names || super::title::names_somebody(&event.summary, &name),
                // Known once all of the calendar is.
                calendar_names: !event.attendees.is_empty(),
            },
            3.. if said => Missing::OnlyTwo(humans),
            3 if names_two_of(event, owner, &who.humans, directory) => Missing::OnlyTwo(humans),
            _ => return None,
        };
        Some(Self {
            title: Arc::from(event.summary.as_ref()),
            owner,
            cadence_days: cadence_days(event),
            missing,
            people: who.humans.clone(),
            began: event.start.instant(&jiff::tz::TimeZone::UTC),
        })
    }
}

impl Unnamed {
    /// Says that its calendar names attendees.
    pub(super) const fn calendar_names_people(&mut self) {
        if let Missing::SecondPerson { calendar_names, .. } = &mut self.missing {
            *calendar_names = true;
        }
    }
}

/// Whether the title is the names of the owner and one of the other two: the third may be a room or a note taker that
/// nobody declared.
fn names_two_of(
    event: &Event,
    owner: Option<PersonId>,
    people: &[PersonId],
    directory: &Directory,
) -> bool {
    let Some(owner) = owner.filter(|owner| people.contains(owner)) else {
        return false;
    };
    let own = directory.display_name(owner);
    let mut others = people.iter().filter(|one| **one != owner);
    others.any(|other| hint(&event.summary, [&own, &directory.display_name(*other)]) == Hint::Names)
}

/// One of each title and calendar, the one that began last; those that began last first.
pub(super) fn one_of_each(mut all: Vec<Unnamed>) -> Vec<Unnamed> {
    all.sort_by(|a, b| b.began.cmp(&a.began).then_with(|| a.title.cmp(&b.title)));
    let mut seen = std::collections::HashSet::new();
    all.retain(|one| seen.insert((one.owner, one.title.to_lowercase())));
    all
}

/// The one person declared as report or manager of `owner` whom `title` names, else the one in the organisation file;
/// `None` where it names none of them, or several, or says that it is something else.
pub(super) fn declared_in(
    title: &str,
    owner: PersonId,
    declared: &Declared,
    directory: &Directory,
) -> Option<PersonId> {
    let own = directory.display_name(owner);
    let mine = (declared.me == Some(owner))
        .then(|| declared.reports.iter().chain(&declared.managers).copied())
        .into_iter()
        .flatten();
    let of_lines = directory.lines.iter().filter_map(|line| {
        if line.manager == owner {
            Some(line.report)
        } else {
            (line.report == owner).then_some(line.manager)
        }
    });
    let own_lines: Vec<PersonId> = mine.chain(of_lines).collect();
    let in_file = directory.ids().filter(|id| directory.person(*id).declared);
    // Somebody of the organisation file without a line to the owner is recognised as well, to be told as what they are.
    only_named(title, &own, owner, own_lines, directory)
        .or_else(|| only_named(title, &own, owner, in_file.collect(), directory))
}

/// The only one of `people`, other than the owner, whom `title` names.
fn only_named(
    title: &str,
    own: &str,
    owner: PersonId,
    mut people: Vec<PersonId>,
    directory: &Directory,
) -> Option<PersonId> {
    people.retain(|p| *p != owner && is_named(title, own, &directory.display_name(*p)));
    people.sort_unstable();
    people.dedup();
    match people[..] {
        [only] => Some(only),
        _ => None,
    }
}

/// Whether `title`, on `owner`'s calendar, is that of a 1:1 and holds a word of `name`.
fn is_named(title: &str, owner: &str, name: &str) -> bool {
    let lower = title.to_lowercase();
    name.to_lowercase()
        .split_whitespace()
        .filter(|word| word.chars().count() >= 2)
        .any(|word| match hint(title, [owner, word]) {
            Hint::OneOnOne => crate::words::has_word(&lower, word),
            Hint::Names => crate::words::has_word(&lower, word),
            Hint::Neutral | Hint::Other(_) => false,
        })
}
