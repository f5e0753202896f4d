//! Looking whether what is kept fits together.

use super::{CHECK_PAGES, Repo};
use crate::check::Trouble;
use crate::error::StoreError;

/// Each gives rows of an organisation and a name; there should be none.
const LAWS: &[(&str, &str)] = &[
    (
        // It may be later: of whoever leaves single facts go, the last among them.
        "a fact stands after its stream's version",
        "SELECT stream.org, stream.stream FROM stream JOIN \
         (SELECT org, stream, MAX(version) AS last FROM fact GROUP BY org, stream) AS f \
         ON f.org = stream.org AND f.stream = stream.stream WHERE f.last > stream.version LIMIT 20",
    ),
    (
        "facts belong to a stream that is not there",
        "SELECT DISTINCT fact.org, fact.stream FROM fact LEFT JOIN stream \
         ON stream.org = fact.org AND stream.stream = fact.stream WHERE stream.org IS NULL LIMIT 20",
    ),
    (
        "a fact stands after the last position that was given out",
        "SELECT f.org, f.name FROM (SELECT org, 'facts' AS name, MAX(position) AS last FROM fact GROUP BY org) AS f \
         LEFT JOIN counter ON counter.org = f.org AND counter.name = 'fact' \
         WHERE f.last > COALESCE(counter.value, 0) LIMIT 20",
    ),
    (
        "a projection has read further than there are facts",
        "SELECT projection.org, projection.projection FROM projection LEFT JOIN counter \
         ON counter.org = projection.org AND counter.name = 'fact' \
         WHERE projection.checkpoint > COALESCE(counter.value, 0) LIMIT 20",
    ),
    (
        "a job has a number that was never given out",
        "SELECT job.org, job.kind FROM job LEFT JOIN counter \
         ON counter.org = job.org AND counter.name = 'job' WHERE job.id > COALESCE(counter.value, 0) LIMIT 20",
    ),
];

impl Repo {
    pub(crate) async fn check(&self) -> Result<Vec<Trouble>, StoreError> {
        let mut troubles = Vec::new();
        if let Some(pages) = CHECK_PAGES {
            let said: Vec<(String,)> = sqlx::query_as(pages)
                .fetch_all(&self.reader)
                .await
                .map_err(StoreError::database("checking the pages"))?;
            let wrong = said.into_iter().filter(|(line,)| line != "ok");
            troubles.extend(wrong.map(|(line,)| Trouble {
                what: "the file is damaged",
                place: line,
            }));
        }
        for (what, sql) in LAWS {
            let found: Vec<(String, String)> =
                sqlx::query_as(*sql)
                    .fetch_all(&self.reader)
                    .await
                    .map_err(StoreError::database("checking what is kept"))?;
            troubles.extend(found.into_iter().map(|(org, name)| Trouble {
                what,
                place: format!("{org}: {name}"),
            }));
        }
        Ok(troubles)
    }
}
