//! A row of the table: the cost of every set of jobs. The loops that everything's speed hangs on.

/// A cost in a table: small integers where they suffice, because eight of them are worked on at once.
pub(super) trait Cell: Copy + Ord + Send + Sync + 'static {
    /// No way.
    const FAR: Self;
    /// Costs that may add up in one table stay below this.
    const LIMIT: u64;
    fn of(cost: u64) -> Self;
    fn plus(self, other: Self) -> Self;
    fn value(self) -> u64;
}

impl Cell for i16 {
    const FAR: Self = Self::MAX;
    const LIMIT: u64 = 32_000;
    fn of(cost: u64) -> Self {
        Self::try_from(cost).unwrap_or(Self::FAR)
    }
    #[inline]
    fn plus(self, other: Self) -> Self {
        self.saturating_add(other)
    }
    fn value(self) -> u64 {
        u64::try_from(self).unwrap_or(0)
    }
}

/// Far enough that adding a cost to it does not overflow; rows never hold more than this.
macro_rules! wide {
    ($cell:ty) => {
        impl Cell for $cell {
            const FAR: Self = Self::MAX / 2;
            const LIMIT: u64 = (Self::MAX / 2) as u64;
            fn of(cost: u64) -> Self {
                Self::try_from(cost).unwrap_or(Self::FAR)
            }
            #[inline]
            fn plus(self, other: Self) -> Self {
                self.wrapping_add(other)
            }
            fn value(self) -> u64 {
                u64::try_from(self).unwrap_or(0)
            }
        }
    };
}
wide!(i32);
wide!(i64);

/// Cells of the smallest row: the loops work on so many at once.
pub(super) const LANES: usize = 8;

/// `into[set] = min(into[set], from[set + job] + cost)` for every set without the job of that bit.
pub(super) fn pull<C: Cell>(into: &mut [C], from: &[C], bit: usize, cost: C) {
    match bit {
        1 => within::<C, 1>(into, from, cost),
        2 => within::<C, 2>(into, from, cost),
        4 => within::<C, 4>(into, from, cost),
        _ => {
            let pairs = into
                .chunks_exact_mut(2 * bit)
                .zip(from.chunks_exact(2 * bit));
            for (into, from) in pairs {
                lower(&mut into[..bit], &from[bit..], cost);
            }
        }
    }
}

/// `into[set + job] = min(into[set + job], from[set] + cost)` for every set without the job of that bit.
pub(super) fn push<C: Cell>(into: &mut [C], from: &[C], bit: usize, cost: C) {
    match bit {
        1 => onward::<C, 1>(into, from, cost),
        2 => onward::<C, 2>(into, from, cost),
        4 => onward::<C, 4>(into, from, cost),
        _ => {
            let pairs = into
                .chunks_exact_mut(2 * bit)
                .zip(from.chunks_exact(2 * bit));
            for (into, from) in pairs {
                lower(&mut into[bit..], &from[..bit], cost);
            }
        }
    }
}

/// `into[set] = min(into[set], from[set])`.
pub(super) fn merge<C: Cell>(into: &mut [C], from: &[C]) {
    for (into, from) in into.iter_mut().zip(from) {
        *into = (*into).min(*from);
    }
}

/// The least of `before[set] + after[set]`.
pub(super) fn meet<C: Cell>(before: &[C], after: &[C]) -> C {
    let mut least = [C::FAR; LANES];
    for (before, after) in before
        .as_chunks::<LANES>()
        .0
        .iter()
        .zip(after.as_chunks::<LANES>().0)
    {
        for lane in 0..LANES {
            least[lane] = least[lane].min(before[lane].plus(after[lane]));
        }
    }
    least.into_iter().min().unwrap_or(C::FAR)
}

fn lower<C: Cell>(into: &mut [C], from: &[C], cost: C) {
    for (into, from) in into
        .as_chunks_mut::<LANES>()
        .0
        .iter_mut()
        .zip(from.as_chunks::<LANES>().0)
    {
        for lane in 0..LANES {
            into[lane] = into[lane].min(from[lane].plus(cost));
        }
    }
}

/// [`pull`] where set and partner lie in one group of lanes.
fn within<C: Cell, const BIT: usize>(into: &mut [C], from: &[C], cost: C) {
    for (into, from) in into
        .as_chunks_mut::<LANES>()
        .0
        .iter_mut()
        .zip(from.as_chunks::<LANES>().0)
    {
        for lane in 0..LANES {
            if lane & BIT == 0 {
                into[lane] = into[lane].min(from[lane | BIT].plus(cost));
            }
        }
    }
}

/// [`push`] where set and partner lie in one group of lanes.
fn onward<C: Cell, const BIT: usize>(into: &mut [C], from: &[C], cost: C) {
    for (into, from) in into
        .as_chunks_mut::<LANES>()
        .0
        .iter_mut()
        .zip(from.as_chunks::<LANES>().0)
    {
        for lane in 0..LANES {
            if lane & BIT == 0 {
                into[lane | BIT] = into[lane | BIT].min(from[lane].plus(cost));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_loops_do_what_they_say_for_every_bit() {
        let from: Vec<i16> = (0..64).map(|set| (set * 7 % 50) as i16).collect();
        for bit in [1, 2, 4, 8, 16, 32] {
            let (mut pulled, mut pushed) = (vec![20_i16; 64], vec![20_i16; 64]);
            pull(&mut pulled, &from, bit, 3);
            push(&mut pushed, &from, bit, 3);
            for set in 0..64 {
                let (without, with) = if set & bit == 0 {
                    (20.min(from[set | bit] + 3), 20)
                } else {
                    (20, 20.min(from[set & !bit] + 3))
                };
                assert_eq!((pulled[set], pushed[set]), (without, with), "{bit} {set}");
            }
        }
    }
}
