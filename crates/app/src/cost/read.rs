//! Figures as people type them.

use super::{Figures, INPUTS, SHARE, Span, Unit};
use std::fmt;

/// What was typed, by field: `pay`, `share`, and `<name>.from` and `<name>.to` of every input.
#[derive(Clone, Debug, Default)]
pub struct Typed(pub Vec<(String, String)>);

impl Typed {
    /// What stands in that field; `None` where the form was not sent.
    pub fn field(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.trim())
    }
}

/// A figure that cannot be used. `Display` says what is wrong, `hint` what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unusable {
    what: String,
    /// What to do.
    pub hint: &'static str,
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

/// Reads what was typed; `None` as long as no pay was.
///
/// # Errors
/// [`Unusable`], of the first figure that is.
pub fn read(typed: &Typed) -> Result<Option<Figures>, Unusable> {
    let Some(pay) = number(typed, "pay", "a year’s pay", Unit::Money)? else {
        return Ok(None);
    };
    let share = number(typed, "share", "the share of a year’s pay", Unit::Percent)?;
    let mut own = Vec::new();
    for input in INPUTS {
        let field = |end: &str| {
            let name = format!("{}.{end}", input.name);
            number(typed, &name, input.label, input.unit)
        };
        let span = match (field("from")?, field("to")?) {
            (Some(from), Some(to)) => Span { from, to },
            // One figure alone is both ends.
            (Some(one), None) | (None, Some(one)) => Span { from: one, to: one },
            (None, None) => continue,
        };
        if span.to < span.from {
            return Err(Unusable {
                what: format!("“{}” runs from more to less", input.label),
                hint: "put the smaller figure first",
            });
        }
        own.push((input.key, span));
    }
    Ok(Some(Figures {
        pay,
        share: share.unwrap_or(SHARE),
        own,
    }))
}

fn number(typed: &Typed, name: &str, label: &str, unit: Unit) -> Result<Option<u64>, Unusable> {
    let text = typed.field(name).unwrap_or_default();
    if text.is_empty() {
        return Ok(None);
    }
    let most = unit.most();
    match whole(text).filter(|number| *number <= most) {
        Some(number) => Ok(Some(number)),
        None => Err(Unusable {
            what: format!(
                "“{label}” is not a whole number up to {}",
                super::sum::grouped(most)
            ),
            hint: "write it in digits, such as 60000 or 60,000, without a currency",
        }),
    }
}

/// "60000", "60,000", "60.000", "60 000", "60’000"; nothing with a fraction.
fn whole(text: &str) -> Option<u64> {
    let is_between = |c: char| matches!(c, ',' | '.' | '\'' | '’') || c.is_whitespace();
    let mut groups = text.split(is_between);
    let first = groups.next()?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.len() > 3 {
            return None;
        }
        digits.push_str(group);
    }
    let plain = !first.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::super::Key;
    use super::*;

    fn typed(fields: &[(&str, &str)]) -> Typed {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Typed(fields.iter().map(owned).collect())
    }

    #[test]
    fn whole_numbers_are_read_as_people_write_them() {
        for (text, number) in [
            ("60000", Some(60_000)),
            ("60,000", Some(60_000)),
            ("1.250.000", Some(1_250_000)),
            ("60 000", Some(60_000)),
            ("60’000", Some(60_000)),
            ("0", Some(0)),
            ("60,5", None),
            ("6000,000", None),
            (",000", None),
            ("-1", None),
            ("+1", None),
            ("1e9", None),
            ("€ 60", None),
            ("", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(whole(text), number, "{text}");
        }
    }

    #[test]
    fn without_a_pay_there_is_nothing_to_reckon_and_an_empty_figure_is_absent() {
        assert_eq!(read(&typed(&[("pay", " ")])), Ok(None));
        let figures = read(&typed(&[("pay", "60000"), ("parting.from", "")]));
        let figures = figures.unwrap().unwrap();
        assert_eq!((figures.share, figures.own.len()), (20, 0));
    }

    #[test]
    fn one_end_alone_is_both() {
        let figures = read(&typed(&[("pay", "60000"), ("empty.to", "9")]));
        let nine = Some(Span { from: 9, to: 9 });
        assert_eq!(figures.unwrap().unwrap().own(Key::Empty), nine);
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        for (field, value) in [
            ("pay", "much"),
            ("share", "301"),
            ("empty.from", "261"),
            ("week.to", "1000000001"),
        ] {
            let sent = [("pay", "60000"), (field, value)];
            let sent = if field == "pay" {
                &sent[1..]
            } else {
                &sent[..]
            };
            assert!(read(&typed(sent)).is_err(), "{field}");
        }
        let turned = [("pay", "1"), ("empty.from", "9"), ("empty.to", "3")];
        let error = read(&typed(&turned)).unwrap_err().to_string();
        assert!(error.contains("from more to less"), "{error}");
    }
}
