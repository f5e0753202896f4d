//! What a life writes is iCalendar: to a strict validator that is not ours, and to our own reader.

use ical::tree::cst::IcalCst;
use steadfast_calendar::Reader;
use steadfast_life::{
    Config, Dialect, World,
    bench::{self, Shape},
};

fn world(dialect: Dialect) -> World {
    let config = Config {
        managers: 3,
        reports_per_manager: 4,
        ..Config::small(dialect)
    };
    World::new(11, &config)
}

/// One text in so many is enough for the slow validator; the last ones hold all that ever happened.
fn some_texts(dialect: Dialect) -> Vec<(String, Vec<u8>)> {
    let world = world(dialect);
    let mut texts: Vec<(String, Vec<u8>)> = world
        .history()
        .enumerate()
        .filter(|(n, _)| n % 40 == 0)
        .map(|(_, state)| {
            (
                format!("{} {} {}", dialect.as_str(), state.at, state.owner),
                state.text,
            )
        })
        .collect();
    for owner in world.owners() {
        let name = format!("{} last {owner}", dialect.as_str());
        texts.extend(world.final_export(owner).map(|text| (name, text)));
    }
    texts
}

#[test]
fn a_strict_validator_finds_nothing_wrong() {
    for dialect in Dialect::ALL {
        for (name, text) in some_texts(dialect) {
            let calendar =
                IcalCst::parse(&text).unwrap_or_else(|error| panic!("{name}: {error:?}"));
            if let Err(problems) = calendar.decode().validate() {
                let first: Vec<String> = problems.iter().take(3).map(ToString::to_string).collect();
                panic!("{name}: {first:?}\n{}", String::from_utf8_lossy(&text));
            }
        }
    }
}

#[test]
fn our_reader_has_nothing_to_say() {
    for dialect in Dialect::ALL {
        for (name, text) in some_texts(dialect) {
            let calendar = Reader::read(&text);
            assert!(
                calendar.complete && calendar.warnings.is_empty(),
                "{name}: {:?}",
                calendar.warnings.first()
            );
            let begun = String::from_utf8(text)
                .unwrap()
                .matches("BEGIN:VEVENT")
                .count();
            assert_eq!(calendar.events.len(), begun, "{name}");
        }
    }
}

#[test]
fn a_stripped_feed_names_nobody() {
    let config = Config {
        strip_guests: true,
        ..Config::small(Dialect::ExchangeFeed)
    };
    let world = World::new(11, &config);
    for owner in world.owners() {
        let text =
            String::from_utf8(world.final_export(owner).unwrap_or_default()).unwrap_or_default();
        assert!(text.contains("BEGIN:VEVENT"));
        assert!(
            !text.contains("ORGANIZER") && !text.contains("ATTENDEE"),
            "{owner}"
        );
    }
}

#[test]
fn big_calendars_are_read_without_a_word() {
    for shape in [Shape::Series, Shape::OnePerson] {
        let mut text = Vec::new();
        let made = bench::calendar(42, 300_000, shape, |piece| text.extend_from_slice(piece));
        let calendar = Reader::read(&text);
        assert!(
            calendar.complete && calendar.warnings.is_empty(),
            "{:?}",
            calendar.warnings.first()
        );
        assert_eq!(calendar.events.len(), made.events);
    }
}
