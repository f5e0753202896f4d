//! Content lines (RFC 5545 §3.1), from text that may hold anything.

/// Bytes of a line before it is folded.
const ROOM: usize = 75;

/// Lines as they come together.
#[derive(Default)]
pub(crate) struct Lines(String);

impl Lines {
    /// Adds a line, folded where it is long.
    pub(crate) fn put(&mut self, line: &str) {
        let (mut rest, mut room) = (line, ROOM);
        while rest.len() > room {
            let mut cut = room;
            while !rest.is_char_boundary(cut) {
                cut -= 1;
            }
            let (head, tail) = rest.split_at(cut);
            self.0.push_str(head);
            self.0.push_str("\r\n ");
            rest = tail;
            // The blank at its beginning counts.
            room = ROOM - 1;
        }
        self.0.push_str(rest);
        self.0.push_str("\r\n");
    }

    /// All of them.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

/// TEXT (RFC 5545 §3.3.11).
pub(crate) fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for character in value.chars() {
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

/// The value of a parameter, in quotes. A quote in it cannot be written (RFC 5545 §3.2), and becomes an apostrophe.
pub(crate) fn quoted(value: &str) -> String {
    let inner: String = value
        .chars()
        .filter(|character| !character.is_control())
        .map(|character| if character == '"' { '\'' } else { character })
        .collect();
    format!("\"{inner}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_break_out_of_its_line() {
        assert_eq!(
            text("a,b;c\\d\r\nEND:VEVENT\u{7}"),
            "a\\,b\\;c\\\\d\\nEND:VEVENT"
        );
        assert_eq!(quoted("Maya \"M\"\r\n: Chen"), "\"Maya 'M': Chen\"");
    }

    #[test]
    fn a_long_line_is_folded_between_characters() {
        let mut lines = Lines::default();
        lines.put(&"é".repeat(100));
        let text = String::from_utf8(lines.into_bytes()).unwrap();
        assert!(text.split("\r\n").all(|line| line.len() <= ROOM), "{text}");
        assert_eq!(
            text.replace("\r\n ", ""),
            format!("{}\r\n", "é".repeat(100))
        );
    }
}
