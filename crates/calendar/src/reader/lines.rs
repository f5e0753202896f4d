//! Bytes → content lines, unfolded (RFC 5545 §3.1). Knows nothing of what a line means.
//!
//! A line that lies whole in one chunk and is not folded is handed on without being copied; a line nobody wants is
//! not even gathered. Line ends may be CRLF, LF, CR, or CRs followed by LF; a fold may fall inside a UTF-8
//! character, because nothing here looks at characters.

use memchr::memchr2;

/// Longest content line that is gathered, in bytes after unfolding. Real ones (inline attachments apart, which are
/// not wanted) stay below a few kilobytes.
pub(super) const LONGEST_LINE: usize = 1 << 20;

/// What the receiver wants of a line, judged by its first bytes.
pub(super) enum Interest<T> {
    /// All of it; `T` is what was learned from the first bytes.
    Whole(T),
    /// Nothing.
    Nothing,
    /// Too little of it was seen to tell.
    Undecided,
}

/// Who receives lines.
pub(super) trait Receiver {
    /// What judging the first bytes gives.
    type Tag;

    /// Judges a line by its first bytes (at least one). Must come to the same answer however many it is shown,
    /// apart from [`Interest::Undecided`].
    fn interest(&mut self, head: &[u8], number: u32) -> Interest<Self::Tag>;

    /// A line that is shown whole at once.
    fn whole(&mut self, line: &[u8], number: u32) {
        match self.interest(line, number) {
            Interest::Whole(tag) => self.line(Some(tag), line, number),
            Interest::Undecided => self.line(None, line, number),
            Interest::Nothing => {}
        }
    }

    /// A wanted line; `tag` is `None` where [`Receiver::interest`] stayed undecided to the line's end.
    fn line(&mut self, tag: Option<Self::Tag>, line: &[u8], number: u32);

    /// A wanted line that is longer than [`LONGEST_LINE`], and dropped.
    fn too_long(&mut self, number: u32);
}

/// What is known of the line being read.
#[derive(Debug)]
enum Held<T> {
    /// Nothing was seen of it.
    Empty,
    /// It is `chunk[start..end]` so far.
    Chunk(Option<T>, usize, usize),
    /// It is the scratch buffer so far.
    Scratch(Option<T>),
    /// Nobody wants it.
    Dropped,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Place {
    /// Within a physical line.
    Inside,
    /// After a CR that may be followed by its LF.
    AfterCr,
    /// After a line end: the next byte tells whether the line goes on.
    AfterEnd,
}

/// The splitter. Feed it chunks of any size; it gives the same lines however the input is cut.
#[derive(Debug)]
pub(super) struct Unfolder<T> {
    scratch: Vec<u8>,
    held: Held<T>,
    place: Place,
    /// Number of the physical line being read, from 1.
    number: u32,
    /// Number at which the held line began.
    began: u32,
}

impl<T> Default for Unfolder<T> {
    fn default() -> Self {
        Self {
            scratch: Vec::new(),
            held: Held::Empty,
            place: Place::Inside,
            number: 1,
            began: 1,
        }
    }
}

impl<T> Unfolder<T> {
    /// Splits the next bytes.
    pub(super) fn feed(&mut self, chunk: &[u8], receiver: &mut impl Receiver<Tag = T>) {
        let mut at = 0;
        while let Some(&byte) = chunk.get(at) {
            match self.place {
                Place::Inside => at = self.physical_line(chunk, at, receiver),
                Place::AfterCr if byte == b'\r' => at += 1,
                Place::AfterCr if byte == b'\n' => {
                    self.place = Place::AfterEnd;
                    at += 1;
                }
                Place::AfterCr | Place::AfterEnd => {
                    self.place = Place::Inside;
                    if is_fold(byte) {
                        at += 1;
                    } else {
                        self.deliver(chunk, receiver);
                        self.began = self.number;
                    }
                }
            }
        }
        // What is held must outlive the chunk.
        if let Held::Chunk(tag, start, end) = &mut self.held {
            self.scratch.clear();
            self.scratch
                .extend_from_slice(chunk.get(*start..*end).unwrap_or_default());
            self.held = Held::Scratch(tag.take());
        }
    }

    /// Reads the rest of one physical line, which begins or goes on at `at`; gives the place after it.
    fn physical_line(
        &mut self,
        chunk: &[u8],
        at: usize,
        receiver: &mut impl Receiver<Tag = T>,
    ) -> usize {
        let rest = chunk.get(at..).unwrap_or_default();
        let end = memchr2(b'\n', b'\r', rest).map_or(chunk.len(), |n| at + n);
        // Mostly the byte after the line end is in sight and tells at once whether the line goes on.
        let after = match chunk.get(end..) {
            Some([b'\r', b'\n', next, ..]) => Some((end + 2, *next)),
            Some([b'\n', next, ..]) => Some((end + 1, *next)),
            _ => None,
        };
        if let Some((next_at, next)) = after {
            self.number = self.number.saturating_add(1);
            let folds = is_fold(next);
            match &self.held {
                Held::Empty if !folds && end - at <= LONGEST_LINE => {
                    if let Some(line @ [_, ..]) = chunk.get(at..end) {
                        receiver.whole(line, self.began);
                    }
                }
                Held::Dropped => {}
                _ if end > at => self.gather(chunk, at, end, receiver),
                _ => {}
            }
            if folds {
                return next_at + 1;
            }
            self.deliver(chunk, receiver);
            self.began = self.number;
            return next_at;
        }
        if end > at {
            self.gather(chunk, at, end, receiver);
        }
        if let Some(&ending) = chunk.get(end) {
            self.number = self.number.saturating_add(1);
            self.place = if ending == b'\r' {
                Place::AfterCr
            } else {
                Place::AfterEnd
            };
        }
        end + 1
    }

    /// Ends the input: the last line may lack its line end.
    pub(super) fn finish(&mut self, receiver: &mut impl Receiver<Tag = T>) {
        self.deliver(&[], receiver);
    }

    /// Number of the physical line being read.
    pub(super) fn number(&self) -> u32 {
        self.number
    }

    /// Adds `chunk[start..end]`, which holds no line end, to the held line.
    fn gather(
        &mut self,
        chunk: &[u8],
        start: usize,
        end: usize,
        receiver: &mut impl Receiver<Tag = T>,
    ) {
        let part = chunk.get(start..end).unwrap_or_default();
        match std::mem::replace(&mut self.held, Held::Dropped) {
            Held::Dropped => return,
            Held::Empty => match receiver.interest(part, self.began) {
                Interest::Whole(tag) => self.held = Held::Chunk(Some(tag), start, end),
                Interest::Undecided => self.held = Held::Chunk(None, start, end),
                Interest::Nothing => return,
            },
            Held::Chunk(tag, held_start, held_end) => {
                let before = chunk.get(held_start..held_end).unwrap_or_default();
                self.scratch.clear();
                self.scratch.extend_from_slice(before);
                self.extend(tag, part, receiver);
            }
            Held::Scratch(tag) => self.extend(tag, part, receiver),
        }
        let length = match &self.held {
            Held::Chunk(_, from, to) => to - from,
            Held::Scratch(_) => self.scratch.len(),
            Held::Empty | Held::Dropped => 0,
        };
        if length > LONGEST_LINE {
            self.held = Held::Dropped;
            receiver.too_long(self.began);
        }
    }

    fn extend(&mut self, tag: Option<T>, part: &[u8], receiver: &mut impl Receiver<Tag = T>) {
        // One byte too many is enough to know that a line is too long; its rest need not be copied.
        let room = (LONGEST_LINE + 1).saturating_sub(self.scratch.len());
        self.scratch
            .extend_from_slice(part.get(..room).unwrap_or(part));
        self.held = match tag {
            Some(tag) => Held::Scratch(Some(tag)),
            None => match receiver.interest(&self.scratch, self.began) {
                Interest::Whole(tag) => Held::Scratch(Some(tag)),
                Interest::Undecided => Held::Scratch(None),
                Interest::Nothing => Held::Dropped,
            },
        };
    }

    /// Hands the held line on.
    #[inline]
    fn deliver(&mut self, chunk: &[u8], receiver: &mut impl Receiver<Tag = T>) {
        match std::mem::replace(&mut self.held, Held::Empty) {
            Held::Empty | Held::Dropped => {}
            Held::Chunk(tag, start, end) => {
                receiver.line(tag, chunk.get(start..end).unwrap_or_default(), self.began);
            }
            Held::Scratch(tag) => receiver.line(tag, &self.scratch, self.began),
        }
    }
}

/// Whether a line that follows with this byte goes on with the line before (RFC 5545 §3.1).
fn is_fold(first: u8) -> bool {
    first == b' ' || first == b'\t'
}
