//! The pages that people look into, as one router.
//!
//! Handlers take a request apart, call one use case, and hand what it gives to a page; pages are pure functions. What
//! the server needs of the outside world (clock, chance, a place for its log) is lent to it as a [`World`].

mod api;
mod assets;
mod counts;
mod days;
mod demo_bar;
mod form;
mod free_busy;
mod google;
mod guard;
mod layers;
mod layout;
mod ledger;
mod limits;
mod live;
mod mailing;
mod me;
mod origin;
mod pages;
mod passkeys;
mod passwords;
mod people;
mod played;
mod refusal;
mod routes;
mod serve;
mod server;
mod sync;
mod world;
mod writes;

pub use api::spec::openapi;
pub use days::{Days, MadeDay, MakeDay};
pub use google::{Allowed, GivingBack, Google, Taking, Watches, Watching};
pub use mailing::{Chats, Mailing, Posting, Posts};
pub use passwords::Argon2Passwords;
pub use played::{Played, PlayedAs, PlayedPromise, PlayedWay};
pub use routes::{Needs, ROUTES, Route};
pub use serve::{serve, serve_days};
pub use server::{Demo, Server};
pub use world::{Ask, Asked, Open, Random, World};
pub use writes::{Looked, Looking, Reading, Sending, Telling, Writes, WritesNothing};
