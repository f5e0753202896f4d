//! Mail and chat to somebody, and mail in their name, as it is kept.

use super::Here;
use crate::audit::pair_id;
use crate::server::{ServerError, Viewer, imip, mail};
use serde::Serialize;
use std::collections::BTreeSet;
use steadfast_calendar::Instant;
use steadfast_store::Facts;

/// Part of `kept.json`.
#[derive(Serialize)]
pub(super) struct Mailed {
    pub(super) mail_chosen: MailChosen,
    pub(super) mails: Vec<MailKept>,
    pub(super) mails_in_their_name: Vec<InNameKept>,
}

/// What they chose about mail to them; nobody else is shown it.
#[derive(Serialize)]
pub(super) struct MailChosen {
    pub(super) on: bool,
    /// `mail` or `chat`.
    pub(super) by: &'static str,
    /// Whether it was given a mail server to send by; `null`: not known to whoever took this out.
    pub(super) this_server_sends_mail: Option<bool>,
    /// Topics that are not mailed.
    pub(super) without: Vec<&'static str>,
    /// Quiet hours on their clock.
    pub(super) quiet: String,
    pub(super) weekends_are_quiet: bool,
    pub(super) urgent_comes_through: bool,
}

/// A mail to them; what it said is not kept.
#[derive(Serialize)]
pub(super) struct MailKept {
    pub(super) on: String,
    /// Its Message-ID.
    pub(super) id: String,
    /// `mail` or `chat`.
    pub(super) by: &'static str,
    pub(super) about: Vec<MailAbout>,
    /// `sent`, `refused`, `dropped` because it was not so any more, or `on its way`.
    pub(super) how: &'static str,
}

/// A mail to somebody in a meeting, in their name; they read it before it went.
#[derive(Serialize)]
pub(super) struct InNameKept {
    pub(super) on: String,
    /// Its Message-ID.
    pub(super) id: String,
    pub(super) to: String,
    /// `sent`, `refused`, `dropped` because it was not so any more, `given up`, or `on its way`.
    pub(super) how: &'static str,
}

/// One thing that a mail told of.
#[derive(Serialize)]
pub(super) struct MailAbout {
    /// `threat`, `offer` or `outcome`.
    pub(super) topic: String,
    pub(super) with: Option<String>,
    /// When that 1:1 was promised; `from then on` of what is about all that are to come.
    pub(super) promised: String,
}

impl Mailed {
    pub(super) async fn of<S: Facts>(
        store: &S,
        here: Here<'_>,
        viewer: &Viewer,
        others: &BTreeSet<String>,
    ) -> Result<Self, ServerError> {
        let in_name = imip::letters(store, viewer).await?;
        Ok(Self {
            mail_chosen: MailChosen::of(&mail::chosen(store, viewer).await?.wish, here),
            mails: mails(store, viewer, others).await?,
            mails_in_their_name: in_name.into_iter().map(in_their_name).collect(),
        })
    }
}

impl MailChosen {
    fn of(wish: &mail::Wish, here: Here<'_>) -> Self {
        let time = |minute: u16| format!("{}:{:02}", minute / 60, minute % 60);
        Self {
            on: wish.on,
            by: wish.by.as_str(),
            this_server_sends_mail: here.sends_mail,
            without: wish.without.iter().map(|topic| topic.as_str()).collect(),
            quiet: format!("{} to {}", time(wish.quiet.from), time(wish.quiet.to)),
            weekends_are_quiet: wish.quiet.weekends,
            urgent_comes_through: wish.urgent_comes_through,
        }
    }
}

/// Mail to them.
async fn mails<S: Facts>(
    store: &S,
    viewer: &Viewer,
    others: &BTreeSet<String>,
) -> Result<Vec<MailKept>, ServerError> {
    let with = |pair: &str| {
        let mut others = others.iter();
        others.find(|other| pair_id(viewer.person(), other) == *pair)
    };
    let letters = mail::letters(store, viewer).await?.into_iter();
    let kept = letters.map(|letter| MailKept {
        on: super::kept::moment(letter.end.map_or(letter.at, |(at, ..)| at)),
        id: letter.id,
        by: letter.by.as_str(),
        about: letter
            .about
            .into_iter()
            .map(|(topic, pair, promised)| MailAbout {
                topic,
                with: with(&pair).cloned(),
                promised: super::kept::moment(Instant::from_seconds(promised)),
            })
            .collect(),
        how: match letter.end {
            Some((_, mail::How::Sent, _)) => "sent",
            Some((_, mail::How::Refused, _)) => "refused",
            Some((_, mail::How::Dropped, _)) => "dropped",
            None => "on its way",
        },
    });
    Ok(kept.collect())
}

fn in_their_name(letter: imip::Letter) -> InNameKept {
    InNameKept {
        on: super::kept::moment(letter.end.as_ref().map_or(letter.at, |(at, ..)| *at)),
        id: letter.id,
        to: letter.to,
        how: match letter.end {
            Some((_, imip::How::Sent, ..)) => "sent",
            Some((_, imip::How::Refused, ..)) => "refused",
            Some((_, imip::How::Dropped, ..)) => "dropped",
            Some((_, imip::How::GivenUp, ..)) => "given up",
            None => "on its way",
        },
    }
}
