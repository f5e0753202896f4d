//! Texts that come again and again, each once: addresses, names, titles.

use crate::index::Index;
use std::sync::Arc;

/// Places for the texts met last: a reader hands out equal texts as one, and looking at where it lies costs less than
/// hashing it.
const RECENT: usize = 256;

/// All texts, by number; number 0 is the empty one.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    all: Vec<Arc<str>>,
    index: Index,
    /// By where it lies in memory. It is held, so that nothing else can come to lie there.
    recent: Vec<Option<(Arc<str>, u32)>>,
}

impl Words {
    /// The number of `text`, met now or before.
    pub(super) fn number(&mut self, text: &Arc<str>) -> u32 {
        if text.is_empty() {
            return 0;
        }
        if self.recent.is_empty() {
            self.recent.resize(RECENT, None);
        }
        let at = (Arc::as_ptr(text).cast::<u8>().addr() >> 4) % RECENT;
        if let Some(Some((known, number))) = self.recent.get(at)
            && Arc::ptr_eq(known, text)
        {
            return *number;
        }
        let number = self.find_or_add(text, || text.clone());
        if let Some(recent) = self.recent.get_mut(at) {
            *recent = Some((text.clone(), number));
        }
        number
    }

    /// The same of a text that is not shared.
    pub(super) fn number_of(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        self.find_or_add(text, || Arc::from(text))
    }

    fn find_or_add(&mut self, text: &str, make: impl FnOnce() -> Arc<str>) -> u32 {
        if self.all.is_empty() {
            self.all.push(Arc::from(""));
        }
        let hash = self.index.hash(text);
        let is = |number: u32| self.all.get(number as usize).is_some_and(|w| **w == *text);
        self.index.find(hash, is).unwrap_or_else(|| {
            let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
            self.all.push(make());
            self.index.add(hash, number);
            number
        })
    }

    /// The text of that number.
    pub(super) fn get(&self, number: u64) -> &Arc<str> {
        let at = usize::try_from(number).unwrap_or(usize::MAX);
        self.all.get(at).unwrap_or_else(|| empty())
    }

    /// Whether no more numbers are left.
    pub(super) fn is_full(&self) -> bool {
        self.all.len() >= (u32::MAX / 2) as usize
    }

    /// Lets go of what only adding needs.
    pub(super) fn close(&mut self) {
        self.index = Index::default();
        self.recent = Vec::new();
        self.all.shrink_to_fit();
    }
}

fn empty() -> &'static Arc<str> {
    static EMPTY: std::sync::LazyLock<Arc<str>> = std::sync::LazyLock::new(|| Arc::from(""));
    &EMPTY
}
