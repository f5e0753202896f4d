//! What the list of people said of the reader's lines: whom they report to, and who reports to them.

use super::names::Names;
use super::{Entry, Named, What};
use crate::server::people::{DatedLine, near, turns};
use crate::server::{ServerError, Viewer};
use jiff::civil::Date;
use std::collections::BTreeMap;
use steadfast_calendar::Instant;
use steadfast_store::Facts;

/// A line of the reader's, as the list has it now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    /// The manager.
    pub manager: Named,
    /// The report.
    pub report: Named,
    /// First day; `None`: nobody said.
    pub from: Option<Date>,
    /// Last day; `None`: it goes on.
    pub to: Option<Date>,
    /// False: it never was.
    pub holds: bool,
}

/// What there is to tell of it since then. Of whom the other one of a line reports to besides there is nothing in it.
pub(super) async fn told<S: Facts>(
    store: &S,
    viewer: &Viewer,
    since: Instant,
    names: &Names,
) -> Result<Vec<Entry>, ServerError> {
    let turns = turns(store, viewer).await?.into_iter();
    let turns: Vec<_> = turns.filter(|turn| turn.at >= since).collect();
    let lines = turns
        .iter()
        .flat_map(|turn| turn.now.iter().chain(&turn.never));
    let mut called: BTreeMap<String, String> = BTreeMap::new();
    let acting = turns.iter().flat_map(|turn| &turn.delegates);
    let acting = acting.flat_map(|(person, delegate, _)| [person, delegate]);
    let said = turns.iter().map(|turn| &turn.by);
    let lines = lines.flat_map(|line| [&line.manager, &line.report]);
    for address in lines.chain(acting).chain(said) {
        if !called.contains_key(address) {
            let known = near(store, viewer.org(), address).await?;
            called.insert(address.clone(), known.shown());
        }
    }
    let named = |address: &str| {
        let named = names.named(viewer, address);
        // Whom no 1:1 names is called as the list calls them.
        match called.get(address).filter(|_| named.name == address) {
            Some(name) => Named {
                name: name.clone(),
                ..named
            },
            None => named,
        }
    };
    let listed = |line: &DatedLine, holds| Listed {
        manager: named(&line.manager),
        report: named(&line.report),
        from: line.from,
        to: line.to,
        holds,
    };
    let acts = turns.iter().flat_map(|turn| {
        let told = turn.delegates.iter();
        told.map(|(person, delegate, holds)| Entry {
            at: turn.at,
            what: What::ActsFor {
                by: named(&turn.by),
                by_list: turn.by != *person,
                person: named(person),
                delegate: named(delegate),
                holds: *holds,
            },
        })
    });
    let acts: Vec<Entry> = acts.collect();
    let turns = turns.iter();
    let turns = turns.filter(|turn| !(turn.now.is_empty() && turn.never.is_empty()));
    let entries = turns.map(|turn| {
        let now = turn.now.iter().map(|line| listed(line, true));
        let never = turn.never.iter().map(|line| listed(line, false));
        Entry {
            at: turn.at,
            what: What::Listed {
                by_me: turn.by == viewer.person(),
                lines: now.chain(never).collect(),
            },
        }
    });
    Ok(entries.chain(acts).collect())
}
