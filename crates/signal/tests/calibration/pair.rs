//! The pair signal: any alarm at any of the looks counts.

use crate::table::{Simulated, agrees, agrees_to, first_reached};
use steadfast_signal::pair_signal::{PairSignal, Params};
use steadfast_signal::random::SplitMix64;
use steadfast_signal::{Band, Kind};

/// Simulated pair-years per row: enough to notice theta0 = .21, few enough to run with every test.
const RUNS: u32 = 12_000;
pub(crate) const YEAR: u32 = 52;

/// When a pair first stood in a band or above, in meetings; `None`: never in the time looked at.
pub(crate) struct Alarms {
    heads_up: Option<u32>,
    pattern: Option<u32>,
}

fn signals(runs: u32, seed: u64) -> impl Iterator<Item = SplitMix64> {
    let mut seeds = SplitMix64::new(seed);
    (0..runs).map(move |_| SplitMix64::new(seeds.next_u64()))
}

/// Pairs whose meetings are disrupted at `before` for so many looks, unwatched, and then at `rate`, watched.
fn simulate(kind: Kind, before: (u32, f64), looks: u32, rate: f64) -> Vec<Alarms> {
    simulate_with(kind.params(), before, looks, rate)
}

/// The same with other constants.
pub(crate) fn simulate_with(
    params: Params,
    (unwatched, before): (u32, f64),
    looks: u32,
    rate: f64,
) -> Vec<Alarms> {
    let seed = u64::from(looks) << 32 ^ rate.to_bits() ^ before.to_bits().rotate_left(17);
    let pair = |mut random: SplitMix64| {
        let mut signal = PairSignal::new(params);
        for _ in 0..unwatched {
            signal.step(random.chance(before), 1.0);
        }
        let mut alarms = Alarms {
            heads_up: None,
            pattern: None,
        };
        for look in 1..=looks {
            let band = signal.step(random.chance(rate), 1.0).band;
            if band >= Band::HeadsUp {
                alarms.heads_up.get_or_insert(look);
            }
            if band == Band::Pattern {
                alarms.pattern.get_or_insert(look);
            }
        }
        alarms
    };
    signals(RUNS, seed).map(pair).collect()
}

pub(crate) fn heads_up_by(all: &[Alarms], week: u32) -> Simulated {
    Simulated::count(all, |alarms| alarms.heads_up.is_some_and(|at| at <= week))
}

pub(crate) fn pattern_by(all: &[Alarms], week: u32) -> Simulated {
    Simulated::count(all, |alarms| alarms.pattern.is_some_and(|at| at <= week))
}

/// One row of the main table.
struct Row {
    rate: f64,
    heads_up: f64,
    heads_up_week: Option<u32>,
    pattern: f64,
    pattern_week: Option<u32>,
    pattern_by_8_13_26: [f64; 3],
}

#[test]
fn a_year_of_weekly_meetings_raises_the_stated_alarms() {
    #[rustfmt::skip]
    let table = [
        Row { rate: 0.05, heads_up: 0.007, heads_up_week: None,     pattern: 0.000, pattern_week: None,     pattern_by_8_13_26: [0.000, 0.000, 0.000] },
        Row { rate: 0.10, heads_up: 0.068, heads_up_week: None,     pattern: 0.001, pattern_week: None,     pattern_by_8_13_26: [0.000, 0.000, 0.000] },
        Row { rate: 0.15, heads_up: 0.248, heads_up_week: None,     pattern: 0.009, pattern_week: None,     pattern_by_8_13_26: [0.001, 0.002, 0.005] },
        Row { rate: 0.20, heads_up: 0.519, heads_up_week: None,     pattern: 0.047, pattern_week: None,     pattern_by_8_13_26: [0.004, 0.010, 0.025] },
        Row { rate: 0.30, heads_up: 0.922, heads_up_week: Some(16), pattern: 0.364, pattern_week: None,     pattern_by_8_13_26: [0.029, 0.073, 0.185] },
        Row { rate: 0.40, heads_up: 0.997, heads_up_week: Some(9),  pattern: 0.817, pattern_week: Some(26), pattern_by_8_13_26: [0.093, 0.230, 0.516] },
        Row { rate: 0.50, heads_up: 1.000, heads_up_week: Some(7),  pattern: 0.985, pattern_week: Some(14), pattern_by_8_13_26: [0.221, 0.481, 0.836] },
        Row { rate: 0.60, heads_up: 1.000, heads_up_week: Some(6),  pattern: 1.000, pattern_week: Some(9),  pattern_by_8_13_26: [0.411, 0.743, 0.974] },
        Row { rate: 0.80, heads_up: 1.000, heads_up_week: Some(3),  pattern: 1.000, pattern_week: Some(6),  pattern_by_8_13_26: [0.851, 0.988, 1.000] },
    ];
    for row in table {
        let all = simulate(Kind::Disruption, (0, 0.0), YEAR, row.rate);
        let what = |part: &str| format!("rate {}, {part}", row.rate);
        agrees(
            &what("heads-up in a year"),
            row.heads_up,
            heads_up_by(&all, YEAR),
        );
        agrees(
            &what("pattern in a year"),
            row.pattern,
            pattern_by(&all, YEAR),
        );
        for (week, stated) in [8, 13, 26].into_iter().zip(row.pattern_by_8_13_26) {
            agrees(
                &what(&format!("pattern by week {week}")),
                stated,
                pattern_by(&all, week),
            );
        }
        if let Some(week) = row.heads_up_week {
            first_reached(&what("median heads-up"), 0.5, week, |by| {
                heads_up_by(&all, by)
            });
        }
        if let Some(week) = row.pattern_week {
            first_reached(&what("median pattern"), 0.5, week, |by| {
                pattern_by(&all, by)
            });
        }
    }
}

#[test]
fn a_year_of_meetings_every_two_weeks_takes_as_many_meetings() {
    let looks = YEAR / 2;
    let boundary = simulate(Kind::Disruption, (0, 0.0), looks, 0.20);
    agrees(
        "every two weeks, rate 0.2",
        0.025,
        pattern_by(&boundary, looks),
    );
    let half = simulate(Kind::Disruption, (0, 0.0), looks, 0.50);
    agrees("every two weeks, rate 0.5", 0.837, pattern_by(&half, looks));
    first_reached("every two weeks, median heads-up", 0.5, 7, |by| {
        heads_up_by(&half, by)
    });
    first_reached("every two weeks, median pattern", 0.5, 14, |by| {
        pattern_by(&half, by)
    });
}

#[test]
fn a_change_after_a_good_half_year_is_seen_as_soon_as_stated() {
    let good = (26, 0.08);
    let half = simulate(Kind::Disruption, good, 26, 0.50);
    first_reached("0.08 to 0.5, median heads-up", 0.5, 8, |by| {
        heads_up_by(&half, by)
    });
    first_reached("0.08 to 0.5, median pattern", 0.5, 19, |by| {
        pattern_by(&half, by)
    });
    let more = simulate(Kind::Disruption, good, 26, 0.60);
    agrees_to(0.005, "0.08 to 0.6, pattern", 0.94, pattern_by(&more, 26));
    first_reached("0.08 to 0.6, median pattern", 0.5, 13, |by| {
        pattern_by(&more, by)
    });
}

/// Of the pairs that stand in a pattern after so many bad meetings: good ones until they stand in no band that is told.
fn cleared_after(bad: u32) -> Vec<u32> {
    let pair = |mut random: SplitMix64| {
        let mut signal = PairSignal::new(Params::DISRUPTION);
        for _ in 0..bad {
            signal.step(random.chance(0.60), 1.0);
        }
        if signal.now().band != Band::Pattern {
            return None;
        }
        (1..=YEAR).find(|_| signal.step(random.chance(0.05), 1.0).band < Band::HeadsUp)
    };
    signals(RUNS, u64::from(bad)).filter_map(pair).collect()
}

#[test]
fn a_pair_that_recovers_is_let_go_as_soon_as_stated() {
    // Bad meetings before; meetings until half, and until nine in ten, are let go.
    for (bad, half, most) in [(13, 9, 12), (26, 10, 14)] {
        let all = cleared_after(bad);
        let by = |week: u32| Simulated::count(&all, |cleared| *cleared <= week);
        first_reached(&format!("let go after {bad} bad, median"), 0.5, half, by);
        first_reached(
            &format!("let go after {bad} bad, nine in ten"),
            0.9,
            most,
            by,
        );
    }
}

#[test]
fn losses_raise_the_stated_alarms() {
    let table = [
        (0.05, 0.001, None),
        (0.08, 0.011, None),
        (0.10, 0.034, None),
        (0.30, 0.927, Some(19)),
        (0.40, 0.997, Some(11)),
        (0.50, 1.000, Some(8)),
    ];
    for (rate, pattern, week) in table {
        let all = simulate(Kind::Loss, (0, 0.0), YEAR, rate);
        agrees(
            &format!("losses at {rate}, pattern in a year"),
            pattern,
            pattern_by(&all, YEAR),
        );
        if let Some(week) = week {
            first_reached(
                &format!("losses at {rate}, median pattern"),
                0.5,
                week,
                |by| pattern_by(&all, by),
            );
        }
    }
}

/// Years in which busy spells of three weeks on average come and go, with other rates than the calm weeks between.
fn clumped_years(calm: f64, busy: f64, share_busy: f64) -> Vec<Band> {
    let ends = 1.0 / 3.0;
    let begins = ends * share_busy / (1.0 - share_busy);
    let year = |mut random: SplitMix64| {
        let mut signal = PairSignal::new(Params::DISRUPTION);
        let mut in_a_spell = random.chance(share_busy);
        let mut week = |_| {
            let band = signal
                .step(random.chance(if in_a_spell { busy } else { calm }), 1.0)
                .band;
            in_a_spell = if in_a_spell {
                !random.chance(ends)
            } else {
                random.chance(begins)
            };
            band
        };
        (0..YEAR).map(&mut week).max().unwrap()
    };
    signals(RUNS, busy.to_bits()).map(year).collect()
}

#[test]
fn clumped_weeks_raise_the_alarms_that_the_write_up_warns_of() {
    for (calm, busy, mean, stated) in [(0.04, 0.35, 0.10, 0.015), (0.05, 0.60, 0.16, 0.152)] {
        let worst = clumped_years(calm, busy, (mean - calm) / (busy - calm));
        let pattern = Simulated::count(&worst, |band| *band == Band::Pattern);
        agrees(
            &format!("clumped, mean {mean}, pattern in a year"),
            stated,
            pattern,
        );
    }
}
