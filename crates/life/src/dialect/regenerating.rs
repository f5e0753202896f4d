//! A groupware bridge: every export makes new UIDs, SEQUENCE stays 0, re-timings are RANGE=THISANDFUTURE. Only what the
//! meetings are, never what they are called, can tie two snapshots together.

use super::{CalledOffAs, ExdateStyle, Following, Habits, Uids, ZoneNames};

pub(super) static HABITS: Habits = Habits {
    producer: "-//Groupware Bridge//Export 2.4//EN",
    header: &["CALSCALE:GREGORIAN"],
    calendar_name: "{address}",
    zones: ZoneNames::Iana,
    keeps_sequence: false,
    bumps_on_call_off: false,
    keeps_times: true,
    stamps_export: true,
    keeps_sent_by: false,
    mailto: "mailto:",
    called_off: CalledOffAs::Exdate,
    called_off_for_guest: CalledOffAs::Exdate,
    exdates: ExdateStyle::LinePerDate,
    hides_declined: false,
    guest_parameters: "",
    lists_organiser: true,
    room: "ROOM",
    following: Following::Range,
    uids: Uids::PerExport,
    rolling_days: None,
    writes_duration: false,
    event_lines: &[],
    out_of_office: &["CATEGORIES:Holiday"],
    alarm: false,
};
