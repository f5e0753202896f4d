//! The sync-collection report (RFC 6578): what happened since a token, in as many pages as the server likes.

use super::entries::{self, Entries};
use crate::caldav::request::{self, Multistatus, Said, cut_short, not_done_here};
use crate::error::SourceError;
use crate::web::client::Client;
use url::Url;

/// What the report gives.
pub(super) enum Since {
    /// Everything since the token, and the token to go on from.
    Told {
        entries: Entries,
        token: Option<String>,
    },
    /// The server does not know the token any more.
    Lost,
    /// The server does no such reports, or fails over this one.
    NotDone,
}

/// What happened since `token`; an empty one asks for everything.
///
/// No number of results is asked for: a server that cuts there may give a token that skips the rest (Xandikos does).
pub(super) fn since(client: &Client, collection: &Url, token: &str) -> Result<Since, SourceError> {
    let (mut entries, mut at) = (Entries::new(), token.to_owned());
    // Whether the answer is needed: the first one is, and one after an answer that said it was cut.
    let (mut first, mut needed) = (true, true);
    loop {
        let answer = match ask(client, collection, &at)? {
            Said::Multistatus(answer) => answer,
            Said::Refused { error, .. } if is_overloaded(&error) => return Err(error),
            Said::Refused { .. } if !needed => {
                let token = Some(at);
                return Ok(Since::Told { entries, token });
            }
            Said::Refused {
                token_unknown: true,
                ..
            } if !at.is_empty() => return Ok(Since::Lost),
            Said::Refused { error, .. } if first => {
                return refused(client, collection, token, error);
            }
            Said::Refused { error, .. } => return Err(error),
        };
        first = false;
        if entries::collection_failed(collection, &answer.url, &answer.items) {
            return Ok(Since::NotDone);
        }
        let fresh = entries::add(&mut entries, collection, &answer.url, &answer.items);
        if entries.len() > client.limits().entries {
            return Err(SourceError::TooLarge {
                what: client.shown(collection),
                limit: format!("{} objects", client.limits().entries),
            });
        }
        // Each page has to give something new, so that a server cannot keep us here.
        let next = answer.token.as_ref().filter(|next| **next != at);
        match next {
            // Some servers cut an answer short without saying so: whoever told something is asked again.
            Some(next) if fresh > 0 => {
                at.clone_from(next);
                needed = cut_short(&answer.items);
            }
            _ if cut_short(&answer.items) => {
                return Err(SourceError::BadAnswer {
                    address: client.shown(collection),
                    reason: "it lists only a part of the calendar".to_owned(),
                });
            }
            _ => {
                let token = answer.token.or((!at.is_empty()).then_some(at));
                return Ok(Since::Told { entries, token });
            }
        }
    }
}

fn ask(client: &Client, collection: &Url, token: &str) -> Result<Said, SourceError> {
    request::send(client, "REPORT", collection, "0", &request::sync(token))
}

/// Whether more requests would make it worse.
pub(super) fn is_overloaded(error: &SourceError) -> bool {
    matches!(
        error,
        SourceError::Unauthorized { status: 401, .. }
            | SourceError::Answered {
                status: 429 | 503,
                ..
            }
    )
}

/// What a refusal means that does not name the token. Where the same report without a token is done, it was the token.
fn refused(
    client: &Client,
    collection: &Url,
    token: &str,
    error: SourceError,
) -> Result<Since, SourceError> {
    let may_mean_token = matches!(
        error,
        SourceError::Unauthorized { status: 403, .. }
            | SourceError::Answered {
                status: 400 | 409 | 410 | 412,
                ..
            }
    );
    if may_mean_token && !token.is_empty() {
        match ask(client, collection, "")? {
            Said::Multistatus(Multistatus { .. }) => return Ok(Since::Lost),
            Said::Refused { error, .. } if is_overloaded(&error) => return Err(error),
            Said::Refused { .. } => {}
        }
    }
    match error {
        error if may_mean_token || not_done_here(&error) => Ok(Since::NotDone),
        error => Err(error),
    }
}
