//! What is chosen holds, for whom, and how far.

use super::forms;
use super::*;
use crate::audit::pair_id;
use crate::server::ledger::{self, Document, Kept, Offered};
use crate::server::log::{self, Guarded, What};
use crate::server::looked::Noted;
use crate::server::people::Administrator;
use crate::server::testing::{on_postgres, viewer, with_store};
use crate::server::{ServerError, Viewer, demo, facts};
use steadfast_life::story;
use steadfast_store::{Expected, Facts, NewFact, Org, Store, Version};

const MAYA: &str = "maya@example.com";
const BEN: &str = "ben@example.com";

/// Maya's ledger, with a 1:1 with Ben.
async fn mayas(store: &Store, maya: &Viewer) -> Kept {
    let documents = vec![Document {
        label: "maya.ics".to_owned(),
        bytes: story::maya().final_export(MAYA).unwrap(),
    }];
    let offered = Offered {
        documents,
        ..Offered::default()
    };
    let prepared = ledger::prepare(maya, offered).unwrap();
    let now = demo::now();
    ledger::take_in(store, maya, now, prepared).await.unwrap();
    ledger::kept(store, maya, "p", now).await.unwrap()
}

async fn holds(store: &Store, viewer: &Viewer, pair: &str) -> (Level, Whose) {
    let chosen = policies(store, viewer).await.unwrap();
    let (policy, whose) = chosen.of(pair);
    (policy.level, whose)
}

fn admin(org: &Org) -> Administrator {
    Administrator::signed_in(viewer(org, "petra@example.com"))
}

fn refused<T: std::fmt::Debug>(done: Result<T, ServerError>) -> String {
    match done {
        Err(ServerError::Input(what, _)) => what,
        other => panic!("{other:?}"),
    }
}

async fn chosen_level_by_level(store: Store, org: Org) {
    let (maya, ben) = (viewer(&org, MAYA), viewer(&org, BEN));
    let kept = mayas(&store, &maya).await;
    let now = demo::now();
    let (with_ben, with_ana) = (pair_id(MAYA, BEN), pair_id(MAYA, "ana@example.com"));
    assert_eq!(
        holds(&store, &maya, &with_ben).await,
        (Level::Advise, Whose::Organisation)
    );
    let about = About::OneOnOne(&kept, &with_ben);
    let defend = Some(Level::Defend);
    choose_level(&store, &maya, now, about, defend)
        .await
        .unwrap();
    assert_eq!(
        holds(&store, &maya, &with_ben).await,
        (Level::Defend, Whose::OneOnOne)
    );
    assert_eq!(
        holds(&store, &maya, &with_ana).await,
        (Level::Advise, Whose::Organisation)
    );
    assert_eq!(
        holds(&store, &ben, &with_ben).await,
        (Level::Advise, Whose::Organisation)
    );
    choose_level(&store, &maya, now, About::Mine, Some(Level::Watch))
        .await
        .unwrap();
    assert_eq!(
        holds(&store, &maya, &with_ana).await,
        (Level::Watch, Whose::Person)
    );
    assert_eq!(holds(&store, &maya, &with_ben).await.0, Level::Defend);
    set_level(&store, &admin(&org), now, Level::Defend)
        .await
        .unwrap();
    assert_eq!(holds(&store, &maya, &with_ana).await.0, Level::Watch);
    assert_eq!(holds(&store, &ben, &with_ben).await.0, Level::Defend);
    for about in [About::Mine, about] {
        choose_level(&store, &maya, now, about, None).await.unwrap();
    }
    assert_eq!(
        holds(&store, &maya, &with_ben).await,
        (Level::Defend, Whose::Organisation)
    );
    // Not hers, not there.
    for (viewer, pair) in [
        (&maya, "0123456789abcdef"),
        (&viewer(&org, "goran@example.com"), with_ben.as_str()),
    ] {
        let about = About::OneOnOne(&kept, pair);
        let done = choose_level(&store, viewer, now, about, defend).await;
        assert!(matches!(done, Err(ServerError::NotFound)), "{done:?}");
    }
}

#[test]
fn a_choice_for_one_goes_before_ones_own_and_that_before_the_organisations() {
    with_store(chosen_level_by_level);
}

#[test]
fn the_same_holds_on_postgresql() {
    on_postgres(chosen_level_by_level);
}

#[test]
fn bounds_follow_ones_own_where_one_was_given_only_a_level() {
    with_store(|store, org| async move {
        let maya = viewer(&org, MAYA);
        let kept = mayas(&store, &maya).await;
        let (now, pair) = (demo::now(), pair_id(MAYA, BEN));
        let about = About::OneOnOne(&kept, &pair);
        choose_level(&store, &maya, now, about, Some(Level::Defend))
            .await
            .unwrap();
        let bounds = Bounds {
            may_win: vec![Winner::Incident],
            actions_a_day: 30,
            freeze_minutes: 0,
            up_the_line: true,
            ..Bounds::default()
        };
        choose_bounds(&store, &maya, now, About::Mine, Some(&bounds))
            .await
            .unwrap();
        let chosen = policies(&store, &maya).await.unwrap();
        let (policy, _) = chosen.of(&pair);
        assert_eq!(policy.level, Level::Defend);
        assert_eq!(policy.bounds.may_win, [Winner::Incident]);
        // As it was chosen, and as it holds.
        assert_eq!(chosen.mine.bounds.as_ref(), Some(&bounds));
        assert_eq!(policy.bounds.actions_a_day, 20);
        let own = Bounds {
            actions_a_day: 1,
            ..Bounds::default()
        };
        choose_bounds(&store, &maya, now, about, Some(&own))
            .await
            .unwrap();
        let chosen = policies(&store, &maya).await.unwrap();
        assert_eq!(chosen.of(&pair).0.bounds.actions_a_day, 1);
        assert_eq!(chosen.elsewhere().0.bounds.actions_a_day, 20);
    });
}

#[test]
fn nobody_goes_beyond_the_organisations_limits() {
    with_store(|store, org| async move {
        let (maya, keeper) = (viewer(&org, MAYA), admin(&org));
        let now = demo::now();
        let bounds = Bounds {
            up_the_line: true,
            freeze_minutes: 0,
            ..Bounds::default()
        };
        choose_level(&store, &maya, now, About::Mine, Some(Level::Defend))
            .await
            .unwrap();
        choose_bounds(&store, &maya, now, About::Mine, Some(&bounds))
            .await
            .unwrap();
        let limits = Limits {
            level: Level::Advise,
            freeze_minutes: 240,
            actions_a_day: 2,
            up_the_line: false,
            ..Limits::default()
        };
        set_limits(&store, &keeper, now, &limits).await.unwrap();
        let chosen = policies(&store, &maya).await.unwrap();
        let (policy, whose) = chosen.elsewhere();
        assert_eq!((policy.level, whose), (Level::Advise, Whose::Person));
        let holds = &policy.bounds;
        assert_eq!((holds.freeze_minutes, holds.actions_a_day), (240, 2));
        assert!(!holds.up_the_line);
        assert_eq!(chosen.mine.level, Some(Level::Defend), "as it was chosen");
        let kept = mayas(&store, &maya).await;
        let pair = pair_id(MAYA, BEN);
        let about = About::OneOnOne(&kept, &pair);
        let more = choose_level(&store, &maya, now, about, Some(Level::Defend)).await;
        assert!(refused(more).contains("“advise” at most"));
        let more = set_level(&store, &keeper, now, Level::Defend).await;
        assert!(refused(more).contains("“advise” at most"));
    });
}

#[test]
fn what_cannot_be_chosen_is_refused_and_what_stands_already_is_not_kept_twice() {
    with_store(|store, org| async move {
        let maya = viewer(&org, MAYA);
        let now = demo::now();
        let usual = Bounds::default;
        for bounds in [
            Bounds {
                freeze_minutes: -1,
                ..usual()
            },
            Bounds {
                actions_a_day: 51,
                ..usual()
            },
            Bounds {
                least_confidence: 0.2,
                ..usual()
            },
            Bounds {
                least_confidence: f64::NAN,
                ..usual()
            },
            Bounds {
                book_unanswered_after: Some(0),
                ..usual()
            },
        ] {
            let done = choose_bounds(&store, &maya, now, About::Mine, Some(&bounds)).await;
            assert!(!refused(done).is_empty());
        }
        for _ in 0..2 {
            choose_level(&store, &maya, now, About::Mine, Some(Level::Watch))
                .await
                .unwrap();
            choose_bounds(&store, &maya, now, About::Mine, Some(&usual()))
                .await
                .unwrap();
            set_level(&store, &admin(&org), now, Level::Advise)
                .await
                .unwrap();
            set_limits(&store, &admin(&org), now, &Limits::default())
                .await
                .unwrap();
        }
        let streams = streams(MAYA);
        let names: Vec<&str> = streams.iter().map(String::as_str).collect();
        let versions = store.versions(&org, &names).await.unwrap();
        assert_eq!(versions, [Version(0), Version(2)]);
        let chosen = policies(&store, &maya).await.unwrap();
        let made_from: Vec<Version> = chosen.made_from.iter().map(|(_, at)| *at).collect();
        assert_eq!(made_from, versions);
    });
}

fn fact(kind: &str, payload: &str) -> NewFact {
    let now = demo::now();
    facts::fact(kind, MAYA, now, payload.as_bytes().to_vec())
}

#[test]
fn what_another_program_kept_makes_it_careful_and_fails_nothing() {
    // Kind, what was kept, whether it is careful then.
    for (kind, payload, is_careful) in [
        (
            "guard.level.v1",
            r#"{"pair":null,"level":"defend","since":7}"#,
            false,
        ),
        ("guard.level.v1", r#"{"pair":null,"level":"more"}"#, true),
        ("guard.level.v2", r#"{"level":"defend"}"#, true),
        (
            "guard.bounds.v1",
            r#"{"pair":null,"bounds":{"actions_a_day":3}}"#,
            false,
        ),
        (
            "guard.bounds.v1",
            r#"{"pair":null,"bounds":{"may_win":["incident","the moon"]}}"#,
            true,
        ),
        (
            "guard.bounds.v1",
            r#"{"pair":null,"bounds":{"actions_a_day":"few"}}"#,
            true,
        ),
        ("guard.bounds.v1", "nothing of the kind", true),
        ("guard.switch.v1", r#"{"stopped":true}"#, false),
    ] {
        with_store(|store, org| async move {
            let maya = viewer(&org, MAYA);
            let me = chosen_by(MAYA);
            let known = [
                forms::level(None, Some(Level::Defend), MAYA, demo::now()),
                fact(kind, payload),
            ];
            store
                .append(&org, &me, Expected::Any, &known, &[])
                .await
                .unwrap();
            let chosen = policies(&store, &maya).await.unwrap();
            assert_eq!(chosen.is_careful, is_careful, "{kind} {payload}");
            let most = if is_careful {
                Level::Advise
            } else {
                Level::Defend
            };
            assert_eq!(chosen.elsewhere().0.level, most, "{kind} {payload}");
            if payload.contains("incident") {
                assert_eq!(chosen.elsewhere().0.bounds.may_win, [Winner::Incident]);
            }
            let told = log(&store, &maya).await;
            assert_eq!(told.len(), 2, "{told:?}");
        });
    }
}

async fn log(store: &Store, viewer: &Viewer) -> Vec<(bool, bool, bool, Guarded)> {
    let now = demo::now();
    let kept = ledger::kept(store, viewer, "p", now).await.unwrap();
    let noted = Noted::default();
    let log = log::log(store, &noted, viewer, now, &kept).await.unwrap();
    let told = log
        .entries
        .into_iter()
        .filter_map(|entry| match entry.what {
            What::Guard {
                for_all,
                by_me,
                of_one,
                said,
                ..
            } => Some((for_all, by_me, of_one, said)),
            _ => None,
        });
    told.collect()
}

#[test]
fn every_change_is_told_to_its_owner_and_what_holds_for_all_to_all() {
    with_store(|store, org| async move {
        let (maya, ben) = (viewer(&org, MAYA), viewer(&org, BEN));
        let kept = mayas(&store, &maya).await;
        let (now, pair) = (demo::now(), pair_id(MAYA, BEN));
        let about = About::OneOnOne(&kept, &pair);
        choose_level(&store, &maya, now, about, Some(Level::Defend))
            .await
            .unwrap();
        let bounds = Bounds {
            actions_a_day: 1,
            ..Bounds::default()
        };
        choose_bounds(&store, &maya, now, About::Mine, Some(&bounds))
            .await
            .unwrap();
        stop(&store, &maya, now).await.unwrap();
        stop(&store, &maya, now).await.unwrap();
        go_on(&store, &maya, now).await.unwrap();
        go_on(&store, &maya, now).await.unwrap();
        let one = "at most one action a day by itself".to_owned();
        let mut mine = log(&store, &maya).await;
        mine.reverse();
        assert_eq!(
            mine,
            [
                (false, true, true, Guarded::Level(Some(Level::Defend))),
                (false, true, false, Guarded::Bounds(Some(vec![one]))),
                (false, true, false, Guarded::Switched { stopped: true }),
                (false, true, false, Guarded::Switched { stopped: false }),
            ]
        );
        assert_eq!(log(&store, &ben).await, []);
        set_level(&store, &admin(&org), now, Level::Watch)
            .await
            .unwrap();
        let all = (true, false, false, Guarded::Level(Some(Level::Watch)));
        assert_eq!(log(&store, &ben).await, [all]);
    });
}

#[test]
fn the_switch_says_since_when_and_whose_it_is() {
    with_store(|store, org| async move {
        let (maya, ben, keeper) = (viewer(&org, MAYA), viewer(&org, BEN), admin(&org));
        let now = demo::now();
        let later = now.plus_minutes(5);
        stop(&store, &maya, later).await.unwrap();
        stop_for_all(&store, &keeper, now).await.unwrap();
        let mine = switches(&store, &maya).await.unwrap();
        assert_eq!((mine.mine, mine.all), (Some(later), Some(now)));
        assert_eq!(mine.since(), Some(now));
        let bens = switches(&store, &ben).await.unwrap();
        assert_eq!((bens.mine, bens.all), (None, Some(now)));
        go_on_for_all(&store, &keeper, later).await.unwrap();
        assert_eq!(
            switches(&store, &maya).await.unwrap().since(),
            Some(later),
            "whoever stopped it for themselves stays stopped"
        );
        assert_eq!(switches(&store, &ben).await.unwrap().since(), None);
    });
}
