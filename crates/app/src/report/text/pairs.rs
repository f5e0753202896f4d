//! Each relationship: its strip, how it reads, the facts, one repair, one sentence to say.

use super::super::clean::clean;
use super::super::model::{Pair, Report};
use super::super::seat::{Seat, other, seat};
use super::super::tally::Tally;
use super::super::words::{
    self, date, facts, next, next_step, reading, rhythm, still, what_counts::what_counts,
};
use super::layout::{Page, cells, isolate, pad};
use super::strip::{self, Strip};
use super::style::Ink;

/// Names up to this many cells share a column; a longer one gets a line of its own.
const NAME_COLUMN: usize = 22;
/// Rhythms up to this many cells share a column: "weekly, Tue 8:30 (14:30 in Los Angeles)" does.
const RHYTHM_COLUMN: usize = 38;
/// A strip with less room than this goes below the names instead of beside them.
const LEAST_STRIP: usize = 12;

/// Sentences stand below the strip where names are short, and no further in than this.
const DEEPEST_BLOCK: usize = 12;

/// Where the columns of all running pairs are.
struct Columns {
    name: usize,
    rhythm: usize,
    /// Longest strip, or the room there is for it.
    strip: usize,
    /// Whether the strip stands beside the name.
    beside: bool,
}

impl Columns {
    /// First cell of the strip.
    const fn strip_at(&self) -> usize {
        2 + self.name + 2 + self.rhythm + 3
    }

    /// First cell of what stands below a name.
    const fn block(&self) -> usize {
        let below_name = self.name + 4;
        if !self.beside {
            4
        } else if below_name > DEEPEST_BLOCK {
            DEEPEST_BLOCK
        } else {
            below_name
        }
    }
}

/// Running ones in full, ended ones in a line.
pub(crate) fn write(page: &mut Page, report: &Report) {
    let (ended, running): (Vec<&Pair>, Vec<&Pair>) =
        report.pairs.iter().partition(|pair| pair.ended.is_some());
    let columns = columns(page, report, &running);
    let mut drawn = Vec::new();
    for pair in &running {
        let strip = strip::strip(pair, page.style, columns.strip);
        drawn.extend_from_slice(&strip.drawn);
        one(page, report, pair, &columns, strip);
    }
    for pair in ended {
        ended_line(page, report, pair, &columns);
    }
    page.gap();
    if let Some(step) = next_step::shared(report) {
        page.hanging(2, 4, &step);
        page.gap();
    }
    let legend = strip::legend(report, &drawn, page.style);
    if !legend.is_empty() {
        page.hanging(2, 2, &legend);
        if let Some(counts) = what_counts(report, running.iter().copied()) {
            page.paragraph(2, &counts);
        }
        page.gap();
    }
}

fn columns(page: &Page, report: &Report, pairs: &[&Pair]) -> Columns {
    let widest = |of: &dyn Fn(&Pair) -> usize| pairs.iter().map(|pair| of(pair)).max().unwrap_or(0);
    let short_name = |pair: &Pair| Some(cells(&label(report, pair))).filter(|w| *w <= NAME_COLUMN);
    let name = widest(&|pair| short_name(pair).unwrap_or(0)).max(6);
    let rhythm = widest(&|pair| cells(&rhythm::rhythm(pair)).min(RHYTHM_COLUMN));
    let longest = widest(&|pair| pair.occurrences.len());
    let room = page.style.width.saturating_sub(2 + name + 2 + rhythm + 3);
    let beside = room >= longest.min(LEAST_STRIP);
    let strip = longest.min(if beside {
        room
    } else {
        page.style.width.saturating_sub(4)
    });
    Columns {
        name,
        rhythm,
        strip,
        beside,
    }
}

/// The other one's name; both names where the reader is neither of them.
fn label(report: &Report, pair: &Pair) -> String {
    let shown = words::name(other(report, pair));
    match seat(report, pair) {
        Seat::Manager => shown,
        Seat::Report if is_own_boss(report) => format!("{shown}, your boss"),
        Seat::Report => shown,
        Seat::Onlooker => both(report, pair),
    }
}

/// Whether the reader is a manager too, so that their own boss needs telling apart.
fn is_own_boss(report: &Report) -> bool {
    let managed = |pair: &Pair| seat(report, pair) == Seat::Manager;
    report.pairs.iter().any(managed)
}

fn both(report: &Report, pair: &Pair) -> String {
    let [first, second] = &pair.people;
    match &report.me {
        Some(me) if me.address == first.address => words::name(second),
        Some(me) if me.address == second.address => words::name(first),
        _ => format!("{} and {}", words::name(first), words::name(second)),
    }
}

fn one(page: &mut Page, report: &Report, pair: &Pair, columns: &Columns, strip: Strip) {
    let reading = reading::band_words(report, pair);
    let mut line = opening(page, report, pair, columns);
    let before_reading = columns.strip_at() + columns.strip + 3;
    let reading_beside = columns.beside && before_reading + cells(&reading) <= page.style.width;
    if columns.beside {
        line.push_str(&strip.painted);
        if reading_beside {
            line.push_str(&" ".repeat(columns.strip.saturating_sub(strip.cells) + 3));
            line.push_str(&page.style.plain(&reading));
        }
        page.line(&line);
    } else if strip.cells > 0 {
        page.line(&format!("    {}", strip.painted));
    }
    if !reading_beside && !reading.is_empty() {
        page.paragraph(columns.block(), &words::as_sentence(&reading));
    }
    if let Some(said) = strip.said {
        page.paragraph(columns.block(), &said);
    }
    body(page, report, pair, columns.block());
}

/// Name and rhythm, padded to their columns; long ones on lines of their own.
fn opening(page: &mut Page, report: &Report, pair: &Pair, columns: &Columns) -> String {
    let name = page.style.plain(&label(report, pair));
    let rhythm = page.style.plain(&rhythm::rhythm(pair));
    let shown = isolate(&name, page.style);
    if !columns.beside {
        page.name(&shown);
        page.paragraph(4, &rhythm);
        return String::new();
    }
    let mut line = if cells(&name) <= columns.name {
        let padding = " ".repeat(columns.name - cells(&name));
        format!("  {}{padding}  ", page.style.paint(Ink::Strong, &shown))
    } else {
        page.name(&shown);
        " ".repeat(columns.name + 4)
    };
    if cells(&rhythm) <= columns.rhythm {
        line.push_str(&pad(&rhythm, columns.rhythm));
        line.push_str("   ");
        line
    } else {
        if !line.trim().is_empty() {
            page.line(&line);
        }
        page.paragraph(columns.name + 4, &rhythm);
        " ".repeat(columns.strip_at())
    }
}

fn body(page: &mut Page, report: &Report, pair: &Pair, indent: usize) {
    let mut said = facts::facts(report, pair);
    said.extend(facts::repair(report, pair));
    said.extend(next_step::next_step(report, pair, false));
    said.extend(next::next(report, pair));
    if !said.is_empty() {
        page.paragraph(indent, &said.join(" "));
    }
    if let Some(say) = facts::say(report, pair) {
        page.paragraph(indent, &format!("You might say: “{say}”"));
    }
}

/// "Eve      ended 30 June with the reporting line; 4 of 5 stood".
fn ended_line(page: &mut Page, report: &Report, pair: &Pair, columns: &Columns) {
    let tally = Tally::of(&pair.occurrences);
    let ended = pair.ended.as_ref().map_or_else(String::new, |(day, why)| {
        let why = clean(why);
        format!("ended {} {why}", date::day(*day, report.to.year()))
    });
    let counts = reading::counts(report, &tally);
    let still = pair.still.as_ref();
    let still = still.and_then(|still| still::when(report, still));
    let still = still.map_or_else(String::new, |still| format!("; {still}"));
    let words = format!("{}; {counts}{still}", ended.trim_end());
    let name = page.style.plain(&label(report, pair));
    let width = columns.name.max(cells(&name));
    page.labelled(&isolate(&name, page.style), width, &words);
}
