//! What sort of meeting each of a manager's other meetings is, found from the calendar.
//!
//! The order decides: the user's own rules, then leave, then the two's own relationship, then people, then title.

mod compounds;
mod title;

use crate::{
    absence::is_leave,
    occurrence::Class,
    pairs::participants::Participants,
    people::{Directory, PersonId},
};
use steadfast_calendar::Event;

/// One line of the user's own rules: meetings whose title contains this are of that class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassRule {
    /// Lower case.
    pub contains: String,
    /// The class.
    pub class: Class,
}

/// What the classes rest on.
pub struct Classes<'a> {
    /// The user's own rules, first match wins.
    pub rules: &'a [ClassRule],
    /// Who is who.
    pub directory: &'a Directory,
}

/// What a class rests on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Because {
    /// A rule of the user's own.
    Said,
    /// What the calendar says of itself: nobody else is in it, or it is leave.
    Shape,
    /// Whose house the people in it are of.
    People,
    /// Its title: what somebody called it.
    Title,
    /// How often it comes.
    Rhythm,
    /// Nothing: it is none of those that are known.
    Nothing,
}

impl Classes<'_> {
    /// The class of a meeting on `owner`'s calendar, apart from 1:1s (which the caller knows). `often`: it repeats
    /// every day or nearly so.
    pub fn of(&self, event: &Event, who: &Participants, owner: PersonId, often: bool) -> Class {
        self.found(event, who, owner, often).0
    }

    /// The same, with what it rests on.
    pub fn found(
        &self,
        event: &Event,
        who: &Participants,
        owner: PersonId,
        often: bool,
    ) -> (Class, Because) {
        let title = event.summary.to_lowercase();
        if let Some(rule) = self.rules.iter().find(|r| title.contains(&r.contains)) {
            return (rule.class, Because::Said);
        }
        if is_leave(event) {
            return (Class::Leave, Because::Shape);
        }
        let others = who.humans.iter().filter(|p| **p != owner).count();
        if others == 0 {
            return (title::alone(&title), Because::Shape);
        }
        let outsiders = who.humans.iter().any(|p| self.outside(*p, owner));
        match title::class(&title) {
            Some(class) => (class, Because::Title),
            None if outsiders => (Class::Customer, Because::People),
            None if often && others > 1 => (Class::Daily, Because::Rhythm),
            None => (Class::Other, Because::Nothing),
        }
    }

    /// Whether somebody's address is of another house than the owner's.
    fn outside(&self, person: PersonId, owner: PersonId) -> bool {
        let domain = |p: PersonId| {
            let address = self.directory.person(p).address;
            address.rsplit_once('@').map(|(_, domain)| domain)
        };
        match (domain(person), domain(owner)) {
            (Some(theirs), Some(ours)) => theirs != ours,
            _ => false,
        }
    }
}
