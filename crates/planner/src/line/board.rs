//! The week cut into blocks: stretches between whose ends somebody may be meeting, and at whose ends nobody is.

use super::{Job, is_one_week, weeks_on};
use crate::week::{Place, Weeks};

/// A job's option, as the table needs it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Move {
    /// Bit of the job in a set.
    pub(crate) bit: usize,
    /// Position of the job in the list.
    pub(crate) job: usize,
    pub(crate) span: i32,
    pub(crate) weeks: Weeks,
    pub(crate) cost: u32,
    /// Index of the option among the pair's options.
    pub(crate) index: u32,
}

/// The own 1:1 at one of the places it may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Own {
    /// Position in the list of places.
    pub(crate) place: usize,
    pub(crate) span: i32,
    pub(crate) weeks: Weeks,
}

/// One moment of a block: what may start here.
#[derive(Clone, Default, Debug)]
pub(crate) struct Moment {
    pub(crate) moves: Vec<Move>,
    pub(crate) own: Vec<Own>,
}

/// A stretch of the week.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// Its first quarter hour.
    pub(crate) start: u16,
    /// What may start at each quarter hour of it.
    pub(crate) moments: Vec<Moment>,
    /// Whether one can come to each moment with each lead.
    reached: Vec<bool>,
}

impl Block {
    /// Quarter hours.
    pub(crate) fn len(&self) -> usize {
        self.moments.len()
    }
}

/// The jobs of a line, laid out in time.
#[derive(Clone, Debug)]
pub(crate) struct Board {
    pub(crate) blocks: Vec<Block>,
    /// By how many quarter hours one week may be ahead of the other.
    pub(crate) lead: i32,
    /// Cells of a row: one for each moment and lead.
    pub(crate) width: usize,
    /// Bit of each job.
    pub(crate) bits: Vec<usize>,
}

impl Board {
    pub(crate) fn new(jobs: &[Job], own_span: u16, places: &[Place], width: usize) -> Self {
        let one_week = is_one_week(jobs, places);
        let bits = bits(jobs);
        let end = jobs
            .iter()
            .flat_map(|job| {
                job.options
                    .iter()
                    .map(|option| option.place.start + job.span)
            })
            .chain(places.iter().map(|place| place.start + own_span))
            .max()
            .map_or(0, usize::from);
        let mut moments = vec![Moment::default(); end];
        // Whether somebody may be meeting across the border before this moment.
        let mut under_way = vec![false; end + 1];
        let mut lead = 0;
        let mut note = |start: u16, span: u16, weeks: Weeks| {
            let (start, stop) = (usize::from(start), usize::from(start + span));
            under_way[start + 1..stop].fill(true);
            if weeks != Weeks::BOTH {
                lead = lead.max(i32::from(span));
            }
        };
        for (position, job) in jobs.iter().enumerate() {
            for option in &job.options {
                let weeks = weeks_on(one_week, option.place);
                note(option.place.start, job.span, weeks);
                moments[usize::from(option.place.start)].moves.push(Move {
                    bit: bits[position],
                    job: position,
                    span: i32::from(job.span),
                    weeks,
                    cost: option.cost,
                    index: option.index,
                });
            }
        }
        for (position, place) in places.iter().enumerate() {
            let weeks = weeks_on(one_week, *place);
            note(place.start, own_span, weeks);
            moments[usize::from(place.start)].own.push(Own {
                place: position,
                span: i32::from(own_span),
                weeks,
            });
        }
        let mut board = Self {
            blocks: cut(moments, &under_way),
            lead,
            width,
            bits,
        };
        let reached: Vec<Vec<bool>> = board
            .blocks
            .iter()
            .map(|block| board.reach(block))
            .collect();
        for (block, reached) in board.blocks.iter_mut().zip(reached) {
            block.reached = reached;
        }
        board
    }

    /// From where a block starts, everything that can start or be waited for.
    fn reach(&self, block: &Block) -> Vec<bool> {
        let mut reached = vec![false; (block.len() + 1) * self.leads()];
        let spot = |at: usize, lead: i32| self.row(at, lead) / self.width;
        reached[spot(0, 0)] = true;
        for (at, moment) in block.moments.iter().enumerate() {
            let moves = moment
                .moves
                .iter()
                .map(|option| (option.weeks, option.span));
            let own = moment.own.iter().map(|own| (own.weeks, own.span));
            let mut starts: Vec<(Weeks, i32)> = moves.chain(own).collect();
            starts.sort_unstable();
            starts.dedup();
            for lead in self.leads_from_none() {
                if !reached[spot(at, lead)] {
                    continue;
                }
                for (weeks, span) in &starts {
                    if let Some((later, lead)) = step(lead, *weeks, *span) {
                        reached[spot(at + usize::try_from(later).unwrap_or(0), lead)] = true;
                    }
                }
                reached[spot(at + 1, waited(lead))] = true;
            }
        }
        reached
    }

    /// Whether one can come to that moment of the block with that lead.
    pub(crate) fn is_reached(&self, block: &Block, at: usize, lead: i32) -> bool {
        block.reached[self.row(at, lead) / self.width]
    }

    /// Every lead, none first: from there one comes to the others at the same moment.
    pub(crate) fn leads_from_none(&self) -> impl DoubleEndedIterator<Item = i32> + use<> {
        let leads = (1..=self.lead).flat_map(|lead| [lead, -lead]);
        std::iter::once(0).chain(leads)
    }

    /// Leads a state may have: the first week ahead, the second, or neither.
    pub(crate) fn leads(&self) -> usize {
        usize::try_from(2 * self.lead + 1).unwrap_or(1)
    }

    /// Where a row begins in the table of a block.
    pub(crate) fn row(&self, moment: usize, lead: i32) -> usize {
        let lead = usize::try_from(lead + self.lead).unwrap_or(0);
        (moment * self.leads() + lead) * self.width
    }

    /// Cells of a block's table.
    pub(crate) fn table(&self, block: &Block) -> usize {
        (block.len() + 1) * self.leads() * self.width
    }

    /// Cells of the largest table, twice: once from the end, once from the start.
    pub(crate) fn largest_table(&self) -> usize {
        let largest = self.blocks.iter().map(|block| self.table(block)).max();
        2 * largest.unwrap_or(0)
    }
}

/// The job with the most options has the highest bit: its loops run over the longest stretches.
fn bits(jobs: &[Job]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..jobs.len()).collect();
    order.sort_by_key(|job| (jobs[*job].options.len(), *job));
    let mut bits = vec![0; jobs.len()];
    for (bit, job) in order.into_iter().enumerate() {
        bits[job] = 1 << bit;
    }
    bits
}

fn cut(moments: Vec<Moment>, under_way: &[bool]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for (at, moment) in moments.into_iter().enumerate() {
        if !under_way[at] {
            // Between two blocks nothing starts and nothing is under way: such moments are left out.
            open = !moment.moves.is_empty() || !moment.own.is_empty();
            if open {
                blocks.push(Block {
                    start: u16::try_from(at).unwrap_or(u16::MAX),
                    moments: Vec::new(),
                    reached: Vec::new(),
                });
            }
        }
        if let Some(block) = blocks.last_mut().filter(|_| open) {
            block.moments.push(moment);
        }
    }
    blocks
}

/// The state after something of `span` in `weeks` starts at a moment at which the weeks lie `lead` apart: how much later
/// that is, and the lead then. None where the week in question is not free.
///
/// A positive lead says that the first week is decided further than the second.
#[inline]
pub(crate) fn step(lead: i32, weeks: Weeks, span: i32) -> Option<(i32, i32)> {
    match weeks {
        Weeks::A => (lead <= 0).then(|| (span.min(-lead), lead + span)),
        Weeks::B => (lead >= 0).then(|| (span.min(lead), lead - span)),
        _ => (lead == 0).then_some((span, 0)),
    }
}

/// The lead one quarter hour later, if nothing starts.
#[inline]
pub(crate) fn waited(lead: i32) -> i32 {
    lead - lead.signum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_decides_the_week_that_is_behind() {
        assert_eq!(step(0, Weeks::BOTH, 3), Some((3, 0)));
        assert_eq!(step(0, Weeks::A, 3), Some((0, 3)));
        assert_eq!(step(3, Weeks::B, 2), Some((2, 1)));
        assert_eq!(step(2, Weeks::B, 3), Some((2, -1)));
        assert_eq!(step(2, Weeks::A, 3), None);
        assert_eq!(step(-1, Weeks::BOTH, 3), None);
        assert_eq!(waited(-2), -1);
    }
}
