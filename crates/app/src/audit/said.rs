//! What people said, by who is who.

use super::{
    answers_file::{Answer, Says},
    options::{AgreedCadence, ChangedBy, RecordedChange, SettledOfTwo},
};
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::Arc;
use steadfast_ledger::{
    case::{ChangeTime, ManagerSays, ReportSays},
    fate::{Agreement, Agreements, AllRecorded, AllSettled, MadeBy, Recorded},
    people::{Directory, PersonId},
};

/// By report and day of the promise.
pub(super) fn says(
    answers: &[Answer],
    directory: &Directory,
) -> HashMap<(PersonId, Date), (Option<ReportSays>, Option<ManagerSays>)> {
    let mut says: HashMap<_, (Option<ReportSays>, Option<ManagerSays>)> = HashMap::new();
    for answer in answers {
        let Some(report) = directory.find(&answer.report) else {
            continue;
        };
        let entry = says.entry((report, answer.date)).or_default();
        match answer.says {
            Says::Report(word) => entry.0 = Some(word),
            Says::Manager(word) => entry.1 = Some(word),
        }
    }
    says
}

/// What is settled, by the two.
pub(super) fn settled(all: &[SettledOfTwo], directory: &Directory) -> AllSettled {
    let mut settled = AllSettled::new();
    for part in all {
        if let Some(people) = the_two(&part.people, directory) {
            settled.entry(people).or_default().and(part.settled.clone());
        }
    }
    settled
}

fn the_two(people: &[String; 2], directory: &Directory) -> Option<[PersonId; 2]> {
    let [Some(a), Some(b)] = people.each_ref().map(|who| directory.find(who)) else {
        return None;
    };
    let mut people = [a, b];
    people.sort_unstable();
    Some(people)
}

/// By the two; whoever is on no calendar has no 1:1 to be judged.
pub(super) fn agreed(cadences: &[AgreedCadence], directory: &Directory) -> Agreements {
    let mut agreements = Agreements::new();
    for agreed in cadences {
        let Some(people) = the_two(&agreed.people, directory) else {
            continue;
        };
        agreements.entry(people).or_default().push(Agreement {
            from: agreed.from,
            days: agreed.days,
        });
    }
    agreements
}

/// By UID; what somebody did who is on no calendar changed none.
pub(super) fn recorded(changes: &[RecordedChange], directory: &Directory) -> AllRecorded {
    let mut all = AllRecorded::new();
    for change in changes {
        let by = match &change.by {
            ChangedBy::Person(address) => directory.find(address).map(MadeBy::Person),
            ChangedBy::Program => Some(MadeBy::Program),
            ChangedBy::Both => Some(MadeBy::Both),
        };
        let Some(by) = by else {
            continue;
        };
        let (earliest, latest) = change.within;
        let of_uid = all.entry(Arc::from(change.uid.as_str())).or_default();
        of_uid.push(Recorded {
            id: change.occurrence,
            at: ChangeTime { earliest, latest },
            to: change.to,
            by,
        });
    }
    all
}
