//! What somebody's own place tells beside the list of people, read at once.

use super::hours::{hours_of, last};
use crate::server::accounts::Knowers;
use crate::server::ledger::{Declared, Whole};
use crate::server::{ServerError, Viewer};
use steadfast_guard::world::person::Hours;
use steadfast_store::Facts;

/// What the viewer and those they meet said of it.
#[derive(Clone, Debug)]
pub struct Place {
    /// Who reports to them and whom they report to.
    pub declared: Declared,
    /// Those who know that the account is theirs.
    pub knowers: Knowers,
    /// When they work, where they said so.
    pub hours: Option<Hours>,
}

/// The viewer's own.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub async fn my_place<S: Facts>(store: &S, viewer: &Viewer) -> Result<Place, ServerError> {
    let me = viewer.person();
    let (joined, hours) = (Knowers::stream(me), hours_of(me));
    let mut streams = Declared::streams(me).to_vec();
    streams.extend([joined.clone(), hours.clone()]);
    let names: Vec<&str> = streams.iter().map(String::as_str).collect();
    let whole = Whole::of(store, viewer.org(), &names).await?;
    Ok(Place {
        declared: Declared::told(me, &whole)?,
        knowers: Knowers::told(whole.facts(&joined))?,
        hours: last(whole.facts(&hours))?,
    })
}
