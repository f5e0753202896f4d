//! The tap of whoever read what is mailed in their name.

use super::deed::Deed;
use super::forms::{ToGo, Written, mail_in_name_of};
use super::hash::message_id;
use super::preview::Preview;
use super::state::State;
use super::step::job;
use crate::server::guard::{self, Ahead};
use crate::server::mail::Office;
use crate::server::{ServerError, Viewer};
use steadfast_calendar::Instant;
use steadfast_store::{
    Accounts, Append, Expected, Facts, Intents, NewFact, NewJob, Version, Write,
};

/// Has it sent: one mail to each of those who were shown, of whom each is written down under its Message-ID. `mark` is
/// [`Preview::mark`] of what was shown. Gives how many there are.
///
/// # Errors
/// [`ServerError::NotFound`] where there is nothing of the viewer's to tell; [`ServerError::Input`] where it is not what
/// was shown any more, or their policy does not allow it; [`ServerError::Busy`] where it was approved in the same moment.
pub async fn approve<S>(
    store: &S,
    viewer: &Viewer,
    ahead: &Ahead,
    office: &Office,
    now: Instant,
    (name, mark): (&str, &str),
) -> Result<usize, ServerError>
where
    S: Accounts + Facts + Intents,
{
    let no = |what: &str, hint: &str| ServerError::Input(what.to_owned(), hint.to_owned());
    let deed = Deed::named(store, viewer, name).await?;
    let state = State::of(store, viewer).await?;
    let preview =
        Preview::of(&deed, &state, Some(&office.from), now).ok_or(ServerError::NotFound)?;
    if let Some(why) = preview.over {
        return Err(no(why, "there is nothing left to tell"));
    }
    if preview.open().next().is_none() {
        return Err(no(
            "everybody in it was mailed already, or is being",
            "there is nothing left to do",
        ));
    }
    if preview.mark != mark {
        return Err(no(
            "it is not what you were shown any more",
            "read what would be sent now",
        ));
    }
    let mut mails = Vec::new();
    for one in preview.open() {
        let asked = guard::Mail {
            deed: name,
            to: &one.address,
            text: &preview.text,
            was_sent: false,
            proposes: deed.proposes(),
        };
        match guard::may_mail(store, viewer, ahead, now, asked).await {
            Err(ServerError::NotFound) => {
                let what = "the 1:1 that this was done for is not among yours any more";
                return Err(no(what, "tell them yourself"));
            }
            allowed => allowed?,
        }
        mails.push(ToGo {
            id: message_id(viewer, &preview.mark, &one.address, office),
            to: one.address.clone(),
        });
    }
    let jobs: Vec<NewJob> = mails
        .iter()
        .map(|mail| job(viewer.person(), &mail.id, now))
        .collect();
    let count = mails.len();
    let written = Written {
        deed: name.to_owned(),
        mark: mark.to_owned(),
        mails,
    };
    let fact = written.fact(viewer.person(), now);
    let write = Write {
        appends: &[Append {
            stream: &mail_in_name_of(viewer.person()),
            // Whoever taps in the same moment is refused.
            expected: Expected::Exactly(state.version),
            facts: &[fact],
        }],
        jobs: &jobs,
        ..Write::default()
    };
    store.write(viewer.org(), write).await?;
    Ok(count)
}

/// What notes that one mail to one address goes out in the viewer's name, which they read and sent by a tap, and what sends it: the
/// fact, the job, and the version of the stream that it is to be added to. `to_go`: name and mark of what it is about, its
/// Message-ID, and to whom.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub(in crate::server) async fn written<S: Facts>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    to_go: (&str, &str, &str, &str),
) -> Result<(NewFact, NewJob, Version), ServerError> {
    let (deed, mark, id, to) = to_go;
    let version = State::of(store, viewer).await?.version;
    let written = Written {
        deed: deed.to_owned(),
        mark: mark.to_owned(),
        mails: vec![ToGo {
            id: id.to_owned(),
            to: to.to_owned(),
        }],
    };
    let fact = written.fact(viewer.person(), now);
    Ok((fact, job(viewer.person(), id, now), version))
}
