//! The organisation: who is in it, who reports to whom from when to when, which addresses are one person, and who may
//! move somebody's 1:1s for them.
//!
//! Whoever set the server up keeps it ([`Administrator`]); a person says their own delegates, and what other address is
//! theirs, where that is safe. Everybody sees who is there and who reports to whom today ([`Chart`]); dates, addresses and
//! delegates are for those they are about, and for whoever keeps it. Nothing of a 1:1 is in here.

mod administrator;
mod chart;
mod file;
mod forms;
mod hours;
mod keep;
mod leaving;
mod mine;
mod mistake;
mod mistyped;
mod near;
mod not_here;
mod organisation;
mod perhaps_me;
mod place;
mod plan;
#[cfg(test)]
pub(in crate::server) mod tests;
mod turns;
mod write;
mod zone;

pub use administrator::Administrator;
pub use chart::{Chart, ChartPerson, chart, managers_today, today_among_own};
pub use file::{Left, Offer, apply, offer};
pub use hours::{DAYS, say_hours};
pub(in crate::server) use hours::{all_hours, hours_in_words, hours_of, hours_of_all};
pub use keep::{Change, Kept, change, kept_organisation};
pub use leaving::{Again, TakenOut, taken_out};
pub(in crate::server) use mine::own_lines;
pub use mine::{AboutMe, about_me, forget_address, name_delegate, unname_delegate};
pub(crate) use mine::{Claim, let_go};
pub use mistyped::{Unlisted, count_mistyped, meant, meant_of_list, mistyped};
pub use near::other_addresses;
pub(crate) use near::{Near, near, rows_of};
pub use not_here::not_here;
pub use organisation::{DatedLine, Known, Organisation, key_of, organisation, version};
pub(crate) use perhaps_me::perhaps_me;
pub use place::{Place, my_place};
pub use plan::Difference;
pub use steadfast_guard::world::person::Hours;
pub(in crate::server) use turns::turns;
pub use zone::own_today;
pub(in crate::server) use zone::zone_of;
