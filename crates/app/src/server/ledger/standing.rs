//! What stands on somebody's calendars by now, object by object, with how often each meeting was changed.

use super::looks::{Seen, Told};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use steadfast_calendar::{Event, Instant, PartStat, Recurrence};

/// Where an object lies.
#[derive(
    Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize,
)]
pub(in crate::server) struct Place {
    /// The connected source.
    pub(in crate::server) source: String,
    /// The calendar within it.
    pub(in crate::server) calendar: String,
    /// The object within that.
    pub(in crate::server) href: String,
}

impl Place {
    /// Whether it is a path on its server: an object there holds all of a series.
    pub(in crate::server) fn is_path(&self) -> bool {
        self.calendar.starts_with('/')
    }

    /// Whether a series lies there in pieces: itself, and each exception on its own. A feed has no objects of its own.
    pub(in crate::server) fn is_in_pieces(&self) -> bool {
        !self.is_path() && !self.href.is_empty()
    }
}

/// One object as it stands.
#[derive(Clone, Debug, Default)]
pub(in crate::server) struct Object<'a> {
    /// Its components.
    pub(in crate::server) events: Vec<&'a Event>,
    /// How often each component was changed, and when last, by UID and RECURRENCE-ID. The first look is change 1.
    changes: HashMap<Name, (u32, Instant)>,
    /// Who ever accepted it, by UID: whoever changes a meeting asks everybody anew.
    accepted: HashSet<(Arc<str>, Arc<str>)>,
}

type Name = (Arc<str>, Option<String>);

/// Everything on somebody's calendars by now.
#[derive(Clone, Debug, Default)]
pub(in crate::server) struct Standing<'a> {
    /// What connected calendars hold.
    pub(in crate::server) objects: BTreeMap<Place, Object<'a>>,
    /// What was handed in last, as long as no calendar is connected.
    pub(in crate::server) by_hand: Option<Object<'a>>,
    /// What objects said last that are gone, the last one first.
    pub(in crate::server) gone: Vec<&'a Event>,
    /// Up to when all of it is known; `None`: nothing was ever seen.
    pub(in crate::server) known_until: Option<Instant>,
}

impl<'a> Standing<'a> {
    /// What stands after everything that was told.
    pub(in crate::server) fn of(seen: &'a Seen) -> Self {
        let mut standing = Self::default();
        let mut is_connected = false;
        for told in &seen.told {
            match told {
                // A connected calendar knows better, and is asked all the time.
                Told::HandedIn { .. } if is_connected => {}
                Told::HandedIn { at, calendar } => {
                    let object = standing.by_hand.get_or_insert_default();
                    object.put(calendar.events.iter().collect(), *at);
                    standing.known_until = Some(*at);
                }
                Told::News {
                    at,
                    source,
                    calendar,
                    put,
                    gone,
                    ..
                } => {
                    is_connected = true;
                    standing.by_hand = None;
                    let place = |href: &String| Place {
                        source: source.clone(),
                        calendar: calendar.clone(),
                        href: href.clone(),
                    };
                    for href in gone {
                        let object = standing.objects.remove(&place(href));
                        standing
                            .gone
                            .extend(object.into_iter().flat_map(|object| object.events));
                    }
                    for (href, events) in put {
                        let object = standing.objects.entry(place(href)).or_default();
                        object.put(events.iter().collect(), *at);
                    }
                }
                Told::Left {
                    source, calendar, ..
                } => {
                    let is_left = |place: &Place, _: &mut Object<'a>| {
                        place.source == *source
                            && calendar.as_ref().is_none_or(|one| place.calendar == *one)
                    };
                    let left = standing.objects.extract_if(.., is_left);
                    standing
                        .gone
                        .extend(left.flat_map(|(_, object)| object.events));
                }
            }
        }
        standing.gone.reverse();
        standing.objects = put_together(standing.objects);
        if is_connected {
            let until = |(source, reading): &(_, crate::server::sync::Reading)| {
                reading
                    .all_known_until(source)
                    .map(crate::server::sync::instant)
            };
            standing.known_until = seen.sources.iter().filter_map(until).min();
        }
        standing
    }

    /// Every object with where it lies; what was handed in lies nowhere.
    pub(in crate::server) fn all(&self) -> impl Iterator<Item = (Option<&Place>, &Object<'a>)> {
        let connected = self
            .objects
            .iter()
            .map(|(place, object)| (Some(place), object));
        self.by_hand
            .iter()
            .map(|object| (None, object))
            .chain(connected)
    }
}

/// Puts the pieces of each series together, where its own text lies: without it an exception says nothing of where its series
/// would be, and the series nothing of what stands elsewhere.
fn put_together(objects: BTreeMap<Place, Object<'_>>) -> BTreeMap<Place, Object<'_>> {
    let mut whole: BTreeMap<Place, Object<'_>> = BTreeMap::new();
    // Where the first piece of a UID lies, by calendar.
    let mut first: BTreeMap<(String, String, Arc<str>), Place> = BTreeMap::new();
    for (place, object) in objects {
        let uid = object.events.first().map(|event| event.uid.clone());
        let Some(uid) = uid.filter(|_| place.is_in_pieces()) else {
            whole.insert(place, object);
            continue;
        };
        let key = (place.source.clone(), place.calendar.clone(), uid);
        let known = first.get(&key).cloned();
        let mut all = known.as_ref().and_then(|known| whole.remove(known));
        let is_series = object
            .events
            .iter()
            .any(|event| event.recurrence_id.is_none());
        let at = known.filter(|_| !is_series).unwrap_or(place);
        all.get_or_insert_default().join(object);
        first.insert(key, at.clone());
        whole.extend(all.map(|all| (at, all)));
    }
    whole
}

impl<'a> Object<'a> {
    fn join(&mut self, piece: Self) {
        self.events.extend(piece.events);
        self.changes.extend(piece.changes);
        self.accepted.extend(piece.accepted);
    }

    fn put(&mut self, events: Vec<&'a Event>, at: Instant) {
        for event in &events {
            let accepted = event
                .attendees
                .iter()
                .filter(|one| one.answer == PartStat::Accepted);
            self.accepted
                .extend(accepted.map(|one| (event.uid.clone(), one.address.clone())));
            let before = self.events.iter().find(|known| name(known) == name(event));
            let same = before.is_some_and(|known| says_the_same(known, event));
            let (count, when) = self.changes.entry(name(event)).or_insert((0, at));
            if !same {
                *count += 1;
                *when = at;
            }
        }
        self.events = events;
    }

    /// Whether somebody ever accepted it.
    pub(in crate::server) fn was_accepted_by(&self, uid: &str, address: &str) -> bool {
        let mut all = self.accepted.iter();
        all.any(|(known, who)| **known == *uid && **who == *address)
    }

    /// How often a meeting was changed, and when last: of one occurrence, itself and the series as a whole.
    pub(in crate::server) fn changes(&self, event: &Event) -> Option<(u32, Instant)> {
        let series = self.changes.get(&(event.uid.clone(), None));
        let own = self
            .changes
            .get(&name(event))
            .filter(|_| event.recurrence_id.is_some());
        let count = [series, own]
            .into_iter()
            .flatten()
            .map(|(count, _)| count)
            .sum();
        let last = [series, own]
            .into_iter()
            .flatten()
            .map(|(_, at)| *at)
            .max()?;
        Some((count, last))
    }
}

fn name(event: &Event) -> Name {
    let id = event.recurrence_id.as_ref();
    (event.uid.clone(), id.map(|id| format!("{:?}", id.at)))
}

/// Whether two states of one component say the same of when, who and whether: other occurrences that were taken out of a
/// series change nothing of this one, nor do stamps.
fn says_the_same(one: &Event, other: &Event) -> bool {
    telling(one) == telling(other)
}

fn telling(event: &Event) -> Event {
    let recurrence = event.recurrence.as_deref().map(|said| {
        Box::new(Recurrence {
            except_dates: Vec::new(),
            ..said.clone()
        })
    });
    Event {
        recurrence,
        line: 0,
        sequence: 0,
        stamp: None,
        created: None,
        last_modified: None,
        ..event.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use steadfast_calendar::{Calendar, Reader};

    const SERIES: &str = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20260302T090000Z\r\nRRULE:FREQ=WEEKLY\r\n\
        END:VEVENT\r\nEND:VCALENDAR\r\n";

    fn at(seconds: i64) -> Instant {
        Instant::from_seconds(seconds)
    }

    fn read(text: &str) -> Calendar {
        Reader::read(text.as_bytes())
    }

    fn news(seconds: i64, text: &str) -> Told {
        Told::News {
            at: at(seconds),
            after: None,
            blind: false,
            source: "s".to_owned(),
            calendar: "/own/".to_owned(),
            put: vec![("/own/a.ics".to_owned(), read(text).events)],
            gone: Vec::new(),
            mapped_zones: Vec::new(),
        }
    }

    #[test]
    fn a_connected_calendar_takes_over_from_what_was_handed_in() {
        let seen = Seen {
            told: vec![
                Told::HandedIn {
                    at: at(1),
                    calendar: read(SERIES),
                },
                news(2, SERIES),
                Told::HandedIn {
                    at: at(3),
                    calendar: read(SERIES),
                },
            ],
            sources: Vec::new(),
        };
        let standing = Standing::of(&seen);
        assert!(standing.by_hand.is_none());
        assert_eq!(standing.all().count(), 1);
    }

    #[test]
    fn another_occurrence_taken_out_is_no_change_of_this_one() {
        let without = SERIES.replace(
            "RRULE",
            "LAST-MODIFIED:20260301T000000Z\r\nEXDATE:20260309T090000Z\r\nRRULE",
        );
        let later = without.replace("T090000Z\r\nLAST", "T093000Z\r\nLAST");
        let seen = Seen {
            told: vec![news(1, SERIES), news(2, &without), news(3, &later)],
            sources: Vec::new(),
        };
        let two = Seen {
            told: vec![news(1, SERIES), news(2, &without)],
            sources: Vec::new(),
        };
        let changes = |seen: &Seen| {
            let standing = Standing::of(seen);
            let object = standing.objects.values().next().unwrap();
            object.changes(object.events[0]).unwrap()
        };
        assert_eq!(changes(&two), (1, at(1)));
        assert_eq!(changes(&seen), (2, at(3)));
    }

    /// As Google tells a series: an exception is an object of its own, beside the series or where only that was seen.
    #[test]
    fn the_pieces_of_a_series_are_one_object_where_the_series_lies() {
        let moved = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nRECURRENCE-ID:20260309T090000Z\r\n\
            DTSTART:20260309T140000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        let other = SERIES.replace("UID:a", "UID:b");
        let put = |all: &[(&str, &str)]| Seen {
            told: vec![Told::News {
                at: at(1),
                after: None,
                blind: false,
                source: "s".to_owned(),
                calendar: "maya@example.com".to_owned(),
                put: all
                    .iter()
                    .map(|(href, text)| ((*href).to_owned(), read(text).events))
                    .collect(),
                gone: Vec::new(),
                mapped_zones: Vec::new(),
            }],
            sources: Vec::new(),
        };
        let lie = |seen: &Seen| {
            let standing = Standing::of(seen);
            let all = standing.all().map(|(place, object)| {
                let changes = object
                    .events
                    .iter()
                    .map(|event| object.changes(event).unwrap().0);
                (place.unwrap().href.clone(), changes.collect::<Vec<_>>())
            });
            all.collect::<Vec<_>>()
        };
        let pieces = put(&[("x_1", moved), ("x", SERIES), ("y", &other)]);
        let whole = [("x".to_owned(), vec![1, 2]), ("y".to_owned(), vec![1])];
        assert_eq!(lie(&pieces), whole);
        // A piece that comes before its series.
        let early = put(&[("a_1", moved), ("x", SERIES)]);
        assert_eq!(lie(&early), [("x".to_owned(), vec![2, 1])]);
        let alone = put(&[("x_1", moved), ("x_2", &moved.replace("0309", "0316"))]);
        assert_eq!(lie(&alone), [("x_1".to_owned(), vec![1, 1])]);
    }

    #[test]
    fn what_is_not_watched_any_more_does_not_stand() {
        let seen = Seen {
            told: vec![
                news(1, SERIES),
                Told::Left {
                    at: at(2),
                    source: "s".to_owned(),
                    calendar: None,
                },
            ],
            sources: Vec::new(),
        };
        assert_eq!(Standing::of(&seen).all().count(), 0);
    }
}
