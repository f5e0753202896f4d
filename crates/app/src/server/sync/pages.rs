//! All sources of an organisation.

use steadfast_store::{Org, Source, Sources, StoreError};

/// Sources read at once.
const PAGE: u32 = 500;

/// Page by page.
#[derive(Default)]
pub(crate) struct Pages {
    after: Option<String>,
    done: bool,
}

impl Pages {
    pub(crate) async fn next<S: Sources>(
        &mut self,
        store: &S,
        org: &Org,
    ) -> Result<Option<Vec<Source>>, StoreError> {
        if self.done {
            return Ok(None);
        }
        let page = store.sources(org, self.after.as_deref(), PAGE).await?;
        self.done = page.len() < PAGE as usize;
        self.after = page.last().map(|source| source.source.clone());
        Ok(Some(page))
    }
}
