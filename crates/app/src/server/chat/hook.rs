//! Somebody's webhook: tried before it is kept, and kept sealed.

use super::{Message, words};
use crate::server::mail::{Office, Post, Posted};
use crate::server::{ServerError, Viewer};
use serde::{Deserialize, Serialize};
use steadfast_store::Secrets;
use steadfast_store::seal::{Keyring, Vault};

const NAME: &str = "hook";
/// The longest address that is taken, in bytes; Microsoft's are about 300.
const LONGEST: usize = 2_000;

pub(in crate::server) fn owner(person: &str) -> String {
    format!("chat/{person}")
}

/// Whose messages a webhook takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Slack's, and of chats that take the same: Mattermost, Rocket.Chat.
    Slack,
    /// Microsoft Teams'.
    Teams,
}

impl Sort {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Slack, Self::Teams];

    /// As in forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Slack => "slack",
            Self::Teams => "teams",
        }
    }
}

/// A webhook.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hook {
    /// Whose messages it takes.
    pub sort: Sort,
    /// Its address: a secret.
    pub address: String,
}

impl std::fmt::Debug for Hook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hook")
            .field("sort", &self.sort)
            .finish_non_exhaustive()
    }
}

/// Tries a webhook by a message that tells nothing, and keeps it in the place of an earlier one if it took that.
///
/// # Errors
/// [`ServerError::Input`] where it did not, with why; then the earlier one stays.
pub async fn connect<S: Secrets, P: Post>(
    store: &S,
    keyring: &Keyring,
    viewer: &Viewer,
    (post, office): (&P, &Office),
    hook: &Hook,
) -> Result<(), ServerError> {
    let no = |what: String, hint: &str| Err(ServerError::Input(what, hint.to_owned()));
    if hook.address.len() > LONGEST {
        let what = "this address is longer than any webhook’s".to_owned();
        return no(what, "copy it once more, alone");
    }
    let trial = Message {
        address: hook.address.clone(),
        json: words::trial(hook.sort, office),
    };
    match post.chat(&trial).await {
        Posted::Taken => {}
        Posted::Later { why } => {
            return no(
                format!("the trial message was not taken: {why}"),
                "try again in a minute",
            );
        }
        Posted::Refused { code: Some(code) } => {
            return no(
                format!("the chat does not take messages at this address (it answered {code})"),
                "make a new webhook there, and choose whose it is",
            );
        }
        Posted::Refused { code: None } => {
            return no(
                "this is no address that this server writes to".to_owned(),
                "it begins with https://, has no name or password in it, and does not lead into this server’s own network",
            );
        }
    }
    let text = serde_json::to_vec(hook).unwrap_or_default();
    let vault = Vault::new(store, keyring);
    vault
        .keep(viewer.org(), &owner(viewer.person()), NAME, &text)
        .await?;
    Ok(())
}

/// The viewer's webhook; `None` without one.
pub(in crate::server) async fn reveal<S: Secrets>(
    store: &S,
    keyring: &Keyring,
    viewer: &Viewer,
) -> Result<Option<Hook>, ServerError> {
    let vault = Vault::new(store, keyring);
    let text = vault
        .reveal(viewer.org(), &owner(viewer.person()), NAME)
        .await?;
    Ok(text.and_then(|text| serde_json::from_slice(&text).ok()))
}

/// Whether the viewer has one, and whose it is.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Sealed`].
pub async fn has_hook<S: Secrets>(
    store: &S,
    keyring: &Keyring,
    viewer: &Viewer,
) -> Result<Option<Sort>, ServerError> {
    Ok(reveal(store, keyring, viewer).await?.map(|hook| hook.sort))
}

/// Whether the viewer has one, and whose it is where it can be opened.
pub(in crate::server) async fn kept<S: Secrets>(
    store: &S,
    keyring: Option<&Keyring>,
    viewer: &Viewer,
) -> Result<Option<Option<Sort>>, ServerError> {
    let sealed = store
        .secret(viewer.org(), &owner(viewer.person()), NAME)
        .await?;
    match (sealed, keyring) {
        (None, _) => Ok(None),
        (Some(_), None) => Ok(Some(None)),
        (Some(_), Some(keyring)) => match has_hook(store, keyring, viewer).await {
            Err(ServerError::Sealed(_)) => Ok(Some(None)),
            sort => Ok(sort?.map(Some)),
        },
    }
}

/// Erases the viewer's webhook for good.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn disconnect<S: Secrets>(store: &S, viewer: &Viewer) -> Result<(), ServerError> {
    store
        .erase_owner(viewer.org(), &owner(viewer.person()))
        .await?;
    Ok(())
}
