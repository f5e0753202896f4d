//! Fastmail (Cyrus): JMAP underneath, so DURATION instead of DTEND.

use super::{CalledOffAs, ExdateStyle, Following, Habits, Uids, ZoneNames};

pub(super) static HABITS: Habits = Habits {
    producer: "-//CyrusIMAP.org/Cyrus 3.11.0-alpha0-fm//EN",
    header: &["CALSCALE:GREGORIAN"],
    calendar_name: "Calendar",
    zones: ZoneNames::Iana,
    keeps_sequence: true,
    bumps_on_call_off: true,
    keeps_times: true,
    stamps_export: false,
    keeps_sent_by: false,
    mailto: "mailto:",
    called_off: CalledOffAs::Exdate,
    called_off_for_guest: CalledOffAs::Exdate,
    exdates: ExdateStyle::LinePerDate,
    hides_declined: false,
    guest_parameters: ";X-JMAP-ID=guest",
    lists_organiser: true,
    room: "ROOM",
    following: Following::Split,
    uids: Uids::Uuid,
    rolling_days: None,
    writes_duration: true,
    event_lines: &["X-JMAP-SENT-BY:calendar"],
    out_of_office: &[],
    alarm: false,
};
