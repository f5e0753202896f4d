//! Why a pair has lost its place, stays, or has none: by the constraints.

use super::{Instance, otherwise};
use crate::constraints::{Case, HARD, SOFT};
use crate::plan::Plan;
use crate::problem::Pair;
use crate::week::Place;

impl Instance {
    /// Why where it was is none of its places any more.
    pub(crate) fn why_lost(&self, index: usize) -> String {
        let pair = &self.problem.pairs()[index];
        let Some(current) = pair.current else {
            return "it had no place".to_owned();
        };
        let case = self.case(index, current);
        let first = HARD.iter().find(|hard| !(hard.allows)(&case));
        let name = |person: usize| self.problem.people()[person].name.as_str();
        match first.map(|hard| hard.id) {
            Some("busy") => format!(
                "{} something else where it was",
                self.busy_there(pair, &case)
            ),
            Some("hours") => "where it was is outside the hours of one of the two".to_owned(),
            Some("focus") => format!(
                "where it was lies in two hours or more that {} keeps free for work",
                name(pair.report)
            ),
            Some("lost") => "it is displaced: where it was is gone".to_owned(),
            Some("notice") => {
                "where it was is within the notice, and it cannot be held there".to_owned()
            }
            _ => "where it was is taken by a 1:1 that stays".to_owned(),
        }
    }

    fn busy_there(&self, pair: &Pair, case: &Case<'_>) -> String {
        let busy = |person: usize| case.count(&self.known[person].busy) > 0;
        let name = |person: usize| self.problem.people()[person].name.as_str();
        match (busy(pair.manager), busy(pair.report)) {
            (true, true) => format!("{} and {} have", name(pair.manager), name(pair.report)),
            (true, _) => format!("{} has", name(pair.manager)),
            _ => format!("{} has", name(pair.report)),
        }
    }

    /// Why it stays.
    pub(crate) fn why_it_stays(&self, index: usize) -> &'static str {
        self.stays[index].map_or("it stays", super::Stays::why)
    }

    /// Why no start is left.
    pub(crate) fn why_no_place(&self, index: usize) -> String {
        let told = |(constraint, starts): (&str, usize)| {
            let what = match constraint {
                "hours" => "outside their hours",
                "busy" => "on other meetings",
                "focus" => "in hours kept free for work",
                "lost" => "where it was",
                "notice" => "within the notice",
                _ => "where another 1:1 stays",
            };
            (starts > 0).then(|| format!("{starts} lie {what}"))
        };
        let told: Vec<String> = self.ruled_out(index).into_iter().filter_map(told).collect();
        format!("no start suits both: {}", told.join(", "))
    }

    /// What is against a place, in a few words each; that it is another than before goes without saying.
    pub(crate) fn against(&self, index: usize, place: Place) -> Vec<&'static str> {
        let case = self.case(index, place);
        let counts = SOFT.iter().filter(|soft| (soft.count)(&case) > 0);
        let said = counts.filter(|soft| soft.id != "stable");
        said.map(|soft| soft.short).collect()
    }

    /// What would help a pair that a plan leaves without a place: as if it alone were displaced, and all others were where
    /// the plan has them.
    pub(crate) fn help(&self, plan: &Plan, index: usize) -> Option<String> {
        let mut then = self.clone();
        then.problem = then.problem.at(&plan.places, index)?;
        otherwise::find(&then, plan)
    }

    /// Who meets every second week and not in this one.
    pub(crate) fn not_due(&self) -> Option<String> {
        let name = |pair: &Pair| self.problem.people()[pair.report].name.clone();
        let names: Vec<String> = self.not_due.iter().map(name).collect();
        let told = format!(
            "Not due in this week, every second week: {}.",
            names.join(", ")
        );
        (!names.is_empty()).then_some(told)
    }
}
