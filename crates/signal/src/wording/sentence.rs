//! How a pair reads, in a sentence and in a few words.

use super::View;
use super::facts::{Facts, of_the_last, stood, whose};
use crate::bands::Band;
use crate::pair_signal::{Params, Reading};
use crate::whose_unknown::Whose;

/// What the two signals found, as far as a sentence needs it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct How {
    /// Band of the disruptions.
    pub disruption: Band,
    /// Band of the losses.
    pub loss: Band,
    /// Eligible occurrences so far.
    pub n: usize,
    /// Number of them needed for a reading.
    pub needed: usize,
    /// Too much of it has no known actor: no band may be printed.
    pub whose_unknown: bool,
}

impl How {
    /// From two readings with the published constants.
    pub const fn new(disruption: &Reading, loss: &Reading, whose: Whose) -> Self {
        Self {
            disruption: disruption.band,
            loss: loss.band,
            n: disruption.n,
            needed: Params::DISRUPTION.limits.enough,
            whose_unknown: whose.is_unknown(),
        }
    }

    /// What is said to this reader. Between equal bands the disruptions speak: they hold the losses.
    fn said_to(self, view: View) -> Said {
        let strongest = self.disruption.max(self.loss);
        let of_losses = self.loss > self.disruption;
        if self.whose_unknown && (self.n >= self.needed || strongest >= Band::HeadsUp) {
            return Said::WhoseUnknown;
        }
        match strongest {
            Band::Pattern if view.hears(strongest) => Said::Pattern { of_losses },
            Band::HeadsUp if view.hears(strongest) => Said::HeadsUp { of_losses },
            _ if self.n < self.needed => Said::TooEarly,
            Band::TooEarly => Said::TooEarly,
            // An unsaid heads-up or pattern leaves the counts, and no adjective that would deny it.
            Band::HeadsUp | Band::Pattern => Said::Counts,
            Band::Steady => Said::Steady,
            // Also where only the losses are mixed: lost more often than once in ten, perhaps.
            Band::Mixed => Said::Counts,
        }
    }
}

enum Said {
    TooEarly,
    WhoseUnknown,
    Steady,
    Counts,
    HeadsUp { of_losses: bool },
    Pattern { of_losses: bool },
}

const HABIT: &str = "reads as a habit, not an exception";
const KEPT: &str = "reads as reliably kept";

/// How the pair reads, in one or two sentences: counts, then whose calendar, then (where it may be said) the reading.
pub fn sentence(how: How, facts: &Facts, view: View) -> String {
    let said = how.said_to(view);
    if facts.of == 0 && !matches!(said, Said::TooEarly) {
        return super::facts(facts, view);
    }
    let mut text = match said {
        Said::TooEarly => too_early(how, facts, view),
        Said::WhoseUnknown => whose_unknown(facts),
        Said::Steady => format!("{}. That {KEPT}.", stood(facts, view)),
        Said::Counts => counts(facts, view),
        Said::HeadsUp { of_losses } => format!(
            "{}{}.",
            from_whom(facts, of_losses, view),
            facts.short_notice()
        ),
        Said::Pattern { of_losses } => {
            format!("{}. That {HABIT}.", from_whom(facts, of_losses, view))
        }
    };
    if facts.lost_in_a_row >= 2 && facts.lost_in_a_row < facts.of {
        text.push_str(&format!(" The last {} were lost.", facts.lost_in_a_row));
    }
    text
}

/// The same in a few words, to stand beside a ribbon.
pub fn tag(how: How, facts: &Facts, view: View) -> String {
    let stood = || match view.stood() {
        "kept" => format!("kept {} of {}", facts.stood(), facts.of),
        word => format!("{} of {} {word}", facts.stood(), facts.of),
    };
    match how.said_to(view) {
        Said::TooEarly => format!("too early ({} of {} needed)", how.n, how.needed),
        Said::WhoseUnknown => format!("{}; whose doing it was, this source cannot say", stood()),
        Said::Steady => format!("{}; {KEPT}", stood()),
        Said::Counts => format!("counts only: {}", stood()),
        Said::HeadsUp { of_losses } => from_whom(facts, of_losses, view),
        Said::Pattern { .. } => HABIT.to_owned(),
    }
}

fn from_whom(facts: &Facts, of_losses: bool, view: View) -> String {
    let (clause, from, all) = if of_losses {
        (facts.lost_clause(), facts.lost_from_manager, facts.lost)
    } else {
        (facts.clause(), facts.from_manager, facts.disrupted())
    };
    match whose(from, all, view) {
        words if words.is_empty() => clause,
        words => format!("{clause}, {words}"),
    }
}

fn too_early(how: How, facts: &Facts, view: View) -> String {
    if how.n == 0 {
        return format!(
            "{} meetings needed before this can say anything; none so far.",
            how.needed
        );
    }
    let mut so_far = format!("{} {}", facts.stood(), view.stood());
    if facts.disrupted() > 0 {
        so_far = format!("{so_far}, {}", facts.parts());
    }
    format!(
        "{} of {} meetings needed before this can say anything. So far: {so_far}.",
        how.n, how.needed
    )
}

fn counts(facts: &Facts, view: View) -> String {
    let stood = stood(facts, view);
    match facts.parts() {
        none if none.is_empty() => format!("{stood}."),
        parts => format!("{stood}; {parts}."),
    }
}

fn whose_unknown(facts: &Facts) -> String {
    let disrupted = facts.disrupted();
    let did_not = match (disrupted, facts.of) {
        (some, of) if 2 * some == of && of > 2 => format!("Half of the last {of}"),
        (some, of) => of_the_last(some, of),
    };
    format!("{did_not} did not happen as promised. Whose doing it was, this source cannot say.")
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEN: Facts = Facts {
        of: 9,
        moved: 4,
        cut: 0,
        lost: 2,
        made_good: 0,
        from_manager: 6,
        lost_from_manager: 2,
        within_two_hours: 2,
        under_a_day: 4,
        lost_in_a_row: 0,
    };

    fn how(disruption: Band, loss: Band) -> How {
        How {
            disruption,
            loss,
            n: 9,
            needed: 6,
            whose_unknown: false,
        }
    }

    fn all_views() -> [View; 4] {
        [View::Manager, View::Report, View::ReportAsking, View::Both]
    }

    #[track_caller]
    fn says(how: How, facts: &Facts, view: View, expected: &str) {
        assert_eq!(sentence(how, facts, view), expected);
    }

    #[test]
    fn a_pattern_is_counted_before_it_is_read() {
        let pattern = how(Band::Pattern, Band::Mixed);
        says(
            pattern,
            &BEN,
            View::Manager,
            "6 of the last 9 were moved or lost, from your calendar each time. That reads as a habit, not an exception.",
        );
        says(
            pattern,
            &Facts {
                from_manager: 5,
                ..BEN
            },
            View::ReportAsking,
            "6 of the last 9 were moved or lost, 5 of them from your manager's calendar. \
             That reads as a habit, not an exception.",
        );
        says(
            pattern,
            &BEN,
            View::Report,
            "Kept 3 of the last 9; 4 moved, 2 lost.",
        );
        assert_eq!(
            tag(pattern, &BEN, View::Both),
            "reads as a habit, not an exception"
        );
    }

    #[test]
    fn a_heads_up_is_for_the_manager_and_the_report_reads_counts() {
        let heads_up = how(Band::HeadsUp, Band::Steady);
        let facts = Facts {
            of: 6,
            moved: 3,
            lost: 0,
            from_manager: 3,
            under_a_day: 2,
            ..BEN
        };
        says(
            heads_up,
            &facts,
            View::Manager,
            "3 of the last 6 moved, from your calendar each time, twice within two hours of the start.",
        );
        for view in [View::Report, View::ReportAsking] {
            says(heads_up, &facts, view, "Kept 3 of the last 6; 3 moved.");
            assert_eq!(tag(heads_up, &facts, view), "counts only: kept 3 of 6");
        }
    }

    #[test]
    fn losses_speak_where_they_read_worse() {
        let facts = Facts {
            of: 20,
            moved: 0,
            lost: 4,
            lost_from_manager: 4,
            from_manager: 4,
            ..BEN
        };
        says(
            how(Band::Mixed, Band::Pattern),
            &facts,
            View::Manager,
            "4 of the last 20 were lost, from your calendar each time. That reads as a habit, not an exception.",
        );
    }

    #[test]
    fn steady_is_reliably_kept_unless_a_heads_up_is_left_unsaid() {
        let facts = Facts {
            of: 26,
            moved: 1,
            lost: 0,
            ..BEN
        };
        says(
            how(Band::Steady, Band::Steady),
            &facts,
            View::Report,
            "Kept 25 of the last 26. That reads as reliably kept.",
        );
        let two_lost = Facts {
            of: 26,
            moved: 0,
            lost: 2,
            lost_in_a_row: 2,
            ..BEN
        };
        says(
            how(Band::Steady, Band::HeadsUp),
            &two_lost,
            View::Report,
            "Kept 24 of the last 26; 2 lost. The last 2 were lost.",
        );
    }

    #[test]
    fn too_early_says_how_far_it_is() {
        let four = Facts {
            of: 4,
            moved: 1,
            lost: 0,
            ..BEN
        };
        let early = How {
            n: 4,
            ..how(Band::TooEarly, Band::TooEarly)
        };
        says(
            early,
            &four,
            View::Manager,
            "4 of 6 meetings needed before this can say anything. So far: 3 stood, 1 moved.",
        );
        assert_eq!(tag(early, &four, View::Report), "too early (4 of 6 needed)");
        let none = How { n: 0, ..early };
        says(
            none,
            &Facts::default(),
            View::Manager,
            "6 meetings needed before this can say anything; none so far.",
        );
    }

    #[test]
    fn an_early_streak_is_told_to_the_manager_alone() {
        let three = Facts {
            of: 3,
            moved: 3,
            lost: 0,
            from_manager: 3,
            within_two_hours: 0,
            under_a_day: 0,
            ..BEN
        };
        let early = How {
            n: 3,
            ..how(Band::HeadsUp, Band::TooEarly)
        };
        says(
            early,
            &three,
            View::Manager,
            "All of the last 3 moved, from your calendar each time.",
        );
        says(
            early,
            &three,
            View::ReportAsking,
            "3 of 6 meetings needed before this can say anything. So far: 0 kept, 3 moved.",
        );
    }

    #[test]
    fn without_an_actor_no_band_is_printed_to_anyone() {
        let facts = Facts {
            of: 12,
            moved: 4,
            lost: 2,
            from_manager: 1,
            ..BEN
        };
        for band in [Band::Steady, Band::Mixed, Band::HeadsUp, Band::Pattern] {
            for view in all_views() {
                let unknown = How {
                    whose_unknown: true,
                    ..how(band, Band::Steady)
                };
                says(
                    unknown,
                    &facts,
                    view,
                    "Half of the last 12 did not happen as promised. Whose doing it was, this source cannot say.",
                );
            }
        }
    }

    #[test]
    fn the_words_we_never_use_are_never_used() {
        for disruption in [
            Band::TooEarly,
            Band::Steady,
            Band::Mixed,
            Band::HeadsUp,
            Band::Pattern,
        ] {
            for view in all_views() {
                for whose_unknown in [false, true] {
                    let how = How {
                        whose_unknown,
                        ..how(disruption, Band::HeadsUp)
                    };
                    let text = sentence(how, &BEN, view) + &tag(how, &BEN, view);
                    for word in [
                        "failed",
                        "score",
                        "violation",
                        "by you",
                        "offender",
                        "compliance",
                    ] {
                        assert!(!text.to_lowercase().contains(word), "{text}");
                    }
                }
            }
        }
    }
}
