//! Random edits on a real server: the news, put together, are always what a fresh look shows.
//!
//! `STEADFAST_DRILL_ROUNDS` says how many rounds each walk has: 30 in the tests, 500 in `cargo xtask soak`.

use crate::common::{Keeper, calendar};
use crate::real::Server;
use std::collections::BTreeMap;
use steadfast_connect::sync::{News, Round};

type Folded = BTreeMap<String, BTreeMap<String, String>>;

/// A caller that keeps what it was told.
fn fold(kept: &mut Folded, round: &Round) {
    for calendar in &round.calendars {
        let text = |lines: &[u8]| String::from_utf8_lossy(lines).into_owned();
        match &calendar.news {
            News::Unchanged => {
                assert!(kept.contains_key(&calendar.id), "{}", calendar.id);
            }
            News::Whole { objects, .. } => {
                let objects = objects.iter();
                let all = objects.map(|object| (object.href.clone(), text(&object.lines)));
                kept.insert(calendar.id.clone(), all.collect());
            }
            News::Changes { put, gone } => {
                let known = kept.get_mut(&calendar.id).expect("a known calendar");
                for object in put {
                    known.insert(object.href.clone(), text(&object.lines));
                }
                for href in gone {
                    assert!(known.remove(href).is_some(), "{href}");
                }
            }
        }
    }
    for id in &round.gone {
        kept.remove(id);
    }
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// The account as the walk made it: which event lies in which calendar.
struct Walk<'a> {
    server: &'a Server,
    dice: Dice,
    calendars: Vec<String>,
    events: BTreeMap<String, String>,
    made: u32,
}

impl Walk<'_> {
    fn step(&mut self) {
        let event = format!("e{}", self.dice.throw(12));
        let calendars = self.calendars.len() as u64;
        let to = self.calendars[self.dice.throw(calendars) as usize].clone();
        self.made += 1;
        let text = calendar(&event, &format!("version {}", self.made));
        match (self.dice.throw(12), self.events.get(&event).cloned()) {
            (0, _) if calendars < 4 => {
                let name = format!("c{}", self.made);
                self.server.make(&name);
                self.calendars.push(name);
            }
            (1, _) if calendars > 1 => {
                self.server.delete(&format!("{to}/"));
                self.calendars.retain(|name| *name != to);
                self.events.retain(|_, place| *place != to);
            }
            (2..=4, Some(place)) => {
                self.server.delete(&format!("{place}/{event}.ics"));
                self.events.remove(&event);
            }
            (5..=6, Some(place)) => {
                self.server.delete(&format!("{place}/{event}.ics"));
                self.server.put(&format!("{to}/{event}.ics"), &text);
                self.events.insert(event, to);
            }
            (_, Some(place)) => self.server.put(&format!("{place}/{event}.ics"), &text),
            (_, None) => {
                self.server.put(&format!("{to}/{event}.ics"), &text);
                self.events.insert(event, to);
            }
        }
    }
}

fn rounds() -> u32 {
    let said = std::env::var("STEADFAST_DRILL_ROUNDS");
    said.map_or(30, |said| said.parse().expect("a number of rounds"))
}

fn walk(server: &Server, rounds: u32, seed: u64) {
    server.make("c0");
    let mut walk = Walk {
        server,
        dice: Dice(seed),
        calendars: vec!["c0".to_owned()],
        events: BTreeMap::new(),
        made: 0,
    };
    let mut keeper: Keeper = server.keeper();
    let mut kept = Folded::new();
    let mut before: Option<(Option<String>, Folded)> = None;
    for number in 0..rounds {
        for _ in 0..walk.dice.throw(5) {
            walk.step();
        }
        // A caller that could not keep the last round goes on from the one before.
        if let Some((cursor, folded)) = before.take().filter(|_| walk.dice.throw(4) == 0) {
            (keeper.cursor, kept) = (cursor, folded);
        }
        before = Some((keeper.cursor.clone(), kept.clone()));
        fold(&mut kept, &keeper.round());
        let mut fresh = Folded::new();
        fold(&mut fresh, &server.keeper().round());
        assert_eq!(kept, fresh, "seed {seed}, round {number}");
        let held: usize = kept.values().map(BTreeMap::len).sum();
        assert_eq!(held, walk.events.len(), "seed {seed}, round {number}");
    }
}

#[test]
fn on_radicale_the_news_add_up_to_what_is_there() {
    walk(&Server::radicale(), rounds(), 1);
}

#[test]
fn on_cyrus_the_news_add_up_to_what_is_there() {
    walk(&Server::cyrus(), rounds(), 2);
}

#[test]
fn on_xandikos_the_news_add_up_to_what_is_there() {
    walk(&Server::xandikos(), rounds(), 3);
}

#[test]
fn on_sogo_the_news_add_up_to_what_is_there() {
    walk(&Server::sogo(), rounds(), 4);
}

#[test]
#[ignore = "a longer run: cargo xtask soak installs DAViCal, which takes minutes"]
fn on_davical_the_news_add_up_to_what_is_there() {
    // It is ten times slower than the others.
    walk(&Server::davical(), rounds() / 3, 5);
}
