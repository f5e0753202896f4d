//! The counts that are always shown, whatever may be inferred from them.

use super::View;

/// Counts over the eligible occurrences that are spoken of. Each disrupted one is in exactly one of `moved`, `cut`
/// and `lost`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Facts {
    /// Eligible occurrences.
    pub of: usize,
    /// Disrupted by another time: moved, slipped, nudged late, made good late.
    pub moved: usize,
    /// Disrupted by length only: less than half was held.
    pub cut: usize,
    /// Lost and not made good.
    pub lost: usize,
    /// How many of `moved` were lost at first and then made good.
    pub made_good: usize,
    /// How many of the disrupted came from the manager's side (q of three quarters or more).
    pub from_manager: usize,
    /// How many of the lost did.
    pub lost_from_manager: usize,
    /// How many of the disrupted came with less than two hours' notice.
    pub within_two_hours: usize,
    /// How many of the disrupted came with less than a day's notice, those within two hours included.
    pub under_a_day: usize,
    /// Losses in a row up to the present.
    pub lost_in_a_row: usize,
}

impl Facts {
    /// Did not happen as promised.
    pub const fn disrupted(&self) -> usize {
        self.moved + self.cut + self.lost
    }

    /// Stood as promised.
    pub const fn stood(&self) -> usize {
        self.of.saturating_sub(self.disrupted())
    }

    /// "6 moved, 1 cut to less than half, 2 lost"; "6 moved (1 lost first, then made good), 2 lost and not made good"; empty where nothing was disrupted.
    pub(super) fn parts(&self) -> String {
        let made_good = match (self.made_good, self.moved) {
            (0, _) | (_, 0) => String::new(),
            (1, 1) => " (lost first, then made good)".to_owned(),
            (some, _) => format!(" ({some} lost first, then made good)"),
        };
        // Beside one that was made good "lost" alone would leave open whether these were.
        let still = if made_good.is_empty() {
            ""
        } else {
            " and not made good"
        };
        let part = |count: usize, word: &str, more: &str| {
            (count > 0).then(|| format!("{count} {word}{more}"))
        };
        let parts = [
            part(self.moved, "moved", &made_good),
            part(self.cut, "cut to less than half", ""),
            part(self.lost, "lost", still),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// "6 of the last 9 were moved or lost".
    pub(super) fn clause(&self) -> String {
        let count = self.disrupted();
        let be = if count == 1 { "was" } else { "were" };
        let what = match (self.moved, self.cut, self.lost) {
            (_, 0, 0) => "moved".to_owned(),
            (0, _, 0) => format!("{be} cut to less than half"),
            (0, 0, _) => format!("{be} lost"),
            (_, 0, _) => format!("{be} moved or lost"),
            _ => "did not happen as promised".to_owned(),
        };
        format!("{} {what}", of_the_last(count, self.of))
    }

    /// "3 of the last 20 were lost".
    pub(super) fn lost_clause(&self) -> String {
        let be = if self.lost == 1 { "was" } else { "were" };
        format!("{} {be} lost", of_the_last(self.lost, self.of))
    }

    /// ", twice within two hours of the start", or with a day, or nothing.
    pub(super) fn short_notice(&self) -> String {
        match (self.within_two_hours, self.under_a_day) {
            (0, 0) => String::new(),
            (0, day) => format!(", {} with under a day's notice", times(day)),
            (two_hours, _) => format!(", {} within two hours of the start", times(two_hours)),
        }
    }
}

/// One line of facts: "8 of the last 25 did not happen as promised: 6 moved, 2 lost; 4 with under a day's notice;
/// from your calendar each time." Infers nothing.
pub fn facts(facts: &Facts, view: View) -> String {
    if facts.of == 0 {
        return "No promised 1:1 to speak of.".to_owned();
    }
    let disrupted = facts.disrupted();
    if disrupted == 0 {
        return format!("{}.", stood(facts, view));
    }
    let day = match facts.under_a_day {
        0 => String::new(),
        some => format!("; {some} with under a day's notice"),
    };
    let whose = match whose(facts.from_manager, disrupted, view) {
        words if words.is_empty() => words,
        words => format!("; {words}"),
    };
    format!(
        "{} did not happen as promised: {}{day}{whose}.",
        of_the_last(disrupted, facts.of),
        facts.parts()
    )
}

/// "from your calendar each time", "2 of them from your calendar", or nothing where nobody can be named.
pub(super) fn whose(from_manager: usize, disrupted: usize, view: View) -> String {
    let from = view.managers_calendar();
    match (from_manager, disrupted) {
        (0, _) => String::new(),
        (1, 1) => from.to_owned(),
        (some, all) if some >= all => format!("{from} each time"),
        (some, _) => format!("{some} of them {from}"),
    }
}

/// "25 of the last 26 stood as promised"; to the report "Kept 25 of the last 26".
pub(super) fn stood(facts: &Facts, view: View) -> String {
    match view.stood() {
        "kept" => format!("Kept {} of the last {}", facts.stood(), facts.of),
        word => format!(
            "{} {word} as promised",
            of_the_last(facts.stood(), facts.of)
        ),
    }
}

/// "5 of the last 8", "All of the last 8", "The last one".
pub(super) fn of_the_last(count: usize, of: usize) -> String {
    match (count, of) {
        (1, 1) => "The last one".to_owned(),
        (count, of) if count == of => format!("All of the last {of}"),
        (0, of) => format!("None of the last {of}"),
        _ => format!("{count} of the last {of}"),
    }
}

fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{count} times"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_facts_counts_and_names_only_what_is_known() {
        let ben = Facts {
            of: 25,
            moved: 6,
            lost: 2,
            made_good: 1,
            from_manager: 8,
            under_a_day: 4,
            ..Facts::default()
        };
        assert_eq!(
            facts(&ben, View::Manager),
            "8 of the last 25 did not happen as promised: 6 moved (1 lost first, then made good), \
             2 lost and not made good; 4 with under a day's notice; from your calendar each time."
        );
        let unnamed = Facts {
            from_manager: 0,
            made_good: 0,
            under_a_day: 0,
            ..ben
        };
        assert_eq!(
            facts(&unnamed, View::Report),
            "8 of the last 25 did not happen as promised: 6 moved, 2 lost."
        );
    }

    #[test]
    fn one_all_and_none_read_like_language() {
        let kept = |of| Facts {
            of,
            ..Facts::default()
        };
        assert_eq!(
            facts(&kept(0), View::Manager),
            "No promised 1:1 to speak of."
        );
        assert_eq!(
            facts(&kept(1), View::Manager),
            "The last one stood as promised."
        );
        assert_eq!(
            facts(&kept(9), View::Manager),
            "All of the last 9 stood as promised."
        );
        let one = Facts {
            of: 1,
            cut: 1,
            from_manager: 1,
            ..Facts::default()
        };
        assert_eq!(
            facts(&one, View::ReportAsking),
            "The last one did not happen as promised: 1 cut to less than half; from your manager's calendar."
        );
    }
}
