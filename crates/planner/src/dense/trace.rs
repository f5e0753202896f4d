//! The plan itself, read off the table from the start of the week.

use super::backward::Back;
use super::cells::Cell;
use crate::line::board::{Board, step, waited};
use crate::line::{Job, Settled};

pub(super) fn settle<C: Cell>(board: &Board, back: &Back<C>, jobs: &[Job]) -> Vec<Settled> {
    let mut settled = vec![None; jobs.len()];
    let mut set = 0;
    for (position, block) in board.blocks.iter().enumerate() {
        let table = back.table(board, position);
        let (mut at, mut lead) = (0, 0);
        while at < block.len() {
            let cost = table[board.row(at, lead) + set];
            let taken = block.moments[at].moves.iter().find_map(|option| {
                if set & option.bit != 0 {
                    return None;
                }
                let (later, lead) = step(lead, option.weeks, option.span)?;
                let at = at + usize::try_from(later).unwrap_or(0);
                let then = table[board.row(at, lead) + (set | option.bit)];
                let same = then < C::FAR && then.plus(C::of(u64::from(option.cost))) == cost;
                same.then_some((option, at, lead))
            });
            match taken {
                Some((option, later, ahead)) => {
                    settled[option.job] = Some(option.index);
                    set |= option.bit;
                    (at, lead) = (later, ahead);
                }
                None => (at, lead) = (at + 1, waited(lead)),
            }
        }
    }
    settled
}
