//! UIDs in half their length. Nearly all are hexadecimal digits, with or without the hyphens of a UUID, and often an @ and a
//! host that is the same for all.

use super::bytes::{Cursor, put};

/// Hosts that are told apart; where more come, those stay with their UIDs.
const HOSTS: usize = 64;

/// What comes before the @, as it is, …
const AS_IT_IS: u8 = 0;
/// … as digits, …
const DIGITS: u8 = 1;
/// … or as those of a UUID (RFC 9562 §4).
const UUID: u8 = 2;
/// The letters among the digits are upper case.
const UPPER: u8 = 4;
/// The last digit is no digit: there were an odd number.
const ODD: u8 = 8;

const LOWER_CASE: &[u8; 16] = b"0123456789abcdef";
const UPPER_CASE: &[u8; 16] = b"0123456789ABCDEF";

/// Where the hyphens of a UUID stand.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];

/// What comes after the @ of the UIDs met first.
#[derive(Clone, Debug, Default)]
pub(super) struct Hosts(Vec<Box<str>>);

impl Hosts {
    /// One more than the number of `host`; zero: it has none.
    fn number(&mut self, host: &str) -> u64 {
        if let Some(at) = self.0.iter().position(|known| **known == *host) {
            return at as u64 + 1;
        }
        if self.0.len() == HOSTS {
            return 0;
        }
        self.0.push(host.into());
        self.0.len() as u64
    }
}

/// Appends `uid`. The same one gives the same bytes, and no other does.
pub(super) fn pack(bytes: &mut Vec<u8>, uid: &str, hosts: &mut Hosts) {
    let (local, host) = match uid.rsplit_once('@') {
        Some((local, host)) => match hosts.number(host) {
            0 => (uid, 0),
            number => (local, number),
        },
        None => (uid, 0),
    };
    let plain = local.as_bytes();
    let is_uuid = plain.len() == 36 && HYPHENS.iter().all(|at| plain.get(*at) == Some(&b'-'));
    let hyphen = |at: &usize| is_uuid && HYPHENS.contains(at);
    let digits = || {
        let digits = plain.iter().enumerate().filter(|(at, _)| !hyphen(at));
        digits.map(|(_, digit)| *digit)
    };
    let (mut lower, mut upper, mut odd) = (true, true, false);
    for digit in digits() {
        lower = lower && matches!(digit, b'0'..=b'9' | b'a'..=b'f');
        upper = upper && matches!(digit, b'0'..=b'9' | b'A'..=b'F');
        odd = !odd;
        if !lower && !upper {
            break;
        }
    }
    if !lower && !upper {
        bytes.push(AS_IT_IS);
        put(bytes, host);
        bytes.extend_from_slice(plain);
        return;
    }
    let form = if is_uuid { UUID } else { DIGITS };
    let flag = |yes: bool, bit: u8| if yes { bit } else { 0 };
    bytes.push(form | flag(!lower, UPPER) | flag(odd, ODD));
    put(bytes, host);
    let mut first = None;
    for digit in digits() {
        let value = (digit as char).to_digit(16).unwrap_or(0) as u8;
        match first.take() {
            None => first = Some(value << 4),
            Some(high) => bytes.push(high | value),
        }
    }
    bytes.extend(first);
}

/// The UID that was packed as `bytes`.
pub(super) fn unpack(bytes: &[u8], hosts: &Hosts) -> String {
    let mut cursor = Cursor(bytes);
    let form = cursor.byte();
    let host = cursor.size();
    let mut uid = String::with_capacity(64);
    if form == AS_IT_IS {
        uid.push_str(std::str::from_utf8(cursor.0).unwrap_or_default());
    } else {
        let letters = if form & UPPER == 0 {
            LOWER_CASE
        } else {
            UPPER_CASE
        };
        let mut digits = Vec::with_capacity(64);
        for byte in cursor.0 {
            let [high, low] = [byte >> 4, byte & 15].map(usize::from);
            digits.extend([letters[high], letters[low]]);
        }
        if form & ODD != 0 {
            digits.pop();
        }
        if form & UUID != 0 {
            for at in HYPHENS {
                digits.insert(at.min(digits.len()), b'-');
            }
        }
        uid.push_str(std::str::from_utf8(&digits).unwrap_or_default());
    }
    if let Some(host) = host.checked_sub(1).and_then(|at| hosts.0.get(at)) {
        uid.push('@');
        uid.push_str(host);
    }
    uid
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn packed(uid: &str, hosts: &mut Hosts) -> Vec<u8> {
        let mut bytes = Vec::new();
        pack(&mut bytes, uid, hosts);
        bytes
    }

    #[test]
    fn what_providers_write_takes_half() {
        let mut hosts = Hosts::default();
        for (uid, length) in [
            ("7c9d2f0e-3a41-4c52-9b1e-0123456789ab", 18),
            ("7C9D2F0E-3A41-4C52-9B1E-0123456789AB", 18),
            ("7c9d2f0e3a41@example.com", 8),
            ("040000008200E00074C5B7101A82E008", 18),
            ("abc", 4),
            ("5k8h9qv@google.com", 9),
            ("", 2),
            ("@", 2),
            ("-", 3),
            ("ü@ü@x", 7),
        ] {
            let bytes = packed(uid, &mut hosts);
            assert_eq!(unpack(&bytes, &hosts), uid);
            assert_eq!(bytes.len(), length, "{uid}");
        }
    }

    #[test]
    fn hosts_beyond_the_first_stay_where_they_are() {
        let mut hosts = Hosts::default();
        let uids: Vec<String> = (0..200).map(|n| format!("a{n}@host{n}.example")).collect();
        let before: Vec<Vec<u8>> = uids.iter().map(|uid| packed(uid, &mut hosts)).collect();
        for (uid, before) in uids.iter().zip(&before) {
            assert_eq!(packed(uid, &mut hosts), *before);
            assert_eq!(unpack(before, &hosts), *uid);
        }
    }

    proptest! {
        #[test]
        fn any_text_comes_back(
            uids in prop::collection::vec("[0-9a-fA-F@-]{0,40}|\\PC{0,40}", 1..20),
        ) {
            let mut hosts = Hosts::default();
            let all: Vec<Vec<u8>> = uids.iter().map(|uid| packed(uid, &mut hosts)).collect();
            for (uid, bytes) in uids.iter().zip(&all) {
                prop_assert_eq!(&unpack(bytes, &hosts), uid);
                prop_assert_eq!(&packed(uid, &mut hosts), bytes);
            }
        }
    }
}
