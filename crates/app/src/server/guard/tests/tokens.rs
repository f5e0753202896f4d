//! A 1:1 of which a few minutes stood is owed after it is over as before.

use super::*;

/// The one of the 24th, with what stood of it.
fn cut_to(minutes: u32) -> String {
    let rest = format!(
        "SUMMARY:1:1 Maya / Ben\r\nRECURRENCE-ID:20260324T140000Z\r\nSEQUENCE:1\r\nX-CUT:{minutes}\r\n"
    );
    let over = event("u-ben", "20260324T140000Z", &rest, MAYA, &[MAYA, BEN]);
    let over = over.replace("PT30M", &format!("PT{minutes}M"));
    format!("{}{over}", one_on_one(""))
}

#[test]
fn a_token_that_is_over_is_made_good_before_the_next_and_a_shorter_one_is_not() {
    for (minutes, told) in [(5, vec!["cut"]), (12, vec![])] {
        with_bench(|bench| async move {
            bench.joins(MAYA).await;
            bench.joins(BEN).await;
            let cut = cut_to(minutes);
            bench
                .round(MAYA, now().plus_days(-60), &[&one_on_one("")])
                .await;
            bench.round(MAYA, now().plus_days(-7), &[&cut]).await;
            bench.round(MAYA, now(), &[&cut]).await;
            bench.round(BEN, now(), &[&cut]).await;
            bench.leads(&[BEN]).await;
            let outlook = bench.outlook(MAYA).await;
            assert_eq!(kinds(&outlook), told, "{minutes}");
            if minutes == 5 {
                let ways = outlook.proposals[0].ways.iter().map(|way| way.measure);
                assert_eq!(ways.collect::<Vec<_>>(), [Measure::MakeGood]);
                assert_eq!(bench.offers(Measure::MakeGood).await.unwrap(), 0);
                let offer = bench.standing(BEN).await.unwrap().about.offer.unwrap();
                // Before the day of the next one.
                let next = at("2026-03-31T00:00:00Z");
                assert!(
                    offer
                        .slots
                        .iter()
                        .all(|slot| slot.start > now() && slot.start < next)
                );
                assert!(bench.pick(BEN, Some(offer.slots[0].start)).await);
                bench.defends(now()).await;
                assert_eq!(bench.booked().await[0].1, offer.slots[0].start);
            }
        });
    }
}
