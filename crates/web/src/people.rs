//! The organisation's use cases, and the organisation as it was last read: a chart of thousands is not put together for
//! every look.

use crate::ledger::{self, apart};
use crate::me::Me;
use crate::refusal::Refusal;
use crate::server::Server;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use steadfast_app::server::ServerError;
use steadfast_app::server::accounts::{self, Knowers};
use steadfast_app::server::people::{
    self, Administrator, Change, Offer, Organisation, Unlisted, kept_organisation, meant_of_list,
    mistyped, organisation, own_today, version,
};
use steadfast_store::{Org, Version};

/// The organisation as it was last read.
#[derive(Debug, Default)]
pub(crate) struct LastRead(Mutex<Option<(Org, Arc<Organisation>)>>);

/// Whoever keeps the organisation. A handler that takes it is reached by nobody else; for them there is nothing there.
#[derive(Debug)]
pub(crate) struct Keeper {
    pub(crate) me: Me,
    pub(crate) administrator: Administrator,
}

impl FromRequestParts<Server> for Keeper {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Response> {
        let me = Me::from_request_parts(parts, server).await?;
        match me.0.administrator() {
            Some(administrator) => Ok(Self { me, administrator }),
            None => Err(Refusal::NotFound.into_response()),
        }
    }
}

/// Today where whoever looks lives, as far as lines are concerned.
pub(crate) async fn today(
    server: &Server,
    me: &Me,
    known: &Organisation,
) -> Result<Date, ServerError> {
    let shared = &server.0;
    own_today(&shared.store, known, me.0.viewer(), shared.world.instant()).await
}

/// The organisation as it stands.
pub(crate) async fn known(server: &Server, me: &Me) -> Result<Arc<Organisation>, ServerError> {
    let shared = &server.0;
    let now = version(&shared.store, me.0.viewer()).await?;
    let last = &shared.organisation_read.0;
    let held = last.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let is_this = |(org, held): &(Org, Arc<Organisation>)| {
        org == me.0.viewer().org() && held.version() == now
    };
    if let Some((_, held)) = held.filter(is_this) {
        return Ok(held);
    }
    let (store, viewer) = (shared.store.clone(), me.0.viewer().clone());
    let read = apart(async move || organisation(&store, &viewer).await).await?;
    let read = Arc::new(read);
    let of = me.0.viewer().org().clone();
    *last.lock().unwrap_or_else(PoisonError::into_inner) = Some((of, read.clone()));
    Ok(read)
}

/// Addresses that the reader knows here, each with what they are called: of everybody they have a 1:1 or a line with.
pub(crate) async fn known_to(
    server: &Server,
    me: &Me,
) -> Result<Vec<(String, String)>, ServerError> {
    let list = known(server, me).await?;
    let all = ledger::partners(server, me).await?.into_iter();
    Ok(all
        .map(|address| (address.clone(), list.called(&address)))
        .collect())
}

/// Whom an address that the reader typed may have been meant for, and what they are called: one of those they know here or, for whoever
/// keeps the list, of it. `None` where it was said that it is somebody else's.
pub(crate) async fn meant(
    server: &Server,
    me: &Me,
    typed: &str,
    sure: &str,
) -> Result<Option<(String, String)>, ServerError> {
    if typed.trim().is_empty() || typed.trim() == sure.trim() {
        return Ok(None);
    }
    let mine = known_to(server, me).await?;
    if let Some(keeper) = me.0.administrator() {
        let list = known(server, me).await?;
        let mine: Vec<String> = mine.into_iter().map(|(address, _)| address).collect();
        return Ok(meant_of_list(&list, &keeper, typed, &mine));
    }
    let near = people::meant(typed, mine.iter().map(|(address, _)| address.as_str()));
    let near = near.map(str::to_owned);
    Ok(near.and_then(|near| mine.into_iter().find(|(address, _)| *address == near)))
}

/// Changes what is said of somebody; gives the key of their page.
pub(crate) async fn change(
    server: &Server,
    keeper: &Keeper,
    change: Change,
) -> Result<String, ServerError> {
    let (server, administrator) = (server.clone(), keeper.administrator.clone());
    apart(async move || {
        let (store, world) = (&server.0.store, &server.0.world);
        people::change(store, &administrator, world.instant(), &change).await
    })
    .await
}

/// Whether the account of somebody of the list is closed; `None` without one.
pub(crate) async fn is_shut_out(
    server: &Server,
    keeper: &Keeper,
    address: &str,
) -> Result<Option<bool>, ServerError> {
    let now = server.0.world.now();
    accounts::is_shut_out(&server.0.store, &keeper.administrator, now, address).await
}

/// Lets somebody of the list come in again.
pub(crate) async fn comes_back(
    server: &Server,
    keeper: &Keeper,
    key: &str,
) -> Result<(), ServerError> {
    let known = known(server, &keeper.me).await?;
    let kept = kept_organisation(&known, &keeper.administrator, key, server.0.world.instant());
    let address = kept.ok_or(ServerError::NotFound)?.address;
    accounts::comes_back(&server.0.store, &keeper.administrator, &address).await
}

/// Those of the list that are perhaps mistyped, for whoever keeps it; for everybody else nobody.
pub(crate) async fn perhaps_mistyped(
    server: &Server,
    me: &Me,
    known: &Organisation,
) -> Result<Vec<Unlisted>, ServerError> {
    if !me.0.is_owner() {
        return Ok(Vec::new());
    }
    let mut told = mistyped(known, &BTreeSet::new());
    let (store, now) = (&server.0.store, server.0.world.instant());
    let addresses: Vec<&str> = told.iter().map(|one| one.address.as_str()).collect();
    let joined = accounts::which_have_joined(store, me.0.viewer(), now, &addresses).await?;
    told.retain(|one| !joined.contains(&one.address));
    Ok(told)
}

/// What a file would change.
pub(crate) async fn offer(
    server: &Server,
    keeper: &Keeper,
    (text, stays): (String, BTreeSet<String>),
) -> Result<Offer, ServerError> {
    let (server, administrator) = (server.clone(), keeper.administrator.clone());
    apart(async move || {
        let now = server.0.world.instant();
        people::offer(&server.0.store, &administrator, now, (&text, &stays)).await
    })
    .await
}

/// Changes what a file would change, as it was looked at; gives how much that was.
pub(crate) async fn apply(
    server: &Server,
    keeper: &Keeper,
    from: Version,
    (text, stays): (String, BTreeSet<String>),
) -> Result<usize, ServerError> {
    let (server, administrator) = (server.clone(), keeper.administrator.clone());
    apart(async move || {
        let now = server.0.world.instant();
        people::apply(&server.0.store, &administrator, now, from, (&text, &stays)).await
    })
    .await
}

/// Those who know whose an account is.
pub(crate) async fn knowers(
    server: &Server,
    me: &Me,
    person: &str,
) -> Result<Knowers, ServerError> {
    Knowers::of(&server.0.store, me.0.viewer().org(), person).await
}

/// Says of somebody of the list that whoever signs in as them is them.
pub(crate) async fn vouch(server: &Server, keeper: &Keeper, key: &str) -> Result<(), ServerError> {
    let shared = &server.0;
    let known = known(server, &keeper.me).await?;
    let kept = kept_organisation(&known, &keeper.administrator, key, server.0.world.instant());
    let address = kept.ok_or(ServerError::NotFound)?.address;
    let now = shared.world.instant();
    accounts::vouch(&shared.store, &keeper.administrator, now, &address).await
}
