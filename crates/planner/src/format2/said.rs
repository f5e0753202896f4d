//! Format 2 as it is written.

use serde::Deserialize;

/// The whole file.
#[derive(Clone, Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct Instance {
    #[expect(dead_code, reason = "read before, to tell the formats apart")]
    pub(super) format: u8,
    pub(super) kind: Kind,
    /// Which of the two weeks is planned, where one is.
    #[serde(default)]
    pub(super) week: Option<OneWeek>,
    /// `Sun 18:00` of the first week, or of the week that is planned, UTC: what is before it and within the notice stays.
    pub(super) now: Option<String>,
    #[serde(default)]
    pub(super) notice_hours: u32,
    /// Id of the displaced pair.
    pub(super) target: Option<u32>,
    pub(super) people: Vec<Person>,
    pub(super) pairs: Vec<Pair>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Debug)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Org,
    Week,
    Makegood,
}

#[derive(Clone, Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct Person {
    pub(super) id: String,
    pub(super) name: Option<String>,
    pub(super) reports_to: Option<String>,
    #[serde(default)]
    pub(super) utc_offset_minutes: i32,
    #[serde(default = "office")]
    pub(super) work: Vec<Stretch>,
    pub(super) agreed: Option<Vec<Stretch>>,
    #[serde(default)]
    pub(super) busy: Vec<Busy>,
    #[serde(default = "noon")]
    pub(super) lunch: Vec<Stretch>,
    #[serde(default)]
    pub(super) focus: Vec<Stretch>,
    #[serde(default)]
    pub(super) prefers: Vec<Stretch>,
    #[serde(default)]
    pub(super) avoids: Vec<Stretch>,
    #[serde(default)]
    pub(super) risky: Vec<Stretch>,
    #[serde(default)]
    pub(super) buffer_minutes: u16,
    pub(super) at_most_a_day: Option<u16>,
}

/// Hours of a day, or of several: `{"days": "Mon Tue", "from": "9:00", "to": "17:00"}`.
#[derive(Clone, Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct Stretch {
    #[serde(default = "weekdays")]
    pub(super) days: String,
    pub(super) from: String,
    pub(super) to: String,
}

#[derive(Clone, Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct Busy {
    pub(super) days: String,
    pub(super) from: String,
    pub(super) to: String,
    #[serde(default)]
    pub(super) weeks: Weeks,
    /// What it is called in an answer that asks for it to move.
    pub(super) what: Option<String>,
    /// Whether it may be asked to.
    #[serde(default)]
    pub(super) can_move: bool,
    /// Leave, travel: nothing to be next to.
    #[serde(default)]
    pub(super) absence: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Debug)]
#[serde(rename_all = "lowercase")]
pub(super) enum OneWeek {
    First,
    Second,
}

#[derive(Clone, Copy, PartialEq, Eq, Default, Deserialize, Debug)]
#[serde(rename_all = "lowercase")]
pub(super) enum Weeks {
    First,
    Second,
    #[default]
    Both,
}

impl Weeks {
    pub(super) fn bits(self) -> u8 {
        match self {
            Self::First => 1,
            Self::Second => 2,
            Self::Both => 3,
        }
    }
}

#[derive(Clone, Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct Pair {
    pub(super) id: u32,
    pub(super) manager: String,
    pub(super) report: String,
    pub(super) minutes: u16,
    #[serde(default)]
    pub(super) rhythm: Rhythm,
    /// `Tue 15:00`, on the report's clock.
    pub(super) now_at: Option<String>,
    #[serde(default)]
    pub(super) now_in: Weeks,
    /// Recent ones of this pair.
    #[serde(default)]
    pub(super) disruptions: u32,
    /// Stays where it is, whatever that costs others.
    #[serde(default)]
    pub(super) frozen: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Default, Deserialize, Debug)]
#[serde(rename_all = "lowercase")]
pub(super) enum Rhythm {
    #[default]
    Weekly,
    Biweekly,
}

fn weekdays() -> String {
    "Mon Tue Wed Thu Fri".to_owned()
}

fn office() -> Vec<Stretch> {
    vec![stretch("9:00", "17:30")]
}

fn noon() -> Vec<Stretch> {
    vec![stretch("12:00", "13:00")]
}

fn stretch(from: &str, to: &str) -> Stretch {
    Stretch {
        days: weekdays(),
        from: from.to_owned(),
        to: to.to_owned(),
    }
}
