//! The ICS address at which Exchange publishes a calendar: neither CREATED nor LAST-MODIFIED, DTSTAMP of the fetch,
//! and only a window around today: old overrides vanish and a series' DTSTART advances although nothing changed.

use super::{CalledOffAs, ExdateStyle, Following, Habits, Uids, ZoneNames};

pub(super) static HABITS: Habits = Habits {
    producer: "Microsoft Exchange Server 2010",
    header: &["METHOD:PUBLISH"],
    calendar_name: "Calendar",
    zones: ZoneNames::Windows,
    keeps_sequence: true,
    bumps_on_call_off: true,
    keeps_times: false,
    stamps_export: true,
    keeps_sent_by: false,
    mailto: "mailto:",
    called_off: CalledOffAs::Exdate,
    called_off_for_guest: CalledOffAs::Exdate,
    exdates: ExdateStyle::OneLine,
    hides_declined: true,
    guest_parameters: ";RSVP=TRUE",
    lists_organiser: false,
    room: "RESOURCE",
    following: Following::Split,
    uids: Uids::Exchange,
    rolling_days: Some(30),
    writes_duration: false,
    event_lines: &[
        "CLASS:PUBLIC",
        "PRIORITY:5",
        "X-MICROSOFT-CDO-BUSYSTATUS:{busy}",
        "X-MICROSOFT-CDO-INSTTYPE:1",
    ],
    out_of_office: &["X-MICROSOFT-CDO-BUSYSTATUS:OOF"],
    alarm: false,
};
