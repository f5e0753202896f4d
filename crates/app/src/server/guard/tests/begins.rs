//! What is offered where no 1:1 is to come, and what a tap on it writes.

use super::*;
use crate::server::ServerError;
use crate::server::acting::{Action, Basis};
use crate::server::ledger::report;
use crate::server::people::tests::{reports_since, reports_to};
use steadfast_calendar::edit::{By, Edit, Edited, apply};
use steadfast_calendar::{Reader, Visibility, Window, expand, group};
use steadfast_store::Intents;

const ANA: &str = "ana@example.com";

impl Bench {
    /// Maya leads Ben, with whom she meets, and Ana, with whom she never did.
    async fn with_ana(&self) {
        self.mayas(&one_on_one(""), &[]).await;
        self.leads(&[BEN, ANA]).await;
    }

    async fn begin(
        &self,
        person: &str,
        (pair, title): (&str, &str),
        time: &Begin,
    ) -> Result<(), ServerError> {
        let viewer = viewer(&self.org, person);
        let ahead = self.ahead(&viewer, now()).await;
        let time = (time.first.start, time.every_weeks, title);
        begin(&self.store, &viewer, &ahead, now(), pair, time).await
    }

    async fn written(&self) -> Vec<Action> {
        let all = self.store.intents_of(&self.org, MAYA, 9).await.unwrap();
        all.iter()
            .map(|one| serde_json::from_slice(&one.about).unwrap())
            .collect()
    }
}

#[test]
fn whoever_has_none_with_a_report_is_shown_when_it_could_begin() {
    with_bench(|bench| async move {
        bench.with_ana().await;
        let outlook = bench.outlook(MAYA).await;
        let [one] = outlook.beginnings.as_slice() else {
            panic!("{outlook:?}");
        };
        assert_eq!((one.report.as_str(), one.times.len()), (ANA, 3));
        assert!(!one.is_seen && one.is_possible);
        // As her other one: weekly, half an hour; and not where that one stands.
        assert!(one.times.iter().all(|time| time.every_weeks == 1
            && time.first.minutes() == 30
            && time.first.start.seconds() % 604_800
                != at("2026-03-31T14:00:00Z").seconds() % 604_800));
        // It is told among the reporting lines, and not once more.
        assert!(outlook.proposals.is_empty(), "{outlook:?}");
    });
}

#[test]
fn a_tap_writes_a_series_on_her_clock_beside_the_others_once() {
    with_bench(|bench| async move {
        bench.with_ana().await;
        let one = bench.outlook(MAYA).await.beginnings.remove(0);
        let second = one.times[1];
        bench
            .begin(MAYA, (&one.pair, &one.title), &second)
            .await
            .unwrap();
        let [action] = bench.written().await.try_into().unwrap();
        assert_eq!(action.basis, Basis::Nothing);
        assert!(action.place.starts_with("/own/steadfast-"));
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let by = By {
            addresses: &[MAYA],
            zone: &zone,
            now: now(),
        };
        let Edit::Book(booked) = &action.edit else {
            panic!("{action:?}");
        };
        assert_eq!(booked.title, "1:1 Maya / Ana");
        let Ok(Edited::Text(text)) = apply(None, &action.edit, &by) else {
            panic!("{action:?}");
        };
        let said = String::from_utf8(text.clone()).unwrap();
        assert!(
            said.contains("BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n"),
            "{said}"
        );
        assert!(said.contains("RRULE:FREQ=WEEKLY\r\n"), "{said}");
        let series = group(Reader::read(&text).events);
        let window = Window {
            from: now(),
            to: now().plus_days(220),
        };
        // Over the summer and past it: the hour on her clock stays.
        let all = expand(&series[0], &zone, window);
        assert!(all.len() >= 31, "{}", all.len());
        let hour = second.first.start.civil(&zone).time();
        assert!(
            all.iter()
                .all(|one| one.slot.unwrap().start.civil(&zone).time() == hour)
        );
        // Again, from another window: there is one under way.
        bench
            .begin(MAYA, (&one.pair, &one.title), &one.times[0])
            .await
            .unwrap();
        assert_eq!(bench.written().await.len(), 1);
        let again = bench.outlook(MAYA).await.beginnings.remove(0);
        assert!(again.tapped.is_some());
    });
}

#[test]
fn nobody_begins_what_is_not_theirs_or_was_not_shown() {
    with_bench(|bench| async move {
        bench.with_ana().await;
        let one = bench.outlook(MAYA).await.beginnings.remove(0);
        let night = Begin {
            first: steadfast_calendar::Slot::new(
                at("2026-04-01T02:00:00Z"),
                at("2026-04-01T02:30:00Z"),
            ),
            ..one.times[0]
        };
        let other_rhythm = Begin {
            every_weeks: 2,
            ..one.times[0]
        };
        let other_title = bench
            .begin(MAYA, (&one.pair, "1:1: your warning"), &one.times[0])
            .await;
        assert!(matches!(other_title, Err(ServerError::Input(..))));
        for odd in [night, other_rhythm] {
            let refused = bench.begin(MAYA, (&one.pair, &one.title), &odd).await;
            assert!(
                matches!(refused, Err(ServerError::Input(..))),
                "{refused:?}"
            );
        }
        bench.round(ANA, now(), &[]).await;
        assert!(bench.outlook(ANA).await.beginnings.is_empty());
        for person in [ANA, BEN, PETRA] {
            bench.round(person, now(), &[]).await;
            let refused = bench
                .begin(person, (&one.pair, &one.title), &one.times[0])
                .await;
            assert!(refused.is_err(), "{person}");
        }
        assert!(bench.written().await.is_empty());
    });
}

#[test]
fn a_series_that_ended_begins_again_under_its_own_name() {
    with_bench(|bench| async move {
        bench
            .mayas(
                &one_on_one("").replace("FREQ=WEEKLY", "FREQ=WEEKLY;UNTIL=20260325T000000Z"),
                &[],
            )
            .await;
        let outlook = bench.outlook(MAYA).await;
        assert_eq!(kinds(&outlook), ["no_future"]);
        let one = &outlook.beginnings[0];
        bench
            .begin(MAYA, (&one.pair, &one.title), &one.times[0])
            .await
            .unwrap();
        let [action] = bench.written().await.try_into().unwrap();
        let Edit::Book(booked) = &action.edit else {
            panic!("{action:?}");
        };
        assert_eq!(booked.title, "1:1 Maya / Ben");
    });
}

/// A 1:1 of Thursday that stood since yesterday is taken off; gives who is told to have done it.
async fn taken_off(bench: &Bench, acted: Option<facts::Acted>) -> steadfast_ledger::case::Actor {
    use steadfast_ledger::verdict::Outcome;
    let title = "SUMMARY:1:1 Maya / Ana\r\nRRULE:FREQ=WEEKLY\r\n";
    let begun = event("u-begun", "20260402T140000Z", title, MAYA, &[MAYA, ANA]);
    let others = ["20260401T090000Z", "20260402T090000Z", "20260403T090000Z"];
    let others = others.map(|start| {
        let title = "SUMMARY:Status\r\n";
        event(&format!("u-{start}"), start, title, MAYA, &[MAYA, PETRA])
    });
    let mut objects = vec![begun.as_str()];
    objects.extend(others.iter().map(String::as_str));
    bench.round(MAYA, now().plus_days(-1), &objects).await;
    reports_to(&bench.store, &bench.org, ANA, MAYA).await;
    bench
        .news(
            MAYA,
            now().plus_minutes(1),
            Vec::new(),
            vec!["0.ics".to_owned()],
        )
        .await;
    if let Some(acted) = acted {
        let fact = facts::said(facts::ACTED, &acted, MAYA, now());
        let stream = facts::acts_on(MAYA);
        bench
            .store
            .append(&bench.org, &stream, Expected::Any, &[fact], &[])
            .await
            .unwrap();
    }
    let mut told = Vec::new();
    for person in [MAYA, ANA] {
        let report = report(
            &bench.store,
            &viewer(&bench.org, person),
            now().plus_minutes(2),
        )
        .await
        .unwrap();
        let Some(report) = report else {
            continue;
        };
        let [pair] = report.pairs.as_slice() else {
            panic!("{report:?}");
        };
        let [promised] = pair.occurrences.as_slice() else {
            panic!("{pair:?}");
        };
        // It is to come still, and nowhere.
        assert_eq!(
            (promised.verdict.outcome, promised.verdict.held),
            (Outcome::Open, None)
        );
        told.push(promised.actor.unwrap());
    }
    assert!(told.iter().all(|one| *one == told[0]), "{told:?}");
    told[0]
}

#[test]
fn a_series_that_is_taken_back_before_its_first_leaves_things_as_they_were() {
    // One that was promised by then, and one that was not.
    for first in ["20260402T140000Z", "20260423T140000Z"] {
        with_bench(|bench| async move {
            bench.with_ana().await;
            let stood = async |minute: i64| {
                let (maya, at) = (viewer(&bench.org, MAYA), now().plus_minutes(minute));
                let report = report(&bench.store, &maya, at).await.unwrap().unwrap();
                let without = report.without_one_on_one.into_iter();
                let without: Vec<_> = without
                    .map(|one| (one.report.address, one.since, one.because))
                    .collect();
                let ahead = bench.ahead(&maya, at).await;
                let outlook = outlook(&bench.store, &maya, &ahead, at).await.unwrap();
                let told: Vec<_> = outlook
                    .proposals
                    .iter()
                    .map(|one| (one.kind, one.because.clone()))
                    .collect();
                (without, told, outlook.beginnings.len())
            };
            let before = stood(0).await;
            assert_eq!((before.0.len(), before.2), (1, 1), "{before:?}");
            let title = "SUMMARY:1:1 Maya / Ana\r\nRRULE:FREQ=WEEKLY\r\n";
            let begun = event("u-begun", first, title, MAYA, &[MAYA, ANA]);
            let text = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{begun}END:VCALENDAR\r\n");
            let put = vec![("begun.ics".to_owned(), text)];
            bench
                .news(MAYA, now().plus_minutes(5), put, Vec::new())
                .await;
            let begun = stood(6).await;
            assert_eq!((begun.0.len(), begun.2), (0, 0), "{begun:?}");
            let gone = vec!["begun.ics".to_owned()];
            bench
                .news(MAYA, now().plus_minutes(10), Vec::new(), gone)
                .await;
            assert_eq!(stood(11).await, before, "{first}");
        });
    }
}

#[test]
fn what_was_taken_back_here_is_told_as_theirs_and_what_vanished_as_nobodys() {
    use steadfast_ledger::case::{ActorEvidence, Who};
    let acted = |by: &str, minute: i64| facts::Acted {
        uid: "u-begun".to_owned(),
        occurrence: None,
        to: None,
        within: (
            now().plus_minutes(minute).seconds() - 5,
            now().plus_minutes(minute).seconds(),
        ),
        by: by.to_owned(),
    };
    for (acted, who, evidence) in [
        (None, Who::Unknown, ActorEvidence::CalendarOrder),
        (
            Some(acted("person", 1)),
            Who::Manager,
            ActorEvidence::AuditLog,
        ),
        (
            Some(acted("program", 1)),
            Who::Automation,
            ActorEvidence::AuditLog,
        ),
        (Some(acted("both", 1)), Who::Plan, ActorEvidence::AuditLog),
        // Done at another time: it was not this.
        (
            Some(acted("person", -2_000)),
            Who::Unknown,
            ActorEvidence::CalendarOrder,
        ),
    ] {
        with_bench(|bench| async move {
            let told = taken_off(&bench, acted).await;
            assert_eq!((told.who, told.evidence), (who, evidence));
        });
    }
}

#[test]
fn one_that_is_gone_with_its_series_is_told_so() {
    with_bench(|bench| async move {
        bench.mayas(&one_on_one(""), &[]).await;
        // On the morning of the day: what would have come later is promised no more, and told as that none is to come.
        let morning = at("2026-03-31T08:00:00Z");
        bench.round(MAYA, morning, &[&one_on_one("")]).await;
        let later = morning.plus_minutes(5);
        let gone = vec!["0.ics".to_owned()];
        bench.news(MAYA, later, Vec::new(), gone).await;
        let maya = viewer(&bench.org, MAYA);
        let ahead = bench.ahead(&maya, later).await;
        let seen = outlook(&bench.store, &maya, &ahead, later).await.unwrap();
        let mut told = kinds(&seen);
        told.sort_unstable();
        assert_eq!(told, ["no_future", "series_gone"]);
    });
}

#[test]
fn whoever_is_new_is_told_as_new() {
    for (since, said) in [
        ("2026-03-27", "your report is new and has no first 1:1 yet"),
        ("2026-01-12", "your report has never had a 1:1 with you"),
    ] {
        with_bench(|bench| async move {
            bench.mayas(&one_on_one(""), &[]).await;
            reports_since(&bench.store, &bench.org, (ANA, MAYA), since).await;
            let beginnings = bench.outlook(MAYA).await.beginnings;
            let one = beginnings.iter().find(|one| one.report == ANA).unwrap();
            assert!(one.because.starts_with(said), "{since}: {}", one.because);
        });
    }
}

#[test]
fn what_begins_after_a_series_that_is_gone_is_as_private_as_that_was() {
    with_bench(|bench| async move {
        let one = one_on_one("CLASS:CONFIDENTIAL\r\n");
        let status = event(
            "u-status",
            "20260401T090000Z",
            "SUMMARY:Status\r\n",
            MAYA,
            &[MAYA, PETRA],
        );
        for days in [-60, -1] {
            let at = now().plus_days(days);
            bench.round(MAYA, at, &[&one, &status]).await;
        }
        let gone = vec!["0.ics".to_owned()];
        bench.news(MAYA, now(), Vec::new(), gone).await;
        bench.leads(&[BEN]).await;
        let one = bench.outlook(MAYA).await.beginnings.remove(0);
        bench
            .begin(MAYA, (&one.pair, &one.title), &one.times[0])
            .await
            .unwrap();
        let [action] = bench.written().await.try_into().unwrap();
        let Edit::Book(booked) = action.edit else {
            panic!("{action:?}");
        };
        assert_eq!(booked.visibility, Visibility::Confidential);
    });
}
