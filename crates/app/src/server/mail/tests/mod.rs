//! Mail to people on a real store with connected calendars: what goes out, once, and what does not. The mail server is a
//! script here; a real one is in the tests of `connect` and of the program.

mod chat;
mod leave;
mod when;
mod whom;

use super::*;
use crate::server::chat::Message;
use crate::server::guard::Measure;
use crate::server::guard::tests::{
    BEN, Bench, MAYA, PETRA, at, event, now, one_on_one, with_bench,
};
use crate::server::looked::Noted;
use crate::server::sync::Machine;
use crate::server::testing::viewer;
use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};
use steadfast_calendar::Instant;
use steadfast_store::seal::Keyring;
use steadfast_store::{Access, AccessLog, Jobs, Micros};

/// A mail server that answers as it is told, and takes what it is not told of.
#[derive(Default)]
struct Script {
    said: Mutex<VecDeque<Posted>>,
    given: Mutex<Vec<Mail>>,
    chatted: Mutex<Vec<Message>>,
    without_mail: bool,
}

impl Post for Script {
    async fn post(&self, mail: &Mail) -> Posted {
        self.given.lock().unwrap().push(mail.clone());
        let said = self.said.lock().unwrap().pop_front();
        said.unwrap_or(Posted::Taken)
    }

    async fn chat(&self, message: &Message) -> Posted {
        self.chatted.lock().unwrap().push(message.clone());
        let said = self.said.lock().unwrap().pop_front();
        said.unwrap_or(Posted::Taken)
    }

    fn has_mail(&self) -> bool {
        !self.without_mail
    }
}

impl Script {
    fn saying(answers: &[Posted]) -> Self {
        Self {
            said: Mutex::new(answers.iter().cloned().collect()),
            ..Self::default()
        }
    }

    fn given(&self) -> Vec<Mail> {
        self.given.lock().unwrap().clone()
    }
}

fn later() -> Posted {
    Posted::Later {
        why: "not now".to_owned(),
    }
}

fn micros(at: Instant) -> Micros {
    Micros(at.seconds() * 1_000_000)
}

/// A server that mails.
struct Desk {
    keyring: Keyring,
    office: Office,
    noted: Noted,
    clock: AtomicI64,
}

impl Desk {
    fn at(moment: Instant) -> Self {
        Self {
            keyring: Keyring::new("k", [7; 32]).unwrap(),
            office: Office {
                address: "https://steadfast.example.org".to_owned(),
                domain: "example.org".to_owned(),
                from: "steadfast@example.org".to_owned(),
            },
            noted: Noted::default(),
            clock: AtomicI64::new(micros(moment).0),
        }
    }

    fn is(&self, moment: Instant) {
        self.clock.store(micros(moment).0, Ordering::Relaxed);
    }

    fn instant(&self) -> Instant {
        Instant::from_seconds(self.clock.load(Ordering::Relaxed) / 1_000_000)
    }

    async fn step(&self, bench: &Bench, post: &impl Post) -> Step {
        let now = || Micros(self.clock.load(Ordering::Relaxed));
        let chance = || 0;
        let machine = Machine {
            now: &now,
            chance: &chance,
            node: "n",
            every: 900_000_000,
        };
        let lent = Lent {
            post,
            office: &self.office,
            keyring: &self.keyring,
            program: "test",
            noted: &self.noted,
        };
        step(&bench.store, &lent, machine).await.unwrap()
    }

    /// What judging their ledger leads to: a job, where there is something new to tell.
    async fn judged(&self, bench: &Bench, person: &str) -> bool {
        let (viewer, now) = (viewer(&bench.org, person), self.instant());
        let kept = crate::server::ledger::kept(&bench.store, &viewer, "test", now)
            .await
            .unwrap();
        let ahead = bench.ahead(&viewer, now).await;
        let report = kept.report().unwrap();
        let job = plan(&bench.store, &viewer, &report, &ahead, now)
            .await
            .unwrap();
        bench
            .store
            .enqueue(&bench.org, job.as_slice())
            .await
            .unwrap();
        job.is_some()
    }

    /// Lets the time go by that a mail waits for what else is said.
    fn settle(&self) {
        self.clock.fetch_add(
            steadfast_guard::telling::SETTLES * 1_000_000,
            Ordering::Relaxed,
        );
    }
}

/// A meeting of Maya's own over her 1:1 of Tuesday.
fn status() -> String {
    let title = "SUMMARY:Status marker-title\r\nDESCRIPTION:marker-note\r\n";
    event("u-status", "20260331T140000Z", title, MAYA, &[MAYA, PETRA])
}

/// All that is in a mail.
fn whole(mail: &Mail) -> String {
    let html = mail.html.as_deref().unwrap_or_default();
    format!("{}\n{}\n{html}", mail.subject, mail.text)
}

#[test]
fn what_threatens_is_mailed_once_with_its_evidence_and_without_titles() {
    with_bench(|bench| async move {
        bench.joins(MAYA).await;
        bench.mayas(&one_on_one(""), &[status()]).await;
        let (desk, post) = (Desk::at(now()), Script::default());
        assert!(desk.judged(&bench, MAYA).await);
        assert_eq!(desk.step(&bench, &post).await, Step::Idle, "it settles");
        desk.settle();
        assert_eq!(desk.step(&bench, &post).await, Step::Sent);
        let given = post.given();
        let [mail] = given.as_slice() else {
            panic!("{given:?}");
        };
        assert_eq!(mail.to, MAYA);
        assert_eq!(
            mail.subject,
            "Your 1:1 of Tue 31 March, 14:00: something lies over it"
        );
        let text = whole(mail);
        for said in [
            "Ben, Tue 31 March, 14:00",
            "A meeting of your own lies over it",
            "keep it and move the other",
            "https://steadfast.example.org/one-on-ones/",
            "#threats",
        ] {
            assert!(text.contains(said), "{said} in {text}");
        }
        for kept in ["marker", "Status", "Petra", "petra@"] {
            assert!(!text.contains(kept), "{kept} in {text}");
        }
        // It is told: neither the next look nor the next job tells it again.
        assert!(!desk.judged(&bench, MAYA).await);
        let again = super::plan::job(MAYA, micros(desk.instant()));
        bench.store.enqueue(&bench.org, &[again]).await.unwrap();
        desk.settle();
        assert_eq!(desk.step(&bench, &post).await, Step::Nothing);
        assert_eq!(post.given().len(), 1);
    });
}

#[test]
fn several_are_one_mail_and_a_series_over_a_series_is_one_thing() {
    with_bench(|bench| async move {
        bench.joins(MAYA).await;
        let title = "SUMMARY:Status\r\nRRULE:FREQ=WEEKLY\r\n";
        let series = event("u-status", "20260331T140000Z", title, MAYA, &[MAYA, PETRA]);
        let lost = one_on_one("EXDATE:20260407T140000Z\r\n");
        bench.mayas(&lost, &[series]).await;
        let (desk, post) = (Desk::at(now()), Script::default());
        assert!(desk.judged(&bench, MAYA).await);
        desk.settle();
        assert_eq!(desk.step(&bench, &post).await, Step::Sent);
        let given = post.given();
        let mail = given.first().unwrap();
        assert_eq!(mail.subject, "2 of your 1:1s");
        assert!(
            mail.text
                .contains("And so it does again on Tue 14 April, 14:00"),
            "{}",
            mail.text
        );
        assert_eq!(given.len(), 1);
    });
}

#[test]
fn what_was_sent_stands_in_the_log_and_what_it_showed_is_a_look() {
    with_bench(|bench| async move {
        bench.joins(MAYA).await;
        bench.mayas(&one_on_one(""), &[status()]).await;
        let (desk, post) = (Desk::at(now()), Script::default());
        desk.judged(&bench, MAYA).await;
        desk.settle();
        desk.step(&bench, &post).await;
        let maya = viewer(&bench.org, MAYA);
        let all = letters(&bench.store, &maya).await.unwrap();
        let [one] = all.as_slice() else {
            panic!("{all:?}");
        };
        assert_eq!(one.id, post.given()[0].id);
        let [(topic, _, promised)] = one.about.as_slice() else {
            panic!("{one:?}");
        };
        assert_eq!(topic, "threat");
        assert_eq!(*promised, at("2026-03-31T14:00:00Z").seconds());
        assert!(matches!(one.end, Some((_, How::Sent, None))));
        let looks = bench.store.accesses(&bench.org, Some(BEN), None, 9).await;
        let is_it = |look: &Access| look.actor == MAYA && look.what == "mailed";
        assert!(
            looks.unwrap().iter().any(|(_, look)| is_it(look)),
            "Ben is told that a mail told Maya of their 1:1"
        );
    });
}
