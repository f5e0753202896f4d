//! A calendar under another address: offered where it is safe, and never somebody else's.

use super::*;
use crate::server::accounts::call_them;
use crate::server::people::{Administrator, Change, change};
use steadfast_store::{Accounts, NewAccount};

const OLD: &str = "maya@old.example.com";

/// Meetings of `address`, who is called `name`, with others.
fn meetings(address: &str, name: &str) -> String {
    let one = |number: usize| {
        format!(
            "BEGIN:VEVENT\r\nUID:m{number}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:202601{:02}T100000Z\r\nDURATION:PT30M\r\n\
             SUMMARY:Plans\r\nORGANIZER;CN={name}:mailto:{address}\r\nATTENDEE;CN={name}:mailto:{address}\r\n\
             ATTENDEE;CN=Guest {number}:mailto:guest-{number}@example.com\r\nEND:VEVENT\r\n",
            number + 5
        )
    };
    text(&(0..8).map(one).collect::<Vec<_>>())
}

async fn join(bench: &Bench, person: &str, name: &str) {
    let account = NewAccount {
        account: person.to_owned(),
        person: person.to_owned(),
        email: person.to_owned(),
        password: None,
        role: "member".to_owned(),
        created: Micros(START),
    };
    bench
        .store
        .create_account(&bench.org, &account)
        .await
        .unwrap();
    call_them(&bench.store, &bench.org, person, name, Micros(START))
        .await
        .unwrap();
}

#[test]
fn a_calendar_under_an_old_address_is_offered_and_connected_once_its_owner_says_so() {
    with_bench(|bench| async move {
        join(&bench, MAYA, "Maya Olsson").await;
        let stands = |owner: Option<&str>| {
            let mut one = calendar("", whole(&meetings(OLD, "Maya Lind")));
            one.owner = owner.map(str::to_owned);
            bench.stands("https://a/", vec![one]);
        };
        stands(None);
        let feed = access("https://a/");
        let offered = bench.try_to_connect(MAYA, &feed, None).await.unwrap();
        assert!(
            matches!(&offered, Tried::PerhapsYours { address, .. } if address == OLD),
            "{offered:?}"
        );
        assert_eq!(bench.facts().await, 1, "her name and nothing else");
        // Another address than the one that was offered is none.
        let other = bench
            .try_to_connect(MAYA, &feed, Some("guest-1@example.com"))
            .await;
        assert!(matches!(other, Ok(Tried::PerhapsYours { .. })), "{other:?}");
        let done = bench.try_to_connect(MAYA, &feed, Some(OLD)).await.unwrap();
        assert!(
            matches!(&done, Tried::Connected(one) if one.calendars == 1),
            "{done:?}"
        );
        // It goes on so in later rounds, whoever the source says that it belongs to.
        stands(Some(OLD));
        assert_eq!(bench.after(2 * HOUR).await, [Step::Unchanged]);
    });
}

#[test]
fn what_may_be_somebody_elses_is_not_offered() {
    with_bench(|bench| async move {
        join(&bench, MAYA, "Maya Olsson").await;
        join(&bench, BEN, "Maya Namesake").await;
        let mayas = || calendar("", whole(&meetings(OLD, "Maya Lind")));
        let owned = |by: &str| {
            let mut one = mayas();
            one.owner = Some(by.to_owned());
            vec![one]
        };
        let account = |user: &str| Access {
            user: Some(user.to_owned()),
            ..access("https://a/")
        };
        let feed = access("https://a/");
        for (stands, how, offered) in [
            // Another name altogether.
            (
                vec![calendar("", whole(&meetings(OLD, "Ben Okafor")))],
                &feed,
                false,
            ),
            // Two calendars of different people.
            (
                vec![
                    mayas(),
                    calendar("b", whole(&meetings("m@b.c", "Maya Lind"))),
                ],
                &feed,
                false,
            ),
            // Somebody who signs in here.
            (
                vec![calendar("", whole(&meetings(BEN, "Maya Lind")))],
                &feed,
                false,
            ),
            // Shared with her: she signed in at that server as somebody else than its owner.
            (owned(OLD), &account("olsson"), false),
            (owned(OLD), &account("Maya@old.example.com"), true),
            (owned(OLD), &account("maya"), true),
            (owned("petra@example.com"), &feed, false),
        ] {
            bench.stands("https://a/", stands);
            let tried = bench.try_to_connect(MAYA, how, None).await;
            match tried {
                Ok(Tried::PerhapsYours { .. }) => assert!(offered, "{how:?}"),
                Err(ServerError::Input(..)) => assert!(!offered, "{how:?}"),
                other => panic!("{other:?}"),
            }
        }
        // Somebody of the organisation, with an account or without.
        bench.stands("https://a/", vec![mayas()]);
        let keeper = Administrator::signed_in(bench.viewer(BEN));
        let add = Change::Add {
            address: OLD.to_owned(),
            name: String::new(),
            manager: String::new(),
            from: None,
            again: None,
        };
        change(&bench.store, &keeper, bench.instant(), &add)
            .await
            .unwrap();
        let tried = bench
            .try_to_connect(MAYA, &access("https://a/"), Some(OLD))
            .await;
        assert!(matches!(tried, Err(ServerError::Input(..))), "{tried:?}");
    });
}
