//! Writing to CalDAV servers (RFC 4791 §5.3.2), each of which lies in its own way: none of its answers is believed, only
//! what is read back.

use super::decide::{self, Made};
use super::outcome::{Kept, Replacing, What, not_ours};
use super::{Basis, Order, Outcome, Ready, Told, Writer, schedule};
use crate::document::Bounded;
use crate::error::SourceError;
use crate::options::Options;
use crate::web::client::{Answer, Ask, Client, NoAnswer, Write};
use std::borrow::Cow;
use std::io::Read;
use std::time::Duration;
use steadfast_calendar::edit::{holds, itip};
use steadfast_calendar::{Instant, says};
use url::Url;

/// The media type of a calendar object (RFC 4791 §5.3.2).
const CALENDAR: &str = "text/calendar; charset=utf-8";

/// Bytes of one object. A series with a thousand overrides has a few hundred kilobytes.
const OBJECT: u64 = 8 << 20;

/// A CalDAV account.
pub(super) struct Caldav {
    client: Client,
    account: Url,
}

impl Caldav {
    pub(super) fn new(url: &Url, options: &Options) -> Result<Self, SourceError> {
        Ok(Self {
            client: Client::for_writing(url, options)?,
            account: url.clone(),
        })
    }

    fn url(&self, place: &str) -> Url {
        let mut url = self.account.clone();
        // A place is a decoded path; whatever is left as it is could be taken for coded.
        url.set_path(&place.replace('%', "%25"));
        url.set_query(None);
        url.set_fragment(None);
        url
    }
}

/// What was sent, and what is kept for what comes of it.
struct Sent {
    kept: Kept,
    what: Replacing,
}

/// What there is at a place.
struct There {
    /// Where it really is: somebody else's shared calendar may answer from another path.
    url: Url,
    /// Text and version; `None`: nothing.
    object: Option<(Vec<u8>, Option<String>)>,
}

impl There {
    fn text(&self) -> Option<&[u8]> {
        self.object.as_ref().map(|(text, _)| text.as_slice())
    }

    fn etag(&self) -> Option<String> {
        self.object.as_ref().and_then(|(_, etag)| etag.clone())
    }
}

impl Writer for Caldav {
    fn look(&mut self, order: &Order) -> Result<Ready, Box<Outcome>> {
        let order = &self.with_model(order)?;
        let there = self.there(&self.url(&order.place), order.now)?;
        let as_decided = match (&order.basis, &there.object) {
            (Basis::Nothing, None) => true,
            (Basis::Version(version), Some((_, etag))) => etag.as_deref() == Some(version),
            (Basis::Says(said), Some((text, _))) => says(text) == *said,
            (Basis::After(edit), Some((text, _))) => order.by(|by| holds(Some(text), edit, by)),
            _ => false,
        };
        let made = decide::made(order, there.text(), as_decided);
        let Made { text, undo } =
            made.map_err(|not| not.outcome(|| self.already(order, &there), || there.etag()))?;
        if there.object.is_some() && there.etag().is_none() {
            return Err(Box::new(Outcome::Refused {
                why: "the server gives its objects no versions (ETag), so that nothing can be changed safely"
                    .to_owned(),
            }));
        }
        let etag = there.etag();
        Ok(Ready {
            before: there
                .object
                .map(|(text, _)| text)
                .filter(|_| text.is_none()),
            undo,
            what: What::Object(Replacing {
                etag,
                url: there.url,
                text,
            }),
        })
    }

    fn send(&mut self, order: &Order, ready: Ready) -> Outcome {
        let (what, kept) = ready.apart();
        let What::Object(what) = what else {
            return not_ours();
        };
        let ready = Sent { kept, what };
        let what = &ready.what;
        let condition = match &what.etag {
            Some(etag) => ("If-Match", etag.as_str()),
            None => ("If-None-Match", "*"),
        };
        let write = Write {
            method: if what.text.is_some() { "PUT" } else { "DELETE" },
            url: &what.url,
            body: what.text.as_deref().map(|text| (CALENDAR, text)),
            condition: Some(condition),
            bearer: None,
        };
        match self.client.write(&write) {
            Ok(answer) => self.answered(order, ready, &answer),
            Err(NoAnswer::NotSent(error)) => later(&error),
            Err(NoAnswer::PerhapsTaken(error)) => {
                let why = error.to_string();
                self.read_back(order, ready, |_| Outcome::Unsure { why })
            }
        }
    }

    fn read(&mut self, place: &str, now: Instant) -> Result<Option<Vec<u8>>, Box<Outcome>> {
        self.read_at(place, now)
    }
}

impl Caldav {
    /// The order with the text of what it is to be made like; where there is none any more, or it may not be seen, without.
    fn with_model<'a>(&self, order: &'a Order) -> Result<Cow<'a, Order>, Box<Outcome>> {
        let mut with = order.clone();
        let Some(like) = with.edit.model() else {
            return Ok(Cow::Borrowed(order));
        };
        like.text = match self.read_at(&like.place, order.now) {
            Err(outcome) if !matches!(*outcome, Outcome::Refused { .. }) => return Err(outcome),
            found => found.unwrap_or_default(),
        };
        Ok(Cow::Owned(with))
    }

    fn read_at(&self, place: &str, now: Instant) -> Result<Option<Vec<u8>>, Box<Outcome>> {
        let there = self.there(&self.url(place), now)?;
        Ok(there.object.map(|(text, _)| text))
    }

    fn answered(&self, order: &Order, ready: Sent, answer: &Answer) -> Outcome {
        let status = answer.status;
        let why = format!("the server answered with status {status}");
        match status {
            200..=299 => self.read_back(order, ready, |_| Outcome::Refused {
                why: "the server took the change and kept what it had".to_owned(),
            }),
            // Changed meanwhile; or by an earlier attempt of ours that was taken late.
            409 | 412 => self.read_back(order, ready, |now| Outcome::Changed { now }),
            404 | 410 => Outcome::Changed { now: None },
            429 => Outcome::Later {
                after: retry_after(answer, order.now),
                why,
            },
            408 | 423 | 425 => Outcome::Later { after: None, why },
            507 => Outcome::Refused {
                why: "there is no room left in that calendar".to_owned(),
            },
            // An error in the middle may have come after the change was kept.
            500..=599 => {
                let after = retry_after(answer, order.now);
                self.read_back(order, ready, |_| Outcome::Later { after, why })
            }
            300..=399 => Outcome::Refused {
                why: "the calendar is at another address now; connect it anew".to_owned(),
            },
            401 => Outcome::Refused {
                why: "the server does not accept this user and password".to_owned(),
            },
            403 => Outcome::Refused {
                why: "the server does not allow this user to change that calendar".to_owned(),
            },
            _ => Outcome::Refused { why },
        }
    }

    /// Reads what is there after a write, and says what came of it; `unchanged` where it is what it was before.
    fn read_back(
        &self,
        order: &Order,
        ready: Sent,
        unchanged: impl FnOnce(Option<String>) -> Outcome,
    ) -> Outcome {
        let there = match self.there(&ready.what.url, order.now) {
            Ok(there) => there,
            Err(_) => {
                return Outcome::Unsure {
                    why: "what became of the change could not be read back".to_owned(),
                };
            }
        };
        if !order.by(|by| holds(there.text(), &order.edit, by)) {
            let now = there.etag();
            if now == ready.what.etag {
                return unchanged(now);
            }
            return Outcome::Changed { now };
        }
        match there.object {
            None => self.gone(order, ready),
            Some((text, etag)) => schedule::outcome(
                order,
                &text,
                etag.unwrap_or_default(),
                ready.kept.undo,
                || self.schedules(&ready.what.url),
            ),
        }
    }

    /// What there is to say of an object that is gone. Whom a server told of it is nowhere to be read: one that tells nobody
    /// told nobody.
    fn gone(&self, order: &Order, ready: Sent) -> Outcome {
        let before = ready.kept.before;
        let message = before.as_deref().and_then(|before| {
            let said = order.by(|by| itip(before, &order.edit, by));
            said.ok().filter(|_| !self.schedules(&ready.what.url))
        });
        let object = before.filter(|_| message.is_some());
        Outcome::Done {
            version: None,
            told: message.map_or(Told::Nobody, |said| Told::NotByServer(said.to)),
            undo: ready.kept.undo,
            already: false,
            object,
        }
    }

    /// What there is to say of an object in which the edit stood already: an earlier attempt was not heard of, or somebody
    /// did the same. Of whom a server is silent nothing is said.
    fn already(&self, order: &Order, there: &There) -> Outcome {
        let version = there.etag();
        let none = (Told::Nobody, None);
        let (told, object) = match &there.object {
            None => none,
            Some((text, _)) => {
                let version = version.clone().unwrap_or_default();
                let tells = || self.schedules(&there.url);
                match schedule::outcome(order, text, version, None, tells) {
                    Outcome::Done { told, object, .. } => (told, object),
                    Outcome::NotDelivered { told, .. } if !told.is_empty() => {
                        (Told::All(told), None)
                    }
                    _ => none,
                }
            }
        };
        Outcome::Done {
            version,
            told,
            undo: None,
            already: true,
            object,
        }
    }

    /// Whether the server tells those who are invited by itself (RFC 6638 §2): it says so of the calendar, and of the object
    /// as well or not (SOGo). When it does not answer, it is taken to: what nobody was told is worse than what was told
    /// twice.
    fn schedules(&self, object: &Url) -> bool {
        let calendar = object.join(".").unwrap_or_else(|_| object.clone());
        [object, &calendar].into_iter().any(|url| {
            let ask = Ask {
                method: "OPTIONS",
                ..Ask::get(url)
            };
            let Ok(answer) = self.client.send(&ask) else {
                return true;
            };
            let means = answer.joined("DAV");
            let mut words = means.split(',').map(str::trim);
            words.any(|word| word.eq_ignore_ascii_case("calendar-auto-schedule"))
        })
    }

    fn there(&self, url: &Url, now: Instant) -> Result<There, Box<Outcome>> {
        let ask = Ask {
            // Packed answers have weak ETags on some servers.
            headers: vec![("Accept-Encoding", "identity")],
            ..Ask::get(url)
        };
        let answer = self
            .client
            .send(&ask)
            .map_err(|error| Box::new(later(&error)))?;
        let why = format!("the server answered with status {}", answer.status);
        match answer.status {
            200 => {}
            404 | 410 => {
                return Ok(There {
                    url: answer.url,
                    object: None,
                });
            }
            status @ (408 | 423 | 425 | 429 | 500..=599) => {
                let after = retry_after(&answer, now).filter(|_| status != 423);
                return Err(Box::new(Outcome::Later { after, why }));
            }
            _ => return Err(Box::new(Outcome::Refused { why })),
        }
        let etag = answer.header("ETag");
        let at = answer.url.clone();
        let mut text = Vec::new();
        let mut bounded = Bounded::new(answer.body, OBJECT);
        if bounded.read_to_end(&mut text).is_err() {
            let too_large = bounded.exceeded();
            return Err(Box::new(if too_large {
                Outcome::Refused {
                    why: "the object is larger than 8 MB".to_owned(),
                }
            } else {
                Outcome::Later {
                    after: None,
                    why: "the answer broke off".to_owned(),
                }
            }));
        }
        Ok(There {
            url: at,
            object: Some((text, etag)),
        })
    }
}

/// What an error before anything was sent means.
fn later(error: &SourceError) -> Outcome {
    let why = error.to_string();
    match error {
        SourceError::Unreachable { .. }
        | SourceError::TimedOut { .. }
        | SourceError::UnknownHost { .. } => Outcome::Later { after: None, why },
        _ => Outcome::Refused { why },
    }
}

/// `Retry-After`: seconds, or a moment (RFC 9110 §10.2.3).
fn retry_after(answer: &Answer, now: Instant) -> Option<Duration> {
    let said = answer.header("Retry-After")?;
    if let Ok(seconds) = said.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at: Instant = jiff::fmt::rfc2822::parse(&said).ok()?.timestamp().into();
    let seconds = at.seconds_since(now);
    u64::try_from(seconds).ok().map(Duration::from_secs)
}
