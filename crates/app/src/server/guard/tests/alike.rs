//! What makes a lost one good is made like it, and what that says is kept nowhere.

use super::*;
use crate::server::acting::Action;
use steadfast_calendar::edit::{Edit, Like};
use steadfast_store::Intent;

const PLACE: &str = "LOCATION:The bench\r\n";

/// What was booked, as it is kept.
async fn made(bench: &Bench) -> (Intent, Option<Box<Like>>) {
    let (intent, _) = bench.booked().await.pop().unwrap();
    let action: Action = serde_json::from_slice(&intent.about).unwrap();
    match action.edit {
        Edit::Book(made) => (intent, made.like),
        other => panic!("{other:?}"),
    }
}

impl Bench {
    /// The 1:1 of 31 March was lost, Ben picked another time, and it is booked.
    async fn books(&self, lost: &str) {
        self.joins(MAYA).await;
        self.joins(BEN).await;
        let without = one_on_one(&format!("{PLACE}{lost}"));
        self.mayas(&without, &[]).await;
        self.round(BEN, now(), &[&without]).await;
        assert_eq!(self.offers(Measure::MakeGood).await.unwrap(), 0);
        let slots = self.standing(BEN).await.unwrap().about.offer.unwrap().slots;
        assert!(self.pick(BEN, Some(slots[0].start)).await);
        self.defends(now()).await;
    }
}

#[test]
fn what_makes_it_good_names_the_lost_one_and_nothing_of_what_that_says() {
    with_bench(|bench| async move {
        bench.books("EXDATE:20260331T140000Z\r\n").await;
        let (kept, like) = made(&bench).await;
        assert_eq!(
            like,
            Some(Box::new(Like {
                place: "/own/0.ics".to_owned(),
                uid: "u-ben".to_owned(),
                occurrence: Some(at("2026-03-31T14:00:00Z")),
                text: None,
            }))
        );
        let kept = String::from_utf8(kept.about).unwrap();
        assert!(!kept.contains("bench"), "{kept}");
    });
}
