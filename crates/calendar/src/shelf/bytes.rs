//! Numbers in as few bytes as they need.

/// Appends `number`, seven bits a byte (LEB128).
pub(super) fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}

/// Appends `number`, small ones short whatever their sign.
pub(super) fn put_signed(bytes: &mut Vec<u8>, number: i64) {
    put(
        bytes,
        (number.cast_unsigned() << 1) ^ (number >> 63).cast_unsigned(),
    );
}

/// Appends a piece with its length.
pub(super) fn put_piece(bytes: &mut Vec<u8>, piece: &[u8]) {
    put(bytes, piece.len() as u64);
    bytes.extend_from_slice(piece);
}

/// Takes from the front what was appended. Past the end everything is zero or empty; nothing here asks for that.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a>(pub(super) &'a [u8]);

impl<'a> Cursor<'a> {
    pub(super) fn byte(&mut self) -> u8 {
        match self.0.split_first() {
            Some((byte, rest)) => {
                self.0 = rest;
                *byte
            }
            None => 0,
        }
    }

    #[inline]
    pub(super) fn number(&mut self) -> u64 {
        match self.0.split_first() {
            // Most numbers are small.
            Some((byte, rest)) if *byte < 0x80 => {
                self.0 = rest;
                u64::from(*byte)
            }
            _ => self.long_number(),
        }
    }

    fn long_number(&mut self) -> u64 {
        let mut number = 0;
        for place in 0..10 {
            let byte = self.byte();
            number |= u64::from(byte & 0x7f) << (7 * place);
            if byte < 0x80 {
                break;
            }
        }
        number
    }

    pub(super) fn signed(&mut self) -> i64 {
        let number = self.number();
        (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
    }

    /// A number that was a length or an index.
    pub(super) fn size(&mut self) -> usize {
        usize::try_from(self.number()).unwrap_or(usize::MAX)
    }

    /// So many bytes as the number before them says.
    pub(super) fn piece(&mut self) -> &'a [u8] {
        let length = self.size();
        let (piece, rest) = self.0.split_at_checked(length).unwrap_or_default();
        self.0 = rest;
        piece
    }

    /// Four bytes, for what is filled in later.
    pub(super) fn link(&mut self) -> u32 {
        let (link, rest) = self.0.split_first_chunk().unwrap_or((&[0; 4], &[]));
        self.0 = rest;
        u32::from_le_bytes(*link)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_as_they_were() {
        let mut bytes = Vec::new();
        let signed = [0, 1, -1, 63, -64, 64, i64::MAX, i64::MIN];
        let plain = [0, 127, 128, u64::MAX];
        signed.iter().for_each(|n| put_signed(&mut bytes, *n));
        plain.iter().for_each(|n| put(&mut bytes, *n));
        put_piece(&mut bytes, "ü".as_bytes());
        let mut cursor = Cursor(&bytes);
        assert_eq!(signed.map(|_| cursor.signed()), signed);
        assert_eq!(plain.map(|_| cursor.number()), plain);
        assert_eq!(cursor.piece(), "ü".as_bytes());
        assert_eq!(
            (cursor.number(), cursor.piece(), cursor.link()),
            (0, &[][..], 0)
        );
    }
}
