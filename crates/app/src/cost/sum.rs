//! The sum.

use super::{Figures, INPUTS, Key, Span};

/// Weeks of a year.
const WEEKS: u64 = 52;

/// What it comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cost {
    /// By the share that case studies found.
    pub by_studies: u64,
    /// By the reader's own figures: each part, at least one. Empty where none was given.
    pub parts: Vec<Part>,
    /// All parts together.
    pub own: Span,
    /// What was left empty, and so counted as nothing.
    pub left_out: Vec<&'static str>,
}

/// One part of the sum.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// What it is.
    pub what: &'static str,
    /// How it was reckoned.
    pub how: String,
    /// What it comes to.
    pub span: Span,
}

/// Reckons it.
pub fn cost(figures: &Figures) -> Cost {
    let pay = figures.pay;
    let week = figures.own(Key::Week).unwrap_or(Span {
        from: pay / WEEKS,
        to: pay / WEEKS,
    });
    let mut parts = Vec::new();
    let mut left_out = Vec::new();
    for (key, what) in [
        (Key::Parting, "Parting"),
        (Key::Finding, "Finding somebody"),
        (Key::Training, "Training them"),
    ] {
        match figures.own(key) {
            Some(share) => parts.push(Part {
                what,
                how: format!("{} % of {}", words(share), grouped(pay)),
                span: each(share, |percent| part_of(pay, percent)),
            }),
            None => left_out.push(what),
        }
    }
    match figures.own(Key::Empty) {
        Some(weeks) => {
            let undone = figures.own(Key::Undone).or(default(Key::Undone));
            let undone = undone.unwrap_or(Span { from: 100, to: 100 });
            parts.push(Part {
                what: "The empty place",
                how: format!(
                    "{} weeks at {}, {} % of the work not done",
                    words(weeks),
                    words(week),
                    words(undone)
                ),
                span: Span {
                    from: part_of(week.from.saturating_mul(weeks.from), undone.from),
                    to: part_of(week.to.saturating_mul(weeks.to), undone.to),
                },
            });
        }
        None => left_out.push("The empty place"),
    }
    match figures.own(Key::Learning) {
        Some(weeks) => parts.push(Part {
            what: "Learning",
            how: format!("half of {} weeks at {}", words(weeks), words(week)),
            span: Span {
                from: week.from.saturating_mul(weeks.from) / 2,
                to: week.to.saturating_mul(weeks.to) / 2,
            },
        }),
        None => left_out.push("Learning"),
    }
    let sum = |end: fn(&Part) -> u64| parts.iter().map(end).fold(0, u64::saturating_add);
    Cost {
        by_studies: part_of(pay, figures.share),
        own: Span {
            from: sum(|part| part.span.from),
            to: sum(|part| part.span.to),
        },
        parts,
        left_out,
    }
}

fn default(key: Key) -> Option<Span> {
    let input = INPUTS.iter().find(|input| input.key == key)?;
    input.default
}

fn each(span: Span, of: impl Fn(u64) -> u64) -> Span {
    Span {
        from: of(span.from),
        to: of(span.to),
    }
}

fn part_of(whole: u64, percent: u64) -> u64 {
    whole.saturating_mul(percent) / 100
}

fn words(span: Span) -> String {
    if span.from == span.to {
        grouped(span.from)
    } else {
        format!("{} to {}", grouped(span.from), grouped(span.to))
    }
}

/// "about 12,000", "between 21,000 and 38,000": two digits that count, the least rounded down, the most up.
pub fn about(span: Span) -> String {
    if span.from == span.to {
        let (down, up) = (rounded(span.from, false), rounded(span.from, true));
        let nearest = if span.from - down <= up - span.from {
            down
        } else {
            up
        };
        format!("about {}", grouped(nearest))
    } else {
        format!(
            "between {} and {}",
            grouped(rounded(span.from, false)),
            grouped(rounded(span.to, true))
        )
    }
}

/// The same for a table: "12,000", "21,000 to 38,000".
pub fn about_in_short(span: Span) -> String {
    let said = about(span);
    match said.strip_prefix("about ") {
        Some(one) => one.to_owned(),
        None => said
            .replacen("between ", "", 1)
            .replacen(" and ", " to ", 1),
    }
}

/// Two digits that count, and noughts.
fn rounded(number: u64, up: bool) -> u64 {
    let mut step: u64 = 1;
    while number / step >= 100 {
        step *= 10;
    }
    let down = number / step * step;
    if up && down < number {
        down.saturating_add(step)
    } else {
        down
    }
}

/// "60,000".
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut said = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            said.push(',');
        }
        said.push(digit);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: u64, to: u64) -> Span {
        Span { from, to }
    }

    fn figures(pay: u64, own: &[(Key, Span)]) -> Figures {
        Figures {
            pay,
            share: 20,
            own: own.to_vec(),
        }
    }

    #[test]
    fn each_part_is_reckoned_by_itself_and_all_are_added() {
        // Pay, own figures, and what they come to.
        for (pay, own, sum) in [
            (60_000, vec![], span(0, 0)),
            (
                60_000,
                vec![(Key::Finding, span(10, 25))],
                span(6_000, 15_000),
            ),
            (
                52_000,
                vec![(Key::Empty, span(8, 16)), (Key::Undone, span(50, 100))],
                span(4_000, 16_000),
            ),
            // Without a share of one's own the guess of the page counts.
            (52_000, vec![(Key::Empty, span(8, 16))], span(4_000, 16_000)),
            (
                52_000,
                vec![(Key::Learning, span(10, 20))],
                span(5_000, 10_000),
            ),
            (
                52_000,
                vec![
                    (Key::Learning, span(10, 20)),
                    (Key::Week, span(2_000, 3_000)),
                ],
                span(10_000, 30_000),
            ),
            // A week's worth alone, and a share alone, say nothing.
            (
                52_000,
                vec![(Key::Week, span(1, 2)), (Key::Undone, span(1, 2))],
                span(0, 0),
            ),
            (
                1_000_000_000,
                vec![
                    (Key::Parting, span(300, 300)),
                    (Key::Empty, span(260, 260)),
                    (Key::Undone, span(300, 300)),
                    (Key::Week, span(1_000_000_000, 1_000_000_000)),
                ],
                span(783_000_000_000, 783_000_000_000),
            ),
        ] {
            assert_eq!(cost(&figures(pay, &own)).own, sum, "{pay} {own:?}");
        }
    }

    #[test]
    fn the_published_share_stands_apart_from_ones_own_figures() {
        let cost = cost(&figures(60_000, &[(Key::Parting, span(5, 5))]));
        assert_eq!((cost.by_studies, cost.own), (12_000, span(3_000, 3_000)));
        let left_out = [
            "Finding somebody",
            "Training them",
            "The empty place",
            "Learning",
        ];
        assert_eq!(cost.left_out, left_out);
    }

    #[test]
    fn no_more_than_two_digits_are_said() {
        for (from, to, said) in [
            (0, 0, "about 0"),
            (99, 99, "about 99"),
            (12_345, 12_345, "about 12,000"),
            (12_600, 12_600, "about 13,000"),
            (12_345, 98_765, "between 12,000 and 99,000"),
            (999, 1_001, "between 990 and 1,100"),
        ] {
            assert_eq!(about(span(from, to)), said);
        }
        assert_eq!(about_in_short(span(12_345, 98_765)), "12,000 to 99,000");
        assert_eq!(about_in_short(span(99, 99)), "99");
    }
}
