//! A person connects a calendar, mends it, or takes it away.

use super::give_back::account_of;
use super::port::{Access, Calendars, Found, FoundCalendar, Trouble};
use super::round::{Machine, Told, job, keep};
use super::status::{About, instant};
use super::{Reading, by_key, sealed, status, watch, whose};
use crate::server::accounts::{Fresh, name_of};
use crate::server::facts::{self, CalendarLeft};
use crate::server::log::noted::{self, Happened};
use crate::server::people::{self, Claim};
use crate::server::{ServerError, Viewer};
use steadfast_store::seal::Keyring;
use steadfast_store::{
    Accounts, Append, Expected, Facts, Jobs, Micros, NewSource, Secrets, Source, Sources, Write,
};

/// Calendars that one person may connect. More are a mistake, or somebody who wants to see what happens.
const MOST: usize = 8;

/// What became of a connection.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Connected {
    /// Calendars that are read from now on.
    pub calendars: usize,
    /// What was found and is not read, each with why.
    pub set_aside: Vec<(String, String)>,
}

/// What became of trying to connect.
#[derive(Debug)]
pub enum Tried {
    /// It is connected.
    Connected(Connected),
    /// It names another address, which may be the viewer's as well; nothing is kept. Whether it is, they say by connecting
    /// it once more with that address.
    PerhapsYours {
        /// The address.
        address: String,
        /// What is wrong without it.
        without: ServerError,
    },
}

/// Connects a calendar of the viewer's. It is asked at once, so that what is wrong is told now, and the ledger fills.
/// `also_me` is another address that the viewer said is theirs as well: it counts only where it was offered to them.
///
/// # Errors
/// [`ServerError::Input`] when it cannot be read, or is somebody else's; nothing is kept then.
#[expect(
    clippy::too_many_arguments,
    reason = "everything that connecting needs, once"
)]
pub async fn connect<S, C>(
    store: &S,
    keyring: &Keyring,
    calendars: &C,
    viewer: &Viewer,
    machine: Machine<'_>,
    fresh: &Fresh,
    access: &Access,
    also_me: Option<&str>,
) -> Result<Tried, ServerError>
where
    S: Accounts + Facts + Jobs + Secrets + Sources,
    C: Calendars,
{
    let (org, person) = (viewer.org(), viewer.person());
    if access.is_by_key() {
        // An organisation's key opens anybody's: who is shown what is not for whoever asks to say.
        return Err(ServerError::NotFound);
    }
    if store.sources_of(org, person).await?.len() >= MOST {
        return Err(ServerError::Input(
            format!("{MOST} calendars are connected already"),
            "disconnect one that you do not need".to_owned(),
        ));
    }
    let asked = machine.now();
    let mut found = calendars.ask(access, None).await.map_err(told)?;
    let mut mine = addresses(store, viewer).await?;
    let claim = also_mine(store, viewer, access, &mine, &found).await?;
    if let Some((address, claim)) = claim {
        if also_me != Some(&*address) {
            let without = only_mine(&mine, &mut found)
                .err()
                .unwrap_or(ServerError::Busy);
            return Ok(Tried::PerhapsYours { address, without });
        }
        mine.push(address);
        claim.keep(store, viewer, instant(asked)).await?;
    }
    let connected = match found.unreadable.first() {
        // Not that there is none: it could not be read this time.
        Some((_, why)) if found.calendars.is_empty() => {
            return Err(ServerError::Input(
                why.clone(),
                "it is worth trying again in a few minutes".to_owned(),
            ));
        }
        _ => only_mine(&mine, &mut found)?,
    };
    let about = About {
        label: label(access),
        with_password: access.user.is_some(),
        is_google: access.is_google(),
        by_key: false,
        writes: false,
        account: account_of(&found.calendars).filter(|_| access.is_google()),
    };
    let new = NewSource {
        source: fresh.id(),
        person: person.to_owned(),
        about: serde_json::to_vec(&about).unwrap_or_default(),
        created: asked,
    };
    // First what a round needs, and the round: if this process ends now, the source is not there, or is looked after.
    sealed::keep(store, keyring, org, &new.source, access).await?;
    let next = [job(&new.source, machine.next(asked))];
    store.enqueue(org, &next).await?;
    store.connect(org, &new).await?;
    let kept = first_round(store, viewer, machine, &new.source, asked, found);
    if let Err(error) = kept.await {
        // It must not stand there half made. If this fails too, the owner sees it and can disconnect it.
        store.disconnect(org, &new.source).await?;
        sealed::erase(store, org, &new.source).await?;
        return Err(error);
    }
    watch::soon(store, org, &new.source, access, asked).await?;
    Ok(Tried::Connected(connected))
}

/// The viewer's addresses, the main one first.
async fn addresses<S: Facts>(store: &S, viewer: &Viewer) -> Result<Vec<String>, ServerError> {
    let near = people::near(store, viewer.org(), viewer.person()).await?;
    let others = near.others(true).map(str::to_owned);
    Ok(std::iter::once(viewer.person().to_owned())
        .chain(others)
        .collect())
}

/// Where nothing that was found is of the addresses that are known: the one it is of, if it may be the viewer's as well.
async fn also_mine<S: Accounts + Facts>(
    store: &S,
    viewer: &Viewer,
    access: &Access,
    mine: &[String],
    found: &Found,
) -> Result<Option<(String, Claim)>, ServerError> {
    if found.calendars.iter().any(|one| is_mine(mine, one)) {
        return Ok(None);
    }
    let account = store
        .account_by_email(viewer.org(), viewer.person())
        .await?;
    let Some(account) = account else {
        return Ok(None);
    };
    let name = name_of(store, viewer.org(), &account.account).await?;
    let Some(address) = people::perhaps_me(access, &name.unwrap_or_default(), &found.calendars)
    else {
        return Ok(None);
    };
    let claim = Claim::of(store, viewer, &address).await?;
    Ok(claim.map(|claim| (address, claim)))
}

fn is_mine(mine: &[String], calendar: &FoundCalendar) -> bool {
    calendar
        .owner
        .as_ref()
        .is_none_or(|owner| mine.contains(owner))
        && whose::takes_part(mine, calendar)
}

async fn first_round<S: Facts + Sources>(
    store: &S,
    viewer: &Viewer,
    machine: Machine<'_>,
    source: &str,
    asked: Micros,
    found: Found,
) -> Result<(), ServerError> {
    let source = store.source(viewer.org(), source).await?;
    let source = source.ok_or(ServerError::Busy)?;
    let happened = Happened::Connected {
        label: status::label(&source),
    };
    let told = told_to(asked, found, happened);
    keep(store, machine, viewer.org(), &source, told).await?;
    Ok(())
}

/// What a source said to its owner, who asked.
fn told_to(at: Micros, found: Found, happened: Happened) -> Told<'static> {
    Told {
        at,
        found,
        lease: None,
        happened: Some(happened),
    }
}

/// Of what an account shows, other people's calendars are not the viewer's to connect.
fn only_mine(mine: &[String], found: &mut Found) -> Result<Connected, ServerError> {
    let me = mine.first().map_or("", String::as_str);
    let mut connected = Connected::default();
    connected.set_aside.append(&mut found.unreadable);
    connected.set_aside.append(&mut found.set_aside);
    let mut owners = Vec::new();
    found.calendars.retain(|calendar| match &calendar.owner {
        Some(owner) if !mine.contains(owner) => {
            owners.push(owner.clone());
            let why = format!("it is {owner}’s, who alone can connect it");
            connected.set_aside.push((calendar.name.clone(), why));
            false
        }
        _ => true,
    });
    found.calendars.retain(|calendar| {
        let is_mine = whose::takes_part(mine, calendar);
        if !is_mine {
            let why =
                format!("{me} is in hardly any of its meetings: it seems to be somebody else’s");
            connected.set_aside.push((calendar.name.clone(), why));
        }
        is_mine
    });
    connected.calendars = found.calendars.len();
    if connected.calendars > 0 {
        return Ok(connected);
    }
    let strange = connected
        .set_aside
        .iter()
        .find(|(_, why)| why.contains("hardly any"));
    Err(match owners.first() {
        None if strange.is_some() => ServerError::Input(
            format!("you are signed in as {me}, who is in hardly any of its meetings"),
            "connect your own calendar, or sign in under the address that your meetings name"
                .to_owned(),
        ),
        Some(owner) => ServerError::Input(
            format!("this is the calendar of {owner}, and you are signed in as {me}"),
            "connect your own calendar".to_owned(),
        ),
        None => ServerError::Input(
            "no calendar was found there".to_owned(),
            "give the address that your calendar’s settings show for CalDAV, or for sharing as iCal".to_owned(),
        ),
    })
}

/// Gives a source of the viewer's a new password, and asks it at once.
///
/// # Errors
/// [`ServerError::NotFound`] when it is not theirs; [`ServerError::Input`] when that password is not taken either.
pub async fn mend<S, C>(
    store: &S,
    keyring: &Keyring,
    calendars: &C,
    viewer: &Viewer,
    machine: Machine<'_>,
    source: &str,
    password: Option<&str>,
) -> Result<(), ServerError>
where
    S: Facts + Jobs + Secrets + Sources,
    C: Calendars,
{
    let mine = mine(store, viewer, source).await?;
    let known = sealed::reveal(store, keyring, viewer.org(), source).await?;
    let mut access = known.ok_or(ServerError::NotFound)?;
    if let Some(password) = password {
        if access.is_google() {
            return Err(ServerError::Input(
                "a calendar at Google has no password here".to_owned(),
                "allow it again at Google".to_owned(),
            ));
        }
        access.password = Some(password.to_owned());
    }
    renewed(store, keyring, calendars, viewer, machine, (&mine, &access)).await
}

/// Goes on with an account at Google by what its owner allowed there anew; `writes`: whether to write there as well.
///
/// # Errors
/// [`ServerError::NotFound`] when it is none of theirs at Google: nothing else is ever asked with what was allowed there;
/// [`ServerError::Input`] when it is another person's account, or does not answer.
pub async fn allow_again<S, C>(
    store: &S,
    keyring: &Keyring,
    calendars: &C,
    viewer: &Viewer,
    machine: Machine<'_>,
    source: &str,
    (refresh, writes): (&str, bool),
) -> Result<(), ServerError>
where
    S: Facts + Jobs + Secrets + Sources,
    C: Calendars,
{
    let mine = mine(store, viewer, source).await?;
    let known = sealed::reveal(store, keyring, viewer.org(), source).await?;
    known
        .filter(Access::is_google)
        .ok_or(ServerError::NotFound)?;
    let access = Access::google(refresh.to_owned());
    renewed(store, keyring, calendars, viewer, machine, (&mine, &access)).await?;
    // Last: that it may be written to is said once what it is written with is kept.
    let about = About {
        writes,
        ..status::about(&mine)
    };
    let about = serde_json::to_vec(&about).unwrap_or_default();
    store.describe(viewer.org(), source, &about).await?;
    Ok(())
}

/// Asks a source as it is reached from now on, and keeps that if it answers.
async fn renewed<S, C>(
    store: &S,
    keyring: &Keyring,
    calendars: &C,
    viewer: &Viewer,
    machine: Machine<'_>,
    (mine, access): (&Source, &Access),
) -> Result<(), ServerError>
where
    S: Facts + Jobs + Secrets + Sources,
    C: Calendars,
{
    let source = mine.source.as_str();
    let cursor = Reading::of(mine).cursor;
    let asked = machine.now();
    let found = calendars
        .ask(access, cursor.as_deref())
        .await
        .map_err(told)?;
    if access.is_google() {
        let mine = match status::about(mine).account {
            Some(account) => vec![account],
            None => addresses(store, viewer).await?,
        };
        let mut owners = found.calendars.iter().filter_map(|one| one.owner.as_ref());
        if let Some(other) = owners.find(|owner| !mine.contains(owner)) {
            return Err(ServerError::Input(
                format!("this is the account of {other}, and not the one that was connected"),
                "begin once more, with your own account at Google".to_owned(),
            ));
        }
    }
    sealed::keep(store, keyring, viewer.org(), source, access).await?;
    let next = job(source, machine.next(asked));
    store.resume(viewer.org(), source, &next).await?;
    let happened = Happened::Mended {
        label: status::label(mine),
    };
    let told = told_to(asked, found, happened);
    keep(store, machine, viewer.org(), mine, told).await?;
    watch::soon(store, viewer.org(), source, access, asked).await
}

/// Takes a source of the viewer's away, with how to get at it. What was seen of it stays, and what comes after is unknown.
///
/// # Errors
/// [`ServerError::NotFound`] when it is not theirs.
pub async fn disconnect<S>(
    store: &S,
    viewer: &Viewer,
    machine: Machine<'_>,
    source: &str,
) -> Result<(), ServerError>
where
    S: Facts + Secrets + Sources,
{
    let source = mine(store, viewer, source).await?;
    let left = CalendarLeft {
        source: source.source.clone(),
        calendar: None,
    };
    // As of when it was last verified: nothing is known after that. What never was verified tells nothing after it was
    // connected.
    let known = Reading::of(&source).all_known_until(&source);
    let until = instant(known.unwrap_or(source.created));
    let fact = facts::said(facts::LEFT, &left, viewer.person(), until);
    let stream = facts::calendar_of(viewer.person());
    let happened = Happened::Disconnected {
        label: status::label(&source),
    };
    let now = instant(machine.now());
    let told = happened.fact(viewer.person(), now);
    let log = noted::log_of(viewer.person());
    sealed::erase(store, viewer.org(), &source.source).await?;
    let append = |stream, facts| Append {
        stream,
        expected: Expected::Any,
        facts,
    };
    let (fact, told) = ([fact], [told]);
    let mut appends = vec![append(&stream, &fact), append(&log, &told)];
    // Whoever takes the last one away is read by their organisation's key no more: neither by the one that is taken away, nor
    // because what they connected themselves does not stand before it any more.
    let left = by_key::left(viewer.person(), now);
    if by_key::is_last_before_key(store, viewer, &source).await? {
        appends.push(append(&left.0, &left.1));
    }
    let write = Write {
        appends: &appends,
        ..Write::default()
    };
    store.write(viewer.org(), write).await?;
    store.disconnect(viewer.org(), &source.source).await?;
    Ok(())
}

async fn mine<S: Sources>(store: &S, viewer: &Viewer, source: &str) -> Result<Source, ServerError> {
    let found = store.source(viewer.org(), source).await?;
    found
        .filter(|source| source.person == viewer.person())
        .ok_or(ServerError::NotFound)
}

fn told(trouble: Trouble) -> ServerError {
    ServerError::Input(trouble.what, trouble.hint)
}

/// The host, and for an account the user: nothing secret.
fn label(access: &Access) -> String {
    if access.is_google() {
        return "Google Calendar".to_owned();
    }
    let rest = access
        .address
        .split_once("://")
        .map_or(access.address.as_str(), |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    match &access.user {
        Some(user) => format!("{user} at {host}"),
        None => host.to_owned(),
    }
}
