//! The names of the properties that are read, and where each belongs.

/// Longest property name that is looked at. The longest that is read has 36 bytes.
pub(super) const LONGEST_NAME: usize = 64;

/// What part of a calendar the reader is in; decides which properties are wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Mode {
    /// Outside any component.
    Outside,
    /// In a VCALENDAR, outside its components.
    Calendar,
    /// In a VEVENT.
    Event,
    /// In a VTIMEZONE, outside its observances.
    TimeZone,
    /// In a STANDARD or DAYLIGHT of a VTIMEZONE.
    Observance,
    /// In anything else, down to its END.
    Skip,
}

/// A property that is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Property {
    Begin,
    End,
    // RFC 5545 §3.8.
    Uid,
    Start,
    EndAt,
    Duration,
    Rule,
    ExceptRule,
    Dates,
    ExceptDates,
    RecurrenceId,
    Summary,
    Status,
    Sequence,
    Stamp,
    Created,
    LastModified,
    Organizer,
    Attendee,
    Transparency,
    Categories,
    Class,
    Priority,
    /// X-MICROSOFT-CDO-BUSYSTATUS.
    BusyStatus,
    /// X-MICROSOFT-CDO-INTENDEDSTATUS.
    IntendedStatus,
    /// Properties of providers that tell what sort of event it is; see `kind.rs`.
    EventType,
    /// X-WR-CALNAME, or NAME (RFC 7986 §5.1).
    CalendarName,
    CalendarZone,
    Method,
    Producer,
    ZoneId,
    /// X-LIC-LOCATION: the IANA name, as libical writes it beside a name of its own.
    ZoneLocation,
    OffsetFrom,
    OffsetTo,
    /// TZUNTIL (RFC 7808 §7.1): beyond it the definition says nothing.
    ZoneUntil,
    /// Anything else.
    Unread,
}

/// Each name that is read, and the property it means: as a quick choice, and as a list to be shown.
macro_rules! names {
    ($($name:literal $property:ident)*) => {
        const NAMES: &[(&[u8], Property)] = &[$(($name, Property::$property)),*];

        fn of_upper_case(name: &[u8]) -> Property {
            match name {
                $($name => Property::$property,)*
                _ => Property::Unread,
            }
        }
    };
}

names! {
    b"BEGIN" Begin
    b"END" End
    b"UID" Uid
    b"DTSTART" Start
    b"DTEND" EndAt
    b"DURATION" Duration
    b"RRULE" Rule
    b"EXRULE" ExceptRule
    b"RDATE" Dates
    b"EXDATE" ExceptDates
    b"RECURRENCE-ID" RecurrenceId
    b"SUMMARY" Summary
    b"STATUS" Status
    b"SEQUENCE" Sequence
    b"DTSTAMP" Stamp
    b"CREATED" Created
    b"LAST-MODIFIED" LastModified
    b"ORGANIZER" Organizer
    b"ATTENDEE" Attendee
    b"TRANSP" Transparency
    b"CATEGORIES" Categories
    b"CLASS" Class
    b"PRIORITY" Priority
    b"X-MICROSOFT-CDO-BUSYSTATUS" BusyStatus
    b"X-MICROSOFT-CDO-INTENDEDSTATUS" IntendedStatus
    b"X-GOOGLE-EVENT-TYPE" EventType
    b"X-APPLE-SPECIAL-DAY" EventType
    b"X-NEXTCLOUD-BC-FIELD-TYPE" EventType
    b"X-KDE-KABC-BIRTHDAY" EventType
    b"X-GOOGLE-CALENDAR-CONTENT-ICON" EventType
    b"X-WR-CALNAME" CalendarName
    b"NAME" CalendarName
    b"X-WR-TIMEZONE" CalendarZone
    b"METHOD" Method
    b"PRODID" Producer
    b"TZID" ZoneId
    b"X-LIC-LOCATION" ZoneLocation
    b"TZOFFSETFROM" OffsetFrom
    b"TZOFFSETTO" OffsetTo
    b"TZUNTIL" ZoneUntil
}

/// The names of the properties that are read, each with the components it is read in, as docs/conformance.md lists them.
/// BEGIN and END, which are read everywhere, are left out.
pub fn read_properties() -> impl Iterator<Item = (String, Vec<&'static str>)> {
    let parts = [
        (Mode::Calendar, "VCALENDAR"),
        (Mode::Event, "VEVENT"),
        (Mode::TimeZone, "VTIMEZONE"),
        (Mode::Observance, "STANDARD and DAYLIGHT"),
    ];
    NAMES.iter().filter_map(move |(name, property)| {
        if matches!(property, Property::Begin | Property::End) {
            return None;
        }
        let read = parts.iter().filter(|(mode, _)| property.wanted_in(*mode));
        let components = read.map(|(_, component)| *component).collect();
        Some((String::from_utf8_lossy(name).into_owned(), components))
    })
}

impl Property {
    /// The property of a line and where its name ends, for names that most lines have, as most write them. It is a
    /// short cut: `None` only means to look properly.
    pub(super) fn usual(line: &[u8]) -> Option<(Self, usize)> {
        let (property, name) = match line {
            [b'A', b'T', b'T', b'E', ..] => (Self::Attendee, &b"ATTENDEE"[..]),
            [b'B', ..] => (Self::Begin, &b"BEGIN"[..]),
            [b'C', b'R', ..] => (Self::Created, &b"CREATED"[..]),
            [b'D', b'E', ..] => (Self::Unread, &b"DESCRIPTION"[..]),
            [b'D', b'T', b'E', ..] => (Self::EndAt, &b"DTEND"[..]),
            [b'D', b'T', b'S', b'T', b'A', b'R', ..] => (Self::Start, &b"DTSTART"[..]),
            [b'D', b'T', b'S', ..] => (Self::Stamp, &b"DTSTAMP"[..]),
            [b'E', b'N', ..] => (Self::End, &b"END"[..]),
            [b'E', b'X', b'D', ..] => (Self::ExceptDates, &b"EXDATE"[..]),
            [b'L', b'A', ..] => (Self::LastModified, &b"LAST-MODIFIED"[..]),
            [b'O', ..] => (Self::Organizer, &b"ORGANIZER"[..]),
            [b'R', b'E', b'C', ..] => (Self::RecurrenceId, &b"RECURRENCE-ID"[..]),
            [b'R', b'R', ..] => (Self::Rule, &b"RRULE"[..]),
            [b'S', b'E', ..] => (Self::Sequence, &b"SEQUENCE"[..]),
            [b'S', b'T', b'A', b'T', ..] => (Self::Status, &b"STATUS"[..]),
            [b'S', b'U', ..] => (Self::Summary, &b"SUMMARY"[..]),
            [b'T', b'R', ..] => (Self::Transparency, &b"TRANSP"[..]),
            [b'U', b'I', ..] => (Self::Uid, &b"UID"[..]),
            _ => return None,
        };
        let rest = line.strip_prefix(name)?;
        matches!(rest.first(), Some(b':' | b';')).then_some((property, name.len()))
    }

    /// By name, in any case of letters and with blanks around it.
    pub(super) fn named(name: &[u8]) -> Self {
        let known = of_upper_case(name);
        if known != Self::Unread {
            return known;
        }
        // A BOM can stand before the first line, blanks around a name.
        let name = name.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(name);
        let name = name.trim_ascii();
        let mut upper = [0_u8; LONGEST_NAME];
        let Some(upper) = upper.get_mut(..name.len()) else {
            return Self::Unread;
        };
        upper.copy_from_slice(name);
        upper.make_ascii_uppercase();
        of_upper_case(upper)
    }

    /// Whether it is read in that part of a calendar.
    pub(super) fn wanted_in(self, mode: Mode) -> bool {
        match self {
            Self::Begin | Self::End => true,
            Self::Start | Self::Rule | Self::Dates => {
                matches!(mode, Mode::Event | Mode::Observance)
            }
            Self::Uid
            | Self::EndAt
            | Self::Duration
            | Self::ExceptRule
            | Self::ExceptDates
            | Self::RecurrenceId
            | Self::Summary
            | Self::Status
            | Self::Sequence
            | Self::Stamp
            | Self::Created
            | Self::LastModified
            | Self::Organizer
            | Self::Attendee
            | Self::Transparency
            | Self::Categories
            | Self::Class
            | Self::Priority
            | Self::BusyStatus
            | Self::IntendedStatus
            | Self::EventType => mode == Mode::Event,
            Self::CalendarName | Self::CalendarZone | Self::Method | Self::Producer => {
                mode == Mode::Calendar
            }
            Self::ZoneId | Self::ZoneLocation | Self::ZoneUntil => mode == Mode::TimeZone,
            Self::OffsetFrom | Self::OffsetTo => mode == Mode::Observance,
            Self::Unread => false,
        }
    }

    /// The name by which warnings call it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Begin => "BEGIN",
            Self::End => "END",
            Self::Uid => "UID",
            Self::Start => "DTSTART",
            Self::EndAt => "DTEND",
            Self::Duration => "DURATION",
            Self::Rule => "RRULE",
            Self::ExceptRule => "EXRULE",
            Self::Dates => "RDATE",
            Self::ExceptDates => "EXDATE",
            Self::RecurrenceId => "RECURRENCE-ID",
            Self::Summary => "SUMMARY",
            Self::Status => "STATUS",
            Self::Sequence => "SEQUENCE",
            Self::Stamp => "DTSTAMP",
            Self::Created => "CREATED",
            Self::LastModified => "LAST-MODIFIED",
            Self::Organizer => "ORGANIZER",
            Self::Attendee => "ATTENDEE",
            Self::Transparency => "TRANSP",
            Self::Categories => "CATEGORIES",
            Self::Class => "CLASS",
            Self::Priority => "PRIORITY",
            Self::BusyStatus => "X-MICROSOFT-CDO-BUSYSTATUS",
            Self::IntendedStatus => "X-MICROSOFT-CDO-INTENDEDSTATUS",
            Self::EventType => "the event's type",
            Self::CalendarName => "X-WR-CALNAME",
            Self::CalendarZone => "X-WR-TIMEZONE",
            Self::Method => "METHOD",
            Self::Producer => "PRODID",
            Self::ZoneId => "TZID",
            Self::ZoneLocation => "X-LIC-LOCATION",
            Self::OffsetFrom => "TZOFFSETFROM",
            Self::OffsetTo => "TZOFFSETTO",
            Self::ZoneUntil => "TZUNTIL",
            Self::Unread => "a property",
        }
    }
}
