//! Who was away when: leave and out-of-office blocks on people's calendars, and public holidays where the report is.

use crate::{
    absence::{is_leave, may_be_leave},
    case::{Absence, Away},
    history::History,
    holidays,
    pairs::Relationship,
    people::{Directory, PersonId},
    rules::excuses::cover,
};
use jiff::tz::TimeZone;
use std::collections::HashMap;
use steadfast_calendar::{Instant, PartStat, Slot, Window, expand, resolve};

/// Leave of everybody whose calendar is seen.
#[derive(Clone, Debug, Default)]
pub struct Absences {
    by_person: HashMap<PersonId, Vec<Slot>>,
    longest_seconds: i64,
}

impl Absences {
    /// Reads leave off all calendars that have an owner, within `window`. An out-of-office entry counts for its
    /// calendar's owner only.
    pub fn gather(
        history: &History,
        directory: &Directory,
        fallback_zone: &TimeZone,
        window: Window,
    ) -> Self {
        let mut absences = Self::default();
        for copy in &history.copies {
            let Some(owner) = copy.owner else { continue };
            let zone = copy.zone.as_ref().unwrap_or(fallback_zone);
            let address = directory.person(owner).address;
            for series in copy.all() {
                if !series
                    .leading(|event| may_be_leave(&event))
                    .unwrap_or(false)
                {
                    continue;
                }
                let Some(state) = series.last_known() else {
                    continue;
                };
                let event = state
                    .master
                    .as_deref()
                    .or(state.overrides.first().map(AsRef::as_ref));
                let Some(event) = event.filter(|e| is_leave(e)) else {
                    continue;
                };
                let refused = |a: &steadfast_calendar::Attendee| {
                    *a.address == *address && a.answer == PartStat::Declined
                };
                if event.attendees.iter().any(refused) {
                    continue;
                }
                let slots = expand(&state, zone, window)
                    .into_iter()
                    .filter_map(|i| i.slot);
                for slot in slots {
                    absences.add(owner, slot);
                }
            }
        }
        for slots in absences.by_person.values_mut() {
            slots.sort_unstable();
        }
        absences
    }

    fn add(&mut self, who: PersonId, slot: Slot) {
        self.longest_seconds = self.longest_seconds.max(slot.seconds());
        self.by_person.entry(who).or_default().push(slot);
    }

    /// Leave of `who` that touches `slot`.
    fn touching(&self, who: PersonId, slot: Slot) -> impl Iterator<Item = Slot> {
        let slots = self.by_person.get(&who).map_or(&[][..], Vec::as_slice);
        let earliest = slot.start.plus_seconds(-self.longest_seconds);
        let first = slots.partition_point(|s| s.start < earliest);
        slots
            .get(first..)
            .unwrap_or_default()
            .iter()
            .copied()
            .take_while(move |s| s.start < slot.end)
            .filter(move |s| s.overlaps(slot))
    }

    /// What keeps the two from meeting in `promised`: the leave of either, and a public holiday in the report's country,
    /// where their zone belongs to just one. Leave counts neither way whoever of the two is away, so it need not be known
    /// who reports to whom.
    pub fn around(
        &self,
        promised: Slot,
        relationship: &Relationship,
        zone: &TimeZone,
    ) -> Vec<Absence> {
        let mut absences = Vec::new();
        let whose = |person: PersonId| match relationship.manager {
            Some(manager) if manager == person => Away::Manager,
            Some(_) => Away::Report,
            None => Away::OneOfTheTwo,
        };
        let mut two = relationship.people;
        // The manager's leave is told before the report's.
        two.sort_by_key(|person| relationship.manager != Some(*person));
        for person in two {
            let who = whose(person);
            let slots: Vec<Slot> = self.touching(person, promised).collect();
            // Two people's leave under one name would add up.
            if who != Away::OneOfTheTwo || cover(promised, &slots) {
                absences.extend(slots.into_iter().map(|slot| Absence { who, slot }));
            }
        }
        absences.extend(holiday(promised.start, zone));
        absences
    }
}

fn holiday(at: Instant, zone: &TimeZone) -> Option<Absence> {
    let country = holidays::country_of_zone(zone.iana_name()?)?;
    let date = at.date(zone);
    holidays::on(country, None, date)?;
    let midnight =
        |date: jiff::civil::Date| resolve(date.to_datetime(jiff::civil::Time::midnight()), zone);
    let next = date.tomorrow().ok()?;
    Some(Absence {
        who: Away::Holiday,
        slot: Slot::new(midnight(date), midnight(next)),
    })
}
