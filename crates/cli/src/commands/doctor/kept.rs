//! The database, and how what is kept there stands. Counts only: nothing here names anybody.

use super::examine::{Found, is_open_to_others};
use super::key::Keys;
use crate::host::now;
use crate::settings::shown;
use std::collections::BTreeMap;
use std::path::Path;
use steadfast_app::server::health::{self, Health};
use steadfast_store::{Schema, Store, StoreError, Trouble};

const HOUR: i64 = 3_600_000_000;

pub(super) async fn examine(database: &str, keys: &Keys, found: &mut Found) {
    let address = shown(database);
    if let Some(file) = database.strip_prefix("sqlite:").map(Path::new) {
        if !file.exists() {
            found.stands("database", "not there");
            return found.wrong(
                "no_database",
                format!("there is no database {}", file.display()),
                "`steadfast serve` makes it; if there should be one, name it with --database, or restore a backup",
            );
        }
        if is_open_to_others(file) {
            found.wrong(
                "database_open",
                format!("{} can be read by others than its owner", file.display()),
                format!("chmod 600 {}", file.display()),
            );
        }
    }
    let (store, schema) = match Store::look(database).await {
        Ok(looked) => looked,
        Err(error) => {
            found.stands("database", "does not answer");
            let because = std::error::Error::source(&error).map(|inner| format!(": {inner}"));
            return found.wrong(
                "database",
                format!("{address}: {error}{}", because.unwrap_or_default()),
                "see that its folder or server is there and that you may use it; run this as the server's own user",
            );
        }
    };
    if of_this_program(schema, found)
        && let Err(error) = look_in(&store, keys, found).await
    {
        found.wrong(
            "database",
            format!("{address}: {error}"),
            "see the database's own log",
        );
    }
    store.close().await;
}

fn of_this_program(schema: Schema, found: &mut Found) -> bool {
    let Schema {
        found: there,
        known,
    } = schema;
    if there == known {
        found.stands("database", format!("answers; at migration {there}"));
        return true;
    }
    found.stands(
        "database",
        format!("answers; at migration {there}, this program is at {known}"),
    );
    if there > known {
        found.wrong(
            "schema_newer",
            "the database was written by a newer version than this",
            "install that version or a newer one; there is no way back but a backup from before",
        );
    } else {
        found.stands(
            "upgrade",
            "the next start of `steadfast serve` brings it up to date",
        );
    }
    false
}

async fn look_in(store: &Store, keys: &Keys, found: &mut Found) -> Result<(), StoreError> {
    match health::health(store, now()).await {
        Ok(health) => told(&health, keys, found),
        Err(error) => return Err(inner(error)),
    }
    let mistyped = health::mistyped(store, now()).await.map_err(inner)?;
    if mistyped > 0 {
        found.wrong(
            "mistyped",
            format!(
                "on the list of people {mistyped} of those that others report to may be mistyped: nothing else is known of \
                 them, and the address is nearly another one's"
            ),
            "whoever keeps the list sees which on the page “People”, and corrects it there, or gives them a name",
        );
    }
    if let Keys::There(keyring) = keys {
        let opened = health::opened(store, keyring).await.map_err(inner)?;
        if opened.shut > 0 {
            let wanted = match opened.wanted.as_slice() {
                [] => {
                    "they were sealed elsewhere; their owners have to connect them again".to_owned()
                }
                ids => format!(
                    "put the copy of the key file back that has the key {}; else their owners have to connect them again",
                    ids.join(", ")
                ),
            };
            found.wrong(
                "sealed",
                format!(
                    "the key file does not open {} of {} connected calendars",
                    opened.shut,
                    opened.shut + opened.open
                ),
                wanted,
            );
        }
    }
    troubles(&store.check().await?, found);
    Ok(())
}

/// What the store said; whatever else there is has no place here.
fn inner(error: steadfast_app::server::ServerError) -> StoreError {
    match error {
        steadfast_app::server::ServerError::Store(error) => error,
        _ => StoreError::Missing("what was to be looked at"),
    }
}

fn told(health: &Health, keys: &Keys, found: &mut Found) {
    let sources = &health.sources;
    if health.organisations == 0 {
        found.stands(
            "set up",
            "not yet: the link is in what `steadfast serve` prints",
        );
    }
    found.stands("facts", health.facts.to_string());
    let oldest = sources.oldest.map_or(String::new(), |age| {
        format!(
            "; the one that waits longest was verified {} h ago",
            age / HOUR
        )
    });
    found.stands(
        "calendars",
        format!(
            "{} connected, {} of them well, {} failing, {} stopped{oldest}",
            sources.all(),
            sources.well,
            sources.failing,
            sources.stopped
        ),
    );
    if matches!(keys, Keys::Missing) && sources.all() > 0 {
        found.wrong(
            "no_key",
            format!("there is no key file, and {} connected calendars need it", sources.all()),
            "put its copy back, or name it with --key; else their owners have to connect them again",
        );
    }
    if sources.stopped > 0 {
        found.wrong(
            "stopped",
            format!("{} connected calendars have stopped", sources.stopped),
            "their owners see why on their page “Calendars”, and mend it there: mostly a new password",
        );
    }
    if sources.stale > 0 {
        found.wrong(
            "unverified",
            format!(
                "{} connected calendars were not verified for a day",
                sources.stale
            ),
            "see that the server runs and reaches the network; try with: steadfast sync --all",
        );
    }
    if health.dead_letters() > 0 {
        found.wrong(
            "dead_letters",
            format!("{} jobs are not tried any more", health.dead_letters()),
            "see the log for what they said; please report this",
        );
    }
}

/// By kind: where they are would name people.
fn troubles(troubles: &[Trouble], found: &mut Found) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for trouble in troubles {
        *counts.entry(trouble.what).or_default() += 1;
    }
    if counts.is_empty() {
        found.stands("what is kept", "fits together");
    }
    for (what, count) in counts {
        found.wrong(
            "damaged",
            format!("{what} ({count} times)"),
            "stop the server, keep a copy of the database, and restore the last backup beside it",
        );
    }
}
