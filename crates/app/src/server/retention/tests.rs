//! Judged before folding is judged after it, and of what was folded nothing is left.

use super::fold::{fold_up_to, other, tells, whole};
use super::*;
use crate::server::facts;
use crate::server::ledger::{self, Judging, whole_stream};
use crate::server::testing::{viewer, with_store};
use crate::server::{Viewer, facts::CalendarNews};
use std::collections::BTreeMap;
use steadfast_calendar::minimal;
use steadfast_life::{Config, Dialect, World};
use steadfast_store::{Facts, Store};

/// (other one, promised start) → all that is told of it; of what is over.
pub(in crate::server) type Told = BTreeMap<(String, Instant), String>;

pub(in crate::server) async fn told(store: &Store, viewer: &Viewer, now: Instant) -> Told {
    let report = whole(store, viewer, now, &Judging::default())
        .await
        .unwrap();
    let mut told = Told::new();
    for pair in report.iter().flat_map(|report| &report.pairs) {
        let with = other(pair, viewer.person()).unwrap().to_owned();
        let past = pair.occurrences.iter().filter(|o| o.promised.end <= now);
        told.extend(past.map(|o| ((with.clone(), o.promised.start), tells(o))));
    }
    for between in past_settled(store, viewer).await.unwrap() {
        for one in &between.occurrences {
            // Where both tell it, the pages do as well: then they say the same.
            let said = told.insert((between.with.clone(), one.promised.start), tells(one));
            assert!(said.is_none_or(|said| said == tells(one)));
        }
    }
    told
}

/// Keeps a life as it is seen by feeds, or in exports by whoever has an odd place among its owners.
pub(in crate::server) async fn play(store: &Store, org: &Org, world: &World) {
    let mut known: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut seen: BTreeMap<String, i64> = BTreeMap::new();
    let owners: Vec<String> = world.owners().map(str::to_owned).collect();
    for (count, state) in world.history().enumerate() {
        let first = !seen.contains_key(&state.owner);
        if !first && count % 3 != 0 {
            continue;
        }
        let (_, lines) = minimal(&state.text);
        let place = owners.iter().position(|owner| *owner == state.owner);
        let fact = if place.unwrap() % 2 == 1 {
            facts::seen(&lines, &state.owner, state.at)
        } else {
            let text = String::from_utf8(lines).unwrap();
            let mut put = apart(&text);
            let before = known.entry(state.owner.clone()).or_default();
            let gone = before.keys().filter(|href| !put.contains_key(*href));
            let gone: Vec<String> = gone.cloned().collect();
            gone.iter().for_each(|href| drop(before.remove(href)));
            put.retain(|href, text| {
                before.insert(href.clone(), text.clone()).as_ref() != Some(text)
            });
            let news = CalendarNews {
                source: "s".to_owned(),
                calendar: String::new(),
                after: seen.get(&state.owner).copied(),
                blind: false,
                put: put.into_iter().collect(),
                gone,
            };
            facts::news(&news, &state.owner, state.at)
        };
        seen.insert(state.owner.clone(), state.at.seconds());
        let stream = facts::calendar_of(&state.owner);
        store
            .append(org, &stream, Expected::Any, &[fact], &[])
            .await
            .unwrap();
    }
    for line in &world.truth().relationships {
        let manager = viewer(org, &line.manager);
        let declared = ledger::declared(store, &manager).await.unwrap();
        let mut reports = declared.reports;
        reports.push(line.report.clone());
        ledger::declare(
            store,
            &manager,
            world.now(),
            &reports,
            declared.manager.as_deref(),
        )
        .await
        .unwrap();
    }
}

/// A feed's events by UID, with what stands around them.
fn apart(text: &str) -> BTreeMap<String, String> {
    let mut apart: BTreeMap<String, String> = BTreeMap::new();
    let (mut frame, mut event) = (String::new(), String::new());
    for line in text.split_inclusive("\r\n") {
        if event.is_empty() && line != "BEGIN:VEVENT\r\n" {
            frame.push_str(line);
            continue;
        }
        event.push_str(line);
        if line == "END:VEVENT\r\n" {
            let uid = event.lines().find_map(|line| line.strip_prefix("UID:"));
            apart
                .entry(uid.unwrap().to_owned())
                .or_default()
                .push_str(&event);
            event.clear();
        }
    }
    apart.insert(String::new(), frame);
    apart
}

fn a_life(seed: u64, dialect: Dialect) {
    let mut config = Config::small(dialect);
    config.managers = 1;
    config.reports_per_manager = 3;
    config.weeks = 34;
    config.series_changes = 0.8;
    let world = World::new(seed, &config);
    with_store(|store, org| async move {
        play(&store, &org, &world).await;
        let owners: Vec<Viewer> = world.owners().map(|owner| viewer(&org, owner)).collect();
        // One window after another, as months go by; the first one twice, as after a crash.
        let mut before = Vec::new();
        for (step, weeks) in [20, 20, 11].into_iter().enumerate() {
            let now = world.now();
            let horizon = now.plus_days(-7 * weeks);
            before.clear();
            for owner in &owners {
                before.push(told(&store, owner, now).await);
            }
            for owner in &owners {
                let person = owner.person();
                let done = fold_up_to(&store, &org, person, horizon, now).await;
                assert!(done.unwrap(), "seed {seed}: nothing is held back");
                for (viewer, before) in owners.iter().zip(&before) {
                    let after = told(&store, viewer, now).await;
                    assert_eq!(*before, after, "seed {seed}, step {step}, after {person}");
                }
            }
        }
        assert!(before.iter().map(BTreeMap::len).sum::<usize>() > 100);
        let settled = past_settled(&store, &owners[0]).await.unwrap();
        assert!(settled.iter().any(|one| one.occurrences.len() > 10));
        for owner in &owners {
            nothing_old(&store, &org, owner.person(), world.now().plus_days(-7 * 11)).await;
        }
    });
}

/// No meeting in what is kept of somebody's calendars was over before `horizon`, and nothing is there that was replaced.
pub(super) async fn nothing_old(store: &Store, org: &Org, person: &str, horizon: Instant) {
    let stream = facts::calendar_of(person);
    let facts = whole_stream(store, org, &stream).await.unwrap();
    assert!(super::thin::thinned(&facts, horizon).unwrap().is_empty());
}

#[test]
fn judged_before_folding_is_judged_after() {
    for (seed, dialect) in [(3, Dialect::Google), (8, Dialect::Outlook)] {
        a_life(seed, dialect);
    }
}

/// 2026-06-01T12:00:00Z, a Monday.
const NOW: i64 = 1_780_315_200;
pub(in crate::server) const MAYA: &str = "maya@example.com";
pub(in crate::server) const BEN: &str = "ben@example.com";

fn event(uid: &str, start: &str, title: &str, rest: &str) -> String {
    format!(
        "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20240101T000000Z\r\nDTSTART:{start}\r\nDURATION:PT30M\r\nSUMMARY:{title}\r\n\
         ORGANIZER:mailto:{MAYA}\r\nATTENDEE:mailto:{MAYA}\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{BEN}\r\n{rest}END:VEVENT\r\n"
    )
}

/// Two years and a half of a 1:1 that is moved now and then, among meetings that bear a mark where they are old.
pub(in crate::server) async fn a_past(store: &Store, org: &Org) -> Instant {
    let now = Instant::from_seconds(NOW);
    let weekly = |title: &str, rest: &str| {
        event(
            "weekly",
            "20240108T100000Z",
            title,
            &format!("RRULE:FREQ=WEEKLY\r\n{rest}"),
        )
    };
    let moved = |at: &str, to: &str, title: &str| {
        event(
            "weekly",
            to,
            title,
            &format!("RECURRENCE-ID:{at}\r\nSEQUENCE:1\r\n"),
        )
    };
    // Days before now, what stands at which place from then on; no text: nothing does.
    let said: [(i64, &str, String); 9] = [
        (
            870,
            "",
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n".to_owned(),
        ),
        (870, "weekly", weekly("old-mark title", "")),
        (
            800,
            "single",
            event("single", "20240501T090000Z", "old-mark single", ""),
        ),
        (
            799,
            "guest",
            event(
                "guest",
                "20240501T120000Z",
                "lunch",
                "ATTENDEE:mailto:old-mark@example.com\r\n",
            ),
        ),
        (
            780,
            "weekly",
            weekly("1:1", "") + &moved("20240422T100000Z", "20240423T100000Z", "old-mark moved"),
        ),
        (600, "guest", String::new()),
        (500, "weekly", weekly("1:1", "EXDATE:20250203T100000Z\r\n")),
        (
            40,
            "weekly",
            weekly("1:1", "EXDATE:20250203T100000Z\r\n")
                + &moved("20260427T100000Z", "20260428T100000Z", "1:1"),
        ),
        (
            20,
            "single 2",
            event("single 2", "20260610T090000Z", "to come", ""),
        ),
    ];
    let mut after = None;
    for (days, place, text) in said {
        let at = now.plus_days(-days);
        let (put, gone) = if text.is_empty() {
            (Vec::new(), vec![place.to_owned()])
        } else {
            (vec![(place.to_owned(), text)], Vec::new())
        };
        let news = CalendarNews {
            source: "s".to_owned(),
            calendar: String::new(),
            after,
            blind: false,
            put,
            gone,
        };
        after = Some(at.seconds());
        let stream = facts::calendar_of(MAYA);
        let facts = [facts::news(&news, MAYA, at)];
        store
            .append(org, &stream, Expected::Any, &facts, &[])
            .await
            .unwrap();
    }
    let (maya, reports) = (viewer(org, MAYA), [BEN.to_owned()]);
    ledger::declare(store, &maya, now, &reports, None)
        .await
        .unwrap();
    now
}

async fn told_to_both(store: &Store, org: &Org, now: Instant) -> [Told; 2] {
    [
        told(store, &viewer(org, MAYA), now).await,
        told(store, &viewer(org, BEN), now).await,
    ]
}

/// Everything that is kept, in words.
pub(in crate::server) async fn everything(store: &Store, org: &Org) -> String {
    let mut all = String::new();
    for fact in store
        .read_all(org, steadfast_store::Position(0), 10_000)
        .await
        .unwrap()
    {
        let text = facts::inflated(&fact, &fact.kind).unwrap_or_default();
        all.push_str(&format!(
            "{} {}\n",
            fact.stream,
            String::from_utf8_lossy(&text)
        ));
        all.push_str(&String::from_utf8_lossy(&fact.payload));
    }
    all
}

async fn folded_leaves_no_mark(store: Store, org: Org) {
    let now = a_past(&store, &org).await;
    let before = told_to_both(&store, &org, now).await;
    assert!(before[0].len() > 100, "{}", before[0].len());
    assert!(everything(&store, &org).await.contains("old-mark"));
    let machine_now = move || Micros(now.seconds() * 1_000_000);
    let machine = crate::server::sync::Machine {
        now: &machine_now,
        chance: &|| 0,
        node: "node",
        every: 1,
    };
    // As the server does it: planned by the hourly tidying, done one by one.
    tidy::plan(&store, machine_now()).await.unwrap();
    assert!(tidy::tidy(&store, machine).await.unwrap());
    while fold_next(&store, machine).await.unwrap() {}
    let said = everything(&store, &org).await;
    assert!(!said.contains("old-mark"), "{said}");
    assert!(said.contains("to come"));
    assert_eq!(told_to_both(&store, &org, now).await, before);
    let horizon = Window::default().begins(now);
    assert_eq!(folded_until(&store, &org, MAYA).await.unwrap(), horizon);
    // Planned once for each month.
    assert!(!fold_next(&store, machine).await.unwrap());
    assert!(
        !past_settled(&store, &viewer(&org, BEN))
            .await
            .unwrap()
            .is_empty()
    );
}

#[test]
fn of_what_was_folded_no_mark_is_left_and_every_verdict_is() {
    with_store(folded_leaves_no_mark);
    crate::server::testing::on_postgres(folded_leaves_no_mark);
}

#[test]
fn folding_that_breaks_off_anywhere_is_done_again() {
    for points in 0.. {
        let is_over = std::cell::Cell::new(false);
        with_store(|store, org| {
            let is_over = &is_over;
            async move {
                let now = a_past(&store, &org).await;
                let before = told_to_both(&store, &org, now).await;
                let horizon = Window::default().begins(now).unwrap();
                store.drill().stop_after(points);
                let first = fold_up_to(&store, &org, MAYA, horizon, now).await;
                is_over.set(store.drill().clear());
                assert_eq!(first.is_err(), !is_over.get());
                assert_eq!(
                    told_to_both(&store, &org, now).await,
                    before,
                    "after {points}"
                );
                assert!(fold_up_to(&store, &org, MAYA, horizon, now).await.unwrap());
                assert_eq!(
                    told_to_both(&store, &org, now).await,
                    before,
                    "again {points}"
                );
                assert!(!everything(&store, &org).await.contains("old-mark"));
            }
        });
        if is_over.get() {
            assert!(points > 5);
            return;
        }
    }
}

#[test]
fn the_window_begins_with_a_month() {
    let at = |text: &str| Window::named(text).unwrap();
    let now = Instant::from_seconds(NOW);
    let day = |window: Window| {
        window
            .begins(now)
            .map(|at| at.date(&TimeZone::UTC).to_string())
    };
    assert_eq!(day(Window::default()).as_deref(), Some("2024-06-01"));
    assert_eq!(day(at("12")).as_deref(), Some("2025-06-01"));
    assert_eq!(day(Window::ALL), None);
    assert_eq!(Window::named("13"), None);
}
