//! Titles in the languages that write "status meeting" as one word: what it is about, and what sort of coming together.
//!
//! Only what is about a class by itself, and only with a head that is no talk of two: "Statusrunde" is a status meeting,
//! "Mitarbeitergespräch" is a 1:1 and "Statusbar" is neither.

use crate::occurrence::Class;

/// What a meeting is about, lower case, as it stands before the second word (German, Dutch, Swedish, Danish, Norwegian).
const ABOUT: [(Class, &[&str]); 5] = [
    (
        Class::Leadership,
        &[
            "vorstands",
            "geschäftsführungs",
            "geschäftsleitungs",
            "leitungs",
            "führungs",
            "führungskräfte",
            "bereichsleiter",
            "bereichsleitungs",
            "abteilungsleiter",
            "abteilungsleitungs",
            "management",
            "lenkungs",
            "aufsichtsrats",
            "directie",
            "bestuurs",
            "stuurgroep",
            "lednings",
            "ledningsgrupps",
            "styrelse",
            "styrgrupps",
            "leder",
            "ledelses",
            "bestyrelses",
            "styre",
            "styringsgruppe",
        ],
    ),
    (Class::Daily, &["morgen", "tages", "morgon", "ochtend"]),
    (
        Class::Customer,
        &["kunden", "kunde", "kund", "klant", "klanten", "klient"],
    ),
    (
        Class::Status,
        &[
            "status",
            "projekt",
            "projektstatus",
            "projekts",
            "project",
            "prosjekt",
            "fortschritts",
            "voortgangs",
        ],
    ),
    (
        Class::Team,
        &[
            "team",
            "abteilungs",
            "bereichs",
            "gruppen",
            "grupp",
            "gruppe",
            "avdelnings",
            "avdelings",
            "afdelings",
            "betriebs",
        ],
    ),
];

/// What sort of coming together: none that is usually one of two.
const HEADS: [&str; 33] = [
    "runde",
    "meeting",
    "meetings",
    "besprechung",
    "sitzung",
    "treffen",
    "call",
    "update",
    "abstimmung",
    "kreis",
    "ausschuss",
    "workshop",
    "präsentation",
    "bericht",
    "review",
    "status",
    "versammlung",
    "klausur",
    "planung",
    "tag",
    "overleg",
    "vergadering",
    "bijeenkomst",
    "presentatie",
    "möte",
    "mötet",
    "genomgång",
    "avstämning",
    "møde",
    "mødet",
    "møte",
    "møtet",
    "gjennomgang",
];

/// With people outside a talk or a visit of two is one of that class as well.
const WITH_OUTSIDERS: [&str; 8] = [
    "gespräch",
    "termin",
    "besuch",
    "gesprek",
    "bezoek",
    "afspraak",
    "besök",
    "besøg",
];

/// Whether a word of the title (lower case) is such a compound of `class`.
pub(super) fn tells(title: &str, class: Class) -> bool {
    let Some((_, about)) = ABOUT.iter().find(|(known, _)| *known == class) else {
        return false;
    };
    let is_head = |rest: &str| {
        HEADS.contains(&rest) || (class == Class::Customer && WITH_OUTSIDERS.contains(&rest))
    };
    let mut words = title.split(|c: char| !c.is_alphanumeric());
    words.any(|word| {
        let mut rests = about.iter().filter_map(|about| word.strip_prefix(about));
        rests.any(is_head)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compound_tells_by_what_it_is_about() {
        for (title, class) in [
            ("statusrunde plattform", Class::Status),
            ("projektbesprechung nord", Class::Status),
            ("projectoverleg", Class::Status),
            ("statusmöte", Class::Status),
            ("prosjektmøte", Class::Status),
            ("teamrunde", Class::Team),
            ("abteilungsmeeting", Class::Team),
            ("teamoverleg", Class::Team),
            ("avdelningsmöte", Class::Team),
            ("vorstandssitzung", Class::Leadership),
            ("führungskreis", Class::Leadership),
            ("directieoverleg", Class::Leadership),
            ("ledningsmöte q3", Class::Leadership),
            ("kundengespräch", Class::Customer),
            ("klantafspraak", Class::Customer),
            ("kundmöte", Class::Customer),
            ("morgenrunde", Class::Daily),
        ] {
            for (other, _) in ABOUT {
                assert_eq!(tells(title, other), other == class, "{title} {other:?}");
            }
        }
    }

    #[test]
    fn a_talk_of_two_and_what_only_begins_alike_tell_nothing() {
        for title in [
            "mitarbeitergespräch",
            "einzelgespräch",
            "teamgespräch",
            "führungsgespräch",
            "functioneringsgesprek",
            "medarbetarsamtal",
            "jour fixe",
            "statusbar",
            "projektor",
            "teamviewer",
            "kundendienst",
            "werktag",
            "status",
            "",
        ] {
            for (class, _) in ABOUT {
                assert!(!tells(title, class), "{title} {class:?}");
            }
        }
    }
}
