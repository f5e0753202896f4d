//! The permutation test itself: reports exchanged within each week, listed or drawn.

use super::Standing;
use crate::random::SplitMix64;

/// Permutations drawn where there are too many to list.
const PERMUTATIONS: u32 = 2_000;
/// Up to so many distinct arrangements are listed one by one, and the p-value is exact.
const LISTED: f64 = 20_000.0;
/// Weight, in meetings, of the manager's overall rate in a shrunken one.
const SHRINK: f64 = 8.0;

/// At least as large, with room for the last digit: equal arrangements summed in another order must be equal.
pub(super) fn same_or_above(z: f64, max_z: f64) -> bool {
    z >= max_z - 1e-9
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

/// The weeks as far as a permutation within them can change anything.
pub(super) struct Table {
    rows: Vec<Row>,
    weeks: Vec<Week>,
    /// Disruptions that no permutation moves: of weeks where all or none were hit.
    settled: Vec<u32>,
    /// Number of distinct ways to lay each week's disruptions on its reports.
    arrangements: f64,
}

impl Table {
    pub(super) fn of(weeks: &[Vec<Option<bool>>]) -> Self {
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

    /// The largest z of the reports as they are.
    pub(super) fn observed_max_z(&self) -> f64 {
        let observed: Vec<u32> = self.rows.iter().map(|row| row.observed).collect();
        self.max_z(&observed)
    }

    /// Chance of a largest z of at least `max_z`, and whether that is exact.
    pub(super) fn p(&self, max_z: f64, seed: u64) -> (f64, bool) {
        if self.arrangements <= LISTED {
            (self.p_by_listing(max_z), true)
        } else {
            (self.p_by_drawing(max_z, seed), false)
        }
    }

    fn max_z(&self, observed: &[u32]) -> f64 {
        self.rows
            .iter()
            .zip(observed)
            .map(|(row, hits)| Self::z(row, *hits))
            .fold(f64::NEG_INFINITY, f64::max)
    }

    pub(super) fn standings(&self) -> Vec<Standing> {
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
        let max_z = table.observed_max_z();
        let (listed, drawn) = (table.p_by_listing(max_z), table.p_by_drawing(max_z, 11));
        assert!(listed > 0.02, "{listed}");
        assert!(
            (listed - drawn).abs() < 4.0 * (listed * (1.0 - listed) / 2000.0).sqrt(),
            "{listed} {drawn}"
        );
    }
}
