//! The calendars say what the truth says: at the last look before a 1:1's end, the organiser's copy has it exactly where
//! the truth has it, and nowhere where the truth has it nowhere. Read with our own reader and recurrence, which share
//! nothing with the writer.

use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use steadfast_calendar::{Instant, PartStat, Reader, Slot, Status, Window, expand, group};
use steadfast_life::{Config, Dialect, State, World, truth::Outcome};

/// Where the two stand with each other on a calendar, around a moment: slots of everything with both of them in it.
fn slots(text: &[u8], people: [&str; 2], around: Instant) -> Vec<Slot> {
    let calendar = Reader::read(text);
    let zone = TimeZone::UTC;
    let window = Window {
        from: around.plus_days(-9),
        to: around.plus_days(9),
    };
    let mut found = Vec::new();
    for series in group(calendar.events) {
        for instance in expand(&series, &zone, window) {
            let (Some(slot), Some(event)) = (instance.slot, series.component(&instance, &zone))
            else {
                continue;
            };
            let mut names: Vec<&str> = event.attendees.iter().map(|a| &*a.address).collect();
            names.extend(event.organizer.iter().map(|o| &*o.address));
            let declined = event
                .attendees
                .iter()
                .any(|a| a.answer == PartStat::Declined && people.contains(&&*a.address));
            let humans = names
                .iter()
                .filter(|n| !n.contains("room-3") && !n.contains("notes@"))
                .collect::<std::collections::BTreeSet<_>>();
            let both = people.iter().all(|p| humans.contains(&p)) && humans.len() == 2;
            if both && !declined && event.status != Status::Cancelled {
                found.push(slot);
            }
        }
    }
    found
}

fn check(dialect: Dialect, seed: u64) {
    let world = World::new(
        seed,
        &Config {
            old_addresses: 0.1,
            ..Config::small(dialect)
        },
    );
    let mut copies: BTreeMap<String, Vec<State>> = BTreeMap::new();
    for state in world.history() {
        copies.entry(state.owner.clone()).or_default().push(state);
    }
    // Older meetings may name somebody by an address they had before.
    let old = |address: &str| {
        let person = world
            .people()
            .iter()
            .find(|person| person.address == address);
        person
            .and_then(|person| person.aliases.first())
            .map_or(address.to_owned(), Clone::clone)
    };
    let mut checked = 0;
    for relationship in &world.truth().relationships {
        let Some(states) = copies.get(&relationship.organiser) else {
            continue;
        };
        let people = [relationship.manager.as_str(), relationship.report.as_str()];
        let before = old(&relationship.report);
        for o in relationship
            .occurrences
            .iter()
            .filter(|o| o.decided && o.outcome != Outcome::Missing)
        {
            // The earlier end of the two: after it the promised place may be changed by what is no longer of interest.
            let until = o.held.map_or(o.promised.end, |held| held.end);
            let seen = states.partition_point(|state| state.at <= until);
            let Some(state) = seen.checked_sub(1).and_then(|n| states.get(n)) else {
                continue;
            };
            let mut found = slots(&state.text, people, o.promised.start);
            if before != relationship.report {
                found.extend(slots(&state.text, [people[0], &before], o.promised.start));
            }
            let name = format!(
                "{} {people:?} at {}: {o:?}\nfound {found:?}",
                dialect.as_str(),
                state.at
            );
            match o.held {
                Some(held) => assert_eq!(
                    found.iter().filter(|slot| **slot == held).count(),
                    1,
                    "{name}"
                ),
                None => assert!(!found.contains(&o.promised), "{name}"),
            }
            let moved = o.held.is_none_or(|held| held.start != o.promised.start);
            assert_eq!(
                moved,
                !found.iter().any(|slot| slot.start == o.promised.start),
                "{name}"
            );
            checked += 1;
        }
    }
    assert!(checked > 300, "{}: only {checked}", dialect.as_str());
}

#[test]
fn every_dialect_tells_the_truth_at_the_last_look() {
    for dialect in Dialect::ALL {
        check(dialect, 1);
    }
}
