//! Calendars that the server writes to, reached through `connect`.

use crate::calendars::{Reach, options};
use crate::google::unregistered;
use std::collections::BTreeMap;
use std::time::Duration;
use steadfast_app::server::acting::{Order, Outcome, Ready};
use steadfast_app::server::guard::{Busy, NotTold, Question};
use steadfast_app::server::sync::Access;
use steadfast_calendar::Instant;
use steadfast_connect::write::{self, Writer};
use steadfast_connect::{SourceError, free_busy};
use steadfast_web::{Looked, Looking, Reading, Sending, Telling, Writes};
use tokio::task::spawn_blocking;
use url::Url;

/// Writes over the network.
pub(crate) struct Network {
    pub(crate) reach: Reach,
}

/// What was made ready, and by whom.
struct Held {
    writer: Box<dyn Writer>,
    ready: write::Ready,
}

impl Writes for Network {
    fn look(&self, access: Access, order: Order) -> Looking {
        let reach = self.reach.clone();
        Box::pin(async move {
            let looked = spawn_blocking(move || look(&reach, access, &order));
            looked.await.unwrap_or_else(|_| {
                Err(Outcome::Later {
                    after: None,
                    why: broke(),
                })
            })
        })
    }

    fn send(&self, _: Access, order: Order, looked: Looked) -> Sending {
        Box::pin(async move {
            let Ok(held) = looked.downcast::<Held>() else {
                return Outcome::Later {
                    after: None,
                    why: broke(),
                };
            };
            let sent = spawn_blocking(move || {
                let Held { mut writer, ready } = *held;
                outcome(writer.send(&theirs(&order), ready))
            });
            // It may have gone out before the program broke off.
            sent.await
                .unwrap_or_else(|_| Outcome::Unsure { why: broke() })
        })
    }

    fn read(&self, access: Access, place: String, now: Instant) -> Reading {
        let reach = self.reach.clone();
        Box::pin(async move {
            let read = spawn_blocking(move || {
                let mut writer = opened(&reach, access)?;
                writer.read(&place, now).map_err(|ended| outcome(*ended))
            });
            read.await.unwrap_or_else(|_| {
                Err(Outcome::Later {
                    after: None,
                    why: broke(),
                })
            })
        })
    }

    fn when_busy(&self, access: Access, question: Question, now: Instant) -> Telling {
        let reach = self.reach.clone();
        Box::pin(async move {
            let told = spawn_blocking(move || when_busy(&reach, access, question, now));
            told.await.unwrap_or(Err(NotTold::NoAnswer))
        })
    }
}

/// How long a server may take to tell when others are busy: whoever waits for it can do without.
const TELLS: Duration = Duration::from_secs(8);

/// Who is not told of stays unknown, whatever the reason; that nobody was told of is for whoever runs the server.
fn when_busy(
    reach: &Reach,
    access: Access,
    question: Question,
    now: Instant,
) -> Result<BTreeMap<String, Busy>, NotTold> {
    let url = Url::parse(&access.address).map_err(|_| NotTold::NoAnswer)?;
    let mut options = options(reach, access);
    (
        options.limits.connect,
        options.limits.answer,
        options.limits.whole,
    ) = (TELLS, TELLS, TELLS);
    let question = free_busy::Question {
        about: question
            .from
            .iter()
            .cloned()
            .chain(question.about)
            .collect(),
        from: question.from,
        span: question.span,
        now,
    };
    let told = free_busy::ask(&url, &options, &question).map_err(|error| not_told(&error))?;
    let busy = told.into_iter().map(|(address, known)| {
        let busy = Busy {
            span: known.span,
            slots: known.busy,
        };
        (address, busy)
    });
    Ok(busy.collect())
}

/// The same without the address that it was asked at.
fn not_told(error: &free_busy::NotAsked) -> NotTold {
    match error {
        free_busy::NotAsked::NoOutbox(_) => NotTold::NoOutbox,
        free_busy::NotAsked::Failed(
            SourceError::Unauthorized { status, .. }
            | SourceError::Answered { status, .. }
            | SourceError::SlowDown { status, .. },
        ) => NotTold::Refused(*status),
        free_busy::NotAsked::Failed(_) => NotTold::NoAnswer,
    }
}

fn broke() -> String {
    "the program broke off writing it".to_owned()
}

fn opened(reach: &Reach, access: Access) -> Result<Box<dyn Writer>, Outcome> {
    let refused = |why: String| Outcome::Refused { why };
    if access.is_of_google() {
        let account = match &reach.google {
            Some(google) => google.account(access),
            None => Err(unregistered()),
        };
        let account = account.map_err(|trouble| refused(trouble.what))?;
        let options = options(reach, Access::google(String::new()));
        return write::at_google(&account, &options).map_err(|error| refused(error.to_string()));
    }
    let url = Url::parse(&access.address).map_err(|_| refused("this is no address".to_owned()))?;
    let options = options(reach, access);
    write::open(&url, &options).map_err(|error| refused(error.to_string()))
}

fn look(reach: &Reach, access: Access, order: &Order) -> Result<Ready<Looked>, Outcome> {
    let mut writer = opened(reach, access)?;
    match writer.look(&theirs(order)) {
        Ok(ready) => Ok(Ready {
            undo: ready.undo().cloned(),
            inner: Box::new(Held { writer, ready }),
        }),
        Err(ended) => Err(outcome(*ended)),
    }
}

fn theirs(order: &Order) -> write::Order {
    write::Order {
        place: order.place.clone(),
        basis: order.basis.clone(),
        edit: order.edit.clone(),
        addresses: order.addresses.clone(),
        zone: order.zone.clone(),
        now: order.now,
    }
}

fn outcome(outcome: write::Outcome) -> Outcome {
    match outcome {
        write::Outcome::Done {
            version,
            told,
            object,
            ..
        } => Outcome::Done {
            version,
            told,
            object,
        },
        write::Outcome::NotDelivered {
            version,
            told,
            who,
            object,
            ..
        } => Outcome::NotDelivered {
            version,
            told,
            who,
            object,
        },
        write::Outcome::Changed { .. } => Outcome::Changed,
        write::Outcome::Impossible(error) => Outcome::Impossible(error),
        write::Outcome::Refused { why } => Outcome::Refused { why },
        write::Outcome::Unsure { why } => Outcome::Unsure { why },
        write::Outcome::Later { after, why } => Outcome::Later { after, why },
    }
}
