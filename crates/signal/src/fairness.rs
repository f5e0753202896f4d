//! Is one report's 1:1 disrupted more than the others'? Observed against expected *within each week*, so that a bad
//! week that hit everybody accuses nobody, and an exact test by permuting the reports within each week.

use crate::random::SplitMix64;

/// A report is named, to the manager only, at this p-value or below …
pub const NAMED_AT_MOST: f64 = 0.01;
/// … and only if their rate exceeds that of the others by this much.
pub const NAMED_EXCESS: f64 = 0.15;

/// Permutations drawn where there are too many to list.
const PERMUTATIONS: u32 = 2_000;
/// Up to so many distinct arrangements are listed one by one, and the p-value is exact.
const LISTED: f64 = 20_000.0;
/// Weight, in meetings, of the manager's overall rate in a shrunken one.
const SHRINK: f64 = 8.0;

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
    let observed: Vec<u32> = table.rows.iter().map(|row| row.observed).collect();
    let max_z = table.max_z(&observed);
    let (p, exact) = if table.arrangements <= LISTED {
        (table.p_by_listing(max_z), true)
    } else {
        (table.p_by_drawing(max_z, seed), false)
    };
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
        .filter(|(_, standing)| same_or_above(standing.z, max_z));
    largest
        .next()
        .filter(|_| largest.next().is_none())
        .map(|(index, _)| index)
}

/// At least as large, with room for the last digit: equal arrangements summed in another order must be equal.
fn same_or_above(z: f64, max_z: f64) -> bool {
    z >= max_z - 1e-9
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

#[derive(Clone, Copy, Default)]
struct Row {
    observed: u32,
    of: u32,
    expected: f64,
    variance: f64,
}

/// A week in which the reports can be told apart: who had a 1:1, and how many of those were disrupted.
struct Week {
    present: Vec<usize>,
    disrupted: usize,
}

struct Table {
    rows: Vec<Row>,
    weeks: Vec<Week>,
    /// Disruptions that no permutation moves: of weeks where all or none were hit.
    settled: Vec<u32>,
    /// Number of distinct ways to lay each week's disruptions on its reports.
    arrangements: f64,
}

impl Table {
    fn of(weeks: &[Vec<Option<bool>>]) -> Self {
        let mut rows = vec![Row::default(); weeks.len()];
        let mut settled = vec![0; weeks.len()];
        let mut open = Vec::new();
        let mut arrangements = 1.0;
        for week in 0..weeks.iter().map(Vec::len).max().unwrap_or(0) {
            let cell = |report: &Vec<Option<bool>>| report.get(week).copied().flatten();
            let present: Vec<usize> = weeks
                .iter()
                .enumerate()
                .filter(|(_, report)| cell(report).is_some())
                .map(|(index, _)| index)
                .collect();
            let disrupted = weeks
                .iter()
                .filter(|report| cell(report) == Some(true))
                .count();
            let n = as_f64(present.len());
            let share = as_f64(disrupted) / n.max(1.0);
            for ((row, report), settled) in rows.iter_mut().zip(weeks).zip(&mut settled) {
                let Some(hit) = cell(report) else { continue };
                row.observed += u32::from(hit);
                row.of += 1;
                row.expected += share;
                // As if week shares were estimated rates. Under permutation the variance is exactly f (1 - f), so z is
                // a little large as a number of deviations; harmless, for it is only held against its own permutations.
                row.variance += share * (1.0 - share) * (n - 1.0) / n;
                if disrupted == present.len() {
                    *settled += 1;
                }
            }
            if disrupted > 0 && disrupted < present.len() {
                arrangements *= choose(present.len(), disrupted);
                open.push(Week { present, disrupted });
            }
        }
        Self {
            rows,
            weeks: open,
            settled,
            arrangements,
        }
    }

    fn z(row: &Row, observed: u32) -> f64 {
        if row.variance > 0.0 {
            (f64::from(observed) - row.expected) / row.variance.sqrt()
        } else {
            0.0
        }
    }

    fn max_z(&self, observed: &[u32]) -> f64 {
        self.rows
            .iter()
            .zip(observed)
            .map(|(row, hits)| Self::z(row, *hits))
            .fold(f64::NEG_INFINITY, f64::max)
    }

    fn standings(&self) -> Vec<Standing> {
        let (hits, of) = self
            .rows
            .iter()
            .fold((0, 0), |(hits, of), row| (hits + row.observed, of + row.of));
        let overall = f64::from(hits) / f64::from(of.max(1));
        let standing = |row: &Row| Standing {
            observed: row.observed,
            of: row.of,
            expected: row.expected,
            z: Self::z(row, row.observed),
            shrunken_rate: (overall * SHRINK + f64::from(row.observed))
                / (SHRINK + f64::from(row.of)),
        };
        self.rows.iter().map(standing).collect()
    }

    fn at_least(&self, counts: &[u32], max_z: f64) -> bool {
        same_or_above(self.max_z(counts), max_z)
    }

    fn p_by_listing(&self, max_z: f64) -> f64 {
        let mut counts = self.settled.clone();
        let extreme = self.list(&self.weeks, &mut counts, max_z);
        f64::from(extreme) / self.arrangements
    }

    /// Number of arrangements of the remaining weeks that are at least as extreme.
    fn list(&self, remaining: &[Week], counts: &mut [u32], max_z: f64) -> u32 {
        match remaining.split_first() {
            None => u32::from(self.at_least(counts, max_z)),
            Some((week, rest)) => {
                self.list_week(&week.present, week.disrupted, rest, counts, max_z)
            }
        }
    }

    /// The same with `left` disruptions still to lay on the reports `free` of the current week.
    fn list_week(
        &self,
        free: &[usize],
        left: usize,
        rest: &[Week],
        counts: &mut [u32],
        max_z: f64,
    ) -> u32 {
        if left == 0 {
            return self.list(rest, counts, max_z);
        }
        let Some((report, others)) = free.split_first() else {
            return 0;
        };
        if left > free.len() {
            return 0;
        }
        add(counts, *report, 1);
        let with = self.list_week(others, left - 1, rest, counts, max_z);
        add(counts, *report, -1);
        with + self.list_week(others, left, rest, counts, max_z)
    }

    fn p_by_drawing(&self, max_z: f64, seed: u64) -> f64 {
        let mut random = SplitMix64::new(seed);
        let mut order: Vec<usize> = Vec::new();
        let mut extreme = 0;
        for _ in 0..PERMUTATIONS {
            let mut counts = self.settled.clone();
            for week in &self.weeks {
                order.clone_from(&week.present);
                for place in 0..week.disrupted {
                    let ahead = u64::try_from(order.len() - place).unwrap_or(0);
                    let step = usize::try_from(random.below(ahead)).unwrap_or(0);
                    order.swap(place, place + step);
                }
                order
                    .iter()
                    .take(week.disrupted)
                    .for_each(|report| add(&mut counts, *report, 1));
            }
            extreme += u32::from(self.at_least(&counts, max_z));
        }
        // The observed arrangement is one of the possible ones: counting it keeps the test honest at small p.
        f64::from(extreme + 1) / f64::from(PERMUTATIONS + 1)
    }
}

fn add(counts: &mut [u32], index: usize, by: i32) {
    if let Some(count) = counts.get_mut(index) {
        *count = count.saturating_add_signed(by);
    }
}

fn choose(n: usize, k: usize) -> f64 {
    (0..k).map(|i| as_f64(n - i) / as_f64(i + 1)).product()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "numbers of reports and weeks are small"
)]
const fn as_f64(count: usize) -> f64 {
    count as f64
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
    fn listing_and_drawing_agree() {
        let rows = ["11010110", "00010010", "000-0010", "10010010"];
        let weeks: Vec<Vec<Option<bool>>> = rows
            .iter()
            .map(|row| {
                row.chars()
                    .map(|c| (c != '-').then_some(c == '1'))
                    .collect()
            })
            .collect();
        let table = Table::of(&weeks);
        let observed: Vec<u32> = table.rows.iter().map(|row| row.observed).collect();
        let max_z = table.max_z(&observed);
        let (listed, drawn) = (table.p_by_listing(max_z), table.p_by_drawing(max_z, 11));
        assert!(listed > 0.02, "{listed}");
        assert!(
            (listed - drawn).abs() < 4.0 * (listed * (1.0 - listed) / 2000.0).sqrt(),
            "{listed} {drawn}"
        );
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
