//! What the program lends the server.

use std::{fmt, io};
use steadfast_app::server::ServerError;
use steadfast_app::server::accounts::Fresh;
use steadfast_app::server::ledger::Offered;
use steadfast_calendar::Instant;
use steadfast_store::Micros;

/// Fills bytes.
pub type Random = Box<dyn Fn(&mut [u8]) -> io::Result<()> + Send + Sync>;
/// Takes a file of that name apart.
pub type Open = Box<dyn Fn(&str, Vec<u8>) -> Result<Offered, ServerError> + Send + Sync>;

/// The outside world: a clock, chance, a place for the log. Tests and the demo lend others.
pub struct World {
    /// What time it is.
    pub now: Box<dyn Fn() -> Micros + Send + Sync>,
    /// Milliseconds that pass, from whenever; for how long a request took.
    pub elapsed: Box<dyn Fn() -> u64 + Send + Sync>,
    /// Fills with bytes that nobody can guess.
    pub random: Random,
    /// Takes a file apart: a calendar, or an archive of several.
    pub open: Open,
    /// Takes a line for the log.
    pub log: Box<dyn Fn(&str) + Send + Sync>,
}

impl World {
    pub(crate) fn now(&self) -> Micros {
        (self.now)()
    }

    /// The same moment as the ledger counts.
    pub(crate) fn instant(&self) -> Instant {
        Instant::from_seconds(self.now().0.div_euclid(1_000_000))
    }

    /// Random bytes for one use case.
    pub(crate) fn fresh(&self) -> io::Result<Fresh> {
        let mut bytes = [0; Fresh::BYTES];
        (self.random)(&mut bytes)?;
        Ok(Fresh::from(bytes))
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("World")
    }
}
