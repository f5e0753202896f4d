//! One content line, taken apart: `NAME;PARAM=value;PARAM="value":VALUE` (RFC 5545 §3.1).

use memchr::{memchr, memrchr};

/// A line taken apart at its last colon; for dates.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dated<'a> {
    /// Everything between the name and the colon, with its leading semicolon; empty when there are no parameters.
    pub(super) parameters: &'a [u8],
    /// Everything after the colon, without blanks around it.
    pub(super) value: &'a [u8],
}

impl<'a> Dated<'a> {
    /// Takes a line apart after its name, which ends before `name_end`. Without parameters the first colon counts;
    /// with them the last: unquoted names such as `TZID=(UTC+01:00) Amsterdam` are met. `None` when it has no colon.
    pub(super) fn split(line: &'a [u8], name_end: usize) -> Option<Self> {
        let rest = line.get(name_end..)?;
        let colon = if rest.first() == Some(&b':') {
            0
        } else {
            memrchr(b':', rest)?
        };
        let (parameters, value) = rest.split_at_checked(colon)?;
        Some(Self {
            parameters,
            value: value.get(1..)?.trim_ascii(),
        })
    }

    /// The value of one parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&'a [u8]> {
        let mut found = None;
        each_parameter(self.parameters, false, |key, value| {
            if found.is_none() && key.eq_ignore_ascii_case(name.as_bytes()) {
                found = Some(value);
            }
        });
        found
    }
}

/// The value of a line, without blanks around it, `parameter` having been shown each parameter: name as written,
/// value without its quotes. `None` when the line has no colon.
pub(super) fn split<'a>(
    line: &'a [u8],
    name_end: usize,
    parameter: impl FnMut(&'a [u8], &'a [u8]),
) -> Option<&'a [u8]> {
    let rest = line.get(name_end..)?;
    let colon = if rest.first() == Some(&b':') {
        0
    } else {
        each_parameter(rest, true, parameter)?
    };
    Some(rest.get(colon + 1..)?.trim_ascii())
}

/// The value of a line whose parameters do not matter.
pub(super) fn value(line: &[u8], name_end: usize) -> Option<&[u8]> {
    split(line, name_end, |_, _| {})
}

/// What follows the last `:mailto:` of a line, for names written with a colon and without quotes
/// (`CN=Team: Ana:mailto:ana@example.com`), and the parameters before it.
pub(super) fn split_at_mailto(line: &[u8], name_end: usize) -> Option<(&[u8], &[u8])> {
    const MARK: &[u8] = b":mailto:";
    let rest = line.get(name_end..)?;
    let colon = rest
        .windows(MARK.len())
        .rposition(|window| window.eq_ignore_ascii_case(MARK))?;
    let (parameters, value) = rest.split_at_checked(colon)?;
    Some((parameters, value.get(1..)?))
}

/// Goes through `;name=value;name="value"` up to the first colon outside quotes, whose place it gives; where
/// `colon_ends` is not set, colons are as good as letters and the end of the bytes ends it. A quote that is never
/// closed is a letter, too.
pub(super) fn each_parameter<'a>(
    bytes: &'a [u8],
    colon_ends: bool,
    mut parameter: impl FnMut(&'a [u8], &'a [u8]),
) -> Option<usize> {
    let mut start = 1;
    let mut at = start;
    let mut equals = None;
    loop {
        let rest = bytes.get(at..)?;
        let stop = rest
            .iter()
            .position(|byte| STOPS.get(usize::from(*byte)) == Some(&true));
        at += stop.unwrap_or(rest.len());
        match bytes.get(at) {
            Some(b'=') => {
                equals = equals.or(Some(at));
                at += 1;
            }
            Some(b'"') => {
                at += 1;
                let closing = bytes.get(at..).and_then(|tail| memchr(b'"', tail));
                at += closing.map_or(0, |length| length + 1);
            }
            Some(b':') if !colon_ends => at += 1,
            end => {
                if at > start {
                    let equals = equals.take().unwrap_or(at);
                    parameter(
                        bytes.get(start..equals)?.trim_ascii(),
                        unquoted(bytes.get(equals + 1..at).unwrap_or_default()),
                    );
                }
                match end {
                    None => return None,
                    Some(b':') => return Some(at),
                    Some(_) => {
                        at += 1;
                        start = at;
                    }
                }
            }
        }
    }
}

/// Bytes at which [`each_parameter`] has something to do.
const STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    stops[b';' as usize] = true;
    stops[b':' as usize] = true;
    stops[b'=' as usize] = true;
    stops[b'"' as usize] = true;
    stops
};

/// Without the quotes around it.
fn unquoted(value: &[u8]) -> &[u8] {
    match value {
        [b'"', inner @ .., b'"'] => inner,
        [b'"', inner @ ..] => inner,
        [b' ', ..] | [.., b' '] => value.trim_ascii(),
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> (Vec<(String, String)>, String) {
        let name_end = line.find([':', ';']).unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let mut parameters = Vec::new();
        let value = split(line.as_bytes(), name_end, |name, value| {
            parameters.push((text(name), text(value)));
        });
        (parameters, text(value.unwrap()))
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
    fn a_date_without_parameters_is_all_that_follows_the_name() {
        let content = Dated::split(b"DTSTART:rubbish:20240318T090000", 7).unwrap();
        assert_eq!(content.value, b"rubbish:20240318T090000");
        let content = Dated::split(b"DTSTART:2024-03-18T09:00:00Z", 7).unwrap();
        assert_eq!(content.value, b"2024-03-18T09:00:00Z");
    }

    #[test]
    fn a_date_follows_the_last_colon() {
        let line = b"DTSTART;TZID=(UTC+01:00) Berlin:20240318T090000";
        let content = Dated::split(line, 7).unwrap();
        assert_eq!(content.value, b"20240318T090000");
        assert_eq!(content.parameter("tzid"), Some(&b"(UTC+01:00) Berlin"[..]));
    }
}
