//! Paths of WebDAV, which servers spell in more than one way.

/// A path with its percent-codes undone: servers answer `%40` for `@` and the other way round.
pub(crate) fn decoded(path: &str) -> String {
    percent_encoding::percent_decode_str(path)
        .decode_utf8_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_the_same_however_they_are_coded() {
        assert_eq!(
            decoded("/maya%40example.com/a%20b.ics"),
            decoded("/maya@example.com/a b.ics")
        );
        assert_eq!(decoded("/100%/%4"), "/100%/%4");
        assert_eq!(decoded("/%C3%A9"), "/é");
    }
}
