//! Words that came from a calendar, made safe to show.

/// Longest text from a calendar that is shown, in characters. Longer ones are cut with an ellipsis:
/// a name of a megabyte must not become a report of a megabyte per line.
const LONGEST: usize = 240;

/// Longest command that is shown. One that is cut would declare less than it seems to: a longer one is not shown.
const LONGEST_COMMAND: usize = 16_384;

/// A command of ours, whole, with the same characters left out as by [`clean`].
pub(crate) fn clean_command(raw: &str) -> String {
    if raw.chars().nth(LONGEST_COMMAND).is_some() {
        return String::new();
    }
    clean_to(raw, LONGEST_COMMAND)
}

/// `raw` in one line, without control characters (a terminal obeys them) and without characters that
/// turn the direction of all that follows (a name must not rearrange the sentence around it).
pub(crate) fn clean(raw: &str) -> String {
    clean_to(raw, LONGEST)
}

fn clean_to(raw: &str, longest: usize) -> String {
    let mut words = String::new();
    let mut gap = false;
    let mut length = 0;
    for character in raw.chars().filter(|c| !is_unseen_order(*c)) {
        if character.is_whitespace() || character.is_control() {
            gap = length > 0;
            continue;
        }
        if length >= longest {
            words.push('…');
            break;
        }
        if std::mem::take(&mut gap) {
            words.push(' ');
            length += 1;
        }
        words.push(character);
        length += 1;
    }
    words
}

/// Explicit direction marks of Unicode's bidirectional algorithm (UAX 9 §2), and characters without
/// any width that hide in addresses.
fn is_unseen_order(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// Whether any character of `words` is written from right to left.
pub(crate) fn is_right_to_left(words: &str) -> bool {
    words.chars().any(|c| {
        matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
    })
}

#[cfg(test)]
mod tests {
    use super::{clean, clean_command};

    #[test]
    fn a_name_cannot_steer_the_terminal_or_the_sentence() {
        let check = |raw: &str, shown: &str| assert_eq!(clean(raw), shown, "{raw:?}");
        check("Ben", "Ben");
        check("  Ben \r\n\t Okafor ", "Ben Okafor");
        check("\u{1b}[2J\u{7}Ben", "[2J Ben");
        check("Ben\u{202E}neB", "BenneB");
        check("", "");
        check(&"x".repeat(1000), &format!("{}…", "x".repeat(240)));
    }

    #[test]
    fn a_command_is_shown_whole_or_not_at_all() {
        let long = "steadfast ".repeat(100);
        assert_eq!(clean_command(&long), long.trim());
        assert_eq!(clean_command(&"x".repeat(20_000)), "");
    }
}
