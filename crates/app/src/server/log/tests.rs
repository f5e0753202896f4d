//! What is told, to whom.

use super::*;
use crate::server::ledger::kept;
use crate::server::log::noted::{Happened, note};
use crate::server::testing::{viewer, with_store};

#[test]
fn what_is_noted_is_told_to_its_owner_the_last_first_and_for_ninety_days() {
    with_store(|store, org| async move {
        let (maya, ben) = (
            viewer(&org, "maya@example.com"),
            viewer(&org, "ben@example.com"),
        );
        let now = Instant::from_seconds(1_775_000_000);
        let told = async |viewer: &Viewer| {
            let kept = kept(&store, viewer, "p", now).await.unwrap();
            let noted = Noted::default();
            let log = log(&store, &noted, viewer, now, &kept).await.unwrap();
            log.entries
        };
        for (days, label) in [(91, "too old"), (2, "first"), (1, "second")] {
            let happened = Happened::Connected {
                label: label.to_owned(),
            };
            let then = now.plus_days(-days);
            note(&store, &org, maya.person(), then, &happened)
                .await
                .unwrap();
        }
        let labels: Vec<String> = told(&maya)
            .await
            .into_iter()
            .map(|entry| match entry.what {
                What::Connected { label } => label,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(labels, ["second", "first"]);
        assert!(told(&ben).await.is_empty());
    });
}
