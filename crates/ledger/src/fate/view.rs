//! One state of one series, resolved to moments, with who said no to what.

use super::invited::Invited;
use crate::people::PersonId;
use jiff::tz::TimeZone;
use std::sync::Arc;
use steadfast_calendar::{
    Event, Expander, Instance, Instant, PartStat, Series, Slot, Standing, Status, Window,
    put_on_after, says_cancelled,
};

/// One instance as one state of one series has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Look {
    /// Its identity: the original start.
    pub id: Instant,
    /// The slot by the series' own rule; for an orphan override the slot its RECURRENCE-ID names.
    pub ruled: Slot,
    /// Where it stands, once cancelled titles and declined answers are taken into account.
    pub slot: Option<Slot>,
    /// What decides `slot`.
    pub standing: Standing,
    /// Who of the two declined it.
    pub declined_by: Option<PersonId>,
    /// Whether this state of the series still gives it to the two. Not where the series is cancelled as a whole, or one of them
    /// was taken off it: to them that is as if it were deleted.
    pub given: bool,
    /// Whether it is with somebody else, as this state of the series says: a 1:1 of the two only if it was theirs before.
    pub of_others: bool,
    /// Whether it is not said if it was cancelled with the rest of the series, or put on after that.
    pub unsure: bool,
}

/// One state of one series.
#[derive(Clone, Debug)]
pub(super) struct View {
    /// The state itself.
    pub series: Arc<Series>,
    /// Its instances, by id.
    pub looks: Vec<Look>,
    /// The last instance that is with somebody else although the series is with the two.
    pub others_until: Option<Instant>,
}

impl View {
    /// Resolves `series` within `window`, by the `expander` as it stands. A "declined" of one of the two who are `invited` ends
    /// an instance, and so does an event that leaves one of them out.
    pub(super) fn of(
        series: &Arc<Series>,
        expander: &mut Expander,
        window: Window,
        invited: &Invited<'_>,
    ) -> Self {
        let said = |event: &Event| Said::of(event, invited);
        let master = series.master.as_deref().map(said).unwrap_or_default();
        let overrides: Vec<Said> = series.overrides.iter().map(|o| said(o)).collect();
        let called_off = series.master.as_deref().filter(|_| master.cancelled);
        let overrides = overrides
            .into_iter()
            .zip(&series.overrides)
            .map(|(said, own)| called_off.map_or(said, |master| said.under(own, master)));
        let overrides: Vec<Said> = overrides.collect();
        let unsaid = unsaid(series, &overrides);
        let mut looks = Vec::with_capacity(if series.repeats() { 64 } else { 1 });
        expander.for_each(series, window, |instance| {
            if !instance.all_day {
                let mut look = look(instance, &master, &overrides);
                if unsaid.contains(&look.id) && look.standing == Standing::Cancelled(None) {
                    (look.given, look.unsure) = (true, true);
                }
                looks.push(look);
            }
        });
        let others = looks.iter().rfind(|look| look.of_others);
        Self {
            series: series.clone(),
            others_until: others.filter(|_| !master.of_others).map(|look| look.id),
            looks,
        }
    }

    /// The event that decides where `look` stands.
    pub(super) fn event(&self, look: &Look) -> Option<&Event> {
        let own = match look.standing {
            Standing::Overridden(i) | Standing::Cancelled(Some(i)) => self.series.overrides.get(i),
            Standing::AsRuled | Standing::Excluded | Standing::Cancelled(None) => None,
        };
        own.or(self.series.master.as_ref()).map(AsRef::as_ref)
    }

    /// Whether an override of its own decides `look`.
    pub(super) fn has_own_event(look: &Look) -> bool {
        matches!(
            look.standing,
            Standing::Overridden(_) | Standing::Cancelled(Some(_))
        )
    }

    /// The look at instance `id`.
    pub(super) fn look(&self, id: Instant) -> Option<&Look> {
        let at = self.looks.binary_search_by_key(&id, |look| look.id).ok()?;
        self.looks.get(at)
    }

    /// Whether `id` lies before everything this state shows although the series goes on: a feed whose window moved.
    pub(super) fn window_passed(&self, id: Instant) -> bool {
        self.looks.first().is_some_and(|first| first.id > id)
    }
}

/// What one event says about standing at all.
#[derive(Clone, Copy, Debug, Default)]
struct Said {
    declined_by: Option<PersonId>,
    cancelled: bool,
    /// One of the two is not in it, and was.
    leaves_out: bool,
    /// It is with somebody else.
    of_others: bool,
    /// The series was cancelled as a whole, and whether it was too is not said.
    unsure: bool,
}

impl Said {
    fn of(event: &Event, invited: &Invited<'_>) -> Self {
        let declined_by = event
            .attendees
            .iter()
            .filter(|a| a.answer == PartStat::Declined)
            .filter_map(|a| invited.directory.find(&a.address))
            .find(|id| invited.people.contains(id));
        let of_others = invited.is_of_others(event);
        Self {
            declined_by,
            cancelled: event.status == Status::Cancelled || says_cancelled(&event.summary),
            leaves_out: of_others || invited.left_out_of(event),
            of_others,
            unsure: false,
        }
    }

    /// What an instance's own event says whose `master` is cancelled: that takes the whole series off (RFC 5546 §3.2.5), and
    /// with it every instance but those that were put on afterwards. Many programs leave the events of instances as they were.
    fn under(self, own: &Event, master: &Event) -> Self {
        match put_on_after(own, master) {
            Some(true) => self,
            Some(false) => Self {
                cancelled: true,
                ..self
            },
            None => Self {
                unsure: true,
                ..self
            },
        }
    }

    const fn stands(&self) -> bool {
        !self.cancelled && !self.leaves_out
    }
}

/// The instances with an event of their own of which it is not said whether they were cancelled with their series.
fn unsaid(series: &Series, overrides: &[Said]) -> Vec<Instant> {
    let all = series.overrides.iter().zip(overrides);
    let unsaid = all.filter(|(_, said)| said.unsure && !said.cancelled);
    let id = |event: &Event| Some(event.recurrence_id.as_ref()?.at.instant(&TimeZone::UTC));
    unsaid.filter_map(|(event, _)| id(event)).collect()
}

fn look(instance: Instance, master: &Said, overrides: &[Said]) -> Look {
    let own = match instance.standing {
        Standing::Overridden(i) => overrides.get(i),
        _ => None,
    };
    let said = own.unwrap_or(master);
    let ruled = instance.ruled.unwrap_or_else(|| {
        let length = instance.slot.map_or(0, Slot::seconds);
        Slot::new(instance.id, instance.id.plus_seconds(length))
    });
    let stands = instance.slot.is_some() && said.stands();
    let declined_by = said.declined_by.filter(|_| stands);
    Look {
        id: instance.id,
        ruled,
        slot: instance.slot.filter(|_| stands && declined_by.is_none()),
        standing: instance.standing,
        declined_by,
        given: master.stands() || own.is_some_and(Said::stands),
        of_others: said.of_others,
        unsure: said.unsure && stands,
    }
}
