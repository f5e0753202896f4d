//! What cannot be meant: references to nobody, circles of managers, more than can be planned.

use super::{Pair, Person};
use std::{collections::BTreeSet, error::Error, fmt};

/// The first thing that is wrong with a problem, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Flaw {
    /// More than is taken on.
    TooMany {
        /// Of what.
        what: &'static str,
        /// So many there are.
        found: usize,
        /// So many may be.
        most: usize,
    },
    /// A person manages more people than one can.
    TooManyReports {
        /// Index of the manager.
        person: usize,
        /// So many may be.
        most: usize,
    },
    /// Two pairs have one id.
    SameId(u32),
    /// A pair names a person who is not there.
    NoSuchPerson {
        /// The pair.
        pair: u32,
        /// The index it names.
        person: usize,
    },
    /// A person's boss is not there.
    NoSuchBoss {
        /// Index of the person.
        person: usize,
        /// The index it names.
        boss: usize,
    },
    /// Somebody is to meet themselves.
    WithOneself(u32),
    /// Two pairs of the same two people.
    Twice {
        /// The one.
        pair: u32,
        /// The other.
        other: u32,
    },
    /// Somebody is, over some steps, their own manager.
    Circle(usize),
    /// No length, or one longer than a working day with its buffer.
    Length {
        /// The pair.
        pair: u32,
        /// Quarter hours it may be long, with the buffer.
        most: u16,
    },
    /// An option starts after the week.
    OutsideTheWeek {
        /// The pair.
        pair: u32,
        /// The start it names.
        start: u16,
    },
    /// A cost so high that sums of costs would no longer mean anything.
    TooDear {
        /// The pair.
        pair: u32,
        /// The highest cost there may be.
        most: u32,
    },
    /// The displaced 1:1 is not among the pairs, or is one that stays.
    NoTarget,
    /// Somebody's clock is further off UTC than any is.
    Offset(i32),
    /// A 1:1 that stays, and not at exactly one place.
    StaysNowhere(u32),
    /// Two that stay want the same quarter hour of one person.
    BothStay {
        /// The one.
        pair: u32,
        /// The other.
        other: u32,
        /// Index of the person.
        person: usize,
    },
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooMany { what, found, most } => {
                write!(f, "{found} {what}, and at most {most} can be planned")
            }
            Self::TooManyReports { person, most } => {
                write!(
                    f,
                    "person {person} has more than {most} 1:1s, which is more than one can have"
                )
            }
            Self::SameId(id) => write!(f, "two pairs have the id {id}"),
            Self::NoSuchPerson { pair, person } => {
                write!(f, "pair {pair}: there is no person {person}")
            }
            Self::NoSuchBoss { person, boss } => {
                write!(f, "person {person}: there is no person {boss} to report to")
            }
            Self::WithOneself(id) => write!(f, "pair {id} is one person with themselves"),
            Self::Twice { pair, other } => {
                write!(f, "pairs {pair} and {other} are the same two people")
            }
            Self::Circle(person) => write!(
                f,
                "the reporting lines of person {person} run in a circle: over some steps they are their own manager"
            ),
            Self::Length { pair, most } => write!(
                f,
                "pair {pair}: a 1:1 with its buffer lasts from 1 to {most} quarter hours"
            ),
            Self::OutsideTheWeek { pair, start } => write!(
                f,
                "pair {pair}: an option starts at {start}, and the week has the slots 0 to 671"
            ),
            Self::TooDear { pair, most } => {
                write!(f, "pair {pair}: a cost is above {most}")
            }
            Self::NoTarget => {
                f.write_str("the displaced 1:1 is not among the pairs, or is one that stays")
            }
            Self::Offset(offset) => {
                write!(
                    f,
                    "a clock {offset} quarter hours off UTC: zones lie up to 56 off"
                )
            }
            Self::StaysNowhere(id) => {
                write!(f, "pair {id} stays, and has not one place to stay at")
            }
            Self::BothStay {
                pair,
                other,
                person,
            } => write!(
                f,
                "pairs {pair} and {other} are both to stay where they are, and person {person} cannot be at both"
            ),
        }
    }
}

impl Error for Flaw {}

/// The first flaw of references and shape.
pub(super) fn find(people: &[Person], pairs: &[Pair]) -> Result<(), Flaw> {
    let mut ids = BTreeSet::new();
    let mut couples = std::collections::BTreeMap::new();
    for pair in pairs {
        if !ids.insert(pair.id) {
            return Err(Flaw::SameId(pair.id));
        }
        for person in [pair.manager, pair.report] {
            if person >= people.len() {
                return Err(Flaw::NoSuchPerson {
                    pair: pair.id,
                    person,
                });
            }
        }
        if pair.manager == pair.report {
            return Err(Flaw::WithOneself(pair.id));
        }
        let couple = (pair.manager.min(pair.report), pair.manager.max(pair.report));
        if let Some(other) = couples.insert(couple, pair.id) {
            return Err(Flaw::Twice {
                pair: pair.id,
                other,
            });
        }
    }
    for (index, person) in people.iter().enumerate() {
        if let Some(boss) = person.boss.filter(|boss| *boss >= people.len()) {
            return Err(Flaw::NoSuchBoss {
                person: index,
                boss,
            });
        }
    }
    circle(people)
}

/// Follows every chain of bosses once.
fn circle(people: &[Person]) -> Result<(), Flaw> {
    // 0: not visited; otherwise the number of the walk that came by first.
    let mut seen = vec![0_usize; people.len()];
    for start in 0..people.len() {
        let walk = start + 1;
        let mut at = Some(start);
        while let Some(person) = at {
            if seen[person] == walk {
                return Err(Flaw::Circle(person));
            }
            if seen[person] != 0 {
                break;
            }
            seen[person] = walk;
            at = people[person].boss;
        }
    }
    Ok(())
}
