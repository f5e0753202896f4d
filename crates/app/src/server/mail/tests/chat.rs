//! Whoever wants it in a chat is told there, once, and not by mail; and a chat is told less.

use super::*;
use crate::server::ServerError;
use crate::server::chat::{Hook, Sort, connect, disconnect, has_hook};

const ADDRESS: &str = "https://hooks.example.org/services/hook-secret";

fn hook() -> Hook {
    Hook {
        sort: Sort::Slack,
        address: ADDRESS.to_owned(),
    }
}

fn by_chat() -> Wish {
    Wish {
        by: Channel::Chat,
        ..Wish::default()
    }
}

/// Maya, whose 1:1 is threatened, with a webhook that took the trial message.
pub(super) async fn chats(bench: &Bench, desk: &Desk, post: &Script) {
    bench.joins(MAYA).await;
    bench.mayas(&one_on_one(""), &[status()]).await;
    let maya = viewer(&bench.org, MAYA);
    let there = (post, &desk.office);
    connect(&bench.store, &desk.keyring, &maya, there, &hook())
        .await
        .unwrap();
    choose(&bench.store, &maya, now(), &by_chat())
        .await
        .unwrap();
}

#[test]
fn what_threatens_is_told_in_the_chat_once_without_names_and_not_by_mail() {
    with_bench(|bench| async move {
        let (desk, post) = (Desk::at(now()), Script::default());
        chats(&bench, &desk, &post).await;
        assert!(desk.judged(&bench, MAYA).await);
        desk.settle();
        assert_eq!(desk.step(&bench, &post).await, Step::Sent);
        let chatted = post.chatted.lock().unwrap().clone();
        let [trial, told] = chatted.as_slice() else {
            panic!("{chatted:?}");
        };
        assert!(trial.json.contains("can write here now"), "{trial:?}");
        assert_eq!(told.address, ADDRESS);
        for said in [
            "Your 1:1 of Tue 31 March, 14:00: something lies over it.",
            "<https://steadfast.example.org/one-on-ones|See the ways out>",
        ] {
            assert!(told.json.contains(said), "{said} in {told:?}");
        }
        for kept in ["marker", "Status", "Petra", "Ben", "So far"] {
            assert!(!told.json.contains(kept), "{kept} in {told:?}");
        }
        assert!(post.given().is_empty());
        // It is told, whichever way is chosen next.
        let maya = viewer(&bench.org, MAYA);
        choose(&bench.store, &maya, now(), &Wish::default())
            .await
            .unwrap();
        assert!(!desk.judged(&bench, MAYA).await);
    });
}

#[test]
fn what_the_chat_could_not_take_goes_there_again_though_mail_was_chosen_meanwhile() {
    with_bench(|bench| async move {
        let (desk, post) = (Desk::at(now()), Script::default());
        chats(&bench, &desk, &post).await;
        assert!(desk.judged(&bench, MAYA).await);
        desk.settle();
        post.said.lock().unwrap().push_back(later());
        assert_eq!(desk.step(&bench, &post).await, Step::Again);
        let maya = viewer(&bench.org, MAYA);
        choose(&bench.store, &maya, now(), &Wish::default())
            .await
            .unwrap();
        desk.is(now().plus_minutes(30));
        assert_eq!(desk.step(&bench, &post).await, Step::Sent);
        assert!(post.given().is_empty());
        assert_eq!(post.chatted.lock().unwrap().len(), 3);
    });
}

#[test]
fn a_webhook_is_kept_only_if_it_takes_the_trial_and_is_sealed() {
    with_bench(|bench| async move {
        let desk = Desk::at(now());
        bench.joins(MAYA).await;
        let maya = viewer(&bench.org, MAYA);
        for answer in [later(), Posted::Refused { code: Some(404) }] {
            let post = Script::saying(&[answer]);
            let there = (&post, &desk.office);
            let refused = connect(&bench.store, &desk.keyring, &maya, there, &hook()).await;
            assert!(
                matches!(refused, Err(ServerError::Input(..))),
                "{refused:?}"
            );
        }
        let sort = has_hook(&bench.store, &desk.keyring, &maya).await.unwrap();
        assert_eq!(sort, None);
        let post = Script::default();
        let there = (&post, &desk.office);
        connect(&bench.store, &desk.keyring, &maya, there, &hook())
            .await
            .unwrap();
        let sort = has_hook(&bench.store, &desk.keyring, &maya).await.unwrap();
        assert_eq!(sort, Some(Sort::Slack));
        let ben = viewer(&bench.org, BEN);
        let sort = has_hook(&bench.store, &desk.keyring, &ben).await.unwrap();
        assert_eq!(sort, None);
        disconnect(&bench.store, &maya).await.unwrap();
        let sort = has_hook(&bench.store, &desk.keyring, &maya).await.unwrap();
        assert_eq!(sort, None);
    });
}

#[test]
fn without_a_way_nothing_is_told_and_what_was_to_be_told_is_told_when_there_is_one() {
    with_bench(|bench| async move {
        let desk = Desk::at(now());
        let without_mail = Script {
            without_mail: true,
            ..Script::default()
        };
        bench.joins(MAYA).await;
        bench.mayas(&one_on_one(""), &[status()]).await;
        assert!(desk.judged(&bench, MAYA).await);
        desk.settle();
        assert_eq!(desk.step(&bench, &without_mail).await, Step::Nothing);
        let maya = viewer(&bench.org, MAYA);
        // Chosen, and no webhook there.
        choose(&bench.store, &maya, now(), &by_chat())
            .await
            .unwrap();
        assert!(desk.judged(&bench, MAYA).await);
        desk.settle();
        assert_eq!(desk.step(&bench, &without_mail).await, Step::Nothing);
        let there = (&without_mail, &desk.office);
        connect(&bench.store, &desk.keyring, &maya, there, &hook())
            .await
            .unwrap();
        assert!(desk.judged(&bench, MAYA).await);
        desk.settle();
        assert_eq!(desk.step(&bench, &without_mail).await, Step::Sent);
    });
}
