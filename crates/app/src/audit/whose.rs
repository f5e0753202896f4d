//! Whose calendar it is.

use super::{collect::Audit, org_file::address};
use std::collections::HashMap;

/// Share of the events an address must be in to be taken for the owner's.
const SHARE: (usize, usize) = (4, 5);

/// The reader of the audit, and how that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Whose {
    pub address: String,
    pub because: String,
}

/// Whose calendar it is: as declared; else the owner that the sources name, where it is just one; else the address
/// in at least four fifths of the events. `None` when nothing tells, or several people's calendars are read.
pub(super) fn whose(audit: &Audit) -> Option<Whose> {
    if let Some(me) = audit.options.me.first() {
        return Some(Whose {
            address: address(me),
            because: "you said so".to_owned(),
        });
    }
    let mut owners: Vec<&str> = audit
        .history
        .copies
        .iter()
        .map(|c| c.label.as_str())
        .filter(|label| label.contains('@'))
        .collect();
    owners.sort_unstable();
    owners.dedup();
    let nameless = audit.history.copies.iter().any(|c| !c.label.contains('@'));
    match owners[..] {
        [only] if !nameless => Some(Whose {
            address: only.to_owned(),
            because: "the calendar's name".to_owned(),
        }),
        [] => by_share(audit),
        _ if nameless => by_share(audit),
        _ => None,
    }
}

fn by_share(audit: &Audit) -> Option<Whose> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut of = 0;
    for copy in audit
        .history
        .copies
        .iter()
        .filter(|c| !c.label.contains('@'))
    {
        for series in &copy.series {
            let Some(state) = series.last_known() else {
                continue;
            };
            let Some(event) = state.master.as_ref().or(state.overrides.first()) else {
                continue;
            };
            let mut people: Vec<&str> = event
                .attendees
                .iter()
                .map(|a| a.address.as_ref())
                .chain(event.organizer.iter().map(|o| o.address.as_ref()))
                .collect();
            people.sort_unstable();
            people.dedup();
            of += usize::from(!people.is_empty());
            for person in people {
                *seen.entry(person).or_default() += 1;
            }
        }
    }
    let (person, count) = seen
        .into_iter()
        .filter(|(_, count)| count * SHARE.1 >= of * SHARE.0)
        .filter(|(person, _)| !is_somebody_else(audit, person))
        .max_by_key(|(person, count)| (*count, std::cmp::Reverse(*person)))?;
    Some(Whose {
        address: person.to_owned(),
        because: format!("in {} % of the events", count * 100 / of.max(1)),
    })
}

/// Whoever is declared as my manager or my report is not me, however many of my meetings they are in.
fn is_somebody_else(audit: &Audit, person: &str) -> bool {
    let options = &audit.options;
    let declared = options.reports.iter().chain(&options.manager);
    declared.map(|a| address(a)).any(|other| other == person)
}
