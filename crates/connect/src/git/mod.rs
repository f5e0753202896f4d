//! The history that a git repository holds (`--git REPO[:PATH]`).
//!
//! Each commit along the first parents that touched PATH is a snapshot at its committer time. PATH is a file, or a
//! directory of `<owner>.ics`. A calendar that a commit deletes is a gap for its owner, until it comes back: people
//! tidy repositories, and an export that failed leaves nothing behind; neither cancels a meeting.
//!
//! Only objects and references are read. The repository's configuration, hooks, filters and attributes are not, so
//! a stranger's repository cannot make anything run.

mod repository;
mod walk;

use crate::continuity::Continuity;
use crate::document::size;
use crate::error::SourceError;
use crate::gather::Gather;
use crate::intake::{DocumentName, Intake};
use crate::names;
use crate::options::{Limits, Options};
use gix_hash::ObjectId;
use repository::{Place, Repository};
use std::collections::BTreeMap;
use std::path::Path;
use steadfast_calendar::Instant;

/// Reads a history in the order of its commits.
pub(crate) fn read(
    repository: &Path,
    path: &str,
    options: &Options,
    intake: &mut dyn Intake,
) -> Result<(), SourceError> {
    let what = repository.display().to_string();
    let repo = Repository::open(repository, &options.limits)?;
    let walk = walk::touching(&repo, path, &options.limits)?;
    let mut gather = Gather::new(intake);
    if let Some(why) = walk.cut_short {
        gather.intake.warning(&what, why);
    }
    let total = walk.commits.len() as u64;
    let mut reader = Reader {
        repo: &repo,
        path,
        what: &what,
        limits: &options.limits,
        files: BTreeMap::new(),
        continuity: Continuity::default(),
        warned_of_time: false,
    };
    for (done, commit) in walk.commits.iter().enumerate() {
        gather.intake.progress(done as u64, Some(total));
        reader.commit(commit, &mut gather);
    }
    gather.intake.progress(total, Some(total));
    reader.continuity.close(gather.intake);
    gather.finish(&if path.is_empty() {
        what
    } else {
        format!("{what}:{path}")
    })
}

/// Calendars of one commit: the key that tells them apart, where they are, and which state.
type Files = BTreeMap<Option<String>, (String, ObjectId)>;

struct Reader<'a> {
    repo: &'a Repository,
    path: &'a str,
    what: &'a str,
    limits: &'a Limits,
    /// What was last seen of each calendar.
    files: Files,
    continuity: Continuity,
    warned_of_time: bool,
}

impl Reader<'_> {
    fn commit(&mut self, commit: &walk::Commit, gather: &mut Gather<'_>) {
        let at = self.moment(commit, gather);
        let short = commit.id.to_hex_with_len(8).to_string();
        gather.intake.snapshot(at);
        let unknown_since = self.continuity.last.unwrap_or(at);
        let files = match self.files_of(commit.place, &short, at, gather) {
            Ok(files) => files,
            Err(reason) => {
                gather.unreadable += 1;
                gather
                    .intake
                    .warning(&format!("{}@{short}", self.what), reason);
                self.continuity.lost(None, unknown_since);
                self.continuity.last = Some(at);
                return;
            }
        };
        for (owner, (path, _)) in &self.files {
            if !files.contains_key(owner) {
                let label = format!("{}@{short}:{path}", self.what);
                gather.intake.warning(
                    &label,
                    "deleted here; nothing is known of it until it comes back".to_owned(),
                );
                self.continuity.lost(owner.clone(), at);
            }
        }
        for (owner, (path, blob)) in &files {
            if self
                .files
                .get(owner)
                .is_some_and(|(_, before)| before == blob)
            {
                continue;
            }
            let label = format!("{}@{short}:{path}", self.what);
            if self.deliver(owner.clone(), label, *blob, at, gather) {
                self.continuity.seen(owner, at, gather.intake);
            } else {
                self.continuity.lost(owner.clone(), unknown_since);
            }
        }
        self.files = files;
        self.continuity.last = Some(at);
    }

    /// A commit's moment. Clocks are set back and histories rebased; a snapshot is never earlier than the one
    /// before it.
    fn moment(&mut self, commit: &walk::Commit, gather: &mut Gather<'_>) -> Instant {
        match self.continuity.last {
            Some(last) if commit.at < last => {
                if !self.warned_of_time {
                    self.warned_of_time = true;
                    let label = format!("{}@{}", self.what, commit.id.to_hex_with_len(8));
                    let message =
                        "dated before the commit it follows; taken as made at the same moment"
                            .to_owned();
                    gather.intake.warning(&label, message);
                }
                last
            }
            _ => commit.at,
        }
    }

    /// The calendars of a commit.
    fn files_of(
        &self,
        place: Option<Place>,
        short: &str,
        at: Instant,
        gather: &mut Gather<'_>,
    ) -> Result<Files, String> {
        let mut files = Files::new();
        let tree = match place {
            None => return Ok(files),
            Some(Place::File(blob)) => {
                files.insert(None, (self.path.to_owned(), blob));
                return Ok(files);
            }
            Some(Place::Tree(tree)) => tree,
        };
        let first = self.files.is_empty() && self.continuity.last.is_none();
        let container = format!("{}@{short}:{}", self.what, self.path);
        for (name, blob) in self.repo.files_in(tree, self.limits.entries)? {
            let path = if self.path.is_empty() {
                name.clone()
            } else {
                format!("{}/{name}", self.path)
            };
            if let Some(stem) =
                names::calendar_stem(&name).filter(|stem| names::why_set_aside(stem).is_none())
            {
                let owner = names::owner(stem).unwrap_or_else(|| stem.to_owned());
                files.insert(Some(owner), (path, blob));
            } else if first && !name.starts_with('.') {
                // Once is enough: the same README is in every commit.
                gather.entry(&container, &name, Some(at));
            }
        }
        Ok(files)
    }

    fn deliver(
        &self,
        owner: Option<String>,
        label: String,
        blob: ObjectId,
        at: Instant,
        gather: &mut Gather<'_>,
    ) -> bool {
        let bytes = match self.repo.blob(blob, self.limits.blob_bytes) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => {
                gather.unreadable += 1;
                let limit = size(self.limits.blob_bytes);
                gather
                    .intake
                    .warning(&label, format!("larger than {limit}; not read"));
                return false;
            }
            Err(reason) => {
                gather.unreadable += 1;
                gather.intake.warning(&label, reason);
                return false;
            }
        };
        let name = DocumentName {
            label,
            snapshot: Some(at),
            owner,
        };
        gather.offer_or_warn(name, &mut bytes.as_slice())
    }
}
