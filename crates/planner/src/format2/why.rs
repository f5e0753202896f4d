//! Why a pair has lost its place, stays, or has none: by the constraints.

use super::known::Planned;
use super::said::{self, Rhythm};
use super::{Instance, otherwise};
use crate::constraints::{Case, HARD};
use crate::plan::Plan;
use crate::problem::Pair;
use crate::week::{Place, WEEK, Weeks};
use crate::words::clock;

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
            Some("busy") => {
                let who = self.busy_there(pair, &case).unwrap_or_default();
                let giving_way = otherwise::giving_way(self, index, current);
                let giving_way = giving_way.map_or(String::new(), |what| format!("; {what}"));
                format!("{who} something else where it was{giving_way}")
            }
            Some("hours") => {
                let whose = self.outside_hours_of(pair, &case);
                let busy = self.busy_there(pair, &case);
                let busy = busy.map_or(String::new(), |who| {
                    format!("; {who} something else there too")
                });
                format!("where it was is outside {whose} hours{busy}")
            }
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

    /// `Maya has`, `Maya and Ben have`; None where neither has anything.
    fn busy_there(&self, pair: &Pair, case: &Case<'_>) -> Option<String> {
        let busy = |person: usize| case.count(&self.known[person].busy) > 0;
        let name = |person: usize| self.problem.people()[person].name.as_str();
        match (busy(pair.manager), busy(pair.report)) {
            (true, true) => Some(format!(
                "{} and {} have",
                name(pair.manager),
                name(pair.report)
            )),
            (true, _) => Some(format!("{} has", name(pair.manager))),
            (_, true) => Some(format!("{} has", name(pair.report))),
            _ => None,
        }
    }

    /// `Maya's`, `Maya's and Ben's`.
    fn outside_hours_of(&self, pair: &Pair, case: &Case<'_>) -> String {
        let out = |person: usize| {
            let known = &self.known[person];
            let hours = if case.far_apart {
                &known.agreed
            } else {
                &known.work
            };
            case.count(hours) < u32::from(case.length)
        };
        let name = |person: usize| self.problem.people()[person].name.as_str();
        let whose = [pair.manager, pair.report]
            .into_iter()
            .filter(|person| out(*person));
        let whose: Vec<String> = whose.map(|person| format!("{}'s", name(person))).collect();
        whose.join(" and ")
    }

    /// Why it stays.
    pub(crate) fn why_it_stays(&self, index: usize) -> &'static str {
        self.stays[index].map_or("it stays", super::Stays::why)
    }

    /// Why no start is left.
    pub(crate) fn why_no_place(&self, index: usize) -> String {
        format!("no start suits both: {}", self.where_not(index))
    }

    /// Where the starts of the week lie that it cannot have: `512 lie outside their hours, 73 on other meetings`.
    pub fn where_not(&self, index: usize) -> String {
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
        told.join(", ")
    }

    /// What is against a place, in a few words each; that it is another than before goes without saying.
    pub(crate) fn against(&self, index: usize, place: Place) -> Vec<String> {
        let terms = self.terms(index, place).into_iter();
        let said = terms.filter(|term| !["stable", "how_far"].contains(&term.constraint));
        said.map(|term| term.said).collect()
    }

    /// What a constraint says of a place, with the names of the two.
    pub(super) fn said_of(&self, pair: &Pair, short: &str) -> String {
        let name = |person: usize| self.problem.people()[person].name.as_str();
        let short = short.replace("{report}", name(pair.report));
        short.replace("{manager}", name(pair.manager))
    }

    /// Reports among these pairs who said nothing of their own hours or wishes: what suits them is a guess.
    pub(crate) fn without_wishes(&self, pairs: &[usize]) -> Vec<&str> {
        let silent = pairs
            .iter()
            .map(|index| self.problem.pairs()[*index].report);
        let mut silent: Vec<usize> = silent
            .filter(|person| {
                let said = &self.said.people[*person];
                said.prefers.is_empty() && said.avoids.is_empty() && said.focus.is_empty()
            })
            .collect();
        silent.sort_unstable();
        silent.dedup();
        let name = |person: usize| self.problem.people()[person].name.as_str();
        silent.into_iter().map(name).collect()
    }

    /// Reports whose place lies at a lunch that they did not name.
    pub(crate) fn at_usual_lunch(&self, plan: &Plan) -> Vec<&str> {
        let placed = plan.places.iter().enumerate();
        let placed = placed.filter_map(|(index, place)| Some((index, (*place)?)));
        let at_lunch = placed.filter_map(|(index, place)| {
            let report = self.problem.pairs()[index].report;
            let is_said = !self.said.people[report].lunch.is_empty();
            let case = self.case(index, place);
            (!is_said && case.count(&case.report.lunch) > 0).then_some(report)
        });
        let mut found: Vec<usize> = at_lunch.collect();
        found.sort_unstable();
        found.dedup();
        let name = |person: usize| self.problem.people()[person].name.as_str();
        found.into_iter().map(name).collect()
    }

    /// The report of the pair of that id or of that report's name, if it is one that does not meet in the week that is
    /// planned.
    pub fn is_not_due(&self, which: &str) -> Option<&str> {
        let name = |pair: &Pair| self.problem.people()[pair.report].name.as_str();
        let is_it = |pair: &&Pair| {
            which.parse() == Ok(pair.id) || name(pair).to_lowercase() == which.to_lowercase()
        };
        self.not_due.iter().find(is_it).map(name)
    }

    /// What would help a pair that a plan leaves without a place: as if it alone were displaced, and all others were where
    /// the plan has them.
    pub(crate) fn help(&self, plan: &Plan, index: usize) -> Option<String> {
        otherwise::find(&self.near(plan, index)?, plan)
    }

    /// The question about one pair, with what is near it alone: nobody else's time has a part in the answer, and asking costs
    /// the same in an organisation of any size.
    fn near(&self, plan: &Plan, index: usize) -> Option<Self> {
        let (people, pairs) = self.problem.near(index);
        let target = pairs.iter().position(|pair| *pair == index)?;
        let places: Vec<Option<Place>> = pairs.iter().map(|pair| plan.places[*pair]).collect();
        let said = &self.said;
        Some(Self {
            problem: self.problem.part(&people, &pairs).at(&places, target)?,
            known: people.iter().map(|at| self.known[*at].clone()).collect(),
            stays: pairs.iter().map(|at| self.stays[*at]).collect(),
            said: said::Instance {
                people: people.iter().map(|at| said.people[*at].clone()).collect(),
                pairs: pairs.iter().map(|at| said.pairs[*at].clone()).collect(),
                now: said.now.clone(),
                ..*said
            },
            not_due: Vec::new(),
            ..*self
        })
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

    /// Who meets every second week, where it is not said in which: they are planned as if in this one.
    pub(crate) fn rhythm_is_a_guess(&self) -> Option<String> {
        if self.planned == Planned::Both {
            return None;
        }
        let pairs = self.said.pairs.iter().zip(self.problem.pairs());
        let guessed = pairs.filter(|(said, _)| {
            said.rhythm == Rhythm::Biweekly && said.now_in == said::Weeks::Both
        });
        let name = |pair: &Pair| self.problem.people()[pair.report].name.clone();
        let names: Vec<String> = guessed.map(|(_, pair)| name(pair)).collect();
        let told = format!(
            "Every second week, and not said in which, so planned as if in this one: {}.",
            names.join(", ")
        );
        (!names.is_empty()).then_some(told)
    }

    /// The moment it was made for, and how long it may be carried out: later one of its new places lies within the notice.
    pub(crate) fn made_for(&self, plan: &Plan) -> Option<String> {
        let now = self.said.now.as_deref()?;
        let (from, _) = self.window?;
        let hours = self.said.notice_hours;
        let notice = match hours {
            0 => String::new(),
            _ => format!(
                "; nothing is put before {} UTC, {hours} hours later",
                self.utc(from)
            ),
        };
        let until = self
            .first_of_the_new(plan)
            .map_or_else(String::new, |first| {
                let notice = u16::try_from(hours.saturating_mul(4)).unwrap_or(u16::MAX);
                let until = first.saturating_sub(notice);
                format!(
                    " Tell everybody before {} UTC: later, one of the new places is too near.",
                    self.utc(until)
                )
            });
        Some(format!("Made for {now} UTC{notice}.{until}"))
    }

    /// The quarter hour of the fortnight at which the first of those that move takes place.
    fn first_of_the_new(&self, plan: &Plan) -> Option<u16> {
        let pairs = self.problem.pairs().iter().zip(&plan.places);
        let moved = pairs.filter_map(|(pair, place)| place.filter(|_| pair.current != *place));
        let (from, _) = self.window?;
        // What comes in both weeks, and in the first within the notice, begins with the second.
        let first = moved.map(|place| match place.first() {
            first if first < from => first + WEEK,
            first => first,
        });
        first.min()
    }

    fn utc(&self, quarter: u16) -> String {
        let place = Place {
            start: quarter % WEEK,
            weeks: Weeks::BOTH,
        };
        clock(place, 0)
    }
}
