//! What counts as a **public holiday** copied into somebody's own calendar: "Bank holiday", "Feiertag", "Christmas Day".
//!
//! By its title alone a "Holiday" may be leave. So this only says that an entry may be one; that the day is a holiday in the
//! owner's country is for the table of that country to say, and without it the entry stays what it is: leave.

use super::title;
use crate::words::has_word;
use steadfast_calendar::Event;

/// Words for a public holiday, without accents, in the languages of the words of leave.
const WORDS: [&str; 22] = [
    "holiday",
    "holidays",
    "feiertag",
    "feiertage",
    "gesetzlicher feiertag",
    "jour ferie",
    "ferie",
    "festivo",
    "dia festivo",
    "feriado",
    "giorno festivo",
    "feestdag",
    "helgdag",
    "rod dag",
    "helligdag",
    "roddag",
    "swieto",
    "svatek",
    "statni svatek",
    "pyhapaiva",
    "arkipyha",
    "祝日",
];

/// Whether an entry of leave may be a public holiday by its title: that says so, or it does not say leave and only its time is
/// out of office ("Christmas Day", "Tag der Arbeit"). "Urlaub" on a holiday stays leave.
pub(crate) fn names_a_holiday(event: &Event) -> bool {
    let owner = event.organizer.as_ref().map_or("", |o| &*o.name);
    let said = title::fold(&event.summary);
    WORDS.iter().any(|word| has_word(&said, word)) || !title::says_leave(&event.summary, owner)
}
