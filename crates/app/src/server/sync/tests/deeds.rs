//! What is done to a calendar right after it was connected changes nothing of what is over.

use super::*;
use crate::server::ledger::{Document, Offered, prepare, take_in};

/// The series as the calendar has it after some weeks: one was moved with short notice, one was taken off.
fn after_some_weeks(more: &str) -> String {
    let moved =
        "RECURRENCE-ID:20260120T140000Z\r\nSEQUENCE:1\r\nLAST-MODIFIED:20260120T130000Z\r\n";
    let moved = event("u1", "20260121T100000Z", moved);
    let series = weekly("EXDATE:20260127T140000Z\r\nLAST-MODIFIED:20260127T120000Z\r\n");
    text(&[series, moved, more.to_owned()])
}

fn lasting(instant: Instant) -> i64 {
    instant.seconds() * 1_000_000
}

#[test]
fn a_move_right_after_connecting_leaves_the_past_as_it_was() {
    for seconds in [60, 1, 0] {
        with_bench(|bench| async move {
            let maya = bench.viewer(MAYA);
            let at = |text: &str| -> Instant { text.parse::<jiff::Timestamp>().unwrap().into() };
            let hand_in = async |when: &str, text: &str| {
                bench.now.store(lasting(at(when)), Ordering::Relaxed);
                let offered = Offered {
                    documents: vec![Document {
                        label: "maya.ics".to_owned(),
                        bytes: text.as_bytes().to_vec(),
                    }],
                    ..Offered::default()
                };
                let prepared = prepare(&maya, offered).unwrap();
                take_in(&bench.store, &maya, bench.instant(), prepared)
                    .await
                    .unwrap();
            };
            hand_in("2026-01-05T08:00:00Z", &text(&[weekly("")])).await;
            hand_in("2026-02-08T08:00:00Z", &after_some_weeks("")).await;
            let reports = [BEN.to_owned()];
            ledger::declare(&bench.store, &maya, bench.instant(), &reports, None)
                .await
                .unwrap();
            let before = outcomes(&bench.view(MAYA).await);
            assert!(before.contains(&Outcome::Moved) && before.contains(&Outcome::Cancelled));
            bench.stands("own", vec![calendar("/own/", whole(&after_some_weeks("")))]);
            bench.connect(MAYA, "own").await.unwrap();
            assert_eq!(outcomes(&bench.view(MAYA).await), before, "connected");
            let to_come = "RECURRENCE-ID:20260210T140000Z\r\nSEQUENCE:1\r\nLAST-MODIFIED:20260208T080000Z\r\n";
            let to_come = event("u1", "20260211T100000Z", to_come);
            bench.stands(
                "own",
                vec![calendar("/own/", whole(&after_some_weeks(&to_come)))],
            );
            let (source, now) = (bench.status(MAYA).await.source, bench.instant());
            let due = Micros(lasting(now.plus_seconds(seconds)));
            bench
                .store
                .enqueue(&bench.org, &[job(&source, due)])
                .await
                .unwrap();
            bench.after(seconds * 1_000_000).await;
            assert_eq!(
                outcomes(&bench.view(MAYA).await),
                before,
                "{seconds} s after it"
            );
        });
    }
}
