//! With whom somebody meets, by what was seen of their calendars.

use super::looks::{Seen, Told};
use super::view::Addresses;
use crate::server::accounts::is_address;
use std::collections::BTreeSet;
use steadfast_calendar::Event;

/// Everybody with whom the viewer ever met alone, by what was seen of their calendars.
pub(super) fn partners(me: &Addresses, mine: &Seen) -> BTreeSet<String> {
    let mut partners = BTreeSet::new();
    for event in mine.told.iter().flat_map(events) {
        let people = addresses(event);
        let is_me = |address: &str| me.all.iter().any(|mine| mine == address);
        let others: Vec<&&str> = people.iter().filter(|p| !is_me(p)).collect();
        // A room or a bot may be the third; who is what is found out later.
        if others.len() <= 2 && people.len() > others.len() {
            let others = others.into_iter().filter(|other| is_address(other));
            partners.extend(others.map(|other| (*other).to_owned()));
        }
    }
    partners
}

fn events(told: &Told) -> Box<dyn Iterator<Item = &Event> + '_> {
    match told {
        Told::HandedIn { calendar, .. } => Box::new(calendar.events.iter()),
        Told::News { put, .. } => Box::new(put.iter().flat_map(|(_, events)| events)),
        Told::Left { .. } => Box::new(std::iter::empty()),
    }
}

pub(super) fn addresses(event: &Event) -> BTreeSet<&str> {
    let organizer = event.organizer.iter().map(|o| o.address.as_ref());
    let attendees = event.attendees.iter().map(|a| a.address.as_ref());
    organizer.chain(attendees).collect()
}
