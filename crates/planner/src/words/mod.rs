//! A plan in words: plain, with the reason.

mod report;

pub use report::report;

use crate::instance::Instance;
use crate::make_good::{Alternative, Otherwise};
use crate::plan::{Because, Outcome, Plan, Verdict};
use crate::problem::{Kind, Pair, Problem};
use crate::week::{DAY, Place, Weeks};

const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/// Names in one reason; more are counted.
const MOST_NAMED: usize = 3;

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

/// The same on the clock of the manager, and on that of the report where it says something else:
/// `Fri 15:00 (9:00 for Bea)`, `Mon 0:30 (Sun 18:30 for Bea)`.
pub fn clocks(problem: &Problem, pair: &Pair, place: Place) -> String {
    let (manager, report) = (
        &problem.people()[pair.manager],
        &problem.people()[pair.report],
    );
    let here = clock_and_weeks(problem, place, manager.utc_offset);
    if manager.utc_offset == report.utc_offset {
        return here;
    }
    let (ours, theirs) = (
        clock(place, manager.utc_offset),
        clock(place, report.utc_offset),
    );
    let same_day = ours.get(..3) == theirs.get(..3);
    let theirs = if same_day { &theirs[4..] } else { &theirs[..] };
    format!("{here} ({theirs} for {})", report.name)
}

/// Who meets: `Maya with Ben`.
pub fn who(problem: &Problem, pair: &Pair) -> String {
    let name = |person: usize| problem.people()[person].name.as_str();
    format!("{} with {}", name(pair.manager), name(pair.report))
}

/// Other 1:1s: `Ben's 1:1`, `the 1:1s of Ben and Ana`; of another manager, with both names. Those with the manager of `of`
/// are told by their report.
fn pairs(problem: &Problem, of: &Pair, ids: &[u32]) -> String {
    let name = |person: usize| problem.people()[person].name.clone();
    let pairs = ids.iter().filter_map(|id| problem.pair(*id));
    let mut told: Vec<String> = pairs
        .map(|index| {
            let other = &problem.pairs()[index];
            if other.manager == of.manager {
                name(other.report)
            } else {
                format!("{} with {}", name(other.report), name(other.manager))
            }
        })
        .collect();
    let more = told.len().saturating_sub(MOST_NAMED);
    told.truncate(MOST_NAMED);
    if more > 0 {
        told.push(format!("{more} more"));
    }
    match &told[..] {
        [] => "nobody".to_owned(),
        [one] => format!("the 1:1 of {one}"),
        [first @ .., last] => format!("the 1:1s of {} and {last}", first.join(", ")),
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

/// Why the pair at `index` is where it is.
pub fn reason(instance: &Instance, plan: &Plan, index: usize) -> String {
    let problem = instance.problem();
    let pair = &problem.pairs()[index];
    let because = &plan.reasons[index].because;
    match (because, instance) {
        (Because::Lost, Instance::Two(two)) => two.why_lost(index),
        (Because::Stays, Instance::Two(two)) => two.why_it_stays(index).to_owned(),
        (Because::NoPlace, Instance::Two(two)) => two.why_no_place(index),
        (Because::NotAsked, Instance::Two(two)) => {
            format!(
                "{}; {}",
                two.why_lost(index),
                because_of(problem, pair, because)
            )
        }
        _ => because_of(problem, pair, because),
    }
}

fn because_of(problem: &Problem, pair: &Pair, because: &Because) -> String {
    match because {
        Because::Cheapest { as_good } => match as_good {
            0 => "the best of its places".to_owned(),
            1 => "none of its places is better; another one is as good".to_owned(),
            others => format!("none of its places is better; {others} others are as good"),
        },
        Because::LeftAlone => "it stays, as only another one was asked about".to_owned(),
        Because::Beaten { by, dearer } => format!(
            "the place that is better by {dearer} goes to {}",
            pairs(problem, pair, by)
        ),
        Because::FullDay { dearer } => {
            format!("a place that is better by {dearer} is on a day that is full")
        }
        Because::NotKnown { dearer } => format!(
            "a place that is better by {dearer} is free; what it would mean for others is not known"
        ),
        Because::Lost => "where it was is none of its places any more".to_owned(),
        Because::Stays => "it stays, whatever the others".to_owned(),
        Because::GaveWay { to } => {
            format!("where it was goes to {}", pairs(problem, pair, to))
        }
        Because::Better { by: 0 } => "it is as good here".to_owned(),
        Because::Better { by } => format!("it is better here by {by} than where it was"),
        Because::NoPlace => "it has no place to choose from".to_owned(),
        Because::AllTaken { by } if by.is_empty() => "its days are full".to_owned(),
        Because::AllTaken { by } => format!(
            "every place it could have is full or taken, by {}",
            pairs(problem, pair, by)
        ),
        Because::TooDear => "every place it could have is worse than none".to_owned(),
        Because::NotAsked if pair.current.is_none() => {
            "it has no place yet, and only another one was asked about; a plan of the week places all of them".to_owned()
        }
        Because::NotAsked => {
            "it has lost its place too, and only another one was asked about; a plan of the week places all of them"
                .to_owned()
        }
        Because::NotReached => "there was no time to look for more".to_owned(),
    }
}

/// What was made of a place of that pair.
pub fn verdict(problem: &Problem, pair: &Pair, verdict: &Verdict) -> String {
    match verdict {
        Verdict::Chosen => "chosen".to_owned(),
        Verdict::Taken(by) => format!("given to {}", pairs(problem, pair, by)),
        Verdict::DayFull => "that day is full".to_owned(),
        Verdict::Dearer => "free, and worse".to_owned(),
        Verdict::AsGood => "free, and as good as what was chosen".to_owned(),
        Verdict::NotAsked => "free; this plan asks about another 1:1".to_owned(),
        Verdict::NotKnown => "free; what it would mean for others is not known".to_owned(),
    }
}

/// Where an alternative lies, seen from where the 1:1 was.
pub fn alternative(alternative: &Alternative) -> String {
    let far = match alternative.away {
        None => "it had no place".to_owned(),
        Some(away) => {
            let later = if away < 0 { "earlier" } else { "later" };
            match (alternative.same_day, alternative.days_away) {
                (true, _) => format!("the same day, {} {later}", duration(away.abs())),
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

/// `45 minutes`, `an hour`, `1:30 hours`.
fn duration(quarters: i32) -> String {
    match (quarters / 4, quarters % 4 * 15) {
        (0, minutes) => format!("{minutes} minutes"),
        (1, 0) => "an hour".to_owned(),
        (hours, 0) => format!("{hours} hours"),
        (hours, minutes) => format!("{hours}:{minutes:02} hours"),
    }
}

/// What else would help.
fn otherwise(problem: &Problem, target: &Pair, otherwise: &Otherwise) -> String {
    let offset = problem.people()[target.report].utc_offset;
    let at = |place: Place| clock(place, offset);
    match otherwise {
        Otherwise::OneMoves {
            pair, to, place, ..
        } => {
            let other = &problem.pairs()[*pair];
            format!(
                "if another 1:1, which matters as much, moved to {}, {} would be free: that of {}; ask them first",
                at(*to),
                at(*place),
                who(problem, other)
            )
        }
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

/// What is against the place of the pair at `index`, where that is known: `at Ben's lunch, in the middle of Ben's day`.
pub fn against(instance: &Instance, plan: &Plan, index: usize) -> Option<String> {
    against_place(instance, index, plan.places[index]?)
}

/// The same of another place it could have.
pub fn against_place(instance: &Instance, index: usize, place: Place) -> Option<String> {
    let Instance::Two(two) = instance else {
        return None;
    };
    let against = two.against(index, place);
    (!against.is_empty()).then(|| against.join(", "))
}

/// Who has to go elsewhere before the pair at `index` can be where the plan has it: `once Wanjiru has moved`; where they wait for
/// one another, `in one go with Wanjiru`.
pub fn after(problem: &Problem, plan: &Plan, index: usize) -> Option<String> {
    let pair = &problem.pairs()[index];
    let told = |all: Vec<usize>, before: &str, behind: &str| {
        let ids: Vec<u32> = all.into_iter().map(|at| problem.pairs()[at].id).collect();
        (!ids.is_empty()).then(|| format!("{before} {}{behind}", pairs(problem, pair, &ids)))
    };
    let (circle, first): (Vec<usize>, Vec<usize>) = in_the_way(problem, plan, index)
        .into_iter()
        .partition(|other| waits_for(problem, plan, *other, index));
    let first = told(first, "once", " has moved");
    let circle = told(circle, "in one go with", "");
    match (first, circle) {
        (Some(first), Some(circle)) => Some(format!("{first}, {circle}")),
        (first, circle) => first.or(circle),
    }
}

/// Others that move, and stand now where the pair at `index` goes.
fn in_the_way(problem: &Problem, plan: &Plan, index: usize) -> Vec<usize> {
    let pair = &problem.pairs()[index];
    let Some(place) = plan.places[index] else {
        return Vec::new();
    };
    let others = problem.pairs().iter().enumerate().filter(|(other, there)| {
        let two = [there.manager, there.report];
        let shared = [pair.manager, pair.report]
            .into_iter()
            .filter(|person| two.contains(person));
        let mut shared =
            shared.map(|person| (problem.span(pair, person), problem.span(there, person)));
        *other != index
            && plan.reasons[*other].outcome == Outcome::Moved
            && there
                .current
                .is_some_and(|was| shared.any(|(ours, theirs)| place.overlaps(ours, was, theirs)))
    });
    others.map(|(other, _)| other).collect()
}

/// Whether one waits for another, directly or through others.
fn waits_for(problem: &Problem, plan: &Plan, one: usize, other: usize) -> bool {
    /// Longer rows are told as one after the other: nobody can move so many in one go.
    const MOST: usize = 64;
    let mut seen = vec![one];
    let mut next = 0;
    while let Some(at) = seen.get(next).copied().filter(|_| next < MOST) {
        for there in in_the_way(problem, plan, at) {
            if there == other {
                return true;
            }
            if !seen.contains(&there) {
                seen.push(there);
            }
        }
        next += 1;
    }
    false
}

/// What would help a pair that the plan leaves without a place, where that is known.
pub fn help(instance: &Instance, plan: &Plan, index: usize) -> Option<String> {
    match instance {
        Instance::Two(two) if plan.places[index].is_none() => two.help(plan, index),
        _ => None,
    }
}
