//! The sentences that the terminal and the page share: plain, exact, second person where the reader is
//! one of the two. Facts first; the actor only where the evidence names one.

pub(crate) mod actor;
mod causes;
pub(crate) mod class;
pub(crate) mod closing;
pub(crate) mod comparison;
pub(crate) mod date;
pub(crate) mod evidence;
pub(crate) mod excuse;
pub(crate) mod facts;
pub(crate) mod head;
mod holiday;
pub(crate) mod in_leave;
mod kinds;
pub(crate) mod missing;
pub(crate) mod next;
pub(crate) mod next_step;
pub(crate) mod notice;
pub(crate) mod reading;
pub(crate) mod rhythm;
pub(crate) mod say;
pub(crate) mod still;
pub(crate) mod story;
pub(crate) mod what_counts;
pub(crate) mod who_sees;
pub(crate) mod zones;

use super::clean::clean;
use super::mark::Mark;
use super::model::{Person, Report, Side};
use super::tally::Tally;

/// The one word of a report for what happened as promised. Who only reports to others reads that theirs was "kept";
/// whoever manages reads that it "stood", also of their own with the boss. Both mean: on the calendar.
pub(crate) fn stood(report: &Report) -> &'static str {
    if is_kept(report) { "kept" } else { "stood" }
}

fn is_kept(report: &Report) -> bool {
    report.me.as_ref().is_some_and(|me| me.side == Side::Report)
}

/// The same as what one of them did: "stood", "was kept".
pub(crate) fn was_stood(report: &Report) -> &'static str {
    if is_kept(report) { "was kept" } else { "stood" }
}

/// "25 of the last 26 stood as promised", "Kept 25 of the last 26".
pub(crate) fn stood_of_the_last(report: &Report, tally: &Tally) -> String {
    let (stood, of_the_last) = (tally.stood, of_the_last(tally));
    if is_kept(report) {
        format!("Kept {stood} {of_the_last}")
    } else {
        format!("{stood} {of_the_last} stood as promised")
    }
}

/// "of the last 26"; "of the last 22 that count (3 excused and 2 not known are left out)".
pub(crate) fn of_the_last(tally: &Tally) -> String {
    let of = tally.eligible;
    match left_out(tally) {
        None => format!("of the last {of}"),
        Some(left) => format!("of the last {of} that count ({left})"),
    }
}

/// "3 excused and 2 not known are left out".
pub(crate) fn left_out(tally: &Tally) -> Option<String> {
    let unknown = tally.unknown + tally.disputed;
    let out = [(tally.excused, "excused"), (unknown, "not known")];
    let out = out.into_iter().filter(|(number, _)| *number > 0);
    let left: Vec<String> = out
        .map(|(number, what)| format!("{number} {what}"))
        .collect();
    let verb = if tally.excused + unknown == 1 {
        "is"
    } else {
        "are"
    };
    (!left.is_empty()).then(|| format!("{} {verb} left out", list(&left)))
}

/// "25 of 26 stood", "kept 25 of 26".
pub(crate) fn stood_of(report: &Report, (stood, of): (usize, usize)) -> String {
    if is_kept(report) {
        format!("kept {stood} of {of}")
    } else {
        format!("{stood} of {of} stood")
    }
}

/// Why `number` that moved are counted neither way: after "1 moved:".
pub(crate) const fn in_neither_count(number: usize) -> &'static str {
    if number == 1 {
        "how early that was known, this source cannot tell, so it is in neither count"
    } else {
        "how early that was known, this source cannot tell, so they are in neither count"
    }
}

/// A mark's word in this report.
pub(crate) fn mark(report: &Report, mark: Mark) -> &'static str {
    match mark {
        Mark::Kept => stood(report),
        other => other.word(),
    }
}

/// "a", "a and b", "a, b and c".
pub(crate) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

/// "1 meeting", "3 meetings".
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// "both times" for two, "each time" for more, nothing for one: after "from your calendar".
pub(crate) const fn each_time(number: usize) -> &'static str {
    match number {
        0 | 1 => "",
        2 => " both times",
        _ => " each time",
    }
}

/// A person's name as shown; the address where there is no name.
pub(crate) fn name(person: &Person) -> String {
    let shown = clean(&person.name);
    if shown.is_empty() {
        clean(&person.address)
    } else {
        shown
    }
}

/// "Maya's"; an address gets no ending: "of maya@example.com" is up to the caller.
pub(crate) fn possessive(name: &str) -> String {
    format!("{name}’s")
}

/// The first letter in upper case.
pub(crate) fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// `words` as a sentence of its own: upper case first, one full stop at the end.
pub(crate) fn as_sentence(words: &str) -> String {
    let cleaned = clean(words);
    let trimmed = cleaned.trim_end_matches(['.', ';', ',']);
    if trimmed.is_empty() {
        return String::new();
    }
    let ended = trimmed.ends_with(['?', '!', '…']);
    sentence_case(trimmed) + if ended { "" } else { "." }
}

#[cfg(test)]
mod tests {
    use super::{as_sentence, list};

    #[test]
    fn lists_read_as_spoken() {
        let check = |items: &[&str], said: &str| {
            let items: Vec<String> = items.iter().map(|item| (*item).to_owned()).collect();
            assert_eq!(list(&items), said);
        };
        check(&[], "");
        check(&["a"], "a");
        check(&["a", "b"], "a and b");
        check(&["a", "b", "c"], "a, b and c");
    }

    #[test]
    fn a_fact_becomes_one_sentence_whatever_its_ending() {
        let check = |words: &str, said: &str| assert_eq!(as_sentence(words), said);
        check("joined that day", "Joined that day.");
        check("Is she?", "Is she?");
        check("over.", "Over.");
        check("", "");
        check("über", "Über.");
    }
}
