//! Content lines: escaping and folding (RFC 5545 §3.1, §3.3.11).

use jiff::{civil::DateTime, tz::TimeZone};
use std::fmt::Write as _;
use steadfast_calendar::Instant;

/// Collects content lines, each folded at 75 bytes and ended by CRLF.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    pub(crate) bytes: Vec<u8>,
    line: String,
}

impl Lines {
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self {
            bytes: Vec::with_capacity(bytes),
            line: String::with_capacity(256),
        }
    }

    /// A line that is known to be short.
    pub(crate) fn put(&mut self, line: &str) {
        if line.len() > 75 {
            self.fold(line);
        } else {
            self.bytes.extend_from_slice(line.as_bytes());
            self.bytes.extend_from_slice(b"\r\n");
        }
    }

    /// A line made by `write`.
    pub(crate) fn line(&mut self, write: impl FnOnce(&mut String)) {
        let mut line = std::mem::take(&mut self.line);
        line.clear();
        write(&mut line);
        self.put(&line);
        self.line = line;
    }

    fn fold(&mut self, line: &str) {
        let mut rest = line;
        let mut room = 75;
        while rest.len() > room {
            let mut cut = room;
            while !rest.is_char_boundary(cut) {
                cut -= 1;
            }
            let (head, tail) = rest.split_at(cut);
            self.bytes.extend_from_slice(head.as_bytes());
            self.bytes.extend_from_slice(b"\r\n ");
            rest = tail;
            room = 74;
        }
        self.bytes.extend_from_slice(rest.as_bytes());
        self.bytes.extend_from_slice(b"\r\n");
    }
}

/// TEXT, escaped.
pub(crate) fn escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            other => out.push(other),
        }
    }
}

/// A parameter value; in quotes where RFC 5545 §3.2 wants them.
pub(crate) fn parameter(out: &mut String, value: &str) {
    if value.contains([':', ';', ',']) {
        let _ = write!(out, "\"{value}\"");
    } else {
        out.push_str(value);
    }
}

fn digits(out: &mut String, mut number: u32, width: usize) {
    let mut buffer = [b'0'; 10];
    for place in (0..width).rev() {
        buffer[place] = b'0' + (number % 10) as u8;
        number /= 10;
    }
    out.push_str(std::str::from_utf8(&buffer[..width]).unwrap_or_default());
}

/// `20260303`.
pub(crate) fn date(out: &mut String, when: DateTime) {
    digits(out, when.year().unsigned_abs().into(), 4);
    digits(out, when.month().unsigned_abs().into(), 2);
    digits(out, when.day().unsigned_abs().into(), 2);
}

/// `20260303T150000`.
pub(crate) fn civil(out: &mut String, when: DateTime) {
    date(out, when);
    out.push('T');
    digits(out, when.hour().unsigned_abs().into(), 2);
    digits(out, when.minute().unsigned_abs().into(), 2);
    digits(out, when.second().unsigned_abs().into(), 2);
}

/// `20260303T140000Z`.
pub(crate) fn utc(out: &mut String, at: Instant) {
    civil(out, at.civil(&TimeZone::UTC));
    out.push('Z');
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn a_fold_never_cuts_a_character_and_no_line_is_longer_than_75_bytes() {
        let text = format!("SUMMARY:{}", "é面x".repeat(60));
        let mut lines = Lines::default();
        lines.put(&text);
        let written = String::from_utf8(lines.bytes).unwrap();
        assert!(written.split("\r\n").all(|line| line.len() <= 75));
        assert_eq!(written.replace("\r\n ", "").trim_end(), text);
    }
}
