//! Where a roof of planes is highest: a small linear programme, by the simplex method.

use super::days::ByDay;
use crate::line::DAYS;

/// What one plan comes to at any prices: what it costs, and by how much it overfills each day.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Plane {
    pub(super) cost: f64,
    pub(super) over: ByDay<f64>,
}

impl Plane {
    pub(super) fn at(&self, prices: &ByDay<f64>) -> f64 {
        let paid = self.over.iter().zip(prices);
        self.cost + paid.map(|(over, price)| over * price).sum::<f64>()
    }
}

/// Where the lowest plane is highest.
pub(super) struct Top {
    pub(super) value: f64,
    pub(super) prices: ByDay<f64>,
    /// For each plane, its share in the mixture of plans that proves the value; they add up to one.
    pub(super) shares: Vec<f64>,
}

/// Smaller than this is nothing.
const NOTHING: f64 = 1e-9;

/// The highest point under all `planes` within these prices.
pub(super) fn top(planes: &[Plane], low: &ByDay<f64>, high: &ByDay<f64>) -> Top {
    let days: Vec<usize> = (0..DAYS).filter(|day| high[*day] > low[*day]).collect();
    // One below the lowest plane at the low corner: there every slack is above nothing, so it is a corner to start from.
    let floor = planes
        .iter()
        .map(|plane| plane.at(low))
        .fold(f64::INFINITY, f64::min)
        - 1.0;
    let (variables, rows) = (1 + days.len(), planes.len() + days.len());
    let last = variables + rows;
    let mut table = vec![vec![0.0; last + 1]; rows + 1];
    for (row, plane) in table.iter_mut().zip(planes) {
        row[0] = 1.0;
        for (column, day) in days.iter().enumerate() {
            row[1 + column] = -plane.over[*day];
        }
        row[last] = plane.at(low) - floor;
    }
    for (column, day) in days.iter().enumerate() {
        let row = &mut table[planes.len() + column];
        row[1 + column] = 1.0;
        row[last] = high[*day] - low[*day];
    }
    for (at, row) in table.iter_mut().take(rows).enumerate() {
        row[variables + at] = 1.0;
    }
    table[rows][0] = -1.0;
    let mut basis: Vec<usize> = (variables..last).collect();
    // Bland's rule never comes to a corner twice; rounding might.
    for _ in 0..50 * (rows + variables) {
        let Some(enters) = (0..last).find(|column| table[rows][*column] < -NOTHING) else {
            break;
        };
        let able = (0..rows).filter(|row| table[*row][enters] > NOTHING);
        let ratio = |row: &usize| table[*row][last] / table[*row][enters];
        let leaves = able.min_by(|one, other| {
            ratio(one)
                .total_cmp(&ratio(other))
                .then(basis[*one].cmp(&basis[*other]))
        });
        let Some(leaves) = leaves else { break };
        pivot(&mut table, leaves, enters);
        basis[leaves] = enters;
    }
    let mut prices = *low;
    for (row, variable) in basis.iter().enumerate() {
        if let Some(column) = variable.checked_sub(1).filter(|at| *at < days.len()) {
            prices[days[column]] += table[row][last];
        }
    }
    for (price, (low, high)) in prices.iter_mut().zip(low.iter().zip(high)) {
        *price = price.clamp(*low, *high);
    }
    let shares = (0..planes.len()).map(|plane| table[rows][variables + plane].max(0.0));
    Top {
        value: floor + table[rows][last],
        prices,
        shares: shares.collect(),
    }
}

fn pivot(table: &mut [Vec<f64>], row: usize, column: usize) {
    let by = table[row][column];
    for cell in &mut table[row] {
        *cell /= by;
    }
    let with = table[row].clone();
    for (at, other) in table.iter_mut().enumerate() {
        let times = other[column];
        if at != row && times != 0.0 {
            for (cell, with) in other.iter_mut().zip(&with) {
                *cell -= times * with;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_slopes_meet_at_the_top_and_share_it() {
        let plane = |cost: f64, over: f64| {
            let mut plane = Plane {
                cost,
                over: [-1.0; DAYS],
            };
            plane.over[2] = over;
            plane
        };
        // One day too full by one for 10, or one with room for two for 16: a price of two, and a third of the other plan.
        let planes = [plane(10.0, 1.0), plane(16.0, -2.0), plane(30.0, -2.0)];
        let top = top(&planes, &[0.0; DAYS], &[100.0; DAYS]);
        assert!((top.value - 12.0).abs() < 1e-6, "{}", top.value);
        assert!((top.prices[2] - 2.0).abs() < 1e-6, "{:?}", top.prices);
        assert!((top.shares[0] - 2.0 / 3.0).abs() < 1e-6, "{:?}", top.shares);
        assert!((top.shares[1] - 1.0 / 3.0).abs() < 1e-6, "{:?}", top.shares);
    }
}
