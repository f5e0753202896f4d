//! A person hands in an export of their calendar.

use super::history;
use crate::server::{ServerError, Viewer, facts};
use steadfast_calendar::{Calendar, Instant, minimal};
use steadfast_store::{Expected, Facts, Sources, Version};

/// One calendar of what was handed in: a file, or a member of an archive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    /// How the source names it.
    pub label: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// One calendar of a history: a series of states, each seen at a moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Snapshot {
    /// When it was like that.
    pub at: Instant,
    /// What tells it from the other calendars of the same moment: its file's name, empty for the only one.
    pub name: String,
    /// Whose it is, where the history says so.
    pub owner: Option<String>,
    /// The calendar.
    pub document: Document,
}

/// What was handed in, taken apart.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Offered {
    /// The calendars worth reading, as they are now.
    pub documents: Vec<Document>,
    /// Or those of a history, each as it was at some moment.
    pub history: Vec<Snapshot>,
    /// What was found and not read on purpose, each with why.
    pub set_aside: Vec<(String, String)>,
    /// How many could not be read: calendars, or of a history moments, of which nothing is claimed.
    pub unread: usize,
}

/// What will be kept of it.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// What was seen, the oldest first; no moment: now.
    pub(super) looks: Vec<(Option<Instant>, Vec<u8>)>,
    pub(super) taken: TakenIn,
}

/// What became of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TakenIn {
    /// Calendars read.
    pub calendars: usize,
    /// Moments of a history that were taken in; none where it was no history.
    pub moments: usize,
    /// Meetings, overrides included.
    pub meetings: usize,
    /// What was found and not read on purpose, each with why.
    pub set_aside: Vec<(String, String)>,
    /// How many could not be read: calendars, or of a history moments, of which nothing is claimed.
    pub unread: usize,
    /// Moments of a history that are not later than what was seen already, and left out.
    pub earlier: usize,
    /// Oddities met; the rest was read.
    pub warnings: usize,
    /// Whether it says the same as the last one: then nothing was added.
    pub as_before: bool,
}

/// Reads what was handed in and leaves out what decides nothing: descriptions, places and attachments are never kept.
/// Takes processor time and no other: 64 MB in a third of a second.
///
/// # Errors
/// [`ServerError::Input`] when it holds no calendar, or plainly somebody else's.
pub fn prepare(viewer: &Viewer, offered: Offered) -> Result<Prepared, ServerError> {
    prepare_as(viewer, &[], offered)
}

/// The same for somebody who has these other addresses as well.
///
/// # Errors
/// As [`prepare`].
pub fn prepare_as(
    viewer: &Viewer,
    others: &[String],
    offered: Offered,
) -> Result<Prepared, ServerError> {
    if !offered.history.is_empty() {
        return history::prepare(viewer, others, offered);
    }
    let mut lines = Vec::new();
    let mut taken = TakenIn {
        set_aside: offered.set_aside,
        unread: offered.unread,
        ..TakenIn::default()
    };
    for document in offered.documents {
        let (calendar, kept) = minimal(&document.bytes);
        taken.warnings += calendar.warnings.len();
        if !calendar.is_calendar {
            taken.unread += 1;
            continue;
        }
        refuse_somebody_elses(viewer, others, &calendar)?;
        taken.calendars += 1;
        taken.meetings += calendar.events.len();
        lines.extend(kept);
    }
    if taken.calendars == 0 {
        return Err(ServerError::Input(
            "this holds no calendar that can be read".to_owned(),
            "give the .ics file, or the .zip as your calendar's export made it".to_owned(),
        ));
    }
    Ok(Prepared {
        looks: vec![(None, lines)],
        taken,
    })
}

/// A calendar that is named by another address and in which the viewer hardly takes part is not theirs.
pub(super) fn refuse_somebody_elses(
    viewer: &Viewer,
    others: &[String],
    calendar: &Calendar,
) -> Result<(), ServerError> {
    let is_me = |address: &str| address == viewer.person() || others.iter().any(|o| o == address);
    let named = calendar.name.as_deref().unwrap_or_default().to_lowercase();
    let is_address = named.contains('@')
        && !named.contains(char::is_whitespace)
        && !named.ends_with("calendar.google.com");
    if !is_address || is_me(&named) {
        return Ok(());
    }
    let with_people = calendar.events.iter().filter(|e| !e.attendees.is_empty());
    let mine = |event: &&steadfast_calendar::Event| {
        event.attendees.iter().any(|a| is_me(&a.address))
            || event.organizer.as_ref().is_some_and(|o| is_me(&o.address))
    };
    if with_people.clone().filter(mine).count() * 2 >= with_people.count().max(1) {
        return Ok(());
    }
    Err(ServerError::Input(
        format!(
            "this is the calendar of {named}, and you are signed in as {}",
            viewer.person()
        ),
        "hand in the export of your own calendar".to_owned(),
    ))
}

/// Keeps what was prepared as one more look at the viewer's calendar, unless it says the same as the last; of a history, each
/// moment as a look of its own.
///
/// # Errors
/// [`ServerError::Input`] when a calendar is connected, or a history is not later than what was seen already; [`ServerError::Busy`] when two are handed in at once; [`ServerError::Store`].
pub async fn take_in<S: Facts + Sources>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    prepared: Prepared,
) -> Result<TakenIn, ServerError> {
    let sources = store.sources_of(viewer.org(), viewer.person()).await?;
    if !sources.is_empty() {
        return Err(ServerError::Input(
            "your calendar is connected and kept up with; an export would add nothing".to_owned(),
            "disconnect it first if you would rather hand in exports".to_owned(),
        ));
    }
    let stream = facts::calendar_of(viewer.person());
    let version = store.version(viewer.org(), &stream).await?;
    let mut taken = prepared.taken;
    let before = Version(version.0.saturating_sub(1));
    let last = store.read(viewer.org(), &stream, before, 1).await?;
    let last = last.last();
    let is_as_before = match (last, prepared.looks.as_slice()) {
        (Some(last), [(None, lines)]) if last.kind == facts::SEEN => {
            facts::lines_seen(last)? == *lines
        }
        _ => false,
    };
    if is_as_before {
        taken.as_before = true;
        return Ok(taken);
    }
    let looks = history::after(last.map(facts::at), now, prepared.looks, &mut taken)?;
    let looks: Vec<_> = looks
        .iter()
        .map(|(at, lines)| facts::seen(lines, viewer.person(), *at))
        .collect();
    let expected = Expected::Exactly(version);
    store
        .append(viewer.org(), &stream, expected, &looks, &[])
        .await?;
    Ok(taken)
}
