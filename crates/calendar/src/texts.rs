//! Texts, each once, end to end in one piece of memory: each of a million addresses takes its own bytes and a few more,
//! where a string of its own would take twice as many.

use crate::index::Index;

/// Beyond this nothing more is taken in: places are told in four bytes.
const FULL: usize = u32::MAX as usize / 2;

/// All texts, by number; number 0 is the empty one.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    all: String,
    /// Where each ends; it begins where the one before it ends.
    ends: Vec<u32>,
    index: Index,
}

impl Texts {
    /// The number of `text`, met now or before. One that finds no room ([`Texts::is_full`]) is as the empty one.
    pub fn number(&mut self, text: &str) -> u32 {
        if text.is_empty() || text.len() > FULL || self.is_full() {
            return 0;
        }
        if self.ends.is_empty() {
            self.ends.push(0);
        }
        let hash = self.index.hash(text);
        let known = self.index.find(hash, |number| self.get(number) == text);
        known.unwrap_or_else(|| {
            let number = u32::try_from(self.ends.len()).unwrap_or(0);
            self.all.push_str(text);
            self.ends
                .push(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
            self.index.add(hash, number);
            number
        })
    }

    /// The text of that number; empty where there is none.
    #[inline]
    pub fn get(&self, number: u32) -> &str {
        let at = number as usize;
        let from = at.checked_sub(1).and_then(|before| self.ends.get(before));
        let (Some(from), Some(to)) = (from, self.ends.get(at)) else {
            return "";
        };
        self.all
            .get(*from as usize..*to as usize)
            .unwrap_or_default()
    }

    /// The number of a text that [`Texts::get`] gave; `None` of any other, equal or not.
    pub fn number_of_own(&self, text: &str) -> Option<u32> {
        let from = text.as_ptr().addr().checked_sub(self.all.as_ptr().addr())?;
        let from = u32::try_from(from).ok()?;
        let number = u32::try_from(self.ends.partition_point(|end| *end <= from)).ok()?;
        let own = self.get(number);
        (own.as_ptr() == text.as_ptr() && own.len() == text.len()).then_some(number)
    }

    /// Whether there is none but the empty one.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether no more find room.
    pub fn is_full(&self) -> bool {
        self.all.len() >= FULL
    }

    /// Nothing is put in any more: lets go of what only that needs.
    pub fn close(&mut self) {
        self.index = Index::default();
        self.all.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::Texts;

    #[test]
    fn each_once_and_found_again() {
        let mut texts = Texts::default();
        let words = ["ana@example.com", "", "Ana", "Ana Müller", "Ana", "a"];
        let numbers = words.map(|word| texts.number(word));
        assert_eq!(numbers, [1, 0, 2, 3, 2, 4]);
        texts.close();
        for (word, number) in words.into_iter().zip(numbers) {
            assert_eq!(texts.get(number), word);
            let own = texts.get(number);
            let is_own = (number > 0).then_some(number);
            assert_eq!(texts.number_of_own(own), is_own, "{word}");
            assert_eq!(texts.number_of_own(word), None, "{word}");
        }
        assert_eq!(texts.get(5), "");
        let part = texts.get(3).get(..3).unwrap_or_default();
        assert_eq!(texts.number_of_own(part), None);
        assert_eq!(Texts::default().number_of_own("a"), None);
    }
}
