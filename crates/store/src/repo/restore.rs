//! Filling an empty database from a backup, all or nothing.

use super::tx::Tx;
use super::{MOST_ROWS, Repo};
use crate::backup::Batch;
use crate::dump::{Header, Value};
use crate::error::StoreError;
use crate::migrations::KNOWN;
use crate::rows::{runs, statement};
use crate::schema::Kind;
use sqlx::AssertSqlSafe;
use tokio::sync::mpsc::Receiver;

impl Repo {
    /// Fills the database, which has to be empty, from a backup that was made at `migration`. `false` when the batches
    /// stopped before the end: then nothing is kept, and whoever sent them knows why.
    pub(crate) async fn restore(
        &self,
        migration: i64,
        batches: &mut Receiver<Batch>,
    ) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let found = tx.migration().await?;
        if found > migration || (found > 0 && tx.has_organisations().await?) {
            return Err(StoreError::NotEmpty);
        }
        // Into tables as they were then; what came later is done to the rows as it was to others'.
        tx.migrate(found, migration).await?;
        while let Some(batch) = batches.recv().await {
            match batch {
                Batch::Migration(_) => return Ok(false),
                Batch::Rows(table, rows) => tx.fill(&table, &rows).await?,
                Batch::End => {
                    tx.migrate(migration, KNOWN).await?;
                    tx.commit().await?;
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}

impl Tx {
    async fn has_organisations(&mut self) -> Result<bool, StoreError> {
        sqlx::query("SELECT 1 FROM organisation LIMIT 1")
            .fetch_optional(self.on()?)
            .await
            .map(|row| row.is_some())
            .map_err(StoreError::database(
                "looking whether the database is empty",
            ))
    }

    async fn fill(&mut self, table: &Header, rows: &[Vec<Value>]) -> Result<(), StoreError> {
        let names: Vec<&str> = table
            .columns
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        let beginning = format!("INSERT INTO {} ({}) VALUES", table.name, names.join(", "));
        let row = vec!["@"; names.len()].join(", ");
        for run in runs(rows, MOST_ROWS) {
            let sql = statement(&beginning, &row, 0, run.len(), "");
            let mut insert = sqlx::query(AssertSqlSafe(sql));
            for values in run {
                for (value, (_, kind)) in values.iter().zip(&table.columns) {
                    insert = match (value, kind) {
                        (Value::Integer(integer), _) => insert.bind(*integer),
                        (Value::Text(text), _) => insert.bind(text.as_str()),
                        (Value::Bytes(bytes), _) => insert.bind(bytes.as_slice()),
                        (Value::Null, Kind::Integer) => insert.bind(None::<i64>),
                        (Value::Null, Kind::Text) => insert.bind(None::<&str>),
                        (Value::Null, Kind::Bytes) => insert.bind(None::<&[u8]>),
                    };
                }
            }
            insert
                .execute(self.on()?)
                .await
                .map_err(StoreError::database("filling a table from the backup"))?;
        }
        Ok(())
    }
}
