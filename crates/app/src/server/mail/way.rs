//! By which way something goes to somebody, and its going.

use super::letter::Letter;
use super::port::{Mail, Office, Post, Posted};
use super::step::Lent;
use super::{html, text};
use crate::server::chat::{self, Hook, Line, Message};
use crate::server::{ServerError, Viewer};
use steadfast_calendar::Instant;
use steadfast_guard::telling::Channel;
use steadfast_store::Secrets;

/// A way that there is, with what it needs.
pub(super) enum Way {
    Mail,
    Chat(Hook),
}

impl Way {
    /// The wanted one, or mail where there is no webhook; `None` where there is no mail server either.
    pub(super) async fn of<S: Secrets, P: Post>(
        store: &S,
        lent: &Lent<'_, P>,
        viewer: &Viewer,
        wanted: Channel,
    ) -> Result<Option<Self>, ServerError> {
        Ok(match wanted {
            Channel::Mail => lent.post.has_mail().then_some(Self::Mail),
            Channel::Chat => {
                let hook = chat::reveal(store, lent.keyring, viewer).await?;
                let mail = lent.post.has_mail().then_some(Self::Mail);
                hook.map(Self::Chat).or(mail)
            }
        })
    }

    pub(super) fn channel(&self) -> Channel {
        match self {
            Self::Mail => Channel::Mail,
            Self::Chat(_) => Channel::Chat,
        }
    }

    /// Sends a letter to an address, under an id and with a date; a chat knows neither.
    pub(super) async fn send<P: Post>(
        self,
        lent: &Lent<'_, P>,
        letter: Letter,
        (to, id, at): (String, String, Instant),
    ) -> Posted {
        match self {
            Self::Mail => {
                let mail = Mail {
                    to,
                    id,
                    at,
                    off: Some(letter.link(&letter.off)),
                    text: text::text(&letter),
                    html: Some(html::html(&letter)),
                    subject: letter.subject,
                    reply_to: None,
                    calendar: letter.calendar,
                };
                lent.post.post(&mail).await
            }
            Self::Chat(hook) => lent.post.chat(&to_chat(hook, &letter, lent.office)).await,
        }
    }
}

/// The page on which somebody finds what a path leads to: a 1:1's own page has the two in its address.
fn unnamed(path: &str) -> &str {
    if path.starts_with("/one-on-ones/") {
        "/one-on-ones"
    } else {
        path
    }
}

/// A letter as a chat is given it: subjects and links, neither of which names anybody.
fn to_chat(hook: Hook, letter: &Letter, office: &Office) -> Message {
    let lines = letter.items.iter().map(|item| {
        let (label, path) = &item.act;
        Line {
            says: format!("{}.", item.subject),
            label: label.clone(),
            link: letter.link(unnamed(path)),
        }
    });
    let lines: Vec<Line> = lines.collect();
    Message {
        json: chat::told(hook.sort, &lines, letter.more, office),
        address: hook.address,
    }
}
