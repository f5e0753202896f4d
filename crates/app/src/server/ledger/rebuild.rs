//! All read models anew, from the facts alone.

use super::kept::{AHEAD, Kept, VIEW, kept};
use crate::server::{ServerError, Viewer};
use std::collections::BTreeMap;
use steadfast_calendar::Instant;
use steadfast_store::{Accounts, Facts, Org, Sources, Views};

/// Accounts and documents read at once.
const PAGE: u32 = 500;
/// The projection that a ledger's documents belong to; it has no checkpoint.
const PROJECTION: &str = "ledger";

/// What came of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Rebuilt {
    /// Ledgers judged anew, one for each account.
    pub ledgers: u64,
    /// Of these, how many were kept before and not out of date.
    pub were_good: u64,
    /// Of these, how many say something else now. Any is a fault of the program.
    pub differ: u64,
}

/// Wipes every ledger that is kept, judges it anew from the facts, and holds it against what was kept.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`]; what was not judged by then is judged when somebody looks.
pub async fn rebuild<S>(store: &S, program: &str, now: Instant) -> Result<Rebuilt, ServerError>
where
    S: Accounts + Facts + Sources + Views,
{
    let mut done = Rebuilt::default();
    for organisation in store.organisations().await? {
        let org = &organisation.org;
        let before = good(store, org, program, now).await?;
        store.wipe(org, PROJECTION, &[VIEW, AHEAD]).await?;
        let mut after: Option<String> = None;
        loop {
            let page = store.accounts(org, after.as_deref(), PAGE).await?;
            for account in &page {
                let viewer = Viewer::signed_in(org.clone(), &account.person);
                let anew = kept(store, &viewer, program, now).await?;
                done.ledgers += 1;
                if let Some(before) = before.get(viewer.person()) {
                    done.were_good += 1;
                    done.differ += u64::from(!before.says_the_same(&anew));
                }
            }
            match page.last() {
                Some(last) => after = Some(last.account.clone()),
                None => break,
            }
        }
    }
    Ok(done)
}

/// Ledgers that are kept and not out of date, by person.
async fn good<S: Facts + Views>(
    store: &S,
    org: &Org,
    program: &str,
    now: Instant,
) -> Result<BTreeMap<String, Kept>, ServerError> {
    let mut good = BTreeMap::new();
    let mut after: Option<String> = None;
    loop {
        let page = store.scan(org, VIEW, "", after.as_deref(), PAGE).await?;
        for document in &page {
            let viewer = Viewer::signed_in(org.clone(), &document.key);
            let known: Option<Kept> = serde_json::from_slice(&document.body).ok();
            if let Some(known) = known
                && known.is_good(store, &viewer, program, now).await?
            {
                good.insert(document.key.clone(), known);
            }
        }
        match page.into_iter().next_back() {
            Some(last) => after = Some(last.key),
            None => return Ok(good),
        }
    }
}
