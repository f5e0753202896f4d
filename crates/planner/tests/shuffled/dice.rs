//! Numbers from a seed (Knuth's generator), the same every time; and what is done with them.

use serde_json::Value;

pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: usize) -> Self {
        let mut dice = Self(seed as u64 ^ 0x5EED);
        dice.below(1);
        dice
    }

    /// A number below `most`.
    pub(crate) fn below(&mut self, most: usize) -> usize {
        let next = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = next.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }

    /// Whether something with so many chances in a hundred comes.
    pub(crate) fn comes(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    pub(crate) fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.below(last + 1));
        }
    }

    pub(crate) fn shuffled(&mut self, things: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..things).collect();
        self.shuffle(&mut order);
        order
    }

    /// Shuffles a list in a file, if it is there.
    pub(crate) fn shuffle_list(&mut self, list: &mut Value) {
        if let Some(list) = list.as_array_mut() {
            self.shuffle(list);
        }
    }
}
