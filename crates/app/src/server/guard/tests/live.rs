//! What an open page is told of.

use super::*;

#[test]
fn an_open_page_is_told_of_what_is_offered_and_picked_and_of_nothing_that_the_clock_alone_moves() {
    use crate::server::live::marks;
    with_bench(|bench| async move {
        bench.lost().await;
        let told = async |at: Instant| {
            let maya = viewer(&bench.org, MAYA);
            let kept = crate::server::ledger::kept(&bench.store, &maya, "test", at)
                .await
                .unwrap();
            let ahead = bench.ahead(&maya, at).await;
            let outlook = outlook(&bench.store, &maya, &ahead, at).await.unwrap();
            marks(&bench.store, &maya, &kept, &outlook)
                .await
                .unwrap()
                .ledger
        };
        let before = told(now()).await;
        assert_eq!(told(now().plus_minutes(40)).await, before, "times move on");
        bench.offers(Measure::MakeGood).await.unwrap();
        let offered = told(now()).await;
        assert_ne!(offered, before);
        let slots = bench
            .standing(BEN)
            .await
            .unwrap()
            .about
            .offer
            .unwrap()
            .slots;
        assert!(bench.pick(BEN, Some(slots[1].start)).await);
        let picked = told(now()).await;
        assert_ne!(picked, offered);
        bench.defends(now()).await;
        assert_ne!(told(now()).await, picked, "it is on its way");
    });
}

#[test]
fn an_open_page_is_told_of_what_stands_as_free_and_of_the_tap_on_it() {
    use crate::server::live::marks;
    with_bench(|bench| async move {
        let told = async || {
            let maya = viewer(&bench.org, MAYA);
            let kept = crate::server::ledger::kept(&bench.store, &maya, "test", now())
                .await
                .unwrap();
            let ahead = bench.ahead(&maya, now()).await;
            let outlook = outlook(&bench.store, &maya, &ahead, now()).await.unwrap();
            marks(&bench.store, &maya, &kept, &outlook)
                .await
                .unwrap()
                .ledger
        };
        bench
            .mayas(&one_on_one("TRANSP:TRANSPARENT\r\n"), &[])
            .await;
        let free = told().await;
        let maya = viewer(&bench.org, MAYA);
        let ahead = bench.ahead(&maya, now()).await;
        let pair = crate::audit::pair_id(MAYA, BEN);
        show_busy(&bench.store, &maya, &ahead, now(), &pair)
            .await
            .unwrap();
        assert_ne!(told().await, free, "it is on its way");
    });
}
