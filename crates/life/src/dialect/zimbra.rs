//! Zimbra: keeps called-off instances as cancelled overrides on both sides, writes X-MICROSOFT-* for Outlook's sake.

use super::{CalledOffAs, ExdateStyle, Following, Habits, Uids, ZoneNames};

pub(super) static HABITS: Habits = Habits {
    producer: "Zimbra-Calendar-Provider",
    header: &["METHOD:PUBLISH"],
    calendar_name: "Calendar",
    zones: ZoneNames::Iana,
    keeps_sequence: true,
    bumps_on_call_off: true,
    keeps_times: true,
    stamps_export: false,
    keeps_sent_by: true,
    mailto: "mailto:",
    called_off: CalledOffAs::CancelledOverride,
    called_off_for_guest: CalledOffAs::CancelledOverride,
    exdates: ExdateStyle::OneLine,
    hides_declined: false,
    guest_parameters: ";RSVP=TRUE",
    lists_organiser: false,
    room: "RESOURCE",
    following: Following::Split,
    uids: Uids::Uuid,
    rolling_days: None,
    writes_duration: false,
    event_lines: &["CLASS:PUBLIC", "X-MICROSOFT-CDO-INTENDEDSTATUS:{busy}"],
    out_of_office: &["X-MICROSOFT-CDO-INTENDEDSTATUS:OOF"],
    alarm: false,
};
