//! A 1:1 that stands as free, and the tap that shows it as busy.

use super::*;
use crate::server::ServerError;
use crate::server::acting::{Action, go_on, stop};
use crate::server::guard::policies::{About as Choice, Level, choose_level};
use steadfast_calendar::edit::Edit;
use steadfast_store::{IntentState, Intents};

const FREE: &str = "TRANSP:TRANSPARENT\r\n";

impl Bench {
    async fn shows(&self, person: &str, pair: &str) -> Result<(), ServerError> {
        let viewer = viewer(&self.org, person);
        let ahead = self.ahead(&viewer, now()).await;
        show_busy(&self.store, &viewer, &ahead, now(), pair).await
    }

    /// What is in somebody's outbox, the oldest first.
    async fn written_for(&self, person: &str) -> Vec<Action> {
        let all = self.store.intents_of(&self.org, person, 9).await.unwrap();
        let all = all.iter().rev();
        all.map(|one| serde_json::from_slice(&one.about).unwrap())
            .collect()
    }

    /// Whether a tap could show it as busy, of each 1:1 of theirs that stands as free.
    async fn free(&self, person: &str) -> Vec<bool> {
        let free = self.outlook(person).await.shown_free.into_iter();
        free.map(|one| one.is_possible).collect()
    }
}

fn pair() -> String {
    crate::audit::pair_id(MAYA, BEN)
}

fn hint(refused: Result<(), ServerError>) -> String {
    match refused {
        Err(ServerError::Input(_, hint)) => hint,
        other => panic!("{other:?}"),
    }
}

#[test]
fn one_that_stands_as_free_is_told_and_only_of_ones_own_calendar() {
    for (free, told) in [(FREE, 1), ("TRANSP:OPAQUE\r\n", 0)] {
        with_bench(|bench| async move {
            bench.mayas(&one_on_one(free), &[]).await;
            bench.round(BEN, now(), &[&one_on_one("")]).await;
            assert_eq!(bench.free(MAYA).await, vec![true; told]);
            assert_eq!(bench.free(BEN).await, vec![false; 0]);
        });
    }
}

#[test]
fn one_tap_shows_it_as_busy_once_and_says_nothing_to_anybody() {
    with_bench(|bench| async move {
        bench.mayas(&one_on_one(FREE), &[]).await;
        for _ in 0..2 {
            bench.shows(MAYA, &pair()).await.unwrap();
        }
        let outbox = bench.written_for(MAYA).await;
        let [action] = outbox.as_slice() else {
            panic!("{outbox:?}");
        };
        assert_eq!(action.edit, Edit::Busy { from: now() });
        assert_eq!(
            (action.place.as_str(), action.policy.as_str()),
            ("/own/0.ics", "you decided it")
        );
        assert_eq!(action.uid.as_deref(), Some("u-ben"));
        assert!(bench.standing(BEN).await.is_none());
        let tapped = bench.outlook(MAYA).await.shown_free.remove(0).tapped;
        assert_eq!(tapped.unwrap().state, IntentState::Written);
        // The calendar shows it as busy by now: there is nothing left to tell, or to do.
        bench.round(MAYA, now(), &[&one_on_one("")]).await;
        assert_eq!(bench.free(MAYA).await, vec![false; 0]);
        hint(bench.shows(MAYA, &pair()).await);
        assert_eq!(bench.written_for(MAYA).await.len(), 1);
    });
}

#[test]
fn the_report_shows_their_own_copy_and_nobody_shows_that_of_somebody_else() {
    with_bench(|bench| async move {
        bench.mayas(&one_on_one(""), &[]).await;
        bench.round(BEN, now(), &[&one_on_one(FREE)]).await;
        hint(bench.shows(MAYA, &pair()).await);
        let stranger = bench.shows(PETRA, &pair()).await;
        assert!(stranger.is_err(), "{stranger:?}");
        bench.shows(BEN, &pair()).await.unwrap();
        assert_eq!(bench.written_for(BEN).await.len(), 1);
        assert_eq!(bench.written_for(MAYA).await, []);
    });
}

#[test]
fn while_it_is_stopped_or_only_watched_nothing_is_written() {
    with_bench(|bench| async move {
        bench.mayas(&one_on_one(FREE), &[]).await;
        let maya = viewer(&bench.org, MAYA);
        stop(&bench.store, &maya, now()).await.unwrap();
        hint(bench.shows(MAYA, &pair()).await);
        go_on(&bench.store, &maya).await.unwrap();
        choose_level(&bench.store, &maya, now(), Choice::Mine, Some(Level::Watch))
            .await
            .unwrap();
        hint(bench.shows(MAYA, &pair()).await);
        assert_eq!(bench.written_for(MAYA).await, []);
    });
}
