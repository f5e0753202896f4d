//! Whether a text says the same as one that was read before, without keeping that one.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// A digest of iCalendar text, without its line ends and without the moment of the export: RFC 5545 §3.8.7.2 has
/// DTSTAMP say when the text was made, and most servers make it anew for everybody who asks.
pub fn fingerprint(bytes: &[u8]) -> String {
    let mut hasher = Sha256::new();
    let mut left_out = false;
    for line in bytes.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let continues = matches!(line.first(), Some(b' ' | b'\t'));
        left_out = if continues { left_out } else { is_stamp(line) };
        if !left_out && !line.is_empty() {
            hasher.update(line);
            hasher.update(b"\n");
        }
    }
    let mut text = String::new();
    for byte in hasher.finalize() {
        // Writing to a String does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// What an object says, in few characters: the [`fingerprint`] of the lines that are kept of it ([`crate::minimal`]), so that
/// what was kept of an object can be held against the object itself.
///
/// Who may see it and how pressing it is change nothing of when and with whom: CLASS and PRIORITY are left out.
pub fn says(object: &[u8]) -> String {
    let kept = crate::minimal(object).1;
    let lines = kept.split_inclusive(|byte| *byte == b'\n');
    let telling = lines.filter(|line| !is_named(line, b"CLASS") && !is_named(line, b"PRIORITY"));
    fingerprint(&telling.collect::<Vec<_>>().concat())
}

/// The same of a series that is told in pieces, in their order, by a source that gives all of them one moment of their last change
/// whichever of them it was of: that moment (LAST-MODIFIED) is left out as well.
pub fn says_in_pieces<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut told = Vec::new();
    for piece in pieces {
        let kept = crate::minimal(piece).1;
        let lines = kept.split_inclusive(|byte| *byte == b'\n');
        let left_out: [&[u8]; 3] = [b"CLASS", b"PRIORITY", b"LAST-MODIFIED"];
        let telling = lines.filter(|line| !left_out.iter().any(|name| is_named(line, name)));
        told.extend(telling.flatten().copied());
    }
    fingerprint(&told)
}

fn is_stamp(line: &[u8]) -> bool {
    is_named(line, b"DTSTAMP")
}

/// Whether it is a line of that property.
fn is_named(line: &[u8], name: &[u8]) -> bool {
    let begins = line
        .get(..name.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(name));
    begins && matches!(line.get(name.len()), Some(b':' | b';'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "BEGIN:VEVENT\r\nDTSTAMP:20260301T000000Z\r\nSUMMARY:a\r\n b\r\nEND:VEVENT\r\n";

    #[test]
    fn an_object_says_what_was_kept_of_it() {
        let whole = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260302T090000Z\r\nLOCATION:5\r\n\
                     SUMMARY:a\r\n b\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        let kept = crate::minimal(whole.as_bytes()).1;
        assert_ne!(kept, whole.as_bytes());
        assert_eq!(says(&kept), says(whole.as_bytes()));
        let private = whole.replace("LOCATION:5", "CLASS:PRIVATE\r\nPRIORITY:1");
        assert_eq!(says(&kept), says(private.as_bytes()));
        let other = whole.replace("T090000Z", "T091500Z");
        assert_ne!(says(&kept), says(other.as_bytes()));
    }

    #[test]
    fn pieces_say_the_same_whenever_they_were_changed_and_in_one_order() {
        let dated = TEXT.replace("SUMMARY", "LAST-MODIFIED:20260301T000000Z\r\nSUMMARY");
        let other = TEXT.replace(" b", " c");
        let [one, two] = [TEXT, &other].map(str::as_bytes);
        let says = |all: &[&[u8]]| says_in_pieces(all.iter().copied());
        assert_eq!(says(&[one, two]), says(&[dated.as_bytes(), two]));
        assert_ne!(says(&[one, two]), says(&[two, one]));
        assert_ne!(says(&[one, two]), says(&[one]));
    }

    #[test]
    fn only_the_moment_of_the_export_does_not_count() {
        fn check(other: &str, same: bool) {
            let equal = fingerprint(TEXT.as_bytes()) == fingerprint(other.as_bytes());
            assert_eq!(equal, same, "{other}");
        }
        check(TEXT, true);
        check(&TEXT.replace("0301", "0401"), true);
        check(&TEXT.replace("0301T", "0401T00\r\n 00"), true);
        check(&TEXT.replace("DTSTAMP:", "dtstamp;X=1:"), true);
        check(&TEXT.replace("\r\n", "\n"), true);
        check(&TEXT.replace("DTSTAMP", "DTSTAMPED"), false);
        check(&TEXT.replace("SUMMARY:a", "SUMMARY:b"), false);
        check(&TEXT.replace(" b", " c"), false);
        check(&TEXT.replace("SUMMARY:a\r\n b\r\n", ""), false);
        check("", false);
    }
}
