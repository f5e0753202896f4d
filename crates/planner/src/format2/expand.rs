//! From hours and meetings to places and costs.

use super::Instance;
use super::said::{self, Kind as KindSaid, Rhythm, Stretch};
use super::times::{clock, day, moment, touched};
use crate::constraints::{Case, Known, Quarters, cost, drop_cost};
use crate::format1::Unreadable;
use crate::problem::{Choice, DayCap, Flaw, Kind, Limits, Pair, Person, Problem};
use crate::week::{DAY, Place, WEEK, Weeks};
use std::collections::BTreeMap;

/// Shared working hours a week, in quarter hours, below which agreed hours hold: four hours a day.
const FAR_APART: usize = 80;

/// Recent disruptions beyond which a pair weighs no more: the tenth is no worse than the ninth.
const MOST_DISRUPTIONS: u32 = 9;

/// What going without costs a 1:1 that is to stay: more than everybody else's together.
const FROZEN: u32 = 10_000_000;

type Read<T> = Result<T, Unreadable>;

fn wrong(place: impl Into<String>, what: impl Into<String>) -> Unreadable {
    Unreadable::Number {
        place: place.into(),
        what: what.into(),
    }
}

pub(super) fn expand(said: said::Instance) -> Read<Instance> {
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
    let mut index = BTreeMap::new();
    for (at, person) in said.people.iter().enumerate() {
        if index.insert(person.id.as_str(), at).is_some() {
            return Err(wrong(
                format!("people[{at}].id"),
                format!("{} is there twice", person.id),
            ));
        }
    }
    let find = |id: &str, place: String| {
        let found = index.get(id).copied();
        found.ok_or_else(|| wrong(place, format!("there is no person {id}")))
    };
    let (mut people, mut known) = (Vec::new(), Vec::new());
    for (at, person) in said.people.iter().enumerate() {
        let boss = person.reports_to.as_deref();
        let boss = boss.map(|id| find(id, format!("people[{at}].reports_to")));
        known.push(known_of(at, person)?);
        people.push(person_of(person, boss.transpose()?, &known[at]));
    }
    let mut pairs = Vec::new();
    for (at, pair) in said.pairs.iter().enumerate() {
        let manager = find(&pair.manager, format!("pairs[{at}].manager"))?;
        let report = find(&pair.report, format!("pairs[{at}].report"))?;
        pairs.push(pair_of(at, pair, (manager, report), &known, said.kind)?);
    }
    let kind = match said.kind {
        KindSaid::Org => Kind::Organisation,
        KindSaid::Week => Kind::Week,
        KindSaid::Makegood => {
            let target = pairs.iter().position(|pair| Some(pair.id) == said.target);
            Kind::MakeGood(target.ok_or(Flaw::NoTarget)?)
        }
    };
    let window = window(&said)?;
    // Flaws are found on the bare pairs, so that nothing is expanded in vain.
    let problem = Problem::new(kind, people, pairs, None, &limits)?;
    let mut instance = Instance {
        said,
        known,
        problem,
    };
    // From here on, pairs are by id on both sides.
    instance.said.pairs.sort_by_key(|pair| pair.id);
    let options: Vec<Vec<Choice>> = (0..instance.problem.pairs().len())
        .map(|index| instance.options(index, window))
        .collect();
    let total = options.iter().map(Vec::len).sum();
    if total > limits.options {
        return Err(Flaw::TooMany {
            what: "options",
            found: total,
            most: limits.options,
        }
        .into());
    }
    instance.problem = instance.problem.with_options(options);
    Ok(instance)
}

/// The first quarter hour outside the notice, and the end of what counts as last-minute.
fn window(said: &said::Instance) -> Read<Option<(u16, u16)>> {
    let Some(now) = &said.now else {
        return Ok(None);
    };
    let (day, minutes) =
        moment(now).ok_or_else(|| wrong("now", "is written like Sun 18:00, UTC"))?;
    let now = day * DAY + (minutes + 14) / 15;
    let notice = i32::try_from(said.notice_hours.min(24 * 7)).unwrap_or(0) * 4;
    let within = |at: i32| u16::try_from(at).unwrap_or(WEEK).min(WEEK);
    Ok(Some((within(now + notice), within(now + DAY))))
}

fn person_of(said: &said::Person, boss: Option<usize>, known: &Known) -> Person {
    Person {
        name: said.name.clone().unwrap_or_else(|| said.id.clone()),
        boss,
        utc_offset: known.utc_offset,
        buffer: said.buffer_minutes.div_ceil(15),
        per_day: said.at_most_a_day.map(|starts| DayCap {
            starts,
            utc_offset: known.utc_offset,
        }),
    }
}

fn known_of(at: usize, said: &said::Person) -> Read<Known> {
    let field = |name: &str| format!("people[{at}].{name}");
    if said.utc_offset_minutes % 15 != 0 || said.utc_offset_minutes.abs() > 14 * 60 {
        return Err(wrong(
            field("utc_offset_minutes"),
            "zones lie whole quarter hours off UTC, up to 14 hours",
        ));
    }
    let offset = said.utc_offset_minutes / 15;
    let mut known = Known {
        utc_offset: offset,
        ..Known::default()
    };
    let agreed = said.agreed.as_ref().unwrap_or(&said.work);
    for (stretches, name, quarters) in [
        (&said.work, "work", &mut known.work),
        (agreed, "agreed", &mut known.agreed),
        (&said.lunch, "lunch", &mut known.lunch),
        (&said.prefers, "prefers", &mut known.prefers),
        (&said.avoids, "avoids", &mut known.avoids),
        (&said.risky, "risky", &mut known.risky),
    ] {
        for stretch in stretches {
            set(quarters, stretch, 3, offset, &field(name))?;
        }
    }
    for stretch in &said.focus {
        let (from, to) = hours(stretch, &field("focus"))?;
        let long = to - from >= crate::constraints::FOCUS_FROM_QUARTERS;
        let quarters = if long {
            &mut known.focus
        } else {
            &mut known.quiet
        };
        set(quarters, stretch, 3, offset, &field("focus"))?;
    }
    for busy in &said.busy {
        let stretch = Stretch {
            days: busy.days.clone(),
            from: busy.from.clone(),
            to: busy.to.clone(),
        };
        let weeks = busy.weeks.bits();
        set(&mut known.busy, &stretch, weeks, offset, &field("busy"))?;
        if !busy.absence {
            set(&mut known.meetings, &stretch, weeks, offset, &field("busy"))?;
        }
    }
    Ok(known)
}

/// The quarter hours of the day that a stretch touches.
fn hours(stretch: &Stretch, place: &str) -> Read<(i32, i32)> {
    let time = |said: &str| {
        clock(said).ok_or_else(|| wrong(place, format!("{said} is no time of the day, as 9:00 is")))
    };
    let (from, to) = (time(&stretch.from)?, time(&stretch.to)?);
    if from >= to {
        return Err(wrong(
            place,
            format!(
                "ends at {}, before it starts at {}",
                stretch.to, stretch.from
            ),
        ));
    }
    Ok(touched(from, to))
}

fn set(
    quarters: &mut Quarters,
    stretch: &Stretch,
    weeks: u8,
    offset: i32,
    place: &str,
) -> Read<()> {
    let (from, to) = hours(stretch, place)?;
    for name in stretch.days.split_whitespace() {
        let day = day(name).ok_or_else(|| wrong(place, format!("{name} is no day, as Mon is")))?;
        let midnight = day * DAY - offset;
        quarters.set(midnight + from, midnight + to, weeks);
    }
    Ok(())
}

fn pair_of(
    at: usize,
    said: &said::Pair,
    (manager, report): (usize, usize),
    known: &[Known],
    kind: KindSaid,
) -> Read<Pair> {
    let current = said.now_at.as_deref().map(|now| {
        let (day, minutes) = moment(now)
            .filter(|(_, minutes)| minutes % 15 == 0)
            .ok_or_else(|| {
                wrong(
                    format!("pairs[{at}].now_at"),
                    format!("{now} is no start on a quarter hour, as Tue 15:00 is"),
                )
            })?;
        let start = day * DAY + minutes / 15 - known[report].utc_offset;
        let weeks = if kind == KindSaid::Org {
            said.now_in.bits()
        } else {
            3
        };
        Ok::<_, Unreadable>(Place {
            start: u16::try_from(start.rem_euclid(i32::from(WEEK))).unwrap_or(0),
            weeks: Weeks::from_bits(weeks).unwrap_or(Weeks::BOTH),
        })
    });
    if said.minutes == 0 || !said.minutes.is_multiple_of(15) {
        return Err(wrong(
            format!("pairs[{at}].minutes"),
            format!("{} is not a number of quarter hours", said.minutes),
        ));
    }
    let current = current.transpose()?;
    if said.frozen && current.is_none() {
        return Err(wrong(
            format!("pairs[{at}].frozen"),
            "it is to stay where it is, and has no now_at",
        ));
    }
    Ok(Pair {
        id: said.id,
        manager,
        report,
        length: said.minutes / 15,
        current,
        drop: if said.frozen {
            FROZEN
        } else {
            drop_cost(weight(said))
        },
        options: Vec::new(),
    })
}

fn weight(said: &said::Pair) -> u32 {
    1 + said.disruptions.min(MOST_DISRUPTIONS)
}

impl Instance {
    /// Every place of the fortnight that the rhythm of a pair has.
    pub(super) fn every_place(&self, index: usize) -> impl Iterator<Item = Place> + use<> {
        let weeks: &[Weeks] = match (self.said.kind, self.said.pairs[index].rhythm) {
            (KindSaid::Org, Rhythm::Biweekly) => &[Weeks::A, Weeks::B],
            _ => &[Weeks::BOTH],
        };
        (0..WEEK).flat_map(|start| {
            weeks.iter().map(move |weeks| Place {
                start,
                weeks: *weeks,
            })
        })
    }

    /// A pair at a place, as constraints see it.
    pub(super) fn case(&self, index: usize, place: Place) -> Case<'_> {
        let window = window(&self.said).ok().flatten();
        self.case_in(index, place, self.are_far_apart(index), window)
    }

    fn case_in(
        &self,
        index: usize,
        place: Place,
        far_apart: bool,
        window: Option<(u16, u16)>,
    ) -> Case<'_> {
        let pair = &self.problem.pairs()[index];
        Case {
            manager: &self.known[pair.manager],
            report: &self.known[pair.report],
            place,
            length: pair.length,
            current: pair.current,
            weight: weight(&self.said.pairs[index]),
            far_apart,
            from: window.map(|(from, _)| from),
            soon: window.map(|(_, soon)| soon),
        }
    }

    fn are_far_apart(&self, index: usize) -> bool {
        let pair = &self.problem.pairs()[index];
        let (manager, report) = (&self.known[pair.manager], &self.known[pair.report]);
        let shared =
            (0..i32::from(WEEK)).filter(|at| manager.work.has(*at, 1) && report.work.has(*at, 1));
        shared.count() < FAR_APART
    }

    fn options(&self, index: usize, window: Option<(u16, u16)>) -> Vec<Choice> {
        let pair = &self.problem.pairs()[index];
        let far_apart = self.are_far_apart(index);
        if self.said.pairs[index].frozen {
            let here = pair.current.map(|place| Choice { place, cost: 0 });
            return here.into_iter().collect();
        }
        let places = self.every_place(index).filter_map(|place| {
            let case = self.case_in(index, place, far_apart, window);
            cost(&case).map(|cost| Choice { place, cost })
        });
        places.collect()
    }
}
