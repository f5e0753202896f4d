//! What counts as once in a while, as it is in force: read from the signal itself, so that no page says otherwise.

use steadfast_signal::pair_signal::Params;

/// One value, with the reason for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fixed {
    /// What it decides.
    pub what: &'static str,
    /// The value, in words.
    pub value: String,
    /// Why this one.
    pub why: &'static str,
}

/// All of them, in the order in which they matter to a reader.
pub fn once_in_a_while() -> Vec<Fixed> {
    let (moved, lost) = (Params::DISRUPTION, Params::LOSS);
    let habit = match moved.limits.pattern_in_a_row {
        Some(row) => format!(
            "{row} in a row, or {} sure that it is more than once in a while",
            percent(moved.limits.pattern_at_least)
        ),
        None => percent(moved.limits.pattern_at_least),
    };
    vec![
        Fixed {
            what: "Not as promised, once in a while",
            value: one_in(moved.theta0),
            why: "A choice, not a finding: no study says where an exception ends and a habit begins.",
        },
        Fixed {
            what: "Lost, once in a while",
            value: one_in(lost.theta0),
            why: "A choice as well. A lost one weighs more than a moved one, so it may come half as often.",
        },
        Fixed {
            what: "Before anything is read into it",
            value: format!("{} that count", moved.limits.enough),
            why: "With fewer, chance alone looks like a habit. Until then there are the facts and no reading.",
        },
        Fixed {
            what: "A heads-up, to the manager alone",
            value: format!(
                "{} in a row, or {} sure",
                moved.limits.heads_up_in_a_row,
                percent(moved.limits.heads_up_at_least)
            ),
            why: "Early on purpose: it is private, and there is still time to do something.",
        },
        Fixed {
            what: "Reads as a habit",
            value: habit,
            why: "Late on purpose. In simulated years one in ten moved read as a habit once in a thousand, and one in five \
                  about once in twenty.",
        },
    ]
}

/// "up to one in five".
fn one_in(share: f64) -> String {
    let of = (1.0 / share).round();
    let words = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    match words.get(of as usize - 1) {
        Some(word) => format!("up to one in {word}"),
        None => format!("up to one in {of}"),
    }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

#[cfg(test)]
#[test]
fn the_values_are_those_of_the_signal() {
    let values: Vec<String> = once_in_a_while().into_iter().map(|one| one.value).collect();
    assert_eq!(
        values,
        [
            "up to one in five",
            "up to one in ten",
            "6 that count",
            "3 in a row, or 70 % sure",
            "5 in a row, or 91 % sure that it is more than once in a while",
        ]
    );
}
