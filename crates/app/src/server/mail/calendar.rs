//! What a mail that offers times says to a calendar program (RFC 6047): each of them, to be laid beside what its reader has.
//!
//! It is published (RFC 5546 §3.2.1), by this server: that invites nobody and asks for no answer, so no program books anything
//! or replies by it. The times take nothing of the reader's; what they pick on their page comes as an invitation of the
//! calendar in which it stands. They are the events of the feed of held times: whoever reads both has each once.

use super::news::Told;
use super::port::{Calendar, Office};
use crate::server::ServerError;
use crate::server::held::on_offer;
use steadfast_store::seal::Keyring;

/// Published, and not asked for an answer.
const METHOD: &str = "PUBLISH";

/// What those say; `None` where no times are offered.
pub(super) fn calendar(
    keyring: &Keyring,
    office: &Office,
    told: &[&Told],
) -> Result<Option<Calendar>, ServerError> {
    let mut events = String::new();
    let more = [
        // Of what is published there has to be one: who sends the mail, as programs hold the two against each other.
        format!("ORGANIZER;CN=Steadfast:mailto:{}", office.from),
        format!("URL:{}/one-on-ones", office.address),
    ];
    for one in told {
        let about = (one.pair.as_str(), one.promised);
        let (at, slots) = &one.offered;
        for slot in slots {
            on_offer(&mut events, keyring, about, (*slot, *at), &more)?;
        }
    }
    Ok((!events.is_empty()).then(|| Calendar {
        method: METHOD.to_owned(),
        text: format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Steadfast//Offered times//EN\r\nCALSCALE:GREGORIAN\r\n\
             METHOD:{METHOD}\r\n{events}END:VCALENDAR\r\n"
        ),
    }))
}
