//! Where people work: time zone, in the names that calendars use for it, and public holidays.

use jiff::{
    civil::{Date, Weekday, date},
    tz::TimeZone,
};

/// A place to work at. Offsets and rules are those of the years simulated (2020 on).
#[derive(Debug, PartialEq, Eq)]
pub struct Place {
    /// IANA name.
    pub iana: &'static str,
    /// Windows name (Outlook, Exchange).
    pub windows: &'static str,
    /// Country code, ISO 3166.
    pub country: &'static str,
    /// Offset in winter, as `+HHMM`.
    pub standard: &'static str,
    /// Offset in summer and the rules of both changes, where there are any.
    pub daylight: Option<Daylight>,
}

/// Summer time.
#[derive(Debug, PartialEq, Eq)]
pub struct Daylight {
    /// Offset in summer, as `+HHMM`.
    pub offset: &'static str,
    /// First start, without zone, and RRULE.
    pub begins: (&'static str, &'static str),
    /// First end, without zone, and RRULE.
    pub ends: (&'static str, &'static str),
}

const EU: (&str, &str) = (
    "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
);
const US: (&str, &str) = (
    "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
    "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
);

const fn eu(offset: &'static str, begins: &'static str, ends: &'static str) -> Option<Daylight> {
    Some(Daylight {
        offset,
        begins: (begins, EU.0),
        ends: (ends, EU.1),
    })
}

const fn us(offset: &'static str) -> Option<Daylight> {
    Some(Daylight {
        offset,
        begins: ("20070311T020000", US.0),
        ends: ("20071104T020000", US.1),
    })
}

/// The places people of a life work at.
pub static PLACES: [Place; 10] = [
    Place {
        iana: "Europe/Paris",
        windows: "Romance Standard Time",
        country: "FR",
        standard: "+0100",
        daylight: eu("+0200", "19810329T020000", "19961027T030000"),
    },
    Place {
        iana: "Europe/Berlin",
        windows: "W. Europe Standard Time",
        country: "DE",
        standard: "+0100",
        daylight: eu("+0200", "19810329T020000", "19961027T030000"),
    },
    Place {
        iana: "Europe/London",
        windows: "GMT Standard Time",
        country: "GB",
        standard: "+0000",
        daylight: eu("+0100", "19810329T010000", "19961027T020000"),
    },
    Place {
        iana: "America/New_York",
        windows: "Eastern Standard Time",
        country: "US",
        standard: "-0500",
        daylight: us("-0400"),
    },
    Place {
        iana: "America/Los_Angeles",
        windows: "Pacific Standard Time",
        country: "US",
        standard: "-0800",
        daylight: us("-0700"),
    },
    Place {
        iana: "Asia/Kolkata",
        windows: "India Standard Time",
        country: "IN",
        standard: "+0530",
        daylight: None,
    },
    Place {
        iana: "Asia/Tokyo",
        windows: "Tokyo Standard Time",
        country: "JP",
        standard: "+0900",
        daylight: None,
    },
    Place {
        iana: "Europe/Helsinki",
        windows: "FLE Standard Time",
        country: "FI",
        standard: "+0200",
        daylight: eu("+0300", "19810329T030000", "19961027T040000"),
    },
    Place {
        iana: "Africa/Lagos",
        windows: "W. Central Africa Standard Time",
        country: "NG",
        standard: "+0100",
        daylight: None,
    },
    Place {
        iana: "America/Sao_Paulo",
        windows: "E. South America Standard Time",
        country: "BR",
        standard: "-0300",
        daylight: None,
    },
];

/// A place with its zone loaded.
#[derive(Clone, Debug)]
pub struct Zone {
    /// The place.
    pub place: &'static Place,
    /// Its zone.
    pub tz: TimeZone,
}

impl Zone {
    /// The zone of a place, from the tzdb bundled with jiff.
    pub fn of(place: &'static Place) -> Self {
        let tz = TimeZone::get(place.iana).unwrap_or(TimeZone::UTC);
        Self { place, tz }
    }

    /// The zone of an IANA name in [`PLACES`]; the first place when it is not there.
    pub fn named(iana: &str) -> Self {
        let place = PLACES.iter().find(|place| place.iana == iana);
        Self::of(place.unwrap_or(&PLACES[0]))
    }
}

/// Public holidays of a country in a year that fall on Monday to Friday; a plausible few of each, not all.
pub fn holidays(country: &str, year: i16) -> Vec<(Date, &'static str)> {
    let on = |month: i8, day: i8, name: &'static str| (date(year, month, day), name);
    let nth = |month: i8, nth: i8, weekday: Weekday| {
        date(year, month, 1)
            .nth_weekday_of_month(nth, weekday)
            .unwrap_or(date(year, month, 1))
    };
    let mut days = vec![on(1, 1, "New Year's Day")];
    if country != "JP" && country != "IN" {
        days.push(on(12, 25, "Christmas Day"));
    }
    match country {
        "FR" => days.extend([
            on(5, 1, "Fête du Travail"),
            on(5, 8, "Victoire 1945"),
            on(7, 14, "Fête nationale"),
            on(8, 15, "Assomption"),
            on(11, 11, "Armistice 1918"),
        ]),
        "DE" => days.extend([
            on(5, 1, "Tag der Arbeit"),
            on(10, 3, "Tag der Deutschen Einheit"),
            on(12, 26, "Zweiter Weihnachtstag"),
        ]),
        "GB" => days.extend([
            (nth(5, 1, Weekday::Monday), "Early May Bank Holiday"),
            (nth(8, -1, Weekday::Monday), "Summer Bank Holiday"),
            on(12, 26, "Boxing Day"),
        ]),
        "US" => days.extend([
            (nth(5, -1, Weekday::Monday), "Memorial Day"),
            (nth(9, 1, Weekday::Monday), "Labor Day"),
            (nth(11, 4, Weekday::Thursday), "Thanksgiving Day"),
        ]),
        "IN" => days.extend([
            on(1, 26, "Republic Day"),
            on(8, 15, "Independence Day"),
            on(10, 2, "Gandhi Jayanti"),
        ]),
        "JP" => days.extend([
            on(2, 11, "建国記念の日"),
            on(4, 29, "昭和の日"),
            on(5, 4, "みどりの日"),
            on(11, 3, "文化の日"),
        ]),
        "FI" => days.extend([on(5, 1, "Vappu"), on(12, 6, "Itsenäisyyspäivä")]),
        "NG" => days.extend([on(5, 1, "Workers' Day"), on(10, 1, "Independence Day")]),
        "BR" => days.extend([
            on(4, 21, "Tiradentes"),
            on(9, 7, "Independência do Brasil"),
            on(11, 15, "Proclamação da República"),
        ]),
        _ => {}
    }
    days.retain(|(day, _)| day.weekday().to_monday_zero_offset() < 5);
    days.sort();
    days
}
