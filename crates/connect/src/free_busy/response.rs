//! What an outbox answers (CALDAV:schedule-response, RFC 6638 §10.2): for each who was asked about a status, and perhaps a
//! calendar object.

use roxmltree::{Document, Node, ParsingOptions};

const DAV: &str = "DAV:";
const CALDAV: &str = "urn:ietf:params:xml:ns:caldav";

/// Elements and texts of one answer.
const NODES: u32 = 100_000;

/// What it says of one person.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Told {
    /// Their address, without `mailto:`.
    pub(super) address: String,
    /// Whether it could be told (2.x, RFC 5546 §3.6).
    pub(super) is_told: bool,
    /// The object.
    pub(super) data: Option<String>,
}

pub(super) fn parse(text: &str) -> Result<Vec<Told>, String> {
    // DTDs stay off, so that there are no entities to expand.
    let options = ParsingOptions {
        nodes_limit: NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options)
        .map_err(|error| format!("broken XML: {error}"))?;
    let root = document.root_element();
    if !root.has_tag_name((CALDAV, "schedule-response")) {
        return Err("it is no answer of an outbox".to_owned());
    }
    let responses = root
        .children()
        .filter(|child| child.has_tag_name((CALDAV, "response")));
    Ok(responses.filter_map(told).collect())
}

fn told(response: Node<'_, '_>) -> Option<Told> {
    let part = |name: &'static str| {
        let mut parts = response.children();
        parts.find(|part| part.has_tag_name((CALDAV, name)))
    };
    let recipient = part("recipient")?;
    // Some servers write the address itself, without DAV:href around it.
    let href = recipient
        .children()
        .find(|child| child.has_tag_name((DAV, "href")))
        .unwrap_or(recipient);
    let href = text_of(href);
    let href = href.trim();
    let address = match href.split_at_checked("mailto:".len()) {
        Some((scheme, mail)) if scheme.eq_ignore_ascii_case("mailto:") => mail,
        _ => href,
    };
    let status = part("request-status").map(text_of).unwrap_or_default();
    Some(Told {
        address: address.to_ascii_lowercase(),
        is_told: status.trim().starts_with("2."),
        data: part("calendar-data").map(text_of),
    })
}

/// All text below a node: some servers split it by CDATA sections.
fn text_of(node: Node<'_, '_>) -> String {
    node.children().filter_map(|child| child.text()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_told_apart() {
        let text = r#"<?xml version="1.0"?><C:schedule-response xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
            <C:response><C:recipient><D:href>mailto:Ben@example.org</D:href></C:recipient>
              <C:request-status>2.0;Success</C:request-status>
              <C:calendar-data>BEGIN:<![CDATA[VCALENDAR]]></C:calendar-data></C:response>
            <C:response><C:recipient>MAILTO:ana@example.org</C:recipient>
              <C:request-status>3.7;Invalid calendar user</C:request-status></C:response>
            <C:response><C:request-status>2.0</C:request-status></C:response></C:schedule-response>"#;
        let ben = Told {
            address: "ben@example.org".to_owned(),
            is_told: true,
            data: Some("BEGIN:VCALENDAR".to_owned()),
        };
        let ana = Told {
            address: "ana@example.org".to_owned(),
            ..Told::default()
        };
        assert_eq!(parse(text).unwrap(), [ben, ana]);
    }

    #[test]
    fn hostile_answers_are_refused_quickly() {
        let deep = format!(
            "<c:schedule-response xmlns:c='urn:ietf:params:xml:ns:caldav'>{}",
            "<a>".repeat(1_000_000)
        );
        let bomb = r#"<!DOCTYPE x [<!ENTITY a "aaaa">]><c:schedule-response xmlns:c="urn:ietf:params:xml:ns:caldav">&a;</c:schedule-response>"#;
        for text in ["", "<html/>", &deep, bomb] {
            assert!(parse(text).is_err(), "{}", text.get(..40).unwrap_or(text));
        }
    }
}
