//! The week as a path: moments at which something may start, and the cheapest way through them at given prices.

use super::FINE;
use crate::line::board::{Board, Moment, Move, step, waited};
use crate::line::{Job, Room};
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
    /// Starts that the day of each moment has room for; without a cap they are not counted.
    rooms: Option<Vec<usize>>,
    /// Whether each job counts as a start.
    counts: Vec<bool>,
    room: Option<Room>,
}

impl Week {
    pub(super) fn new(jobs: &[Job], room: Option<Room>) -> Self {
        let most = room.map(|room| (-1..8).map(|day| room.of_day(day)).max());
        let width = most.map_or(1, |most| most.unwrap_or(0).min(jobs.len()) + 1);
        let mut board = Board::new(jobs, 1, &[], width);
        let offset = room.map_or(0, |room| room.utc_offset());
        let (mut moments, mut days) = (Vec::new(), Vec::new());
        for block in board.blocks.drain(..) {
            for (later, moment) in block.moments.into_iter().enumerate() {
                let time = i32::from(block.start) + i32::try_from(later).unwrap_or(0);
                days.push((time + offset).div_euclid(DAY));
                moments.push(moment);
            }
        }
        let most = |room: Room| {
            days.iter()
                .map(|day| room.of_day(*day).min(jobs.len()))
                .collect()
        };
        Self {
            rooms: room.map(most),
            board,
            moments,
            days,
            counts: jobs.iter().map(|job| !job.stays).collect(),
            room,
        }
    }

    /// Moments of the week; what is at this index is its end.
    pub(super) fn len(&self) -> usize {
        self.moments.len()
    }

    /// Steps that a look at the whole week takes.
    pub(super) fn steps(&self) -> u64 {
        let moves: usize = self
            .moments
            .iter()
            .map(|moment| 1 + moment.moves.len())
            .sum();
        // The look itself, and filling up what its path leaves out.
        (moves * (self.board.leads() * self.board.width + self.counts.len() / 8)) as u64
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

    /// Whether the day of `place` has room beside the `others` that count.
    pub(super) fn has_room(&self, place: Place, others: impl Iterator<Item = Place>) -> bool {
        self.room.is_none_or(|room| {
            let day = |place: Place| place.day(room.utc_offset());
            let here = day(place);
            others.filter(|other| day(*other) == here).count() < room.of_day(here)
        })
    }

    /// Where one stands if nothing starts.
    pub(super) fn wait(&self, stand: Stand) -> Stand {
        self.come(stand, 1, waited(stand.lead), stand.starts)
    }

    /// Where one stands after `option` starts; None where that cannot be.
    pub(super) fn take(&self, stand: Stand, option: &Move) -> Option<Stand> {
        let (later, lead) = step(stand.lead, option.weeks, option.span)?;
        let starts = match &self.rooms {
            Some(_) if !self.counts[option.job] => stand.starts,
            Some(rooms) if stand.starts >= rooms[stand.at] => return None,
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
