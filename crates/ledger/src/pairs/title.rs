//! What a title says about being a 1:1. Titles hint; they never decide a direction.

use crate::words::{WordList, has_word};
use std::sync::LazyLock;

/// What the title of a meeting of two suggests.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Hint {
    /// It says so: "1:1", "one on one", "Einzelgespräch", "bilat" …
    OneOnOne,
    /// It names the two people: "Maya / Ben", "Ben <> Maya".
    Names,
    /// Nothing either way.
    Neutral,
    /// Something else.
    Other(Other),
}

/// What else two people meet for, by the words for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Other {
    /// "a buddy"
    Buddy,
    /// "a handover"
    Handover,
    /// "a meal"
    Meal,
    /// "a peer"
    Peer,
    /// "a skip-level"
    SkipLevel,
    /// "a vendor"
    Vendor,
    /// "an interview"
    Interview,
    /// "coaching"
    Coaching,
    /// "coffee"
    Coffee,
    /// "mentoring"
    Mentoring,
    /// "personal"
    Personal,
    /// "working together"
    WorkingTogether,
}

impl Other {
    /// In words: "an interview".
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Buddy => "a buddy",
            Self::Handover => "a handover",
            Self::Meal => "a meal",
            Self::Peer => "a peer",
            Self::SkipLevel => "a skip-level",
            Self::Vendor => "a vendor",
            Self::Interview => "an interview",
            Self::Coaching => "coaching",
            Self::Coffee => "coffee",
            Self::Mentoring => "mentoring",
            Self::Personal => "personal",
            Self::WorkingTogether => "working together",
        }
    }
}

impl Other {
    /// What a manager and a report may well call their 1:1: they talk, about whatever there is.
    pub(super) const fn may_be_a_one_on_one(self) -> bool {
        matches!(
            self,
            Self::Coffee | Self::Meal | Self::Coaching | Self::Mentoring | Self::Buddy
        )
    }
}

/// Words for a 1:1, lower case, in the languages we know. Matched at word borders.
const ONE_ON_ONE: [&str; 85] = [
    "1:1",
    "1-1",
    "1/1",
    "1.1",
    "1x1",
    "1on1",
    "1-on-1",
    "1 on 1",
    "1to1",
    "1-to-1",
    "1 to 1",
    "1-2-1",
    "121",
    "1:1s",
    "1&1",
    "o3",
    "one on one",
    "one-on-one",
    "one:one",
    "one to one",
    "one-to-one",
    "one2one",
    "1 a 1",
    "1-a-1",
    "uno a uno",
    "uno-a-uno",
    "1 à 1",
    "un à un",
    "tête-à-tête",
    "tête à tête",
    "point individuel",
    "point hebdo individuel",
    "en tête à tête",
    "einzelgespräch",
    "vier-augen-gespräch",
    "vieraugengespräch",
    "4-augen",
    "4-augen-gespräch",
    "jour fixe",
    "jf",
    "bilat",
    "bila",
    "bilateral",
    "bilaterale",
    "één-op-één",
    "een-op-een",
    "1-op-1",
    "1 op 1",
    "en-till-en",
    "en til en",
    "en-til-en",
    "kahdenkeskinen",
    "jeden na jeden",
    "1 na 1",
    "um a um",
    "um-a-um",
    "один на один",
    "1 на 1",
    "1対1",
    "1on1ミーティング",
    "一对一",
    "birebir",
    "entretien individuel",
    "面談",
    "個人面談",
    "point hebdo",
    "check-in individuel",
    "individual check-in",
    "personal check-in",
    "weekly o3",
    "mitarbeitergespräch",
    "medarbetarsamtal",
    "individuell avstämning",
    "individuellt samtal",
    "individuelles gespräch",
    "individueller austausch",
    "individueel overleg",
    "individuel samtale",
    "individuell samtale",
    "rozmowa indywidualna",
    "spotkanie indywidualne",
    "colloquio individuale",
    "reunión individual",
    "personligt möte",
    "індивідуальна зустріч",
];

/// Words that make it something else, with what.
const OTHER: [(&str, Other); 40] = [
    ("interview", Other::Interview),
    ("entretien d'embauche", Other::Interview),
    ("vorstellungsgespräch", Other::Interview),
    ("bewerbungsgespräch", Other::Interview),
    ("entrevista", Other::Interview),
    ("colloquio di selezione", Other::Interview),
    ("sollicitatiegesprek", Other::Interview),
    ("candidate", Other::Interview),
    ("phone screen", Other::Interview),
    ("mentor", Other::Mentoring),
    ("mentoring", Other::Mentoring),
    ("mentorship", Other::Mentoring),
    ("mentorat", Other::Mentoring),
    ("coaching", Other::Coaching),
    ("coach", Other::Coaching),
    ("coffee", Other::Coffee),
    ("kaffee", Other::Coffee),
    ("café", Other::Coffee),
    ("fika", Other::Coffee),
    ("lunch", Other::Meal),
    ("déjeuner", Other::Meal),
    ("mittagessen", Other::Meal),
    ("almuerzo", Other::Meal),
    ("vendor", Other::Vendor),
    ("supplier", Other::Vendor),
    ("lieferant", Other::Vendor),
    ("skip-level", Other::SkipLevel),
    ("skip level", Other::SkipLevel),
    ("skiplevel", Other::SkipLevel),
    ("pairing", Other::WorkingTogether),
    ("pair programming", Other::WorkingTogether),
    ("code review", Other::WorkingTogether),
    ("buddy", Other::Buddy),
    ("handover", Other::Handover),
    ("übergabe", Other::Handover),
    ("peer", Other::Peer),
    ("tennis", Other::Personal),
    ("gym", Other::Personal),
    ("therapy", Other::Personal),
    ("doctor", Other::Personal),
];

static ONE_ON_ONES: LazyLock<WordList> = LazyLock::new(|| WordList::new(ONE_ON_ONE));
static OTHERS: LazyLock<WordList> = LazyLock::new(|| WordList::new(OTHER.map(|(word, _)| word)));

/// What `title` suggests for a meeting of two people with these names (display names; first names are used).
pub fn hint(title: &str, names: [&str; 2]) -> Hint {
    let title = title.to_lowercase();
    let other = OTHERS.first_in(&title);
    if let Some((_, what)) = other.and_then(|place| OTHER.get(place)) {
        return Hint::Other(*what);
    }
    if ONE_ON_ONES.any_in(&title) {
        return Hint::OneOnOne;
    }
    of_names(&title, names)
}

/// The same of two of whom it is declared that one reports to the other: where the title says 1:1, whatever else it says
/// tells how they hold it ("1:1 Ben (coffee)").
pub(super) fn hint_of_a_line(title: &str, names: [&str; 2]) -> Hint {
    let lower = title.to_lowercase();
    if ONE_ON_ONES.any_in(&lower) {
        return Hint::OneOnOne;
    }
    hint(title, names)
}

fn of_names(title: &str, names: [&str; 2]) -> Hint {
    let first = |name: &str| {
        let name = name.to_lowercase();
        name.split([' ', '.', '@'])
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let [a, b] = names.map(first);
    let named = |name: &str| name.chars().count() >= 2 && has_word(title, name);
    let both = named(&a) && named(&b) && other_words(title, &a, &b) <= 2;
    let one = (named(&a) || named(&b)) && other_words(title, &a, &b) == 0;
    if both || one {
        return Hint::Names;
    }
    Hint::Neutral
}

/// Words that any regular meeting of two may have in its title.
const FILLERS: [&str; 32] = [
    "and",
    "und",
    "et",
    "y",
    "e",
    "och",
    "og",
    "en",
    "weekly",
    "biweekly",
    "sync",
    "with",
    "meeting",
    "catch",
    "up",
    "catchup",
    "check",
    "in",
    "checkin",
    "mit",
    "avec",
    "con",
    "med",
    "met",
    "hebdo",
    "point",
    "regular",
    "wöchentlich",
    "semanal",
    "settimanale",
    "monthly",
    "fortnightly",
];

/// Words besides the names and those every regular meeting may have ("Maya / Ben weekly" has none, "Maya and Ben:
/// budget review" has two).
fn other_words(title: &str, a: &str, b: &str) -> usize {
    words(title)
        .filter(|word| *word != a && *word != b && !FILLERS.contains(word))
        .count()
}

fn words(title: &str) -> impl Iterator<Item = &str> {
    title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Whether `title` joins the first name of `owner` and one other name, and says nothing else: "Maya / Ben", "Ben and
/// Maya weekly". For calendars that hold no attendees.
pub(super) fn is_two_names(title: &str, owner: &str) -> bool {
    const SIGNS: [&str; 7] = ["/", "<>", "<->", "↔", "&", "+", "|"];
    const WORDS: [&str; 8] = ["and", "und", "et", "y", "och", "og", "en", "x"];
    let lower = title.to_lowercase();
    let own = owner.to_lowercase();
    let own = own.split([' ', '.', '@']).next().unwrap_or_default();
    if own.chars().count() < 2 || matches!(hint(title, ["", ""]), Hint::Other(_)) {
        return false;
    }
    let joined =
        SIGNS.iter().any(|sign| lower.contains(sign)) || words(&lower).any(|w| WORDS.contains(&w));
    let mut others = words(title).filter(|word| {
        let lower = word.to_lowercase();
        lower != own && !FILLERS.contains(&lower.as_str()) && !WORDS.contains(&lower.as_str())
    });
    let other = others.next();
    let is_name = |word: &str| {
        word.chars().count() >= 2
            && word.chars().all(char::is_alphabetic)
            && word.chars().next().is_some_and(char::is_uppercase)
    };
    joined && has_word(&lower, own) && other.is_some_and(is_name) && others.next().is_none()
}

/// Whether a title that says 1:1 holds a word besides, other than the first name of `owner`: probably a name.
pub(super) fn names_somebody(title: &str, owner: &str) -> bool {
    let mut rest = title.to_lowercase();
    let mut said = ONE_ON_ONE;
    said.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
    for word in said
        .into_iter()
        .filter(|word| has_word(&title.to_lowercase(), word))
    {
        rest = rest.replace(word, " ");
    }
    let own = owner.to_lowercase();
    words(&rest).any(|word| {
        word.chars().count() >= 2
            && word.chars().all(char::is_alphabetic)
            && !FILLERS.contains(&word)
            && !own.split([' ', '.', '@']).any(|name| name == word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_hint_at_what_a_meeting_of_two_is() {
        for (title, expected) in [
            ("1:1 Maya / Ben", Hint::OneOnOne),
            ("Maya & Ben – 1-1", Hint::OneOnOne),
            ("Weekly One-on-One", Hint::OneOnOne),
            ("Einzelgespräch Ben", Hint::OneOnOne),
            ("Point individuel Maya", Hint::OneOnOne),
            ("Individuell avstämning", Hint::OneOnOne),
            ("1on1ミーティング", Hint::OneOnOne),
            ("Maya / Ben", Hint::Names),
            ("Ben <> Maya weekly", Hint::Names),
            (
                "Maya and Ben: budget review for the new office",
                Hint::Neutral,
            ),
            ("Weekly check-in Ben", Hint::Names),
            ("Ben's budget", Hint::Neutral),
            ("Budget", Hint::Neutral),
            ("Interview: Ben", Hint::Other(Other::Interview)),
            ("1:1 vendor", Hint::Other(Other::Vendor)),
            ("Skip-level 1:1", Hint::Other(Other::SkipLevel)),
            ("Build 1121 review", Hint::Neutral),
        ] {
            assert_eq!(
                hint(title, ["Maya Lindqvist", "Ben Ode"]),
                expected,
                "{title}"
            );
        }
    }

    #[test]
    fn a_title_may_hold_the_two_names_although_nobody_is_invited() {
        for (title, two, somebody) in [
            ("Maya / Ben", true, true),
            ("Ben <> Maya weekly", true, true),
            ("Ben und Maya", true, true),
            ("Maya / Ben: budget", false, true),
            ("Maya dentist", false, true),
            ("Maya / 2026", false, false),
            ("Ben / Ana", false, true),
            ("1:1 Ben", false, true),
            ("Weekly 1:1 Maya", false, false),
            ("One-on-one", false, false),
        ] {
            assert_eq!(is_two_names(title, "Maya Lindqvist"), two, "{title}");
            assert_eq!(names_somebody(title, "Maya Lindqvist"), somebody, "{title}");
        }
    }
}
