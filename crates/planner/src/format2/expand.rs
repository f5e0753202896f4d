//! From what was said to a problem.

use super::known::{Planned, known_of, person_of};
use super::said::{self, Kind as KindSaid, OneWeek, Rhythm};
use super::times::moment;
use super::{Instance, stays};
use crate::constraints::{Known, going_without};
use crate::format1::Unreadable;
use crate::problem::{Choice, Flaw, Kind, Limits, Pair, Problem};
use crate::week::{DAY, Place, WEEK, Weeks};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Recent disruptions beyond which a pair weighs no more. Ten times anybody else is enough to go first.
const MOST_DISRUPTIONS: u32 = 9;

/// Pairs expanded before it is looked whether that was too much.
const AT_ONCE: usize = 10_000;

pub(super) type Read<T> = Result<T, Unreadable>;

pub(super) fn wrong(place: impl Into<String>, what: impl Into<String>) -> Unreadable {
    Unreadable::Number {
        place: place.into(),
        what: what.into(),
    }
}

pub(super) fn expand(mut said: said::Instance) -> Read<Instance> {
    // Before every place of everybody is looked at.
    let limits = Limits::default();
    for (what, found, most) in [
        ("people", said.people.len(), limits.people),
        ("pairs", said.pairs.len(), limits.pairs),
    ] {
        if found > most {
            return Err(Flaw::TooMany { what, found, most }.into());
        }
    }
    let planned = planned(&said)?;
    let (mut people, mut known) = (Vec::new(), Vec::new());
    let index = by_id(&said)?;
    let find = |id: &str, place: String| {
        let found = index.get(id).copied();
        found.ok_or_else(|| wrong(place, format!("there is no person {id}")))
    };
    for (at, person) in said.people.iter().enumerate() {
        let boss = person.reports_to.as_deref();
        let boss = boss.map(|id| find(id, format!("people[{at}].reports_to")));
        known.push(known_of(at, person, planned)?);
        people.push(person_of(person, boss.transpose()?, &known[at]));
    }
    let mut pairs = Vec::new();
    for (at, pair) in said.pairs.iter().enumerate() {
        let manager = find(&pair.manager, format!("pairs[{at}].manager"))?;
        let report = find(&pair.report, format!("pairs[{at}].report"))?;
        pairs.push(pair_of(at, pair, (manager, report), &known, planned)?);
    }
    // Flaws are found on the bare pairs, so that nothing is expanded in vain.
    Problem::new(
        Kind::Organisation,
        people.clone(),
        pairs.clone(),
        None,
        &limits,
    )?;
    let mut all: Vec<(said::Pair, Pair)> = said.pairs.drain(..).zip(pairs).collect();
    all.sort_by_key(|(said, _)| said.id);
    let (due, not_due): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|(said, _)| is_due(said, planned));
    if not_due.iter().any(|(pair, _)| Some(pair.id) == said.target) {
        return Err(wrong("target", "it is not due in the week that is planned"));
    }
    let (pairs_said, mut pairs): (Vec<_>, Vec<_>) = Vec::into_iter(due).unzip();
    said.pairs = pairs_said;
    let kind = kind(&said, &pairs)?;
    let mut instance = Instance {
        window: window(&said)?,
        stays: Vec::new(),
        not_due: Vec::into_iter(not_due)
            .map(|(_, pair): (_, Pair)| pair)
            .collect(),
        planned,
        problem: Problem::new(kind, people.clone(), pairs.clone(), None, &limits)?,
        said,
        known,
    };
    instance.stays = stays::find(&instance)?;
    let options = instance.all_options(&limits)?;
    let one_on_ones = busiest(&instance.problem);
    let dearest = options.iter().flatten().map(|choice| choice.cost).max();
    let without = going_without(dearest.unwrap_or(0), one_on_ones);
    for (at, (pair, options)) in pairs.iter_mut().zip(options).enumerate() {
        pair.drop = without * weight(&instance.said.pairs[at]);
        pair.stays = instance.stays[at].is_some();
        pair.options = options;
    }
    instance.problem = Problem::new(kind, people, pairs, None, &limits)?;
    Ok(instance)
}

/// Index of each person.
fn by_id(said: &said::Instance) -> Read<BTreeMap<String, usize>> {
    let mut index = BTreeMap::new();
    for (at, person) in said.people.iter().enumerate() {
        if index.insert(person.id.clone(), at).is_some() {
            let place = format!("people[{at}].id");
            return Err(wrong(place, format!("{} is there twice", person.id)));
        }
    }
    Ok(index)
}

fn planned(said: &said::Instance) -> Read<Planned> {
    match (said.kind, said.week) {
        (KindSaid::Org, None) => Ok(Planned::Both),
        (KindSaid::Org, Some(_)) => Err(wrong("week", "both weeks of an organisation are planned")),
        (_, Some(OneWeek::Second)) => Ok(Planned::One(2)),
        _ => Ok(Planned::One(1)),
    }
}

/// Whether a pair meets in a week that is planned. Where one is planned, who meets every second week may not be due.
fn is_due(said: &said::Pair, planned: Planned) -> bool {
    said.rhythm == Rhythm::Weekly || planned.weeks(said.now_in.bits()) != 0
}

fn kind(said: &said::Instance, pairs: &[Pair]) -> Read<Kind> {
    Ok(match said.kind {
        KindSaid::Org => Kind::Organisation,
        KindSaid::Week => Kind::Week,
        KindSaid::Makegood => {
            let target = pairs.iter().position(|pair| Some(pair.id) == said.target);
            let target = target.ok_or(Flaw::NoTarget)?;
            if said.pairs[target].frozen {
                return Err(wrong(
                    "target",
                    "the displaced 1:1 is frozen: it is to stay",
                ));
            }
            Kind::MakeGood(target)
        }
    })
}

/// The 1:1s of whoever has most of them.
fn busiest(problem: &Problem) -> usize {
    let mut counts = vec![0_usize; problem.people().len()];
    for pair in problem.pairs() {
        counts[pair.manager] += 1;
        counts[pair.report] += 1;
    }
    counts.into_iter().max().unwrap_or(0)
}

/// The first quarter hour of the fortnight outside the notice, and the end of what counts as last-minute.
fn window(said: &said::Instance) -> Read<Option<(u16, u16)>> {
    let Some(now) = &said.now else {
        return Ok(None);
    };
    let (day, minutes) =
        moment(now).ok_or_else(|| wrong("now", "is written like Sun 18:00, UTC"))?;
    let now = day * DAY + (minutes + 14) / 15;
    let notice = i32::try_from(said.notice_hours.min(24 * 7)).unwrap_or(0) * 4;
    let within = |at: i32| u16::try_from(at).unwrap_or(2 * WEEK).min(2 * WEEK);
    Ok(Some((within(now + notice), within(now + DAY))))
}

fn pair_of(
    at: usize,
    said: &said::Pair,
    (manager, report): (usize, usize),
    known: &[Known],
    planned: Planned,
) -> Read<Pair> {
    let field = |name: &str| format!("pairs[{at}].{name}");
    let current = said.now_at.as_deref().map(|now| {
        let (day, minutes) = moment(now)
            .filter(|(_, minutes)| minutes % 15 == 0)
            .ok_or_else(|| {
                let what = format!(
                    "{now} is no day and start on a quarter hour: Tue 15:00 is, or Tuesday 15:00"
                );
                wrong(field("now_at"), what)
            })?;
        let start = day * DAY + minutes / 15 - known[report].utc_offset;
        Ok::<_, Unreadable>(Place {
            start: u16::try_from(start.rem_euclid(i32::from(WEEK))).unwrap_or(0),
            weeks: Weeks::from_bits(planned.weeks(said.now_in.bits())).unwrap_or(Weeks::BOTH),
        })
    });
    if said.minutes == 0 || !said.minutes.is_multiple_of(15) {
        let what = format!("{} is not a number of quarter hours", said.minutes);
        return Err(wrong(field("minutes"), what));
    }
    if said.rhythm == Rhythm::Weekly && said.now_in != said::Weeks::Both {
        return Err(wrong(field("now_in"), "a weekly 1:1 is in both weeks"));
    }
    let current = current.transpose()?;
    if said.rhythm == Rhythm::Biweekly
        && said.now_in == said::Weeks::Both
        && current.is_some()
        && planned == Planned::Both
    {
        let what = "who meets every second week does so in the first or the second";
        return Err(wrong(field("now_in"), what));
    }
    if current.is_some_and(|current| current.start + said.minutes / 15 > WEEK) {
        let what = "it runs over the end of the week, Saturday 24:00 UTC, and nothing may";
        return Err(wrong(field("now_at"), what));
    }
    if said.frozen && current.is_none() {
        return Err(wrong(
            field("frozen"),
            "it is to stay where it is, and has no now_at",
        ));
    }
    Ok(Pair {
        id: said.id,
        manager,
        report,
        length: said.minutes / 15,
        current,
        drop: 0,
        stays: false,
        options: Vec::new(),
    })
}

pub(super) fn weight(said: &said::Pair) -> u32 {
    1 + said.disruptions.min(MOST_DISRUPTIONS)
}

impl Instance {
    fn all_options(&self, limits: &Limits) -> Read<Vec<Vec<Choice>>> {
        let pairs: Vec<usize> = (0..self.problem.pairs().len()).collect();
        let mut all: Vec<Vec<Choice>> = Vec::with_capacity(pairs.len());
        let mut found = 0;
        for some in pairs.chunks(AT_ONCE) {
            let options = some.par_iter().map(|index| self.options(*index));
            all.par_extend(options);
            found += all[some[0]..].iter().map(Vec::len).sum::<usize>();
            if found > limits.options {
                let (what, most) = ("options", limits.options);
                return Err(Flaw::TooMany { what, found, most }.into());
            }
        }
        Ok(all)
    }
}
