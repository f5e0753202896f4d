//! A public key as devices write it (RFC 9052 §7, RFC 9053 §7): a CBOR map of small numbers to numbers and bytes.

use super::key::PublicKey;
use std::collections::BTreeMap;

/// Entries of a key's map; those of all kinds of keys have fewer.
const MOST: u64 = 16;

#[derive(Debug)]
enum Value<'a> {
    Number(i64),
    Bytes(&'a [u8]),
}

/// The key at the beginning of `bytes`, if it is of a kind that is known.
pub(super) fn key(bytes: &[u8]) -> Option<PublicKey> {
    let (map, _) = map(bytes)?;
    let number = |at: i64| match map.get(&at) {
        Some(Value::Number(number)) => Some(*number),
        _ => None,
    };
    let part = |at: i64| match map.get(&at) {
        Some(Value::Bytes(bytes)) => Some(*bytes),
        _ => None,
    };
    // Kind, algorithm, and the curve where there is one.
    match (number(1)?, number(3)?, number(-1)) {
        (2, -7, Some(1)) => PublicKey::p256(part(-2)?, part(-3)?),
        (1, -8, Some(6)) => PublicKey::ed25519(part(-2)?),
        (3, -257, None) => PublicKey::rsa(part(-1)?, part(-2)?),
        _ => None,
    }
}

/// A map and what comes after it.
fn map(bytes: &[u8]) -> Option<(BTreeMap<i64, Value<'_>>, &[u8])> {
    let (5, entries, mut rest) = head(bytes)? else {
        return None;
    };
    if entries > MOST {
        return None;
    }
    let mut map = BTreeMap::new();
    for _ in 0..entries {
        let (name, after) = value(rest)?;
        let (held, after) = value(after)?;
        let Value::Number(name) = name else {
            return None;
        };
        map.insert(name, held);
        rest = after;
    }
    Some((map, rest))
}

fn value(bytes: &[u8]) -> Option<(Value<'_>, &[u8])> {
    let (kind, number, rest) = head(bytes)?;
    match kind {
        0 => Some((Value::Number(i64::try_from(number).ok()?), rest)),
        1 => Some((Value::Number(-1 - i64::try_from(number).ok()?), rest)),
        2 => {
            let (held, rest) = rest.split_at_checked(usize::try_from(number).ok()?)?;
            Some((Value::Bytes(held), rest))
        }
        _ => None,
    }
}

/// Kind and number of the next item (RFC 8949 §3).
fn head(bytes: &[u8]) -> Option<(u8, u64, &[u8])> {
    let (first, rest) = bytes.split_first()?;
    let kind = first >> 5;
    match first & 0x1f {
        small @ 0..=23 => Some((kind, u64::from(small), rest)),
        24 => {
            let (one, rest) = rest.split_first()?;
            Some((kind, u64::from(*one), rest))
        }
        25 => {
            let (two, rest) = rest.split_first_chunk::<2>()?;
            Some((kind, u64::from(u16::from_be_bytes(*two)), rest))
        }
        _ => None,
    }
}
