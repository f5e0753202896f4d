//! How each provider writes the same calendar down, and what it keeps of what happened.
//!
//! One file per provider, each only a table of habits with the reasons; one writer for all.

mod apple;
mod exchange_feed;
mod fastmail;
mod google;
mod guests;
mod nextcloud;
mod outlook;
mod recurrence;
mod regenerating;
mod thunderbird;
mod zimbra;

pub(crate) mod line;
pub(crate) mod vtimezone;
pub(crate) mod write;

/// The provider whose text a life is written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Dialect {
    /// Google Calendar: export, Takeout, secret address.
    Google,
    /// Outlook and Exchange, each calendar as its owner's client stores it.
    Outlook,
    /// Apple Calendar on iCloud.
    Apple,
    /// Nextcloud (sabre).
    Nextcloud,
    /// Zimbra.
    Zimbra,
    /// Fastmail (Cyrus).
    Fastmail,
    /// Thunderbird on a plain CalDAV server.
    Thunderbird,
    /// The ICS address at which Exchange publishes a calendar: a rolling window, no times of change.
    ExchangeFeed,
    /// A groupware bridge that makes up new UIDs at every export.
    Regenerating,
}

impl Dialect {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Google,
        Self::Outlook,
        Self::Apple,
        Self::Nextcloud,
        Self::Zimbra,
        Self::Fastmail,
        Self::Thunderbird,
        Self::ExchangeFeed,
        Self::Regenerating,
    ];

    /// Short name, lower case, for command lines.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Google => "google",
            Self::Outlook => "outlook",
            Self::Apple => "apple",
            Self::Nextcloud => "nextcloud",
            Self::Zimbra => "zimbra",
            Self::Fastmail => "fastmail",
            Self::Thunderbird => "thunderbird",
            Self::ExchangeFeed => "exchange_feed",
            Self::Regenerating => "regenerating",
        }
    }

    /// The dialect of a short name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|dialect| dialect.as_str() == name)
    }

    /// Its habits.
    pub fn habits(self) -> &'static Habits {
        match self {
            Self::Google => &google::HABITS,
            Self::Outlook => &outlook::HABITS,
            Self::Apple => &apple::HABITS,
            Self::Nextcloud => &nextcloud::HABITS,
            Self::Zimbra => &zimbra::HABITS,
            Self::Fastmail => &fastmail::HABITS,
            Self::Thunderbird => &thunderbird::HABITS,
            Self::ExchangeFeed => &exchange_feed::HABITS,
            Self::Regenerating => &regenerating::HABITS,
        }
    }
}

/// What a provider writes, keeps and drops.
#[derive(Debug)]
pub struct Habits {
    /// PRODID.
    pub producer: &'static str,
    /// Other properties of the VCALENDAR, as written.
    pub header: &'static [&'static str],
    /// X-WR-CALNAME (`{address}` stands for the owner's), with X-WR-TIMEZONE; empty: neither is written.
    pub calendar_name: &'static str,
    /// How a TZID is spelt.
    pub zones: ZoneNames,
    /// SEQUENCE is raised and written. Without it nobody can be named for a change.
    pub keeps_sequence: bool,
    /// SEQUENCE of the series is raised when one instance is called off.
    pub bumps_on_call_off: bool,
    /// CREATED and LAST-MODIFIED are written.
    pub keeps_times: bool,
    /// DTSTAMP is the moment of the export, not that of the change (RFC 5545 §3.8.7.2 allows both).
    pub stamps_export: bool,
    /// SENT-BY of an assistant is written.
    pub keeps_sent_by: bool,
    /// `mailto:` as this provider spells it.
    pub mailto: &'static str,
    /// How an instance that was called off looks on the organiser's calendar.
    pub called_off: CalledOffAs,
    /// The same on a guest's calendar.
    pub called_off_for_guest: CalledOffAs,
    /// EXDATE: all in one line, one a line, or in UTC.
    pub exdates: ExdateStyle,
    /// A guest's declined instance leaves their own calendar.
    pub hides_declined: bool,
    /// Parameters before CN of an ATTENDEE.
    pub guest_parameters: &'static str,
    /// Whether the organiser is also an ATTENDEE.
    pub lists_organiser: bool,
    /// CUTYPE of a room.
    pub room: &'static str,
    /// How "this and all following" is kept.
    pub following: Following,
    /// How UIDs are made.
    pub uids: Uids,
    /// Only this many days back are shown: older overrides go, DTSTART of a series advances.
    pub rolling_days: Option<i64>,
    /// DURATION instead of DTEND.
    pub writes_duration: bool,
    /// Lines added to every timed VEVENT, `{busy}` filled in.
    pub event_lines: &'static [&'static str],
    /// What an out-of-office block adds.
    pub out_of_office: &'static [&'static str],
    /// A VALARM in every event.
    pub alarm: bool,
}

/// How a TZID is spelt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ZoneNames {
    /// `Europe/Paris`.
    Iana,
    /// `Romance Standard Time`.
    Windows,
    /// A path before the IANA name.
    Prefixed(&'static str),
}

/// How a called-off instance looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CalledOffAs {
    /// EXDATE.
    Exdate,
    /// An override with STATUS:CANCELLED.
    CancelledOverride,
    /// An override titled "Canceled: …" until the guest takes it away, then EXDATE.
    TitleThenExdate,
}

/// How EXDATE is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExdateStyle {
    /// All values in one line.
    OneLine,
    /// One line each.
    LinePerDate,
    /// One line each, in UTC.
    Utc,
}

/// How "this and all following" is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Following {
    /// The old series ends; the new one is named `<uid>_R<start>` and has the CREATED of the old.
    SplitR,
    /// The old series ends; a new one begins.
    Split,
    /// The whole series is rewritten; exceptions are lost.
    Rewrite,
    /// An override with RANGE=THISANDFUTURE.
    Range,
}

/// How UIDs are made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Uids {
    /// 26 letters and digits at google.com.
    Google,
    /// Exchange's GlobalObjectId in hex.
    Exchange,
    /// A UUID, upper case.
    UpperUuid,
    /// A UUID, lower case.
    Uuid,
    /// New at every export.
    PerExport,
}

impl Uids {
    /// The UID made of these random bits.
    pub(crate) fn make(self, high: u64, low: u64) -> String {
        let uuid = || {
            let (a, b, c) = (high >> 32, (high >> 16) & 0xFFFF, high & 0x0FFF);
            let (d, e) = ((low >> 48) & 0x3FFF | 0x8000, low & 0xFFFF_FFFF_FFFF);
            format!("{a:08x}-{b:04x}-4{c:03x}-{d:04x}-{e:012x}")
        };
        match self {
            Self::Google => format!("{high:013x}{low:013x}@google.com"),
            Self::Exchange => format!(
                "040000008200E00074C5B7101A82E00800000000{high:016X}000000000000000010000000{low:016X}{high:016X}"
            ),
            Self::UpperUuid => uuid().to_uppercase(),
            Self::Uuid | Self::PerExport => uuid(),
        }
    }
}
