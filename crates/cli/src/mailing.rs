//! How mail is sent, as the settings say.

use crate::error::CommandError;
use crate::settings::Settings;
use crate::smtp::Smtp;
use std::sync::Arc;
use steadfast_app::server::mail::Office;
use steadfast_web::Mailing;

/// How mail is sent, as the settings say.
pub(crate) fn lent(settings: &Settings) -> Result<Option<Mailing>, CommandError> {
    let found = settings.mail.server(settings.trust.value.clone())?;
    Ok(found.map(|(server, address)| Mailing {
        office: Office {
            address,
            domain: server.from.domain().to_owned(),
            from: server.from.address().to_owned(),
        },
        posts: Box::new(Smtp(Arc::new(server))),
    }))
}
