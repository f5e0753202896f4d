//! Answers on a real store, and held against a calendar whose story is known.

use super::{answer, answers, erase};
use crate::proof::{Against, Question, held};
use crate::report::Report;
use crate::server::ledger::{self, Document, Offered};
use crate::server::testing::{viewer, with_store};
use crate::server::{ServerError, Viewer, demo, facts};
use steadfast_life::story;
use steadfast_store::{Facts, Org, Store, Version};

const MAYA: &str = "maya@example.com";
const BEN: &str = "ben@example.com";

async fn say(store: &Store, viewer: &Viewer, question: Question, choice: &str, words: &str) {
    let said = Some((choice, words));
    answer(store, viewer, demo::now(), question, said)
        .await
        .unwrap();
}

/// What is kept of everybody's answers, as bytes.
async fn kept(store: &Store, org: &Org) -> String {
    let mut all = String::new();
    for person in [MAYA, BEN] {
        let stream = facts::proof_of(person);
        for fact in store.read(org, &stream, Version(0), 100).await.unwrap() {
            all.push_str(&String::from_utf8_lossy(&fact.payload));
        }
    }
    all
}

#[test]
fn an_answer_takes_the_place_of_the_last_one_which_is_deleted() {
    with_store(|store, org| async move {
        let maya = viewer(&org, MAYA);
        say(&store, &maya, Question::Work, "self", "first words").await;
        say(&store, &maya, Question::Boss, "very", "").await;
        say(&store, &maya, Question::Work, "people", "other words").await;
        let given = answers(&store, &maya).await.unwrap();
        let work = given.to(Question::Work).unwrap();
        assert_eq!((work.choice.key, &*work.words), ("people", "other words"));
        assert_eq!(given.count(), 2);
        assert_eq!(given.next_open(None), Some(Question::Measured));
        assert!(!kept(&store, &org).await.contains("first words"));
    });
}

#[test]
fn what_is_taken_back_or_erased_is_gone() {
    with_store(|store, org| async move {
        let maya = viewer(&org, MAYA);
        erase(&store, &maya).await.unwrap();
        say(&store, &maya, Question::Work, "people", "planted").await;
        say(&store, &maya, Question::Goals, "yes", "kept on").await;
        answer(&store, &maya, demo::now(), Question::Work, None)
            .await
            .unwrap();
        let left = kept(&store, &org).await;
        assert!(
            !left.contains("planted") && left.contains("kept on"),
            "{left}"
        );
        erase(&store, &maya).await.unwrap();
        erase(&store, &maya).await.unwrap();
        assert_eq!(kept(&store, &org).await, "");
        assert_eq!(answers(&store, &maya).await.unwrap().count(), 0);
        say(&store, &maya, Question::Work, "both", "anew").await;
        assert_eq!(answers(&store, &maya).await.unwrap().count(), 1);
    });
}

#[test]
fn nobody_reads_what_somebody_else_answered() {
    with_store(|store, org| async move {
        say(
            &store,
            &viewer(&org, MAYA),
            Question::Work,
            "people",
            "planted",
        )
        .await;
        let bens = answers(&store, &viewer(&org, BEN)).await.unwrap();
        assert_eq!(bens.count(), 0);
    });
}

#[test]
fn what_is_no_answer_is_refused() {
    with_store(|store, org| async move {
        let maya = viewer(&org, MAYA);
        let long = "x".repeat(1_001);
        for said in [("", ""), ("perhaps", ""), ("people", long.as_str())] {
            let done = answer(&store, &maya, demo::now(), Question::Work, Some(said)).await;
            assert!(matches!(done, Err(ServerError::Input(..))), "{said:?}");
        }
    });
}

/// Maya's ledger, as the story tells it.
async fn mayas(store: &Store, maya: &Viewer) -> Report {
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
    let reports = ["ben", "ana", "chidi", "dana", "noor"].map(|name| format!("{name}@example.com"));
    ledger::declare(store, maya, now, &reports, Some("petra@example.com"))
        .await
        .unwrap();
    ledger::report(store, maya, now).await.unwrap().unwrap()
}

#[test]
fn answers_are_held_against_the_calendar_of_whoever_gave_them() {
    with_store(|store, org| async move {
        let maya = viewer(&org, MAYA);
        let report = mayas(&store, &maya).await;
        assert!(matches!(Against::of(Some(&report)), Against::Calendar(_)));
        assert!(matches!(Against::of(None), Against::Nothing));
        // Question, answer, whether the calendar differs, and a part of what it says.
        for (question, choice, differs, part) in [
            (
                Question::Work,
                "people",
                false,
                "the 1:1 gave way 7 of 9 times",
            ),
            (
                Question::Measured,
                "people",
                false,
                "54 of 71 stood as promised",
            ),
            (Question::Alone, "no", false, "1 of 11 times"),
            (Question::Team, "each", true, "Noor has no 1:1 with you"),
            (Question::Team, "group", false, "4 of 5"),
            (
                Question::Whole,
                "each",
                true,
                "Reads as a habit, not an exception: Ben",
            ),
            (Question::Whole, "no", false, "Reads as reliably kept: Ana"),
            (Question::Leaving, "months", false, "no calendar says"),
            (Question::Boss, "very", false, "25 of 26"),
        ] {
            say(&store, &maya, question, choice, "").await;
            let given = answers(&store, &maya).await.unwrap();
            let found = held(given.to(question).unwrap(), &report);
            let says = found.says.join(" ");
            assert!(says.contains(part), "{question:?}: {says}");
            assert_eq!(found.differs, differs, "{question:?} {choice}: {says}");
        }
    });
}
