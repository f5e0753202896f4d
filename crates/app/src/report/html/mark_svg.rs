//! One mark, drawn. The line is the promise; what departs from it hangs off it, later below and earlier
//! above, the further the later, up to one rhythm.

use super::super::mark::Mark;
use maud::{Markup, PreEscaped, html};
use std::fmt::Write as _;
use steadfast_ledger::occurrence::Occurrence;
use steadfast_ledger::verdict::Outcome;

/// A cell is this wide, so that a row of them makes one line.
const WIDTH: f64 = 26.0;
/// … and this high.
const HEIGHT: f64 = 60.0;
const MIDDLE: f64 = WIDTH / 2.0;
/// Where the line is.
const LINE: f64 = 22.0;
const RADIUS: f64 = 5.2;
/// How far a mark hangs at the least, so that an hour can be seen, and at the most.
const LEAST: f64 = 12.0;
const MOST_LATER: f64 = 27.0;
const MOST_EARLIER: f64 = 15.0;
/// How far a nudge stands off the line.
const NUDGE: f64 = 4.0;
/// Notice below this many minutes gets a tick.
const LATE_NOTICE: i64 = 120;

/// The mark of `occurrence` in its cell.
pub(crate) fn occurrence(occurrence: &Occurrence, cadence_days: i64) -> Markup {
    let mark = Mark::of(occurrence);
    let offset = offset(occurrence, mark, cadence_days);
    let mut drawn = String::new();
    line(&mut drawn, mark);
    shape(&mut drawn, mark, offset, share(occurrence));
    if is_late(occurrence, mark) {
        tick(&mut drawn, offset);
    }
    svg("cell-mark", &drawn)
}

/// The mark by itself, for a legend.
pub(crate) fn legend(mark: Mark) -> Markup {
    let offset = match mark {
        Mark::Nudged | Mark::NudgedLate => NUDGE,
        Mark::Moved => LEAST + 3.0,
        Mark::Slipped | Mark::MadeGood => LEAST + 8.0,
        _ => 0.0,
    };
    let mut drawn = String::new();
    line(&mut drawn, mark);
    shape(
        &mut drawn,
        mark,
        offset,
        match mark {
            Mark::Shortened => Some(0.67),
            Mark::Cut => Some(0.4),
            _ => None,
        },
    );
    if mark == Mark::NudgedLate {
        tick(&mut drawn, offset);
    }
    svg("legend-mark", &drawn)
}

fn svg(class: &str, drawn: &str) -> Markup {
    html! {
        svg class=(class) viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } width=(WIDTH) height=(HEIGHT)
            aria-hidden="true" focusable="false" { (PreEscaped(drawn)) }
    }
}

/// The line: whole where the promise stood or is excused, broken where it was lost, dotted where nobody knows.
fn line(drawn: &mut String, mark: Mark) {
    let class = match mark {
        Mark::Lost | Mark::MadeGood => {
            let (left, right) = (MIDDLE - RADIUS - 3.0, MIDDLE + RADIUS + 3.0);
            stroke(drawn, "line", 0.0, left);
            stroke(drawn, "line", right, WIDTH);
            return;
        }
        Mark::Unknown | Mark::ToCome => "line dotted",
        _ => "line",
    };
    stroke(drawn, class, 0.0, WIDTH);
}

fn stroke(drawn: &mut String, class: &str, from: f64, to: f64) {
    // Writing to a String cannot fail.
    let _ = write!(drawn, "<path class=\"{class}\" d=\"M{from} {LINE}H{to}\"/>");
}

fn shape(drawn: &mut String, mark: Mark, offset: f64, share: Option<f64>) {
    let y = LINE + offset;
    let _ = match mark {
        Mark::Kept | Mark::Nudged => disc(drawn, "kept", MIDDLE, y, share),
        Mark::Shortened => disc(drawn, "kept", MIDDLE, y, Some(share.unwrap_or(0.67))),
        Mark::Cut => disc(drawn, "moved", MIDDLE, y, Some(share.unwrap_or(0.4))),
        Mark::NudgedLate => disc(drawn, "moved", MIDDLE, y, share),
        Mark::Moved => {
            tail(drawn, "tail", y);
            disc(drawn, "moved", MIDDLE, y, share)
        }
        Mark::Slipped => {
            tail(drawn, "tail", y);
            let r = RADIUS + 0.8;
            write!(
                drawn,
                "<path class=\"moved\" d=\"M{MIDDLE} {}L{} {y}L{MIDDLE} {}L{} {y}Z\"/>",
                y - r,
                MIDDLE + r,
                y + r,
                MIDDLE - r
            )
        }
        Mark::Lost => ring(drawn, "lost", LINE),
        Mark::MadeGood => {
            let _ = ring(drawn, "good-ring", LINE);
            tail(drawn, "thread", y);
            disc(drawn, "kept", MIDDLE, y, share)
        }
        Mark::Excused => {
            write!(
                drawn,
                "<path class=\"excused\" d=\"M{} {LINE}h10\"/>",
                MIDDLE - 5.0
            )
        }
        Mark::Unknown => ring(drawn, "unknown", LINE),
        Mark::ToCome => ring(drawn, "open", LINE),
    };
}

fn ring(drawn: &mut String, class: &str, y: f64) -> std::fmt::Result {
    write!(
        drawn,
        "<circle class=\"{class}\" cx=\"{MIDDLE}\" cy=\"{y}\" r=\"{RADIUS}\"/>"
    )
}

/// A round mark; with `share` it keeps that share of its width, in an outline of the whole.
fn disc(drawn: &mut String, class: &str, x: f64, y: f64, share: Option<f64>) -> std::fmt::Result {
    let Some(share) = share else {
        return write!(
            drawn,
            "<circle class=\"{class}\" cx=\"{x}\" cy=\"{y:.1}\" r=\"{RADIUS}\"/>"
        );
    };
    let chord = RADIUS * (2.0 * share.clamp(0.05, 0.95) - 1.0);
    let half = (RADIUS * RADIUS - chord * chord).max(0.0).sqrt();
    let large = u8::from(chord > 0.0);
    write!(
        drawn,
        "<circle class=\"{class}-outline\" cx=\"{x}\" cy=\"{y:.1}\" r=\"{RADIUS}\"/><path class=\"{class}\" \
         d=\"M{0:.2} {1:.2}A{RADIUS} {RADIUS} 0 {large} 0 {0:.2} {2:.2}Z\"/>",
        x + chord,
        y - half,
        y + half
    )
}

/// From the promised place to where it was held.
fn tail(drawn: &mut String, class: &str, y: f64) {
    let from = if class == "thread" {
        LINE + RADIUS * (y - LINE).signum()
    } else {
        let _ = write!(
            drawn,
            "<circle class=\"place\" cx=\"{MIDDLE}\" cy=\"{LINE}\" r=\"2\"/>"
        );
        LINE
    };
    let _ = write!(
        drawn,
        "<path class=\"{class}\" d=\"M{MIDDLE} {from:.1}V{y:.1}\"/>"
    );
}

/// A short tick at the foot: told less than two hours before.
fn tick(drawn: &mut String, offset: f64) {
    let foot = LINE + offset.max(0.0) + RADIUS + 2.0;
    let _ = write!(drawn, "<path class=\"tick\" d=\"M{MIDDLE} {foot:.1}v5\"/>");
}

fn is_late(occurrence: &Occurrence, mark: Mark) -> bool {
    let told_of = !matches!(
        mark,
        Mark::Kept | Mark::Excused | Mark::Unknown | Mark::ToCome
    );
    let late = occurrence
        .verdict
        .notice_minutes
        .is_some_and(|minutes| minutes < LATE_NOTICE);
    told_of && late
}

/// The share of its length that was held, where it was cut.
fn share(occurrence: &Occurrence) -> Option<f64> {
    occurrence.verdict.cut?;
    let held = occurrence.verdict.held?.seconds() as f64;
    let promised = occurrence.promised.seconds().max(1) as f64;
    Some(held / promised)
}

/// How far off the line, in the picture's units; positive is later.
fn offset(occurrence: &Occurrence, mark: Mark, cadence_days: i64) -> f64 {
    let hangs = matches!(mark, Mark::Moved | Mark::Slipped | Mark::MadeGood);
    let on_the_line = matches!(
        mark,
        Mark::Nudged | Mark::NudgedLate | Mark::Shortened | Mark::Cut
    );
    let nudged = on_the_line && occurrence.verdict.outcome == Outcome::Nudged;
    let Some(held) = occurrence.verdict.held.filter(|_| hangs || nudged) else {
        return if hangs { LEAST } else { 0.0 };
    };
    let seconds = held.start.seconds_since(occurrence.promised.start) as f64;
    if nudged {
        return NUDGE * seconds.signum();
    }
    let cadence = cadence_days.max(1) as f64 * 86_400.0;
    let ratio = (seconds.abs() / cadence).min(1.0);
    if seconds < 0.0 {
        -(LEAST + (MOST_EARLIER - LEAST) * ratio)
    } else {
        // A ring stands on the line where it was made good: the mark must clear it.
        let least = if mark == Mark::MadeGood {
            LEAST + 5.0
        } else {
            LEAST
        };
        least + (MOST_LATER - least) * ratio
    }
}
