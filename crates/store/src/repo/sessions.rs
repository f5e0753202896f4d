//! [`crate::Sessions`] in SQL.

use super::Repo;
use super::tx::Tx;
use crate::error::StoreError;
use crate::key::{Micros, Org};
use crate::sessions::Session;
use crate::token::TokenHash;

impl Repo {
    pub(crate) async fn open_session(
        &self,
        org: &Org,
        token: &TokenHash,
        session: &Session,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        sqlx::query(
            "INSERT INTO session (org, token, account, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(org.as_str())
        .bind(token.bytes())
        .bind(session.account.as_str())
        .bind(session.created.0)
        .bind(session.expires.0)
        .execute(tx.on()?)
        .await
        .map_err(StoreError::inserting("a session", "beginning a session"))?;
        tx.commit().await
    }

    pub(crate) async fn session(
        &self,
        org: &Org,
        token: &TokenHash,
        now: Micros,
    ) -> Result<Option<Session>, StoreError> {
        let found: Option<(String, i64, i64)> = sqlx::query_as(
            "SELECT session.account, session.created_at, session.expires_at FROM session \
             JOIN account ON account.org = session.org AND account.account = session.account \
             WHERE session.org = $1 AND session.token = $2 AND session.expires_at > $3 \
             AND (account.disabled_at IS NULL OR account.disabled_at > $3)",
        )
        .bind(org.as_str())
        .bind(token.bytes())
        .bind(now.0)
        .fetch_optional(&self.reader)
        .await
        .map_err(StoreError::database("reading a session"))?;
        Ok(found.map(|(account, created, expires)| Session {
            account,
            created: Micros(created),
            expires: Micros(expires),
        }))
    }

    pub(crate) async fn extend_session(
        &self,
        org: &Org,
        token: &TokenHash,
        now: Micros,
        expires: Micros,
    ) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let extended = sqlx::query(
            "UPDATE session SET expires_at = $4 WHERE org = $1 AND token = $2 AND expires_at > $3",
        )
        .bind(org.as_str())
        .bind(token.bytes())
        .bind(now.0)
        .bind(expires.0)
        .execute(tx.on()?)
        .await
        .map_err(StoreError::database("extending a session"))?;
        tx.commit().await?;
        Ok(extended.rows_affected() > 0)
    }

    pub(crate) async fn close_session(
        &self,
        org: &Org,
        token: &TokenHash,
    ) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let gone = sqlx::query("DELETE FROM session WHERE org = $1 AND token = $2")
            .bind(org.as_str())
            .bind(token.bytes())
            .execute(tx.on()?)
            .await
            .map_err(StoreError::database("ending a session"))?;
        tx.commit().await?;
        Ok(gone.rows_affected() > 0)
    }

    pub(crate) async fn close_sessions(&self, org: &Org, account: &str) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let gone = tx.close_sessions(org, account).await?;
        tx.commit().await?;
        Ok(gone)
    }

    pub(crate) async fn sweep(&self, now: Micros) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let mut gone = 0;
        for sql in [
            "DELETE FROM session WHERE expires_at <= $1",
            "DELETE FROM link WHERE expires_at <= $1 OR used_at IS NOT NULL",
            "DELETE FROM api_token WHERE expires_at <= $1",
        ] {
            gone += sqlx::query(sql)
                .bind(now.0)
                .execute(tx.on()?)
                .await
                .map_err(StoreError::database("sweeping out what has expired"))?
                .rows_affected();
        }
        tx.commit().await?;
        Ok(gone)
    }
}

impl Tx {
    pub(super) async fn close_sessions(
        &mut self,
        org: &Org,
        account: &str,
    ) -> Result<u64, StoreError> {
        let gone = sqlx::query("DELETE FROM session WHERE org = $1 AND account = $2")
            .bind(org.as_str())
            .bind(account)
            .execute(self.on()?)
            .await
            .map_err(StoreError::database("ending sessions"))?;
        Ok(gone.rows_affected())
    }
}
