//! Whose calendar it is.

use super::{
    collect::Audit,
    org_file::address,
    share::{self, Decision, Group},
};
use std::collections::HashSet;
use steadfast_calendar::{CuType, Glance};
use steadfast_ledger::{namesakes::Namesakes, people::PersonId};

/// The reader of the audit, and how that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Whose {
    pub address: String,
    /// Their other addresses.
    pub others: Vec<String>,
    pub because: String,
}

/// Whose calendar it is, as far as that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    Known(Whose),
    /// One of these, each with all their addresses; empty where nobody in particular may be it.
    Undecided(Vec<Vec<String>>),
    /// Several people's calendars, or no meetings: there is no one owner to be found.
    NoOne,
}

/// Whose calendar it is: as declared; else the owner that the sources name, where it is just one; else who is in
/// nearly all meetings while nobody else is. `namesakes`: the addresses of one name; those of one person count together.
pub(super) fn whose(audit: &Audit, namesakes: &[Namesakes]) -> Owner {
    if let Some((me, others)) = audit.options.me.split_first() {
        return Owner::Known(Whose {
            address: address(me),
            others: others.iter().map(|other| address(other)).collect(),
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
        [only] if !nameless => Owner::Known(Whose {
            address: only.to_owned(),
            others: Vec::new(),
            because: "the calendar's name".to_owned(),
        }),
        [] => by_share(audit, namesakes),
        _ if nameless => by_share(audit, namesakes),
        _ => Owner::NoOne,
    }
}

fn by_share(audit: &Audit, namesakes: &[Namesakes]) -> Owner {
    let mut meetings = share::Meetings::without(somebody_else(audit), &audit.history.texts());
    let copies = audit.history.copies.iter();
    for copy in copies.filter(|c| !c.label.contains('@')) {
        for series in copy.all() {
            series.leading(|event| meetings.add(people(&event)));
        }
    }
    match share::decide(&meetings, namesakes) {
        Decision::Owner(Group { addresses, share }) => {
            let mut addresses = addresses.into_iter().rev();
            let newest = addresses.next().unwrap_or_default();
            let others: Vec<String> = addresses.collect();
            let under = match others.len() {
                0 => String::new(),
                more => format!(", under {} addresses of one name", more + 1),
            };
            Owner::Known(Whose {
                address: newest,
                others,
                because: format!("in {share} % of the events{under}"),
            })
        }
        Decision::OneOf(groups) => {
            Owner::Undecided(groups.into_iter().map(|g| g.addresses).collect())
        }
        Decision::NoMeetings => Owner::NoOne,
    }
}

/// The two of whom one owns the calendar that nobody is known to own, each with all their addresses.
pub(super) fn either(audit: &Audit) -> Option<[Vec<PersonId>; 2]> {
    let Owner::Undecided(groups) = &audit.owner else {
        return None;
    };
    let [one, other] = groups.as_slice() else {
        return None;
    };
    let nameless = audit.history.copies.iter().filter(|c| c.owner.is_none());
    let people = |group: &[String]| {
        let known = group.iter().filter_map(|a| audit.directory.find(a));
        known.collect()
    };
    (nameless.count() == 1).then(|| [people(one), people(other)])
}

/// Everybody in an event who may be human, with their names.
pub(super) fn people<'a>(event: &Glance<'a>) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
    let thing = |cutype| matches!(cutype, CuType::Room | CuType::Resource | CuType::Group);
    let people = event
        .people()
        .filter(move |who| !who.cutype.is_some_and(thing));
    people.map(|who| (who.address, who.name))
}

/// Whoever is declared as my manager or my report is not me, however many of my meetings they are in.
fn somebody_else(audit: &Audit) -> HashSet<String> {
    let options = &audit.options;
    let declared = options.reports.iter().chain(&options.manager);
    declared.map(|a| address(a)).collect()
}
