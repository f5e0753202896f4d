//! **What cannot wait**, as far as its organiser says so: PRIORITY 1 (RFC 5545 §3.8.1.9), or a word of its title. Where neither
//! does it is not known: most emergencies are not called one.

use super::meeting::Urgent;

/// Words for what is broken, in the languages we know.
const INCIDENT: &[&str] = &[
    "incident",
    "outage",
    "war room",
    "sev0",
    "sev 0",
    "sev1",
    "sev 1",
    "störung",
    "ausfall",
    "vorfall",
    "panne",
    "incidente",
    "storing",
];

/// Words for what is pressing, whatever it is.
const EMERGENCY: &[&str] = &[
    "emergency",
    "urgent",
    "escalation",
    "notfall",
    "dringend",
    "eskalation",
    "urgence",
    "urgente",
    "emergencia",
    "emergenza",
    "spoed",
];

/// What is talked about afterwards, or beforehand, can wait.
const NOT_NOW: &[&str] = &[
    "review",
    "retro",
    "retrospective",
    "postmortem",
    "post mortem",
    "post incident",
    "lessons",
    "training",
    "drill",
    "planning",
    "process",
    "rückblick",
    "nachbesprechung",
    "übung",
];

/// What a meeting says of itself; `None`: it is not known. `is_of_customers`: people outside are in it, or its title names
/// them.
pub fn urgent(title: &str, is_first_priority: bool, is_of_customers: bool) -> Option<Urgent> {
    let words = format!(" {} ", words(title).join(" "));
    let says = |any: &[&str]| any.iter().any(|one| words.contains(&format!(" {one} ")));
    let by_title = !says(NOT_NOW) && (says(INCIDENT) || says(EMERGENCY));
    (is_first_priority || by_title).then_some(if is_of_customers {
        Urgent::Customer
    } else {
        Urgent::Incident
    })
}

fn words(title: &str) -> Vec<String> {
    let words = title.split(|letter: char| !letter.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_its_organiser_says_is_pressing_is_and_of_all_else_it_is_not_known() {
        for (title, first, customers, expected) in [
            ("Acme", false, true, None),
            ("Acme", true, true, Some(Urgent::Customer)),
            ("URGENT: Acme is down", false, true, Some(Urgent::Customer)),
            ("Incident 4711", false, false, Some(Urgent::Incident)),
            ("War-room", false, false, Some(Urgent::Incident)),
            ("SEV-1: payments", false, false, Some(Urgent::Incident)),
            ("Coincidental", false, false, None),
            ("Incident review", false, false, None),
            ("Post-incident: payments", false, false, None),
            ("Incident review", true, false, Some(Urgent::Incident)),
            ("", false, false, None),
        ] {
            assert_eq!(urgent(title, first, customers), expected, "{title}");
        }
    }
}
