//! What was found, for people and for programs.

use super::examine::Found;
use crate::settings::{Origin, Setting, Settings, shown};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Name, value, where from.
type Row = (&'static str, String, String);

fn rows(settings: &Settings) -> Vec<Row> {
    fn row<T>(name: &'static str, setting: &Setting<T>, value: String) -> Row {
        (name, value, setting.from.to_string())
    }
    let Settings {
        file: _,
        database,
        listen,
        key,
        allow_private,
        trust,
        every,
        metrics_token,
        mail,
        google,
    } = settings;
    let is_allowed = if allow_private.value { "yes" } else { "no" };
    let certificates = trust
        .value
        .as_ref()
        .map_or("the machine's own".to_owned(), |path| {
            path.display().to_string()
        });
    let token = if metrics_token.value.is_some() {
        "set"
    } else {
        "none: /metrics answers this machine alone"
    };
    let key_from = match (&key.from, &database.value) {
        (Origin::Default, _) => "beside the database".to_owned(),
        (from, _) => from.to_string(),
    };
    vec![
        row("database", database, shown(&database.value)),
        row("listen", listen, listen.value.clone()),
        ("key", key.value.display().to_string(), key_from),
        row("allow-private", allow_private, is_allowed.to_owned()),
        row("trust", trust, certificates),
        row("every", every, format!("{} minutes", every.value)),
        row("metrics-token", metrics_token, token.to_owned()),
        row(
            "smtp",
            &mail.smtp,
            or_none(&mail.smtp, "none: no mail is sent"),
        ),
        row("smtp-password", &mail.password, mail.password_shown()),
        row("mail-from", &mail.from, or_none(&mail.from, "none")),
        row("address", &mail.address, or_none(&mail.address, "none")),
        row(
            "google-client",
            &google.client,
            or_none(
                &google.client,
                "none: nobody can connect a Google Calendar by it",
            ),
        ),
        row("google-secret", &google.secret, google.secret_shown()),
        row(
            "google-key",
            &google.key,
            google
                .key
                .value
                .as_ref()
                .map_or("none".to_owned(), |path| path.display().to_string()),
        ),
        row(
            "google-domains",
            &google.domains,
            or_none(&google.domains, "none"),
        ),
    ]
}

fn or_none(setting: &Setting<Option<String>>, none: &str) -> String {
    setting.value.as_deref().unwrap_or(none).to_owned()
}

/// For people.
pub(super) fn text(settings: &Settings, found: &Found) -> String {
    let mut text = String::from("In force\n");
    // Writing to a string cannot fail.
    if let Some(file) = &settings.file {
        let _ = writeln!(text, "  {:<14} {}", "settings", file.display());
    }
    for (name, value, from) in rows(settings) {
        let _ = writeln!(text, "  {name:<14} {value}  ({from})");
    }
    text.push_str("\nHow it stands\n");
    for (name, words) in &found.state {
        let _ = writeln!(text, "  {name:<14} {words}");
    }
    text.push('\n');
    if found.findings.is_empty() {
        text.push_str("Nothing is wrong.\n");
    } else {
        text.push_str("What is wrong\n");
    }
    for finding in &found.findings {
        let _ = writeln!(text, "  - {}\n    {}", finding.what, finding.todo);
    }
    text
}

/// For programs: `steadfast.doctor/1`.
pub(super) fn json(settings: &Settings, found: &Found) -> String {
    let settings: Vec<Value> = rows(settings)
        .into_iter()
        .map(|(name, value, from)| json!({"name": name, "value": value, "from": from}))
        .collect();
    let state: Vec<Value> = found
        .state
        .iter()
        .map(|(name, words)| json!({"name": name, "is": words}))
        .collect();
    let findings: Vec<Value> = found
        .findings
        .iter()
        .map(|one| json!({"code": one.code, "what": one.what, "do": one.todo}))
        .collect();
    let all = json!({
        "schema": "steadfast.doctor/1",
        "settings": settings,
        "state": state,
        "findings": findings,
    });
    format!("{all:#}\n")
}
