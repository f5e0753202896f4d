//! `steadfast.toml`.

use crate::error::{CommandError, Kind, reading};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// What may stand there.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct File {
    pub(super) database: Option<String>,
    pub(super) listen: Option<String>,
    pub(super) key: Option<PathBuf>,
    pub(super) allow_private: Option<bool>,
    pub(super) trust: Option<PathBuf>,
    pub(super) every: Option<u16>,
    pub(super) metrics_token: Option<String>,
    pub(super) smtp: Option<String>,
    pub(super) smtp_password_file: Option<PathBuf>,
    pub(super) mail_from: Option<String>,
    pub(super) address: Option<String>,
    pub(super) google_client_id: Option<String>,
    pub(super) google_client_secret_file: Option<PathBuf>,
    pub(super) google_key_file: Option<PathBuf>,
    pub(super) google_domains: Option<String>,
    pub(super) google_at: Option<String>,
}

/// Reads it.
pub(super) fn read(path: &Path) -> Result<File, CommandError> {
    let text = std::fs::read_to_string(path).map_err(|error| reading(path, &error))?;
    toml::from_str(&text).map_err(|error| {
        let line = error
            .span()
            .map_or(1, |span| text.get(..span.start).unwrap_or_default().matches('\n').count() + 1);
        // Only the first line of what it says: what follows may quote a token.
        let what = error.message().lines().next().unwrap_or_default();
        CommandError::new(
            Kind::Usage,
            format!("{}:{line}: {what}", path.display()),
            "there may be: database, listen, key, allow-private, trust, every, metrics-token, smtp, smtp-password-file, mail-from, address, google-client-id, google-client-secret-file, google-key-file, google-domains; see docs/operate.md",
        )
    })
}
