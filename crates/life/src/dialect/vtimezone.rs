//! VTIMEZONE components, and how a dialect spells a TZID.

use super::{ZoneNames, line::Lines};
use crate::place::Place;
use std::fmt::Write as _;

/// The TZID of a place.
pub(crate) fn tzid(out: &mut String, names: ZoneNames, place: &Place) {
    match names {
        ZoneNames::Iana => out.push_str(place.iana),
        ZoneNames::Windows => out.push_str(place.windows),
        ZoneNames::Prefixed(path) => {
            out.push_str(path);
            out.push_str(place.iana);
        }
    }
}

/// The VTIMEZONE of a place. Outlook's observances begin in 1601, Windows' first year.
pub(crate) fn write(lines: &mut Lines, names: ZoneNames, place: &Place) {
    let windows = names == ZoneNames::Windows;
    lines.put("BEGIN:VTIMEZONE");
    lines.line(|out| {
        out.push_str("TZID:");
        tzid(out, names, place);
    });
    if !windows {
        lines.line(|out| {
            let _ = write!(out, "X-LIC-LOCATION:{}", place.iana);
        });
    }
    let Some(daylight) = &place.daylight else {
        let start = if windows {
            "16010101T000000"
        } else {
            "19700101T000000"
        };
        observance(
            lines,
            "STANDARD",
            place.standard,
            place.standard,
            start,
            None,
        );
        lines.put("END:VTIMEZONE");
        return;
    };
    let since = |begins: &str| -> String {
        if !windows {
            return begins.to_owned();
        }
        format!("16010101{}", begins.get(8..).unwrap_or("T020000"))
    };
    let (begins, ends) = (since(daylight.begins.0), since(daylight.ends.0));
    observance(
        lines,
        "DAYLIGHT",
        place.standard,
        daylight.offset,
        &begins,
        Some(daylight.begins.1),
    );
    observance(
        lines,
        "STANDARD",
        daylight.offset,
        place.standard,
        &ends,
        Some(daylight.ends.1),
    );
    lines.put("END:VTIMEZONE");
}

fn observance(
    lines: &mut Lines,
    name: &str,
    from: &str,
    to: &str,
    start: &str,
    rule: Option<&str>,
) {
    lines.line(|out| {
        let _ = write!(out, "BEGIN:{name}");
    });
    lines.line(|out| {
        let _ = write!(out, "TZOFFSETFROM:{from}");
    });
    lines.line(|out| {
        let _ = write!(out, "TZOFFSETTO:{to}");
    });
    lines.line(|out| {
        let _ = write!(out, "DTSTART:{start}");
    });
    if let Some(rule) = rule {
        lines.line(|out| {
            let _ = write!(out, "RRULE:{rule}");
        });
    }
    lines.line(|out| {
        let _ = write!(out, "END:{name}");
    });
}
