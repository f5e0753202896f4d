//! The XML that is sent, and the reading of a multistatus answer.

use super::multistatus::{self, Item};
use crate::document::{Bounded, size};
use crate::error::SourceError;
use crate::web::client::{Ask, Client};
use std::io::Read;
use url::Url;

/// Bytes of one multistatus answer. A page of a hundred objects is far below it, a list of a hundred thousand is not.
const ANSWER: u64 = 64 << 20;
/// Bytes read of a refusal; its reason stands in the first hundred.
const REFUSAL: u64 = 16 << 10;

/// What a resource is, and where the account's calendars are (RFC 4791, RFC 5397, RFC 6638 §2.4.1).
pub(crate) const WHAT_IS_IT: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<d:propfind xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop>
<d:resourcetype/><d:displayname/><d:owner/><d:current-user-principal/>
<c:calendar-home-set/><c:calendar-user-address-set/><c:supported-calendar-component-set/>
</d:prop></d:propfind>"#;

/// The same, the marks that change with the calendar's objects (RFC 6578 §4, and the older `getctag`), and whom the
/// account may read for.
pub(crate) const WHAT_IS_IT_NOW: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<d:propfind xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:s="http://calendarserver.org/ns/"><d:prop>
<d:resourcetype/><d:displayname/><d:owner/><d:current-user-principal/>
<c:calendar-home-set/><c:calendar-user-address-set/><c:supported-calendar-component-set/>
<d:sync-token/><s:getctag/><s:calendar-proxy-read-for/><s:calendar-proxy-write-for/>
</d:prop></d:propfind>"#;

/// The members of a collection, without their content.
pub(crate) const MEMBERS: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<d:propfind xmlns:d="DAV:"><d:prop><d:resourcetype/><d:getcontenttype/><d:getetag/></d:prop></d:propfind>"#;

/// The objects of a calendar that hold events, without their content (RFC 4791 §7.8).
pub(crate) const EVENTS: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><d:getetag/></d:prop>
<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"/></c:comp-filter></c:filter>
</c:calendar-query>"#;

/// The content of some objects (RFC 4791 §7.9).
pub(crate) fn multiget<'a>(hrefs: impl Iterator<Item = &'a str>) -> String {
    let mut body = String::from(
        r#"<?xml version="1.0" encoding="utf-8"?>
<c:calendar-multiget xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><d:getetag/><c:calendar-data/></d:prop>"#,
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
pub(crate) fn sync(token: &str) -> String {
    let token = token.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<d:sync-collection xmlns:d="DAV:"><d:sync-token>{token}</d:sync-token><d:sync-level>1</d:sync-level>
<d:prop><d:getetag/><d:getcontenttype/><d:resourcetype/></d:prop></d:sync-collection>"#
    )
}

/// A multistatus answer and where it came from.
pub(crate) struct Multistatus {
    pub(crate) url: Url,
    pub(crate) items: Vec<Item>,
    /// The state after a sync-collection.
    pub(crate) token: Option<String>,
}

/// What a server says to a request that is answered by 207.
pub(crate) enum Said {
    /// The answer.
    Multistatus(Multistatus),
    /// Another status, as an error, and whether its body says that the sync token is not known (RFC 6578 §3.2).
    Refused {
        error: SourceError,
        token_unknown: bool,
    },
}

/// Sends a request that is answered by 207, and reads the answer. Any other status is an error.
pub(crate) fn ask(
    client: &Client,
    method: &'static str,
    url: &Url,
    depth: &'static str,
    body: &str,
) -> Result<Multistatus, SourceError> {
    match send(client, method, url, depth, body)? {
        Said::Multistatus(answer) => Ok(answer),
        Said::Refused { error, .. } => Err(error),
    }
}

/// Sends a request that is answered by 207, where being refused is something to go on from.
pub(crate) fn send(
    client: &Client,
    method: &'static str,
    url: &Url,
    depth: &'static str,
    body: &str,
) -> Result<Said, SourceError> {
    let mut answer = client.send(&Ask {
        method,
        url,
        depth: Some(depth),
        body: Some(body),
        headers: Vec::new(),
    })?;
    let address = client.shown(&answer.url);
    if answer.status != 207 {
        let mut start = Vec::new();
        // What a refusal says is a help and not needed: without it the status has to do.
        let _ = answer.body.by_ref().take(REFUSAL).read_to_end(&mut start);
        let text = String::from_utf8_lossy(&start);
        return Ok(Said::Refused {
            error: answer.refusal(address, client.has_user()),
            token_unknown: text.contains("valid-sync-token"),
        });
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
    Ok(Said::Multistatus(Multistatus {
        url: answer.url,
        items,
        token,
    }))
}

/// Statuses by which a server says that it does not do this kind of request, or not as much of it.
pub(crate) fn not_done_here(error: &SourceError) -> bool {
    matches!(
        error,
        SourceError::Answered {
            status: 400 | 404 | 405 | 409 | 415 | 422 | 500..=599,
            ..
        } | SourceError::Unauthorized { status: 403, .. }
            | SourceError::BadAnswer { .. }
    )
}

/// Whether the server says that there is more (507, RFC 6578 §3.6).
pub(crate) fn cut_short(items: &[Item]) -> bool {
    items.iter().any(|item| item.status == Some(507))
}
