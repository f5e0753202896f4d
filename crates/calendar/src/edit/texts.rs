//! Words, written so that every reader takes them for words.

/// A TEXT value (RFC 5545 §3.3.11). Control characters but line ends are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let text = text.replace("\r\n", "\n");
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(character);
            }
            '\n' => out.push_str("\\n"),
            other if other.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

/// A parameter's value in quotes (RFC 6868).
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '^' => out.push_str("^^"),
            '"' => out.push_str("^'"),
            '\n' => out.push_str("^n"),
            other if other.is_control() => {}
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// Whether it can be an address in a calendar: something on both sides of one `@`, and nothing that would end it.
pub(super) fn is_address(text: &str) -> bool {
    let odd =
        |c: char| c.is_control() || c.is_whitespace() || matches!(c, '"' | '<' | '>' | ',' | ';');
    match text.split_once('@') {
        Some((name, host)) => {
            !name.is_empty() && !host.is_empty() && !host.contains('@') && !text.contains(odd)
        }
        None => false,
    }
}

/// Whether it can be a UID of ours, which also names a file: letters, digits, `-`, `.`, `_`, `@`; at most 200.
pub(super) fn is_uid(text: &str) -> bool {
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '@');
    !text.is_empty() && text.len() <= 200 && text.chars().all(fine)
}

/// Lines of an object of ours.
pub(super) fn joined(lines: &[String]) -> Vec<u8> {
    let mut object = super::lines::Object::read(b"");
    for line in lines {
        let line = object.line(line.as_str());
        object.pieces.push(super::lines::Piece::Other(line));
    }
    object.write()
}
