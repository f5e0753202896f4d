//! The XML that is sent, and the reading of a multistatus answer.

use super::multistatus::{self, Item};
use crate::document::{Bounded, size};
use crate::error::SourceError;
use crate::web::client::{Ask, Client};
use std::io::Read;
use url::Url;

/// Bytes of one multistatus answer. A page of a hundred objects is far below it, a list of a hundred thousand is not.
const ANSWER: u64 = 64 << 20;

/// What a resource is, and where the account's calendars are (RFC 4791, RFC 5397, RFC 6638 §2.4.1).
pub(super) const WHAT_IS_IT: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<d:propfind xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop>
<d:resourcetype/><d:displayname/><d:owner/><d:current-user-principal/>
<c:calendar-home-set/><c:calendar-user-address-set/><c:supported-calendar-component-set/>
</d:prop></d:propfind>"#;

/// The members of a collection, without their content.
pub(super) const MEMBERS: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<d:propfind xmlns:d="DAV:"><d:prop><d:resourcetype/><d:getcontenttype/></d:prop></d:propfind>"#;

/// The objects of a calendar that hold events, without their content (RFC 4791 §7.8).
pub(super) const EVENTS: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><d:getetag/></d:prop>
<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"/></c:comp-filter></c:filter>
</c:calendar-query>"#;

/// The content of some objects (RFC 4791 §7.9).
pub(super) fn multiget<'a>(hrefs: impl Iterator<Item = &'a str>) -> String {
    let mut body = String::from(
        r#"<?xml version="1.0" encoding="utf-8"?>
<c:calendar-multiget xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><c:calendar-data/></d:prop>"#,
    );
    for href in hrefs {
        body.push_str("<d:href>");
        for letter in href.chars() {
            match letter {
                '&' => body.push_str("&amp;"),
                '<' => body.push_str("&lt;"),
                '>' => body.push_str("&gt;"),
                other => body.push(other),
            }
        }
        body.push_str("</d:href>");
    }
    body.push_str("</c:calendar-multiget>");
    body
}

/// The members of a collection since a state, in the server's own pages (RFC 6578 §3.2). An empty token asks for all.
pub(super) fn sync(token: &str) -> String {
    let token = token.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<d:sync-collection xmlns:d="DAV:"><d:sync-token>{token}</d:sync-token><d:sync-level>1</d:sync-level>
<d:prop><d:getcontenttype/><d:resourcetype/></d:prop></d:sync-collection>"#
    )
}

/// A multistatus answer and where it came from.
pub(super) struct Multistatus {
    pub(super) url: Url,
    pub(super) items: Vec<Item>,
    /// The state after a sync-collection.
    pub(super) token: Option<String>,
}

/// Sends a request that is answered by 207, and reads the answer. Any other status is an error.
pub(super) fn ask(
    client: &Client,
    method: &'static str,
    url: &Url,
    depth: &'static str,
    body: &str,
) -> Result<Multistatus, SourceError> {
    let answer = client.send(&Ask {
        method,
        url,
        depth: Some(depth),
        body: Some(body),
        headers: Vec::new(),
    })?;
    let address = client.shown(&answer.url);
    if answer.status != 207 {
        return Err(answer.refusal(address, client.has_user()));
    }
    let mut bounded = Bounded::new(answer.body, ANSWER);
    let mut text = Vec::new();
    if let Err(error) = bounded.read_to_end(&mut text) {
        if bounded.exceeded() {
            return Err(SourceError::TooLarge {
                what: address,
                limit: size(ANSWER),
            });
        }
        return Err(crate::web::client::broken_body(&address, &error));
    }
    let bad = |reason: String| SourceError::BadAnswer {
        address: address.clone(),
        reason,
    };
    let text = String::from_utf8(text).map_err(|_| bad("it is not UTF-8".to_owned()))?;
    let (items, token) = multistatus::parse(&text).map_err(bad)?;
    Ok(Multistatus {
        url: answer.url,
        items,
        token,
    })
}
