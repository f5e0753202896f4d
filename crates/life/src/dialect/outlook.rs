//! Outlook and Exchange: Windows zone names, X-MICROSOFT-*, upper-case MAILTO; a guest sees "Canceled: …" until they
//! remove it; a changed series is rewritten whole and loses its exceptions; the organiser is no ATTENDEE.

use super::{CalledOffAs, ExdateStyle, Following, Habits, Uids, ZoneNames};

pub(super) static HABITS: Habits = Habits {
    producer: "-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN",
    header: &["METHOD:PUBLISH", "X-MS-OLK-FORCEINSPECTOROPEN:TRUE"],
    calendar_name: "Calendar",
    zones: ZoneNames::Windows,
    keeps_sequence: true,
    bumps_on_call_off: true,
    keeps_times: true,
    stamps_export: false,
    keeps_sent_by: true,
    mailto: "MAILTO:",
    called_off: CalledOffAs::Exdate,
    called_off_for_guest: CalledOffAs::TitleThenExdate,
    exdates: ExdateStyle::OneLine,
    hides_declined: true,
    guest_parameters: ";RSVP=TRUE",
    lists_organiser: false,
    room: "RESOURCE",
    following: Following::Rewrite,
    uids: Uids::Exchange,
    rolling_days: None,
    writes_duration: false,
    event_lines: &[
        "PRIORITY:5",
        "X-MICROSOFT-CDO-BUSYSTATUS:{busy}",
        "X-MICROSOFT-CDO-IMPORTANCE:1",
        "X-MICROSOFT-DISALLOW-COUNTER:FALSE",
    ],
    out_of_office: &["X-MICROSOFT-CDO-BUSYSTATUS:OOF"],
    alarm: true,
};
