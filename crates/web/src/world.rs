//! What the program lends the server.

use crate::google::{Google, Watches};
use crate::mailing::Mailing;
use crate::writes::Writes;
use std::future::Future;
use std::pin::Pin;
use std::{fmt, io};
use steadfast_app::server::ServerError;
use steadfast_app::server::accounts::Fresh;
use steadfast_app::server::ledger::Offered;
use steadfast_app::server::sync::{
    Access, Calendars, Channel, Found, Machine, NewChannel, Trouble, Watched,
};
use steadfast_calendar::Instant;
use steadfast_store::Micros;
use steadfast_store::seal::Keyring;

/// Fills bytes.
pub type Random = Box<dyn Fn(&mut [u8]) -> io::Result<()> + Send + Sync>;
/// Takes a file of that name apart.
pub type Open = Box<dyn Fn(&str, Vec<u8>) -> Result<Offered, ServerError> + Send + Sync>;

/// Asks a calendar what is new since a cursor.
pub type Ask = Box<dyn Fn(Access, Option<String>) -> Asked + Send + Sync>;
/// What it will have said.
pub type Asked = Pin<Box<dyn Future<Output = Result<Found, Trouble>> + Send>>;

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
    /// Reaches calendars.
    pub ask: Ask,
    /// Writes to calendars.
    pub writes: Box<dyn Writes>,
    /// What seals how to get at them.
    pub keyring: Keyring,
    /// Where people allow their calendars at Google; `None`: nobody can.
    pub google: Option<Box<dyn Google>>,
    /// Has Google say by itself that something changed; `None`: this server has no address to say it to.
    pub watches: Option<Box<dyn Watches>>,
    /// The domains whose people's calendars the key of the organisation opens at Google; none: there is no key.
    pub domains: Vec<String>,
    /// Tells people something beside their page; `None`: nothing is told so.
    pub mail: Option<Mailing>,
    /// Microseconds between two looks at a calendar.
    pub every: i64,
    /// The program that judges, version and build: what another one judged is judged again.
    pub program: String,
    /// This process, for people who look at what is under way.
    pub node: String,
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

    /// A number that nobody can guess; without chance, always the same.
    pub(crate) fn chance(&self) -> u32 {
        let mut bytes = [0; 4];
        // It spreads rounds over time, and nothing else: that they come together is no harm.
        let _ = (self.random)(&mut bytes);
        u32::from_ne_bytes(bytes)
    }

    /// The machine that rounds run on, with that chance.
    pub(crate) fn machine<'a>(&'a self, chance: &'a (dyn Fn() -> u32 + Sync)) -> Machine<'a> {
        Machine {
            now: &*self.now,
            chance,
            node: &self.node,
            every: self.every,
        }
    }

    /// Random bytes for one use case.
    pub(crate) fn fresh(&self) -> io::Result<Fresh> {
        let mut bytes = [0; Fresh::BYTES];
        (self.random)(&mut bytes)?;
        Ok(Fresh::from(bytes))
    }
}

impl Calendars for World {
    async fn ask(&self, access: &Access, cursor: Option<&str>) -> Result<Found, Trouble> {
        (self.ask)(access.clone(), cursor.map(str::to_owned)).await
    }

    async fn give_back(&self, access: &Access) {
        if let Some(google) = self.google.as_ref().filter(|_| access.is_google()) {
            google.give_back(access.clone()).await;
        }
    }

    fn watchable(&self, access: &Access, cursor: &str) -> Vec<String> {
        let watches = self.watches.as_ref().filter(|_| access.is_of_google());
        watches.map_or_else(Vec::new, |watches| watches.watchable(cursor))
    }

    async fn watch(&self, access: &Access, open: Vec<NewChannel>, stop: Vec<Channel>) -> Watched {
        match self.watches.as_ref().filter(|_| access.is_of_google()) {
            Some(watches) => watches.watch(access.clone(), open, stop).await,
            None => Watched::default(),
        }
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("World")
    }
}
