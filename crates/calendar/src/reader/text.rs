//! Text as iCalendar writes it: escapes of TEXT values and of parameter values.

use memchr::memchr;
use std::borrow::Cow;

/// The bytes as text, and whether they were UTF-8; what was not becomes U+FFFD.
pub(super) fn decoded(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), true),
        Err(_) => (String::from_utf8_lossy(bytes), false),
    }
}

/// Undoes `\\`, `\;`, `\,`, `\n` and `\N` (RFC 5545 §3.3.11). A backslash before anything else is kept as said.
pub(super) fn unescaped(value: &[u8]) -> Cow<'_, [u8]> {
    let Some(first) = memchr(b'\\', value) else {
        return Cow::Borrowed(value);
    };
    let (head, tail) = value.split_at_checked(first).unwrap_or((value, b""));
    let mut out = head.to_vec();
    let mut bytes = tail.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        let plain = match (byte, bytes.peek()) {
            (b'\\', Some(b'n' | b'N')) => Some(b'\n'),
            (b'\\', Some(escaped @ (b'\\' | b';' | b','))) => Some(*escaped),
            _ => None,
        };
        out.push(plain.unwrap_or(byte));
        if plain.is_some() {
            bytes.next();
        }
    }
    Cow::Owned(out)
}

/// A parameter's value as a person's name: undoes `^n`, `^^`, `^'` (RFC 6868) and, since it is met, `\,` and `\;`;
/// takes away the apostrophes that Outlook puts around.
pub(super) fn name(value: &[u8]) -> Cow<'_, [u8]> {
    let value = match value {
        [b'\'', inner @ .., b'\''] => inner,
        _ => value,
    };
    if memchr::memchr2(b'^', b'\\', value).is_none() {
        return Cow::Borrowed(value);
    }
    let mut out = Vec::with_capacity(value.len());
    let mut bytes = value.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        let plain = match (byte, bytes.peek()) {
            (b'^', Some(b'n' | b'N')) => Some(b'\n'),
            (b'^', Some(b'^')) => Some(b'^'),
            (b'^', Some(b'\'')) => Some(b'"'),
            (b'\\', Some(escaped @ (b'\\' | b';' | b','))) => Some(*escaped),
            _ => None,
        };
        out.push(plain.unwrap_or(byte));
        if plain.is_some() {
            bytes.next();
        }
    }
    Cow::Owned(out)
}

/// The start of some bytes as one line of text, for a warning: at most 60 characters, control characters shown as
/// escapes so that a terminal is safe from them.
pub(crate) fn excerpt(bytes: &[u8]) -> String {
    let mut head = bytes.get(..240).unwrap_or(bytes);
    if let Err(error) = std::str::from_utf8(head)
        && error.error_len().is_none()
    {
        // Cut within a character.
        head = head.get(..error.valid_up_to()).unwrap_or(head);
    }
    let text = String::from_utf8_lossy(head);
    let mut out = String::new();
    for character in text.chars().take(60) {
        if character.is_control() {
            out.extend(character.escape_default());
        } else {
            out.push(character);
        }
    }
    if text.chars().nth(60).is_some() || head.len() < bytes.len() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_text_are_undone_and_others_kept() {
        for (said, meant) in [
            ("plain", "plain"),
            (r"a\, b\; c\\d\ne\Nf", "a, b; c\\d\ne\nf"),
            (r"C:\temp", r"C:\temp"),
            (r"end\", r"end\"),
            (r"\\n", r"\n"),
        ] {
            assert_eq!(
                String::from_utf8_lossy(&unescaped(said.as_bytes())),
                meant,
                "{said}"
            );
        }
    }

    #[test]
    fn names_lose_their_escapes_and_apostrophes() {
        for (said, meant) in [
            ("Ana Müller", "Ana Müller"),
            ("'Ana'", "Ana"),
            ("Ana ^'Bo^' ^^ ^n ^x", "Ana \"Bo\" ^ \n ^x"),
            (r"Doe\, John", "Doe, John"),
        ] {
            assert_eq!(
                String::from_utf8_lossy(&name(said.as_bytes())),
                meant,
                "{said}"
            );
        }
    }

    #[test]
    fn an_excerpt_is_short_and_harmless() {
        assert_eq!(excerpt(b"a\x1b[31m"), "a\\u{1b}[31m");
        assert_eq!(excerpt(&[b'x'; 1_000]).chars().count(), 61);
    }
}
