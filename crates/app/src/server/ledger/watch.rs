//! What was told about a person's calendars, as looks at copies that an audit can take in, one after another.
//!
//! A copy is a calendar whose state is known or unknown as a whole. What was handed in is one copy, and the first source
//! that is connected takes it over: its meetings go on. Every other calendar of a source is a copy of its own, so that one
//! that is not watched any more is not taken for a mass of cancellations. A meeting that is dragged from one calendar
//! to another stays in the copy in which it was first seen.

use super::looks::{Seen, Told};
use crate::audit::basis::Stamps;
use crate::server::sync::instant;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use steadfast_calendar::{Calendar, Event, Instant};

/// One thing to be done with a copy.
#[derive(Debug)]
pub(super) enum Step<'a> {
    /// It was looked at.
    Look {
        at: Instant,
        /// Everything was known before up to here.
        after: Option<Instant>,
        /// What happened in between was not seen.
        blind: bool,
        /// What it holds.
        events: Vec<&'a Event>,
        /// What it says of itself, where it came in one piece.
        about: Option<&'a Calendar>,
        /// IANA names of zones that it names in another way, as far as it was ever seen: those tell no country.
        mapped_zones: Vec<&'a str>,
    },
    /// Its state is known up to here, and no further.
    KnownUntil(Instant),
}

/// A step of the copy with that key.
pub(super) type Keyed<'a> = (Instant, String, Step<'a>);

/// All steps for one person's calendars: looks in the order of time, then up to when each copy is known.
pub(super) fn steps<'a>(person: &str, seen: &'a Seen) -> Vec<Keyed<'a>> {
    let mut watch = Watch {
        person: person.to_owned(),
        ..Watch::default()
    };
    let mut steps = Vec::new();
    let mut told = seen.told.iter().peekable();
    while let Some(one) = told.next() {
        watch.take(one, &mut steps);
        // The calendars that one round found new things in are looked at together.
        if !told.peek().is_some_and(|next| same_round(one, next)) {
            watch.look(&mut steps);
        }
    }
    watch.end(seen, &mut steps);
    steps
}

/// When an export was made that was handed in then.
fn made(calendar: &Calendar, handed_in: Instant) -> Instant {
    let mut stamps = Stamps::default();
    for event in &calendar.events {
        stamps.add([event.stamp, event.created, event.last_modified]);
    }
    let made = stamps.moment();
    made.map_or(handed_in, |made| made.min(handed_in))
}

fn same_round(one: &Told, next: &Told) -> bool {
    match (one, next) {
        (
            Told::News { at, source, .. },
            Told::News {
                at: then,
                source: of,
                ..
            },
        ) => at == then && source == of,
        _ => false,
    }
}

#[derive(Default)]
struct Watch<'a> {
    person: String,
    /// Events by source, calendar and place.
    objects: BTreeMap<(String, String, String), Vec<&'a Event>>,
    /// The copy in which a UID is at home, by source and UID.
    homes: HashMap<(String, String), String>,
    /// The source that took over what was handed in.
    heir: Option<String>,
    /// UIDs of what was handed in last.
    handed_in: BTreeSet<&'a str>,
    /// The last moment at which what was handed in is known, as long as no source took it over; and the one before.
    by_hand: Option<Instant>,
    by_hand_before: Option<Instant>,
    /// Copies of each source, with the calendar that each stands for.
    copies: BTreeMap<String, BTreeMap<String, String>>,
    /// IANA names of zones that each copy of a source names in another way.
    mapped_zones: BTreeMap<(String, String), BTreeSet<&'a str>>,
    /// What the running round found.
    round: Option<Round>,
}

struct Round {
    at: Instant,
    /// Up to when everything was known before, of each copy that something new was found in.
    after: BTreeMap<String, Option<Instant>>,
    blind: bool,
    source: String,
}

impl<'a> Watch<'a> {
    fn take(&mut self, told: &'a Told, steps: &mut Vec<Keyed<'a>>) {
        match told {
            Told::HandedIn { at, calendar } => {
                // A source that is connected knows better, and is asked all the time.
                if self.heir.is_some() {
                    return;
                }
                // What was handed in tells of when it was made, to everybody alike, however little of it they see.
                let at = made(calendar, *at).max(self.by_hand.unwrap_or(Instant::from_seconds(0)));
                let after = self.by_hand.replace(at);
                self.by_hand_before = after;
                self.handed_in = calendar.events.iter().map(|e| e.uid.as_ref()).collect();
                let look = Step::Look {
                    at,
                    after,
                    blind: false,
                    events: calendar.events.iter().collect(),
                    about: Some(calendar),
                    mapped_zones: calendar.mapped_zones.iter().map(AsRef::as_ref).collect(),
                };
                steps.push((at, self.person.clone(), look));
            }
            Told::News {
                at,
                after,
                blind,
                source,
                calendar,
                put,
                gone,
                mapped_zones,
            } => {
                self.heir.get_or_insert_with(|| source.clone());
                let place = |href: &String| (source.clone(), calendar.clone(), href.clone());
                for href in gone {
                    self.objects.remove(&place(href));
                }
                for (href, events) in put {
                    self.objects.insert(place(href), events.iter().collect());
                }
                let key = self.key(source, calendar);
                let named = (source.clone(), key.clone());
                let mapped = self.mapped_zones.entry(named).or_default();
                mapped.extend(mapped_zones.iter().map(AsRef::as_ref));
                let round = self.round.get_or_insert_with(|| Round {
                    at: *at,
                    after: BTreeMap::new(),
                    blind: false,
                    source: source.clone(),
                });
                round.blind |= blind;
                // Two rounds within one second are one look; the first began it.
                round.after.entry(key.clone()).or_insert(*after);
                let copies = self.copies.entry(source.clone()).or_default();
                copies.entry(key).or_insert_with(|| calendar.clone());
            }
            Told::Left {
                at,
                source,
                calendar,
            } => self.leave(*at, source, calendar.as_deref(), steps),
        }
    }

    /// The copy that a calendar of a source is.
    fn key(&self, source: &str, calendar: &str) -> String {
        format!("{}#{source}#{calendar}", self.person)
    }

    /// Looks at every copy of the source whose round this was: what it held nothing new in is as before.
    fn look(&mut self, steps: &mut Vec<Keyed<'a>>) {
        let Some(round) = self.round.take() else {
            return;
        };
        let is_heir = self.heir.as_ref() == Some(&round.source);
        let mut held: BTreeMap<String, Vec<&'a Event>> = BTreeMap::new();
        for key in self
            .copies
            .get(&round.source)
            .into_iter()
            .flat_map(BTreeMap::keys)
        {
            held.insert(key.clone(), Vec::new());
        }
        if is_heir && self.by_hand.is_some() {
            held.insert(self.person.clone(), Vec::new());
        }
        for ((source, calendar, _), events) in &self.objects {
            if *source != round.source {
                continue;
            }
            for event in events {
                let uid = event.uid.as_ref();
                let home = self
                    .homes
                    .entry((source.clone(), uid.to_owned()))
                    .or_insert_with(|| {
                        if is_heir && self.handed_in.contains(uid) {
                            self.person.clone()
                        } else {
                            format!("{}#{source}#{calendar}", self.person)
                        }
                    });
                held.entry(home.clone()).or_default().push(event);
            }
        }
        let latest = round.after.values().max().copied().flatten();
        // What was handed in within the same second is the same look: what changed before it did not change after it.
        let handed_in = if self.by_hand == Some(round.at) {
            self.by_hand_before
        } else {
            self.by_hand
        };
        for (key, events) in held {
            let after = if key == self.person {
                latest.or(handed_in)
            } else {
                round.after.get(&key).copied().unwrap_or(latest)
            };
            // What takes over what was handed in may hold meetings of any calendar of its source.
            let takes_over = key == self.person;
            let of_source = self
                .mapped_zones
                .iter()
                .filter(|((of, copy), _)| *of == round.source && (takes_over || *copy == key));
            let mapped_zones: BTreeSet<&'a str> =
                of_source.flat_map(|(_, zones)| zones).copied().collect();
            let look = Step::Look {
                at: round.at,
                after,
                blind: round.blind,
                events,
                about: None,
                mapped_zones: mapped_zones.into_iter().collect(),
            };
            steps.push((round.at, key, look));
        }
    }

    fn leave(
        &mut self,
        at: Instant,
        source: &str,
        calendar: Option<&str>,
        steps: &mut Vec<Keyed<'a>>,
    ) {
        self.objects
            .retain(|(of, within, _), _| of != source || calendar.is_some_and(|c| c != within));
        let copies = self.copies.entry(source.to_owned()).or_default();
        let left: Vec<String> = copies
            .iter()
            .filter(|(_, within)| calendar.is_none_or(|c| c == *within))
            .map(|(key, _)| key.clone())
            .collect();
        for key in left {
            copies.remove(&key);
            self.homes
                .retain(|(of, _), home| of != source || *home != key);
            steps.push((at, key, Step::KnownUntil(at)));
        }
        if calendar.is_none() && self.heir.as_deref() == Some(source) {
            // Whoever hands in an export from now on goes on with what was handed in before.
            self.heir = None;
            if self.by_hand.is_some() {
                self.by_hand = Some(at);
                steps.push((at, self.person.clone(), Step::KnownUntil(at)));
            }
        }
    }

    fn end(&self, seen: &Seen, steps: &mut Vec<Keyed<'a>>) {
        for (source, reading) in &seen.sources {
            let name = &source.source;
            let Some(now) = source.verified.map(instant) else {
                continue;
            };
            let mut all = now;
            for (key, calendar) in self.copies.get(name).into_iter().flatten() {
                // Told last of all: the looks at calendars that answered looked at this one too.
                let at = reading.known_until(source, calendar).map_or(now, instant);
                all = all.min(at);
                steps.push((now, key.clone(), Step::KnownUntil(at)));
            }
            if self.heir.as_ref() == Some(name) && self.by_hand.is_some() {
                steps.push((now, self.person.clone(), Step::KnownUntil(all)));
            }
        }
        if let (None, Some(at)) = (&self.heir, self.by_hand) {
            steps.push((at, self.person.clone(), Step::KnownUntil(at)));
        }
    }
}
