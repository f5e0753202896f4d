//! A directory of successive snapshots (`--history`).
//!
//! Each entry is named by the UTC moment at which it was taken and is one calendar (`20260302T081500Z.ics`), a
//! directory of `<owner>.ics`, or an export as it was downloaded (`20260302T081500Z.zip`, `.tgz`). An owner without
//! a file in a snapshot is unchanged since their last one. A file that cannot be read is a gap for its owner: from
//! the last snapshot before it to the next one that shows that calendar again.

use crate::continuity::Continuity;
use crate::directory::{listing, stays_inside};
use crate::error::SourceError;
use crate::gather::Gather;
use crate::intake::{DocumentName, Intake};
use crate::names;
use crate::options::Options;
use crate::{tarred, zipped};
use jiff::civil::DateTime;
use std::fs::File;
use std::path::{Path, PathBuf};
use steadfast_calendar::Instant;

/// One file of one snapshot.
struct Item {
    path: PathBuf,
    size: u64,
    kind: ItemKind,
}

enum ItemKind {
    /// A calendar; whose, if the file is in a snapshot's directory.
    Calendar(Option<String>),
    /// A zip archive of calendars.
    Zip,
    /// A gzipped tar archive of calendars.
    Tgz,
    /// A directory that cannot be listed.
    Lost(String),
}

/// Reads a history in order of time.
pub(crate) fn read(
    root: &Path,
    options: &Options,
    intake: &mut dyn Intake,
) -> Result<(), SourceError> {
    let what = root.display().to_string();
    let mut gather = Gather::new(intake);
    let snapshots = plan(root, options, &mut gather)?;
    let total = snapshots
        .iter()
        .flat_map(|(_, items)| items)
        .map(|item| item.size)
        .fold(0_u64, u64::saturating_add);
    let (mut done, mut continuity) = (0_u64, Continuity::default());
    for (at, items) in snapshots {
        gather.intake.snapshot(at);
        let unknown_since = continuity.last.unwrap_or(at);
        for item in items {
            gather.intake.progress(done, Some(total));
            done = done.saturating_add(item.size);
            for owner in deliver(item, at, options, &mut continuity, &mut gather) {
                continuity.lost(owner, unknown_since);
            }
        }
        continuity.last = Some(at);
    }
    gather.intake.progress(done, Some(total));
    continuity.close(gather.intake);
    gather.finish(&what)
}

/// The snapshots below `root` in order of time; everything else is set aside.
fn plan(
    root: &Path,
    options: &Options,
    gather: &mut Gather<'_>,
) -> Result<Vec<(Instant, Vec<Item>)>, SourceError> {
    let (mut snapshots, mut count): (Vec<(Instant, Vec<Item>)>, _) = (Vec::new(), 0);
    for path in listing(root)? {
        let Some(at) = moment(&path) else {
            let hidden = file_name(&path).starts_with('.');
            if !hidden {
                let label = path.display().to_string();
                gather.set_aside(label, "not named by a UTC moment such as 20260302T081500Z");
            }
            continue;
        };
        let items = items(root, &path, at, gather);
        count += items.len().max(1);
        if count > options.limits.entries {
            return Err(SourceError::TooLarge {
                what: root.display().to_string(),
                limit: format!("{} files", options.limits.entries),
            });
        }
        snapshots.push((at, items));
    }
    snapshots.sort_by_key(|(at, _)| *at);
    // `20260302T081500Z.ics` beside a directory of the same moment is one snapshot.
    snapshots.dedup_by(|later, earlier| {
        let same = later.0 == earlier.0;
        if same {
            earlier.1.append(&mut later.1);
        }
        same
    });
    Ok(snapshots)
}

/// What one entry of the history holds.
fn items(root: &Path, path: &Path, at: Instant, gather: &mut Gather<'_>) -> Vec<Item> {
    let label = path.display().to_string();
    let item = |path: &Path, kind| Item {
        size: path.metadata().map_or(0, |meta| meta.len()),
        path: path.to_owned(),
        kind,
    };
    if path.is_dir() && !path.is_symlink() {
        let files = match listing(path) {
            Ok(files) => files,
            Err(error) => return vec![item(path, ItemKind::Lost(error.to_string()))],
        };
        return files
            .iter()
            .filter(|file| !file_name(file).starts_with('.'))
            .filter_map(|file| {
                if !regular(root, file) {
                    gather.set_aside(file.display().to_string(), "not a file");
                    return None;
                }
                let name = gather.entry(&label, &file_name(file), Some(at))?;
                Some(item(file, ItemKind::Calendar(name.owner)))
            })
            .collect();
    }
    if !regular(root, path) {
        gather.set_aside(label, "not a file");
        return Vec::new();
    }
    let name = file_name(path).to_lowercase();
    let kind = match name.split_once('.').map(|(_, ending)| ending) {
        Some("zip") => ItemKind::Zip,
        Some("tgz" | "tar.gz") => ItemKind::Tgz,
        _ => ItemKind::Calendar(None),
    };
    vec![item(path, kind)]
}

/// Delivers one file; returns the owners of whom nothing could be read.
fn deliver(
    item: Item,
    at: Instant,
    options: &Options,
    continuity: &mut Continuity,
    gather: &mut Gather<'_>,
) -> Vec<Option<String>> {
    let label = item.path.display().to_string();
    let opened = File::open(&item.path);
    let mut file = match (opened, &item.kind) {
        (_, ItemKind::Lost(reason)) => {
            gather.unreadable += 1;
            gather.intake.warning(&label, reason.clone());
            return vec![None];
        }
        (Err(error), kind) => {
            gather.unreadable += 1;
            gather
                .intake
                .warning(&label, format!("cannot be opened: {error}"));
            return vec![match kind {
                ItemKind::Calendar(owner) => owner.clone(),
                _ => None,
            }];
        }
        (Ok(file), _) => file,
    };
    let limits = &options.limits;
    let archive = match item.kind {
        ItemKind::Calendar(owner) => {
            let name = DocumentName {
                label,
                snapshot: Some(at),
                owner: owner.clone(),
            };
            if gather.offer_or_warn(name, &mut file) {
                continuity.seen(&owner, at, gather.intake);
                return Vec::new();
            }
            return vec![owner];
        }
        ItemKind::Zip => zipped::read(file, &label, Some(at), limits, gather),
        _ => tarred::read_gzip(&mut file, &label, None, Some(at), limits, gather),
    };
    match archive {
        Ok(contents) => {
            for owner in &contents.read {
                continuity.seen(owner, at, gather.intake);
            }
            continuity.seen(&None, at, gather.intake);
            contents.unread
        }
        Err(error) => {
            gather.intake.warning(&label, error.to_string());
            vec![None]
        }
    }
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn regular(root: &Path, path: &Path) -> bool {
    path.symlink_metadata()
        .is_ok_and(|meta| meta.is_file() || meta.is_symlink() && stays_inside(root, path))
}

/// Whether a path is named like a snapshot.
pub(crate) fn names_a_moment(path: &Path) -> bool {
    path.iter()
        .any(|part| part.to_str().and_then(instant).is_some())
}

/// The moment that an archive's entry at `path` is named by, and its name within it: `20260302T081500Z.ics` is the only one of
/// its moment and has none, `20260302T081500Z/work.ics` is `work.ics`.
pub fn moment_of_entry(path: &str) -> Option<(Instant, &str)> {
    let mut after = path;
    loop {
        let (part, rest) = after.split_once('/').unwrap_or((after, ""));
        if let Some(at) = instant(part) {
            return Some((at, rest));
        }
        if rest.is_empty() {
            return None;
        }
        after = rest;
    }
}

/// The moment that an entry of a history is named by.
fn moment(path: &Path) -> Option<Instant> {
    let name = file_name(path);
    let (stem, ending) = match name.split_once('.') {
        Some((stem, ending)) => (stem, Some(ending.to_lowercase())),
        None => (name.as_str(), None),
    };
    let known = match ending.as_deref() {
        None => path.is_dir(),
        Some("zip" | "tgz" | "tar.gz") => true,
        Some(_) => names::calendar_stem(&name).is_some(),
    };
    instant(stem).filter(|_| known)
}

/// `20260302T081500Z`, exactly.
fn instant(text: &str) -> Option<Instant> {
    let text = text.split('.').next()?;
    if text.len() != 16 || !text.ends_with('Z') {
        return None;
    }
    let civil = DateTime::strptime("%Y%m%dT%H%M%SZ", text).ok()?;
    Some(
        civil
            .to_zoned(jiff::tz::TimeZone::UTC)
            .ok()?
            .timestamp()
            .into(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snapshot_is_named_by_its_utc_moment_and_nothing_else() {
        fn check(text: &str, expected: Option<i64>) {
            assert_eq!(instant(text).map(Instant::seconds), expected, "{text}");
        }
        check("20260302T081500Z", Some(1_772_439_300));
        check("20260302T081500Z.ics", Some(1_772_439_300));
        check("19700101T000000Z", Some(0));
        check("20260302T081500", None);
        check("20260302", None);
        check("20261302T081500Z", None);
        check("20260302T251500Z", None);
        check("2026-03-02T08:15:00Z", None);
        check("2026 302T081500Z", None);
    }
}
