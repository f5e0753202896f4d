//! What the name of a file says: whose calendar it is, and whether it is one to read at all.

/// Google's own identifiers look like addresses and are nobody's.
const NOT_A_PERSON: &[&str] = &["calendar.google.com", "group.v.calendar.google.com"];

/// The address that a file name is, in lower case: `maya@example.com` of `maya@example.com.ics`.
pub(crate) fn owner(stem: &str) -> Option<String> {
    let stem = stem.trim();
    let (local, domain) = stem.split_once('@')?;
    let local_ok = !local.is_empty()
        && local
            .chars()
            .all(|c| c.is_alphanumeric() || "!$&'*+-/=?^_`{|}~.".contains(c));
    let domain_ok = domain.contains('.')
        && domain.split('.').all(|label| {
            !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        });
    let domain = domain.to_lowercase();
    let machine = NOT_A_PERSON.iter().any(|tail| domain.ends_with(tail));
    (local_ok && domain_ok && !machine).then(|| format!("{}@{domain}", local.to_lowercase()))
}

/// Whose calendar an entry of an archive is by its name, in lower case; `None`: it does not say, or is nobody's.
pub fn owner_of_entry(path: &str) -> Option<String> {
    calendar_stem(base(path)).and_then(owner)
}

/// The last part of a path inside an archive, whatever its separators.
pub(crate) fn base(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// A file name without its calendar ending (`.ics`, `.ical`, `.icalendar`); `None` if it has none.
pub(crate) fn calendar_stem(file_name: &str) -> Option<&str> {
    let (stem, ending) = file_name.rsplit_once('.')?;
    let known = ["ics", "ical", "icalendar"];
    // `._maya.ics` is what macOS puts beside `maya.ics` in an archive: colours and such.
    (known.iter().any(|k| ending.eq_ignore_ascii_case(k)) && !stem.starts_with("._"))
        .then_some(stem)
}

/// Marks in the calendar identifiers that Google writes into file names, and what they mean.
const MARKS: &[(&str, &str)] = &[
    ("#holiday@", HOLIDAY),
    ("#contacts@", BIRTHDAY),
    ("#weeknum@", SUBSCRIBED),
    ("#daynum@", SUBSCRIBED),
    ("#sports@", SUBSCRIBED),
    ("@import.calendar.google.com", SUBSCRIBED),
    ("@resource.calendar.google.com", "a room's calendar"),
];
const HOLIDAY: &str = "a holiday calendar";
const BIRTHDAY: &str = "a birthday calendar";
const SUBSCRIBED: &str = "a subscribed calendar";

/// How providers begin the name of a country's public holidays. "Holidays" alone or at the end of a name is not
/// among them: that is as often somebody's leave.
const HOLIDAY_BEGINNINGS: &[&str] = &[
    "holidays in ",
    "public holidays",
    "feiertage in ",
    "gesetzliche feiertage",
    "jours fériés",
    "días festivos",
    "festivos en ",
    "festivos de ",
    "festività in ",
    "festività ",
    "giorni festivi",
    "feriados ",
    "feestdagen in ",
    "święta w ",
    "helgdagar i ",
    "svenska helgdagar",
    "helligdage i ",
    "helligdager i ",
    "pyhäpäivät",
    "státní svátky",
    "svátky",
    "sviatky",
    "ünnepnapok",
    "sărbători",
    "праздники",
    "свята",
    "αργίες",
    "hari libur",
];
const HOLIDAY_PARTS: &[&str] = &["の祝日", "节假日", "節假日", "휴일", "ülkesindeki tatiller"];

/// What providers call the calendar they make of the address book.
const BIRTHDAYS: &[&str] = &[
    "birthdays",
    "contact birthdays",
    "contact_birthdays",
    "geburtstage",
    "anniversaires",
    "cumpleaños",
    "compleanni",
    "aniversários",
    "verjaardagen",
    "urodziny",
    "födelsedagar",
    "fødselsdage",
    "fødselsdager",
    "bursdager",
    "syntymäpäivät",
    "narozeniny",
    "születésnapok",
    "zile de naștere",
    "дни рождения",
    "дні народження",
    "doğum günleri",
    "誕生日",
    "生日",
    "생일",
];

/// Why a calendar of this name is set aside, if it is: the provider made it, and it is nobody's diary.
pub(crate) fn why_set_aside(stem: &str) -> Option<&'static str> {
    let name = stem.trim().to_lowercase();
    if let Some((_, why)) = MARKS.iter().find(|(mark, _)| name.contains(mark)) {
        return Some(why);
    }
    if HOLIDAY_BEGINNINGS
        .iter()
        .any(|words| name.starts_with(words))
        || HOLIDAY_PARTS.iter().any(|part| name.contains(part))
    {
        return Some(HOLIDAY);
    }
    let is_birthdays = |words: &&str| {
        name.strip_prefix(*words)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric) && !rest.starts_with(' '))
    };
    BIRTHDAYS.iter().any(is_birthdays).then_some(BIRTHDAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_named_by_an_address_belongs_to_that_person() {
        fn check(stem: &str, expected: Option<&str>) {
            assert_eq!(owner(stem).as_deref(), expected, "{stem}");
        }
        check("maya@example.com", Some("maya@example.com"));
        check(
            "Maya.Smith+work@Example.COM",
            Some("maya.smith+work@example.com"),
        );
        check("first_last@example.com", Some("first_last@example.com"));
        check("maya", None);
        check("maya@localhost", None);
        check("Team Events_c_188abc@group.calendar.google.com", None);
        check("abc123@group.calendar.google.com", None);
        check("c_room1@resource.calendar.google.com", None);
        check("a@b@example.com", None);
        check("@example.com", None);
        check("maya@example..com", None);
        check("Maya Smith@example.com", None);
    }

    #[test]
    fn calendars_that_a_provider_made_are_set_aside_by_name() {
        fn check(stem: &str, expected: Option<&str>) {
            assert_eq!(why_set_aside(stem), expected, "{stem}");
        }
        check(
            "Holidays in Germany_en.german#holiday@group.v.calendar.google.com",
            Some(HOLIDAY),
        );
        check("Holidays in United Kingdom", Some(HOLIDAY));
        check("Feiertage in Deutschland", Some(HOLIDAY));
        check("Jours fériés en France", Some(HOLIDAY));
        check("日本の祝日", Some(HOLIDAY));
        check(
            "Birthdays_addressbook#contacts@group.v.calendar.google.com",
            Some(BIRTHDAY),
        );
        check("Birthdays", Some(BIRTHDAY));
        check("Geburtstage(1)", Some(BIRTHDAY));
        check("contact_birthdays", Some(BIRTHDAY));
        check(
            "Sprint weeks_x1y2@import.calendar.google.com",
            Some(SUBSCRIBED),
        );
        check(
            "Week Numbers_en#weeknum@group.v.calendar.google.com",
            Some(SUBSCRIBED),
        );
        check(
            "Blue room_c_188@resource.calendar.google.com",
            Some("a room's calendar"),
        );
    }

    #[test]
    fn calendars_that_people_made_are_not_set_aside() {
        for stem in [
            "maya@example.com",
            "Maya",
            "Team holidays",
            "My holidays",
            "Holidays",
            "Birthdays and lunches",
            "Team_c_188abc@group.calendar.google.com",
            "Urlaub",
        ] {
            assert_eq!(why_set_aside(stem), None, "{stem}");
        }
    }

    #[test]
    fn only_calendar_endings_are_calendars() {
        assert_eq!(calendar_stem("a.ics"), Some("a"));
        assert_eq!(calendar_stem("a.b.ICS"), Some("a.b"));
        assert_eq!(calendar_stem("a.ical"), Some("a"));
        assert_eq!(calendar_stem("a.ics.txt"), None);
        assert_eq!(calendar_stem("._a.ics"), None);
        assert_eq!(calendar_stem("ics"), None);
        assert_eq!(base("Takeout/Calendar/a.ics"), "a.ics");
        assert_eq!(base("..\\..\\a.ics"), "a.ics");
    }
}
