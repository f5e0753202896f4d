//! The organisation, by hand and from a file, and what it does to ledgers.

mod by_hand;
mod from_file;
mod ledgers;

use super::administrator::Administrator;
use super::keep::{Change, change};
use super::organisation::{DatedLine, Organisation};
use super::plan::Draft;
use crate::server::testing::viewer;
use jiff::civil::{Date, date};
use std::collections::BTreeSet;
use steadfast_calendar::Instant;
use steadfast_store::{Org, Store};

const MAYA: &str = "maya@example.com";
const BEN: &str = "ben@example.com";
const PETRA: &str = "petra@example.com";
/// 2026-03-31T23:33:20Z.
const NOW: i64 = 1_775_000_000;

fn today() -> Date {
    date(2026, 3, 31)
}

/// Maya, who set the server up.
fn maya(org: &Org) -> Administrator {
    Administrator::signed_in(viewer(org, MAYA))
}

/// Puts somebody and whom they report to into the organisation, from the first day on.
pub(in crate::server) async fn reports_to(store: &Store, org: &Org, report: &str, manager: &str) {
    reports_from(store, org, (report, manager), None).await;
}

/// Whoever keeps the list says that `report` reports to `manager` since that day.
pub(in crate::server) async fn reports_since(
    store: &Store,
    org: &Org,
    two: (&str, &str),
    since: &str,
) {
    reports_from(store, org, two, Some(since.parse().unwrap())).await;
}

async fn reports_from(
    store: &Store,
    org: &Org,
    (report, manager): (&str, &str),
    from: Option<Date>,
) {
    let line = Change::Add {
        address: report.to_owned(),
        name: String::new(),
        manager: manager.to_owned(),
        from,
        again: None,
    };
    change(store, &maya(org), Instant::from_seconds(NOW), &line)
        .await
        .unwrap();
}

/// The organisation after `with` was done to it, as whoever has `joined` sees it.
fn drafted(
    before: &Organisation,
    joined: &[&str],
    with: impl FnOnce(&mut Draft<'_>),
) -> Organisation {
    let joined: BTreeSet<String> = joined.iter().map(|one| (*one).to_owned()).collect();
    let mut draft = Draft::of(before.clone(), &joined, MAYA);
    with(&mut draft);
    draft.organisation
}

/// `report<manager from..to`, a line each.
fn lines(organisation: &Organisation) -> Vec<String> {
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let name = |address: &str| address.split('@').next().unwrap_or_default().to_owned();
    let of_line = |line: &DatedLine| {
        let (report, manager) = (name(&line.report), name(&line.manager));
        format!("{report}<{manager} {}..{}", day(line.from), day(line.to))
    };
    organisation.lines.iter().map(of_line).collect()
}
