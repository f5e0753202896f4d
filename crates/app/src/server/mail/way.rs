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
    /// The wanted one; `None` where there is no mail server, or no webhook.
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
                hook.map(Self::Chat)
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
                    calendar: None,
                };
                lent.post.post(&mail).await
            }
            Self::Chat(hook) => lent.post.chat(&to_chat(hook, &letter, lent.office)).await,
        }
    }
}

/// A letter as a chat is given it: subjects, which name nobody, and links.
fn to_chat(hook: Hook, letter: &Letter, office: &Office) -> Message {
    let lines = letter.items.iter().map(|item| {
        let (label, path) = &item.act;
        Line {
            says: format!("{}.", item.subject),
            label: label.clone(),
            link: letter.link(path),
        }
    });
    let lines: Vec<Line> = lines.collect();
    Message {
        json: chat::told(hook.sort, &lines, letter.more, office),
        address: hook.address,
    }
}
