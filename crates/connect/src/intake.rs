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
    /// Whose calendar it is, where the source says so (`<address>.ics`, a CalDAV principal), in lower case. In a
    /// snapshot it is the file's name even when that is no address: it keeps the calendars of a history apart.
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
    /// A calendar, as a stream of bytes. An error of the stream itself is returned and ends that calendar only;
    /// what was read of it before is to be forgotten, since half a calendar looks like a mass cancellation.
    fn calendar(&mut self, name: DocumentName, body: &mut dyn io::Read) -> io::Result<()>;

    /// A moment at which the source was looked at; calendars of this snapshot follow. An owner without a calendar
    /// in it is unchanged since their last one.
    fn snapshot(&mut self, at: Instant);

    /// A span in which the source was not looked at or gave nothing usable.
    fn gap(&mut self, from: Instant, to: Instant);

    /// A span in which nothing is known of one owner's calendar: it was deleted from the history, or could not be
    /// read. It is told when it ends, so after the snapshots it spans. Unless said otherwise it is a gap for all,
    /// which is less certain and never wrong.
    fn gap_of(&mut self, owner: &str, from: Instant, to: Instant) {
        let _ = owner;
        self.gap(from, to);
    }

    /// Something found and not read on purpose.
    fn set_aside(&mut self, what: SetAside);

    /// So many more things were found and not read on purpose than are named one by one.
    fn more_set_aside(&mut self, label: &str, more: usize) {
        self.warning(label, format!("{more} more things were set aside"));
    }

    /// Something odd outside any calendar; the rest is still read.
    fn warning(&mut self, label: &str, message: String);

    /// How far along: bytes done of all, where known. Told before each calendar and at the end; within a calendar
    /// the intake itself sees the bytes go by.
    fn progress(&mut self, done: u64, of: Option<u64>);
}
