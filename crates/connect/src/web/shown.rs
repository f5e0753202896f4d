//! How an address is shown. Feeds carry their secret in the path or the query, so most of it is left out.

use url::Url;

/// The longest last part of a path that is shown: `basic.ics` and `calendar.ics` are, a token is not.
const SHORT: usize = 20;

/// `https://host/…/basic.ics`: scheme, host, port, and the file name if it is a plain one.
pub(crate) fn address(url: &Url) -> String {
    let start = origin(url);
    let mut parts = url
        .path_segments()
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty());
    let Some(last) = parts.next_back() else {
        return format!("{start}/");
    };
    let plain = last.len() <= SHORT && last.to_ascii_lowercase().ends_with(".ics");
    let more = parts.next().is_some();
    match (more, plain) {
        (true, true) => format!("{start}/…/{last}"),
        (false, true) => format!("{start}/{last}"),
        _ => format!("{start}/…"),
    }
}

/// A CalDAV address. With a password it holds no secret and the whole path is shown; without one the path may be a
/// public link whose token is all that guards it.
pub(crate) fn dav(url: &Url, has_user: bool) -> String {
    if has_user {
        format!("{}{}", origin(url), url.path())
    } else {
        address(url)
    }
}

fn origin(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{}://{host}:{port}", url.scheme()),
        None => format!("{}://{host}", url.scheme()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_part_of_a_feed_is_not_shown() {
        fn check(url: &str, expected: &str) {
            assert_eq!(address(&Url::parse(url).expect("a URL")), expected);
        }
        check(
            "https://calendar.google.com/calendar/ical/maya%40example.com/private-0123456789abcdef/basic.ics",
            "https://calendar.google.com/…/basic.ics",
        );
        check(
            "https://example.com/a.ics?token=hunter2",
            "https://example.com/a.ics",
        );
        check(
            "https://example.com:8443/hunter2",
            "https://example.com:8443/…",
        );
        check(
            "https://example.com/x/0123456789abcdef0123456789abcdef.ics",
            "https://example.com/…",
        );
        check("https://example.com", "https://example.com/");
        check(
            "https://maya:hunter2@example.com/a/b.ics#x",
            "https://example.com/…/b.ics",
        );
    }
}
