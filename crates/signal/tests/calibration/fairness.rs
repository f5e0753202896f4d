//! Fairness between reports: hardly ever a name by chance, also when bad weeks hit everybody.

use steadfast_signal::fairness::fairness;
use steadfast_signal::random::SplitMix64;

/// Share of quarterly looks at which somebody is named, and at which it is report 0. Every report's meetings are
/// disrupted at `base`, report 0's at `base + extra`; in one week of five (if `bad_weeks`) at 0.4 more for all.
fn named(
    reports: usize,
    weeks: usize,
    base: f64,
    extra: f64,
    bad_weeks: bool,
    looks: u32,
) -> (f64, f64) {
    let mut random = SplitMix64::new(u64::try_from(reports * 1000 + weeks).unwrap());
    let (mut anybody, mut the_first) = (0, 0);
    for look in 0..looks {
        let mut table = vec![Vec::new(); reports];
        for _ in 0..weeks {
            let worse = if bad_weeks && random.chance(0.2) {
                0.4
            } else {
                0.0
            };
            for (report, row) in table.iter_mut().enumerate() {
                let own = if report == 0 { extra } else { 0.0 };
                row.push(Some(random.chance(base + own + worse)));
            }
        }
        let found = fairness(&table, u64::from(look)).unwrap();
        anybody += u32::from(found.named.is_some());
        the_first += u32::from(found.named == Some(0));
    }
    (
        f64::from(anybody) / f64::from(looks),
        f64::from(the_first) / f64::from(looks),
    )
}

/// The gate is p <= .01, so no more than one look in a hundred may name anybody by chance; four standard errors on
/// that, at the number of looks used here.
#[track_caller]
fn hardly_ever(reports: usize, base: f64, bad_weeks: bool) {
    let looks = 500;
    let (anybody, _) = named(reports, 13, base, 0.0, bad_weeks, looks);
    let room = 4.0 * (0.01 * 0.99 / f64::from(looks)).sqrt();
    assert!(
        anybody <= 0.01 + room,
        "{reports} equal reports at {base}, bad weeks {bad_weeks}: named in {anybody}"
    );
}

#[test]
fn equal_reports_are_hardly_ever_told_apart() {
    hardly_ever(4, 0.20, false);
    hardly_ever(8, 0.08, false);
}

#[test]
fn weeks_that_are_bad_for_all_accuse_nobody() {
    hardly_ever(4, 0.20, true);
    hardly_ever(8, 0.08, true);
}

#[test]
fn a_report_treated_much_worse_is_seen_within_half_a_year() {
    for (reports, base) in [(4, 0.20), (8, 0.08)] {
        let (anybody, the_first) = named(reports, 26, base, 0.40, false, 200);
        assert!(
            the_first >= 0.65,
            "{reports} reports at {base}: seen in {the_first}"
        );
        assert!(
            anybody - the_first <= 0.02,
            "{reports} reports at {base}: somebody else in {}",
            anybody - the_first
        );
    }
}
