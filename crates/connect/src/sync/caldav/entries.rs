//! What an answer says about the objects of a calendar, by their place in it.

use crate::caldav::multistatus::Item;
use crate::caldav::path::decoded;
use std::collections::BTreeMap;
use url::Url;

/// What is said of one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// It is there.
    There {
        /// Where to fetch it, as the server wrote it.
        href: String,
        /// Its ETag, where told.
        etag: Option<String>,
    },
    /// It is there no more.
    Gone,
}

/// Objects by place: the decoded path below the collection's own.
pub(super) type Entries = BTreeMap<String, Entry>;

/// The place of an address within the collection; `None` for the collection itself, for another collection, and for
/// another host, where no object of this calendar can be.
pub(super) fn place(collection: &Url, base: &Url, href: &str) -> Option<String> {
    let url = base.join(href).ok()?;
    if href.is_empty() || url.origin() != base.origin() {
        return None;
    }
    let path = decoded(url.path());
    let [here, there] =
        [collection, base].map(|url| format!("{}/", decoded(url.path()).trim_end_matches('/')));
    let name = path
        .strip_prefix(&here)
        .or_else(|| path.strip_prefix(&there))
        .unwrap_or(&path);
    let itself = name.is_empty() || name.ends_with('/') || format!("{path}/") == here;
    (!itself).then(|| name.to_owned())
}

/// Adds what the items of one answer say. Returns how much of it was not said before.
pub(super) fn add(entries: &mut Entries, collection: &Url, base: &Url, items: &[Item]) -> usize {
    let mut fresh = 0;
    for item in items {
        if item.is_collection || !may_be_calendar(&item.content_type) {
            continue;
        }
        let Some(name) = place(collection, base, &item.href) else {
            continue;
        };
        let entry = match item.status {
            Some(404 | 410) => Entry::Gone,
            Some(507) => continue,
            // An error over one object: fetching it will tell.
            _ => Entry::There {
                href: item.href.clone(),
                etag: item.etag.clone(),
            },
        };
        if entries.get(&name) != Some(&entry) {
            entries.insert(name, entry);
            fresh += 1;
        }
    }
    fresh
}

fn may_be_calendar(content_type: &str) -> bool {
    content_type.is_empty()
        || content_type
            .to_ascii_lowercase()
            .starts_with("text/calendar")
}

/// Whether the server shows an error in place of the collection itself.
pub(super) fn collection_failed(collection: &Url, base: &Url, items: &[Item]) -> bool {
    items.iter().any(|item| {
        let failed = item.failed
            || item
                .status
                .is_some_and(|status| status >= 400 && status != 507);
        let itself = base.join(&item.href).is_ok_and(|url| {
            decoded(url.path()).trim_end_matches('/')
                == decoded(collection.path()).trim_end_matches('/')
        });
        failed && itself
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_what_stands_below_the_collection() {
        fn check(href: &str, expected: Option<&str>) {
            let collection = Url::parse("https://a.example/maya%40x/work/").expect("a URL");
            assert_eq!(
                place(&collection, &collection, href).as_deref(),
                expected,
                "{href}"
            );
        }
        check("/maya@x/work/a.ics", Some("a.ics"));
        check("/maya%40x/work/a%20b.ics", Some("a b.ics"));
        check("a.ics", Some("a.ics"));
        check("https://a.example/maya%40x/work/a.ics", Some("a.ics"));
        check("/elsewhere/a.ics", Some("/elsewhere/a.ics"));
        check("https://b.example/maya%40x/work/a.ics", None);
        check("/maya@x/work/", None);
        check("/maya@x/work", None);
        check("/maya@x/work/sub/", None);
        check("", None);
    }
}
