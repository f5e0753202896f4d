//! Organisations, accounts and the log of looks.

use crate::support::{laws, organisation};
use steadfast_store::{
    Access, AccessLog, AccountChange, Accounts, Append, Closes, Day, Expected, Facts, Micros,
    NewAccount, NewFact, Org, Session, Sessions, Store, StoreError, TokenHash, Version, Write,
};

laws![
    an_organisation_is_made_once,
    an_account_is_found_by_its_key_and_by_its_address_in_any_case,
    a_key_or_an_address_is_taken_once_per_organisation,
    an_account_needs_its_organisation,
    every_part_of_an_account_can_be_changed,
    accounts_are_listed_by_key,
    who_has_joined_is_told_of_many_at_once,
    an_account_closes_in_one_stroke_with_what_it_comes_of,
    erasing_an_account_ends_its_sessions,
    looks_are_read_newest_first_and_trimmed_by_age,
    looks_of_many_at_once_are_all_kept,
];

pub(crate) fn account(key: &str) -> NewAccount {
    NewAccount {
        account: key.to_owned(),
        person: format!("person-{key}"),
        email: format!("{key}@Example.org"),
        password: Some(vec![1, 2, 3]),
        role: "manager".to_owned(),
        created: Micros(7),
    }
}

async fn an_organisation_is_made_once(store: Store) {
    let org = organisation(&store, "acme").await;
    let again = store.create_organisation(&org, "x", Micros(0)).await;
    assert!(matches!(again, Err(StoreError::Exists(_))));
    organisation(&store, "Zeta").await;
    let names: Vec<String> = store
        .organisations()
        .await
        .unwrap()
        .into_iter()
        .map(|organisation| organisation.name)
        .collect();
    assert_eq!(names, ["Zeta", "acme"]);
}

async fn an_account_is_found_by_its_key_and_by_its_address_in_any_case(store: Store) {
    let org = organisation(&store, "acme").await;
    store.create_account(&org, &account("Ä")).await.unwrap();
    let found = store.account(&org, "Ä").await.unwrap().unwrap();
    assert_eq!(found.email, "ä@example.org");
    assert_eq!(found.password, Some(vec![1, 2, 3]));
    assert_eq!(found.person, "person-Ä");
    assert_eq!((found.created, found.disabled), (Micros(7), None));
    for typed in ["ä@example.org", " Ä@EXAMPLE.ORG "] {
        let by_email = store.account_by_email(&org, typed).await.unwrap();
        assert_eq!(by_email.as_ref(), Some(&found));
    }
    assert_eq!(store.account(&org, "ä").await.unwrap(), None);
}

async fn a_key_or_an_address_is_taken_once_per_organisation(store: Store) {
    let (a, b) = (
        organisation(&store, "a").await,
        organisation(&store, "b").await,
    );
    store.create_account(&a, &account("maya")).await.unwrap();
    store.create_account(&b, &account("maya")).await.unwrap();
    let same_email = NewAccount {
        account: "other".to_owned(),
        ..account("MAYA")
    };
    for taken in [account("maya"), same_email] {
        let refused = store.create_account(&a, &taken).await;
        assert!(matches!(refused, Err(StoreError::Exists(_))));
    }
}

async fn an_account_needs_its_organisation(store: Store) {
    let nobody = Org::new("nobody").unwrap();
    let refused = store.create_account(&nobody, &account("maya")).await;
    assert!(matches!(refused, Err(StoreError::Missing(_))));
}

async fn every_part_of_an_account_can_be_changed(store: Store) {
    let org = organisation(&store, "acme").await;
    store.create_account(&org, &account("maya")).await.unwrap();
    store.create_account(&org, &account("noor")).await.unwrap();
    for change in [
        AccountChange::Email("New@example.org".to_owned()),
        AccountChange::Password(None),
        AccountChange::Role("report".to_owned()),
        AccountChange::Disabled(Some(Micros(9))),
    ] {
        store.change_account(&org, "maya", &change).await.unwrap();
    }
    let found = store.account(&org, "maya").await.unwrap().unwrap();
    assert_eq!(
        (found.email.as_str(), found.role.as_str()),
        ("new@example.org", "report")
    );
    assert_eq!((found.password, found.disabled), (None, Some(Micros(9))));
    let taken = AccountChange::Email("noor@example.org".to_owned());
    let refused = store.change_account(&org, "maya", &taken).await;
    assert!(matches!(refused, Err(StoreError::Exists(_))));
    let role = AccountChange::Role(String::new());
    let refused = store.change_account(&org, "nobody", &role).await;
    assert!(matches!(refused, Err(StoreError::Missing(_))));
}

async fn an_account_closes_in_one_stroke_with_what_it_comes_of(store: Store) {
    let org = organisation(&store, "acme").await;
    store.create_account(&org, &account("maya")).await.unwrap();
    let facts = [NewFact {
        kind: "k".to_owned(),
        at: Micros(1),
        actor: "a".to_owned(),
        payload: Vec::new(),
    }];
    let write = async |expected, at: Option<i64>, now| {
        let closes = [
            Closes {
                email: " Maya@example.org",
                at: at.map(Micros),
                now: Micros(now),
            },
            // Nobody's.
            Closes {
                email: "ben@example.org",
                at: None,
                now: Micros(now),
            },
        ];
        let appends = [Append {
            stream: "s",
            expected,
            facts: &facts,
        }];
        let write = Write {
            appends: &appends,
            closes: &closes,
            ..Write::default()
        };
        store.write(&org, write).await
    };
    let closes = async || {
        let found = store.account(&org, "maya").await.unwrap().unwrap();
        (found.disabled.map(|at| at.0), found.is_closed(Micros(9)))
    };
    // Somebody else was faster: neither the fact nor this.
    let late = write(Expected::Exactly(Version(7)), Some(5), 1).await;
    assert!(matches!(late, Err(StoreError::Conflict { .. })), "{late:?}");
    assert_eq!(closes().await, (None, false));
    for (at, now, expected) in [
        (Some(20), 1, (Some(20), false)),
        // Another day, then no day at all.
        (Some(10), 2, (Some(10), false)),
        (None, 3, (None, false)),
        (Some(9), 4, (Some(9), true)),
        // It is closed by now, and nobody opens it by the way.
        (None, 9, (Some(9), true)),
        (Some(30), 10, (Some(9), true)),
    ] {
        write(Expected::Any, at, now).await.unwrap();
        assert_eq!(closes().await, expected, "{at:?} at {now}");
    }
}

async fn who_has_joined_is_told_of_many_at_once(store: Store) {
    let org = organisation(&store, "acme").await;
    for key in ["maya", "noor", "gone"] {
        store.create_account(&org, &account(key)).await.unwrap();
    }
    let closed = AccountChange::Disabled(Some(Micros(9)));
    store.change_account(&org, "gone", &closed).await.unwrap();
    let leaves = AccountChange::Disabled(Some(Micros(10)));
    store.change_account(&org, "noor", &leaves).await.unwrap();
    let other = organisation(&store, "other").await;
    store.create_account(&other, &account("ben")).await.unwrap();
    let many: Vec<String> = (0..1_200).map(|n| format!("{n}@example.org")).collect();
    let mut asked: Vec<&str> = many.iter().map(String::as_str).collect();
    asked.extend([
        "Noor@example.org",
        "gone@example.org",
        "maya@example.org",
        "ben@example.org",
    ]);
    let now = Micros(9);
    let mut joined = store.which_have_joined(&org, &asked, now).await.unwrap();
    joined.sort();
    assert_eq!(joined, ["maya@example.org", "noor@example.org"]);
    assert!(
        store
            .which_have_joined(&org, &[], now)
            .await
            .unwrap()
            .is_empty()
    );
}

async fn accounts_are_listed_by_key(store: Store) {
    let org = organisation(&store, "acme").await;
    for key in ["c", "a", "B"] {
        store.create_account(&org, &account(key)).await.unwrap();
    }
    let page = store.accounts(&org, None, 2).await.unwrap();
    assert_eq!(
        (page[0].account.as_str(), page[1].account.as_str()),
        ("B", "a")
    );
    let rest = store.accounts(&org, Some("a"), 2).await.unwrap();
    assert_eq!((rest.len(), rest[0].account.as_str()), (1, "c"));
}

async fn erasing_an_account_ends_its_sessions(store: Store) {
    let org = organisation(&store, "acme").await;
    store.create_account(&org, &account("maya")).await.unwrap();
    let token = TokenHash::of(b"t");
    let session = Session {
        account: "maya".to_owned(),
        created: Micros(1),
        expires: Micros(100),
    };
    store.open_session(&org, &token, &session).await.unwrap();
    assert!(store.erase_account(&org, "maya").await.unwrap());
    assert!(!store.erase_account(&org, "maya").await.unwrap());
    assert_eq!(store.session(&org, &token, Micros(2)).await.unwrap(), None);
    assert!(!store.close_session(&org, &token).await.unwrap());
}

async fn looks_of_many_at_once_are_all_kept(store: Store) {
    let orgs = [
        organisation(&store, "acme").await,
        organisation(&store, "other").await,
    ];
    let looks: Vec<_> = (0..60)
        .map(|number: usize| {
            let (store, org) = (store.clone(), orgs[number % 2].clone());
            let look = Access {
                day: Day(1),
                actor: format!("a{number}"),
                subject: "maya".to_owned(),
                what: "coverage".to_owned(),
            };
            tokio::spawn(async move {
                let looks = [look];
                let kept = store.log_access(&org, &looks);
                // Some do not wait for the end.
                if number % 10 == 9 {
                    let soon = std::time::Duration::from_micros(50);
                    drop(tokio::time::timeout(soon, kept).await);
                } else {
                    kept.await.unwrap();
                }
            })
        })
        .collect();
    for look in looks {
        look.await.unwrap();
    }
    for org in &orgs {
        let kept = store.accesses(org, None, None, 100).await.unwrap();
        assert!(kept.len() >= 24, "{}", kept.len());
    }
}

async fn looks_are_read_newest_first_and_trimmed_by_age(store: Store) {
    let org = organisation(&store, "acme").await;
    let look = |day, subject: &str| Access {
        day: Day(day),
        actor: "admin".to_owned(),
        subject: subject.to_owned(),
        what: "coverage".to_owned(),
    };
    let looks = [look(1, "maya"), look(2, "noor"), look(3, "maya")];
    store.log_access(&org, &looks).await.unwrap();
    store.log_access(&org, &[look(4, "noor")]).await.unwrap();
    let about = store.accesses(&org, Some("maya"), None, 10).await.unwrap();
    assert_eq!(about, [(3, look(3, "maya")), (1, look(1, "maya"))]);
    let page = store.accesses(&org, None, None, 2).await.unwrap();
    assert_eq!((page[0].0, page[1].0), (4, 3));
    let rest = store.accesses(&org, None, Some(3), 9).await.unwrap();
    assert_eq!((rest[0].0, rest[1].0), (2, 1));
    assert_eq!(store.trim_accesses(&org, Day(3)).await.unwrap(), 2);
    assert_eq!(store.accesses(&org, None, None, 9).await.unwrap().len(), 2);
    store.log_access(&org, &[look(4, "noor")]).await.unwrap();
    let once = store.accesses(&org, Some("noor"), None, 9).await.unwrap();
    assert_eq!(
        once,
        [(4, look(4, "noor"))],
        "the same day is the same look"
    );
    let nobody = Org::new("nobody").unwrap();
    let refused = store.log_access(&nobody, &looks).await;
    assert!(matches!(refused, Err(StoreError::NoOrganisation(_))));
}
