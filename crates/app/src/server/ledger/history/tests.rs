//! A history that is handed in reads as an audit of the same.

use crate::audit::{Audit, Options};
use crate::report::Report;
use crate::server::ServerError;
use crate::server::ledger::view::report;
use crate::server::ledger::{Document, Offered, Snapshot, TakenIn, declare, prepare, take_in};
use crate::server::testing::{viewer, with_store};
use std::collections::BTreeMap;
use steadfast_calendar::Instant;
use steadfast_ledger::verdict::Outcome;
use steadfast_life::{Config, Dialect, World};

const MAYA: &str = "maya@example.com";

fn snapshot(at: Instant, name: &str, text: &str) -> Snapshot {
    Snapshot {
        at,
        name: name.to_owned(),
        owner: None,
        document: Document {
            label: name.to_owned(),
            bytes: text.as_bytes().to_vec(),
        },
    }
}

fn history(history: Vec<Snapshot>) -> Offered {
    Offered {
        history,
        ..Offered::default()
    }
}

/// All that is told of each that is over.
fn told(report: &Report) -> BTreeMap<(String, Instant), String> {
    let mut told = BTreeMap::new();
    for pair in &report.pairs {
        let over = pair
            .occurrences
            .iter()
            .filter(|one| one.verdict.outcome != Outcome::Open);
        told.extend(over.map(|one| {
            let says = format!("{} {:?} {:?}", one.verdict, one.actor, one.changed_at);
            ((pair.id.clone(), one.promised.start), says)
        }));
    }
    told
}

#[test]
fn a_history_that_is_handed_in_reads_as_an_audit_of_it() {
    let mut config = Config::small(Dialect::Google);
    config.managers = 1;
    config.reports_per_manager = 4;
    config.weeks = 16;
    config.series_changes = 0.8;
    let world = World::new(11, &config);
    let lines = &world.truth().relationships;
    let manager = lines.last().unwrap().manager.clone();
    let theirs = lines.iter().filter(|line| line.manager == manager);
    let reports: Vec<String> = theirs.map(|line| line.report.clone()).collect();
    let states: Vec<_> = world
        .history()
        .filter(|state| state.owner == manager)
        .collect();
    assert!(states.len() > 20);
    let mut options = Options::at(world.now());
    options.me = vec![manager.clone()];
    options.reports.clone_from(&reports);
    options.from = Some(jiff::civil::date(2000, 1, 1));
    let mut audit = Audit::new(options);
    let mut snapshots = Vec::new();
    for state in &states {
        audit.snapshot(state.at);
        audit
            .calendar(
                "look",
                Some(&manager),
                Some(state.at),
                &mut state.text.as_slice(),
            )
            .unwrap();
        snapshots.push(snapshot(
            state.at,
            "",
            std::str::from_utf8(&state.text).unwrap(),
        ));
    }
    let audited = told(&audit.finish());
    assert!(audited.len() > 30, "{}", audited.len());
    with_store(|store, org| async move {
        let (me, now) = (viewer(&org, &manager), world.now());
        // Whatever the order of the files in the archive.
        snapshots.reverse();
        let prepared = prepare(&me, history(snapshots)).unwrap();
        let taken = take_in(&store, &me, now, prepared).await.unwrap();
        assert_eq!(taken.moments, states.len());
        declare(&store, &me, now, &reports, None).await.unwrap();
        let kept = report(&store, &me, now).await.unwrap().unwrap();
        assert_eq!(told(&kept), audited);
    });
}

fn weekly(until: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:w\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260105T100000Z\r\n\
         DURATION:PT30M\r\nRRULE:FREQ=WEEKLY{until}\r\nSUMMARY:1:1\r\nORGANIZER:mailto:{MAYA}\r\nATTENDEE:mailto:{MAYA}\r\n\
         ATTENDEE;PARTSTAT=ACCEPTED:mailto:ben@example.com\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

const EMPTY: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:x\r\nDTSTAMP:20260101T000000Z\r\n\
    DTSTART:20260101T100000Z\r\nDURATION:PT30M\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

fn at(text: &str) -> Instant {
    Instant::from_seconds(text.parse::<jiff::Timestamp>().unwrap().as_second())
}

#[test]
fn a_series_that_was_deleted_later_does_not_stand() {
    with_store(|store, org| async move {
        let (maya, now) = (viewer(&org, MAYA), at("2026-04-01T00:00:00Z"));
        let both = format!("{}{EMPTY}", weekly(""))
            .replace("END:VCALENDAR\r\nBEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "");
        let snapshots = vec![
            snapshot(at("2026-01-04T00:00:00Z"), "", &both),
            snapshot(at("2026-02-10T00:00:00Z"), "", EMPTY),
        ];
        let prepared = prepare(&maya, history(snapshots)).unwrap();
        take_in(&store, &maya, now, prepared).await.unwrap();
        declare(&store, &maya, now, &["ben@example.com".to_owned()], None)
            .await
            .unwrap();
        let report = report(&store, &maya, now).await.unwrap().unwrap();
        let pair = &report.pairs[0];
        assert_eq!(pair.next, None, "nothing stands any more");
        assert!(pair.ended.is_some());
    });
}

fn refused(offered: Offered) -> String {
    let org = steadfast_store::Org::new("o1").unwrap();
    match prepare(&viewer(&org, MAYA), offered) {
        Err(ServerError::Input(what, hint)) => format!("{what}; {hint}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_no_history_of_mine_is_refused_or_set_aside() {
    let first = at("2026-01-04T00:00:00Z");
    let mut mixed = history(vec![snapshot(first, "", EMPTY)]);
    mixed.documents.push(Document {
        label: "now.ics".to_owned(),
        bytes: EMPTY.as_bytes().to_vec(),
    });
    assert!(refused(mixed).contains("named by a moment"));
    let mut bens = snapshot(first, "ben@example.com.ics", EMPTY);
    bens.owner = Some("ben@example.com".to_owned());
    assert!(refused(history(vec![bens.clone()])).contains("no calendar of yours"));
    assert!(
        refused(history(vec![snapshot(first, "", "rubbish")])).contains("no calendar of yours")
    );
    let org = steadfast_store::Org::new("o1").unwrap();
    let both = history(vec![bens, snapshot(first, "mine.ics", EMPTY)]);
    let prepared = prepare(&viewer(&org, MAYA), both).unwrap();
    assert_eq!(
        (prepared.taken.calendars, prepared.taken.set_aside.len()),
        (1, 1)
    );
}

#[test]
fn a_history_goes_on_after_what_was_seen_and_is_never_put_in_before_it() {
    with_store(|store, org| async move {
        let (maya, now) = (viewer(&org, MAYA), at("2026-04-01T00:00:00Z"));
        let take = async |days: &[&str]| -> Result<TakenIn, ServerError> {
            let snapshots = days.iter().map(|day| snapshot(at(day), "", &weekly("")));
            let prepared = prepare(&maya, history(snapshots.collect())).unwrap();
            take_in(&store, &maya, now, prepared).await
        };
        let (first, second) = ("2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z");
        assert_eq!(take(&[first]).await.unwrap().moments, 1);
        let more = take(&[first, second]).await.unwrap();
        assert_eq!((more.moments, more.earlier), (1, 1));
        for days in [&["2026-01-01T00:00:00Z"][..], &["2026-05-01T00:00:00Z"]] {
            assert!(matches!(take(days).await, Err(ServerError::Input(..))));
        }
    });
}

#[test]
fn one_that_was_moved_twice_tells_each_change_with_when_and_from_where() {
    let moved = |to: &str, sequence: u32| {
        let override_ = format!(
            "BEGIN:VEVENT\r\nUID:w\r\nDTSTAMP:20260101T000000Z\r\nRECURRENCE-ID:20260216T100000Z\r\nDTSTART:{to}\r\n\
             DURATION:PT30M\r\nSEQUENCE:{sequence}\r\nSUMMARY:1:1\r\nORGANIZER:mailto:{MAYA}\r\nATTENDEE:mailto:{MAYA}\r\n\
             ATTENDEE;PARTSTAT=ACCEPTED:mailto:ben@example.com\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        );
        weekly("").replace("END:VCALENDAR\r\n", &override_)
    };
    with_store(|store, org| async move {
        let (maya, now) = (viewer(&org, MAYA), at("2026-03-01T00:00:00Z"));
        let snapshots = vec![
            snapshot(at("2026-02-01T00:00:00Z"), "", &weekly("")),
            snapshot(at("2026-02-13T00:00:00Z"), "", &weekly("")),
            snapshot(
                at("2026-02-14T00:00:00Z"),
                "",
                &moved("20260217T100000Z", 1),
            ),
            snapshot(
                at("2026-02-15T00:00:00Z"),
                "",
                &moved("20260218T110000Z", 2),
            ),
            snapshot(
                at("2026-02-28T00:00:00Z"),
                "",
                &moved("20260218T110000Z", 2),
            ),
        ];
        let prepared = prepare(&maya, history(snapshots)).unwrap();
        take_in(&store, &maya, now, prepared).await.unwrap();
        declare(&store, &maya, now, &["ben@example.com".to_owned()], None)
            .await
            .unwrap();
        let report = report(&store, &maya, now).await.unwrap().unwrap();
        let pair = &report.pairs[0];
        let on = at("2026-02-16T10:00:00Z");
        let one = pair.occurrences.iter().find(|one| one.promised.start == on);
        let told = crate::report::html::parts::evidence(&report, pair, one.unwrap());
        let terms: Vec<&str> = told.iter().map(|(term, _)| *term).collect();
        assert_eq!(
            terms[..5],
            [
                "Promised",
                "In the end",
                "First change",
                "Second change",
                "Changed"
            ]
        );
        let first = &told[2].1;
        for part in ["Tue 17 Feb", "between Fri 13 Feb", "Sat 14 Feb"] {
            assert!(first.contains(part), "{part} in {first}");
        }
        let second = &told[3].1;
        for part in ["Wed 18 Feb", "between Sat 14 Feb", "Sun 15 Feb"] {
            assert!(second.contains(part), "{part} in {second}");
        }
        // Of one that was changed once, its one change is told as it was.
        let others = pair.hops.iter().filter(|(start, _)| *start != on);
        assert_eq!(others.count(), 0);
    });
}

#[test]
fn what_could_not_be_read_is_not_taken_for_unchanged_at_a_moment_without_it() {
    let org = steadfast_store::Org::new("o1").unwrap();
    let looks = |last: &str| {
        let all = vec![
            snapshot(at("2026-01-04T00:00:00Z"), "work.ics", &weekly("")),
            snapshot(at("2026-01-04T00:00:00Z"), "home.ics", EMPTY),
            snapshot(at("2026-01-11T00:00:00Z"), "work.ics", "rubbish"),
            snapshot(at("2026-01-11T00:00:00Z"), "home.ics", EMPTY),
            snapshot(at("2026-01-18T00:00:00Z"), "home.ics", EMPTY),
            snapshot(at("2026-01-25T00:00:00Z"), "work.ics", last),
        ];
        let prepared = prepare(&viewer(&org, MAYA), history(all)).unwrap();
        let moments = prepared.looks.iter().filter_map(|(at, _)| *at);
        moments.map(|at| at.to_string()).collect::<Vec<_>>()
    };
    let (first, last) = ("2026-01-04T00:00:00Z", "2026-01-25T00:00:00Z");
    assert_eq!(looks(&weekly("")), [first, last]);
    assert_eq!(looks("rubbish"), [first]);
}

#[test]
fn a_history_of_files_and_of_folders_is_refused() {
    let mixed = vec![
        snapshot(at("2026-01-04T00:00:00Z"), "", &weekly("")),
        snapshot(at("2026-01-11T00:00:00Z"), "work.ics", &weekly("")),
    ];
    let said = refused(history(mixed));
    assert!(
        said.contains("all of them files or all of them folders"),
        "{said}"
    );
}
