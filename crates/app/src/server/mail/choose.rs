//! What somebody chose about mail to them.

use super::forms::{choice, mail_of};
use super::off;
use super::state::State;
use crate::server::{ServerError, Viewer};
use steadfast_calendar::Instant;
use steadfast_guard::telling::Wish;
use steadfast_store::seal::Keyring;
use steadfast_store::{Accounts, Expected, Facts, Org};

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// How mail to somebody stands, for their page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chosen {
    /// What they chose.
    pub wish: Wish,
    /// When the last mail was refused by the mail server, with its code, if nothing went out since.
    pub refused: Option<(Instant, Option<u16>)>,
    /// When the last one went out.
    pub last: Option<Instant>,
}

/// How mail to the viewer stands.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub async fn chosen<S: Facts>(store: &S, viewer: &Viewer) -> Result<Chosen, ServerError> {
    let state = State::of(store, viewer).await?;
    Ok(Chosen {
        refused: state.refused(),
        last: state.last(),
        wish: state.wish,
    })
}

/// Keeps what the viewer chose.
///
/// # Errors
/// [`ServerError::Input`] for hours that are none; [`ServerError::Store`].
pub async fn choose<S: Facts>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    wish: &Wish,
) -> Result<(), ServerError> {
    if wish.quiet.from >= DAY || wish.quiet.to >= DAY {
        return Err(ServerError::Input(
            "quiet hours begin and end between 0:00 and 23:59".to_owned(),
            "write them as 19:00 and 8:00".to_owned(),
        ));
    }
    if State::of(store, viewer).await?.wish == *wish {
        return Ok(());
    }
    keep(store, viewer, now, wish).await
}

/// Switches mail off for whoever's mail had that token in it; whoever holds the mail may. Safe to repeat.
///
/// # Errors
/// [`ServerError::NotFound`] for a token that is none of this server's; [`ServerError::Store`].
pub async fn switch_off<S: Accounts + Facts>(
    store: &S,
    keyring: &Keyring,
    org: &Org,
    now: Instant,
    token: &str,
) -> Result<(), ServerError> {
    let account = off::account(keyring, token)?.ok_or(ServerError::NotFound)?;
    let account = store.account(org, &account).await?;
    let account = account.ok_or(ServerError::NotFound)?;
    let viewer = Viewer::signed_in(org.clone(), &account.email);
    let state = State::of(store, &viewer).await?;
    if !state.wish.on {
        return Ok(());
    }
    let wish = Wish {
        on: false,
        ..state.wish
    };
    keep(store, &viewer, now, &wish).await
}

async fn keep<S: Facts>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    wish: &Wish,
) -> Result<(), ServerError> {
    let fact = choice(wish, viewer.person(), now);
    let stream = mail_of(viewer.person());
    let org = viewer.org();
    store
        .append(org, &stream, Expected::Any, &[fact], &[])
        .await?;
    Ok(())
}
