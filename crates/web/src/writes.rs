//! How the server writes to calendars: lent by the program, like everything outside.

use std::any::Any;
use std::future::Future;
use std::pin::Pin;
use steadfast_app::server::acting::{Order, Outcome, Pens, Ready};
use steadfast_app::server::sync::Access;

use crate::world::World;

/// What was looked at, kept for sending by whoever looked.
pub type Looked = Box<dyn Any + Send>;
/// What a look will have found.
pub type Looking = Pin<Box<dyn Future<Output = Result<Ready<Looked>, Outcome>> + Send>>;
/// What will have come of sending.
pub type Sending = Pin<Box<dyn Future<Output = Outcome> + Send>>;

/// Writes to calendars; see [`Pens`].
pub trait Writes: Send + Sync {
    /// [`Pens::look`].
    fn look(&self, access: Access, order: Order) -> Looking;
    /// [`Pens::send`]; `looked` is what its own look gave.
    fn send(&self, access: Access, order: Order, looked: Looked) -> Sending;
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
