//! One content line, taken apart: `NAME;PARAM=value;PARAM="value":VALUE` (RFC 5545 §3.1).

use memchr::{memchr, memchr2, memrchr};

/// Parameters and value of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Content<'a> {
    /// Everything between the name and the colon, with its leading semicolon; empty when there are no parameters.
    parameters: &'a [u8],
    /// Everything after the colon, without blanks around it.
    pub(super) value: &'a [u8],
}

impl<'a> Content<'a> {
    /// Takes a line apart after its name, which ends before `name_end`. `None` when it has no colon.
    pub(super) fn split(line: &'a [u8], name_end: usize) -> Option<Self> {
        let rest = line.get(name_end..)?;
        Self::at(rest, value_colon(rest)?)
    }

    /// Like [`Content::split`] for properties whose values never hold a colon (dates): the last colon counts, since
    /// unquoted names such as `TZID=(UTC+01:00) Amsterdam` are met.
    pub(super) fn split_last(line: &'a [u8], name_end: usize) -> Option<Self> {
        let rest = line.get(name_end..)?;
        Self::at(rest, memrchr(b':', rest)?)
    }

    fn at(rest: &'a [u8], colon: usize) -> Option<Self> {
        Some(Self {
            parameters: rest.get(..colon)?,
            value: rest.get(colon + 1..)?.trim_ascii(),
        })
    }

    /// The parameters in order: name as written, value without its quotes.
    pub(super) fn parameters(&self) -> Parameters<'a> {
        Parameters {
            rest: self.parameters,
        }
    }

    /// The value of one parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&'a [u8]> {
        self.parameters()
            .find(|(key, _)| key.eq_ignore_ascii_case(name.as_bytes()))
            .map(|(_, value)| value)
    }

    /// The same line with its colon at the last `:mailto:` instead, for names written with a colon and without
    /// quotes (`CN=Team: Ana:mailto:ana@example.com`).
    pub(super) fn resplit_at_mailto(line: &'a [u8], name_end: usize) -> Option<Self> {
        const MARK: &[u8] = b":mailto:";
        let rest = line.get(name_end..)?;
        let colon = rest
            .windows(MARK.len())
            .rposition(|window| window.eq_ignore_ascii_case(MARK))?;
        Self::at(rest, colon)
    }
}

/// Where the value's colon is: the first outside quotes, or the first of all where a quote is never closed.
fn value_colon(rest: &[u8]) -> Option<usize> {
    if rest.first() == Some(&b':') {
        return Some(0);
    }
    let mut at = 0;
    loop {
        let tail = rest.get(at..)?;
        let Some(found) = memchr2(b':', b'"', tail) else {
            return memchr(b':', rest);
        };
        if tail.get(found) == Some(&b':') {
            return Some(at + found);
        }
        let inside = at + found + 1;
        match memchr(b'"', rest.get(inside..)?) {
            Some(length) => at = inside + length + 1,
            None => return memchr(b':', rest),
        }
    }
}

/// Iterates over parameters; see [`Content::parameters`].
#[derive(Debug)]
pub(super) struct Parameters<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Parameters<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (first, rest) = self.rest.split_first()?;
        let rest = if *first == b';' { rest } else { self.rest };
        let mut quoted = false;
        let mut end = rest.len();
        let mut equals = None;
        for (index, byte) in rest.iter().enumerate() {
            match byte {
                b'"' => quoted = !quoted,
                b';' if !quoted => {
                    end = index;
                    break;
                }
                b'=' if equals.is_none() => equals = Some(index),
                _ => {}
            }
        }
        let (one, rest) = rest.split_at_checked(end)?;
        self.rest = rest;
        let (name, value) = match equals {
            Some(equals) => (one.get(..equals)?, one.get(equals + 1..)?),
            None => (one, &b""[..]),
        };
        Some((name.trim_ascii(), unquoted(value)))
    }
}

/// Without the quotes around it.
fn unquoted(value: &[u8]) -> &[u8] {
    let value = value.trim_ascii();
    match value.strip_prefix(b"\"") {
        Some(inner) => inner.strip_suffix(b"\"").unwrap_or(inner),
        None => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> (Vec<(String, String)>, String) {
        let name_end = line.find([':', ';']).unwrap();
        let content = Content::split(line.as_bytes(), name_end).unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (
            content
                .parameters()
                .map(|(name, value)| (text(name), text(value)))
                .collect(),
            text(content.value),
        )
    }

    #[test]
    fn colons_and_semicolons_in_quotes_do_not_end_a_parameter() {
        let (parameters, value) = parts(r#"ATTENDEE;CN="A: b; c";ROLE=CHAIR:mailto:a@b.c"#);
        assert_eq!(
            parameters,
            [
                ("CN".to_owned(), "A: b; c".to_owned()),
                ("ROLE".to_owned(), "CHAIR".to_owned())
            ]
        );
        assert_eq!(value, "mailto:a@b.c");
    }

    #[test]
    fn a_quote_that_is_never_closed_does_not_swallow_the_value() {
        let (_, value) = parts(r#"ATTENDEE;CN="Ana:mailto:a@b.c"#);
        assert_eq!(value, "mailto:a@b.c");
    }

    #[test]
    fn a_parameter_without_a_value_is_empty() {
        let (parameters, value) = parts("X;A;B=:v");
        assert_eq!(
            parameters,
            [("A".into(), String::new()), ("B".into(), String::new())]
        );
        assert_eq!(value, "v");
    }

    #[test]
    fn a_date_follows_the_last_colon() {
        let line = b"DTSTART;TZID=(UTC+01:00) Berlin:20240318T090000";
        let content = Content::split_last(line, 7).unwrap();
        assert_eq!(content.value, b"20240318T090000");
        assert_eq!(content.parameter("tzid"), Some(&b"(UTC+01:00) Berlin"[..]));
    }
}
