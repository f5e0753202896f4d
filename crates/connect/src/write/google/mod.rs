//! Writing to Google Calendar (API v3). A series is the event that repeats, its exceptions and what was called off; all of them
//! are read as one object, and an edit of that becomes the fewest calls that say the same: of one instance that alone, of an
//! answer one's own entry alone. Each is sent on the version that was seen (`If-Match`), a new event under an id that its intent
//! names, so that a repeat finds it there. Whatever is answered, it is read back.

mod calls;
mod like;
mod said;
mod there;

pub(super) use calls::Calls;

use super::decide::{self, Made};
use super::outcome::{Kept, What, not_ours};
use super::{Order, Outcome, Ready, Told, Writer};
use crate::error::SourceError;
use crate::options::Options;
use crate::sync::google::answer::No;
use crate::sync::google::api::Api;
use crate::sync::google::{Account, grant};
use crate::web::client::{Answer, Client, NoAnswer, Write};
use calls::Call;
use said::{by_error, by_status};
use steadfast_calendar::Instant;
use steadfast_calendar::edit::{Edit, holds, itip, others};
use there::There;

/// The media type of what is sent.
const JSON: &str = "application/json; charset=utf-8";

/// An account at Google.
pub(super) struct Google {
    client: Client,
    account: Account,
    /// The access token in use.
    access: Option<String>,
}

impl Google {
    pub(super) fn new(account: &Account, options: &Options) -> Result<Self, SourceError> {
        Ok(Self {
            client: account.endpoints.writing_client(options)?,
            account: account.clone(),
            access: None,
        })
    }

    /// Whoever asks. What it reads is bounded anew for each call of ours.
    fn api(&mut self) -> Api<'_> {
        Api {
            client: &self.client,
            endpoints: &self.account.endpoints,
            by: &self.account.by,
            access: &mut self.access,
            budget: self.client.limits().download_bytes,
        }
    }

    fn there(&mut self, place: &str) -> Result<There, Box<Outcome>> {
        There::read(&mut self.api(), place)
    }
}

impl Writer for Google {
    fn look(&mut self, order: &Order) -> Result<Ready, Box<Outcome>> {
        let there = self.there(&order.place)?;
        let made = decide::made(order, there.text(), there.is_as_decided(order));
        let Made { text, undo } =
            made.map_err(|not| not.outcome(|| already(&there), || there.version()))?;
        let calls = calls::of(&mut self.api(), order, &there, text.as_deref())?;
        let before = there.into_text().filter(|_| text.is_none());
        Ok(Ready {
            what: What::Google(calls),
            undo,
            before,
        })
    }

    fn send(&mut self, order: &Order, ready: Ready) -> Outcome {
        let (what, kept) = ready.apart();
        let What::Google(calls) = what else {
            return not_ours();
        };
        for (index, call) in calls.all.iter().enumerate() {
            // All of a series has one version, which an earlier call of these has moved on.
            let version = match index {
                0 => Ok(call.version.clone()),
                _ => calls::version(&mut self.api(), &calls.calendar, call),
            };
            let version = match version {
                Ok(version) => version,
                Err(outcome) => return *outcome,
            };
            match self.call(&calls.calendar, call, version.as_deref()) {
                Ok(answer) if matches!(answer.status, 200..=299) => {}
                Ok(answer) => return self.answered(order, &calls, kept, answer),
                Err(NoAnswer::NotSent(error)) => return by_error(&error),
                Err(NoAnswer::PerhapsTaken(error)) => {
                    let why = error.to_string();
                    return self.read_back(order, &calls, kept, |_| Outcome::Unsure { why });
                }
            }
        }
        self.read_back(order, &calls, kept, |_| Outcome::Refused {
            why: "Google took the change and kept what it had".to_owned(),
        })
    }

    fn read(&mut self, place: &str, _: Instant) -> Result<Option<Vec<u8>>, Box<Outcome>> {
        Ok(self.there(place)?.into_text())
    }
}

impl Google {
    /// One call. A token that is good no more is got anew: nothing was taken by it.
    fn call(
        &mut self,
        calendar: &str,
        call: &Call,
        version: Option<&str>,
    ) -> Result<Answer, NoAnswer> {
        let url = call.url(&self.api(), calendar);
        let body = call.body.as_ref().map(ToString::to_string);
        let mut again = false;
        loop {
            let token = match self.access.take() {
                Some(token) => token,
                None => grant::access(&self.client, &self.account.endpoints, &self.account.by)
                    .map_err(NoAnswer::NotSent)?,
            };
            let answer = self.client.write(&Write {
                method: call.method,
                url: &url,
                body: body.as_ref().map(|body| (JSON, body.as_bytes())),
                condition: version.map(|version| ("If-Match", version)),
                bearer: Some(&token),
            })?;
            if answer.status == 401 && !again {
                again = true;
                continue;
            }
            self.access = Some(token);
            return Ok(answer);
        }
    }

    fn answered(&mut self, order: &Order, calls: &Calls, kept: Kept, answer: Answer) -> Outcome {
        let no = No::of(&self.client, answer);
        match no.status {
            // Changed meanwhile; or by an earlier attempt of ours that was taken late; or there under that id.
            409 | 412 => self.read_back(order, calls, kept, |now| Outcome::Changed { now }),
            404 | 410 => Outcome::Changed { now: None },
            // An error in the middle may have come after the change was kept.
            500..=599 => {
                let later = by_status(&no);
                self.read_back(order, calls, kept, |_| later)
            }
            _ => by_status(&no),
        }
    }

    /// Reads what is there after a call, and says what came of it; `unchanged` where it is what it was before.
    fn read_back(
        &mut self,
        order: &Order,
        calls: &Calls,
        kept: Kept,
        unchanged: impl FnOnce(Option<String>) -> Outcome,
    ) -> Outcome {
        let Ok(there) = self.there(&order.place) else {
            return Outcome::Unsure {
                why: "what became of the change could not be read back".to_owned(),
            };
        };
        let version = there.version();
        if !order.by(|by| holds(there.text(), &order.edit, by)) {
            if there.says() == calls.says {
                return unchanged(version);
            }
            return Outcome::Changed { now: version };
        }
        let tells = calls.all.iter().any(|call| call.tells);
        let told = match (tells, there.text(), kept.before.as_deref()) {
            (true, Some(text), _) => told(order, text),
            (true, None, Some(before)) => {
                let said = order.by(|by| itip(before, &order.edit, by));
                said.map_or_else(|_| Vec::new(), |said| said.to)
            }
            _ => Vec::new(),
        };
        // Whoever was told of an answer was not told all of it where it proposes another time: Google has no word for that.
        let is_answer = matches!(order.edit, Edit::Answer(_)) && !told.is_empty();
        Outcome::Done {
            version,
            told: if told.is_empty() {
                Told::Nobody
            } else {
                Told::All(told)
            },
            undo: kept.undo,
            already: false,
            object: there.into_text().filter(|_| is_answer),
        }
    }
}

/// Whom Google tells of an edit: everybody else in it, each once.
fn told(order: &Order, text: &[u8]) -> Vec<String> {
    let all = order.by(|by| others(text, &order.edit, by));
    let mut told: Vec<String> = all.into_iter().map(|(address, _)| address).collect();
    told.sort_unstable();
    told.dedup();
    told
}

/// What there is to say of what was so already. Whom an earlier attempt told, or somebody else who did the same, is not known.
fn already(there: &There) -> Outcome {
    Outcome::Done {
        version: there.version(),
        told: Told::Nobody,
        undo: None,
        already: true,
        object: None,
    }
}
