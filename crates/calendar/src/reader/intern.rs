//! Equal strings shared: a calendar names the same few people, titles and UIDs over and over.

use super::text::decoded;
use std::sync::Arc;

/// Slots of the table. A string that meets another in its slot replaces it, so that memory and time stay bounded
/// whatever the input; sharing is a saving, never a promise.
const SLOTS: usize = 4_096;

/// Longer strings are rarely repeated and not worth comparing.
const LONGEST: usize = 256;

/// The table.
#[derive(Debug, Default)]
pub(super) struct Interner {
    /// Empty until the first string: many streams are small.
    slots: Vec<Option<Arc<str>>>,
    empty: Arc<str>,
}

impl Interner {
    /// The empty string.
    pub(super) fn empty(&self) -> Arc<str> {
        Arc::clone(&self.empty)
    }

    /// The bytes as text, and whether they were UTF-8 (if not, U+FFFD stands for what was not).
    pub(super) fn text(&mut self, bytes: &[u8]) -> (Arc<str>, bool) {
        if bytes.is_empty() {
            return (self.empty(), true);
        }
        if bytes.len() > LONGEST {
            let (text, whole) = decoded(bytes);
            return (Arc::from(text), whole);
        }
        if self.slots.is_empty() {
            self.slots.resize(SLOTS, None);
        }
        let Some(slot) = self.slots.get_mut(hash(bytes) % SLOTS) else {
            return (self.empty(), true);
        };
        if let Some(known) = slot
            && known.as_bytes() == bytes
        {
            return (Arc::clone(known), true);
        }
        let (text, whole) = decoded(bytes);
        let text: Arc<str> = Arc::from(text);
        if whole {
            *slot = Some(Arc::clone(&text));
        }
        (text, whole)
    }
}

/// A quick mix of the bytes. It need not withstand an attacker: collisions cost a copy, nothing more.
pub(super) fn hash(bytes: &[u8]) -> usize {
    const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |sum: u64, word: u64| (sum.rotate_left(5) ^ word).wrapping_mul(MIX);
    let mut sum = bytes.len() as u64;
    match bytes.last_chunk::<8>() {
        Some(last) => {
            for word in bytes.chunks_exact(8) {
                let word = word
                    .first_chunk::<8>()
                    .map_or(0, |w| u64::from_le_bytes(*w));
                sum = mix(sum, word);
            }
            // What is left over, and some of what is not.
            sum = mix(sum, u64::from_le_bytes(*last));
        }
        None => {
            let word = bytes
                .iter()
                .fold(0, |word, byte| (word << 8) | u64::from(*byte));
            sum = mix(sum, word);
        }
    }
    usize::try_from(sum >> 40).unwrap_or_default()
}
