//! [`crate::Links`] in SQL.

use super::Repo;
use crate::error::StoreError;
use crate::key::{Micros, Org, check_name};
use crate::links::{Effect, NewLink};
use crate::token::TokenHash;

impl Repo {
    pub(crate) async fn create_link(
        &self,
        org: &Org,
        token: &TokenHash,
        link: &NewLink,
    ) -> Result<(), StoreError> {
        check_name("a purpose", &link.purpose)?;
        let mut tx = self.begin().await?;
        sqlx::query(
            "INSERT INTO link (org, token, purpose, payload, created_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(org.as_str())
        .bind(token.bytes())
        .bind(link.purpose.as_str())
        .bind(link.payload.as_slice())
        .bind(link.created.0)
        .bind(link.expires.0)
        .execute(tx.on()?)
        .await
        .map_err(StoreError::inserting("a link", "making a link"))?;
        tx.commit().await
    }

    pub(crate) async fn peek(
        &self,
        org: &Org,
        token: &TokenHash,
        purpose: &str,
        now: Micros,
    ) -> Result<Vec<u8>, StoreError> {
        let found: Option<(Vec<u8>,)> = sqlx::query_as(
            "SELECT payload FROM link WHERE org = $1 AND token = $2 AND purpose = $3 \
             AND used_at IS NULL AND expires_at > $4",
        )
        .bind(org.as_str())
        .bind(token.bytes())
        .bind(purpose)
        .bind(now.0)
        .fetch_optional(&self.reader)
        .await
        .map_err(StoreError::database("reading a link"))?;
        found.map(|(payload,)| payload).ok_or(StoreError::LinkSpent)
    }

    pub(crate) async fn redeem(
        &self,
        org: &Org,
        token: &TokenHash,
        purpose: &str,
        now: Micros,
        effect: Effect<'_>,
    ) -> Result<Vec<u8>, StoreError> {
        let mut tx = self.begin().await?;
        let found: Option<(Vec<u8>,)> = sqlx::query_as(
            "UPDATE link SET used_at = $4 WHERE org = $1 AND token = $2 AND purpose = $3 \
             AND used_at IS NULL AND expires_at > $4 RETURNING payload",
        )
        .bind(org.as_str())
        .bind(token.bytes())
        .bind(purpose)
        .bind(now.0)
        .fetch_optional(tx.on()?)
        .await
        .map_err(StoreError::database("using a link"))?;
        let Some((payload,)) = found else {
            return Err(StoreError::LinkSpent);
        };
        match effect {
            Effect::Nothing => {}
            Effect::Create(account) => tx.create_account(org, account).await?,
            Effect::Change(account, change) => {
                tx.change_account(org, account, change).await?;
                // Another link to the same would undo it.
                sqlx::query(
                    "DELETE FROM link WHERE org = $1 AND purpose = $2 AND payload = $3 AND used_at IS NULL",
                )
                .bind(org.as_str())
                .bind(purpose)
                .bind(payload.as_slice())
                .execute(tx.on()?)
                .await
                .map_err(StoreError::database("using a link"))?;
            }
        }
        tx.commit().await?;
        Ok(payload)
    }

    pub(crate) async fn revoke(&self, org: &Org, token: &TokenHash) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let gone = sqlx::query("DELETE FROM link WHERE org = $1 AND token = $2")
            .bind(org.as_str())
            .bind(token.bytes())
            .execute(tx.on()?)
            .await
            .map_err(StoreError::database("taking a link back"))?;
        tx.commit().await?;
        Ok(gone.rows_affected() > 0)
    }
}
