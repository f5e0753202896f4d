//! The half year that a demo lets people watch: played by `rehearse`, worded for people.

use steadfast_guard::intent::Measure;
use steadfast_rehearse::config::{Config, Mode};
use steadfast_rehearse::lived::{Became, Lived};
use steadfast_rehearse::organisation::organisation;
use steadfast_rehearse::play::year;
use steadfast_web::{Played, PlayedAs, PlayedPromise, PlayedWay};

/// Two managers with six reports each, as many as can be told apart in a picture.
const PEOPLE: u32 = 13;
const WEEKS: usize = 26;
/// First names for them, from the top of the tree.
const NAMES: [&str; PEOPLE as usize] = [
    "Vera", "Omar", "Lea", "Tom", "Aiko", "Nils", "Rosa", "Eli", "Mina", "Jon", "Sara", "Kofi",
    "Pia",
];
const WEEK: i64 = 7 * 24 * 60 * 60;

/// Plays it. Where it cannot be, there is nothing to watch, and the demo goes on without.
pub(super) fn played() -> Played {
    let config = Config {
        people: PEOPLE,
        weeks: WEEKS as i64,
        ..Config::default()
    };
    let laid_out = organisation(&config);
    let name = |person: u32| {
        let place = usize::try_from(person).unwrap_or(0).checked_sub(1);
        place
            .and_then(|place| NAMES.get(place))
            .copied()
            .unwrap_or("?")
    };
    let mut ones: Vec<_> = laid_out.world.one_on_ones().cloned().collect();
    ones.sort_by_key(|one| (one.manager, one.report));
    let pair = |one: &Lived| ones.iter().position(|known| known.id == one.one_on_one);
    let promise = |one: &Lived| {
        let week = one
            .promised
            .start
            .seconds_since(laid_out.from)
            .div_euclid(WEEK);
        Some(PlayedPromise {
            pair: pair(one)?,
            week: usize::try_from(week).ok().filter(|week| *week < WEEKS)?,
            became: became(one.became),
            attack: one.attack.map(came),
            helped: one.helped.map(done),
        })
    };
    let mut ways = Vec::new();
    for mode in Mode::ALL {
        let Ok(year) = year(&laid_out, &config, mode) else {
            return Played::default();
        };
        ways.push(PlayedWay {
            name: called(mode),
            promises: year.lived.iter().filter_map(promise).collect(),
        });
    }
    Played {
        pairs: ones
            .iter()
            .map(|one| format!("{} and {}", name(one.manager.0), name(one.report.0)))
            .collect(),
        weeks: WEEKS,
        ways,
    }
}

const fn called(mode: Mode) -> &'static str {
    match mode {
        Mode::Without => "Without a guard",
        Mode::Advise => "With advice, three of ten proposals never answered",
        Mode::Defend => "Defended",
    }
}

const fn became(became: Became) -> PlayedAs {
    match became {
        Became::Kept => PlayedAs::Kept,
        Became::MadeGood => PlayedAs::MadeGood,
        Became::Lost => PlayedAs::Lost,
        Became::Excused => PlayedAs::Excused,
    }
}

/// What came, as a sentence's first half.
fn came(attack: &'static str) -> &'static str {
    match attack {
        "executive" => "a leadership meeting came over it",
        "customer_outside" => "a customer’s meeting came over it",
        "customer_inside" => "a colleague put a customer’s meeting over it",
        "own_team" => "the manager’s own team meeting came over it",
        "colleague" => "a colleague’s meeting came over it",
        "report_side" => "something came over it on the report’s side",
        "runs_over" => "the meeting before ran into it",
        "moved" => "the manager moved it",
        "cut" => "the manager cut it",
        "cancelled" => "the manager took it off",
        "emergency" => "a customer’s emergency came",
        "leave" => "one of the two went on leave",
        "series_gone" => "its series was deleted",
        "program" => "a scheduling program moved it",
        other => other,
    }
}

/// What the guard did, as the second half.
const fn done(measure: Measure) -> &'static str {
    match measure {
        Measure::MoveOther => "the other meeting was moved",
        Measure::AnswerBooker => "the invitation was declined, with other times",
        Measure::AnswerPerhaps => "the invitation was answered with perhaps, with other times",
        Measure::Restore => "it was put back",
        Measure::MakeGood => "another time was found",
        Measure::AskFirst => "the manager was asked",
        Measure::TellReport => "the report was told",
        Measure::Begin => "it began again",
        Measure::Onward => "it was moved for good",
        Measure::HoldSlot => "it was shown as busy",
        Measure::Undo => "what was done was taken back",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_half_year_is_better_defended_and_every_word_for_it_is_known() {
        let played = played();
        assert_eq!((played.pairs.len(), played.weeks), (12, WEEKS));
        assert_eq!(played.pairs[0], "Vera and Omar");
        let [without, advise, defend] = played.ways.as_slice() else {
            panic!("{played:?}");
        };
        for way in [advise, defend] {
            assert_eq!(way.promises.len(), without.promises.len());
        }
        assert!(without.percent() < advise.percent());
        assert!(advise.percent() < defend.percent());
        assert!(without.promises.iter().all(|one| one.helped.is_none()));
        let all = played.ways.iter().flat_map(|way| &way.promises);
        let words = all.flat_map(|one| [one.attack, one.helped]).flatten();
        for word in words {
            assert!(word.contains(' '), "{word}");
        }
    }
}
