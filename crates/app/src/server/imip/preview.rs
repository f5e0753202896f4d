//! What would be mailed, to whom: all of it, as it goes out.

use super::deed::{Adds, Deed};
use super::forms::How;
use super::hash::hash;
use super::state::State;
use super::words::{Words, name_of, words};
use crate::server::acting::Unsaid;
use crate::server::{ServerError, Viewer};
use steadfast_calendar::Instant;
use steadfast_calendar::edit::sent_by;
use steadfast_store::{Facts, Intents};

/// What would be mailed about one thing that was done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Preview {
    /// Name of what was done.
    pub deed: String,
    /// What it adds to what they were told by calendar servers.
    pub adds: Adds,
    /// What it was: `move`, `resize`, `cancel`, `restore`, `answer`, `decline`, `book`, `begin` or `withdraw`.
    pub did: String,
    /// To whom, and what became of it.
    pub whom: Vec<Addressee>,
    /// The subject.
    pub subject: String,
    /// The words.
    pub text: String,
    /// What a calendar program reads.
    pub calendar: String,
    /// `REQUEST`, `REPLY`, `COUNTER` or `CANCEL`.
    pub method: String,
    /// To whom answers go: an address of the viewer's.
    pub reply_to: String,
    /// Names all of that: what is approved is that, and nothing else.
    pub mark: String,
    /// Why nothing more is sent; `None`: it may be.
    pub over: Option<&'static str>,
}

/// One of those who were not told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Addressee {
    /// Their address.
    pub address: String,
    /// What they are called; their address where nothing else is known.
    pub name: String,
    /// Whether they heard of it by mail.
    pub heard: Heard,
}

/// Whether somebody heard of what was done by mail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Heard {
    /// Nothing was mailed to them yet.
    NotYet,
    /// It was approved, and has not gone yet.
    OnItsWay,
    /// The mail server took it then.
    Sent(Instant),
    /// It was approved and not sent, then and why.
    NotSent(Instant, NotSent),
    /// They need not: it takes back what they never heard of from here.
    NeedNot,
}

/// Why a mail that was approved was not sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NotSent {
    /// The mail server does not take it, with its code.
    Refused(Option<u16>),
    /// It was not so any more, or not allowed any more: why.
    Dropped(String),
    /// It was tried for a day, and did not go as far as is known; whether one arrived is not.
    GivenUp,
}

impl Preview {
    /// Those to whom it would go now.
    pub fn open(&self) -> impl Iterator<Item = &Addressee> {
        let is_over = self.over.is_some();
        let open = |one: &&Addressee| matches!(one.heard, Heard::NotYet | Heard::NotSent(..));
        self.whom.iter().filter(open).filter(move |_| !is_over)
    }

    /// Of a deed, as mail stands, from `sender`; `None` where there is nothing that could be said. Where no mail is sent there is
    /// no sender.
    pub(super) fn of(
        deed: &Deed,
        state: &State,
        sender: Option<&str>,
        now: Instant,
    ) -> Option<Self> {
        let Words { subject, text } = words(deed)?;
        let event = deed.event()?;
        let whom = deed.unsaid.to.iter().map(|address| Addressee {
            address: address.clone(),
            name: name_of(&event, address).unwrap_or_else(|| address.clone()),
            heard: heard(deed, state, address),
        });
        let Unsaid {
            text: said,
            method,
            from,
            ..
        } = &deed.unsaid;
        let said = said.as_bytes();
        let calendar = match sender {
            Some(sender) => sent_by(said, method, from, sender),
            None => said.to_vec(),
        };
        let mut preview = Self {
            deed: deed.intent.intent.clone(),
            adds: deed.adds(),
            did: deed.did().to_owned(),
            whom: whom.collect(),
            subject,
            text,
            calendar: String::from_utf8(calendar).ok()?,
            method: method.clone(),
            reply_to: from.clone(),
            mark: String::new(),
            over: deed.over(now),
        };
        preview.mark = preview.marked();
        Some(preview)
    }

    fn marked(&self) -> String {
        let words = [
            &self.deed,
            &self.subject,
            &self.text,
            &self.calendar,
            &self.method,
            &self.reply_to,
        ];
        let whom = self.whom.iter().map(|one| &one.address);
        hash(words.into_iter().chain(whom))
    }
}

fn heard(deed: &Deed, state: &State, address: &str) -> Heard {
    let Some(letter) = state.last(&deed.intent.intent, address) else {
        if deed.is_news_to(address, state) {
            return Heard::NotYet;
        }
        return Heard::NeedNot;
    };
    match &letter.end {
        None => Heard::OnItsWay,
        Some((at, How::Sent, ..)) => Heard::Sent(*at),
        Some((at, How::Refused, code, _)) => Heard::NotSent(*at, NotSent::Refused(*code)),
        Some((at, How::GivenUp, ..)) => Heard::NotSent(*at, NotSent::GivenUp),
        Some((at, How::Dropped, _, why)) => {
            let why = why.clone().unwrap_or_default();
            Heard::NotSent(*at, NotSent::Dropped(why))
        }
    }
}

/// What would be mailed about the viewer's deed of that name, from `sender`, and what was.
///
/// # Errors
/// [`ServerError::NotFound`] where it is not theirs, or everybody in it was told; [`ServerError::Store`].
pub async fn preview<S: Facts + Intents>(
    store: &S,
    viewer: &Viewer,
    deed: &str,
    sender: Option<&str>,
    now: Instant,
) -> Result<Preview, ServerError> {
    let deed = Deed::named(store, viewer, deed).await?;
    let state = State::of(store, viewer).await?;
    Preview::of(&deed, &state, sender, now).ok_or(ServerError::NotFound)
}
