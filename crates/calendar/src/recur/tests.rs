//! The engines against each other, and the costs of hostile rules.

use super::*;
use crate::wall::DAY;
use proptest::prelude::*;
use text::Parts;

fn wall(text: &str) -> Wall {
    Wall::from(text.parse::<jiff::civil::DateTime>().unwrap())
}

fn span(from: &str, to: &str) -> Span {
    Span {
        from: wall(from),
        to: wall(to),
    }
}

/// The instances of `rule` from `start` within `span`, as text.
fn walk(rule: &str, start: &str, span: Span) -> Vec<String> {
    let rule = Rule::read(rule, wall(start), &TimeZone::UTC, false, &mut |_| ()).unwrap();
    let mut all = Vec::new();
    rule.walk(span, &mut |wall| {
        all.push(wall.civil().to_string());
        all.len() < 20_000
    });
    all
}

fn check_walk(rule: &str, start: &str, within: Span, expected: &[&str]) {
    assert_eq!(walk(rule, start, within), expected, "{rule} from {start}");
}

#[test]
fn common_rules_give_what_they_say() {
    let year = span("2026-01-01T00:00", "2026-12-31T23:59");
    check_walk(
        "FREQ=WEEKLY;INTERVAL=26;BYDAY=TU,MO",
        "2026-01-06T10:00",
        year,
        &[
            "2026-01-06T10:00:00",
            "2026-07-06T10:00:00",
            "2026-07-07T10:00:00",
        ],
    );
    check_walk(
        "FREQ=MONTHLY;BYDAY=-1FR;COUNT=2",
        "2026-01-30T10:00",
        year,
        &["2026-01-30T10:00:00", "2026-02-27T10:00:00"],
    );
    check_walk(
        "FREQ=MONTHLY;COUNT=3",
        "2026-01-31T10:00",
        year,
        &[
            "2026-01-31T10:00:00",
            "2026-03-31T10:00:00",
            "2026-05-31T10:00:00",
        ],
    );
    check_walk(
        "FREQ=YEARLY",
        "1604-05-02T00:00",
        year,
        &["2026-05-02T00:00:00"],
    );
    check_walk("FREQ=YEARLY", "2024-02-29T10:00", year, &[]);
    check_walk("FREQ=DAILY;COUNT=3", "1990-01-01T10:00", year, &[]);
    check_walk("FREQ=DAILY;UNTIL=20250101", "2026-01-01T10:00", year, &[]);
    check_walk(
        "freq=weekly;count=1;byday=",
        "2026-01-06T10:00",
        year,
        &["2026-01-06T10:00:00"],
    );
}

#[test]
fn a_yearly_rule_on_week_numbers_keeps_the_days_beyond_new_year() {
    check_walk(
        "FREQ=YEARLY;BYWEEKNO=53;BYDAY=TU,SA;INTERVAL=6",
        "2010-01-02T09:00",
        span("2009-01-01T00:00", "2017-01-01T00:00"),
        &[
            "2010-01-02T09:00:00",
            "2015-12-29T09:00:00",
            "2016-01-02T09:00:00",
        ],
    );
    check_walk(
        "FREQ=YEARLY;BYWEEKNO=1",
        "2013-01-01T09:00",
        span("2013-01-01T00:00", "2015-01-01T00:00"),
        &[
            "2013-01-01T09:00:00",
            "2013-12-31T09:00:00",
            "2014-12-30T09:00:00",
        ],
    );
}

/// Rules that end soon although they never match, or never end: each must be walked in bounded time.
#[test]
fn hostile_rules_cost_bounded_time() {
    let five_years = span("2022-01-01T00:00", "2027-01-01T00:00");
    for rule in [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;INTERVAL=4294967295",
        "FREQ=DAILY;INTERVAL=99999999999999",
        "FREQ=MONTHLY;INTERVAL=4294967295;BYMONTHDAY=31",
        "FREQ=YEARLY;INTERVAL=4294967295",
        "FREQ=SECONDLY;BYSETPOS=2",
        "FREQ=MINUTELY;BYSECOND=0;BYSETPOS=3",
        "FREQ=SECONDLY;INTERVAL=2;BYSECOND=1",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=5",
        "FREQ=DAILY;BYMONTHDAY=31;BYMONTH=2,4;COUNT=4294967295",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6;COUNT=1;INTERVAL=4294967295",
        "FREQ=MONTHLY;BYDAY=5MO;INTERVAL=7;COUNT=4294967295",
    ] {
        for start in [
            "0001-01-01T00:00",
            "1970-01-01T00:00",
            "9999-12-31T23:59:58",
        ] {
            assert!(walk(rule, start, five_years).len() <= 20_000, "{rule}");
        }
    }
}

#[test]
fn unreadable_rules_are_refused_with_a_reason() {
    for (rule, why) in [
        ("", "it names no known FREQ"),
        ("FREQ=FORTNIGHTLY", "it names no known FREQ"),
        (
            "FREQ=DAILY;COUNT=-1",
            "COUNT is not positive and there is no UNTIL",
        ),
        ("FREQ=DAILY;COUNT=many", "COUNT=many makes no sense"),
        (
            "FREQ=DAILY;UNTIL=2024-01-31",
            "UNTIL=2024-01-31 makes no sense",
        ),
        ("FREQ=DAILY;UNTIL=20240230", "UNTIL=20240230 makes no sense"),
        ("FREQ=WEEKLY;BYDAY=XX", "Unknown recurrence weekday"),
        ("FREQ=WEEKLY;BYDAY=é", "Unknown recurrence weekday"),
        (
            "FREQ=YEARLY;RSCALE=CHINESE",
            "RSCALE=CHINESE is not supported",
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=32",
            "Recurrence number out of range",
        ),
    ] {
        let error = Rule::read(
            rule,
            wall("2024-01-01T00:00"),
            &TimeZone::UTC,
            false,
            &mut |_| (),
        )
        .unwrap_err();
        assert_eq!(error.to_string(), why, "{rule}");
    }
}

#[test]
fn odd_rules_are_followed_and_reported() {
    for (rule, why) in [
        (
            "FREQ=DAILY;INTERVAL=0",
            "INTERVAL is not positive; taken as 1",
        ),
        (
            "FREQ=DAILY;COUNT=0;UNTIL=20240103",
            "COUNT is not positive; ignored beside UNTIL",
        ),
        (
            "FREQ=WEEKLY;BYMONTHDAY=15",
            "BYMONTHDAY may not be used with FREQ=WEEKLY; the part is ignored",
        ),
    ] {
        let mut said = Vec::new();
        Rule::read(
            rule,
            wall("2024-01-01T00:00"),
            &TimeZone::UTC,
            false,
            &mut |p| {
                said.push(p.to_string());
            },
        )
        .unwrap();
        assert_eq!(said, [why], "{rule}");
    }
}

/// Rules that our own engine takes.
fn common_rule() -> impl Strategy<Value = String> {
    let days = prop::sample::subsequence(vec!["MO", "TU", "WE", "TH", "FR", "SA", "SU"], 1..=7)
        .prop_shuffle()
        .prop_map(|days| days.join(","));
    let wkst = prop::sample::select(vec!["", ";WKST=MO", ";WKST=SU", ";WKST=TH"]);
    let nth = (
        prop::sample::select(vec![-5, -4, -2, -1, 1, 2, 3, 4, 5]),
        0usize..7,
    )
        .prop_map(|(n, day)| format!("{n}{}", ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][day]));
    let month_day = (-31i32..=31).prop_filter("no day 0", |n| *n != 0);
    let shape = prop_oneof![
        Just("FREQ=DAILY".to_owned()),
        days.clone()
            .prop_map(|d| format!("FREQ=DAILY;INTERVAL=1;BYDAY={d}")),
        wkst.clone().prop_map(|w| format!("FREQ=WEEKLY{w}")),
        (days, wkst).prop_map(|(d, w)| format!("FREQ=WEEKLY;BYDAY={d}{w}")),
        Just("FREQ=MONTHLY".to_owned()),
        nth.clone().prop_map(|n| format!("FREQ=MONTHLY;BYDAY={n}")),
        month_day
            .clone()
            .prop_map(|n| format!("FREQ=MONTHLY;BYMONTHDAY={n}")),
        Just("FREQ=YEARLY".to_owned()),
        (1..=12, nth).prop_map(|(m, n)| format!("FREQ=YEARLY;BYMONTH={m};BYDAY={n}")),
        (1..=12, month_day).prop_map(|(m, n)| format!("FREQ=YEARLY;BYMONTH={m};BYMONTHDAY={n}")),
        (1..=12).prop_map(|m| format!("FREQ=YEARLY;BYMONTH={m}")),
    ];
    let interval = prop_oneof![
        Just(String::new()),
        (1..9).prop_map(|n| format!(";INTERVAL={n}"))
    ];
    let end = prop_oneof![
        Just(String::new()),
        (1..300).prop_map(|n| format!(";COUNT={n}")),
        (2001..2011, 1..=12).prop_map(|(y, m)| format!(";UNTIL={y}{m:02}15T100000")),
    ];
    (shape, interval, end).prop_map(|(shape, interval, end)| {
        if shape.contains("INTERVAL") {
            shape + &end
        } else {
            shape + &interval + &end
        }
    })
}

/// Rules of every sort, for the jump of the general engine.
fn other_rule() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "FREQ=YEARLY;BYDAY=20MO",
        "FREQ=YEARLY;BYMONTHDAY=29",
        "FREQ=YEARLY;BYYEARDAY=1,100,-1;INTERVAL=3",
        "FREQ=YEARLY;BYMONTH=1,6;BYDAY=1MO,-1FR",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;INTERVAL=2",
        "FREQ=MONTHLY;BYDAY=1MO,FR",
        "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR",
        "FREQ=MONTHLY;BYHOUR=9,17;INTERVAL=5",
        "FREQ=WEEKLY;BYDAY=TU,TH;BYSETPOS=1;INTERVAL=3;WKST=WE",
        "FREQ=WEEKLY;BYMONTH=1,3;INTERVAL=2",
        "FREQ=WEEKLY;BYHOUR=7,8;INTERVAL=2",
        "FREQ=DAILY;BYMONTH=1;INTERVAL=4",
        "FREQ=DAILY;BYDAY=MO,WE;INTERVAL=3",
        "FREQ=DAILY;BYHOUR=1,13;BYMINUTE=5",
        "FREQ=HOURLY;INTERVAL=7;BYDAY=MO",
        "FREQ=HOURLY;INTERVAL=100",
        "FREQ=MINUTELY;INTERVAL=100000",
        "FREQ=SECONDLY;INTERVAL=7777777",
        "FREQ=YEARLY;BYWEEKNO=1,20,-1;BYDAY=MO,SU;INTERVAL=2;WKST=SU",
        "FREQ=YEARLY;BYWEEKNO=53",
    ])
    .prop_map(str::to_owned)
}

fn start() -> impl Strategy<Value = Wall> {
    (10_000i64..12_000, 0i64..DAY).prop_map(|(day, time)| Wall::midnight(day).plus(time))
}

fn collect(rule: &Rule, span: Span) -> Vec<Wall> {
    let mut all = Vec::new();
    rule.walk(span, &mut |wall| {
        all.push(wall);
        true
    });
    all
}

proptest! {
    /// Ours and ical-rs give the same.
    #[test]
    fn the_lattice_gives_what_the_library_gives(
        text in common_rule(), start in start(), from in 9_000i64..15_000, days in 0i64..2_000,
    ) {
        let span = Span { from: Wall::midnight(from), to: Wall::midnight(from + days) };
        let rule = Rule::read(&text, start, &TimeZone::UTC, false, &mut |_| ()).unwrap();
        prop_assert!(matches!(rule.engine, Engine::Lattice(_)), "{} is not common", text);
        let parts = Parts::read(&text, true, &mut |_| ()).unwrap();
        let general = Rule {
            engine: Engine::General(Box::new(general::General::of(&parts, start, &mut |_| ()).unwrap())),
            bound: rule.bound,
        };
        prop_assert_eq!(collect(&rule, span), collect(&general, span), "{}", text);
    }

    /// Jumping to a window gives the same as walking there.
    #[test]
    fn a_window_gives_what_lies_in_it(
        text in prop_oneof![common_rule(), other_rule()], start in start(), skip in 0i64..4_000, days in 0i64..800,
    ) {
        let rule = Rule::read(&text, start, &TimeZone::UTC, false, &mut |_| ()).unwrap();
        let window = Span {
            from: Wall::midnight(start.day() + skip),
            to: Wall::midnight(start.day() + skip + days),
        };
        let mut whole = collect(&rule, Span { from: start, to: window.to });
        whole.retain(|wall| *wall >= window.from);
        prop_assert_eq!(collect(&rule, window), whole, "{}", text);
    }

    /// Whatever is written, reading and walking it ends and does not panic.
    #[test]
    fn any_text_is_walked_or_refused(
        text in "(FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY|HOURLY|SECONDLY))?(;(BYDAY|COUNT|INTERVAL|UNTIL|BYMONTH|BYMONTHDAY|BYWEEKNO|BYSETPOS|WKST|BYHOUR|SKIP|RSCALE)=[-+0-9A-Zé,]{0,6}){0,4}",
        start in start(),
    ) {
        if let Ok(rule) = Rule::read(&text, start, &TimeZone::UTC, false, &mut |_| ()) {
            let mut steps = 0;
            let span = Span { from: start, to: start.plus(400 * DAY) };
            rule.walk(span, &mut |_| {
                steps += 1;
                steps < 1000
            });
        }
    }
}
