//! Ledgers that are kept say what judging them anew would.

use super::*;
use crate::server::ledger::{Kept, Word, kept};
use steadfast_store::Views;

async fn look(bench: &Bench, person: &str, program: &str) -> Kept {
    let viewer = bench.viewer(person);
    kept(&bench.store, &viewer, program, bench.instant())
        .await
        .unwrap()
}

/// What is kept says what judging now would, to the last bit.
async fn holds(bench: &Bench, person: &str) {
    let kept = look(bench, person, "p").await.report().unwrap();
    let now = bench.view(person).await;
    // Another moment is no other ledger, and only whole cadences without contact are told.
    let telling = |mut report: Report| {
        report.generated_at = Instant::from_seconds(0);
        for pair in &mut report.pairs {
            pair.contact_gap = pair.contact_gap.map(f64::floor);
        }
        format!("{report:?}")
    };
    assert_eq!(telling(Report::clone(&kept)), telling(now));
}

#[test]
fn what_is_kept_says_what_judging_anew_would_whatever_happens() {
    with_bench(|bench| async move {
        bench.stands(
            "https://a/",
            vec![calendar("", whole(&text(&[weekly("")])))],
        );
        bench.connect(MAYA, "https://a/").await.unwrap();
        let (maya, ben) = (bench.viewer(MAYA), bench.viewer(BEN));
        let reports = [BEN.to_owned()];
        ledger::declare(&bench.store, &maya, bench.instant(), &reports, None)
            .await
            .unwrap();
        holds(&bench, MAYA).await;
        holds(&bench, BEN).await;
        bench.stands("https://a/", vec![calendar("", News::Unchanged)]);
        // Hour by hour: days end, 1:1s begin and end, and once the source is away over one.
        for hour in 0..10 * 24 {
            if hour == 8 * 24 + 10 {
                bench.breaks("https://a/", false);
            }
            if hour == 9 * 24 + 10 {
                bench.stands("https://a/", vec![calendar("", News::Unchanged)]);
            }
            bench.after(HOUR).await;
            holds(&bench, MAYA).await;
        }
        let gone = text(&[weekly("EXDATE:20260120T140000Z\r\n")]);
        bench.stands("https://a/", vec![calendar("", whole(&gone))]);
        bench.after(HOUR).await;
        holds(&bench, MAYA).await;
        holds(&bench, BEN).await;
        bench.stands("https://a/", vec![calendar("", News::Unchanged)]);
        bench.after(10 * 24 * HOUR).await;
        let day = jiff::civil::date(2026, 1, 20);
        let id = pair_id(MAYA, BEN);
        let word = Some(Word::Asked);
        ledger::say(&bench.store, &ben, bench.instant(), &id, day, word, true)
            .await
            .unwrap();
        holds(&bench, MAYA).await;
        holds(&bench, BEN).await;
    });
}

#[test]
fn it_is_judged_once_as_long_as_nothing_changes_and_again_by_another_program() {
    with_bench(|bench| async move {
        bench.stands(
            "https://a/",
            vec![calendar("", whole(&text(&[weekly("")])))],
        );
        bench.connect(MAYA, "https://a/").await.unwrap();
        let first = look(&bench, MAYA, "p").await;
        bench.stands("https://a/", vec![calendar("", News::Unchanged)]);
        bench.after(HOUR).await;
        let at = |kept: &Kept| kept.report().unwrap().generated_at;
        assert_eq!(at(&look(&bench, MAYA, "p").await), at(&first));
        assert_eq!(at(&look(&bench, MAYA, "q").await), bench.instant());
        // Losing it loses nothing.
        let wiped = bench.store.wipe(&bench.org, "ledger", &[ledger::VIEW]);
        assert_eq!(wiped.await.unwrap(), 1);
        holds(&bench, MAYA).await;
    });
}
