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
    "debrief",
    "debriefing",
];

/// What is told of incidents, or is about several, is not one; of what is pressing it says nothing.
const ABOUT_INCIDENTS: &[&str] = &[
    "follow up",
    "followup",
    "report",
    "reporting",
    "bericht",
    "incidents",
    "outages",
    "störungen",
    "ausfälle",
    "vorfälle",
    "pannen",
    "incidenti",
    "incidentes",
];

/// The word after one of these is denied.
const DENIES: &[&str] = &["non", "not", "no", "nicht", "kein", "keine", "pas"];

/// What a meeting says of itself; `None`: it is not known. `is_of_customers`: people outside are in it, or its title names
/// them.
pub fn urgent(title: &str, is_first_priority: bool, is_of_customers: bool) -> Option<Urgent> {
    let words = words(title);
    let says = |any: &[&str]| any.iter().any(|one| is_said(&words, one));
    let is_now = !says(NOT_NOW);
    let is_incident = is_now && says(INCIDENT) && !says(ABOUT_INCIDENTS);
    let is_pressing = is_first_priority || is_now && says(EMERGENCY);
    match (is_incident, is_of_customers) {
        (true, true) => Some(Urgent::IncidentWithOutsiders),
        (true, false) => Some(Urgent::Incident),
        (false, true) => is_pressing.then_some(Urgent::Customer),
        (false, false) => is_pressing.then_some(Urgent::Incident),
    }
}

/// Whether a title says this, one word or several, without denying it.
fn is_said(words: &[String], what: &str) -> bool {
    let what: Vec<&str> = what.split(' ').collect();
    let mut places = words.windows(what.len()).enumerate();
    places.any(|(place, here)| {
        let before = place.checked_sub(1).and_then(|before| words.get(before));
        let is_denied = before.is_some_and(|before| DENIES.contains(&before.as_str()));
        here == what && !is_denied
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
            ("Non-urgent: desks", false, false, None),
            ("Nicht dringend", false, false, None),
            ("Storing the archive", false, false, None),
            ("Incident debrief", false, false, None),
            ("Incident follow-up", false, false, None),
            ("Incident report", false, false, None),
            ("Incidents: outage trends", false, false, None),
            (
                "URGENT: report for the board",
                false,
                false,
                Some(Urgent::Incident),
            ),
            (
                "SEV1 payments",
                false,
                true,
                Some(Urgent::IncidentWithOutsiders),
            ),
            ("", false, false, None),
        ] {
            assert_eq!(urgent(title, first, customers), expected, "{title}");
        }
    }
}
