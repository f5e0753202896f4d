//! The manager's other meetings, in words. Classes only: nobody's meeting titles are printed.

use steadfast_ledger::occurrence::Class;

/// "a leadership meeting": one of them, as what displaced a 1:1. `your` is how the manager's own things
/// are called: "your" or "Maya’s".
pub(crate) fn one(class: Class, your: &str) -> String {
    let said = match class {
        Class::BossOneOnOne => return format!("{your} 1:1 with the boss"),
        Class::Leadership => "a leadership meeting",
        Class::Customer => "a meeting with people outside",
        Class::Daily => "a daily",
        Class::Status => "a status meeting",
        Class::Team => "a team meeting",
        Class::OneOnOne => "another 1:1",
        Class::Personal => "a personal appointment",
        Class::Leave => "leave",
        Class::Holiday => "a public holiday",
        Class::Other => "another meeting",
        Class::Unknown => "something not known",
    };
    said.to_owned()
}

/// "leadership meetings": all of them, as a row of a comparison.
pub(crate) fn many(class: Class, your: &str) -> String {
    let said = match class {
        Class::BossOneOnOne => return format!("{your} 1:1 with the boss"),
        Class::Leadership => "leadership meetings",
        Class::Customer => "meetings with people outside",
        Class::Daily => "dailies",
        Class::Status => "status meetings",
        Class::Team => "team meetings",
        Class::OneOnOne => return format!("1:1s with {your} reports"),
        Class::Personal => "personal appointments",
        Class::Leave => "leave",
        Class::Holiday => "public holidays",
        Class::Other => "other meetings",
        Class::Unknown => "meetings of unknown kind",
    };
    said.to_owned()
}
