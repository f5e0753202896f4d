//! Which commits touched a path, along the first parents.

use super::repository::{Place, Repository};
use crate::error::SourceError;
use crate::options::Limits;
use gix_hash::ObjectId;
use steadfast_calendar::Instant;

/// A commit that changed what lies at the path.
pub(super) struct Commit {
    pub(super) id: ObjectId,
    pub(super) at: Instant,
    /// What lies there from then on; `None` where it was deleted.
    pub(super) place: Option<Place>,
}

/// The commits, oldest first.
pub(super) struct Walk {
    pub(super) commits: Vec<Commit>,
    /// Why the walk ended before the first commit, if it did.
    pub(super) cut_short: Option<String>,
}

/// Walks back from `HEAD` and keeps each commit whose first parent has something else at `path`.
pub(super) fn touching(
    repo: &Repository,
    path: &str,
    limits: &Limits,
) -> Result<Walk, SourceError> {
    let head = repo.head()?;
    let look = |id: ObjectId| -> Result<Option<(Commit, Option<ObjectId>)>, String> {
        let Some(said) = repo.commit(id)? else {
            return Ok(None);
        };
        let place = repo.lookup(said.tree, path)?;
        let commit = Commit {
            id,
            at: said.at,
            place,
        };
        Ok(Some((commit, said.first_parent)))
    };
    let (mut later, mut parent) = look(head)
        .map_err(|reason| repo.trouble(reason))?
        .ok_or_else(|| repo.trouble("the commit at its HEAD is missing".to_owned()))?;
    let (mut commits, mut cut_short) = (Vec::new(), None);
    let mut seen = 1;
    while let Some(id) = parent {
        seen += 1;
        if seen > limits.commits {
            cut_short = Some(format!(
                "only the last {} commits were looked at",
                limits.commits
            ));
            break;
        }
        let (earlier, next) = match look(id) {
            Ok(Some(found)) => found,
            Ok(None) => {
                cut_short = Some(
                    "a shallow clone: what was before its first commit is not known".to_owned(),
                );
                break;
            }
            Err(reason) => {
                cut_short = Some(format!("what was before is not known: {reason}"));
                break;
            }
        };
        if earlier.place != later.place {
            commits.push(later);
        }
        later = earlier;
        parent = next;
    }
    if later.place.is_some() {
        commits.push(later);
    }
    commits.reverse();
    Ok(Walk { commits, cut_short })
}
