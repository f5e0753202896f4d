//! What `serve` and `demo` have in common: a runtime, a clock, chance, a socket, and an end.

use crate::calendars;
use crate::error::{CommandError, Kind};
use crate::google_lent::{AllowedThere, ToldBy};
use crate::mailing;
use crate::offered::offered;
use crate::settings::Settings;
use crate::writing::Network;
use std::future::Future;
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant as Moment, SystemTime, UNIX_EPOCH};
use steadfast_app::server::ServerError;
use steadfast_app::server::accounts::Fresh;
use steadfast_calendar::Instant;
use steadfast_store::seal::Keyring;
use steadfast_store::{Micros, Store, StoreError};
use steadfast_web::{Argon2Passwords, Ask, Days, Google, Mailing, Server, Watches, World, Writes};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::signal;

/// How long the runtime waits for work that nobody waits for any more.
const END: Duration = Duration::from_secs(2);

/// What a server is lent beside the machine: how it reaches calendars, what seals how, and how often it looks.
pub(crate) struct Lent {
    pub(crate) ask: Ask,
    pub(crate) writes: Box<dyn Writes>,
    pub(crate) keyring: Keyring,
    /// Where people allow their calendars at Google; `None`: nobody can.
    pub(crate) google: Option<Box<dyn Google>>,
    /// Where Google is told where to say that something changed; `None`: it is not.
    pub(crate) watches: Option<Box<dyn Watches>>,
    /// Whose people's calendars the key of the organisation opens.
    pub(crate) domains: Vec<String>,
    /// How mail is sent; `None`: it is not.
    pub(crate) mail: Option<Mailing>,
    /// Between two looks at a calendar.
    pub(crate) every: Duration,
}

impl Lent {
    /// As the settings say.
    pub(crate) fn of(settings: &Settings, keyring: Keyring) -> Result<Self, CommandError> {
        let reach = settings.reach()?;
        let google = reach.google.clone();
        let allowed = google.as_ref().and_then(|google| {
            let registered = google.registered.clone()?;
            let google = google.clone();
            Some(AllowedThere { google, registered })
        });
        let told = google.as_ref().and_then(|google| {
            let address = google.told_at.clone()?;
            let google = google.clone();
            Some(ToldBy { google, address })
        });
        let key = google.and_then(|google| google.key);
        Ok(Self {
            ask: calendars::network(reach.clone()),
            writes: Box::new(Network { reach }),
            keyring,
            google: allowed.map(|google| -> Box<dyn Google> { Box::new(google) }),
            watches: told.map(|told| -> Box<dyn Watches> { Box::new(told) }),
            domains: key.map_or_else(Vec::new, |key| key.domains),
            mail: mailing::lent(settings)?,
            every: settings.pause(),
        })
    }
}

/// The machine, for a server.
pub(crate) struct Host {
    runtime: Option<Runtime>,
}

impl Host {
    pub(crate) fn new() -> Result<Self, CommandError> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|error| internal("no threads to serve with", &error))?;
        Ok(Self {
            runtime: Some(runtime),
        })
    }

    /// Does `work` to its end.
    pub(crate) fn run(
        &self,
        work: impl Future<Output = Result<(), CommandError>>,
    ) -> Result<(), CommandError> {
        match &self.runtime {
            Some(runtime) => runtime.block_on(work),
            None => Ok(()),
        }
    }

    pub(crate) async fn open(&self, database: &str) -> Result<Store, CommandError> {
        Ok(Store::open(database).await?)
    }

    /// A database that is there already, with the tables of this program; nothing is made or changed by opening it.
    pub(crate) async fn existing(&self, database: &str) -> Result<Store, CommandError> {
        if let Some(path) = database.strip_prefix("sqlite:")
            && !Path::new(path).exists()
        {
            return Err(CommandError::new(
                Kind::Input,
                format!("there is no database {path}"),
                "name the server's own with --database sqlite:FILE, or go to the folder it runs in",
            ));
        }
        let (store, schema) = Store::look(database).await?;
        if schema.found == schema.known {
            return Ok(store);
        }
        store.close().await;
        if schema.found > schema.known {
            return Err(StoreError::TooNew {
                found: schema.found,
                known: schema.known,
            }
            .into());
        }
        Err(CommandError::new(
            Kind::Refused,
            format!(
                "the database is at migration {}, this program is at {}",
                schema.found, schema.known
            ),
            "use the program that it was written with, or start this one's `steadfast serve` once, which brings it up to date",
        ))
    }

    pub(crate) async fn listen(&self, address: &str) -> Result<TcpListener, CommandError> {
        TcpListener::bind(address).await.map_err(|error| {
            CommandError::new(
                Kind::Reach,
                format!("cannot listen on {address}: {error}"),
                "another program may be there already; choose another with --listen 127.0.0.1:0",
            )
        })
    }

    /// The address to open, without a slash at the end.
    pub(crate) fn address(&self, listener: &TcpListener) -> Result<String, CommandError> {
        let address = listener
            .local_addr()
            .map_err(|error| internal("the socket has no address", &error))?;
        Ok(format!("http://{address}"))
    }

    /// Passwords, ready to be worked with.
    pub(crate) fn passwords(&self) -> Result<Argon2Passwords, CommandError> {
        let mut salt = [0; 16];
        random(&mut salt).map_err(|error| internal("no random bytes", &error))?;
        Ok(Argon2Passwords::new(salt)?)
    }

    /// Prints the address and answers there until the process is asked to end.
    pub(crate) async fn serve(
        &self,
        server: &Server,
        listener: TcpListener,
    ) -> Result<(), CommandError> {
        let stop = self.open_for(&listener)?;
        let served = steadfast_web::serve(server, listener, stop);
        keeping_up(server, served).await
    }

    /// The same for all days of a demo; calendars are kept up with on its last.
    pub(crate) async fn serve_days(
        &self,
        days: &Days,
        last: &Server,
        listener: TcpListener,
    ) -> Result<(), CommandError> {
        let stop = self.open_for(&listener)?;
        let served = steadfast_web::serve_days(days, listener, stop);
        keeping_up(last, served).await
    }

    /// Prints the address. Gives what is done when the process is asked to end.
    fn open_for(
        &self,
        listener: &TcpListener,
    ) -> Result<impl Future<Output = ()> + Send + use<>, CommandError> {
        let address = self.address(listener)?;
        // Before the address is told: whoever reads it may ask for the end at once.
        let stop = asked_to_end()?;
        let mut out = io::stdout().lock();
        writeln!(out, "{address}/")
            .and_then(|()| out.flush())
            .map_err(|error| crate::error::writing("the address", &error))?;
        Ok(stop)
    }
}

/// Random bytes for one use case.
pub(crate) fn fresh() -> Result<Fresh, ServerError> {
    let mut bytes = [0; Fresh::BYTES];
    random(&mut bytes).map_err(|error| {
        ServerError::Input(format!("no random bytes: {error}"), "try again".to_owned())
    })?;
    Ok(Fresh::from(bytes))
}

/// The world as it is, or with a clock that was set to another moment. `logs` requests; what breaks is always told.
pub(crate) fn world(set_to: Option<Instant>, logs: bool, lent: Lent) -> World {
    let began = beginning();
    World {
        now: Box::new(move || {
            set_to.map_or_else(now, |at| {
                micros(at).plus(i64::try_from(began.elapsed().as_micros()).unwrap_or(0))
            })
        }),
        elapsed: Box::new(move || u64::try_from(began.elapsed().as_millis()).unwrap_or(0)),
        random: Box::new(random),
        open: Box::new(|name, bytes| offered(name, &bytes)),
        ask: lent.ask,
        writes: lent.writes,
        keyring: lent.keyring,
        google: lent.google,
        watches: lent.watches,
        domains: lent.domains,
        mail: lent.mail,
        every: i64::try_from(lent.every.as_micros()).unwrap_or(i64::MAX),
        program: program(),
        node: format!("process {}", std::process::id()),
        log: Box::new(move |line| {
            if logs || line.contains(" error.cause=") {
                log(line);
            }
        }),
    }
}

/// Keeps up with calendars as long as pages are answered.
async fn keeping_up(
    server: &Server,
    served: impl Future<Output = io::Result<()>>,
) -> Result<(), CommandError> {
    let keeping_up = tokio::spawn({
        let server = server.clone();
        async move { server.keep_up().await }
    });
    let served = served.await;
    // What a round had not kept by now is asked for again after the next start.
    keeping_up.abort();
    served.map_err(|error| internal("serving", &error))
}

impl Drop for Host {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(END);
        }
    }
}

/// Done on Ctrl-C, or when a supervisor sends SIGTERM.
fn asked_to_end() -> Result<impl Future<Output = ()> + Send + 'static, CommandError> {
    #[cfg(unix)]
    let mut terminated = signal::unix::signal(signal::unix::SignalKind::terminate())
        .map_err(|error| internal("listening for signals", &error))?;
    Ok(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = signal::ctrl_c() => {}
            _ = terminated.recv() => {}
        }
        #[cfg(not(unix))]
        let _ = signal::ctrl_c().await;
    })
}

/// The version, and when the program was built as far as its file tells.
pub(crate) fn program() -> String {
    let built = std::env::current_exe()
        .and_then(std::fs::metadata)
        .and_then(|file| Ok((file.len(), file.modified()?)))
        .ok()
        .and_then(|(size, at)| Some((size, at.duration_since(UNIX_EPOCH).ok()?.as_micros())));
    let (size, at) = built.unwrap_or_default();
    format!("{} {size} {at}", env!("CARGO_PKG_VERSION"))
}

/// The file is its owner's alone from the beginning: there are calendars in it.
pub(crate) fn make_private(database: &str) -> Result<(), CommandError> {
    let Some(path) = database
        .strip_prefix("sqlite:")
        .filter(|path| !path.is_empty())
    else {
        return Ok(());
    };
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(CommandError::new(
            Kind::Input,
            format!("{path} cannot be made: {error}"),
            "name a file in a folder that is there and that you may write to: --database sqlite:FILE",
        )),
    }
}

fn micros(at: Instant) -> Micros {
    Micros(at.seconds().saturating_mul(1_000_000))
}

/// The machine's clock.
#[expect(
    clippy::disallowed_methods,
    reason = "the composition root reads the clock"
)]
pub(crate) fn now() -> Micros {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long a request takes is for the log alone"
)]
fn beginning() -> Moment {
    Moment::now()
}

fn random(bytes: &mut [u8]) -> io::Result<()> {
    getrandom::fill(bytes).map_err(|error| io::Error::other(error.to_string()))
}

/// A word to whoever started it.
#[expect(clippy::print_stderr, reason = "stderr is talk")]
pub(crate) fn say(words: &str) {
    eprintln!("steadfast: {words}");
}

#[expect(
    clippy::print_stderr,
    reason = "stderr is talk, and the log is part of it"
)]
fn log(line: &str) {
    let at = jiff::Timestamp::from_microsecond(now().0).unwrap_or_default();
    eprintln!("{at:.3} {line}");
}

pub(crate) fn internal(doing: &str, error: &io::Error) -> CommandError {
    CommandError::new(Kind::Internal, format!("{doing}: {error}"), "try again")
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        let (kind, hint) = match &error {
            StoreError::BadAddress(_) => {
                (Kind::Usage, "see --database in `steadfast serve --help`")
            }
            StoreError::NotEmpty => (
                Kind::Refused,
                "name another with --database, or move this one away",
            ),
            StoreError::BadDump(_) => (
                Kind::Input,
                "copy it again from where it was kept, or take the backup before it",
            ),
            StoreError::TooNew { .. } => (
                Kind::Refused,
                "install the version that wrote it, or a newer one",
            ),
            StoreError::File { .. } => (Kind::Input, "check the name and that it is yours to use"),
            _ => (
                Kind::Reach,
                "check --database: its folder or server must be there, and be yours to write to",
            ),
        };
        let because = std::error::Error::source(&error).map(|inner| format!(": {inner}"));
        Self::new(
            kind,
            format!("{error}{}", because.unwrap_or_default()),
            hint,
        )
    }
}

impl From<ServerError> for CommandError {
    fn from(error: ServerError) -> Self {
        let hint = error.hint().to_owned();
        let because = std::error::Error::source(&error).map(|inner| format!(": {inner}"));
        Self::new(
            Kind::Internal,
            format!("{error}{}", because.unwrap_or_default()),
            hint,
        )
    }
}
