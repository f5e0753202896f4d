//! Head-to-head and rates: few enough outcomes to add up every one of them. Exact, no simulation.

use steadfast_signal::head_to_head::HeadToHead;
use steadfast_signal::rates::{Share, compare};

/// Probability that "usually gives way" has been said at least once, looking after every one of so many conflicts, if
/// the 1:1 gives way with probability `yields` in each.
fn said_usually(conflicts: u32, yields: f64) -> f64 {
    // Probability of each count of yields, over the paths on which it was not said yet.
    let mut silent = vec![1.0];
    for n in 1..=conflicts {
        let mut next = vec![0.0; silent.len() + 1];
        for (gave_way, p) in silent.iter().enumerate() {
            next[gave_way] += p * (1.0 - yields);
            next[gave_way + 1] += p * yields;
        }
        for (gave_way, p) in (0..).zip(&mut next) {
            if HeadToHead::new(gave_way, n).usually {
                *p = 0.0;
            }
        }
        silent = next;
    }
    1.0 - silent.iter().sum::<f64>()
}

#[track_caller]
fn near(what: &str, got: f64, stated: f64, room: f64) {
    assert!(
        (got - stated).abs() <= room,
        "{what}: exactly {got:.4}, stated {stated}"
    );
}

#[test]
fn usually_is_said_by_chance_as_rarely_as_stated() {
    for (conflicts, stated) in [(8, 0.016), (12, 0.035), (20, 0.057)] {
        near(
            &format!("{conflicts} conflicts, a coin"),
            said_usually(conflicts, 0.5),
            stated,
            0.000_5,
        );
    }
}

#[test]
fn a_1_1_that_nearly_always_gives_way_is_seen() {
    near(
        "nine in ten, 12 conflicts",
        said_usually(12, 0.9),
        0.90,
        0.005,
    );
    near("always, 6 conflicts", said_usually(6, 1.0), 1.0, 1e-12);
}

const QUARTER: usize = 13;

fn binomial(p: f64) -> Vec<f64> {
    let mut of = vec![1.0];
    for _ in 0..QUARTER {
        let mut next = vec![0.0; of.len() + 1];
        for (hits, share) in of.iter().enumerate() {
            next[hits] += share * (1.0 - p);
            next[hits + 1] += share * p;
        }
        of = next;
    }
    of
}

/// Probability that "plainly more often" has been said by each of the first `quarters` quarterly looks at everything
/// so far, 13 meetings of each class a quarter, with these true rates.
fn said_plainly(one_on_one: f64, other: f64, quarters: usize) -> Vec<f64> {
    let (one_step, other_step) = (binomial(one_on_one), binomial(other));
    let mut silent = vec![vec![1.0]];
    (1..=quarters)
        .map(|quarter| {
            let of = QUARTER * quarter;
            let mut next = vec![vec![0.0; of + 1]; of + 1];
            for (one, row) in silent.iter().enumerate() {
                for (other, p) in row.iter().enumerate() {
                    for (more, share) in one_step.iter().enumerate() {
                        for (more_other, share_other) in other_step.iter().enumerate() {
                            next[one + more][other + more_other] += p * share * share_other;
                        }
                    }
                }
            }
            let share = |hits: usize| {
                Share::counted(u32::try_from(hits).unwrap(), u32::try_from(of).unwrap())
            };
            // It is said from some count of 1:1s upwards, and that count only grows with the others'.
            let mut said_from = 0;
            for other in 0..=of {
                while said_from <= of && !compare(share(said_from), share(other)).say {
                    said_from += 1;
                }
                for row in next.iter_mut().skip(said_from) {
                    row[other] = 0.0;
                }
            }
            silent = next;
            1.0 - silent.iter().flatten().sum::<f64>()
        })
        .collect()
}

#[test]
fn equal_rates_are_called_different_as_rarely_as_stated() {
    for (rate, stated) in [(0.10, 0.001), (0.20, 0.006), (0.40, 0.012)] {
        let year = said_plainly(rate, rate, 4);
        near(&format!("both {rate}, a year"), year[3], stated, 0.000_5);
    }
}

#[test]
fn different_rates_are_called_so_as_soon_as_stated() {
    let year = said_plainly(0.50, 0.10, 4);
    near("0.5 against 0.1, first quarter", year[0], 0.40, 0.01);
    near("0.5 against 0.1, second quarter", year[1], 0.77, 0.01);
    near("0.5 against 0.1, a year", year[3], 0.97, 0.01);
    near(
        "0.4 against 0.1, a year",
        said_plainly(0.40, 0.10, 4)[3],
        0.80,
        0.01,
    );
}
