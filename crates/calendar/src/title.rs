//! What a title alone gives away.

/// Words some clients put before the title of a cancelled meeting instead of taking it off the calendar, lower case.
const CANCELLED: [&str; 20] = [
    "canceled",
    "cancelled",
    "cancelled event",
    "abgesagt",
    "abgebrochen",
    "annulé",
    "annulée",
    "cancelado",
    "cancelada",
    "annullato",
    "annullata",
    "geannuleerd",
    "inställt",
    "inställd",
    "aflyst",
    "avlyst",
    "peruutettu",
    "odwołane",
    "anulowane",
    "キャンセル済み",
];

/// Whether `title` says that the meeting is cancelled: such a word in front, with a colon ("Canceled: 1:1") or in
/// brackets ("[Cancelled] 1:1").
pub fn says_cancelled(title: &str) -> bool {
    let title = title.trim_start();
    let head = match title.strip_prefix(['[', '(']) {
        Some(rest) => rest.split([']', ')']).next(),
        None => title.split_once([':', '：']).map(|(head, _)| head),
    };
    head.is_some_and(|head| {
        let head = head.trim();
        // As long as one of the words: no allocation for ordinary titles with a colon somewhere, as "1:1".
        (6..=32).contains(&head.len()) && CANCELLED.contains(&head.to_lowercase().as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::says_cancelled;

    #[test]
    fn a_cancelled_title_is_told_in_several_languages() {
        for (title, expected) in [
            ("Canceled: 1:1 Maya / Ben", true),
            ("Cancelled:1:1", true),
            ("Abgesagt: Jour fixe", true),
            ("Annulé : point individuel", true),
            ("[Cancelled] 1:1", true),
            ("1:1 Maya / Ben", false),
            ("Review: cancelled orders", false),
            ("Cancelled orders", false),
            ("", false),
        ] {
            assert_eq!(says_cancelled(title), expected, "{title}");
        }
    }
}
