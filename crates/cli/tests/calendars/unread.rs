//! A calendar that does not answer while others of its account do, and one that is taken away and given back.

use crate::bench::{Bench, Engine, Net, access, lines, moment, run};
use crate::town::{BEN, MAYA};
use std::sync::{Arc, Mutex};
use steadfast_app::server::sync::{Found, FoundCalendar, News, Object, statuses};
use steadfast_calendar::Instant;

fn series(more: &str) -> News {
    let text = format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:one\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260106T140000Z\r\n\
         DURATION:PT1H\r\nRRULE:FREQ=WEEKLY\r\nSUMMARY:1:1 Maya / Ben\r\nORGANIZER:mailto:{MAYA}\r\n\
         ATTENDEE;PARTSTAT=ACCEPTED:mailto:{MAYA}\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{BEN}\r\n{more}END:VEVENT\r\nEND:VCALENDAR\r\n"
    );
    News::Whole {
        objects: vec![Object {
            href: "one.ics".to_owned(),
            lines: text.into_bytes(),
        }],
        kept: Vec::new(),
        blind: false,
    }
}

fn note(title: &str) -> News {
    let text = format!(
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:n\r\nDTSTART:20260107T080000Z\r\nSUMMARY:{title}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    );
    News::Whole {
        objects: vec![Object {
            href: "n.ics".to_owned(),
            lines: text.into_bytes(),
        }],
        kept: Vec::new(),
        blind: false,
    }
}

fn told(calendars: Vec<(&str, News)>) -> Found {
    let calendar = |(id, news): (&str, News)| FoundCalendar {
        id: id.to_owned(),
        name: id.to_owned(),
        owner: None,
        news,
    };
    Found {
        calendars: calendars.into_iter().map(calendar).collect(),
        cursor: "here".to_owned(),
        ..Found::default()
    }
}

struct Account {
    bench: Bench,
    says: Arc<Mutex<Found>>,
}

impl Account {
    /// Maya's account of two calendars, `/diary/` with the 1:1 and `/side/`, connected on Monday, 5 January.
    async fn begin() -> Self {
        let mut bench = Bench::new(Engine::Sqlite, moment("2026-01-05T08:00:00Z")).await;
        let says = Arc::new(Mutex::new(told(vec![
            ("/diary/", series("")),
            ("/side/", note("a")),
        ])));
        let said = says.clone();
        bench.net = Net(Box::new(move |_, _| {
            let said = said.lock().unwrap().clone();
            Box::pin(async move { Ok(said) })
        }));
        bench.connect(MAYA, &access("https://a/", None)).await;
        bench.declare(MAYA, BEN).await;
        let account = Self { bench, says };
        account
            .round(
                "2026-01-07T08:00:00Z",
                told(vec![
                    ("/diary/", News::Unchanged),
                    ("/side/", News::Unchanged),
                ]),
            )
            .await;
        account
    }

    async fn round(&self, at: &str, says: Found) {
        *self.says.lock().unwrap() = says;
        self.bench.good_rounds(moment(at)).await;
    }

    async fn lines(&self) -> Vec<String> {
        lines(&self.bench.view(MAYA).await)
    }

    async fn verified(&self) -> (Option<Instant>, Option<String>) {
        let viewer = self.bench.viewer(MAYA).await;
        let status = statuses(&self.bench.store, &viewer)
            .await
            .unwrap()
            .remove(0);
        (status.verified, status.problem)
    }
}

/// What the account says while `/diary/` does not answer.
fn without_work(news: News) -> Found {
    Found {
        unreadable: vec![("/diary/".to_owned(), "answered with status 500".to_owned())],
        ..told(vec![("/side/", news)])
    }
}

#[test]
fn what_a_calendar_that_does_not_answer_holds_is_not_known() {
    run(async {
        let account = Account::begin().await;
        account
            .round("2026-01-08T08:00:00Z", without_work(note("b")))
            .await;
        account
            .round("2026-01-21T08:00:00Z", without_work(note("c")))
            .await;
        let unknown = [
            "2026-01-06T14:00:00 kept",
            "2026-01-13T14:00:00 unknown q:0",
            "2026-01-20T14:00:00 unknown q:0",
        ];
        assert_eq!(account.lines().await, unknown);
        let (verified, problem) = account.verified().await;
        assert_eq!(verified, Some(moment("2026-01-07T08:00:00Z")));
        assert!(problem.is_some_and(|said| said.contains("one of its calendars")));
        // It answers again: nothing had happened.
        account
            .round(
                "2026-01-21T09:00:00Z",
                told(vec![
                    ("/diary/", News::Unchanged),
                    ("/side/", News::Unchanged),
                ]),
            )
            .await;
        assert_eq!(
            account.verified().await,
            (Some(moment("2026-01-21T09:00:00Z")), None)
        );
        assert!(
            account
                .lines()
                .await
                .iter()
                .all(|line| line.ends_with("kept"))
        );
    });
}

#[test]
fn what_changed_while_a_calendar_did_not_answer_may_have_changed_at_any_time_since() {
    run(async {
        let account = Account::begin().await;
        account
            .round("2026-01-08T08:00:00Z", without_work(note("b")))
            .await;
        account
            .round("2026-01-19T08:00:00Z", without_work(News::Unchanged))
            .await;
        let off = series("SEQUENCE:1\r\nEXDATE:20260120T140000Z\r\n");
        account
            .round(
                "2026-01-19T09:00:00Z",
                told(vec![("/diary/", off), ("/side/", note("c"))]),
            )
            .await;
        account
            .round(
                "2026-01-21T08:00:00Z",
                told(vec![
                    ("/diary/", News::Unchanged),
                    ("/side/", News::Unchanged),
                ]),
            )
            .await;
        // From the 7th, when it was last read, to the 19th.
        assert_eq!(
            account.lines().await,
            [
                "2026-01-06T14:00:00 kept",
                "2026-01-13T14:00:00 kept",
                "2026-01-20T14:00:00 cancelled notice:early/19080[1740..19080] hops:1 by:manager loss"
            ]
        );
    });
}

#[test]
fn what_changed_while_a_calendar_was_taken_away_may_have_changed_at_any_time_since() {
    run(async {
        let account = Account::begin().await;
        let taken = Found {
            gone: vec!["/diary/".to_owned()],
            ..told(vec![("/side/", News::Unchanged)])
        };
        account.round("2026-01-08T08:00:00Z", taken).await;
        account
            .round("2026-01-19T08:00:00Z", told(vec![("/side/", note("b"))]))
            .await;
        let off = series("SEQUENCE:1\r\nEXDATE:20260120T140000Z\r\n");
        account
            .round(
                "2026-01-19T09:00:00Z",
                told(vec![("/diary/", off), ("/side/", News::Unchanged)]),
            )
            .await;
        account
            .round(
                "2026-01-21T08:00:00Z",
                told(vec![
                    ("/diary/", News::Unchanged),
                    ("/side/", News::Unchanged),
                ]),
            )
            .await;
        // From the 8th, when it was taken away, to the 19th.
        assert_eq!(
            account.lines().await,
            [
                "2026-01-06T14:00:00 kept",
                "2026-01-13T14:00:00 kept",
                "2026-01-20T14:00:00 cancelled notice:early/17640[1740..17640] hops:1 by:manager loss"
            ]
        );
    });
}
