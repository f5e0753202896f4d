//! Apple Calendar on iCloud: upper-case UUIDs, EXDATE per line, X-APPLE-* travel lines, alarms with their own UID.

use super::{CalledOffAs, ExdateStyle, Following, Habits, Uids, ZoneNames};

pub(super) static HABITS: Habits = Habits {
    producer: "-//Apple Inc.//macOS 15.5//EN",
    header: &["CALSCALE:GREGORIAN"],
    calendar_name: "Work",
    zones: ZoneNames::Iana,
    keeps_sequence: true,
    bumps_on_call_off: true,
    keeps_times: true,
    stamps_export: false,
    keeps_sent_by: true,
    mailto: "mailto:",
    called_off: CalledOffAs::Exdate,
    called_off_for_guest: CalledOffAs::Exdate,
    exdates: ExdateStyle::LinePerDate,
    hides_declined: false,
    guest_parameters: ";SCHEDULE-STATUS=\"1.2\"",
    lists_organiser: true,
    room: "ROOM",
    following: Following::Split,
    uids: Uids::UpperUuid,
    rolling_days: None,
    writes_duration: false,
    event_lines: &["X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC"],
    out_of_office: &[],
    alarm: true,
};
