//! What was handed in and what rounds found, from the facts of the ledger.

use super::{Entry, What};
use crate::server::facts::{self, CalendarLeft};
use crate::server::ledger::whole_stream;
use crate::server::sync::labels;
use crate::server::{ServerError, Viewer};
use jiff::{civil::Date, tz::TimeZone};
use std::collections::BTreeMap;
use steadfast_calendar::Instant;
use steadfast_store::{Facts, Sources};

/// Rounds of one day.
#[derive(Default)]
struct Found {
    last: Option<Instant>,
    rounds: usize,
    changed: usize,
    gone: usize,
}

/// What there is to tell of the viewer's calendars since then.
pub(super) async fn told<S: Facts + Sources>(
    store: &S,
    viewer: &Viewer,
    since: Instant,
    zone: &TimeZone,
) -> Result<Vec<Entry>, ServerError> {
    let labels = labels(store, viewer).await?;
    let mut entries = Vec::new();
    let mut found: BTreeMap<(Date, String), Found> = BTreeMap::new();
    let stream = facts::calendar_of(viewer.person());
    for fact in whole_stream(store, viewer.org(), &stream).await? {
        let at = facts::at(&fact);
        if at < since {
            continue;
        }
        match fact.kind.as_str() {
            facts::NEWS => {
                let news = facts::news_told(&fact)?;
                if let (true, Some(after)) = (news.blind, news.after) {
                    let what = What::Gap {
                        label: labels.get(&news.source).cloned(),
                        from: Instant::from_seconds(after),
                    };
                    entries.push(Entry { at, what });
                }
                // What stands around the events of a feed is no object.
                let changed = news.put.iter().filter(|(href, _)| !href.is_empty());
                let changed = changed.count();
                let day = found.entry((at.date(zone), news.source)).or_default();
                // The calendars of one account are read in one round.
                day.rounds += usize::from(day.last != Some(at));
                day.last = Some(at);
                day.changed += changed;
                day.gone += news.gone.len();
            }
            facts::LEFT => {
                let left: CalendarLeft = facts::what_was_said(&fact, facts::LEFT)?;
                // That a whole source was disconnected is noted when it is.
                if left.calendar.is_some() {
                    let label = labels.get(&left.source).cloned();
                    let what = What::CalendarLeft { label };
                    entries.push(Entry { at, what });
                }
            }
            _ => entries.push(Entry {
                at,
                what: What::HandedIn,
            }),
        }
    }
    entries.extend(found.into_iter().filter_map(|((_, source), day)| {
        Some(Entry {
            at: day.last?,
            what: What::Found {
                label: labels.get(&source).cloned(),
                rounds: day.rounds,
                changed: day.changed,
                gone: day.gone,
            },
        })
    }));
    Ok(entries)
}
