//! Mail, sent through `connect`.

use std::sync::Arc;
use steadfast_app::server::mail::{Mail, Posted};
use steadfast_connect::mail::{self, MailError, MailServer};
use steadfast_web::{Posting, Posts};
use tokio::task::spawn_blocking;

/// A mail server.
pub(crate) struct Smtp(pub(crate) Arc<MailServer>);

impl Posts for Smtp {
    fn post(&self, mail: Mail) -> Posting {
        let server = self.0.clone();
        Box::pin(async move {
            let sent = spawn_blocking(move || mail::send(&server, &theirs(mail))).await;
            match sent {
                Ok(Ok(())) => Posted::Taken,
                Ok(Err(error)) => posted(&error),
                Err(_) => Posted::Later {
                    why: "the program broke off sending it".to_owned(),
                },
            }
        })
    }
}

fn theirs(mail: Mail) -> mail::Mail {
    mail::Mail {
        to: mail.to,
        id: mail.id,
        at: mail.at,
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        off: mail.off,
        reply_to: mail.reply_to,
        calendar: mail.calendar.map(|said| mail::Calendar {
            method: said.method,
            text: said.text,
        }),
    }
}

fn posted(error: &MailError) -> Posted {
    if error.is_refusal() {
        Posted::Refused { code: error.code }
    } else {
        Posted::Later {
            why: error.to_string(),
        }
    }
}
