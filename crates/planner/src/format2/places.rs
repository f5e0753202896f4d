//! Every place of a pair, as constraints see it.

use super::Instance;
use super::expand::weight;
use super::known::Planned;
use super::said::Rhythm;
use crate::constraints::{Case, Known, cost};
use crate::problem::{Choice, Kind};
use crate::week::{Place, WEEK, Weeks};

/// Shared working hours a week, in quarter hours, below which agreed hours hold. Two who share half of each day find a time
/// within it; with less, the same few hours would carry everybody's meetings.
const FAR_APART: usize = 80;

/// The two people of a pair, or what they would be otherwise, and how long they would meet.
#[derive(Clone, Copy)]
pub(super) struct Two<'a> {
    pub(super) manager: &'a Known,
    pub(super) report: &'a Known,
    pub(super) length: u16,
}

impl Instance {
    /// The pair as it is.
    pub(super) fn two(&self, index: usize) -> Two<'_> {
        let pair = &self.problem.pairs()[index];
        Two {
            manager: &self.known[pair.manager],
            report: &self.known[pair.report],
            length: pair.length,
        }
    }

    /// Every place of the fortnight that the rhythm of a pair has. None runs over the end of the week, Saturday 24:00 UTC:
    /// who is there would be in the next week too, where nobody would see it.
    pub(super) fn every_place(&self, index: usize) -> impl Iterator<Item = Place> + use<> {
        let weeks: &[Weeks] = match (self.planned, self.said.pairs[index].rhythm) {
            (Planned::Both, Rhythm::Biweekly) => &[Weeks::A, Weeks::B],
            _ => &[Weeks::BOTH],
        };
        let pair = &self.problem.pairs()[index];
        let spans = [pair.manager, pair.report].map(|person| self.problem.span(pair, person));
        let last = WEEK - spans[0].max(spans[1]).min(WEEK);
        (0..=last).flat_map(|start| {
            weeks.iter().map(move |weeks| Place {
                start,
                weeks: *weeks,
            })
        })
    }

    /// A pair at a place, as constraints see it.
    pub(super) fn case(&self, index: usize, place: Place) -> Case<'_> {
        let two = self.two(index);
        self.case_of(index, two, place, are_far_apart(two))
    }

    fn case_of<'a>(&self, index: usize, two: Two<'a>, place: Place, far_apart: bool) -> Case<'a> {
        Case {
            manager: two.manager,
            report: two.report,
            place,
            length: two.length,
            current: self.problem.pairs()[index].current,
            weight: weight(&self.said.pairs[index]),
            stays: self.stays.get(index).is_some_and(Option::is_some),
            is_displaced: self.problem.kind() == Kind::MakeGood(index),
            far_apart,
            from: self.window.map(|(from, _)| from),
            soon: self.window.map(|(_, soon)| soon),
        }
    }

    /// The places a pair may have, and what they cost.
    pub(super) fn options(&self, index: usize) -> Vec<Choice> {
        self.options_of(index, self.two(index))
    }

    /// The same if its two people were these.
    pub(super) fn options_of(&self, index: usize, two: Two<'_>) -> Vec<Choice> {
        let far_apart = are_far_apart(two);
        let case = |place| self.case_of(index, two, place, far_apart);
        if self.stays[index].is_some() {
            // Wherever it is, it is there already.
            let here = self.problem.pairs()[index].current;
            let choice = |place| Choice {
                place,
                cost: crate::constraints::wishes(&case(place)),
            };
            return here.into_iter().map(choice).collect();
        }
        self.every_place(index)
            .filter_map(|place| {
                Some(Choice {
                    place,
                    cost: cost(&case(place))?,
                })
            })
            .collect()
    }
}

fn are_far_apart(two: Two<'_>) -> bool {
    let shared = (0..i32::from(WEEK))
        .filter(|at| two.manager.work.has(*at, 1) && two.report.work.has(*at, 1));
    shared.count() < FAR_APART
}
