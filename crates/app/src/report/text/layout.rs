//! Lines of a given width: wrapping, padding and the terminal's own counting of cells.

use super::super::clean::is_right_to_left;
use super::style::{Ink, TextStyle};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Narrower than this nothing can be laid out.
const NARROWEST: usize = 24;

/// The text as it grows.
pub(crate) struct Page {
    /// What the terminal can do.
    pub(crate) style: TextStyle,
    lines: String,
}

impl Page {
    /// An empty page.
    pub(crate) fn new(style: TextStyle) -> Self {
        let width = style.width.max(NARROWEST);
        Self {
            style: TextStyle { width, ..style },
            lines: String::new(),
        }
    }

    /// An empty line, never two in a row and never the first.
    pub(crate) fn gap(&mut self) {
        if !self.lines.is_empty() && !self.lines.ends_with("\n\n") {
            self.lines.push('\n');
        }
    }

    /// One line that is laid out already.
    pub(crate) fn line(&mut self, line: &str) {
        self.lines.push_str(&line.replace('\u{a0}', " "));
        self.lines.truncate(self.lines.trim_end_matches(' ').len());
        self.lines.push('\n');
    }

    /// A paragraph, wrapped, every line `indent` cells in.
    pub(crate) fn paragraph(&mut self, indent: usize, words: &str) {
        self.hanging(indent, indent, words);
    }

    /// A paragraph whose first line is `first` cells in and every other `rest`.
    pub(crate) fn hanging(&mut self, first: usize, rest: usize, words: &str) {
        let words = self.style.plain(words);
        for (number, line) in wrap(&words, self.style.width, first, rest)
            .iter()
            .enumerate()
        {
            let indent = if number == 0 { first } else { rest };
            self.line(&format!("{}{line}", " ".repeat(indent)));
        }
    }

    /// The same, in strong ink.
    pub(crate) fn strong(&mut self, first: usize, rest: usize, words: &str) {
        let words = self.style.plain(words);
        let lines = wrap(&words, self.style.width, first, rest);
        for (number, line) in lines.iter().enumerate() {
            let indent = if number == 0 { first } else { rest };
            let painted = self.style.paint(Ink::Strong, line);
            self.line(&format!("{}{painted}", " ".repeat(indent)));
        }
    }

    /// A name on lines of its own.
    pub(crate) fn name(&mut self, name: &str) {
        for line in wrap(name, self.style.width, 2, 2) {
            let painted = self.style.paint(Ink::Strong, &line);
            self.line(&format!("  {painted}"));
        }
    }

    /// A name in a column of `width` cells, and words beside it; below it where the name is long.
    pub(crate) fn labelled(&mut self, name: &str, width: usize, words: &str) {
        let indent = width + 4;
        if indent + 16 > self.style.width {
            self.name(name);
            self.paragraph(4, words);
            return;
        }
        let words = self.style.plain(words);
        let mut lines = wrap(&words, self.style.width, indent, indent).into_iter();
        let label = pad(name, width).replacen(name, &self.style.paint(Ink::Strong, name), 1);
        let first = lines.next().unwrap_or_default();
        self.line(&format!("  {label}  {first}"));
        for line in lines {
            self.line(&format!("{}{line}", " ".repeat(indent)));
        }
    }

    /// All of it.
    pub(crate) fn finish(self) -> String {
        self.lines
    }
}

/// Cells that `words` take on a terminal.
pub(crate) fn cells(words: &str) -> usize {
    words.width()
}

/// `words` followed by spaces up to `width` cells.
pub(crate) fn pad(words: &str, width: usize) -> String {
    let missing = width.saturating_sub(cells(words));
    format!("{words}{}", " ".repeat(missing))
}

/// A name that keeps its own direction to itself (first strong isolate, UAX 9), where it needs to.
pub(crate) fn isolate(name: &str, style: TextStyle) -> String {
    if style.unicode && is_right_to_left(name) {
        format!("\u{2068}{name}\u{2069}")
    } else {
        name.to_owned()
    }
}

/// `words` broken at spaces into lines of at most `width` cells, the first of them `first` cells in, the
/// others `rest`. A word that is too long by itself is broken between characters.
pub(crate) fn wrap(words: &str, width: usize, first: usize, rest: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    let room = |finished: &[String]| {
        let indent = if finished.is_empty() { first } else { rest };
        width.saturating_sub(indent).max(8)
    };
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        let needed = cells(word);
        if used > 0 && used + 1 + needed > room(&lines) {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        for character in word.chars() {
            let wide = character.width().unwrap_or(0);
            if used + wide > room(&lines) && used > 0 {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(character);
            used += wide;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// A shell command broken where a shell lets it be pasted: at spaces outside quotes, with a backslash.
pub(crate) fn wrap_command(command: &str, width: usize, indent: usize) -> Vec<String> {
    let room = width.saturating_sub(indent + 2).max(8);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in shell_words(command) {
        if !line.is_empty() && cells(&line) + 1 + cells(word) > room {
            lines.push(std::mem::take(&mut line) + " \\");
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

/// Splits at spaces that no quote holds together. A backslash keeps the next character as it is.
fn shell_words(command: &str) -> Vec<&str> {
    let mut quote = None;
    let mut escaped = false;
    command
        .split(|character: char| {
            let splits = character == ' ' && quote.is_none() && !escaped;
            if escaped {
                escaped = false;
            } else if character == '\\' && quote != Some('\'') {
                escaped = true;
            } else if quote == Some(character) {
                quote = None;
            } else if quote.is_none() && matches!(character, '\'' | '"') {
                quote = Some(character);
            }
            splits
        })
        .filter(|word| !word.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{cells, shell_words, wrap};
    use proptest::prelude::*;

    #[test]
    fn a_command_is_never_broken_inside_quotes() {
        let check = |command: &str, words: &[&str]| assert_eq!(shell_words(command), words);
        check("steadfast audit x.ics", &["steadfast", "audit", "x.ics"]);
        check(
            "audit 'my file.ics' --me a@b",
            &["audit", "'my file.ics'", "--me", "a@b"],
        );
        check(
            r#"audit my\ file.ics "a b""#,
            &["audit", r"my\ file.ics", r#""a b""#],
        );
    }

    proptest! {
        #[test]
        fn wrapping_keeps_every_letter_and_the_width(words in "[a-z世é ]{0,120}", width in 24usize..100, rest in 0usize..12) {
            let lines = wrap(&words, width, 0, rest);
            let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(letters(&words), lines.iter().map(|l| letters(l)).collect::<String>());
            for (number, line) in lines.iter().enumerate() {
                let indent = if number == 0 { 0 } else { rest };
                prop_assert!(indent + cells(line) <= width);
            }
        }
    }
}
