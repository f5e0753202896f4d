//! Something odd in the input. The rest is still read.

/// One oddity, with where it is. The file's name is added by whoever opened it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Warning {
    /// What sort of oddity.
    pub code: WarningCode,
    /// What is wrong and what was done about it, in a sentence.
    pub message: String,
    /// Line in the file, from 1.
    pub line: u32,
    /// UID of the component; empty outside one. Cut to 255 bytes.
    pub uid: String,
}

/// The sorts of oddity; [`WarningCode::as_str`] is the stable name used in JSON.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum WarningCode {
    /// A TZID that no table and no VTIMEZONE explains; the time was taken as floating.
    UnknownTimeZone,
    /// The file's own VTIMEZONE says otherwise than the IANA zone of that name; the IANA zone was used.
    TimeZoneDiffers,
    /// A VTIMEZONE, or an observance in it, that cannot be used.
    BadTimeZone,
    /// More different VTIMEZONEs than are read; times in the others were taken as floating.
    TooManyTimeZones,
    /// A property whose value cannot be read; it was left out (with DTSTART, the event was).
    BadValue,
    /// A recurrence rule that cannot be understood, or that repeats within a day; it is kept as said, instances may be
    /// missing.
    BadRule,
    /// A property that may be said once was said again; the first was taken.
    DuplicateProperty,
    /// An event without UID; it was kept.
    MissingUid,
    /// An event without DTSTART; it was left out.
    MissingStart,
    /// An event that ends before it starts; kept as said.
    EndBeforeStart,
    /// Bytes that are not UTF-8; they were replaced by U+FFFD.
    NotUtf8,
    /// A line that is no property: it has no name followed by a colon.
    BrokenLine,
    /// A component without its END, or closed by the END of another.
    Unclosed,
    /// An END without its BEGIN; it was ignored.
    StrayEnd,
    /// The input stops inside a component; an event that was open is left out.
    Truncated,
    /// An event outside any VCALENDAR; it was read all the same.
    OutsideCalendar,
    /// Components nested deeper than is read; the inner ones were left out.
    NestingTooDeep,
    /// A line longer than is read; it was left out.
    LineTooLong,
    /// More attendees in one event than are read; the rest were left out.
    TooManyAttendees,
    /// More EXDATE or RDATE values in one event than are read; the rest were left out.
    TooManyDates,
    /// More properties (or bytes of them) in one event than are read; the rest were left out.
    EventTooLarge,
    /// There were more warnings than are kept; the message says how many.
    MoreWarnings,
}

impl WarningCode {
    /// Every code, in the order of declaration.
    pub const ALL: [Self; 22] = [
        Self::UnknownTimeZone,
        Self::TimeZoneDiffers,
        Self::BadTimeZone,
        Self::TooManyTimeZones,
        Self::BadValue,
        Self::BadRule,
        Self::DuplicateProperty,
        Self::MissingUid,
        Self::MissingStart,
        Self::EndBeforeStart,
        Self::NotUtf8,
        Self::BrokenLine,
        Self::Unclosed,
        Self::StrayEnd,
        Self::Truncated,
        Self::OutsideCalendar,
        Self::NestingTooDeep,
        Self::LineTooLong,
        Self::TooManyAttendees,
        Self::TooManyDates,
        Self::EventTooLarge,
        Self::MoreWarnings,
    ];

    /// The stable name, snake case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnknownTimeZone => "unknown_time_zone",
            Self::TimeZoneDiffers => "time_zone_differs",
            Self::BadTimeZone => "bad_time_zone",
            Self::TooManyTimeZones => "too_many_time_zones",
            Self::BadValue => "bad_value",
            Self::BadRule => "bad_rule",
            Self::DuplicateProperty => "duplicate_property",
            Self::MissingUid => "missing_uid",
            Self::MissingStart => "missing_start",
            Self::EndBeforeStart => "end_before_start",
            Self::NotUtf8 => "not_utf8",
            Self::BrokenLine => "broken_line",
            Self::Unclosed => "unclosed",
            Self::StrayEnd => "stray_end",
            Self::Truncated => "truncated",
            Self::OutsideCalendar => "outside_calendar",
            Self::NestingTooDeep => "nesting_too_deep",
            Self::LineTooLong => "line_too_long",
            Self::TooManyAttendees => "too_many_attendees",
            Self::TooManyDates => "too_many_dates",
            Self::EventTooLarge => "event_too_large",
            Self::MoreWarnings => "more_warnings",
        }
    }
}
