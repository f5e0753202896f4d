//! Every table and column that a backup holds.

/// How a column's values are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Integer,
    Text,
    Bytes,
}

/// A table.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// Rows are unique by the first so many columns, and written in their order.
    pub(crate) key: usize,
    pub(crate) columns: &'static [(&'static str, Kind)],
}

use Kind::{Bytes, Integer, Text};

/// What others belong to comes first.
pub(crate) const TABLES: &[Table] = &[
    Table {
        name: "organisation",
        key: 1,
        columns: &[("org", Text), ("name", Text), ("created_at", Integer)],
    },
    Table {
        name: "counter",
        key: 2,
        columns: &[("org", Text), ("name", Text), ("value", Integer)],
    },
    Table {
        name: "stream",
        key: 2,
        columns: &[("org", Text), ("stream", Text), ("version", Integer)],
    },
    Table {
        name: "fact",
        key: 2,
        columns: &[
            ("org", Text),
            ("position", Integer),
            ("stream", Text),
            ("version", Integer),
            ("kind", Text),
            ("at", Integer),
            ("actor", Text),
            ("payload", Bytes),
        ],
    },
    Table {
        name: "projection",
        key: 2,
        columns: &[("org", Text), ("projection", Text), ("checkpoint", Integer)],
    },
    Table {
        name: "document",
        key: 3,
        columns: &[
            ("org", Text),
            ("view", Text),
            ("key", Text),
            ("body", Bytes),
        ],
    },
    Table {
        name: "job",
        key: 2,
        columns: &[
            ("org", Text),
            ("id", Integer),
            ("kind", Text),
            ("uniq", Text),
            ("payload", Bytes),
            ("due_at", Integer),
            ("again_at", Integer),
            ("attempts", Integer),
            ("max_attempts", Integer),
            ("token", Integer),
            ("lease_by", Text),
            ("error", Text),
            ("dead_at", Integer),
        ],
    },
    Table {
        name: "schedule",
        key: 2,
        columns: &[("org", Text), ("name", Text), ("next_run", Integer)],
    },
    Table {
        name: "account",
        key: 2,
        columns: &[
            ("org", Text),
            ("account", Text),
            ("person", Text),
            ("email", Text),
            ("password", Bytes),
            ("role", Text),
            ("created_at", Integer),
            ("disabled_at", Integer),
        ],
    },
    Table {
        name: "session",
        key: 2,
        columns: &[
            ("org", Text),
            ("token", Bytes),
            ("account", Text),
            ("created_at", Integer),
            ("expires_at", Integer),
        ],
    },
    Table {
        name: "link",
        key: 2,
        columns: &[
            ("org", Text),
            ("token", Bytes),
            ("purpose", Text),
            ("payload", Bytes),
            ("created_at", Integer),
            ("expires_at", Integer),
            ("used_at", Integer),
        ],
    },
    Table {
        name: "passkey",
        key: 2,
        columns: &[
            ("org", Text),
            ("credential", Bytes),
            ("account", Text),
            ("body", Bytes),
            ("created_at", Integer),
        ],
    },
    Table {
        name: "access",
        key: 2,
        columns: &[
            ("org", Text),
            ("id", Integer),
            ("at", Integer),
            ("actor", Text),
            ("subject", Text),
            ("what", Text),
        ],
    },
    Table {
        name: "data_key",
        key: 2,
        columns: &[("org", Text), ("owner", Text), ("wrapped", Bytes)],
    },
    Table {
        name: "secret",
        key: 3,
        columns: &[
            ("org", Text),
            ("owner", Text),
            ("name", Text),
            ("sealed", Bytes),
        ],
    },
    Table {
        name: "source",
        key: 2,
        columns: &[
            ("org", Text),
            ("source", Text),
            ("person", Text),
            ("about", Bytes),
            ("cursor", Bytes),
            ("created_at", Integer),
            ("verified_at", Integer),
            ("tried_at", Integer),
            ("failures", Integer),
            ("problem", Text),
            ("stopped_at", Integer),
        ],
    },
    Table {
        name: "api_token",
        key: 2,
        columns: &[
            ("org", Text),
            ("token", Bytes),
            ("id", Text),
            ("account", Text),
            ("name", Text),
            ("scope", Text),
            ("created_at", Integer),
            ("expires_at", Integer),
            ("used_on", Integer),
        ],
    },
    Table {
        name: "intent",
        key: 2,
        columns: &[
            ("org", Text),
            ("intent", Text),
            ("person", Text),
            ("about", Bytes),
            ("undoes", Text),
            ("by_hand", Integer),
            ("created_at", Integer),
            ("state", Text),
            ("sent_at", Integer),
            ("undo", Bytes),
            ("ended_at", Integer),
            ("result", Bytes),
        ],
    },
    Table {
        name: "halt",
        key: 2,
        columns: &[
            ("org", Text),
            ("person", Text),
            ("since", Integer),
            ("actor", Text),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migrations::MIGRATIONS;

    /// Tables with their columns as the migrations make them. Knows the two forms of lines that they use.
    fn made() -> Vec<(String, Vec<(String, Kind)>)> {
        let mut tables: Vec<(String, Vec<(String, Kind)>)> = Vec::new();
        let mut inside = false;
        for line in MIGRATIONS.iter().flat_map(|text| text.lines()) {
            if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
                tables.push((rest.trim_end_matches(" (").to_owned(), Vec::new()));
                inside = true;
            } else if line.starts_with(')') {
                inside = false;
            } else if inside {
                let mut words = line.split_whitespace();
                let (name, kind) = (words.next().unwrap(), words.next().unwrap());
                let kind = match kind.trim_end_matches(',') {
                    "{key}" | "TEXT" => Text,
                    "{bytes}" => Bytes,
                    "BIGINT" => Integer,
                    _ => continue,
                };
                let (_, columns) = tables.last_mut().unwrap();
                columns.push((name.to_owned(), kind));
            }
        }
        tables
    }

    #[test]
    fn a_backup_holds_every_table_and_column_that_the_migrations_make() {
        let listed: Vec<(String, Vec<(String, Kind)>)> = TABLES
            .iter()
            .map(|table| {
                let columns = table.columns.iter();
                let columns = columns.map(|(name, kind)| ((*name).to_owned(), *kind));
                (table.name.to_owned(), columns.collect())
            })
            .collect();
        assert_eq!(listed, made());
    }
}
