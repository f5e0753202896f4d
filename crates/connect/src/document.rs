//! A stream whose first bytes were looked at, and a stream that ends in an error past its limit.

use std::io::{self, Read};

/// How far into a stream `BEGIN:VCALENDAR` may start; some tools write a comment or blank lines first.
const HEAD: usize = 8 * 1024;

/// A stream of which the beginning was read ahead, and which gives that beginning again.
pub(crate) struct Peeked<'a> {
    head: Vec<u8>,
    given: usize,
    rest: &'a mut dyn Read,
}

impl<'a> Peeked<'a> {
    /// Reads ahead. An error within the beginning is returned.
    pub(crate) fn new(rest: &'a mut dyn Read) -> io::Result<Self> {
        let mut head = Vec::with_capacity(HEAD);
        rest.take(HEAD as u64).read_to_end(&mut head)?;
        Ok(Self {
            head,
            given: 0,
            rest,
        })
    }

    /// The first bytes, at most 8 KiB.
    pub(crate) fn head(&self) -> &[u8] {
        &self.head
    }
}

impl Read for Peeked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.head.get(self.given..).unwrap_or_default();
        if left.is_empty() {
            return self.rest.read(buffer);
        }
        let count = { left }.read(buffer)?;
        self.given += count;
        Ok(count)
    }
}

/// What a stream is, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// iCalendar text.
    Calendar,
    /// A zip archive.
    Zip,
    /// gzip: a `.tgz`, or one packed calendar.
    Gzip,
    /// A tar archive.
    Tar,
    /// Something else; in words.
    Other(&'static str),
}

/// Recognises a stream by its first bytes.
pub(crate) fn kind(head: &[u8]) -> Kind {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Kind::Zip;
    }
    if head.starts_with(&[0x1f, 0x8b]) {
        return Kind::Gzip;
    }
    if head.get(257..262) == Some(b"ustar") {
        return Kind::Tar;
    }
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return Kind::Other("UTF-16 text");
    }
    let text = head
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(head)
        .trim_ascii_start();
    let starts = |word: &[u8]| {
        text.get(..word.len())
            .is_some_and(|t| t.eq_ignore_ascii_case(word))
    };
    if text.is_empty() {
        return Kind::Other("empty");
    }
    if starts(b"<!doctype html") || starts(b"<html") {
        return Kind::Other("a web page");
    }
    if text
        .windows(15)
        .any(|window| window.eq_ignore_ascii_case(b"BEGIN:VCALENDAR"))
    {
        return Kind::Calendar;
    }
    match text.first() {
        Some(b'<') => Kind::Other("XML"),
        Some(b'{' | b'[') => Kind::Other("JSON"),
        _ => Kind::Other("something else"),
    }
}

/// A stream that may give so many bytes and then is an error, never silently shorter.
pub(crate) struct Bounded<R> {
    inner: R,
    left: u64,
    exceeded: bool,
}

impl<R: Read> Bounded<R> {
    pub(crate) fn new(inner: R, limit: u64) -> Self {
        Self {
            inner,
            left: limit,
            exceeded: false,
        }
    }

    /// Whether it was longer than the limit.
    pub(crate) fn exceeded(&self) -> bool {
        self.exceeded
    }

    /// Bytes that it may still give.
    pub(crate) fn left(&self) -> u64 {
        self.left
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 && !buffer.is_empty() {
            let mut one = [0];
            if self.exceeded || self.inner.read(&mut one)? > 0 {
                self.exceeded = true;
                return Err(io::Error::other("longer than the limit"));
            }
            return Ok(0);
        }
        let most = usize::try_from(self.left)
            .unwrap_or(usize::MAX)
            .min(buffer.len());
        let count = self
            .inner
            .read(buffer.get_mut(..most).unwrap_or_default())?;
        self.left = self.left.saturating_sub(count as u64);
        Ok(count)
    }
}

/// A number of bytes for a person: "256 MiB".
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        b if b >= 1 << 30 && b % (1 << 30) == 0 => format!("{} GiB", b >> 30),
        b if b >= 1 << 20 => format!("{} MiB", b >> 20),
        b if b >= 1 << 10 => format!("{} KiB", b >> 10),
        b => format!("{b} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_what_it_is() {
        fn check(head: &[u8], expected: Kind) {
            assert_eq!(kind(head), expected, "{:?}", String::from_utf8_lossy(head));
        }
        check(b"BEGIN:VCALENDAR\r\n", Kind::Calendar);
        check(b"\xef\xbb\xbf\r\n begin:vcalendar\n", Kind::Calendar);
        check(b"# exported\nBEGIN:VCALENDAR\n", Kind::Calendar);
        check(b"", Kind::Other("empty"));
        check(b" \r\n", Kind::Other("empty"));
        check(b"<!DOCTYPE html><title>Sign in", Kind::Other("a web page"));
        check(b"<?xml version='1.0'?>", Kind::Other("XML"));
        check(b"{\"error\":1}", Kind::Other("JSON"));
        check(b"PK\x03\x04rest", Kind::Zip);
        check(b"\x1f\x8b\x08", Kind::Gzip);
        check(b"\xff\xfeB\0", Kind::Other("UTF-16 text"));
        check(b"hello", Kind::Other("something else"));
    }

    #[test]
    fn a_peeked_stream_gives_every_byte_once() {
        let bytes: Vec<u8> = (0..20_000_u32).map(|n| n as u8).collect();
        let mut source = bytes.as_slice();
        let mut peeked = Peeked::new(&mut source).expect("read");
        assert_eq!(peeked.head().len(), HEAD);
        let mut out = Vec::new();
        peeked.read_to_end(&mut out).expect("read");
        assert_eq!(out, bytes);
    }

    #[test]
    fn a_stream_at_its_limit_ends_and_past_it_is_an_error() {
        fn check(length: usize, limit: u64, whole: bool) {
            let bytes = vec![1_u8; length];
            let mut bounded = Bounded::new(bytes.as_slice(), limit);
            let mut out = Vec::new();
            assert_eq!(
                bounded.read_to_end(&mut out).is_ok(),
                whole,
                "{length} of {limit}"
            );
            assert_eq!(bounded.exceeded(), !whole);
            assert!(out.len() as u64 <= limit);
        }
        check(0, 0, true);
        check(10, 10, true);
        check(11, 10, false);
        check(9, 10, true);
        check(100_000, 10, false);
    }
}
