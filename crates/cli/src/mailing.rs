//! How people are told something beside their page, as the settings say.

use crate::chats::Webhooks;
use crate::error::CommandError;
use crate::settings::Settings;
use crate::smtp::Smtp;
use std::sync::Arc;
use steadfast_app::server::mail::Office;
use steadfast_web::Mailing;

/// How mail is sent and chats are written to, as the settings say; `None` where not even the address is known that links lead to.
pub(crate) fn lent(settings: &Settings) -> Result<Option<Mailing>, CommandError> {
    let found = settings.mail.server(settings.trust.value.clone())?;
    let reach = settings.reach()?;
    let chats = || {
        Box::new(Webhooks {
            reach: reach.clone(),
        })
    };
    if let Some((server, address)) = found {
        return Ok(Some(Mailing {
            office: Office {
                address,
                domain: server.from.domain().to_owned(),
                from: server.from.address().to_owned(),
            },
            posts: Some(Box::new(Smtp(Arc::new(server)))),
            chats: chats(),
        }));
    }
    // To a chat a link is all that is needed.
    Ok(settings.mail.opened_at()?.map(|(address, domain)| Mailing {
        office: Office {
            address,
            domain,
            from: String::new(),
        },
        posts: None,
        chats: chats(),
    }))
}
