//! Zip archives: Google's export (`<name>.ics` at the top), Takeout (`Takeout/Calendar/*.ics`) and any other.
//!
//! Nothing is written to disk, so an entry's path is only a label. Archives inside are not opened.

use crate::archive::{Budget, Contents};
use crate::document::Bounded;
use crate::error::SourceError;
use crate::gather::{Gather, Offered};
use crate::options::Limits;
use std::io::{self, Read, Seek, SeekFrom};
use steadfast_calendar::Instant;
use zip::ZipArchive;
use zip::result::ZipError;

/// Reads every calendar in `file`. A broken entry is a warning, a broken archive an error.
/// Says whose it could read and whose not.
pub(crate) fn read<R: Read + Seek>(
    mut file: R,
    what: &str,
    snapshot: Option<Instant>,
    limits: &Limits,
    gather: &mut Gather<'_>,
) -> Result<Contents, SourceError> {
    check_entry_count(&mut file, what, limits)?;
    let mut archive = ZipArchive::new(file).map_err(|error| broken(what, &error))?;
    let total = (0..archive.len())
        .filter_map(|index| archive.by_index_raw(index).ok().map(|entry| entry.size()))
        .fold(0_u64, u64::saturating_add);
    let mut budget = Budget::new(limits);
    let (mut done, mut locked, mut contents) = (0_u64, 0, Contents::default());
    for index in 0..archive.len() {
        let Some((path, encrypted, packed)) = describe(&mut archive, index) else {
            gather.unreadable += 1;
            gather
                .intake
                .warning(what, format!("entry {} has a broken header", index + 1));
            continue;
        };
        if path.ends_with('/') {
            continue;
        }
        let Some(name) = gather.entry(what, &path, snapshot) else {
            continue;
        };
        if encrypted {
            locked += 1;
            gather.unreadable += 1;
            gather
                .intake
                .warning(&name.label, "locked with a password".to_owned());
            contents.unread.push(name.owner);
            continue;
        }
        gather.intake.progress(done, Some(total));
        let (label, owner) = (name.label.clone(), name.owner.clone());
        let entry = match archive.by_index(index) {
            Ok(entry) => entry,
            Err(error) => {
                gather.unreadable += 1;
                gather
                    .intake
                    .warning(&label, format!("could not be unpacked: {error}"));
                contents.unread.push(owner);
                continue;
            }
        };
        let allowance = budget.allowance(packed);
        let mut body = Bounded::new(entry, allowance);
        let offered = gather.offer(name, &mut body);
        if body.exceeded() {
            return Err(budget.exceeded(&label, allowance));
        }
        let spent = allowance - body.left();
        budget.spend(spent);
        done = done.saturating_add(spent);
        match offered {
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
    gather.intake.progress(done, Some(done));
    if locked > 0 && gather.read == 0 && snapshot.is_none() {
        return Err(SourceError::Encrypted {
            what: what.to_owned(),
        });
    }
    Ok(contents)
}

/// An entry's path, whether it is locked, and its packed size.
fn describe<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    index: usize,
) -> Option<(String, bool, u64)> {
    let entry = archive.by_index_raw(index).ok()?;
    let path = match entry.name() {
        Ok(name) => name.into_owned(),
        Err(_) => String::from_utf8_lossy(entry.name_raw()).into_owned(),
    };
    Some((path, entry.encrypted(), entry.compressed_size()))
}

fn broken(what: &str, error: &ZipError) -> SourceError {
    SourceError::BrokenArchive {
        what: what.to_owned(),
        reason: error.to_string(),
    }
}

/// Refuses an archive that says it has more entries than the limit, before memory is spent on its directory.
/// The largest count that any end-of-directory record in the tail gives is taken (APPNOTE 4.3.14 and 4.3.16).
fn check_entry_count<R: Read + Seek>(
    file: &mut R,
    what: &str,
    limits: &Limits,
) -> Result<(), SourceError> {
    let count = entry_count(file).map_err(|error| SourceError::Unreadable {
        what: what.to_owned(),
        reason: error.to_string(),
    })?;
    if count > limits.entries as u64 {
        return Err(SourceError::TooLarge {
            what: what.to_owned(),
            limit: format!("{} entries", limits.entries),
        });
    }
    Ok(())
}

/// The tail in which the end record lies: itself, the longest comment, and the records of zip64 before it.
const TAIL: u64 = 22 + 0xffff + 76;

fn entry_count<R: Read + Seek>(file: &mut R) -> io::Result<u64> {
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
    let mut tail = Vec::new();
    file.take(TAIL).read_to_end(&mut tail)?;
    file.seek(SeekFrom::Start(0))?;
    let number = |at: usize, width: usize| {
        let bytes = tail.get(at..at + width)?;
        Some(
            bytes
                .iter()
                .rev()
                .fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte)),
        )
    };
    let counts = (0..tail.len()).filter_map(|at| match tail.get(at..at + 4)? {
        b"PK\x05\x06" => number(at + 10, 2).filter(|count| *count != 0xffff),
        b"PK\x06\x06" => number(at + 32, 8),
        _ => None,
    });
    Ok(counts.max().unwrap_or(0))
}
