//! Nextcloud: sabre delivers, so a guest's called-off instance is an override with STATUS:CANCELLED.

use super::{CalledOffAs, ExdateStyle, Following, Habits, Uids, ZoneNames};

pub(super) static HABITS: Habits = Habits {
    producer: "-//IDN nextcloud.com//Calendar app 5.3.0//EN",
    header: &["CALSCALE:GREGORIAN"],
    calendar_name: "Personal",
    zones: ZoneNames::Iana,
    keeps_sequence: true,
    bumps_on_call_off: true,
    keeps_times: true,
    stamps_export: false,
    keeps_sent_by: true,
    mailto: "mailto:",
    called_off: CalledOffAs::Exdate,
    called_off_for_guest: CalledOffAs::CancelledOverride,
    exdates: ExdateStyle::LinePerDate,
    hides_declined: false,
    guest_parameters: ";RSVP=TRUE;LANGUAGE=en",
    lists_organiser: false,
    room: "ROOM",
    following: Following::Split,
    uids: Uids::Uuid,
    rolling_days: None,
    writes_duration: false,
    event_lines: &[],
    out_of_office: &["CATEGORIES:Out of office"],
    alarm: false,
};
