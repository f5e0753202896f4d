//! How many stood, and what became of those that did not. Counts before adjectives: every sentence of
//! the report is written from one of these.

use super::mark::is_cut_short;
use steadfast_ledger::occurrence::Occurrence;
use steadfast_ledger::rules::notice::EARLY_FROM_MINUTES;
use steadfast_ledger::verdict::{Cut, Outcome};

/// Counts over some occurrences. Each occurrence is in exactly one of `excused`, `unknown`, `disputed`,
/// `open` and `eligible`; each eligible one in `stood`, `disrupted` or `moved_when_unknown`; each disrupted one in exactly one of
/// `moved`, `cut_short`, `nudged_late` and `lost`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Those that count.
    pub eligible: usize,
    /// Of these: stood as promised, small deviations and changes a week ahead included.
    pub stood: usize,
    /// Of these: did not happen as promised.
    pub disrupted: usize,
    /// Disrupted: held at another time.
    pub moved: usize,
    /// Of the moved: with less than 24 hours' notice.
    pub moved_under_a_day: usize,
    /// Of the moved: slipped, later than two working days and into another week.
    pub moved_slipped: usize,
    /// Of the moved: lost at first, then made good.
    pub moved_made_good: usize,
    /// Disrupted: held at its time, for less than half its length.
    pub cut_short: usize,
    /// Disrupted: nudged by more than half an hour, announced less than two hours before.
    pub nudged_late: usize,
    /// Disrupted: lost, and not made good.
    pub lost: usize,
    /// Of the lost: taken away with less than 24 hours' notice; a no show was never told, and is none of these.
    pub lost_under_a_day: usize,
    /// Lost at first and made good; these are among the moved, the nudged or those that stood.
    pub made_good: usize,
    /// Stood all the same: moved with a week's notice or more.
    pub moved_early: usize,
    /// Of these: seen too seldom to say whether it was a week; the gentler end of a range counts.
    pub moved_early_perhaps: usize,
    /// Neither stood nor disrupted: held at another time, and the source does not tell how early that was known.
    pub moved_when_unknown: usize,
    /// Lost at first, made good at another time, and among `moved_early` or `moved_when_unknown`.
    pub made_good_undisrupted: usize,
    /// Stood all the same: nudged.
    pub nudged: usize,
    /// Stood all the same: shortened to between half and four fifths.
    pub shortened: usize,
    /// Stood, while its manager had accepted something else at the same time.
    pub overlapped: usize,
    /// Stood, while both had accepted another meeting at the same time.
    pub both_elsewhere: usize,
    /// Stood in its place, while one of the two was on leave.
    pub stood_in_leave: usize,
    /// Leave, holidays, asked for by the report, agreed by both: counts neither way.
    pub excused: usize,
    /// The evidence cannot say.
    pub unknown: usize,
    /// One says it took place, the other that it did not.
    pub disputed: usize,
    /// Still to come.
    pub open: usize,
    /// Losses in a row at the end of the eligible ones.
    pub last_lost_in_a_row: usize,
}

impl Tally {
    /// Counts `occurrences`, which are in order of their promised start.
    pub fn of<'a>(occurrences: impl IntoIterator<Item = &'a Occurrence>) -> Self {
        let mut tally = Self::default();
        for occurrence in occurrences {
            tally.add(occurrence);
        }
        tally
    }

    /// Those that count and were not left in their place, however early that was known.
    pub fn departed(&self) -> usize {
        self.disrupted + self.nudged + self.moved_early + self.moved_when_unknown
    }

    fn add(&mut self, occurrence: &Occurrence) {
        let verdict = &occurrence.verdict;
        match verdict.outcome {
            Outcome::Open => self.open += 1,
            Outcome::Unknown => self.unknown += 1,
            Outcome::Disputed => self.disputed += 1,
            _ if verdict.excused.is_some() => self.excused += 1,
            _ => self.add_eligible(occurrence),
        }
    }

    fn add_eligible(&mut self, occurrence: &Occurrence) {
        let verdict = &occurrence.verdict;
        self.eligible += 1;
        self.made_good += usize::from(verdict.made_good);
        self.last_lost_in_a_row = if verdict.loss {
            self.last_lost_in_a_row + 1
        } else {
            0
        };
        if verdict.disruption || verdict.loss {
            self.add_disrupted(occurrence);
        } else if matches!(verdict.outcome, Outcome::Moved | Outcome::Slipped)
            && verdict.notice_minutes.is_none()
        {
            self.moved_when_unknown += 1;
            self.made_good_undisrupted += usize::from(verdict.made_good);
        } else {
            self.stood += 1;
            self.overlapped += usize::from(occurrence.overlapped);
            self.both_elsewhere += usize::from(occurrence.both_elsewhere);
            self.stood_in_leave += usize::from(occurrence.stood_in_leave());
            self.shortened += usize::from(verdict.cut == Some(Cut::Shortened));
            match verdict.outcome {
                Outcome::Moved | Outcome::Slipped => {
                    self.moved_early += 1;
                    let least = verdict.notice_range.as_deref().map(|(least, _)| *least);
                    let perhaps = least.is_some_and(|least| least < EARLY_FROM_MINUTES);
                    self.moved_early_perhaps += usize::from(perhaps);
                    self.made_good_undisrupted += usize::from(verdict.made_good);
                }
                Outcome::Nudged => self.nudged += 1,
                _ => {}
            }
        }
    }

    fn add_disrupted(&mut self, occurrence: &Occurrence) {
        let verdict = &occurrence.verdict;
        self.disrupted += 1;
        let under_a_day = verdict.notice_minutes.is_some_and(|minutes| minutes < 1440);
        if verdict.loss {
            self.lost += 1;
            let was_told = verdict.outcome != Outcome::NoShow;
            self.lost_under_a_day += usize::from(under_a_day && was_told);
        } else if matches!(verdict.outcome, Outcome::Moved | Outcome::Slipped) {
            self.moved += 1;
            self.moved_under_a_day += usize::from(under_a_day);
            self.moved_made_good += usize::from(verdict.made_good);
            let slipped = verdict.outcome == Outcome::Slipped && !verdict.made_good;
            self.moved_slipped += usize::from(slipped);
        } else if is_cut_short(verdict.cut) {
            self.cut_short += 1;
        } else {
            self.nudged_late += 1;
        }
    }

    /// `(stood, of)`, as the comparison of a manager's meetings wants it.
    pub const fn stood_of(&self) -> (usize, usize) {
        (self.stood, self.eligible)
    }
}
