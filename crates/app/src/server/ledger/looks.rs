//! Reading a stream to its end, and what was seen of one person's calendars.

use crate::server::facts::{self, CalendarLeft, CalendarNews};
use crate::server::{ServerError, Viewer, sync::Reading};
use std::collections::BTreeMap;
use steadfast_calendar::{Calendar, Event, Instant, Reader};
use steadfast_store::{Fact, Facts, Org, Source, Sources, Version};

/// Facts read at once.
const PAGE: u32 = 500;

/// All facts of a stream, in order.
pub(crate) async fn whole_stream<S: Facts>(
    store: &S,
    org: &Org,
    stream: &str,
) -> Result<Vec<Fact>, ServerError> {
    let mut all: Vec<Fact> = Vec::new();
    loop {
        let after = all.last().map_or(Version::default(), |fact| fact.version);
        let page = store.read(org, stream, after, PAGE).await?;
        let full = page.len() == PAGE as usize;
        all.extend(page);
        if !full {
            return Ok(all);
        }
    }
}

/// Several short streams, read whole at once.
pub(crate) struct Whole(BTreeMap<String, (Version, Vec<Fact>)>);

impl Whole {
    pub(crate) async fn of<S: Facts>(
        store: &S,
        org: &Org,
        streams: &[&str],
    ) -> Result<Self, ServerError> {
        let read = store.whole(org, streams).await?;
        let named = streams.iter().map(|stream| (*stream).to_owned());
        Ok(Self(named.zip(read).collect()))
    }

    /// All facts of a stream, in order; none of one that was not asked for.
    pub(crate) fn facts(&self, stream: &str) -> &[Fact] {
        self.0.get(stream).map_or(&[], |(_, facts)| facts)
    }

    /// Where it was before it was read.
    pub(crate) fn version(&self, stream: &str) -> Version {
        self.0
            .get(stream)
            .map_or(Version(0), |(version, _)| *version)
    }
}

/// Something told about a person's calendars.
#[derive(Debug)]
pub(in crate::server) enum Told {
    /// An export they handed in.
    HandedIn { at: Instant, calendar: Calendar },
    /// What a round of a source found.
    News {
        at: Instant,
        after: Option<Instant>,
        blind: bool,
        source: String,
        calendar: String,
        put: Vec<(String, Vec<Event>)>,
        gone: Vec<String>,
        /// IANA names of zones that what was put names in another way.
        mapped_zones: Vec<Box<str>>,
    },
    /// A source, or one calendar of it, is not watched any more.
    Left {
        at: Instant,
        source: String,
        calendar: Option<String>,
    },
}

/// Everything told about one person's calendars.
#[derive(Debug, Default)]
pub(in crate::server) struct Seen {
    /// In the order in which it was told.
    pub told: Vec<Told>,
    /// The sources that are connected, and how far each was read.
    pub sources: Vec<(Source, Reading)>,
}

impl Seen {
    /// Whether nothing was ever seen.
    pub(super) fn is_empty(&self) -> bool {
        self.told.is_empty()
    }

    /// Whether this is an export and no more: then its state is that of now.
    pub(super) fn is_one_export(&self) -> bool {
        matches!(self.told.as_slice(), [] | [Told::HandedIn { .. }])
    }
}

/// Whether anything was ever seen of the viewer's own calendar.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn has_shown_a_calendar<S: Facts>(
    store: &S,
    viewer: &Viewer,
) -> Result<bool, ServerError> {
    let stream = facts::calendar_of(viewer.person());
    Ok(store.version(viewer.org(), &stream).await? > Version(0))
}

/// Everything told about the calendars of `person`, oldest first.
pub(super) async fn seen<S: Facts + Sources>(
    store: &S,
    org: &Org,
    person: &str,
) -> Result<Seen, ServerError> {
    let facts = whole_stream(store, org, &facts::calendar_of(person)).await?;
    told(store, org, person, &facts).await
}

/// The same, where these are the facts.
pub(super) async fn told<S: Sources>(
    store: &S,
    org: &Org,
    person: &str,
    facts: &[Fact],
) -> Result<Seen, ServerError> {
    let mut seen = Seen::default();
    // What stands around the events of a feed, time zones above all, is needed to read any of them.
    let mut frames = std::collections::HashMap::new();
    for fact in facts {
        let at = facts::at(fact);
        seen.told.push(match fact.kind.as_str() {
            facts::NEWS => news(at, facts::news_told(fact)?, &mut frames),
            facts::LEFT => {
                let left: CalendarLeft = facts::what_was_said(fact, facts::LEFT)?;
                Told::Left {
                    at,
                    source: left.source,
                    calendar: left.calendar,
                }
            }
            _ => Told::HandedIn {
                at,
                calendar: Reader::read(&facts::lines_seen(fact)?),
            },
        });
    }
    for source in store.sources_of(org, person).await? {
        let reading = Reading::of(&source);
        seen.sources.push((source, reading));
    }
    Ok(seen)
}

fn news(
    at: Instant,
    news: CalendarNews,
    frames: &mut std::collections::HashMap<(String, String), String>,
) -> Told {
    let frame = frames
        .entry((news.source.clone(), news.calendar.clone()))
        .or_default();
    if let Some((_, around)) = news.put.iter().find(|(href, _)| href.is_empty()) {
        let beginning = around.strip_suffix("END:VCALENDAR\r\n").unwrap_or(around);
        beginning.clone_into(frame);
    }
    let frame = &*frame;
    let mut mapped_zones = Vec::new();
    let put = news
        .put
        .into_iter()
        .filter(|(href, _)| !href.is_empty())
        .map(|(href, lines)| {
            let said = if lines.starts_with("BEGIN:VCALENDAR") {
                Reader::read(lines.as_bytes())
            } else {
                Reader::read(format!("{frame}{lines}END:VCALENDAR\r\n").as_bytes())
            };
            mapped_zones.extend(said.mapped_zones);
            (href, said.events)
        })
        .collect();
    Told::News {
        at,
        after: news.after.map(Instant::from_seconds),
        blind: news.blind,
        source: news.source,
        calendar: news.calendar,
        put,
        gone: news.gone,
        mapped_zones,
    }
}
