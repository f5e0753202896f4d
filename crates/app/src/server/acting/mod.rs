//! What is done to people's calendars: each thing an intent first, carried out once, read back, told to its owner in plain
//! words, and able to be taken back.
//!
//! Whoever decides (the guard, a person's click) makes a [`NewIntent`](steadfast_store::NewIntent) with [`intent`] and
//! writes it with the facts it comes of. [`step`] carries out what is due: it looks at the object as it is, asks the
//! switches and the cap of the day, writes on the condition that nothing has changed, and ends the intent with what
//! was read back. A crash anywhere repeats from the look, which finds the change made or not; what was decided on a state
//! that is no more ends as changed, and is decided anew.

mod act;
mod action;
mod both;
mod ending;
mod port;
mod switch;
mod take_back;
#[cfg(test)]
mod tests;
mod unsaid;
mod way_back;

pub(in crate::server) use act::way;
pub use act::{Bounds, Step, step};
pub(in crate::server) use action::read as action_of;
pub use action::{Action, EndsOffer, Then, intent};
pub(in crate::server) use ending::deed;
pub use ending::{Came, came_of};
pub use port::{Eyes, Order, Outcome, Pens, Ready};
pub use steadfast_calendar::edit::{Basis, Told};
pub use steadfast_store::ACT as JOB;
pub use switch::{Switches, go_on, go_on_for_all, stop, stop_for_all, stopped, switches};
pub use take_back::{Back, backs, take_back};
pub(in crate::server) use unsaid::{Stands, Unsaid, instead, taken_back};
