//! Reading a stream to its end, and the looks at one calendar.

use crate::server::{ServerError, facts};
use steadfast_calendar::Instant;
use steadfast_store::{Fact, Facts, Org, Version};

/// Facts read at once.
const PAGE: u32 = 500;

/// One look at somebody's calendar.
#[derive(Clone, Debug)]
pub(super) struct Look {
    /// When.
    pub at: Instant,
    /// What it said.
    pub lines: Vec<u8>,
}

/// All facts of a stream, in order.
pub(super) async fn whole_stream<S: Facts>(
    store: &S,
    org: &Org,
    stream: &str,
) -> Result<Vec<Fact>, ServerError> {
    let mut all: Vec<Fact> = Vec::new();
    loop {
        let after = all.last().map_or(Version::default(), |fact| fact.version);
        let page = store.read(org, stream, after, PAGE).await?;
        let full = page.len() == PAGE as usize;
        all.extend(page);
        if !full {
            return Ok(all);
        }
    }
}

/// All looks at the calendar of `person`, oldest first.
pub(super) async fn looks<S: Facts>(
    store: &S,
    org: &Org,
    person: &str,
) -> Result<Vec<Look>, ServerError> {
    whole_stream(store, org, &facts::calendar_of(person))
        .await?
        .iter()
        .map(|fact| {
            Ok(Look {
                at: facts::at(fact),
                lines: facts::lines_seen(fact)?,
            })
        })
        .collect()
}
