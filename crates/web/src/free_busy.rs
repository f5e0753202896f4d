//! When others are busy, asked of the calendar server of whoever decides, and held in this process for a few minutes: looking at
//! a page twice asks once. It is never written down.

use crate::server::Server;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use steadfast_app::server::Viewer;
use steadfast_app::server::guard::{self, Ahead, Busy, FreeBusy, NotTold, Question};
use tokio::time::{Instant, timeout};

/// What was told is held for so long, and so is that nothing was: a server is not asked more often for one person.
const HELD: Duration = Duration::from_secs(5 * 60);
/// How long a page waits for it: it says “not known” then, and is asked for on.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// How long a decision waits for it.
const LONGEST: Duration = Duration::from_secs(30);
/// People for whom it is held at once.
const MOST: usize = 256;

/// Organisation and person.
type Whose = (String, String);
/// What one person's server told; the lock is held while it is asked, so that it is asked once.
type Answer = Arc<tokio::sync::Mutex<Option<(Instant, Question, BTreeMap<String, Busy>)>>>;

/// What calendar servers told lately, by for whom they were asked.
#[derive(Debug, Default)]
pub(crate) struct Told(Mutex<HashMap<Whose, Answer>>);

impl Told {
    fn of(&self, whose: &Whose) -> Option<Answer> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST && !all.contains_key(whose) {
            return None;
        }
        Some(all.entry(whose.clone()).or_default().clone())
    }

    /// Forgets what one person's server told, where it is that answer.
    fn forget(&self, whose: &Whose, answer: &Answer) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.get(whose).is_some_and(|held| Arc::ptr_eq(held, answer)) {
            all.remove(whose);
        }
    }
}

/// Asks, or gives what was told lately.
async fn told(server: &Server, viewer: &Viewer, question: Question) -> BTreeMap<String, Busy> {
    let whose = (viewer.org().as_str().to_owned(), viewer.person().to_owned());
    let Some(answer) = server.0.told.of(&whose) else {
        return BTreeMap::new();
    };
    let mut held = answer.lock().await;
    if let Some((at, asked, told)) = &*held
        && at.elapsed() < HELD
        && asked.covers(&question)
    {
        return told.clone();
    }
    let (store, world) = (&server.0.store, &server.0.world);
    let access = guard::account_of(store, &world.keyring, viewer, &question).await;
    let told = match access {
        Ok(Some(access)) => {
            let asks = world
                .writes
                .when_busy(access, question.clone(), world.instant());
            asks.await.unwrap_or_else(|why| {
                if let Some(line) = line(why) {
                    (world.log)(&line);
                }
                BTreeMap::new()
            })
        }
        _ => BTreeMap::new(),
    };
    *held = Some((Instant::now(), question, told.clone()));
    drop(held);
    // A server that is gone by then has nothing to forget.
    let shared = Arc::downgrade(&server.0);
    tokio::spawn(async move {
        tokio::time::sleep(HELD).await;
        if let Some(shared) = shared.upgrade() {
            shared.told.forget(&whose, &answer);
        }
    });
    told
}

/// What whoever runs the server reads of it, once for as long as it is held; that a server has no outbox is how it is.
fn line(why: NotTold) -> Option<String> {
    match why {
        NotTold::NoOutbox => None,
        NotTold::Refused(status) => Some(format!(
            "free_busy.refused response.status={status} (a calendar server does not tell when people are busy; they stay unknown)"
        )),
        NotTold::NoAnswer => Some(
            "free_busy.no_answer (a calendar server was asked when people are busy and gave no answer that could be read; they \
             stay unknown)"
                .to_owned(),
        ),
    }
}

impl FreeBusy for Server {
    async fn busy(&self, viewer: &Viewer, question: &Question) -> BTreeMap<String, Busy> {
        // It comes to its end whoever gives up waiting: what is held of it is forgotten there.
        let (of, whose, asks) = (self.clone(), viewer.clone(), question.clone());
        let asked = tokio::spawn(async move { told(&of, &whose, asks).await });
        let told = timeout(LONGEST, asked).await;
        told.ok().and_then(Result::ok).unwrap_or_default()
    }
}

/// What is to come for somebody who looks at a page, with what their calendar server tells at once, or told lately.
pub(crate) async fn knowing(server: &Server, viewer: &Viewer, ahead: Arc<Ahead>) -> Arc<Ahead> {
    let Some(question) = ahead.question(server.0.world.instant()) else {
        return ahead;
    };
    let (of, whose, asks) = (server.clone(), viewer.clone(), question.clone());
    let asked = tokio::spawn(async move { told(&of, &whose, asks).await });
    match timeout(PATIENCE, asked).await {
        Ok(Ok(told)) if !told.is_empty() => Arc::new(ahead.told(&question, &told)),
        _ => ahead,
    }
}

/// The same for somebody who taps, who can wait.
pub(crate) async fn deciding(server: &Server, viewer: &Viewer, ahead: Arc<Ahead>) -> Arc<Ahead> {
    let Some(question) = ahead.question(server.0.world.instant()) else {
        return ahead;
    };
    let told = server.busy(viewer, &question).await;
    if told.is_empty() {
        return ahead;
    }
    Arc::new(ahead.told(&question, &told))
}
