//! A calendar server in memory, for people who are made up: it hands out what they have, takes what the guard writes, and
//! delivers invitations and answers between those who have a calendar in it.

use crate::server::acting::{Basis, Eyes, Order, Outcome, Pens, Ready};
use crate::server::sync::{Access, Calendars, Found, FoundCalendar, News, Object, Trouble};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use steadfast_calendar::edit::{By, Edit, Edited, Told, apply, holds, others, undo};
use steadfast_calendar::{Instant, says};

/// Where it is said to be. Nothing is there.
const ADDRESS: &str = "https://calendar.example.com";

/// A calendar server in memory. Clones are the same one.
#[derive(Clone, Debug, Default)]
pub struct Office(Arc<Mutex<Shelves>>);

#[derive(Debug, Default)]
struct Shelves {
    /// Text and version by path.
    objects: BTreeMap<String, (String, u64)>,
    version: u64,
    /// Whose calendar each folder is.
    owners: BTreeMap<String, String>,
}

impl Office {
    /// Puts a calendar there: of this person, with what an export of it says.
    pub(super) fn put(&self, person: &str, export: &str) {
        let mut shelves = self.shelves();
        let folder = folder(person);
        shelves.owners.insert(folder.clone(), person.to_owned());
        for (number, (uid, text)) in by_uid(export).into_iter().enumerate() {
            let name = if is_plain(&uid) {
                uid
            } else {
                format!("meeting-{number}")
            };
            shelves.keep(format!("{folder}{name}.ics"), text);
        }
    }

    /// How to get at that person's calendar.
    pub(super) fn access(person: &str) -> Access {
        Access {
            address: format!("{ADDRESS}{}", folder(person)),
            user: Some(person.split('@').next().unwrap_or(person).to_owned()),
            password: Some("made up".to_owned()),
        }
    }

    fn shelves(&self) -> MutexGuard<'_, Shelves> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelves {
    fn keep(&mut self, path: String, text: String) {
        self.version += 1;
        self.objects.insert(path, (text, self.version));
    }

    fn there(&self, path: &str) -> Option<&(String, u64)> {
        self.objects.get(path)
    }

    /// Where somebody has that meeting.
    fn find(&self, folder: &str, uid: &str) -> Option<String> {
        let line = format!("\nUID:{uid}\r\n");
        let mut objects = self.objects.iter();
        let found =
            objects.find(|(path, (text, _))| path.starts_with(folder) && text.contains(&line));
        found.map(|(path, _)| path.clone())
    }

    /// Hands on what was written at `place` to everybody else in it who has a calendar here.
    fn deliver(&mut self, place: &str, order: &Order, before: Option<&str>, people: &[String]) {
        let Some(uid) = self
            .there(place)
            .map(|(text, _)| uid_of(text))
            .or_else(|| before.map(uid_of))
        else {
            return;
        };
        for person in people {
            let folder = folder(person);
            if !self.owners.contains_key(&folder) {
                continue;
            }
            let theirs = self.find(&folder, &uid);
            let text = self.there(place).map(|(text, _)| text.clone());
            match (&order.edit, theirs, text) {
                // Whoever invited gets the answer, and keeps the rest as it is.
                (Edit::Answer(_), Some(path), _) => {
                    let known = self.there(&path).map(|(text, _)| text.clone());
                    let answered =
                        known.and_then(|known| edited(Some(&known), order).ok().flatten());
                    if let Some(answered) = answered {
                        self.keep(path, answered);
                    }
                }
                (_, path, Some(text)) => {
                    self.keep(path.unwrap_or_else(|| format!("{folder}{uid}.ics")), text);
                }
                (_, Some(path), None) => drop(self.objects.remove(&path)),
                (_, None, None) => {}
            }
        }
        self.version += 1;
    }
}

/// The object after the edit; `None`: it is gone.
fn edited(object: Option<&str>, order: &Order) -> Result<Option<String>, Outcome> {
    let addresses: Vec<&str> = order.addresses.iter().map(String::as_str).collect();
    let done = apply(
        object.map(str::as_bytes),
        &order.edit,
        &by(order, &addresses),
    );
    match done.map_err(Outcome::Impossible)? {
        Edited::Text(text) => Ok(Some(String::from_utf8_lossy(&text).into_owned())),
        Edited::Gone => Ok(None),
    }
}

fn by<'a>(order: &'a Order, addresses: &'a [&'a str]) -> By<'a> {
    By {
        addresses,
        zone: &order.zone,
        now: order.now,
    }
}

fn folder(person: &str) -> String {
    format!("/{}/", person.split('@').next().unwrap_or(person))
}

/// Letters that are the same in an address.
fn is_plain(uid: &str) -> bool {
    uid.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-_@.".contains(&byte))
}

fn uid_of(text: &str) -> String {
    let mut lines = text.lines();
    let uid = lines.find_map(|line| line.trim_end().strip_prefix("UID:"));
    uid.unwrap_or_default().to_owned()
}

/// An export as objects of one UID each, with what stands around the meetings in each.
fn by_uid(export: &str) -> BTreeMap<String, String> {
    let (mut frame, mut event) = (String::new(), None::<String>);
    let mut apart: BTreeMap<String, String> = BTreeMap::new();
    for line in export.split_inclusive('\n') {
        match (&mut event, line.trim_end()) {
            (None, "BEGIN:VEVENT") => event = Some(line.to_owned()),
            (None, "END:VCALENDAR") => {}
            (None, _) => frame.push_str(line),
            (Some(lines), said) => {
                lines.push_str(line);
                if said == "END:VEVENT"
                    && let Some(lines) = event.take()
                {
                    apart.entry(uid_of(&lines)).or_default().push_str(&lines);
                }
            }
        }
    }
    let object = |events: String| format!("{frame}{events}END:VCALENDAR\r\n");
    apart
        .into_iter()
        .map(|(uid, events)| (uid, object(events)))
        .collect()
}

impl Calendars for Office {
    async fn ask(&self, access: &Access, cursor: Option<&str>) -> Result<Found, Trouble> {
        let shelves = self.shelves();
        let folder = access.address.strip_prefix(ADDRESS).unwrap_or_default();
        let Some(owner) = shelves.owners.get(folder) else {
            return Err(Trouble {
                after: None,
                what: "this is a demo, which asks no other server".to_owned(),
                hint: "start a server of your own with: steadfast serve".to_owned(),
                stops: true,
            });
        };
        let version = shelves.version.to_string();
        let news = if cursor == Some(version.as_str()) {
            News::Unchanged
        } else {
            let theirs = shelves
                .objects
                .iter()
                .filter(|(path, _)| path.starts_with(folder));
            let objects = theirs.map(|(path, (text, _))| Object {
                href: path.strip_prefix(folder).unwrap_or(path).to_owned(),
                lines: text.as_bytes().to_vec(),
            });
            News::Whole {
                objects: objects.collect(),
                kept: Vec::new(),
                blind: false,
            }
        };
        Ok(Found {
            calendars: vec![FoundCalendar {
                id: folder.to_owned(),
                name: "Calendar".to_owned(),
                owner: Some(owner.clone()),
                news,
            }],
            cursor: version,
            ..Found::default()
        })
    }
}

impl Pens for Office {
    /// The version that is replaced, and the new text.
    type Ready = (Option<u64>, Option<String>);

    async fn look(&self, _: &Access, order: &Order) -> Result<Ready<Self::Ready>, Outcome> {
        let shelves = self.shelves();
        let mut order = order.clone();
        if let Some(like) = order.edit.model() {
            let there = shelves.there(&like.place);
            like.text = there.map(|(text, _)| text.clone().into_bytes());
        }
        let order = &order;
        let there = shelves.there(&order.place);
        let text = there.map(|(text, _)| text.as_str());
        let addresses: Vec<&str> = order.addresses.iter().map(String::as_str).collect();
        let by = by(order, &addresses);
        let stands = |edit: &Edit| holds(text.map(str::as_bytes), edit, &by);
        let as_decided = match (&order.basis, text) {
            (Basis::Nothing, None) => true,
            (Basis::Says(said), Some(text)) => *said == says(text.as_bytes()),
            (Basis::After(edit), Some(_)) => stands(edit),
            (Basis::Version(known), Some(_)) => {
                there.is_some_and(|(_, at)| *known == at.to_string())
            }
            _ => false,
        };
        if !as_decided {
            return Err(Outcome::Changed);
        }
        let back = undo(text.map(str::as_bytes), &order.edit, &by).map_err(Outcome::Impossible)?;
        Ok(Ready {
            undo: back,
            inner: (there.map(|(_, at)| *at), edited(text, order)?),
        })
    }

    async fn send(&self, _: &Access, order: &Order, (expected, new): Self::Ready) -> Outcome {
        let mut shelves = self.shelves();
        let there = shelves.there(&order.place).cloned();
        if there.as_ref().map(|(_, at)| *at) != expected {
            return Outcome::Changed;
        }
        let before = there.map(|(text, _)| text);
        let addresses: Vec<&str> = order.addresses.iter().map(String::as_str).collect();
        let object = new.as_deref().or(before.as_deref()).unwrap_or_default();
        let told = others(object.as_bytes(), &order.edit, &by(order, &addresses));
        let mut told: Vec<String> = told.into_iter().map(|(address, _)| address).collect();
        told.sort();
        told.dedup();
        match new {
            Some(text) => shelves.keep(order.place.clone(), text),
            None => drop(shelves.objects.remove(&order.place)),
        }
        shelves.deliver(&order.place, order, before.as_deref(), &told);
        Outcome::Done {
            version: shelves.there(&order.place).map(|(_, at)| at.to_string()),
            told: if told.is_empty() {
                Told::Nobody
            } else {
                Told::All(told)
            },
            object: None,
        }
    }
}

impl Eyes for Office {
    async fn read(&self, _: &Access, place: &str, _: Instant) -> Result<Option<Vec<u8>>, Outcome> {
        let shelves = self.shelves();
        let there = shelves.there(place);
        Ok(there.map(|(text, _)| text.clone().into_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;
    use steadfast_calendar::edit::{Answer, Reply};
    use steadfast_calendar::{Instant, Slot};

    const MAYA: &str = "maya@example.com";
    const BEN: &str = "ben@example.com";
    const EXPORT: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20260101T000000Z\r\n\
        DTSTART:20260303T090000Z\r\nDTEND:20260303T093000Z\r\nORGANIZER:mailto:maya@example.com\r\n\
        ATTENDEE;PARTSTAT=ACCEPTED:mailto:maya@example.com\r\nATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:ben@example.com\r\n\
        END:VEVENT\r\nBEGIN:VEVENT\r\nUID:b\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260304T090000Z\r\nEND:VEVENT\r\n\
        END:VCALENDAR\r\n";

    fn order(who: &str, place: &str, text: &str, edit: Edit) -> Order {
        Order {
            place: place.to_owned(),
            basis: Basis::Says(says(text.as_bytes())),
            edit,
            addresses: vec![who.to_owned()],
            zone: TimeZone::UTC,
            now: Instant::from_seconds(1_772_000_000),
        }
    }

    async fn does(office: &Office, order: &Order) -> Outcome {
        let access = Office::access(MAYA);
        match office.look(&access, order).await {
            Ok(ready) => office.send(&access, order, ready.inner).await,
            Err(outcome) => outcome,
        }
    }

    #[test]
    fn what_one_writes_the_other_gets_and_answers() {
        let office = Office::default();
        office.put(MAYA, EXPORT);
        office.put(BEN, EXPORT.split("BEGIN:VEVENT\r\nUID:b").next().unwrap());
        let text = |path: &str| office.shelves().there(path).unwrap().0.clone();
        let at = |text: &str| -> Instant { text.parse::<jiff::Timestamp>().unwrap().into() };
        let start = at("2026-03-03T15:00:00Z");
        let moved = Edit::Move {
            occurrence: at("2026-03-03T09:00:00Z"),
            to: Slot::new(start, start.plus_minutes(30)),
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        runtime.block_on(async {
            let order_of_move = order(MAYA, "/maya/a.ics", &text("/maya/a.ics"), moved);
            let done = does(&office, &order_of_move).await;
            assert!(
                matches!(&done, Outcome::Done { told: Told::All(told), .. } if told == &[BEN]),
                "{done:?}"
            );
            assert!(text("/ben/a.ics").contains("DTSTART:20260303T150000Z"));
            assert_eq!(does(&office, &order_of_move).await, Outcome::Changed);
            let declines = Edit::Answer(Answer {
                occurrence: None,
                reply: Reply::Declined,
                comment: None,
                instead: Vec::new(),
            });
            does(
                &office,
                &order(BEN, "/ben/a.ics", &text("/ben/a.ics"), declines),
            )
            .await;
            assert!(text("/maya/a.ics").contains("PARTSTAT=DECLINED:mailto:ben"));
            let access = Office::access(MAYA);
            let found = office.ask(&access, None).await.unwrap();
            assert_eq!(found.calendars[0].owner.as_deref(), Some(MAYA));
            let again = office.ask(&access, Some(&found.cursor)).await.unwrap();
            assert_eq!(again.calendars[0].news, News::Unchanged);
        });
    }
}
