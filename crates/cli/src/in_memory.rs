//! A demo's calendars, which are in memory.

use steadfast_app::server::acting::{Eyes as _, Order, Outcome, Pens as _, Ready};
use steadfast_app::server::demo::Office;
use steadfast_app::server::sync::{Access, Calendars as _};
use steadfast_calendar::Instant;
use steadfast_web::{Ask, Looked, Looking, Reading, Sending, Writes};

/// Asks them.
pub(crate) fn asks(office: Office) -> Ask {
    Box::new(move |access, cursor| {
        let office = office.clone();
        Box::pin(async move { office.ask(&access, cursor.as_deref()).await })
    })
}

/// Writes to them.
pub(crate) struct InMemory(pub(crate) Office);

impl Writes for InMemory {
    fn look(&self, access: Access, order: Order) -> Looking {
        let office = self.0.clone();
        Box::pin(async move {
            let ready = office.look(&access, &order).await?;
            Ok(Ready {
                undo: ready.undo,
                inner: Box::new(ready.inner) as Looked,
            })
        })
    }

    fn send(&self, access: Access, order: Order, looked: Looked) -> Sending {
        let office = self.0.clone();
        Box::pin(async move {
            match looked.downcast() {
                Ok(ready) => office.send(&access, &order, *ready).await,
                Err(_) => Outcome::Later {
                    after: None,
                    why: "the program broke off writing it".to_owned(),
                },
            }
        })
    }

    fn read(&self, access: Access, place: String, now: Instant) -> Reading {
        let office = self.0.clone();
        Box::pin(async move { office.read(&access, &place, now).await })
    }
}
