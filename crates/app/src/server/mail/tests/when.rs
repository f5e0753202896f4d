//! When mail goes out: by day, once whatever breaks, and only what is so still.

use super::*;
use std::future::Future;
use std::task::{Context, Poll, Waker};
use steadfast_store::{Facts, Round, Write};

/// Maya's calendar was looked at once more, and says the same.
async fn seen_again(bench: &Bench, at: Instant) {
    let source = format!("s-{MAYA}");
    let round = Round {
        source: &source,
        cursor: b"2",
        at: micros(at),
    };
    let write = Write {
        round: Some(&round),
        ..Write::default()
    };
    bench.store.write(&bench.org, write).await.unwrap();
}

#[test]
fn by_night_it_waits_and_is_dropped_when_it_is_not_so_any_more() {
    with_bench(|bench| async move {
        bench.joins(MAYA).await;
        bench.mayas(&one_on_one(""), &[status()]).await;
        let (desk, post) = (Desk::at(at("2026-03-30T21:00:00Z")), Script::default());
        assert!(desk.judged(&bench, MAYA).await);
        desk.settle();
        assert_eq!(desk.step(&bench, &post).await, Step::Nothing);
        let due = bench.store.next_due(&[MAIL]).await.unwrap();
        let morning = at("2026-03-31T08:00:00Z");
        assert_eq!(due, Some(micros(morning)));
        // By then the other meeting is gone.
        desk.is(morning);
        let alone = one_on_one("");
        let elsewhere = event(
            "u-status",
            "20260401T090000Z",
            "SUMMARY:S\r\nSEQUENCE:1\r\n",
            MAYA,
            &[MAYA, PETRA],
        );
        bench.round(MAYA, morning, &[&alone, &elsewhere]).await;
        assert_eq!(desk.step(&bench, &post).await, Step::Nothing);
        assert!(post.given().is_empty());
        assert_eq!(bench.store.next_due(&[MAIL]).await.unwrap(), None);
    });
}

#[test]
fn in_the_morning_it_goes_out_if_it_is_so_still() {
    with_bench(|bench| async move {
        bench.joins(MAYA).await;
        bench.mayas(&one_on_one(""), &[status()]).await;
        let (desk, post) = (Desk::at(at("2026-03-30T21:00:00Z")), Script::default());
        desk.judged(&bench, MAYA).await;
        desk.settle();
        desk.step(&bench, &post).await;
        let morning = at("2026-03-31T08:00:00Z");
        seen_again(&bench, morning).await;
        desk.is(morning);
        assert_eq!(desk.step(&bench, &post).await, Step::Sent);
    });
}

#[test]
fn what_the_mail_server_does_not_take_now_goes_out_later_as_the_same_message() {
    with_bench(|bench| async move {
        bench.joins(MAYA).await;
        bench.mayas(&one_on_one(""), &[status()]).await;
        let desk = Desk::at(now());
        // The second time it is taken, and the connection breaks before that is said.
        let post = Script::saying(&[later(), later()]);
        desk.judged(&bench, MAYA).await;
        desk.settle();
        assert_eq!(desk.step(&bench, &post).await, Step::Again);
        for _ in 0..2 {
            let due = bench.store.next_due(&[MAIL]).await.unwrap().unwrap();
            assert!(due > micros(desk.instant()), "not at once");
            desk.is(Instant::from_seconds(due.0 / 1_000_000 + 1));
            desk.step(&bench, &post).await;
        }
        let given = post.given();
        assert_eq!(given.len(), 3);
        assert!(given.iter().all(|mail| *mail == given[0]), "{given:?}");
        // What came meanwhile is looked at once more, and there is nothing.
        desk.settle();
        assert_eq!(desk.step(&bench, &post).await, Step::Nothing);
        assert!(!desk.judged(&bench, MAYA).await);
    });
}

/// A mail server that takes the mail, and is never done.
#[derive(Default)]
struct Hangs(Mutex<Vec<Mail>>);

impl Post for Hangs {
    async fn post(&self, mail: &Mail) -> Posted {
        self.0.lock().unwrap().push(mail.clone());
        std::future::pending().await
    }

    async fn chat(&self, message: &Message) -> Posted {
        panic!("nobody chose a chat: {message:?}")
    }

    fn has_mail(&self) -> bool {
        true
    }
}

#[test]
fn a_crash_between_sending_and_noting_repeats_the_same_message() {
    with_bench(|bench| async move {
        bench.joins(MAYA).await;
        bench.mayas(&one_on_one(""), &[status()]).await;
        let (desk, hangs) = (Desk::at(now()), Hangs::default());
        desk.judged(&bench, MAYA).await;
        desk.settle();
        {
            let mut step = Box::pin(desk.step(&bench, &hangs));
            loop {
                let is_given = || !hangs.0.lock().unwrap().is_empty();
                let polled = step.as_mut().poll(&mut Context::from_waker(Waker::noop()));
                assert!(matches!(polled, Poll::Pending));
                if is_given() {
                    break;
                }
                tokio::task::yield_now().await;
            }
            // Here the process is gone.
        }
        desk.is(desk.instant().plus_minutes(11));
        let post = Script::default();
        assert_eq!(desk.step(&bench, &post).await, Step::Sent);
        assert_eq!(post.given(), *hangs.0.lock().unwrap());
    });
}

/// A mail server that is so slow that another node has the job by the time it answers.
struct Slow<'a> {
    desk: &'a Desk,
    bench: &'a Bench,
    other: &'a Script,
    given: Mutex<Vec<Mail>>,
}

impl Post for Slow<'_> {
    async fn post(&self, mail: &Mail) -> Posted {
        self.given.lock().unwrap().push(mail.clone());
        self.desk.is(self.desk.instant().plus_minutes(11));
        let step = Box::pin(self.desk.step(self.bench, self.other)).await;
        assert_eq!(step, Step::Sent);
        Posted::Taken
    }

    async fn chat(&self, message: &Message) -> Posted {
        panic!("nobody chose a chat: {message:?}")
    }

    fn has_mail(&self) -> bool {
        true
    }
}

#[test]
fn two_nodes_that_both_send_send_the_same_message_and_one_of_them_notes_it() {
    with_bench(|bench| async move {
        bench.joins(MAYA).await;
        bench.mayas(&one_on_one(""), &[status()]).await;
        let (desk, other) = (Desk::at(now()), Script::default());
        desk.judged(&bench, MAYA).await;
        desk.settle();
        let slow = Slow {
            desk: &desk,
            bench: &bench,
            other: &other,
            given: Mutex::default(),
        };
        assert_eq!(desk.step(&bench, &slow).await, Step::Nothing);
        assert_eq!(*slow.given.lock().unwrap(), other.given());
        let all = letters(&bench.store, &viewer(&bench.org, MAYA)).await;
        assert_eq!(all.unwrap().len(), 1);
    });
}

#[test]
fn what_the_mail_server_refuses_is_told_to_both_and_is_not_tried_by_itself() {
    with_bench(|bench| async move {
        bench.joins(MAYA).await;
        bench.mayas(&one_on_one(""), &[status()]).await;
        let desk = Desk::at(now());
        let post = Script::saying(&[Posted::Refused { code: Some(550) }]);
        desk.judged(&bench, MAYA).await;
        desk.settle();
        assert_eq!(desk.step(&bench, &post).await, Step::Refused(Some(550)));
        let dead = bench.store.dead_letters(&bench.org, None, 9).await.unwrap();
        let [letter] = dead.as_slice() else {
            panic!("{dead:?}");
        };
        assert_eq!(letter.error.as_deref(), Some("it was refused (550)"));
        let maya = viewer(&bench.org, MAYA);
        let stands = chosen(&bench.store, &maya).await.unwrap();
        assert_eq!(stands.refused.map(|(_, code)| code), Some(Some(550)));
        assert!(!desk.judged(&bench, MAYA).await, "not again by itself");
        // Whoever runs the server mended it: what is so still is told.
        let now = micros(desk.instant());
        bench
            .store
            .requeue(&bench.org, letter.job, now)
            .await
            .unwrap();
        assert_eq!(desk.step(&bench, &post).await, Step::Sent);
        let stands = chosen(&bench.store, &maya).await.unwrap();
        assert_eq!(stands.refused, None);
    });
}

#[test]
fn where_there_is_no_mail_server_nothing_piles_up() {
    with_bench(|bench| async move {
        bench.joins(MAYA).await;
        bench.mayas(&one_on_one(""), &[status()]).await;
        let desk = Desk::at(now());
        desk.judged(&bench, MAYA).await;
        desk.settle();
        let now = || micros(desk.instant());
        let chance = || 0;
        let machine = Machine {
            now: &now,
            chance: &chance,
            node: "n",
            every: 1,
        };
        assert!(pass(&bench.store, machine).await.unwrap());
        assert_eq!(bench.store.next_due(&[MAIL]).await.unwrap(), None);
        // Where it has one later, what is so then is told.
        assert!(desk.judged(&bench, MAYA).await);
    });
}
