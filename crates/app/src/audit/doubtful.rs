//! What came nearest to a 1:1 without being counted: why, and the one option that would count it.

use super::{lines::cadence_words, pair::person};
use crate::report::model::Doubtful;
use steadfast_ledger::{
    pairs::{Doubt, Found, Missing, Unnamed},
    people::{Directory, PersonId},
};

/// What counts a 1:1 whose second person stands nowhere in the source: no option can.
const OTHER_SOURCE: &str =
    "a source that keeps the attendees (the calendar's own full export, or CalDAV)";

/// Everything that looks like a 1:1 and is not counted. Where nothing is counted, what came near as well.
pub(super) fn doubtful(
    found: &Found,
    me: Option<PersonId>,
    directory: &Directory,
) -> Vec<Doubtful> {
    let nothing = found.relationships.is_empty();
    let of_title = |one: &&Unnamed| nothing || !matches!(one.missing, Missing::OnlyTwo(_));
    let titled = found.unnamed.iter().filter(of_title);
    let pairs = found.doubts.iter().chain(nearest(found));
    pairs
        .map(|doubt| of_two(doubt, me, directory))
        .chain(titled.map(|one| unnamed(one, directory)))
        .collect()
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
    let address = |id: PersonId| &directory.person(id).address;
    let would_count_with = match me {
        _ if !doubt.declaring_helps => {
            "a meeting of the two that repeats every 3 to 45 days".to_owned()
        }
        Some(_) => format!("--reports {}", address(second)),
        None => format!("--me {} --reports {}", address(first), address(second)),
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
    let declare = if one.owner.is_some() {
        "--org FILE.csv"
    } else {
        "--me ADDR --org FILE.csv"
    };
    let would_count_with = match one.missing {
        Missing::SecondPerson { title_names } => {
            why.push("but it names no second person: this source holds no attendees".to_owned());
            if title_names {
                format!("{declare}, where it has whom the title names (email,name,manager)")
            } else {
                OTHER_SOURCE.to_owned()
            }
        }
        Missing::OnlyTwo(people) => {
            why.push(format!("but it names {people} people"));
            format!("{declare}, where all but two of them are kind delegate, room or bot")
        }
    };
    Doubtful {
        people: [one.owner.map(|p| person(p, directory)), None],
        title: Some(one.title.to_string()),
        why,
        would_count_with,
    }
}
