//! Finds by hash what is kept elsewhere: eight bytes a place, where a map would keep every key once more.

use foldhash::fast::RandomState;
use std::hash::BuildHasher as _;

/// Places in the smallest table.
const LEAST: usize = 16;

/// Numbers by the hash of what they stand for. Seeded at random, as every map whose keys come from a calendar.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Hash above, number and one below; zero: nobody's. Open addressing, linear probing.
    places: Vec<u64>,
    count: usize,
    state: RandomState,
}

impl Index {
    /// The hash of a text, in this index.
    pub fn hash(&self, text: &str) -> u32 {
        let hash = self.state.hash_one(text.as_bytes());
        ((hash >> 32) ^ (hash & u64::from(u32::MAX))) as u32
    }

    /// The number with this hash that `is` the one sought.
    pub fn find(&self, hash: u32, is: impl Fn(u32) -> bool) -> Option<u32> {
        let mask = self.places.len().checked_sub(1)?;
        let mut at = hash as usize & mask;
        loop {
            let place = *self.places.get(at)?;
            if place == 0 {
                return None;
            }
            let number = (place as u32).wrapping_sub(1);
            if (place >> 32) as u32 == hash && is(number) {
                return Some(number);
            }
            at = (at + 1) & mask;
        }
    }

    /// Adds a number that is not in it; below `u32::MAX`.
    pub fn add(&mut self, hash: u32, number: u32) {
        // Seven eighths: beyond it a search takes many steps.
        if (self.count + 1) * 8 > self.places.len() * 7 {
            let larger = (self.places.len() * 2).max(LEAST);
            let before = std::mem::replace(&mut self.places, vec![0; larger]);
            before
                .into_iter()
                .filter(|p| *p != 0)
                .for_each(|p| self.put(p));
        }
        self.count += 1;
        self.put((u64::from(hash) << 32) | u64::from(number.wrapping_add(1)));
    }

    fn put(&mut self, place: u64) {
        let mask = self.places.len().wrapping_sub(1);
        let mut at = (place >> 32) as usize & mask;
        while let Some(here) = self.places.get_mut(at) {
            if *here == 0 {
                *here = place;
                return;
            }
            at = (at + 1) & mask;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Index;

    #[test]
    fn what_was_added_is_found_also_where_hashes_are_equal() {
        let mut index = Index::default();
        for number in 0..1_000_u32 {
            index.add(number % 7, number);
        }
        for number in 0..1_000 {
            assert_eq!(index.find(number % 7, |n| n == number), Some(number));
            assert_eq!(index.find((number + 1) % 7, |n| n == number), None);
        }
        assert_eq!(Index::default().find(1, |_| true), None);
    }
}
