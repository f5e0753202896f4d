//! What a token opens, for how long, and for whom.

use super::*;
use crate::server::testing::with_store;
use steadfast_store::{NewAccount, Store};

async fn owner(store: &Store, org: &Org, name: &str) -> SignedIn {
    let account = NewAccount {
        account: name.to_owned(),
        person: format!("{name}@example.com"),
        email: format!("{name}@example.com"),
        password: None,
        role: "member".to_owned(),
        created: Micros(0),
    };
    store.create_account(org, &account).await.unwrap();
    signed_in(store, org, name).await.unwrap().unwrap()
}

fn wanted(name: &str, days: i64) -> Wanted<'_> {
    Wanted {
        name,
        scope: Scope::Read,
        days,
    }
}

#[test]
fn a_token_lets_in_for_its_time_and_its_owner_takes_it_back() {
    with_store(|store, org| async move {
        let (maya, ben) = (
            owner(&store, &org, "maya").await,
            owner(&store, &org, "ben").await,
        );
        let fresh = Fresh::from([7; Fresh::BYTES]);
        for wrong in [
            wanted(" ", 30),
            wanted("a", 31),
            wanted(&"x".repeat(81), 30),
        ] {
            let refused = make(&store, &maya, Micros(0), &fresh, wrong).await;
            assert!(matches!(refused, Err(ServerError::Input(..))));
        }
        let token = make(&store, &maya, Micros(0), &fresh, wanted(" my  script ", 30))
            .await
            .unwrap();
        assert!(token.as_str().starts_with("steadfast_"));
        let find = async |text: &str, now| {
            let_in(&store, &org, Micros(now), &Token::read(text))
                .await
                .unwrap()
        };
        let found = find(token.as_str(), 5 * DAY).await.unwrap();
        assert_eq!(found.viewer().person(), "maya@example.com");
        assert!(found.writer().is_none());
        assert!(find("steadfast_00", 5 * DAY).await.is_none());
        assert!(find(token.as_str(), 30 * DAY).await.is_none());
        let programs = mine(&store, &maya, Micros(30 * DAY)).await.unwrap();
        let [program] = programs.as_slice() else {
            panic!("{programs:?}");
        };
        assert_eq!(
            (program.name.as_str(), program.has_ended),
            ("my script", true)
        );
        assert_eq!(program.used, Some(jiff::civil::date(1970, 1, 6)));
        let foreign = take_back(&store, &ben, &program.id).await;
        assert!(matches!(foreign, Err(ServerError::NotFound)));
        take_back(&store, &maya, &program.id).await.unwrap();
        assert!(find(token.as_str(), 5 * DAY).await.is_none());
    });
}
