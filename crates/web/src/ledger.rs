//! The ledger's use cases, off the threads that answer: judging half a year of calendars takes a core for a while.

use crate::mailing;
use crate::me::Me;
use crate::server::Server;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use steadfast_app::report::Report;
use steadfast_app::server::accounts;
use steadfast_app::server::cadence::{self, Say};
use steadfast_app::server::export;
use steadfast_app::server::guard::Ahead;
use steadfast_app::server::ledger::{self, Declared, Kept, TakenIn, Word};
use steadfast_app::server::log::{self, Log};
use steadfast_app::server::looked::{self, Kind, Look, Shown};
use steadfast_app::server::only_me::{self, OnlyMe, Quarter};
use steadfast_app::server::people;
use steadfast_app::server::{ServerError, Viewer};
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;

/// Ledgers held in memory for the next page; one of a busy manager takes a few megabytes.
const HELD: usize = 48;

/// Ledgers as they were last looked at, by whom they are for.
#[derive(Debug, Default)]
pub(crate) struct Judged(Mutex<HashMap<Whose, Held>>);

/// A ledger, and what is to come beside it, once that was asked for.
#[derive(Clone, Debug)]
struct Held {
    kept: Arc<Kept>,
    ahead: Option<Arc<Ahead>>,
}

/// Organisation and person: two organisations may know the same address.
type Whose = (String, String);

impl Judged {
    fn get(&self, whose: &Whose) -> Option<Held> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.get(whose).cloned()
    }

    fn hold(&self, whose: Whose, one: Held) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= HELD && !held.contains_key(&whose) {
            // Any of them: those who look again soon are held again soon.
            if let Some(one) = held.keys().next().cloned() {
                held.remove(&one);
            }
        }
        held.insert(whose, one);
    }
}

/// Runs a use case where it may take its time.
pub(crate) async fn apart<T, F>(work: F) -> Result<T, ServerError>
where
    T: Send + 'static,
    F: AsyncFnOnce() -> Result<T, ServerError> + Send + 'static,
{
    let handle = Handle::current();
    spawn_blocking(move || handle.block_on(work()))
        .await
        .unwrap_or(Err(ServerError::Busy))
}

/// The ledger as this person may see it, as soon as the look at it is recorded. Nothing that was written since is missing
/// from it.
pub(crate) async fn see(
    server: &Server,
    me: &Me,
    look: Look<'_>,
) -> Result<Option<Shown>, ServerError> {
    let kept = kept(server, me.0.viewer()).await?;
    see_in(server, me, &kept, look).await
}

/// The same, of a ledger that is good now.
pub(crate) async fn see_in(
    server: &Server,
    me: &Me,
    kept: &Kept,
    look: Look<'_>,
) -> Result<Option<Shown>, ServerError> {
    let shared = &server.0;
    let (viewer, now) = (me.0.viewer(), shared.world.instant());
    looked::see(&shared.store, &shared.noted, viewer, now, kept, look).await
}

/// One 1:1 of theirs, and that look recorded.
pub(crate) async fn see_one(server: &Server, me: &Me, pair: &str) -> Result<Shown, ServerError> {
    let shown = see(server, me, Look::One(Kind::OneOnOne, pair)).await?;
    shown.ok_or(ServerError::NotFound)
}

/// Their ledger of the half year whose last day is `until`. It shows nothing by itself.
pub(crate) async fn earlier(
    server: &Server,
    viewer: &Viewer,
    until: Date,
) -> Result<Kept, ServerError> {
    let (store, viewer) = (server.0.store.clone(), viewer.clone());
    let (program, now) = (server.0.world.program.clone(), server.0.world.instant());
    apart(async move || ledger::earlier(&store, &viewer, (&program, now), until).await).await
}

/// Their ledger as it was judged last, if that is good still; else judged anew. It shows nothing by itself.
pub(crate) async fn kept(server: &Server, viewer: &Viewer) -> Result<Arc<Kept>, ServerError> {
    let shared = &server.0;
    let viewer = viewer.clone();
    let now = shared.world.instant();
    let whose = (viewer.org().as_str().to_owned(), viewer.person().to_owned());
    let program = shared.world.program.clone();
    if let Some(Held { kept, .. }) = shared.judged.get(&whose)
        && kept.is_good(&shared.store, &viewer, &program, now).await?
    {
        return Ok(kept);
    }
    let store = shared.store.clone();
    let kept = apart(async move || ledger::kept(&store, &viewer, &program, now).await).await?;
    let kept = Arc::new(kept);
    let held = Held {
        kept: kept.clone(),
        ahead: None,
    };
    shared.judged.hold(whose, held);
    Ok(kept)
}

/// What is to come for them, as it was judged with their ledger.
pub(crate) async fn ahead(server: &Server, viewer: &Viewer) -> Result<Arc<Ahead>, ServerError> {
    let kept = kept(server, viewer).await?;
    ahead_beside(server, viewer, kept).await
}

/// The same, beside a ledger that is good now.
pub(crate) async fn ahead_beside(
    server: &Server,
    viewer: &Viewer,
    kept: Arc<Kept>,
) -> Result<Arc<Ahead>, ServerError> {
    let shared = &server.0;
    let whose = (viewer.org().as_str().to_owned(), viewer.person().to_owned());
    if let Some(Held {
        kept: held,
        ahead: Some(ahead),
    }) = shared.judged.get(&whose)
        && Arc::ptr_eq(&held, &kept)
    {
        return Ok(ahead);
    }
    let (store, program, now) = (
        shared.store.clone(),
        shared.world.program.clone(),
        shared.world.instant(),
    );
    let (viewer, beside) = (viewer.clone(), kept.clone());
    let ahead =
        apart(async move || ledger::ahead_beside(&store, &viewer, &beside, &program, now).await);
    let ahead = Arc::new(ahead.await?);
    let held = Held {
        kept,
        ahead: Some(ahead.clone()),
    };
    shared.judged.hold(whose, held);
    Ok(ahead)
}

/// Takes a file in.
pub(crate) async fn take_in(
    server: &Server,
    me: &Me,
    name: String,
    bytes: Vec<u8>,
) -> Result<TakenIn, ServerError> {
    let (server, viewer) = (server.clone(), me.0.viewer().clone());
    apart(async move || {
        let world = &server.0.world;
        let others = people::other_addresses(&server.0.store, &viewer).await?;
        let offered = (world.open)(&name, bytes)?;
        let prepared = ledger::prepare_as(&viewer, &others, offered)?;
        ledger::take_in(&server.0.store, &viewer, world.instant(), prepared).await
    })
    .await
}

/// What happened, for this person.
pub(crate) async fn log(server: &Server, viewer: &Viewer) -> Result<Log, ServerError> {
    let kept = kept(server, viewer).await?;
    let (server, viewer) = (server.clone(), viewer.clone());
    apart(async move || {
        let shared = &server.0;
        let now = shared.world.instant();
        log::log(&shared.store, &shared.noted, &viewer, now, &kept).await
    })
    .await
}

/// Everything about this person, in a zip.
pub(crate) async fn export(server: &Server, me: &Me) -> Result<Vec<u8>, ServerError> {
    let (server, viewer) = (server.clone(), me.0.viewer().clone());
    apart(async move || {
        let now = server.0.world.instant();
        let shared = &server.0;
        let here = export::Here {
            keyring: Some(&shared.world.keyring),
            sends_mail: Some(mailing::is_sent(&shared.world)),
        };
        let files = export::everything(&shared.store, &shared.noted, here, &viewer, now).await?;
        export::zipped(&files)
    })
    .await
}

/// Who reports to whom, as said.
pub(crate) async fn declared(server: &Server, me: &Me) -> Result<Declared, ServerError> {
    ledger::declared(&server.0.store, me.0.viewer()).await
}

/// Says who reports to whom.
pub(crate) async fn declare(
    server: &Server,
    me: &Me,
    reports: &[String],
    manager: Option<&str>,
) -> Result<(), ServerError> {
    let now = server.0.world.instant();
    ledger::declare(&server.0.store, me.0.viewer(), now, reports, manager).await
}

/// Says a word, or takes it back.
pub(crate) async fn say(
    server: &Server,
    me: &Me,
    (pair, day): (String, Date),
    word: Option<Word>,
    shared: bool,
) -> Result<(), ServerError> {
    let (server, viewer) = (server.clone(), me.0.viewer().clone());
    apart(async move || {
        let now = server.0.world.instant();
        ledger::say(&server.0.store, &viewer, now, &pair, day, word, shared).await
    })
    .await
}

/// Says whether it mattered to this person, or takes that back.
pub(crate) async fn say_whether_it_mattered(
    server: &Server,
    me: &Me,
    (pair, day): (String, Date),
    mattered: Option<bool>,
) -> Result<(), ServerError> {
    let (server, viewer) = (server.clone(), me.0.viewer().clone());
    apart(async move || {
        let (store, now) = (&server.0.store, server.0.world.instant());
        ledger::say_whether_it_mattered(store, &viewer, now, &pair, day, mattered).await
    })
    .await
}

/// What this person said mattered to them, by 1:1 and day.
pub(crate) async fn what_mattered(
    server: &Server,
    me: &Me,
) -> Result<BTreeMap<(String, Date), bool>, ServerError> {
    ledger::what_mattered(&server.0.store, me.0.viewer()).await
}

/// Answers this person, who is the report of that 1:1, whether it is only them.
pub(crate) async fn is_it_only_me(
    server: &Server,
    me: &Me,
    pair: String,
) -> Result<(OnlyMe, Quarter), ServerError> {
    let (server, viewer) = (server.clone(), me.0.viewer().clone());
    apart(async move || {
        let now = server.0.world.instant();
        only_me::is_it_only_me(&server.0.store, &viewer, now, &pair).await
    })
    .await
}

/// Whether that `boss` has too few others for an answer to that, by the list of people.
pub(crate) async fn has_few_others(
    server: &Server,
    me: &Me,
    boss: &str,
) -> Result<bool, ServerError> {
    let now = server.0.world.instant();
    only_me::are_few_listed(&server.0.store, me.0.viewer(), now, boss).await
}

/// Says something about how often two meet.
pub(crate) async fn say_cadence(
    server: &Server,
    me: &Me,
    pair: &str,
    say: Say,
) -> Result<(), ServerError> {
    let (server, viewer) = (server.clone(), me.0.viewer().clone());
    let pair = pair.to_owned();
    apart(async move || {
        let now = server.0.world.instant();
        cadence::say(&server.0.store, &viewer, now, &pair, say).await
    })
    .await
}

/// Which of those that the report names have joined.
pub(crate) async fn joined(
    server: &Server,
    me: &Me,
    report: &Report,
) -> Result<Vec<String>, ServerError> {
    let pairs = report.pairs.iter().flat_map(|pair| &pair.people);
    let lines = report.without_one_on_one.iter();
    let lines = lines.flat_map(|line| [&line.manager, &line.report]);
    let mut people: Vec<&str> = pairs.chain(lines).map(|one| &*one.address).collect();
    people.sort_unstable();
    people.dedup();
    let now = server.0.world.instant();
    accounts::which_have_joined(&server.0.store, me.0.viewer(), now, &people).await
}

/// Addresses of everybody this person has a 1:1 or a reporting line with.
pub(crate) async fn partners(server: &Server, me: &Me) -> Result<Vec<String>, ServerError> {
    let declared = declared(server, me).await?;
    let by_organisation = declared.partners(me.0.viewer().person());
    let mut partners: Vec<String> = by_organisation.map(str::to_owned).collect();
    partners.extend(declared.reports);
    partners.extend(declared.manager);
    partners.extend(kept(server, me.0.viewer()).await?.people());
    Ok(partners)
}
