//! 1:1s of which all that is left is what is settled: the calendars that showed them are not kept any more.

use super::collect::Audit;
use std::sync::Arc;
use steadfast_ledger::pairs::{Because, Direction, Found, Relationship, SeriesOfTwo};

impl Audit {
    /// Adds the 1:1s that no calendar shows any more. Of those that one does, who managed whom is taken from what was known
    /// where nothing else tells it.
    pub(super) fn remember_settled(&mut self, found: &mut Found) {
        let parts: Vec<_> = self
            .options
            .settled
            .iter()
            .filter(|part| part.is_all)
            .cloned()
            .collect();
        for part in parts {
            let [a, b] = part.people.each_ref().map(|who| self.meet(who));
            let manager = part.manager.as_deref().map(|who| self.meet(who));
            let manager = manager.filter(|who| [a, b].contains(who));
            let known = found
                .relationships
                .iter_mut()
                .find(|one| one.people.contains(&a) && one.people.contains(&b));
            if let Some(known) = known {
                if let (None, Some(_)) = (known.manager, manager) {
                    known.manager = manager;
                    known.direction = Direction::Inferred;
                }
                continue;
            }
            let lines = self.directory.lines_between(a, b);
            let declared = lines.last().map(|line| line.manager);
            let mut people = [a, b];
            people.sort_unstable();
            found.relationships.push(Relationship {
                people,
                manager: declared.or(manager),
                direction: match (declared, manager) {
                    (Some(_), _) => Direction::Declared,
                    (None, Some(_)) => Direction::Inferred,
                    (None, None) => Direction::Unknown,
                },
                because: Arc::new(Because {
                    confidence: 1.0,
                    why: vec![
                        "what was seen of it was let go; what became of each is kept".to_owned(),
                    ],
                }),
                series: SeriesOfTwo::new(),
                lines: lines.into(),
            });
        }
    }
}
