//! What somebody allows, as the guard asks it.

use super::policies::Chosen;
use super::world::Named;
use std::collections::{BTreeMap, BTreeSet};
use steadfast_guard::ids::PersonId;
use steadfast_guard::policy::Policies;

/// Everybody's policies, of which only those of `me` matter: the guard serves nobody else here.
pub(super) fn allowed(
    named: &Named<'_>,
    me: PersonId,
    chosen: &Chosen,
    is_stopped: bool,
) -> Policies {
    let one_on_ones = named.world.ones_of(me).filter_map(|one| {
        let pair = &named.one_on_one(one.id)?.pair;
        Some(((me, one.id), chosen.one_on_one(pair)?))
    });
    Policies {
        organisation: chosen.organisation.clone(),
        limits: chosen.limits(),
        people: chosen
            .person()
            .map(|policy| BTreeMap::from([(me, policy)]))
            .unwrap_or_default(),
        one_on_ones: one_on_ones.collect(),
        all_stopped: false,
        stopped: if is_stopped {
            BTreeSet::from([me])
        } else {
            BTreeSet::new()
        },
    }
}
