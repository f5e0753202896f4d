//! [`crate::Accounts`] in SQL.

use super::tx::{Sequence, Tx};
use super::{MOST_NAMES, Repo, Row};
use crate::accounts::{Account, AccountChange, Closes, NewAccount, Organisation, folded};
use crate::error::StoreError;
use crate::key::{Micros, Org, check_name, check_text};
use sqlx::{AssertSqlSafe, Row as _};

const NO_ACCOUNT: StoreError = StoreError::Missing("an account with that key");

impl Repo {
    pub(crate) async fn create_organisation(
        &self,
        org: &Org,
        name: &str,
        now: Micros,
    ) -> Result<(), StoreError> {
        let doing = "making an organisation";
        check_text("an organisation", name)?;
        let mut tx = self.begin().await?;
        sqlx::query("INSERT INTO organisation (org, name, created_at) VALUES ($1, $2, $3)")
            .bind(org.as_str())
            .bind(name)
            .bind(now.0)
            .execute(tx.on()?)
            .await
            .map_err(StoreError::inserting("an organisation", doing))?;
        for sequence in Sequence::ALL {
            sqlx::query("INSERT INTO counter (org, name, value) VALUES ($1, $2, 0)")
                .bind(org.as_str())
                .bind(sequence.name())
                .execute(tx.on()?)
                .await
                .map_err(StoreError::database(doing))?;
        }
        tx.commit().await
    }

    pub(crate) async fn organisations(&self) -> Result<Vec<Organisation>, StoreError> {
        let found: Vec<(String, String, i64)> =
            sqlx::query_as("SELECT org, name, created_at FROM organisation ORDER BY org")
                .fetch_all(&self.reader)
                .await
                .map_err(StoreError::database("listing organisations"))?;
        found
            .into_iter()
            .map(|(org, name, created)| {
                Ok(Organisation {
                    org: Org::new(org)?,
                    name,
                    created: Micros(created),
                })
            })
            .collect()
    }

    pub(crate) async fn create_account(
        &self,
        org: &Org,
        account: &NewAccount,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        tx.create_account(org, account).await?;
        tx.commit().await
    }

    pub(crate) async fn account(
        &self,
        org: &Org,
        account: &str,
    ) -> Result<Option<Account>, StoreError> {
        let row = sqlx::query(
            "SELECT account, person, email, password, role, created_at, disabled_at FROM account \
             WHERE org = $1 AND account = $2",
        )
        .bind(org.as_str())
        .bind(account)
        .fetch_optional(&self.reader)
        .await;
        one(row)
    }

    pub(crate) async fn account_by_email(
        &self,
        org: &Org,
        email: &str,
    ) -> Result<Option<Account>, StoreError> {
        let row = sqlx::query(
            "SELECT account, person, email, password, role, created_at, disabled_at FROM account \
             WHERE org = $1 AND email = $2",
        )
        .bind(org.as_str())
        .bind(folded(email))
        .fetch_optional(&self.reader)
        .await;
        one(row)
    }

    pub(crate) async fn which_have_joined(
        &self,
        org: &Org,
        emails: &[&str],
        now: Micros,
    ) -> Result<Vec<String>, StoreError> {
        let mut joined = Vec::new();
        // The organisation and the moment take a parameter, too.
        for some in emails.chunks(MOST_NAMES - 1) {
            let numbers: Vec<String> = (3..some.len() + 3).map(|n| format!("${n}")).collect();
            let sql = format!(
                "SELECT email FROM account WHERE org = $1 AND (disabled_at IS NULL OR disabled_at > $2) AND email IN ({})",
                numbers.join(", ")
            );
            let mut query = sqlx::query_as(AssertSqlSafe(sql))
                .bind(org.as_str())
                .bind(now.0);
            for email in some {
                query = query.bind(folded(email));
            }
            let found: Vec<(String,)> = query
                .fetch_all(&self.reader)
                .await
                .map_err(StoreError::database("reading who has joined"))?;
            joined.extend(found.into_iter().map(|(email,)| email));
        }
        Ok(joined)
    }

    pub(crate) async fn accounts(
        &self,
        org: &Org,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Account>, StoreError> {
        sqlx::query(
            "SELECT account, person, email, password, role, created_at, disabled_at FROM account \
             WHERE org = $1 AND account > $2 ORDER BY account LIMIT $3",
        )
        .bind(org.as_str())
        .bind(after.unwrap_or_default())
        .bind(i64::from(limit))
        .fetch_all(&self.reader)
        .await
        .and_then(|rows| rows.iter().map(account).collect())
        .map_err(StoreError::database("listing accounts"))
    }

    pub(crate) async fn change_account(
        &self,
        org: &Org,
        account: &str,
        change: &AccountChange,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        tx.change_account(org, account, change).await?;
        tx.commit().await
    }

    pub(crate) async fn erase_account(&self, org: &Org, account: &str) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let gone = sqlx::query("DELETE FROM account WHERE org = $1 AND account = $2")
            .bind(org.as_str())
            .bind(account)
            .execute(tx.on()?)
            .await
            .map_err(StoreError::database("erasing an account"))?;
        tx.commit().await?;
        Ok(gone.rows_affected() > 0)
    }
}

impl Tx {
    /// When accounts close. What is closed stays as it is.
    pub(super) async fn close_accounts(
        &mut self,
        org: &Org,
        closes: &[Closes<'_>],
    ) -> Result<(), StoreError> {
        for one in closes {
            sqlx::query(
                "UPDATE account SET disabled_at = $3 WHERE org = $1 AND email = $2 \
                 AND (disabled_at IS NULL OR disabled_at > $4)",
            )
            .bind(org.as_str())
            .bind(folded(one.email))
            .bind(one.at.map(|at| at.0))
            .bind(one.now.0)
            .execute(self.on()?)
            .await
            .map_err(StoreError::database("closing an account"))?;
        }
        Ok(())
    }

    pub(super) async fn create_account(
        &mut self,
        org: &Org,
        account: &NewAccount,
    ) -> Result<(), StoreError> {
        let email = folded(&account.email);
        check_name("an account", &account.account)?;
        check_name("a person", &account.person)?;
        check_name("an address", &email)?;
        check_text("a role", &account.role)?;
        sqlx::query(
            "INSERT INTO account (org, account, person, email, password, role, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(org.as_str())
        .bind(account.account.as_str())
        .bind(account.person.as_str())
        .bind(email)
        .bind(account.password.as_deref())
        .bind(account.role.as_str())
        .bind(account.created.0)
        .execute(self.on()?)
        .await
        .map_err(StoreError::inserting("an account", "making an account"))?;
        Ok(())
    }

    pub(super) async fn change_account(
        &mut self,
        org: &Org,
        account: &str,
        change: &AccountChange,
    ) -> Result<(), StoreError> {
        let query = match change {
            AccountChange::Email(email) => {
                let email = folded(email);
                check_name("an address", &email)?;
                sqlx::query("UPDATE account SET email = $3 WHERE org = $1 AND account = $2")
                    .bind(org.as_str())
                    .bind(account)
                    .bind(email)
            }
            AccountChange::Password(password) => {
                sqlx::query("UPDATE account SET password = $3 WHERE org = $1 AND account = $2")
                    .bind(org.as_str())
                    .bind(account)
                    .bind(password.as_deref())
            }
            AccountChange::Role(role) => {
                check_text("a role", role)?;
                sqlx::query("UPDATE account SET role = $3 WHERE org = $1 AND account = $2")
                    .bind(org.as_str())
                    .bind(account)
                    .bind(role.as_str())
            }
            AccountChange::Disabled(at) => {
                sqlx::query("UPDATE account SET disabled_at = $3 WHERE org = $1 AND account = $2")
                    .bind(org.as_str())
                    .bind(account)
                    .bind(at.map(|at| at.0))
            }
        };
        let changed = query
            .execute(self.on()?)
            .await
            .map_err(StoreError::inserting("an account", "changing an account"))?;
        if changed.rows_affected() == 0 {
            return Err(NO_ACCOUNT);
        }
        if matches!(
            change,
            AccountChange::Password(_) | AccountChange::Disabled(_)
        ) {
            self.close_sessions(org, account).await?;
        }
        if matches!(change, AccountChange::Password(_)) {
            sqlx::query("DELETE FROM api_token WHERE org = $1 AND account = $2")
                .bind(org.as_str())
                .bind(account)
                .execute(self.on()?)
                .await
                .map_err(StoreError::database("ending programs' tokens"))?;
        }
        Ok(())
    }
}

fn one(row: Result<Option<Row>, sqlx::Error>) -> Result<Option<Account>, StoreError> {
    row.and_then(|row| row.as_ref().map(account).transpose())
        .map_err(StoreError::database("reading an account"))
}

fn account(row: &Row) -> Result<Account, sqlx::Error> {
    Ok(Account {
        account: row.try_get(0)?,
        person: row.try_get(1)?,
        email: row.try_get(2)?,
        password: row.try_get(3)?,
        role: row.try_get(4)?,
        created: Micros(row.try_get(5)?),
        disabled: row.try_get::<Option<i64>, _>(6)?.map(Micros),
    })
}
