//! Reading everything, as it was at one moment.

use super::{BEGIN_SNAPSHOT, Repo, Row};
use crate::dump::Value;
use crate::dump::write::Writer;
use crate::error::StoreError;
use crate::schema::{Kind, TABLES, Table};
use futures_util::TryStreamExt as _;
use sqlx::{AssertSqlSafe, Row as _};
use std::future::Future;

const DOING: &str = "reading everything for a backup";

impl Repo {
    /// Hands the bytes of a backup to `keep`, a megabyte at a time. Writers go on meanwhile; what they write is not in it.
    pub(crate) async fn dump<F>(
        &self,
        mut keep: impl FnMut(Vec<u8>) -> F + Send,
    ) -> Result<(), StoreError>
    where
        F: Future<Output = Result<(), StoreError>> + Send,
    {
        let mut snapshot = self
            .reader
            .begin_with(BEGIN_SNAPSHOT)
            .await
            .map_err(StoreError::database(DOING))?;
        let (migration,): (i64,) = sqlx::query_as("SELECT MAX(number) FROM migration")
            .fetch_one(&mut *snapshot)
            .await
            .map_err(StoreError::database(DOING))?;
        let mut writer = Writer::new(migration);
        for table in TABLES {
            writer.table(table);
            let mut rows = sqlx::query(AssertSqlSafe(everything_of(table))).fetch(&mut *snapshot);
            while let Some(row) = rows.try_next().await.map_err(StoreError::database(DOING))? {
                write_row(&mut writer, table, &row).map_err(StoreError::database(DOING))?;
                if let Some(bytes) = writer.take_if_full() {
                    keep(bytes).await?;
                }
            }
        }
        keep(writer.finish()).await
    }
}

fn everything_of(table: &Table) -> String {
    let names: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
    format!(
        "SELECT {} FROM {} ORDER BY {}",
        names.join(", "),
        table.name,
        names[..table.key].join(", ")
    )
}

fn write_row(writer: &mut Writer, table: &Table, row: &Row) -> Result<(), sqlx::Error> {
    writer.row();
    for (index, (_, kind)) in table.columns.iter().enumerate() {
        let value = match kind {
            Kind::Integer => row.try_get::<Option<i64>, _>(index)?.map(Value::Integer),
            Kind::Text => row.try_get::<Option<String>, _>(index)?.map(Value::Text),
            Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(index)?.map(Value::Bytes),
        };
        writer.value(&value.unwrap_or(Value::Null));
    }
    Ok(())
}
