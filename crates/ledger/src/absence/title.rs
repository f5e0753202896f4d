//! Titles that say nothing but leave, in the languages of the countries whose holidays we know.

use std::{collections::HashSet, sync::OnceLock};

/// The words, by section; see the file.
const WORDS: &str = include_str!("words.txt");

/// The longest phrase of leave, in words.
const LONGEST_PHRASE: usize = 4;

/// Longer titles say more than leave.
const LONGEST_TITLE_BYTES: usize = 160;

/// Marks after which a title says where, until when or why.
const MARKS: &[&str] = &[":", " - ", " – ", " — ", "(", "|", " / ", ", "];

/// The sections of the file.
#[derive(Default)]
struct Words {
    leave: HashSet<String>,
    first_of_leave: HashSet<String>,
    fillers: HashSet<String>,
    prepositions: HashSet<String>,
    also_verbs: HashSet<String>,
    work: HashSet<String>,
}

impl Words {
    fn known() -> &'static Self {
        static WORDS_READ: OnceLock<Words> = OnceLock::new();
        WORDS_READ.get_or_init(|| {
            let leave = section("[leave]");
            let first = |phrase: &String| phrase.split(' ').next().map(str::to_owned);
            Self {
                first_of_leave: leave.iter().filter_map(first).collect(),
                leave,
                fillers: section("[fillers]"),
                prepositions: section("[prepositions]"),
                also_verbs: section("[also verbs]"),
                work: section("[work]"),
            }
        })
    }
}

/// The phrases of one section: separated by commas, over line ends too; a comment ends one.
fn section(heading: &str) -> HashSet<String> {
    let lines = WORDS.lines().skip_while(|line| *line != heading).skip(1);
    let text: String = lines
        .take_while(|line| !line.starts_with('['))
        .map(|line| {
            if line.starts_with('#') {
                ",".to_owned()
            } else {
                format!("{line} ")
            }
        })
        .collect();
    text.split(',')
        .map(str::trim)
        .filter(|phrase| !phrase.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether a title says leave and nothing else. `owner` is the name of whoever made the entry: it may stand in it.
///
/// Two forms count: every word is about leave ("Annual leave, week 32"), or a first part that is followed by where,
/// until when or why ("OOO - dentist", "Urlaub in Italien", "PTO (back Monday)") without a word of work in it.
pub(super) fn says_leave(title: &str, owner: &str) -> bool {
    if title.len() > LONGEST_TITLE_BYTES {
        return false;
    }
    let folded = fold(title);
    let owner = fold(owner);
    let owner: Vec<&str> = words(&owner).collect();
    // Most titles end here: both forms begin with a word of leave, a filler or the owner's name.
    let begins = words(&folded).next().is_some_and(|word| {
        Words::known().first_of_leave.contains(word) || is_filler(word, &owner)
    });
    if !begins {
        return false;
    }
    if only_leave(&folded, &owner) {
        return true;
    }
    let Some((head, rest)) = split(&folded, &owner) else {
        return false;
    };
    only_leave(head, &owner) && !words(rest).any(|word| Words::known().work.contains(word))
}

/// The part before the first mark or preposition, and what follows.
fn split<'a>(title: &'a str, owner: &[&str]) -> Option<(&'a str, &'a str)> {
    let mark = MARKS
        .iter()
        .filter_map(|mark| title.find(mark).map(|at| (at, mark.len())))
        .min();
    let preposition = Words::known()
        .prepositions
        .iter()
        .filter_map(|word| title.find(&format!(" {word} ")).map(|at| (at, 1)))
        // "Out of office": the first preposition after something that says leave.
        .filter(|(at, _)| {
            title.get(..*at).is_some_and(|head| {
                only_leave(head, owner) && !Words::known().also_verbs.contains(head.trim())
            })
        })
        .min();
    let (at, length) = match (mark, preposition) {
        (Some(mark), Some(preposition)) => mark.min(preposition),
        (mark, preposition) => mark.or(preposition)?,
    };
    Some((title.get(..at)?, title.get(at + length..)?))
}

/// Whether the text holds a phrase of leave, and beside it only fillers, numbers and the owner's own name.
fn only_leave(text: &str, owner: &[&str]) -> bool {
    let words: Vec<&str> = words(text).collect();
    let mut rest = words.as_slice();
    let mut found = false;
    while !rest.is_empty() {
        let phrase = (1..=LONGEST_PHRASE.min(rest.len()))
            .rev()
            .find(|length| rest.get(..*length).is_some_and(is_phrase));
        if let Some(length) = phrase {
            found = true;
            rest = rest.get(length..).unwrap_or_default();
        } else if rest.first().is_some_and(|word| is_filler(word, owner)) {
            rest = rest.get(1..).unwrap_or_default();
        } else {
            return false;
        }
    }
    found
}

fn is_phrase(words: &[&str]) -> bool {
    let phrase = words.join(" ");
    Words::known().leave.contains(&phrase)
}

fn is_filler(word: &str, owner: &[&str]) -> bool {
    let date = word
        .chars()
        .all(|c| c.is_ascii_digit() || "./-–:%".contains(c));
    let possessive = word.strip_suffix("'s").unwrap_or(word);
    date || Words::known().fillers.contains(word) || owner.contains(&possessive)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || ",;!?()[]{}<>|\"*_~&+=".contains(c))
        .map(|word| word.trim_matches(|c: char| ".:-–—/'".contains(c) || is_ornament(c)))
        .filter(|word| !word.is_empty())
}

/// Emoji and other signs that people put before a title.
fn is_ornament(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_ascii()
}

/// Lower case, without the accents of the languages below.
pub(super) fn fold(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ą' => 'a',
            'ç' | 'č' | 'ć' => 'c',
            'è' | 'é' | 'ê' | 'ë' | 'ę' | 'ě' => 'e',
            'ì' | 'í' | 'î' | 'ï' => 'i',
            'ñ' | 'ń' | 'ň' => 'n',
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
            'ù' | 'ú' | 'û' | 'ü' | 'ů' => 'u',
            'ý' => 'y',
            'ł' => 'l',
            'ř' => 'r',
            'š' | 'ś' => 's',
            'ž' | 'ź' | 'ż' => 'z',
            '’' => '\'',
            _ => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_say_nothing_but_leave() {
        for title in [
            "Vacation",
            "VACATION!!",
            "OOO",
            "🌴 OOO",
            "Out of office",
            "Out of the office until 5 January",
            "out-of-office",
            "PTO",
            "PTO (back Monday)",
            "PTO: kids' graduation",
            "OOO - dentist",
            "OOO, dentist",
            "Annual leave",
            "Annual leave, week 32",
            "A/L",
            "On leave",
            "Holiday",
            "Summer holiday",
            "Holiday in Spain",
            "Day off",
            "Half day off (pm)",
            "Off",
            "Sick",
            "Sick leave 3.8.-5.8.",
            "Parental leave",
            "Maya's vacation",
            "Maya OOO",
            "Urlaub",
            "Urlaub (genehmigt)",
            "Urlaub in Italien",
            "Urlaub KW 32",
            "Überstundenabbau",
            "krank",
            "Elternzeit",
            "Congés",
            "Congés payés",
            "En congé",
            "Congé maternité",
            "RTT",
            "Absent jusqu’au 12",
            "Vacaciones",
            "Día libre",
            "Fuera de la oficina",
            "Férias",
            "Ferie",
            "Vakantie",
            "Verlof",
            "Urlop",
            "Dovolená",
            "Semester",
            "Loma",
            "有給休暇",
            "年假",
            "휴가",
        ] {
            assert!(says_leave(title, "Maya Lindqvist"), "{title}");
        }
    }

    #[test]
    fn titles_that_speak_of_leave_or_of_something_else() {
        for title in [
            "",
            "Vacation planning",
            "Vacation - planning with Ben",
            "Vacation: handover to Ben",
            "Plan vacation",
            "Holiday party",
            "Holiday: party",
            "PTO policy",
            "PTO policy review",
            "OOO coverage",
            "Book holiday",
            "Urlaubsplanung",
            "Urlaub: Übergabe",
            "Ben OOO",
            "Ben - vacation",
            "Ben's vacation",
            "Canceled: Vacation",
            "Office",
            "Home",
            "Working from home",
            "WFH",
            "Home office",
            "Remote",
            "Focus time",
            "Kick-off",
            "Sign off",
            "Offsite",
            "Away day",
            "Away day with the team",
            "Leave review",
            "Leave for airport",
            "1:1 Maya / Ben",
            "Free lunch",
            "Day 2",
            "2026",
            "Fri",
            "May",
            "Christmas",
        ] {
            assert!(!says_leave(title, "Maya Lindqvist"), "{title}");
        }
    }

    #[test]
    fn no_phrase_is_longer_than_is_looked_for() {
        let words = Words::known();
        let longest = words
            .leave
            .iter()
            .map(|phrase| phrase.split(' ').count())
            .max();
        assert_eq!(longest, Some(LONGEST_PHRASE));
        for phrase in words.leave.iter().chain(&words.work).chain(&words.fillers) {
            assert_eq!(fold(phrase), *phrase, "not folded");
        }
    }
}
