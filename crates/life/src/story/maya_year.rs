//! The half year before Maya's half year: the same team at other times, hardly ever moved. In May her week was made anew,
//! and the review came to lie over Ben's Tuesday.

use super::{Change, Story, Times, maya::Cast, maya_week::WORKDAYS};
use crate::{
    action::What,
    person::PersonId,
    plan::promise::{Cadence, Pair},
    truth::{Cause, Class, NotOneOnOne},
};
use jiff::civil::{Date, DateTime, date};

/// When everything of this half year was put on the calendars.
fn made() -> DateTime {
    date(2025, 11, 17).at(10, 5, 0, 0)
}

/// A series of this half year: the two, its title, rhythm and first time, and the last day it had.
struct Before<'a> {
    manager: PersonId,
    report: PersonId,
    title: &'a str,
    cadence: Cadence,
    first: DateTime,
    last: Date,
}

/// Puts the half year before the pairs of the half year after: Petra and Maya, Ben, Ana, Chidi, Dana, Eve.
pub(super) fn before(story: &mut Story, cast: &Cast, pairs: &mut [Pair; 6]) {
    let asked = story.moment(made());
    let first = date(2025, 12, 22);
    story
        .plan
        .time_off(cast.maya, first, 12, Class::Leave, "Vacation", asked);
    let [boss, ben, ana, chidi, _, eve] = pairs;
    let spring = date(2026, 5, 22);
    let mut put = |pair: &mut Pair, one: &Before<'_>, change: fn(&mut Story, &Cast, &mut Pair)| {
        let mut early = series(story, one);
        over_leave(story, &mut early);
        change(story, cast, &mut early);
        early.meetings.append(&mut pair.meetings);
        early.promises.append(&mut pair.promises);
        pair.meetings = early.meetings;
        pair.promises = early.promises;
    };
    let of = |report: PersonId, title: &'static str, first: DateTime| Before {
        manager: cast.maya,
        report,
        title,
        cadence: Cadence::Weekly,
        first,
        last: spring,
    };
    let petras = Before {
        manager: cast.petra,
        ..of(
            cast.maya,
            "1:1 Petra / Maya",
            date(2025, 11, 28).at(9, 30, 0, 0),
        )
    };
    put(boss, &petras, |_, _, _| {});
    let bens = of(
        cast.team[0],
        "1:1 Maya / Ben",
        date(2025, 11, 24).at(11, 0, 0, 0),
    );
    put(ben, &bens, |story, cast, pair| {
        let northwind = Some((Class::Customer, "Northwind kick-off (customer)"));
        moved(story, cast, pair, (8, 1_700, northwind), (1, 15, 0), 30);
        moved(story, cast, pair, (15, 900, None), (0, 11, 0), 15);
        moved(story, cast, pair, (21, 4_000, None), (2, 11, 0), 30);
    });
    let anas = of(
        cast.team[1],
        "1:1 Maya / Ana",
        date(2025, 11, 27).at(10, 0, 0, 0),
    );
    put(ana, &anas, |story, cast, pair| {
        moved(story, cast, pair, (11, 2_900, None), (1, 10, 0), 30);
    });
    let chidis = Before {
        cadence: Cadence::Biweekly,
        last: date(2026, 5, 27),
        ..of(
            cast.team[2],
            "Chidi / Maya",
            date(2025, 11, 26).at(11, 0, 0, 0),
        )
    };
    put(chidi, &chidis, |story, cast, pair| {
        moved(story, cast, pair, (5, 1_300, None), (1, 13, 30), 30);
    });
    let eves = of(
        cast.team[4],
        "1:1 Maya / Eve",
        date(2025, 11, 28).at(14, 0, 0, 0),
    );
    put(eve, &eves, |story, cast, pair| {
        moved(story, cast, pair, (17, 1_000, None), (0, 16, 0), 30);
    });
    around(story, cast);
}

/// The series, and its end.
fn series(story: &mut Story, one: &Before<'_>) -> Pair {
    let mut pair = story.one_on_one(
        one.manager,
        one.report,
        one.title,
        one.cadence,
        one.first,
        made(),
    );
    let after = story.moment(one.last.at(23, 59, 0, 0));
    pair.promises
        .retain(|promise| promise.promised.start < after);
    if let Some(last) = pair.promises.last() {
        let until = last.promised.start;
        let at = story.moment(date(2026, 5, 15).at(16, 40, 0, 0));
        story.plan.act(at, last.meeting, What::End { until });
    }
    pair
}

/// What falls into Maya's leave is called off long before.
fn over_leave(story: &mut Story, pair: &mut Pair) {
    let from = story.moment(date(2025, 12, 22).at(0, 0, 0, 0));
    let to = story.moment(date(2026, 1, 3).at(0, 0, 0, 0));
    for k in 0..pair.promises.len() {
        if (from..to).contains(&pair.promises[k].promised.start) {
            let change = Change {
                k,
                notice: 12_000,
                rival: None,
            };
            story.drops(pair, change, &[]);
        }
    }
}

/// Promise `k`, so many minutes before, to so many days on at that time and for that long.
fn moved(
    story: &mut Story,
    cast: &Cast,
    pair: &mut Pair,
    (k, notice, rival): (usize, i64, Option<(Class, &str)>),
    (days, hour, minute): (i64, i8, i8),
    minutes: i64,
) {
    let to = Story::days_on(pair, k, days, hour, minute);
    let change = Change { k, notice, rival };
    story.moves(pair, change, &cast.customers, to, minutes);
    if rival.is_none() {
        pair.promises[k].cause = None::<Cause>;
    }
}

/// Everything else in Maya's weeks, until they were made anew.
fn around(story: &mut Story, cast: &Cast) {
    let (maya, team) = (Some(cast.maya), &cast.team[..3]);
    let weekly = |day, hour, minute, minutes| Times {
        start: date(2025, 11, day).at(hour, minute, 0, 0),
        minutes,
        weeks: 1,
        created: made(),
    };
    let daily = story.meeting("Daily", maya, team, weekly(24, 8, 45, 15));
    story.on_days(daily, &WORKDAYS);
    let together = story.meeting("Team meeting", maya, team, weekly(25, 11, 0, 60));
    let status = story.meeting(
        "Project status",
        Some(cast.goran),
        &[cast.maya, cast.leaders[1]],
        weekly(26, 14, 0, 60),
    );
    let until = story.moment(date(2026, 5, 22).at(8, 45, 0, 0));
    let at = story.moment(date(2026, 5, 15).at(17, 0, 0, 0));
    for meeting in [daily, together, status] {
        story.plan.decoys.push((meeting, NotOneOnOne::Group));
        story.plan.act(at, meeting, What::End { until });
    }
}
