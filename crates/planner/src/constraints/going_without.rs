//! **Going without.** The price of leaving a pair without a place.

/// Beyond this, sums over sixty reports of ten times the weight would leave the small numbers that tables are quick with.
/// Nothing comes near: the dearest place there can be costs some 4,200, and nobody has more than two hundred 1:1s.
const MOST: u32 = 1_500_000;

/// What going without costs, before the pair's own weight: more than if everybody that one person meets, `others` in
/// number, were at their dearest place. So nobody goes without to spare their teammates a move.
pub fn going_without(dearest: u32, others: usize) -> u32 {
    let others = u32::try_from(others).unwrap_or(MOST).saturating_add(2);
    dearest.max(1).saturating_mul(others).min(MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn going_without_costs_more_than_the_moves_of_everybody_else() {
        assert_eq!(going_without(180, 8), 1800);
        assert!(going_without(2000, 4) > 4 * 2000);
        assert!(going_without(4200, 200) > 200 * 4200);
        assert_eq!(going_without(u32::MAX, usize::MAX), MOST);
    }
}
