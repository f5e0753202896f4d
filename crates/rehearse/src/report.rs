//! Three years side by side, in words, as data, and as the page of the documentation.

use crate::config::{Config, Mode};
use crate::play::{Endless, Year, year};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// The same year without a guard, with advice, and with defence.
#[derive(Clone, Debug)]
pub struct Report {
    /// What was played.
    pub config: Config,
    /// In the order of [`Mode::ALL`].
    pub years: Vec<Year>,
}

/// One line of the table: what it is, and its value of a year.
type Row = (&'static str, fn(&Year) -> String);

/// The lines of the table.
const ROWS: &[Row] = &[
    ("promised 1:1s", |year| year.counts.promised.to_string()),
    ("kept", |year| year.counts.kept.to_string()),
    ("made good before the next", |year| {
        year.counts.made_good.to_string()
    }),
    ("lost", |year| year.counts.lost.to_string()),
    ("excused (leave, or the report asked)", |year| {
        year.counts.excused.to_string()
    }),
    ("kept or made good, of those that count", |year| {
        percent(year.counts.share())
    }),
    ("the same, leave counted as lost", |year| {
        percent(year.counts.share_with_leave())
    }),
    ("half of the changes were known ahead by", |year| {
        year.counts
            .median_notice_minutes
            .map_or_else(|| "–".to_owned(), hours)
    }),
    ("changed within two hours of the start", |year| {
        year.counts.last_minute.to_string()
    }),
    ("messages per person and week: median", |year| {
        year.messages.median.to_string()
    }),
    ("… 19 in 20 get at most", |year| {
        year.messages.p95.to_string()
    }),
    ("… on average", |year| {
        format!("{:.2}", year.messages.mean)
    }),
    ("… most of anybody in a week", |year| {
        year.messages.most.to_string()
    }),
    ("writes of the guard", |year| year.writes.to_string()),
    ("other meetings it moved", |year| {
        year.others_moved.to_string()
    }),
    ("invitations it declined", |year| year.declined.to_string()),
    ("double bookings by its hand", |year| {
        year.double_bookings.to_string()
    }),
    ("writes or messages outside a policy", |year| {
        year.outside_policy.to_string()
    }),
    ("not at rest after five rounds", |year| {
        year.unsettled.to_string()
    }),
];

/// Plays the three years.
///
/// # Errors
/// [`Endless`] if one of them goes round in circles.
pub fn report(config: &Config) -> Result<Report, Endless> {
    let organisation = crate::organisation::organisation(config);
    let years = Mode::ALL
        .iter()
        .map(|mode| year(&organisation, config, *mode));
    Ok(Report {
        config: config.clone(),
        years: years.collect::<Result<_, _>>()?,
    })
}

impl Report {
    /// For a terminal.
    pub fn text(&self) -> String {
        let mut out = self.title() + "\n\n";
        let width = ROWS
            .iter()
            .map(|(what, _)| what.chars().count())
            .max()
            .unwrap_or(0);
        let _ = write!(out, "{:width$}", "");
        for year in &self.years {
            let _ = write!(out, "{:>11}", year.mode.as_str());
        }
        out.push('\n');
        for (what, value) in ROWS {
            let _ = write!(out, "{what:width$}");
            for year in &self.years {
                let _ = write!(out, "{:>11}", value(year));
            }
            out.push('\n');
        }
        let _ = write!(out, "\nattacked: ");
        let attacks = self.years.first().map(|year| &year.attacks);
        let attacks = attacks
            .into_iter()
            .flatten()
            .map(|(what, count)| format!("{what} {count}"));
        out += &attacks.collect::<Vec<_>>().join(", ");
        out.push('\n');
        for year in &self.years {
            let _ = writeln!(out, "lost, {}: {}", year.mode.as_str(), last_at(year));
        }
        out
    }

    /// For a page.
    pub fn markdown(&self) -> String {
        let mut out = String::from("| |");
        for year in &self.years {
            let _ = write!(out, " {} |", year.mode.as_str());
        }
        out += "\n|---|";
        out += &"---:|".repeat(self.years.len());
        out.push('\n');
        for (what, value) in ROWS {
            let _ = write!(out, "| {what} |");
            for year in &self.years {
                let _ = write!(out, " {} |", value(year));
            }
            out.push('\n');
        }
        out
    }

    /// As data.
    pub fn json(&self) -> Value {
        let years = self.years.iter().map(|year| {
            json!({
                "mode": year.mode.as_str(),
                "promised": year.counts.promised,
                "kept": year.counts.kept,
                "made_good": year.counts.made_good,
                "lost": year.counts.lost,
                "excused": year.counts.excused,
                "excused_by_leave": year.counts.excused_by_leave,
                "kept_or_made_good": year.counts.share(),
                "kept_or_made_good_leave_lost": year.counts.share_with_leave(),
                "median_notice_minutes": year.counts.median_notice_minutes,
                "last_minute": year.counts.last_minute,
                "messages": {
                    "median": year.messages.median,
                    "p95": year.messages.p95,
                    "most": year.messages.most,
                    "mean": year.messages.mean,
                },
                "writes": year.writes,
                "others_moved": year.others_moved,
                "declined": year.declined,
                "double_bookings": year.double_bookings,
                "outside_policy": year.outside_policy,
                "unsettled": year.unsettled,
                "attacks": year.attacks,
                "lost_after": year.lost_after,
            })
        });
        json!({
            "people": self.config.people,
            "weeks": self.config.weeks,
            "attacked": self.config.attacked,
            "ignored": self.config.ignored,
            "joined": self.config.joined,
            "said": self.config.said,
            "seed": self.config.seed,
            "years": years.collect::<Vec<_>>(),
        })
    }

    fn title(&self) -> String {
        let Config {
            people,
            weeks,
            attacked,
            ignored,
            joined,
            said,
            seed,
        } = &self.config;
        format!(
            "{people} people, {weeks} weeks, {} of the places of 1:1s attacked, {} of the proposals unanswered, {} joined, \
             {} of the meetings over a 1:1 said by their owner to be what they are; seed {seed}",
            percent(*attacked),
            percent(*ignored),
            percent(*joined),
            percent(*said)
        )
    }
}

fn percent(share: f64) -> String {
    let digits = format!("{:.1}", share * 100.0);
    let digits = digits.strip_suffix(".0").unwrap_or(&digits);
    format!("{digits} %")
}

fn hours(minutes: i64) -> String {
    if minutes.abs() < 120 {
        format!("{minutes} min")
    } else {
        format!("{} h", minutes / 60)
    }
}

/// What came last at those that were lost.
fn last_at(year: &Year) -> String {
    let each = year
        .lost_after
        .iter()
        .map(|(what, count)| format!("{what} {count}"));
    each.collect::<Vec<_>>().join(", ")
}
