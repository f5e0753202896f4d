//! How the server writes to calendars: lent by the program, like everything outside.

use std::any::Any;
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use steadfast_app::server::acting::{Eyes, Order, Outcome, Pens, Ready};
use steadfast_app::server::guard::{Busy, NotTold, Question};
use steadfast_app::server::sync::Access;
use steadfast_calendar::Instant;

use crate::world::World;

/// What was looked at, kept for sending by whoever looked.
pub type Looked = Box<dyn Any + Send>;
/// What a look will have found.
pub type Looking = Pin<Box<dyn Future<Output = Result<Ready<Looked>, Outcome>> + Send>>;
/// What a reading will have found: the object, where there is one.
pub type Reading = Pin<Box<dyn Future<Output = Result<Option<Vec<u8>>, Outcome>> + Send>>;
/// What will have come of sending.
pub type Sending = Pin<Box<dyn Future<Output = Outcome> + Send>>;

/// What a calendar server will have said of when others are busy; nothing of whom it does not tell.
pub type Telling = Pin<Box<dyn Future<Output = Result<BTreeMap<String, Busy>, NotTold>> + Send>>;

/// Writes to calendars; see [`Pens`].
pub trait Writes: Send + Sync {
    /// [`Pens::look`].
    fn look(&self, access: Access, order: Order) -> Looking;
    /// [`Pens::send`]; `looked` is what its own look gave.
    fn send(&self, access: Access, order: Order, looked: Looked) -> Sending;
    /// [`Eyes::read`].
    fn read(&self, access: Access, place: String, now: Instant) -> Reading;
    /// Asks the account's server when others are busy. Nobody is told of it, and nothing is written.
    fn when_busy(&self, access: Access, question: Question, now: Instant) -> Telling {
        let _ = (access, question, now);
        Box::pin(async { Ok(BTreeMap::new()) })
    }
}

/// Writes to no calendar: for a demo, and for tests of everything else.
#[derive(Clone, Copy, Debug)]
pub struct WritesNothing;

fn nothing() -> Outcome {
    Outcome::Refused {
        why: "this server writes to no calendar".to_owned(),
    }
}

impl Writes for WritesNothing {
    fn look(&self, _: Access, _: Order) -> Looking {
        Box::pin(async { Err(nothing()) })
    }

    fn send(&self, _: Access, _: Order, _: Looked) -> Sending {
        Box::pin(async { nothing() })
    }

    fn read(&self, _: Access, _: String, _: Instant) -> Reading {
        Box::pin(async { Err(nothing()) })
    }
}

impl Eyes for World {
    async fn read(
        &self,
        access: &Access,
        place: &str,
        now: Instant,
    ) -> Result<Option<Vec<u8>>, Outcome> {
        self.writes
            .read(access.clone(), place.to_owned(), now)
            .await
    }
}

impl Pens for World {
    type Ready = Looked;

    async fn look(&self, access: &Access, order: &Order) -> Result<Ready<Looked>, Outcome> {
        self.writes.look(access.clone(), order.clone()).await
    }

    async fn send(&self, access: &Access, order: &Order, ready: Looked) -> Outcome {
        self.writes.send(access.clone(), order.clone(), ready).await
    }
}
