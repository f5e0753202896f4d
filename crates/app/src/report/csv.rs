//! The occurrences as rows, for a spreadsheet (RFC 4180).

use super::json::times;
use super::json::words as json_words;
use super::model::{Pair, Report};
use super::seat::{Seat, manager, seat, subordinate};
use std::{borrow::Borrow, io};
use steadfast_ledger::occurrence::Occurrence;

/// Columns, in order.
const HEADER: [&str; 32] = [
    "one_on_one",
    "person_1",
    "person_2",
    "manager",
    "report",
    "direction",
    "ended",
    "recurrence_id",
    "uid",
    "promised_start",
    "promised_minutes",
    "held_start",
    "held_minutes",
    "outcome",
    "unknown_because",
    "made_good",
    "cut",
    "excused",
    "q",
    "disruption",
    "loss",
    "notice",
    "notice_minutes",
    "notice_least_minutes",
    "notice_most_minutes",
    "hops",
    "actor",
    "actor_evidence",
    "cause",
    "overlapped",
    "rule",
    "because",
];

/// What a cell holds decides how it is written: our own numbers and words as they are, words from a
/// calendar so that no spreadsheet takes them for a formula.
enum Cell {
    Ours(String),
    Theirs(String),
}

/// Writes one row per occurrence of every pair, with a header. Lines end in CR LF; times are RFC 3339 in the
/// report's zone, `recurrence_id` in UTC; an empty cell is "not known" or "does not apply".
///
/// # Errors
/// What `out` says.
pub fn csv(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    csv_of(report, &mut report.pairs.iter(), out)
}

/// The same with the 1:1s from elsewhere, each let go when it is written.
///
/// # Errors
/// What `out` says.
pub fn csv_of<P: Borrow<Pair>>(
    report: &Report,
    pairs: &mut dyn Iterator<Item = P>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    write!(out, "{}\r\n", HEADER.join(","))?;
    for pair in pairs {
        let pair = pair.borrow();
        for occurrence in &pair.occurrences {
            let cells = [
                of_pair(pair),
                of_occurrence(report, occurrence),
                of_change(report, pair, occurrence),
            ];
            let written: Vec<String> = cells.iter().flatten().map(cell).collect();
            write!(out, "{}\r\n", written.join(","))?;
        }
    }
    Ok(())
}

fn of_pair(pair: &Pair) -> Vec<Cell> {
    let [first, second] = &pair.people;
    let address = |person: Option<&super::model::Person>| {
        Cell::Theirs(person.map_or_else(String::new, |person| person.address.to_string()))
    };
    vec![
        Cell::Theirs(pair.id.clone()),
        address(Some(first)),
        address(Some(second)),
        address(manager(pair)),
        address(subordinate(pair)),
        Cell::Ours(json_words::direction(pair).to_owned()),
        Cell::Ours(
            pair.ended
                .as_ref()
                .map_or_else(String::new, |(day, _)| day.to_string()),
        ),
    ]
}

fn of_occurrence(report: &Report, occurrence: &Occurrence) -> Vec<Cell> {
    let verdict = &occurrence.verdict;
    let ours = |word: Option<String>| Cell::Ours(word.unwrap_or_default());
    vec![
        ours(occurrence.recurrence_id.map(times::utc)),
        Cell::Theirs(occurrence.uid.as_deref().unwrap_or_default().to_owned()),
        Cell::Ours(times::zoned(occurrence.promised.start, &report.zone)),
        Cell::Ours(occurrence.promised.minutes().to_string()),
        ours(
            verdict
                .was_held()
                .map(|held| times::zoned(held.start, &report.zone)),
        ),
        ours(verdict.was_held().map(|held| held.minutes().to_string())),
        Cell::Ours(verdict.outcome.as_str().to_owned()),
        ours(
            occurrence
                .unknown_because
                .map(json_words::unknown_because)
                .map(str::to_owned),
        ),
        Cell::Ours(verdict.made_good.to_string()),
        ours(verdict.cut.map(|cut| cut.as_str().to_owned())),
        ours(verdict.excused.map(|excuse| excuse.as_str().to_owned())),
        Cell::Ours(verdict.q.to_string()),
        Cell::Ours(u8::from(verdict.disruption).to_string()),
        Cell::Ours(u8::from(verdict.loss).to_string()),
    ]
}

fn of_change(report: &Report, pair: &Pair, occurrence: &Occurrence) -> Vec<Cell> {
    let verdict = &occurrence.verdict;
    let ours = |word: Option<String>| Cell::Ours(word.unwrap_or_default());
    let range = verdict.notice_range.as_deref();
    let actor = occurrence.actor.as_ref().filter(|_| pair.manager.is_some());
    let cause = occurrence
        .cause
        .as_ref()
        .filter(|_| seat(report, pair) != Seat::Report);
    vec![
        ours(verdict.notice.map(|notice| notice.as_str().to_owned())),
        ours(verdict.notice_minutes.map(|minutes| minutes.to_string())),
        ours(range.map(|(least, _)| least.to_string())),
        ours(range.map(|(_, most)| most.to_string())),
        Cell::Ours(verdict.hops.to_string()),
        ours(actor.map(|actor| json_words::who(actor.who).to_owned())),
        ours(actor.map(|actor| json_words::actor_evidence(actor.evidence).to_owned())),
        ours(cause.map(|cause| cause.class.as_str().to_owned())),
        Cell::Ours(occurrence.overlapped.to_string()),
        Cell::Ours(verdict.rule.to_owned()),
        Cell::Theirs(verdict.because.to_string()),
    ]
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Ours(words) => quoted(words),
        Cell::Theirs(words) => quoted(&harmless(words)),
    }
}

/// A leading apostrophe keeps a spreadsheet from running what begins like a formula.
fn harmless(words: &str) -> String {
    let starts_a_formula = words
        .trim_start_matches(' ')
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if starts_a_formula {
        format!("'{words}")
    } else {
        words.to_owned()
    }
}

fn quoted(words: &str) -> String {
    if words.contains([',', '"', '\r', '\n']) || words.starts_with(' ') || words.ends_with(' ') {
        format!("\"{}\"", words.replace('"', "\"\""))
    } else {
        words.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::Cell;

    #[test]
    fn a_cell_is_quoted_where_needed_and_never_a_formula() {
        let check = |cell: Cell, written: &str| assert_eq!(super::cell(&cell), written);
        check(Cell::Theirs("Ben".to_owned()), "Ben");
        check(Cell::Theirs("a, \"b\"".to_owned()), "\"a, \"\"b\"\"\"");
        check(Cell::Theirs("=1+1".to_owned()), "'=1+1");
        check(Cell::Theirs("@SUM(A1)".to_owned()), "'@SUM(A1)");
        check(Cell::Theirs("\t=1".to_owned()), "'\t=1");
        check(Cell::Theirs("  =1".to_owned()), "'  =1");
        check(Cell::Ours("-20".to_owned()), "-20");
    }
}
