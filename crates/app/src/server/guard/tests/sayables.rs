//! What a manager could say, beside what the guard offers.

use super::*;
use crate::report::model::{BetterSlot, Repair};
use crate::server::guard::sayable;
use crate::server::ledger::report;

#[test]
fn the_sentence_names_a_time_of_those_that_are_offered_or_none() {
    with_bench(|bench| async move {
        bench.mayas(&one_on_one(""), &[staff()]).await;
        let viewer = viewer(&bench.org, MAYA);
        let mut judged = report(&bench.store, &viewer, now()).await.unwrap().unwrap();
        judged.pairs[0].repair = Some(Repair {
            conflict_fact: None,
            better_slot: Some(BetterSlot {
                slot: "Friday 3:00".to_owned(),
                elsewhere: Vec::new(),
                free: 20,
                of: 26,
                both: true,
            }),
            say: Some("I kept moving our time. That stops; Friday 3:00 is yours.".to_owned()),
        });
        let mut outlook = bench.outlook(MAYA).await;
        let said = |outlook: &Outlook| {
            let report = sayable(&judged, outlook);
            report.pairs[0]
                .repair
                .as_ref()
                .unwrap()
                .say
                .clone()
                .unwrap()
        };
        let first = outlook.movings[0].times[0].first.start.civil(&judged.zone);
        let first = first.strftime("%A %-H:%M");
        let expected = format!("I kept moving our time. That stops; {first} is yours.");
        assert_eq!(said(&outlook), expected);
        let names_friday = |outlook: &Outlook| {
            let report = sayable(&judged, outlook);
            report.pairs[0]
                .repair
                .as_ref()
                .unwrap()
                .better_slot
                .is_some()
        };
        assert!(!names_friday(&outlook), "two times beside each other");
        outlook.movings.clear();
        assert!(said(&outlook).ends_with("I will stop."));
        // Where nothing is offered, for nothing was seen, it rests on what was.
        outlook.is_fresh = false;
        assert!(names_friday(&outlook));
        assert!(said(&outlook).ends_with("Friday 3:00 is yours."));
    });
}
