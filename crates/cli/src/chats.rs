//! Messages to chats, posted through `connect`.

use crate::calendars::Reach;
use steadfast_app::server::chat::Message;
use steadfast_app::server::mail::Posted;
use steadfast_connect::Options;
use steadfast_connect::chat::{self, ChatError};
use steadfast_web::{Chats, Posting};
use tokio::task::spawn_blocking;

/// Webhooks of chats, over the network.
pub(crate) struct Webhooks {
    pub(crate) reach: Reach,
}

impl Chats for Webhooks {
    fn chat(&self, message: Message) -> Posting {
        let options = Options {
            allow_private: self.reach.allow_private,
            trusted_certificates: self.reach.trust.clone(),
            ..Options::default()
        };
        Box::pin(async move {
            let sent =
                spawn_blocking(move || chat::post(&message.address, &message.json, &options));
            match sent.await {
                Ok(Ok(())) => Posted::Taken,
                Ok(Err(error)) => posted(&error),
                Err(_) => Posted::Later {
                    why: "the program broke off sending it".to_owned(),
                },
            }
        })
    }
}

fn posted(error: &ChatError) -> Posted {
    match error {
        // A chat does not know the same message again: rather not told twice, it stands on the page.
        ChatError::PerhapsTaken(_) => Posted::Taken,
        error if error.is_refusal() => Posted::Refused {
            code: error.status(),
        },
        error => Posted::Later {
            why: error.to_string(),
        },
    }
}
