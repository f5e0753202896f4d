//! The form itself, without a database.

use super::read::{Broken, Item, Reader};
use super::write::Writer;
use super::*;
use crate::schema::Table;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

const TABLE: Table = Table {
    name: "some_table",
    key: 1,
    columns: &[("a", Kind::Integer), ("b", Kind::Text), ("c", Kind::Bytes)],
};

fn written(rows: &[[Value; 3]]) -> Vec<u8> {
    let mut writer = Writer::new(6);
    let mut bytes = Vec::new();
    writer.table(&TABLE);
    for row in rows {
        writer.row();
        row.iter().for_each(|value| writer.value(value));
        bytes.extend(writer.take_if_full().unwrap_or_default());
    }
    bytes.extend(writer.finish());
    bytes
}

fn read(bytes: &[u8]) -> Result<Vec<Vec<Value>>, Broken> {
    let (mut reader, _) = Reader::new(bytes)?;
    let mut rows = Vec::new();
    loop {
        match reader.next()? {
            Item::Table(_) => {}
            Item::Row(row) => rows.push(row),
            Item::End => return Ok(rows),
        }
    }
}

fn two_rows() -> Vec<[Value; 3]> {
    let full = [
        Value::Integer(-2),
        Value::Text("é".to_owned()),
        Value::Bytes(vec![0]),
    ];
    vec![full, [Value::Null, Value::Null, Value::Null]]
}

#[test]
fn a_backup_is_these_bytes() {
    let bytes = written(&two_rows());
    let (body, hash) = bytes.split_at(bytes.len() - 32);
    let expected = b"steadfast backup 1\n\x06\0\0\0\0\0\0\0T\x0a\0\0\0some_table\x03\x01\0\0\0ai\x01\0\0\0bt\x01\0\0\0cb\
        R\x01\xfe\xff\xff\xff\xff\xff\xff\xff\x01\x02\0\0\0\xc3\xa9\x01\x01\0\0\0\0R\0\0\0E\x02\0\0\0\0\0\0\0";
    assert_eq!(
        body.escape_ascii().to_string(),
        expected.escape_ascii().to_string()
    );
    assert_eq!(hash, Sha256::digest(body).as_slice());
}

#[test]
fn a_backup_that_was_cut_or_changed_anywhere_is_refused() {
    let bytes = written(&two_rows());
    assert!(read(&bytes).is_ok());
    for at in 0..bytes.len() {
        assert!(read(&bytes[..at]).is_err(), "cut at {at}");
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        assert!(read(&changed).is_err(), "changed at {at}");
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert!(read(&longer).is_err());
}

fn a_value() -> [BoxedStrategy<Value>; 3] {
    [
        prop_oneof![Just(Value::Null), any::<i64>().prop_map(Value::Integer)].boxed(),
        prop_oneof![Just(Value::Null), any::<String>().prop_map(Value::Text)].boxed(),
        prop_oneof![Just(Value::Null), any::<Vec<u8>>().prop_map(Value::Bytes)].boxed(),
    ]
}

proptest! {
    #[test]
    fn what_was_written_is_read(rows in prop::collection::vec(a_value(), 0..20)) {
        let bytes = written(&rows);
        let rows: Vec<Vec<Value>> = rows.into_iter().map(Vec::from).collect();
        prop_assert_eq!(read(&bytes).unwrap(), rows);
    }

    #[test]
    fn any_bytes_are_read_without_panic(bytes: Vec<u8>) {
        let mut whole = MAGIC.to_vec();
        whole.extend(bytes);
        prop_assert!(read(&whole).is_err());
    }
}
