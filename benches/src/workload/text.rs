//! People, phrases and line folding of the workload.

/// Who meets. Some names have letters of two bytes, so that lines fold beside them.
pub(super) const PEOPLE: [&str; 10] = [
    "Anna Möller",
    "Ben Stein",
    "Chidi Obi",
    "Dana Wolf",
    "Ewa Nowak",
    "Fatima Saleh",
    "Jörn Åberg",
    "Haruto Ito",
    "Ines Núñez",
    "Noah Cohen",
];

/// A description such as invitations carry; nobody reads it.
pub(super) const AGENDA: &str = "What went well\\, what is in the way\\, what comes next. Notes live in the shared \
    document\\; add your topics before noon. Join: https://meet.example.com/abc-defg-hij?authuser=0&hs=122 \
    PIN 123 456 789#\\n\\n";

/// What ends every event: free/busy and an alarm.
pub(super) const TAIL: &str = "TRANSP:OPAQUE\r\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\n\
    DESCRIPTION:This is an event reminder\r\nTRIGGER:-P0DT0H10M0S\r\nEND:VALARM\r\nEND:VEVENT\r\n";

/// The address of a person in one series: every series has its own people.
pub(super) fn address(person: &str, series: usize) -> String {
    let first = person.split(' ').next().unwrap_or(person).to_lowercase();
    format!("{first}.{series}@example.com")
}

/// Appends a property line, folded at 75 octets between characters (RFC 5545 §3.1).
pub(super) fn property(text: &mut String, line: &str) {
    let mut room = 75;
    for character in line.chars() {
        if character.len_utf8() > room {
            text.push_str("\r\n ");
            room = 74;
        }
        room -= character.len_utf8();
        text.push(character);
    }
    text.push_str("\r\n");
}
