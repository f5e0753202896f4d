//! Our own small generator, so that a seed gives the same life on every machine and with every library version.

/// SplitMix64 (Steele, Lea and Flood, 2014): tiny, fast, and good enough to make up a calendar.
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    /// A generator for one seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub const fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A generator of its own for one part of the life, so that changing one part leaves the others as they were.
    pub const fn fork(&mut self, part: u64) -> Self {
        Self(self.next_u64() ^ part.wrapping_mul(0xD6E8_FEB8_6659_FD93))
    }

    /// A whole number in `[from, to]`; `from` when the range is empty.
    pub const fn between(&mut self, from: i64, to: i64) -> i64 {
        if to <= from {
            return from;
        }
        let span = to.abs_diff(from).saturating_add(1);
        from.wrapping_add_unsigned(self.next_u64() % span)
    }

    /// An index below `len`; 0 for an empty list.
    pub const fn index(&mut self, len: usize) -> usize {
        if len == 0 {
            return 0;
        }
        (self.next_u64() % len as u64) as usize
    }

    /// True with probability `p`.
    pub fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// A number in `[0, 1)`.
    pub fn unit(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// One of a list that is not empty.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.index(list.len())]
    }

    /// One of a list that is not empty, by weight.
    pub fn weighted<T: Copy>(&mut self, list: &[(T, u32)]) -> T {
        let total: u32 = list.iter().map(|(_, weight)| weight).sum();
        let mut left = self.between(0, i64::from(total) - 1) as u32;
        for (value, weight) in list {
            if left < *weight {
                return *value;
            }
            left -= weight;
        }
        list[0].0
    }
}

#[cfg(test)]
mod tests {
    use super::Rng;

    #[test]
    fn a_seed_always_gives_the_same_numbers() {
        let mut rng = Rng::new(0);
        assert_eq!(rng.next_u64(), 0xE220_A839_7B1D_CDAF);
        assert_eq!(rng.next_u64(), 0x6E78_9E6A_A1B9_65F4);
    }

    #[test]
    fn weights_are_respected() {
        let mut rng = Rng::new(7);
        let ones = (0..10_000)
            .filter(|_| rng.weighted(&[(0, 9), (1, 1)]) == 1)
            .count();
        assert!((800..1_200).contains(&ones), "{ones}");
    }

    #[test]
    fn a_range_includes_both_ends() {
        let mut rng = Rng::new(1);
        let mut seen = [false; 3];
        for _ in 0..100 {
            seen[rng.between(0, 2) as usize] = true;
        }
        assert_eq!(seen, [true; 3]);
        assert_eq!(rng.between(5, 4), 5);
    }
}
