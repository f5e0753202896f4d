//! What titles hint at, remembered: those of two people come again and again.

use super::title::Hint;
use std::sync::Arc;

/// So many are remembered: of a million meetings most are of a few titles, or each of another.
const REMEMBERED: usize = 256;

/// What was found of titles lately.
#[derive(Debug, Default)]
pub(super) struct Hints(Vec<Option<(usize, Arc<str>, Hint)>>);

impl Hints {
    /// What `title` hints at where the `two`th two people meet, found by `hint` where it is not remembered.
    pub(super) fn of(
        &mut self,
        two: usize,
        title: &Arc<str>,
        hint: impl FnOnce(&str) -> Hint,
    ) -> Hint {
        self.0.resize(REMEMBERED, None);
        let ends = title.bytes().next_back().map_or(0, usize::from);
        let slot = (two * 31 + title.len() * 7 + ends) % REMEMBERED;
        let Some(slot) = self.0.get_mut(slot) else {
            return hint(title);
        };
        match slot {
            Some((known, said, hint)) if *known == two && said == title => *hint,
            _ => {
                let hint = hint(title);
                *slot = Some((two, title.clone(), hint));
                hint
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pairs::title::Other;

    #[test]
    fn of_each_two_and_title_what_was_found_of_them() {
        let mut hints = Hints::default();
        let found = [Hint::OneOnOne, Hint::Neutral, Hint::Other(Other::Meal)];
        // More than are remembered, so that one takes the place of another.
        for _ in 0..2 {
            for two in 0..REMEMBERED {
                for (title, is) in ["abc", "cbc", "lunch"].into_iter().zip(found) {
                    let is = if two % 2 == 0 { is } else { Hint::Names };
                    assert_eq!(hints.of(two, &title.into(), |_| is), is);
                }
            }
        }
    }

    #[test]
    fn the_same_title_of_the_same_two_is_looked_at_once() {
        let mut hints = Hints::default();
        assert_eq!(hints.of(1, &"abc".into(), |_| Hint::Names), Hint::Names);
        assert_eq!(hints.of(1, &"abc".into(), |_| unreachable!()), Hint::Names);
    }
}
