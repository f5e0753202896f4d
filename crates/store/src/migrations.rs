//! How the tables came to be.

/// In the order they were made. What was released is never changed; a change is one more.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_organisations.sql"),
    include_str!("../migrations/0002_facts.sql"),
    include_str!("../migrations/0003_views.sql"),
    include_str!("../migrations/0004_jobs.sql"),
    include_str!("../migrations/0005_accounts.sql"),
    include_str!("../migrations/0006_secrets.sql"),
    include_str!("../migrations/0007_sources.sql"),
    include_str!("../migrations/0008_looks_and_tokens.sql"),
    include_str!("../migrations/0009_intents.sql"),
    include_str!("../migrations/0010_jobs_in_order.sql"),
];

/// The number of the last one.
pub(crate) const KNOWN: i64 = MIGRATIONS.len() as i64;
