//! Policies in plain words: what a log, an export and a page say of them.

use steadfast_guard::measures::NOTE_WITH_TIMES;
use steadfast_guard::policy::{Bounds, Level, Limits, Winner};
use steadfast_ledger::occurrence::Class;

/// What the levels make the program do today. Said on every page that lets somebody choose one, and nowhere else: what the
/// guard does not do yet is not promised.
pub const TODAY: &str = "Today, with “advise”, proposals appear on My 1:1s and nothing is done before you say so. With “defend” \
                         what your bounds allow is done at once and stands in your log; all else is proposed. It is done where a \
                         calendar of an account is connected; a file or a feed cannot be written to.";

/// "2 hours", "a day", "90 minutes".
pub fn span(minutes: i64) -> String {
    const HOUR: i64 = 60;
    const DAY: i64 = 24 * HOUR;
    let many = |count: i64, one: &str, more: &str| {
        if count == 1 {
            one.to_owned()
        } else {
            format!("{count} {more}")
        }
    };
    match minutes {
        minutes if minutes >= DAY && minutes % DAY == 0 => many(minutes / DAY, "a day", "days"),
        minutes if minutes >= HOUR && minutes % HOUR == 0 => {
            many(minutes / HOUR, "an hour", "hours")
        }
        minutes => many(minutes, "a minute", "minutes"),
    }
}

/// What may take the time of a 1:1, to the owner of the calendar.
pub const fn winner_in_words(winner: Winner) -> &'static str {
    match winner {
        Winner::CustomerEmergency => "a customer’s emergency",
        Winner::Incident => "an incident",
        Winner::Boss => "whatever your own manager calls",
        Winner::Class(class) => match class {
            Class::BossOneOnOne => "the 1:1 with your own manager",
            Class::Leadership => "leadership meetings",
            Class::Customer => "meetings with people outside",
            Class::Daily => "the daily",
            Class::Status => "status and project meetings",
            Class::Team => "team meetings",
            Class::OneOnOne => "another 1:1",
            Class::Personal => "personal appointments",
            Class::Leave => "leave",
            Class::Holiday => "public holidays",
            Class::Other => "meetings of any other kind",
            Class::Unknown => "meetings of unknown kind",
        },
    }
}

/// What the guard writes to others by itself, word for word but for names, times and what was cancelled.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written {
    /// To the report, when a 1:1 was lost or has to go elsewhere.
    pub to_report: Vec<String>,
    /// To the report, where no other time can be offered.
    pub no_time: &'static str,
    /// To the report, where one was booked that they did not pick; `None`: none is.
    pub booked: Option<String>,
    /// To whoever invites over a 1:1.
    pub to_booker: String,
}

/// The same, within these bounds; `me`: the owner's name.
pub fn written(me: &str, bounds: &Bounds) -> Written {
    let mut to_report = vec![format!("{}: (three times).", offered_by(me, false))];
    to_report.push(FREE_THEN.to_owned());
    to_report.extend(bounds.book_unanswered_after.map(|_| booked_on("(a day)")));
    Written {
        to_report,
        no_time: NO_TIME,
        booked: bounds
            .book_unanswered_after
            .map(|_| put_at(me, false, "(another time)")),
        to_booker: format!("{NOTE_WITH_TIMES} (three times)"),
    }
}

/// Who offers other times: they, or their guard.
pub(in crate::server) fn offered_by(name: &str, by_owner: bool) -> String {
    if by_owner {
        format!("{name} offers you other times")
    } else {
        format!("The guard of {name} offers you other times")
    }
}

/// That no other time can be offered.
pub(in crate::server) const NO_TIME: &str = "No time before the next one is free for both of you.";

/// Where it was put without having been picked: by whom is said where it was they.
pub(in crate::server) fn put_at(name: &str, by_owner: bool, when: &str) -> String {
    let who = if by_owner {
        format!("{name} put it at")
    } else {
        "It is now at".to_owned()
    };
    format!("{who} {when}. It stands on your calendar; you can decline it there.")
}

/// What is known of the times, and that none has to be taken.
pub(in crate::server) const FREE_THEN: &str =
    "As far as your calendars are seen both of you are free then. You need not pick any.";

/// What comes of no answer.
pub(in crate::server) fn booked_on(day: &str) -> String {
    format!(
        "If you say nothing, the first that is still free is booked on {day}, as an invitation that you can decline."
    )
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// Bounds, a line for each, in the order of the form.
pub fn bounds_in_words(bounds: &Bounds) -> Vec<String> {
    let winners: Vec<&str> = bounds
        .may_win
        .iter()
        .map(|winner| winner_in_words(*winner))
        .collect();
    let by_itself = |may: bool, whom: &str| {
        let does = if may { "may reach" } else { "does not reach" };
        format!("it {does} {whom} by itself")
    };
    vec![
        if winners.is_empty() {
            "nothing may take the time of a 1:1".to_owned()
        } else {
            format!("what may take the time of a 1:1: {}", winners.join(", "))
        },
        frozen(bounds.freeze_minutes),
        a_day(bounds.actions_a_day),
        if bounds.dry_run {
            "dry run: nothing is written or sent, also when you ask for it".to_owned()
        } else {
            "no dry run".to_owned()
        },
        sure(bounds.least_confidence),
        by_itself(bounds.up_the_line, "people above you"),
        by_itself(bounds.outside, "people outside"),
        if bounds.internal_bookers_only {
            "it leaves alone what people outside organise".to_owned()
        } else {
            "it may also answer and move what people outside organise".to_owned()
        },
        if bounds.preview_first {
            "you read the first message to each person before it goes".to_owned()
        } else {
            "messages may go before you read them".to_owned()
        },
        match bounds.book_unanswered_after {
            Some(minutes) => format!(
                "after {} without an answer the best of the times is booked",
                span(minutes)
            ),
            None => "only a time that was picked is booked".to_owned(),
        },
    ]
}

/// Limits, a line for each.
pub fn limits_in_words(limits: &Limits) -> Vec<String> {
    let nobody =
        |may: bool, whom: &str| (!may).then(|| format!("nobody’s guard reaches {whom} by itself"));
    let mut lines = vec![match limits.level {
        Level::Watch => "nobody’s guard does more than watch".to_owned(),
        Level::Advise => "nobody’s guard does more than advise".to_owned(),
        Level::Defend => "anybody may choose “defend”".to_owned(),
    }];
    if limits.freeze_minutes > 0 {
        lines.push(frozen(limits.freeze_minutes));
    }
    lines.push(a_day(limits.actions_a_day));
    lines.push(sure(limits.least_confidence));
    lines.extend(nobody(limits.up_the_line, "people above its owner"));
    lines.extend(nobody(limits.outside, "people outside"));
    lines
}

fn frozen(minutes: i64) -> String {
    if minutes <= 0 {
        return "it may move something by itself up to its start".to_owned();
    }
    format!(
        "what begins within {} is not moved by itself, and nothing is moved into that time",
        span(minutes)
    )
}

fn a_day(actions: u32) -> String {
    match actions {
        0 => "it does nothing by itself on any day".to_owned(),
        1 => "at most one action a day by itself".to_owned(),
        actions => format!("at most {actions} actions a day by itself"),
    }
}

fn sure(least: f64) -> String {
    format!(
        "it touches another meeting by itself only when it is {} sure what sort of meeting that is",
        percent(least)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_told_in_its_largest_whole_unit() {
        for (minutes, words) in [
            (1, "a minute"),
            (60, "an hour"),
            (90, "90 minutes"),
            (120, "2 hours"),
            (1440, "a day"),
            (2880, "2 days"),
        ] {
            assert_eq!(span(minutes), words);
        }
    }

    #[test]
    fn all_that_is_written_to_a_report_is_shown_before() {
        let written = written("Maya", &Bounds::default());
        assert_eq!(written.no_time, NO_TIME);
        let booked = written.booked.unwrap();
        // Who put it there is said of a tap alone.
        assert!(
            booked.starts_with("It is now at (another time)."),
            "{booked}"
        );
        assert!(put_at("Maya", true, "noon").starts_with("Maya put it at noon."));
        let never = Bounds {
            book_unanswered_after: None,
            ..Bounds::default()
        };
        assert_eq!(super::written("Maya", &never).booked, None);
    }

    #[test]
    fn the_usual_bounds_are_told_line_by_line() {
        insta::assert_snapshot!(bounds_in_words(&Bounds::default()).join("\n"), @"
        what may take the time of a 1:1: a customer’s emergency, an incident, whatever your own manager calls
        what begins within 2 hours is not moved by itself, and nothing is moved into that time
        at most 6 actions a day by itself
        no dry run
        it touches another meeting by itself only when it is 90 % sure what sort of meeting that is
        it does not reach people above you by itself
        it does not reach people outside by itself
        it leaves alone what people outside organise
        you read the first message to each person before it goes
        after a day without an answer the best of the times is booked
        ");
        insta::assert_snapshot!(limits_in_words(&Limits::default()).join("\n"), @"
        anybody may choose “defend”
        at most 20 actions a day by itself
        it touches another meeting by itself only when it is 50 % sure what sort of meeting that is
        ");
    }
}
