//! Reading calendars: every dialect, every warning, laws, and a library that reads the same files beside us.

mod dialects;
mod laws;
mod limits;
mod oracle;
mod show;
mod warnings;
mod zones;
