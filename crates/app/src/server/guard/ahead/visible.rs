//! Who may see what a 1:1 is (CLASS): what takes its place is seen by the same, and by nobody else. It is known of one that was
//! taken off as well, alone or with its series, from what its calendar said last.

use super::From;
use crate::report::model::Pair;
use jiff::tz::TimeZone;
use std::collections::{HashMap, HashSet};
use steadfast_calendar::{Event, Visibility};
use steadfast_ledger::occurrence::Occurrence;

/// All that was said last of the viewer's 1:1s, by UID.
pub(super) struct Visible<'a>(HashMap<&'a str, Vec<&'a Event>>);

impl<'a> Visible<'a> {
    pub(super) fn of(from: &From<'a>) -> Self {
        let uids = from.report.pairs.iter().flat_map(|pair| &pair.uids);
        let uids: HashSet<&str> = uids.map(|uid| &**uid).collect();
        let mut said: HashMap<&str, Vec<&Event>> = HashMap::new();
        let standing = from.mine.all().flat_map(|(_, object)| &object.events);
        for event in standing.chain(&from.mine.gone).copied() {
            if uids.contains(&*event.uid) {
                said.entry(&event.uid).or_default().push(event);
            }
        }
        Self(said)
    }

    fn all(&self, pair: &Pair) -> impl Iterator<Item = &'a Event> {
        let theirs = pair.uids.iter().filter_map(|uid| self.0.get(&**uid));
        theirs.flatten().copied()
    }

    /// The most closed of all that the two have and had.
    pub(super) fn of_two(&self, pair: &Pair) -> Visibility {
        let all = self.all(pair).map(|event| event.visibility);
        all.max().unwrap_or_default()
    }

    /// As that one says itself, or its series; where neither is known any more, as the most closed of theirs.
    pub(super) fn of_one(&self, pair: &Pair, one: &Occurrence, zone: &TimeZone) -> Visibility {
        let said = one.uid.as_deref().and_then(|uid| self.0.get(uid));
        let said = said.map_or(&[][..], Vec::as_slice);
        let is_it = |event: &&&Event| {
            let id = event.recurrence_id.as_ref();
            id.is_some_and(|id| Some(id.at.instant(zone)) == one.recurrence_id)
        };
        let own = said.iter().find(is_it);
        let of_it = own.or_else(|| said.iter().find(|event| event.recurrence_id.is_none()));
        of_it.map_or_else(|| self.of_two(pair), |event| event.visibility)
    }
}
