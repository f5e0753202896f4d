//! Whom the viewer has something with, and whose word counts on it.

use super::view::{Basis, versions};
use crate::server::accounts::Knowers;
use crate::server::people::{Near, near};
use crate::server::{ServerError, Viewer};
use std::collections::{BTreeMap, BTreeSet};
use steadfast_store::Facts;

/// What is known of whoever has each of `addresses`, once for each person but the viewer. What was looked at goes into
/// the basis.
pub(super) async fn with_main_addresses<S: Facts>(
    store: &S,
    viewer: &Viewer,
    addresses: BTreeSet<String>,
    basis: &mut Basis,
) -> Result<Vec<Near>, ServerError> {
    let mut found: BTreeMap<String, Near> = BTreeMap::new();
    let streams = addresses.iter().map(|one| Near::stream(one)).collect();
    basis.extend(versions(store, viewer, streams).await?);
    for address in &addresses {
        let known = near(store, viewer.org(), address).await?;
        let Some(main) = known.main().map(str::to_owned) else {
            found.entry(address.clone()).or_insert(known);
            continue;
        };
        if main == viewer.person() || found.contains_key(&main) {
            continue;
        }
        if !addresses.contains(&main) {
            basis.extend(versions(store, viewer, vec![Near::stream(&main)]).await?);
        }
        let known = near(store, viewer.org(), &main).await?;
        found.insert(main, known);
    }
    Ok(found.into_values().collect())
}

/// Those of `others` whose account the viewer does not know to be theirs: whoever is handed an invitation can join as somebody
/// else, and what they hand in and say is no word on the viewer's 1:1s.
pub(super) async fn strangers<S: Facts>(
    store: &S,
    viewer: &Viewer,
    others: &[Near],
) -> Result<BTreeSet<String>, ServerError> {
    let mut strangers = BTreeSet::new();
    for other in others {
        let knowers = Knowers::of(store, viewer.org(), other.address()).await?;
        if !knowers.include(viewer.person()) {
            strangers.insert(other.address().to_owned());
        }
    }
    Ok(strangers)
}
