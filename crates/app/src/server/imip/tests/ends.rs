//! What a switch, a taking back and time make of it.

use super::*;
use crate::server::accounts::{leave, leave_next, signed_in};
use crate::server::sync::{Calendars, Found, Trouble};
use steadfast_store::{Accounts, Closes};

#[test]
fn whoever_stopped_the_guard_sends_nothing_by_it() {
    with_desk(|desk| async move {
        desk.books().await;
        let (store, maya) = (&desk.bench.store, desk.maya());
        let mark = desk.preview(&deed()).await.mark;
        stop(store, &maya, now()).await.unwrap();
        let no = why(desk.approve(&deed(), &mark).await);
        assert_eq!(no, "it is not sent: the guard is switched off");
        go_on(store, &maya).await.unwrap();
        desk.approves(&deed()).await;
        stop(store, &maya, now()).await.unwrap();
        assert_eq!(desk.step().await, Step::Dropped);
        let heard = desk.heard(&deed()).await;
        assert_eq!(dropped(&heard), "it is not sent: the guard is switched off");
        assert!(desk.outside.given().is_empty());
    });
}

#[test]
fn what_is_taken_back_is_told_to_those_alone_who_heard_of_it() {
    for was_mailed in [false, true] {
        with_desk(|desk| async move {
            desk.books().await;
            let (_, object) = booked("good");
            if was_mailed {
                desk.approves(&deed()).await;
                assert_eq!(desk.step().await, Step::Sent);
            }
            let back = format!("back/1/{}", deed());
            let gone = Edit::Withdraw {
                uid: "good".to_owned(),
            };
            desk.did(&back, gone, &object, Some(&deed())).await;
            desk.outside.stands(None);
            let first = desk.preview(&deed()).await;
            assert_eq!(first.over, Some("it was taken back since"));
            assert!(why(desk.approve(&deed(), &first.mark).await).contains("taken back"));
            let shown = desk.preview(&back).await;
            assert_eq!(shown.method, "CANCEL");
            if !was_mailed {
                assert_eq!(shown.whom[0].heard, Heard::NeedNot);
                assert!(desk.approve(&back, &shown.mark).await.is_err());
                return;
            }
            assert_eq!(
                shown.subject,
                "Cancelled: 1:1 Maya / Ben, Thu 2 April, 14:00"
            );
            assert!(
                shown.calendar.contains("SEQUENCE:1\r\n"),
                "{}",
                shown.calendar
            );
            desk.approves(&back).await;
            assert_eq!(desk.step().await, Step::Sent);
            assert_eq!(desk.outside.given().len(), 2);
        });
    }
}

#[test]
fn whom_the_server_told_or_may_have_told_of_what_is_taken_back_has_to_hear_of_it() {
    let ben = || vec![BEN.to_owned()];
    let told = || Came {
        told: ben(),
        ..Came::default()
    };
    let perhaps = || Came {
        untold: ben(),
        perhaps: ben(),
        ..Came::default()
    };
    let never = || Came {
        untold: ben(),
        ..Came::default()
    };
    for (came, heard) in [
        (told(), Heard::NotYet),
        (perhaps(), Heard::NotYet),
        (never(), Heard::NeedNot),
    ] {
        with_desk(|desk| async move {
            let (edit, object) = booked("good");
            desk.did_so(&deed(), edit, &object, None, came).await;
            let back = format!("back/1/{}", deed());
            let gone = Edit::Withdraw {
                uid: "good".to_owned(),
            };
            desk.did(&back, gone, &object, Some(&deed())).await;
            assert_eq!(desk.heard(&back).await, heard);
        });
    }
}

#[test]
fn of_what_is_over_nothing_is_sent_any_more() {
    with_desk(|desk| async move {
        desk.books().await;
        desk.approves(&deed()).await;
        // The mail server was away for days.
        let late = at("2026-04-02T12:00:00Z").seconds() * 1_000_000;
        desk.clock.store(late, Ordering::Relaxed);
        assert_eq!(desk.step().await, Step::Dropped);
        let shown = desk.preview(&deed()).await;
        assert_eq!(shown.over, Some("its time has come already"));
        assert_eq!(dropped(&shown.whom[0].heard), "its time has come already");
        assert_eq!(shown.open().count(), 0);
    });
}

#[test]
fn whoever_is_let_go_sends_nothing_that_was_queued() {
    with_desk(|desk| async move {
        desk.books().await;
        desk.approves(&deed()).await;
        let at = Micros(desk.clock.load(Ordering::Relaxed));
        let closes = Closes {
            email: MAYA,
            at: Some(at),
            now: at,
        };
        let write = Write {
            closes: &[closes],
            ..Write::default()
        };
        let store = &desk.bench.store;
        store.write(&desk.bench.org, write).await.unwrap();
        assert_eq!(desk.step().await, Step::Dropped);
        let heard = desk.heard(&deed()).await;
        assert_eq!(dropped(&heard), "its sender has no account here any more");
        assert!(desk.outside.given().is_empty());
    });
}

/// Nobody's calendar is asked.
struct Nobody;

impl Calendars for Nobody {
    async fn ask(&self, _: &Access, _: Option<&str>) -> Result<Found, Trouble> {
        panic!("whoever leaves is not asked")
    }
}

#[test]
fn of_whoever_leaves_no_mail_waits_any_more_and_none_that_was_given_up_stays() {
    for is_given_up in [false, true] {
        with_desk(|desk| async move {
            desk.books().await;
            desk.approves(&deed()).await;
            let (store, org) = (&desk.bench.store, &desk.bench.org);
            if is_given_up {
                desk.outside.says(&vec![later(); 99]);
                while desk.step().await != Step::GivenUp {}
                assert_eq!(store.dead_letters(org, None, 9).await.unwrap().len(), 1);
            }
            let account = store.account_by_email(org, MAYA).await.unwrap().unwrap();
            let me = signed_in(store, org, &account.account).await.unwrap();
            let now = Micros(desk.clock.load(Ordering::Relaxed));
            leave(store, &me.unwrap(), now).await.unwrap();
            let clock = move || now;
            let machine = Machine {
                now: &clock,
                chance: &|| 0,
                node: "n",
                every: 900_000_000,
            };
            let gone = leave_next(store, &desk.keyring, &Nobody, machine).await;
            assert!(gone.unwrap());
            assert_eq!(store.account_by_email(org, MAYA).await.unwrap(), None);
            let left = store.depth().await.unwrap();
            assert!(left.iter().all(|one| one.kind != IMIP), "{left:?}");
            assert_eq!(store.dead_letters(org, None, 9).await.unwrap(), []);
            assert!(is_given_up || desk.outside.given().is_empty());
        });
    }
}
