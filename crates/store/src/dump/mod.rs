//! The form of backups: one for both engines, so that what was backed up from one can be restored into the other.
//!
//! ```text
//! backup = "steadfast backup 1\n" migration:i64 { table { row } } end
//! table  = 'T' name:text columns:u8 { name:text kind:u8 }        kind = 'i' integer, 't' text, 'b' bytes
//! row    = 'R' { 0 | 1 value }                                   0 = null; value by the column's kind
//! end    = 'E' rows:u64 sha256                                   of everything before the hash
//! ```
//!
//! Numbers are little-endian, integers are `i64`; text and bytes come after their length as `u32`. Tables come in the
//! order in which they can be filled, rows in the order of their keys: the same content gives the same bytes.

pub(crate) mod read;
pub(crate) mod write;

use crate::schema::Kind;

/// What a backup begins with.
const MAGIC: &[u8] = b"steadfast backup 1\n";

/// One field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Value {
    Null,
    Integer(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// A table as a backup announces it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) columns: Vec<(String, Kind)>,
}

impl Kind {
    fn letter(self) -> u8 {
        match self {
            Self::Integer => b'i',
            Self::Text => b't',
            Self::Bytes => b'b',
        }
    }

    fn of_letter(letter: u8) -> Option<Self> {
        match letter {
            b'i' => Some(Self::Integer),
            b't' => Some(Self::Text),
            b'b' => Some(Self::Bytes),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
