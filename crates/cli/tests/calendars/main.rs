//! Keeping up with real calendars: what people do in them becomes the ledger that they are shown, whatever breaks.
//!
//! `STEADFAST_DRILL_KILLS` says how often a server is killed: 20 times in the tests, 1,000 in `cargo xtask soak`.

#![expect(
    clippy::unwrap_used,
    reason = "a drill that cannot go on has failed; the line says where"
)]

#[path = "../../src/calendars.rs"]
mod calendars;
#[path = "../../src/chats.rs"]
mod chats;
#[path = "../../src/google.rs"]
#[expect(
    dead_code,
    reason = "nobody is told here where to say that something changed"
)]
mod google;
#[path = "../../src/smtp.rs"]
mod smtp;
#[path = "../../src/writing.rs"]
mod writing;

mod asked;
mod at_google;
mod at_google_dies;
mod begun;
mod bench;
mod busy;
mod child;
mod crash;
mod dav;
mod facts;
mod feed;
mod guarded;
mod imip;
mod kill;
mod mailed;
mod nodes;
mod offered;
mod onward;
mod pages;
mod peers;
mod picked;
mod process;
mod proposed;
mod story;
mod town;
mod tuesdays;
mod unread;
