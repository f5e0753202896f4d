//! [`crate::ApiTokens`] in SQL.

use super::{Repo, Row};
use crate::api_tokens::ApiToken;
use crate::error::StoreError;
use crate::key::{Day, Micros, Org, check_name, check_text};
use crate::token::TokenHash;
use sqlx::Row as _;

impl Repo {
    pub(crate) async fn keep_api_token(
        &self,
        org: &Org,
        hash: &TokenHash,
        token: &ApiToken,
    ) -> Result<(), StoreError> {
        check_name("a token", &token.id)?;
        check_text("a token", &token.name)?;
        check_text("what a token may do", &token.scope)?;
        let mut tx = self.begin().await?;
        sqlx::query(
            "INSERT INTO api_token (org, token, id, account, name, scope, created_at, expires_at, used_on) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(org.as_str())
        .bind(hash.bytes())
        .bind(token.id.as_str())
        .bind(token.account.as_str())
        .bind(token.name.as_str())
        .bind(token.scope.as_str())
        .bind(token.created.0)
        .bind(token.expires.0)
        .bind(token.used.map(|day| day.0))
        .execute(tx.on()?)
        .await
        .map_err(StoreError::inserting("a token", "keeping a token"))?;
        tx.commit().await
    }

    pub(crate) async fn api_token(
        &self,
        org: &Org,
        hash: &TokenHash,
        now: Micros,
    ) -> Result<Option<ApiToken>, StoreError> {
        sqlx::query(
            "SELECT api_token.id, api_token.account, api_token.name, api_token.scope, api_token.created_at, \
             api_token.expires_at, api_token.used_on FROM api_token \
             JOIN account ON account.org = api_token.org AND account.account = api_token.account \
             WHERE api_token.org = $1 AND api_token.token = $2 AND api_token.expires_at > $3 \
             AND (account.disabled_at IS NULL OR account.disabled_at > $3)",
        )
        .bind(org.as_str())
        .bind(hash.bytes())
        .bind(now.0)
        .fetch_optional(&self.reader)
        .await
        .and_then(|row| row.as_ref().map(token).transpose())
        .map_err(StoreError::database("reading a token"))
    }

    pub(crate) async fn api_tokens(
        &self,
        org: &Org,
        account: &str,
    ) -> Result<Vec<ApiToken>, StoreError> {
        sqlx::query(
            "SELECT id, account, name, scope, created_at, expires_at, used_on FROM api_token \
             WHERE org = $1 AND account = $2 ORDER BY created_at DESC, id",
        )
        .bind(org.as_str())
        .bind(account)
        .fetch_all(&self.reader)
        .await
        .and_then(|rows| rows.iter().map(token).collect())
        .map_err(StoreError::database("listing tokens"))
    }

    pub(crate) async fn api_token_used(
        &self,
        org: &Org,
        hash: &TokenHash,
        day: Day,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        sqlx::query("UPDATE api_token SET used_on = $3 WHERE org = $1 AND token = $2")
            .bind(org.as_str())
            .bind(hash.bytes())
            .bind(day.0)
            .execute(tx.on()?)
            .await
            .map_err(StoreError::database("noting that a token was used"))?;
        tx.commit().await
    }

    pub(crate) async fn revoke_api_token(
        &self,
        org: &Org,
        account: &str,
        id: &str,
    ) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let gone = sqlx::query("DELETE FROM api_token WHERE org = $1 AND account = $2 AND id = $3")
            .bind(org.as_str())
            .bind(account)
            .bind(id)
            .execute(tx.on()?)
            .await
            .map_err(StoreError::database("taking a token back"))?;
        tx.commit().await?;
        Ok(gone.rows_affected() > 0)
    }
}

fn token(row: &Row) -> Result<ApiToken, sqlx::Error> {
    let used: Option<i64> = row.try_get(6)?;
    Ok(ApiToken {
        id: row.try_get(0)?,
        account: row.try_get(1)?,
        name: row.try_get(2)?,
        scope: row.try_get(3)?,
        created: Micros(row.try_get(4)?),
        expires: Micros(row.try_get(5)?),
        used: used.map(Day),
    })
}
