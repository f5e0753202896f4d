//! Several addresses become one person, where the user or the calendars say that they are.

use super::{collect::Audit, org_file::address, whose::Whose};
use std::sync::Arc;
use steadfast_ledger::{
    namesakes::{Namesakes, Sameness},
    people::PersonId,
};

impl Audit {
    /// Gives each person one entry of the directory. The declared address stays the main one, else the newest.
    pub(super) fn unite(&mut self, namesakes: &[Namesakes], me: Option<&Whose>) {
        if let Some(me) = me {
            let id = self.directory.meet(&me.address);
            for other in &me.others {
                self.directory.alias(Arc::from(other.as_str()), id);
            }
        }
        for one in namesakes {
            if one.sameness == Sameness::One && self.roles(one) < 2 {
                self.make_one(one, me);
            } else if one.sameness != Sameness::Several {
                self.note(one);
            }
        }
    }

    fn make_one(&mut self, one: &Namesakes, me: Option<&Whose>) {
        let mine = me.and_then(|me| self.directory.find(&me.address));
        let known = |a: &Arc<str>| self.directory.find(a);
        let is_mine = mine.is_some() && one.addresses.iter().any(|a| known(a) == mine);
        let id = match (mine, one.addresses.last()) {
            (Some(mine), _) if is_mine => mine,
            (_, Some(newest)) => self.directory.meet(newest),
            (_, None) => return,
        };
        for address in &one.addresses {
            self.directory.alias(address.clone(), id);
        }
    }

    /// One name of which it is not known whether it is one person: said where it matters.
    fn note(&mut self, one: &Namesakes) {
        let mut ids: Vec<PersonId> = one
            .addresses
            .iter()
            .map(|a| self.directory.meet(a))
            .collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.len() > 1 {
            self.directory.namesakes.push(ids);
        }
    }

    /// How many of the parts that exclude one another are declared of these addresses: me, my manager, my report.
    fn roles(&self, one: &Namesakes) -> usize {
        let options = &self.options;
        let named = |declared: &[String]| {
            let mut declared = declared.iter().map(|a| address(a));
            declared.any(|a| one.addresses.iter().any(|known| **known == *a))
        };
        let manager: Vec<String> = options.manager.iter().cloned().collect();
        let parts = [named(&options.me), named(&options.reports), named(&manager)];
        parts.into_iter().filter(|part| *part).count()
    }
}
