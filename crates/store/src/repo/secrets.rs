//! [`crate::Secrets`] in SQL.

use super::Repo;
use crate::error::StoreError;
use crate::key::{Org, check_name};

impl Repo {
    pub(crate) async fn keep_data_key(
        &self,
        org: &Org,
        owner: &str,
        wrapped: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let doing = "keeping a data key";
        check_name("an owner", owner)?;
        let mut tx = self.begin().await?;
        sqlx::query(
            "INSERT INTO data_key (org, owner, wrapped) VALUES ($1, $2, $3) ON CONFLICT (org, owner) DO NOTHING",
        )
        .bind(org.as_str())
        .bind(owner)
        .bind(wrapped)
        .execute(tx.on()?)
        .await
        .map_err(StoreError::inserting("a data key", doing))?;
        let (kept,): (Vec<u8>,) =
            sqlx::query_as("SELECT wrapped FROM data_key WHERE org = $1 AND owner = $2")
                .bind(org.as_str())
                .bind(owner)
                .fetch_one(tx.on()?)
                .await
                .map_err(StoreError::database(doing))?;
        tx.commit().await?;
        Ok(kept)
    }

    pub(crate) async fn data_key(
        &self,
        org: &Org,
        owner: &str,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let found: Option<(Vec<u8>,)> =
            sqlx::query_as("SELECT wrapped FROM data_key WHERE org = $1 AND owner = $2")
                .bind(org.as_str())
                .bind(owner)
                .fetch_optional(&self.reader)
                .await
                .map_err(StoreError::database("reading a data key"))?;
        Ok(found.map(|(wrapped,)| wrapped))
    }

    pub(crate) async fn data_keys(
        &self,
        org: &Org,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        sqlx::query_as(
            "SELECT owner, wrapped FROM data_key WHERE org = $1 AND owner > $2 ORDER BY owner LIMIT $3",
        )
        .bind(org.as_str())
        .bind(after.unwrap_or_default())
        .bind(i64::from(limit))
        .fetch_all(&self.reader)
        .await
        .map_err(StoreError::database("listing data keys"))
    }

    pub(crate) async fn rewrap_data_key(
        &self,
        org: &Org,
        owner: &str,
        old: &[u8],
        new: &[u8],
    ) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let changed = sqlx::query(
            "UPDATE data_key SET wrapped = $4 WHERE org = $1 AND owner = $2 AND wrapped = $3",
        )
        .bind(org.as_str())
        .bind(owner)
        .bind(old)
        .bind(new)
        .execute(tx.on()?)
        .await
        .map_err(StoreError::database("wrapping a data key anew"))?;
        tx.commit().await?;
        Ok(changed.rows_affected() > 0)
    }

    pub(crate) async fn erase_owner(&self, org: &Org, owner: &str) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let gone = sqlx::query("DELETE FROM data_key WHERE org = $1 AND owner = $2")
            .bind(org.as_str())
            .bind(owner)
            .execute(tx.on()?)
            .await
            .map_err(StoreError::database("erasing an owner's secrets"))?;
        tx.commit().await?;
        Ok(gone.rows_affected() > 0)
    }

    pub(crate) async fn keep_secret(
        &self,
        org: &Org,
        owner: &str,
        name: &str,
        sealed: &[u8],
    ) -> Result<(), StoreError> {
        check_name("a secret", name)?;
        let mut tx = self.begin().await?;
        sqlx::query(
            "INSERT INTO secret (org, owner, name, sealed) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (org, owner, name) DO UPDATE SET sealed = excluded.sealed",
        )
        .bind(org.as_str())
        .bind(owner)
        .bind(name)
        .bind(sealed)
        .execute(tx.on()?)
        .await
        .map_err(StoreError::inserting("a secret", "keeping a secret"))?;
        tx.commit().await
    }

    pub(crate) async fn secret(
        &self,
        org: &Org,
        owner: &str,
        name: &str,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let found: Option<(Vec<u8>,)> =
            sqlx::query_as("SELECT sealed FROM secret WHERE org = $1 AND owner = $2 AND name = $3")
                .bind(org.as_str())
                .bind(owner)
                .bind(name)
                .fetch_optional(&self.reader)
                .await
                .map_err(StoreError::database("reading a secret"))?;
        Ok(found.map(|(sealed,)| sealed))
    }

    pub(crate) async fn forget_secret(
        &self,
        org: &Org,
        owner: &str,
        name: &str,
    ) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let gone = sqlx::query("DELETE FROM secret WHERE org = $1 AND owner = $2 AND name = $3")
            .bind(org.as_str())
            .bind(owner)
            .bind(name)
            .execute(tx.on()?)
            .await
            .map_err(StoreError::database("deleting a secret"))?;
        tx.commit().await?;
        Ok(gone.rows_affected() > 0)
    }
}
