//! What was done, of which somebody is to hear.

use super::state::State;
use crate::server::acting::{self, Action, Unsaid, action_of, came_of, instead, taken_back};
use crate::server::guard::Proposes;
use crate::server::{ServerError, Viewer};
use jiff::tz::TimeZone;
use steadfast_calendar::edit::Edit;
use steadfast_calendar::{Event, Instant, Reader, Slot};
use steadfast_store::{Intent, Intents};

/// What a mail adds to what those who get it were told by calendar servers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Adds {
    /// What was done: nobody told all of them.
    Deed,
    /// Another time, beside the answer that was told.
    Proposal,
    /// That a time which was proposed by mail is not meant any more, beside the taking back of the answer that was told.
    Withdrawal,
}

/// Something that was done to the viewer's calendar, and what those who were not told have to hear of it.
pub(super) struct Deed {
    pub(super) intent: Intent,
    pub(super) action: Action,
    pub(super) unsaid: Unsaid,
    pub(super) zone: TimeZone,
    /// Those whom the calendar server told of what was done.
    told: Vec<String>,
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
        let came = came_of(&intent)?;
        let unsaid = came.unsaid?;
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
            told: came.told,
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
        // Where another time is proposed, the message says that one.
        let stands = self.unsaid.countered.map(|slot| slot.start);
        let start = stands.unwrap_or_else(|| event.start.instant(&self.zone));
        if start <= now && !repeats {
            return Some("its time has come already");
        }
        let is_late = self.instead().iter().any(|slot| slot.start <= now);
        is_late.then_some("a time that it proposes has come already")
    }

    /// The other times that it proposes: the first as a calendar program reads it, all of them in its words.
    pub(super) fn instead(&self) -> &[Slot] {
        match self.unsaid.countered {
            Some(_) => instead(&self.action.edit),
            None => &[],
        }
    }

    /// The same as the guard asks of it: those times for that meeting.
    pub(super) fn proposes(&self) -> Option<Proposes<'_>> {
        let Edit::Answer(answer) = &self.action.edit else {
            return None;
        };
        let stands = self.unsaid.countered?;
        Some(Proposes {
            uid: self.action.uid.as_deref(),
            id: answer.occurrence.unwrap_or(stands.start),
            instead: &answer.instead,
        })
    }

    /// Whether it takes an answer back that named other times.
    pub(super) fn takes_times_back(&self) -> bool {
        !taken_back(&self.action).is_empty()
    }

    /// What a mail adds to what was told already.
    pub(super) fn adds(&self) -> Adds {
        let all = self.unsaid.to.iter().all(|to| self.told.contains(to));
        match self.unsaid.countered {
            _ if !all => Adds::Deed,
            Some(_) => Adds::Proposal,
            None => Adds::Withdrawal,
        }
    }

    /// Whether a mail to that address says more than a calendar server can have told them: a time that is proposed, or that one
    /// which was proposed by mail is not meant any more.
    pub(super) fn says_more(&self, address: &str, state: &State) -> bool {
        let undone = self.intent.undoes.as_deref();
        self.unsaid.countered.is_some()
            || self.takes_times_back()
                && undone.is_some_and(|undone| state.may_know(undone, address))
    }

    /// Whether somebody has something to hear. They have not where what this takes back never reached them from here, or the
    /// calendar server told them that it was taken back and no mail said more.
    pub(super) fn is_news_to(&self, address: &str, state: &State) -> bool {
        let Some(undone) = &self.intent.undoes else {
            return true;
        };
        let was_told = self.told_before.iter().any(|told| told == address);
        let is_told = self.told.iter().any(|told| told == address);
        state.may_know(undone, address) || was_told && !is_told
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
