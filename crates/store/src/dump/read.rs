//! Reading a backup.

use super::{Header, MAGIC, Value};
use crate::schema::Kind;
use sha2::{Digest, Sha256};
use std::io::{self, Read};

/// What comes next.
#[derive(Debug)]
pub(crate) enum Item {
    Table(Header),
    Row(Vec<Value>),
    /// The end, and all of it was as it was written.
    End,
}

/// Why a backup cannot be read on.
#[derive(Debug)]
pub(crate) enum Broken {
    /// It is not what was written.
    Form(String),
    /// The file could not be read.
    File(io::Error),
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::UnexpectedEof {
            return Self::Form("it is cut short".to_owned());
        }
        Self::File(error)
    }
}

fn form<T>(why: &str) -> Result<T, Broken> {
    Err(Broken::Form(why.to_owned()))
}

/// Reads a backup item by item. What it gave may be believed only after [`Item::End`].
pub(crate) struct Reader<R> {
    from: Hashing<R>,
    columns: Vec<Kind>,
    rows: u64,
}

impl<R: Read> Reader<R> {
    /// Begins to read; gives the migration that the database was at, too.
    pub(crate) fn new(from: R) -> Result<(Self, i64), Broken> {
        let mut from = Hashing {
            from,
            hash: Sha256::new(),
        };
        let mut magic = [0; MAGIC.len()];
        if from.fill(&mut magic).is_err() || magic != MAGIC {
            return form("it does not begin like one");
        }
        let migration = i64::from_le_bytes(from.array()?);
        let reader = Self {
            from,
            columns: Vec::new(),
            rows: 0,
        };
        Ok((reader, migration))
    }

    pub(crate) fn next(&mut self) -> Result<Item, Broken> {
        match self.from.array()? {
            [b'T'] => self.table(),
            [b'R'] => self.row(),
            [b'E'] => self.end(),
            _ => form("it was changed"),
        }
    }

    fn table(&mut self) -> Result<Item, Broken> {
        let name = self.from.name()?;
        let [count] = self.from.array()?;
        let mut columns = Vec::new();
        for _ in 0..count {
            let name = self.from.name()?;
            let [letter] = self.from.array()?;
            match Kind::of_letter(letter) {
                Some(kind) => columns.push((name, kind)),
                None => return form("it was changed"),
            }
        }
        self.columns = columns.iter().map(|(_, kind)| *kind).collect();
        Ok(Item::Table(Header { name, columns }))
    }

    fn row(&mut self) -> Result<Item, Broken> {
        if self.columns.is_empty() {
            return form("a row has no table");
        }
        self.rows += 1;
        let mut values = Vec::with_capacity(self.columns.len());
        for kind in &self.columns {
            values.push(match (self.from.array()?, kind) {
                ([0], _) => Value::Null,
                ([1], Kind::Integer) => Value::Integer(i64::from_le_bytes(self.from.array()?)),
                ([1], Kind::Text) => Value::Text(self.from.text()?),
                ([1], Kind::Bytes) => Value::Bytes(self.from.bytes()?),
                _ => return form("it was changed"),
            });
        }
        Ok(Item::Row(values))
    }

    fn end(&mut self) -> Result<Item, Broken> {
        let rows = u64::from_le_bytes(self.from.array()?);
        let expected: [u8; 32] = self.from.hash.clone().finalize().into();
        let found: [u8; 32] = self.from.array()?;
        if expected != found || rows != self.rows {
            return form("its check sum does not fit");
        }
        if self.from.from.read(&mut [0])? != 0 {
            return form("something follows its end");
        }
        Ok(Item::End)
    }
}

/// Hashes what is read.
struct Hashing<R> {
    from: R,
    hash: Sha256,
}

impl<R: Read> Hashing<R> {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), Broken> {
        self.from.read_exact(bytes)?;
        self.hash.update(bytes);
        Ok(())
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Broken> {
        let mut bytes = [0; N];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }

    fn bytes(&mut self) -> Result<Vec<u8>, Broken> {
        let length = u32::from_le_bytes(self.array()?);
        let mut bytes = Vec::new();
        // Grows as bytes come: a changed length asks for no memory by itself.
        self.from
            .by_ref()
            .take(u64::from(length))
            .read_to_end(&mut bytes)?;
        if bytes.len() as u64 != u64::from(length) {
            return form("it is cut short");
        }
        self.hash.update(&bytes);
        Ok(bytes)
    }

    fn text(&mut self) -> Result<String, Broken> {
        String::from_utf8(self.bytes()?).or_else(|_| form("it was changed"))
    }

    /// A name of ours, which becomes part of a statement: nothing but small letters and underscores.
    fn name(&mut self) -> Result<String, Broken> {
        let name = self.text()?;
        let ours = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
        if name.is_empty() || !name.bytes().all(ours) {
            return form("it was changed");
        }
        Ok(name)
    }
}
