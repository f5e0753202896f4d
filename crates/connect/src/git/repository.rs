//! The two parts of a git repository that are needed: where `HEAD` points, and the objects.

use crate::error::SourceError;
use crate::options::Limits;
use gix_hash::{Kind, ObjectId};
use gix_object::bstr::ByteSlice;
use gix_object::tree::EntryKind;
use gix_object::{CommitRef, Find, FindHeader, TreeRefIter};
use gix_odb::store::init::Options;
use gix_ref::file::{ReferenceExt, Store};
use std::fs;
use std::path::{Path, PathBuf};
use steadfast_calendar::Instant;

/// Bytes that a commit or tree may have; one that is larger is nobody's.
const STRUCTURE: u64 = 64 << 20;

/// Bytes of unpacked objects that are kept: successive states of one calendar are packed as deltas of each other.
const KEPT: usize = 16 << 20;

/// An opened repository.
pub(super) struct Repository {
    objects: gix_odb::Handle,
    refs: Store,
    what: String,
}

/// What lies at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    File(ObjectId),
    Tree(ObjectId),
}

/// What a commit says of itself.
pub(super) struct Said {
    pub(super) tree: ObjectId,
    pub(super) first_parent: Option<ObjectId>,
    pub(super) at: Instant,
}

impl Repository {
    /// Opens a work tree, a `.git` or a bare repository.
    pub(super) fn open(path: &Path, limits: &Limits) -> Result<Self, SourceError> {
        let what = path.display().to_string();
        let trouble = |reason: String| SourceError::Repository {
            what: what.clone(),
            reason,
        };
        let git = git_folder(path).map_err(&trouble)?;
        let common = common_folder(&git);
        let limit = limits.blob_bytes.max(STRUCTURE);
        let options = Options {
            alloc_limit_bytes: Some(usize::try_from(limit).unwrap_or(usize::MAX)),
            ..Options::default()
        };
        let mut objects = gix_odb::at_opts(common.join("objects"), Kind::Sha1, None, options)
            .map_err(|error| trouble(format!("no objects: {error}")))?;
        objects.set_pack_cache(|| Box::new(gix_pack::cache::lru::MemoryCappedHashmap::new(KEPT)));
        let refs = if common == git {
            Store::at(git, Kind::Sha1)
        } else {
            Store::for_linked_worktree(git, common, Kind::Sha1)
        };
        Ok(Self {
            objects,
            refs,
            what,
        })
    }

    /// The commit that is checked out.
    pub(super) fn head(&self) -> Result<ObjectId, SourceError> {
        let trouble = |reason: String| SourceError::Repository {
            what: self.what.clone(),
            reason,
        };
        let mut head = self
            .refs
            .try_find("HEAD")
            .map_err(|error| trouble(error.to_string()))?
            .ok_or_else(|| trouble("it has no HEAD".to_owned()))?;
        head.peel_to_id(&self.refs, &self.objects)
            .map_err(|_| trouble("it has no commit yet, or its HEAD is broken".to_owned()))
    }

    /// An error of this repository.
    pub(super) fn trouble(&self, reason: String) -> SourceError {
        SourceError::Repository {
            what: self.what.clone(),
            reason,
        }
    }

    /// A commit; `None` if it is not there, as in a shallow clone.
    pub(super) fn commit(&self, id: ObjectId) -> Result<Option<Said>, String> {
        let mut buffer = Vec::new();
        let Some(data) = self.object(id, gix_object::Kind::Commit, STRUCTURE, &mut buffer)? else {
            return Ok(None);
        };
        let commit = CommitRef::from_bytes(data, Kind::Sha1)
            .map_err(|error| format!("commit {id}: {error}"))?;
        let time = commit
            .time()
            .map_err(|error| format!("commit {id}: {error}"))?;
        Ok(Some(Said {
            tree: commit.tree(),
            first_parent: commit.parents().next(),
            at: Instant::from_seconds(time.seconds),
        }))
    }

    /// What lies at `path` below a tree. Links and other repositories are nothing.
    pub(super) fn lookup(&self, tree: ObjectId, path: &str) -> Result<Option<Place>, String> {
        let mut place = Place::Tree(tree);
        for part in path
            .split('/')
            .filter(|part| !part.is_empty() && *part != ".")
        {
            let Place::Tree(tree) = place else {
                return Ok(None);
            };
            let mut buffer = Vec::new();
            let Some(data) = self.object(tree, gix_object::Kind::Tree, STRUCTURE, &mut buffer)?
            else {
                return Err(format!("tree {tree} is missing"));
            };
            let mut next = None;
            for entry in TreeRefIter::from_bytes(data, Kind::Sha1) {
                let entry = entry.map_err(|error| format!("tree {tree}: {error}"))?;
                if entry.filename == part.as_bytes() {
                    next = match entry.mode.kind() {
                        EntryKind::Tree => Some(Place::Tree(entry.oid.to_owned())),
                        EntryKind::Blob | EntryKind::BlobExecutable => {
                            Some(Place::File(entry.oid.to_owned()))
                        }
                        EntryKind::Link | EntryKind::Commit => None,
                    };
                    break;
                }
            }
            match next {
                Some(next) => place = next,
                None => return Ok(None),
            }
        }
        Ok(Some(place))
    }

    /// The files directly below a tree, by name. Names are only ever labels; nothing is written to disk.
    pub(super) fn files_in(
        &self,
        tree: ObjectId,
        most: usize,
    ) -> Result<Vec<(String, ObjectId)>, String> {
        let mut buffer = Vec::new();
        let Some(data) = self.object(tree, gix_object::Kind::Tree, STRUCTURE, &mut buffer)? else {
            return Err(format!("tree {tree} is missing"));
        };
        let mut files = Vec::new();
        for entry in TreeRefIter::from_bytes(data, Kind::Sha1) {
            let entry = entry.map_err(|error| format!("tree {tree}: {error}"))?;
            if matches!(
                entry.mode.kind(),
                EntryKind::Blob | EntryKind::BlobExecutable
            ) {
                if files.len() >= most {
                    return Err(format!("more than {most} files"));
                }
                files.push((
                    entry.filename.to_str_lossy().into_owned(),
                    entry.oid.to_owned(),
                ));
            }
        }
        Ok(files)
    }

    /// A file's bytes; `None` if they are more than `most`.
    pub(super) fn blob(&self, id: ObjectId, most: u64) -> Result<Option<Vec<u8>>, String> {
        let header = self
            .objects
            .try_header(&id)
            .map_err(|error| format!("its content is broken: {error}"))?;
        match header {
            None => return Err("its content is missing".to_owned()),
            Some(header) if header.size > most => return Ok(None),
            Some(_) => {}
        }
        let mut buffer = Vec::new();
        if self
            .object(id, gix_object::Kind::Blob, most, &mut buffer)?
            .is_none()
        {
            return Err("its content is missing".to_owned());
        }
        Ok(Some(buffer))
    }

    /// An object of a kind, decoded into `buffer`. Its size is looked at before anything is unpacked.
    fn object<'a>(
        &self,
        id: ObjectId,
        kind: gix_object::Kind,
        most: u64,
        buffer: &'a mut Vec<u8>,
    ) -> Result<Option<&'a [u8]>, String> {
        let broken = |error: &dyn std::fmt::Display| format!("{kind} {id} is broken: {error}");
        match self
            .objects
            .try_header(&id)
            .map_err(|error| broken(&error))?
        {
            None => return Ok(None),
            Some(header) if header.size > most => return Err(broken(&"it is too large")),
            Some(_) => {}
        }
        match self
            .objects
            .try_find(&id, buffer)
            .map_err(|error| broken(&error))?
        {
            None => Ok(None),
            Some(data) if data.kind != kind => Err(broken(&"it is of another kind")),
            Some(data) => Ok(Some(data.data)),
        }
    }
}

/// The folder with `HEAD` and `objects` of what the user named.
fn git_folder(path: &Path) -> Result<PathBuf, String> {
    let dot_git = path.join(".git");
    if dot_git.is_dir() {
        return Ok(dot_git);
    }
    // A linked work tree or submodule: a file that says where.
    if dot_git.is_file() {
        let text = small(&dot_git).ok_or("its .git file cannot be read")?;
        let target = text
            .trim()
            .strip_prefix("gitdir:")
            .ok_or("its .git file names no folder")?;
        return Ok(path.join(target.trim()));
    }
    if path.join("HEAD").is_file()
        && (path.join("objects").is_dir() || path.join("commondir").is_file())
    {
        return Ok(path.to_owned());
    }
    if !path.exists() {
        return Err("no such directory".to_owned());
    }
    Err("it holds no repository".to_owned())
}

/// Where the objects are: a linked work tree shares those of its main one.
fn common_folder(git: &Path) -> PathBuf {
    match small(&git.join("commondir")) {
        Some(text) => git.join(text.trim()),
        None => git.to_owned(),
    }
}

/// A text of at most 4 KiB.
fn small(path: &Path) -> Option<String> {
    let fits = path
        .metadata()
        .is_ok_and(|meta| meta.is_file() && meta.len() <= 4096);
    fits.then(|| fs::read_to_string(path).ok()).flatten()
}
