//! A directory of calendars: unpacked exports, or a vdir (one folder per calendar, one file per event).

use crate::error::SourceError;
use crate::file::unreadable;
use crate::gather::Gather;
use crate::history;
use crate::options::Options;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Reads every calendar below `root`, in order of name. Names that begin with a dot are passed over: they are the
/// insides of other programs (`.git`, `.Radicale.props`).
pub(crate) fn read(
    root: &Path,
    options: &Options,
    gather: &mut Gather<'_>,
) -> Result<(), SourceError> {
    let what = root.display().to_string();
    let mut found = Vec::new();
    walk(root, root, 0, options, gather, &mut found)?;
    let snapshots = found
        .iter()
        .filter(|(_, path, _)| history::names_a_moment(Path::new(path)))
        .count();
    if snapshots > 1 && snapshots == found.len() {
        let advice =
            "its entries are named like snapshots; read it with --history to see what changed"
                .to_owned();
        gather.intake.warning(&what, advice);
    }
    let total = found
        .iter()
        .map(|(_, _, size)| size)
        .fold(0_u64, |sum, size| sum.saturating_add(*size));
    let mut done = 0_u64;
    for (file, relative, size) in found {
        let Some(name) = gather.entry(&what, &relative, None) else {
            continue;
        };
        gather.intake.progress(done, Some(total));
        done = done.saturating_add(size);
        match File::open(&file) {
            Ok(mut body) => {
                gather.offer_or_warn(name, &mut body);
            }
            Err(error) => {
                gather.unreadable += 1;
                gather
                    .intake
                    .warning(&name.label, format!("cannot be opened: {error}"));
            }
        }
    }
    gather.intake.progress(done, Some(total));
    Ok(())
}

/// A file to read: where, its path below the root, its size.
type Found = (PathBuf, String, u64);

fn walk(
    root: &Path,
    folder: &Path,
    depth: usize,
    options: &Options,
    gather: &mut Gather<'_>,
    found: &mut Vec<Found>,
) -> Result<(), SourceError> {
    let label = |path: &Path| {
        path.strip_prefix(root)
            .unwrap_or(path)
            .display()
            .to_string()
    };
    for path in listing(folder)? {
        let hidden = path
            .file_name()
            .and_then(|name| name.to_str())
            .is_some_and(|name| name.starts_with('.'));
        if hidden {
            continue;
        }
        if found.len() + gather.aside >= options.limits.entries {
            return Err(SourceError::TooLarge {
                what: root.display().to_string(),
                limit: format!("{} files", options.limits.entries),
            });
        }
        let Ok(meta) = path.symlink_metadata() else {
            continue;
        };
        if meta.is_dir() {
            if depth + 1 >= options.limits.depth {
                gather.set_aside(path.display().to_string(), "nested too deeply");
            } else if let Err(error) = walk(root, &path, depth + 1, options, gather, found) {
                if matches!(error, SourceError::TooLarge { .. }) {
                    return Err(error);
                }
                gather
                    .intake
                    .warning(&path.display().to_string(), error.to_string());
            }
            continue;
        }
        let regular = meta.is_file() || meta.is_symlink() && stays_inside(root, &path);
        if regular {
            let size = path.metadata().map_or(0, |meta| meta.len());
            found.push((path.clone(), label(&path), size));
        } else {
            let why = if meta.is_symlink() {
                "a link that leads elsewhere"
            } else {
                "not a file"
            };
            gather.set_aside(path.display().to_string(), why);
        }
    }
    Ok(())
}

/// The paths in a folder, sorted by name.
pub(crate) fn listing(folder: &Path) -> Result<Vec<PathBuf>, SourceError> {
    let name = folder.display().to_string();
    let entries = fs::read_dir(folder).map_err(|error| unreadable(&name, &error))?;
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .collect();
    paths.sort();
    Ok(paths)
}

/// Whether a link leads to a regular file within `root`. Links to folders are not followed: they can go in circles.
pub(crate) fn stays_inside(root: &Path, link: &Path) -> bool {
    let (Ok(root), Ok(target)) = (root.canonicalize(), link.canonicalize()) else {
        return false;
    };
    target.starts_with(root) && target.is_file()
}
