//! Everything that is kept about one person, for that person: what they handed in and connected, what was said by them
//! and about them, and their 1:1s as they see them.
//!
//! It holds nothing that the pages would not show them: of other people only their side of 1:1s with this person.

mod also;
mod calendars;
mod kept;
mod mailed;
mod own;
mod readable;
mod zipped;

use crate::report::{self, model::Report};
use crate::server::looked::{self, Kind, Noted};
use crate::server::{ServerError, Viewer, ledger};
use kept::Kept;
use std::collections::BTreeSet;
use steadfast_calendar::Instant;
use steadfast_store::seal::Keyring;
use steadfast_store::{AccessLog, Accounts, ApiTokens, Facts, Org, Passkeys, Secrets, Sources};

pub use zipped::zipped;

/// What the export is told of the server it is made on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Here<'a> {
    /// Without the keys it is not said whose their chat is.
    pub keyring: Option<&'a Keyring>,
    /// Whether it was given a mail server to send by; `None`: not known.
    pub sends_mail: Option<bool>,
}

/// Files with their names; a name may have one folder.
pub type Files = Vec<(String, Vec<u8>)>;

/// Everything about the viewer. That they took home their 1:1s with those who report to them is recorded.
///
/// # Errors
/// [`ServerError::NotFound`] without an account; [`ServerError::Store`], [`ServerError::Unreadable`].
pub async fn everything<
    S: AccessLog + Accounts + ApiTokens + Facts + Passkeys + Secrets + Sources,
>(
    store: &S,
    noted: &Noted,
    here: Here<'_>,
    viewer: &Viewer,
    now: Instant,
) -> Result<Files, ServerError> {
    let (files, seen) = files(store, here, viewer, now).await?;
    let led = looked::led_by(viewer, seen.iter().flat_map(|report| &report.pairs));
    looked::note(store, noted, viewer, now, Kind::Export, &led).await?;
    Ok(files)
}

/// The files, and the ledger that they were made from.
async fn files<S: AccessLog + Accounts + ApiTokens + Facts + Passkeys + Secrets + Sources>(
    store: &S,
    here: Here<'_>,
    viewer: &Viewer,
    now: Instant,
) -> Result<(Files, Option<Report>), ServerError> {
    let seen = ledger::report(store, viewer, now).await?;
    let kept = Kept::of(store, here, viewer, now, seen.as_ref()).await?;
    let calendars = calendars::files(store, viewer).await?;
    let names: Vec<&str> = calendars.iter().map(|(name, _)| name.as_str()).collect();
    let mut files = vec![
        (
            "read-me.md".to_owned(),
            readable::page(&kept, seen.as_ref(), &names).into_bytes(),
        ),
        (
            "kept.json".to_owned(),
            // Every key is a string: it can always be written.
            serde_json::to_vec_pretty(&kept).unwrap_or_default(),
        ),
    ];
    if let Some(seen) = &seen {
        let mut json = Vec::new();
        // Memory takes everything.
        let _ = report::json(seen, &mut json);
        files.push(("one-on-ones.json".to_owned(), json));
    }
    files.extend(calendars);
    Ok((files, seen))
}

/// The same for whoever runs the server, to be handed to that person. That it was taken out is told to that person, and to
/// those they have a 1:1 with.
///
/// # Errors
/// [`ServerError::Input`] when nobody has that address; else as [`everything`].
pub async fn everything_about<
    S: AccessLog + Accounts + ApiTokens + Facts + Passkeys + Secrets + Sources,
>(
    store: &S,
    here: Here<'_>,
    org: &Org,
    email: &str,
    now: Instant,
) -> Result<Files, ServerError> {
    let account = store.account_by_email(org, email).await?.ok_or_else(|| {
        ServerError::Input(
            "nobody signs in with that address".to_owned(),
            "check how it is written".to_owned(),
        )
    })?;
    let viewer = Viewer::signed_in(org.clone(), &account.email);
    let (files, seen) = files(store, here, &viewer, now).await?;
    let pairs = seen.iter().flat_map(|report| &report.pairs);
    let with = pairs.flat_map(|pair| &pair.people).map(|one| &*one.address);
    let people: BTreeSet<&str> = with.chain([viewer.person()]).collect();
    let people: Vec<&str> = people.into_iter().collect();
    looked::note_of_operator(store, org, now, looked::Kind::TakenOut, &people).await?;
    Ok(files)
}
