//! Seeded chance.

/// SplitMix64: small, well mixed, the same everywhere.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    pub(super) fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// Some of `all`, in their order; how many is one of `counts`, as far as there are so many.
    pub(super) fn some_of<T: Copy>(&mut self, all: &[T], counts: [usize; 5]) -> Vec<T> {
        let mut left = self.one_of(&counts).min(all.len());
        let mut chosen = Vec::with_capacity(left);
        for (at, item) in all.iter().enumerate() {
            if self.below(all.len() - at) < left {
                chosen.push(*item);
                left -= 1;
            }
        }
        chosen
    }
}
