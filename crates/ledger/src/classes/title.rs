//! Words in titles that tell a meeting's class, in the languages we know. First match wins.

use crate::{occurrence::Class, pairs::title::has_word};

const WORDS: [(Class, &[&str]); 6] = [
    (
        Class::Leadership,
        &[
            "leadership",
            "executive",
            "exec",
            "board",
            "steerco",
            "steering committee",
            "directors",
            "vp staff",
            "senior management",
            "management team",
            "c-level",
            "ceo",
            "cfo",
            "coo",
            "cto briefing",
            "briefing",
            "geschäftsführung",
            "geschäftsleitung",
            "leitungskreis",
            "führungskreis",
            "bereichsleitung",
            "vorstand",
            "codir",
            "comité de direction",
            "comex",
            "direction générale",
            "comité de dirección",
            "dirección",
            "direzione",
            "ledningsgrupp",
            "ledergruppe",
            "directieoverleg",
            "mt overleg",
            "diretoria",
            "経営会議",
        ],
    ),
    (
        Class::Daily,
        &[
            "daily",
            "stand-up",
            "standup",
            "stand up",
            "scrum",
            "dsu",
            "tägliches",
            "quotidien",
            "mêlée quotidienne",
            "diaria",
            "dagstart",
            "朝会",
        ],
    ),
    (
        Class::Customer,
        &[
            "customer",
            "client",
            "kunde",
            "kunden",
            "kundentermin",
            "sales call",
            "prospect",
            "account review",
            "qbr",
            "cliente",
            "klant",
            "kund",
            "顧客",
        ],
    ),
    (
        Class::Status,
        &[
            "status",
            "project",
            "projekt",
            "projet",
            "proyecto",
            "progress",
            "review",
            "sync",
            "weekly report",
            "fortschritt",
            "avancement",
            "seguimiento",
            "voortgang",
            "roadmap",
            "planning meeting",
            "weekly update",
            "reporting",
            "statusmøde",
            "stato avanzamento",
        ],
    ),
    (
        Class::Team,
        &[
            "team",
            "all hands",
            "all-hands",
            "town hall",
            "townhall",
            "retro",
            "retrospective",
            "sprint planning",
            "planning",
            "offsite",
            "abteilung",
            "gruppe",
            "équipe",
            "equipo",
            "squadra",
            "staff meeting",
            "huddle",
            "teammøde",
            "チーム",
        ],
    ),
    (
        Class::Personal,
        &[
            "dentist", "doctor", "gym", "school", "kids", "pickup", "pick up", "therapy",
            "haircut", "zahnarzt", "arzt", "kita", "médecin", "dentiste", "médico", "tandarts",
            "birthday", "personal", "private", "privat", "privé",
        ],
    ),
];

/// Words that say a time alone is personal rather than work.
const ALONE_PERSONAL: [&str; 6] = [
    "lunch",
    "mittag",
    "déjeuner",
    "almuerzo",
    "commute",
    "sport",
];

/// The class that a title (lower case) tells.
pub(super) fn class(title: &str) -> Option<Class> {
    WORDS
        .iter()
        .find(|(_, words)| words.iter().any(|word| has_word(title, word)))
        .map(|(class, _)| *class)
}

/// The class of a time one has for oneself.
pub(super) fn alone(title: &str) -> Class {
    let personal = class(title) == Some(Class::Personal)
        || ALONE_PERSONAL.iter().any(|word| has_word(title, word));
    if personal {
        Class::Personal
    } else {
        Class::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_tell_classes() {
        for (title, expected) in [
            ("leadership weekly", Some(Class::Leadership)),
            ("exec briefing", Some(Class::Leadership)),
            ("team daily", Some(Class::Daily)),
            ("weekly status", Some(Class::Status)),
            ("kundentermin nord", Some(Class::Customer)),
            ("team retro", Some(Class::Team)),
            ("dentist", Some(Class::Personal)),
            ("choir", None),
        ] {
            assert_eq!(class(title), expected, "{title}");
        }
        assert_eq!(alone("lunch"), Class::Personal);
        assert_eq!(alone("write report"), Class::Other);
    }
}
