//! What an event is called everywhere: `uid` and `iCalUId`.
//!
//! Exchange names its own by bytes in hexadecimal (MS-OXOCAL, `PidLidGlobalObjectId`): 16 that are always the same, four for
//! the day of the instance that is meant (none: the whole series), eight for a time, eight of nothing, four for the length
//! and the name itself. What came from elsewhere stands in the last, after the word `vCal-Uid`.

use jiff::civil::Date;

/// What every such name begins with.
const HEAD: &str = "040000008200E00074C5B7101A82E008";
/// `vCal-Uid`, and one in four bytes.
const FOREIGN: &[u8] = b"vCal-Uid\x01\0\0\0";
/// Where the name itself begins, in bytes.
const NAME_AT: usize = 40;

/// The name of a meeting or a series, and the day of the instance that is meant, where one is.
pub(super) fn read(said: &str) -> (String, Option<Date>) {
    let is_theirs = said
        .get(..HEAD.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(HEAD));
    let Some(bytes) = is_theirs.then(|| bytes(said)).flatten() else {
        return (said.to_owned(), None);
    };
    let day = match bytes.get(16..20) {
        Some(&[high, low, month, day]) => day_of([high, low], month, day),
        _ => None,
    };
    if let Some(name) = bytes.get(NAME_AT..).and_then(foreign) {
        return (name, day);
    }
    let (head, tail) = said.split_at(HEAD.len());
    let rest = tail.get(8..).unwrap_or_default();
    (format!("{head}00000000{rest}"), day)
}

fn day_of(year: [u8; 2], month: u8, day: u8) -> Option<Date> {
    let year = i16::from_be_bytes(year);
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Date::new(year, month, day).ok()
}

fn foreign(name: &[u8]) -> Option<String> {
    let name = name.strip_prefix(FOREIGN)?;
    let name = name.strip_suffix(b"\0").unwrap_or(name);
    let name = std::str::from_utf8(name).ok()?;
    (!name.is_empty()).then(|| name.to_owned())
}

fn bytes(hexadecimal: &str) -> Option<Vec<u8>> {
    let digits = hexadecimal.as_bytes();
    let value = |digit: u8| char::from(digit).to_digit(16);
    let byte = |pair: &[u8]| match pair {
        [high, low] => u8::try_from(value(*high)? * 16 + value(*low)?).ok(),
        _ => None,
    };
    digits.chunks(2).map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn named(day: &str, name: &str) -> String {
        format!("{HEAD}{day}{}{name}", "0".repeat(40))
    }

    #[test]
    fn an_instance_is_named_as_its_series() {
        let series = named("00000000", "5A5B5C5D");
        assert_eq!(read(&series), (series.clone(), None));
        let instance = named("07EA010D", "5A5B5C5D");
        assert_eq!(read(&instance), (series, Some(date(2026, 1, 13))));
        // No day at all.
        let odd = named("07EA0D28", "5A");
        assert_eq!(read(&odd), (named("00000000", "5A"), None));
    }

    #[test]
    fn what_came_from_elsewhere_keeps_its_name() {
        let name: String = b"vCal-Uid\x01\0\0\0abc@google.com\0"
            .iter()
            .map(|byte| format!("{byte:02X}"))
            .collect();
        let said = named("07EA010D", &name);
        let expected = ("abc@google.com".to_owned(), Some(date(2026, 1, 13)));
        assert_eq!(read(&said), expected);
        assert_eq!(read("abc@google.com"), ("abc@google.com".to_owned(), None));
    }

    #[test]
    fn what_is_no_such_name_is_left_as_it_is() {
        for odd in [
            "",
            "0400",
            HEAD,
            "é",
            &format!("{HEAD}é07EA"),
            &format!("{HEAD}xy"),
        ] {
            let (name, day) = read(odd);
            assert_eq!(day, None, "{odd}");
            if odd != HEAD {
                assert_eq!(name, odd);
            }
        }
    }
}
