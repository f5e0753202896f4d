//! Five others, whole quarters, and nothing learnt by asking again.

use super::*;
use crate::server::facts;
use crate::server::ledger::declare;
use crate::server::testing::{viewer, with_store};
use jiff::civil::date;
use steadfast_store::{Micros, NewAccount, Org, Store};

const MAYA: &str = "maya@example.com";
const BEN: &str = "ben@example.com";
/// 2026-07-10T00:00:00Z: the last quarter that is over is the second.
const NOW: i64 = 1_783_641_600;

/// Maya's 1:1s, each weekly on a day of its own from April on. `gone`: how many of each were taken off, from the first on.
fn calendar(gone: &[(&str, usize)]) -> String {
    let mut text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n".to_owned();
    for (place, (who, gone)) in gone.iter().enumerate() {
        let (day, hour) = (place % 5, 8 + place / 5);
        let first = date(2026, 3, 30).checked_add((day as i64).days()).unwrap();
        let at = |weeks: i64| {
            let day = first.checked_add((weeks * 7).days()).unwrap();
            format!("{}T{hour:02}0000Z", day.strftime("%Y%m%d"))
        };
        text += &format!(
            "BEGIN:VEVENT\r\nUID:{who}\r\nDTSTAMP:20260101T000000Z\r\nLAST-MODIFIED:20260501T000000Z\r\nSEQUENCE:3\r\n\
             DTSTART:{}\r\nDURATION:PT30M\r\nRRULE:FREQ=WEEKLY\r\nSUMMARY:1:1\r\nORGANIZER:mailto:{MAYA}\r\n\
             ATTENDEE:mailto:{MAYA}\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{who}\r\n",
            at(0)
        );
        for week in 0..*gone {
            text += &format!("EXDATE:{}\r\n", at(week as i64 + 1));
        }
        text += "END:VEVENT\r\n";
    }
    text + "END:VCALENDAR\r\n"
}

fn others(count: usize) -> Vec<String> {
    (1..=count).map(|n| format!("r{n}@example.com")).collect()
}

/// Maya hands in a calendar with Ben and so many others, of whom each lost so many; Ben lost `bens`.
async fn hands_in(store: &Store, org: &Org, bens: usize, others: &[(String, usize)], now: Instant) {
    let maya = viewer(org, MAYA);
    let mut all: Vec<(&str, usize)> = vec![(BEN, bens)];
    all.extend(others.iter().map(|(who, gone)| (who.as_str(), *gone)));
    let fact = [facts::seen(calendar(&all).as_bytes(), MAYA, now)];
    let stream = facts::calendar_of(MAYA);
    store
        .append(org, &stream, Expected::Any, &fact, &[])
        .await
        .unwrap();
    let reports: Vec<String> = all.iter().map(|(who, _)| (*who).to_owned()).collect();
    declare(store, &maya, now, &reports, None).await.unwrap();
}

async fn joined(store: &Store, org: &Org) {
    let account = NewAccount {
        account: "m".to_owned(),
        person: MAYA.to_owned(),
        email: MAYA.to_owned(),
        password: None,
        role: String::new(),
        created: Micros(1),
    };
    store.create_account(org, &account).await.unwrap();
}

async fn asks(store: &Store, org: &Org, now: Instant) -> OnlyMe {
    let ben = viewer(org, BEN);
    let pair = pair_id(MAYA, BEN);
    is_it_only_me(store, &ben, now, &pair).await.unwrap().0
}

fn each(who: Vec<String>, gone: usize) -> Vec<(String, usize)> {
    who.into_iter().map(|who| (who, gone)).collect()
}

#[test]
fn four_others_are_too_few_and_five_are_enough() {
    for (count, expected) in [(4, OnlyMe::TooFew), (5, OnlyMe::MoreOften)] {
        with_store(|store, org| async move {
            let now = Instant::from_seconds(NOW);
            joined(&store, &org).await;
            hands_in(&store, &org, 9, &each(others(count), 0), now).await;
            assert_eq!(asks(&store, &org, now).await, expected, "{count}");
        });
    }
}

#[test]
fn one_that_goes_as_the_others_do_is_about_the_same_and_so_is_a_better_one() {
    for (bens, theirs) in [(0, 0), (5, 5), (0, 9), (1, 0)] {
        with_store(|store, org| async move {
            let now = Instant::from_seconds(NOW);
            joined(&store, &org).await;
            hands_in(&store, &org, bens, &each(others(6), theirs), now).await;
            let told = asks(&store, &org, now).await;
            assert_eq!(told, OnlyMe::AboutTheSame, "{bens} and {theirs}");
        });
    }
}

#[test]
fn asking_again_after_one_more_joins_tells_nothing_about_that_one() {
    with_store(|store, org| async move {
        let now = Instant::from_seconds(NOW);
        joined(&store, &org).await;
        hands_in(&store, &org, 9, &each(others(5), 0), now).await;
        assert_eq!(asks(&store, &org, now).await, OnlyMe::MoreOften);
        // With a sixth of whom as many were lost the figures are others; the answer is that of the quarter.
        let mut more = each(others(5), 0);
        more.push(("r6@example.com".to_owned(), 12));
        let later = now.plus_days(7);
        hands_in(&store, &org, 9, &more, later).await;
        assert_eq!(asks(&store, &org, later).await, OnlyMe::MoreOften);
        // In the next quarter an answer that rests on one more would be the difference that is about one.
        let autumn = now.plus_days(92);
        hands_in(&store, &org, 9, &more, autumn).await;
        assert_eq!(asks(&store, &org, autumn).await, OnlyMe::NotNow);
        // Two quarters on there is no answer beside it.
        let winter = now.plus_days(184);
        hands_in(&store, &org, 9, &more, winter).await;
        assert_eq!(asks(&store, &org, winter).await, OnlyMe::AboutTheSame);
    });
}

#[test]
fn only_the_report_is_answered() {
    with_store(|store, org| async move {
        let now = Instant::from_seconds(NOW);
        joined(&store, &org).await;
        hands_in(&store, &org, 9, &each(others(5), 0), now).await;
        for (who, with) in [(MAYA, BEN), ("r1@example.com", BEN)] {
            let asked = is_it_only_me(&store, &viewer(&org, who), now, &pair_id(MAYA, with)).await;
            assert!(matches!(asked, Err(ServerError::NotFound)), "{who}");
        }
    });
}

#[test]
fn a_manager_who_has_not_joined_is_compared_with_nobody() {
    with_store(|store, org| async move {
        let now = Instant::from_seconds(NOW);
        hands_in(&store, &org, 9, &each(others(5), 0), now).await;
        assert_eq!(asks(&store, &org, now).await, OnlyMe::TooFew);
    });
}

#[test]
fn quarters_are_those_of_the_calendar() {
    let at =
        |text: &str| Instant::from_seconds(text.parse::<jiff::Timestamp>().unwrap().as_second());
    for (now, first) in [
        ("2026-07-10T00:00:00Z", date(2026, 4, 1)),
        ("2026-06-30T23:59:59Z", date(2026, 1, 1)),
        ("2026-01-01T00:00:00Z", date(2025, 10, 1)),
    ] {
        assert_eq!(Quarter::before(at(now)).first, first);
    }
    let second = Quarter::before(at("2026-07-10T00:00:00Z"));
    assert!(second.is_next_to(date(2026, 4, 1)) && second.is_next_to(date(2026, 1, 1)));
    assert!(!second.is_next_to(date(2025, 10, 1)));
}
