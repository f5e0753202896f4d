//! Which facts of a calendar go, and what the others say from then on.

use super::over::{Frame, without_what_is_over};
use crate::server::ServerError;
use crate::server::facts::{self, CalendarLeft, CalendarNews, LEFT, NEWS};
use std::collections::{HashMap, HashSet};
use steadfast_calendar::Instant;
use steadfast_store::{Fact, Version};

/// What becomes of a fact: another payload, or none.
pub(super) type Changes = Vec<(Version, Option<Vec<u8>>)>;

/// What has to be changed so that of these facts, all those of one person's calendars, nothing is left that was replaced or
/// over before `horizon`. What stood then and goes on stays, with the moment at which it was seen.
pub(super) fn thinned(facts: &[Fact], horizon: Instant) -> Result<Changes, ServerError> {
    let mut changes = handed_in(facts, horizon)?;
    changes.extend(Connected::read(facts)?.thinned(horizon));
    changes.sort_unstable();
    Ok(changes)
}

/// The facts as they are after `changes`.
pub(super) fn applied(facts: &[Fact], changes: &Changes) -> Vec<Fact> {
    let mut by_version: HashMap<u64, &Option<Vec<u8>>> = HashMap::new();
    by_version.extend(
        changes
            .iter()
            .map(|(version, payload)| (version.0, payload)),
    );
    let left = facts
        .iter()
        .filter_map(|fact| match by_version.get(&fact.version.0) {
            None => Some(fact.clone()),
            Some(payload) => Some(Fact {
                payload: payload.as_ref()?.clone(),
                ..fact.clone()
            }),
        });
    left.collect()
}

/// Exports: what the last one before the horizon said stood until the next one came.
fn handed_in(facts: &[Fact], horizon: Instant) -> Result<Changes, ServerError> {
    let exports: Vec<&Fact> = facts
        .iter()
        .filter(|fact| fact.kind == facts::SEEN)
        .collect();
    let old = exports
        .iter()
        .filter(|fact| facts::at(fact) < horizon)
        .count();
    let in_force = old.saturating_sub(1);
    let mut changes = Changes::new();
    for (index, fact) in exports.into_iter().enumerate() {
        if index < in_force && index > 0 {
            changes.push((fact.version, None));
            continue;
        }
        let lines = facts::lines_seen(fact)?;
        let text = String::from_utf8_lossy(&lines);
        // One that was replaced was a look, no more: without any, the next would be an export whose past is told from it.
        let left = if index < in_force {
            let frame = without_events(&text);
            (frame.len() < text.len()).then_some(frame)
        } else {
            without_what_is_over(&text, Frame::Own, horizon)
        };
        changes.extend(left.map(|left| (fact.version, Some(facts::deflated(left.as_bytes())))));
    }
    Ok(changes)
}

fn without_events(text: &str) -> String {
    let mut is_event = false;
    let mut left = String::new();
    for line in text.split_inclusive('\n') {
        is_event |= line.trim_end().eq_ignore_ascii_case("BEGIN:VEVENT");
        if !is_event {
            left.push_str(line);
        }
        is_event &= !line.trim_end().eq_ignore_ascii_case("END:VEVENT");
    }
    left
}

/// One calendar's place.
type Place = (String, String, String);

/// What rounds of sources told.
#[derive(Default)]
struct Connected {
    news: Vec<(Version, Instant, CalendarNews)>,
    /// When a source, or one calendar of it, was left.
    left: Vec<(Version, Instant, CalendarLeft)>,
}

impl Connected {
    fn read(facts: &[Fact]) -> Result<Self, ServerError> {
        let mut connected = Self::default();
        for fact in facts {
            let (version, at) = (fact.version, facts::at(fact));
            match fact.kind.as_str() {
                NEWS => connected.news.push((version, at, facts::news_told(fact)?)),
                LEFT => {
                    let left = facts::what_was_said(fact, LEFT)?;
                    connected.left.push((version, at, left));
                }
                _ => {}
            }
        }
        Ok(connected)
    }

    fn thinned(mut self, horizon: Instant) -> Changes {
        let replaced = self.replaced(horizon);
        let mut changes = Changes::new();
        let mut met: HashSet<(String, String)> = HashSet::new();
        let mut frames: HashMap<(String, String), String> = HashMap::new();
        let mut held: HashSet<Place> = HashSet::new();
        for (version, at, news) in &mut self.news {
            let calendar = (news.source.clone(), news.calendar.clone());
            if let Some((_, around)) = news.put.iter().find(|(href, _)| href.is_empty()) {
                let beginning = around.strip_suffix("END:VCALENDAR\r\n").unwrap_or(around);
                frames.insert(calendar.clone(), beginning.to_owned());
            }
            let around = frames.get(&calendar).map_or("", String::as_str);
            let place = |href: &String| (calendar.0.clone(), calendar.1.clone(), href.clone());
            let before = (news.put.clone(), news.gone.clone());
            // A place at which nothing is left is not told to be empty either.
            news.gone.retain(|href| held.remove(&place(href)));
            news.put.retain_mut(|(href, text)| {
                if href.is_empty() {
                    return true;
                }
                let frame = if text.starts_with("BEGIN:VCALENDAR") {
                    Frame::Own
                } else {
                    Frame::Around(around)
                };
                if let Some(left) = without_what_is_over(text, frame, horizon) {
                    *text = left;
                }
                let is_replaced = replaced.contains(&(version.0, href.clone()));
                let stays = !is_replaced && text.contains("BEGIN:VEVENT");
                let place = place(href);
                if stays {
                    held.insert(place);
                } else {
                    held.remove(&place);
                }
                stays
            });
            let is_first = met.insert(calendar);
            let says_nothing = news.put.is_empty() && news.gone.is_empty();
            if says_nothing && *at < horizon && !is_first && !news.blind {
                changes.push((*version, None));
            } else if before.0 != news.put || before.1 != news.gone {
                changes.push((*version, Some(facts::news_payload(news))));
            }
        }
        changes
    }

    /// What was put somewhere and replaced, taken away or left before the horizon: version, and place within the calendar.
    fn replaced(&self, horizon: Instant) -> HashSet<(u64, String)> {
        let mut replaced = HashSet::new();
        let mut last: HashMap<Place, u64> = HashMap::new();
        let mut left = self.left.iter().peekable();
        let mut leave = |last: &mut HashMap<Place, u64>, replaced: &mut HashSet<_>, before: u64| {
            while let Some((_, at, what)) = left.next_if(|(version, ..)| version.0 < before) {
                last.retain(|(source, calendar, href), version| {
                    let stays = *source != what.source
                        || what.calendar.as_ref().is_some_and(|one| one != calendar);
                    if !stays && *at < horizon {
                        replaced.insert((*version, href.clone()));
                    }
                    stays
                });
            }
        };
        for (version, at, news) in &self.news {
            leave(&mut last, &mut replaced, version.0);
            let place = |href: &String| (news.source.clone(), news.calendar.clone(), href.clone());
            for href in &news.gone {
                if let Some(version) = last.remove(&place(href)).filter(|_| *at < horizon) {
                    replaced.insert((version, href.clone()));
                }
            }
            for (href, _) in &news.put {
                let before = last.insert(place(href), version.0);
                if let Some(version) = before.filter(|_| *at < horizon) {
                    replaced.insert((version, href.clone()));
                }
            }
        }
        leave(&mut last, &mut replaced, u64::MAX);
        replaced
    }
}
