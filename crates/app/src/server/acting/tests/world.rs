//! A calendar server, and whoever writes to it, in memory.

use super::*;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use steadfast_calendar::edit::{Edited, apply, itip, undo};

/// What happens to one write.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Fault {
    None,
    /// 429 or 503: not taken.
    Busy,
    /// Taken, and neither the answer nor the reading back arrives.
    TakenUnseen,
    /// Not taken, and nobody can tell.
    Unseen,
    /// Somebody else changes the object first.
    Overtaken,
    /// Refused for good.
    Refused,
    /// Taken, and the process is gone before it hears of it.
    TakenAndCrash,
    /// The process is gone before it sends.
    Crash,
    /// Taken; Ben was told, Ana was not, and of Petra the server says nothing.
    HalfTold,
}

pub(super) const FAULTS: &[Fault] = &[
    Fault::None,
    Fault::Busy,
    Fault::TakenUnseen,
    Fault::Unseen,
    Fault::Overtaken,
    Fault::Refused,
    Fault::TakenAndCrash,
    Fault::Crash,
];

#[derive(Default)]
struct State {
    objects: BTreeMap<String, (String, u64)>,
    version: u64,
    faults: VecDeque<Fault>,
    taken: BTreeMap<String, u32>,
}

#[derive(Default)]
pub(super) struct World {
    state: Mutex<State>,
    /// The process is gone: whatever it waits for never comes.
    pub(super) crashed: AtomicBool,
    /// It tells nobody of anything.
    pub(in crate::server) is_silent: AtomicBool,
    /// Senders wait while this is set, and say in `waits` that they do.
    pub(super) held: AtomicBool,
    pub(super) waits: AtomicBool,
}

impl World {
    pub(super) fn put(&self, place: &str, text: &str) {
        let mut state = self.state.lock().unwrap();
        state.version += 1;
        let version = state.version;
        state
            .objects
            .insert(place.to_owned(), (text.to_owned(), version));
    }

    pub(super) fn text(&self, place: &str) -> Option<String> {
        let state = self.state.lock().unwrap();
        state.objects.get(place).map(|(text, _)| text.clone())
    }

    pub(super) fn taken(&self, place: &str) -> u32 {
        let state = self.state.lock().unwrap();
        state.taken.get(place).copied().unwrap_or_default()
    }

    pub(super) fn fail(&self, faults: &[Fault]) {
        self.state.lock().unwrap().faults = faults.iter().copied().collect();
    }

    fn there(&self, place: &str) -> Option<(String, u64)> {
        self.state.lock().unwrap().objects.get(place).cloned()
    }

    /// The order with the text of what it is made like.
    fn with_model(&self, order: &Order) -> Order {
        let mut order = order.clone();
        if let Some(like) = order.edit.model() {
            like.text = self.text(&like.place).map(String::into_bytes);
        }
        order
    }

    async fn gone(&self) -> Outcome {
        self.crashed.store(true, Ordering::SeqCst);
        std::future::pending().await
    }
}

fn done(version: Option<u64>) -> Outcome {
    Outcome::Done {
        version: version.map(|version| version.to_string()),
        told: Told::All(vec!["ben@example.org".to_owned()]),
        object: None,
    }
}

impl Eyes for World {
    async fn read(&self, _: &Access, place: &str, _: Instant) -> Result<Option<Vec<u8>>, Outcome> {
        Ok(self.text(place).map(String::into_bytes))
    }
}

impl Pens for World {
    /// The version to replace, and the new text.
    type Ready = (Option<u64>, Option<String>);

    async fn look(&self, access: &Access, order: &Order) -> Result<Ready<Self::Ready>, Outcome> {
        assert_eq!(access.address, "https://calendar.example/");
        let order = &self.with_model(order);
        let there = self.there(&order.place);
        let text = there.as_ref().map(|(text, _)| text.as_str());
        let version = there.as_ref().map(|(_, version)| *version);
        let as_decided = match (&order.basis, text) {
            (Basis::Nothing, None) => true,
            (Basis::Says(said), Some(text)) => said == text,
            (Basis::After(edit), Some(_)) => stands(text, edit),
            (Basis::Version(known), Some(_)) => {
                version.is_some_and(|version| *known == version.to_string())
            }
            _ => false,
        };
        if !as_decided {
            return Err(if stands(text, &order.edit) {
                done(version)
            } else {
                Outcome::Changed
            });
        }
        let zone = &order.zone;
        let by = By {
            addresses: &[MAYA],
            zone,
            now: order.now,
        };
        let bytes = text.map(str::as_bytes);
        let back = undo(bytes, &order.edit, &by).map_err(Outcome::Impossible)?;
        let new = match apply(bytes, &order.edit, &by).map_err(Outcome::Impossible)? {
            Edited::Text(text) => Some(String::from_utf8(text).unwrap()),
            Edited::Gone => None,
        };
        Ok(Ready {
            undo: back,
            inner: (version, new),
        })
    }

    async fn send(&self, _: &Access, order: &Order, (expected, new): Self::Ready) -> Outcome {
        while self.held.load(Ordering::SeqCst) {
            self.waits.store(true, Ordering::SeqCst);
            let mut once = false;
            std::future::poll_fn(|_| {
                once = !once;
                if once {
                    std::task::Poll::Pending
                } else {
                    std::task::Poll::Ready(())
                }
            })
            .await;
        }
        let fault = self.state.lock().unwrap().faults.pop_front();
        let fault = fault.unwrap_or(Fault::None);
        match fault {
            Fault::Crash => return self.gone().await,
            Fault::Busy => {
                return Outcome::Later {
                    after: Some(std::time::Duration::from_secs(90)),
                    why: "busy".to_owned(),
                };
            }
            Fault::Unseen => {
                return Outcome::Unsure {
                    why: "no answer".to_owned(),
                };
            }
            Fault::Refused => {
                return Outcome::Refused {
                    why: "not allowed".to_owned(),
                };
            }
            Fault::Overtaken => {
                let text = self.text(&order.place).unwrap_or_else(|| "x".to_owned());
                self.put(&order.place, &text.replace("SUMMARY:1:1", "SUMMARY:other"));
            }
            _ => {}
        }
        let there = self.there(&order.place);
        if there.as_ref().map(|(_, version)| *version) != expected {
            let text = there.as_ref().map(|(text, _)| text.as_str());
            return if stands(text, &order.edit) {
                done(there.map(|(_, version)| version))
            } else {
                Outcome::Changed
            };
        }
        {
            let mut state = self.state.lock().unwrap();
            *state.taken.entry(order.place.clone()).or_default() += 1;
        }
        let before = there.map(|(text, _)| text);
        match new {
            Some(text) => self.put(&order.place, &text),
            None => drop(self.state.lock().unwrap().objects.remove(&order.place)),
        }
        if self.is_silent.load(Ordering::SeqCst) {
            let there = self.there(&order.place);
            let text = there.as_ref().map(|(text, _)| text.clone());
            let object = text.or(before).map(String::into_bytes);
            let to = object.as_deref().and_then(|object| {
                let by = By {
                    addresses: &[MAYA],
                    zone: &order.zone,
                    now: order.now,
                };
                itip(object, &order.edit, &by).ok()
            });
            return Outcome::Done {
                version: there.map(|(_, version)| version.to_string()),
                told: to.map_or(Told::Nobody, |said| Told::NotByServer(said.to)),
                object,
            };
        }
        match fault {
            Fault::TakenAndCrash => self.gone().await,
            Fault::TakenUnseen => Outcome::Unsure {
                why: "no answer".to_owned(),
            },
            Fault::HalfTold => Outcome::NotDelivered {
                version: self
                    .there(&order.place)
                    .map(|(_, version)| version.to_string()),
                told: vec!["ben@example.org".to_owned()],
                who: vec![
                    ("ana@example.org".to_owned(), Some("3.7".to_owned())),
                    ("petra@example.org".to_owned(), None),
                ],
                object: self.text(&order.place).unwrap_or_default().into_bytes(),
            },
            _ => done(self.there(&order.place).map(|(_, version)| version)),
        }
    }
}
