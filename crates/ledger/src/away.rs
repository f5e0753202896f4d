//! Who was away when: leave and out-of-office blocks on people's calendars, and public holidays where the report is.

use crate::{
    absence::{is_leave, may_be_leave, names_a_holiday},
    case::{Absence, Away},
    history::History,
    holidays,
    occurrence::Holiday,
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
    by_person: HashMap<PersonId, Vec<Entry>>,
    /// The two who may own the calendar that nobody is known to own, each with all their addresses, and what is on it.
    of_either: Option<([Vec<PersonId>; 2], Vec<Entry>)>,
    longest_seconds: i64,
}

/// An entry by which somebody is away.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Entry {
    slot: Slot,
    /// Country and name of the public holiday that it is, copied into their calendar: no leave of theirs.
    holiday: Option<(&'static str, &'static str)>,
}

impl Absences {
    /// Reads leave off all calendars that have an owner, within `window`. An out-of-office entry counts for its
    /// calendar's owner only; `either`: the two of whom one owns the calendar that has none, each with all their addresses.
    pub fn gather(
        history: &History,
        directory: &Directory,
        (fallback_zone, window): (&TimeZone, Window),
        either: Option<[Vec<PersonId>; 2]>,
    ) -> Self {
        let mut absences = Self {
            of_either: either.map(|two| (two, Vec::new())),
            ..Self::default()
        };
        for copy in &history.copies {
            if copy.owner.is_none() && absences.of_either.is_none() {
                continue;
            }
            let zone = copy.zone.as_ref().unwrap_or(fallback_zone);
            let owner = copy.owner.map(|owner| directory.person(owner));
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
                    let is_theirs = owner.is_none_or(|owner| *a.address == *owner.address);
                    is_theirs && a.answer == PartStat::Declined
                };
                if event.attendees.iter().any(refused) {
                    continue;
                }
                let home = owner.and_then(|owner| owner.zone()).unwrap_or(zone);
                let country = home.iana_name().and_then(holidays::country_of_zone);
                let country = country.filter(|_| names_a_holiday(event));
                for instance in expand(&state, zone, window) {
                    let Some(slot) = instance.slot else { continue };
                    let country = country.filter(|_| instance.all_day);
                    let named = |country| Some((country, keeps(country, slot, zone)?));
                    let holiday = country.and_then(named);
                    absences.add(copy.owner, Entry { slot, holiday });
                }
            }
        }
        let either = absences.of_either.iter_mut().map(|(_, entries)| entries);
        for entries in absences.by_person.values_mut().chain(either) {
            entries.sort_unstable();
        }
        absences
    }

    fn add(&mut self, owner: Option<PersonId>, entry: Entry) {
        let entries = match (owner, &mut self.of_either) {
            (Some(owner), _) => self.by_person.entry(owner).or_default(),
            (None, Some((_, entries))) => entries,
            (None, None) => return,
        };
        entries.push(entry);
        self.longest_seconds = self.longest_seconds.max(entry.slot.seconds());
    }

    /// Entries of `who` that touch `slot`.
    fn touching(&self, who: PersonId, slot: Slot) -> impl Iterator<Item = Entry> {
        let entries = self.by_person.get(&who).map_or(&[][..], Vec::as_slice);
        self.among(entries, slot)
    }

    /// Entries that touch `slot` on a calendar that is that of one of these two.
    fn touching_either(&self, two: [PersonId; 2], slot: Slot) -> impl Iterator<Item = Entry> {
        let of = self.of_either.as_ref().filter(|([a, b], _)| {
            let [one, other] = two;
            (a.contains(&one) && b.contains(&other)) || (a.contains(&other) && b.contains(&one))
        });
        self.among(of.map_or(&[][..], |(_, entries)| entries), slot)
    }

    fn among(&self, entries: &[Entry], slot: Slot) -> impl Iterator<Item = Entry> {
        let earliest = slot.start.plus_seconds(-self.longest_seconds);
        let first = entries.partition_point(|e| e.slot.start < earliest);
        entries
            .get(first..)
            .unwrap_or_default()
            .iter()
            .copied()
            .take_while(move |e| e.slot.start < slot.end)
            .filter(move |e| e.slot.overlaps(slot))
    }

    /// Whether `who` is on leave at any time of `slot`, or has a public holiday where `zone` is.
    pub fn is_away(&self, who: PersonId, slot: Slot, zone: &TimeZone) -> bool {
        self.touching(who, slot).next().is_some() || holiday(slot.start, zone).is_some()
    }

    /// What keeps the two from meeting in `promised`: the leave of either, and a public holiday in the report's country,
    /// where their `zone` belongs to just one; `None`: it is not known which. Leave counts neither way whoever of the two is away, so it need not be known
    /// who reports to whom.
    pub fn around(
        &self,
        promised: Slot,
        relationship: &Relationship,
        zone: Option<&TimeZone>,
    ) -> Vec<Absence> {
        let mut absences = self.leave(promised, relationship);
        absences.extend(zone.and_then(|zone| holiday(promised.start, zone)));
        absences
    }

    /// Which public holiday it is that [`Absences::around`] finds on the day of `promised`: where the report's `zone` is, else
    /// one that either of the two copied into their calendar. `is_theirs`: the zone is known to be the report's own.
    pub(crate) fn holiday(
        &self,
        promised: Slot,
        relationship: &Relationship,
        (zone, is_theirs): (Option<&TimeZone>, bool),
    ) -> Option<Holiday> {
        let here = zone.and_then(|zone| {
            let country = holidays::country_of_zone(zone.iana_name()?)?;
            let name = holidays::on(country, None, promised.start.date(zone))?;
            let of = relationship
                .report()
                .filter(|_| is_theirs)
                .map(|_| Away::Report);
            Some(Holiday::new(country, name, of, false))
        });
        here.or_else(|| {
            let mut two = relationship.people;
            two.sort_by_key(|person| relationship.manager != Some(*person));
            let copied = |entry: Entry| entry.holiday;
            let theirs = two.into_iter().find_map(|person| {
                let (country, name) = self.touching(person, promised).find_map(copied)?;
                Some((country, name, whose(relationship, person)))
            });
            let (country, name, of) = theirs.or_else(|| {
                let mut entries = self.touching_either(two, promised);
                let (country, name) = entries.find_map(copied)?;
                Some((country, name, None))
            })?;
            Some(Holiday::new(country, name, of, true))
        })
    }

    /// The same of what stands on their calendars alone: leave, and public holidays that they copied there.
    pub fn leave(&self, promised: Slot, relationship: &Relationship) -> Vec<Absence> {
        let mut absences = Vec::new();
        if self.by_person.is_empty() && self.of_either.is_none() {
            return absences;
        }
        let mut two = relationship.people;
        // The manager's leave is told before the report's.
        two.sort_by_key(|person| relationship.manager != Some(*person));
        let of_each = two.map(|person| {
            let entries: Vec<Entry> = self.touching(person, promised).collect();
            (whose(relationship, person), entries)
        });
        let of_either = (None, self.touching_either(two, promised).collect());
        for (who, entries) in of_each.into_iter().chain([of_either]) {
            let who = who.unwrap_or(Away::OneOfTheTwo);
            let (holidays, leave): (Vec<Entry>, Vec<Entry>) = entries
                .into_iter()
                .partition(|entry| entry.holiday.is_some());
            let slots: Vec<Slot> = leave.into_iter().map(|entry| entry.slot).collect();
            // Two people's leave under one name would add up.
            if who != Away::OneOfTheTwo || cover(promised, &slots) {
                absences.extend(slots.into_iter().map(|slot| Absence { who, slot }));
            }
            let who = Away::Holiday;
            let kept = holidays.into_iter().map(|entry| entry.slot);
            absences.extend(kept.map(|slot| Absence { who, slot }));
        }
        absences
    }
}

/// Which of the two `person` is, where that is known.
fn whose(relationship: &Relationship, person: PersonId) -> Option<Away> {
    let manager = relationship.manager?;
    Some(if manager == person {
        Away::Manager
    } else {
        Away::Report
    })
}

/// What the first day of an entry of whole days is called, if each of them is a public holiday somewhere in `country`: its
/// owner says that it is one where they are.
fn keeps(country: &str, days: Slot, zone: &TimeZone) -> Option<&'static str> {
    let last = days.end.plus_seconds(-1).date(zone);
    let first = days.start.date(zone);
    let named = holidays::somewhere_in(country, first)?;
    let mut day = first;
    while let Ok(next) = day.tomorrow()
        && next <= last
    {
        holidays::somewhere_in(country, next)?;
        day = next;
    }
    Some(named)
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
