//! Weighs each two people who meet: a 1:1, doubtful, or something else.

use super::{
    Because, Beside, Candidate, CandidateSeries, CountsWith, Declared, Direction, Doubt, Found,
    Relationship, SeriesOfTwo, SomethingElse, Sort, candidates, chart,
    direction::{self, Shape},
    house,
    title::Hint,
};
use crate::{
    history::History,
    people::{Directory, PersonId},
};
use std::sync::Arc;
use steadfast_calendar::Map;

/// A standing 1:1 meets at least this often …
const RAREST_DAYS: i64 = 45;
/// … and not every day: two people who meet daily work together.
const DENSEST_DAYS: i64 = 3;

/// Why two people who meet at another rhythm are not counted.
const RHYTHM: &str = "too often or too seldom for a 1:1, which meets every 3 to 45 days";
/// A title that says nothing either way.
const UNSAID: &str = "but the title does not say what it is";
/// An entry of whole days has no slot to keep.
const WHOLE_DAYS: &str = "but it takes whole days, with no time at which the two would meet";
/// A reporting line between the two was declared.
const LINE: &str = "reporting line";
/// What people of another house are.
const OUTSIDE: &str = "outside people";
/// Single meetings of the same two from which they are worth a word.
const ENOUGH_SINGLE: usize = 3;

/// After so many candidates their room is given back: of a large calendar there are hundreds of thousands.
const GIVEN_BACK: usize = 1 << 14;

/// Finds the 1:1s in `history`.
pub fn find(history: &History, directory: &mut Directory, declared: &Declared) -> Found {
    let (mut all, unnamed) = candidates(history, directory, declared);
    let mut found = Found {
        unnamed,
        ..Found::default()
    };
    found.relationships.reserve(all.len());
    let mut shape = Shape::default();
    let mut rest: Vec<Beside> = Vec::new();
    let mut reasons = Reasons::default();
    // From the end, so that the room of those that were weighed can be given back as those that count take theirs.
    all.reverse();
    while let Some(candidate) = all.pop() {
        if all.len() % GIVEN_BACK == 0 {
            all.shrink_to_fit();
        }
        let verdict = weigh(&candidate, declared, directory, &mut reasons);
        let doubtful = matches!(
            verdict,
            Verdict::Doubtful(..) | Verdict::OfALine(..) | Verdict::PerhapsOutside(..)
        );
        match verdict {
            Verdict::Counted(weight) => {
                shape.add(&candidate);
                let (relationship, others) = relate(candidate, weight, directory);
                rest.extend(beside(relationship.people, others, false));
                found.relationships.push(relationship);
                continue;
            }
            Verdict::Doubtful(why, counts_with) => found.doubts.push(Doubt {
                people: candidate.people,
                why,
                counts_with,
                but_for_address: false,
            }),
            Verdict::OfALine(why, counts_with) => {
                // Said before what else is doubtful.
                found.doubts.insert(
                    found.perhaps.len(),
                    Doubt {
                        people: candidate.people,
                        why,
                        counts_with,
                        but_for_address: false,
                    },
                );
                found.perhaps.push(Beside {
                    people: candidate.people,
                    series: candidate.series.clone(),
                    doubtful: true,
                });
            }
            Verdict::PerhapsOutside(why, but_for_address) => found.doubts.push(Doubt {
                people: candidate.people,
                why,
                counts_with: CountsWith::Line,
                but_for_address,
            }),
            Verdict::Else(why) => found.others.push(SomethingElse {
                people: candidate.people,
                why,
            }),
            Verdict::Near(why) => found.near.push(Doubt {
                people: candidate.people,
                why,
                counts_with: CountsWith::Rhythm,
                but_for_address: false,
            }),
            Verdict::Outside(why) => {
                found.others.push(SomethingElse {
                    people: candidate.people,
                    why: OUTSIDE.to_owned(),
                });
                found.near.push(Doubt {
                    people: candidate.people,
                    why,
                    counts_with: CountsWith::Line,
                    but_for_address: false,
                });
            }
            Verdict::Silent => {}
        }
        found
            .beside
            .extend(beside(candidate.people, candidate.series, doubtful));
    }
    found.beside.extend(rest);
    found.relationships.shrink_to_fit();
    let by_shape = shape.managers(&found.relationships);
    for one in &mut found.relationships {
        (one.manager, one.direction) = direction::of(one.people, one.manager, &by_shape);
        if one.direction == Direction::Inferred {
            let more = "the organiser holds 1:1s with three people or more".to_owned();
            let why = one.because.why.iter().cloned().chain([more]).collect();
            one.because = reasons.one(one.because.confidence, why);
        }
    }
    found
}

/// The regular meetings among `series`.
fn beside(people: [PersonId; 2], series: SeriesOfTwo, doubtful: bool) -> Option<Beside> {
    let regular = series.iter().any(|s| s.cadence_days().is_some());
    regular.then_some(Beside {
        people,
        series,
        doubtful,
    })
}

struct Weight {
    because: Arc<Because>,
    manager: Option<PersonId>,
}

/// Each set of reasons for counting a pair once.
#[derive(Default)]
struct Reasons(Map<Vec<String>, Vec<Arc<Because>>>);

impl Reasons {
    fn one(&mut self, confidence: f64, why: Vec<String>) -> Arc<Because> {
        let known = self.0.entry(why).or_insert_with_key(|why| {
            vec![Arc::new(Because {
                confidence,
                why: why.clone(),
            })]
        });
        let alike = |one: &&Arc<Because>| one.confidence.total_cmp(&confidence).is_eq();
        if let Some(one) = known.iter().find(alike) {
            return one.clone();
        }
        let why = known.first().map(|one| one.why.clone()).unwrap_or_default();
        let one = Arc::new(Because { confidence, why });
        known.push(one.clone());
        one
    }
}

enum Verdict {
    Counted(Weight),
    /// With what would count it.
    Doubtful(Vec<String>, CountsWith),
    /// The same of two of whom it is declared that one reports to the other.
    OfALine(Vec<String>, CountsWith),
    Else(String),
    /// No 1:1, and told only where there is no other.
    Near(Vec<String>),
    /// With somebody of another house: something else, unless the user says that it is a 1:1.
    Outside(Vec<String>),
    /// With somebody who may be of the same house under another address; and whether it would be counted then.
    PerhapsOutside(Vec<String>, bool),
    Silent,
}

fn weigh(
    candidate: &Candidate,
    declared: &Declared,
    directory: &Directory,
    reasons: &mut Reasons,
) -> Verdict {
    let [a, b] = candidate.people;
    let recurring = || {
        candidate
            .series
            .iter()
            .filter(|s| s.cadence_days().is_some())
    };
    let Some(best) = recurring().min_by_key(|s| s.hint) else {
        let whole_days = whole_days(candidate, declared, directory);
        return whole_days.unwrap_or_else(|| single_meetings(candidate, declared, directory));
    };
    let manager = direction::declared(candidate.people, declared, directory);
    let fits = |s: &CandidateSeries| {
        s.cadence_days()
            .is_some_and(|days| (DENSEST_DAYS..=RAREST_DAYS).contains(&days))
    };
    let by_title = recurring().all(|s| s.sort == Sort::ByTitle);
    let mut why = vec![if by_title {
        "the title names the second person, and the export holds no attendees".to_owned()
    } else {
        "exactly two people".to_owned()
    }];
    if let Some(days) = best.cadence_days() {
        why.push(cadence_word(days));
    }
    if let Hint::Other(what) = best.hint {
        if manager.is_none() || !what.may_be_a_one_on_one() || !recurring().any(fits) {
            return Verdict::Else(what.as_str().to_owned());
        }
        why.push(LINE.to_owned());
        why.push(format!("but by its title it is {}", what.as_str()));
        return Verdict::OfALine(why, CountsWith::Title);
    }
    if manager.is_some() {
        why.push(LINE.to_owned());
        let confidence = match best.hint {
            _ if by_title => 0.85,
            Hint::Neutral => 0.93,
            _ => 0.99,
        };
        return if recurring().any(fits) {
            Verdict::Counted(Weight {
                because: reasons.one(confidence, why),
                manager,
            })
        } else {
            why.push(RHYTHM.to_owned());
            match best.hint {
                Hint::OneOnOne | Hint::Names => Verdict::OfALine(why, CountsWith::Rhythm),
                Hint::Neutral | Hint::Other(_) => Verdict::Doubtful(why, CountsWith::Rhythm),
            }
        };
    }
    if directory.has_organisation {
        return Verdict::Else(chart::no_line(a, b, directory).to_owned());
    }
    if !house::same_house(a, b, directory) {
        if let Some(reason) = house::perhaps_of_one_house(a, b, directory)
            && recurring().any(fits)
        {
            let speaks = matches!(best.hint, Hint::OneOnOne | Hint::Names);
            why.extend((!speaks).then(|| UNSAID.to_owned()));
            why.push(reason);
            return Verdict::PerhapsOutside(why, speaks);
        }
        why.push("but the two addresses are of different organisations".to_owned());
        return if recurring().any(fits) {
            Verdict::Outside(why)
        } else {
            Verdict::Else(OUTSIDE.to_owned())
        };
    }
    if !recurring().any(fits) {
        why.push(RHYTHM.to_owned());
        return Verdict::Near(why);
    }
    match best.hint {
        Hint::OneOnOne => {
            why.push("the title says 1:1".to_owned());
            Verdict::Counted(Weight {
                because: reasons.one(0.95, why),
                manager: None,
            })
        }
        Hint::Names => {
            why.push("the title is their two names".to_owned());
            Verdict::Counted(Weight {
                because: reasons.one(0.85, why),
                manager: None,
            })
        }
        Hint::Neutral | Hint::Other(_) => {
            why.push(UNSAID.to_owned());
            Verdict::Doubtful(why, CountsWith::Line)
        }
    }
}

/// Two people whose only 1:1 by its title takes whole days, a reminder perhaps: nothing of it can be kept or moved.
fn whole_days(
    candidate: &Candidate,
    declared: &Declared,
    directory: &Directory,
) -> Option<Verdict> {
    let [a, b] = candidate.people;
    let speaks = |s: &&CandidateSeries| matches!(s.hint, Hint::OneOnOne | Hint::Names);
    let speaking = || candidate.series.iter().filter(speaks);
    let is_met = speaking().any(|s| s.sort != Sort::WholeDays);
    if is_met || speaking().next().is_none() {
        return None;
    }
    let mut why = vec!["exactly two people".to_owned()];
    if direction::declared(candidate.people, declared, directory).is_some() {
        why.push(LINE.to_owned());
        why.push(WHOLE_DAYS.to_owned());
        return Some(Verdict::OfALine(why, CountsWith::Time));
    }
    if directory.has_organisation || !house::same_house(a, b, directory) {
        return None;
    }
    why.push(WHOLE_DAYS.to_owned());
    Some(Verdict::Doubtful(why, CountsWith::Time))
}

/// Two people who met several times, each time in an entry of its own: nothing promises the next one.
fn single_meetings(candidate: &Candidate, declared: &Declared, directory: &Directory) -> Verdict {
    let [a, b] = candidate.people;
    let met = || {
        let all = candidate.series.iter();
        all.filter(|s| s.sort != Sort::WholeDays)
    };
    let said = met().any(|s| s.hint == Hint::OneOnOne);
    let speak = |s: &&CandidateSeries| matches!(s.hint, Hint::OneOnOne | Hint::Names);
    let speaking = met().filter(speak).count();
    if speaking > 0 && direction::declared(candidate.people, declared, directory).is_some() {
        let single = match speaking {
            1 => "one single meeting, which does not repeat: no next one was promised".to_owned(),
            many => format!("{many} single meetings, none that repeats: no next one was promised"),
        };
        let why = vec!["exactly two people".to_owned(), LINE.to_owned(), single];
        return Verdict::OfALine(why, CountsWith::Rhythm);
    }
    if said && directory.has_organisation && directory.lines_between(a, b).is_empty() {
        return Verdict::Else(chart::no_line(a, b, directory).to_owned());
    }
    let plain = |s: &&CandidateSeries| !matches!(s.hint, Hint::Other(_));
    let met = met().filter(plain).count();
    if met < ENOUGH_SINGLE {
        return Verdict::Silent;
    }
    Verdict::Near(vec![
        "exactly two people".to_owned(),
        format!("{met} single meetings, none that repeats: no next one was promised"),
    ])
}

fn cadence_word(days: i64) -> String {
    match days {
        1 => "daily".to_owned(),
        7 => "weekly".to_owned(),
        14 => "every two weeks".to_owned(),
        21 => "every three weeks".to_owned(),
        28 => "monthly".to_owned(),
        days => format!("every {days} days"),
    }
}

fn relate(
    candidate: Candidate,
    weight: Weight,
    directory: &Directory,
) -> (Relationship, SeriesOfTwo) {
    let [a, b] = candidate.people;
    let (series, rest) = the_promising(candidate.series);
    let relationship = Relationship {
        people: candidate.people,
        manager: weight.manager,
        // Looked into once all are known.
        direction: Direction::Unknown,
        because: weight.because,
        series,
        lines: directory.lines_between(a, b).into(),
    };
    (relationship, rest)
}

/// Of the recurring series only those promise a 1:1 whose title says so, where any does; another regular meeting of
/// the same two ("budget review") is neither a promise nor a replacement. Those that promise or replace, and the rest.
fn the_promising(mut series: SeriesOfTwo) -> (SeriesOfTwo, SeriesOfTwo) {
    let speaks = |s: &CandidateSeries| matches!(s.hint, Hint::OneOnOne | Hint::Names);
    let any_speaks = series
        .iter()
        .any(|s| s.cadence_days().is_some() && speaks(s));
    let promises = |s: &CandidateSeries| match s.hint {
        Hint::Other(_) => false,
        _ if s.sort == Sort::WholeDays => false,
        _ => s.cadence_days().is_none() || !any_speaks || speaks(s),
    };
    // Where they are: of somebody who meets one person a lot there are half a million.
    let rest: SeriesOfTwo = series.iter().filter(|s| !promises(s)).cloned().collect();
    if !rest.is_empty() {
        series.retain(|s| promises(s));
    }
    series.shrink_to_fit();
    (series, rest)
}
