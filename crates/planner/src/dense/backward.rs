//! From the end of the week to its start: what it costs at least to go on from a state.

use super::KEPT_BYTES;
use super::cells::{Cell, pull};
use crate::line::Job;
use crate::line::board::{Block, Board, step, waited};

/// What it costs to go on from the start of each block, and the tables that were kept.
pub(super) struct Back<C> {
    /// One row for the start of each block, and one for the end of the last.
    starts: Vec<Vec<C>>,
    tables: Vec<Option<Vec<C>>>,
}

impl<C: Cell> Back<C> {
    /// The row at the start of the week.
    pub(super) fn first_row(&self) -> &[C] {
        &self.starts[0]
    }

    /// The table of a block, kept or built again.
    pub(super) fn table(&self, board: &Board, block: usize) -> std::borrow::Cow<'_, [C]> {
        match &self.tables[block] {
            Some(table) => table.into(),
            None => table(board, &board.blocks[block], &self.starts[block + 1]).into(),
        }
    }
}

pub(super) fn all<C: Cell>(board: &Board, jobs: &[Job]) -> Back<C> {
    let blocks = board.blocks.len();
    let mut back = Back {
        starts: vec![Vec::new(); blocks + 1],
        tables: vec![None; blocks],
    };
    back.starts[blocks] = left_out(board, jobs);
    let mut kept = 0;
    for (position, block) in board.blocks.iter().enumerate().rev() {
        let table = table(board, block, &back.starts[position + 1]);
        let start = board.row(0, 0);
        back.starts[position] = table[start..start + board.width].to_vec();
        kept += table.len() * size_of::<C>();
        back.tables[position] = (kept <= KEPT_BYTES).then_some(table);
    }
    back
}

/// At the end of the week every job without a place costs its drop.
fn left_out<C: Cell>(board: &Board, jobs: &[Job]) -> Vec<C> {
    let mut row = vec![0_u64; board.width];
    for (job, bit) in jobs.iter().zip(&board.bits) {
        for (set, cost) in row.iter_mut().enumerate() {
            if set & bit == 0 {
                *cost += u64::from(job.drop);
            }
        }
    }
    row.into_iter().map(C::of).collect()
}

/// The table of one block: the cost from each of its moments, at each lead, for each set that has a place already.
fn table<C: Cell>(board: &Board, block: &Block, after: &[C]) -> Vec<C> {
    let sets = board.width;
    let mut table = vec![C::FAR; board.table(block)];
    let end = board.row(block.len(), 0);
    table[end..end + sets].copy_from_slice(after);
    for (at, moment) in block.moments.iter().enumerate().rev() {
        // A state without a lead goes on to one with a lead at the same moment, so that comes last.
        for lead in board.leads_from_none().rev() {
            if !board.is_reached(block, at, lead) {
                continue;
            }
            let here = board.row(at, lead);
            let wait = board.row(at + 1, waited(lead));
            table.copy_within(wait..wait + board.width, here);
            for option in &moment.moves {
                let Some((later, lead)) = step(lead, option.weeks, option.span) else {
                    continue;
                };
                let next = board.row(at + usize::try_from(later).unwrap_or(0), lead);
                let (into, from) = two(&mut table, here, next, sets);
                pull(into, from, option.bit, C::of(u64::from(option.cost)));
            }
        }
    }
    table
}

/// Two different rows of a table, the first to be changed.
pub(super) fn two<C>(table: &mut [C], into: usize, from: usize, sets: usize) -> (&mut [C], &[C]) {
    if into < from {
        let (left, right) = table.split_at_mut(from);
        (&mut left[into..into + sets], &right[..sets])
    } else {
        let (left, right) = table.split_at_mut(into);
        (&mut right[..sets], &left[from..from + sets])
    }
}
