//! Google Calendar. A moved instance gets SEQUENCE + 1; calling one instance off leaves SEQUENCE as it was and adds an
//! EXDATE; DTSTAMP is the moment of the export; an assistant leaves no trace; "this and following" makes `_R` series.

use super::{CalledOffAs, ExdateStyle, Following, Habits, Uids, ZoneNames};

pub(super) static HABITS: Habits = Habits {
    producer: "-//Google Inc//Google Calendar 70.9054//EN",
    header: &["CALSCALE:GREGORIAN", "METHOD:PUBLISH"],
    calendar_name: "{address}",
    zones: ZoneNames::Iana,
    keeps_sequence: true,
    bumps_on_call_off: false,
    keeps_times: true,
    stamps_export: true,
    keeps_sent_by: false,
    mailto: "mailto:",
    called_off: CalledOffAs::Exdate,
    called_off_for_guest: CalledOffAs::Exdate,
    exdates: ExdateStyle::LinePerDate,
    hides_declined: false,
    guest_parameters: ";X-NUM-GUESTS=0",
    lists_organiser: true,
    room: "RESOURCE",
    following: Following::SplitR,
    uids: Uids::Google,
    rolling_days: None,
    writes_duration: false,
    event_lines: &[],
    out_of_office: &[],
    alarm: false,
};
