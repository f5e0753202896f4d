//! The name of the state a plan was made from: the same for the same problem, another as soon as anything differs.

use super::{Kind, Problem};
use sha2::{Digest, Sha256};
use std::fmt;

/// The name of a state. A plan is of use only while the state has the same name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct State([u8; 16]);

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Problem {
    /// Its name: half of a SHA-256 over everything that decides the plan.
    pub fn state(&self) -> State {
        let mut hash = Sha256::new();
        let (kind, target) = match self.kind {
            Kind::Organisation => (0_u64, 0),
            Kind::Week => (1, 0),
            Kind::MakeGood(index) => (2, index as u64),
        };
        let mut word = |value: u64| hash.update(value.to_le_bytes());
        let cap = |cap: Option<super::DayCap>| {
            cap.map_or([0, 0], |cap| {
                [1 + u64::from(cap.starts), cap.utc_offset as u64]
            })
        };
        for value in [kind, target, self.people.len() as u64] {
            word(value);
        }
        cap(self.cap).into_iter().for_each(&mut word);
        for person in &self.people {
            // Of equally dear plans the names say which goes first.
            word(person.name.len() as u64);
            person.name.bytes().for_each(|byte| word(byte.into()));
            word(person.boss.map_or(0, |boss| boss as u64 + 1));
            word(person.utc_offset as u64);
            word(u64::from(person.buffer));
            cap(person.per_day).into_iter().for_each(&mut word);
        }
        for pair in &self.pairs {
            let current = pair.current.map_or(0, |place| {
                (u64::from(place.start) << 2 | u64::from(place.weeks.bits())) + 1
            });
            for value in [
                u64::from(pair.id),
                pair.manager as u64,
                pair.report as u64,
                u64::from(pair.length),
                u64::from(pair.drop),
                u64::from(pair.stays),
                current,
                pair.options.len() as u64,
            ] {
                word(value);
            }
            for option in &pair.options {
                let place = option.place;
                word(
                    u64::from(option.cost) << 32
                        | u64::from(place.start) << 2
                        | u64::from(place.weeks.bits()),
                );
            }
        }
        let mut name = [0; 16];
        name.copy_from_slice(&hash.finalize()[..16]);
        State(name)
    }
}
