//! How often a page asks the store. Each statement goes to another thread and back, which is what a page costs most; so a page
//! that asks for more than it did says so here.
#![expect(
    clippy::unwrap_used,
    reason = "what cannot be set up fails the test, with its place"
)]
#![expect(dead_code, reason = "the site's other tests use the rest of it")]

#[path = "../site/calendars.rs"]
mod calendars;
#[path = "../site/everybody.rs"]
mod everybody;
#[path = "../site/support.rs"]
mod support;

use everybody::everybody;
use std::sync::Mutex;
use support::Site;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// What was asked since it was emptied last.
static ASKED: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Hears every statement.
struct Ear;

struct Summary(String);

impl Visit for Summary {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if field.name() == "summary" {
            self.0 = format!("{value:?}");
        }
    }
}

impl Subscriber for Ear {
    fn enabled(&self, about: &Metadata<'_>) -> bool {
        about.target() == "sqlx::query"
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut summary = Summary(String::new());
        event.record(&mut summary);
        ASKED.lock().unwrap().push(summary.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Pages, and how many statements each may take once it was looked at.
const PAGES: &[(&str, usize)] = &[
    ("/one-on-ones", 11),
    ("{pair}", 13),
    ("/people/me", 6),
    ("/policies", 11),
    ("/privacy", 7),
];

#[tokio::test]
async fn no_page_asks_the_store_more_often_than_it_did() {
    tracing::subscriber::set_global_default(Ear).unwrap();
    let site = Site::new().await;
    let all = everybody(&site).await;
    // What can be chosen for everybody was: reading a choice takes more than finding none.
    for (path, name, value) in [
        ("/once-in-a-while", "once", "one-in-ten"),
        ("/retention", "keep", "36"),
        ("/auditor", "address", "ben@example.com"),
    ] {
        let answer = site.post(path, &all.maya, &[(name, value)]).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
    }
    let mut over = Vec::new();
    for (path, most) in PAGES {
        let path = path.replace("{pair}", &all.pair);
        // The first look judges.
        site.get(&path, &all.maya).await;
        ASKED.lock().unwrap().clear();
        site.get(&path, &all.maya).await;
        // A connection that the pool opens in between says how it is to be; that is of no page.
        let asked: Vec<String> = ASKED.lock().unwrap().clone();
        let asked: Vec<String> = asked
            .into_iter()
            .filter(|one| !one.contains("PRAGMA"))
            .collect();
        assert!(!asked.is_empty(), "nothing was heard");
        if asked.len() > *most {
            over.push(format!(
                "{path}: {} of {most}\n  {}",
                asked.len(),
                asked.join("\n  ")
            ));
        }
    }
    assert!(over.is_empty(), "{}", over.join("\n"));
}
