//! Is one report's 1:1 disrupted more than the others'? Observed against expected *within each week*, so that a bad
//! week that hit everybody accuses nobody, and an exact test by permuting the reports within each week.

mod table;

use table::Table;

/// A report is named, to the manager only, at this p-value or below …
pub const NAMED_AT_MOST: f64 = 0.01;
/// … and only if their rate exceeds that of the others by this much.
pub const NAMED_EXCESS: f64 = 0.15;

/// One report beside the others.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Standing {
    /// Disrupted.
    pub observed: u32,
    /// Of how many.
    pub of: u32,
    /// Expected, had each week's disruptions fallen on the reports at random.
    pub expected: f64,
    /// (observed - expected) over its spread; 0 where no week tells the reports apart. For ordering within one look;
    /// what it means is said by the p-value, not by a table of the normal distribution.
    pub z: f64,
    /// The rate to show: drawn towards the rate of all by eight meetings' weight. Never a ranking.
    pub shrunken_rate: f64,
}

/// What a look at one manager's reports found.
#[derive(Clone, PartialEq, Debug)]
pub struct Fairness {
    /// One per report, in the order given.
    pub standings: Vec<Standing>,
    /// The largest z.
    pub max_z: f64,
    /// Chance of so large a z if the reports were interchangeable within each week.
    pub p: f64,
    /// Whether `p` is exact; otherwise from 2,000 seeded permutations.
    pub exact: bool,
    /// Index of the report that may be named to the manager, where one may.
    pub named: Option<usize>,
}

/// Looks at `weeks[report][week]`: whether that report's 1:1 was disrupted that week, `None` where there was no
/// eligible one. Rows may differ in length. `None` with fewer than two reports. Meant for quarterly looks.
///
/// The same `seed` gives the same answer.
pub fn fairness(weeks: &[Vec<Option<bool>>], seed: u64) -> Option<Fairness> {
    if weeks.len() < 2 {
        return None;
    }
    let table = Table::of(weeks);
    let max_z = table.observed_max_z();
    let (p, exact) = table.p(max_z, seed);
    let standings = table.standings();
    let named = single_largest(&standings, max_z)
        .filter(|index| p <= NAMED_AT_MOST && excess(&standings, *index) >= NAMED_EXCESS);
    Some(Fairness {
        standings,
        max_z,
        p,
        exact,
        named,
    })
}

/// The one with the largest z; nobody where two share it.
fn single_largest(standings: &[Standing], max_z: f64) -> Option<usize> {
    let mut largest = standings
        .iter()
        .enumerate()
        .filter(|(_, standing)| table::same_or_above(standing.z, max_z));
    largest
        .next()
        .filter(|_| largest.next().is_none())
        .map(|(index, _)| index)
}

/// A report's rate minus the rate of all others together.
fn excess(standings: &[Standing], index: usize) -> f64 {
    let rate = |own: bool| {
        let side = standings
            .iter()
            .enumerate()
            .filter(|(i, _)| (*i == index) == own);
        let (hits, of) = side.fold((0, 0), |(hits, of), (_, s)| (hits + s.observed, of + s.of));
        f64::from(hits) / f64::from(of.max(1))
    };
    rate(true) - rate(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(rows: &[&str]) -> Fairness {
        let cell = |c: char| match c {
            '1' => Some(true),
            '0' => Some(false),
            _ => None,
        };
        let weeks: Vec<Vec<Option<bool>>> = rows
            .iter()
            .map(|row| row.chars().map(cell).collect())
            .collect();
        fairness(&weeks, 1).unwrap()
    }

    #[test]
    fn small_tables_are_listed_exactly() {
        let found = look(&["1110", "0000", "0001"]);
        assert!(found.exact);
        assert!((found.p - 27.0 / 81.0).abs() < 1e-12);
        assert_eq!(found.named, None);
    }

    #[test]
    fn a_bad_week_that_hit_everybody_accuses_nobody() {
        let found = look(&["1111", "1111", "1111"]);
        assert!((found.p - 1.0).abs() < 1e-12);
        assert!(
            found
                .standings
                .iter()
                .all(|standing| standing.z.abs() < 1e-12)
        );
        assert_eq!(found.named, None);
    }

    #[test]
    fn a_plain_and_lasting_difference_is_named() {
        let often = "1101101101101101101101101";
        let rarely = "0000000001000000000000000";
        let never = "0000000000000000000000000";
        let found = look(&[rarely, often, never, never]);
        assert_eq!(found.named, Some(1));
        assert!(found.p <= NAMED_AT_MOST);
        let [_, standing, ..] = found.standings[..] else {
            panic!("four reports")
        };
        assert!(standing.shrunken_rate < f64::from(standing.observed) / f64::from(standing.of));
    }

    #[test]
    fn a_sure_but_small_difference_is_not_named() {
        let row = |every: usize, at: usize| -> String {
            (0..400)
                .map(|week| if week % every == at { '1' } else { '0' })
                .collect()
        };
        let found = look(&[&row(8, 1), &row(200, 2), &row(200, 3)]);
        assert!(found.p <= NAMED_AT_MOST);
        assert_eq!(found.named, None);
    }

    #[test]
    fn two_who_share_the_largest_are_not_told_apart() {
        let (often, never) = ("1111111111111111", "0000000000000000");
        let found = look(&[often, often, never, never, never, never]);
        assert!(found.p <= NAMED_AT_MOST);
        assert_eq!(found.named, None);
    }

    #[test]
    fn one_report_alone_is_compared_with_nobody_and_empty_rows_do_no_harm() {
        assert_eq!(fairness(&[vec![Some(true)]], 1), None);
        assert_eq!(fairness(&[], 1), None);
        assert!((look(&["", ""]).p - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_same_seed_gives_the_same_answer() {
        let rows = [
            "1011011011011",
            "0010000000000",
            "0010001000000",
            "00000-0001000",
        ];
        assert_eq!(look(&rows), look(&rows));
    }
}
