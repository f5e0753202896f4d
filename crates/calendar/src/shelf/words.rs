//! Texts that come again and again, each once: addresses, names, titles.

use crate::texts::Texts;
use std::sync::Arc;

/// Places for the texts met last: a reader hands out equal texts as one, and looking at where it lies costs less than
/// hashing it.
const RECENT: usize = 256;
/// Of so many that were met first a copy is held that is handed out. One person's years name few people; where there are
/// more, most are met once or twice and made anew each time.
const SHARED: usize = 4_096;

/// All texts, by number; number 0 is the empty one.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    texts: Arc<Texts>,
    shared: Vec<Arc<str>>,
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
        let number = self.number_of(text);
        if let Some(recent) = self.recent.get_mut(at) {
            *recent = Some((text.clone(), number));
        }
        number
    }

    /// The same of a text that is not shared.
    pub(super) fn number_of(&mut self, text: &str) -> u32 {
        let number = Arc::make_mut(&mut self.texts).number(text);
        if self.shared.is_empty() {
            self.shared.push(Arc::default());
        }
        if number as usize == self.shared.len() && self.shared.len() < SHARED {
            self.shared.push(Arc::from(text));
        }
        number
    }

    /// The text of that number.
    pub(super) fn get(&self, number: u64) -> &str {
        self.texts.get(small(number))
    }

    /// The same, as something to keep.
    pub(super) fn share(&self, number: u64) -> Arc<str> {
        let shared = self.shared.get(small(number) as usize);
        shared.map_or_else(|| Arc::from(self.get(number)), Arc::clone)
    }

    /// All of them.
    pub(super) fn texts(&self) -> &Arc<Texts> {
        &self.texts
    }

    /// Whether no more numbers are left.
    pub(super) fn is_full(&self) -> bool {
        self.texts.is_full()
    }

    /// Lets go of what only adding needs.
    pub(super) fn close(&mut self) {
        Arc::make_mut(&mut self.texts).close();
        self.recent = Vec::new();
        self.shared.shrink_to_fit();
    }
}

fn small(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
