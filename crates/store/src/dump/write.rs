//! Writing a backup.

use super::{MAGIC, Value};
use crate::schema::Table;
use sha2::{Digest, Sha256};

/// When so much is ready it is worth writing: few calls, little memory.
const FULL: usize = 1 << 20;

/// Makes the bytes of a backup; whoever holds it takes them out from time to time.
pub(crate) struct Writer {
    ready: Vec<u8>,
    hash: Sha256,
    rows: u64,
}

impl Writer {
    /// Begins a backup of a database at that migration.
    pub(crate) fn new(migration: i64) -> Self {
        let mut ready = MAGIC.to_vec();
        ready.extend_from_slice(&migration.to_le_bytes());
        Self {
            ready,
            hash: Sha256::new(),
            rows: 0,
        }
    }

    /// The rows that follow are this table's.
    pub(crate) fn table(&mut self, table: &Table) {
        self.ready.push(b'T');
        self.bytes(table.name.as_bytes());
        self.ready.push(table.columns.len() as u8);
        for (name, kind) in table.columns {
            self.bytes(name.as_bytes());
            self.ready.push(kind.letter());
        }
    }

    /// Begins a row, whose values follow.
    pub(crate) fn row(&mut self) {
        self.rows += 1;
        self.ready.push(b'R');
    }

    pub(crate) fn value(&mut self, value: &Value) {
        self.ready.push(u8::from(*value != Value::Null));
        match value {
            Value::Null => {}
            Value::Integer(integer) => self.ready.extend_from_slice(&integer.to_le_bytes()),
            Value::Text(text) => self.bytes(text.as_bytes()),
            Value::Bytes(bytes) => self.bytes(bytes),
        }
    }

    fn bytes(&mut self, bytes: &[u8]) {
        // Both engines keep less than 2 GiB in a field.
        self.ready
            .extend_from_slice(&(bytes.len() as u32).to_le_bytes());
        self.ready.extend_from_slice(bytes);
    }

    /// What is ready, when it is worth writing.
    pub(crate) fn take_if_full(&mut self) -> Option<Vec<u8>> {
        if self.ready.len() < FULL {
            return None;
        }
        self.hash.update(&self.ready);
        Some(std::mem::replace(
            &mut self.ready,
            Vec::with_capacity(FULL + FULL / 4),
        ))
    }

    /// The rest.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        self.ready.push(b'E');
        self.ready.extend_from_slice(&self.rows.to_le_bytes());
        self.hash.update(&self.ready);
        self.ready.extend_from_slice(&self.hash.finalize());
        self.ready
    }
}
