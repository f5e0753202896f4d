//! Who looked at what is about the viewer: for the viewer.

use super::{KEPT_DAYS, Kind, OPERATOR, first_kept};
use crate::server::accounts::name_of;
use crate::server::people::near;
use crate::server::sync::instant;
use crate::server::{ServerError, Viewer};
use jiff::{civil::Date, tz::TimeZone};
use std::collections::BTreeMap;
use steadfast_store::{AccessLog, Accounts, Day, Facts, Micros};

/// Days that are shown: all that are kept.
pub const SHOWN_DAYS: i64 = KEPT_DAYS;

/// Looks read at once.
const PAGE: u32 = 1_000;

/// Looks of one person, of one kind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Looked {
    /// Their address; `None`: whoever runs the server.
    pub by: Option<String>,
    /// What they are called, where they have an account and said so.
    pub name: Option<String>,
    /// At what.
    pub kind: Kind,
    /// On which days, the last first; never empty.
    pub days: Vec<Date>,
}

/// Everybody who looked at what is about the viewer, whoever did last first.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn about_me<S>(
    store: &S,
    viewer: &Viewer,
    now: Micros,
) -> Result<Vec<Looked>, ServerError>
where
    S: AccessLog + Accounts + Facts,
{
    let (org, me) = (viewer.org(), viewer.person());
    let mut all: BTreeMap<(String, Kind), Vec<Date>> = BTreeMap::new();
    let mut before = None;
    loop {
        let page = store.accesses(org, Some(me), before, PAGE).await?;
        before = page.last().map(|(id, _)| *id);
        let is_last = page.len() < PAGE as usize;
        for (_, look) in page {
            // One that is older is deleted today or tomorrow; one of a newer program's kind has no words here.
            if look.day >= first_kept(now)
                && let Some(kind) = Kind::named(&look.what)
            {
                all.entry((look.actor, kind))
                    .or_default()
                    .push(date(look.day));
            }
        }
        if is_last {
            break;
        }
    }
    let mut looked = Vec::new();
    for ((actor, kind), mut days) in all {
        days.sort_unstable_by(|a, b| b.cmp(a));
        let by = Some(actor).filter(|actor| actor != OPERATOR);
        looked.push(Looked {
            name: match &by {
                Some(address) => called(store, viewer, address).await?,
                None => None,
            },
            by,
            kind,
            days,
        });
    }
    looked.sort_by(|a, b| b.days.first().cmp(&a.days.first()));
    Ok(looked)
}

fn date(day: Day) -> Date {
    instant(day.begins()).date(&TimeZone::UTC)
}

pub(super) async fn called<S: Accounts + Facts>(
    store: &S,
    viewer: &Viewer,
    address: &str,
) -> Result<Option<String>, ServerError> {
    let account = store.account_by_email(viewer.org(), address).await?;
    if let Some(account) = account
        && let Some(name) = name_of(store, viewer.org(), &account.account).await?
    {
        return Ok(Some(name));
    }
    // Who said no name, or has no account any more, is called as the list calls them.
    Ok(Some(near(store, viewer.org(), address).await?.shown()))
}
