//! A plan in words: plain, with the reason.

use crate::certificate::{self, Certificate};
use crate::instance::Instance;
use crate::make_good::{Alternative, Otherwise};
use crate::plan::{Because, Outcome, Plan, Status, Verdict};
use crate::problem::{Kind, Pair, Problem};
use crate::week::{DAY, Place, Weeks};

const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/// A place on the clock of somebody `utc_offset` quarter hours east of UTC: `Tue 14:30`.
pub fn clock(place: Place, utc_offset: i32) -> String {
    let local = i32::from(place.start) + utc_offset;
    let day = usize::try_from(local.div_euclid(DAY).rem_euclid(7)).unwrap_or(0);
    let quarter = local.rem_euclid(DAY);
    format!("{} {}:{:02}", DAYS[day], quarter / 4, quarter % 4 * 15)
}

/// The same, with the weeks where it is not in every one.
pub fn clock_and_weeks(problem: &Problem, place: Place, utc_offset: i32) -> String {
    let clock = clock(place, utc_offset);
    if problem.kind() != Kind::Organisation || place.weeks == Weeks::BOTH {
        return clock;
    }
    format!("{clock} ({} of two)", place.weeks)
}

/// Who meets: `Maya with Ben`.
pub fn who(problem: &Problem, pair: &Pair) -> String {
    let name = |person: usize| problem.people()[person].name.as_str();
    format!("{} with {}", name(pair.manager), name(pair.report))
}

/// Pairs by their ids: `pair 3`, `pairs 3 and 7`.
fn pairs(ids: &[u32]) -> String {
    match ids {
        [] => "nobody".to_owned(),
        [one] => format!("pair {one}"),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(u32::to_string).collect();
            format!("pairs {} and {last}", first.join(", "))
        }
    }
}

/// What became of a pair, in a word.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Kept => "kept",
        Outcome::Moved => "moved",
        Outcome::New => "new",
        Outcome::Dropped => "dropped",
    }
}

/// Why.
pub fn because(because: &Because) -> String {
    match because {
        Because::Cheapest => "none of its places costs less".to_owned(),
        Because::Beaten { by, dearer } if by.is_empty() => {
            format!("a place that costs {dearer} less by itself would cost others more")
        }
        Because::Beaten { by, dearer } => {
            format!("the place that costs {dearer} less goes to {}", pairs(by))
        }
        Because::FullDay { dearer } => {
            format!("a place that costs {dearer} less is on a day that is full")
        }
        Because::Lost => "one of the two is busy where it was".to_owned(),
        Because::GaveWay { to } => format!("where it was goes to {}", pairs(to)),
        Because::Better { by: 0 } => "it is as good here".to_owned(),
        Because::Better { by } => format!("it costs {by} less here than where it was"),
        Because::NoPlace => "there is no time at which both can".to_owned(),
        Because::AllTaken { by } if by.is_empty() => "its days are full".to_owned(),
        Because::AllTaken { by } => {
            format!(
                "every place it could have is full or taken, by {}",
                pairs(by)
            )
        }
        Because::NotWorth => "wherever it could be costs more than going without".to_owned(),
        Because::CostsOthers => {
            "there would be room, and others would pay more for it than going without costs"
                .to_owned()
        }
        Because::NotAsked => "displaced as well, and not asked about".to_owned(),
        Because::NotReached => "there was no time to look for more".to_owned(),
    }
}

/// What was made of a place.
pub fn verdict(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Chosen => "chosen".to_owned(),
        Verdict::Taken(by) => format!("taken by {}", pairs(by)),
        Verdict::DayFull => "that day is full".to_owned(),
        Verdict::Dearer => "free, and costs more".to_owned(),
        Verdict::AsGood => "free, and as good as what was chosen".to_owned(),
        Verdict::DearerForOthers => "free, and would cost others more".to_owned(),
    }
}

/// Where an alternative lies, seen from where the 1:1 was.
pub fn alternative(alternative: &Alternative) -> String {
    let far = match alternative.away {
        None => "it had no place".to_owned(),
        Some(away) => {
            let (hours, quarters) = (away.abs() / 4 % 24, away.abs() % 4 * 15);
            let later = if away < 0 { "earlier" } else { "later" };
            match (alternative.same_day, away.abs() / DAY) {
                (true, _) => format!("the same day, {hours}:{quarters:02} h {later}"),
                (false, 0) => format!("{hours}:{quarters:02} h {later}, on another day"),
                (false, 1) => format!("a day {later}"),
                (false, days) => format!("{days} days {later}"),
            }
        }
    };
    match alternative.of_the_day {
        0 | 1 => format!("{far}; the best place of that day"),
        some => format!("{far}; the first of {some} equally good places of that day"),
    }
}

/// What else would help.
fn otherwise(problem: &Problem, target: &Pair, otherwise: &Otherwise) -> String {
    let at = |place: Place| clock(place, problem.people()[target.report].utc_offset);
    match otherwise {
        Otherwise::OneMoves {
            pair,
            to,
            place,
            cost,
        } => format!(
            "if pair {pair} moved to {}, {} would be free; together that costs {cost}",
            at(*to),
            at(*place)
        ),
        Otherwise::Half { place, length } => format!(
            "halve it rather than lose it: {} minutes at {}",
            length * 15,
            at(*place)
        ),
    }
}

/// What else would help a displaced 1:1 without a place, if anything.
pub fn what_else(instance: &Instance, plan: &Plan) -> Option<String> {
    let problem = instance.problem();
    let Kind::MakeGood(target) = problem.kind() else {
        return None;
    };
    let lower = match instance {
        Instance::One(_) => None,
        Instance::Two(instance) => instance.otherwise(plan),
    };
    lower.or_else(|| {
        let help = plan.otherwise.as_ref()?;
        Some(otherwise(problem, &problem.pairs()[target], help))
    })
}

/// The plan in a few sentences.
pub fn report(instance: &Instance, plan: &Plan) -> Vec<String> {
    let problem = instance.problem();
    if let Kind::MakeGood(target) = problem.kind() {
        return vec![displaced(instance, plan, &problem.pairs()[target])];
    }
    let count = |outcome: Outcome| {
        let reasons = plan.reasons.iter();
        reasons.filter(|reason| reason.outcome == outcome).count()
    };
    let mut lines = vec![format!(
        "{} 1:1s: {} stay where they are, {} move, {} get a first place, {} go without.",
        problem.pairs().len(),
        count(Outcome::Kept),
        count(Outcome::Moved),
        count(Outcome::New),
        count(Outcome::Dropped)
    )];
    let objective = plan.total.objective;
    lines.push(match plan.status() {
        Status::Optimal => format!("It costs {objective}; no plan costs less."),
        Status::Feasible => format!(
            "It costs {objective}; whether one costs less is not known, but none costs less than {}.",
            plan.bound
        ),
    });
    if certificate::look(problem) == Certificate::All {
        lines.push(
            "That everybody can have a 1:1 was certain beforehand: there are common times enough."
                .to_owned(),
        );
    }
    lines
}

fn displaced(instance: &Instance, plan: &Plan, target: &Pair) -> String {
    let who = who(instance.problem(), target);
    match &plan.alternatives[..] {
        [] => {
            let help = what_else(instance, plan);
            format!(
                "Nothing is free for pair {}, {who}: {}.",
                target.id,
                help.unwrap_or_else(|| "and moving one other meeting would not help".to_owned())
            )
        }
        [best, ..] => format!(
            "Pair {}, {who}, can have {} while all others stay; the best costs {}.",
            target.id,
            match plan.alternatives.len() {
                1 => "one place".to_owned(),
                some => format!("a place on each of {some} days"),
            },
            best.choice.cost
        ),
    }
}
