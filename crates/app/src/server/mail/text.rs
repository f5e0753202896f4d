//! A mail as plain text.

use super::letter::Letter;
use std::fmt::Write as _;

pub(super) fn text(letter: &Letter) -> String {
    let mut text = String::new();
    for item in &letter.items {
        let (label, path) = &item.act;
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}\n", item.heading);
        for line in &item.lines {
            let _ = writeln!(text, "{line}\n");
        }
        let _ = writeln!(text, "{label}:\n{}\n\n", letter.link(path));
    }
    if letter.more > 0 {
        let page = letter.link("/one-on-ones#threats");
        let _ = writeln!(text, "And {} more on your page:\n{page}\n\n", letter.more);
    }
    let (choose, off) = (letter.link("/mail"), letter.link(&letter.off));
    let foot = Letter::FOOT;
    let _ = write!(
        text,
        "-- \n{foot}\n\nWhat is mailed, and when: {choose}\nNo more mail: {off}\n"
    );
    text
}
