//! Rules in a few bytes: but for the day on which they end there are few different ones.

use super::{
    bytes::{Cursor, put},
    words::Words,
};
use std::fmt::Write as _;

/// UNTIL names a day, …
const DAY: u64 = 1;
/// … with a time, …
const TIME: u64 = 2;
/// … in UTC (RFC 5545 §3.3.10).
const UTC: u64 = 4;

const UNTIL: &str = "UNTIL=";

/// Appends `rule`.
pub(super) fn pack(bytes: &mut Vec<u8>, rule: &str, words: &mut Words) {
    let Some(end) = End::of(rule) else {
        put(bytes, 0);
        put(bytes, u64::from(words.number_of(rule)));
        return;
    };
    put(bytes, end.form);
    put(bytes, u64::from(words.number_of(end.before)));
    put(bytes, u64::from(words.number_of(end.after)));
    put(bytes, end.day);
    if end.form & TIME != 0 {
        put(bytes, end.time);
    }
}

/// The rule that was packed.
pub(super) fn unpack(cursor: &mut Cursor<'_>, words: &Words) -> Box<str> {
    let form = cursor.number();
    let before = words.get(cursor.number());
    if form == 0 {
        return Box::from(before);
    }
    let after = words.get(cursor.number());
    let mut rule = String::with_capacity(before.len() + 16 + after.len());
    rule.push_str(before);
    // Writing to a String does not fail.
    let _ = write!(rule, "{:08}", cursor.number());
    if form & TIME != 0 {
        let _ = write!(rule, "T{:06}", cursor.number());
    }
    if form & UTC != 0 {
        rule.push('Z');
    }
    rule.push_str(after);
    rule.into_boxed_str()
}

/// A rule taken apart at its end.
struct End<'a> {
    before: &'a str,
    after: &'a str,
    form: u64,
    day: u64,
    time: u64,
}

impl<'a> End<'a> {
    fn of(rule: &'a str) -> Option<Self> {
        let (before, said) = rule.split_at(rule.find(UNTIL)? + UNTIL.len());
        let (day, mut after) = digits(said, 8)?;
        let (mut form, mut time) = (DAY, 0);
        if let Some((number, rest)) = after.strip_prefix('T').and_then(|said| digits(said, 6)) {
            (form, time, after) = (form | TIME, number, rest);
        }
        if let Some(rest) = after.strip_prefix('Z') {
            (form, after) = (form | UTC, rest);
        }
        Some(Self {
            before,
            after,
            form,
            day,
            time,
        })
    }
}

/// The first `count` digits as a number, and what follows.
fn digits(text: &str, count: usize) -> Option<(u64, &str)> {
    let (digits, rest) = text.split_at_checked(count)?;
    let number = digits.bytes().all(|digit| digit.is_ascii_digit());
    number.then_some((digits.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn comes_back(rule: &str, words: &mut Words) -> usize {
        let mut bytes = Vec::new();
        pack(&mut bytes, rule, words);
        assert_eq!(&*unpack(&mut Cursor(&bytes), words), rule);
        bytes.len()
    }

    #[test]
    fn a_rule_takes_a_few_bytes_whenever_it_ends() {
        let mut words = Words::default();
        for (rule, length) in [
            ("FREQ=WEEKLY;BYDAY=TU", 2),
            ("FREQ=WEEKLY;UNTIL=20261231T225959Z;BYDAY=TU", 10),
            ("FREQ=WEEKLY;UNTIL=20270101T000000Z;BYDAY=TU", 8),
            ("FREQ=WEEKLY;UNTIL=00010203T040506", 8),
            ("FREQ=DAILY;UNTIL=20261231", 7),
            ("FREQ=DAILY;UNTIL=20261231Z", 7),
            ("FREQ=DAILY;UNTIL=2026", 2),
            ("", 2),
        ] {
            assert_eq!(comes_back(rule, &mut words), length, "{rule}");
        }
    }

    proptest! {
        #[test]
        fn any_rule_comes_back(rule in "(FREQ=[A-Z;]{0,9})?(UNTIL=)?[0-9]{0,9}T?[0-9]{0,7}Z?\\PC{0,9}") {
            comes_back(&rule, &mut Words::default());
        }
    }
}
