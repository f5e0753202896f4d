//! The port through which every source delivers.

use std::io;
use steadfast_calendar::Instant;

/// Which calendar a stream of bytes is, and when it was like that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentName {
    /// How to name it in warnings: the file's path as given, or the entry's path within its archive.
    pub label: String,
    /// The moment of the snapshot; `None` for a single export.
    pub snapshot: Option<Instant>,
    /// Whose calendar it is, where the source says so (`<address>.ics` in a history).
    pub owner: Option<String>,
}

/// Something that was found and not read on purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// Its name.
    pub label: String,
    /// Why: "a holiday calendar", "a birthday calendar", "a subscribed calendar", "not a calendar".
    pub why: String,
}

/// Receives what a source finds. Snapshots arrive in order of time.
pub trait Intake {
    /// A calendar, as a stream of bytes. An error of the stream itself is returned and ends that calendar only.
    fn calendar(&mut self, name: DocumentName, body: &mut dyn io::Read) -> io::Result<()>;

    /// A moment at which the source was looked at; calendars of this snapshot follow. An owner without a calendar
    /// in it is unchanged since their last one.
    fn snapshot(&mut self, at: Instant);

    /// A span in which the source was not looked at or gave nothing usable.
    fn gap(&mut self, from: Instant, to: Instant);

    /// Something found and not read on purpose.
    fn set_aside(&mut self, what: SetAside);

    /// Something odd outside any calendar; the rest is still read.
    fn warning(&mut self, label: &str, message: String);

    /// How far along: bytes done of all, where known.
    fn progress(&mut self, done: u64, of: Option<u64>);
}
