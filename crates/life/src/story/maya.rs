//! Maya's half year. She took the team over on 25 May 2026. Ben's Tuesday gives way to the leadership review time and
//! again, Ana's Thursday does not; Chidi meets her every two weeks; Dana came in October; Eve's line ended on 30 June;
//! Noor has been hers since 1 August and has no 1:1. Her own 1:1 with Petra stands.

use super::{
    Change, Story,
    maya_week::{routine, the_rest},
};
use crate::{
    Config, Dialect, World,
    action::What,
    person::PersonId,
    place::Zone,
    plan::promise::{Cadence, Pair},
    truth::{Cause, Class, GaveWay},
};
use jiff::civil::{Date, date};
use steadfast_calendar::{Instant, Slot, when::resolve};

/// The review was on the calendar long before; nothing is put there for it.
const LEADERSHIP: Option<(Class, &str)> = None;
const CUSTOMER: Option<(Class, &str)> =
    Some((Class::Customer, "Escalation with Northwind (customer)"));
const PERSONAL: Option<(Class, &str)> = Some((Class::Personal, "Dentist"));

/// Maya's life, as Google writes it; read on 22 November 2026 at 8:00 UTC.
pub fn maya() -> World {
    tell(60, true, false)
}

/// The same life with the half year before it, from 24 November 2025 on: then Maya had the same team, at other times.
pub fn maya_year() -> World {
    tell(1_440, true, true)
}

/// The same life, looked at once a day, without what has no part in the story (daily, workshops, interviews …), so that
/// a copy of every look stays small.
pub fn maya_history() -> World {
    tell(1_440, false, false)
}

pub(super) struct Cast {
    pub(super) maya: PersonId,
    pub(super) petra: PersonId,
    pub(super) goran: PersonId,
    pub(super) leaders: [PersonId; 3],
    pub(super) customers: [PersonId; 2],
    pub(super) vendor: PersonId,
    pub(super) team: Vec<PersonId>,
    pub(super) review: Option<String>,
}

fn tell(poll_minutes: i64, whole: bool, year: bool) -> World {
    let zone = Zone::named("Europe/Paris");
    let now = resolve(date(2026, 11, 22).at(8, 0, 0, 0), &jiff::tz::TimeZone::UTC);
    let config = Config {
        first_day: if year {
            date(2025, 11, 24)
        } else {
            date(2026, 5, 25)
        },
        poll_minutes,
        ..Config::small(Dialect::Google)
    };
    let mut story = Story::new(config, zone, now);
    let start = story.plan.config.first_day;
    let mut cast = cast(&mut story, start);
    let review = routine(&mut story, &cast);
    if whole {
        the_rest(&mut story, &cast);
    }
    cast.review = Some(story.plan.meetings[review.0].uid.clone());
    let mut pairs = [
        boss(&mut story, &cast),
        ben(&mut story, &cast),
        ana(&mut story, &cast),
        chidi(&mut story, &cast),
        dana(&mut story, &cast),
        eve(&mut story, &cast),
    ];
    if year {
        super::maya_year::before(&mut story, &cast, &mut pairs);
    }
    story.plan.pairs.extend(pairs);
    World::of(story.plan)
}

fn cast(story: &mut Story, start: Date) -> Cast {
    let maya = story.person("maya@example.com", "Maya Lind", true);
    let petra = story.person("petra@example.com", "Petra Fischer", false);
    let ben = story.person("ben@example.com", "Ben Okafor", true);
    let ana = story.person("ana@example.com", "Ana Müller", false);
    let chidi = story.person("chidi@example.com", "Chidi Adeyemi", false);
    let dana = story.person("dana@example.com", "Dana Novák", false);
    let eve = story.person("eve@example.com", "Eve Haddad", false);
    let noor = story.person("noor@example.com", "Noor Khan", false);
    let goran = story.person("goran@example.com", "Göran Persson", false);
    let olga = story.person("olga@example.com", "Olga Ivanov", false);
    let tomas = story.person("tomas@example.com", "Tomás Silva", false);
    let sam = story.person("sam.reed@northwind.example.net", "Sam Reed", false);
    let kim = story.person("kim.larsen@northwind.example.net", "Kim Larsen", false);
    let vendor = story.person("luis@vendor.example.net", "Luis Costa", false);
    let start = Some(start);
    story.reports(petra, maya, start, None);
    for report in [ben, ana, chidi] {
        story.reports(maya, report, start, None);
    }
    story.reports(maya, dana, Some(date(2026, 10, 19)), None);
    story.reports(maya, eve, start, Some(date(2026, 6, 30)));
    story.reports(maya, noor, Some(date(2026, 8, 1)), None);
    Cast {
        maya,
        petra,
        goran,
        leaders: [goran, olga, tomas],
        customers: [sam, kim],
        vendor,
        team: vec![ben, ana, chidi, dana, eve, noor],
        review: None,
    }
}

fn boss(story: &mut Story, cast: &Cast) -> Pair {
    let mut pair = story.one_on_one(
        cast.petra,
        cast.maya,
        "1:1 Petra / Maya",
        Cadence::Weekly,
        date(2026, 5, 29).at(9, 30, 0, 0),
        date(2026, 5, 18).at(11, 2, 0, 0),
    );
    let to = Story::days_on(&pair, 8, 0, 16, 0);
    story.moves(
        &mut pair,
        Change {
            k: 8,
            notice: 1_300,
            rival: None,
        },
        &[],
        to,
        30,
    );
    pair
}

fn ben(story: &mut Story, cast: &Cast) -> Pair {
    let ben = cast.team[0];
    let mut pair = story.one_on_one(
        cast.maya,
        ben,
        "1:1 Maya / Ben",
        Cadence::Weekly,
        date(2026, 5, 26).at(15, 0, 0, 0),
        date(2026, 5, 18).at(13, 20, 0, 0),
    );
    // (which, minutes of notice, days on, hour, minute, what for)
    let moves = [
        (3, 95, 1, 16, 30, LEADERSHIP),
        (5, 1_380, 2, 11, 0, LEADERSHIP),
        (9, 45, 1, 10, 0, LEADERSHIP),
        (11, 1_200, 3, 15, 0, LEADERSHIP),
        (13, 70, 2, 11, 0, LEADERSHIP),
        (14, 3_100, 1, 16, 0, PERSONAL),
        (17, 300, 3, 13, 30, LEADERSHIP),
        (19, 4_500, 1, 16, 30, LEADERSHIP),
        (21, 240, 2, 11, 30, CUSTOMER),
        (22, 1_450, 1, 11, 30, CUSTOMER),
        (24, 50, 3, 11, 0, CUSTOMER),
    ];
    for (k, notice, days, hour, minute, rival) in moves {
        let to = Story::days_on(&pair, k, days, hour, minute);
        story.moves(
            &mut pair,
            Change { k, notice, rival },
            &cast.customers,
            to,
            30,
        );
        if [3, 5, 9, 11, 13, 17, 19].contains(&k) {
            let slot = pair.promises[k].promised;
            pair.promises[k].cause = cast.review.clone().map(|uid| Cause {
                class: Class::Leadership,
                uid,
            });
            story
                .plan
                .conflict(cast.maya, Class::Leadership, slot, GaveWay::OneOnOne);
        }
    }
    for (k, notice) in [(6, 180), (20, 1_600)] {
        story.drops(
            &mut pair,
            Change {
                k,
                notice,
                rival: CUSTOMER,
            },
            &cast.customers,
        );
    }
    story.drops(
        &mut pair,
        Change {
            k: 10,
            notice: 400,
            rival: CUSTOMER,
        },
        &cast.customers,
    );
    let again = story.moment(Story::days_on(&pair, 10, 2, 11, 30));
    let made = again.plus_minutes(-2_900);
    story.plan.replace(
        &mut pair,
        10,
        made,
        Slot::new(again, again.plus_minutes(30)),
    );
    story.drops(
        &mut pair,
        Change {
            k: 15,
            notice: 9_000,
            rival: None,
        },
        &[],
    );
    pair
}

fn ana(story: &mut Story, cast: &Cast) -> Pair {
    let mut pair = story.one_on_one(
        cast.maya,
        cast.team[1],
        "1:1 Maya / Ana",
        Cadence::Weekly,
        date(2026, 5, 28).at(10, 0, 0, 0),
        date(2026, 5, 18).at(13, 24, 0, 0),
    );
    let to = Story::days_on(&pair, 6, 0, 11, 0);
    story.moves(
        &mut pair,
        Change {
            k: 6,
            notice: 1_500,
            rival: None,
        },
        &[],
        to,
        30,
    );
    story.drops(
        &mut pair,
        Change {
            k: 15,
            notice: 12_000,
            rival: None,
        },
        &[],
    );
    pair
}

fn chidi(story: &mut Story, cast: &Cast) -> Pair {
    let mut pair = story.one_on_one(
        cast.maya,
        cast.team[2],
        "Chidi / Maya",
        Cadence::Biweekly,
        date(2026, 6, 10).at(11, 0, 0, 0),
        date(2026, 5, 19).at(9, 2, 0, 0),
    );
    let to = Story::days_on(&pair, 2, 1, 11, 0);
    story.moves(
        &mut pair,
        Change {
            k: 2,
            notice: 1_900,
            rival: None,
        },
        &[],
        to,
        30,
    );
    story.drops(
        &mut pair,
        Change {
            k: 8,
            notice: 2_000,
            rival: CUSTOMER,
        },
        &cast.customers,
    );
    pair
}

fn dana(story: &mut Story, cast: &Cast) -> Pair {
    story.one_on_one(
        cast.maya,
        cast.team[3],
        "1:1 Maya / Dana",
        Cadence::Weekly,
        date(2026, 10, 26).at(9, 0, 0, 0),
        date(2026, 10, 20).at(14, 44, 0, 0),
    )
}

fn eve(story: &mut Story, cast: &Cast) -> Pair {
    let mut pair = story.one_on_one(
        cast.maya,
        cast.team[4],
        "1:1 Maya / Eve",
        Cadence::Weekly,
        date(2026, 5, 29).at(14, 0, 0, 0),
        date(2026, 5, 18).at(13, 31, 0, 0),
    );
    pair.ended = Some(date(2026, 6, 30));
    pair.promises.truncate(5);
    let until: Instant = pair.promises[4].promised.start;
    let meeting = pair.promises[0].meeting;
    story
        .plan
        .act(until.plus_days(-3), meeting, What::End { until });
    let to = Story::days_on(&pair, 3, 0, 16, 30);
    story.moves(
        &mut pair,
        Change {
            k: 3,
            notice: 700,
            rival: None,
        },
        &[],
        to,
        30,
    );
    pair
}
