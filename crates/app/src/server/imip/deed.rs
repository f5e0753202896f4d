//! What was done, of which somebody is to hear.

use super::state::State;
use crate::server::acting::{self, Action, Unsaid, action_of, came_of};
use crate::server::{ServerError, Viewer};
use jiff::tz::TimeZone;
use steadfast_calendar::edit::Edit;
use steadfast_calendar::{Event, Instant, Reader};
use steadfast_store::{Intent, Intents};

/// Something that was done to the viewer's calendar, and what those who were not told have to hear of it.
pub(super) struct Deed {
    pub(super) intent: Intent,
    pub(super) action: Action,
    pub(super) unsaid: Unsaid,
    pub(super) zone: TimeZone,
    /// Those whom the calendar server had told of what this takes back, or of whom it does not say that it had not; where it
    /// takes something back.
    told_before: Vec<String>,
}

impl Deed {
    /// The viewer's of that name.
    ///
    /// # Errors
    /// [`ServerError::NotFound`] where it is not theirs, or leaves nobody to be told.
    pub(super) async fn named<S: Intents>(
        store: &S,
        viewer: &Viewer,
        name: &str,
    ) -> Result<Self, ServerError> {
        let intent = store.intent(viewer.org(), name).await?;
        let intent = intent.filter(|intent| intent.person == viewer.person());
        let intent = intent.ok_or(ServerError::NotFound)?;
        let before = match &intent.undoes {
            Some(undone) => store.intent(viewer.org(), undone).await?,
            None => None,
        };
        Self::of(intent, before.as_ref()).ok_or(ServerError::NotFound)
    }

    /// What there is to say of an intent; `before` is the one that it takes back. `None`: nothing.
    pub(super) fn of(intent: Intent, before: Option<&Intent>) -> Option<Self> {
        let unsaid = came_of(&intent)?.unsaid?;
        let action = action_of(&intent).ok()?;
        let zone = TimeZone::get(&action.zone).ok()?;
        let told_before = before.and_then(came_of).map(|came| {
            let told = came.told.into_iter();
            told.chain(came.perhaps).collect()
        });
        Some(Self {
            intent,
            action,
            unsaid,
            zone,
            told_before: told_before.unwrap_or_default(),
        })
    }

    /// The meeting, as the message says it.
    pub(super) fn event(&self) -> Option<Event> {
        let events = Reader::read(self.unsaid.text.as_bytes()).events;
        events.into_iter().next()
    }

    /// Why nothing is said of it any more.
    pub(super) fn over(&self, now: Instant) -> Option<&'static str> {
        if !self.intent.state.stands() {
            return Some("it was taken back since");
        }
        let event = self.event()?;
        let repeats = event
            .recurrence
            .as_ref()
            .is_some_and(|recurrence| !recurrence.rules.is_empty());
        let is_past = event.start.instant(&self.zone) <= now && !repeats;
        is_past.then_some("its time has come already")
    }

    /// Whether somebody has nothing to hear: what this takes back never reached them from here.
    pub(super) fn is_news_to(&self, address: &str, state: &State) -> bool {
        let Some(undone) = &self.intent.undoes else {
            return true;
        };
        state.may_know(undone, address) || self.told_before.iter().any(|told| told == address)
    }

    /// What was done, in the word of the log.
    pub(super) fn did(&self) -> &'static str {
        acting::deed(Some(&self.action.edit))
    }

    /// What was done.
    pub(super) fn edit(&self) -> &Edit {
        &self.action.edit
    }
}
