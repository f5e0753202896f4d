//! Looks are kept by the day, shown to whom they are about, and deleted in time.

use super::*;
use crate::server::sync::Machine;
use crate::server::testing::{viewer, with_store};
use crate::server::tidy;
use jiff::civil::date;
use steadfast_calendar::Instant;
use steadfast_store::{Accounts, Store};

const DAY: i64 = 86_400;
const MAYA: &str = "maya@example.com";
const BEN: &str = "ben@example.com";

fn at(day: i64, second: i64) -> Instant {
    Instant::from_seconds(day * DAY + second)
}

fn micros(day: i64) -> Micros {
    Day(day).begins()
}

async fn kept(store: &Store, org: &Org) -> usize {
    store.accesses(org, None, None, 1_000).await.unwrap().len()
}

#[test]
fn a_look_is_kept_once_a_day_and_told_to_whom_it_is_about() {
    with_store(|store, org| async move {
        let (maya, ben) = (viewer(&org, MAYA), viewer(&org, BEN));
        for noted in [Noted::default(), Noted::default()] {
            for now in [at(100, 1), at(100, 80_000), at(102, 5)] {
                let people = [MAYA, BEN];
                note(&store, &noted, &maya, now, Kind::OneOnOne, &people)
                    .await
                    .unwrap();
            }
        }
        assert_eq!(kept(&store, &org).await, 2, "nobody looks at themselves");
        let told = about_me(&store, &ben, micros(102)).await.unwrap();
        let expected = Looked {
            by: Some(MAYA.to_owned()),
            name: Some("Maya".to_owned()),
            kind: Kind::OneOnOne,
            days: vec![date(1970, 4, 13), date(1970, 4, 11)],
        };
        assert_eq!(told, [expected]);
        assert!(
            about_me(&store, &maya, micros(102))
                .await
                .unwrap()
                .is_empty()
        );
        let now = at(103, 0);
        note_of_operator(&store, &org, now, Kind::TakenOut, &[BEN])
            .await
            .unwrap();
        let told = about_me(&store, &ben, micros(103)).await.unwrap();
        assert_eq!((told[0].by.as_ref(), told[0].kind), (None, Kind::TakenOut));
    });
}

#[test]
fn after_ninety_days_a_look_is_neither_shown_nor_kept() {
    with_store(|store, org| async move {
        let (maya, ben) = (viewer(&org, MAYA), viewer(&org, BEN));
        let noted = Noted::default();
        for day in [10, 11] {
            note(&store, &noted, &maya, at(day, 9), Kind::Together, &[BEN])
                .await
                .unwrap();
        }
        let day = 10 + KEPT_DAYS;
        let told = about_me(&store, &ben, micros(day)).await.unwrap();
        assert_eq!(told[0].days, [date(1970, 1, 12)]);
        assert!(tidy::plan(&store, micros(day)).await.unwrap());
        let tidied = async |day| {
            let now = move || micros(day);
            let machine = Machine {
                now: &now,
                chance: &|| 0,
                node: "n",
                every: 0,
            };
            tidy::tidy(&store, machine).await.unwrap()
        };
        assert!(tidied(day).await);
        assert_eq!(kept(&store, &org).await, 1);
        assert!(!tidied(day).await, "once a day");
        assert!(tidied(day + 1).await);
        assert_eq!(kept(&store, &org).await, 0);
        assert_eq!(store.organisations().await.unwrap().len(), 1);
    });
}
