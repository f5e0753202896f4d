//! When somebody works, as they said themselves: a 1:1 that is put outside of it is pointed out, and no time outside of it is
//! offered. Those who meet them alone notice so much of it, and nobody is shown it.

use super::near;
use crate::server::facts::{self, what_was_said};
use crate::server::ledger::{Whole, judge_now, whole_stream};
use crate::server::{ServerError, Viewer};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use steadfast_calendar::Instant;
use steadfast_guard::world::person::Hours;
use steadfast_store::{Expected, Fact, Facts, Micros, Org};

/// Somebody said when they work: a [`HoursSaid`].
const SAID: &str = "hours.said.v1";
/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// The stream of what `person` says.
pub(in crate::server) fn hours_of(person: &str) -> String {
    format!("hours/{person}")
}

/// Its form never changes once written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct HoursSaid {
    /// Minutes since midnight, from Monday on; `None` on days without work. `None` for all: it is not said any more.
    week: Option<[Option<(u16, u16)>; 7]>,
}

pub(super) fn last(facts: &[Fact]) -> Result<Option<Hours>, ServerError> {
    let Some(fact) = facts.last() else {
        return Ok(None);
    };
    let HoursSaid { week } = what_was_said(fact, SAID)?;
    Ok(week.map(Hours))
}

/// When the viewer works, where they said so.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
async fn my_hours<S: Facts>(store: &S, viewer: &Viewer) -> Result<Option<Hours>, ServerError> {
    last(&whole_stream(store, viewer.org(), &hours_of(viewer.person())).await?)
}

/// What the viewer said of when they work, the oldest first; `None`: nothing any more.
pub(in crate::server) async fn all_hours<S: Facts>(
    store: &S,
    viewer: &Viewer,
) -> Result<Vec<(Instant, Option<Hours>)>, ServerError> {
    let facts = whole_stream(store, viewer.org(), &hours_of(viewer.person())).await?;
    let all = facts.iter().map(|fact| {
        let HoursSaid { week } = what_was_said(fact, SAID)?;
        Ok((facts::at(fact), week.map(Hours)))
    });
    all.collect()
}

/// The days of a week, as its hours are listed.
pub const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// The days of work of a week, each with its hours: "Monday 9:00–17:00".
pub(in crate::server) fn hours_in_words(Hours(week): &Hours) -> Vec<String> {
    let time = |minute: u16| format!("{}:{:02}", minute / 60, minute % 60);
    let days = DAYS.iter().zip(week);
    days.filter_map(|(day, hours)| {
        let (from, to) = (*hours)?;
        Some(format!("{day} {}–{}", time(from), time(to)))
    })
    .collect()
}

/// When each of these works, of those who said so.
pub(in crate::server) async fn hours_of_all<S: Facts>(
    store: &S,
    org: &Org,
    people: &[&str],
) -> Result<BTreeMap<String, Hours>, ServerError> {
    let streams: Vec<String> = people.iter().map(|person| hours_of(person)).collect();
    let streams: Vec<&str> = streams.iter().map(String::as_str).collect();
    let whole = Whole::of(store, org, &streams).await?;
    let mut all = BTreeMap::new();
    for (person, stream) in people.iter().zip(&streams) {
        if let Some(hours) = last(whole.facts(stream))? {
            all.insert((*person).to_owned(), hours);
        }
    }
    Ok(all)
}

/// Keeps when the viewer works; `None`: they say nothing of it any more.
///
/// # Errors
/// [`ServerError::Input`] for days that end before they begin, and a week without work.
pub async fn say_hours<S: Facts>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    hours: Option<Hours>,
) -> Result<(), ServerError> {
    if let Some(Hours(week)) = hours {
        let days = || week.iter().flatten();
        if days().any(|(from, to)| from >= to || *to > DAY) {
            return Err(ServerError::Input(
                "a day of work ends after it begins".to_owned(),
                "write the hours as 9:00 and 17:00; who works past midnight says the days as they are most of all".to_owned(),
            ));
        }
        if days().next().is_none() {
            return Err(ServerError::Input(
                "no day of the week is ticked".to_owned(),
                "tick the days on which you work, or say nothing of your hours".to_owned(),
            ));
        }
    }
    if my_hours(store, viewer).await? == hours {
        return Ok(());
    }
    let said = HoursSaid {
        week: hours.map(|Hours(week)| week),
    };
    let fact = facts::said(SAID, &said, viewer.person(), now);
    let stream = hours_of(viewer.person());
    // What was offered to them follows, and with it what is held on their manager's calendar.
    let near = near(store, viewer.org(), viewer.person()).await?;
    let lines = near.lines().filter(|line| line.report == viewer.person());
    let at = Micros(now.seconds().saturating_mul(1_000_000));
    let jobs: Vec<_> = lines.map(|line| judge_now(&line.manager, at)).collect();
    store
        .append(viewer.org(), &stream, Expected::Any, &[fact], &jobs)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_what_is_kept_is_these_bytes_for_ever() {
        let Hours(mut week) = Hours::default();
        week[4] = None;
        let text = |said: HoursSaid| serde_json::to_string(&said).unwrap();
        assert_eq!(
            text(HoursSaid { week: Some(week) }),
            r#"{"week":[[540,1020],[540,1020],[540,1020],[540,1020],null,null,null]}"#
        );
        assert_eq!(text(HoursSaid { week: None }), r#"{"week":null}"#);
    }
}
