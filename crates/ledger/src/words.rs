//! Words in titles: whether one stands in a text by itself, and which of a list does.

/// Whether `word` stands in `text` with no letter or digit touching it.
pub(crate) fn has_word(text: &str, word: &str) -> bool {
    let Some(first) = word.bytes().next() else {
        return false;
    };
    let firsts = text.bytes().enumerate().filter(|(_, byte)| *byte == first);
    firsts.map(|(at, _)| at).any(|at| stands(text, at, word))
}

/// Whether `word` begins at byte `at` of `text` and stands by itself there.
fn stands(text: &str, at: usize, word: &str) -> bool {
    let Some(rest) = text.get(at..).and_then(|rest| rest.strip_prefix(word)) else {
        return false;
    };
    let touches = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    // Scripts without spaces have no word borders.
    let spaced = word.chars().all(|c| !is_unspaced(c));
    !spaced || (!touches(text[..at].chars().next_back()) && !touches(rest.chars().next()))
}

fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}')
}

/// Words that are looked for together: a title is gone through once, not once for each of a hundred words.
pub(crate) struct WordList {
    words: Vec<&'static str>,
    /// Places of those that begin with a byte, by that byte.
    by_first: Vec<Vec<u16>>,
}

impl WordList {
    /// These words, lower case.
    pub(crate) fn new(words: impl IntoIterator<Item = &'static str>) -> Self {
        let words: Vec<_> = words.into_iter().collect();
        let mut by_first = vec![Vec::new(); 256];
        for (place, word) in (0..).zip(&words) {
            let first = word.bytes().next();
            if let Some(begin) = first.and_then(|byte| by_first.get_mut(usize::from(byte))) {
                begin.push(place);
            }
        }
        Self { words, by_first }
    }

    /// The place in the list of the first of its words that stands in `text` (lower case), wherever it does.
    pub(crate) fn first_in(&self, text: &str) -> Option<usize> {
        let mut found: Option<u16> = None;
        for (at, byte) in text.bytes().enumerate() {
            let begin = self.by_first.get(usize::from(byte));
            let sooner = begin.into_iter().flatten().copied();
            let here = sooner
                .take_while(|place| found.is_none_or(|found| *place < found))
                .find(|place| {
                    let word = self.words.get(usize::from(*place));
                    word.is_some_and(|word| stands(text, at, word))
                });
            found = here.or(found);
        }
        found.map(usize::from)
    }

    /// Whether one of them stands in `text` (lower case).
    pub(crate) fn any_in(&self, text: &str) -> bool {
        self.first_in(text).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: [&str; 7] = [
        "team",
        "1:1",
        "1",
        "einzelgespräch",
        "über",
        "面談",
        "the team",
    ];

    #[test]
    fn the_first_of_a_list_is_the_first_that_is_found_one_by_one() {
        let list = WordList::new(WORDS);
        for text in [
            "",
            "1:1 team",
            "1:10",
            "11",
            "the team",
            "teams",
            "über 1",
            "schüberl",
            "ünder",
            "個人面談です",
            "einzelgespräch: 1:1",
            "ateam 1",
            "team",
        ] {
            let one_by_one = WORDS.iter().position(|word| has_word(text, word));
            assert_eq!(list.first_in(text), one_by_one, "{text}");
            assert_eq!(list.any_in(text), one_by_one.is_some(), "{text}");
        }
        assert_eq!(list.first_in("the team at 1:1"), Some(0));
        assert_eq!(list.first_in("個人面談です"), Some(5));
    }
}
