//! What people are called in a log: as the reader's own 1:1s name them.

use super::Named;
use crate::audit::pair_id;
use crate::server::Viewer;
use crate::server::ledger::Kept;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// Names by address, and the zone.
pub(super) struct Names {
    by_address: BTreeMap<String, String>,
    pub(super) zone: TimeZone,
}

impl Names {
    pub(super) fn of(kept: &Kept) -> Self {
        let report = kept.report();
        let pairs = report.iter().flat_map(|report| &report.pairs);
        let people = pairs.flat_map(|pair| &pair.people);
        Self {
            by_address: people
                .map(|one| (one.address.to_string(), one.name.clone()))
                .collect(),
            zone: report.map_or(TimeZone::UTC, |report| report.zone.clone()),
        }
    }

    /// Somebody, as they are called.
    pub(super) fn named(&self, viewer: &Viewer, address: &str) -> Named {
        let name = self.by_address.get(address).map_or(address, String::as_str);
        Named {
            address: address.to_owned(),
            name: name.to_owned(),
            is_me: address == viewer.person(),
        }
    }

    /// Everybody the viewer has a 1:1 with.
    pub(super) fn others(&self, viewer: &Viewer) -> Vec<Named> {
        let addresses = self.by_address.keys();
        let others = addresses.filter(|address| *address != viewer.person());
        others.map(|address| self.named(viewer, address)).collect()
    }

    /// The same, by the ids of these 1:1s.
    pub(super) fn by_pair(&self, viewer: &Viewer) -> BTreeMap<String, Named> {
        let others = self.others(viewer).into_iter();
        others
            .map(|other| (pair_id(viewer.person(), &other.address), other))
            .collect()
    }
}
