//! Zones told by their name alone.

use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use std::{collections::HashMap, sync::LazyLock};
use strum::IntoEnumIterator as _;
use windows_timezones::WindowsTimezone;

/// Longest TZID that is looked up. The longest Windows display name has 96 bytes.
pub(crate) const LONGEST_NAME: usize = 255;

/// The IANA zone of that name, letters in any case, from the database compiled in (never the machine's).
pub fn iana(name: &str) -> Option<TimeZone> {
    static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);
    let zone = DATABASE.get(name).ok()?;
    (!zone.is_unknown()).then_some(zone)
}

/// A zone whose name leaves no doubt, so that it counts for more than the file's own VTIMEZONE: an IANA name with
/// an area, a Windows name, either of them after a producer's prefix, or UTC.
pub fn certain(name: &str) -> Option<TimeZone> {
    let name = tidy(name)?;
    if is_utc(name) {
        return Some(TimeZone::UTC);
    }
    if name.contains('/') {
        iana(name).or_else(|| after_prefix(name))
    } else {
        windows(name)
    }
}

/// A zone whose name is a fair guess, for want of a VTIMEZONE: a short IANA name (`EST` says no summer time today,
/// files that use it often mean one), a Windows display name, a bare offset.
pub(crate) fn likely(name: &str) -> Option<TimeZone> {
    let name = tidy(name)?;
    iana(name)
        .or_else(|| displayed(name))
        .or_else(|| summer(name))
        .or_else(|| offset(name))
}

fn tidy(name: &str) -> Option<&str> {
    let name = name.trim().trim_matches('"').trim();
    (!name.is_empty() && name.len() <= LONGEST_NAME).then_some(name)
}

fn is_utc(name: &str) -> bool {
    [
        "UTC",
        "Z",
        "GMT",
        "Zulu",
        "Etc/UTC",
        "Etc/GMT",
        "Coordinated Universal Time",
        "tzone://Microsoft/Utc",
    ]
    .iter()
    .any(|utc| utc.eq_ignore_ascii_case(name))
}

/// `/mozilla.org/20050126_1/Europe/Berlin`, `/freeassociation.sourceforge.net/Tzfile/America/Argentina/Salta`,
/// `/Europe/Paris`: the longest ending that is an IANA name; a Windows name after a prefix.
fn after_prefix(name: &str) -> Option<TimeZone> {
    let mut starts: Vec<usize> = name
        .rmatch_indices('/')
        .take(3)
        .map(|(at, _)| at + 1)
        .collect();
    starts.reverse();
    starts.iter().find_map(|start| {
        let ending = name.get(*start..)?;
        if ending.contains('/') {
            iana(ending)
        } else if is_utc(ending) {
            Some(TimeZone::UTC)
        } else {
            windows(ending)
        }
    })
}

/// CLDR's table of Windows names (`W. Europe Standard Time`).
fn windows(name: &str) -> Option<TimeZone> {
    static BY_NAME: LazyLock<HashMap<String, WindowsTimezone>> = LazyLock::new(|| {
        WindowsTimezone::iter()
            .map(|zone| (zone.name().to_ascii_lowercase(), zone))
            .collect()
    });
    let zone = BY_NAME.get(&name.to_ascii_lowercase())?;
    iana(zone.tzdb_id())
}

/// What Windows shows: `(UTC+01:00) Amsterdam, Berlin, …`. Only the part after the offset counts: it was `(GMT+01:00)`
/// once, and some leave it out.
fn displayed(name: &str) -> Option<TimeZone> {
    static BY_PLACES: LazyLock<HashMap<String, WindowsTimezone>> = LazyLock::new(|| {
        WindowsTimezone::iter()
            .map(|zone| (places(zone.description()), zone))
            .collect()
    });
    let zone = BY_PLACES.get(&places(name))?;
    iana(zone.tzdb_id())
}

fn places(display_name: &str) -> String {
    let rest = display_name
        .strip_prefix('(')
        .and_then(|inside| inside.split_once(')'))
        .map_or(display_name, |(_, rest)| rest);
    rest.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// `Eastern Daylight Time` names one half of a Windows zone.
fn summer(name: &str) -> Option<TimeZone> {
    let stem = name
        .strip_suffix(" Daylight Time")
        .or_else(|| name.strip_suffix(" Summer Time"))?;
    windows(&format!("{stem} Standard Time"))
}

/// `GMT+0200`, `UTC-5`, `+01:00`: hours east of Greenwich, as people write it.
fn offset(name: &str) -> Option<TimeZone> {
    let sign_at = name.find(['+', '-'])?;
    let (prefix, offset) = name.split_at_checked(sign_at)?;
    if !["", "GMT", "UTC"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(prefix.trim()))
    {
        return None;
    }
    let seconds = crate::reader::value::offset(offset.as_bytes()).ok()?;
    Some(TimeZone::fixed(Offset::from_seconds(seconds).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_leave_no_doubt_are_resolved_before_any_definition() {
        for (name, expected) in [
            ("Europe/Berlin", Some("Europe/Berlin")),
            ("europe/berlin", Some("Europe/Berlin")),
            ("\"Europe/Berlin\"", Some("Europe/Berlin")),
            ("W. Europe Standard Time", Some("Europe/Berlin")),
            ("eastern standard time", Some("America/New_York")),
            (
                "/mozilla.org/20050126_1/Europe/Berlin",
                Some("Europe/Berlin"),
            ),
            (
                "/freeassociation.sourceforge.net/Tzfile/America/Argentina/Salta",
                Some("America/Argentina/Salta"),
            ),
            (
                "/citadel.org/20211207_1/America/New_York",
                Some("America/New_York"),
            ),
            ("/Europe/Paris", Some("Europe/Paris")),
            ("tzone://Microsoft/Utc", Some("UTC")),
            ("UTC", Some("UTC")),
            ("EST", None),
            ("Eastern", None),
            (
                "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna",
                None,
            ),
            ("Custom/Nowhere", None),
            ("Etc/Unknown", None),
            ("", None),
        ] {
            let zone = certain(name);
            assert_eq!(
                zone.as_ref().and_then(TimeZone::iana_name),
                expected,
                "{name}"
            );
        }
    }

    #[test]
    fn likely_names_are_display_names_short_names_and_offsets() {
        for (name, expected) in [
            (
                "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna",
                Some("Europe/Berlin"),
            ),
            (
                "(GMT+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna",
                Some("Europe/Berlin"),
            ),
            ("Eastern Time (US & Canada)", Some("America/New_York")),
            (
                "(UTC-05:00) Eastern Time (US & Canada)",
                Some("America/New_York"),
            ),
            ("Eastern Daylight Time", Some("America/New_York")),
            ("Japan", Some("Japan")),
            ("Customized Time Zone", None),
        ] {
            let zone = likely(name);
            assert_eq!(
                zone.as_ref().and_then(TimeZone::iana_name),
                expected,
                "{name}"
            );
        }
        for (name, hours) in [
            ("GMT+0200", 2),
            ("UTC-5", -5),
            ("+01:00", 1),
            ("gmt -03:00", -3),
        ] {
            let zone = likely(name).unwrap();
            assert_eq!(
                zone.to_offset(jiff::Timestamp::UNIX_EPOCH).seconds(),
                hours * 3_600,
                "{name}"
            );
        }
    }

    #[test]
    fn every_windows_name_leads_to_a_zone_of_the_database() {
        for zone in WindowsTimezone::iter() {
            assert!(certain(zone.name()).is_some(), "{}", zone.name());
            assert!(
                likely(zone.description()).is_some(),
                "{}",
                zone.description()
            );
        }
    }
}
