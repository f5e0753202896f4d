//! Thunderbird on a plain CalDAV server: its own time-zone path, X-MOZ-GENERATION, EXDATE in UTC.

use super::{CalledOffAs, ExdateStyle, Following, Habits, Uids, ZoneNames};

pub(super) static HABITS: Habits = Habits {
    producer: "-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN",
    header: &[],
    calendar_name: "",
    zones: ZoneNames::Prefixed("/mozilla.org/20250101_1/"),
    keeps_sequence: true,
    bumps_on_call_off: true,
    keeps_times: true,
    stamps_export: false,
    keeps_sent_by: true,
    mailto: "mailto:",
    called_off: CalledOffAs::Exdate,
    called_off_for_guest: CalledOffAs::CancelledOverride,
    exdates: ExdateStyle::Utc,
    hides_declined: false,
    guest_parameters: "",
    lists_organiser: true,
    room: "ROOM",
    following: Following::Split,
    uids: Uids::Uuid,
    rolling_days: None,
    writes_duration: false,
    event_lines: &["X-MOZ-GENERATION:4"],
    out_of_office: &[],
    alarm: true,
};
