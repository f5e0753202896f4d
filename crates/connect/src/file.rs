//! A path or standard input: a calendar, an archive or a directory, told by the first bytes.

use crate::directory;
use crate::document::{Kind, Peeked, kind};
use crate::error::SourceError;
use crate::gather::{Gather, single};
use crate::intake::{DocumentName, Intake};
use crate::names;
use crate::options::Options;
use crate::{tarred, zipped};
use std::fs::File;
use std::io::{Cursor, Read, Seek};
use std::path::Path;

/// Reads a path.
pub(crate) fn read(
    path: &Path,
    options: &Options,
    intake: &mut dyn Intake,
) -> Result<(), SourceError> {
    let what = path.display().to_string();
    let meta = path.metadata().map_err(|error| unreadable(&what, &error))?;
    let mut gather = Gather::new(intake);
    if meta.is_dir() {
        directory::read(path, options, &mut gather)?;
        return gather.finish(&what);
    }
    let mut file = File::open(path).map_err(|error| unreadable(&what, &error))?;
    let stem = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let owner = names::calendar_stem(stem).and_then(names::owner);
    if meta.is_file() && starts_like_zip(&mut file, &what)? {
        zipped::read(file, &what, None, &options.limits, &mut gather)?;
        return gather.finish(&what);
    }
    gather
        .intake
        .progress(0, meta.is_file().then_some(meta.len()));
    stream(&mut file, &what, owner, options, &mut gather)
}

/// Reads standard input, or any other stream that cannot seek.
pub(crate) fn read_stream(
    stdin: &mut dyn Read,
    what: &str,
    options: &Options,
    intake: &mut dyn Intake,
) -> Result<(), SourceError> {
    let mut gather = Gather::new(intake);
    stream(stdin, what, None, options, &mut gather)
}

/// Reads a file that is in memory.
pub(crate) fn read_bytes(
    what: &str,
    bytes: &[u8],
    options: &Options,
    intake: &mut dyn Intake,
) -> Result<(), SourceError> {
    let mut gather = Gather::new(intake);
    if kind(bytes) == Kind::Zip {
        let file = Cursor::new(bytes);
        zipped::read(file, what, None, &options.limits, &mut gather)?;
        return gather.finish(what);
    }
    let owner = names::calendar_stem(what).and_then(names::owner);
    stream(&mut { bytes }, what, owner, options, &mut gather)
}

fn stream(
    body: &mut dyn Read,
    what: &str,
    owner: Option<String>,
    options: &Options,
    gather: &mut Gather<'_>,
) -> Result<(), SourceError> {
    let mut peeked = Peeked::new(body).map_err(|error| unreadable(what, &error))?;
    match kind(peeked.head()) {
        Kind::Gzip => {
            tarred::read_gzip(&mut peeked, what, owner, None, &options.limits, gather)?;
        }
        Kind::Tar => {
            tarred::read_tar(&mut peeked, what, None, &options.limits, gather)?;
        }
        _ => {
            let name = DocumentName {
                label: what.to_owned(),
                snapshot: None,
                owner,
            };
            return single(gather.offer(name, &mut peeked), what, None);
        }
    }
    gather.close(what);
    if gather.read > 0 {
        return Ok(());
    }
    Err(SourceError::NoCalendar {
        what: what.to_owned(),
        set_aside: gather.aside,
        unreadable: gather.unreadable,
    })
}

fn starts_like_zip(file: &mut File, what: &str) -> Result<bool, SourceError> {
    let mut head = Vec::new();
    let mut look = || {
        file.by_ref().take(4).read_to_end(&mut head)?;
        file.rewind()
    };
    look().map_err(|error| unreadable(what, &error))?;
    Ok(kind(&head) == Kind::Zip)
}

/// The error for a path that the system does not give.
pub(crate) fn unreadable(what: &str, error: &std::io::Error) -> SourceError {
    SourceError::Unreadable {
        what: what.to_owned(),
        reason: error.to_string(),
    }
}
