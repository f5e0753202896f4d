//! Tar archives, mostly `.tgz` from Takeout. Read as a stream, so they also come through standard input.

use crate::archive::{Budget, Contents};
use crate::document::Kind;
use crate::document::{Bounded, Peeked, kind};
use crate::error::SourceError;
use crate::gather::{Gather, Offered, single};
use crate::intake::DocumentName;
use crate::options::Limits;
use flate2::read::MultiGzDecoder;
use std::cell::Cell;
use std::io::{self, Read};
use steadfast_calendar::Instant;
use tar::{Archive, EntryType};

/// Bytes of an extension header that are kept: the longest path that any system allows is 32 KiB.
const EXTENSION: u64 = 64 * 1024;

/// Reads a gzip stream: a tar archive, or one packed calendar.
pub(crate) fn read_gzip(
    packed: &mut dyn Read,
    what: &str,
    owner: Option<String>,
    snapshot: Option<Instant>,
    limits: &Limits,
    gather: &mut Gather<'_>,
) -> Result<Contents, SourceError> {
    let taken = Cell::new(0);
    let unpacked = MultiGzDecoder::new(Counted {
        inner: packed,
        taken: &taken,
    });
    let mut fair = Fair {
        inner: unpacked,
        taken: &taken,
        given: 0,
        limits,
        exceeded: Cell::new(false),
    };
    let outcome = {
        let mut peeked = Peeked::new(&mut fair).map_err(|error| broken(what, &error))?;
        if kind(peeked.head()) == Kind::Tar {
            read_tar(&mut peeked, what, snapshot, limits, gather)
        } else {
            let name = DocumentName {
                label: what.to_owned(),
                snapshot,
                owner,
            };
            single(gather.offer(name, &mut peeked), what, None).map(|()| Contents::default())
        }
    };
    if fair.exceeded.get() {
        return Err(SourceError::TooLarge {
            what: what.to_owned(),
            limit: format!("{} times its packed size", limits.unpack_ratio),
        });
    }
    outcome
}

/// Reads every calendar of a tar archive. Says whose it could read and whose not.
pub(crate) fn read_tar(
    stream: &mut dyn Read,
    what: &str,
    snapshot: Option<Instant>,
    limits: &Limits,
    gather: &mut Gather<'_>,
) -> Result<Contents, SourceError> {
    let mut whole = Bounded::new(stream, limits.unpacked_bytes);
    let outcome = entries(&mut whole, what, snapshot, limits, gather);
    if whole.exceeded() {
        return Err(Budget::new(limits).exceeded(what, u64::MAX));
    }
    outcome
}

fn entries(
    stream: &mut dyn Read,
    what: &str,
    snapshot: Option<Instant>,
    limits: &Limits,
    gather: &mut Gather<'_>,
) -> Result<Contents, SourceError> {
    let mut archive = Archive::new(stream);
    // Raw: the library would keep a long name of any length in memory before we could look at it.
    let entries = archive
        .entries()
        .map_err(|error| broken(what, &error))?
        .raw(true);
    let (mut long_name, mut contents) = (None, Contents::default());
    for (count, entry) in entries.enumerate() {
        if count >= limits.entries {
            return Err(SourceError::TooLarge {
                what: what.to_owned(),
                limit: format!("{} entries", limits.entries),
            });
        }
        let mut entry = match entry {
            Ok(entry) => entry,
            // Past a broken header nothing can be found again; what was read before it stays.
            Err(error) if gather.read > 0 => {
                gather
                    .intake
                    .warning(what, format!("broken after entry {count}: {error}"));
                gather.unreadable += 1;
                contents.unread.push(None);
                break;
            }
            Err(error) => return Err(broken(what, &error)),
        };
        match entry.header().entry_type() {
            EntryType::GNULongName => {
                long_name = Some(until_nul(&beginning(&mut entry)));
                continue;
            }
            EntryType::XHeader => {
                long_name = pax_path(&beginning(&mut entry)).or(long_name);
                continue;
            }
            EntryType::Regular | EntryType::Continuous => {}
            _ => {
                long_name = None;
                continue;
            }
        }
        let path = long_name
            .take()
            .unwrap_or_else(|| String::from_utf8_lossy(&entry.path_bytes()).into_owned());
        let Some(name) = gather.entry(what, &path, snapshot) else {
            continue;
        };
        let (label, owner) = (name.label.clone(), name.owner.clone());
        gather.intake.progress(entry.raw_file_position(), None);
        match gather.offer(name, &mut entry) {
            Offered::Read => contents.read.push(owner),
            Offered::NotACalendar(looks_like) => {
                contents.unread.push(owner);
                gather
                    .intake
                    .warning(&label, format!("not a calendar but {looks_like}; not read"));
            }
            Offered::Broken(error) => {
                contents.unread.push(owner);
                gather
                    .intake
                    .warning(&label, format!("could not be read to its end: {error}"));
            }
        }
    }
    Ok(contents)
}

fn beginning(entry: &mut impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    // A header that breaks off gives a name that breaks off; the entry itself tells the error.
    drop(entry.take(EXTENSION).read_to_end(&mut bytes));
    bytes
}

fn until_nul(bytes: &[u8]) -> String {
    let name = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
    String::from_utf8_lossy(name).into_owned()
}

/// The `path` record of a pax header (POSIX pax interchange format).
fn pax_path(bytes: &[u8]) -> Option<String> {
    tar::PaxExtensions::new(bytes)
        .filter_map(Result::ok)
        .find(|record| record.key_bytes() == b"path")
        .map(|record| String::from_utf8_lossy(record.value_bytes()).into_owned())
}

fn broken(what: &str, error: &io::Error) -> SourceError {
    SourceError::BrokenArchive {
        what: what.to_owned(),
        reason: error.to_string(),
    }
}

/// Counts packed bytes.
struct Counted<'a> {
    inner: &'a mut dyn Read,
    taken: &'a Cell<u64>,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.taken.set(self.taken.get() + count as u64);
        Ok(count)
    }
}

/// Ends in an error when far more came out than any calendar would give for what went in.
struct Fair<'a, R> {
    inner: R,
    taken: &'a Cell<u64>,
    given: u64,
    limits: &'a Limits,
    exceeded: Cell<bool>,
}

impl<R: Read> Read for Fair<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given > Budget::new(self.limits).allowance(self.taken.get()) {
            self.exceeded.set(true);
            return Err(io::Error::other("unpacks to too much"));
        }
        let count = self.inner.read(buffer)?;
        self.given += count as u64;
        Ok(count)
    }
}
