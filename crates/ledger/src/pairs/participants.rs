//! Who meets: the humans of an event, once rooms, resources, bots and delegates are set aside.

use crate::people::{Directory, Kind, PersonId};
use steadfast_calendar::{CuType, Event, Glance, Role};

/// The people of one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participants {
    /// Humans who take part, without repetition, in order of id.
    pub humans: Vec<PersonId>,
    /// Who organises it, whatever they are.
    pub organizer: Option<PersonId>,
    /// Whether the event itself names people at all.
    pub named: bool,
    /// Whether the owner takes part only because it is their calendar: the event does not name them.
    pub owner_added: bool,
}

/// Whoever sits in for somebody who is there as well is no third. Of two, each is one of the two.
fn set_assistants_aside(humans: &mut Vec<PersonId>, directory: &Directory) {
    let all = humans.clone();
    humans.retain(|id| {
        let acts_for = directory.person(*id).acts_for();
        !acts_for.iter().any(|one| all.contains(one))
    });
}

/// The people of `event` on `owner`'s calendar. An owner who is not listed takes part: it is their calendar.
pub fn participants(
    event: &Event,
    owner: Option<PersonId>,
    directory: &mut Directory,
) -> Participants {
    let attendees = event.attendees.iter().map(|a| (&a.address, &a.name));
    let organizer = event.organizer.iter().map(|o| (&o.address, &o.name));
    for (address, name) in attendees.chain(organizer) {
        let id = directory.meet(address);
        directory.name_seen(id, name);
    }
    known_participants(event, owner, directory)
}

/// The same of an event that is only looked at.
pub(super) fn participants_at(
    event: &Glance<'_>,
    owner: Option<PersonId>,
    directory: &mut Directory,
) -> Participants {
    for who in event.people() {
        let id = directory.meet(who.address);
        directory.name_seen(id, who.name);
    }
    let attendees = event.people().filter_map(|who| {
        let cutype = who.cutype?;
        Some((who.address, cutype, who.role))
    });
    let organizer = event.people().find(|who| who.cutype.is_none());
    let organizer = organizer.map(|who| who.address);
    taking_part(attendees, organizer, owner, directory)
}

/// The same of people who were met before; whoever was not is left out.
pub fn known_participants(
    event: &Event,
    owner: Option<PersonId>,
    directory: &Directory,
) -> Participants {
    let attendees = event.attendees.iter();
    let attendees = attendees.map(|a| (&*a.address, a.cutype, a.role));
    let organizer = event.organizer.as_ref().map(|o| &*o.address);
    taking_part(attendees, organizer, owner, directory)
}

fn taking_part<'a>(
    attendees: impl Iterator<Item = (&'a str, CuType, Role)>,
    organizer: Option<&str>,
    owner: Option<PersonId>,
    directory: &Directory,
) -> Participants {
    let mut humans = Vec::with_capacity(4);
    let mut named = false;
    for (address, cutype, role) in attendees {
        named = true;
        let Some(id) = directory.find(address) else {
            continue;
        };
        let thing = matches!(cutype, CuType::Room | CuType::Resource);
        let watches = role == Role::NonParticipant;
        if !thing && !watches && directory.kind(id) == Kind::Person {
            humans.push(id);
        }
    }
    let organizer = organizer.and_then(|address| directory.find(address));
    if let Some(id) = organizer
        && directory.kind(id) == Kind::Person
    {
        humans.push(id);
    }
    let named = named || organizer.is_some();
    let mut owner_added = false;
    if let (Some(owner), true) = (owner, named) {
        owner_added = !humans.contains(&owner);
        humans.push(owner);
    }
    humans.sort_unstable();
    humans.dedup();
    if humans.len() > 2 {
        set_assistants_aside(&mut humans, directory);
    }
    Participants {
        humans,
        organizer,
        named,
        owner_added,
    }
}
