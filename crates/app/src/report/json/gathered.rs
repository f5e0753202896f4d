//! Small pieces, gathered before they are handed on.

use std::io::{self, Write};

/// Bytes gathered before they are handed on.
const BLOCK: usize = 1 << 16;

/// Gathers what is written to it. A JSON text is written in pieces of a few bytes, fifty for each occurrence: one call
/// through a `dyn Write` for each would cost more than the rest of the writing.
pub(super) struct Gathered<'a> {
    block: Vec<u8>,
    out: &'a mut dyn Write,
}

impl<'a> Gathered<'a> {
    /// Hands blocks on to `out`.
    pub(super) fn before(out: &'a mut dyn Write) -> Self {
        let block = Vec::with_capacity(BLOCK);
        Self { block, out }
    }

    /// Hands on what is left.
    pub(super) fn done(self) -> io::Result<()> {
        self.out.write_all(&self.block)
    }

    #[cold]
    fn hand_on(&mut self) -> io::Result<()> {
        self.out.write_all(&self.block)?;
        self.block.clear();
        Ok(())
    }
}

impl Write for Gathered<'_> {
    #[inline]
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.write_all(piece)?;
        Ok(piece.len())
    }

    #[inline]
    fn write_all(&mut self, piece: &[u8]) -> io::Result<()> {
        if self.block.len() + piece.len() > BLOCK {
            self.hand_on()?;
        }
        self.block.extend_from_slice(piece);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.hand_on()?;
        self.out.flush()
    }
}
