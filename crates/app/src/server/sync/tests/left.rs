//! Nothing is asked for somebody who has left, whatever is queued for them.

use super::*;
use steadfast_store::{AccountChange, Accounts, Intents, LEAVES, NewAccount};

const PLACE: &str = "https://a/";
/// They are gone an hour and a half on, between two rounds.
const GONE: Micros = Micros(START + HOUR + HOUR / 2);

async fn connected(bench: &Bench, role: &str) {
    let account = NewAccount {
        account: "ben".to_owned(),
        person: BEN.to_owned(),
        email: BEN.to_owned(),
        password: None,
        role: role.to_owned(),
        created: Micros(START),
    };
    bench
        .store
        .create_account(&bench.org, &account)
        .await
        .unwrap();
    bench.stands(PLACE, vec![calendar("c", whole(&text(&[weekly("")])))]);
    bench.connect(BEN, PLACE).await.unwrap();
}

#[test]
fn a_calendar_is_not_asked_once_its_owner_has_left_and_is_again_when_they_are_back() {
    with_bench(|bench| async move {
        connected(&bench, "member").await;
        let closes = async |at: Option<Micros>| {
            let change = AccountChange::Disabled(at);
            let changed = bench.store.change_account(&bench.org, "ben", &change);
            changed.await.unwrap();
        };
        closes(Some(GONE)).await;
        // That it is to close is no reason yet.
        assert_eq!(bench.after(HOUR).await, [Step::Unchanged]);
        bench.breaks(PLACE, true);
        for _ in 0..2 {
            assert_eq!(bench.after(HOUR).await, [Step::Dropped]);
        }
        // Nobody is told that it did not answer: nobody asked.
        assert_eq!(bench.status(BEN).await.problem, None);
        closes(None).await;
        bench.stands(PLACE, vec![calendar("c", whole(&text(&[weekly("")])))]);
        assert_eq!(bench.after(HOUR).await, [Step::Unchanged]);
    });
}

#[test]
fn nor_between_the_tap_of_whoever_set_the_server_up_and_the_erasing() {
    with_bench(|bench| async move {
        connected(&bench, "owner").await;
        let (store, org) = (&bench.store, &bench.org);
        store.halt(org, Some(BEN), GONE, LEAVES).await.unwrap();
        bench.breaks(PLACE, true);
        assert_eq!(bench.after(HOUR).await, [Step::Dropped]);
        assert_eq!(bench.status(BEN).await.problem, None);
    });
}
