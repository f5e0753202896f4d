//! The week as a path: moments at which something may start, and the cheapest way through them at given prices.

use super::FINE;
use crate::line::Job;
use crate::line::board::{Board, Moment, Move, step, waited};
use crate::problem::DayCap;
use crate::week::{DAY, Place};

/// Costs beyond everything; adding to it does not overflow.
pub(super) const FAR: i64 = i64::MAX / 4;

/// Where one stands: moment, lead of the first week over the second, starts of this day so far.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Stand {
    pub(super) at: usize,
    pub(super) lead: i32,
    pub(super) starts: usize,
}

impl Stand {
    pub(super) const START: Self = Self {
        at: 0,
        lead: 0,
        starts: 0,
    };
}

/// One line's week.
pub(super) struct Week {
    board: Board,
    moments: Vec<Moment>,
    /// Day of each moment, on the clock that the cap goes by.
    days: Vec<i32>,
    /// Starts a day may have; without a cap they are not counted.
    cap: Option<usize>,
    /// The clock that the cap goes by: quarter hours east of UTC.
    offset: i32,
}

impl Week {
    pub(super) fn new(jobs: &[Job], cap: Option<DayCap>) -> Self {
        let starts = cap.map(|cap| usize::from(cap.starts).min(jobs.len()));
        let mut board = Board::new(jobs, 1, &[], starts.map_or(1, |starts| starts + 1));
        let offset = cap.map_or(0, |cap| cap.utc_offset);
        let (mut moments, mut days) = (Vec::new(), Vec::new());
        for block in board.blocks.drain(..) {
            for (later, moment) in block.moments.into_iter().enumerate() {
                let time = i32::from(block.start) + i32::try_from(later).unwrap_or(0);
                days.push((time + offset).div_euclid(DAY));
                moments.push(moment);
            }
        }
        Self {
            board,
            moments,
            days,
            cap: starts,
            offset,
        }
    }

    /// Moments of the week; what is at this index is its end.
    pub(super) fn len(&self) -> usize {
        self.moments.len()
    }

    /// What may start at a moment.
    pub(super) fn moves(&self, at: usize) -> &[Move] {
        &self.moments[at].moves
    }

    /// A table with a cell for every stand.
    fn cells(&self) -> usize {
        (self.len() + 1) * self.board.leads() * self.board.width
    }

    /// Index of a stand's cell.
    pub(super) fn cell(&self, stand: Stand) -> usize {
        self.board.row(stand.at, stand.lead) + stand.starts
    }

    /// Whether the day of `place` has room beside the `others`.
    pub(super) fn has_room(&self, place: Place, others: impl Iterator<Item = Place>) -> bool {
        self.cap.is_none_or(|cap| {
            let day = place.day(self.offset);
            others.filter(|other| other.day(self.offset) == day).count() < cap
        })
    }

    /// Where one stands if nothing starts.
    pub(super) fn wait(&self, stand: Stand) -> Stand {
        self.come(stand, 1, waited(stand.lead), stand.starts)
    }

    /// Where one stands after `option` starts; None where that cannot be.
    pub(super) fn take(&self, stand: Stand, option: &Move) -> Option<Stand> {
        let (later, lead) = step(stand.lead, option.weeks, option.span)?;
        let starts = match self.cap {
            Some(cap) if stand.starts >= cap => return None,
            Some(_) => stand.starts + 1,
            None => 0,
        };
        Some(self.come(stand, later, lead, starts))
    }

    fn come(&self, from: Stand, later: i32, lead: i32, starts: usize) -> Stand {
        let at = from.at + usize::try_from(later).unwrap_or(0);
        let same_day = self.days.get(at) == self.days.get(from.at);
        Stand {
            at,
            lead,
            starts: if same_day { starts } else { 0 },
        }
    }

    /// What it costs at least to go on from each stand, each start costing its own cost less the price of its job.
    pub(super) fn onward(&self, prices: &[i64], table: &mut Vec<i64>) {
        table.clear();
        table.resize(self.cells(), FAR);
        let end = self.board.row(self.len(), 0);
        table[end..end + self.board.width].fill(0);
        for at in (0..self.len()).rev() {
            for lead in self.board.leads_from_none().rev() {
                for starts in 0..self.board.width {
                    let here = Stand { at, lead, starts };
                    let mut least = table[self.cell(self.wait(here))];
                    for option in self.moves(at) {
                        if let Some(next) = self.take(here, option) {
                            let paid = i64::from(option.cost) * FINE - prices[option.job];
                            least = least.min(paid + table[self.cell(next)]);
                        }
                    }
                    table[self.cell(here)] = least;
                }
            }
        }
    }

    /// The starts of a cheapest path through `table`.
    pub(super) fn path<'a>(
        &'a self,
        prices: &[i64],
        table: &[i64],
        path: &mut Vec<(usize, &'a Move)>,
    ) {
        path.clear();
        let mut here = Stand::START;
        while here.at < self.len() {
            let cost = table[self.cell(here)];
            let taken = self.moves(here.at).iter().find_map(|option| {
                let next = self.take(here, option)?;
                let paid = i64::from(option.cost) * FINE - prices[option.job];
                (paid + table[self.cell(next)] == cost).then_some((option, next))
            });
            here = match taken {
                Some((option, next)) => {
                    path.push((here.at, option));
                    next
                }
                None => self.wait(here),
            };
        }
    }
}
