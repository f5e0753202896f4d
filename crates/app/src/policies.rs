//! What counts as once in a while, as it is in force: read from the signal itself, so that no page says otherwise.

use crate::report::once::in_words;
use steadfast_signal::{Kind, Once};

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

/// All of them with that choice, in the order in which they matter to a reader.
pub fn once_in_a_while(once: Once) -> Vec<Fixed> {
    let moved = once.params(Kind::Disruption);
    let up_to = |kind| format!("up to one in {}", in_words(once.one_in(kind)));
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
            value: up_to(Kind::Disruption),
            why: "A choice, not a finding: no study says where an exception ends and a habit begins.",
        },
        Fixed {
            what: "Lost, once in a while",
            value: up_to(Kind::Loss),
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
            why: match once {
                Once::Seldom => {
                    "Late on purpose. In simulated years one in twenty moved read as a habit twice in a thousand, and one in ten \
                     about once in twenty."
                }
                Once::Usual => {
                    "Late on purpose. In simulated years one in ten moved read as a habit once in a thousand, and one in five \
                     about once in twenty."
                }
                Once::Often => {
                    "Late on purpose. In simulated years one in six moved read as a habit in fewer than one of a thousand, and one in three \
                     about once in twenty."
                }
            },
        },
    ]
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

#[cfg(test)]
#[test]
fn the_values_are_those_of_the_signal() {
    let values: Vec<String> = once_in_a_while(Once::Usual)
        .into_iter()
        .map(|one| one.value)
        .collect();
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
