//! The ribbon as characters: one per promised 1:1, oldest left.

use super::super::mark::Mark;
use super::super::model::{Pair, Report};
use super::super::words;
use super::style::{Ink, TextStyle};

/// A strip cut to the room there is.
pub(crate) struct Strip {
    /// Painted, with an ellipsis in front where it was cut.
    pub(crate) painted: String,
    /// Cells it takes.
    pub(crate) cells: usize,
    /// "the last 40 of 52 are drawn", where it was cut.
    pub(crate) said: Option<String>,
    /// The marks in it.
    pub(crate) drawn: Vec<Mark>,
}

/// The last marks of `pair` that fit into `room` cells.
pub(crate) fn strip(pair: &Pair, style: TextStyle, room: usize) -> Strip {
    let all: Vec<Mark> = marks(pair);
    if all.len() <= room {
        return Strip {
            painted: paint(&all, style),
            cells: all.len(),
            said: None,
            drawn: all,
        };
    }
    let shown = room.saturating_sub(1).max(1);
    let last = all.get(all.len().saturating_sub(shown)..).unwrap_or(&all);
    let before = style.paint(Ink::Quiet, &style.plain("…"));
    Strip {
        painted: format!("{before}{}", paint(last, style)),
        cells: last.len() + 1,
        said: Some(format!(
            "The last {} of {} are drawn.",
            last.len(),
            all.len()
        )),
        drawn: last.to_vec(),
    }
}

/// The marks of all occurrences of `pair`.
pub(crate) fn marks(pair: &Pair) -> Vec<Mark> {
    pair.occurrences.iter().map(Mark::of).collect()
}

/// Neighbours of one ink share one colour sequence.
fn paint(marks: &[Mark], style: TextStyle) -> String {
    marks
        .chunk_by(|a, b| Ink::of(*a) == Ink::of(*b))
        .map(|run| {
            let drawn: String = run.iter().map(|mark| style.mark(*mark)).collect();
            style.paint(
                run.first().map_or(Ink::Plain, |mark| Ink::of(*mark)),
                &drawn,
            )
        })
        .collect()
}

/// What the marks that were drawn mean: "● stood  ↷ moved".
pub(crate) fn legend(report: &Report, drawn: &[Mark], style: TextStyle) -> String {
    let entries: Vec<String> = Mark::ALL
        .into_iter()
        .filter(|mark| drawn.contains(mark))
        .map(|mark| {
            format!(
                "{}\u{a0}{}",
                style.mark(mark),
                words::mark(report, mark).replace(' ', "\u{a0}")
            )
        })
        .collect();
    // No-break spaces keep mark and word together, and the distance between two entries.
    entries.join("\u{a0}\u{a0} ")
}
