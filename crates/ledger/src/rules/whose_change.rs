//! Which of several changes **decides** actor and notice.

use super::{
    Rule, attribution,
    notice::{self, Given},
};
use crate::case::{Change, Who};

/// The rule, as it is told.
pub const RULE: Rule = Rule {
    id: "one_on_one.whose_change",
    title: "Whose change",
    meaning: "Chosen from what the calendar says, before anybody's word. For a loss (cancelled, skipped, token, also \
              when made good) the last change counts. Otherwise the one with the least notice among those made \
              neither by the report nor by a plan; if all were, the one with the least notice of these; the first \
              where two gave the same. A change whose moment is not known decides only where no other can. Where the \
              moments are too uncertain to tell which of several gave the least notice, and they were made by \
              different people, nobody is named. hops is the number of changes; two or more and it was bounced.",
    thresholds: &[],
    decides: "actor, notice and hops",
    file: file!(),
};

/// The change that decides.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Deciding {
    /// Its index in the case's changes.
    pub index: usize,
    /// Who is named for it.
    pub who: Who,
    /// The notice it gave, where its moment is known.
    pub notice: Option<Given>,
}

/// The deciding change of an occurrence that the calendar shows as lost or not; `None` without changes.
pub fn deciding(changes: &[Change], lost: bool) -> Option<Deciding> {
    if lost {
        let change = changes.last()?;
        return Some(Deciding {
            index: changes.len() - 1,
            who: attribution::who(change.actor),
            notice: notice::of(change),
        });
    }
    let all: Vec<Deciding> = changes
        .iter()
        .enumerate()
        .map(|(index, change)| Deciding {
            index,
            who: attribution::who(change.actor),
            notice: notice::of(change),
        })
        .collect();
    let of_others: Vec<Deciding> = all
        .iter()
        .filter(|change| !matches!(change.who, Who::Report | Who::Plan))
        .copied()
        .collect();
    least_notice(if of_others.is_empty() {
        &all
    } else {
        &of_others
    })
}

fn least_notice(candidates: &[Deciding]) -> Option<Deciding> {
    let chosen = candidates
        .iter()
        .filter(|change| change.notice.is_some())
        .min_by_key(|change| change.notice.map(Given::minutes))
        .or(candidates.last())?;
    // Another one that may have given less notice still, made by somebody else: then whose it was is open.
    let contested = candidates.iter().any(|other| {
        other.index != chosen.index && other.who != chosen.who && may_be_less(other, chosen)
    });
    Some(Deciding {
        who: if contested { Who::Unknown } else { chosen.who },
        ..*chosen
    })
}

fn may_be_less(other: &Deciding, chosen: &Deciding) -> bool {
    match (other.notice, chosen.notice) {
        (Some(other), Some(chosen)) => other.least < chosen.most,
        _ => true,
    }
}

#[cfg(test)]
#[test]
fn cases() {
    super::check::check(&[
        (
            "of two by the manager's side the one with less notice, though it came first",
            "held thu 10:00; changed delegate 1h before; changed manager 1d before from fri 10:00",
            "moved notice:last_minute/60 hops:2 by:delegate disruption",
        ),
        (
            "the report's own is passed over, though it gave less",
            "held thu 10:00; changed manager 3d before; changed report 1h before from wed 10:00",
            "moved notice:fair/4320 hops:2 by:manager disruption",
        ),
        (
            "a plan's too",
            "held thu 10:00; changed plan 1h before; changed unknown 3d before from fri 10:00",
            "moved notice:fair/4320 hops:2 by:unknown q:0.5 disruption",
        ),
        (
            "all by the report or a plan: the least notice of these",
            "held thu 10:00; changed plan 3d before; changed report 1d before from wed 10:00",
            "moved excused:report notice:short/1440 hops:2 by:report q:0",
        ),
        (
            "the same notice twice: the first",
            "held thu 10:00; changed manager 1d before; changed automation 1d before from wed 10:00",
            "moved notice:short/1440 hops:2 by:manager disruption",
        ),
        (
            "a token is a loss: the last one counts",
            "held thu 10:00 for 5m; changed manager 1h before; changed report 1d before from thu 10:00",
            "moved cut:token excused:report notice:short/1440 hops:2 by:report q:0",
        ),
        (
            "halved is no loss: the least notice counts",
            "held thu 10:00 for 14m; changed manager 1h before; changed report 1d before from thu 10:00",
            "moved cut:halved notice:last_minute/60 hops:2 by:manager disruption",
        ),
        (
            "a known moment before an unknown one, and nobody is named",
            "held thu 10:00; changed manager 3d before; changed delegate at an unknown time",
            "moved notice:fair/4320 hops:2 by:unknown q:0.5 disruption",
        ),
        (
            "both by the manager: the manager is named",
            "held thu 10:00; changed manager 3d before; changed manager at an unknown time",
            "moved notice:fair/4320 hops:2 by:manager disruption",
        ),
        (
            "two ranges that cannot be told apart: nobody is named",
            "held thu 10:00; changed manager between 1d and 3d before; changed automation 2d before from wed 10:00",
            "moved notice:fair/2880 hops:2 by:unknown q:0.5 disruption",
        ),
        (
            "a loss whose last change has no known moment",
            "gone; changed manager 3d before; changed report at an unknown time",
            "cancelled excused:report hops:2 by:report q:0",
        ),
        (
            "an actor under 0.75 is nobody, and is not passed over as the report would be",
            "held thu 10:00; changed manager 3d before; changed report unsure 0.7 1d before from wed 10:00",
            "moved notice:short/1440 hops:2 by:unknown q:0.5 disruption",
        ),
    ]);
}
