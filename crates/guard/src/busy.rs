//! A 1:1 that its owner's calendar shows as free holds no slot: whoever looks for a time finds theirs open, and takes it. It is
//! shown as busy by its owner's own word, for it is theirs to say when they are; nobody else is told.

use crate::ids::PersonId;
use crate::intent::{Intent, Measure, Undo, What};
use crate::policy::{How, Whose};
use crate::threats::{Evidence, Kind};
use crate::world::one_on_one::OneOnOne;

/// What makes it busy on the calendar of `person`, by their own word; `version` of what stands as free there.
pub fn intent(one: &OneOnOne, person: PersonId, version: u32, because: String) -> Intent {
    Intent {
        key: format!("{}/busy/{person}@{version}", one.id),
        owner: person,
        policy: Whose::OneOnOne,
        how: How::ByOwner,
        one_on_one: one.id,
        promise: None,
        measure: Measure::HoldSlot,
        // Nothing lies over it yet: that nothing may come to is what it is for.
        against: Kind::Overlap,
        seen: Evidence::default(),
        on: None,
        booker: None,
        free: Vec::new(),
        what: What::Busy { person },
        why: because,
        // How it said that it is free, whoever writes it knows.
        undo: Undo::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::OneOnOneId;
    use crate::own::Own;
    use crate::policy::{Asked, Policies, Refused, permits};
    use crate::world::World;
    use steadfast_calendar::Instant;

    #[test]
    fn it_is_its_owners_to_say_and_nobody_elses() {
        let (me, other) = (PersonId(1), PersonId(2));
        let one = OneOnOne {
            id: OneOnOneId(1),
            manager: me,
            report: other,
            cadence_days: 7,
            minutes: 30,
            since: Instant::from_seconds(0),
            ended: false,
            has_met: true,
            has_series: true,
            recent: Vec::new(),
        };
        let (world, own) = (World::default(), Own::default());
        let mut policies = Policies::default();
        let mine = intent(&one, me, 1, String::new());
        let asks = |policies: &Policies, intent: &Intent| {
            let now = Instant::from_seconds(0);
            let asked = Asked {
                world: &world,
                own: &own,
                policies,
                now,
            };
            permits(asked, intent)
        };
        assert_eq!(asks(&policies, &mine), Ok(()));
        let theirs = Intent {
            owner: other,
            ..mine.clone()
        };
        assert_eq!(asks(&policies, &theirs), Err(Refused::NotTheirs));
        // By itself it is bound as everything is.
        let by_itself = Intent {
            how: How::Automatic,
            ..mine.clone()
        };
        assert_eq!(asks(&policies, &by_itself), Err(Refused::OnlyAdvises));
        policies.stopped.insert(me);
        assert_eq!(asks(&policies, &mine), Err(Refused::Stopped));
    }
}
