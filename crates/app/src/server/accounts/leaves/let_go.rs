//! Whom the list of people lets go comes in until the end of their last day, and not a moment longer or less.

use super::*;
use crate::server::ledger::{VIEW, kept};
use crate::server::people::tests::reports_to;
use crate::server::people::{self, Administrator, Again, Change, key_of, near};
use crate::server::sync;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;
use steadfast_store::{ApiTokens, Jobs, Views};

const DAY: i64 = 86_400;

fn keeper(org: &Org) -> Administrator {
    Administrator::signed_in(viewer(org, "petra@example.com"))
}

/// Maya, with everything, in the list, in that zone where one is said.
async fn listed(store: &Store, org: &Org, zone: &str) -> Instant {
    let now = marked(store, org).await;
    reports_to(store, org, BEN, MAYA).await;
    let describe = Change::Describe {
        person: key_of(MAYA),
        name: "Maya".to_owned(),
        zone: zone.to_owned(),
    };
    let keeper = keeper(org);
    people::change(store, &keeper, now, &describe)
        .await
        .unwrap();
    now
}

async fn let_go(store: &Store, org: &Org, now: Instant, last: Date) {
    let leaves = Change::Leave {
        person: key_of(MAYA),
        last,
    };
    people::change(store, &keeper(org), now, &leaves)
        .await
        .unwrap();
}

async fn taken_in_again(store: &Store, org: &Org, now: Instant) {
    let again = Change::Add {
        address: MAYA.to_owned(),
        name: String::new(),
        manager: String::new(),
        from: None,
        again: Some(Again::Stays),
    };
    people::change(store, &keeper(org), now, &again)
        .await
        .unwrap();
}

/// Whether anything still lets her in: a session, a program's token, the feed of held times, the list of who has joined.
async fn comes_in(store: &Store, org: &Org, token: &Token, at: Instant) -> bool {
    let now = micros(at);
    let by_session = session(store, org, now, token).await.unwrap().is_some();
    let program = TokenHash::of(b"t");
    let by_token = store.api_token(org, &program, now).await.unwrap();
    let keys = Keyring::new("k", [7; 32]).unwrap();
    let maya = viewer(org, MAYA);
    let path = held::link(store, &keys, &maya).await.unwrap().unwrap().path;
    let feed = path.strip_prefix("/held/").unwrap().to_owned();
    let by_feed = held::opens(store, &keys, org, now, &feed).await.unwrap();
    let joined = members(store, &viewer(org, BEN), now).await.unwrap();
    let is_member = joined.iter().any(|one| one.person == MAYA);
    let all = [
        by_session,
        by_token.is_some(),
        by_feed.is_some(),
        is_member,
        is_shut_out(store, &keeper(org), now, MAYA).await.unwrap() == Some(false),
    ];
    assert!(all.iter().all(|one| *one == by_session), "{all:?}");
    by_session
}

async fn her_day_ends_where_she_lives(store: Store, org: Org) {
    let now = listed(&store, &org, "America/Los_Angeles").await;
    let zone = TimeZone::get("America/Los_Angeles").unwrap();
    let last = now.plus_days(2).date(&zone);
    let account = format!("account-of-{MAYA}");
    let fresh = Fresh::from([3; 64]);
    let token = enter(&store, &org, &account, micros(now), &fresh)
        .await
        .unwrap();
    let_go(&store, &org, now, last).await;
    let midnight = last.tomorrow().unwrap().to_zoned(zone).unwrap();
    let ends = Instant::from_seconds(midnight.timestamp().as_second());
    // Nothing works off any job meanwhile.
    for (at, expected) in [(now, true), (ends.plus_seconds(-1), true), (ends, false)] {
        assert_eq!(comes_in(&store, &org, &token, at).await, expected, "{at:?}");
    }
    // What is to be done about it is done then, and not before.
    assert!(!work(&store, ends.plus_seconds(-1)).await.unwrap());
    assert!(store.source(&org, "s").await.unwrap().is_some());
    assert!(work(&store, ends).await.unwrap());
    assert!(store.source(&org, "s").await.unwrap().is_none());
}

#[test]
fn the_last_day_ends_where_its_owner_lives_and_without_any_work_done_for_it() {
    with_store(her_day_ends_where_she_lives);
    on_postgres(her_day_ends_where_she_lives);
}

#[test]
fn where_the_list_knows_no_zone_it_ends_as_her_own_pages_count_days() {
    for pages_are_kept in [true, false] {
        with_store(|store, org| ends_as_her_pages_count(store, org, pages_are_kept));
    }
}

async fn ends_as_her_pages_count(store: Store, org: Org, pages_are_kept: bool) {
    let now = Instant::from_seconds(1_775_000_000);
    joins(&store, &org, MAYA, role::MEMBER).await;
    reports_to(&store, &org, BEN, MAYA).await;
    let calendar = format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-TIMEZONE:America/New_York\r\nBEGIN:VEVENT\r\nUID:w\r\n\
         DTSTAMP:20260101T000000Z\r\nDTSTART;TZID=America/New_York:20260105T100000\r\nDURATION:PT30M\r\n\
         RRULE:FREQ=WEEKLY\r\nSUMMARY:1:1\r\nORGANIZER:mailto:{MAYA}\r\nATTENDEE:mailto:{MAYA}\r\n\
         ATTENDEE;PARTSTAT=ACCEPTED:mailto:{BEN}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    );
    let seen = [facts::seen(calendar.as_bytes(), MAYA, now)];
    let stream = facts::calendar_of(MAYA);
    store
        .append(&org, &stream, Expected::Any, &seen, &[])
        .await
        .unwrap();
    let maya = viewer(&org, MAYA);
    let zone = kept(&store, &maya, "p", now).await.unwrap().zone();
    assert_ne!(zone, TimeZone::UTC);
    if !pages_are_kept {
        let lost = steadfast_store::Change {
            view: VIEW.to_owned(),
            key: MAYA.to_owned(),
            body: None,
        };
        store.remember(&org, &lost).await.unwrap();
    }
    let last = now.plus_days(2).date(&zone);
    let_go(&store, &org, now, last).await;
    let midnight = last.tomorrow().unwrap().to_zoned(zone).unwrap();
    let closes = midnight.timestamp().as_second() * 1_000_000;
    let account = store.account_by_email(&org, MAYA).await.unwrap().unwrap();
    assert_eq!(account.disabled, Some(Micros(closes)));
}

#[test]
fn list_and_access_change_in_one_stroke_wherever_it_breaks_off() {
    let mut refused = 0;
    for points in 0.. {
        let is_over = std::cell::Cell::new(false);
        with_store(|store, org| {
            let (is_over, refused) = (&is_over, &mut refused);
            async move {
                let now = listed(&store, &org, "").await;
                let last = now.plus_days(2).date(&TimeZone::UTC);
                let leaves = Change::Leave {
                    person: key_of(MAYA),
                    last,
                };
                store.drill().stop_after(points);
                let done = people::change(&store, &keeper(&org), now, &leaves).await;
                is_over.set(store.drill().clear());
                let is_in = near(&store, &org, MAYA).await.unwrap().is_listed();
                let account = store.account_by_email(&org, MAYA).await.unwrap().unwrap();
                assert_eq!(account.disabled.is_none(), is_in, "after {points}");
                let due = store.next_due(&[LEAVE]).await.unwrap();
                assert_eq!(due.is_none(), is_in, "after {points}");
                *refused += usize::from(done.is_err());
                assert!(done.is_err() || !is_in);
            }
        });
        if is_over.get() {
            break;
        }
    }
    assert!(refused > 3, "{refused}");
}

async fn back_before_the_day(store: Store, org: Org) {
    let now = listed(&store, &org, "UTC").await;
    let day = |days: i64| now.plus_days(days).date(&TimeZone::UTC);
    let account = format!("account-of-{MAYA}");
    let fresh = Fresh::from([3; 64]);
    let token = enter(&store, &org, &account, micros(now), &fresh)
        .await
        .unwrap();
    let in_on = |days| comes_in(&store, &org, &token, now.plus_seconds(days * DAY));
    let_go(&store, &org, now, day(2)).await;
    taken_in_again(&store, &org, now).await;
    // What was queued for the first day finds her in the list.
    assert!(in_on(4).await);
    assert!(work(&store, now.plus_days(4)).await.unwrap());
    assert!(in_on(4).await);
    // Out again, with a later day. In between she is in the list and out of it, and a job is due.
    let_go(&store, &org, now.plus_days(4), day(6)).await;
    taken_in_again(&store, &org, now.plus_days(5)).await;
    let_go(&store, &org, now.plus_days(5), day(20)).await;
    for days in [8, 20] {
        work(&store, now.plus_days(days)).await.unwrap();
        assert!(in_on(days).await, "{days} days on");
        assert!(store.source(&org, "s").await.unwrap().is_some());
    }
    assert!(!in_on(21).await);
    assert!(work(&store, now.plus_days(21)).await.unwrap());
    assert!(store.source(&org, "s").await.unwrap().is_none());
    // Whose account closed comes in again by a tap of whoever keeps the list, and by nothing else.
    taken_in_again(&store, &org, now.plus_days(22)).await;
    assert!(!in_on(22).await);
    comes_back(&store, &keeper(&org), MAYA).await.unwrap();
    let found = session(&store, &org, micros(now.plus_days(22)), &token).await;
    assert!(found.unwrap().is_none(), "an old session");
    let shut = is_shut_out(&store, &keeper(&org), micros(now.plus_days(22)), MAYA).await;
    assert_eq!(shut.unwrap(), Some(false));
}

#[test]
fn whoever_is_in_the_list_again_before_the_day_stays_whatever_was_queued() {
    with_store(back_before_the_day);
    on_postgres(back_before_the_day);
}

#[test]
fn a_file_that_names_somebody_again_keeps_their_account_open_where_that_was_chosen() {
    with_store(|store, org| async move {
        let now = listed(&store, &org, "UTC").await;
        let_go(&store, &org, now, now.plus_days(2).date(&TimeZone::UTC)).await;
        let keeper = keeper(&org);
        let text = format!("email,name\n{MAYA},Maya\nnew@example.com,New\n");
        let later = now.plus_days(4);
        for (stays, is_shut) in [(BTreeSet::new(), true), ([MAYA.to_owned()].into(), false)] {
            let said = (text.as_str(), &stays);
            let offer = people::offer(&store, &keeper, now, said).await.unwrap();
            assert_eq!(offer.left.len(), 1);
            let applied = people::apply(&store, &keeper, now, offer.from, said).await;
            assert!(applied.unwrap() > 0);
            let shut = is_shut_out(&store, &keeper, micros(later), MAYA).await;
            assert_eq!(shut.unwrap(), Some(is_shut), "{stays:?}");
        }
        work(&store, later).await.unwrap();
        let shut = is_shut_out(&store, &keeper, micros(later), MAYA).await;
        assert_eq!(shut.unwrap(), Some(false));
    });
}

#[test]
fn what_an_older_version_queued_ends_the_access_still() {
    with_store(|store, org| async move {
        let now = listed(&store, &org, "UTC").await;
        let queued = async || {
            let payload = serde_json::json!({
                "account": format!("account-of-{MAYA}"),
                "everything": false,
                "person": MAYA,
                "again": false,
            });
            let job = steadfast_store::NewJob {
                kind: LEAVE.to_owned(),
                unique: None,
                payload: payload.to_string().into_bytes(),
                due: micros(now),
                max_attempts: 9,
            };
            store.enqueue(&org, &[job]).await.unwrap();
            assert!(work(&store, now).await.unwrap());
            let account = store.account_by_email(&org, MAYA).await.unwrap();
            account.unwrap().is_closed(micros(now))
        };
        assert!(!queued().await, "in the list");
        let_go(&store, &org, now, now.plus_days(2).date(&TimeZone::UTC)).await;
        assert!(queued().await);
    });
}

#[test]
fn whoever_is_let_go_leaves_what_is_kept_and_what_others_are_told() {
    with_store(|store, org| async move {
        let now = listed(&store, &org, "UTC").await;
        let ben = viewer(&org, BEN);
        let before = past(&store, &ben, now).await;
        let_go(&store, &org, now, now.plus_days(2).date(&TimeZone::UTC)).await;
        assert!(work(&store, now.plus_days(3)).await.unwrap());
        for owner in [sync::owner("s"), crate::server::chat::owner(MAYA)] {
            let secret = store.secret(&org, &owner, "secret").await;
            assert!(secret.unwrap().is_none(), "{owner}");
        }
        // What was observed goes by the organisation's window, and not by this.
        assert!(everything(&store, &org).await.contains("old-mark"));
        let dated = |told: Told| told.keys().map(|(_, at)| *at).collect::<Vec<_>>();
        assert_eq!(dated(past(&store, &ben, now).await), dated(before));
    });
}

/// NoCalendars's password matters here.
struct NoPassword;

impl Passwords for NoPassword {
    async fn seal(&self, _password: &str, _salt: [u8; 16]) -> Result<Vec<u8>, ServerError> {
        Ok(Vec::new())
    }

    async fn is(&self, _password: &str, _sealed: Option<&[u8]>) -> Result<bool, ServerError> {
        Ok(false)
    }
}

#[test]
fn an_invitation_of_before_does_not_let_in_whom_the_list_let_go() {
    with_store(|store, org| async move {
        let now = listed(&store, &org, "UTC").await;
        let (keeper, clock) = (keeper(&org), micros(now));
        let nina = || "nina@example.com".to_owned();
        let add = Change::Add {
            address: nina(),
            name: "Nina".to_owned(),
            manager: MAYA.to_owned(),
            from: None,
            again: None,
        };
        people::change(&store, &keeper, now, &add).await.unwrap();
        let maya = signed_in(&store, &org, &format!("account-of-{MAYA}")).await;
        let maya = maya.unwrap().unwrap();
        let told = (nina(), "Come and look.".to_owned());
        let (partners, fresh) = ([nina()], Fresh::from([9; 64]));
        let link = invite(&store, &maya, &partners, clock, &fresh, (&told.0, &told.1));
        let link = link.await.unwrap();
        let last = now.date(&TimeZone::UTC);
        let leave = Change::Leave {
            person: key_of(&nina()),
            last,
        };
        people::change(&store, &keeper, now, &leave).await.unwrap();
        let fresh = Fresh::from([5; 64]);
        let answer = (&link, "Nina", "a long enough password");
        let refused = accept(&store, &NoPassword, &org, clock, &fresh, answer).await;
        assert!(matches!(refused, Err(ServerError::Input(..))));
        // In the list again, she comes in by the very same link.
        let back = Change::Add {
            address: nina(),
            name: String::new(),
            manager: String::new(),
            from: None,
            again: Some(Again::ComesBack),
        };
        people::change(&store, &keeper, now, &back).await.unwrap();
        let fresh = Fresh::from([6; 64]);
        assert!(
            accept(&store, &NoPassword, &org, clock, &fresh, answer)
                .await
                .is_ok()
        );
    });
}

#[test]
fn whoever_accepts_the_invitation_of_somebody_who_left_comes_in_and_leaves_no_trace_of_them() {
    with_store(|store, org| async move {
        let now = listed(&store, &org, "UTC").await;
        let clock = micros(now);
        let nina = "nina@example.com".to_owned();
        let maya = signs_in(&store, &org, MAYA).await;
        let told = (nina.as_str(), "Come and look.");
        let (partners, fresh) = ([nina.clone()], Fresh::from([9; 64]));
        let link = invite(&store, &maya, &partners, clock, &fresh, told);
        let link = link.await.unwrap();
        leave(&store, &maya, clock).await.unwrap();
        assert!(work(&store, now).await.unwrap());
        // And once more, when all work of before has ended.
        assert!(work(&store, now.plus_seconds(3_600)).await.unwrap());
        let fresh = Fresh::from([5; 64]);
        let answer = (&link, "Nina", "a long enough password");
        accept(&store, &NoPassword, &org, clock, &fresh, answer)
            .await
            .unwrap();
        let streams = store.streams(&org, "", None, 1_000).await.unwrap();
        let named: Vec<String> = streams.into_iter().map(|(name, _)| name).collect();
        // Her place in the list of people is the organisation's.
        let mut hers = named.iter().filter(|name| name.ends_with(MAYA));
        assert!(hers.all(|name| name.starts_with("person/")), "{named:?}");
    });
}
