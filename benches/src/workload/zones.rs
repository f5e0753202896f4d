//! The zones of the workload, each with the VTIMEZONE that an export carries.

use jiff::tz::TimeZone;

/// A zone as a file names and defines it.
pub(super) struct Zone {
    /// TZID.
    pub(super) id: &'static str,
    /// The IANA zone that is meant.
    iana: &'static str,
    /// The VTIMEZONE component.
    pub(super) definition: &'static str,
}

impl Zone {
    /// The zone itself; UTC if the table of zones does not have it.
    pub(super) fn time_zone(&self) -> TimeZone {
        TimeZone::get(self.iana).unwrap_or(TimeZone::UTC)
    }
}

/// A VTIMEZONE with summer time.
macro_rules! with_summer {
    ($id:literal, $winter:literal, $summer:literal, $to_summer:literal, $to_winter:literal) => {
        concat!(
            "BEGIN:VTIMEZONE\r\nTZID:",
            $id,
            "\r\nBEGIN:DAYLIGHT\r\nTZOFFSETFROM:",
            $winter,
            "\r\nTZOFFSETTO:",
            $summer,
            "\r\nTZNAME:D\r\n",
            $to_summer,
            "\r\nEND:DAYLIGHT\r\nBEGIN:STANDARD\r\nTZOFFSETFROM:",
            $summer,
            "\r\nTZOFFSETTO:",
            $winter,
            "\r\nTZNAME:S\r\n",
            $to_winter,
            "\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
        )
    };
}

/// Two American, two European (one by its Windows name, with the rules Outlook writes), one without summer time.
pub(super) const ZONES: [Zone; 5] = [
    Zone {
        id: "America/New_York",
        iana: "America/New_York",
        definition: with_summer!(
            "America/New_York",
            "-0500",
            "-0400",
            "DTSTART:20070311T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
            "DTSTART:20071104T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"
        ),
    },
    Zone {
        id: "America/Los_Angeles",
        iana: "America/Los_Angeles",
        definition: with_summer!(
            "America/Los_Angeles",
            "-0800",
            "-0700",
            "DTSTART:20070311T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
            "DTSTART:20071104T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"
        ),
    },
    Zone {
        id: "Europe/Berlin",
        iana: "Europe/Berlin",
        definition: with_summer!(
            "Europe/Berlin",
            "+0100",
            "+0200",
            "DTSTART:19810329T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
            "DTSTART:19961027T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"
        ),
    },
    Zone {
        id: "W. Europe Standard Time",
        iana: "Europe/Berlin",
        definition: with_summer!(
            "W. Europe Standard Time",
            "+0100",
            "+0200",
            "DTSTART:16010101T020000\r\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3",
            "DTSTART:16010101T030000\r\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10"
        ),
    },
    Zone {
        id: "Asia/Kolkata",
        iana: "Asia/Kolkata",
        definition: "BEGIN:VTIMEZONE\r\nTZID:Asia/Kolkata\r\nBEGIN:STANDARD\r\nTZOFFSETFROM:+0530\r\nTZOFFSETTO:+0530\r\n\
            DTSTART:19700101T000000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n",
    },
];
