//! [`crate::Passkeys`] in SQL.

use super::{Repo, Row};
use crate::error::StoreError;
use crate::key::{Micros, Org};
use crate::passkeys::Passkey;
use sqlx::Row as _;

/// WebAuthn's own bound on the length of a credential's id.
const LONGEST: usize = 1023;

impl Repo {
    pub(crate) async fn add_passkey(&self, org: &Org, passkey: &Passkey) -> Result<(), StoreError> {
        if passkey.credential.is_empty() || passkey.credential.len() > LONGEST {
            return Err(StoreError::BadName {
                what: "a passkey",
                why: "it has not 1 to 1,023 bytes",
            });
        }
        let mut tx = self.begin().await?;
        sqlx::query(
            "INSERT INTO passkey (org, credential, account, body, created_at) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(org.as_str())
        .bind(passkey.credential.as_slice())
        .bind(passkey.account.as_str())
        .bind(passkey.body.as_slice())
        .bind(passkey.created.0)
        .execute(tx.on()?)
        .await
        .map_err(StoreError::inserting("a passkey", "keeping a passkey"))?;
        tx.commit().await
    }

    pub(crate) async fn update_passkey(
        &self,
        org: &Org,
        credential: &[u8],
        old: &[u8],
        new: &[u8],
    ) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let changed = sqlx::query(
            "UPDATE passkey SET body = $4 WHERE org = $1 AND credential = $2 AND body = $3",
        )
        .bind(org.as_str())
        .bind(credential)
        .bind(old)
        .bind(new)
        .execute(tx.on()?)
        .await
        .map_err(StoreError::database("moving a passkey on"))?;
        tx.commit().await?;
        Ok(changed.rows_affected() > 0)
    }

    pub(crate) async fn passkey(
        &self,
        org: &Org,
        credential: &[u8],
    ) -> Result<Option<Passkey>, StoreError> {
        sqlx::query(
            "SELECT credential, account, body, created_at FROM passkey WHERE org = $1 AND credential = $2",
        )
        .bind(org.as_str())
        .bind(credential)
        .fetch_optional(&self.reader)
        .await
        .and_then(|row| row.as_ref().map(passkey).transpose())
        .map_err(StoreError::database("reading a passkey"))
    }

    pub(crate) async fn passkeys(
        &self,
        org: &Org,
        account: &str,
    ) -> Result<Vec<Passkey>, StoreError> {
        sqlx::query(
            "SELECT credential, account, body, created_at FROM passkey \
             WHERE org = $1 AND account = $2 ORDER BY created_at, credential",
        )
        .bind(org.as_str())
        .bind(account)
        .fetch_all(&self.reader)
        .await
        .and_then(|rows| rows.iter().map(passkey).collect())
        .map_err(StoreError::database("listing passkeys"))
    }

    pub(crate) async fn remove_passkey(
        &self,
        org: &Org,
        account: &str,
        credential: &[u8],
    ) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let gone =
            sqlx::query("DELETE FROM passkey WHERE org = $1 AND credential = $2 AND account = $3")
                .bind(org.as_str())
                .bind(credential)
                .bind(account)
                .execute(tx.on()?)
                .await
                .map_err(StoreError::database("deleting a passkey"))?;
        tx.commit().await?;
        Ok(gone.rows_affected() > 0)
    }
}

fn passkey(row: &Row) -> Result<Passkey, sqlx::Error> {
    Ok(Passkey {
        credential: row.try_get(0)?,
        account: row.try_get(1)?,
        body: row.try_get(2)?,
        created: Micros(row.try_get(3)?),
    })
}
