//! Whoever leaves leaves nothing of theirs, and the others' ledgers say what they said.

use super::*;
use crate::audit::pair_id;
use crate::server::facts::{self, ProofAnswer, ProofAnswered, WordGiven};
use crate::server::ledger::{declare, has_shown_a_calendar};
use crate::server::retention::tests::{BEN, MAYA, Told, a_past, everything, play, told};
use crate::server::sync::Machine;
use crate::server::testing::{NoCalendars, joins, on_postgres, viewer, with_store};
use crate::server::{Viewer, held};
use jiff::civil::date;
use steadfast_calendar::Instant;
use steadfast_life::{Config, Dialect, World};
use steadfast_store::seal::{Keyring, Vault};
use steadfast_store::{
    Accounts, ApiToken, ApiTokens, Expected, Facts, Micros, NewSource, Org, Passkey, Passkeys,
    Secrets, Sources, Store, TokenHash,
};

mod let_go;
mod under_way;

async fn signs_in(store: &Store, org: &Org, person: &str) -> SignedIn {
    let account = format!("account-of-{person}");
    signed_in(store, org, &account).await.unwrap().unwrap()
}

fn micros(now: Instant) -> Micros {
    Micros(now.seconds() * 1_000_000)
}

/// Does what is due.
async fn work(store: &Store, now: Instant) -> Result<bool, ServerError> {
    let clock = move || micros(now);
    let machine = Machine {
        now: &clock,
        chance: &|| 0,
        node: "node",
        every: 1,
    };
    let keys = Keyring::new("k", [7; 32]).unwrap();
    leave_next(store, &keys, &NoCalendars, machine).await
}

/// Of what is past: what is still to come on another day is nobody's verdict yet.
async fn past(store: &Store, viewer: &Viewer, now: Instant) -> Told {
    let mut told = told(store, viewer, now).await;
    told.retain(|_, tells| !tells.contains("outcome: Open"));
    told
}

/// Everything that Maya may have, with a mark in all that is hers alone.
async fn marked(store: &Store, org: &Org) -> Instant {
    let now = a_past(store, org).await;
    let maya = viewer(org, MAYA);
    let keys = Keyring::new("k", [7; 32]).unwrap();
    joins(store, org, MAYA, role::MEMBER).await;
    joins(store, org, BEN, role::MEMBER).await;
    names::call(
        store,
        org,
        &format!("account-of-{MAYA}"),
        "old-mark",
        Micros(2),
    )
    .await
    .unwrap();
    let say = async |stream: String, fact| {
        let all = [fact];
        store
            .append(org, &stream, Expected::Any, &all, &[])
            .await
            .unwrap();
    };
    let answered = ProofAnswered {
        answers: vec![ProofAnswer {
            question: "work".to_owned(),
            choice: "people".to_owned(),
            words: "old-mark".to_owned(),
        }],
    };
    let proof = facts::said(facts::PROOF, &answered, MAYA, now);
    say(facts::proof_of(MAYA), proof).await;
    held::open(store, &maya, now).await.unwrap();
    let words = facts::words_on(&pair_id(MAYA, BEN));
    for (day, word, shared) in [
        (date(2026, 5, 4), "held", true),
        (date(2026, 5, 4), "agreed", false),
        (date(2026, 5, 11), "agreed", true),
        (date(2026, 5, 18), "held", false),
    ] {
        let given = WordGiven {
            by: MAYA.to_owned(),
            as_manager: true,
            date: day,
            word: Some(word.to_owned()),
            shared,
        };
        say(words.clone(), facts::said(facts::WORD, &given, MAYA, now)).await;
    }
    let source = NewSource {
        source: "s".to_owned(),
        person: MAYA.to_owned(),
        about: b"{}".to_vec(),
        created: Micros(1),
    };
    store.connect(org, &source).await.unwrap();
    for owner in ["source/s".to_owned(), crate::server::chat::owner(MAYA)] {
        let vault = Vault::new(store, &keys);
        vault
            .keep(org, &owner, "secret", b"old-mark")
            .await
            .unwrap();
    }
    let account = format!("account-of-{MAYA}");
    let token = ApiToken {
        id: "t".to_owned(),
        account: account.clone(),
        name: "old-mark".to_owned(),
        scope: "read".to_owned(),
        created: Micros(1),
        expires: Micros(i64::MAX),
        used: None,
    };
    store
        .keep_api_token(org, &TokenHash::of(b"t"), &token)
        .await
        .unwrap();
    let passkey = Passkey {
        credential: b"c".to_vec(),
        account,
        body: b"old-mark".to_vec(),
        created: Micros(1),
    };
    store.add_passkey(org, &passkey).await.unwrap();
    now
}

async fn nothing_is_left(store: Store, org: Org) {
    let now = marked(&store, &org).await;
    let (ben, maya) = (viewer(&org, BEN), viewer(&org, MAYA));
    let before = past(&store, &ben, now).await;
    assert!(before.len() > 100, "{}", before.len());
    let me = signs_in(&store, &org, MAYA).await;
    let fresh = Fresh::from([3; 64]);
    enter(&store, &org, me.account(), micros(now), &fresh)
        .await
        .unwrap();
    leave(&store, &me, micros(now)).await.unwrap();
    // From the tap on nobody comes in as her.
    let closed = store.account(&org, me.account()).await.unwrap().unwrap();
    assert!(closed.disabled.is_some());
    assert!(work(&store, now).await.unwrap());
    let left = everything(&store, &org).await;
    for mark in ["old-mark", "to come", "SUMMARY"] {
        assert!(!left.contains(mark), "{mark} in {left}");
    }
    assert!(store.account(&org, me.account()).await.unwrap().is_none());
    assert!(
        store
            .api_tokens(&org, me.account())
            .await
            .unwrap()
            .is_empty()
    );
    assert!(store.passkey(&org, b"c").await.unwrap().is_none());
    assert!(store.source(&org, "s").await.unwrap().is_none());
    for owner in ["source/s".to_owned(), crate::server::chat::owner(MAYA)] {
        assert!(
            store
                .secret(&org, &owner, "secret")
                .await
                .unwrap()
                .is_none()
        );
    }
    let streams = store.streams(&org, "", None, 1_000).await.unwrap();
    let hers: Vec<&String> = streams
        .iter()
        .map(|(name, _)| name)
        .filter(|name| name.ends_with(MAYA))
        .collect();
    assert!(hers.is_empty(), "{hers:?}");
    assert!(!has_shown_a_calendar(&store, &maya).await.unwrap());
    // What Ben was told of their 1:1s he is told still, and of her words what she shared with him.
    assert_eq!(past(&store, &ben, now).await, before);
    let later = now.plus_days(40);
    let told = past(&store, &ben, later).await;
    assert_eq!(told, before, "nothing is made up of the time after");
    let given = crate::server::ledger::last_words(&store, &ben, MAYA).await;
    let days: Vec<String> = given
        .unwrap()
        .iter()
        .map(|(_, given)| given.date.to_string())
        .collect();
    assert_eq!(days, ["2026-05-11"]);
    assert!(work(&store, later).await.unwrap(), "once more");
    assert!(!work(&store, later).await.unwrap(), "and no more");
}

#[test]
fn of_whoever_leaves_no_mark_is_left_and_the_other_ones_ledger_says_what_it_said() {
    with_store(nothing_is_left);
    on_postgres(nothing_is_left);
}

#[test]
fn leaving_that_breaks_off_anywhere_is_done_again() {
    for points in (0..).step_by(3) {
        let is_over = std::cell::Cell::new(false);
        with_store(|store, org| {
            let is_over = &is_over;
            async move {
                let now = marked(&store, &org).await;
                let ben = viewer(&org, BEN);
                let before = past(&store, &ben, now).await;
                let me = signs_in(&store, &org, MAYA).await;
                store.drill().stop_after(points);
                let tapped = leave(&store, &me, micros(now)).await;
                let first = work(&store, now).await;
                is_over.set(store.drill().clear());
                if tapped.is_err() && !first.is_ok_and(|did| did) {
                    // Nothing was kept of the wish: nothing went.
                    leave(&store, &me, micros(now)).await.unwrap();
                }
                let mut at = now;
                while store.account(&org, me.account()).await.unwrap().is_some() {
                    at = at.plus_seconds(3_600);
                    work(&store, at).await.unwrap();
                }
                assert_eq!(past(&store, &ben, now).await, before, "after {points}");
                assert!(!everything(&store, &org).await.contains("old-mark"));
            }
        });
        if is_over.get() {
            assert!(points > 20);
            return;
        }
    }
}

#[test]
fn whoever_leaves_a_team_changes_nobodys_past() {
    for (seed, dialect) in [(3, Dialect::Google), (8, Dialect::Outlook)] {
        let mut config = Config::small(dialect);
        config.managers = 1;
        config.reports_per_manager = 3;
        config.weeks = 30;
        config.series_changes = 0.8;
        let world = World::new(seed, &config);
        with_store(|store, org| async move {
            play(&store, &org, &world).await;
            let now = world.now();
            let owners: Vec<String> = world.owners().map(str::to_owned).collect();
            for owner in &owners {
                joins(&store, &org, owner, role::MEMBER).await;
            }
            let mut compared = 0;
            for (place, leaver) in owners.iter().enumerate() {
                let others = &owners[place + 1..];
                let mut before = Vec::new();
                for other in others {
                    before.push(past(&store, &viewer(&org, other), now).await);
                }
                let me = signs_in(&store, &org, leaver).await;
                leave(&store, &me, micros(now)).await.unwrap();
                assert!(work(&store, now).await.unwrap());
                for (other, before) in others.iter().zip(before) {
                    compared += before.len();
                    let after = past(&store, &viewer(&org, other), now).await;
                    assert_eq!(after, before, "seed {seed}: {other} after {leaver} left");
                }
            }
            assert!(compared > 100, "{compared}");
        });
    }
}

#[test]
fn whoever_set_the_server_up_keeps_the_account_and_nothing_else() {
    with_store(|store, org| async move {
        let now = a_past(&store, &org).await;
        joins(&store, &org, MAYA, role::OWNER).await;
        let me = signs_in(&store, &org, MAYA).await;
        leave(&store, &me, micros(now)).await.unwrap();
        assert!(work(&store, now).await.unwrap());
        let account = store.account(&org, me.account()).await.unwrap().unwrap();
        assert_eq!(account.disabled, None);
        assert!(!everything(&store, &org).await.contains("old-mark"));
        // Whatever she hands in after it stays.
        let maya = viewer(&org, MAYA);
        let fact = [facts::seen(b"x", MAYA, now)];
        let stream = facts::calendar_of(MAYA);
        store
            .append(&org, &stream, Expected::Any, &fact, &[])
            .await
            .unwrap();
        assert!(!work(&store, now.plus_days(1)).await.unwrap());
        assert!(has_shown_a_calendar(&store, &maya).await.unwrap());
    });
}
