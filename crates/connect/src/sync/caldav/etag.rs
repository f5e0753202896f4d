//! ETags, and what stands for them where a server gives none.

use steadfast_calendar::fingerprint;

/// Whether two ETags name the same content by weak comparison (RFC 9110 §8.8.3.2). Quotes are left out of it: some
/// servers write them in a header and not in a property.
pub(super) fn same(one: &str, other: &str) -> bool {
    opaque(one) == opaque(other)
}

fn opaque(etag: &str) -> &str {
    let etag = etag.trim();
    let etag = etag
        .strip_prefix("W/")
        .or_else(|| etag.strip_prefix("w/"))
        .unwrap_or(etag);
    etag.strip_prefix('"')
        .and_then(|etag| etag.strip_suffix('"'))
        .unwrap_or(etag)
}

/// A stand-in made of the content. It is no ETag that a server could give by accident.
pub(super) fn of_content(lines: &[u8]) -> String {
    format!("sha256 {}", fingerprint(lines))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_and_strong_are_the_same_and_case_is_not() {
        fn check(one: &str, other: &str, expected: bool) {
            assert_eq!(same(one, other), expected, "{one} {other}");
        }
        check("\"1\"", "W/\"1\"", true);
        check("w/\"1\"", "1", true);
        check("\"a\"", "\"A\"", false);
        check("\"1\"", "\"2\"", false);
        check("\"\"", "\"", false);
        check("", "\"\"", true);
    }
}
