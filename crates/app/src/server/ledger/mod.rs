//! The ledger of signed-in people: what was seen and said goes in, what one person may see comes out.

mod acts;
mod declare;
mod earlier;
mod history;
mod kept;
mod looks;
mod mattered;
mod offered;
mod others;
mod own;
mod partners;
mod rebuild;
mod say;
mod standing;
mod take_in;
#[cfg(test)]
mod tests;
mod view;
mod warm;
mod watch;

pub(super) use acts::acted;
pub use declare::{Declared, declare, declared};
pub use earlier::earlier;
pub(in crate::server) use kept::zone_told;
pub use kept::{AHEAD, Kept, VIEW, ahead, ahead_beside, kept};
pub use looks::has_shown_a_calendar;
pub(crate) use looks::{Whole, whole_stream};
pub(super) use mattered::{all_that_mattered, mattered_to};
pub use mattered::{may_matter, say_whether_it_mattered, what_mattered};
pub use offered::offered;
pub use own::Own;
pub use rebuild::{Rebuilt, rebuild};
pub use say::{Said, Word, say};
pub(super) use say::{last_words, said};
pub(super) use standing::{Place, Standing};
pub use take_in::{Document, Offered, Prepared, Snapshot, TakenIn, prepare, prepare_as, take_in};
pub(super) use view::{Judging, judge_as, report};
pub(crate) use warm::news_of;
pub use warm::{JUDGE, judge_ahead};
pub(in crate::server) use warm::{jobs_of, judge_now};
