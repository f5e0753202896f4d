//! What becomes of an intent when nothing fails but what may.

use super::*;
use crate::server::people::Administrator;
use steadfast_store::{AccountChange, Accounts, NewAccount};

const PLACE: &str = "/weekly.ics";

#[test]
fn an_intent_is_carried_out_once_told_once_and_taken_back_once() {
    with_bench(|bench| async move {
        bench.world.put(PLACE, WEEKLY);
        bench.intend("i", PLACE, moved()).await;
        bench.intend("i", PLACE, booked("other")).await;
        assert_eq!(bench.step().await, Step::Ended(IntentState::Done));
        assert_eq!(bench.step().await, Step::Idle);
        assert!(stands(bench.world.text(PLACE).as_deref(), &moved()));
        let known = bench.known("i").await;
        let came = came_of(&known).unwrap();
        assert_eq!(came.told, ["ben@example.org"]);
        assert_eq!(came.version.as_deref(), Some("2"));
        let maya = bench.maya();
        let ben = viewer(&bench.org, "ben@example.org");
        let now = bench.instant();
        assert!(take_back(&bench.store, &ben, "i", now).await.is_err());
        let back = take_back(&bench.store, &maya, "i", now).await.unwrap();
        assert_eq!(bench.step().await, Step::Ended(IntentState::Done));
        assert!(!stands(bench.world.text(PLACE).as_deref(), &moved()));
        assert_eq!(bench.known("i").await.state, IntentState::Undone);
        assert!(take_back(&bench.store, &maya, "i", now).await.is_err());
        assert_eq!((bench.told("i").await, bench.told(&back).await), (1, 1));
        assert_eq!(bench.world.taken(PLACE), 2);
    });
}

#[test]
fn what_was_done_can_be_taken_back_once_and_before_its_time_has_come() {
    with_bench(|bench| async move {
        let (maya, ben) = (bench.maya(), viewer(&bench.org, "ben@example.org"));
        let state = async |viewer: &Viewer, days: i64| {
            let now = bench.instant().plus_days(days);
            let backs = backs(&bench.store, viewer, now).await.unwrap();
            backs.get("i").copied()
        };
        bench.world.put(PLACE, WEEKLY);
        bench.intend("i", PLACE, moved()).await;
        assert_eq!(state(&maya, 0).await, None, "nothing was done yet");
        assert_eq!(bench.step().await, Step::Ended(IntentState::Done));
        assert_eq!(state(&maya, 0).await, Some(Back::Offered));
        assert_eq!(state(&ben, 0).await, None);
        // It was on the 9th, and is on the 10th.
        let is_past = Some(Back::No("its time has come already"));
        assert_eq!(state(&maya, 7).await, Some(Back::Offered));
        assert_eq!(state(&maya, 8).await, is_past);
        let late = bench.instant().plus_days(8);
        let done = take_back(&bench.store, &maya, "i", late).await;
        assert!(matches!(done, Err(crate::server::ServerError::Input(..))));
        let now = bench.instant();
        stop(&bench.store, &maya, now).await.unwrap();
        assert!(take_back(&bench.store, &maya, "i", now).await.is_err());
        go_on(&bench.store, &maya).await.unwrap();
        let back = take_back(&bench.store, &maya, "i", now).await.unwrap();
        assert_eq!(state(&maya, 0).await, Some(Back::Underway));
        assert_eq!(bench.step().await, Step::Ended(IntentState::Done));
        let was = Some(Back::No("this was taken back already"));
        assert_eq!(state(&maya, 0).await, was);
        let all = backs(&bench.store, &maya, now).await.unwrap();
        assert!(!all.contains_key(&back), "what took it back is not offered");
    });
}

#[test]
fn what_a_server_told_nobody_of_is_kept_for_those_who_have_to_hear_of_it() {
    with_bench(|bench| async move {
        bench.world.is_silent.store(true, Ordering::SeqCst);
        bench.world.put(PLACE, WEEKLY);
        bench.intend("i", PLACE, moved()).await;
        assert_eq!(bench.step().await, Step::Ended(IntentState::Done));
        let known = bench.known("i").await;
        let came = came_of(&known).unwrap();
        assert_eq!(
            (came.told.len(), came.untold.as_slice()),
            (0, &["ben@example.org".to_owned()][..])
        );
        let unsaid = came.unsaid.unwrap();
        assert_eq!(
            (unsaid.method.as_str(), unsaid.from.as_str()),
            ("REQUEST", MAYA)
        );
        for line in [
            "METHOD:REQUEST",
            "RECURRENCE-ID:20260309T090000Z",
            "SEQUENCE:2",
        ] {
            assert!(unsaid.text.contains(line), "{line} in {}", unsaid.text);
        }
        let done = action_of(&known).unwrap();
        let now = bench.world.text(PLACE).unwrap();
        let stands = |text: &str| unsaid.stands(Some(text.as_bytes()), &done);
        assert_eq!(stands(&now), Stands::AsItWas(Vec::new()));
        let told = now.replace("ATTENDEE;", "ATTENDEE;SCHEDULE-STATUS=\"1.2\";");
        assert_eq!(stands(&told), Stands::AsItWas(came.untold.clone()));
        assert_eq!(
            stands(&now.replace("T130000Z", "T140000Z")),
            Stands::Changed
        );
        assert_eq!(unsaid.stands(None, &done), Stands::Changed);

        bench.intend("j", "/j", booked("j")).await;
        assert_eq!(bench.step().await, Step::Ended(IntentState::Done));
        let now = bench.instant();
        let back = take_back(&bench.store, &bench.maya(), "j", now)
            .await
            .unwrap();
        assert_eq!(bench.step().await, Step::Ended(IntentState::Done));
        let known = bench.known(&back).await;
        let unsaid = came_of(&known).unwrap().unsaid.unwrap();
        assert_eq!(
            (unsaid.method.as_str(), bench.world.text("/j")),
            ("CANCEL", None)
        );
        let gone = action_of(&known).unwrap();
        assert_eq!(unsaid.stands(None, &gone), Stands::AsItWas(Vec::new()));
        assert_eq!(
            unsaid.stands(Some(WEEKLY.as_bytes()), &gone),
            Stands::Changed
        );
    });
}

#[test]
fn who_was_told_is_kept_where_others_were_not() {
    with_bench(|bench| async move {
        bench.world.fail(&[Fault::HalfTold]);
        bench.intend("i", "/i", booked("i")).await;
        assert_eq!(bench.step().await, Step::Ended(IntentState::NotDelivered));
        let came = came_of(&bench.known("i").await).unwrap();
        assert_eq!(came.told, ["ben@example.org"]);
        assert_eq!(came.untold, ["ana@example.org", "petra@example.org"]);
        assert_eq!(came.perhaps, ["petra@example.org"]);
    });
}

#[test]
fn what_was_decided_on_a_calendar_that_changed_is_not_done() {
    with_bench(|bench| async move {
        bench.world.put(PLACE, WEEKLY);
        bench.intend("i", PLACE, moved()).await;
        let other = WEEKLY.replace("T093000Z", "T094500Z");
        bench.world.put(PLACE, &other);
        assert_eq!(bench.step().await, Step::Ended(IntentState::Changed));
        assert_eq!(bench.world.text(PLACE), Some(other));
        assert_eq!(bench.known("i").await.sent, None);
        assert_eq!(bench.told("i").await, 1);
    });
}

#[test]
fn a_switch_and_the_cap_of_a_day_stand_before_every_write() {
    with_bench(|bench| async move {
        let maya = bench.maya();
        let now = bench.instant();
        stop(&bench.store, &maya, now).await.unwrap();
        assert_eq!(stopped(&bench.store, &maya).await.unwrap(), Some(now));
        bench.world.put(PLACE, WEEKLY);
        bench.intend("i", PLACE, moved()).await;
        assert_eq!(bench.step().await, Step::Ended(IntentState::Stopped));
        assert!(go_on(&bench.store, &maya).await.unwrap());
        let all = Administrator::signed_in(viewer(&bench.org, "admin@example.org"));
        stop_for_all(&bench.store, &all, now).await.unwrap();
        bench.intend("j", PLACE, moved()).await;
        assert_eq!(bench.step().await, Step::Ended(IntentState::Stopped));
        assert!(go_on_for_all(&bench.store, &all).await.unwrap());
        // What was stopped stays undone.
        assert_eq!(bench.step().await, Step::Idle);
        assert_eq!(bench.world.taken(PLACE), 0);
        for name in ["a", "b", "c"] {
            bench.intend(name, &format!("/{name}"), booked(name)).await;
        }
        let clock = || Micros(START);
        let machine = Machine {
            now: &clock,
            chance: &|| 0,
            node: "n",
            every: 1,
        };
        let two = Bounds { a_day: 2 };
        let mut ends = Vec::new();
        for _ in 0..3 {
            let step = step(&bench.store, &bench.keyring, &bench.world, machine, two);
            ends.push(step.await.unwrap());
        }
        let done = Step::Ended(IntentState::Done);
        assert_eq!(ends, [done, done, Step::Ended(IntentState::Stopped)]);
    });
}

#[test]
fn nothing_is_done_through_a_source_that_is_not_the_persons() {
    with_bench(|bench| async move {
        let action = action("/a", Basis::Nothing, booked("a"));
        let ben = intent("i", "ben@example.org", &action, true, bench.instant());
        bench.write(&[ben]).await;
        assert_eq!(bench.step().await, Step::Ended(IntentState::Failed));
        assert_eq!(bench.world.taken("/a"), 0);
    });
}

#[test]
fn what_is_never_answered_ends_after_hours_and_claims_nothing() {
    with_bench(|bench| async move {
        bench.world.put(PLACE, WEEKLY);
        bench.world.fail(&[Fault::Unseen; 60]);
        bench.intend("i", PLACE, moved()).await;
        bench.until_idle().await;
        assert_eq!(bench.known("i").await.state, IntentState::Unsure);
        assert!(bench.now.load(Ordering::SeqCst) - START < 7 * 60 * MINUTE);
        assert_eq!(bench.told("i").await, 1);
    });
}

#[test]
fn of_what_went_out_and_cannot_be_looked_at_any_more_nothing_is_claimed() {
    with_bench(|bench| async move {
        for (name, fault) in [("i", Fault::TakenUnseen), ("j", Fault::Busy)] {
            bench.world.fail(&[fault]);
            bench.intend(name, &format!("/{name}"), booked(name)).await;
            assert_eq!(bench.step().await, Step::Again);
            bench.store.disconnect(&bench.org, "s").await.unwrap();
            bench.wait(20 * MINUTE);
            assert_eq!(bench.step().await, Step::Ended(IntentState::Unsure));
            let source = NewSource {
                source: "s".to_owned(),
                person: MAYA.to_owned(),
                about: Vec::new(),
                created: Micros(0),
            };
            bench.store.connect(&bench.org, &source).await.unwrap();
        }
        bench.store.disconnect(&bench.org, "s").await.unwrap();
        bench.intend("k", "/k", booked("k")).await;
        assert_eq!(bench.step().await, Step::Ended(IntentState::Failed));
    });
}

#[test]
fn the_form_of_an_action_is_this_text_for_ever() {
    let cancel = Edit::Cancel {
        occurrence: Instant::from_seconds(7),
    };
    let text = r#"{"source":"s","place":"/p","basis":{"says":"x"},"edit":{"edit":"cancel","occurrence":7},"addresses":["maya@example.org"],"zone":"Europe/Berlin","policy":"defend","because":"something else wants this time"}"#;
    let action = action("/p", Basis::Says("x".to_owned()), cancel);
    assert_eq!(serde_json::to_string(&action).unwrap(), text);
    assert_eq!(serde_json::from_str::<Action>(text).unwrap(), action);
}

#[test]
fn what_waits_is_not_begun_for_somebody_who_has_left_and_what_was_begun_comes_to_its_end() {
    with_bench(|bench| async move {
        let account = NewAccount {
            account: "maya".to_owned(),
            person: MAYA.to_owned(),
            email: MAYA.to_owned(),
            password: None,
            role: "member".to_owned(),
            created: Micros(0),
        };
        let (store, org) = (&bench.store, &bench.org);
        store.create_account(org, &account).await.unwrap();
        bench.world.put(PLACE, WEEKLY);
        // It was sent, and nobody saw what came of it.
        bench.intend("begun", PLACE, moved()).await;
        bench.world.fail(&[Fault::TakenUnseen]);
        assert_eq!(bench.step().await, Step::Again);
        bench.intend("waits", "/new.ics", booked("new")).await;
        let leaves = AccountChange::Disabled(Some(Micros(START + MINUTE)));
        store.change_account(org, "maya", &leaves).await.unwrap();
        bench.wait(MINUTE);
        bench.until_idle().await;
        assert_eq!(bench.known("begun").await.state, IntentState::Done);
        assert_eq!(bench.known("waits").await.state, IntentState::Stopped);
        assert_eq!(bench.world.text("/new.ics"), None);
        assert_eq!(bench.told("waits").await, 1);
    });
}

#[test]
fn what_it_is_made_like_is_read_when_it_is_written_and_kept_nowhere() {
    with_bench(|bench| async move {
        let place = "LOCATION:The bench\r\nORGANIZER";
        bench.world.put(PLACE, &WEEKLY.replace("ORGANIZER", place));
        let Edit::Book(mut meeting) = booked("good") else {
            panic!("a booking");
        };
        meeting.like = Some(Box::new(steadfast_calendar::edit::Like {
            place: PLACE.to_owned(),
            uid: "weekly".to_owned(),
            occurrence: None,
            text: None,
        }));
        bench.intend("i", "/good.ics", Edit::Book(meeting)).await;
        assert_eq!(bench.step().await, Step::Ended(IntentState::Done));
        let text = bench.world.text("/good.ics").unwrap();
        assert!(text.contains("LOCATION:The bench\r\n"), "{text}");
        let known = bench.known("i").await;
        let result = known.result.unwrap_or_default();
        for kept in [&known.about, &result, &known.undo.unwrap()] {
            let kept = String::from_utf8_lossy(kept);
            assert!(!kept.contains("bench"), "{kept}");
        }
    });
}
