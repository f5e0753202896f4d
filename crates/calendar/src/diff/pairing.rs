//! Which instance of the later state is which of the earlier one.

use super::side::Side;

/// Half a week, where a series is too short to tell its spacing.
const DEFAULT_SPACING: i64 = 7 * 86_400;

/// By how much half a spacing may be missed because the clocks changed in between.
const CLOCK_CHANGE: i64 = 2 * 3600;

/// Indices into the looks of both sides.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairing {
    /// In both, by the earlier side's order.
    pub(super) both: Vec<(usize, usize)>,
    /// Only in the earlier state.
    pub(super) only_before: Vec<usize>,
    /// Only in the later state.
    pub(super) only_after: Vec<usize>,
}

/// Pairs by identity first. What is left is paired in order with the nearest within half a spacing, once the shift
/// between the two DTSTARTs is taken off: a weekly Monday that became a Friday is the Friday of the same week.
pub(super) fn pair(before: &Side<'_>, after: &Side<'_>) -> Pairing {
    let mut pairing = Pairing::default();
    if !before.repeats && !after.repeats && before.looks.len() == 1 && after.looks.len() == 1 {
        pairing.both.push((0, 0));
        return pairing;
    }
    let (mut left_before, mut left_after) = (Vec::new(), Vec::new());
    let id_before = |i: usize| before.looks.get(i).map(|l| l.id);
    let id_after = |i: usize| after.looks.get(i).map(|l| l.id);
    let (mut b, mut a) = (0, 0);
    while let (Some(in_before), Some(in_after)) = (id_before(b), id_after(a)) {
        if in_before == in_after {
            pairing.both.push((b, a));
            b += 1;
            a += 1;
        } else if in_before < in_after {
            left_before.push(b);
            b += 1;
        } else {
            left_after.push(a);
            a += 1;
        }
    }
    left_before.extend(b..before.looks.len());
    left_after.extend(a..after.looks.len());

    let spacing = match (before.spacing(), after.spacing()) {
        (Some(b), Some(a)) => b.min(a),
        (one, other) => one.or(other).unwrap_or(DEFAULT_SPACING),
    };
    let shift = match (before.first, after.first) {
        (Some(b), Some(a)) => Some(a.seconds_since(b)).filter(|shift| shift.abs() < spacing),
        _ => None,
    }
    .unwrap_or(0);
    let distance = |b: usize, a: usize| -> i64 {
        match (id_before(b), id_after(a)) {
            (Some(b), Some(a)) => a.seconds_since(b).saturating_sub(shift),
            _ => i64::MAX,
        }
    };
    let mut before_left = left_before.into_iter().peekable();
    let mut after_left = left_after.into_iter().peekable();
    while let (Some(&b), Some(&a)) = (before_left.peek(), after_left.peek()) {
        let apart = distance(b, a);
        if apart.abs() <= spacing / 2 + CLOCK_CHANGE {
            before_left.next();
            after_left.next();
            // The next one may fit better still, and not only because the clocks changed.
            let much_better = |b: usize, a: usize| {
                distance(b, a).abs().saturating_add(CLOCK_CHANGE) < apart.abs()
            };
            if let Some(&better) = after_left.peek()
                && much_better(b, better)
            {
                after_left.next();
                pairing.only_after.push(a);
                pairing.both.push((b, better));
            } else if let Some(&better) = before_left.peek()
                && much_better(better, a)
            {
                before_left.next();
                pairing.only_before.push(b);
                pairing.both.push((better, a));
            } else {
                pairing.both.push((b, a));
            }
        } else if apart > 0 {
            before_left.next();
            pairing.only_before.push(b);
        } else {
            after_left.next();
            pairing.only_after.push(a);
        }
    }
    pairing.only_before.extend(before_left);
    pairing.only_after.extend(after_left);
    pairing.both.sort_unstable();
    pairing
}
