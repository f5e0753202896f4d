//! One person's line, exactly, by dynamic programming over (time, how far the two weeks are apart, who has a place).
//!
//! The state is the moment up to which both weeks are decided, by how much one of them is ahead (because something of
//! every second week lies in it), and the set of jobs that have a place. A table row holds the costs of all sets for one
//! moment and one lead, so that the inner loops run over plain arrays. Cost: options × 2^(jobs − 1) × leads.
//!
//! The week falls into blocks (`line::board`) between which nothing is under way; a block's table is built when it is needed, and
//! between blocks only one row is kept. That bounds the memory: fifteen reports take some 90 MB, not a gigabyte.

mod backward;
mod cells;
mod forward;
mod trace;

use crate::line::board::Board;
use crate::line::{Job, Settled, Taken};
use crate::week::Place;
use cells::Cell;

/// More jobs are never tried: a row alone would take a megabyte.
const MOST_JOBS: usize = 18;

/// Bytes that the table of one block may take.
const TABLE_BYTES: usize = 96 << 20;

/// Bytes of tables that are kept between the pass back and the pass forth, instead of being built again.
const KEPT_BYTES: usize = 24 << 20;

/// The least cost of a line: with nothing else on it, and with the own 1:1 at each of `places`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Least {
    pub(crate) alone: u64,
    pub(crate) with: Vec<u64>,
}

/// Whether the tables for these jobs fit.
pub(crate) fn fits(jobs: &[Job], span: u16, places: &[Place]) -> bool {
    jobs.len() <= MOST_JOBS
        && Board::new(jobs, span, places, sets(jobs)).largest_table() * jobs_cell_bytes(jobs)
            <= TABLE_BYTES
}

/// Sets of jobs, and of as many as fill the lanes where there are few.
fn sets(jobs: &[Job]) -> usize {
    (1 << jobs.len()).max(cells::LANES)
}

fn dearest(jobs: &[Job]) -> u64 {
    jobs.iter().map(|job| u64::from(job.drop)).sum()
}

fn jobs_cell_bytes(jobs: &[Job]) -> usize {
    match dearest(jobs) {
        dearest if dearest < i16::LIMIT => 2,
        dearest if dearest < i32::LIMIT => 4,
        _ => 8,
    }
}

/// The least cost of the line, alone and with the own 1:1 of `span` at each of `places`.
pub(crate) fn least(jobs: &[Job], span: u16, places: &[Place]) -> Least {
    match jobs_cell_bytes(jobs) {
        2 => least_in::<i16>(jobs, span, places),
        4 => least_in::<i32>(jobs, span, places),
        _ => least_in::<i64>(jobs, span, places),
    }
}

/// The best way for every job, with the own 1:1 where it is `taken`. Of equally dear ones: read from the start of the
/// week, at the first difference a 1:1 goes before none, and the job that is listed first before the others.
pub(crate) fn settle(jobs: &[Job], taken: Option<Taken>) -> Vec<Settled> {
    let clear: Vec<Job> = match taken {
        Some(taken) => jobs.iter().map(|job| job.clear_of(taken)).collect(),
        None => jobs.to_vec(),
    };
    match jobs_cell_bytes(&clear) {
        2 => settle_in::<i16>(&clear).1,
        4 => settle_in::<i32>(&clear).1,
        _ => settle_in::<i64>(&clear).1,
    }
}

/// The least cost of a line that nothing else is on, and the best way for every job.
pub(crate) fn decide(jobs: &[Job]) -> (u64, Vec<Settled>) {
    match jobs_cell_bytes(jobs) {
        2 => settle_in::<i16>(jobs),
        4 => settle_in::<i32>(jobs),
        _ => settle_in::<i64>(jobs),
    }
}

fn least_in<C: Cell>(jobs: &[Job], span: u16, places: &[Place]) -> Least {
    let board = Board::new(jobs, span, places, sets(jobs));
    let back = backward::all::<C>(&board, jobs);
    let mut least = Least {
        alone: back.first_row()[0].value(),
        with: vec![u64::MAX; places.len()],
    };
    if !places.is_empty() {
        forward::insert(&board, &back, &mut least.with);
    }
    least
}

fn settle_in<C: Cell>(jobs: &[Job]) -> (u64, Vec<Settled>) {
    let board = Board::new(jobs, 1, &[], sets(jobs));
    let back = backward::all::<C>(&board, jobs);
    let settled = trace::settle(&board, &back, jobs);
    (back.first_row()[0].value(), settled)
}
