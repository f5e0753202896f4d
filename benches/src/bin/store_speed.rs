//! Facts per second into the store, beside bare inserts of the same rows into a table of the same form: the same engine,
//! the same settings, the same rows per transaction, in turns. A million facts unless a number is given.
//!
//! Bare inserts know their positions and versions; the store takes them, tests what was expected, and keeps one order.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program that times what the machine does and says so"
)]

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, SqliteConnection};
use std::error::Error;
use std::time::{Duration, Instant};
use steadfast_benches::usage::own_cpu;
use steadfast_store::{Accounts, Expected, Facts, Micros, NewFact, Org, Store};
use steadfast_testkit::servers::Postgres;

type Outcome<T> = Result<T, Box<dyn Error>>;

const MILLION: usize = 1_000_000;
/// Facts per transaction: a calendar's first look brings about so many.
const BATCH: usize = 1000;
/// Rows per bare statement on SQLite, where more are slower: parameters are looked up by name in a list.
const ROWS_ON_SQLITE: usize = 32;
/// And on PostgreSQL, where fewer are: every statement is a way there and back.
const ROWS_ON_POSTGRES: usize = 250;
/// Turns, so that what else the machine does falls on both alike.
const TURNS: usize = 20;
/// An observation of a 1:1, as bytes.
const PAYLOAD: usize = 200;

fn main() -> Outcome<()> {
    let said = std::env::args().nth(1).map(|said| said.parse());
    let facts: usize = said.transpose()?.unwrap_or(MILLION);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    println!(
        "{facts} facts of {PAYLOAD} bytes, {BATCH} per transaction\n\n\
         {:<10} {:>14} {:>14} {:>7} {:>15} {:>15}",
        "engine", "bare facts/s", "store facts/s", "ratio", "bare own cpu s", "store own cpu s"
    );
    let folder = tempfile::tempdir()?;
    runtime.block_on(async {
        let bare = SqliteConnectOptions::new()
            .filename(folder.path().join("bare.db"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .connect()
            .await?;
        let address = format!("sqlite:{}", folder.path().join("store.db").display());
        let bytes = ("BLOB", "TEXT");
        measure("SQLite", facts, Bare::Sqlite(bare), bytes, &address).await
    })?;
    let postgres = Postgres::shared();
    runtime.block_on(async {
        let bare = PgConnection::connect(&postgres.database()).await?;
        let bytes = ("BYTEA", "TEXT COLLATE \"C\"");
        measure(
            "PostgreSQL",
            facts,
            Bare::Postgres(bare),
            bytes,
            &postgres.database(),
        )
        .await
    })
}

/// A connection and nothing else.
enum Bare {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

async fn measure(
    engine: &str,
    facts: usize,
    mut bare: Bare,
    (bytes, key): (&str, &str),
    address: &str,
) -> Outcome<()> {
    let tables = format!(
        "CREATE TABLE bare (org {key} NOT NULL, position BIGINT NOT NULL, stream {key} NOT NULL, \
         version BIGINT NOT NULL, kind TEXT NOT NULL, at BIGINT NOT NULL, actor TEXT NOT NULL, \
         payload {bytes} NOT NULL, PRIMARY KEY (org, position)); \
         CREATE UNIQUE INDEX bare_in_stream ON bare (org, stream, version)"
    );
    match &mut bare {
        Bare::Sqlite(on) => sqlx::raw_sql(AssertSqlSafe(tables))
            .execute(on)
            .await
            .map(drop)?,
        Bare::Postgres(on) => sqlx::raw_sql(AssertSqlSafe(tables))
            .execute(on)
            .await
            .map(drop)?,
    }
    let store = Store::open(address).await?;
    let org = Org::new("acme")?;
    store.create_organisation(&org, "Acme", Micros(0)).await?;
    let batch: Vec<NewFact> = (0..BATCH).map(fact).collect();
    let batches = facts.div_ceil(BATCH).div_ceil(TURNS);
    let mut clocks = [Clock::default(), Clock::default()];
    for turn in 0..TURNS {
        let begun = (Instant::now(), own_cpu());
        for number in turn * batches..(turn + 1) * batches {
            match &mut bare {
                Bare::Sqlite(on) => insert_on_sqlite(on, number, &batch).await?,
                Bare::Postgres(on) => insert_on_postgres(on, number, &batch).await?,
            }
        }
        clocks[0].add(begun);
        let begun = (Instant::now(), own_cpu());
        for number in turn * batches..(turn + 1) * batches {
            let stream = stream_of(number);
            store
                .append(&org, &stream, Expected::Any, &batch, &[])
                .await?;
        }
        clocks[1].add(begun);
    }
    let done = (batches * TURNS * BATCH) as f64;
    let [bare, ours] = clocks;
    println!(
        "{engine:<10} {:>14.0} {:>14.0} {:>7.2} {:>15.2} {:>15.2}",
        done / bare.wall.as_secs_f64(),
        done / ours.wall.as_secs_f64(),
        bare.wall.as_secs_f64() / ours.wall.as_secs_f64(),
        bare.cpu,
        ours.cpu
    );
    store.close().await;
    Ok(())
}

#[derive(Default)]
struct Clock {
    wall: Duration,
    cpu: f64,
}

impl Clock {
    fn add(&mut self, (begun, cpu): (Instant, f64)) {
        self.wall += begun.elapsed();
        self.cpu += own_cpu() - cpu;
    }
}

/// A thousand calendars, one after the other.
fn stream_of(batch: usize) -> String {
    format!("calendar/{:04}", batch % 1000)
}

fn fact(number: usize) -> NewFact {
    let mut payload = number.to_le_bytes().to_vec();
    payload.resize(PAYLOAD, 7);
    NewFact {
        kind: "observation.v1".to_owned(),
        at: Micros(1_700_000_000_000_000 + number as i64),
        actor: "sync".to_owned(),
        payload,
    }
}

fn rows(count: usize) -> String {
    let row = |row: usize| {
        let parameters: Vec<String> = (1..=8).map(|at| format!("${}", row * 8 + at)).collect();
        format!("({})", parameters.join(", "))
    };
    let all: Vec<String> = (0..count).map(row).collect();
    format!(
        "INSERT INTO bare (org, position, stream, version, kind, at, actor, payload) VALUES {}",
        all.join(", ")
    )
}

/// The same for both drivers.
macro_rules! bare_insert {
    ($name:ident, $connection:ty, $rows:expr) => {
        async fn $name(on: &mut $connection, batch: usize, facts: &[NewFact]) -> sqlx::Result<()> {
            let stream = stream_of(batch);
            let mut position = (batch * BATCH) as i64;
            let mut version = (batch / 1000 * BATCH) as i64;
            let mut transaction = on.begin().await?;
            for run in facts.chunks($rows) {
                let mut insert = sqlx::query(AssertSqlSafe(rows(run.len())));
                for fact in run {
                    position += 1;
                    version += 1;
                    insert = insert
                        .bind("acme")
                        .bind(position)
                        .bind(stream.as_str())
                        .bind(version)
                        .bind(fact.kind.as_str())
                        .bind(fact.at.0)
                        .bind(fact.actor.as_str())
                        .bind(fact.payload.as_slice());
                }
                insert.execute(&mut *transaction).await?;
            }
            transaction.commit().await
        }
    };
}

bare_insert!(insert_on_sqlite, SqliteConnection, ROWS_ON_SQLITE);
bare_insert!(insert_on_postgres, PgConnection, ROWS_ON_POSTGRES);
