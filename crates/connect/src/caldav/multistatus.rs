//! Reads a WebDAV multistatus answer (RFC 4918 §14.16): one item per resource, with the properties that were found.

use roxmltree::{Document, Node, ParsingOptions};

const DAV: &str = "DAV:";
const CALDAV: &str = "urn:ietf:params:xml:ns:caldav";
const CALENDARSERVER: &str = "http://calendarserver.org/ns/";

/// Elements and texts of one answer.
const NODES: u32 = 4_000_000;

/// What an answer says about one resource. Properties that were not found are empty.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Item {
    /// Its address, as written: absolute, or relative to the request's.
    pub(crate) href: String,
    /// The status of the resource as a whole, where given: 404 for one that is gone, 507 for "there is more".
    pub(crate) status: Option<u16>,
    pub(crate) is_collection: bool,
    pub(crate) is_calendar: bool,
    pub(crate) is_subscribed: bool,
    pub(crate) name: String,
    pub(crate) owner: Option<String>,
    pub(crate) principal: Option<String>,
    pub(crate) homes: Vec<String>,
    pub(crate) addresses: Vec<String>,
    /// Where what is said to others goes (RFC 6638 §2.1.1).
    pub(crate) outbox: Option<String>,
    /// The principals that this one may read or act for (Apple's `caldav-proxy`, which most servers have).
    pub(crate) proxied: Vec<String>,
    /// The component types it may hold; empty if not said, which means any.
    pub(crate) components: Vec<String>,
    pub(crate) content_type: String,
    pub(crate) data: Option<String>,
    pub(crate) etag: Option<String>,
    /// The marks of a calendar's state: the sync token, and the older one.
    pub(crate) sync_token: Option<String>,
    pub(crate) ctag: Option<String>,
    /// Whether the server failed (5xx) to say what it is, so that it may be a calendar all the same.
    pub(crate) failed: bool,
}

/// The items of an answer, and its sync token.
pub(crate) fn parse(text: &str) -> Result<(Vec<Item>, Option<String>), String> {
    // DTDs stay off, so that there are no entities to expand.
    let options = ParsingOptions {
        nodes_limit: NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options)
        .map_err(|error| format!("broken XML: {error}"))?;
    let root = document.root_element();
    if !root.has_tag_name((DAV, "multistatus")) {
        return Err("it is no multistatus".to_owned());
    }
    let items = children(root, DAV, "response").map(item).collect();
    let token = child(root, DAV, "sync-token").and_then(text_in);
    Ok((items, token))
}

fn item(response: Node<'_, '_>) -> Item {
    let mut item = Item {
        href: child(response, DAV, "href")
            .map(text_of)
            .unwrap_or_default(),
        status: child(response, DAV, "status").and_then(status),
        ..Item::default()
    };
    for propstat in children(response, DAV, "propstat") {
        // A propstat without a status is taken as found.
        let code = child(propstat, DAV, "status").and_then(status);
        item.failed |= code.is_some_and(|code| code >= 500)
            && children(propstat, DAV, "prop")
                .any(|prop| child(prop, DAV, "resourcetype").is_some());
        let found = code.is_none_or(|code| code == 200);
        for property in children(propstat, DAV, "prop")
            .filter(|_| found)
            .flat_map(|prop| prop.children())
        {
            property_of(&mut item, property);
        }
    }
    item
}

fn property_of(item: &mut Item, property: Node<'_, '_>) {
    let tag = property.tag_name();
    match (tag.namespace(), tag.name()) {
        (Some(DAV), "resourcetype") => {
            item.is_collection |= child(property, DAV, "collection").is_some();
            item.is_calendar |= child(property, CALDAV, "calendar").is_some();
            item.is_subscribed |= child(property, CALENDARSERVER, "subscribed").is_some();
        }
        (Some(DAV), "getetag") => item.etag = text_in(property),
        (Some(DAV), "sync-token") => item.sync_token = text_in(property),
        (Some(CALENDARSERVER), "getctag") => item.ctag = text_in(property),
        (Some(DAV), "displayname") => item.name = text_of(property),
        (Some(DAV), "owner") => item.owner = href_in(property),
        (Some(DAV), "current-user-principal") => item.principal = href_in(property),
        (Some(DAV), "getcontenttype") => item.content_type = text_of(property),
        (Some(CALDAV), "calendar-home-set") => item
            .homes
            .extend(children(property, DAV, "href").map(text_of)),
        (Some(CALENDARSERVER), "calendar-proxy-read-for" | "calendar-proxy-write-for") => {
            item.proxied
                .extend(children(property, DAV, "href").map(text_of));
        }
        (Some(CALDAV), "calendar-user-address-set") => {
            item.addresses
                .extend(children(property, DAV, "href").map(text_of));
        }
        (Some(CALDAV), "schedule-outbox-URL") => item.outbox = href_in(property),
        (Some(CALDAV), "supported-calendar-component-set") => {
            let names =
                children(property, CALDAV, "comp").filter_map(|comp| comp.attribute("name"));
            item.components.extend(names.map(str::to_ascii_uppercase));
        }
        (Some(CALDAV), "calendar-data") => item.data = Some(whole_text(property)),
        _ => {}
    }
}

fn children<'a, 'i>(
    node: Node<'a, 'i>,
    namespace: &'static str,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children()
        .filter(move |child| child.has_tag_name((namespace, name)))
}

fn child<'a, 'i>(
    node: Node<'a, 'i>,
    namespace: &'static str,
    name: &'static str,
) -> Option<Node<'a, 'i>> {
    children(node, namespace, name).next()
}

fn href_in(property: Node<'_, '_>) -> Option<String> {
    child(property, DAV, "href")
        .map(text_of)
        .filter(|href| !href.is_empty())
}

fn text_in(node: Node<'_, '_>) -> Option<String> {
    Some(text_of(node)).filter(|text| !text.is_empty())
}

fn text_of(node: Node<'_, '_>) -> String {
    whole_text(node).trim().to_owned()
}

/// All text below a node: some servers split it by CDATA sections.
fn whole_text(node: Node<'_, '_>) -> String {
    node.children().filter_map(|child| child.text()).collect()
}

/// The code in `HTTP/1.1 404 Not Found`.
fn status(node: Node<'_, '_>) -> Option<u16> {
    node.text()?.split_whitespace().nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_read_from_the_propstat_that_found_them() {
        let text = r#"<?xml version="1.0"?><D:multistatus xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"
            xmlns:CS="http://calendarserver.org/ns/">
            <D:response><D:href> /cal/work/ </D:href>
              <D:propstat><D:prop><D:resourcetype><D:collection/><C:calendar/></D:resourcetype>
                <D:displayname>Work &amp; such</D:displayname><D:owner><D:href>/p/maya/</D:href></D:owner>
                <C:supported-calendar-component-set><C:comp name="vevent"/></C:supported-calendar-component-set>
                <D:getetag>W/"weak"</D:getetag>
              </D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>
              <D:propstat><D:prop><D:getcontenttype>text/lost</D:getcontenttype></D:prop>
                <D:status>HTTP/1.1 404 Not Found</D:status></D:propstat></D:response>
            <D:response><D:href>/cal/work/gone.ics</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>
            <D:response><D:href>/cal/work/a.ics</D:href><D:propstat><D:prop>
              <C:calendar-data>BEGIN:<![CDATA[VCALENDAR]]>&#13;
END:VCALENDAR</C:calendar-data></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>
            <D:sync-token>t1</D:sync-token></D:multistatus>"#;
        let (items, token) = parse(text).expect("an answer");
        assert_eq!(token.as_deref(), Some("t1"));
        let [work, gone, object] = items.as_slice() else {
            panic!("three items, not {}", items.len());
        };
        assert!(work.is_calendar && work.is_collection && !work.is_subscribed);
        assert_eq!(
            (work.href.as_str(), work.name.as_str()),
            ("/cal/work/", "Work & such")
        );
        assert_eq!(work.owner.as_deref(), Some("/p/maya/"));
        assert_eq!(work.components, ["VEVENT"]);
        assert_eq!(work.content_type, "");
        assert_eq!(work.etag.as_deref(), Some("W/\"weak\""));
        assert!(!work.failed);
        assert_eq!(gone.status, Some(404));
        assert_eq!(
            object.data.as_deref(),
            Some("BEGIN:VCALENDAR\r\nEND:VCALENDAR")
        );
    }

    #[test]
    fn hostile_answers_are_refused_quickly() {
        let deep = format!("<d:multistatus xmlns:d='DAV:'>{}", "<a>".repeat(1_000_000));
        let bomb = r#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><d:multistatus xmlns:d="DAV:">&b;</d:multistatus>"#;
        for text in ["", "<html/>", "<d:multistatus/>", "not XML", &deep, bomb] {
            assert!(parse(text).is_err(), "{}", text.get(..40).unwrap_or(text));
        }
    }
}
