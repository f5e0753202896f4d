//! Format 1: an instance with every place and its cost spelt out, for comparison with other planners.
//!
//! ```json
//! {"format": 1, "kind": "org|mweek|makegood", "cap_per_day": 3, "mtz": -20, "target": 0,
//!  "people": [{"boss": -1, "tz": 4, "buf": 1}],
//!  "pairs": [{"id": 0, "m": 0, "r": 1, "dur": 2, "cur": 150, "curpar": 3, "drop": 500, "opts": [[150, 3, 12]]}]}
//! ```
//! Times are quarter hours since Sunday 00:00 UTC; `opts` are `[start, weeks, cost]`, weeks 1 for the first of two, 2 for
//! the second, 3 for both. What else stands there is left alone.

use crate::problem::{Choice, DayCap, Flaw, Kind, Limits, Pair, Person, Problem};
use crate::week::{Place, WEEK, Weeks};
use serde::Deserialize;
use serde_json::json;
use std::{error::Error, fmt};

/// Why an instance cannot be planned.
#[derive(Debug)]
pub enum Unreadable {
    /// No JSON, or not of this form.
    Json(serde_json::Error),
    /// A number that cannot be meant, and where it stands.
    Number {
        /// As in `pairs[3].opts[0]`.
        place: String,
        /// What is wrong with it.
        what: String,
    },
    /// It reads well and makes no sense.
    Flaw(Flaw),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => error.fmt(f),
            Self::Number { place, what } => write!(f, "{place}: {what}"),
            Self::Flaw(flaw) => flaw.fmt(f),
        }
    }
}

impl Error for Unreadable {}

impl From<Flaw> for Unreadable {
    fn from(flaw: Flaw) -> Self {
        Self::Flaw(flaw)
    }
}

impl Unreadable {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Json(_) => {
                "docs/reference/plan.md shows both formats; format 1 has \"people\" and \"pairs\""
            }
            Self::Number { .. } => "docs/reference/plan.md tells what may stand there",
            Self::Flaw(Flaw::Circle(_)) => {
                "follow \"boss\" or \"reports_to\" upward: it has to end at somebody without one"
            }
            Self::Flaw(Flaw::TooMany { .. } | Flaw::TooManyReports { .. }) => {
                "plan parts of the organisation one by one"
            }
            Self::Flaw(_) => {
                "correct it in the file; where people are told by numbers they are counted from 0, in the order of \"people\""
            }
        }
    }
}

#[derive(Deserialize)]
struct Instance {
    kind: InstanceKind,
    people: Vec<PersonSaid>,
    pairs: Vec<PairSaid>,
    cap_per_day: Option<i64>,
    #[serde(default)]
    mtz: i64,
    target: Option<i64>,
    #[serde(default = "whole_week")]
    slots: i64,
}

#[derive(Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum InstanceKind {
    Org,
    Mweek,
    Makegood,
}

#[derive(Deserialize)]
struct PersonSaid {
    #[serde(default = "nobody")]
    boss: i64,
    #[serde(default)]
    tz: i64,
    #[serde(default)]
    buf: i64,
}

#[derive(Deserialize)]
struct PairSaid {
    id: i64,
    m: i64,
    r: i64,
    dur: i64,
    cur: Option<i64>,
    #[serde(default)]
    curpar: i64,
    drop: i64,
    opts: Vec<(i64, i64, i64)>,
}

fn nobody() -> i64 {
    -1
}

fn whole_week() -> i64 {
    i64::from(WEEK)
}

/// Reads an instance.
///
/// # Errors
/// [`Unreadable`] says what is wrong and where.
pub fn read(text: &[u8]) -> Result<Problem, Unreadable> {
    let said: Instance = serde_json::from_slice(text).map_err(Unreadable::Json)?;
    if said.slots != whole_week() {
        return Err(wrong(
            "slots",
            format!("{}, and a week has {WEEK} quarter hours", said.slots),
        ));
    }
    let people = said.people.iter().enumerate();
    let people: Vec<Person> = people
        .map(|(at, person)| person_meant(at, person))
        .collect::<Result<_, _>>()?;
    let pairs = said.pairs.iter().enumerate();
    let pairs: Vec<Pair> = pairs
        .map(|(at, pair)| pair_meant(at, pair))
        .collect::<Result<_, _>>()?;
    let cap = said.cap_per_day.map(|starts| {
        Ok::<_, Unreadable>(DayCap {
            starts: number("cap_per_day", starts, u16::MAX)?,
            utc_offset: offset("mtz", said.mtz)?,
        })
    });
    let kind = match said.kind {
        InstanceKind::Org => Kind::Organisation,
        InstanceKind::Mweek => Kind::Week,
        InstanceKind::Makegood => {
            let target = said.target.and_then(|target| u32::try_from(target).ok());
            let index = pairs.iter().position(|pair| Some(pair.id) == target);
            Kind::MakeGood(index.ok_or(Flaw::NoTarget)?)
        }
    };
    Ok(Problem::new(
        kind,
        people,
        pairs,
        cap.transpose()?,
        &Limits::default(),
    )?)
}

fn person_meant(at: usize, person: &PersonSaid) -> Result<Person, Unreadable> {
    let boss = match person.boss {
        ..0 => None,
        boss => Some(number(&format!("people[{at}].boss"), boss, u32::MAX)? as usize),
    };
    Ok(Person {
        name: format!("person {at}"),
        boss,
        utc_offset: offset(&format!("people[{at}].tz"), person.tz)?,
        buffer: number(&format!("people[{at}].buf"), person.buf, u16::MAX)?,
        per_day: None,
    })
}

fn pair_meant(at: usize, pair: &PairSaid) -> Result<Pair, Unreadable> {
    let field = |name: &str| format!("pairs[{at}].{name}");
    let options = pair
        .opts
        .iter()
        .enumerate()
        .map(|(nth, (start, weeks, cost))| {
            let here = || format!("pairs[{at}].opts[{nth}]");
            let weeks = u8::try_from(*weeks).ok().and_then(Weeks::from_bits);
            Ok(Choice {
                place: Place {
                    start: in_week(*start).ok_or_else(|| {
                        wrong(here(), format!("starts at {start}, outside the week"))
                    })?,
                    weeks: weeks.ok_or_else(|| wrong(here(), "weeks are 1, 2 or 3".to_owned()))?,
                },
                cost: u32::try_from(*cost).map_err(|_| wrong(here(), format!("costs {cost}")))?,
            })
        });
    let options = options.collect::<Result<Vec<_>, Unreadable>>()?;
    let weeks = u8::try_from(pair.curpar).ok().and_then(Weeks::from_bits);
    let current = pair.cur.map(|start| {
        Ok::<_, Unreadable>(Place {
            start: in_week(start)
                .ok_or_else(|| wrong(field("cur"), format!("{start} is outside the week")))?,
            weeks: weeks.unwrap_or(Weeks::BOTH),
        })
    });
    Ok(Pair {
        id: number(&field("id"), pair.id, u32::MAX)?,
        manager: number(&field("m"), pair.m, u32::MAX)? as usize,
        report: number(&field("r"), pair.r, u32::MAX)? as usize,
        length: number(&field("dur"), pair.dur, u16::MAX)?,
        current: current.transpose()?,
        drop: number(&field("drop"), pair.drop, u32::MAX)?,
        stays: false,
        options,
    })
}

fn wrong(place: impl Into<String>, what: String) -> Unreadable {
    Unreadable::Number {
        place: place.into(),
        what,
    }
}

fn in_week(start: i64) -> Option<u16> {
    u16::try_from(start).ok().filter(|start| *start < WEEK)
}

/// A number from 0 to `most`.
fn number<N: TryFrom<i64> + Into<u64> + Copy>(
    place: &str,
    said: i64,
    most: N,
) -> Result<N, Unreadable> {
    N::try_from(said).map_err(|_| {
        wrong(
            place,
            format!("is {said}, and may be from 0 to {}", most.into()),
        )
    })
}

/// Quarter hours east of UTC; zones go from 12 hours west to 14 east.
fn offset(place: &str, said: i64) -> Result<i32, Unreadable> {
    i32::try_from(said)
        .ok()
        .filter(|offset| (-48..=56).contains(offset))
        .ok_or_else(|| {
            wrong(
                place,
                format!("is {said}, and zones lie from -48 to 56 quarter hours off UTC"),
            )
        })
}

/// Writes a problem as an instance, to be kept and planned again. Names are not part of format 1, nor what stays, and of caps
/// only one can be: that of all pairs, or that of the only manager.
pub fn write(problem: &Problem) -> String {
    let (kind, target) = match problem.kind() {
        Kind::Organisation => ("org", None),
        Kind::Week => ("mweek", None),
        Kind::MakeGood(index) => ("makegood", Some(problem.pairs()[index].id)),
    };
    let own = problem.people().iter().find_map(|person| person.per_day);
    let cap = problem.cap().or(own);
    let people = problem.people().iter().enumerate().map(|(at, person)| {
        let boss = person.boss.and_then(|boss| i64::try_from(boss).ok());
        json!({"id": at, "boss": boss.unwrap_or(-1), "tz": person.utc_offset, "buf": person.buffer})
    });
    let pairs = problem.pairs().iter().map(|pair| {
        let options: Vec<_> = pair
            .options
            .iter()
            .map(|option| json!([option.place.start, option.place.weeks.bits(), option.cost]))
            .collect();
        json!({
            "id": pair.id, "m": pair.manager, "r": pair.report, "dur": pair.length,
            "cur": pair.current.map(|place| place.start),
            "curpar": pair.current.map_or(0, |place| place.weeks.bits()),
            "drop": pair.drop, "opts": options,
        })
    });
    let mut instance = json!({
        "format": 1, "kind": kind, "slots": WEEK,
        "people": people.collect::<Vec<_>>(), "pairs": pairs.collect::<Vec<_>>(),
    });
    if let Some(target) = target {
        instance["target"] = json!(target);
    }
    if let Some(cap) = cap {
        instance["cap_per_day"] = json!(cap.starts);
        instance["mtz"] = json!(cap.utc_offset);
    }
    instance.to_string()
}
