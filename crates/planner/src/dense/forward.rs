//! From the start of the week to its end: what it cost at least to come to a state; and, where the two meet, the own 1:1
//! put between them.

use super::backward::{Back, two};
use super::cells::{Cell, meet, merge, push};
use crate::line::board::{Block, Board, step, waited};

/// Lowers `with[place]` to the least cost of the line with the own 1:1 at that place.
pub(super) fn insert<C: Cell>(board: &Board, back: &Back<C>, with: &mut [u64]) {
    let mut before = vec![C::FAR; board.width];
    before[0] = C::of(0);
    for (position, block) in board.blocks.iter().enumerate() {
        let after = back.table(board, position);
        before = through(board, block, &before, &after, with);
    }
}

fn through<C: Cell>(
    board: &Board,
    block: &Block,
    before: &[C],
    after: &[C],
    with: &mut [u64],
) -> Vec<C> {
    let sets = board.width;
    let mut table = vec![C::FAR; board.table(block)];
    let start = board.row(0, 0);
    table[start..start + sets].copy_from_slice(before);
    for (at, moment) in block.moments.iter().enumerate() {
        // A state without a lead leads to one with a lead at the same moment, so that comes first.
        for lead in board.leads_from_none() {
            if !board.is_reached(block, at, lead) {
                continue;
            }
            let here = board.row(at, lead);
            for option in &moment.moves {
                let Some((later, lead)) = step(lead, option.weeks, option.span) else {
                    continue;
                };
                let next = board.row(at + usize::try_from(later).unwrap_or(0), lead);
                let (into, from) = two(&mut table, next, here, sets);
                push(into, from, option.bit, C::of(u64::from(option.cost)));
            }
            for own in &moment.own {
                let Some((later, lead)) = step(lead, own.weeks, own.span) else {
                    continue;
                };
                let next = board.row(at + usize::try_from(later).unwrap_or(0), lead);
                let cost = meet(&table[here..here + sets], &after[next..next + sets]);
                if cost < C::FAR {
                    with[own.place] = with[own.place].min(cost.value());
                }
            }
            let wait = board.row(at + 1, waited(lead));
            let (into, from) = two(&mut table, wait, here, sets);
            merge(into, from);
        }
    }
    let end = board.row(block.len(), 0);
    table[end..end + sets].to_vec()
}
