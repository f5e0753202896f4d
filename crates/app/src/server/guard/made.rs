//! What new objects of ours are called where they are made: known again by whoever reads them, whatever the calendar's server makes of
//! a name.

use crate::server::ledger::Place;
use std::borrow::Cow;

/// What Google makes of the id of a new event: its UID everywhere.
const AT_GOOGLE: &str = "@google.com";
/// The digits of an id there (base32hex, RFC 4648 §7).
const DIGITS: &[u8; 32] = b"0123456789abcdefghijklmnopqrstuv";

/// The UID and the place of a new object that is to be known as `name`, beside what lies in `home`.
pub(super) fn named(home: &Place, name: String) -> (String, String) {
    if home.is_in_pieces() {
        let id = encoded(&name);
        return (format!("{id}{AT_GOOGLE}"), id);
    }
    let href = format!("{name}.ics");
    (name, href)
}

/// The UID and the place of one that was to be `uid` there, once it is to be known as `name`.
pub(super) fn renamed(uid: &str, place: &str, name: String) -> (String, String) {
    match uid.strip_suffix(AT_GOOGLE) {
        Some(id) => {
            let new = encoded(&name);
            (format!("{new}{AT_GOOGLE}"), place.replace(id, &new))
        }
        None => {
            let place = place.replace(uid, &name);
            (name, place)
        }
    }
}

/// As what an object of that UID is known, where it is one of ours; the UID otherwise.
pub(super) fn known(uid: &str) -> Cow<'_, str> {
    let name = uid.strip_suffix(AT_GOOGLE).and_then(decoded);
    match name.filter(|name| name.starts_with("steadfast-")) {
        Some(name) => Cow::Owned(name),
        None => Cow::Borrowed(uid),
    }
}

/// Whether a series of that UID took another one's place here ([`super::deed`]).
pub(super) fn is_moved_for_good(uid: &str) -> bool {
    let known = known(uid);
    known.starts_with("steadfast-guard-") && known.contains("-onward-")
}

/// Five bits a digit; what is left over at the end is filled up with noughts.
fn encoded(name: &str) -> String {
    let (mut bits, mut count, mut id) = (0_u32, 0_u32, String::new());
    let mut put = |bits: u32| {
        let digit = DIGITS.get((bits & 31) as usize);
        id.extend(digit.map(|digit| char::from(*digit)));
    };
    for byte in name.bytes() {
        bits = (bits << 8 | u32::from(byte)) & 0xfff;
        count += 8;
        while count >= 5 {
            count -= 5;
            put(bits >> count);
        }
    }
    if count > 0 {
        put(bits << (5 - count));
    }
    id
}

fn decoded(id: &str) -> Option<String> {
    let (mut bits, mut count, mut name) = (0_u32, 0_u32, Vec::new());
    for digit in id.bytes() {
        let value = DIGITS.iter().position(|known| *known == digit)?;
        bits = (bits << 5 | u32::try_from(value).ok()?) & 0xfff;
        count += 5;
        if count >= 8 {
            count -= 8;
            name.push(u8::try_from(bits >> count & 0xff).ok()?);
        }
    }
    String::from_utf8(name).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home(calendar: &str) -> Place {
        Place {
            source: "s".to_owned(),
            calendar: calendar.to_owned(),
            href: "x".to_owned(),
        }
    }

    /// The examples of RFC 4648 §10, without their padding.
    #[test]
    fn an_id_at_google_is_base32hex_in_small_letters() {
        for (name, id) in [
            ("f", "co"),
            ("fo", "cpng"),
            ("foo", "cpnmu"),
            ("foob", "cpnmuog"),
            ("fooba", "cpnmuoj1"),
            ("foobar", "cpnmuoj1e8"),
        ] {
            assert_eq!(encoded(name), id);
            assert_eq!(decoded(id).as_deref(), Some(name));
        }
        assert_eq!(decoded("w"), None);
    }

    #[test]
    fn what_is_ours_is_known_again_wherever_it_was_made() {
        let name = "steadfast-hold-0a1b.c-d.1774965600.1775000000".to_owned();
        let (uid, href) = named(&home("/maya/"), name.clone());
        assert_eq!((&uid, &*href), (&name, &*format!("{name}.ics")));
        assert_eq!(known(&uid), name);
        let (uid, href) = named(&home("maya@example.com"), name.clone());
        assert_eq!(uid, format!("{href}@google.com"));
        assert!((5..=1024).contains(&href.len()));
        assert_eq!(known(&uid), name);
        for others in ["co@google.com", "abc_R20260301@google.com", "u"] {
            assert_eq!(known(others), others);
        }
    }

    #[test]
    fn one_that_is_tried_again_lies_elsewhere() {
        let place = "/maya/steadfast-a.ics";
        let again = renamed("steadfast-a", place, "steadfast-a-2".to_owned());
        assert_eq!(again.1, "/maya/steadfast-a-2.ics");
        let (uid, href) = named(&home("maya@example.com"), "steadfast-a".to_owned());
        let place = format!("maya@example.com/{href}");
        let (again, there) = renamed(&uid, &place, "steadfast-a-2".to_owned());
        assert_eq!(known(&again), "steadfast-a-2");
        assert_eq!(
            format!("{there}@google.com"),
            format!("maya@example.com/{again}")
        );
    }
}
