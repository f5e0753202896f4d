//! Every kind of source, read through the front door.

mod archives;
mod caldav;
mod caldav_answers;
mod common;
mod encrypted;
mod feeds;
mod files;
mod git;
mod history;
mod scripted;
