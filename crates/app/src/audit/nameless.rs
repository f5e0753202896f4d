//! Calendars that carry nobody's name, from several sources: each may be somebody else's.
//!
//! Two people's exports given together, or one's own eyes on another's calendar: were they all taken for the reader's, one
//! person's leave would excuse what the other one was to keep.

use super::{
    collect::{Audit, Export},
    org_file::address,
    share::{self, Decision},
    whose::people,
};
use std::collections::{BTreeMap, HashSet};
use steadfast_calendar::Shelf;

/// What the key of a nameless export begins with, before the number of its source.
const NAMELESS: char = '\0';

/// The key of the nameless calendars of a source: one account's, so one person's.
pub(super) fn key(source: usize) -> String {
    format!("{NAMELESS}{source}")
}

/// The exports by whose they are: those that the meetings show to be somebody else's than the reader's under that address,
/// all other nameless ones together under no name.
pub(super) fn told_apart(
    audit: &Audit,
    exports: BTreeMap<String, Export>,
) -> BTreeMap<String, Export> {
    let nameless = exports.keys().filter(|key| key.starts_with(NAMELESS));
    let owners: Vec<String> = if nameless.count() > 1 || !audit.options.me.is_empty() {
        let of = |(key, export): (&String, &Export)| {
            let owner = || somebody_else(audit, &export.series).unwrap_or_default();
            key.starts_with(NAMELESS).then(owner)
        };
        exports.iter().filter_map(of).collect()
    } else {
        Vec::new()
    };
    let several: HashSet<&String> = owners.iter().collect();
    let one_persons = several.len() < 2 && audit.options.me.is_empty();
    let mut owners = owners.iter().filter(|_| !one_persons).cloned();
    let mut by_owner: BTreeMap<String, Export> = BTreeMap::new();
    for (key, export) in exports {
        let owner = if key.starts_with(NAMELESS) {
            owners.next().unwrap_or_default()
        } else {
            key
        };
        by_owner.entry(owner).or_default().absorb(export);
    }
    by_owner
}

/// Whose the calendar is, where its meetings show that clearly and it is not the reader: nobody who shares a word of a name
/// with them, since that may be an older address of theirs.
fn somebody_else(audit: &Audit, series: &Shelf) -> Option<String> {
    let mut meetings = share::Meetings::without(HashSet::new(), series.texts());
    for at in 0..series.len() {
        series.leading(at, |event| meetings.add(people(&event)));
    }
    let Decision::Owner(owner) = share::decide(&meetings, &[]) else {
        return None;
    };
    let owner = owner.addresses.into_iter().next()?;
    let theirs = meetings.words_of(&owner);
    let is_me = |me: &String| {
        let me = address(me);
        me == owner || !meetings.words_of(&me).is_disjoint(&theirs)
    };
    (!audit.options.me.iter().any(is_me)).then_some(owner)
}
