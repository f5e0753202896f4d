//! Dated reporting lines in words.

use jiff::civil::Date;
use steadfast_app::server::people::DatedLine;

/// "1 March 2026".
pub(crate) fn day(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// "since 1 March 2026": from when to when, as seen from `today`.
pub(crate) fn span(line: &DatedLine, today: Date) -> String {
    match (line.from, line.to) {
        (None, None) => "as far back as is known".to_owned(),
        (Some(from), None) if from <= today => format!("since {}", day(from)),
        (Some(from), None) => format!("from {} on", day(from)),
        (None, Some(to)) => format!("until {}", day(to)),
        (Some(from), Some(to)) => format!("{} to {}", day(from), day(to)),
    }
}

/// What was typed as a day: nothing, a day, or something else.
pub(crate) fn typed(text: &str) -> Result<Option<Date>, ()> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(drop),
    }
}

#[cfg(test)]
mod tests {
    use super::{span, typed};
    use jiff::civil::date;
    use steadfast_app::server::people::DatedLine;

    #[test]
    fn a_line_is_told_from_when_to_when() {
        let today = date(2026, 6, 1);
        let told = |from, to| {
            let (report, manager) = (String::new(), String::new());
            let line = DatedLine {
                report,
                from,
                to,
                manager,
            };
            span(&line, today)
        };
        let (may, july) = (Some(date(2026, 5, 1)), Some(date(2026, 7, 1)));
        assert_eq!(told(None, None), "as far back as is known");
        assert_eq!(told(may, None), "since 1 May 2026");
        assert_eq!(told(july, None), "from 1 July 2026 on");
        assert_eq!(told(None, july), "until 1 July 2026");
        assert_eq!(told(may, july), "1 May 2026 to 1 July 2026");
    }

    #[test]
    fn a_day_is_a_day_or_nothing() {
        assert_eq!(typed(" "), Ok(None));
        assert_eq!(typed("2026-05-01"), Ok(Some(date(2026, 5, 1))));
        assert_eq!(typed("1.5.2026"), Err(()));
    }
}
