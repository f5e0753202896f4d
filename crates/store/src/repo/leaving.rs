//! [`crate::Leaving`] in SQL.

use super::Repo;
use super::tx::{Sequence, Tx};
use crate::error::StoreError;
use crate::key::Org;
use crate::leaving::Gone;

/// What is erased by the organisation and one name. Jobs first: they are named after what goes.
const OF_PERSON: [&str; 6] = [
    "DELETE FROM job WHERE org = $1 AND uniq IN (SELECT source FROM source WHERE org = $1 AND person = $2)",
    "DELETE FROM job WHERE org = $1 AND uniq IN (SELECT intent FROM intent WHERE org = $1 AND person = $2)",
    "DELETE FROM source WHERE org = $1 AND person = $2",
    "DELETE FROM intent WHERE org = $1 AND person = $2",
    "DELETE FROM halt WHERE org = $1 AND person = $2",
    "DELETE FROM document WHERE org = $1 AND key = $2",
];
const OF_STREAM: [&str; 2] = [
    "DELETE FROM fact WHERE org = $1 AND stream = $2",
    "DELETE FROM stream WHERE org = $1 AND stream = $2",
];
const OF_UNIQUE: [&str; 1] = ["DELETE FROM job WHERE org = $1 AND uniq = $2"];
const OF_OWNER: [&str; 1] = ["DELETE FROM data_key WHERE org = $1 AND owner = $2"];
const OF_ACCESS: [&str; 2] = [
    "DELETE FROM session WHERE org = $1 AND account = $2",
    "DELETE FROM api_token WHERE org = $1 AND account = $2",
];
const OF_ACCOUNT: [&str; 1] = ["DELETE FROM account WHERE org = $1 AND account = $2"];

impl Repo {
    pub(crate) async fn erase_person(&self, org: &Org, gone: &Gone<'_>) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        // Nobody appends meanwhile.
        tx.take(org, Sequence::Facts, 0).await?;
        tx.erase(org, &OF_PERSON, gone.person).await?;
        for stream in gone.streams {
            tx.erase(org, &OF_STREAM, stream).await?;
        }
        for (stream, version) in gone.facts {
            sqlx::query("DELETE FROM fact WHERE org = $1 AND stream = $2 AND version = $3")
                .bind(org.as_str())
                .bind(*stream)
                .bind(version.stored())
                .execute(tx.on()?)
                .await
                .map_err(StoreError::database("erasing a person"))?;
        }
        for unique in gone.uniques {
            tx.erase(org, &OF_UNIQUE, unique).await?;
        }
        for owner in gone.owners {
            tx.erase(org, &OF_OWNER, owner).await?;
        }
        tx.erase(org, &OF_ACCESS, gone.account).await?;
        if gone.with_account {
            tx.erase(org, &OF_ACCOUNT, gone.account).await?;
        }
        tx.enqueue(org, gone.jobs).await?;
        if let Some(lease) = gone.finish {
            tx.finish(lease).await?;
        }
        tx.commit().await
    }
}

impl Tx {
    async fn erase(
        &mut self,
        org: &Org,
        statements: &[&'static str],
        name: &str,
    ) -> Result<(), StoreError> {
        for statement in statements {
            sqlx::query(*statement)
                .bind(org.as_str())
                .bind(name)
                .execute(self.on()?)
                .await
                .map_err(StoreError::database("erasing a person"))?;
        }
        Ok(())
    }
}
